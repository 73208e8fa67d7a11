"""Tables for a spreadsheet: CSV files in UTF-8 with its mark, text for the clipboard, and no cell that is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from outreach.errors import KnownError
from outreach.store.files import replacing

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Telephone numbers and plain numbers begin with such a sign too, and are harmless.
_HARMLESS = re.compile(r"[+-]?[0-9][0-9 ().,/-]{0,40}")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> None:
    """Write a table, whole or not at all, readable by its owner only.

    Args:
        path: Where.
        header: The first line; none where it is empty.
        rows: The lines below.
        delimiter: What stands between cells.

    Raises:
        KnownError: ``files.not_written``.
    """
    try:
        with replacing(path) as made, made.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
            if header:
                writer.writerow(header)
            writer.writerows([cell and guarded(cell) for cell in row] for row in rows)
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


def as_cells(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as a spreadsheet takes it from the clipboard.

    Tabs stand between cells, and quotes round those that hold a tab, a line break or a quote.

    Args:
        header: The first line; none where it is empty.
        rows: The lines below.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made, "excel-tab", lineterminator="\n")
    if header:
        writer.writerow(header)
    # A line break within a cell is one sign there; two would be a row of their own to some programs.
    writer.writerows([guarded(_one_break(cell)) for cell in row] for row in rows)
    return made.getvalue()


def _one_break(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what would be one."""
    # One that begins with an apostrophe of its own gets another, so that it comes back as it was.
    bare = cell.lstrip("'")
    if bare.startswith(_FORMULA) and not _HARMLESS.fullmatch(bare):
        return f"'{cell}"
    return cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`."""
    if cell.startswith("'") and guarded(cell[1:]) == cell:
        return cell[1:]
    return cell
