"""What an import counts, and what it has to say of single rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """Why a row was skipped, or what is doubtful in it.

    Attributes:
        row: As a spreadsheet counts it.
        skipped: Whether nothing of the row was taken.
        code: A sentence of `outreach.wording.notes`.
        facts: What the sentence needs.
    """

    row: int
    skipped: bool
    code: str
    facts: Mapping[str, Any]

    def facts_as_text(self) -> str:
        """The facts as they are stored."""
        return json.dumps(self.facts, ensure_ascii=False)


@dataclass(slots=True)
class Tally:
    """Counts of an import under way; each row is counted once."""

    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    suppressed: int = 0
    doubles: int = 0
    notes: list[Note] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def skip(self, row: int, code: str, facts: Mapping[str, Any]) -> None:
        """Count a row of which nothing was taken, and keep why."""
        self.skipped += 1
        self.notes.append(Note(row, True, code, facts))

    def doubt(self, row: int, code: str, facts: Mapping[str, Any]) -> None:
        """Keep what is doubtful in a row that was taken."""
        self.notes.append(Note(row, False, code, facts))
