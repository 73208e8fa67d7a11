"""Rounds in which few copies were shared out."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.catalogue import Edition, Item
from outreach.store.models.people import Person


class AllocationRound(Table):
    """Copies of one item, shared out once."""

    item = link(Item)
    edition = link(Edition, "SET NULL", null=True)
    copies = IntegerField()
    by = text_field()
    made_at = TextField()


class AllocationLine(Table):
    """Someone in a round: whether she got one, why not, and whether the user decided otherwise than proposed."""

    allocation_round = link(AllocationRound)
    person = link(Person)
    is_given = IntegerField()
    reason = text_field()
    overruled = text_field()
