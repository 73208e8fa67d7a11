"""Sharing out few copies: never more than there are, fair over rounds, and as good as the best there is."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.services.matching.allocating import Candidate, Missed, Terms, allocate, is_allowed, own_worth, worth

AUDIENCES = ("tiktok", "radio", "schools", "shops")

candidates = st.lists(
    st.builds(
        Candidate,
        person_id=st.integers(1, 10_000),
        score=st.floats(0.1, 4.0),
        rounds_since=st.one_of(st.none(), st.integers(1, 6)),
        missed=st.integers(0, 5),
        audiences=st.frozensets(st.sampled_from(AUDIENCES), max_size=2),
        postage=st.integers(1, 4),
        overruled=st.integers(-1, 2),
        is_wished=st.booleans(),
    ),
    max_size=9,
    unique_by=lambda each: each.person_id,
)


@given(
    people=candidates,
    copies=st.integers(0, 12),
    firsts=st.integers(0, 3),
    postage=st.one_of(st.none(), st.integers(0, 20)),
)
def test_never_more_than_there_are_and_everyone_is_answered(
    people: list[Candidate], copies: int, firsts: int, postage: int | None
) -> None:
    found = allocate(people, Terms(copies, firsts, postage))
    assert len(found.given) <= copies
    assert len(set(found.given)) == len(found.given)
    assert set(found.given) | set(found.missed) == {each.person_id for each in people}
    assert not set(found.given) & set(found.missed)
    if postage is None:
        assert len(found.given) == min(copies, len(people)), "no copy stays while someone waits"
    else:
        assert sum(each.postage for each in people if each.person_id in found.given) <= postage


@settings(max_examples=60, deadline=None)
@given(people=candidates, copies=st.integers(1, 4), firsts=st.integers(0, 2))
def test_as_good_as_the_best_choice_there_is(people: list[Candidate], copies: int, firsts: int) -> None:
    terms = Terms(copies, firsts)
    found = allocate(people, terms)
    chosen = [each for each in people if each.person_id in found.given]
    assert is_allowed(chosen, people, terms) or not any(
        is_allowed(list(each), people, terms) for each in combinations(people, min(copies, len(people)))
    )
    best = max(
        (
            worth(each, terms)
            for each in combinations(people, min(copies, len(people)))
            if is_allowed(list(each), people, terms)
        ),
        default=0.0,
    )
    assert worth(chosen, terms) >= best - 0.01 * abs(best) - 1e-9


@settings(max_examples=25, deadline=None)
@given(scores=st.lists(st.floats(1.0, 3.0), min_size=8, max_size=14), copies=st.integers(2, 4))
def test_fair_over_twenty_rounds(scores: list[float], copies: int) -> None:
    """Nobody twice in a row while others wait, and nobody who fits is left waiting for ever."""
    since: dict[int, int | None] = dict.fromkeys(range(len(scores)))
    missed = dict.fromkeys(since, 0)
    had = dict.fromkeys(since, 0)
    last: set[int] = set()
    longest = 0
    for _ in range(20):
        people = [Candidate(each, scores[each], since[each], missed[each]) for each in since]
        now = set(allocate(people, Terms(copies)).given)
        assert len(now) == copies
        assert not now & last, "nobody twice in a row while others wait"
        for each in since:
            is_given = each in now
            before = since[each]
            since[each] = 1 if is_given else None if before is None else before + 1
            missed[each] = 0 if is_given else missed[each] + 1
            had[each] += is_given
        last, longest = now, max(longest, *missed.values())
    assert max(had.values()) <= 10
    assert min(had.values()) >= 1
    assert longest <= 14, "whoever waits comes forward each round"


def test_a_place_for_a_first_time_and_for_who_else_is_not_reached() -> None:
    regulars = [Candidate(each, 3.0, 4, audiences=frozenset({"tiktok"})) for each in range(4)]
    first = Candidate(10, 1.0)
    radio = Candidate(11, 2.9, 4, audiences=frozenset({"radio"}))
    found = allocate([*regulars, first, radio], Terms(3, first_times=1))
    assert {10, 11} < set(found.given)
    assert set(found.missed.values()) <= {Missed.NO_COPY_LEFT, Missed.AUDIENCE_REACHED}


def test_the_author_s_wish_and_what_was_overruled_count() -> None:
    wished = Candidate(1, 0.5, is_wished=True)
    taken_off = Candidate(2, 2.0, overruled=3)
    plain = Candidate(3, 1.8)
    found = allocate([wished, taken_off, plain], Terms(2))
    assert set(found.given) == {1, 3}
    assert found.missed[2] is Missed.OVERRULED


def test_why_someone_missed_out() -> None:
    had = Candidate(1, 3.0, rounds_since=1)
    others = [Candidate(2, 1.0), Candidate(3, 0.9)]
    found = allocate([had, *others], Terms(1))
    assert found.given == (2,)
    assert found.missed == {1: Missed.HAD_LAST, 3: Missed.NO_COPY_LEFT}
    far = Candidate(4, 2.0, postage=4)
    near = Candidate(5, 1.0, postage=1)
    found = allocate([far, near], Terms(2, postage=3))
    assert found.given == (5,)
    assert found.missed == {4: Missed.POSTAGE}
    assert own_worth(far, Terms(1, postage_weight=0.1)) < own_worth(far, Terms(1))
