"""Imports: bringing a file in, and taking it back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, command, group, plain, subcommand, table
from outreach.cli.tracking import bring_tracking
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services import refs
from outreach.services.carrying.answer_rows import KIND as TRACKING
from outreach.services.exporting.everything import KIND as EVERYTHING
from outreach.services.exporting.everything import Moved, import_everything
from outreach.services.importing import batches
from outreach.services.importing.handed import remember_file
from outreach.services.importing.layouts import mapping_from
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult, import_file
from outreach.services.importing.taking import OnMatch
from outreach.services.importing.tally import Note
from outreach.store.database import Store

imports = group("imports", "List imports, show one, take one back.")

#: How many rows are named below an import; all of them are in `outreach imports show`.
_MOST_NOTES = 12


@command("import")
@click.argument("kind", type=click.Choice([*(kind.value for kind in ImportKind), TRACKING, EVERYTHING]))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--map", "mapping", type=click.Path(path_type=Path), help="A TOML file that says what columns are.")
@click.option(
    "--on-match",
    type=click.Choice([each.value for each in OnMatch]),
    default=OnMatch.UPDATE.value,
    show_default=True,
    help="What to do with those who are there already.",
)
@click.option("--item", help="The title that a list of gifts or posts is about where its rows name none.")
@click.option("--create", is_flag=True, help="Make the titles and people that a list of gifts or posts names.")
@click.option("--remember", is_flag=True, help="Read sheets with the same headings like this from now on.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--sent", is_flag=True, help="With KIND tracking: parcels that get a number are on their way.")
@click.option("--person", help="Whose reading it is, with KIND tastes: an id, an e-mail, @handle or a name.")
def import_(session: Session, kind: str, files: tuple[Path, ...], *, dry_run: bool, sent: bool, **said: Any) -> None:
    """Import a list from FILES: CSV, Excel, OpenDocument, vCard for people, ONIX 3.0 for a catalogue.

    A list of people may tell of gifts and posts in columns of its own; they come with it. "gifts" and "posts" are lists
    of those alone, of people and titles that are there already. "suppressions" are addresses never to write to.
    "tastes" is somebody's own export of Goodreads or StoryGraph. "tracking" is what a carrier answers of parcels, found
    by our reference, else by name and postcode. "everything" is what "outreach export everything" wrote, into an empty
    workspace.

    All of it comes in, or nothing: when one of several files cannot be imported, those before it are taken back.
    "outreach imports undo" takes an import back later.

    \b
    A file for --map says what columns are, and what becomes of values that are known already:
      "Their heading" = "email"
      [policy]
      notes = "keep"
    A policy is replace, add or keep, of name, notes, email, account, address, tags, tastes, phone and the like.

    \b
    Examples:
      outreach import people contacts.csv
      outreach import catalogue frontlist.xml
      outreach import people list.xlsx --dry-run
      outreach import gifts tracker.tsv --item "The Salt Orchard"
      outreach import suppressions unsubscribed.csv
      outreach import tracking royal-mail.csv --sent
      outreach import tastes goodreads_library_export.csv --person @mayareadsbynight
    """
    if kind == TRACKING:
        bring_tracking(session, files, dry_run=dry_run, sends=sent)
    else:
        _bring_lists(session, kind, files, dry_run=dry_run, **said)


def _bring_lists(
    session: Session,
    kind: str,
    files: tuple[Path, ...],
    *,
    mapping: Path | None,
    on_match: str,
    item: str | None,
    create: bool,
    remember: bool,
    dry_run: bool,
    person: str | None,
) -> None:
    if person is not None and kind != ImportKind.TASTES.value:
        raise KnownError("import.not_whose")
    columns, policy = mapping_from(mapping) if mapping else ({}, {})
    with session.writing() as store:
        title = refs.item_id(item) if item else None
        whose = refs.person_id(person) if person is not None else None
        options = ImportOptions(OnMatch(on_match), columns, dry_run, policy, title, create=create, person_id=whose)
        results = _bring_all(session, store, kind, files, options, keep=remember and not dry_run)
    session.show(
        [_as_json(result) for result in results],
        lambda: [line for result in results for line in _lines(session, result, dry_run=dry_run)],
    )


def _bring_all(
    session: Session, store: Store, kind: str, files: Sequence[Path], options: ImportOptions, *, keep: bool
) -> list[ImportResult | Moved]:
    """Bring files in, all of them or none: when one cannot be imported, those before it are taken back."""
    results: list[ImportResult | Moved] = []
    try:
        for file in files:
            with session.working(file.name) as job:
                results.append(_bring(store, kind, file.expanduser(), options, job, keep=keep))
    except BaseException:
        for result in reversed(results):
            if isinstance(result, ImportResult) and result.batch is not None:
                batches.take_back(store, result.batch)
        raise
    return results


def _bring(
    store: Store, kind: str, path: Path, options: ImportOptions, job: Job, *, keep: bool
) -> ImportResult | Moved:
    """Bring one file in, and keep what was said of its columns where that is wanted."""
    if kind == EVERYTHING:
        return import_everything(store, path, job, dry_run=options.dry_run)
    result = import_file(store, ImportKind(kind), path, options, job)
    if keep and options.mapping:
        remember_file(store, ImportKind(kind), path, options.mapping, options.policy)
    return result


def _as_json(result: ImportResult | Moved) -> dict[str, object]:
    found: dict[str, object] = plain(result)
    del found["changes"]
    return found


def _lines(session: Session, result: ImportResult | Moved, *, dry_run: bool) -> list[str]:
    words = session.words
    if isinstance(result, Moved):
        code = "import.everything_dry" if dry_run else "import.everything"
        return [words.say(code, rows=words.count("rows", result.rows), file=result.file)]
    lines = [
        words.say(
            "import.dry_run" if dry_run else "import.done",
            file=result.file,
            layout=words.term("layout", result.layout),
            rows=result.rows,
            added=result.added,
            updated=result.updated,
            unchanged=result.unchanged,
            skipped=result.skipped,
        )
    ]
    if result.suppressed:
        lines.append(words.count("import.suppressed", result.suppressed))
    if result.as_before:
        lines.append(words.say("import.as_before"))
    if result.doubles:
        lines.append(words.count("import.doubles", result.doubles))
    if result.unused:
        lines.append(words.say("import.unused", columns=", ".join(result.unused)))
    if result.seen_before:
        lines.append(words.say("import.seen_before", batch=result.seen_before))
    lines += [_note(session, note) for note in result.notes[:_MOST_NOTES]]
    if len(result.notes) > _MOST_NOTES:
        lines.append(words.count("import.more_notes", len(result.notes) - _MOST_NOTES))
    if result.batch is not None:
        lines.append(words.say("import.undo_with", batch=result.batch))
    return lines


def _note(session: Session, note: Note) -> str:
    code = "import.skipped_row" if note.skipped else "import.row"
    return session.words.say(code, row=note.row, what=session.words.note(note.code, note.facts))


@subcommand(imports, "list")
def list_imports(session: Session) -> None:
    """List all imports, the newest first.

    \b
    Example:
      outreach imports list
    """
    with session.reading():
        rows = batches.list_batches()
    session.show(
        rows,
        lambda: table(
            ("Number", "What", "File", "As", "Rows", "New", "Updated", "Skipped", "When", "Taken back"),
            [
                (
                    row.id,
                    session.words.term("import_kind", row.kind),
                    row.file,
                    session.words.term("layout", row.layout),
                    row.rows,
                    row.added,
                    row.updated,
                    row.skipped,
                    session.words.moment(row.imported_at),
                    session.words.moment(row.taken_back_at),
                )
                for row in rows
            ],
        ),
    )


@subcommand(imports, "show")
@click.argument("batch", type=int)
def show_import(session: Session, batch: int) -> None:
    """Show import BATCH, with every row that was skipped or doubtful.

    \b
    Example:
      outreach imports show 3
    """
    with session.reading():
        row, notes = batches.show_batch(batch)
    words = session.words
    session.show(
        {**plain(row), "notes": plain(notes)},
        lambda: [
            words.say(
                "import.done",
                file=row.file,
                layout=session.words.term("layout", row.layout),
                rows=row.rows,
                added=row.added,
                updated=row.updated,
                unchanged=row.unchanged,
                skipped=row.skipped,
            ),
            *(_note(session, note) for note in notes),
        ],
    )


@subcommand(imports, "undo")
@click.argument("batch", type=int)
def undo_import(session: Session, batch: int) -> None:
    """Take import BATCH back: whom it added goes, what it changed is as before.

    \b
    Example:
      outreach imports undo 3
    """
    with session.writing() as store:
        batches.take_back(store, batch)
    session.show({"taken_back": batch}, lambda: [session.words.say("import.taken_back", batch=batch)])
