"""A window on a sample, as a user has it open."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from outreach.app import Session, session
from outreach.jobs import Job
from outreach.photos import settle as settled
from outreach.services.sample.apart import sign
from outreach.services.sample.fill import fill
from outreach.services.workspaces.workspaces import new_workspace
from outreach.settings import Settings
from outreach.store import workspace
from outreach.store.workspace import Opening
from outreach.ui.files import Files
from outreach.ui.theme import Theme
from tests.conftest import NOW
from tests.ui.sharing import Kept, left_behind, written

OPENING = Opening(clock=lambda: NOW, by="HO", program="window")


class Answers(Files):
    """Answers in the user's place, and remembers what was shown."""

    def __init__(self, folder: Path) -> None:
        self.chosen: Path | None = None
        self.place = folder
        self.prints = True
        self.shown: list[Path | str] = []

    def to_open(self, *_: Any) -> Path | None:
        return self.chosen

    def to_save(self, _parent: Any, _title: str, name: str) -> Path | None:
        return self.place / name

    def to_print(self, _parent: Any, title: str) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.place / f"{title}.pdf"))
        return printer if self.prints else None

    def folder(self, *_: Any) -> Path | None:
        return self.place

    def show(self, path: Path) -> None:
        self.shown.append(path)

    def browse(self, address: str) -> None:
        self.shown.append(address)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample workspace; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("sample") / "workspace"
    new_workspace(folder, OPENING)
    with workspace.writing(folder, OPENING) as store:
        fill(store, people=150, seed=1, job=Job())
        sign(store)
        workspace.back_up_daily(store)  # else each window begins with the backup of the day
    return folder


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, dark=False)


class OpenWindow(Protocol):
    """Opens a window on a workspace."""

    def __call__(self, folder: Path, language: str = "", place: str = "") -> Session:
        """In a language, or in the system's; at a place, or where it begins for a user."""
        ...


def shown(opened: Session, files: Path, place: str = "") -> None:
    """Show a window as a user has it, at a place, and wait until all of it is there."""
    opened.desk.files = Answers(files)
    opened.window.resize(1440, 900)
    if place:
        opened.window.go(place)
    opened.window.show()
    settled(opened)


def look_as_first(theme: Theme) -> None:
    """Undo what a test did to the look of all windows."""
    theme.look("light", "")
    theme.parent().setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture(scope="session")
def kept() -> Kept:
    return Kept()


@pytest.fixture
def open_window(qapp: QApplication, theme: Theme, tmp_path: Path, kept: Kept) -> Iterator[OpenWindow]:
    """Opens windows, and closes them again at the end of the test."""
    managers = []

    def leave(*, also_shown: bool) -> None:
        for manager, window in [*managers]:
            if also_shown or not window.isVisible():
                window.close()
                manager.__exit__(None, None, None)
                managers.remove((manager, window))

    def opens(folder: Path, language: str = "", place: str = "") -> Session:
        kept.end()
        leave(also_shown=False)  # a window that was closed ends its program
        settings = Settings(initials="HO", language=language)
        manager = session(qapp, folder, tmp_path / "home", settings, theme=theme, opening=OPENING)
        opened = manager.__enter__()
        managers.append((manager, opened.window))
        shown(opened, tmp_path, place)
        return opened

    yield opens
    leave(also_shown=True)
    qapp.sendPostedEvents(None, 52)  # deferred deletions: what is gone need not be painted and laid out anew
    look_as_first(theme)


@pytest.fixture
def sample(sample_folder: Path, tmp_path: Path) -> Path:
    """A sample of one's own."""
    return Path(shutil.copytree(sample_folder, tmp_path / "workspace"))


@pytest.fixture
def opened(open_window: OpenWindow, sample: Path, request: pytest.FixtureRequest) -> Session:
    """A window on the sample; at the place that the tests of a file are about, where they are marked so."""
    begins = request.node.get_closest_marker("begins")
    return open_window(sample, place=begins.args[0] if begins is not None else "")


@pytest.fixture(scope="module")
def kept_here(kept: Kept) -> Iterator[Kept]:
    yield kept
    kept.end()


@pytest.fixture
def shared(
    qapp: QApplication, theme: Theme, kept_here: Kept, sample_folder: Path, tmp_path_factory, tmp_path: Path
) -> Iterator[Session]:
    """A window on the sample for tests that only look: those of one file share it, and leave it as it was."""

    def opens() -> AbstractContextManager[Session]:
        place = tmp_path_factory.mktemp("shared")
        folder = Path(shutil.copytree(sample_folder, place / "workspace"))
        return session(qapp, folder, place / "home", Settings(initials="HO"), theme=theme, opening=OPENING)

    given = kept_here.give(opens)
    shown(given, tmp_path)
    before = written(given)
    yield given
    left = left_behind(given, before)
    if left:
        kept_here.end()
    look_as_first(theme)
    assert left == []


@pytest.fixture
def bare(open_window: OpenWindow, folder: Path) -> Session:
    """A window on an empty workspace."""
    return open_window(folder)


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Session], None]:
    """Waits until everything has been read, written and painted."""
    return settled
