"""Lists as they are handed over: a file, or cells from the clipboard; and what they seem to bring."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.importing.files import check_file, sniff
from outreach.services.importing.kinds import ImportKind
from outreach.services.importing.run import ImportOptions, ImportResult, import_file
from outreach.services.importing.shapes import remember_shape
from outreach.services.importing.tables import TABLES
from outreach.store.database import Store
from outreach.workers import Limits, first

_READ = "outreach.services.importing.kinds:read"
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
    found = first(_READ, {"path": str(path.absolute()), "likely": "people"}, _LIMITS, job or Job())
    return list(found["header"])


def kind_of(path: Path, likely: ImportKind, job: Job | None = None) -> ImportKind:
    """What a file brings, told from its headings in a child process.

    Raises:
        KnownError: when it is no list that can be read.
    """
    check_file(path)
    found = first(_READ, {"path": str(path.absolute()), "likely": likely.value}, _LIMITS, job or Job())
    return ImportKind(found["kind"])
