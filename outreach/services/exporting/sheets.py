"""Tables as files: CSV, Excel, OpenDocument and JSON. Every cell is text: none is a formula or loses its zeros."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.services.exporting.csvfile import write_csv
from outreach.store.files import replacing

Row = Sequence[str]

#: Excel takes no longer cell (Excel specifications and limits).
_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_576
#: What XML cannot hold at all (XML 1.0, section 2.2).
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"  +|^ | $|\t|\n")


def write_sheet(path: Path, header: Row, rows: Iterable[Row], title: str = "") -> int:
    """Write a table in the format that the file's name asks for, whole or not at all; how many rows is returned.

    Args:
        path: Where, with one of the endings of `FORMATS`.
        header: The first line.
        rows: The lines below.
        title: The name of the sheet, where the format has one.

    Raises:
        KnownError: ``exports.kind`` for another ending, ``exports.cell_too_long``, ``files.not_written``.
    """
    write = FORMATS.get(path.suffix.casefold())
    if write is None:
        raise KnownError("exports.kind", file=path.name, known=", ".join(FORMATS))
    counted = _Counted(rows)
    write(path, header, counted, title or path.stem)
    return counted.count


class _Counted:
    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _csv(path: Path, header: Row, rows: Iterable[Row], _title: str) -> None:
    write_csv(path, header, rows)


def _tsv(path: Path, header: Row, rows: Iterable[Row], _title: str) -> None:
    write_csv(path, header, rows, delimiter="\t")


def _xlsx(path: Path, header: Row, rows: Iterable[Row], title: str) -> None:
    import xlsxwriter

    def write(made: Path) -> None:
        # Rows are written as they come, and held nowhere.
        book = xlsxwriter.Workbook(str(made), {"constant_memory": True, "strings_to_formulas": False,
                                               "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
        try:
            _fill(path, book, header, rows, title)
        finally:
            # Also where it was stopped: what it keeps beside goes, and the half file is thrown away by the caller.
            book.close()

    _replace(path, write)


def _fill(path: Path, book: Any, header: Row, rows: Iterable[Row], title: str) -> None:
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, cell in enumerate(header):
        sheet.write_string(0, column, cell, bold)
    for number, row in enumerate(rows, start=1):
        _check_row(path, number, row)
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, _NO_XML.sub("", cell))


def _ods(path: Path, header: Row, rows: Iterable[Row], title: str) -> None:
    def write(made: Path) -> None:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            # The kind of file stands first and unpacked, so that it can be told from outside (ODF 1.2, part 3).
            kind = zipfile.ZipInfo("mimetype")
            archive.writestr(kind, _ODS_KIND, zipfile.ZIP_STORED)
            archive.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
            with archive.open("content.xml", "w") as file:
                file.write(_ODS_HEAD.format(title=escape(_sheet_name(title))).encode())
                file.write(_ods_row(header).encode())
                for number, row in enumerate(rows, start=1):
                    _check_row(path, number, row)
                    file.write(_ods_row(row).encode())
                file.write(_ODS_FOOT.encode())

    _replace(path, write)


def _ods_row(row: Row) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: str) -> str:
    if not cell:
        return "<table:table-cell/>"
    text = escape(_NO_XML.sub("", cell).replace("\r\n", "\n").replace("\r", "\n"), quote=False)
    lines = "".join(f"<text:p>{_BLANKS.sub(_ods_blank, line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _ods_blank(found: re.Match[str]) -> str:
    """Blanks that would be taken for one, and tabs, have signs of their own."""
    return "<text:tab/>" if found.group() == "\t" else f'<text:s text:c="{len(found.group())}"/>'


def _json(path: Path, header: Row, rows: Iterable[Row], _title: str) -> None:
    keys = [re.sub(r"\W+", "_", name.casefold()).strip("_") for name in header]

    def write(made: Path) -> None:
        with made.open("w", encoding="utf-8", newline="\n") as file:
            file.write("[")
            for number, row in enumerate(rows):
                told = {key: cell for key, cell in zip(keys, row, strict=True) if cell}
                file.write((",\n" if number else "\n") + json.dumps(told, ensure_ascii=False))
            file.write("\n]\n")

    _replace(path, write)


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    try:
        with replacing(path) as made:
            write(made)
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


def _check_row(path: Path, number: int, row: Row) -> None:
    if number >= _MOST_ROWS:
        raise KnownError("exports.too_many_rows", file=path.name, limit=_MOST_ROWS - 1)
    if any(len(cell) > _LONGEST_CELL for cell in row):
        raise KnownError("exports.cell_too_long", file=path.name, row=number + 1, limit=_LONGEST_CELL)


def _sheet_name(title: str) -> str:
    """A name that a spreadsheet takes for a sheet."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "Sheet"


#: By ending, what writes it.
FORMATS: Mapping[str, Callable[[Path, Row, Iterable[Row], str], None]] = {
    ".csv": _csv, ".tsv": _tsv, ".xlsx": _xlsx, ".ods": _ods, ".json": _json,
}  # fmt: skip

_ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{_ODS_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="{title}">'
)
_ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
