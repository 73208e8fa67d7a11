"""Imports that were made: listing them, looking at one, taking one back."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.services.catalogue.editions import edition_name
from outreach.services.gifts.promises import owed
from outreach.services.importing.tally import Note
from outreach.store.database import Store
from outreach.store.models import Gift, ImportBatch, ImportInsert, ImportNote, ImportUpdate, Post

#: What an import brings that is about people who may have been there before.
_ABOUT: tuple[tuple[str, Any], ...] = (("gift", Gift), ("post", Post))
#: How long what taking back needs is kept.
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """An import as a line of a list."""

    id: int
    kind: str
    layout: str
    file: str
    rows: int
    added: int
    updated: int
    unchanged: int
    skipped: int
    suppressed: int
    by: str
    imported_at: str
    taken_back_at: str


def list_batches() -> list[BatchRow]:
    """All imports, newest first."""
    return [_row(batch) for batch in ImportBatch.select().order_by(-ImportBatch.id)]


def show_batch(batch_id: int) -> tuple[BatchRow, list[Note]]:
    """One import and what it had to say of its rows.

    Raises:
        KnownError: ``imports.unknown``.
    """
    notes = ImportNote.select().where(ImportNote.batch == batch_id).order_by(ImportNote.row, ImportNote.id)
    return _row(_found(batch_id)), [
        Note(note.row, bool(note.skipped), note.code, json.loads(note.facts)) for note in notes
    ]


def people_of_batch(batch_id: int) -> list[int]:
    """Whom an import added or changed: in their own columns, or by a gift or a post."""
    people: set[int] = set()
    for run in ImportInsert.select().where(ImportInsert.batch == batch_id):
        if run.table_name == "person":
            people.update(range(run.first_id, run.last_id + 1))
        for name, table in _ABOUT:
            if run.table_name == name:
                there = table.select(table.person).where(table.id.between(run.first_id, run.last_id))
                people.update(person for (person,) in there.tuples() if person is not None)
    changed = ImportUpdate.select(ImportUpdate.row_id).where(
        (ImportUpdate.batch == batch_id) & (ImportUpdate.table_name == "person")
    )
    return sorted(people | {row for (row,) in changed.tuples()})


def take_back(store: Store, batch_id: int) -> Changes:
    """Undo an import: whom it added goes, what it changed is as before.

    Raises:
        KnownError: ``imports.unknown``, ``imports.taken_back``, ``imports.too_old``, ``imports.promised``, or when
            later work builds on it.
    """
    batch = _found(batch_id)
    if batch.taken_back_at:
        raise KnownError("imports.taken_back", batch=batch_id)
    if store.moment() - datetime.fromisoformat(batch.imported_at) > KEPT:
        raise KnownError("imports.too_old", batch=batch_id, days=KEPT.days)
    owed_before = owed(store)
    with store.batch(Op.TAKE_BACK_IMPORT) as (writer, written):
        writer.take_back(batch_id)
        for edition, missing in owed(store).items():
            if missing > owed_before.get(edition, 0):
                raise KnownError("imports.promised", edition=edition_name(edition), missing=missing)
        before = {"taken_back_at": None}
        writer.update(ImportBatch, batch_id, before, {"taken_back_at": store.now()})
    return written.changes


def _found(batch_id: int) -> ImportBatch:
    batch: ImportBatch | None = ImportBatch.get_or_none(ImportBatch.id == batch_id)
    if batch is None:
        raise KnownError("imports.unknown", batch=batch_id)
    return batch


def _row(batch: ImportBatch) -> BatchRow:
    return BatchRow(
        id=batch.id,
        kind=batch.kind,
        layout=batch.layout,
        file=batch.file_name,
        rows=batch.rows,
        added=batch.added,
        updated=batch.updated,
        unchanged=batch.unchanged,
        skipped=batch.skipped,
        suppressed=batch.suppressed,
        by=batch.by,
        imported_at=batch.imported_at,
        taken_back_at=batch.taken_back_at or "",
    )
