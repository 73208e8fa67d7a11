"""The tray: every job with how far it is, and what has ended and can be tried again or undone."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from outreach.jobs import Job
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import meter, soft_shadow
from outreach.ui.tray import Ended, Outcome, Tray
from outreach.ui.widgets.basics import Button, Label, Painted, column, line
from outreach.ui.widgets.lists import clear_layout
from outreach.ui.widgets.status import POLL_MS, progress_of

_WIDE, _AROUND = 392, 20
#: Between two rows of the tray.
TRAY_GAP = 7
#: As high as a button of a row, so that sign, words and ways on stand in one line.
_LINE = 24
_SIGNS = {
    Outcome.FAILED: ("circle-alert", "bad"),
    Outcome.CANCELLED: ("ban", "ink3"),
    Outcome.IMPORTED: ("circle-check", "good"),
}


#: The sign of a job that runs, by the first word of what it is called; of others that it runs.
_KINDS = {
    "sending": "send", "finding": "refresh-cw", "importing": "download", "reading": "download", "writing": "feather",
    "drafting": "feather", "saving": "save", "making": "save", "printing": "printer", "painting": "printer",
    "packing": "package", "noting": "truck", "marking": "truck", "matching": "puzzle", "looking": "search",
    "checking": "shield-check", "copying": "copy", "trying": "mail", "keeping": "mail",
}  # fmt: skip


class RunningRow(QWidget):
    """A job that runs: its name, how far it is, Cancel."""

    def __init__(self, desk: Desk, tray: Tray, job: Job) -> None:
        super().__init__()
        self._desk = desk
        self._job = job
        theme = desk.theme
        icon = _KINDS.get(job.label.partition(" ")[0].lower(), "loader")
        sign = Painted(theme, lambda canvas, _, height: canvas.icon(icon, 0, height / 2, 16, "accent"), 20, 20)
        self.progress = Label(theme, role="small", color="ink3")
        self._meter = Painted(theme, self._paint_meter, 12)
        self.cancel = Button(theme, desk.say("Cancel"), "link", height=24)
        self.cancel.setAccessibleName(desk.say("Cancel {job}", job=desk.say(job.label)))
        self.cancel.clicked.connect(lambda: tray.cancel(job))
        words = column(line(Label(theme, desk.say(job.label), "medium"), None, self.progress), self._meter)
        row = line(sign, spacing=8)
        row.addLayout(words, 1)
        row.addWidget(self.cancel)
        row.setContentsMargins(0, 0, 0, 3)
        self.setLayout(row)
        self.poll()

    def poll(self) -> None:
        """Look how far it is."""
        self.progress.setText(progress_of(self._desk, self._job))
        self._meter.update()

    def _paint_meter(self, canvas: Canvas, width: float, height: float) -> None:
        job = self._job
        meter(canvas, 0, height / 2, width, job.done / job.total if job.total else 0.0)


class EndedRow(QWidget):
    """A job that has ended: what came of it, and the way on."""

    def __init__(self, desk: Desk, tray: Tray, ended: Ended) -> None:
        super().__init__()
        theme, say = desk.theme, desk.say
        icon, color = _SIGNS[ended.outcome]
        sign = Painted(theme, lambda canvas, _, height: canvas.icon(icon, 0, height / 2, 16, color), _LINE, 20)
        text, detail = Label(theme, ended.text, "medium"), Label(theme, ended.detail, "small", "ink3", wrap=True)
        text.setMinimumHeight(theme.px(_LINE))
        if not ended.detail:
            detail.hide()
        if ended.outcome is Outcome.IMPORTED:
            self.act = Button(theme, say("Undo"), "link", height=24)
            self.act.clicked.connect(lambda: tray.take_back(ended))
            words: QLayout = line(text, None, detail)
        else:
            self.act = Button(theme, say("Try again"), "link", height=24)
            self.act.clicked.connect(lambda: tray.again(ended))
            words = column(text, detail)
        self.act.setAccessibleName(f"{self.act.text()}: {ended.text}")
        self.away = Button(theme, "", "ghost", "x", height=24)
        self.away.setAccessibleName(say("Put away: {what}", what=ended.text))
        self.away.setToolTip(say("Put away"))
        self.away.clicked.connect(lambda: tray.put_away(ended))
        row = line(sign, spacing=8)
        row.addLayout(words, 1)
        row.addWidget(self.act)
        row.addWidget(self.away)
        for each in (sign, self.act, self.away):
            row.setAlignment(each, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)


class TrayPanel(QWidget):
    """Floats over the status bar while it is looked at."""

    def __init__(self, desk: Desk, tray: Tray, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tray = tray
        self._before: QWidget | None = None
        self.left = 0
        self._rows: list[RunningRow | EndedRow] = []
        self.hide_it = Button(desk.theme, desk.say("Hide"), "link", height=24)
        self.hide_it.clicked.connect(self.go_away)
        heading = Label(desk.theme, desk.say("In the background"), "h3")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(TRAY_GAP)
        self._none = Label(desk.theme, desk.say("Nothing runs in the background."), "small", "ink3")
        around = _AROUND
        self.setLayout(
            column(line(heading, None, self.hide_it), 6, self._list, self._none,
                   margins=(around + 16, around + 10, around + 12, around + 14))
        )  # fmt: skip
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        tray.changed.connect(self._show)
        desk.theme.changed.connect(self._show)
        self.hide()

    def toggle(self) -> None:
        """Be shown, or hidden."""
        if self.isVisible():
            self.go_away()
            return
        self._before = self.window().focusWidget()
        self.show()
        self.raise_()
        self._show()
        self._focus_first()

    def go_away(self) -> None:
        """Hide, and give the focus back."""
        self._timer.stop()
        has_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self.hide()
        if has_focus and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        elif has_focus:
            self.window().setFocus()

    def place(self) -> None:
        """Stand over the beginning of the status bar."""
        parent = self.parentWidget()
        if parent is None:
            return
        width = self._desk.theme.px(_WIDE) + 2 * _AROUND
        self.setFixedWidth(width)
        layout = self.layout()
        high = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        high = max(high, self.sizeHint().height()) if high < 0 else high
        bottom = parent.height() - self._desk.theme.px(32) - 6
        self.setGeometry(self.left - _AROUND + 8, bottom - high + _AROUND, width, high)

    def _show(self) -> None:
        if not self.isVisible():
            return
        focused = self.window().focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        clear_layout(self._list)
        self._rows = [
            *(RunningRow(self._desk, self._tray, job) for job in self._tray.running),
            *(EndedRow(self._desk, self._tray, ended) for ended in reversed(self._tray.ended)),
        ]
        for row in self._rows:
            self._list.addWidget(row)
            row.show()  # at once, since the panel is measured now
        self._none.setVisible(not self._rows)
        self.place()
        if self._tray.running:
            self._timer.start()
        else:
            self._timer.stop()
        if had_focus:
            self._focus_first()

    def _focus_first(self) -> None:
        first = next((row.cancel if isinstance(row, RunningRow) else row.act for row in self._rows), self.hide_it)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _poll(self) -> None:
        for row in self._rows:
            if isinstance(row, RunningRow):
                row.poll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.window().focusWidget()
            if isinstance(focused, Button):
                focused.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        card = QRectF(self.rect()).adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        soft_shadow(canvas, card, 9, 14, 0.012, 5)
        canvas.rounded(card, 9, "sheet", "line2")
        canvas.painter.end()
