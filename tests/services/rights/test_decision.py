"""May this be used, for what, today: one row per case of the rules that concern rights."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.services.rights.terms import (
    Edits,
    PermissionState,
    Scope,
    Terms,
    Wish,
    Words,
    is_faithful,
    may_use,
    standing_of,
)

TODAY = "2026-11-24"
OWN, SHARE, PAID = Scope.OWN_CHANNELS, Scope.SHARE, Scope.PAID
SAID = "The ending wrecked me. I have already lent my copy out twice. If you liked A River of Keys you need this."


def yes(scope: Scope = OWN, **terms: object) -> Terms:
    return Terms(scope, PermissionState.GRANTED, **{"id": 1, "starts_on": "2026-01-01", **terms})  # type: ignore[arg-type]


def answered(state: PermissionState, number: int = 2, scope: Scope = OWN) -> Terms:
    return Terms(scope, state, number)


def quoting(text: str, **more: bool) -> Words:
    return Words(text, SAID, **more)


GB, IE = frozenset({"GB"}), frozenset({"IE"})

#: The rule of the handbook, what it says; what was agreed; what is wanted; whether it may, and why.
CASES = [
    ("G8 linking asks nobody", (), Wish(None, TODAY), True, "link"),
    ("G8 linking goes on though she said no", (answered(PermissionState.DECLINED),), Wish(None, TODAY), True, "link"),
    ("G8 posting is no licence", (), Wish(OWN, TODAY), False, "not_asked"),
    ("G8 no answer is no yes", (answered(PermissionState.ASKED),), Wish(OWN, TODAY), False, "asked"),
    ("G8 a no", (answered(PermissionState.DECLINED),), Wish(OWN, TODAY), False, "declined"),
    ("G8 a yes without an end", (yes(),), Wish(OWN, TODAY), True, "granted"),
    ("G8 a yes until a day", (yes(ends_on="2027-01-01"),), Wish(OWN, TODAY), True, "granted_until"),
    ("G8 duration: its last day counts", (yes(ends_on=TODAY),), Wish(OWN, TODAY), True, "granted_until"),
    ("G8 duration: ended", (yes(ends_on="2026-11-23"),), Wish(OWN, TODAY), False, "ended"),
    ("G8 duration: not begun", (yes(starts_on="2026-11-25"),), Wish(OWN, TODAY), False, "not_yet"),
    ("G8 duration: begins today", (yes(starts_on=TODAY),), Wish(OWN, TODAY), True, "granted"),
    ("G8 own channels are not paid reach", (yes(),), Wish(PAID, TODAY), False, "not_asked"),
    ("G8 own channels are not our accounts", (yes(),), Wish(SHARE, TODAY), False, "not_asked"),
    ("G8 paid reach is not our own channels", (yes(PAID),), Wish(OWN, TODAY), False, "not_asked"),
    ("G8 our accounts are not our own channels", (yes(SHARE),), Wish(OWN, TODAY), False, "not_asked"),
    ("G8 paid reach that was agreed", (yes(PAID),), Wish(PAID, TODAY), True, "granted"),
    ("G8 our accounts, agreed", (yes(SHARE),), Wish(SHARE, TODAY), True, "granted"),
    ("G8 territory: within", (yes(territory=GB),), Wish(OWN, TODAY, GB), True, "granted"),
    ("G8 territory: elsewhere", (yes(territory=GB),), Wish(OWN, TODAY, IE), False, "territory"),
    ("G8 territory: one of two", (yes(territory=GB),), Wish(OWN, TODAY, GB | IE), False, "territory"),
    ("G8 territory: the web is everywhere", (yes(territory=GB),), Wish(OWN, TODAY), False, "territory"),
    ("G8 edits: none agreed", (yes(),), Wish(OWN, TODAY, edits=Edits.CROP), False, "edits"),
    ("G8 edits: cropped, agreed", (yes(edits=Edits.CROP),), Wish(OWN, TODAY, edits=Edits.CROP), True, "granted"),
    ("G8 edits: more than cropped", (yes(edits=Edits.CROP),), Wish(OWN, TODAY, edits=Edits.AGREED), False, "edits"),
    ("G8 edits: less than agreed", (yes(edits=Edits.AGREED),), Wish(OWN, TODAY, edits=Edits.CROP), True, "granted"),
    ("G8 asked again while a yes holds", (yes(ends_on="2026-12-24"), answered(PermissionState.ASKED)),
     Wish(OWN, TODAY), True, "granted_until"),
    ("G8 a yes taken back", (yes(), answered(PermissionState.WITHDRAWN)), Wish(OWN, TODAY), False, "withdrawn"),
    ("G8 a yes after one taken back", (yes(), answered(PermissionState.WITHDRAWN), yes(id=3)),
     Wish(OWN, TODAY), True, "granted"),
    ("G8 a question after a yes taken back",
     (yes(), answered(PermissionState.WITHDRAWN), answered(PermissionState.ASKED, 3)), Wish(OWN, TODAY), False, "asked"),
    ("G8 renewed before its end", (yes(ends_on="2026-11-01"), yes(id=2, ends_on="2027-11-01")),
     Wish(OWN, TODAY), True, "granted_until"),
    ("D6 words as they were said", (yes(),), Wish(OWN, TODAY, words=quoting("The ending wrecked me.")), True, "granted"),
    ("D6 cuts are marked", (yes(),), Wish(OWN, TODAY, words=quoting("The ending wrecked me. … you need this.")),
     True, "granted"),
    ("D6 a cut that is not marked", (yes(),), Wish(OWN, TODAY, words=quoting("The ending wrecked me. you need this.")),
     False, "not_as_said"),
    ("D6 reworded", (yes(),), Wish(OWN, TODAY, words=quoting("The ending thrilled me.")), False, "not_as_said"),
    ("D6 put in another order", (yes(),), Wish(OWN, TODAY, words=quoting("you need this … The ending wrecked me")),
     False, "not_as_said"),
    ("D6 the full passage is not known", (yes(),), Wish(OWN, TODAY, words=Words("Lovely.", "")), False, "no_passage"),
    ("D6 words need leave like pictures", (), Wish(OWN, TODAY, words=quoting("The ending wrecked me.")),
     False, "not_asked"),
    ("G2 quoted from a proof", (yes(),), Wish(OWN, TODAY, words=quoting("The ending wrecked me.", from_proof=True)),
     False, "proof_unchecked"),
    ("G2 from a proof, checked", (yes(),),
     Wish(OWN, TODAY, words=quoting("The ending wrecked me.", from_proof=True, is_checked=True)), True, "granted"),
    ("G2 from the finished book", (yes(),), Wish(OWN, TODAY, words=quoting("The ending wrecked me.")), True, "granted"),
    ("G3 before the review embargo", (yes(),), Wish(OWN, TODAY, embargo="2026-12-01"), False, "embargo"),
    ("G3 on the day the embargo ends", (yes(),), Wish(OWN, TODAY, embargo=TODAY), True, "granted"),
    ("G3 her own post before the embargo may be linked to", (), Wish(None, TODAY, embargo="2026-12-01"), True, "link"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "wish", "may", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_may_it_be_used(terms: tuple[Terms, ...], wish: Wish, may: bool, why: str) -> None:
    ruling = may_use(terms, wish)
    assert (ruling.may, ruling.why) == (may, why)


def test_the_order_in_which_terms_were_read_does_not_matter() -> None:
    for _, terms, wish, may, why in CASES:
        ruling = may_use(terms[::-1], wish)
        assert (ruling.may, ruling.why) == (may, why)


def test_it_is_told_until_when() -> None:
    terms = (yes(id=7, ends_on="2027-01-01"), yes(id=9, ends_on="2026-12-01"))
    assert standing_of(terms, OWN, TODAY).until == "2027-01-01"
    assert standing_of(terms, OWN, TODAY).permission == 7
    assert (standing_of(terms, OWN, "2027-02-01").why, standing_of(terms, PAID, TODAY).why) == ("ended", "not_asked")


@given(
    st.sampled_from(list(Scope)),
    st.lists(
        st.builds(
            Terms, st.sampled_from(list(Scope)), st.sampled_from(list(PermissionState)), st.integers(1, 9),
            st.frozensets(st.sampled_from(["GB", "IE", "US"]), max_size=2), st.sampled_from(list(Edits)),
            st.sampled_from(["", "2026-01-01", "2026-11-25"]), st.sampled_from(["", "2026-11-23", "2027-01-01"]),
        ), max_size=5, unique_by=lambda each: each.id,
    ),
)  # fmt: skip
def test_nothing_is_used_without_a_yes_for_it_that_holds(scope: Scope, terms: list[Terms]) -> None:
    ruling = may_use(terms, Wish(scope, TODAY))
    if ruling.may:
        ground = next(each for each in terms if each.id == ruling.permission)
        assert (ground.scope, ground.state, ground.territory) == (scope, PermissionState.GRANTED, frozenset())
        assert (ground.starts_on or TODAY) <= TODAY <= (ground.ends_on or TODAY)
        later = [each for each in terms if each.scope is scope and each.id > ground.id]
        assert PermissionState.WITHDRAWN not in {each.state for each in later}


@pytest.mark.parametrize(
    ("quote", "is_so"),
    [
        ("The ending wrecked me.", True), ("the ending wrecked me", False), ("ending wrecked", True),
        ("end", False), ("The ending  wrecked\nme.", True), ("… lent my copy out twice. …", True),
        ("The ending […] lent my copy", True), ("The ending ... lent my copy", True), ("…", False), ("", False),
    ],
)  # fmt: skip
def test_words_are_quoted_as_they_stand(quote: str, is_so: bool) -> None:
    assert is_faithful(quote, SAID) is is_so


@given(st.text(alphabet="ab c.’", min_size=1, max_size=30))
@example("...")
def test_the_whole_passage_is_always_faithful(text: str) -> None:
    assert is_faithful(text, text) is bool(text.strip())
