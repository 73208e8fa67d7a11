"""Import of 100,000 dirty people, against a tool that checks nothing and against a raw write of the same rows.

Run: python -m tests.benchmarks.bench_import [PEOPLE]   (needs the extra "bench")
"""

import csv
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import cpu_of, in_turn, line, outreach

PEOPLE = 100_000
_GENRES = ("romance", "YA fantasy", "cosy crime", "poetry", "translated fiction", "historical", "thriller", "memoir")
_TABLES = ("person", "email_address", "account", "audience_reading", "address", "taste_note", "taste_evidence")


def dirty_list(path: Path, people: int = PEOPLE, first: int = 0) -> None:
    """A list as a publicist keeps it: capitals, stray blanks, rounded followers, several genres in a cell.

    Args:
        path: Where.
        people: How many.
        first: The number of the first of them: lists that overlap bring people who are there already.
    """
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["Name", "E-mail", "Platform", "Handle", "Followers", "Likes", "Address1", "City", "Zip", "Country"]
        )
        for number in range(first, first + people):
            email = f"{'Person' if number % 3 else 'PERSON'}{number}@Example.org{' ' if number % 5 == 0 else ''}"
            followers = (
                f"{chance.randint(1, 90)}.{chance.randint(0, 9)}k" if number % 2 else str(chance.randint(50, 9000))
            )
            writer.writerow([
                f"Müller-{number % 977}, Zoë {number}", email, "Instagram", f"@reader.{number}", followers,
                " / ".join(chance.sample(_GENRES, 2)), f"{number % 300} Quay Street", "Hexham", f"NE{number % 99} 1AA", "UK",
            ])  # fmt: skip


def raw_write(source: Path, target: Path) -> None:
    """Write the rows of a finished import, as they are, into the same tables and indexes."""
    rows = sqlite3.connect(source)
    out = sqlite3.connect(target)
    out.execute("PRAGMA journal_mode = WAL")
    made = rows.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite_%'")
    tables = dict(made.fetchall())
    indexes = [name for name, sql in tables.items() if "CREATE VIRTUAL" in sql]
    for name, sql in tables.items():
        if not any(name.startswith(f"{index}_") for index in indexes):  # an index's own tables come with it
            out.execute(sql)
    with out:
        for name in _TABLES:
            found = rows.execute(f"SELECT * FROM {name}").fetchall()
            marks = ", ".join("?" * len(found[0]))
            out.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
        for index in ("person_search", "person_infix"):
            words = rows.execute(f"SELECT rowid, words FROM {index}").fetchall()
            out.executemany(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", words)
    out.close()
    rows.close()


def main(people: int = PEOPLE) -> None:
    """Measure and print."""
    if shutil.which("sqlite-utils") is None:
        sys.exit('bench_import compares with sqlite-utils, which is not here: install the extra "bench".')
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "people.csv"
        dirty_list(path, people)
        turn = iter(range(1000))

        def ours() -> float:
            work = folder / f"w{next(turn)}"
            cpu_of(outreach("new", work, home=folder / "home"))
            return cpu_of(outreach("--workspace", work, "import", "people", path, home=folder / "home"))

        def tool() -> float:
            return cpu_of(
                [
                    "sqlite-utils",
                    "insert",
                    folder / f"t{next(turn)}.db",
                    "people",
                    path,
                    "--csv",
                ]
            )

        first = ours()
        done = folder / "w0" / "outreach.db"
        connection = sqlite3.connect(done)
        counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _TABLES]
        connection.close()
        assert counts == [*[people] * 5, 2 * people, 2 * people], counts
        line(f"import {people:,} people, against sqlite-utils insert --csv (user CPU)", *in_turn(ours, tool, 3), "0.30")

        def raw() -> float:
            return cpu_of([sys.executable, "-m", "tests.benchmarks.bench_import", done, folder / f"r{next(turn)}.db"])

        line("the same, against writing the same rows raw (user CPU)", *in_turn(ours, raw, 3), "1.5")
        line(
            "writing the same rows raw, against sqlite-utils", *in_turn(raw, tool, 3), "told: what no import goes below"
        )
        print(f"(the first import, cold: {first:.2f} s)")
        into_known(folder, path, turn, people)


def into_known(folder: Path, path: Path, turn: Iterator[int], people: int) -> None:
    """The same number again, half of them there already, against a tool that only replaces rows by a key."""
    more = folder / "more.csv"
    dirty_list(more, people, first=people // 2)
    tool = "sqlite-utils"
    other = folder / "known.db"
    subprocess.run([tool, "insert", other, "people", path, "--csv", "--pk", "E-mail"], check=True, capture_output=True)

    def ours() -> float:
        work = folder / f"k{next(turn)}"
        shutil.copytree(folder / "w0", work)
        took = cpu_of(outreach("--workspace", work, "import", "people", more, home=folder / "home"))
        connection = sqlite3.connect(work / "outreach.db")
        counts = [
            connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("person", "email_address")
        ]
        connection.close()
        assert counts == [people * 3 // 2] * 2, counts
        return took

    def theirs() -> float:
        copy = folder / f"k{next(turn)}.db"
        shutil.copy(other, copy)
        return cpu_of([tool, "upsert", copy, "people", more, "--csv", "--pk", "E-mail"])

    line(
        f"the same into {people:,} who are there, against sqlite-utils upsert (user CPU)",
        *in_turn(ours, theirs, 3),
        "0.30",
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        raw_write(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:]))
