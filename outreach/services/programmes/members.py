"""Who is in a programme: invited, joined, alumni; and the people of a campaign who are taken into one.

Whoever asked not to be contacted is neither invited nor taken in. Whoever left may come back, which is another time of
hers: what she posted the first time stays what it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, clean_lines
from outreach.services.gifts.states import GiftState
from outreach.services.people.asking import refuse_not_yet
from outreach.services.people.presence import unguarded
from outreach.services.people.suppressions import suppressed_people
from outreach.services.programmes.kinds import MemberState
from outreach.services.programmes.programme import renew_people, seasons_of
from outreach.store.database import Store
from outreach.store.models import Gift, Person, Post, Programme, ProgrammeMember, ProgrammeReward

#: Who has a gift that came so far had a part in the campaign.
_HAD_PART = (GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED, GiftState.CLOSED_QUIET)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One time that somebody was in a programme.

    Attributes:
        person: Empty where she asked to be forgotten since.
        place: Her campus, her town, her region.
        seasons: Those that she was in it.
        rewards: How many rows of the ledger are hers.
    """

    id: int
    person_id: int | None
    person: str
    state: str
    place: str
    note: str
    invited_on: str
    joined_on: str
    alumni_on: str
    seasons: tuple[str, ...]
    rewards: int


@dataclass(frozen=True, slots=True)
class Promoted:
    """What came of taking a campaign's people into a programme.

    Attributes:
        joined: Who is in it from now on.
        already: Who was invited or in it before; those who were invited are in it now.
        kept_out: How many are not taken in, since they asked not to be contacted or are not of age without a guardian.
    """

    joined: tuple[int, ...]
    already: int
    kept_out: int
    changes: Changes


def invite(store: Store, programme_id: int, people: Sequence[int], on: str = "") -> Changes:
    """Note that people were invited; who is in it already stays in it.

    Raises:
        KnownError: ``programmes.whom``, ``programmes.closed``, ``programmes.suppressed``, ``programmes.minor``,
            ``programmes.future``, ``asking.not_yet``.
    """
    day = _day(store, programme_id, on)
    who = list(dict.fromkeys(people))
    _refuse(store, who)
    refuse_not_yet(store, who)
    with store.operation(Op.CHANGE_MEMBERS) as written:
        current = _current(programme_id)
        for person in who:
            if person not in current:
                ProgrammeMember.create(
                    programme=programme_id, person=person, state=MemberState.INVITED.value, invited_on=day, by=store.by
                )
        renew_people(store, who)
    return written.changes


def join(store: Store, programme_id: int, people: Sequence[int], on: str = "", place: str = "") -> Changes:
    """Note that people are in a programme from a day on, whether they were invited or not.

    Raises:
        KnownError: as `invite`.
    """
    day = _day(store, programme_id, on)
    who = list(dict.fromkeys(people))
    _refuse(store, who)
    with store.operation(Op.CHANGE_MEMBERS) as written:
        _join(store, programme_id, who, day, place)
    return written.changes


def make_alumni(store: Store, programme_id: int, people: Sequence[int], on: str = "") -> Changes:
    """Note that people left a programme and are alumni from then on.

    Raises:
        KnownError: ``programmes.whom``, ``programmes.not_joined``, ``programmes.future``,
            ``programmes.before_joining``.
    """
    day = on or store.today().isoformat()
    current = _current(programme_id)
    if not people:
        raise KnownError("programmes.whom")
    if day > store.today().isoformat():
        raise KnownError("programmes.future", on_day=day)
    for person in people:
        member = current.get(person)
        if member is None or member.state != MemberState.JOINED:
            raise KnownError("programmes.not_joined", person=Person.get_by_id(person).name)
        joined = str(member.joined_on)
        if day < joined:
            raise KnownError("programmes.before_joining", person=Person.get_by_id(person).name, joined_day=joined)
    with store.operation(Op.CHANGE_MEMBERS) as written:
        for person in dict.fromkeys(people):
            columns = {"state": MemberState.ALUMNI.value, "alumni_on": day}
            ProgrammeMember.update(**columns).where(ProgrammeMember.id == current[person].id).execute()
        renew_people(store, people)
    return written.changes


def take_out(store: Store, programme_id: int, people: Sequence[int]) -> Changes:
    """Take people out as if they had never been in it: an invitation that came to nothing, or a slip.

    Raises:
        KnownError: ``programmes.no_member``, ``programmes.was_given`` where the ledger has rows of hers.
    """
    rows: dict[int, list[int]] = {person: [] for person in people}
    for row in ProgrammeMember.select().where(ProgrammeMember.programme == programme_id):
        if row.person_id in rows:
            rows[row.person_id].append(row.id)
    for person, ids in rows.items():
        name = Person.get_by_id(person).name
        if not ids:
            raise KnownError("programmes.no_member", person=name)
        if ProgrammeReward.select().where(ProgrammeReward.programme_member.in_(ids)).exists():
            raise KnownError("programmes.was_given", person=name)
    with store.operation(Op.CHANGE_MEMBERS) as written:
        for ids in rows.values():
            ProgrammeMember.delete().where(ProgrammeMember.id.in_(ids)).execute()
        renew_people(store, rows)
    return written.changes


def note_member(store: Store, member_id: int, *, place: str | None = None, note: str | None = None) -> Changes:
    """Note where a member is at home, such as her campus, or a line about her."""
    columns = {name: cleaned(value) for name, value, cleaned in
               (("place", place, clean), ("note", note, clean_lines)) if value is not None}  # fmt: skip
    with store.operation(Op.CHANGE_MEMBERS) as written:
        if columns:
            ProgrammeMember.update(**columns).where(ProgrammeMember.id == member_id).execute()
    return written.changes


def promote(store: Store, programme_id: int, campaign_id: int, *, on: str = "", posted_only: bool = False) -> Promoted:
    """Take the people of a campaign into a programme, which stays when the campaign is over.

    Args:
        store: The open workspace.
        programme_id: Into which.
        campaign_id: Whose people: everybody who accepted something of it.
        on: The day from which on they are in it; today where it is empty.
        posted_only: Only those who posted after a gift of it.

    Raises:
        KnownError: ``programmes.closed``, ``programmes.future``, ``programmes.nobody``.
    """
    day = _day(store, programme_id, on)
    states = Gift.state.in_([state.value for state in _HAD_PART])
    mine = (Gift.campaign == campaign_id) & Gift.person.is_null(False)
    query = Gift.select(Gift.person).where(mine & states).distinct().order_by(Gift.person)
    if posted_only:
        query = query.where(Gift.id.in_(Post.select(Post.gift).where(Post.gift.is_null(False))))
    people = [person for (person,) in query.tuples()]
    out = set(suppressed_people(store, people)) | set(unguarded(people)) if people else set()
    current = _current(programme_id)
    taken = [person for person in people if person not in out]
    if not taken:
        raise KnownError("programmes.nobody")
    with store.operation(Op.CHANGE_MEMBERS) as written:
        _join(store, programme_id, taken, day, "")
        if Programme.get_by_id(programme_id).campaign_id is None:
            Programme.update(campaign=campaign_id).where(Programme.id == programme_id).execute()
    joined = tuple(person for person in taken if person not in current)
    return Promoted(joined, len(taken) - len(joined), len(people) - len(taken), written.changes)


def members_of(programme_id: int, states: Sequence[MemberState] = ()) -> list[MemberRow]:
    """Everybody who is or was in a programme: those who are in it first, then who was invited, then alumni."""
    query = ProgrammeMember.select(ProgrammeMember, Person).left_outer_join(Person)
    query = query.where(ProgrammeMember.programme == programme_id)
    if states:
        query = query.where(ProgrammeMember.state.in_([state.value for state in states]))
    seasons = seasons_of(programme_id)
    rewards = dict(
        ProgrammeReward.select(ProgrammeReward.programme_member, fn.COUNT(ProgrammeReward.id))
        .join(ProgrammeMember).where(ProgrammeMember.programme == programme_id)
        .group_by(ProgrammeReward.programme_member).tuples()
    )  # fmt: skip
    order = {MemberState.JOINED.value: 0, MemberState.INVITED.value: 1, MemberState.ALUMNI.value: 2}
    rows = sorted(query, key=lambda row: (order[row.state], row.person.sort_name if row.person_id else "~", row.id))
    return [
        MemberRow(
            row.id, row.person_id, row.person.name if row.person_id else "", row.state, row.place, row.note,
            row.invited_on, row.joined_on or "", row.alumni_on or "",
            tuple(each.name for each in seasons if row.joined_on and row.joined_on <= each.ends_on
                  and (row.alumni_on or each.starts_on) >= each.starts_on),
            rewards.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip


def current_member(programme_id: int, person_id: int) -> int | None:
    """The row of somebody who is in a programme now; None where she is not."""
    member = _current(programme_id).get(person_id)
    return int(member.id) if member is not None and member.state == MemberState.JOINED else None


def member_of(programme_id: int, person_id: int) -> int:
    """The newest row of somebody who is in a programme, or was.

    Raises:
        KnownError: ``programmes.no_member``.
    """
    hers = (ProgrammeMember.programme == programme_id) & (ProgrammeMember.person == person_id)
    row = ProgrammeMember.select().where(hers).order_by(-ProgrammeMember.id).first()
    if row is None:
        raise KnownError("programmes.no_member", person=Person.get_by_id(person_id).name)
    return int(row.id)


def current_people(programme_id: int) -> frozenset[int]:
    """Who is invited or in a programme now."""
    return frozenset(_current(programme_id))


def _join(store: Store, programme_id: int, people: Sequence[int], day: str, place: str) -> None:
    current = _current(programme_id)
    for person in people:
        member = current.get(person)
        if member is None:
            ProgrammeMember.create(
                programme=programme_id, person=person, state=MemberState.JOINED.value, place=clean(place),
                invited_on=day, joined_on=day, by=store.by,
            )  # fmt: skip
        elif member.state == MemberState.INVITED:
            columns = {"state": MemberState.JOINED.value, "joined_on": max(day, member.invited_on)}
            if clean(place):
                columns["place"] = clean(place)
            ProgrammeMember.update(**columns).where(ProgrammeMember.id == member.id).execute()
    renew_people(store, people)


def _current(programme_id: int) -> dict[int, ProgrammeMember]:
    """By person who is invited or in it now."""
    mine = (ProgrammeMember.programme == programme_id) & (ProgrammeMember.state != MemberState.ALUMNI.value)
    rows = ProgrammeMember.select().where(mine & ProgrammeMember.person.is_null(False))
    return {row.person_id: row for row in rows}


def _day(store: Store, programme_id: int, on: str) -> str:
    programme = Programme.get_by_id(programme_id)
    today = store.today().isoformat()
    day = on or today
    if day > today:
        raise KnownError("programmes.future", on_day=day)
    if programme.closed_on is not None and programme.closed_on < day:
        raise KnownError("programmes.closed", name=programme.name, closed_day=programme.closed_on)
    return day


def _refuse(store: Store, people: Sequence[int]) -> None:
    if not people:
        raise KnownError("programmes.whom")
    for start in range(0, len(people), _CHUNK):
        some = list(people[start : start + _CHUNK])
        suppressed = suppressed_people(store, some)
        if suppressed:
            raise KnownError("programmes.suppressed", person=Person.get_by_id(min(suppressed)).name)
        young = unguarded(some)
        if young:
            raise KnownError("programmes.minor", person=Person.get_by_id(min(young)).name)
