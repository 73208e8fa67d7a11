"""Lists as they are handed over: a file, or cells from the clipboard; and what they seem to bring."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach.jobs import Job
from outreach.services.importing.files import FileKind, check_file, sniff
from outreach.services.importing.layouts import PLAIN, Reading, read_header
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult, import_file
from outreach.services.importing.tables import open_table
from outreach.store.database import Store
from outreach.workers import Limits, stream

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
    source = handed.source
    if isinstance(source, Path):
        return import_file(store, kind or kind_of(source, handed.likely, job), source, options, job)
    # What is read in a child process comes from a file; this one is private, and gone when it was read.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source.file_name
        path.write_text(source.text, encoding="utf-8", newline="")
        return import_file(store, kind or kind_of(path, handed.likely, job), path, options, job)


def kind_of(path: Path, likely: ImportKind, job: Job | None = None) -> ImportKind:
    """What a file brings, told from its headings in a child process.

    Raises:
        KnownError: when it is no list that can be read.
    """
    check_file(path)
    answers = stream(f"{__name__}:read", {"path": str(path.absolute()), "likely": likely.value}, _LIMITS, job or Job())
    try:
        return ImportKind(next(answers)["kind"])
    finally:
        answers.close()  # type: ignore[attr-defined]


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield what a file brings.

    Args:
        payload: ``{"path", "likely"}``.
    """
    path, likely = Path(payload["path"]), ImportKind(payload["likely"])
    if sniff(path) in (FileKind.ONIX, FileKind.XML):
        yield {"kind": ImportKind.CATALOGUE.value}
        return
    header = open_table(path).header
    # Somebody's reading is imported on her page only: a file does not say whose it is.
    marks = {kind: _mark(read_header(kind.value, header)) for kind in (ImportKind.PEOPLE, ImportKind.CATALOGUE)}
    best = max(marks.values())
    kind = likely if marks.get(likely) == best else next(kind for kind in marks if marks[kind] == best)
    yield {"kind": kind.value}


def _mark(reading: Reading) -> int:
    """How much headings speak for a kind: how many of them it understands; those of a program that we know decide."""
    return len({column.target for column in reading.columns}) + (100 if reading.layout != PLAIN else 0)
