"""Carriers' answers by command: all of the files come in, or none."""

from collections.abc import Sequence
from pathlib import Path

from outreach.cli.frame import Session, money, plain
from outreach.services.carrying.booking import TrackingResult, import_tracking
from outreach.services.importing.batches import take_back
from outreach.store.database import Store

#: How many rows are named below an import; all of them are in `outreach imports show`.
_MOST_NOTES = 40


def bring_tracking(session: Session, files: Sequence[Path], *, dry_run: bool, sends: bool) -> None:
    """Book what carriers answer, and list what could not be told."""
    with session.writing() as store:
        results = _bring_all(session, store, files, dry_run=dry_run, sends=sends)
    session.show(
        [_as_json(result) for result in results],
        lambda: [line for result in results for line in _lines(session, result, dry_run=dry_run)],
    )


def _bring_all(
    session: Session, store: Store, files: Sequence[Path], *, dry_run: bool, sends: bool
) -> list[TrackingResult]:
    results: list[TrackingResult] = []
    try:
        for file in files:
            with session.working(file.name) as job:
                results.append(import_tracking(store, file.expanduser(), job, dry_run=dry_run, sends=sends))
    except BaseException:
        for result in reversed(results):
            if result.batch is not None:
                take_back(store, result.batch)
        raise
    return results


def _as_json(result: TrackingResult) -> dict[str, object]:
    found: dict[str, object] = plain(result)
    del found["changes"]
    found["postage"] = [money(minor, currency) for currency, minor in sorted(result.postage.items())]
    return found


def _lines(session: Session, result: TrackingResult, *, dry_run: bool) -> list[str]:
    words = session.words
    lines = [
        words.say(
            "tracking.dry_run" if dry_run else "tracking.done",
            file=result.file,
            rows=result.rows,
            booked=result.booked,
            unchanged=result.unchanged,
            wrong=result.wrong,
        )
    ]
    lines += [
        words.say("tracking.moved", state=words.term("shipment_state", state), parcels=words.count("parcels", count))
        for state, count in result.moved.items()
    ]
    if result.postage:
        sums = [words.money(minor, currency) for currency, minor in sorted(result.postage.items())]
        lines.append(words.say("tracking.postage", sums=words.listing(sums)))
    if result.unused:
        lines.append(words.say("import.unused", columns=", ".join(result.unused)))
    if result.seen_before:
        lines.append(words.say("import.seen_before", batch=result.seen_before))
    for note in result.notes[:_MOST_NOTES]:
        code = "import.skipped_row" if note.skipped else "import.row"
        lines.append(words.say(code, row=note.row, what=words.note(note.code, note.facts)))
    if len(result.notes) > _MOST_NOTES:
        lines.append(words.count("import.more_notes", len(result.notes) - _MOST_NOTES))
    if result.batch is not None:
        lines.append(words.say("import.undo_with", batch=result.batch))
    return lines
