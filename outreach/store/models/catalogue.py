"""Books and products, their editions, subjects and copies."""

from peewee import FloatField, IntegerField, TextField

from outreach.store.models.base import Table, link, text_field


class Client(Table):
    """Whom we work for: titles and campaigns belong to them."""

    name = TextField()
    name_key = TextField()
    notes = text_field()
    created_at = TextField()
    language = text_field()
    currency = text_field()


class Item(Table):
    """A book as a work, or a product."""

    kind = text_field("book")
    title = TextField()
    title_key = TextField()
    sort_title = TextField()
    subtitle = text_field()
    author = text_field()
    author_key = text_field()
    series = text_field()
    description = text_field()
    hook = text_field()
    imprint = text_field()
    publisher = text_field()
    language = text_field()
    pub_date = TextField(null=True)
    on_sale_date = TextField(null=True)
    review_embargo = TextField(null=True)
    sales_embargo = TextField(null=True)
    created_at = TextField()
    updated_at = TextField()
    client = link(Client, "SET NULL", null=True)
    cloth = text_field()
    cover = text_field()
    series_number = text_field()
    content_notes = text_field()
    reading_age = text_field()


class Contributor(Table):
    """Who made an item; the role is an ONIX code (list 17), such as A01 for an author."""

    item = link(Item)
    role = TextField()
    name = TextField()
    position = IntegerField(default=0)
    biography = text_field()


class Edition(Table):
    """One format of an item, with its number, what a copy is worth, and what it costs us."""

    item = link(Item)
    format = text_field()
    kind = text_field("finished")
    isbn13 = TextField(null=True)
    gtin = TextField(null=True)
    price_minor = IntegerField(null=True)
    currency = text_field()
    pages = IntegerField(null=True)
    pub_date = TextField(null=True)
    cost_minor = IntegerField(null=True)
    cost_currency = text_field()
    variant = text_field()
    weight_grams = IntegerField(null=True)


class SubjectCode(Table):
    """A subject as its publisher coded it: Thema, BISAC, BIC."""

    item = link(Item)
    scheme = TextField()
    code = TextField()
    heading = text_field()
    position = IntegerField(default=0)


class ItemGenre(Table):
    """A genre of our own list, with its weight relative to the item's strongest."""

    item = link(Item)
    genre = TextField()
    weight = FloatField(default=1.0)


class Keyword(Table):
    """A word of the publisher's: a trope, a mood, a setting."""

    item = link(Item)
    word = TextField()
    key = TextField()
    position = IntegerField(default=0)


class CompTitle(Table):
    """A comparable book."""

    item = link(Item)
    title = TextField()
    key = TextField()
    author = text_field()
