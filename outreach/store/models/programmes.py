"""Programmes that outlive a campaign: what they look for, their seasons, who is in them, what she was given."""

from peewee import FloatField, IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.gifts import Campaign
from outreach.store.models.people import Person


class Programme(Table):
    """A standing effort with the same people: ambassadors, campus reps, a street team."""

    name = TextField()
    name_key = TextField()
    kind = TextField()
    deal = TextField()
    purpose = text_field()
    target_size = IntegerField(null=True)
    campaign = link(Campaign, "SET NULL", null=True)
    opened_on = TextField()
    closed_on = TextField(null=True)
    by = text_field()
    created_at = TextField()


class ProgrammeCriterion(Table):
    """What a programme looks for in people.

    ``reads`` is what of a person it reads, ``wanted`` the words that are looked for there, ``least`` a percentage of
    an audience. ``is_needed`` is 1 where nobody is proposed of whom it is known that she has none of it.
    """

    programme = link(Programme)
    label = TextField()
    weight = IntegerField()
    reads = TextField()
    wanted = TextField()
    least = FloatField(null=True)
    is_needed = IntegerField(default=0)


class ProgrammeSeason(Table):
    """A time within a programme, both days included."""

    programme = link(Programme)
    name = TextField()
    name_key = TextField()
    starts_on = TextField()
    ends_on = TextField()


class ProgrammeMember(Table):
    """One time that somebody was invited into a programme, was in it, and left it as an alumna."""

    programme = link(Programme)
    person = link(Person, "SET NULL", null=True)
    state = TextField()
    place = text_field()
    note = text_field()
    invited_on = TextField()
    joined_on = TextField(null=True)
    alumni_on = TextField(null=True)
    by = text_field()


class ProgrammeReward(Table):
    """What a member was given in a season: so much of what, what it is worth, for what."""

    programme_member = link(ProgrammeMember)
    programme_season = link(ProgrammeSeason, "SET NULL", null=True)
    kind = TextField()
    amount = IntegerField()
    unit = text_field()
    value_minor = IntegerField(null=True)
    currency = text_field()
    condition = text_field()
    obliges = text_field()
    given_on = TextField()
    by = text_field()
