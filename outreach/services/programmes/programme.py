"""A programme and its seasons: begun, changed, closed, listed. It stays when the campaign that it came from is over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.gifts.states import Deal
from outreach.services.posts.nature import renew
from outreach.services.programmes.kinds import MemberState, ProgrammeKind
from outreach.store.database import Store
from outreach.store.models import (
    Campaign,
    Programme,
    ProgrammeMember,
    ProgrammeReward,
    ProgrammeSeason,
)

#: What can be changed of a programme, each as text.
PROGRAMME_FIELDS = ("name", "kind", "deal", "purpose", "target_size", "opened_on", "closed_on")
_MOST = 1_000_000
_WHOLE_DAY = len("2026-11-24")


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme to begin.

    Attributes:
        deal: What is agreed with its members: nothing, something in kind, or money.
        target_size: How many members are wanted; None where that is open.
        campaign_id: The campaign that it came from.
        opened_on: The day it began; today where it is empty.
    """

    name: str
    kind: ProgrammeKind = ProgrammeKind.AMBASSADORS
    deal: Deal = Deal.GIFT
    purpose: str = ""
    target_size: int | None = None
    campaign_id: int | None = None
    opened_on: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as a line of a list.

    Attributes:
        campaign: The campaign that it came from, which may be over.
        season: The season that today lies in; else the next one, else the last one.
        is_running: Whether today lies in that season.
        rewards: How many rows its ledger has.
    """

    id: int
    name: str
    kind: str
    deal: str
    purpose: str
    target_size: int | None
    campaign_id: int | None
    campaign: str
    opened_on: str
    closed_on: str
    season: str
    is_running: bool
    invited: int
    joined: int
    alumni: int
    rewards: int


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """A season, and how many were in the programme in it."""

    id: int
    name: str
    starts_on: str
    ends_on: str
    members: int
    rewards: int


def start_programme(store: Store, new: NewProgramme) -> tuple[int, Changes]:
    """Begin a programme.

    Raises:
        KnownError: ``programmes.no_name``, ``programmes.name_taken``, ``programmes.bad_size``, ``programmes.bad_day``.
    """
    columns = _name(clean(new.name), None) | {"target_size": _size(new.target_size)}
    opened = _day(new.opened_on) or store.today().isoformat()
    with store.operation(Op.SAVE_PROGRAMME) as written:
        made = Programme.create(
            **columns, kind=new.kind.value, deal=new.deal.value, purpose=clean_lines(new.purpose),
            campaign=new.campaign_id, opened_on=opened, by=store.by, created_at=store.now(),
        )  # fmt: skip
    return int(made.id), written.changes


def edit_programme(store: Store, programme_id: int, values: Mapping[str, str]) -> Changes:
    """Change a programme, by names of `PROGRAMME_FIELDS`.

    With another deal or another end, what lies behind its members' posts follows.

    Raises:
        KnownError: as `start_programme`, ``programmes.unknown_word``, ``programmes.has_rewards`` where members were
            given something and nothing shall be agreed, ``catalogue.unknown_field``.
    """
    row = _existing(programme_id)
    columns: dict[str, Any] = {}
    for name, value in values.items():
        columns |= _column(row, name, value)
    opened, closed = columns.get("opened_on", row.opened_on), columns.get("closed_on", row.closed_on)
    if closed and closed < opened:
        raise KnownError("programmes.ends_first", starts_day=opened, ends_day=closed)
    with store.operation(Op.SAVE_PROGRAMME) as written:
        if columns:
            Programme.update(**columns).where(Programme.id == programme_id).execute()
        renew_members(store, programme_id)
    return written.changes


def add_season(store: Store, programme_id: int, name: str, starts_on: str, ends_on: str) -> tuple[int, Changes]:
    """Add a season; what its members post in it follows what was agreed.

    Raises:
        KnownError: ``programmes.no_season_name``, ``programmes.season_taken``, ``programmes.bad_day``,
            ``programmes.ends_first``, ``programmes.seasons_overlap``.
    """
    begins, ends = _whole(starts_on), _whole(ends_on)
    if ends < begins:
        raise KnownError("programmes.ends_first", starts_day=begins, ends_day=ends)
    if not clean(name):
        raise KnownError("programmes.no_season_name")
    for other in seasons_of(programme_id):
        if fold(other.name) == fold(name):
            raise KnownError("programmes.season_taken", name=other.name)
        if other.starts_on <= ends and begins <= other.ends_on:
            raise KnownError("programmes.seasons_overlap", name=clean(name), other=other.name)
    with store.operation(Op.PLAN_SEASON) as written:
        made = ProgrammeSeason.create(
            programme=programme_id, name=clean(name), name_key=fold(name), starts_on=begins, ends_on=ends
        )
        renew_members(store, programme_id)
    return int(made.id), written.changes


def drop_season(store: Store, season_id: int) -> Changes:
    """Take a season away in which nobody was given anything.

    Raises:
        KnownError: ``programmes.season_has_rewards``.
    """
    season = ProgrammeSeason.get_by_id(season_id)
    if ProgrammeReward.select().where(ProgrammeReward.programme_season == season_id).exists():
        raise KnownError("programmes.season_has_rewards", name=season.name)
    with store.operation(Op.PLAN_SEASON) as written:
        ProgrammeSeason.delete().where(ProgrammeSeason.id == season_id).execute()
        renew_members(store, season.programme_id)
    return written.changes


def list_programmes(store: Store, programme_id: int | None = None) -> list[ProgrammeRow]:
    """Programmes, those that are open first, the newest of them first."""
    query = Programme.select(Programme, Campaign).left_outer_join(Campaign)
    if programme_id is not None:
        query = query.where(Programme.id == programme_id)
    rows = query.order_by(Programme.closed_on.is_null(False), Programme.opened_on.desc(), Programme.id.desc())
    counts = _counts()
    rewards = dict(
        ProgrammeReward.select(ProgrammeMember.programme, fn.COUNT(ProgrammeReward.id))
        .join(ProgrammeMember).group_by(ProgrammeMember.programme).tuples()
    )  # fmt: skip
    return [_row(row, counts, rewards.get(row.id, 0), store.today().isoformat()) for row in rows]


def show_programme(store: Store, programme_id: int) -> ProgrammeRow:
    """One programme.

    Raises:
        KnownError: ``programmes.gone``.
    """
    _existing(programme_id)
    return list_programmes(store, programme_id)[0]


def seasons_of(programme_id: int) -> list[SeasonRow]:
    """The seasons of a programme, the first one first."""
    times = list(
        ProgrammeMember.select(ProgrammeMember.joined_on, ProgrammeMember.alumni_on)
        .where((ProgrammeMember.programme == programme_id) & ProgrammeMember.joined_on.is_null(False)).tuples()
    )  # fmt: skip
    rewards = dict(
        ProgrammeReward.select(ProgrammeReward.programme_season, fn.COUNT(ProgrammeReward.id))
        .group_by(ProgrammeReward.programme_season).tuples()
    )  # fmt: skip
    rows = ProgrammeSeason.select().where(ProgrammeSeason.programme == programme_id).order_by(ProgrammeSeason.starts_on)
    return [
        SeasonRow(
            row.id, row.name, row.starts_on, row.ends_on,
            sum(joined <= row.ends_on and (left or row.starts_on) >= row.starts_on for joined, left in times),
            rewards.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip


def season_named(programme_id: int, name: str) -> int:
    """The season of a name.

    Raises:
        KnownError: ``programmes.unknown_season``.
    """
    seasons = seasons_of(programme_id)
    found = next((each.id for each in seasons if fold(each.name) == fold(name)), None)
    if found is None:
        raise KnownError("programmes.unknown_season", name=name, known=", ".join(each.name for each in seasons) or "–")
    return found


def season_on(programme_id: int, day: str) -> SeasonRow | None:
    """The season that a day lies in."""
    return next((each for each in seasons_of(programme_id) if each.starts_on <= day <= each.ends_on), None)


def renew_members(store: Store, programme_id: int) -> None:
    """Decide anew, inside the caller's operation, what lies behind the posts of everybody who is or was a member."""
    renew_people(store, [person for (person,) in ProgrammeMember.select(ProgrammeMember.person)
                         .where(ProgrammeMember.programme == programme_id).distinct().tuples()])  # fmt: skip


def renew_people(store: Store, people: Iterable[int | None]) -> None:
    """As `renew_members`, of some people."""
    for person in people:
        renew(store, person)


def _existing(programme_id: int) -> Programme:
    row: Programme | None = Programme.get_or_none(Programme.id == programme_id)
    if row is None:
        raise KnownError("programmes.gone", programme=f"a{programme_id}")
    return row


def _counts() -> dict[tuple[int, str], int]:
    """By programme and state how many people there are; whoever came back is no alumna of it any more."""
    current = {
        (programme, person)
        for programme, person in ProgrammeMember.select(ProgrammeMember.programme, ProgrammeMember.person)
        .where(ProgrammeMember.state != MemberState.ALUMNI.value).tuples()
    }  # fmt: skip
    counts: dict[tuple[int, str], int] = {}
    alumni: set[tuple[int, int]] = set()
    query = ProgrammeMember.select(ProgrammeMember.programme, ProgrammeMember.person, ProgrammeMember.state)
    for programme, person, state in query.tuples():
        who = (programme, person)
        if state == MemberState.ALUMNI and person is not None and (who in current or who in alumni):
            continue
        if state == MemberState.ALUMNI and person is not None:
            alumni.add(who)
        counts[programme, state] = counts.get((programme, state), 0) + 1
    return counts


def _row(row: Programme, counts: Mapping[tuple[int, str], int], rewards: int, today: str) -> ProgrammeRow:
    seasons = seasons_of(row.id)
    running = next((each for each in seasons if each.starts_on <= today <= each.ends_on), None)
    season = running or next((each for each in seasons if each.starts_on > today), seasons[-1] if seasons else None)
    return ProgrammeRow(
        row.id, row.name, row.kind, row.deal, row.purpose, row.target_size, row.campaign_id,
        row.campaign.name if row.campaign_id else "", row.opened_on, row.closed_on or "",
        season.name if season else "", running is not None and not (row.closed_on and row.closed_on < today),
        invited=counts.get((row.id, MemberState.INVITED), 0), joined=counts.get((row.id, MemberState.JOINED), 0),
        alumni=counts.get((row.id, MemberState.ALUMNI), 0), rewards=rewards,
    )  # fmt: skip


def _column(row: Programme, name: str, value: str) -> dict[str, Any]:
    text = value.strip()
    if name == "name":
        return _name(clean(value), row.id)
    if name in ("kind", "deal"):
        known = [each.value for each in (ProgrammeKind if name == "kind" else Deal)]
        if text not in known:
            raise KnownError("programmes.unknown_word", value=text, name=name, known=", ".join(known))
        if name == "deal":
            _refuse_deal(row, Deal(text))
        return {name: text}
    if name == "purpose":
        return {"purpose": clean_lines(value)}
    if name == "target_size":
        return {"target_size": _size(int(text) if text.isdecimal() else -1) if text else None}
    if name == "opened_on":
        return {"opened_on": _whole(text)}
    if name == "closed_on":
        return {"closed_on": _day(text)}
    raise KnownError("catalogue.unknown_field", name=name, known=", ".join(PROGRAMME_FIELDS))


def _refuse_deal(row: Programme, deal: Deal) -> None:
    """What members were given stays what it was: more than a gift, and money only where it is paid."""
    given = ProgrammeReward.select().join(ProgrammeMember).where(ProgrammeMember.programme == row.id)
    fees = given.where(ProgrammeReward.kind == "fee")
    if (deal is Deal.GIFT and given.exists()) or (deal is not Deal.PAID and fees.exists()):
        raise KnownError("programmes.has_rewards", name=row.name)


def _name(name: str, of: int | None) -> dict[str, Any]:
    if not name:
        raise KnownError("programmes.no_name")
    other = Programme.get_or_none((Programme.name_key == fold(name)) & (Programme.id != (of or 0)))
    if other is not None:
        raise KnownError("programmes.name_taken", name=other.name, programme=f"a{other.id}")
    return {"name": name, "name_key": fold(name)}


def _size(size: int | None) -> int | None:
    if size is not None and not 1 <= size <= _MOST:
        raise KnownError("programmes.bad_size")
    return size


def _day(text: str) -> str | None:
    return _whole(text) if text.strip() else None


def _whole(text: str) -> str:
    day = parse_day(text)
    if day is None or len(day) != _WHOLE_DAY:
        raise KnownError("programmes.bad_day", value=text[:50])
    return day
