"""All that was said about one gift, by us and by her, in the order in which it was said."""

from collections.abc import Iterator
from dataclasses import dataclass

from outreach.errors import KnownError
from outreach.fields.text import fold
from outreach.services.gifts.states import OutcomeKind
from outreach.store.models import Gift, GiftStep, Item, Letter, Outcome, PersonNote, Post, Reply, Shipment, ShipmentGift

#: What their own rows tell.
_TOLD = (OutcomeKind.POSTED.value, OutcomeKind.CLUB_STARTED.value)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said or done.

    Attributes:
        day: The ISO day.
        kind: ``step``, ``letter``, ``answer``, ``note``, ``parcel``, ``outcome`` or ``post``.
        code: The state, the letter's kind, what the answer means, the kind of note or outcome, the carrier.
        text: In their words or ours.
        ref: The row it is, such as ``l12``; empty where it has none that is named.
        by: The initials of whoever noted it; empty for her own words.
    """

    day: str
    kind: str
    code: str
    text: str
    ref: str = ""
    by: str = ""


def conversation(gift_id: int) -> list[Said]:
    """What was said and done about a gift, the oldest first.

    Letters are those of the gift and others to her about its title; notes of calls and meetings are those that name it.

    Raises:
        KnownError: ``gifts.gone``.
    """
    gift = Gift.get_or_none(Gift.id == gift_id)
    if gift is None:
        raise KnownError("gifts.gone", gift=f"g{gift_id}")
    found = [*_steps(gift), *_parcels(gift_id), *_outcomes(gift_id)]
    if gift.person_id is not None:
        found += [*_letters(gift), *_notes(gift)]
    return [each for _, each in sorted(enumerate(found), key=lambda one: (one[1].day, one[0]))]


def _steps(gift: Gift) -> Iterator[Said]:
    is_first = True
    for step in GiftStep.select().where(GiftStep.gift == gift.id).order_by(GiftStep.id):
        yield Said(step.happened_on, "step", step.state, step.note or (gift.why if is_first else ""), by=step.by)
        is_first = False


def _letters(gift: Gift) -> Iterator[Said]:
    about = (Letter.gift == gift.id) | (Letter.gift.is_null() & (Letter.item == gift.item_id))
    letters = list(Letter.select().where((Letter.person == gift.person_id) & about).order_by(Letter.id))
    for each in letters:
        yield Said((each.sent_at or each.drafted_at)[:10], "letter", each.kind, each.subject, f"l{each.id}", each.by)
    answers = Reply.select().where(Reply.letter.in_([each.id for each in letters]) & (Reply.is_automatic == 0))
    for each in answers.order_by(Reply.received_at, Reply.id):
        yield Said(each.received_at[:10], "answer", each.outcome, each.text, f"r{each.id}")


def _notes(gift: Gift) -> Iterator[Said]:
    title = Item.get_by_id(gift.item_id).title_key
    for each in PersonNote.select().where(PersonNote.person == gift.person_id).order_by(PersonNote.id):
        if title in fold(each.text):
            yield Said(each.happened_on, "note", each.kind, each.text, by=each.by)


def _parcels(gift_id: int) -> Iterator[Said]:
    query = Shipment.select().join(ShipmentGift).where((ShipmentGift.gift == gift_id) & Shipment.sent_on.is_null(False))
    for each in query.order_by(Shipment.id):
        yield Said(each.sent_on, "parcel", each.carrier, each.tracking_number, f"s{each.id}", each.by)


def _outcomes(gift_id: int) -> Iterator[Said]:
    mine = (Outcome.gift == gift_id) & Outcome.kind.not_in(_TOLD)
    for each in Outcome.select().where(mine).order_by(Outcome.id):
        yield Said(each.happened_on, "outcome", each.kind, each.note, by=each.by)
    for each in Post.select().where(Post.gift == gift_id).order_by(Post.id):
        yield Said(each.posted_on, "post", each.kind, each.text, f"o{each.id}", each.by)
