"""What speaks against a letter to somebody, whatever stands in it: a row for each rule, and what it leaves alone."""

import pytest

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting.checking import Checker, refuse_unfit
from outreach.services.drafting.drafts import LetterOrder, approve_drafts, checked, draft_letters, preview_all
from outreach.services.drafting.senders import change_sender, sender
from outreach.services.gifts.gifts import GiftState, list_gifts, move_gifts, plan_gifts
from outreach.services.gifts.states import Deal
from outreach.services.people.consent import save_consent
from outreach.services.people.consent_checked import country_rules
from outreach.services.people.people import NewPerson, add_person, edit_person, person_keys
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.services.policies.card import Card, save_card
from outreach.services.programmes.members import join
from outreach.services.programmes.programme import NewProgramme, add_season, start_programme
from outreach.store.database import Store
from outreach.store.models import EmailAddress, Gift, Letter, Reply
from outreach.wording import Words
from outreach.wording.letters import why_none

LINE = "You wrote of salt in March."


@pytest.fixture
def desk(store: Store) -> Store:
    """One person and one title that is planned for her."""
    change_sender(store, name="Hanna Okafor", email="hanna@house.example", postal_address="1 Mill Lane, Leeds")
    values = {"author": "Safiya Renn", "hook": "A salt farm.", "imprint": "Finch", "pub_date": "2027-03-03", "description": "A salt farm in March."}  # fmt: skip
    add_item(store, "The Salt Orchard", values, editions=[NewEdition(EditionFormat.PROOF, copies=9)])
    add_person(store, NewPerson("Maya Hill", ["maya@readers.example"], values={"country": "GB"}))
    plan_gifts(store, 1, [1])
    return store


def codes(desk: Store, kind: str = "pitch") -> list[tuple[str, bool]]:
    """What is found in a letter that is good but for the person."""
    order = LetterOrder("first-pitch", 1, (1,), {1: LINE})
    letters, _ = preview_all(desk, order)
    if kind == "pitch" and letters:
        found = checked(desk, order, letters)[1]
    else:
        checker = Checker(desk, 1, [1], kind, sender())
        found = checker.findings(1, "Hello", "Dear Maya,", "Dear Maya,", opening=LINE, has_place=True)
    return [
        (each.code, each.stops)
        for each in found
        if not each.code.startswith(("lint.no_d", "lint.no_o", "lint.no_post"))
    ]


def test_a_good_letter_has_nothing_against_it(desk: Store) -> None:
    assert codes(desk) == []


def test_whoever_is_paid_in_a_programme_is_held_to_the_line_that_her_letter_has(desk: Store) -> None:
    programme, _ = start_programme(desk, NewProgramme("Ambassadors", deal=Deal.PAID, opened_on="2026-11-01"))
    add_season(desk, programme, "This month", "2026-11-01", "2026-11-30")
    join(desk, programme, [1], "2026-11-02")
    order = LetterOrder("first-pitch", 1, (1,), {1: LINE})
    letters, _ = preview_all(desk, order)
    assert "paid" in letters[0].text
    assert [each.code for each in checked(desk, order, letters)[1] if each.code == "lint.no_disclosure"] == []


def test_a_policy_card_stops_offers_and_nothing_else(desk: Store) -> None:
    save_card(desk, 1, Card(is_open=False, open_phrase="I am closed to review requests"))
    assert ("policies.closed", True) in codes(desk, "offer")
    assert not any(code.startswith("policies") for code, _ in codes(desk, "thanks"))
    with pytest.raises(KnownError, match=r"policies\.closed") as refused:
        checker = Checker(desk, 1, [1], "pitch", sender())
        refuse_unfit(
            checker.findings(1, "Hello", "Dear Maya,", "Dear Maya,", opening=LINE, has_place=True), "Maya Hill"
        )
    assert refused.value.facts["person"] == "Maya Hill" and "closed" in refused.value.facts["phrase"]


def test_who_asked_not_to_be_contacted_gets_no_letter_of_any_kind(desk: Store) -> None:
    letters = draft_letters(desk, LetterOrder("first-pitch", 1, (1,), {1: LINE})).letters
    suppress_keys(desk, person_keys(1), SuppressionReason.ASKED)
    for kind in ("pitch", "thanks", "reply"):
        assert ("lint.suppressed", True) in codes(desk, kind)
    with pytest.raises(KnownError, match=r"letters\.not_to_be_written"):
        approve_drafts(desk, letters)


@pytest.mark.parametrize("state", [GiftState.ASKED, GiftState.ACCEPTED, GiftState.DECLINED])
def test_a_title_is_offered_to_a_person_once_by_whatever_channel(desk: Store, state: GiftState) -> None:
    (gift,) = list_gifts(desk)
    move_gifts(desk, [gift.id], GiftState.ASKED)
    if state is not GiftState.ASKED:
        move_gifts(desk, [gift.id], state)
    assert ("lint.pitched_before", True) in codes(desk)
    assert ("lint.pitched_before", True) not in codes(desk, "thanks")


def test_a_page_that_wants_no_pitches_gets_none(desk: Store) -> None:
    save_consent(desk, 1, {"source": "her blog", "no_pitch": "yes"})
    assert codes(desk) == [("lint.no_pitches", True), ("lint.no_ground", False)]


@pytest.mark.parametrize(("country", "basis", "found"), [
    ("DE", "", [("lint.no_ground", True)]), ("DE", "published", [("lint.no_ground", True)]),
    ("DE", "consent", []), ("AT", "inquiry", [("lint.no_ground", True)]), ("CA", "published", []), ("CA", "", [("lint.no_ground", True)]),
    ("GB", "", []), ("US", "", []), ("FR", "", []), ("IT", "legitimate_interest", [("lint.no_ground", True)]),
])  # fmt: skip
def test_a_country_asks_for_a_ground(desk: Store, country: str, basis: str, found: list) -> None:
    edit_person(desk, 1, {"country": country})
    if basis:
        save_consent(desk, 1, {"basis": basis, "source": "her blog"})
    assert codes(desk) == found


def test_a_ground_that_ran_out_is_none(desk: Store) -> None:
    save_consent(desk, 1, {"basis": "relationship", "expires_on": "2026-10-01"})
    assert codes(desk) == [("lint.ground_expired", False)]
    edit_person(desk, 1, {"country": "DE"})
    assert codes(desk) == [("lint.ground_expired", True)]


def test_who_had_a_book_of_ours_or_wrote_to_us_is_no_stranger(desk: Store) -> None:
    edit_person(desk, 1, {"country": "DE"})
    with desk.operation(Op.EDIT_PERSON):
        answer = Reply.create(person=1, message_id="<a@b>", received_at="2026-10-01T10:00:00Z")
    assert codes(desk) == []
    with desk.operation(Op.EDIT_PERSON):
        Reply.delete().where(Reply.id == answer.id).execute()
    other, _ = add_item(
        desk, "The Glass Lake", {"author": "Ada Marsh"}, editions=[NewEdition(EditionFormat.PROOF, copies=9)]
    )
    plan_gifts(desk, other, [1])
    with desk.operation(Op.EDIT_PERSON):
        Gift.update(delivered_on="2025-06-01").where(Gift.item == other).execute()
    assert codes(desk) == []
    with desk.operation(Op.EDIT_PERSON):
        Gift.update(delivered_on="2023-06-01").where(Gift.item == other).execute()
    assert codes(desk) == [("lint.no_ground", True)], "three years are too long ago"


def test_the_rules_of_countries_name_grounds_that_there_are() -> None:
    from outreach.services.people.consent import bases

    for code, rule in country_rules().items():
        assert len(code) == 2 and rule.grounds and rule.grounds <= set(bases())


def test_a_letter_that_cannot_be_built_is_told_and_stops_no_other(desk: Store) -> None:
    add_person(desk, NewPerson("Juniper Hale", ["juniper@readers.example"], values={"country": "GB"}))
    EmailAddress.update(address="村上@readers.example").where(EmailAddress.person == 1).execute()
    made = draft_letters(desk, LetterOrder("first-pitch", 1, (1, 2), {1: LINE, 2: LINE}))
    assert [Letter.get_by_id(each).person_id for each in made.letters] == [2]
    (problem,) = made.problems
    assert (problem.person_id, problem.code) == (1, "letters.bad_address")
    told = why_none(Words("en_GB"), problem)
    assert told.startswith("Maya Hill: “村上@readers.example” is not an e-mail address")


def test_drafts_of_many_are_those_of_one_by_one(desk: Store) -> None:
    for name in ("Juniper Hale", "Idris Farrow", "Zoë Müller"):
        add_person(desk, NewPerson(name, [f"{name[:3].lower()}@readers.example"], values={"country": "GB"}))
    people = (1, 2, 3)
    order = LetterOrder("first-pitch", 1, people, dict.fromkeys(people, LINE))
    together = draft_letters(desk, order).letters
    kept = [bytes(Letter.get_by_id(each).message) for each in together]
    again = draft_letters(desk, order).letters
    assert again == together, "a draft that is there is written anew"
    desk.undo()
    assert [bytes(Letter.get_by_id(each).message) for each in together] == kept
    alone = [draft_letters(desk, LetterOrder("first-pitch", 1, (each,), {each: LINE})).letters[0] for each in people]
    assert list(together) == alone
    changing = ("message", "message_id", "drafted_at")
    for one, other in zip(together, alone, strict=True):
        rows = [{name: value for name, value in Letter.get_by_id(each).__data__.items() if name not in changing}
                for each in (one, other)]  # fmt: skip
        assert rows[0] == rows[1]
    approve_drafts(desk, together)
    assert {row.state for row in Letter.select()} == {"approved"}
