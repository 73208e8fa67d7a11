"""The window with 100,000 people: start, what blocks it, how soon a key shows, painting, memory.

Each has a gate, on the median; the exit code is 1 where one was missed.

Run: python -m tests.benchmarks.bench_window [FOLDER OF A WORKSPACE]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measure import Gates, Took, in_turn, outreach

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
window = Window()
window.resize(1440, 900)
window.show()
sys.exit(app.exec())
"""
_OURS = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from outreach.app import make_application, session
from outreach.settings import Settings
from outreach.store.workspace import Opening
from outreach.ui.window import Window
class Watched(Window):
    def paintEvent(self, event):
        QTimer.singleShot(0, app.quit)
        super().paintEvent(event)
import outreach.app
outreach.app.Window = Watched
app = make_application()
with session(app, Path(sys.argv[1]), Path(sys.argv[2]), Settings(), opening=Opening()) as opened:
    opened.window.show()
    app.exec()
    os._exit(0)
"""
_MEMORY = """
print(int(open("/proc/self/statm").read().split()[1]) * 4096)
"""


def _wall(code: str, *arguments: object) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True)
    return time.perf_counter() - started


def start(gates: Gates, folder: Path, home: Path) -> None:
    """From nothing to the first painted window."""
    measured = in_turn(lambda: _wall(_OURS, folder, home), lambda: _wall(_BARE), 11)
    gates.ratio("start to the first painted window, against a bare window (wall)", measured, 3.0, ", aim 1.8")


def memory(gates: Gates, folder: Path, home: Path) -> None:
    """After every page was visited, against an empty window."""
    visit = _OURS.replace(
        "    opened.window.show()\n    app.exec()\n",
        "    from outreach.photos import PLACES, settle\n    opened.window.show()\n"
        "    for place in PLACES:\n        opened.window.go(place)\n        settle(opened)\n"
        + "".join(f"    {each}\n" for each in (*_MEMORY.strip().splitlines(), "sys.stdout.flush()")),
    )
    bare = _BARE.replace("sys.exit(app.exec())", "app.exec()\n" + _MEMORY.strip())
    ours, other = (
        int(subprocess.run([sys.executable, "-c", code, str(folder), str(home)], check=True, capture_output=True,
                           text=True).stdout.split()[-1]) / 2**20
        for code in (visit, bare)
    )  # fmt: skip
    gates.at_most(
        f"memory, every page visited, above the {other:.0f} MB of an empty window",
        [Took(ours - other, ours - other)],
        250,
        "MB",
    )


def main() -> int:
    """Measure and print; 1 where a gate was missed."""
    gates = Gates()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        if len(sys.argv) > 1:
            folder = Path(sys.argv[1])
        else:
            made = outreach("demo", "--json", "--people", 100_000, "--out", home / "demo", home=home)
            subprocess.run([str(part) for part in made], check=True, stdout=subprocess.DEVNULL)
            folder = home / "demo" / "workspace"
        start(gates, folder, home)
        memory(gates, folder, home)
        from tests.benchmarks.hands import measure_hands

        measure_hands(gates, folder, home)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main())
