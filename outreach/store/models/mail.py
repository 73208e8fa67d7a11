"""Letters on their way out, and what came back."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.letters import Letter
from outreach.store.models.people import Person


class Outbox(Table):
    """A letter that was handed over to be sent, and what became of that; one row a letter."""

    letter = link(Letter)
    state = TextField()
    attempts = IntegerField(default=0)
    queued_at = TextField()
    not_before = TextField()
    tried_at = TextField(null=True)
    settled_at = TextField(null=True)
    reply_code = IntegerField(null=True)
    reply_text = text_field()
    by = text_field()


class Reply(Table):
    """An answer that came by mail; the outcome is empty until somebody has read it."""

    person = link(Person, null=True)
    letter = link(Letter, "SET NULL", null=True)
    message_id = TextField()
    from_name = text_field()
    from_address = text_field()
    subject = text_field()
    text = text_field()
    received_at = TextField()
    is_automatic = IntegerField(default=0)
    outcome = text_field()
    reason = text_field()
    noted_at = TextField(null=True)
    by = text_field()


class Bounce(Table):
    """A letter that came back, or a complaint about one."""

    person = link(Person, null=True)
    letter = link(Letter, "SET NULL", null=True)
    message_id = TextField()
    address = text_field()
    kind = TextField()
    status = text_field()
    why = text_field()
    received_at = TextField()
