"""Spreadsheets: looked at from outside before they are unpacked, then read as rows of text."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outreach.errors import KnownError

MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 100
MAX_MEMBERS = 2000
MAX_ROWS = 100_000
MAX_COLUMNS = 200

#: Small members may be packed tightly without harm.
_HARMLESS = 2**20
_REFERENCE = re.compile(rb'<c [^<>]{0,40}?r="([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = 2**20


def spreadsheet_rows(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet that holds anything, as text.

    Raises:
        KnownError: ``files.bomb``, ``files.locked``, ``files.broken_spreadsheet``, ``files.too_many_rows``,
            ``files.too_many_columns``, ``files.empty``.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    _check_zip(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
        for name in visible or book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height == 0:
                continue
            _check_size(path, sheet.height, sheet.width)
            for row in sheet.to_python(skip_empty_area=False):
                yield [_text(value) for value in row]
            return
    except PasswordError as error:
        raise KnownError("files.locked", file=path.name) from error
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise KnownError("files.broken_spreadsheet", file=path.name) from error


def _check_size(path: Path, rows: int, columns: int) -> None:
    if columns > MAX_COLUMNS:
        raise KnownError("files.too_many_columns", file=path.name, row=1, columns=columns, limit=MAX_COLUMNS)
    if rows > MAX_ROWS:
        raise KnownError("files.too_many_rows", file=path.name, limit=MAX_ROWS)


def _check_zip(path: Path) -> None:
    """Look at a packed spreadsheet before anything of it is unpacked into memory as a whole."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            tight = any(
                member.file_size > _HARMLESS and member.file_size > MAX_RATIO * max(1, member.compress_size)
                for member in members
            )
            if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or tight:
                raise KnownError("files.bomb", file=path.name, megabytes=unpacked // 2**20, limit=MAX_UNPACKED // 2**20)
            for member in members:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename):
                    _check_cells(path, archive, member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise KnownError("files.broken_spreadsheet", file=path.name) from error


def _check_cells(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """A single cell far out makes a reader fill the whole rectangle before it."""
    read = 0
    with archive.open(member) as file:
        tail = b""
        while block := file.read(_CHUNK):
            read += len(block)
            if read > MAX_UNPACKED:
                raise KnownError("files.bomb", file=path.name, megabytes=read // 2**20, limit=MAX_UNPACKED // 2**20)
            for letters, digits in _REFERENCE.findall(tail + block):
                if _column(letters) > MAX_COLUMNS or int(digits) > MAX_ROWS:
                    _check_size(path, int(digits), _column(letters))
            tail = block[-60:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # A number typed into a cell is a float, an ISBN too.
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
