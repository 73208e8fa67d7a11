"""The list of clubs, each with how its members grew; and everything about one of them."""

from dataclasses import dataclass

from outreach.services.clubs.clubs import ClubRow, list_clubs, show_club
from outreach.services.clubs.copies import CopiesTotal, open_copies, totals_of
from outreach.services.clubs.growth import Signal, Tree, posts_by_members, signals, tree_of
from outreach.services.clubs.members import Count, counts_of, members_of, requests_of
from outreach.services.clubs.sessions import SessionRow, list_sessions, questions_of
from outreach.services.gifts.offers import OfferRow, OfferState, list_offers
from outreach.store.database import Store
from outreach.store.models import Edition, Gift, Headcount, Item, Post


@dataclass(frozen=True, slots=True)
class ClubLine:
    """A club as a line of the list.

    Attributes:
        counts: Days on which members were counted, and how many there were, oldest first.
    """

    id: int
    club: ClubRow
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """How a club began, step by step.

    Attributes:
        code: ``gift``, ``posted``, ``asked``, ``began`` or ``author``.
        words: The form of the copy, the words of the post, where they asked, where they meet.
        number: How many asked; how many minutes the author stays.
        row_id: The gift's person, the post.
    """

    code: str
    day: str
    words: str = ""
    number: int = 0
    row_id: int = -1


@dataclass(frozen=True, slots=True)
class ClubPage:
    """Everything that the page of a club shows.

    Attributes:
        upcoming: The session that comes next; the one with the author where several do.
        waiting: How many wait to be let in.
        named: How many members are known by name.
        unprompted: Posts about the title by members, with nothing agreed.
    """

    club: ClubRow
    author: str
    steps: tuple[Step, ...]
    counts: tuple[Count, ...]
    sessions: tuple[SessionRow, ...]
    upcoming: SessionRow | None
    questions: tuple[tuple[int, str, str], ...]
    totals: tuple[CopiesTotal, ...]
    copies_open: int
    waiting: int
    named: int
    unprompted: tuple[int, ...]
    tree: Tree
    signals: tuple[Signal, ...]


def club_lines() -> list[ClubLine]:
    """All clubs, those with the newest start first."""
    counts: dict[int, list[tuple[str, int]]] = {}
    query = Headcount.select(Headcount.club, Headcount.counted_on, Headcount.members)
    for club, day, members in query.order_by(Headcount.counted_on, Headcount.id).tuples():
        counts.setdefault(club, []).append((day, members))
    rows = sorted(list_clubs(), key=lambda row: (row.started_on, row.id), reverse=True)
    return [ClubLine(row.id, row, tuple(counts.get(row.id, ()))) for row in rows]


def likely_hosts() -> int:
    """How many people posted of their own accord: whoever does that may like to read it with others."""
    organic = (Post.nature == "organic") & Post.person.is_null(False)
    return int(Post.select(Post.person).where(organic).distinct().count())


def club_page(store: Store, club_id: int) -> ClubPage:
    """Everything about a club."""
    club, _ = show_club(club_id)
    sessions = list_sessions(club_id=club_id)
    coming = [row for row in sessions if row.state == "planned" and row.starts_at >= store.now()]
    requests = requests_of(club_id)
    item = Item.get_or_none(Item.id == club.item_id) if club.item_id else None
    return ClubPage(
        club=club,
        author=item.author if item else "",
        steps=tuple(_steps(club, sessions)),
        counts=tuple(counts_of(club_id)),
        sessions=tuple(sessions),
        upcoming=coming[0] if coming else None,
        questions=tuple(questions_of(club_id, coming[0].id) if coming else questions_of(club_id)),
        totals=tuple(totals_of([club_id])),
        copies_open=open_copies(club_id),
        waiting=sum(row.people for row in requests if row.state == "waiting"),
        named=sum(not row.left_on for row in members_of(club_id)),
        unprompted=tuple(posts_by_members(club_id)),
        tree=tree_of(club_id),
        signals=tuple(signals(store, club_id)),
    )


def _steps(club: ClubRow, sessions: list[SessionRow]) -> list[Step]:
    """How it began, in the order of the story, as far as it is known."""
    steps = []
    offers = list_offers(gift_id=club.gift_id) if club.gift_id else []
    if club.gift_id:
        gift = Gift.get_by_id(club.gift_id)
        edition = Edition.get_or_none(Edition.id == gift.edition_id) if gift.edition_id else None
        form = (edition.format or edition.kind) if edition else ""
        steps.append(Step("gift", gift.sent_on or gift.state_on, form, len(offers), gift.person_id or -1))
    post = Post.get_or_none(Post.id == club.post_id) if club.post_id else None
    if post is not None:
        steps.append(Step("posted", post.posted_on, post.text, 0, post.id))
    asked = [row for row in requests_of(club.id) if row.state == "joined" or row.asked_on <= club.started_on]
    if asked:
        first = asked[-1]
        steps.append(Step("asked", first.asked_on, first.place, sum(row.people for row in asked)))
    steps.append(Step("began", club.started_on, club.place))
    taken = _taken_up(offers)
    visit = next((row for row in sessions if row.author and row.state != "cancelled"), None)
    if taken is not None or visit is not None:
        day = taken.state_on if taken is not None else visit.day if visit is not None else ""
        visits = [row for row in sessions if row.author and row.state != "cancelled"]
        steps.append(Step("author", day, "", visit.minutes if visit else 0, len(visits)))
    return steps


def _taken_up(offers: list[OfferRow]) -> OfferRow | None:
    return next((row for row in offers if row.state == OfferState.TAKEN_UP), None)
