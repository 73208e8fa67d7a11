"""A list of what was counted below posts: read in a child process, looked at, then kept whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.accounts import parse_post_url
from outreach.fields.dates import parse_day
from outreach.fields.numbers import parse_count
from outreach.fields.text import clean
from outreach.jobs import Job
from outreach.services.importing.chunks import chunked
from outreach.services.importing.files import check_file
from outreach.services.importing.layouts import Column, days_of, read_header
from outreach.services.importing.tables import BadRow, open_table
from outreach.services.posts.readings import COUNTS, check_counts, keep_counts
from outreach.store.database import Store
from outreach.store.models import Post
from outreach.workers import Limits, stream

KIND = "counts"
#: More readings than this are not one list.
MOST = 20_000
_LIMITS = Limits(seconds=30, memory_mb=400)
_WHOLE_DAY = len("2026-11-24")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of the list.

    Attributes:
        number: As a spreadsheet shows it.
        told: What it says of the post: an address or a number of ours.
        post: Which post that is; None where there is none.
        day: The day of the reading.
        values: What was counted.
        wrong: Why it cannot be kept, as a code of `outreach.wording.notes`; empty where it can.
        facts: What that sentence is about.
    """

    number: int
    told: str
    post: int | None
    day: str
    values: Mapping[str, int]
    wrong: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountFile:
    """A list as it would be kept.

    Attributes:
        file: Its name.
        rows: All rows.
    """

    file: str
    rows: tuple[CountRow, ...]

    @property
    def wrong(self) -> tuple[CountRow, ...]:
        """The rows that stand in the way of keeping any."""
        return tuple(row for row in self.rows if row.wrong)


@dataclass(frozen=True, slots=True)
class CountsKept:
    """What came of a list.

    Attributes:
        new: How many readings it added or changed.
        known: How many were there already.
    """

    new: int
    known: int
    changes: Changes


def look_through(store: Store, path: Path, job: Job | None = None) -> CountFile:
    """Read a list and find its posts; nothing is written.

    Raises:
        KnownError: when the file cannot be read, ``counts.no_columns``, ``counts.too_many``.
        Cancelled: when the job was stopped.
    """
    check_file(path)
    records: list[Mapping[str, Any]] = []
    answers = stream(f"{__name__}:read", {"path": str(path.absolute())}, _LIMITS, job or Job())
    with closing(answers):
        for answer in answers:
            records += answer.get("rows", ())
            if len(records) > MOST:
                raise KnownError("counts.too_many", file=path.name, most=MOST)
    posts = _posts(records)
    today = store.today().isoformat()
    seen: dict[tuple[int, str], int] = {}
    return CountFile(path.name, tuple(_row(record, posts, today, seen) for record in records))


def keep_file(store: Store, found: CountFile) -> CountsKept:
    """Keep all readings of a list as one step of undo.

    Raises:
        KnownError: ``counts.wrong_rows`` when a row of it cannot be kept; then none is. ``posts.gone``.
    """
    if found.wrong:
        raise KnownError("counts.wrong_rows", file=found.file, rows=len(found.rows), wrong=len(found.wrong),
                         row=found.wrong[0].number)  # fmt: skip
    with store.operation(Op.NOTE_COUNTS) as written:
        new = sum(keep_counts(store, row.post, row.values, row.day) for row in found.rows if row.post is not None)
    return CountsKept(new, len(found.rows) - new, written.changes)


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a list, in a child process.

    Args:
        payload: ``{"path"}``.

    Raises:
        KnownError: when the file cannot be read, or has no column of posts or of anything counted.
    """
    path = Path(payload["path"])
    table = open_table(path)
    columns = read_header(KIND, table.header).columns
    known = {column.target for column in columns}
    if "post" not in known or not known & set(COUNTS):
        raise KnownError("counts.no_columns", file=path.name, headers=", ".join(table.header[:8]))
    order = days_of(table, columns)
    yield from chunked(
        {"n": row.number, "wrong": row.code, "facts": row.facts}
        if isinstance(row, BadRow)
        else _record(row.number, row.cells, columns, order)
        for row in table.rows()
    )


def _record(number: int, cells: Sequence[str], columns: Sequence[Column], order: str) -> dict[str, Any]:
    told: dict[str, str] = {}
    for column in columns:
        cell = clean(cells[column.index])
        if cell:
            told.setdefault(column.target, cell)
    record: dict[str, Any] = {"n": number, "post": told.get("post", ""), "day": "", "values": {}}
    if "post" not in told:
        return {**record, "wrong": "counts.no_post", "facts": {}}
    if "read_on" in told:
        day = parse_day(told["read_on"].split("T")[0], order)
        if day is None or len(day) != _WHOLE_DAY:
            return {**record, "wrong": "counts.no_day", "facts": {"value": told["read_on"][:40]}}
        record["day"] = day
    for name in COUNTS:
        if name in told:
            count = parse_count(told[name])
            if count is None:
                return {**record, "wrong": "counts.no_number", "facts": {"value": told[name][:40]}}
            record["values"][name] = count
    return record


def _row(
    record: Mapping[str, Any], posts: Mapping[str, tuple[int, str]], today: str, seen: dict[tuple[int, str], int]
) -> CountRow:
    told, day = str(record.get("post", "")), str(record.get("day", "")) or today
    post, posted_on = posts.get(told, (None, ""))
    values = record.get("values", {})

    def wrong(code: str, facts: Mapping[str, Any]) -> CountRow:
        return CountRow(record["n"], told, post, day, values, code, facts)

    if record.get("wrong"):
        return wrong(record["wrong"], record["facts"])
    if post is None:
        return wrong("counts.unknown_post", {"value": told[:200]})
    try:
        check_counts(values, day, posted_on, today)
    except KnownError as error:
        return wrong(error.code, error.facts)
    if (post, day) in seen:
        return wrong("counts.same_day", {"row": seen[post, day]})
    seen[post, day] = record["n"]
    return CountRow(record["n"], told, post, day, values)


def _posts(records: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, str]]:
    """By what rows say of a post its id and its day."""
    keys: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for told in {str(record.get("post", "")) for record in records}:
        link = parse_post_url(told)
        if link is not None:
            keys[told] = link.key
        elif told[:1] in "oO" and told[1:].isascii() and told[1:].isdigit() and len(told) < len("o") + 18:
            numbers[told] = int(told[1:])
    by_key = _found(Post.key, list(keys.values()))
    by_id = _found(Post.id, list(numbers.values()))
    found = {told: by_key[key] for told, key in keys.items() if key in by_key}
    return found | {told: by_id[number] for told, number in numbers.items() if number in by_id}


def _found(column: Any, values: Sequence[Any]) -> dict[Any, tuple[int, str]]:
    found: dict[Any, tuple[int, str]] = {}
    for start in range(0, len(values), _CHUNK):
        query = Post.select(column, Post.id, Post.posted_on).where(column.in_(values[start : start + _CHUNK]))
        found |= {key: (row_id, day) for key, row_id, day in query.tuples()}
    return found
