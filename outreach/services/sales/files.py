"""A list of sales by code, by ISBN or by title: read in a child process, looked at, then kept whole or not at all.

A sale that was kept already is known by its key: the number of its order where the list has one, else all that it
says, and which of several such rows it is. The same list read again, or one that overlaps with it, adds nothing twice.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.importing.files import check_file
from outreach.services.sales.finding import Found, find_sold
from outreach.services.sales.log import Evidence, SaleKind
from outreach.store.database import Store
from outreach.store.models import Sale
from outreach.workers import Limits, stream

#: More sales than this are not one list.
MOST = 50_000
_LIMITS = Limits(seconds=60, memory_mb=500)
_READ = "outreach.services.sales.rows:read"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A row of the list.

    Attributes:
        number: As a spreadsheet shows it.
        told: What it says was sold: a code, an ISBN, a title.
        key: By which it is known when it comes again.
        is_known: Whether it was kept already.
        wrong: Why it cannot be kept, as a code of `outreach.wording.notes`; empty where it can.
    """

    number: int
    told: str
    day: str
    copies: int
    orders: int | None = None
    minor: int | None = None
    currency: str = ""
    kind: str = SaleKind.SALES.value
    evidence: str = ""
    source: str = ""
    sold: Found = field(default_factory=Found)
    key: str = ""
    is_known: bool = False
    wrong: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SalesFile:
    """A list as it would be kept; `file` is its name."""

    file: str
    rows: tuple[SaleRow, ...]

    @property
    def wrong(self) -> tuple[SaleRow, ...]:
        """The rows that stand in the way of keeping any."""
        return tuple(row for row in self.rows if row.wrong)

    @property
    def new(self) -> tuple[SaleRow, ...]:
        """The rows that were not kept already."""
        return tuple(row for row in self.rows if not row.wrong and not row.is_known)


@dataclass(frozen=True, slots=True)
class SalesKept:
    """What came of a list: how many sales it added, and how many were there already."""

    new: int
    known: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of all rows of a list that do not say it themselves.

    Attributes:
        currency: Of amounts without one.
        source: Whose books they are; the file's name where it is empty.
    """

    currency: str = ""
    source: str = ""
    evidence: Evidence = Evidence.VERIFIED


def look_through(store: Store, path: Path, job: Job | None = None, given: Given | None = None) -> SalesFile:
    """Read a list and find what was sold; nothing is written.

    Raises:
        KnownError: when the file cannot be read, ``sales.no_columns``, ``sales.too_many``.
        Cancelled: when the job was stopped.
    """
    check_file(path)
    given = given or Given()
    records: list[Mapping[str, Any]] = []
    payload = {"path": str(path.absolute()), "currency": given.currency}
    answers = stream(_READ, payload, _LIMITS, job or Job())
    with closing(answers):
        for answer in answers:
            records += answer.get("rows", ())
            if len(records) > MOST:
                raise KnownError("sales.too_many", file=path.name, most=MOST)
    sold, keys = find_sold(records), _keys(records)
    known = _known(keys)
    given = replace(given, source=given.source or path.name)
    rows = (_row(record, sold, store.today().isoformat(), given) for record in records)
    return SalesFile(
        path.name,
        tuple(replace(row, key=key, is_known=key in known) for row, key in zip(rows, keys, strict=True)),
    )


def keep_sales(store: Store, found: SalesFile, job: Job | None = None) -> SalesKept:
    """Keep all sales of a list as one step of undo; those that were kept already are passed over.

    Raises:
        KnownError: ``sales.wrong_rows`` when a row of it cannot be kept; then none is.
        Cancelled: when the job was stopped; then none is kept.
    """
    if found.wrong:
        raise KnownError("sales.wrong_rows", file=found.file, rows=len(found.rows), wrong=len(found.wrong),
                         row=found.wrong[0].number)  # fmt: skip
    job, new = job or Job(), 0
    with store.operation(Op.IMPORT_SALES) as written:
        for start in range(0, len(found.rows), _CHUNK):
            some = found.rows[start : start + _CHUNK]
            job.report(start, total=len(found.rows))
            known = _known([row.key for row in some])
            rows = [_columns(store, row) for row in some if row.key not in known]
            if rows:
                Sale.insert_many(rows).execute()
            new += len(rows)
    return SalesKept(new, len(found.rows) - new, written.changes)


def _columns(store: Store, row: SaleRow) -> dict[str, Any]:
    return {
        "kind": row.kind, "sold_on": row.day, "copies": row.copies, "orders": row.orders, "amount_minor": row.minor,
        "currency": row.currency, "item": row.sold.item, "edition": row.sold.edition, "sales_code": row.sold.code,
        "evidence": row.evidence, "source": row.source, "key": row.key, "by": store.by, "created_at": store.now(),
    }  # fmt: skip


def _keys(records: Sequence[Mapping[str, Any]]) -> list[str]:
    seen: Counter[str] = Counter()
    keys = []
    for record in records:
        if record.get("order"):
            # An order may have several lines, each of another title.
            said = "\x1f".join(("order", *(str(record.get(name, "")) for name in ("source", "order", "isbn", "title"))))
        else:
            said = "\x1f".join(str(record.get(name, "")) for name in (
                "day", "code", "isbn", "title", "kind", "copies", "orders", "minor", "currency", "source",
            ))  # fmt: skip
        seen[said] += 1
        keys.append(sha256(f"{said}\x1f{seen[said]}".encode()).hexdigest()[:32])
    return keys


def _known(keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), _CHUNK):
        query = Sale.select(Sale.key).where(Sale.key.in_(list(keys[start : start + _CHUNK])))
        found.update(key for (key,) in query.tuples())
    return found


def _row(
    record: Mapping[str, Any], sold: Mapping[str, Found | tuple[str, str]], today: str, given: Given
) -> SaleRow:  # fmt: skip
    told = [str(record[name]) for name in ("code", "isbn", "title") if record.get(name)]
    values = {
        "number": record["n"], "told": ", ".join(told), "day": record.get("day", ""), "copies": record.get("copies", 0),
    }  # fmt: skip
    found, wrong = Found(), (str(record.get("wrong", "")), dict(record.get("facts", {})))
    if not wrong[0]:
        found, wrong = _sold(record, sold)
    if not wrong[0] and record["day"] > today:
        wrong = ("sales.future", {"on_day": record["day"]})
    if wrong[0]:
        return SaleRow(**values, wrong=wrong[0], facts=wrong[1])
    return SaleRow(
        **values, orders=record.get("orders"), minor=record.get("minor"), currency=record.get("currency", ""),
        kind=record.get("kind") or SaleKind.SALES.value, evidence=record.get("evidence") or given.evidence.value,
        source=record.get("source") or given.source, sold=found,
    )  # fmt: skip


def _sold(
    record: Mapping[str, Any], sold: Mapping[str, Found | tuple[str, str]]
) -> tuple[Found, tuple[str, dict[str, Any]]]:
    """What a row says was sold, all its columns together, or why that is not known."""
    whole, wrong = Found(), ("", dict[str, Any]())
    for name in ("code", "isbn", "title"):
        if record.get(name):
            one = sold[f"{name}\x1f{record[name]}"]
            if isinstance(one, tuple):
                # A title in words matters only where nothing better says what was sold.
                if name != "title" or whole == Found():
                    wrong = wrong if wrong[0] else (one[0], {"value": one[1]})
            elif name != "title" or whole.item is None:
                whole = whole.with_more(one)
    return whole, wrong
