"""The rows of a list of sales, read in a child process: plain values, or why a row cannot be used."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.isbn import parse_isbn
from outreach.fields.numbers import currency_of, parse_amount, parse_count, to_minor
from outreach.fields.text import clean, fold
from outreach.services.importing.chunks import chunked
from outreach.services.importing.layouts import Column, days_of, read_header
from outreach.services.importing.tables import BadRow, open_table

KIND = "sales"
_WHOLE_DAY = len("2026-11-24")
_MOST = 10**9
_KINDS = ("sales", "pre_orders", "library_orders", "club_copies")
_EVIDENCE = ("claimed", "seen", "verified")
_Wrong = tuple[str, dict[str, Any]]


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a list.

    Args:
        payload: ``{"path", "currency"}``, the latter of amounts that do not name one.

    Raises:
        KnownError: when the file cannot be read, or has no column of days, of copies, or of what was sold.
    """
    path = Path(payload["path"])
    table = open_table(path)
    columns = read_header(KIND, table.header).columns
    known = {column.target for column in columns}
    if not {"sold_on", "copies"} <= known or not known & {"code", "isbn", "title"}:
        raise KnownError("sales.no_columns", file=path.name, headers=", ".join(table.header[:8]))
    order, currency = days_of(table, columns), str(payload.get("currency", ""))
    yield from chunked(
        {"n": row.number, "wrong": row.code, "facts": row.facts}
        if isinstance(row, BadRow)
        else _record(row.number, row.cells, columns, order, currency)
        for row in table.rows()
    )


def _record(number: int, cells: Sequence[str], columns: Sequence[Column], order: str, currency: str) -> dict[str, Any]:
    told: dict[str, str] = {}
    for column in columns:
        cell = clean(cells[column.index])
        if cell:
            told.setdefault(column.target, cell)
    record: dict[str, Any] = {"n": number, **{name: told[name] for name in ("code", "title", "source", "order")
                                              if name in told}}  # fmt: skip
    for reads in (_sold, _day, _counts, _money, _words):
        wrong = reads(record, told, order, currency)
        if wrong is not None:
            return {**record, "wrong": wrong[0], "facts": wrong[1]}
    return record


def _sold(record: dict[str, Any], told: Mapping[str, str], _order: str, _currency: str) -> _Wrong | None:
    if not {"code", "isbn", "title"} & set(told):
        return "sales.nothing_sold", {}
    if "isbn" in told:
        reading = parse_isbn(told["isbn"])
        digits = "".join(each for each in told["isbn"] if each.isdigit())
        if reading.isbn13 is None and len(digits) not in (12, 13, 14):
            return "sales.no_isbn", {"value": told["isbn"][:40]}
        record["isbn"] = reading.isbn13 or digits
    return None


def _day(record: dict[str, Any], told: Mapping[str, str], order: str, _currency: str) -> _Wrong | None:
    day = parse_day(told.get("sold_on", "").split("T")[0].split(" ")[0], order) or parse_day(
        told.get("sold_on", ""), order
    )
    if day is None or len(day) != _WHOLE_DAY:
        return "sales.no_day", {"value": told.get("sold_on", "")[:40]}
    record["day"] = day
    return None


def _counts(record: dict[str, Any], told: Mapping[str, str], _order: str, _currency: str) -> _Wrong | None:
    text = told.get("copies", "")
    is_back = text[:1] in "-\u2212(" and bool(text)
    copies = parse_count(text.strip("-\u2212()"))
    if not copies or copies > _MOST:
        return "sales.bad_copies", {"value": text[:40]}
    record["copies"] = -copies if is_back else copies
    if "orders" in told:
        orders = parse_count(told["orders"])
        if orders is None:
            return "sales.bad_copies", {"value": told["orders"][:40]}
        record["orders"] = orders
    return None


def _money(record: dict[str, Any], told: Mapping[str, str], _order: str, currency: str) -> _Wrong | None:
    if "amount" not in told:
        return None
    text = told["amount"]
    is_back = text[:1] in "-\u2212("
    amount = parse_amount(text.strip("-\u2212()"))
    if amount is None:
        return "sales.bad_amount", {"value": text[:40]}
    named = currency_of(told.get("currency", "")) or currency_of(text) or currency_of(text[-3:]) or currency
    if not named:
        return "sales.no_currency", {"value": text[:40]}
    record["minor"] = to_minor(-amount if is_back else amount, named)
    record["currency"] = named
    return None


def _words(record: dict[str, Any], told: Mapping[str, str], _order: str, _currency: str) -> _Wrong | None:
    for name, known in (("kind", _KINDS), ("evidence", _EVIDENCE)):
        if name in told:
            word = fold(told[name]).replace("-", "_").replace(" ", "_")
            if word not in known:
                return "sales.unknown_word", {"value": told[name][:40], "known": ", ".join(known)}
            record[name] = word
    return None
