"""The first page of an empty workspace: look around a sample, import a list, or start empty."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.services.sample.apart import sample_apart
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.covers import cover
from outreach.ui.widgets.basics import Button, Label, Painted, column, line

_CARD = 216
_SAMPLE = "sample"


class WelcomePage(Page):
    """Shown until there is anything to show."""

    tables = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        heading = Label(theme, say("The right book, in the right hands"), "h1")
        below = Label(theme, say("Gifts with nothing asked in return, and what comes of them. Your data stays on this "
                                 "computer."), "body", "ink2")  # fmt: skip
        for each in (heading, below):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cards = line(
            None,
            self._card("users", say("Bring your people"), say("Any spreadsheet or contacts")),
            self._card("puzzle", say("Match a title"), say("See who would enjoy it, and why")),
            self._card("feather", say("Write, send, notice"), say("You approve each letter yourself")),
            None, spacing=12,
        )  # fmt: skip
        self.sample = Button(theme, say("Look around a sample"), "primary", "sun")
        self.import_ = Button(theme, say("Import a list"), "default", "download")
        art = Painted(theme, self._paint_art, 148, words=say("A book among armchairs"))
        self.empty = Button(theme, say("Start empty"), "link", height=28)
        ways = line(None, self.sample, self.import_, None, spacing=10)
        last = line(None, self.empty, None)
        self.setLayout(
            column(None, art, 20, heading, 4, below, 26, cards, 24, ways, 10, last, None, margins=(40, 20, 40, 20))
        )
        self.sample.clicked.connect(self._make_sample)
        self.import_.clicked.connect(lambda: desk.ask("import", "people"))
        self.empty.clicked.connect(lambda: desk.go("today"))

    def refresh(self) -> None:
        """There is nothing to read."""

    def focus_main(self) -> None:
        self.sample.setFocus()

    def _make_sample(self) -> None:
        desk = self.desk
        folder = desk.home / _SAMPLE
        if (folder / "outreach.db").exists():
            desk.leave(folder)
            return
        self.sample.setEnabled(False)

        def work(_store: Store, job: Job) -> None:
            sample_apart(folder, job=job)

        desk.runner.run(Job("Making the sample"), work, then=lambda _: desk.leave(folder), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.sample.setEnabled(True)
        self.desk.ask("trouble", error)

    def _card(self, icon: str, title: str, below: str) -> QWidget:
        def paint(canvas: Canvas, width: float, height: float) -> None:
            canvas.rounded(QRectF(0, 0, width, height), 8, "inset")
            canvas.icon(icon, 16, 26, 18, "accent")
            canvas.text(16, 56, title, "medium", width=width - 32)
            canvas.text(16, 79, below, "small", "ink2", width=width - 28)

        return Painted(self.theme, paint, 102, _CARD, words=f"{title}. {below}")

    @staticmethod
    def _paint_art(canvas: Canvas, width: float, height: float) -> None:
        middle = width / 2
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(canvas.theme.color("accent_tint"))
        canvas.painter.drawEllipse(QPointF(middle, height / 2 + 14), 150, 58)
        for x, y, size in ((-112, 72, 38), (-60, 32, 32), (60, 32, 32), (112, 72, 38)):
            canvas.icon("armchair", middle + x - size / 2, y, size, "accent", 1.5)
        cover(canvas, middle - 24, 34, 48, 7, "")
        canvas.fill(QRectF(middle + 10, 28, 8, 30), "ribbon")
