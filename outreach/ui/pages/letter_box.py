"""What stands between a letter and its approval: one box to fill a fact that is missing, and what was found in it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.errors import KnownError
from outreach.services.drafting.filling import belongs_to
from outreach.services.letters.facts import FACTS
from outreach.services.letters.lint import Finding
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.widgets.basics import Button, Label, Painted, column, line
from outreach.ui.widgets.fields import Field
from outreach.ui.widgets.flow import Block, Paragraph, TextLines

_MEANINGS = {fact.name: fact.meaning for fact in FACTS} | {"opening": "A line for them alone"}
_MOST_FINDINGS = 3
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class FactField(Field):
    """Where a fact is typed.

    Signals:
        entered: Enter was pressed.
        left_alone: Esc was pressed.
    """

    entered = Signal()
    left_alone = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in _PLAIN:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left_alone.emit()
        else:
            super().keyPressEvent(event)


class FactBox(QWidget):
    """The first fact that a letter lacks, to be filled once and kept where it belongs.

    Signals:
        filled: Its name, and what was typed.
        left_out: Its sentence is to be left out of this letter.
        wished: A dialog is to be opened for it: ``person``, ``title``, ``sender`` or ``openings``.
        done: The user is done here.
    """

    filled = Signal(str, str)
    left_out = Signal(str)
    wished = Signal(str)
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme, say = desk.theme, desk.say
        self._fact = ""
        sign = Painted(theme, lambda canvas, _, high: canvas.icon("circle-alert", 0, high / 2, 16, "warn", 2), 20, 22)
        self._what = Paragraph(theme, "", "medium", "warn")
        self._where = Label(theme, "", "small", "warn")
        self.field = FactField(theme, say("Paste or type it"))
        self._find = Button(theme, say("Find in posts"), "default", "search")
        self._leave = Button(theme, say("Leave out"))
        self._ask = Button(theme, say("Add it"), "default", "pencil")
        head = line(sign, self._what, 8, self._where, spacing=0)
        head.setStretch(1, 1)
        self._row = line(self.field, self._find, self._leave, self._ask)
        self._row.setStretch(0, 1)
        self.setLayout(column(head, 8, self._row, margins=(14, 10, 14, 12)))
        self.field.entered.connect(self._enter)
        self.field.left_alone.connect(self.done)
        self._leave.clicked.connect(lambda: self.left_out.emit(self._fact))
        self._find.clicked.connect(lambda: self.wished.emit("openings"))
        self._ask.clicked.connect(lambda: self.wished.emit(belongs_to(self._fact)))
        theme.changed.connect(self.update)

    @property
    def fact(self) -> str:
        """The fact that is asked for; empty where none is."""
        return self._fact

    def ask(self, missing: Sequence[str], name: str) -> None:
        """Ask for the first of the facts that a letter to someone lacks."""
        words, fact = self._desk.words, next(iter(missing), "")
        if self._fact in missing and self.field.hasFocus() and self.field.text():
            fact = self._fact  # what is being typed stays where it is
        if fact != self._fact:
            self.field.clear()
        self._fact = fact
        self.setVisible(bool(fact))
        if not fact:
            return
        meaning = words.tr(_MEANINGS.get(fact, fact.replace(".", " ")))
        self._what.set_text(words.trn("{number} fact missing: {fact}", "{number} facts missing, first: {fact}",
                                      len(missing), fact=words.inside(meaning)))  # fmt: skip
        whose = belongs_to(fact)
        kept = {"person": words.tr("kept on {name}’s page", name=name), "title": words.tr("kept on the title’s page"),
                "letter": words.tr("kept with the letter"), "sender": ""}  # fmt: skip
        self._where.setText(kept[whose])
        can_type = whose in ("person", "title", "letter")
        self.field.setVisible(can_type)
        self.field.setAccessibleName(meaning)
        self._find.setVisible(fact == "opening")
        self._leave.setVisible(whose in ("person", "title"))
        self._ask.setVisible(not can_type)

    def take(self, text: str) -> None:
        """Put a text into the field, to be looked at and kept with Enter."""
        self.field.setText(" ".join(text.split()))
        self.field.setFocus()

    def _enter(self) -> None:
        text = self.field.text().strip()
        if text:
            self.filled.emit(self._fact, text)
            self.done.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        canvas.rounded(QRectF(self.rect()), 8, "warn_tint", "warn_line")
        canvas.painter.end()


class Findings(Block):
    """What was found in a letter: what stops it in red, what is worth a second thought in amber."""

    _GAP = 4

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._found: list[tuple[str, str, str]] = []
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show them, what stops the letter first."""
        words = self._desk.words
        self._found = [
            ("circle-alert" if each.stops else "info", "bad" if each.stops else "warn",
             words.trouble(KnownError(each.code, **each.facts), window=True))
            for each in findings[:_MOST_FINDINGS]
        ]  # fmt: skip
        if len(findings) > _MOST_FINDINGS:
            more = words.trn("{number} more", "{number} more", len(findings) - _MOST_FINDINGS)
            self._found.append(("info", "warn", more))
        self.setAccessibleName(". ".join(text for *_, text in self._found))
        self.setVisible(bool(self._found))
        self.refresh()

    def _lines(self, text: str, width: float) -> TextLines:
        return TextLines(self.theme, text, "small", width - self.theme.px(14) - 8)

    def height_at(self, width: float) -> float:
        return sum(self._lines(text, width).height + self._GAP for *_, text in self._found)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        y = 0.0
        for icon, color, text in self._found:
            lines = self._lines(text, width)
            canvas.icon(icon, 0, y + lines.line / 2, 14, color, 2)
            lines.paint(canvas, self.theme.px(14) + 8, y, color)
            y += lines.height + self._GAP
