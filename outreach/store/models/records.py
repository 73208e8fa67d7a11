"""What is kept about a person: consent, notes, documents, looks, audience make-up, rosters, and whom she is not."""

from peewee import FloatField, IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.people import Person


class Consent(Table):
    """Where we found a person, on what ground we write to her, and whether she was told."""

    person = link(Person)
    source = text_field()
    url = text_field()
    found_on = TextField(null=True)
    basis = text_field()
    evidence = text_field()
    no_pitch = IntegerField(null=True)
    expires_on = TextField(null=True)
    notice_due_on = TextField(null=True)
    notice_given_on = TextField(null=True)


class PersonLook(Table):
    """A word for what a person's pictures look like or for the mood she sets."""

    person = link(Person)
    kind = TextField()
    name = TextField()
    key = TextField()


class AudienceShare(Table):
    """A part of a person's audience, with its source and day; a sensitive one only in her own words."""

    person = link(Person)
    field = TextField()
    value = TextField()
    share = FloatField(null=True)
    source = text_field()
    noted_on = TextField()
    is_sensitive = IntegerField(default=0)
    self_described = text_field()


class PersonNote(Table):
    """A call, a meeting or a thought, in a line."""

    person = link(Person)
    kind = TextField()
    happened_on = TextField()
    text = TextField()
    by = text_field()
    created_at = TextField()


class PersonDocument(Table):
    """Something given to a person or kept of her: a file named by its hash, or an address on the web."""

    person = link(Person)
    kind = TextField()
    name = TextField()
    hash = text_field()
    suffix = text_field()
    size = IntegerField(default=0)
    url = text_field()
    given_on = TextField()
    note = text_field()
    by = text_field()
    created_at = TextField()


class Roster(Table):
    """A named list of people."""

    name = TextField()
    name_key = TextField()
    note = text_field()
    created_at = TextField()


class RosterMember(Table):
    """A person on a roster."""

    roster = link(Roster)
    person = link(Person)
    added_on = TextField()


class NotSame(Table):
    """Two people of whom it was said that they are not the same."""

    first = link(Person)
    second = link(Person)
    noted_on = TextField()
    by = text_field()
