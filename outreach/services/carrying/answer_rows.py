"""What a carrier answers, read as plain values: rows of a file, in a child process, and lines that were pasted."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.numbers import currency_of, parse_amount, to_minor
from outreach.fields.text import clean, fold
from outreach.paths import resource
from outreach.services.importing.chunks import Unused, chunked
from outreach.services.importing.layouts import Column, days_of, read_header
from outreach.services.importing.tables import BadRow, open_table

KIND = "tracking"
_WHOLE_DAY = len("2026-11-24")
#: Our reference, as we write it into carriers' files, or as their forms make it larger.
REFERENCE = re.compile(r"[sS] ?0*([1-9]\d{0,17})", re.ASCII)


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield first what the file is, then its rows in chunks, all as plain values.

    Args:
        payload: ``path``.

    Yields:
        ``{"layout", "encoding"}`` first; then ``{"rows": [...]}``, each row as `record` makes it, or ``{"n", "skip":
        [code, facts]}``; last ``{"unused": [...]}``, the columns that nobody knows.

    Raises:
        KnownError: when the file cannot be read, or tells of no parcel or nothing about it.
    """
    path = Path(payload["path"])
    table = open_table(path)
    reading = read_header(KIND, table.header)
    known = {column.target for column in reading.columns}
    if not known & {"reference", "name", "last_name"} or not known & {"number", "status", "came", "day", "postage"}:
        raise KnownError("tracking.no_columns", file=path.name, headers=", ".join(table.header[:8]))
    yield {"layout": reading.layout, "encoding": table.encoding}
    unused = Unused(reading.unused)
    order = days_of(table, reading.columns)
    yield from chunked(
        {"n": row.number, "skip": [row.code, row.facts]}
        if isinstance(row, BadRow)
        else record(row.number, row.cells, reading.columns, order)
        for row in unused.watch(table.rows())
    )
    yield unused.answer()


def record(number: int, cells: Sequence[str], columns: Sequence[Column], order: str = "dmy") -> dict[str, Any]:
    """One answer as plain values.

    Returns:
        ``n`` row number, ``v`` what was told by the names of `outreach.services.carrying.answers.Answer`, ``w`` what is
        doubtful [code, facts].
    """
    found: dict[str, str] = {}
    heads: dict[str, str] = {}
    for column in columns:
        cell = clean(cells[column.index])
        if cell and column.target not in found:
            found[column.target], heads[column.target] = cell, column.header
    doubts: list[list[Any]] = []
    name = found.get("name") or " ".join(filter(None, (found.get("first_name"), found.get("last_name"))))
    values: dict[str, Any] = {"name": name}
    values |= {key: found.get(key, "") for key in ("reference", "postcode", "number", "carrier", "service")}
    state, day = _state(found, order, doubts)
    values |= {"state": state, "day": day}
    amount, currency = _postage(found, heads, doubts)
    values |= {"postage_minor": amount, "postage_currency": currency}
    return {"n": number, "v": values, "w": doubts}


def state_of(text: str) -> str:
    """What a carrier's status means: ``delivered``, ``returned``, ``lost`` or ``sent``; empty where it says nothing."""
    told = fold(text)
    return next((state for word, state in _states() if told.startswith(word)), "")


@cache
def _states() -> tuple[tuple[str, str], ...]:
    """The beginnings of statuses with what they mean, the longest first."""
    data = tomllib.loads(resource("import", f"{KIND}.toml").read_text(encoding="utf-8"))["status"]
    words = [(fold(word), state) for state, several in data.items() for word in several]
    return tuple(sorted(words, key=lambda each: -len(each[0])))


def _state(found: Mapping[str, str], order: str, doubts: list[list[Any]]) -> tuple[str, str]:
    """What became of a parcel, and on which day; empty where that is not told."""
    state = state_of(found.get("status", ""))
    if "status" in found and not state:
        doubts.append(["tracking.other_status", {"value": found["status"]}])
    came, went = (_day(found.get(key, ""), order, doubts) for key in ("came", "day"))
    if came and not state:
        state = "delivered"
    return state, came if state == "delivered" else went if state == "sent" else ""


def _day(text: str, order: str, doubts: list[list[Any]]) -> str:
    if not text:
        return ""
    # A time may follow the day.
    for part in (text, text.split("T")[0], text.split()[0]):
        day = parse_day(part, order)
        if day is not None and len(day) == _WHOLE_DAY:
            return day
    doubts.append(["rows.bad_date", {"value": text}])
    return ""


def _postage(found: Mapping[str, str], heads: Mapping[str, str], doubts: list[list[Any]]) -> tuple[int | None, str]:
    """What a parcel cost, in its currency: told by the amount, by a column of its own, or by the heading."""
    if "postage" not in found:
        return None, ""
    amount = parse_amount(found["postage"])
    told = (found["postage"], found.get("currency", ""), heads["postage"])
    currency = next((code for code in map(currency_of, told) if code), None)
    if amount is None or amount < 0:
        doubts.append(["rows.bad_amount", {"value": found["postage"]}])
        return None, ""
    if currency is None:
        doubts.append(["tracking.no_currency", {"value": found["postage"]}])
        return None, ""
    return to_minor(amount, currency), currency


def pasted(text: str, likeness: Callable[[str], int]) -> Iterator[dict[str, Any]]:
    """Lines that were pasted, each as `record` makes one.

    With headings above they are read as a table is. Without, each line tells in any order what it has: our reference, a
    tracking number, what became of it; of what else there is the first is a name and the second a postcode. A blank
    line is nobody's, and counts.

    Args:
        text: The lines, their cells between tabs, semicolons or commas.
        likeness: How much a cell is like a tracking number: 2 for one of a carrier that we know, 1 for what may be one
            of another carrier, 0 for what is none.
    """
    lines = text.rstrip().splitlines()
    rows = [_cells(line) for line in lines]
    reading = read_header(KIND, rows[0]) if rows and len(rows[0]) > 1 else None
    if reading is not None and len(reading.columns) > 1:
        width = len(rows[0])
        for number, cells in enumerate(rows[1:], start=2):
            if any(cells):
                yield record(number, [*cells, *("",) * width][:width], reading.columns)
        return
    for number, cells in enumerate(rows, start=1):
        if any(cells):
            yield {"n": number, "v": _told(cells, likeness), "w": []}


def _cells(line: str) -> list[str]:
    mark = next((each for each in "\t;," if each in line), "\t")
    cells = [clean(cell) for cell in line.split(mark)]
    # "s12 delivered": our reference stands before what is said of it.
    return [part for cell in cells for part in _parted(cell)]


def _parted(cell: str) -> list[str]:
    head, _, rest = cell.partition(" ")
    return [head, rest] if rest and REFERENCE.fullmatch(head) else [cell]


def _told(cells: Sequence[str], likeness: Callable[[str], int]) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(
        ("reference", "name", "postcode", "number", "carrier", "service", "state", "day", "postage_currency"), ""
    )
    values["postage_minor"] = None
    rest = []
    for cell in filter(None, cells):
        day = parse_day(cell) or ""
        if REFERENCE.fullmatch(cell) and not values["reference"]:
            values["reference"] = cell
        elif len(day) == _WHOLE_DAY and not values["day"]:
            values["day"] = day
        elif state_of(cell) and not values["state"]:
            values["state"] = state_of(cell)
        else:
            rest.append(cell)
    # A postcode may look like a number of some carrier; what surely is one goes first.
    best = max(rest, key=likeness, default="")
    if best and likeness(best):
        values["number"] = best
        rest.remove(best)
    values["name"], values["postcode"] = [*rest, "", ""][:2]
    return values
