"""A table of a million people: the snapshot of ids, a page, a jump, against reading all rows.

Run: python -m tests.benchmarks.bench_table
"""

import sqlite3
import tempfile
from pathlib import Path

from outreach.services.people.people import people_rows
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.models import Person
from outreach.store.workspace import Opening
from tests.benchmarks.measure import in_turn, line, wall_of

PEOPLE = 1_000_000
_PAGE = 200


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "w"
        new_workspace(folder, Opening())
        with workspace.writing(folder, Opening()) as store:
            rows = (
                (n, f"Person {n}", f"person {n}", f"person {n:07}", "2026-11-24", "2026-11-24")
                for n in range(1, PEOPLE + 1)
            )
            with store.db.atomic():
                store.db.connection().executemany(
                    "INSERT INTO person (id, name, name_key, sort_name, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
                    rows,
                )
        with workspace.reading(folder, Opening()) as store:
            query = Person.select(Person.id).order_by(Person.sort_name, Person.id)
            ids = store.ids(query)
            assert len(ids) == len(set(ids)) == PEOPLE
            raw = sqlite3.connect(folder / "outreach.db")

            def all_rows() -> object:
                return raw.execute("SELECT id, name, role, country FROM person ORDER BY sort_name, id").fetchall()

            line(
                "ids of 1,000,000 people in order, against all rows",
                *in_turn(lambda: wall_of(lambda: store.ids(query)), lambda: wall_of(all_rows), 3),
                "0.5",
            )
            line(
                "a page of 200 rows, against all rows",
                *in_turn(lambda: wall_of(lambda: people_rows(store, ids[:_PAGE])), lambda: wall_of(all_rows), 3),
                "0.02",
            )
            line(
                "a jump to the end, against all rows",
                *in_turn(lambda: wall_of(lambda: people_rows(store, ids[-_PAGE:])), lambda: wall_of(all_rows), 3),
                "0.02",
            )
            raw.close()


if __name__ == "__main__":
    main()
