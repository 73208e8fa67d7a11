"""What is done at random with inserts, copies that are signed, and postage."""

from collections.abc import Callable

from outreach.changes import Op
from outreach.services.catalogue import clients, inserts
from outreach.services.catalogue.inserts import InsertKind, NewInsert
from outreach.services.gifts import signing
from outreach.services.shipments import costs
from outreach.store.models import Gift, Insert, Shipment, ShipmentInsert
from tests.store.undoing import Someone


class Wrapper(Someone):
    """A user who also lays things beside the gifts."""

    def acts_on_extras(self) -> list[Callable[[], object]]:
        return [
            self.add_insert, self.edit_insert, self.count_inserts, self.more_inserts, self.put_in, self.take_out,
            self.to_sign, self.signed, self.postage, self.edit_client,
        ]  # fmt: skip

    def add_insert(self) -> object:
        self.number += 1
        new = NewInsert(
            f"{self.text()} {self.number}", self.random.choice(list(InsertKind)), count=self.random.choice([None, 3, 9])
        )
        return inserts.add_insert(self.store, new)

    def edit_insert(self) -> object:
        values = {"kind": self.random.choice(list(InsertKind)), "cost": self.random.choice(["", "0.12 GBP"])}
        return inserts.edit_insert(self.store, self.some(Insert), values)

    def count_inserts(self) -> object:
        return inserts.count_inserts(self.store, self.some(Insert), self.random.randint(0, 9), self.text())

    def more_inserts(self) -> object:
        return inserts.move_inserts(self.store, self.some(Insert), self.random.randint(-4, 6), self.text())

    def put_in(self) -> object:
        packing = self.some(Shipment, Shipment.state == "packing")
        return inserts.put_in(self.store, self.some(Insert), [packing], self.random.randint(1, 3))

    def take_out(self) -> object:
        open_ = Shipment.select(Shipment.id).where(Shipment.state == "packing")
        packed = ShipmentInsert.get_by_id(self.some(ShipmentInsert, ShipmentInsert.shipment.in_(open_)))
        return inserts.take_out(self.store, packed.parcel_insert_id, [packed.shipment_id])

    def to_sign(self) -> object:
        return signing.ask_to_sign(
            self.store, [self.some(Gift)], self.random.choice(list(signing.Signing)), self.text()
        )

    def signed(self) -> object:
        if not Gift.select().where(Gift.signing != "").exists():
            signing.ask_to_sign(self.store, [self.some(Gift)], signing.Signing.BOOKPLATE)
        gift = self.some(Gift, Gift.signing != "")
        return signing.note_signed(self.store, [gift], undone=self.random.random() < 0.3)

    def postage(self) -> object:
        values = {
            "postage": self.random.choice(["", "3.49 GBP", "1200 JPY"]), "service": self.text(),
            "weight": self.random.choice(["", "420 g", "1.2 kg"]),
        }  # fmt: skip
        return costs.note_postage(self.store, [self.some(Shipment)], values)

    def edit_client(self) -> object:
        with self.store.operation(Op.EDIT_ITEM):
            clients.client_named(self.store, "Finch & Marlow")
        return clients.change_client(
            self.store, "Finch & Marlow", self.random.choice(["", "de", "eng"]), self.random.choice(["", "EUR"])
        )
