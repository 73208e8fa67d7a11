"""Lists as they are handed over: a file, or cells from the clipboard; and what they seem to bring."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.importing.files import FileKind, check_file, sniff
from outreach.services.importing.layouts import PLAIN, Reading, read_header
from outreach.services.importing.people_rows import TELLS_WHO
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult, import_file
from outreach.services.importing.shapes import remember_shape
from outreach.services.importing.tables import TABLES, open_table
from outreach.store.database import Store
from outreach.workers import Limits, first

#: Kinds of lists that their headings tell apart.
_TOLD_APART = (ImportKind.PEOPLE, ImportKind.CATALOGUE)
_LIMITS = Limits(seconds=60, memory_mb=700)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Cells from the clipboard.

    Attributes:
        name: What they are called where a file has its name, without a suffix.
    """

    text: str
    name: str

    @property
    def file_name(self) -> str:
        """The name of the file that they would make."""
        return self.name + (".tsv" if "\t" in self.text else ".csv")


@dataclass(frozen=True, slots=True)
class Handed:
    """A list that was dropped or pasted.

    Attributes:
        likely: What it brings when its headings leave that open.
    """

    source: Path | Pasted
    likely: ImportKind


def import_handed(
    store: Store,
    handed: Handed,
    kind: ImportKind | None = None,
    options: ImportOptions | None = None,
    job: Job | None = None,
) -> ImportResult:
    """Import what was handed over, as `import_file` does; where no kind is given it is told from the list itself.

    Raises:
        KnownError: when it cannot be read.
        Cancelled: when the job was stopped.
    """
    with as_file(handed) as path:
        return import_file(store, kind or kind_of(path, handed.likely, job), path, options, job)


@contextmanager
def as_file(handed: Handed) -> Iterator[Path]:
    """What was handed over as a file: what is read in a child process comes from one."""
    source = handed.source
    if isinstance(source, Path):
        yield source
        return
    # This one is private, and gone when it was read.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source.file_name
        path.write_text(source.text, encoding="utf-8", newline="")
        yield path


def remember_file(
    store: Store, kind: ImportKind, path: Path, mapping: Mapping[str, str], policy: Mapping[str, str]
) -> Changes:
    """Keep what the user says of a file for the next sheet of its shape."""
    if sniff(path) not in TABLES:
        return Changes()
    return remember_shape(store, kind.value, header_of(path), mapping, policy)


def header_of(path: Path, job: Job | None = None) -> list[str]:
    """The headings of a table, read in a child process.

    Raises:
        KnownError: when it is no table that can be read.
    """
    check_file(path)
    found = first(f"{__name__}:read", {"path": str(path.absolute()), "likely": "people"}, _LIMITS, job or Job())
    return list(found["header"])


def kind_of(path: Path, likely: ImportKind, job: Job | None = None) -> ImportKind:
    """What a file brings, told from its headings in a child process.

    Raises:
        KnownError: when it is no list that can be read.
    """
    check_file(path)
    found = first(f"{__name__}:read", {"path": str(path.absolute()), "likely": likely.value}, _LIMITS, job or Job())
    return ImportKind(found["kind"])


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
