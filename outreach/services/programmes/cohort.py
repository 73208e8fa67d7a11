"""A cohort: who fits what a programme looks for, each with what is known of her for each criterion, and what is not.

A score is of 100. What is not known of somebody is neither nothing nor all of it: it counts as it does on average
among those of whom it is known, and the two ends between which her score lies are told beside it. Nobody is ranked by
how many follow her; whoever scores alike stands by name.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from outreach.errors import KnownError
from outreach.services.people.asking import not_yet
from outreach.services.people.suppressions import suppressed_people
from outreach.services.people.tiers import tiers_of
from outreach.services.policies.stops import closed
from outreach.services.programmes.criteria import Criterion, criteria_of
from outreach.services.programmes.facts import Fact, facts_for
from outreach.services.programmes.members import current_people
from outreach.store.database import Store
from outreach.store.models import Gift, Person, Programme
from outreach.store.models.base import raw_rows

#: What counts for a criterion of which nobody knows anything.
_HALF = 0.5
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody for one criterion.

    Attributes:
        met: How far she has it, from 0 to 1; None where that is not known.
        said: What says so; empty where it is not known.
    """

    criterion_id: int
    label: str
    weight: int
    met: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked.

    Attributes:
        score: Of 100, with what is not known taken as it is on average.
        low: Her score if she had nothing of what is not known.
        high: Her score if she had all of it.
        country: For context.
        tier: For context.
    """

    person_id: int
    person: str
    score: float
    low: float
    high: float
    country: str
    tier: str
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a criterion stands among all who were looked at: of how many it is known, how many have it wholly."""

    criterion: Criterion
    known: int
    met: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who fits a programme.

    Attributes:
        wanted: How many are still wanted up to the target size; None where that is open.
        candidates: Those that were asked for, the best fit first.
        considered: How many could be scored.
        nothing_known: Of how many nothing is known for any criterion; they are in no order, and not proposed.
        left_out: By reason, as a word of ``cohort_out``, how many are not proposed.
    """

    programme_id: int
    wanted: int | None
    candidates: tuple[Candidate, ...]
    considered: int
    nothing_known: int
    left_out: Mapping[str, int]
    coverage: tuple[Coverage, ...]


def propose(
    store: Store, programme_id: int, *, limit: int | None = None, among: Collection[int] | None = None,
) -> Cohort:  # fmt: skip
    """Propose whom to invite.

    Args:
        store: The open workspace.
        programme_id: Into which programme.
        limit: At most so many; as many as are still wanted where it is None, and 50 where that is open.
        among: Only these people, such as those of a campaign or a roster.

    Raises:
        KnownError: ``programmes.no_criteria``.
    """
    criteria = criteria_of(programme_id)
    if not criteria:
        raise KnownError("programmes.no_criteria")
    programme, current = Programme.get_by_id(programme_id), current_people(programme_id)
    wanted = None if programme.target_size is None else max(0, programme.target_size - len(current))
    facts = [facts_for(criterion) for criterion in criteria]
    names: dict[int, str] = {row[0]: row[1] for row in raw_rows(Person.select(Person.id, Person.sort_name))}
    pool = set(names) if among is None else set(names) & set(among)
    out = _left_out(store, pool, current)
    free = [person for person in pool if person not in out]
    short = _short(criteria, facts, free)
    scored = _scored(criteria, facts, [person for person in free if person not in short])
    order = sorted(scored, key=lambda person: (-scored[person][0], names[person], person))
    chosen = order[: _limit(limit, wanted)]
    counts = Counter(out.values()) + Counter({"needed": len(short)})
    return Cohort(
        programme_id, wanted, tuple(_candidates(criteria, facts, chosen, scored)), len(scored),
        len(free) - len(short) - len(scored), dict(counts),
        tuple(
            Coverage(criterion, sum(person in known for person in free),
                     sum(person in known and known[person].met >= 1 for person in free))
            for criterion, known in zip(criteria, facts, strict=True)
        ),
    )  # fmt: skip


def people_of_campaign(campaign_id: int) -> list[int]:
    """Everybody who is in a campaign."""
    rows = Gift.select(Gift.person).where((Gift.campaign == campaign_id) & Gift.person.is_null(False)).distinct()
    return [person for (person,) in rows.tuples()]


def _limit(limit: int | None, wanted: int | None) -> int:
    usual = 50
    if limit is not None:
        return limit
    return usual if wanted is None else wanted


def _left_out(store: Store, pool: Collection[int], current: Collection[int]) -> dict[int, str]:
    """Who is not proposed whatever she is like, with the first reason that holds."""
    minors = {row[0] for row in raw_rows(Person.select(Person.id).where(Person.is_adult == 0))}
    archived = {row[0] for row in raw_rows(Person.select(Person.id).where(Person.archived_on.is_null(False)))}
    reasons: tuple[tuple[str, Collection[int]], ...] = (
        ("suppressed", suppressed_people(store)), ("minor", minors), ("archived", archived), ("in_it", current),
        ("closed", closed()), ("not_yet", not_yet(store)),
    )  # fmt: skip
    found: dict[int, str] = {}
    for reason, people in reasons:
        for person in people:
            if person in pool:
                found.setdefault(person, reason)
    return found


def _short(criteria: Sequence[Criterion], facts: Sequence[Mapping[int, Fact]], free: Sequence[int]) -> set[int]:
    """Of whom it is known that she has less than all of something that is needed."""
    needed = [known for criterion, known in zip(criteria, facts, strict=True) if criterion.is_needed]
    return {person for known in needed for person in free if person in known and known[person].met < 1}


def _scored(
    criteria: Sequence[Criterion], facts: Sequence[Mapping[int, Fact]], people: Sequence[int]
) -> dict[int, tuple[float, float, float]]:
    """By person of whom anything is known: her score, and between which ends it lies."""
    averages = []
    for known in facts:
        values = [known[person].met for person in people if person in known]
        averages.append(sum(values) / len(values) if values else _HALF)
    parts = list(zip((each.share for each in criteria), facts, averages, strict=True))
    found = {}
    for person in people:
        low = usual = unknown = 0.0
        for share, known, average in parts:
            fact = known.get(person)
            if fact is None:
                usual += share * average
                unknown += share
            else:
                low += share * fact.met
        if unknown < 1 - 1e-9:
            found[person] = (_WHOLE * (low + usual), _WHOLE * low, _WHOLE * (low + unknown))
    return found


def _candidates(
    criteria: Sequence[Criterion], facts: Sequence[Mapping[int, Fact]], chosen: Sequence[int],
    scored: Mapping[int, tuple[float, float, float]],
) -> list[Candidate]:  # fmt: skip
    tiers = tiers_of(chosen)
    about: dict[int, tuple[str, str]] = {}
    for start in range(0, len(chosen), 500):
        some = Person.id.in_(list(chosen[start : start + 500]))
        rows = Person.select(Person.id, Person.name, Person.country).where(some)
        about |= {person: (name, country) for person, name, country in rows.tuples()}
    found = []
    for person in chosen:
        known = tuple(
            Known(each.id, each.label, each.weight, fact.met if (fact := of.get(person)) else None,
                  fact.said if fact else "")
            for each, of in zip(criteria, facts, strict=True)
        )  # fmt: skip
        name, country = about[person]
        found.append(Candidate(person, name, *scored[person], country, tiers.get(person, ""), known))
    return found
