"""Gifts, the parcels they travel in, the copies they use, and what came of them."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.catalogue import Client, Edition, Item
from outreach.store.models.people import Address, Person


class Campaign(Table):
    """A time-boxed effort for one or more items."""

    name = TextField()
    name_key = TextField()
    starts_on = TextField(null=True)
    ends_on = TextField(null=True)
    notes = text_field()
    created_at = TextField()
    client = link(Client, "SET NULL", null=True)
    why = text_field()
    currency = text_field()
    closed_on = TextField(null=True)


class Gift(Table):
    """One item for one person. It has no due date."""

    person = link(Person, "SET NULL", null=True)
    item = link(Item, "RESTRICT")
    edition = link(Edition, "SET NULL", null=True)
    campaign = link(Campaign, "SET NULL", null=True)
    deal = text_field("gift")
    state = TextField()
    why = text_field()
    note = text_field()
    state_on = TextField()
    sent_on = TextField(null=True)
    delivered_on = TextField(null=True)
    by = text_field()
    created_at = TextField()
    ask_again_on = TextField(null=True)
    signing = text_field()
    dedication = text_field()
    signing_place = IntegerField(null=True)
    signed_on = TextField(null=True)
    hope_until = TextField(null=True)
    reward = text_field()
    obliges = text_field()


class GiftStep(Table):
    """A state that a gift came to, when, and who noted it."""

    gift = link(Gift)
    state = TextField()
    happened_on = TextField()
    note = text_field()
    by = text_field()
    noted_at = TextField(null=True)


class Mailing(Table):
    """A batch of parcels."""

    name = TextField()
    created_at = TextField()


class Shipment(Table):
    """One parcel, with the address it went to, as it then was."""

    person = link(Person, "SET NULL", null=True)
    mailing = link(Mailing, "SET NULL", null=True)
    address = link(Address, "SET NULL", null=True)
    deliver_to = text_field()
    line1 = text_field()
    line2 = text_field()
    city = text_field()
    region = text_field()
    postcode = text_field()
    country = text_field()
    carrier = text_field()
    tracking_number = text_field()
    state = TextField()
    sent_on = TextField(null=True)
    delivered_on = TextField(null=True)
    note = text_field()
    by = text_field()
    created_at = TextField()
    postage_minor = IntegerField(null=True)
    postage_currency = text_field()
    service = text_field()
    weight_grams = IntegerField(null=True)
    replaces = link("self", "SET NULL", null=True)


class ShipmentGift(Table):
    """A gift in a parcel."""

    shipment = link(Shipment)
    gift = link(Gift)


class StockMovement(Table):
    """Copies that came or went; what is left is their sum."""

    edition = link(Edition)
    quantity = IntegerField()
    reason = TextField()
    shipment = link(Shipment, "SET NULL", null=True)
    moved_on = TextField()
    note = text_field()
    by = text_field()


class EditionCode(Table):
    """A download, an e-galley link or a token in a game: for one recipient, once."""

    edition = link(Edition)
    code = TextField()
    expires_on = TextField(null=True)
    gift = link(Gift, "SET NULL", null=True)
    given_on = TextField(null=True)
    added_at = TextField()
    by = text_field()


class Post(Table):
    """A mention, on social media or off it."""

    person = link(Person, "SET NULL", null=True)
    item = link(Item, "SET NULL", null=True)
    gift = link(Gift, "SET NULL", null=True)
    kind = TextField()
    platform = text_field()
    handle = text_field()
    url = TextField(null=True)
    key = TextField(null=True)
    posted_on = TextField()
    text = text_field()
    nature = TextField()
    nature_reason = TextField()
    by = text_field()
    created_at = TextField()
    outlet = text_field()
    told_by = text_field()


class Outcome(Table):
    """Something that came of a gift; an event, never a state of the gift."""

    gift = link(Gift, null=True)
    person = link(Person, "SET NULL", null=True)
    kind = TextField()
    evidence = text_field("claimed")
    happened_on = TextField()
    post = link(Post, null=True)
    note = text_field()
    by = text_field()


class Alias(Table):
    """A word by which the user means a person or an item."""

    key = TextField()
    person = link(Person, null=True)
    item = link(Item, null=True)
