"""Taking a list of those who are not to be written to: every address and account in it, whatever else it says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outreach.services.importing.taking import Taking
from outreach.services.people.suppressions import Marks, SuppressionKind, SuppressionReason
from outreach.store.models import Suppression

COLUMNS = ("id", "kind", "hash", "shown", "reason", "source", "since_on")


def take(taking: Taking, answers: Iterator[Mapping[str, Any]]) -> None:
    """Mark everybody whom a child process reads, inside the caller's transaction; nobody is added."""
    taking.each_chunk(answers, Suppressing(taking).take)


class Suppressing:
    """Marks addresses and accounts."""

    def __init__(self, taking: Taking) -> None:
        self._taking = taking
        self._marks = Marks(taking.store)

    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Mark one chunk."""
        tally = self._taking.tally
        tally.rows += len(rows)
        for row in rows:
            if "skip" in row:
                tally.skip(row["n"], *row["skip"])
                continue
            for code, facts in row["w"]:
                tally.doubt(row["n"], code, facts)
            if not row["e"] and not any(account[0] for account in row["a"]):
                tally.skip(row["n"], "rows.nothing_to_mark", {"value": row["name"][0]})
                continue
            reason = SuppressionReason.UNSUBSCRIBED if row["u"] else SuppressionReason.ASKED
            new = self.mark(row, reason)
            tally.suppressed += new
            tally.unchanged += not new

    def mark(self, row: Mapping[str, Any], reason: SuppressionReason) -> int:
        """Mark what a row tells; how many marks are new is returned."""
        keys = [(SuppressionKind.EMAIL, key) for _, key in row["e"]]
        keys += [(SuppressionKind.ACCOUNT, account[2]) for account in row["a"] if account[0]]
        new = 0
        for kind, key in keys:
            if not self._marks.is_marked(kind, key):
                columns = self._marks.columns(kind, key, reason, self._taking.origin.layout)
                values = (self._taking.writer.next_id(Suppression), *columns.values())
                self._taking.writer.insert(Suppression, COLUMNS, [values])
                new += 1
        return new
