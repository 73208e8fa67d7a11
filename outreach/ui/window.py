"""The window: rail, sheet, status bar. It holds the places and knows nothing of what they show."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from outreach.changes import Changes, Op
from outreach.store.journal import Step
from outreach.ui.actions import PLACES, bind, is_covered
from outreach.ui.announcer import Announcer
from outreach.ui.desk import Desk
from outreach.ui.dropping import Dropping
from outreach.ui.focus import step_from, stops
from outreach.ui.page import Page
from outreach.ui.paint.canvas import Canvas
from outreach.ui.textsize import change_text_size
from outreach.ui.tips import show_tip
from outreach.ui.tray import Tray
from outreach.ui.widgets.basics import column, line
from outreach.ui.widgets.notices import Banner
from outreach.ui.widgets.shell import Rail
from outreach.ui.widgets.status import StatusBar
from outreach.ui.widgets.toast import Toast
from outreach.ui.widgets.tray import TrayPanel

log = logging.getLogger(__name__)

#: Under this width, at normal text size, the rail shows icons only.
_WIDE = 1360
_LEAST = (1024, 680)

MakePage = Callable[[str, Desk], Page]
OpenDialog = Callable[[Desk, QWidget, str, object], None]


class Sheet(QWidget):
    """The white sheet on the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        canvas.rounded(QRectF(self.rect()), 10, "sheet", "line")
        canvas.painter.end()


class Ground(QWidget):
    """The desk below the sheet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        canvas.fill(QRectF(self.rect()), "desk")
        canvas.painter.end()


class Window(QMainWindow):
    """The one window of the program.

    Signals:
        closing: It is about to close; what runs must end.
        painted: It was painted for the first time.
    """

    closing = Signal()
    painted = Signal()

    def __init__(self, desk: Desk, make_page: MakePage, open_dialog: OpenDialog) -> None:
        super().__init__()
        self.desk = desk
        self._make_page = make_page
        self._open_dialog = open_dialog
        self._pages: dict[str, Page] = {}
        self.place = ""
        self._was_painted = False
        self._trouble: Exception | None = None
        self.rail = Rail(desk, "", "")
        jobs = Tray(desk)
        self.status = StatusBar(desk, jobs)
        self._stack = QStackedWidget()
        sheet = Sheet(desk)
        sheet.setLayout(column(self._stack, margins=(1, 1, 1, 1)))
        self.banner = Banner(desk.theme, desk.say("You are only looking: nothing here is changed."),
                             desk.say("Open to write"), "info")  # fmt: skip
        self.banner.button.clicked.connect(lambda: desk.leave(desk.store.folder))
        if not desk.store.to_look:
            self.banner.hide()
        right = column(self.banner, 8 if desk.store.to_look else 0, sheet, self.status, margins=(0, 8, 8, 0))
        right.setStretch(2, 1)
        ground = Ground(desk)
        ground.setObjectName("ground")
        body = line(self.rail, spacing=4)
        body.addLayout(right, 1)
        ground.setLayout(body)
        self.setCentralWidget(ground)
        self._ground = ground
        self.toast = Toast(desk, ground)
        self.tray = TrayPanel(desk, jobs, ground)
        Announcer(desk, self)
        self.dropping = Dropping(desk, self, sheet)
        self.setWindowTitle(f"{desk.store.folder.name} · Outreach")
        self.setMinimumSize(*_LEAST)
        self._connect()
        self._show_history()
        self._restore_size()
        desk.theme.dress(self)

    def _connect(self) -> None:
        desk, ground = self.desk, self._ground
        self.rail.chosen.connect(self.go)
        self.rail.finder.clicked.connect(self._open_palette)
        self.status.undo_asked.connect(self._undo)
        self.status.redo_asked.connect(self._redo)
        self.status.tray_asked.connect(self.tray.toggle)
        self.toast.undo_asked.connect(self._undo)
        desk.told.connect(lambda text, undoable: self.toast.tell(text, undoable=undoable))
        desk.offered.connect(self.toast.offer)
        desk.offered.connect(lambda *_: self._show_history())
        desk.went.connect(self.go)
        desk.asked.connect(lambda name, about: self._open_dialog(desk, ground, name, about))
        desk.runner.changed.connect(self._on_changed)
        desk.runner.failed.connect(self.trouble)
        desk.runner.history_changed.connect(self._show_history)
        desk.theme.changed.connect(self._fit_rail)
        desk.theme.changed.connect(self.update)
        for place, _, _ in PLACES:
            for way in ("go", "then"):
                bind(self, f"{way}_{place}", lambda place=place: self.go(place))  # type: ignore[misc]
        self._undo_action = bind(self, "undo", self._undo)
        self._redo_action = bind(self, "redo", self._redo)
        bind(self, "history", self.status.open_history)
        bind(self, "jobs", self.tray.toggle)
        bind(self, "filter", lambda: self.page.focus_filter())
        bind(self, "quick_log", self._quick_log)
        bind(self, "palette", self._open_palette)
        bind(self, "settings", lambda: desk.ask("settings"))
        bind(self, "keyboard", lambda: desk.ask("keyboard"))
        for name, by in (("larger", 1), ("larger_too", 1), ("smaller", -1)):
            bind(self, name, lambda by=by: change_text_size(desk, by))  # type: ignore[misc]
        bind(self, "sender", lambda: desk.ask("sender"))
        bind(self, "mail", lambda: desk.ask("mail"))
        bind(self, "shortcuts", lambda: desk.ask("shortcuts", self.page))
        bind(self, "help", lambda: desk.ask("guide", self.place))
        bind(self, "tip", lambda: show_tip(desk, self))
        bind(self, "import", lambda: desk.ask("import", "catalogue" if self.place == "catalogue" else "people"))
        bind(self, "dark", lambda: desk.theme.use(dark=not desk.theme.is_dark))
        bind(self, "quit", self.close)
        bind(self, "next_pane", lambda: self._next_pane(1))
        bind(self, "last_pane", lambda: self._next_pane(-1))

    @property
    def page(self) -> Page:
        """The present page."""
        return self._pages[self.place]

    def go(self, place: str, row_id: int = -1) -> None:
        """Show a place, and one thing there if its id is given."""
        page = self._pages.get(place)
        if page is None:
            page = self._pages[place] = self._make_page(place, self.desk)
            # The menu under the right button says what undo would take back, below what can be done here.
            separator = QAction(page)
            separator.setSeparator(True)
            page.addActions([separator, self._undo_action, self._redo_action])
            self._stack.addWidget(page)
        self.place = self.dropping.place = place
        self.rail.show_place(place)
        self._stack.setCurrentWidget(page)
        if not is_covered(self):
            page.focus_main()
        if row_id >= 0:
            page.show_row(row_id)

    def come_forward(self) -> None:
        """Be the window that the user sees."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def trouble(self, error: Exception) -> None:
        """Tell of something that went wrong; of one thing at a time, and never from within a paint event."""
        if self._trouble is None:
            self._trouble = error
            QTimer.singleShot(0, self, self._tell_trouble)
        else:
            log.info("another trouble meanwhile", exc_info=error)

    def _tell_trouble(self) -> None:
        if self._trouble is not None:
            self.desk.ask("trouble", (self._trouble, self._trouble_told))

    def _trouble_told(self) -> None:
        self._trouble = None

    def set_counts(self, counts: dict[str, int]) -> None:
        """Say in the rail how many things wait where."""
        for place, count in counts.items():
            self.rail.buttons[place].set_count(count)

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        for page in self._pages.values():
            page.on_changed(changes, initiator)

    def _open_palette(self) -> None:
        if self.place:
            self.desk.ask("palette", self.page)

    def _quick_log(self) -> None:
        self.go("today")
        self.page.focus_filter()

    def _undo(self, down_to: Step | None = None) -> None:
        """Take back what is about to be done, else the newest step, or all down to one, and say what that was."""
        if down_to is None and self.toast.take_back():
            return
        self.toast.hide()
        self.desk.runner.undo(self._tell_undone, down_to=down_to)

    def _tell_undone(self, changes: Changes, steps: int) -> None:
        desk = self.desk
        if changes and steps > 1:
            desk.tell(desk.words.trn("Undone: {number} step", "Undone: {number} steps", steps))
        elif changes and changes.op is not None:
            op = Op.IMPORT if changes.op is Op.TAKE_BACK_IMPORT else changes.op
            desk.tell(desk.say("Undone: {what}", what=desk.words.term("op", op.value)))

    def _redo(self) -> None:
        """Do again what was taken back last, and say what that was."""
        self.toast.hide()
        self.desk.runner.redo(self._tell_redone)

    def _tell_redone(self, changes: Changes) -> None:
        if changes.op is not None:
            what = self.desk.words.term("op", changes.op.value)
            self.desk.tell(self.desk.say("Redone: {what}", what=what), undoable=True)

    def _show_history(self) -> None:
        """Wherever undo is offered, it says what it would take back."""
        desk, history = self.desk, self.desk.runner.history
        undo, redo = (desk.words.term("op", op.value) if op else "" for op in (history.undo, history.redo))
        self._undo_action.setText(desk.say("Undo: {what}", what=undo) if undo else desk.say("Undo"))
        self._redo_action.setText(desk.say("Redo: {what}", what=redo) if redo else desk.say("Redo"))
        self._undo_action.setVisible(bool(undo) or self.toast.has_offer)
        self._redo_action.setVisible(bool(redo))
        self.status.show_last(undo)

    def _next_pane(self, by: int) -> None:
        """Give the focus to the next part of the window: rail, then what the page has, then the status bar."""
        floating = [each for each in (self.banner, self.tray) if each.isVisible()]
        panes = [self.rail, *self.page.panes(), *floating, self.status]
        focused = self.focusWidget()
        at = next((n for n, pane in enumerate(panes) if focused is not None and pane.isAncestorOf(focused)), -1)
        for step in range(1, len(panes) + 1):
            found = stops(panes[(at + by * step) % len(panes)])
            if found:
                found[0].setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _restore_size(self) -> None:
        kept = QSettings(str(self.desk.home / "window.ini"), QSettings.Format.IniFormat)
        geometry = kept.value("geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(1440, 900)

    # What Qt asks.

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes through the rail, the page as it is read, and the status bar."""
        reached = step_from(self.focusWidget(), (self.rail, self.banner, self._stack, self.status), forwards=forwards)
        if reached is not None:
            reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
            reached.setFocus(reason)
        return reached is not None

    def _fit_rail(self) -> None:
        """Icons only, where names would leave too little for the page."""
        self.rail.set_narrow(narrow=self.width() < self.desk.theme.px(_WIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()
        self.toast.place()
        self.tray.left = self.rail.width()
        self.tray.place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.place:
            self.page.focus_main()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        kept = QSettings(str(self.desk.home / "window.ini"), QSettings.Format.IniFormat)
        kept.setValue("geometry", self.saveGeometry())
        # Whatever is being typed is left now, while it can still be kept.
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self.desk.ending.emit()
        self.closing.emit()
        super().closeEvent(event)
