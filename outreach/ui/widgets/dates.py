"""The dates of the weeks to come, day by day; a click goes to what a date is about."""

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from outreach.services.pages.dates import Coming, is_this_week
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run, titled

_HEIGHT = 62
_PLACES = {
    **dict.fromkeys(("campaign_begins", "campaign_ends", "campaign_step"), "campaigns"),
    "club": "clubs", "ask_again": "people",
}  # fmt: skip


class DateRow(QAbstractButton):
    """A date: its day at the left, once for all that is on it."""

    def __init__(self, desk: Desk, coming: Coming, *, is_first: bool) -> None:
        super().__init__()
        self._desk = desk
        self._coming = coming
        self._is_first = is_first
        named = "".join(run[0] for run in self._runs())
        self.setText(f"{desk.day(coming.day)}: {', '.join(filter(None, (named, self._below())))}")
        self.setToolTip("\n".join(filter(None, (named, self._below()))))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(desk.theme.px(_HEIGHT))
        self.clicked.connect(lambda: desk.go(_PLACES.get(coming.code, "catalogue"), coming.row_id))

    def sizeHint(self) -> QSize:
        return QSize(300, self._desk.theme.px(_HEIGHT))

    def _runs(self) -> list[Run]:
        coming, words = self._coming, self._desk.words
        if coming.code == "ask_again":
            said = words.trn("Ask {name} again", "Ask {number} people again", coming.count, name=coming.name)
            return [(said, "medium", "ink")]
        if coming.code == "campaign_step":
            return [(words.term("campaign_step", coming.name), "medium", "ink")]
        if coming.code in ("campaign_begins", "campaign_ends", "club"):
            return [(coming.name, "medium", "ink")]
        return [(coming.name, "title" if coming.is_book else "medium", "ink")]

    def _below(self) -> str:
        coming, words = self._coming, self._desk.words
        said = {
            "out": words.tr("Comes out"), "on_sale": words.tr("On sale from here on"),
            "reviews": words.tr("Reviews may appear from here on"), "sales": words.tr("May be sold from here on"),
            "campaign_begins": words.tr("The campaign begins"), "campaign_ends": words.tr("The campaign ends"),
            "club": words.tr("The book club begins"), "ask_again": "", "campaign_step": "",
        }[coming.code]  # fmt: skip
        detail = coming.detail
        if coming.code == "ask_again":
            detail = ", ".join(filter(None, (coming.name, detail))) if coming.count > 1 else words.tr("Asked for later")
        return ", ".join(filter(None, (said, detail)))

    def _below_within(self, room: float) -> list[Run]:
        """The second line; of a campaign whose name is too long the title that it begins with."""
        below, theme = self._below(), self._desk.theme
        runs = titled(theme, [(below, "small", "ink3")])
        is_long = sum(theme.width(role, words) for words, role, _ in runs) > room
        return runs[:1] if is_long and runs[0][1] == "titles" else runs

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        theme = self._desk.theme
        px = theme.px
        # "Today" is the longest word that stands above a day.
        rule = max(px(44), round(theme.width("micro", self._desk.say("Today"))) + 8)
        today = self._desk.today
        is_today = self._coming.day == today.isoformat()
        if self.hasFocus():
            canvas.rounded(QRectF(rule, px(2), self.width() - rule, px(50)), 7, None, "focus", 2)
        elif self.underMouse():
            canvas.rounded(QRectF(rule, px(2), self.width() - rule, px(50)), 7, "hover")
        if self._is_first:
            day = date.fromisoformat(self._coming.day)
            near = is_this_week(self._coming.day, today)
            above = self._desk.say("Today") if is_today else self._desk.words.day_name(day) if near else (
                self._desk.words.month_name(day))  # fmt: skip
            canvas.text(0, px(16), above, "micro", "accent" if is_today else "ink3", width=rule - 4)
            canvas.text(0, px(36), str(day.day), "h2", "accent" if is_today else "ink")
        canvas.fill(QRectF(rule, px(6), 2, px(42)), "accent" if is_today else "line2")
        left = rule + 16
        room = self.width() - left
        canvas.runs(left, px(17), self._runs(), room)
        canvas.runs(left, px(36), self._below_within(room), room)
        canvas.painter.end()
