"""Inserts: what lies in a parcel beside its gifts, such as a card, a tote bag or a bookplate."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.catalogue import Item
from outreach.store.models.gifts import Campaign, Shipment


class Insert(Table):
    """A kind of extra, and what one of it costs us."""

    kind = TextField()
    name = TextField()
    name_key = TextField()
    item = link(Item, "SET NULL", null=True)
    campaign = link(Campaign, "SET NULL", null=True)
    cost_minor = IntegerField(null=True)
    cost_currency = text_field()
    by = text_field()
    created_at = TextField()

    class Meta:
        """The word of the trade is one of SQL's too."""

        table_name = "parcel_insert"


class ShipmentInsert(Table):
    """So many of an insert in a parcel."""

    # Not named `insert`: that would hide peewee's method.

    shipment = link(Shipment)
    parcel_insert = link(Insert)
    quantity = IntegerField(default=1)


class InsertMovement(Table):
    """Inserts that came or went; what is left is their sum."""

    parcel_insert = link(Insert)
    quantity = IntegerField()
    reason = TextField()
    shipment = link(Shipment, "SET NULL", null=True)
    moved_on = TextField()
    note = text_field()
    by = text_field()
