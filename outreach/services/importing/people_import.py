"""Taking the rows of a list of people into the workspace."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outreach.services.importing.history_write import HistoryWriter
from outreach.services.importing.people_match import Finder, Key, Namesakes, keys_of
from outreach.services.importing.people_records import RecordsWriter
from outreach.services.importing.people_write import PeopleWriter, load_known
from outreach.services.importing.suppressions_import import Suppressing
from outreach.services.importing.taking import OnMatch, Taking
from outreach.services.people.identity import identity_keys
from outreach.services.people.suppressions import Marks, SuppressionKind, SuppressionReason
from outreach.store.models import Person


def take(taking: Taking, answers: Iterator[Mapping[str, Any]]) -> None:
    """Write all rows that a child process reads, inside the caller's transaction."""
    taker = _Taker(taking)
    taking.each_chunk(answers, taker.take)
    taker.finish()


class _Taker:
    def __init__(self, taking: Taking) -> None:
        self._finder = Finder(taking.store)
        self._namesakes = Namesakes()
        self._suppressing = Suppressing(taking)
        self._marks = Marks(taking.store)
        self._writer = PeopleWriter(taking)
        self._history = HistoryWriter(taking)
        self._records = RecordsWriter(taking, self._marks)
        self._same = taking.same
        self._skips = taking.on_match is OnMatch.SKIP
        self._by_row: dict[int, int] = {}
        self._tally = taking.tally

    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one chunk: those who are new together, then those who are known."""
        self._tally.rows += len(rows)
        usable = [(row, keys_of(row)) for row in rows if self._usable(row)]
        self._finder.look_up(key for _, keys in usable for key in keys)
        self._namesakes.look_up(row for row, _ in usable)
        matched: list[tuple[int, Mapping[str, Any]]] = []
        added: list[tuple[int, Mapping[str, Any]]] = []
        for row, keys in usable:
            person = self._person_of(row, keys)
            if person is None:
                added.append((self._add(row, keys), row))
            else:
                matched.append((person, self._without_taken(row, keys, person)))
        self._writer.flush()
        changed = set()
        known = load_known(person for person, _ in matched)
        for person, row in matched:
            has_changed, aside = self._writer.update(person, row, known[person])
            if has_changed:
                changed.add(row["n"])
            if aside:
                self._tally.doubt(row["n"], "rows.other_address", {})
        self._writer.flush()
        told_of = added if self._skips else [*added, *matched]
        more = [(row["n"], person, row["x"]) for person, row in told_of if row["x"]]
        changed |= self._records.take(more, {person for person, _ in added})
        told = [(row["n"], person, row["h"]) for person, row in (*added, *matched) if row["h"]]
        changed |= self._history.take(told)
        updated = sum(row["n"] in changed for _, row in matched)
        self._tally.updated += updated
        self._tally.unchanged += len(matched) - updated

    def finish(self) -> None:
        """Write what needs everybody to be there."""
        self._records.finish()

    def _person_of(self, row: Mapping[str, Any], keys: Sequence[Key]) -> int | None:
        """Who a row is about: as the user says, else by its keys; None for somebody new."""
        same = self._same.get(row["n"])
        if same:
            return self._by_row.get(-same) if same < 0 else same
        return self._finder.find(keys)

    def _add(self, row: Mapping[str, Any], keys: Sequence[Key]) -> int:
        person = self._writer.reserve()
        self._finder.claim(keys, person)
        self._writer.add(person, row)
        self._tally.added += 1
        if self._same:
            self._by_row[row["n"]] = person
        namesake = self._namesakes.meet(row)
        if namesake is not None and row["n"] not in self._same:
            self._tally.doubles += 1
            self._tally.doubt(row["n"], *namesake)
        return person

    def _usable(self, row: Mapping[str, Any]) -> bool:
        if "skip" in row:
            self._tally.skip(row["n"], *row["skip"])
            return False
        for code, facts in row["w"]:
            self._tally.doubt(row["n"], code, facts)
        if row["u"]:
            self._suppress(row)
            return False
        if self._marks.forgotten and self._is_forgotten(row):
            self._tally.skip(row["n"], "rows.forgotten", {})
            return False
        return True

    def _suppress(self, row: Mapping[str, Any]) -> None:
        """A row of someone who unsubscribed adds nobody; it makes sure that she is not written to."""
        new = self._suppressing.mark({**row, "a": []}, SuppressionReason.UNSUBSCRIBED)
        self._tally.suppressed += new
        self._tally.unchanged += not new

    def _is_forgotten(self, row: Mapping[str, Any]) -> bool:
        keys = [(SuppressionKind.EMAIL, key) for _, key in row["e"]]
        keys += [(SuppressionKind.ACCOUNT, account[2]) for account in row["a"] if account[0]]
        keys += [(SuppressionKind.ID, ":".join(row["i"]))] if row["i"] else []
        codes, values = [place[5] for place in row["p"]], row["v"]
        names = identity_keys(
            row["name"][3], codes, values.get("organisation", ""), values.get("phone", ""), is_reachable=bool(keys)
        )
        keys += [(SuppressionKind.PERSON, key) for key in names]
        return any(self._marks.is_forgotten(kind, key) for kind, key in keys)

    def _without_taken(self, row: Mapping[str, Any], keys: Sequence[Key], person: int) -> Mapping[str, Any]:
        """A row without what belongs to someone else, which is said as a doubt: they may be the same person."""
        taken = self._finder.claim(keys, person)
        if row["i"] and self._finder.is_own(row["i"]):
            row = {**row, "i": None}
        if not taken:
            return row
        for (_, key), owner in taken:
            other = Person.get_or_none(Person.id == owner)
            self._tally.doubt(
                row["n"], "rows.shared", {"what": key, "other": f"p{owner} {other.name if other else ''}".strip()}
            )
        lost = {key for (_, key), _ in taken}
        return {
            **row,
            "e": [email for email in row["e"] if email[1] not in lost],
            "a": [account for account in row["a"] if account[2] not in lost],
            "i": None if row["i"] and ":".join(row["i"]) in lost else row["i"],
        }
