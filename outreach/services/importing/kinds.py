"""What a list brings, and how its headings tell it; `read` runs in a child process, which looks at no workspace."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from outreach.services.importing.files import FileKind, sniff
from outreach.services.importing.layouts import PLAIN, Reading, read_header
from outreach.services.importing.people_rows import TELLS_WHO
from outreach.services.importing.tables import open_table


class ImportKind(StrEnum):
    """What a file brings."""

    PEOPLE = "people"
    CATALOGUE = "catalogue"
    TASTES = "tastes"
    GIFTS = "gifts"
    POSTS = "posts"
    SUPPRESSIONS = "suppressions"


#: Kinds of lists that their headings tell apart.
_TOLD_APART = (ImportKind.PEOPLE, ImportKind.CATALOGUE)


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a file brings, and its headings.

    Args:
        payload: ``{"path", "likely"}``.
    """
    path, likely = Path(payload["path"]), ImportKind(payload["likely"])
    found = sniff(path)
    if found in (FileKind.ONIX, FileKind.XML):
        yield {"kind": ImportKind.CATALOGUE.value, "header": []}
    elif found is FileKind.VCARD:
        yield {"kind": ImportKind.PEOPLE.value, "header": []}
    else:
        header = open_table(path).header
        yield {"kind": likeliest(header, likely).value, "header": list(header)}


def likeliest(header: Sequence[str], likely: ImportKind) -> ImportKind:
    """What a table brings, told from its headings; gifts, posts and suppressions only where the user says so.

    Somebody's reading is imported on her page only: a file does not say whose it is.
    """
    if likely not in _TOLD_APART:
        return likely
    marks = {kind: _mark(read_header(kind.value, header)) for kind in _TOLD_APART}
    best = max(marks.values())
    return likely if marks[likely] == best else next(kind for kind in _TOLD_APART if marks[kind] == best)


def _mark(reading: Reading) -> int:
    """How much headings speak for a kind: how many of them it understands; those of a program that we know decide.

    One heading alone says nothing, a size or a colour, unless it names what the rows are about.
    """
    targets = {column.target for column in reading.columns}
    if len(targets) == 1 and not targets & {*TELLS_WHO, "title"}:
        return 0
    return len(targets) + (100 if reading.layout != PLAIN else 0)
