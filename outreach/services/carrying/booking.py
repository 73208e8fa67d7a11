"""Booking what carriers answer: all of a file or of what was pasted in one step, which is one step of undo as well."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.carrying.answer_rows import KIND
from outreach.services.carrying.answers import Answer, AnswerPlan, Booking, answers_of, match_answers
from outreach.services.carrying.listing import ShipmentState
from outreach.services.importing.files import check_file
from outreach.services.importing.tally import Note
from outreach.services.shipments.shipments import deliver_one, return_one, send_one
from outreach.store.database import Store
from outreach.store.models import (
    Address,
    Gift,
    GiftStep,
    ImportBatch,
    ImportInsert,
    ImportNote,
    ImportUpdate,
    InsertMovement,
    Shipment,
    ShipmentGift,
    StockMovement,
    Table,
)
from outreach.workers import Limits, stream

_LIMITS = Limits(seconds=60, memory_mb=700)
_AT_ONCE = 500
#: What an answer can change, so that an import can be taken back: columns by table, and tables that get rows.
_CHANGED: tuple[tuple[type[Table], tuple[str, ...]], ...] = (
    (Shipment, ("tracking_number", "carrier", "service", "state", "sent_on", "delivered_on", "note", "postage_minor",
                "postage_currency")),
    (Gift, ("state", "state_on", "sent_on", "delivered_on", "note", "ask_again_on")),
    (Address, ("confirmed_on",)),
)  # fmt: skip
_ADDED: tuple[type[Table], ...] = (GiftStep, StockMovement, InsertMovement)

_Image = dict[tuple[str, int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """A carrier's file, read."""

    name: str
    digest: str
    layout: str
    encoding: str
    unused: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class TrackingResult:
    """What came of a carrier's file.

    Attributes:
        batch: The number of the import, for taking it back; None after a dry run or where nothing was new.
        seen_before: The number of an import of the very same file, if there was one.
        numbered: How many parcels got a tracking number.
        moved: By `ShipmentState` how many parcels went on.
        postage: What the booked rows tell of postage, added up for each currency apart, in its minor units.
        wrong: How many rows were left out; `notes` says why.
    """

    batch: int | None
    kind: str
    file: str
    layout: str
    encoding: str
    unused: tuple[str, ...]
    seen_before: int | None
    rows: int
    booked: int
    numbered: int
    moved: Mapping[str, int]
    postage: Mapping[str, int]
    unchanged: int
    wrong: int
    notes: tuple[Note, ...]
    changes: Changes


def read_answers(path: Path, job: Job | None = None) -> AnswersFile:
    """Read a carrier's file in a child process.

    Raises:
        KnownError: when it cannot be read, or ``tracking.no_columns`` where it tells nothing of parcels.
        Cancelled: when the job was stopped.
    """
    check_file(path)
    digest = _digest(path)
    records: list[Mapping[str, Any]] = []
    unused: list[str] = []
    payload = {"path": str(path.absolute())}
    with closing(stream("outreach.services.carrying.answer_rows:read", payload, _LIMITS, job or Job())) as found:
        head = next(found)
        for each in found:
            records += each.get("rows", ())
            unused += each.get("unused", ())
    return AnswersFile(path.name, digest, head["layout"], head["encoding"], tuple(unused), tuple(answers_of(records)))


def import_tracking(
    store: Store, path: Path, job: Job | None = None, *, dry_run: bool = False, sends: bool = False
) -> TrackingResult:
    """Book what a carrier's file says of our parcels; what cannot be told is left out and listed.

    Args:
        store: The open workspace.
        path: The file, of any kind of table.
        job: Its cancelling ends the reading.
        dry_run: Say what would be booked, and book nothing.
        sends: Whether parcels that get a number are on their way.

    Raises:
        KnownError: as `read_answers`; then nothing is booked.
    """
    read = read_answers(path, job)
    plan = match_answers(store, read.answers, sends=sends)
    result = _result(read, plan)
    if dry_run or not plan.bookings:
        return result
    with store.operation(Op.BOOK_TRACKING) as written:
        before, last = _images(plan.bookings), _last_ids()
        _book(store, plan.bookings)
        batch = _remember(store, result, read.digest, before, _images(plan.bookings), last)
    return replace(result, batch=batch, changes=written.changes)


def book_answers(store: Store, plan: AnswerPlan) -> Changes:
    """Book what was pasted: all of a plan, as one step of undo.

    Raises:
        KnownError: when a parcel went on since the plan was made; then nothing is booked.
    """
    with store.operation(Op.BOOK_TRACKING) as written:
        _book(store, plan.bookings)
    return written.changes


def _book(store: Store, bookings: Sequence[Booking]) -> None:
    for each in bookings:
        told = {"tracking_number": each.number, "carrier": each.carrier, "service": each.service}
        columns: dict[str, Any] = {name: value for name, value in told.items() if value}
        if each.postage_minor is not None:
            columns |= {"postage_minor": each.postage_minor, "postage_currency": each.postage_currency}
        if columns:
            Shipment.update(**columns).where(Shipment.id == each.shipment_id).execute()
        if each.state:
            _move(store, each)


def _move(store: Store, booking: Booking) -> None:
    """Let a parcel go on; whatever became of it, it went first."""
    day = booking.day or store.today().isoformat()
    shipment = booking.shipment_id
    if Shipment.get_by_id(shipment).state == ShipmentState.PACKING:
        send_one(store, shipment, day)
    match ShipmentState(booking.state):
        case ShipmentState.DELIVERED:
            deliver_one(store, shipment, day)
        case ShipmentState.RETURNED:
            return_one(store, shipment, day)
        case ShipmentState.LOST:
            return_one(store, shipment, day, lost=True)


def _result(read: AnswersFile, plan: AnswerPlan) -> TrackingResult:
    same = (ImportBatch.file_hash == read.digest) & ImportBatch.taken_back_at.is_null()
    before = ImportBatch.select(ImportBatch.id).where(same).order_by(-ImportBatch.id).first()
    states = [each.state for each in plan.bookings if each.state]
    postage: dict[str, int] = {}
    for each in plan.bookings:
        if each.postage_minor is not None:
            postage[each.postage_currency] = postage.get(each.postage_currency, 0) + each.postage_minor
    return TrackingResult(
        batch=None,
        kind=KIND,
        file=read.name,
        layout=read.layout,
        encoding=read.encoding,
        unused=read.unused,
        seen_before=before.id if before else None,
        rows=plan.rows,
        booked=len(plan.bookings),
        numbered=sum(bool(each.number) for each in plan.bookings),
        moved={state: states.count(state) for state in dict.fromkeys(states)},
        postage=postage,
        unchanged=plan.unchanged,
        wrong=plan.wrong,
        notes=plan.notes,
        changes=Changes(),
    )


def _remember(
    store: Store, result: TrackingResult, digest: str, before: _Image, after: _Image, last: Mapping[type[Table], int]
) -> int:
    """Write the import down with what taking it back needs, inside the caller's operation."""
    batch = ImportBatch.create(
        kind=KIND, layout=result.layout, file_name=result.file, file_hash=digest, encoding=result.encoding,
        rows=result.rows, added=0, updated=result.booked, unchanged=result.unchanged, skipped=result.wrong,
        by=store.by, imported_at=store.now(),
    )  # fmt: skip
    notes = [
        {"batch": batch.id, "row": note.row, "skipped": int(note.skipped), "code": note.code,
         "facts": note.facts_as_text()}
        for note in result.notes
    ]  # fmt: skip
    updates = []
    for (table, row_id), old in before.items():
        changed = {name: value for name, value in after[table, row_id].items() if value != old[name]}
        if changed:
            first = {name: old[name] for name in changed}
            updates.append({"batch": batch.id, "table_name": table, "row_id": row_id, "before": _text(first),
                            "after": _text(changed)})  # fmt: skip
    inserts = []
    for model, newest in last.items():
        run = model.select(fn.MIN(model.id), fn.MAX(model.id)).where(model.id > newest).tuples().get()
        if run[0] is not None:
            inserts.append({"batch": batch.id, "table_name": _name(model), "first_id": run[0], "last_id": run[1]})
    for table_, rows in ((ImportNote, notes), (ImportUpdate, updates), (ImportInsert, inserts)):
        for some in _some(rows):
            table_.insert_many(some).execute()
    return int(batch.id)


def _images(bookings: Sequence[Booking]) -> _Image:
    """The rows that bookings can change, by table and id, with their columns."""
    found: _Image = {}
    parcels = [each.shipment_id for each in bookings]
    for some in _some(parcels):
        addresses = Shipment.select(Shipment.address).where(Shipment.id.in_(some))
        gifts = ShipmentGift.select(ShipmentGift.gift).where(ShipmentGift.shipment.in_(some))
        for (model, columns), ids in zip(_CHANGED, (some, gifts, addresses), strict=True):
            fields = [getattr(model, name) for name in columns]
            for row_id, *values in model.select(model.id, *fields).where(model.id.in_(ids)).tuples():
                found[_name(model), row_id] = dict(zip(columns, values, strict=True))
    return found


def _last_ids() -> dict[type[Table], int]:
    return {model: model.select(fn.MAX(model.id)).scalar() or 0 for model in _ADDED}


def _text(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _some(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))


def _name(model: type[Table]) -> str:
    return str(model._meta.table_name)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KnownError("files.unreadable", file=path.name, why=error.strerror or str(error)) from error
