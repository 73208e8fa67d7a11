"""CSV files that a spreadsheet opens right: UTF-8 with its mark, and no cell that it would take for a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from outreach.errors import KnownError
from outreach.store.files import replacing

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Telephone numbers and plain numbers begin with such a sign too, and are harmless.
_HARMLESS = re.compile(r"[+-]?[0-9][0-9 ().,/-]{0,40}")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table, whole or not at all, readable by its owner only.

    Args:
        path: Where.
        header: The first line; none where it is empty.
        rows: The lines below.

    Raises:
        KnownError: ``files.not_written``.
    """
    try:
        with replacing(path) as made, made.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            if header:
                writer.writerow(header)
            writer.writerows([guarded(cell) for cell in row] for row in rows)
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what would be one."""
    if cell.startswith(_FORMULA) and not _HARMLESS.fullmatch(cell):
        return f"'{cell}"
    return cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`."""
    if cell.startswith("'") and guarded(cell[1:]) == cell:
        return cell[1:]
    return cell
