"""A window on a sample, as a user has it open."""

import shutil
from collections.abc import Callable, Iterator
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
    return folder


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, dark=False)


class OpenWindow(Protocol):
    """Opens a window on a workspace."""

    def __call__(self, folder: Path, language: str = "") -> Session:
        """In a language, or in the system's."""
        ...


@pytest.fixture
def open_window(qapp: QApplication, theme: Theme, tmp_path: Path) -> Iterator[OpenWindow]:
    """Opens windows, and closes them again at the end of the test."""
    managers = []

    def leave(*, also_shown: bool) -> None:
        for manager, window in [*managers]:
            if also_shown or not window.isVisible():
                window.close()
                manager.__exit__(None, None, None)
                managers.remove((manager, window))

    def opens(folder: Path, language: str = "") -> Session:
        leave(also_shown=False)  # a window that was closed ends its program
        settings = Settings(initials="HO", language=language)
        manager = session(qapp, folder, tmp_path / "home", settings, theme=theme, opening=OPENING)
        opened = manager.__enter__()
        managers.append((manager, opened.window))
        opened.desk.files = Answers(tmp_path)
        opened.window.resize(1440, 900)
        opened.window.show()
        settled(opened)
        return opened

    yield opens
    leave(also_shown=True)
    qapp.sendPostedEvents(None, 52)  # deferred deletions: what is gone need not be painted and laid out anew
    theme.look("light", "")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def sample(sample_folder: Path, tmp_path: Path) -> Path:
    """A sample of one's own."""
    return Path(shutil.copytree(sample_folder, tmp_path / "workspace"))


@pytest.fixture
def opened(open_window: OpenWindow, sample: Path) -> Session:
    """A window on the sample."""
    return open_window(sample)


@pytest.fixture
def bare(open_window: OpenWindow, folder: Path) -> Session:
    """A window on an empty workspace."""
    return open_window(folder)


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Session], None]:
    """Waits until everything has been read, written and painted."""
    return settled
