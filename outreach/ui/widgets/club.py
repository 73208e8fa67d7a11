"""The painted parts of a club's page: how it began, members over time, sessions, a month, the tree."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from outreach.services.clubs.growth import Branch
from outreach.services.clubs.sessions import SessionRow
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.marks import avatar
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import TextLines
from outreach.wording.clubs import session_title

_CIRCLE = 30


class PaintedButton(QAbstractButton):
    """Something painted that can be clicked, with a ring where it has the focus."""

    def __init__(self, theme: Theme, words: str, act: Callable[[], None]) -> None:
        super().__init__()
        self.theme = theme
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: act())
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def paint_on(self, canvas: Canvas, width: float, height: float) -> None:
        """Paint it."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self.theme)
        place = QRectF(self.rect())
        if self.hasFocus():
            canvas.rounded(place, 7, None, "focus", 2)
        elif self.underMouse():
            canvas.rounded(place, 7, "hover")
        self.paint_on(canvas, self.width(), self.height())
        canvas.painter.end()


#: Stands in a sentence where a title comes.
TITLE = "\x00"


def around(sentence: str, title: str, role: str = "body", color: str = "ink2") -> list[Run]:
    """A sentence with `TITLE` in it, as runs with the title in its own letters."""
    before, found, after = sentence.partition(TITLE)
    runs: list[Run] = [(before, role, color), (title if found else "", "title", color), (after, role, color)]
    return [run for run in runs if run[0]]


class RunsButton(PaintedButton):
    """Words in several roles on one line; a click opens what they count or name."""

    _PAD = 2

    def __init__(self, theme: Theme, runs: Sequence[Run], act: Callable[[], None], *, wide: bool = False) -> None:
        super().__init__(theme, "", act)
        self._runs: Sequence[Run] = ()
        policy = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Maximum
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self.set_runs(runs)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show other words."""
        self._runs = runs
        words = "".join(run[0] for run in runs)
        self.setText(words)
        self.setAccessibleName(words)
        self._restyle()

    def sizeHint(self) -> QSize:
        wide = sum(self.theme.width(role, words) for words, role, _ in self._runs)
        return QSize(round(wide) + 2 * self._PAD + 2, self.theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self.theme.px(80)), self.theme.px(26))

    def paint_on(self, canvas: Canvas, width: float, height: float) -> None:
        canvas.runs(self._PAD, height / 2, self._runs, width - self._PAD)


class SignalRow(PaintedButton):
    """A sentence of what works, on up to two lines; a click goes to its club."""

    def __init__(self, theme: Theme, sentence: str, act: Callable[[], None]) -> None:
        super().__init__(theme, sentence, act)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(300, self._height(self.width() if self.width() > self.theme.px(160) else self.theme.px(330)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _lines(self, width: float) -> TextLines:
        return TextLines(self.theme, self.text(), "body", width - 40, 2)

    def _height(self, width: float) -> int:
        return round(self._lines(width).height) + self.theme.px(10)

    def paint_on(self, canvas: Canvas, width: float, height: float) -> None:
        canvas.icon("sprout", 6, height / 2, 15, "good")
        lines = self._lines(width)
        lines.paint(canvas, 32, (height - lines.height) / 2, "ink2")


class Card(QWidget):
    """A part of a pane with a ground and an edge of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        canvas.rounded(QRectF(self.rect()), 8, "sheet", "line")
        canvas.painter.end()


class StoryStep(PaintedButton):
    """A step of how a club began; a line goes on to the next one."""

    def __init__(
        self, theme: Theme, icon: str, head: str, day: str, words: str, act: Callable[[], None], *, is_last: bool
    ) -> None:  # fmt: skip
        super().__init__(theme, ", ".join(filter(None, (head, day, words))), act)
        self._icon, self._head, self._day, self._words = icon, head, day, words
        self._is_last = is_last
        self.setToolTip(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _heading(self, width: float) -> TextLines:
        return TextLines(self.theme, self._head, "medium", max(40.0, width - 14), 2)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heading = self._heading(width)
        return round(self.theme.px(118) + heading.height - heading.line)

    def sizeHint(self) -> QSize:
        return QSize(150, self.heightForWidth(self.width() if self.width() > self.theme.px(100) else 150))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(108), self.theme.px(118))

    def paint_on(self, canvas: Canvas, width: float, height: float) -> None:
        del height
        px = canvas.px
        if not self._is_last:
            canvas.fill(QRectF(px(40), px(19), width - px(44), 1.5), "accent_tint2")
        canvas.rounded(QRectF(6, px(4), _CIRCLE, _CIRCLE), _CIRCLE / 2, "accent_tint")
        canvas.icon(self._icon, 13, px(4) + _CIRCLE / 2, 16, "accent")
        heading = self._heading(width)
        heading.paint(canvas, 6, px(50) - heading.line / 2, "ink")
        more = heading.height - heading.line
        canvas.text(6, px(68) + more, self._day, "small", "ink3", width=width - 14)
        TextLines(self.theme, self._words, "small", width - 20, 2).paint(canvas, 6, px(78) + more, "ink2")


class SessionLine(PaintedButton):
    """A session: its day, what is read, what is talked about, how many came."""

    def __init__(self, desk: Desk, row: SessionRow, act: Callable[[], None], *, is_next: bool, is_lined: bool) -> None:
        words = desk.words
        self._desk, self._row, self._is_next, self._is_lined = desk, row, is_next, is_lined
        self._day = words.short_day(row.day, desk.today)
        if is_next:
            self._day = f"{words.day_name(date.fromisoformat(row.day))} {self._day}"
        self._title = session_title(words, row)
        self._end = ""
        if row.came is not None:
            self._end = words.trn("{number} came", "{number} came", row.came)
        elif row.state == "cancelled":
            self._end = words.term("session_state", "cancelled")
        elif row.going is not None:
            self._end = words.trn("{number} going", "{number} going", row.going)
        facts = (self._day, row.hour, row.reading, self._title, self._end)
        super().__init__(desk.theme, ", ".join(filter(None, facts)), act)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(400, self.theme.px(42))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.theme.px(42))

    def paint_on(self, canvas: Canvas, width: float, height: float) -> None:
        middle, row, next_ = height / 2, self._row, self._is_next
        if next_:
            canvas.rounded(QRectF(0, 2, width, height - 4), 7, "selected")
            if self.hasFocus():
                canvas.rounded(QRectF(0, 2, width, height - 4), 7, None, "focus", 2)
        elif self._is_lined:
            canvas.hairline(12, height - 1, width - 12)
        icon, color = "circle-dashed", "ink3"
        if row.state == "met":
            icon, color = "circle-check", "good"
        elif row.state == "cancelled":
            icon = "minus"
        elif next_:
            icon, color = "calendar", "accent"
        canvas.icon(icon, 12, middle, 15, color)
        day_x, read_x, talk_x = session_columns(canvas, width)
        role, end_role = ("strong", "smallm") if next_ else ("body", "small")
        end_wide = canvas.theme.width(end_role, self._end)
        canvas.text(day_x, middle, self._day, role, width=read_x - day_x - 8)
        canvas.text(read_x, middle, row.reading, "body", "ink2", width=talk_x - read_x - 12)
        x = talk_x
        if row.author:
            avatar(canvas, x, middle - 11, 22, row.author)
            x += 30
        canvas.text(x, middle, self._title, role, "off" if row.state == "cancelled" else "ink",
                    width=width - 24 - end_wide - x)  # fmt: skip
        canvas.text(width - 12, middle, self._end, end_role, "accent" if next_ else "ink3", align="right")


def session_columns(canvas: Canvas, width: float) -> tuple[float, float, float]:
    """Where the day, what is read, and the talk begin."""
    wide = width >= canvas.px(560)
    return canvas.px(37), canvas.px(140 if wide else 118), canvas.px(312) if wide else width * 0.48


class BranchLine(PaintedButton):
    """A club within the tree: a line comes from the club that it grew out of."""

    _INDENT = 26

    def __init__(
        self, desk: Desk, branch: Branch, how: str, sold: str, act: Callable[[], None], *, is_current: bool
    ) -> None:  # fmt: skip
        words = desk.words
        members = words.trn("{number} member", "{number} members", branch.members) if branch.members else ""
        self._branch, self._how, self._sold, self._is_current = branch, how, sold, is_current
        self._members = members
        facts = (branch.name, branch.host, how, members, sold)
        super().__init__(desk.theme, ", ".join(filter(None, facts)), act)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(400, self.theme.px(50))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.theme.px(50))

    def paint_on(self, canvas: Canvas, width: float, height: float) -> None:
        px, depth = canvas.px, self._branch.depth + 1
        x = 12 + depth * px(self._INDENT)
        elbow = x - px(self._INDENT) + px(12)
        canvas.fill(QRectF(elbow, 0, 1.5, height / 2), "accent_tint2")
        canvas.fill(QRectF(elbow, height / 2, x - elbow - 4, 1.5), "accent_tint2")
        size = px(26)
        canvas.rounded(QRectF(x, height / 2 - size / 2, size, size), size / 2, "accent_tint")
        canvas.icon("armchair", x + (size - 15) / 2, height / 2, 15, "accent")
        left, sold = x + size + 10, canvas.theme.width("small", self._sold)
        room = width - 12 - left
        name = "strong" if self._is_current else "medium"
        canvas.text(left, height / 2 - px(10), self._branch.name, name, width=room - px(110))
        canvas.text(width - 12, height / 2 - px(10), self._members, "small", "ink2", align="right")
        canvas.text(left, height / 2 + px(10), self._how, "small", "ink3", width=max(40, room - sold - 14))
        canvas.text(width - 12, height / 2 + px(10), self._sold, "small", "ink3", align="right", width=room * 0.6)
