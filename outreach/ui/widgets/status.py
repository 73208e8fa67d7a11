"""The status bar: what runs at present, and what was done last."""

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import meter, spinner
from outreach.ui.tray import Tray
from outreach.ui.widgets.basics import Button, Label, Painted, line
from outreach.ui.widgets.history import history_menu
from outreach.ui.widgets.menus import Menu

#: How often a job's progress is looked at, ten times a second.
POLL_MS = 100


class StatusBar(QWidget):
    """What runs at present, and what was done last with its Undo.

    Signals:
        tray_asked: All that runs, and what has ended, is to be shown or hidden.
        undo_asked: Steps are to be taken back, down to the Step that is given; None for the newest.
        redo_asked: What was taken back is to be done again.
    """

    tray_asked = Signal()
    undo_asked = Signal(object)
    redo_asked = Signal()

    def __init__(self, desk: Desk, tray: Tray) -> None:
        super().__init__()
        self._desk = desk
        self._tray = tray
        theme = desk.theme
        self._sign = Painted(theme, self._paint_sign, 20, 16)
        self._text = Label(theme, role="small", color="ink3")
        self._share = 0.0
        self._meter = Painted(
            theme, lambda canvas, width, height: meter(canvas, 0, height / 2, width, self._share), 20, 120
        )
        self._progress = Label(theme, role="small", color="ink2")
        self.cancel = Button(theme, desk.say("Cancel"), "link", height=24)
        self.again = Button(theme, desk.say("Try again"), "link", height=24)
        self.more = Button(theme, "", "link", height=24)
        self.last = Button(theme, "", "note", "undo-2", height=24)
        self.undo = Button(theme, desk.say("Undo"), "link", key=key_of("undo"), height=24)
        self.setLayout(
            line(
                self._sign, self._text, self._meter, self._progress, self.cancel, self.again, self.more,
                None, self.last, self.undo, spacing=6, margins=(10, 0, 14, 0),
            )
        )  # fmt: skip
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.cancel.clicked.connect(self._cancel)
        self.again.clicked.connect(self._try_again)
        self.more.clicked.connect(self.tray_asked)
        self.last.clicked.connect(self.open_history)
        self.undo.clicked.connect(lambda: self.undo_asked.emit(None))
        tray.changed.connect(self._show_jobs)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._show_jobs()
        self.show_last("")

    def show_last(self, text: str) -> None:
        """Say what can be undone; nothing hides it."""
        self.last.set_label(text)
        self.last.setToolTip(self._desk.say("What was done last"))
        self.last.setAccessibleName(self._desk.say("Done last: {what}", what=text))
        for part in (self.last, self.undo):
            part.setVisible(bool(text))

    def history(self) -> Menu:
        """What was done last, to take back as much of it as one likes."""
        return history_menu(self._desk, self, self.undo_asked.emit, self.redo_asked.emit)

    def open_history(self) -> None:
        """Show what was done last."""
        menu = self.history()
        where = self.last if self.last.isVisible() else self
        size = menu.sizeHint()
        menu.popup(where.mapToGlobal(QPoint(where.width() - size.width(), -size.height() - 4)))

    def _show_jobs(self) -> None:
        """One thing: what runs, else what did not come to its end, else that all is well."""
        say, running, stopped = self._desk.say, self._tray.running, self._tray.stopped
        for part in (self._progress, self.cancel, self._meter):
            part.setVisible(bool(running))
        self.again.setVisible(bool(stopped and not running))
        self._text.set_color("ink" if running or stopped else "ink3")
        self._show_more(len(running) + len(self._tray.ended) - bool(running or stopped))
        if running:
            self._timer.start()
            self._poll()
            return
        self._timer.stop()
        self._text.setText(stopped[-1].text if stopped else say("All changes saved"))
        self._sign.setAccessibleName("")
        self._sign.update()

    def _show_more(self, others: int) -> None:
        """How many there are beside the one that is told of."""
        say, words, tray = self._desk.say, self._desk.words, self._tray
        told = f"+{others}" if tray.running else say("Show")
        if not tray.running and not tray.stopped:
            told = words.trn("{number} import", "{number} imports", others)
        elif others and not tray.running:
            told = say("Show all {number}", number=others + 1)
        self.more.set_label(told)
        self.more.setToolTip(say("In the background"))
        self.more.setAccessibleName(say("{told}, in the background", told=told))
        self.more.setVisible(bool(others or (tray.stopped and not tray.running)))

    def _poll(self) -> None:
        jobs = self._tray.running
        if not jobs:
            return
        job = jobs[0]
        self._text.setText(self._desk.say(job.label))
        self._share = job.done / job.total if job.total else 0.0
        self._meter.setVisible(bool(job.total))
        self._progress.setText(progress_of(self._desk, job))
        self._meter.update()
        self._sign.update()

    def _paint_sign(self, canvas: Canvas, _width: float, height: float) -> None:
        if self._tray.running:
            spinner(canvas, 0, height / 2)
        elif self._tray.stopped:
            canvas.icon("circle-alert", 0, height / 2, 14, "warn", 1.9)
        else:
            canvas.icon("circle-check", 0, height / 2, 14, "ink3", 1.9)

    def _cancel(self) -> None:
        for job in self._tray.running[:1]:
            self._tray.cancel(job)

    def _try_again(self) -> None:
        for ended in self._tray.stopped[-1:]:
            self._tray.again(ended)

    def _restyle(self) -> None:
        self.setFixedHeight(self._desk.theme.px(32))


def progress_of(desk: Desk, job: Job) -> str:
    """How far a job is."""
    if job.cancelled:
        return desk.say("stopping")
    done, total = desk.words.number(job.done), desk.words.number(job.total)
    if job.in_pages and job.total:
        page = desk.words.number(min(job.done + 1, job.total))
        return desk.say("page {page} of {pages}", page=page, pages=total)
    if job.total and job.label == "Finding posts":
        return desk.words.trn("{done} of {total} feed", "{done} of {total} feeds", job.total, done=done, total=total)
    if job.total:
        return desk.say("{done} of {total}", done=done, total=total)
    return done if job.done else ""
