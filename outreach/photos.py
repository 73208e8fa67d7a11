"""Pictures of every page, for a machine without a display, for the guide, and for looking at what was made."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from outreach.app import Session, make_application, session
from outreach.paths import home
from outreach.services.workspaces.workspaces import new_workspace
from outreach.settings import Settings, load
from outreach.store.workspace import Opening
from outreach.ui.gallery.all import SHEETS, Gallery
from outreach.ui.theme import Theme
from outreach.wording.pseudo import LONGER, MIRRORED

PLACES = (
    "today", "people", "catalogue", "campaigns", "match", "letters", "shipments", "posts", "clubs", "review",
)  # fmt: skip
_POLL_MS = 1
#: So many turns of the window's loop without work: what a turn leaves for the next one comes one after the other.
_QUIET_TURNS = 40
#: Timers up to this stand between a key and the reading that follows from it; longer ones wait for the user.
_SHORT_MS = 20


@dataclass(frozen=True, slots=True)
class Look:
    """How pictures are taken.

    Attributes:
        size: The window's, in device-independent pixels.
        dark: In the dark colours.
        text_size: In percent, one of the theme's `TEXT_SIZES`; empty for 100.
        language: A locale, also one that only lengthens or mirrors; empty for the system's.
        suffix: What stands behind the page's name in the file's.
    """

    size: tuple[int, int] = (1440, 900)
    dark: bool = False
    text_size: str = ""
    language: str = ""
    suffix: str = ""


#: Every way in which the pages are looked at before they are called done.
EVERY_LOOK = (
    Look(), Look(dark=True, suffix="-dark"),
    Look((1280, 800), suffix="-1280"), Look((1280, 800), dark=True, suffix="-1280-dark"),
    Look(text_size="130", suffix="-130"), Look((1280, 800), dark=True, text_size="130", suffix="-1280-dark-130"),
    Look(language=LONGER, suffix="-longer"), Look((1280, 800), language=MIRRORED, suffix="-1280-mirrored"),
)  # fmt: skip


def settle(opened: Session) -> None:
    """Wait until nothing runs any longer and everything has been painted."""
    loop, timer, quiet = QEventLoop(), QTimer(), [0]

    def poll() -> None:
        quiet[0] = quiet[0] + 1 if opened.desk.runner.is_idle else 0
        if quiet[0] >= _QUIET_TURNS:
            if not _is_about_to_read(opened):
                loop.quit()
                return
            quiet[0] = 0
        # While threads work they are asked now and then; once none does, turns follow each other at once.
        wanted = 0 if quiet[0] else _POLL_MS
        if timer.interval() != wanted:
            timer.setInterval(wanted)

    timer.timeout.connect(poll)
    timer.start(_POLL_MS)
    try:
        loop.exec()
    finally:
        timer.stop()
        timer.timeout.disconnect(poll)  # which asks the timer for its pace, and would keep it, and the window


def _is_about_to_read(opened: Session) -> bool:
    return any(each.isActive() and each.interval() <= _SHORT_MS for each in opened.window.findChildren(QTimer))


def photograph(
    folder: Path, out: Path, looks: Sequence[Look], places: Sequence[str] = PLACES, opening: Opening | None = None
) -> Iterator[Path]:
    """Take pictures of a workspace's pages into a folder, and yield each file.

    Raises:
        KnownError: when the workspace cannot be opened.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application()
    out.mkdir(parents=True, exist_ok=True)
    theme = Theme(app, dark=False)
    how = opening or Opening()
    for language, alike in groupby(looks, key=attrgetter("language")):
        settings = replace(load(home()), **({"language": language} if language else {}))
        wanted = list(alike)
        _dress(theme, wanted[0])  # before the window is there: what was never shown keeps the style it was born with
        with session(app, folder, home(), settings, theme=theme, opening=how) as opened:
            for look in wanted:
                _dress(theme, look)
                yield from _pages(opened, look, out, places)


def _dress(theme: Theme, look: Look) -> None:
    theme.look("dark" if look.dark else "light", look.text_size)


def _pages(opened: Session, look: Look, out: Path, places: Sequence[str]) -> Iterator[Path]:
    window = opened.window
    window.show()
    window.resize(*look.size)
    for place in places:
        window.go(place)
        settle(opened)
        path = out / f"{place}{look.suffix}.png"
        window.grab().save(str(path), "PNG", 0)  # packed as small as it gets
        yield path


def photograph_gallery(out: Path, home: Path) -> Iterator[Path]:
    """Take pictures of all components into a folder, light and dark, and yield each file."""
    out.mkdir(parents=True, exist_ok=True)
    with _gallery(home) as opened:
        theme = opened.desk.theme
        for look in ("light", "dark"):
            theme.look(look, "")
            for name, make in SHEETS.items():
                holder = QWidget()
                theme.dress(holder)
                sheet = make(opened.desk)
                sheet.setParent(holder)
                sheet.resize(sheet.sizeHint())
                holder.resize(sheet.size())
                holder.show()
                settle(opened)
                focused = holder.focusWidget()
                if focused is not None:
                    focused.clearFocus()
                path = out / f"{name}-{look}.png"
                holder.grab().save(str(path), "PNG", 0)
                holder.close()
                holder.deleteLater()
                yield path


def show_gallery(home: Path) -> int:
    """Show all components in a window until it is closed; the exit code is returned."""
    with _gallery(home) as opened:
        shown = Gallery(opened.desk)
        shown.show()
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing here can be lost
        return make_application().exec()


@contextmanager
def _gallery(home: Path) -> Iterator[Session]:
    """An empty workspace of no consequence; its window is never shown."""
    app = make_application()
    with TemporaryDirectory() as folder:
        place = Path(folder) / "workspace"
        new_workspace(place, Opening())
        with session(app, place, home, Settings(), theme=Theme(app, dark=False), opening=Opening()) as opened:
            yield opened


def take(payload: dict[str, Any]) -> Iterator[str]:
    """Pictures as a task of a child process, which may make an application of Qt without a display.

    Args:
        payload: ``{"folder", "out"}``.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for path in photograph(Path(payload["folder"]), Path(payload["out"]), [Look()]):
        yield str(path)
