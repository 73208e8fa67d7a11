"""Feeds that are looked through, and the posts that were found in them."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.catalogue import Item
from outreach.store.models.gifts import Post
from outreach.store.models.people import Person


class Feed(Table):
    """A blog, newsletter, podcast or profile that is looked through for mentions; of a person, or of nobody we know."""

    person = link(Person, null=True)
    address = TextField()
    key = TextField()
    title = text_field()
    kind = text_field("blog")
    site = text_field()
    state = text_field("followed")
    allow_private = IntegerField(default=0)
    etag = text_field()
    last_modified = text_field()
    asked_at = TextField(null=True)
    read_at = TextField(null=True)
    not_before = TextField(null=True)
    robots_on = text_field()
    failures = IntegerField(default=0)
    trouble = text_field()
    entries = IntegerField(default=0)
    by = text_field()
    created_at = TextField()


class FoundPost(Table):
    """An entry of a feed that speaks of an item of ours, as it seems, until somebody has read it.

    What a feed taught us is not stored: it follows from what was said to be not about us (`services.feeds.learned`).
    """

    feed = link(Feed)
    entry_key = TextField()
    post_key = TextField(null=True)
    url = text_field()
    title = text_field()
    author = text_field()
    published_at = TextField(null=True)
    text = text_field()
    item = link(Item, null=True)
    passage = text_field()
    words = text_field("[]")
    proofs = text_field("[]")
    confidence = TextField()
    state = text_field("waiting")
    post = link(Post, "SET NULL", null=True)
    found_at = TextField()
    settled_at = TextField(null=True)
    by = text_field()
