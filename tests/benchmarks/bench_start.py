"""The start of a command, against bare Python and against the libraries that it stands on.

The libraries alone take more than four times as long as bare Python (click; with peewee about nine times), so a command
is held against a script that imports them and, for a list, opens the database and counts, as well.

Run: python -m tests.benchmarks.bench_start
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Gates, cpu_of, in_turn, outreach

_TIMES = 10
_OPENS = "import click, sqlite3, peewee; db = peewee.SqliteDatabase({!r}); db.connect(); print(db.execute_sql('SELECT count(*) FROM person').fetchone())"


def main() -> int:
    """Measure and print; 1 where a gate was missed."""
    gates = Gates()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever installed it compiles each module once, not at each start
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        cpu_of(outreach("new", home / "w", home=home))
        shown = outreach("--help", home=home)
        listed = outreach("--workspace", home / "w", "people", "list", home=home)
        for command in (shown, listed):
            cpu_of(command)
        bare = _python("pass")
        opens = _python(_OPENS.format(str(home / "w" / "outreach.db")))
        for what, command, floor, target in (
            ("import outreach, against bare Python (user CPU)", _python("import outreach"), bare, 1.2),
            ("outreach --help, against importing click", shown, _python("import click"), 1.6),
            ("outreach people list, against opening the database with its libraries", listed, opens, 2.5),
        ):
            gates.ratio(what, _measured(command, floor), target)
        # The libraries alone are near these two or beyond: a miss here says so, and is no reason to move the gates.
        for what, command, target in (("outreach --help", shown, 4.0), ("outreach people list", listed, 12.0)):
            gates.ratio(f"{what}, against bare Python (user CPU)", _measured(command, bare), target)
    return gates.code()


def _python(code: str) -> list[object]:
    return [sys.executable, "-c", code]


def _measured(command: list[object], other: list[object]) -> tuple[float, float, float]:
    return in_turn(lambda: cpu_of(command, _TIMES), lambda: cpu_of(other, _TIMES), 5)


if __name__ == "__main__":
    sys.exit(main())
