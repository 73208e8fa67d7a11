"""Noting a line: all of it in one step that one undo takes back, or nothing."""

from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.services import gifts, posts, shipments
from outreach.services.gifts import GiftState, OutcomeKind
from outreach.services.quicklog.reading import STATES, Line
from outreach.services.shipments import ShipmentState
from outreach.services.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import Edition, Gift, Person, Shipment, ShipmentGift

_OUTCOMES = {"finished": OutcomeKind.FINISHED, "thanked": OutcomeKind.THANKED}


def note(store: Store, line: Line) -> tuple[int, Changes]:
    """Note for each person of a line what it says; how many there were is returned.

    Raises:
        KnownError: ``quicklog.not_ready``, ``quicklog.not_packed``, ``quicklog.no_gift``, or what the service of the
            verb raises. Then nothing was noted.
    """
    if not line.is_ready or line.title is None or line.title.row_id is None:
        raise KnownError("quicklog.not_ready")
    people = list(dict.fromkeys(piece.row_id for piece in line.people if piece.row_id is not None))
    if line.verb in ("asked", "accepted"):
        for person in sorted(suppressed_people(store, people)):
            raise KnownError("gifts.suppressed", person=Person.get_by_id(person).name)
    day = line.day or store.today().isoformat()
    with store.operation(Op.QUICK_LOG) as written:
        for person in people:
            _Entry(store, line, person, line.title.row_id, day).note()
    return len(people), written.changes


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is noted of one person, inside the line's operation."""

    store: Store
    line: Line
    person: int
    item: int
    day: str

    def note(self) -> None:
        verb = self.line.verb
        if verb == "posted":
            posts.note_post(self.store, posts.NewPost(person_id=self.person, item_id=self.item, posted_on=self.day))
        elif verb in _OUTCOMES:
            gifts.note_outcome(self.store, self._gift(), _OUTCOMES[verb], self.day)
        elif STATES[verb] in (GiftState.SENT, GiftState.DELIVERED):
            self._move_parcel(STATES[verb])
        elif STATES[verb] is GiftState.CLOSED_QUIET:
            gifts.move(self.store, self._gift().id, GiftState.CLOSED_QUIET, self.day)
        else:
            self._answer(STATES[verb])

    def _newest(self) -> Gift | None:
        mine = Gift.select().where((Gift.person == self.person) & (Gift.item == self.item))
        gift: Gift | None = mine.order_by(-Gift.id).first()
        return gift

    def _gift(self) -> Gift:
        gift = self._newest()
        if gift is None:
            raise KnownError("quicklog.no_gift", person=self._name(), title=self._title())
        return gift

    def _answer(self, to: GiftState) -> None:
        """Pitched, accepted, not this time; someone who was not on the list for the title comes onto it."""
        edition = None
        if self.line.format:
            edition = Edition.get_or_none((Edition.item == self.item) & (Edition.format == self.line.format))
        gift = self._newest()
        if gift is None:
            made = gifts.plan_one(
                self.store, self.item, self.person, edition_id=edition.id if edition else None, on=self.day
            )
            gifts.move(self.store, made, to, self.day)
            return
        if edition is not None:
            Gift.update(edition=edition.id).where(Gift.id == gift.id).execute()
        gifts.move(self.store, gift.id, to, self.day)

    def _move_parcel(self, to: GiftState) -> None:
        """Shipped and delivered is what happens to parcels."""
        gift = self._gift()
        wanted = ShipmentState.PACKING if to is GiftState.SENT else ShipmentState.SENT
        mine = Shipment.select().join(ShipmentGift).where((ShipmentGift.gift == gift.id) & (Shipment.state == wanted))
        parcel = mine.order_by(-Shipment.id).first()
        if parcel is None:
            raise KnownError("quicklog.not_packed", person=self._name(), title=self._title(), state=gift.state)
        if to is GiftState.SENT:
            shipments.send_one(self.store, parcel.id, self.day)
        else:
            shipments.deliver_one(self.store, parcel.id, self.day)

    def _name(self) -> str:
        return str(Person.get_by_id(self.person).name)

    def _title(self) -> str:
        return self.line.title.name if self.line.title else ""
