"""The list of clubs, each with how its members grew."""

from dataclasses import dataclass

from outreach.services.clubs import ClubRow, list_clubs
from outreach.store.models import Headcount


@dataclass(frozen=True, slots=True)
class ClubLine:
    """A club as a line of the list.

    Attributes:
        counts: Days on which members were counted, and how many there were, oldest first.
    """

    id: int
    club: ClubRow
    counts: tuple[tuple[str, int], ...]


def club_lines() -> list[ClubLine]:
    """All clubs, those with the newest start first."""
    counts: dict[int, list[tuple[str, int]]] = {}
    query = Headcount.select(Headcount.club, Headcount.counted_on, Headcount.members)
    for club, day, members in query.order_by(Headcount.counted_on, Headcount.id).tuples():
        counts.setdefault(club, []).append((day, members))
    rows = sorted(list_clubs(), key=lambda row: (row.started_on, row.id), reverse=True)
    return [ClubLine(row.id, row, tuple(counts.get(row.id, ()))) for row in rows]
