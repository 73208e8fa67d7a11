"""Rows of somebody's reading, read and normalised in a child process: her export from elsewhere, or a list."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.isbn import parse_isbn
from outreach.fields.text import clean, clean_lines, fold
from outreach.paths import resource
from outreach.services.catalogue.genres import load_genres
from outreach.services.importing.chunks import Unused, chunked
from outreach.services.importing.layouts import Column, read_header
from outreach.services.importing.tables import BadRow, open_table

#: "The Glass Heron (Tidewater, #2)": the series is no part of the title.
_SERIES = re.compile(r"\s*\([^()]{1,200}#\s*[0-9.\-–]{1,12}[^()]{0,40}\)$")
_MARKUP = re.compile(r"<[^<>]{1,200}>")
_BREAK = re.compile(r"<br ?/?>")
_LONGEST_REVIEW = 4000
_MOST_STARS = 5.0


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield first what the file is, then its rows in chunks, all as plain values.

    Args:
        payload: ``path``, and ``mapping`` with the user's own word on columns.

    Yields:
        ``{"layout", "encoding"}`` first; then ``{"rows": [...]}``, each row as `_record` makes it, or ``{"n", "skip":
        [code, facts]}``; last ``{"unused": [...]}``, the columns that nobody knows.

    Raises:
        KnownError: when the file cannot be read, or has no column for a title.
    """
    path = Path(payload["path"])
    table = open_table(path)
    reading = read_header("tastes", table.header, payload.get("mapping"))
    if not any(column.target == "title" for column in reading.columns):
        raise KnownError("import.no_books", file=path.name, headers=", ".join(table.header[:8]))
    yield {"layout": reading.layout, "encoding": table.encoding}
    unused = Unused(reading.unused)
    yield from chunked(
        {"n": row.number, "skip": [row.code, row.facts]}
        if isinstance(row, BadRow)
        else _record(row.number, row.cells, reading.columns)
        for row in unused.watch(table.rows())
    )
    yield unused.answer()


def _record(number: int, cells: Sequence[str], columns: Sequence[Column]) -> dict[str, Any]:
    """One book as plain values.

    Returns:
        ``n`` row number, ``v`` the columns of a reading, ``s`` what it is about [kind, subject, key], ``w`` what is
        doubtful [code, facts]. Or ``n`` and ``skip`` [code, facts].
    """
    found: dict[str, list[str]] = {}
    for column in columns:
        cell = cells[column.index].strip()
        if cell:
            found.setdefault(column.target, []).append(cell)
    doubts: list[list[Any]] = []
    title = _SERIES.sub("", clean(found.get("title", [""])[0]))
    if not title:
        return {"n": number, "skip": ["rows.no_title", {}]}
    author = clean(found.get("author", [""])[0])
    shelves = [clean(each) for each in _split(found.get("shelves", [""])[0])]
    rating = _rating(found.get("rating", [""])[0], doubts)
    status = _status(found.get("status", [""])[0], shelves, is_rated=rating is not None)
    values = {
        "title": title,
        "title_key": fold(title),
        "author": author,
        "author_key": fold(author.partition(",")[0]),
        "isbn13": _isbn(found.get("isbn", [])),
        "status": status,
        "rating": rating,
        "read_on": _day(found) if status != "to_read" else None,
        "published": _year(found.get("published", [""])[0]),
        "review": _review(found.get("review", [""])[0]),
        "outside_id": clean(found.get("outside_id", [""])[0])[:40],
    }
    return {"n": number, "v": values, "s": _subjects(shelves, found.get("moods", [""])[0]), "w": doubts}


def _rating(text: str, doubts: list[list[Any]]) -> float | None:
    if not text:
        return None
    try:
        stars = float(text.replace(",", "."))
    except ValueError:
        stars = -1.0
    if not 0 <= stars <= _MOST_STARS:
        doubts.append(["rows.bad_stars", {"value": text[:20]}])
        return None
    return stars or None  # 0 stands for none given


def _status(text: str, shelves: Sequence[str], *, is_rated: bool) -> str:
    """Where a book stands; a shelf of her own may say that she gave it up."""
    words = _status_words()
    known = words.get(fold(text), "")
    if "dnf" in (words.get(fold(shelf), "") for shelf in shelves):
        return "dnf"
    # Shelves may have any name: what has stars was read.
    return known or ("read" if is_rated or not text else "to_read")


def _isbn(cells: Sequence[str]) -> str | None:
    return next((number for cell in cells if (number := parse_isbn(cell).isbn13)), None)


def _day(found: Mapping[str, Sequence[str]]) -> str | None:
    """When it was read last; a range of days ends with the day it was finished."""
    for cell in (*found.get("read_on", ()), *found.get("read_dates", ())):
        last = re.split(r"[,;]", cell)[-1].strip()
        day = parse_day(last, "ymd") or parse_day(re.split(r"\s*[-–]\s*(?=\d{4}/)", last)[-1], "ymd")
        if day:
            return day
    return None


def _year(text: str) -> int | None:
    digits = text.strip().lstrip("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else None


def _review(text: str) -> str:
    return clean_lines(_MARKUP.sub("", _BREAK.sub("\n", text[: 2 * _LONGEST_REVIEW])))[:_LONGEST_REVIEW]


def _subjects(shelves: Sequence[str], moods: str) -> list[list[str]]:
    genres = load_genres()
    found = {("genre", genre.code): genre.name for shelf in shelves if (genre := genres.of_shelf(shelf)) is not None}
    found |= {("mood", fold(mood)): clean(mood) for mood in _split(moods)}
    return [[kind, subject, key] for (kind, key), subject in found.items()]


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[,;|\n]", text) if part.strip()]


@cache
def _status_words() -> Mapping[str, str]:
    data = tomllib.loads(resource("import", "tastes.toml").read_text(encoding="utf-8"))
    return {fold(word): status for status, words in data["statuses"].items() for word in words}
