"""What the window shows of programmes, beside the lists that services give."""

from dataclasses import dataclass

from outreach.services.programmes.cohort import Candidate, Cohort, propose
from outreach.services.programmes.members import MemberRow, members_of
from outreach.services.programmes.rewards import RewardRow, RewardTotal, list_rewards, totals_of
from outreach.store.database import Store


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """Somebody who is proposed, as a line of a list; its id is the person's."""

    id: int
    place: int
    who: Candidate


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is proposed, and what is told of those who are not."""

    lines: tuple[CandidateLine, ...]
    cohort: Cohort


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """What members were given, with sums that are apart by kind and by currency."""

    rows: tuple[RewardRow, ...]
    totals: tuple[RewardTotal, ...]


def proposal(store: Store, programme_id: int) -> Proposal:
    """Whom to ask.

    Raises:
        KnownError: ``programmes.no_criteria``.
    """
    found = propose(store, programme_id)
    lines = tuple(CandidateLine(each.person_id, place, each) for place, each in enumerate(found.candidates, start=1))
    return Proposal(lines, found)


def roll(_store: Store, programme_id: int) -> tuple[MemberRow, ...]:
    """Everybody who is or was in a programme."""
    return tuple(members_of(programme_id))


def ledger_page(_store: Store, programme_id: int) -> LedgerPage:
    """What members were given."""
    rows = list_rewards(programme_id)
    return LedgerPage(tuple(rows), tuple(totals_of(rows)))
