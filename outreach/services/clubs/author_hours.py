"""Authors' hours: a ledger of the time that each has for clubs, what is spent of it, and who might be visited next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.hours import end_of, iso, there_at
from outreach.fields.text import clean, fold
from outreach.services.people.fields import time_zone
from outreach.services.zones import author_zone, home_zone, moment_of
from outreach.store.database import Store
from outreach.store.models import AuthorSlot, Club, ClubCopies, ClubSession, Headcount, Item

#: More visits than this within seven days are said to be many.
MOST_A_WEEK = 2
#: Hours on the wall at which a club can reasonably meet.
_FROM, _UNTIL = 8, 22
_LONGEST = 24 * 60


@dataclass(frozen=True, slots=True)
class SlotRow:
    """Time that an author has.

    Attributes:
        day: The day in the author's zone.
        hour: The hour there.
        spent: Minutes that sessions took of it, and of which clubs.
    """

    id: int
    author: str
    starts_at: str
    minutes: int
    zone: str
    day: str
    hour: str
    spent: int
    clubs: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class AuthorLoad:
    """How an author's hours stand: what is to come, what is spent, and how it is spent per club.

    Attributes:
        left: Minutes to come that no session has taken.
        spent: Minutes of all sessions, past and to come.
        busiest: The most visits that lie within seven days, from today on.
        per_club: Minutes by club, most first.
    """

    author: str
    left: int
    spent: int
    visits: int
    busiest: int
    per_club: tuple[tuple[int, str, int], ...]

    @property
    def is_overloaded(self) -> bool:
        """Whether that is more than is good for a week."""
        return self.busiest > MOST_A_WEEK


@dataclass(frozen=True, slots=True)
class Proposal:
    """A club that might get a visit, and why.

    Attributes:
        bought: Copies that its members bought or ordered.
        passed: Copies that were passed round, or that we sent.
        hours_apart: Between the club's clocks and the author's; None where a zone is not known.
        is_first: No author has come there yet.
        slot_id: The first time that is free and reasonable at both ends.
        slot_hour: That time at the club.
    """

    club_id: int
    club: str
    title: str
    readers: int
    bought: int
    passed: int
    hours_apart: float | None
    is_first: bool
    slot_id: int | None
    slot_hour: str


def add_slot(store: Store, author: str, starts: str, minutes: int, *, zone: str = "", note: str = "") -> Changes:
    """Note time that an author has, as a day and hour in her zone.

    Raises:
        KnownError: ``hours.no_author``, ``hours.bad_hour``, ``hours.skipped``, ``hours.bad_minutes``,
            ``people.bad_time_zone``.
    """
    name = clean(author)
    if not name:
        raise KnownError("hours.no_author")
    if not 1 <= minutes <= _LONGEST:
        raise KnownError("hours.bad_minutes", number=minutes)
    where = time_zone(clean(zone)) or author_zone(name) or home_zone()
    moment = moment_of(starts, where)
    with store.operation(Op.NOTE_HOURS) as written:
        AuthorSlot.create(
            author=name, author_key=fold(name), starts_at=moment, minutes=minutes, zone=where, note=clean(note),
            by=store.by, created_at=store.now(),
        )  # fmt: skip
    return written.changes


def drop_slot(store: Store, slot_id: int) -> Changes:
    """Take an author's time away; sessions that lie in it stay.

    Raises:
        KnownError: ``hours.unknown``.
    """
    if AuthorSlot.get_or_none(AuthorSlot.id == slot_id) is None:
        raise KnownError("hours.unknown", slot=slot_id)
    with store.operation(Op.NOTE_HOURS) as written:
        AuthorSlot.delete().where(AuthorSlot.id == slot_id).execute()
    return written.changes


def free_slot(
    author: str, starts: str, minutes: int, *, beside: int | None = None
) -> tuple[int | None, tuple[str, ...]]:
    """The time of an author's in which a visit would lie, and what there is to think of.

    Doubts are ``busy`` where she is somewhere else then, ``outside`` where it is not in the time that she has (asked
    only of an author whose hours are known), ``many`` where a week would have more visits than is good.
    """
    key, ends = fold(author), end_of(starts, minutes)
    visits = [(row.starts_at, end_of(row.starts_at, row.minutes)) for row in _visits(key) if row.id != beside]
    slots = list(AuthorSlot.select().where(AuthorSlot.author_key == key))
    slot = next(
        (row.id for row in slots if row.starts_at <= starts and ends <= end_of(row.starts_at, row.minutes)), None
    )
    doubts = []
    if any(start < ends and starts < end for start, end in visits):
        doubts.append("busy")
    if slots and slot is None:
        doubts.append("outside")
    if _busiest([start for start, _ in visits] + [starts], around=starts) > MOST_A_WEEK:
        doubts.append("many")
    return slot, tuple(doubts)


def list_slots(author: str = "", *, after: str = "") -> list[SlotRow]:
    """The time that authors have, in the order of its days; of one author, or from a moment on."""
    query = AuthorSlot.select().order_by(AuthorSlot.starts_at, AuthorSlot.id)
    if author:
        query = query.where(AuthorSlot.author_key == fold(author))
    if after:
        query = query.where(AuthorSlot.starts_at >= after)
    rows = list(query)
    spent: dict[int, list[tuple[int, str]]] = {}
    sessions = ClubSession.select(ClubSession, Club).join(Club).where(ClubSession.state != "cancelled")
    for each in sessions.where(ClubSession.author_slot.in_([row.id for row in rows])):
        spent.setdefault(each.author_slot_id, []).append((each.minutes, each.club.name))
    found = []
    for row in rows:
        there, taken = there_at(row.starts_at, row.zone), spent.get(row.id, [])
        found.append(
            SlotRow(
                row.id, row.author, row.starts_at, row.minutes, row.zone, there.date().isoformat(),
                there.strftime("%H:%M"), sum(minutes for minutes, _ in taken), tuple(name for _, name in taken),
                row.note,
            )
        )  # fmt: skip
    return found


def load_of(store: Store, author: str) -> AuthorLoad:
    """How an author's hours stand."""
    now, key = store.now(), fold(author)
    visits = list(_visits(key))
    per_club: dict[tuple[int, str], int] = {}
    for row in visits:
        name = (row.club_id, row.club.name)
        per_club[name] = per_club.get(name, 0) + row.minutes
    slots = list_slots(author, after=now)
    most = sorted(per_club.items(), key=lambda each: (-each[1], each[0][1]))
    return AuthorLoad(
        author=author,
        left=sum(max(0, slot.minutes - slot.spent) for slot in slots),
        spent=sum(row.minutes for row in visits),
        visits=len(visits),
        busiest=_busiest([row.starts_at for row in visits if row.starts_at >= now]),
        per_club=tuple((club, name, minutes) for (club, name), minutes in most),
    )


def authors() -> list[str]:
    """The authors whose hours are known or who join a session, by name."""
    names = {row.author_key: row.author for row in AuthorSlot.select(AuthorSlot.author_key, AuthorSlot.author)}
    sessions = ClubSession.select(ClubSession.author_key, ClubSession.author).where(ClubSession.author_key != "")
    names = {row.author_key: row.author for row in sessions} | names
    return [names[key] for key in sorted(names)]


def propose_visits(store: Store, author: str) -> list[Proposal]:
    """Which clubs that read the author might get her next visit.

    Those where no author has been yet come first, then those that buy rather than pass round, then the larger ones,
    then those whose clocks are near hers.
    """
    key = fold(author)
    query = Club.select(Club, Item).join(Item).where(Club.state.in_(("planned", "reading")))
    clubs = [club for club in query if fold(club.item.author) == key]
    met = {row.club_id for row in ClubSession.select(ClubSession.club).where(
        (ClubSession.author_key != "") & (ClubSession.state != "cancelled"))}  # fmt: skip
    copies: dict[tuple[int, str], int] = {}
    for row in ClubCopies.select().where(ClubCopies.club.in_([club.id for club in clubs])):
        copies[row.club_id, row.kind] = copies.get((row.club_id, row.kind), 0) + row.copies
    counts = dict(
        Headcount.select(Headcount.club, Headcount.members).order_by(Headcount.counted_on, Headcount.id).tuples()
    )
    free = [slot for slot in list_slots(author, after=store.now()) if slot.spent < slot.minutes]
    hers = author_zone(author)
    found = []
    for club in clubs:
        slot = next((each for each in free if _FROM <= there_at(each.starts_at, club.zone).hour < _UNTIL), None)
        found.append(
            Proposal(
                club_id=club.id,
                club=club.name,
                title=club.item.title,
                readers=counts.get(club.id, 0),
                bought=copies.get((club.id, "bought"), 0) + copies.get((club.id, "ordered"), 0),
                passed=copies.get((club.id, "passed_round"), 0) + copies.get((club.id, "sent"), 0),
                hours_apart=_apart(store, club.zone, hers),
                is_first=club.id not in met,
                slot_id=slot.id if slot else None,
                slot_hour=there_at(slot.starts_at, club.zone).strftime("%Y-%m-%d %H:%M") if slot else "",
            )
        )
    return sorted(found, key=_order)


def _order(each: Proposal) -> tuple[bool, float, int, float, str]:
    share = each.bought / (each.bought + each.passed) if each.bought + each.passed else 0.0
    apart = each.hours_apart if each.hours_apart is not None else 12.0
    return (not each.is_first, -share, -each.readers, apart, each.club)


def _apart(store: Store, one: str, other: str) -> float | None:
    if not one or not other:
        return None
    now = iso(store.moment())
    gap = there_at(now, one).utcoffset(), there_at(now, other).utcoffset()
    assert gap[0] is not None and gap[1] is not None
    return abs((gap[0] - gap[1]).total_seconds()) / 3600


def _visits(key: str) -> Sequence[ClubSession]:
    query = ClubSession.select(ClubSession, Club).join(Club)
    return list(query.where((ClubSession.author_key == key) & (ClubSession.state != "cancelled")))


def _busiest(starts: Sequence[str], around: str = "") -> int:
    """The most visits within seven days, of those windows that hold a moment where one is named."""
    moments = sorted(datetime.fromisoformat(each) for each in starts)
    week = timedelta(days=7)
    held = datetime.fromisoformat(around) if around else None
    most = 0
    for first in moments:
        if held is None or first <= held < first + week:
            most = max(most, sum(1 for each in moments if first <= each < first + week))
    return most
