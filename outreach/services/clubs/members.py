"""A club's members: counted, or known by name; who asks to join; and what moved the number.

Every change of the number is a `Headcount` of its own, so that the last one is how many they are. Whoever is a member
by name is among them: there are never fewer members than names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.store.database import Store
from outreach.store.models import Club, ClubMember, ClubPost, Headcount, JoinRequest, Person, Post

#: More are no club.
_MOST = 1_000_000


class RequestState(StrEnum):
    """What became of a wish to join."""

    WAITING = "waiting"
    JOINED = "joined"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Count:
    """How many members there were from a day on, and what moved them."""

    id: int
    day: str
    members: int
    moved_by: str
    post_id: int | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member who is known by name; `next_club` is one that she began herself later."""

    person_id: int
    person: str
    joined_on: str
    left_on: str
    next_club: int | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A wish to join, of one or of several."""

    id: int
    person_id: int | None
    person: str
    people: int
    asked_on: str
    state: str
    place: str
    post_id: int | None


@dataclass(frozen=True, slots=True)
class NewRequest:
    """That somebody, or so many, asked to join."""

    person_id: int | None = None
    people: int = 1
    on: str = ""
    place: str = ""
    post_id: int | None = None


def count_members(
    store: Store, club_id: int, members: int, *, on: str = "", moved_by: str = "", post_id: int | None = None
) -> Changes:
    """Note how many members a club has from a day on; what was noted of that day before is corrected.

    Raises:
        KnownError: ``clubs.bad_members``, ``clubs.fewer_than_named``, ``clubs.future_count``.
    """
    day = on or store.today().isoformat()
    if not 1 <= members <= _MOST:
        raise KnownError("clubs.bad_members", number=members)
    if day > store.today().isoformat():
        raise KnownError("clubs.future_count", day=day)
    named = _named(club_id)
    counts = counts_of(club_id)
    if (not counts or day >= counts[-1].day) and members < named:
        raise KnownError("clubs.fewer_than_named", number=members, named=named)
    with store.operation(Op.COUNT_MEMBERS) as written:
        Headcount.delete().where((Headcount.club == club_id) & (Headcount.counted_on == day)).execute()
        Headcount.create(club=club_id, counted_on=day, members=members, moved_by=clean(moved_by), post=post_id)
    return written.changes


def join(store: Store, club_id: int, people: Sequence[int], on: str = "") -> Changes:
    """Note members by name. Who left before is a member again; who is one already stays one.

    Raises:
        KnownError: ``clubs.host_joins``.
    """
    with store.operation(Op.JOIN_CLUB) as written:
        for person in dict.fromkeys(people):
            _join(store, club_id, person, on or store.today().isoformat())
    return written.changes


def leave(store: Store, club_id: int, person_id: int, on: str = "") -> Changes:
    """Note that a member left.

    Raises:
        KnownError: ``clubs.no_member``.
    """
    member = ClubMember.get_or_none(_is(club_id, person_id) & ClubMember.left_on.is_null())
    if member is None:
        raise KnownError("clubs.no_member", person=Person.get_by_id(person_id).name)
    day = max(on or store.today().isoformat(), member.joined_on)
    with store.operation(Op.JOIN_CLUB) as written:
        ClubMember.update(left_on=day).where(ClubMember.id == member.id).execute()
        _move(club_id, -1, day)
    return written.changes


def ask_to_join(store: Store, club_id: int, new: NewRequest) -> tuple[int, Changes]:
    """Note that somebody asked to be let in, or so many of whom only the number is known.

    Raises:
        KnownError: ``clubs.bad_members``, ``clubs.member_already``.
    """
    if not 1 <= new.people <= _MOST:
        raise KnownError("clubs.bad_members", number=new.people)
    if new.person_id is not None:
        if ClubMember.get_or_none(_is(club_id, new.person_id) & ClubMember.left_on.is_null()) is not None:
            raise KnownError("clubs.member_already", person=Person.get_by_id(new.person_id).name)
        waiting = (JoinRequest.club == club_id) & (JoinRequest.person == new.person_id)
        if JoinRequest.get_or_none(waiting & (JoinRequest.state == RequestState.WAITING.value)) is not None:
            raise KnownError("clubs.asked_already", person=Person.get_by_id(new.person_id).name)
    with store.operation(Op.JOIN_CLUB) as written:
        made = JoinRequest.create(
            club=club_id, person=new.person_id, people=1 if new.person_id is not None else new.people,
            asked_on=new.on or store.today().isoformat(), state=RequestState.WAITING.value, place=clean(new.place),
            post=new.post_id, by=store.by,
        )  # fmt: skip
    return int(made.id), written.changes


def answer_requests(store: Store, requests: Sequence[int], to: RequestState, on: str = "") -> Changes:
    """Let some in who asked, or note that it is not for now; those who are let in are members from then on.

    Raises:
        KnownError: ``clubs.answered_already``.
    """
    day = on or store.today().isoformat()
    with store.operation(Op.JOIN_CLUB) as written:
        for request in JoinRequest.select().where(JoinRequest.id.in_(list(requests))).order_by(JoinRequest.id):
            if request.state != RequestState.WAITING:
                raise KnownError("clubs.answered_already", state=request.state)
            JoinRequest.update(state=to.value).where(JoinRequest.id == request.id).execute()
            if to is RequestState.JOINED and request.person_id is not None:
                _join(store, request.club_id, request.person_id, day)
            elif to is RequestState.JOINED:
                _move(request.club_id, request.people, day, request.post_id)
    return written.changes


def link_post(store: Store, club_id: int, post_id: int) -> Changes:
    """Note that a post tells how a club gets on.

    Raises:
        KnownError: ``clubs.other_post``.
    """
    known = ClubPost.get_or_none(ClubPost.post == post_id)
    if known is not None and known.club_id != club_id:
        raise KnownError("clubs.other_post", post=f"o{post_id}", club=f"c{known.club_id}")
    with store.operation(Op.LINK_CLUB_POST) as written:
        if known is None:
            ClubPost.create(club=club_id, post=post_id)
    return written.changes


def counts_of(club_id: int) -> list[Count]:
    """How many members a club had over time, oldest first."""
    query = Headcount.select().where(Headcount.club == club_id).order_by(Headcount.counted_on, Headcount.id)
    return [Count(row.id, row.counted_on, row.members, row.moved_by, row.post_id) for row in query]


def members_of(club_id: int) -> list[MemberRow]:
    """The members who are known by name, those who left too, in the order in which they joined."""
    query = ClubMember.select(ClubMember, Person).join(Person).where(ClubMember.club == club_id)
    rows = list(query.order_by(ClubMember.joined_on, ClubMember.id))
    began = dict(
        Club.select(Club.host, Club.id)
        .where((Club.grew_from == club_id) & Club.host.in_([row.person_id for row in rows]))
        .order_by(Club.id.desc())
        .tuples()
    )
    return [
        MemberRow(row.person_id, row.person.name, row.joined_on, row.left_on or "", began.get(row.person_id))
        for row in rows
    ]


def requests_of(club_id: int) -> list[RequestRow]:
    """Who asked to join, newest first."""
    query = JoinRequest.select(JoinRequest, Person).left_outer_join(Person).where(JoinRequest.club == club_id)
    return [
        RequestRow(
            row.id, row.person_id, row.person.name if row.person_id else "", row.people, row.asked_on, row.state,
            row.place, row.post_id,
        )
        for row in query.order_by(JoinRequest.asked_on.desc(), JoinRequest.id.desc())
    ]  # fmt: skip


def posts_of(club_id: int) -> list[int]:
    """The posts that tell how a club gets on, newest first."""
    query = ClubPost.select(ClubPost.post).join(Post).where(ClubPost.club == club_id)
    return [post for (post,) in query.order_by(Post.posted_on.desc(), Post.id.desc()).tuples()]


def _join(store: Store, club_id: int, person_id: int, day: str) -> None:
    if Club.get_by_id(club_id).host_id == person_id:
        raise KnownError("clubs.host_joins", person=Person.get_by_id(person_id).name)
    member = ClubMember.get_or_none(_is(club_id, person_id))
    if member is not None and member.left_on is None:
        return
    if member is None:
        ClubMember.create(club=club_id, person=person_id, joined_on=day, by=store.by)
    else:
        ClubMember.update(joined_on=day, left_on=None).where(ClubMember.id == member.id).execute()
    waiting = (JoinRequest.club == club_id) & (JoinRequest.person == person_id)
    JoinRequest.update(state=RequestState.JOINED.value).where(
        waiting & (JoinRequest.state == RequestState.WAITING.value)
    ).execute()
    _move(club_id, 1, day)


def _move(club_id: int, by: int, day: str, post_id: int | None = None) -> None:
    """The number goes up or down from a day on; a later count holds that day's change already."""
    counts = counts_of(club_id)
    last = counts[-1] if counts else None
    if last is not None and day < last.day:
        by, day = 0, last.day
    wanted = max((last.members if last else 0) + by, _named(club_id), 1)
    if last is None:
        Headcount.create(club=club_id, counted_on=day, members=wanted, post=post_id)
    elif wanted != last.members and day == last.day:
        Headcount.update(members=wanted).where(Headcount.id == last.id).execute()
    elif wanted != last.members:
        Headcount.create(club=club_id, counted_on=day, members=wanted, post=post_id)


def _named(club_id: int) -> int:
    """How many members are known by name and have not left."""
    return int(ClubMember.select().where((ClubMember.club == club_id) & ClubMember.left_on.is_null()).count())


def _is(club_id: int, person_id: int) -> object:
    return (ClubMember.club == club_id) & (ClubMember.person == person_id)
