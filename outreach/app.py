"""Builds everything once, hands it down, and opens the window."""

import os
import signal
import socket
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QSocketNotifier, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.settings import Settings, load, remembered, save
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.workspace import Opening, Restored
from outreach.ui.desk import Desk, Leaving
from outreach.ui.dialogs.opening import open_dialog
from outreach.ui.pages.all import load_pages, load_services, make_page
from outreach.ui.rubbish import Rubbish
from outreach.ui.runner import Runner
from outreach.ui.theme import Theme
from outreach.ui.window import Window
from outreach.wording import Words


def make_application() -> QApplication:
    """The one application of Qt, or the one that there is already."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Fonts of the system that are not there are of no concern: the program brings its own.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db=false;qt.qpa.fonts=false")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["outreach"])
    app.setApplicationName("Outreach")
    app.setDesktopFileName("outreach")
    return app


def translate_qt(app: QApplication, locale: str) -> QTranslator | None:
    """Give the words that Qt says itself, such as the names of keys, in a language; None where it has none."""
    translator = QTranslator(app)
    if not translator.load(
        QLocale(locale), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        return None
    app.installTranslator(translator)
    return translator


class Session:
    """One workspace, open in a window.

    Attributes:
        desk: What the pages are given.
        window: The window.
        leaving: What is to be opened after this one, if anything.
    """

    def __init__(self, theme: Theme, runner: Runner, settings: Settings, home: Path) -> None:
        self.desk = Desk(theme, Words(settings.language), runner, settings, home)
        self.window = Window(self.desk, make_page, open_dialog)
        self.leaving: Leaving | None = None
        runner.changed.connect(lambda *_: self._tell_rail())
        runner.changed.connect(self._changed)
        self.desk.left.connect(self._leave)
        # The window is there at once; what stands in it comes a moment later.
        self.window.painted.connect(self._begin)

    def _begin(self) -> None:
        self._look_at_titles()
        if not self.window.place:
            self.window.go("welcome" if workspace.is_empty(self.desk.store) else "today")
        self.desk.runner.write(_recover)
        self._tell_rail()
        if self.desk.keys.trouble is not None:
            self.window.trouble(self.desk.keys.trouble)
        self.desk.runner.later(load_services, lambda _: load_pages(self.window))

    def _changed(self, changes: Changes, _initiator: object = None) -> None:
        if changes.touches("item"):
            self._look_at_titles()

    def _look_at_titles(self) -> None:
        """Which cloth and which cover each title has, before anything paints them."""
        from outreach.services.catalogue.covers import Looks, looks

        def seen(found: Looks) -> None:
            if self.desk.theme.shelf.fill(self.desk.store.folder, found):
                self.window.update()
                for each in self.window.findChildren(QWidget):
                    each.update()

        self.desk.runner.read(lambda _: looks(), then=seen, replaces="looks")

    def _tell_rail(self) -> None:
        from outreach.services.drafting.senders import sender
        from outreach.services.pages.waiting import waiting_counts

        who = sender()
        self.window.rail.set_who(who.name, who.organisation or self.desk.store.folder.name)
        self.desk.runner.read(waiting_counts, then=self.window.set_counts, replaces="rail")

    def _leave(self, leaving: Leaving) -> None:
        self.leaving = leaving
        self.window.close()


@contextmanager
def session(
    app: QApplication, folder: Path, home: Path, settings: Settings, *, theme: Theme | None = None, opening: Opening
) -> Iterator[Session]:
    """Open a workspace in a window; at the end everything that runs has ended and nothing is half done."""
    locale = Words(settings.language).locale
    app.setLayoutDirection(QLocale(locale).textDirection())
    with ExitStack() as stack:
        translator = translate_qt(app, locale)
        if translator is not None:
            stack.callback(app.removeTranslator, translator)
        way = workspace.looked_at if opening.to_look else workspace.held
        store = stack.enter_context(way(folder, opening))
        runner = Runner(store)
        stack.callback(runner.close)
        made = Session(theme or Theme(app), runner, settings, home)
        stack.callback(Rubbish(made.window).leave)
        made.window.closing.connect(runner.close)
        if not opening.to_look:
            runner.write(lambda opened: workspace.back_up_daily(opened))
        yield made
        # What is connected to these holds them, and all that was read: nothing of a workspace stays when it is left.
        for each in (made.window, made.desk, made.desk.keys, runner):
            each.deleteLater()


def run_window(folder: Path, home: Path, opening: Opening, *, from_icon: bool = False) -> int:
    """Open a workspace, or bring forward the window that has it open; stay until the window is closed.

    What is in the way of opening is shown in a box of its own when the program was started from a menu or an icon.

    Returns:
        The exit code of the program.

    Raises:
        KnownError: when the workspace cannot be opened.
    """
    app = make_application()
    theme: Theme | None = None
    wanted: Leaving | None = Leaving(folder, to_look=opening.to_look)
    back: Leaving | None = None
    trouble: KnownError | None = None
    code = 0
    while wanted is not None:
        now, wanted = wanted, None
        settings = load(home)
        theme = theme or Theme(app)
        theme.look(settings.theme, settings.text_size, settings.contrast)
        theme.behave(density=settings.density, motion=settings.motion)
        how = replace(opening, to_look=now.to_look)
        try:
            restored = _prepare(now, how, Words(settings.language).language)
            with session(app, now.folder, home, settings, theme=theme, opening=how) as opened:
                _remember(home, settings, now)
                _report_mistakes(opened)
                _begin(opened, now, restored, trouble)
                close_on_signals(opened.window)
                if not now.to_look:
                    opened.window.painted.connect(partial(_listen, opened.window, now.folder))
                opened.window.show()
                code = app.exec()
                wanted, back, trouble = opened.leaving, Leaving(now.folder, to_look=now.to_look), None
        except KnownError as error:
            if error.code == "workspace.locked" and _call_forward(now.folder):
                return 0
            if back is not None:
                # The one that was left is opened again, and says why the other one could not be.
                wanted, back, trouble = back, None, error
                continue
            if from_icon and (sys.stderr is None or not sys.stderr.isatty()):
                # Nobody would read what is said in a terminal.
                QMessageBox.critical(None, "Outreach", Words(settings.language).trouble(error))
            raise
    return code


def _listen(window: Window, folder: Path) -> None:
    """Come forward when the program is started again; Qt's part for networks is loaded once the window is there."""
    from outreach.ui.instance import Listener

    Listener(folder, window).called.connect(window.come_forward)


def _call_forward(folder: Path) -> bool:
    from outreach.ui.instance import call_forward

    return call_forward(folder)


def _recover(store: Store) -> Changes:
    """What was being sent when the program ended may have arrived: that is for a person to say."""
    from outreach.services.mail.outbox import recover

    return recover(store)


def _prepare(now: Leaving, opening: Opening, language: str) -> Restored | None:
    """Make a workspace, or put a backup in its place, before it is opened; what became of the backup."""
    if now.new:
        from outreach.services.workspaces.workspaces import new_workspace

        new_workspace(now.folder, opening, language)
    if now.restore is not None:
        return workspace.restore(now.folder, now.restore, opening)
    return None


def _begin(opened: Session, now: Leaving, restored: Restored | None, trouble: KnownError | None) -> None:
    """Say what became of what was wished for, once the window is there."""
    desk, window = opened.desk, opened.window
    if trouble is not None:
        window.painted.connect(lambda: window.trouble(trouble))
    if restored is not None:
        said = desk.words.tr("Put a backup back. What was there before is kept as {file}", file=restored.kept.name)
        if restored.lost:
            said += ". " + desk.words.count("workspace.files_lost", len(restored.lost), file=restored.lost[0].name)
        window.painted.connect(lambda: desk.tell(said))
    if now.section:
        window.painted.connect(lambda: desk.ask("settings", now.section))


def _remember(home: Path, settings: Settings, now: Leaving) -> None:
    """This workspace is the one that was opened last; a look at another one is no reason to begin there next time."""
    then = remembered(settings, now.folder)
    if not now.to_look and then != settings:
        save(home, then)


def close_on_signals(window: Window) -> None:
    """Ctrl C in a terminal, and a system that shuts down, close the window as its user would."""
    if sys.platform == "win32":
        return
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, window)

    def close() -> None:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        ours.close()
        theirs.close()

    notifier.activated.connect(lambda *_: window.close())
    window.closing.connect(close)


def _report_mistakes(opened: Session) -> None:
    """An exception that nobody caught is a mistake of ours: it is shown with its report, never swallowed."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            opened.window.trouble(error.with_traceback(trace))
        else:
            traceback.print_exception(kind, error, trace)

    sys.excepthook = hook
