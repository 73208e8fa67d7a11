"""What is kept of a post beside itself: counts with the day they were read, pictures of what is gone in a day."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.gifts import Post


class PostReading(Table):
    """Raw counts below a post, as they were on a day; one reading a day."""

    post = link(Post)
    read_on = TextField()
    likes = IntegerField(null=True)
    comments = IntegerField(null=True)
    shares = IntegerField(null=True)
    saves = IntegerField(null=True)
    views = IntegerField(null=True)
    questions = IntegerField(null=True)
    by = text_field()
    created_at = TextField()


class Snapshot(Table):
    """A picture of a post, kept by its content: a story is gone in a day."""

    post = link(Post)
    name = TextField()
    hash = TextField()
    suffix = text_field()
    size = IntegerField()
    width = IntegerField()
    height = IntegerField()
    preview = TextField()
    taken_on = TextField()
    by = text_field()
    created_at = TextField()
