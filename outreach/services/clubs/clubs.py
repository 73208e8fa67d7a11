"""Book clubs: readers around an item, often begun by someone who was given it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.hours import zone
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.gifts.gifts import OutcomeKind
from outreach.services.people.fields import time_zone
from outreach.services.zones import home_zone, person_zone
from outreach.store.database import Store
from outreach.store.models import Club, ClubMember, Gift, Headcount, Item, Outcome, Person

#: What can be changed of a club, each as text.
CLUB_FIELDS = ("name", "kind", "state", "place", "zone", "spoilers", "note")


class ClubKind(StrEnum):
    """What kind of group it is."""

    CLUB = "club"
    BUDDY_READ = "buddy_read"
    SCHOOL = "school"
    SHOP = "shop"


class ClubState(StrEnum):
    """How a club stands."""

    PLANNED = "planned"
    READING = "reading"
    MET = "met"
    WOUND_DOWN = "wound_down"


class Spoilers(StrEnum):
    """How a club goes about the ending; empty where nothing was agreed."""

    UNSAID = ""
    TO_MILESTONE = "to_milestone"
    MARKED = "marked"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class NewClub:
    """A club to note.

    Attributes:
        zone: In which its days and hours are told; the host's, or this computer's, where it is not said.
        grew_from_id: The club of which the host was a member; found where it is not said.
    """

    name: str
    host_id: int
    item_id: int | None = None
    post_id: int | None = None
    kind: ClubKind = ClubKind.CLUB
    place: str = ""
    started_on: str = ""
    members: int | None = None
    note: str = ""
    zone: str = ""
    spoilers: Spoilers = Spoilers.UNSAID
    grew_from_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClubRow:
    """A club as a line of a list."""

    id: int
    name: str
    kind: str
    state: str
    host_id: int | None
    host: str
    item_id: int | None
    title: str
    gift_id: int | None
    place: str
    started_on: str
    members: int | None
    note: str
    post_id: int | None = None
    zone: str = ""
    spoilers: str = ""
    grew_from_id: int | None = None


def start_club(store: Store, new: NewClub) -> tuple[int, Changes]:
    """Note a club that someone started, with the gift that it was born from.

    Raises:
        KnownError: ``clubs.no_name``, ``clubs.bad_members``, ``people.bad_time_zone``.
    """
    name = clean(new.name)
    if not name:
        raise KnownError("clubs.no_name")
    if new.members is not None and new.members < 1:
        raise KnownError("clubs.bad_members", number=new.members)
    today = store.today().isoformat()
    started = new.started_on or today
    gift = _gift_behind(new, started)
    with store.operation(Op.START_CLUB) as written:
        club = Club.create(
            name=name,
            name_key=fold(name),
            item=new.item_id,
            host=new.host_id,
            gift=gift,
            post=new.post_id,
            kind=new.kind.value,
            state=(ClubState.PLANNED if started > today else ClubState.READING).value,
            place=clean(new.place),
            zone=time_zone(new.zone) or person_zone(new.host_id) or home_zone(),
            spoilers=new.spoilers.value,
            grew_from=new.grew_from_id or _club_before(new.host_id, started),
            started_on=started,
            note=clean_lines(new.note),
            by=store.by,
            created_at=store.now(),
        )
        if new.members is not None:
            Headcount.create(club=club.id, counted_on=started, members=new.members)
        if gift is not None:
            Outcome.create(
                gift=gift,
                person=new.host_id,
                kind=OutcomeKind.CLUB_STARTED.value,
                evidence="seen",
                happened_on=started,
                by=store.by,
            )
    return club.id, written.changes


def edit_club(
    store: Store, club_id: int, values: Mapping[str, str], *, item_id: int | None = None, grew_from: int | None = None
) -> Changes:
    """Change what is known of a club, by names of `CLUB_FIELDS`; the next title, or the club that it grew from.

    Raises:
        KnownError: ``clubs.no_name``, ``clubs.unknown_word``, ``clubs.own_root``, ``people.bad_time_zone``,
            ``catalogue.unknown_field``.
    """
    columns: dict[str, Any] = {}
    for name, value in values.items():
        columns |= _column(name, value)
    if item_id is not None:
        columns["item"] = item_id
    if grew_from is not None:
        if club_id in roots(grew_from):
            raise KnownError("clubs.own_root", club=f"c{club_id}", root=f"c{grew_from}")
        columns["grew_from"] = grew_from
    with store.operation(Op.EDIT_CLUB) as written:
        if columns:
            Club.update(**columns).where(Club.id == club_id).execute()
    return written.changes


def roots(club_id: int) -> list[int]:
    """A club and those that it grew from, back to the first."""
    found: list[int] = []
    at: int | None = club_id
    while at is not None and at not in found:
        found.append(at)
        at = Club.get_by_id(at).grew_from_id
    return found


def club_zone(club: Club) -> str:
    """In which zone a club's days and hours are told."""
    return str(club.zone) if zone(club.zone) is not None else person_zone(club.host_id) or home_zone()


def list_clubs() -> list[ClubRow]:
    """Clubs, the newest first."""
    query = Club.select(Club, Person, Item).left_outer_join(Person).switch(Club).left_outer_join(Item)
    members = dict(
        Headcount.select(Headcount.club, Headcount.members).order_by(Headcount.counted_on, Headcount.id).tuples()
    )
    return [_row(club, members.get(club.id)) for club in query.order_by(Club.started_on.desc(), Club.id.desc())]


def show_club(club_id: int) -> tuple[ClubRow, list[tuple[str, int]]]:
    """One club, and its members over time as days and numbers."""
    club = Club.get_by_id(club_id)
    query = Headcount.select().where(Headcount.club == club_id).order_by(Headcount.counted_on, Headcount.id)
    counts = [(row.counted_on, row.members) for row in query]
    return _row(club, counts[-1][1] if counts else None), counts


def _row(club: Club, members: int | None) -> ClubRow:
    return ClubRow(
        id=club.id,
        name=club.name,
        kind=club.kind,
        state=club.state,
        host_id=club.host_id,
        host=club.host.name if club.host_id else "",
        item_id=club.item_id,
        title=club.item.title if club.item_id else "",
        gift_id=club.gift_id,
        place=club.place,
        started_on=club.started_on,
        members=members,
        note=club.note,
        post_id=club.post_id,
        zone=club.zone,
        spoilers=club.spoilers,
        grew_from_id=club.grew_from_id,
    )


def _column(name: str, value: str) -> dict[str, str]:
    words: dict[str, type[StrEnum]] = {"kind": ClubKind, "state": ClubState, "spoilers": Spoilers}
    if name == "name":
        if not clean(value):
            raise KnownError("clubs.no_name")
        return {"name": clean(value), "name_key": fold(value)}
    if name in words:
        if value not in set(words[name]):
            raise KnownError("clubs.unknown_word", name=name, value=value, known=", ".join(filter(None, words[name])))
        return {name: value}
    if name == "zone":
        return {"zone": time_zone(clean(value))}
    if name in ("place", "note"):
        return {name: clean_lines(value) if name == "note" else clean(value)}
    raise KnownError("catalogue.unknown_field", name=name, known=", ".join(CLUB_FIELDS))


def _gift_behind(new: NewClub, started: str) -> int | None:
    """The latest gift of the item to the host that had been sent when the club began."""
    if new.item_id is None:
        return None
    gift = (
        Gift.select()
        .where((Gift.person == new.host_id) & (Gift.item == new.item_id) & (Gift.sent_on <= started))
        .order_by(Gift.sent_on.desc(), Gift.id.desc())
        .first()
    )
    return gift.id if gift else None


def _club_before(host_id: int, started: str) -> int | None:
    """The club that the host had joined last when this one began."""
    joined = (ClubMember.person == host_id) & (ClubMember.joined_on <= started)
    member = ClubMember.select().where(joined).order_by(ClubMember.joined_on.desc(), ClubMember.id.desc()).first()
    return member.club_id if member else None
