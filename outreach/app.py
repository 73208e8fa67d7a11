"""Builds everything once, hands it down, and opens the window."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from outreach.services.pages.today import waiting_counts
from outreach.services.senders import sender
from outreach.settings import Settings, changed, load, save
from outreach.store import workspace
from outreach.store.workspace import Opening
from outreach.ui.desk import Desk
from outreach.ui.dialogs.opening import open_dialog
from outreach.ui.pages.all import PAGES
from outreach.ui.runner import Runner
from outreach.ui.theme import Theme
from outreach.ui.window import Window
from outreach.wording import Words


def has_display() -> bool:
    """Whether a window could be seen."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_application() -> QApplication:
    """The one application of Qt, or the one that there is already."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["outreach"])
    app.setApplicationName("Outreach")
    app.setDesktopFileName("outreach")
    translator = QTranslator(app)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


class Session:
    """One workspace, open in a window.

    Attributes:
        desk: What the pages are given.
        window: The window.
    """

    def __init__(self, theme: Theme, runner: Runner, settings: Settings, home: Path) -> None:
        self.desk = Desk(theme, Words(settings.language), runner, settings, home)
        self.window = Window(self.desk, PAGES, open_dialog)
        runner.changed.connect(lambda *_: self._tell_rail())
        self._tell_rail()
        self.window.go("today")

    def _tell_rail(self) -> None:
        who = sender()
        self.window.rail.set_who(who.name, who.organisation)
        self.window.set_counts(waiting_counts())


@contextmanager
def session(
    app: QApplication, folder: Path, home: Path, settings: Settings, *, theme: Theme | None = None, opening: Opening
) -> Iterator[Session]:
    """Open a workspace in a window; at the end everything that runs has ended and nothing is half done."""
    with ExitStack() as stack:
        store = stack.enter_context(workspace.held(folder, opening))
        runner = Runner(store)
        stack.callback(runner.close)
        made = Session(theme or Theme(app), runner, settings, home)
        made.window.closing.connect(runner.close)
        runner.write(lambda opened: workspace.back_up_daily(opened))
        yield made
        made.window.deleteLater()


def run_window(folder: Path, home: Path, opening: Opening) -> int:
    """Open a workspace and stay until the window is closed; the exit code of the program is returned."""
    app = make_application()
    settings = load(home)
    if settings.workspace != str(folder):
        settings = changed(settings, "workspace", str(folder))
        save(home, settings)
    with session(app, folder, home, settings, opening=opening) as opened:
        _report_mistakes(opened)
        opened.window.show()
        return app.exec()


def _report_mistakes(opened: Session) -> None:
    """An exception that nobody caught is a mistake of ours: it is shown with its report, never swallowed."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            opened.window.trouble(error.with_traceback(trace))
        else:
            traceback.print_exception(kind, error, trace)

    sys.excepthook = hook
