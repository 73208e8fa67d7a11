"""How clubs grow out of one another: gift, club, joiner, her own post, the next club; and what shows that it works."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from outreach.services.clubs.clubs import roots
from outreach.services.clubs.copies import CopiesTotal, totals_of
from outreach.services.clubs.members import posts_of
from outreach.store.database import Store
from outreach.store.models import (
    AuthorOffer,
    Club,
    ClubCopies,
    ClubMember,
    Gift,
    Headcount,
    Item,
    JoinRequest,
    Person,
    Post,
)

#: What is no older is news.
_LATELY = timedelta(days=14)
#: A club has grown when it has so many times the members it had, and so many more.
_GROWN, _MORE = 1.2, 3
_ORGANIC = ("organic", "before_contact")


@dataclass(frozen=True, slots=True)
class Branch:
    """A club within the tree, with what it grew from.

    Attributes:
        depth: How many clubs it is away from the first one.
        joined_on: When its host joined the club that it grew from; empty where she is not known as its member.
        post_id: The post that it grew from, and its first words.
        copies: Its own copies, by kind and title.
    """

    club_id: int
    name: str
    state: str
    host_id: int | None
    host: str
    title: str
    started_on: str
    depth: int
    parent_id: int | None
    joined_on: str
    post_id: int | None
    post: str
    members: int | None
    copies: tuple[CopiesTotal, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A gift and every club that came of it, parents before children, each child beside its parent.

    Attributes:
        gift_id: The gift of the first club; None where it began without one.
        copies: What all its clubs asked for, were sent, bought and ordered.
        members: Of all clubs at their last counts; whoever is in two is counted in both.
    """

    gift_id: int | None
    given_on: str
    title: str
    branches: tuple[Branch, ...]
    copies: tuple[CopiesTotal, ...]
    members: int

    @property
    def depth(self) -> int:
        """How many clubs lie one behind the other."""
        return max((branch.depth for branch in self.branches), default=-1) + 1


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that nobody asked for, and that is worth a look.

    Attributes:
        code: ``grew``, ``asked_to_join``, ``wants_copies``, ``next_club``, ``member_posted`` or ``taken_up``.
        number: Of what the code says.
        name: Whom it is about, where that is somebody.
    """

    code: str
    club_id: int
    club: str
    day: str
    number: int = 0
    before: int = 0
    name: str = ""
    person_id: int | None = None


def tree_of(club_id: int) -> Tree:
    """The whole tree in which a club stands."""
    first = roots(club_id)[-1]
    branches = list(_below(first, None, 0, set()))
    root = Club.get_by_id(first)
    gift = Gift.get_or_none(Gift.id == root.gift_id) if root.gift_id else None
    return Tree(
        gift_id=gift.id if gift else None,
        given_on=(gift.sent_on or gift.state_on) if gift else "",
        title=root.item.title if root.item_id else "",
        branches=tuple(branches),
        copies=tuple(totals_of([branch.club_id for branch in branches])),
        members=sum(branch.members or 0 for branch in branches),
    )


def _below(club_id: int, parent: int | None, depth: int, seen: set[int]) -> Iterator[Branch]:
    if club_id in seen:
        return
    seen.add(club_id)
    query = Club.select(Club, Person, Item, Post).left_outer_join(Person).switch(Club).left_outer_join(Item)
    club = query.switch(Club).left_outer_join(Post, on=(Club.post == Post.id)).where(Club.id == club_id).get()
    joined = ClubMember.get_or_none((ClubMember.club == parent) & (ClubMember.person == club.host_id))
    last = Headcount.select().where(Headcount.club == club_id)
    last = last.order_by(Headcount.counted_on.desc(), Headcount.id.desc()).first()
    yield Branch(
        club_id=club_id,
        name=club.name,
        state=club.state,
        host_id=club.host_id,
        host=club.host.name if club.host_id else "",
        title=club.item.title if club.item_id else "",
        started_on=club.started_on,
        depth=depth,
        parent_id=parent,
        joined_on=joined.joined_on if joined else "",
        post_id=club.post_id,
        post=club.post.text if club.post_id else "",
        members=last.members if last else None,
        copies=tuple(totals_of([club_id])),
    )
    children = Club.select(Club.id).where(Club.grew_from == club_id).order_by(Club.started_on, Club.id)
    for (child,) in list(children.tuples()):
        yield from _below(child, club_id, depth + 1, seen)


def posts_by_members(club_id: int) -> list[int]:
    """The posts about a club's title that its members made after they joined, with nothing agreed, newest first."""
    club = Club.get_by_id(club_id)
    if club.item_id is None:
        return []
    query = (
        Post.select(Post.id)
        .join(ClubMember, on=(ClubMember.person == Post.person))
        .where((ClubMember.club == club_id) & (Post.posted_on >= ClubMember.joined_on))
        .where((Post.item == club.item_id) & Post.nature.in_(_ORGANIC))
        .order_by(Post.posted_on.desc(), Post.id.desc())
    )
    return [post for (post,) in query.tuples()]


@dataclass(frozen=True, slots=True)
class ClubPostRow:
    """A post that tells of a club: noted so, or of its title by a member, unprompted."""

    post_id: int
    person: str
    day: str
    text: str
    is_noted: bool


def posts_about(club_id: int) -> list[ClubPostRow]:
    """The posts that tell how a club gets on, and those that its members made of their own accord, newest first."""
    noted = set(posts_of(club_id))
    query = Post.select(Post.id, Person.name, Post.posted_on, Post.text).left_outer_join(Person)
    query = query.where(Post.id.in_([*noted, *posts_by_members(club_id)])).order_by(
        Post.posted_on.desc(), Post.id.desc()
    )
    return [ClubPostRow(post, person or "", day, text, post in noted) for post, person, day, text in query.tuples()]


def signals(store: Store, club_id: int | None = None) -> list[Signal]:
    """What happened around clubs in the last days without anybody asking for it, newest first."""
    since = (store.today() - _LATELY).isoformat()
    found = [*_grown(since), *_requests(since), *_wishes(since), *_next(since), *_posted(since), *_taken_up(since)]
    wanted = [each for each in found if club_id in (None, each.club_id)]
    return sorted(wanted, key=lambda each: (each.day, each.club_id, each.code), reverse=True)


def _grown(since: str) -> Iterator[Signal]:
    """Clubs with noticeably more members than they had when these days began."""
    counts: dict[int, list[tuple[str, int]]] = {}
    lively = Headcount.select(Headcount.club).where(Headcount.counted_on >= since)
    query = Headcount.select(Headcount.club, Headcount.counted_on, Headcount.members).where(Headcount.club.in_(lively))
    for club, day, members in query.order_by(Headcount.counted_on, Headcount.id).tuples():
        counts.setdefault(club, []).append((day, members))
    names = dict(Club.select(Club.id, Club.name).where(Club.id.in_(list(counts))).tuples())
    for club, rows in counts.items():
        earlier = [members for day, members in rows if day < since]
        before = earlier[-1] if earlier else rows[0][1]
        day, now = rows[-1]
        if now >= before * _GROWN and now - before >= _MORE:
            yield Signal("grew", club, names[club], day, now, before)


def _requests(since: str) -> Iterator[Signal]:
    found: dict[tuple[int, str], tuple[str, int]] = {}
    query = JoinRequest.select(JoinRequest, Club).join(Club)
    for row in query.where((JoinRequest.state == "waiting") & (JoinRequest.asked_on >= since)):
        day, people = found.get((row.club_id, row.club.name), ("", 0))
        found[row.club_id, row.club.name] = max(day, row.asked_on), people + row.people
    for (club, name), (day, people) in found.items():
        yield Signal("asked_to_join", club, name, day, people)


def _wishes(since: str) -> Iterator[Signal]:
    """Clubs that asked for more copies lately than they were sent."""
    lately = ClubCopies.select(ClubCopies.club).where((ClubCopies.kind == "asked") & (ClubCopies.happened_on >= since))
    sums: dict[tuple[int, str], list[int]] = {}
    days: dict[int, str] = {}
    for row in ClubCopies.select(ClubCopies, Club).join(Club).where(ClubCopies.club.in_(lately)):
        pair = sums.setdefault((row.club_id, row.club.name), [0, 0])
        if row.kind in ("asked", "sent"):
            pair[row.kind == "sent"] += row.copies
        if row.kind == "asked":
            days[row.club_id] = max(days.get(row.club_id, ""), row.happened_on)
    for (club, name), (asked, sent) in sums.items():
        if asked > sent:
            yield Signal("wants_copies", club, name, days[club], asked - sent)


def _next(since: str) -> Iterator[Signal]:
    query = Club.select(Club, Person).left_outer_join(Person)
    for club in query.where(Club.grew_from.is_null(False) & (Club.started_on >= since)):
        host = club.host.name if club.host_id else ""
        yield Signal("next_club", club.id, club.name, club.started_on, name=host, person_id=club.host_id)


def _posted(since: str) -> Iterator[Signal]:
    """Members who spoke of their club's title after they joined."""
    query = (
        Post.select(Post.posted_on, Person.id, Person.name, Club.id, Club.name)
        .join(ClubMember, on=(ClubMember.person == Post.person))
        .join(Club, on=(ClubMember.club == Club.id))
        .join(Person, on=(Post.person == Person.id))
        .where((Post.posted_on >= since) & (Post.posted_on >= ClubMember.joined_on))
        .where((Post.item == Club.item) & Post.nature.in_(_ORGANIC))
    )
    for day, person, name, club, title in query.tuples():
        yield Signal("member_posted", club, title, day, name=name, person_id=person)


def _taken_up(since: str) -> Iterator[Signal]:
    query = AuthorOffer.select(AuthorOffer.author, AuthorOffer.state_on, Club.id, Club.name)
    query = query.join(Club, on=(Club.gift == AuthorOffer.gift))
    for author, day, club, name in query.where(
        (AuthorOffer.state == "taken_up") & (AuthorOffer.state_on >= since)
    ).tuples():
        yield Signal("taken_up", club, name, day, name=author)
