"""Answers of a reading child process: rows in chunks, and last which unknown columns held anything."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from outreach.services.importing.tables import BadRow, Row

#: Rows per answer to the waiting parent: reading one answer holds the window up for three milliseconds.
CHUNK = 250


def chunked(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows as answers of the form ``{"rows": [...]}``."""
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield {"rows": chunk}
            chunk = []
    if chunk:
        yield {"rows": chunk}


class Unused:
    """Watches the columns that nobody knows: one that is empty throughout is not worth a word."""

    def __init__(self, headers: Mapping[int, str]) -> None:
        self._waiting = dict(headers)
        self._filled: dict[int, str] = {}

    def watch(self, rows: Iterable[Row | BadRow]) -> Iterator[Row | BadRow]:
        """Pass rows on, looking at the unknown columns."""
        for row in rows:
            if self._waiting and isinstance(row, Row):
                for place in [place for place in self._waiting if row.cells[place]]:
                    self._filled[place] = self._waiting.pop(place)
            yield row

    def answer(self) -> dict[str, Any]:
        """The last answer."""
        return {"unused": [header for _, header in sorted(self._filled.items())]}
