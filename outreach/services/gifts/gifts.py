"""Gifts: planning them, noting the answers, and how far each has come. Silence is a fine ending."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.services.gifts.facts import GiftFacts
from outreach.services.gifts.hopes import still_hoped
from outreach.services.gifts.promises import refuse_new_promise, refuse_promise
from outreach.services.gifts.states import ENDINGS, Deal, GiftState, OutcomeKind, Stage
from outreach.services.people.asking import checked_day, refuse_not_yet
from outreach.services.people.consent import note_told
from outreach.services.people.suppressions import suppressed_people
from outreach.services.policies.stops import refuse_stopped
from outreach.services.posts.nature import renew
from outreach.services.tastes.learning import learn_from_outcome, learn_from_refusal
from outreach.store.among import rows_among
from outreach.store.database import Store
from outreach.store.models import Campaign, Edition, Gift, GiftStep, Item, Letter, Outcome, Person

#: All of these can be had from here.
__all__ = [
    "MOVES", "TAKEN", "Deal", "GiftRow", "GiftState", "OutcomeKind", "Stage", "add_outcome", "list_gifts", "move",
    "move_gifts", "note_outcome", "plan_gifts", "plan_one", "stages",
]  # fmt: skip

#: Which states a gift can go to from which. A parcel that came back takes it from sent to accepted.
MOVES: dict[GiftState, frozenset[GiftState]] = {
    GiftState.CONSIDERED: frozenset({GiftState.CHOSEN, GiftState.ASKED, GiftState.ACCEPTED, GiftState.DECLINED}),
    GiftState.CHOSEN: frozenset({GiftState.ASKED, GiftState.ACCEPTED, GiftState.DECLINED}),
    GiftState.ASKED: frozenset({GiftState.ACCEPTED, GiftState.DECLINED}),
    GiftState.ACCEPTED: frozenset({GiftState.SENT, GiftState.DECLINED}),
    GiftState.DECLINED: frozenset({GiftState.CHOSEN, GiftState.ACCEPTED}),
    GiftState.SENT: frozenset({GiftState.DELIVERED, GiftState.ACCEPTED}),
    GiftState.DELIVERED: frozenset({GiftState.CLOSED_QUIET}),
    GiftState.CLOSED_QUIET: frozenset({GiftState.DELIVERED}),
}

#: A gift that came so far may lie behind a post.
_BEHIND = (GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED, GiftState.DECLINED)

#: Who has these for an item is not asked again.
TAKEN = frozenset(GiftState) - {GiftState.CONSIDERED}


@dataclass(frozen=True, slots=True)
class GiftRow:
    """A gift as a line of a list."""

    id: int
    person_id: int | None
    person: str
    item_id: int
    title: str
    edition: str
    deal: str
    state: str
    stage: str
    state_on: str
    why: str
    by: str


def plan_gifts(  # noqa: PLR0913 - all of one gift
    store: Store,
    item_id: int,
    people: Sequence[int],
    *,
    edition_id: int | None = None,
    campaign: str = "",
    deal: Deal = Deal.GIFT,
    why: dict[int, str] | None = None,
    also: Callable[[], None] | None = None,
) -> tuple[list[int], Changes]:
    """Choose people for an item.

    Args:
        store: The open workspace.
        item_id: What is given.
        people: To whom.
        edition_id: Which edition, if that is decided; copies of it are promised.
        campaign: The name of the campaign, made if there is none.
        deal: What was agreed.
        why: By person, why her.
        also: What is written in the same step.

    Raises:
        KnownError: ``gifts.suppressed``, ``asking.not_yet``, ``gifts.has_it``, as `refuse_promise` where the copies
            are promised, or one of ``policies`` when it breaks somebody's review policy. Then nobody is chosen.
    """
    people = list(dict.fromkeys(people))  # whoever is named twice gets one
    _refuse_suppressed(store, people)
    refuse_not_yet(store, people)
    refuse_stopped(item_id, people, edition_id)
    again = _asked_again(store, item_id, people)
    _refuse_taken(item_id, [person for person in people if person not in again])
    if edition_id is not None:
        refuse_promise(store, edition_id, len(people))
    with store.operation(Op.PLAN_GIFTS) as written:
        campaign_id = _campaign(store, campaign, item_id)
        for gift_id in again.values():
            _begin_anew(gift_id)
        ids = [
            plan_one(store, item_id, person, edition_id=edition_id, campaign_id=campaign_id, deal=deal,
                     why=(why or {}).get(person, ""))
            for person in people
        ]  # fmt: skip
        if also is not None:
            also()
    return ids, written.changes


def plan_one(  # noqa: PLR0913 - all of one gift
    store: Store,
    item_id: int,
    person: int,
    *,
    edition_id: int | None = None,
    campaign_id: int | None = None,
    deal: Deal = Deal.GIFT,
    why: str = "",
    on: str = "",
) -> int:
    """Choose one person for an item, inside the caller's operation; the gift's id is returned."""
    day = on or store.today().isoformat()
    has_come = (Person.id == person) & (Person.ask_again_on <= store.today().isoformat())
    Person.update(ask_again_on=None, updated_at=store.now()).where(has_come).execute()
    gift = Gift.create(
        person=person,
        item=item_id,
        edition=edition_id,
        campaign=campaign_id,
        deal=deal.value,
        state=GiftState.CHOSEN.value,
        why=clean(why),
        state_on=day,
        by=store.by,
        created_at=store.now(),
    )
    _step(store, gift.id, GiftState.CHOSEN, day, "")
    return int(gift.id)


def move_gifts(
    store: Store, gifts: Sequence[int], to: GiftState, on: str = "", note: str = "", ask_again: str = ""
) -> Changes:
    """Note how far gifts have come: pitched, accepted, not this time, closed quietly.

    Shipping and delivering are noted by parcel, in `outreach.services.shipments.shipments`.

    Args:
        store: The open workspace.
        gifts: Which gifts.
        to: What they come to.
        on: On which day; today where it is empty.
        note: What was said.
        ask_again: With "not this time", from when she may be asked about the title again, in words or as a day.

    Raises:
        KnownError: ``gifts.cannot_move`` when one of them cannot go there, ``gifts.suppressed``, ``asking.no_day``,
            and as `refuse_new_promise` when no copy is free for it. Then none moves.
    """
    day = checked_day(store, ask_again)
    people: list[int] = []
    if to is GiftState.ASKED:
        owners = [row.person_id for row in Gift.select(Gift.person).where(Gift.id.in_(list(gifts)))]
        people = [person for person in owners if person is not None]
        _refuse_suppressed(store, people)
    with store.operation(Op.MOVE_GIFTS) as written:
        for gift_id in gifts:
            move(store, gift_id, to, on or store.today().isoformat(), note, day)
        if people:
            note_told(people, on or store.today().isoformat())
    return written.changes


def move(  # noqa: PLR0913 - all of one step
    store: Store, gift_id: int, to: GiftState, on: str, note: str = "", ask_again_on: str | None = None, *,
    happened: bool = False,
) -> None:  # fmt: skip
    """Move one gift inside the caller's operation; a day to ask again stands only on what was declined.

    With `happened` the world has moved it already, and it is not asked whether a copy is free for it.
    """
    gift = Gift.get_by_id(gift_id)
    if to not in MOVES[GiftState(gift.state)]:
        raise KnownError("gifts.cannot_move", gift=f"g{gift_id}", title=gift.item.title, state=gift.state, to=to.value)
    if not happened:
        refuse_new_promise(store, gift, to.value)
    columns: dict[str, str | None] = {"state": to.value, "state_on": on}
    columns["ask_again_on"] = ask_again_on if to is GiftState.DECLINED else None
    if to is GiftState.SENT:
        columns["sent_on"] = on
    if to is GiftState.DELIVERED and not gift.delivered_on:
        columns["delivered_on"] = on
    if note:
        columns["note"] = clean(note)
    Gift.update(**columns).where(Gift.id == gift_id).execute()
    _step(store, gift_id, to, on, note)
    if to in _BEHIND:
        renew(store, gift.person_id, [gift.item_id])
    if to is GiftState.DECLINED and note and gift.person_id is not None:
        learn_from_refusal(store, gift.person_id, gift.item_id, clean(note), on)


def add_outcome(store: Store, gift_id: int, kind: OutcomeKind, on: str = "", note: str = "") -> Changes:
    """Note something that came of a gift, as the person told it."""
    gift = Gift.get_by_id(gift_id)
    with store.operation(Op.ADD_OUTCOME) as written:
        note_outcome(store, gift, kind, on or store.today().isoformat(), note)
    return written.changes


def note_outcome(store: Store, gift: Gift, kind: OutcomeKind, on: str, note: str = "") -> None:
    """Note something that came of a gift, inside the caller's operation."""
    made = Outcome.create(
        gift=gift.id, person=gift.person_id, kind=kind.value, happened_on=on, note=clean(note), by=store.by
    )
    if gift.person_id is not None:
        learn_from_outcome(store, made, gift.item_id)


def stages(store: Store, gifts: Iterable[Gift | GiftFacts]) -> dict[int, Stage]:
    """What people see of each gift. A delivered gift is posted, still being read, or quiet."""
    gifts = list(gifts)
    delivered = [gift.id for gift in gifts if gift.state in (GiftState.DELIVERED, GiftState.CLOSED_QUIET)]
    outcomes: dict[int, set[str]] = {}
    for gift_id, kind in rows_among(Outcome.select(Outcome.gift, Outcome.kind), Outcome.gift, delivered):
        outcomes.setdefault(gift_id, set()).add(kind)
    shown = {gift.id: known_stage(GiftState(gift.state), outcomes.get(gift.id, set())) for gift in gifts}
    reading = still_hoped(store, [gift for gift in gifts if shown[gift.id] is None])
    return {
        gift_id: stage or (Stage.READING if gift_id in reading else Stage.QUIET) for gift_id, stage in shown.items()
    }


def known_stage(state: GiftState, outcomes: set[str]) -> Stage | None:
    """What is known of a gift without asking for how long one hopes; None where that decides."""
    if state not in (GiftState.DELIVERED, GiftState.CLOSED_QUIET):
        return Stage.PLANNED if state is GiftState.CONSIDERED else Stage(state.value)
    if OutcomeKind.POSTED in outcomes:
        return Stage.POSTED
    if state is GiftState.CLOSED_QUIET or any(ending in outcomes for ending in ENDINGS):
        return Stage.QUIET
    started = OutcomeKind.STARTED in outcomes and OutcomeKind.FINISHED not in outcomes
    return Stage.READING if started else None


def list_gifts(
    store: Store,
    *,
    item_id: int | None = None,
    person_id: int | None = None,
    states: Sequence[GiftState] = (),
    ids: Sequence[int] | None = None,
) -> list[GiftRow]:
    """Gifts, those that moved last first."""
    query = Gift.select(Gift, Item, Person, Edition).join(Item).switch(Gift).left_outer_join(Person)
    query = query.switch(Gift).left_outer_join(Edition)
    if item_id is not None:
        query = query.where(Gift.item == item_id)
    if person_id is not None:
        query = query.where(Gift.person == person_id)
    if states:
        query = query.where(Gift.state.in_([state.value for state in states]))
    if ids is not None:
        query = query.where(Gift.id.in_(list(ids)))
    # Put in order here: for the order SQLite would walk through all gifts, however few are asked for.
    gifts = sorted(query, key=lambda gift: (gift.state_on, gift.id), reverse=True)
    shown = stages(store, gifts)
    return [
        GiftRow(
            id=gift.id,
            person_id=gift.person_id,
            person=gift.person.name if gift.person_id else "",
            item_id=gift.item_id,
            title=gift.item.title,
            edition=(gift.edition.format or gift.edition.kind) if gift.edition_id else "",
            deal=gift.deal,
            state=gift.state,
            stage=shown[gift.id].value,
            state_on=gift.state_on,
            why=gift.why,
            by=gift.by,
        )
        for gift in gifts
    ]


def _step(store: Store, gift_id: int, state: GiftState, on: str, note: str) -> None:
    GiftStep.create(
        gift=gift_id, state=state.value, happened_on=on, note=clean(note), by=store.by, noted_at=store.now()
    )


def _asked_again(store: Store, item_id: int, people: Sequence[int]) -> dict[int, int]:
    """By person, the gift of that item that she declined until a day which has come."""
    has_come = (Gift.state == GiftState.DECLINED.value) & (Gift.ask_again_on <= store.today().isoformat())
    query = Gift.select(Gift.person, Gift.id).where((Gift.item == item_id) & Gift.person.in_(list(people)) & has_come)
    return dict(query.tuples())


def _begin_anew(gift_id: int) -> None:
    """She wished to be asked again, and is: the pitch of then no longer stands in the way of another one."""
    gift = Gift.get_by_id(gift_id)
    Gift.update(ask_again_on=None).where(Gift.id == gift_id).execute()
    gone = (Letter.person == gift.person_id) & (Letter.item == gift.item_id) & (Letter.kind == "pitch")
    Letter.update(kind="pitch_before_asking_again").where(gone & (Letter.state != "draft")).execute()


def _campaign(store: Store, name: str, item_id: int) -> int | None:
    name = clean(name)
    if not name:
        return None
    campaign = Campaign.get_or_none(Campaign.name_key == fold(name))
    if campaign is None:
        client = Item.get_by_id(item_id).client_id
        campaign = Campaign.create(name=name, name_key=fold(name), client=client, created_at=store.now())
    return int(campaign.id)


def _refuse_suppressed(store: Store, people: Sequence[int]) -> None:
    suppressed = suppressed_people(store, list(people))
    if suppressed:
        raise KnownError("gifts.suppressed", person=Person.get_by_id(min(suppressed)).name)


def _refuse_taken(item_id: int, people: Sequence[int]) -> None:
    gift = Gift.get_or_none(
        (Gift.item == item_id) & Gift.person.in_(list(people)) & Gift.state.in_([state.value for state in TAKEN])
    )
    if gift is not None:
        raise KnownError("gifts.has_it", person=gift.person.name, title=gift.item.title, gift=f"g{gift.id}")
