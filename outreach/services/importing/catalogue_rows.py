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
from outreach.fields.numbers import currency_of, parse_amount, parse_count, to_minor
from outreach.fields.text import clean, clean_lines, fold
from outreach.paths import resource
from outreach.services.genres import load_genres
from outreach.services.importing.chunks import Unused, chunked
from outreach.services.importing.files import FileKind, sniff
from outreach.services.importing.layouts import Column, read_header, users_word
from outreach.services.importing.onix import OnixProduct, read_onix
from outreach.services.importing.tables import BadRow, open_table

_TEXTS = ("subtitle", "series", "hook", "imprint", "publisher")
_DAYS = ("pub_date", "on_sale_date", "review_embargo", "sales_embargo")
#: "The Hunger Games (The Hunger Games, #1)": title, series, number.
_IN_SERIES = re.compile(r"(?P<title>.+?) \((?P<series>[^()]{1,150}?),? #(?P<number>[^()]{1,20})\)")
_SCHEMES = {"93": "thema", "10": "bisac", "12": "bic"}
_LIKELY_DAYS = 200


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
    reader = _TableRows(reading.columns, _day_order(path, reading.columns))
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
    def __init__(self, columns: Sequence[Column], order: str) -> None:
        self._columns = columns
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
        record = _row(row.number, title, _authors(found.get("author", "")))
        record |= {name: clean(found.get(name, "")) for name in _TEXTS}
        record["series"] = record["series"] or series
        record["description"] = clean_lines(found.get("description", ""))
        record["language"] = _language(found.get("language", ""))
        record["kind"] = "product" if fold(found.get("kind", "")) == "product" else "book"
        record |= self._days(found, doubts)
        record |= _edition(found, isbn13, doubts)
        record["subjects"] = _codes(found)
        record["genres"] = _genres(found.get("genres", ""), record["subjects"])
        record["keywords"] = _words(found.get("keywords", ""))
        record["comps"] = [[word, ""] for word in _split(found.get("comps", ""), ";|\n")]
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


def _row(number: int, title: str, authors: Sequence[str]) -> dict[str, Any]:
    return {
        "n": number,
        "title": title,
        "author": ", ".join(authors),
        "author_key": fold(authors[0]) if authors else "",
        "contributors": [["A01", name] for name in authors],
    }


def _from_onix(product: OnixProduct | BadRow) -> dict[str, Any]:
    if isinstance(product, BadRow):
        return {"n": product.number, "skip": [product.code, product.facts]}
    doubts: list[list[Any]] = []
    isbn13 = _isbn([product.isbn13_text] if product.isbn13_text else [], doubts)
    if not product.title:
        return {"n": product.number, "skip": ["rows.no_title", {}]}
    authors = [name for role, name in product.contributors if role == "A01"]
    record = _row(product.number, product.title, authors or [name for _, name in product.contributors[:1]])
    record["contributors"] = [list(contributor) for contributor in product.contributors]
    form = _format_words().get(product.form.casefold(), "")
    amount = parse_amount(product.price_amount) if product.price_amount else None
    record |= {
        "subtitle": product.subtitle,
        "series": product.series,
        "hook": product.short_description,
        "description": product.description,
        "imprint": product.imprint,
        "publisher": product.publisher,
        "language": _language(product.languages[0]) if product.languages else "",
        "kind": "book",
        "pub_date": parse_day(product.pub_date) if product.pub_date else None,
        "on_sale_date": None,
        "review_embargo": parse_day(product.review_embargo) if product.review_embargo else None,
        "sales_embargo": parse_day(product.sales_embargo) if product.sales_embargo else None,
        "isbn13": isbn13,
        "gtin": None if isbn13 else parse_gtin(product.gtin_text),
        "format": form,
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
        "comps": [],
        "w": doubts,
    }
    record["genres"] = _genres("", record["subjects"])
    return record


def _title(text: str) -> tuple[str, str]:
    match = _IN_SERIES.fullmatch(text) if len(text) < 500 else None
    return (match["title"], f"{match['series']} #{match['number']}") if match else (text, "")


def _authors(cell: str) -> list[str]:
    """Names in a cell: "Renn, Safiya" is one, "J.K. Rowling, Mary GrandPré" are two."""
    text = clean(cell)
    parts = _split(text, ";|&\n")
    if len(parts) == 1:
        names = _split(text, ",")
        inverted = len(names) == 2 and " " not in names[0] and " " not in names[1]
        parts = [f"{names[1]} {names[0]}"] if inverted else names
    return parts


def _split(text: str, separators: str) -> list[str]:
    return [clean(part) for part in re.split(f"[{re.escape(separators)}]", text) if part.strip()]


def _words(cell: str) -> list[list[str]]:
    words = _split(cell, ";|\n" if ";" in cell or "|" in cell else ",\n")
    return [[word, key] for key, word in {fold(word): word for word in words}.items()]


def _language(text: str) -> str:
    """A language as ISO 639-1 where there is such a code, else as written."""
    code = clean(text).partition("-")[0].casefold()
    return _LANGUAGES.get(code, code)


#: ISO 639-2 codes, as ONIX (list 74) and Goodreads write them, for languages with a two-letter code.
_LANGUAGES = {
    "eng": "en", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "spa": "es", "ita": "it", "por": "pt", "dut": "nl",
    "nld": "nl", "pol": "pl", "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "rus": "ru", "jpn": "ja", "chi": "zh",
    "zho": "zh", "kor": "ko", "ara": "ar", "tur": "tr", "gle": "ga", "wel": "cy", "cym": "cy", "gre": "el", "ell": "el",
    "heb": "he", "hin": "hi", "cze": "cs", "ces": "cs", "hun": "hu", "rum": "ro", "ron": "ro", "ukr": "uk",
}  # fmt: skip


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
    price, currency = None, currency_of(found.get("currency", "") or found.get("price", "")) or ""
    if "price" in found:
        amount = parse_amount(found["price"])
        if amount is None:
            doubts.append(["rows.bad_amount", {"value": found["price"][:50]}])
        else:
            price = to_minor(amount, currency or "GBP")
    which = "copies:proof" if form == "proof" else "copies:finished"
    copies = found.get("copies") or found.get(which)
    other = "copies:finished" if form == "proof" else "copies:proof"
    if other in found:
        doubts.append(["rows.copies_elsewhere", {"value": found[other][:20]}])
    return {
        "isbn13": isbn13,
        "gtin": parse_gtin(found["gtin"]) if "gtin" in found and not isbn13 else None,
        "format": form,
        "price": price,
        "currency": currency if price is not None else "",
        "pages": parse_count(found["pages"]) if "pages" in found else None,
        "copies": parse_count(copies) if copies else None,
    }


def _codes(found: Mapping[str, str]) -> list[list[str]]:
    return [
        [scheme, code.upper(), ""] for scheme in ("thema", "bisac") for code in _split(found.get(scheme, ""), ";,| \n")
    ]


def _genres(cell: str, subjects: Sequence[Sequence[str]]) -> list[list[Any]]:
    """Genres of our list: named ones first, then those that the subject codes stand for, the first one strongest."""
    genres = load_genres()
    found = [genres.of_word(word) for word in _split(cell, ";,|/\n")]
    found += [genres.of_subject(scheme, code) for scheme, code, _ in subjects]
    codes = list(dict.fromkeys(genre.code for genre in found if genre is not None))
    return [[code, 1.0 if place == 0 else 0.7] for place, code in enumerate(codes)]
