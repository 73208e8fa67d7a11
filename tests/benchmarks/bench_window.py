"""The window with 100,000 people: start, what blocks it, painting, memory; against a bare window of Qt.

Run: python -m tests.benchmarks.bench_window [FOLDER OF A WORKSPACE]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measure import in_turn, line, outreach

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


def start(folder: Path, home: Path) -> None:
    """From nothing to the first painted window."""
    line(
        "start to the first painted window, 100,000 people, against a bare window (wall)",
        *in_turn(lambda: _wall(_OURS, folder, home), lambda: _wall(_BARE), 9),
        "3.0, aim 1.8",
    )


class Heart:
    """Beats each millisecond in the window's thread; its longest pause is how long the window did not answer."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Measure what happens within."""
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()
        yield
        self._beat()
        self._timer.stop()


def _pause(ms: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def blocks(folder: Path, home: Path) -> None:
    """What a user does, and the longest time that the window did not answer meanwhile."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from outreach.app import make_application, session
    from outreach.photos import PLACES, settle
    from outreach.settings import Settings
    from outreach.store.workspace import Opening

    app = make_application()
    with session(app, folder, home, Settings(), opening=Opening()) as opened:
        window, heart = opened.window, Heart()
        window.resize(1440, 900)
        window.show()
        settle(opened)

        def told(what: str, act: Callable[[], object], times: int = 5) -> None:
            longest = []
            for _ in range(times):
                with heart.listening():
                    act()
                    settle(opened)
                longest.append(heart.longest)
            worst = max(longest) * 1000
            print(f"{what}: longest pause {worst:.1f} ms, median {statistics.median(longest) * 1000:.1f}, target 50")

        for place in PLACES:
            told(f"open {place} for the first time", lambda place=place: window.go(place), times=1)
            told(f"come back to {place}", lambda place=place: (window.go("campaigns"), window.go(place)), times=3)
        window.go("people")
        settle(opened)
        page = window.page

        def type_words() -> None:
            page.filter.setFocus()
            page.filter.clear()
            for key in "maya okonjo":
                QTest.keyClick(page.filter, key)
                _pause(90)

        told("type in the filter", type_words, times=3)
        page.filter.clear()
        settle(opened)
        page.table.setFocus()
        told("jump to the end", lambda: QTest.keyClick(page.table, Qt.Key.Key_End))
        told("jump to the beginning", lambda: QTest.keyClick(page.table, Qt.Key.Key_Home))
        told("select everyone", lambda: QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier))
        told("open the next profile", lambda: QTest.keyClick(page.table, Qt.Key.Key_Down), times=20)
        for order in ("name", "posted", "last"):
            told(f"order by {order}", lambda order=order: page.table.order_asked.emit(order, True), times=2)

        painting = []
        for _ in range(40):
            began = time.perf_counter()
            page.table.viewport().repaint()
            painting.append(time.perf_counter() - began)
        whole = []
        for _ in range(40):
            began = time.perf_counter()
            window.grab()
            whole.append(time.perf_counter() - began)
        print(f"repaint the table: median {statistics.median(painting) * 1000:.1f} ms, "
              f"p95 {sorted(painting)[37] * 1000:.1f}, target 16")  # fmt: skip
        print(f"repaint the whole window: median {statistics.median(whole) * 1000:.1f} ms, "
              f"p95 {sorted(whole)[37] * 1000:.1f}, target 16")  # fmt: skip


def memory(folder: Path, home: Path) -> None:
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
    print(
        f"memory, every page visited: {ours:.0f} MB, an empty window {other:.0f} MB, more {ours - other:.0f}, target 250"
    )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        if len(sys.argv) > 1:
            folder = Path(sys.argv[1])
        else:
            subprocess.run(
                outreach("demo", "--json", "--people", 100_000, "--out", home / "demo", home=home),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            folder = home / "demo" / "workspace"
        start(folder, home)
        blocks(folder, home)
        memory(folder, home)


if __name__ == "__main__":
    main()
