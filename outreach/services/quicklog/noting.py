"""Noting a line: all of it in one step that one undo takes back, or nothing."""

from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.services import posts
from outreach.services.catalogue.stock import PROMISED
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import GiftState, OutcomeKind
from outreach.services.gifts.promises import is_counted, refuse_promise
from outreach.services.people.suppressions import suppressed_people
from outreach.services.quicklog.grammar import LATER
from outreach.services.quicklog.reading import STATES, Line
from outreach.services.shipments import shipments
from outreach.services.shipments.shipments import ShipmentState
from outreach.store.database import Store
from outreach.store.models import Alias, Edition, Gift, Person, Shipment, ShipmentGift

_OUTCOMES = {
    "finished": OutcomeKind.FINISHED, "thanked": OutcomeKind.THANKED, "enjoyed": OutcomeKind.ENJOYED,
    "unfinished": OutcomeKind.DID_NOT_FINISH, "started": OutcomeKind.STARTED, "passed_on": OutcomeKind.PASSED_ON,
    "met_author": OutcomeKind.MET_AUTHOR,
}  # fmt: skip


def note(store: Store, line: Line) -> tuple[int, Changes]:
    """Note for each person of a line what it says; how many there were is returned.

    Raises:
        KnownError: ``quicklog.not_ready``, ``quicklog.no_day``, ``quicklog.not_packed``, ``quicklog.no_gift``, or what
            the service of the verb raises. Then nothing was noted.
    """
    if line.verb == LATER and not line.until:
        raise KnownError("quicklog.no_day")
    if not line.is_ready:
        raise KnownError("quicklog.not_ready")
    item = line.title.row_id if line.title else None
    people = list(dict.fromkeys(piece.row_id for piece in line.people if piece.row_id is not None))
    if line.verb in ("asked", "accepted"):
        for person in sorted(suppressed_people(store, people)):
            raise KnownError("gifts.suppressed", person=Person.get_by_id(person).name)
    day = line.day or store.today().isoformat()
    with store.operation(Op.QUICK_LOG) as written:
        for person in people:
            if item is None:
                Person.update(ask_again_on=line.until, updated_at=store.now()).where(Person.id == person).execute()
            else:
                _Entry(store, line, person, item, day).note()
        _learn(line)
    return len(people), written.changes


def _learn(line: Line) -> None:
    """Whom and what the user meant by her words is known the next time; undo takes that back too."""
    for piece in (*line.people, *([line.title] if line.title else [])):
        if piece.is_chosen:
            column = "person" if piece.kind == "person" else "item"
            mine = (Alias.key == piece.value) & getattr(Alias, column).is_null(False)
            if not Alias.update({column: piece.row_id}).where(mine).execute():
                Alias.create(key=piece.value, **{column: piece.row_id})


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
        if verb == LATER:
            self._later()
        elif verb == "posted":
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
        is_new = edition is not None and (gift is None or gift.edition_id != edition.id)
        if edition is not None and is_new and to.value in PROMISED and is_counted(edition.id):
            refuse_promise(self.store, edition.id)
        if gift is None:
            made = gifts.plan_one(
                self.store, self.item, self.person, edition_id=edition.id if edition else None, on=self.day
            )
            gifts.move(self.store, made, to, self.day)
            return
        if edition is not None:
            Gift.update(edition=edition.id).where(Gift.id == gift.id).execute()
        gifts.move(self.store, gift.id, to, self.day)

    def _later(self) -> None:
        """Not this time, and from then on perhaps; a gift that was declined before gets its day."""
        gift = self._newest()
        made = gift.id if gift else gifts.plan_one(self.store, self.item, self.person)
        if gift is not None and gift.state == GiftState.DECLINED:
            Gift.update(ask_again_on=self.line.until).where(Gift.id == gift.id).execute()
        else:
            gifts.move(self.store, made, GiftState.DECLINED, self.day, ask_again_on=self.line.until)

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
