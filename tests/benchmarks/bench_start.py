"""The start of a command, against bare Python.

Run: python -m tests.benchmarks.bench_start
"""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Gates, cpu_of, in_turn, outreach

_TIMES = 10


def main() -> int:
    """Measure and print; 1 where a gate was missed."""
    gates = Gates()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        cpu_of(outreach("new", home / "w", home=home))
        bare = [sys.executable, "-c", "pass"]
        for what, arguments, target in (
            ("import outreach", None, 1.2),
            ("outreach --help", ["--help"], 4.0),
            ("outreach people list, an empty workspace", ["--workspace", home / "w", "people", "list"], 12.0),
        ):
            command = (
                [sys.executable, "-c", "import outreach"] if arguments is None else outreach(*arguments, home=home)
            )
            measured = in_turn(lambda c=command: cpu_of(c, _TIMES), lambda: cpu_of(bare, _TIMES), 5)  # type: ignore[misc]
            gates.ratio(f"{what}, against bare Python (user CPU)", measured, target)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main())
