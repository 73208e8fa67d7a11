"""What a post may be used for, where it is used, the words quoted from it, and how it tells of the gift."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.gifts import Post
from outreach.store.models.letters import Letter


class Permission(Table):
    """Leave to use a post for one scope: asked, and what was answered."""

    post = link(Post)
    scope = TextField()
    state = TextField()
    letter = link(Letter, "SET NULL", null=True)
    asked_on = TextField(null=True)
    answered_on = TextField(null=True)
    answer = text_field()
    channels = text_field()
    territory = text_field()
    edits = text_field("none")
    credit = text_field()
    exclusions = text_field()
    starts_on = TextField(null=True)
    ends_on = TextField(null=True)
    by = text_field()
    created_at = TextField()


class PermissionUse(Table):
    """A place where a post is used under a permission, until it is taken down."""

    permission = link(Permission)
    place = TextField()
    used_on = TextField()
    taken_down_on = TextField(null=True)
    by = text_field()


class Quote(Table):
    """Words of a post as we would print them, beside the passage that they stand in."""

    post = link(Post)
    text = TextField()
    passage = TextField()
    source = text_field()
    from_proof = IntegerField(default=0)
    checked_on = TextField(null=True)
    checked_by = text_field()
    by = text_field()
    created_at = TextField()


class DisclosureCheck(Table):
    """Somebody looked whether a post tells of the gift, and what she saw."""

    post = link(Post)
    seen = TextField()
    place = text_field()
    wording = text_field()
    checked_on = TextField()
    note = text_field()
    letter = link(Letter, "SET NULL", null=True)
    by = text_field()
    created_at = TextField()
