"""What members were given: a ledger of tokens, swag, early access and the like, each with what it was for.

It is told apart from gifts, and never added to them. Things of different kinds and amounts in different currencies are
not added either; of what no value is known is counted, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import to_minor
from outreach.fields.text import clean
from outreach.services.gifts.states import Deal, Obliges
from outreach.services.programmes.kinds import RewardKind
from outreach.services.programmes.members import current_member
from outreach.services.programmes.programme import season_on
from outreach.store.database import Store
from outreach.store.models import Person, Programme, ProgrammeMember, ProgrammeReward, ProgrammeSeason

_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class NewReward:
    """Something to give, to each of some members the same.

    Attributes:
        amount: How many, in `unit`, such as 300 gold.
        value: What one member's is worth, where that is known.
        condition: What it was given for, in words, such as "for reading a chapter to her class".
        obliges: Whether it depends on a post, or on our say in one.
        season_id: In which season; that of the day where it is None.
        given_on: Today where it is empty.
    """

    kind: RewardKind
    amount: int = 1
    unit: str = ""
    value: Decimal | None = None
    currency: str = ""
    condition: str = ""
    obliges: Obliges = Obliges.NOTHING
    season_id: int | None = None
    given_on: str = ""


@dataclass(frozen=True, slots=True)
class RewardRow:
    """A row of the ledger.

    Attributes:
        person: Empty where she asked to be forgotten since.
        tells: What it means for posts, as a word of ``reward_tells``.
    """

    id: int
    person_id: int | None
    person: str
    season: str
    kind: str
    amount: int
    unit: str
    value_minor: int | None
    currency: str
    condition: str
    obliges: str
    given_on: str
    tells: str


@dataclass(frozen=True, slots=True)
class RewardTotal:
    """What was given of one kind in one unit, with what is known of its value.

    Attributes:
        value: By currency, in minor units.
        unknown: Of how many rows the value is not known.
    """

    kind: str
    unit: str
    amount: int
    value: dict[str, int] = field(default_factory=dict)
    unknown: int = 0


def give(store: Store, programme_id: int, people: Sequence[int], new: NewReward) -> tuple[list[int], Changes]:
    """Note what members were given.

    Raises:
        KnownError: ``programmes.free_reward`` in a programme where nothing is agreed, ``programmes.fee_is_paid`` for
            money in one that is not paid, ``programmes.no_season``, ``programmes.whom``,
            ``programmes.not_joined``, ``programmes.bad_amount``, ``programmes.future``, ``catalogue.bad_price``.
    """
    programme = Programme.get_by_id(programme_id)
    day = new.given_on or store.today().isoformat()
    _refuse(store, programme, new, day)
    season = new.season_id or _season(programme, day)
    if not people:
        raise KnownError("programmes.whom")
    members = {person: current_member(programme_id, person) for person in dict.fromkeys(people)}
    outside = next((person for person, member in members.items() if member is None), None)
    if outside is not None:
        raise KnownError("programmes.not_joined", person=Person.get_by_id(outside).name)
    with store.operation(Op.NOTE_REWARD) as written:
        made = [
            ProgrammeReward.create(
                programme_member=member, programme_season=season, kind=new.kind.value, amount=new.amount,
                unit=clean(new.unit), value_minor=None if new.value is None else to_minor(new.value, new.currency),
                currency=new.currency if new.value is not None else "", condition=clean(new.condition),
                obliges=new.obliges.value, given_on=day, by=store.by,
            ).id
            for member in members.values()
        ]  # fmt: skip
    return made, written.changes


def drop_reward(store: Store, reward_id: int) -> Changes:
    """Take a row of the ledger away.

    Raises:
        KnownError: ``programmes.no_reward``.
    """
    if ProgrammeReward.get_or_none(ProgrammeReward.id == reward_id) is None:
        raise KnownError("programmes.no_reward", row=reward_id)
    with store.operation(Op.NOTE_REWARD) as written:
        ProgrammeReward.delete().where(ProgrammeReward.id == reward_id).execute()
    return written.changes


def list_rewards(programme_id: int, person_id: int | None = None) -> list[RewardRow]:
    """What members of a programme were given, the newest first."""
    query = (
        ProgrammeReward.select(ProgrammeReward, ProgrammeMember, Programme, Person, ProgrammeSeason)
        .join(ProgrammeMember)
        .join(Programme)
        .switch(ProgrammeMember)
        .left_outer_join(Person)
        .switch(ProgrammeReward)
        .left_outer_join(ProgrammeSeason)
        .where(ProgrammeMember.programme == programme_id)
    )
    if person_id is not None:
        query = query.where(ProgrammeMember.person == person_id)
    return [_row(row) for row in query.order_by(ProgrammeReward.given_on.desc(), ProgrammeReward.id.desc())]


def totals_of(rewards: Sequence[RewardRow]) -> list[RewardTotal]:
    """What was given in all, apart by kind and unit."""
    by: dict[tuple[str, str], list[RewardRow]] = {}
    for row in rewards:
        by.setdefault((row.kind, row.unit), []).append(row)
    found = []
    for (kind, unit), rows in by.items():
        value: dict[str, int] = {}
        for row in rows:
            if row.value_minor is not None:
                value[row.currency] = value.get(row.currency, 0) + row.value_minor
        unknown = sum(row.value_minor is None for row in rows)
        found.append(RewardTotal(kind, unit, sum(row.amount for row in rows), value, unknown))
    order = [each.value for each in RewardKind]
    return sorted(found, key=lambda each: (order.index(each.kind), each.unit))


def _refuse(store: Store, programme: Programme, new: NewReward, day: str) -> None:
    if programme.deal == Deal.GIFT:
        raise KnownError("programmes.free_reward", name=programme.name)
    if new.kind is RewardKind.FEE and programme.deal != Deal.PAID:
        raise KnownError("programmes.fee_is_paid", name=programme.name)
    if not 1 <= new.amount <= _MOST:
        raise KnownError("programmes.bad_amount", number=new.amount)
    if new.value is not None and (new.value < 0 or not new.currency):
        raise KnownError("catalogue.bad_price", value=str(new.value))
    if day > store.today().isoformat():
        raise KnownError("programmes.future", on_day=day)


def _season(programme: Programme, day: str) -> int:
    season = season_on(programme.id, day)
    if season is None:
        raise KnownError("programmes.no_season", name=programme.name, on_day=day)
    return season.id


def _row(row: ProgrammeReward) -> RewardRow:
    member = row.programme_member
    return RewardRow(
        row.id, member.person_id, member.person.name if member.person_id else "",
        row.programme_season.name if row.programme_season_id else "", row.kind, row.amount, row.unit, row.value_minor,
        row.currency, row.condition, row.obliges, row.given_on, row.obliges or str(member.programme.deal),
    )  # fmt: skip
