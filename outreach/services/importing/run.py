"""One import: a file, read in a child process, written as one transaction, remembered so that it can be taken back."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.importing import (
    catalogue_import,
    history_import,
    people_import,
    suppressions_import,
    tastes_import,
)
from outreach.services.importing.batches import KEPT
from outreach.services.importing.files import check_file
from outreach.services.importing.kinds import ImportKind as ImportKind
from outreach.services.importing.policies import Policy
from outreach.services.importing.shapes import remembered
from outreach.services.importing.taking import OnMatch, Origin, Taking
from outreach.services.importing.tally import Note, Tally
from outreach.store.batches import BatchWriter
from outreach.store.database import Store
from outreach.store.models import ImportBatch, ImportNote, ImportUpdate, Person
from outreach.workers import Limits, stream

#: A list of a million people is read in chunks; no chunk takes long.
_LIMITS = Limits(seconds=60, memory_mb=700)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    Attributes:
        on_match: What to do with those who are there already.
        mapping: The user's own word on some columns, by header.
        dry_run: Do everything, keep nothing.
        policy: By kind of value (``name``, ``email``, ``address``, …), what becomes of one that is there already.
        item: The title that a list of gifts or posts is about where its rows name none.
        create: Whether titles and people that such a list names and that are not there are made.
        same: By row, the person whom the user says it is about: 0 for somebody new, below nought for a row of the list.
        use_remembered: Whether what was said of a sheet of the same shape before holds where nothing is said now.
        person_id: Whose reading it is; needed for `ImportKind.TASTES`.
    """

    on_match: OnMatch = OnMatch.UPDATE
    mapping: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    policy: Mapping[str, Policy] = field(default_factory=dict)
    item: int | None = None
    create: bool = False
    same: Mapping[int, int] = field(default_factory=dict)
    use_remembered: bool = True
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import.

    Attributes:
        batch: Its number, for taking it back; None after a dry run.
        layout: Which program's file it was, or ``spreadsheet``.
        seen_before: The number of an import of the very same file, if there was one.
        doubles: How many of those added have a namesake: they may be one person.
        as_before: Whether columns were read as the user said of such a sheet before.
    """

    batch: int | None
    kind: ImportKind
    file: str
    layout: str
    encoding: str
    unused: tuple[str, ...]
    seen_before: int | None
    rows: int
    added: int
    updated: int
    unchanged: int
    skipped: int
    suppressed: int
    doubles: int
    as_before: bool
    notes: tuple[Note, ...]
    changes: Changes


class _DryRun(Exception):  # noqa: N818 - ends a transaction, and is no error
    """Carries the result out of a transaction that is rolled back."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__()
        self.result = result


_Take = Callable[[Taking, Iterator[Any]], None]
_TASKS: dict[ImportKind, tuple[str, _Take]] = {
    ImportKind.PEOPLE: ("outreach.services.importing.people_rows:read", people_import.take),
    ImportKind.CATALOGUE: ("outreach.services.importing.catalogue_rows:read", catalogue_import.take),
    ImportKind.TASTES: ("outreach.services.importing.tastes_rows:read", tastes_import.take),
    ImportKind.GIFTS: ("outreach.services.importing.people_rows:read", history_import.take_gifts),
    ImportKind.POSTS: ("outreach.services.importing.people_rows:read", history_import.take_posts),
    ImportKind.SUPPRESSIONS: ("outreach.services.importing.people_rows:read", suppressions_import.take),
}


def import_file(
    store: Store, kind: ImportKind, path: Path, options: ImportOptions | None = None, job: Job | None = None
) -> ImportResult:
    """Import a file: all of it or, when anything stops it, nothing.

    Raises:
        KnownError: when the file cannot be read; the sentence says where and why.
        Cancelled: when the job was stopped.
    """
    options = options or ImportOptions()
    job = job or Job()
    check_file(path)
    digest = _digest(path)
    task, take = _TASKS[kind]
    answers = stream(task, _payload(store, kind, path, options), _LIMITS, job)
    try:
        head = next(answers)
        origin = Origin(path.name, head["layout"], store.now(), store.today().isoformat(), store.by)
        policy = options.policy or {name: Policy(word) for name, word in head.get("policy", {}).items()}
        with store.batch(Op.IMPORT) as (writer, written):
            tally = Tally()
            taking = Taking(store, writer, origin, options.on_match, job, tally, options.item, options.create, policy,
                            _who_is_there(options.same), options.person_id)  # fmt: skip
            take(taking, answers)
            if not tally.rows:
                raise KnownError("import.no_rows", file=path.name)
            result = _result(kind, path, digest, head, tally)
            if options.dry_run:
                raise _DryRun(result)
            batch = _remember(store, writer, result, digest)
    except _DryRun as dry:
        return dry.result
    finally:
        answers.close()
    return replace(result, batch=batch, changes=written.changes)


def _payload(store: Store, kind: ImportKind, path: Path, options: ImportOptions) -> dict[str, Any]:
    """What the reading child process is told; it looks at no workspace."""
    shapes = remembered(kind.value) if options.use_remembered and not options.mapping else {}
    return {
        "path": str(path.absolute()),
        "mapping": dict(options.mapping),
        "kind": kind.value,
        "today": store.today().isoformat(),
        "shapes": shapes,
    }


def _who_is_there(same: Mapping[int, int]) -> dict[int, int]:
    """The user's word on doubles, without people who are gone."""
    wanted = [person for person in same.values() if person > 0]
    there = {row.id for row in Person.select(Person.id).where(Person.id.in_(wanted))} if wanted else set()
    return {row: person for row, person in same.items() if person <= 0 or person in there}


def _remember(store: Store, writer: BatchWriter, result: ImportResult, digest: str) -> int:
    """Write down an import, its notes, and what taking it back needs."""
    batch = ImportBatch.create(
        kind=result.kind.value,
        layout=result.layout,
        file_name=result.file,
        file_hash=digest,
        encoding=result.encoding,
        rows=result.rows,
        added=result.added,
        updated=result.updated,
        unchanged=result.unchanged,
        skipped=result.skipped,
        suppressed=result.suppressed,
        by=store.by,
        imported_at=store.now(),
    )
    columns = ("id", "batch_id", "row", "skipped", "code", "facts")
    notes = (
        (writer.next_id(ImportNote), batch.id, note.row, int(note.skipped), note.code, note.facts_as_text())
        for note in result.notes
    )
    writer.insert(ImportNote, columns, notes)
    writer.remember(batch.id)
    # What can no longer be taken back need not be known any longer.
    limit = (store.moment() - KEPT).strftime("%Y-%m-%dT%H:%M:%SZ")
    old = ImportBatch.select(ImportBatch.id).where(ImportBatch.imported_at < limit)
    ImportUpdate.delete().where(ImportUpdate.batch.in_(old)).execute()
    return int(batch.id)


def _result(kind: ImportKind, path: Path, digest: str, head: Mapping[str, Any], tally: Tally) -> ImportResult:
    same = (
        ImportBatch.select(ImportBatch.id)
        .where((ImportBatch.file_hash == digest) & ImportBatch.taken_back_at.is_null())
        .order_by(-ImportBatch.id)
        .first()
    )
    return ImportResult(
        batch=None,
        kind=kind,
        file=path.name,
        layout=head["layout"],
        encoding=head["encoding"],
        unused=tuple(tally.unused),
        seen_before=same.id if same else None,
        rows=tally.rows,
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged,
        skipped=tally.skipped,
        suppressed=tally.suppressed,
        doubles=tally.doubles,
        as_before=bool(head.get("as_before")),
        notes=tuple(sorted(tally.notes, key=lambda note: note.row)),
        changes=Changes(),
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KnownError("files.unreadable", file=path.name, why=error.strerror or str(error)) from error
