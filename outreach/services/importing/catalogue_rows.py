"""Rows of a list of titles, or the products of an ONIX message, read and normalised in a child process."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.fields.dates import day_order, parse_day
from outreach.fields.isbn import parse_gtin, parse_isbn
from outreach.fields.languages import short_language
from outreach.fields.numbers import currency_of, parse_amount, parse_count, to_minor
from outreach.fields.text import clean, clean_lines, fold
from outreach.paths import resource
from outreach.services.catalogue.genres import load_genres
from outreach.services.catalogue.text import (
    AUTHOR,
    FIRST_WEIGHT,
    FURTHER_WEIGHT,
    SCHEMES,
    authors_of,
    comps_of,
    keywords_of,
    people_of,
    series_of,
    subjects_of,
    weighed,
)
from outreach.services.importing.chunks import Unused, chunked
from outreach.services.importing.files import FileKind, sniff
from outreach.services.importing.layouts import Column, read_header, users_word
from outreach.services.importing.onix import OnixProduct, read_onix
from outreach.services.importing.tables import BadRow, open_table

_TEXTS = ("subtitle", "hook", "imprint", "publisher", "client", "reading_age")
_DAYS = ("pub_date", "on_sale_date", "review_embargo", "sales_embargo")
#: "The Hunger Games (The Hunger Games, #1)": title, series, number.
_IN_SERIES = re.compile(r"(?P<title>.+?) \((?P<series>[^()]{1,150}?),? #(?P<number>[^()]{1,20})\)")
_SCHEMES = {"93": "thema", "10": "bisac", "12": "bic"}
_LIKELY_DAYS = 200
#: A list of products by its layout; its rows are products, in no form that books have.
_LINESHEET = "linesheet"


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield first what the file is, then its rows in chunks, all as plain values.

    Args:
        payload: ``path``, and ``mapping`` with the user's own word on columns.

    Yields:
        ``{"layout", "encoding"}`` first; then ``{"rows": [...]}``, each as `_row` makes it, or ``{"n", "skip": [code,
        facts]}``; last ``{"unused": [...]}``, the columns that nobody knows.

    Raises:
        KnownError: when the file cannot be read, or holds nothing that could be a title.
    """
    path = Path(payload["path"])
    if sniff(path) is FileKind.ONIX:
        yield {"layout": "onix", "encoding": ""}
        yield from chunked(_from_onix(product) for product in read_onix(path))
        return
    table = open_table(path)
    mapping, told = users_word(payload, table.header)
    reading = read_header("catalogue", table.header, mapping)
    if not any(column.target == "title" for column in reading.columns):
        raise KnownError("import.no_titles", file=path.name, headers=", ".join(table.header[:8]))
    yield {"layout": reading.layout, "encoding": table.encoding, **told}
    reader = _TableRows(reading.columns, _day_order(path, reading.columns), products=reading.layout == _LINESHEET)
    unused = Unused(reading.unused)
    yield from chunked(reader.record(row) for row in unused.watch(table.rows()))
    yield unused.answer()


def _day_order(path: Path, columns: Sequence[Column]) -> str:
    """Whether days come before months in a file, told from its first days."""
    places = [column.index for column in columns if column.target in _DAYS]
    days: list[str] = []
    for row in open_table(path).rows() if places else ():
        if len(days) >= _LIKELY_DAYS:
            break
        if not isinstance(row, BadRow):
            days += [row.cells[place] for place in places if row.cells[place]]
    return day_order(days)


class _TableRows:
    def __init__(self, columns: Sequence[Column], order: str, *, products: bool) -> None:
        self._columns = columns
        self._products = products
        self._order = order

    def record(self, row: Any) -> dict[str, Any]:
        """One row of a table as plain values."""
        if isinstance(row, BadRow):
            return {"n": row.number, "skip": [row.code, row.facts]}
        found: dict[str, str] = {}
        isbns: list[str] = []
        for column in self._columns:
            cell = row.cells[column.index].strip()
            if cell and column.target == "isbn":
                isbns.append(cell)
            elif cell:
                target = f"copies:{column.group}" if column.target == "copies" and column.group else column.target
                found.setdefault(target, cell)
        doubts: list[list[Any]] = []
        isbn13 = _isbn(isbns, doubts)
        title, series = _title(clean(found.get("title", "")))
        if not title:
            return {"n": row.number, "skip": ["rows.no_title", {}]}
        record = _row(row.number, title, _people(found))
        record |= {name: clean(found.get(name, "")) for name in _TEXTS}
        place = found.get("series_number", "")
        record["series"], record["series_number"] = series_of(found.get("series", "") or series, place)
        record |= {name: clean_lines(found.get(name, "")) for name in ("description", "content_notes")}
        record["language"] = short_language(found.get("language", ""))
        record["kind"] = "product" if self._products or fold(found.get("kind", "")) == "product" else "book"
        record |= self._days(found, doubts)
        if self._products:
            found.setdefault("format", "product")
        record |= _edition(found, isbn13, doubts)
        record["subjects"] = _codes(found, doubts)
        # Where a column lists subject codes of all schemes the genres beside it are whole.
        named = found.get("genres", "")
        record["genres"] = _genres(named, () if named and "subjects" in found else record["subjects"])
        record["keywords"] = [list(word) for word in keywords_of(found.get("keywords", ""))]
        record["comps"] = [list(comp) for comp in comps_of(found.get("comps", ""))]
        record["w"] = doubts
        return record

    def _days(self, found: Mapping[str, str], doubts: list[list[Any]]) -> dict[str, str | None]:
        days: dict[str, str | None] = {}
        for name in _DAYS:
            text = found.get(name, "")
            days[name] = parse_day(text, self._order) if text else None
            if text and days[name] is None:
                doubts.append(["rows.bad_date", {"value": text[:50]}])
        if days["pub_date"] is None and found.get("year"):
            days["pub_date"] = parse_day(found["year"])
        return days


def _people(found: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Who made it: a column of everyone with their parts, or one of authors."""
    if "contributors" in found:
        return people_of(found["contributors"])
    return [(AUTHOR, name, "") for name in authors_of(found.get("author", ""), ";|&\n")]


def _row(number: int, title: str, people: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    authors = [name for role, name, _ in people if role == AUTHOR] or [name for _, name, _ in people[:1]]
    return {
        "n": number,
        "title": title,
        "author": ", ".join(authors),
        "author_key": fold(authors[0]) if authors else "",
        "contributors": [list(person) for person in people],
    }


def _from_onix(product: OnixProduct | BadRow) -> dict[str, Any]:
    if isinstance(product, BadRow):
        return {"n": product.number, "skip": [product.code, product.facts]}
    doubts: list[list[Any]] = []
    isbn13 = _isbn([product.isbn13_text] if product.isbn13_text else [], doubts)
    if not product.title:
        return {"n": product.number, "skip": ["rows.no_title", {}]}
    record = _row(product.number, product.title, product.contributors)
    form, variant = _form(product)
    amount = parse_amount(product.price_amount) if product.price_amount else None
    series, series_number = series_of(product.series, product.series_number)
    record |= {
        "subtitle": product.subtitle,
        "series": series,
        "series_number": series_number,
        "hook": product.short_description,
        "description": product.description,
        "imprint": product.imprint,
        "publisher": product.publisher,
        "language": short_language(product.languages[0]) if product.languages else "",
        "kind": "product" if form in ("product", "download") else "book",
        "client": "",
        "reading_age": product.reading_age,
        "content_notes": product.content_notes,
        "pub_date": parse_day(product.pub_date) if product.pub_date else None,
        "on_sale_date": parse_day(product.on_sale_date) if product.on_sale_date else None,
        "review_embargo": parse_day(product.review_embargo) if product.review_embargo else None,
        "sales_embargo": parse_day(product.sales_embargo) if product.sales_embargo else None,
        "isbn13": isbn13,
        "gtin": None if isbn13 else parse_gtin(product.gtin_text),
        "format": form,
        "variant": variant,
        "cost": None,
        "cost_currency": "",
        "price": None if amount is None else to_minor(amount, product.price_currency or "GBP"),
        "currency": product.price_currency,
        "pages": product.pages,
        "copies": None,
        "subjects": [
            [_SCHEMES[scheme], code, heading]
            for scheme, code, heading in product.subjects
            if scheme in _SCHEMES and code
        ],
        "keywords": [[word, fold(word)] for word in dict.fromkeys(product.keywords)],
        "comps": [list(comp) for comp in product.comps],
        "w": doubts,
    }
    record["genres"] = _genres("; ".join(product.genres), record["subjects"] if not product.genres else ())
    return record


def _form(product: OnixProduct) -> tuple[str, str]:
    """The form of an edition, and of a product its variant.

    Our own messages say in words what no code of list 150 does.
    """
    word, _, variant = product.form_description.partition(": ")
    words = _format_words()
    form = words.get(fold(word))
    return (form, clean(variant)) if form else (words.get(product.form.casefold(), ""), "")


def _title(text: str) -> tuple[str, str]:
    match = _IN_SERIES.fullmatch(text) if len(text) < 500 else None
    return (match["title"], f"{match['series']} #{match['number']}") if match else (text, "")


def _split(text: str, separators: str) -> list[str]:
    return [clean(part) for part in re.split(f"[{re.escape(separators)}]", text) if part.strip()]


@cache
def _format_words() -> Mapping[str, str]:
    data = tomllib.loads(resource("import", "catalogue.toml").read_text(encoding="utf-8"))
    return {fold(word): name for name, words in data["formats"].items() for word in words}


def _isbn(cells: Sequence[str], doubts: list[list[Any]]) -> str | None:
    """The ISBN that the cells of a row agree on; what cannot be believed becomes a doubt, unless another cell can."""
    readings = [(clean(cell)[:40], parse_isbn(cell)) for cell in cells]
    for value, reading in readings:
        if reading.isbn13 is not None:
            if reading.repaired:
                doubts.append(["rows.isbn_repaired", {"value": value, "repaired": reading.isbn13}])
            return reading.isbn13
    doubts += [[f"rows.isbn_{reading.problem}", {"value": value}] for value, reading in readings if reading.problem]
    return None


def _edition(found: Mapping[str, str], isbn13: str | None, doubts: list[list[Any]]) -> dict[str, Any]:
    form = _format_words().get(fold(found.get("format", "")), "")
    price, currency = _money(found, "price", "currency", doubts)
    cost, cost_currency = _money(found, "cost", "cost_currency", doubts)
    which = "copies:proof" if form == "proof" else "copies:finished"
    copies = found.get("copies") or found.get(which)
    other = "copies:finished" if form == "proof" else "copies:proof"
    if other in found:
        doubts.append(["rows.copies_elsewhere", {"value": found[other][:20]}])
    return {
        "isbn13": isbn13,
        "gtin": parse_gtin(found["gtin"]) if "gtin" in found and not isbn13 else None,
        "format": form,
        "variant": clean(found.get("variant", "")),
        "price": price,
        "currency": currency,
        "cost": cost,
        "cost_currency": cost_currency,
        "pages": _count(found.get("pages"), doubts),
        "copies": _count(copies, doubts),
    }


def _count(text: str | None, doubts: list[list[Any]]) -> int | None:
    """How many of something there are; none where that is not told, or nothing that could be counted."""
    count = parse_count(text) if text else None
    if text and count is None:
        doubts.append(["rows.bad_number", {"value": text[:50]}])
    return count


def _money(found: Mapping[str, str], name: str, unit: str, doubts: list[list[Any]]) -> tuple[int | None, str]:
    """An amount in minor units with its currency, which another column may say."""
    if name not in found:
        return None, ""
    currency = currency_of(found.get(unit, "") or found.get("currency", "") or found[name]) or ""
    amount = parse_amount(found[name])
    if amount is None:
        doubts.append(["rows.bad_amount", {"value": found[name][:50]}])
        return None, ""
    return to_minor(amount, currency or "GBP"), currency


def _codes(found: Mapping[str, str], doubts: list[list[Any]]) -> list[list[str]]:
    codes, wrong = subjects_of(found.get("subjects", ""))
    doubts += [["rows.bad_subject", {"value": each[:50]}] for each in wrong]
    known = {(scheme, code): [scheme, code, heading] for scheme, code, heading in codes}
    for scheme in SCHEMES:
        for code in _split(found.get(scheme, ""), ";,| \n"):
            known.setdefault((scheme, code.upper()), [scheme, code.upper(), ""])
    return list(known.values())


def _genres(cell: str, subjects: Sequence[Sequence[str]]) -> list[list[Any]]:
    """Genres of our list: named ones first, then those that the subject codes stand for, the first one strongest."""
    genres = load_genres()
    named = [weighed(word, place) for place, word in enumerate(_split(cell, ";,|/\n"))]
    found = [(genres.of_word(word), weight) for word, weight in named]
    found += [(genres.of_subject(scheme, code), 0.0) for scheme, code, _ in subjects]
    codes: dict[str, float] = {}
    for genre, weight in found:
        if genre is not None and genre.code not in codes:
            codes[genre.code] = weight or (FURTHER_WEIGHT if codes else FIRST_WEIGHT)
    return [[code, weight] for code, weight in codes.items()]
