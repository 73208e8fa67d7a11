"""Campaigns: what they are for and what they cost, what their client said, and what was sold."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.catalogue import Edition, Item
from outreach.store.models.gifts import Campaign
from outreach.store.models.people import Person


class CampaignItem(Table):
    """A title that a campaign is for."""

    campaign = link(Campaign)
    item = link(Item)


class Goal(Table):
    """A figure of money or of copies to be reached, with what was before it and where both are from."""

    campaign = link(Campaign)
    kind = TextField()
    unit = text_field("copies")
    currency = text_field()
    baseline = IntegerField(null=True)
    baseline_since = TextField(null=True)
    baseline_until = TextField(null=True)
    target = IntegerField()
    since = TextField(null=True)
    due_on = TextField(null=True)
    source = text_field()
    by = text_field()
    created_at = TextField()


class BudgetLine(Table):
    """What may be spent on a campaign, by what for."""

    campaign = link(Campaign)
    kind = TextField()
    amount_minor = IntegerField()
    currency = TextField()
    note = text_field()


class Expense(Table):
    """Money that was spent on a campaign and that no parcel accounts for."""

    campaign = link(Campaign)
    kind = TextField()
    amount_minor = IntegerField()
    currency = TextField()
    spent_on = TextField()
    note = text_field()
    by = text_field()
    created_at = TextField()


class CampaignStep(Table):
    """What is to be done for a campaign by a day."""

    campaign = link(Campaign)
    name = TextField()
    due_on = TextField()
    done_on = TextField(null=True)
    note = text_field()


class RosterAnswer(Table):
    """What a client said to someone on the sheet that was shown."""

    campaign = link(Campaign)
    person = link(Person)
    answer = text_field()
    comment = text_field()
    shown_on = TextField()
    answered_on = TextField(null=True)


class SalesCode(Table):
    """A code or a link by which a shop tells who sent a buyer."""

    code = TextField()
    code_key = TextField()
    person = link(Person, "SET NULL", null=True)
    item = link(Item, "SET NULL", null=True)
    campaign = link(Campaign, "SET NULL", null=True)
    url = text_field()
    note = text_field()
    created_at = TextField()


class Sale(Table):
    """Copies that were sold, as someone's books tell it."""

    kind = text_field("sales")
    sold_on = TextField()
    copies = IntegerField()
    orders = IntegerField(null=True)
    amount_minor = IntegerField(null=True)
    currency = text_field()
    item = link(Item, "SET NULL", null=True)
    edition = link(Edition, "SET NULL", null=True)
    sales_code = link(SalesCode, "SET NULL", null=True)
    person = link(Person, "SET NULL", null=True)
    campaign = link(Campaign, "SET NULL", null=True)
    evidence = text_field("claimed")
    source = text_field()
    key = TextField(null=True)
    by = text_field()
    created_at = TextField()


class ExchangeRate(Table):
    """What one unit of a money is worth in another on a day, as the user says."""

    given = TextField()
    wanted = TextField()
    rate = TextField()
    rated_on = TextField()
    source = text_field()
