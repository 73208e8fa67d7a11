"""People, how to reach them, what they enjoy, and who asked not to be written to."""

from typing import Any

from peewee import SQL, FloatField, IntegerField, TextField

from outreach.store.models.base import Table, link, text_field


class Person(Table):
    """Anyone we may give something to; an account is not needed."""

    name = TextField()
    name_key = TextField()
    sort_name = TextField()
    given_name = text_field()
    family_name = text_field()
    greeting = text_field()
    role = text_field()
    organisation = text_field()
    job_title = text_field()
    phone = text_field()
    language = text_field()
    country = text_field()
    notes = text_field()
    how_known = text_field()
    is_adult = IntegerField(null=True)
    created_at = TextField()
    updated_at = TextField()
    ask_again_on = TextField(null=True)
    pronouns = text_field()
    time_zone = text_field()
    expertise = text_field()
    repute = text_field()
    relation = text_field()
    guardian = text_field()
    guardian_contact = text_field()
    representative = text_field()
    representative_email = text_field()
    owner = text_field()
    away_note = text_field()
    away_until = TextField(null=True)
    archived_on = TextField(null=True)
    kept_on = TextField(null=True)
    objected_on = TextField(null=True)
    introduced_by = link("self", "SET NULL", null=True)
    introduced_on = TextField(null=True)
    introduction_thanked_on = TextField(null=True)


class OtherRole(Table):
    """What a person is beside her first role, which stands in her own row."""

    person = link(Person)
    role = TextField()


class EmailAddress(Table):
    """An address to write to; position 0 is the one we use."""

    person = link(Person)
    address = TextField()
    key = TextField()
    position = IntegerField(default=0)


class Account(Table):
    """A name on a platform; the platform is empty where a file did not tell it."""

    person = link(Person)
    platform = TextField()
    handle = TextField()
    key = TextField()
    url = text_field()

    @classmethod
    def has_key(cls, keys: Any) -> Any:
        """The condition of being an account of some platform with one of some keys.

        It names the platform as the index of keys does, which is not used otherwise: the whole table is read then.
        """
        return (cls.platform != SQL("''")) & cls.key.in_(keys)


class AccountAlias(Table):
    """A handle that an account had before, or is also known by."""

    account = link(Account)
    handle = TextField()
    key = TextField()


class AudienceReading(Table):
    """A follower count and the day it was read."""

    account = link(Account)
    taken_on = TextField()
    followers = IntegerField()
    source = text_field()


class ExternalId(Table):
    """What another program calls this person."""

    person = link(Person)
    source = TextField()
    value = TextField()


class Address(Table):
    """A place to send parcels to; older ones stay, as no longer current."""

    person = link(Person)
    deliver_to = text_field()
    line1 = text_field()
    line2 = text_field()
    city = text_field()
    region = text_field()
    postcode = text_field()
    country = text_field()
    is_current = IntegerField(default=1)
    confirmed_on = TextField(null=True)
    source = text_field()
    created_at = TextField()
    since_on = TextField(null=True)
    until_on = TextField(null=True)


class PersonTag(Table):
    """A word put on a person."""

    person = link(Person)
    name = TextField()
    key = TextField()


class TasteNote(Table):
    """A like, a dislike or a limit, of the person (``own``) or of the ``audience``.

    ``key`` is our code of a genre, else the folded subject. ``strength`` is 0 to 1, how much of a taste it is; how far
    it has faded, and how sure it is, follows from its evidence (`outreach.services.tastes.ledger`).
    """

    person = link(Person)
    side = TextField()
    polarity = TextField()
    kind = TextField()
    subject = TextField()
    key = TextField()
    strength = FloatField(default=1.0)
    noted_on = TextField(null=True)
    by = text_field()


class ReviewPolicy(Table):
    """What a person says she accepts; the rest of it stands in `PolicyRule`.

    ``is_open`` is 1, 0, or None where it is not said; ``genres_only`` is 1 where she takes no genre that she does not
    name. ``text`` is the policy as it was read on ``read_on`` at ``url``.
    """

    person = link(Person)
    is_open = IntegerField(null=True)
    text = text_field()
    url = text_field()
    turnaround_weeks = IntegerField(null=True)
    read_on = TextField(null=True)
    genres_only = IntegerField(default=0)
    open_phrase = text_field()
    turnaround_phrase = text_field()


class Suppression(Table):
    """Someone who asked not to be written to: a salted hash that outlives the person's own rows."""

    kind = TextField()
    hash = TextField()
    shown = text_field()
    reason = text_field()
    source = text_field()
    since_on = TextField(null=True)
