"""Book clubs: readers around an item, often begun by someone who was given it."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.gifts import OutcomeKind
from outreach.store.database import Store
from outreach.store.models import Club, Gift, Headcount, Item, Outcome, Person


class ClubKind(StrEnum):
    """What kind of group it is."""

    CLUB = "club"
    BUDDY_READ = "buddy_read"
    SCHOOL = "school"
    SHOP = "shop"


@dataclass(frozen=True, slots=True)
class NewClub:
    """A club to note."""

    name: str
    host_id: int
    item_id: int | None = None
    post_id: int | None = None
    kind: ClubKind = ClubKind.CLUB
    place: str = ""
    started_on: str = ""
    members: int | None = None
    note: str = ""


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


def start_club(store: Store, new: NewClub) -> tuple[int, Changes]:
    """Note a club that someone started, with the gift that it was born from.

    Raises:
        KnownError: ``clubs.no_name``, ``clubs.bad_members``.
    """
    name = clean(new.name)
    if not name:
        raise KnownError("clubs.no_name")
    if new.members is not None and new.members < 1:
        raise KnownError("clubs.bad_members", number=new.members)
    started = new.started_on or store.today().isoformat()
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
            place=clean(new.place),
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
    )


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
