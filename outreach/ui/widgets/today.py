"""The rows and cards of the first page."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout

from outreach.services.gifts import Stage
from outreach.services.pages.title import TitleLine
from outreach.services.pages.today import Coming, Glad, Logged, Waiting
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar, stage
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.flow import Block, TextLines

#: By what waits: an icon, its place, one and many of it, and what the button says.
WAITING = {
    "write": ("feather", "letters", "Write {number} letter", "Write {number} letters"),
    "pack": ("package", "shipments", "Pack {number} gift", "Pack {number} gifts"),
    "track": ("truck", "shipments", "Send {number} packed parcel", "Send {number} packed parcels"),
    "arrived": ("map-pin", "shipments", "Look after {number} parcel on its way",
                "Look after {number} parcels on their way"),
}  # fmt: skip


class WaitingRow(QAbstractButton):
    """One kind of thing that waits; Enter opens its place.

    Signals:
        moved: The arrow keys ask for the row after, or before.
    """

    moved = Signal(int)

    def __init__(self, desk: Desk, waiting: Waiting) -> None:
        super().__init__()
        self._desk = desk
        self._waiting = waiting
        icon, place, one, many = WAITING[waiting.code]
        self._icon = icon
        self.setText(desk.words.trn(one, many, waiting.count))
        self.setAccessibleDescription(self._below())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(desk.theme.px(56))
        self._open = Button(desk.theme, desk.say("Open"), "default")
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(self._open)
        for each in (self, self._open):
            each.clicked.connect(lambda: desk.go(place))

    def sizeHint(self) -> QSize:
        return QSize(400, self._desk.theme.px(56))

    def _below(self) -> str:
        return ", ".join(filter(None, (self._waiting.title, self._names())))

    def _names(self) -> str:
        waiting, words = self._waiting, self._desk.words
        named = ", ".join(waiting.people[:2])
        more = waiting.count - len(waiting.people[:2])
        return words.count("and_more", more, words=named) if more > 0 and named else named

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = self._desk.keys
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down or keys.matches("down", event):
            self.moved.emit(1)
        elif event.key() == Qt.Key.Key_Up or keys.matches("up", event):
            self.moved.emit(-1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        rect, middle = QRectF(self.rect()), self.height() / 2
        if self.hasFocus() or self.underMouse():
            canvas.rounded(rect.adjusted(0, 1, 0, -1), 7, "hover")
        else:
            canvas.hairline(12, rect.bottom() - 1, rect.right() - 12)
        if self.hasFocus():
            canvas.rounded(rect.adjusted(0, 1, 0, -1), 7, None, "focus", 2)
        canvas.rounded(QRectF(12, middle - 17, 34, 34), 8, "accent_tint")
        canvas.icon(self._icon, 21, middle, 16, "accent")
        room = rect.width() - 60 - 110
        canvas.text(60, middle - 9, self.text(), "medium", width=room)
        runs: list[Run] = []
        if self._waiting.title:
            runs.append((self._waiting.title, "title", "ink2"))
        names = self._names()
        if names:
            runs.append(((", " if runs else "") + names, "small", "ink3"))
        canvas.runs(60, middle + 10, runs, room)
        canvas.painter.end()


class LogRows(Block):
    """What was noted lately."""

    _STEP = 36

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._rows: tuple[Logged, ...] = ()

    def set_rows(self, rows: tuple[Logged, ...]) -> None:
        """Show other entries."""
        self._rows = rows
        self.setAccessibleName("; ".join("".join(run[0] for run in self._runs(row)) for row in rows))
        self.refresh()

    def height_at(self, width: float) -> float:
        del width
        return len(self._rows) * self._STEP

    def _runs(self, row: Logged) -> list[Run]:
        words = self._desk.words
        said = words.tr("Quiet on") if row.mark == Stage.QUIET else words.term("stage", row.mark)
        return [(f"{row.person}  ", "body", "ink"), (f"{said} ", "body", "ink2"), (row.title, "title", "ink")]

    def paint_on(self, canvas: Canvas, width: float) -> None:
        for number, row in enumerate(self._rows):
            middle = number * self._STEP + self._STEP / 2
            stage(canvas, 8, middle, row.mark)
            day = canvas.text(width, middle, self._desk.day(row.at), "small", "ink3", align="right")
            by = canvas.text(width - 84, middle, row.by, "small", "ink3", align="right") if row.by else 0
            canvas.runs(46, middle, self._runs(row), width - 46 - max(day, 84 if by else 0) - by - 16)
            if number < len(self._rows) - 1:
                canvas.hairline(0, (number + 1) * self._STEP - 1, width)


class ComingRows(Block):
    """The titles that come out next."""

    _STEP = 60

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._rows: tuple[Coming, ...] = ()

    def set_rows(self, rows: tuple[Coming, ...]) -> None:
        """Show other titles."""
        self._rows = rows
        self.setAccessibleName("; ".join(f"{self._desk.day(row.day)}: {row.title}" for row in rows))
        self.refresh()

    def height_at(self, width: float) -> float:
        del width
        return len(self._rows) * self._STEP

    def paint_on(self, canvas: Canvas, width: float) -> None:
        for number, row in enumerate(self._rows):
            top = number * self._STEP
            day, _, month = self._desk.words.day(row.day).partition(" ")
            canvas.text(0, top + 14, month, "small", "ink3", width=64)
            canvas.text(0, top + 35, day, "h2", "ink")
            canvas.fill(QRectF(70, top + 4, 2, 42), "accent" if number == 0 else "line2")
            canvas.text(86, top + 15, row.title, "title", "ink", width=width - 86)
            canvas.text(86, top + 35, row.author, "small", "ink3", width=width - 86)


class GladCard(Block):
    """The newest post that nobody was asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._glad: Glad | None = None

    def set_glad(self, glad: Glad | None) -> None:
        """Show a post, or nothing."""
        self._glad = glad
        self.setVisible(glad is not None)
        self.setAccessibleName(f"{glad.person}, {glad.title}: {glad.text}" if glad else "")
        self.refresh()

    def _lines(self, width: float) -> TextLines:
        text = f"“{self._glad.text}”" if self._glad else ""
        return TextLines(self.theme, text, "quote", width - 100, 5)

    def height_at(self, width: float) -> float:
        return max(84, self._lines(width).height) + 30 + 46 if self._glad else 0

    def paint_on(self, canvas: Canvas, width: float) -> None:
        glad, height = self._glad, float(self.height())
        if glad is None:
            return
        canvas.rounded(QRectF(0, 0, width, height), 8, "sheet", "line")
        cover(canvas, 16, 16, 54, glad.item_id or 0, glad.title, glad.author)
        self._lines(width).paint(canvas, 86, 14, "ink")
        middle = height - 30
        avatar(canvas, 16, middle - 14, 28, glad.person or "?")
        canvas.text(56, middle - 8, glad.person, "smallm", width=width - 70)
        canvas.text(56, middle + 9, self._desk.day(glad.day), "small", "ink3")


class PlaceRow(QAbstractButton):
    """A title with copies left: a click finds who should get it."""

    def __init__(self, desk: Desk, title: TitleLine) -> None:
        super().__init__()
        self._desk = desk
        self._title = title
        self._left = desk.words.trn("{number} copy left", "{number} copies left", title.left)
        self.setText(f"{title.title}, {self._left}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(desk.theme.px(52))
        self.clicked.connect(lambda: desk.go("match", title.id))

    def sizeHint(self) -> QSize:
        return QSize(300, self._desk.theme.px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas, middle = Canvas.on(self, self._desk.theme), self.height() / 2
        if self.hasFocus():
            canvas.rounded(QRectF(self.rect()).adjusted(0, 1, 0, -1), 7, None, "focus", 2)
        elif self.underMouse():
            canvas.rounded(QRectF(self.rect()).adjusted(0, 1, 0, -1), 7, "hover")
        is_book = self._title.kind == "book"
        cover(canvas, 4, middle - (20 if is_book else 13), 26, self._title.id, "", is_book=is_book)
        wide = canvas.text(self.width() - 4, middle - 9, self._desk.say("Match"), "smallm", "accent", align="right")
        canvas.text(44, middle - 9, self._title.title, "title", width=self.width() - 60 - wide)
        canvas.text(44, middle + 10, self._left, "small", "ink3")
        canvas.painter.end()
