"""Tables of text: CSV in any encoding and with any delimiter, and spreadsheets, row by row, within limits."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.services.exporting.csvfile import unguarded
from outreach.services.importing.encodings import decoded
from outreach.services.importing.files import FileKind, refuse_kind, sniff
from outreach.services.importing.spreadsheets import spreadsheet_rows

MAX_COLUMNS = 200
MAX_ROWS = 1_000_000
MAX_CELL = 100_000

_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024
_SHEETS = (FileKind.XLSX, FileKind.XLS, FileKind.ODS)
#: Files that are tables, with headings.
TABLES = (FileKind.CSV, *_SHEETS)
#: A title above the table stands in one cell, and the table itself has at least so many columns.
_TITLE_LINES, _TABLE_COLUMNS = 5, 3


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        number: As a spreadsheet shows it, the header counted; a cell of several lines is still one row.
        cells: As many as the header has.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why, as a code of `outreach.wording.notes`."""

    number: int
    code: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header understood; `rows` reads on from there.

    Attributes:
        format: What kind of file it is.
        encoding: Of text files.
        delimiter: Of text files.
        header: The headers, without outer space.
        header_row: The number of their row.
    """

    path: Path
    format: FileKind
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    _text: str = field(repr=False, default="")

    def rows(self) -> Iterator[Row | BadRow]:
        """The rows below the header; empty ones are passed over.

        Raises:
            KnownError: as `open_table`, when the trouble lies further down.
        """
        width = len(self.header)
        for number, cells in _numbered(self.path, self.format, self._text, self.delimiter):
            if number <= self.header_row or not any(cells):
                continue
            if number > MAX_ROWS:
                raise KnownError("files.too_many_rows", file=self.path.name, limit=MAX_ROWS)
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                yield BadRow(number, "rows.too_many_cells", {"cells": len(cells), "columns": width})
            elif len(cells) == width:
                yield Row(number, tuple(cells))
            else:
                yield Row(number, (*cells[:width], *("",) * (width - len(cells))))


def open_table(path: Path) -> Table:
    """Open a table and read its header.

    Raises:
        KnownError: when the file is no table, is broken, or is larger than any list that a publicist keeps.
    """
    kind = sniff(path)
    if kind in _SHEETS:
        text, encoding, delimiter = "", "", ""
    elif kind is FileKind.CSV:
        text, encoding = decoded(path)
        delimiter = "\t" if path.suffix.casefold() == ".tsv" and "\t" in text else _delimiter(text)
    else:
        raise refuse_kind(path, kind)
    first: list[tuple[int, Sequence[str]]] = []
    for number, cells in _numbered(path, kind, text, delimiter):
        if any(cells):
            first.append((number, cells))
        if len(first) == _TITLE_LINES:
            break
    if not first:
        raise KnownError("files.empty", file=path.name)
    header_row, cells = _header_of(first)
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return Table(path, kind, encoding, delimiter, tuple(cell.strip() for cell in cells), header_row, text)


def _header_of(first: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, Sequence[str]]:
    """The first row with cells, but for a title that stands alone above a table."""
    if _filled(first[0][1]) == 1:
        for number, cells in first[1:]:
            if _filled(cells) >= _TABLE_COLUMNS:
                return number, cells
    return first[0]


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _numbered(path: Path, kind: FileKind, text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    rows = spreadsheet_rows(path) if kind in _SHEETS else _csv_rows(path, text, delimiter)
    for number, cells in enumerate(rows, start=1):
        if len(cells) > MAX_COLUMNS:
            raise KnownError(
                "files.too_many_columns", file=path.name, row=number, columns=len(cells), limit=MAX_COLUMNS
            )
        if cells and len(max(cells, key=len)) > MAX_CELL:
            raise KnownError("files.cell_too_long", file=path.name, row=number, limit=MAX_CELL)
        yield number, cells


def _csv_rows(path: Path, text: str, delimiter: str) -> Iterator[list[str]]:
    limit = csv.field_size_limit(MAX_CELL * 2)
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for cells in reader:
            number += 1
            # What our own exports guard against being taken for a formula comes back as it was.
            yield [unguarded(cell) if cell[:1] == "'" else cell for cell in cells]
    except csv.Error as error:
        if "field larger" in str(error):
            raise KnownError("files.cell_too_long", file=path.name, row=number + 1, limit=MAX_CELL) from error
        raise KnownError("files.broken_table", file=path.name, row=number + 1) from error
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into the most columns of equal number."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths = _widths(sample, delimiter)
        if not widths or widths[0] < 2:
            continue
        alike = sum(width == widths[0] for width in widths) / len(widths)
        score = (round(alike, 1), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(sample: str, delimiter: str, rows: int = 50) -> list[int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == rows:
                break
    except csv.Error:
        return widths
    return widths
