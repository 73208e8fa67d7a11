"""Imports, what each row came to, and what is needed to take an import back."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field


class WorkspaceSetting(Table):
    """A setting that belongs to the data, such as the sender's name."""

    name = TextField()
    value = TextField()


class SheetShape(Table):
    """What the user said of sheets with some headings: what their columns are, and what becomes of known values."""

    kind = TextField()
    signature = TextField()
    mapping = text_field("{}")
    policy = text_field("{}")
    saved_at = TextField()


class ImportBatch(Table):
    """One import of one file."""

    kind = TextField()
    layout = TextField()
    file_name = TextField()
    file_hash = TextField()
    encoding = text_field()
    rows = IntegerField()
    added = IntegerField()
    updated = IntegerField()
    unchanged = IntegerField()
    skipped = IntegerField()
    suppressed = IntegerField(default=0)
    by = text_field()
    imported_at = TextField()
    taken_back_at = TextField(null=True)


class ImportNote(Table):
    """What the user should know of one row: why it was skipped, or what is doubtful."""

    batch = link(ImportBatch)
    row = IntegerField()
    skipped = IntegerField()
    code = TextField()
    facts = text_field("{}")


class ImportInsert(Table):
    """A run of rows that an import added to one table."""

    batch = link(ImportBatch)
    table_name = TextField()
    first_id = IntegerField()
    last_id = IntegerField()


class ImportUpdate(Table):
    """The columns of one row that an import changed, before and after, as JSON."""

    batch = link(ImportBatch)
    table_name = TextField()
    row_id = IntegerField()
    before = TextField()
    after = TextField()
