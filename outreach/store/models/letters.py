"""Letters and the templates they are made from."""

from peewee import BlobField, IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.catalogue import Item
from outreach.store.models.gifts import Gift
from outreach.store.models.people import Person


class LetterTemplate(Table):
    """A template; every version is kept."""

    name = TextField()
    version = IntegerField(default=1)
    label = TextField()
    kind = TextField()
    subject = TextField()
    body = TextField()
    created_at = TextField()


class KeptFact(Table):
    """A fact of letters that has no column of its own, filled in by hand for a person or for a title."""

    person = link(Person, null=True)
    item = link(Item, null=True)
    name = TextField()
    value = TextField()
    noted_on = TextField()
    by = text_field()


class Letter(Table):
    """A letter to one person: its bytes are those of the draft that a person approves."""

    person = link(Person)
    item = link(Item, "SET NULL", null=True)
    gift = link(Gift, "SET NULL", null=True)
    template = link(LetterTemplate, "SET NULL", null=True)
    kind = TextField()
    state = TextField()
    to_name = TextField()
    to_address = TextField()
    subject = TextField()
    body = TextField()
    opening = text_field()
    message = BlobField(null=True)
    message_id = TextField()
    by = text_field()
    drafted_at = TextField()
    approved_at = TextField(null=True)
    sent_at = TextField(null=True)


class Attachment(Table):
    """A file that goes with letters, named by its hash.

    One with a title is chosen for its letters of a kind, to everyone or to one person; one with a letter is part of it.
    """

    item = link(Item, null=True)
    kind = text_field()
    person = link(Person, null=True)
    letter = link(Letter, null=True)
    name = TextField()
    hash = TextField()
    suffix = text_field()
    size = IntegerField()
    added_at = TextField()
    by = text_field()
