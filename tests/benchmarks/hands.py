"""What hands do in the window with many people: how long it does not answer meanwhile, and how soon they see it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from outreach.app import Session, make_application, session
from outreach.photos import PLACES, settle
from outreach.settings import Settings
from outreach.store.workspace import Opening
from outreach.ui.dialogs.palette import Palette
from tests.benchmarks.measure import Gates, Took

_CTRL = Qt.KeyboardModifier.ControlModifier
_FRAME_MS, _KEY_MS, _PLACE_MS, _BLOCK_MS = 16, 50, 100, 50
_GIVEN_UP_MS = 5000


class Heart:
    """Beats each millisecond in the window's thread; its longest pause is how long the window did not answer.

    Attributes:
        longest: In seconds.
        busiest: The longest that the window's thread itself was at work between two beats; what other programs take
            from a machine that is shared is not in it.
    """

    def __init__(self) -> None:
        self.longest = self.busiest = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)

    @property
    def took(self) -> Took:
        """The longest pause."""
        return Took(self.longest * 1000, self.busiest * 1000)

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.busiest = max(self.busiest, worked - self._worked)
        self._last, self._worked = now, worked

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Measure what happens within."""
        self.longest = self.busiest = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()
        yield
        self._beat()
        self._timer.stop()


class Eye(QObject):
    """Sees when a widget has been painted.

    Signals:
        saw: It has been.
    """

    saw = Signal()

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self.saw.emit)  # when it has been painted
        return super().eventFilter(watched, event)


def _pause(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def time_to_see(
    watched: QWidget,
    act: Callable[[], object],
    holds: Callable[[], bool] = lambda: True,
    *,
    reads: bool = True,
) -> Took:
    """From an act until something holds and has been painted.

    Args:
        watched: What is to be painted.
        act: What is done.
        holds: What has come to be by then.
        reads: Whether what is painted has to be read before, beside the window's own thread.
    """
    eye, loop = Eye(watched), QEventLoop()
    eye.saw.connect(lambda: loop.quit() if holds() else None)
    QTimer.singleShot(_GIVEN_UP_MS, loop.quit)
    clock = time.process_time if reads else time.thread_time
    began, worked = time.perf_counter(), clock()
    act()
    loop.exec()
    took = Took((time.perf_counter() - began) * 1000, (clock() - worked) * 1000)
    watched.removeEventFilter(eye)
    eye.deleteLater()
    return took


def measure_hands(gates: Gates, folder: Path, home: Path) -> None:
    """Open the window and let hands do their work in it."""
    with session(make_application(), folder, home, Settings(), opening=Opening()) as opened:
        opened.window.resize(1440, 900)
        opened.window.show()
        settle(opened)
        _places(gates, opened)
        opened.window.go("people")
        settle(opened)
        _blocks(gates, opened)
        _keys(gates, opened)
        _palette(gates, opened)
        _frames(gates, opened)


def _places(gates: Gates, opened: Session) -> None:
    """Every place for the first time, and coming back to it."""
    window, heart = opened.window, Heart()
    first, again, back = [], [], []
    for place in PLACES:
        with heart.listening():
            window.go(place)
            settle(opened)
        first.append(heart.took)
    for place in PLACES:
        window.go("campaigns" if place != "campaigns" else "people")
        settle(opened)
        with heart.listening():
            back.append(time_to_see(window._pages[place], lambda place=place: window.go(place)))  # type: ignore[misc]
            settle(opened)
        again.append(heart.took)
    gates.at_most("open a place for the first time, longest pause", first, _BLOCK_MS)
    gates.at_most("come back to a place, longest pause", again, _BLOCK_MS)
    gates.at_most("come back to a place, until it is painted", back, _PLACE_MS)


def _blocks(gates: Gates, opened: Session) -> None:
    """The longest time in which the window did not answer."""
    page, heart = opened.window.page, Heart()
    table = page.table

    def told(what: str, act: Callable[[], object], times: int = 7) -> None:
        longest = []
        for _ in range(times):
            with heart.listening():
                act()
                settle(opened)
            longest.append(heart.took)
        gates.at_most(f"{what}, longest pause", longest, _BLOCK_MS)

    def type_words() -> None:
        page.filter.setFocus()
        page.filter.clear()
        for key in "maya okonjo":
            QTest.keyClick(page.filter, key)
            _pause(90)

    told("type in the filter", type_words, times=3)
    page.filter.clear()
    settle(opened)
    table.setFocus()
    told("jump to the end", lambda: QTest.keyClick(table, Qt.Key.Key_End))
    told("jump to the beginning", lambda: QTest.keyClick(table, Qt.Key.Key_Home))
    told("select everyone", lambda: QTest.keyClick(table, Qt.Key.Key_A, _CTRL))
    told("open the next profile", lambda: QTest.keyClick(table, Qt.Key.Key_Down), times=20)
    for order in ("name", "posted", "last"):
        told(f"order by {order}", lambda order=order: table.order_asked.emit(order, True), times=3)  # type: ignore[misc]


def _keys(gates: Gates, opened: Session) -> None:
    """From a key until what it does can be seen."""
    page = opened.window.page
    table = page.table
    table.setFocus()
    rows = table.viewport()
    QTest.keyClick(table, Qt.Key.Key_Home)
    settle(opened)
    down = []
    for _ in range(25):  # the last ones scroll
        down.append(time_to_see(rows, lambda: QTest.keyClick(table, Qt.Key.Key_Down), reads=False))
        settle(opened)
    gates.at_most("a key to its paint", down, _KEY_MS)
    profile = []
    for _ in range(12):
        profile.append(
            time_to_see(page.profile, lambda: QTest.keyClick(table, Qt.Key.Key_Down),
                            lambda: page.profile.person_id == table.current_id())
        )  # fmt: skip
        settle(opened)
    gates.at_most("a key to the next profile", profile, _PLACE_MS)
    page.filter.setFocus()
    typed = []
    came: list[int] = []
    page.model.modelReset.connect(lambda: came.append(1))
    for word in ("maya", "rosa", "jo", "anna k"):
        for key in word:
            came.clear()
            typed.append(time_to_see(rows, partial(QTest.keyClick, page.filter, key), lambda: bool(came)))
            settle(opened)
        page.filter.clear()
        settle(opened)
    gates.at_most("a key in the filter to its rows", typed, _KEY_MS)


def _palette(gates: Gates, opened: Session) -> None:
    """From a key in the palette to the first line that it finds."""
    found: list[Took] = []
    for word in ("salt", "maya", "keepi", "rosa"):
        opened.desk.ask("palette", opened.window.page)
        settle(opened)
        (palette,) = (each for each in opened.window.findChildren(Palette) if each.isVisible())
        found += _typed_in(palette, word)
        palette.close_overlay()
        settle(opened)
    gates.at_most("a key in the palette to its first line", found, _KEY_MS)


def _typed_in(palette: Palette, word: str) -> Iterator[Took]:
    for key in word:
        before = palette.list._entries
        yield time_to_see(
            palette.list, partial(QTest.keyClick, palette.field, key),
            lambda before=before: palette.list._entries is not before,  # type: ignore[misc]
        )  # fmt: skip


def _frames(gates: Gates, opened: Session) -> None:
    """Painting all that can be seen of the table, and all of the window."""
    for what, paint, most in (
        ("repaint the table", opened.window.page.table.viewport().repaint, _FRAME_MS),
        ("repaint all of the window", opened.window.grab, _FRAME_MS),
    ):  # fmt: skip
        times = []
        for _ in range(40):
            began, worked = time.perf_counter(), time.thread_time()
            paint()
            times.append(Took((time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000))
        gates.at_most(what, times, most)
