"""The quick log: a line to type, and below it what it was understood to mean."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from outreach.services.quicklog import Line, Piece, complete, note, read
from outreach.services.quicklog.grammar import LATER
from outreach.services.quicklog.reading import STATES
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, pointed_at, visual
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar, keycap, keycap_width, stage
from outreach.ui.widgets.flow import Block
from outreach.ui.widgets.ghost import GhostLine
from outreach.ui.widgets.lineedit import MARGIN
from outreach.ui.widgets.menus import Menu

#: Where words begin.
_LEFT = 46
_NOTHING = Line((), "", "", "", None, ())
_STAGE = {
    "posted": "posted",
    "finished": "reading",
    "enjoyed": "reading",
    "started": "reading",
    "unfinished": "quiet",
    "passed_on": "quiet",
    "met_author": "delivered",
    "thanked": "delivered",
    "quiet": "quiet",
    LATER: "declined",
}

#: Verbs that are called otherwise than what they note.
_OUTCOME = {"unfinished": "did_not_finish"}


#: These have a sign before their words.
_SIGNED = ("person", "title", "verb", "until")


class PieceStrip(Block):
    """The pieces of a line as tokens; doubtful ones in amber, with a sign that there is a choice.

    Signals:
        chosen: A doubtful token was clicked: its place among the pieces.
    """

    chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._pieces: tuple[Piece, ...] = ()

    def set_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show other pieces."""
        self._pieces = pieces
        self.setAccessibleName(", ".join(self._words(piece) for piece in pieces))
        self.refresh()

    def _words(self, piece: Piece) -> str:
        words = self._desk.words
        if piece.kind in ("person", "title"):
            if piece.row_id is not None:
                return piece.name
            if not piece.offered:
                return words.tr("{typed}: nobody of that name", typed=piece.value)
            return words.tr("{typed}: which of {number}?", typed=piece.value.capitalize(), number=len(piece.offered))
        if piece.kind == "verb" and piece.value == LATER:
            return words.tr("Ask again")
        if piece.kind == "until":
            return words.tr("from {day}", day=self._desk.day(piece.value))
        if piece.kind == "verb":
            state = STATES.get(piece.value)
            kind = "stage" if state or piece.value == "posted" else "outcome"
            return words.term(kind, _STAGE.get(piece.value, state.value if state else piece.value)
                              if kind == "stage" else _OUTCOME.get(piece.value, piece.value))  # fmt: skip
        return self._desk.day(piece.value) if piece.kind == "day" else words.term("format", piece.value)

    def _width(self, piece: Piece) -> float:
        sign = (19 + self.theme.px(21) if piece.kind in _SIGNED else 20) + (18 if piece.offered else 0)
        if piece.row_id is None and piece.kind in ("person", "title"):
            return (
                self.theme.width("smallm", self._words(piece))
                + self.theme.px(14)
                + (26 + self.theme.px(12) if piece.offered else 26)
            )
        role = "titles" if piece.kind == "title" else "smallm"
        return self.theme.width(role, self._words(piece)) + sign

    def places(self, width: float) -> list[QRectF]:
        """Where the tokens stand."""
        x = y = 0.0
        found = []
        for piece in self._pieces:
            wide = self._width(piece)
            if x and x + wide > width:
                x, y = 0.0, y + self.theme.px(36)
            found.append(QRectF(x, y, wide, self.theme.px(28)))
            x += wide + 6
        return found

    def height_at(self, width: float) -> float:
        places = self.places(width)
        return places[-1].bottom() + 1 if places else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in enumerate(self.places(self.width())):
            if place.contains(pointed_at(self, event)):
                self.chosen.emit(number)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        for piece, place in zip(self._pieces, self.places(width), strict=True):
            self._token(canvas, place, piece)

    def _token(self, canvas: Canvas, place: QRectF, piece: Piece) -> None:
        middle, x, words = place.center().y(), place.left() + 10, self._words(piece)
        if piece.kind in ("person", "title") and piece.row_id is None:
            canvas.rounded(place, 6, "warn_tint", "warn_line")
            canvas.icon("circle-help", x, middle, canvas.px(14), "warn", 2, grows=False)
            sign = canvas.px(14) + 6
            x += sign + canvas.text(x + sign, middle, words, "smallm", "warn")
            if piece.offered:
                canvas.icon("chevron-down", place.right() - 19, middle, 12, "warn", 2.25)
            return
        canvas.rounded(place, 6, "accent_tint")
        if piece.kind == "person":
            size = canvas.px(18)
            avatar(canvas, x - 3, middle - size / 2, size, piece.name)
        elif piece.kind == "title" and piece.row_id is not None:
            wide = canvas.px(12)
            cover(canvas, x, middle - wide * 0.75, wide, piece.row_id, "")
        elif piece.kind == "verb":
            state = STATES.get(piece.value)
            stage(canvas, x - 1, middle, _STAGE.get(piece.value, state.value if state else "delivered"), 15)
        elif piece.kind == "until":
            canvas.icon("calendar", x, middle, 14, "accent")
        x += canvas.px(21) if piece.kind in _SIGNED else 0
        x += canvas.text(x, middle, words, "titles" if piece.kind == "title" else "smallm")
        if piece.offered:
            canvas.icon("chevron-down", x + 5, middle, 13, "ink3", 2)


class QuickLog(QWidget):
    """Who did what with which title, in one line; Enter logs all of it.

    What stands in grey behind the cursor is taken with Tab, or with Right at the end of the line; so Tab does what is
    seen beside the cursor. Only a word that was begun is finished in grey. Where there is none, Tab opens the first
    doubt, for whole words too; and where there is no doubt either, Tab goes on to the page, as everywhere. The hint at
    the end of the line says which of these it is. Shift Tab always goes back.

    Signals:
        entered: Enter was pressed on an empty line.
        left_down: Down was pressed: the user wants to go on in the page.
        edited: The line is empty now, or no longer.
    """

    entered = Signal()
    left_down = Signal()
    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line = _NOTHING
        self._settled: dict[str, int] = {}
        self._trouble = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field = GhostLine(desk.theme)
        self.field.setParent(self)
        self.field.setObjectName("quicklog")
        self.field.setFrame(False)
        self.field.setStyleSheet("QLineEdit { border: 0; background: transparent; padding: 0; }")
        self.field.setPlaceholderText(desk.say("maya, rosa accepted salt orchard hardback yesterday"))
        self.field.setAccessibleName(desk.say("Quick log"))
        self.strip = PieceStrip(desk)
        self.strip.setParent(self)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(lambda _: self._read())
        self.field.cursorPositionChanged.connect(lambda *_: self.update())
        self.strip.chosen.connect(self._choose)
        desk.theme.changed.connect(self._place)
        self._place()

    @property
    def line(self) -> Line:
        """The line as it is understood at present."""
        return self._line

    def sizeHint(self) -> QSize:
        return QSize(600, self._height())

    def _height(self) -> int:
        px = self._desk.theme.px
        strip = self.strip.height_at(max(100, self.width() - _LEFT - 18))
        return px(53) + (round(strip) + px(18) if strip else 0) + (px(22) if self._trouble else 0)

    def _place(self) -> None:
        px = self._desk.theme.px
        self.setFixedHeight(self._height())
        self.field.setFont(self._desk.theme.font("body"))
        left = _LEFT - MARGIN  # so that what is typed stands above what it is read as
        room = max(60, self.width() - left - round(self._hints_room()))
        self.field.setGeometry(visual(self, QRect(left, px(11), room, px(32))))
        strip = self.strip.height_at(max(100, self.width() - _LEFT - 18))
        self.strip.setGeometry(visual(self, QRect(_LEFT, px(62), max(60, self.width() - _LEFT - 18), round(strip))))
        self.strip.setVisible(bool(strip))
        self.update()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._place()

    def _read(self) -> None:
        text, settled = self.field.text(), dict(self._settled)
        self._trouble = ""
        self.field.typed(text)
        self.edited.emit()
        if not text.strip():
            self._settled.clear()
            self._show(_NOTHING)
            return
        self._desk.runner.read(
            lambda store: complete(store, text, settled), then=lambda rest: self._offer(text, rest),
            replaces="quicklog.rest",
        )  # fmt: skip
        self._desk.runner.read(lambda store: read(store, text, settled), then=self._show, replaces="quicklog")

    def _show(self, line: Line) -> None:
        self._line = line
        self.strip.set_pieces(line.pieces)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(Qt.Key(event.key())) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key) -> bool:
        """What a key does before it is the field's; whether it did anything."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.log()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Right) and self.field.rest:
            self.field.take()
            self._read()
        elif key == Qt.Key.Key_Tab and self._line.doubts:
            self._choose(self._line.pieces.index(self._line.doubts[0]))
        elif key == Qt.Key.Key_Escape and self.field.text():
            self.clear()
        elif key == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            return False
        return True

    def _offer(self, text: str, rest: str) -> None:
        """Show in grey how the line may go on."""
        self.field.offer(text, rest)
        self.field.setAccessibleDescription(self._desk.say("Tab finishes: {word}", word=rest) if rest else "")
        self.update()

    def clear(self) -> None:
        """Begin anew."""
        self.field.setText("")  # with nothing to take back: Ctrl Z is the window's again
        self._read()

    def begin(self, title: str) -> None:
        """Begin a line about a title; who, and what they did, is typed before it."""
        self.field.setText(f" {title}")
        self.field.setCursorPosition(0)
        self.field.setFocus()
        self._read()

    def log(self) -> None:
        """Log the line as it stands in the field, even when it was typed faster than it was read."""
        text, settled = self.field.text(), dict(self._settled)
        if not text.strip():
            self.entered.emit()
            return

        def work(store: Store) -> Any:
            line = read(store, text, settled)
            count, changes = note(store, line)
            return line, count, changes

        def done(_: Any) -> None:
            if self.field.text() == text:
                self.clear()

        self._desk.write(work, self._told, then=done, failed=self._failed)

    def _told(self, made: Any) -> str:
        line, count, _ = made
        title = line.title.name if line.title else ""
        if line.verb == LATER:
            whom = line.people[0].name if count == 1 else self._desk.words.count("people", count)
            return self._desk.say("Ask {whom} again from {day}", whom=whom, day=self._desk.words.day(line.until))
        if count == 1:
            return self._desk.say("Logged {person}: {title}", person=line.people[0].name, title=title)
        return self._desk.say("Logged {number} people: {title}", number=count, title=title)

    def _failed(self, error: Exception) -> None:
        self._trouble = self._desk.sentence(error)
        self.setAccessibleDescription(self._trouble)
        self._read_again()

    def _read_again(self) -> None:
        trouble = self._trouble
        text, settled = self.field.text(), dict(self._settled)

        def show(line: Line) -> None:
            self._trouble = trouble
            self._show(line)

        self._desk.runner.read(lambda store: read(store, text, settled), then=show, replaces="quicklog")

    def _choose(self, number: int) -> None:
        piece = self._line.pieces[number]
        if not piece.offered:
            return
        menu = self.menu(piece)
        menu.aboutToHide.connect(menu.deleteLater)
        place = self.strip.places(self.strip.width())[number]
        menu.popup(self.strip.mapToGlobal(QPoint(round(place.left()), round(place.bottom()) + 4)))
        menu.setActiveAction(menu.actions()[0])

    def menu(self, piece: Piece) -> Menu:
        """Whom or what a doubtful piece may mean."""
        menu = Menu(self)
        for row_id, name in piece.offered:
            choose: Callable[..., None] = lambda _=False, row_id=row_id: self._settle(piece, row_id)  # noqa: E731
            menu.addAction(name).triggered.connect(choose)
        return menu

    def _settle(self, piece: Piece, row_id: int) -> None:
        self._settled[f"{piece.kind}:{piece.value}"] = row_id
        self._read()
        self.field.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, px = self._desk.theme, self._desk.theme.px
        canvas = Canvas.on(self, theme)
        focused = self.field.hasFocus()
        rect = QRectF(self.rect())
        canvas.rounded(rect, 10, "sheet", "focus" if focused else "control", 2 if focused else 1)
        canvas.icon("plus", 18, px(27), 18, "accent", 2)
        self._paint_hints(canvas, px(27))
        if self.strip.isVisible():
            canvas.hairline(_LEFT, px(52), self.width() - 18)
        if self._trouble:
            canvas.icon("circle-alert", _LEFT, self.height() - px(17), 14, "bad", 2)
            canvas.text(_LEFT + 20, self.height() - px(17), self._trouble, "small", "bad", width=self.width() - 84)
        canvas.painter.end()

    def _paint_hints(self, canvas: Canvas, middle: float) -> None:
        x = float(self.width() - 18)
        for key, words in self._hints():
            x -= canvas.text(x, middle, words, "small", "ink3", align="right") + 6
            x -= keycap(canvas, x - keycap_width(canvas.theme, key), middle, key) + 14

    def _hints(self) -> list[tuple[str, str]]:
        """What keys do at present, from the end of the line: what a doubt must be settled for is told beside it."""
        say, line, number = self._desk.say, self._line, len(self._line.people)
        hints = []
        if line.is_ready or (line.is_whole and any(piece.offered for piece in line.doubts)):
            hints.append(("Enter", say("log all {number}", number=number) if number > 1 else say("log it")))
        if self.field.rest:
            hints.append(("Tab", say("finish")))
        elif any(piece.offered for piece in line.doubts):
            hints.append(("Tab", say("fix")))
        return hints

    def _hints_room(self) -> float:
        """How much of the line the hints may take: the longest of them."""
        if not self.field.text():
            return 18
        theme, say = self._desk.theme, self._desk.say
        both = (("Enter", say("log all {number}", number=88)), ("Tab", say("finish")))
        return 32 + sum(theme.width("small", words) + keycap_width(theme, key) + 20 for key, words in both)
