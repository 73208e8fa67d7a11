"""A look at a list before it comes in: each column with its first value, what it is taken for, and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outreach.jobs import Job
from outreach.services.importing.files import check_file
from outreach.services.importing.handed import Handed, as_file
from outreach.services.importing.run import ImportKind
from outreach.services.importing.shapes import remembered
from outreach.store.database import Store
from outreach.workers import Limits, first

_LIMITS = Limits(seconds=60, memory_mb=700)


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """A column of a list.

    Attributes:
        header: As the file writes it.
        sample: The first value in it.
        target: What it is taken for, such as ``address.city``; empty where nobody knows, ``ignore`` where it is of no
            use.
        group: What holds it together with others, such as the platform of an account.
        reads: How the sample is read, as a code of `outreach.wording.notes` and its facts.
        is_doubtful: Whether the user should look at it.
    """

    header: str
    sample: str
    target: str
    group: str
    reads: tuple[str, Mapping[str, Any]]
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A list before it comes in.

    Attributes:
        kind: What it brings.
        layout: Which program's file it is.
        columns: None where the file has none of its own, as cards and ONIX messages.
        mapping: What the user said of its columns, now or before.
        policy: What the user said of known values of such a sheet before.
        as_before: Whether the user said what its columns are before.
    """

    kind: ImportKind
    layout: str
    columns: tuple[PreviewColumn, ...]
    mapping: Mapping[str, str]
    policy: Mapping[str, str]
    as_before: bool

    @property
    def doubts(self) -> int:
        """How many columns the user should look at."""
        return sum(column.is_doubtful for column in self.columns)


def look_at(
    store: Store, handed: Handed, kind: ImportKind | None, mapping: Mapping[str, str], job: Job | None = None
) -> Preview:
    """Look at what was handed over; nothing is written.

    Args:
        store: The open workspace, for what was said of such sheets before.
        handed: The list.
        kind: What it brings; told from its headings where it is None.
        mapping: What the user says of its columns.
        job: Its cancelling ends the looking.

    Raises:
        KnownError: when it cannot be read.
        Cancelled: when the job was stopped.
    """
    with as_file(handed) as path:
        check_file(path)
        payload = {
            "path": str(path.absolute()),
            "kind": kind.value if kind else "",
            "likely": handed.likely.value,
            "mapping": dict(mapping),
            "shapes": {each.value: remembered(each.value) for each in ImportKind},
            "today": store.today().isoformat(),
        }
        found = first("outreach.services.importing.preview_rows:read", payload, _LIMITS, job or Job())
    return Preview(
        kind=ImportKind(found["kind"]),
        layout=found["layout"],
        columns=tuple(
            PreviewColumn(**{**column, "reads": (column["reads"][0], column["reads"][1])})
            for column in found["columns"]
        ),
        mapping=found["mapping"],
        policy=found["policy"],
        as_before=found["as_before"],
    )
