"""Rows of a table as text: what is copied, and what is printed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.jobs import Job
from outreach.ui.table.columns import Column
from outreach.ui.table.model import PAGE


@dataclass(frozen=True, slots=True)
class Listing:
    """Some rows and the columns that are shown of them; it is read on any thread, a page at a time.

    Attributes:
        columns: In the order shown.
        widths: How wide each is on the screen, in pixels.
        ids: The rows, in the order shown.
        fetch: Reads rows by id.
    """

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    ids: Sequence[int]
    fetch: Callable[[Sequence[int]], Mapping[int, Any]]

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return tuple(column.label for column in self.columns)

    def rows(self, job: Job | None = None) -> Iterator[tuple[str, ...]]:
        """The cells of each row; a row that is gone meanwhile is left out.

        Raises:
            Cancelled: when the job was stopped.
        """
        for start in range(0, len(self.ids), PAGE):
            if job is not None:
                job.report(start, total=len(self.ids))
            some = self.ids[start : start + PAGE]
            found = self.fetch(some)
            for row_id in some:
                row = found.get(row_id)
                if row is not None:
                    yield tuple(column.text(row) for column in self.columns)
