"""People, how to reach them, what they enjoy, and who asked not to be written to."""

from peewee import FloatField, IntegerField, TextField

from outreach.store.models.base import Table, link, text


class Person(Table):
    """Anyone we may give something to; an account is not needed."""

    name = TextField()
    name_key = TextField()
    sort_name = TextField()
    given_name = text()
    family_name = text()
    greeting = text()
    role = text()
    organisation = text()
    job_title = text()
    phone = text()
    language = text()
    country = text()
    notes = text()
    how_known = text()
    is_adult = IntegerField(null=True)
    created_at = TextField()
    updated_at = TextField()


class EmailAddress(Table):
    """An address to write to; position 0 is the one we use."""

    person = link(Person)
    address = TextField()
    key = TextField(unique=True)
    position = IntegerField(default=0)


class Account(Table):
    """A name on a platform; the platform is empty where a file did not tell it."""

    person = link(Person)
    platform = TextField()
    handle = TextField()
    key = TextField()
    url = text()


class AudienceReading(Table):
    """A follower count and the day it was read."""

    account = link(Account)
    taken_on = TextField()
    followers = IntegerField()
    source = text()


class ExternalId(Table):
    """What another program calls this person."""

    person = link(Person)
    source = TextField()
    value = TextField()


class Address(Table):
    """A place to send parcels to; older ones stay, as no longer current."""

    person = link(Person)
    deliver_to = text()
    line1 = text()
    line2 = text()
    city = text()
    region = text()
    postcode = text()
    country = text()
    is_current = IntegerField(default=1)
    confirmed_on = TextField(null=True)
    source = text()
    created_at = TextField()


class PersonTag(Table):
    """A word put on a person."""

    person = link(Person)
    name = TextField()
    key = TextField()


class TasteNote(Table):
    """A like, a dislike or a limit, of the person or of the audience."""

    person = link(Person)
    side = TextField()
    polarity = TextField()
    kind = TextField()
    subject = TextField()
    key = TextField()
    strength = FloatField(default=1.0)
    noted_on = TextField(null=True)
    by = text()


class ReviewPolicy(Table):
    """What a person says she accepts."""

    person = link(Person)
    is_open = IntegerField(null=True)
    text = text()
    url = text()
    turnaround_weeks = IntegerField(null=True)
    read_on = TextField(null=True)


class Suppression(Table):
    """Someone who asked not to be written to: a salted hash that outlives the person's own rows."""

    kind = TextField()
    hash = TextField()
    shown = text()
    reason = text()
    source = text()
    since_on = TextField(null=True)
