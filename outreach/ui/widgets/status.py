"""The status bar: what runs at present, and what was done last."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import meter
from outreach.ui.widgets.basics import Button, Label, Painted, line


class StatusBar(QWidget):
    """What runs at present, and what was done last with its Undo."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme = desk.theme
        self.setFixedHeight(theme.px(32))
        self._spinner = Painted(theme, self._paint_spinner, 20, 16)
        self._calm = Painted(theme, lambda canvas, *_: canvas.icon("circle-check", 0, 10, 14, "ink3", 1.9), 20, 16)
        self._text = Label(theme, role="small", color="ink3")
        self._share = 0.0
        self._meter = Painted(theme, lambda canvas, width, _: meter(canvas, 0, 10, width, self._share), 20, 120)
        self._progress = Label(theme, role="small", color="ink2")
        self.cancel = Button(theme, desk.say("Cancel"), "link", height=24)
        self._last = Label(theme, role="small", color="ink2")
        self.undo = Button(theme, desk.say("Undo"), "link", "undo-2", key_of("undo"), height=24)
        self.setLayout(
            line(
                self._spinner, self._calm, self._text, self._meter, self._progress, self.cancel,
                None, self._last, self.undo, spacing=8, margins=(10, 0, 18, 0),
            )
        )  # fmt: skip
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self._poll)
        self.cancel.clicked.connect(self._cancel)
        desk.runner.jobs_changed.connect(self._show_jobs)
        self._show_jobs()
        self.show_last("")

    def show_last(self, text: str) -> None:
        """Say what can be undone; nothing hides it."""
        self._last.setText(text)
        for part in (self._last, self.undo):
            part.setVisible(bool(text))

    def _jobs(self) -> Sequence[Job]:
        return self._desk.runner.jobs

    def _show_jobs(self) -> None:
        running = bool(self._jobs())
        for part in (self._spinner, self._progress, self.cancel):
            part.setVisible(running)
        if not running:
            self._meter.hide()
        self._calm.setVisible(not running)
        self._text.set_color("ink" if running else "ink3")
        if running:
            self._timer.start()
            self._poll()
        else:
            self._timer.stop()
            self._text.setText(self._desk.say("All changes saved"))

    def _poll(self) -> None:
        jobs = self._jobs()
        if not jobs:
            return
        job = jobs[0]
        more = f"  +{len(jobs) - 1}" if len(jobs) > 1 else ""
        self._text.setText(self._desk.say(job.label) + more)
        self._share = job.done / job.total if job.total else 0.0
        self._meter.setVisible(bool(job.total))
        done, total = self._desk.words.number(job.done), self._desk.words.number(job.total)
        self._progress.setText(self._desk.say("{done} of {total}", done=done, total=total) if job.total else done)
        self._meter.update()
        self._spinner.update()

    @staticmethod
    def _paint_spinner(canvas: Canvas, _width: float, height: float) -> None:
        """One turn a second."""
        canvas.painter.translate(7, height / 2)
        canvas.painter.rotate(time.monotonic() % 1 * 360)
        canvas.icon("loader", -7, 0, 14, "accent", 2)

    def _cancel(self) -> None:
        for job in list(self._jobs())[:1]:
            job.cancel()
