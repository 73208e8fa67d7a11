"""Beside the parcels: the tracking numbers that lie on the clipboard, and where they would go."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.services.carriers import load_carriers, propose_carriers
from outreach.services.tracking_lines import numbers_in
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.widgets.basics import Button, Label, Painted, column, line
from outreach.ui.widgets.flow import Paragraph

#: A longer text is no column of numbers, and is not looked through at each copying.
_LONGEST = 200_000


class ClipboardCard(QWidget):
    """Says how many numbers can be pasted, and into which rows; without any, how they come there.

    Signals:
        turned: What lies on the clipboard has changed.
        paste_asked: The numbers are wanted in the rows.
    """

    turned = Signal()
    paste_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme, say = desk.theme, desk.say
        self.numbers: list[str] = []
        self._head = Label(theme, "", "medium", wrap=True)
        self._below = Paragraph(theme, "", "small", "ink2")
        self._paste = Button(theme, "", "primary", "", key_of("paste"))
        self._paste.setAccessibleName(say("Paste down"))
        sign = Painted(theme, lambda canvas, _, high: canvas.icon("clipboard-paste", 0, high / 2, 16, "accent"), 20, 20)
        head = line(sign, self._head, spacing=5)
        head.setStretch(1, 1)
        self._acts = QWidget()
        self._acts.setLayout(line(self._paste, None, margins=(0, 9, 0, 0)))
        self.setLayout(column(head, 3, self._below, self._acts, margins=(14, 12, 14, 13)))
        theme.changed.connect(self.update)
        self._paste.clicked.connect(self.paste_asked)
        QGuiApplication.clipboard().dataChanged.connect(self._look)
        self._read()

    def show_rows(self, rows: int, first: str) -> None:
        """Say where the numbers would go: how many rows have none yet from the current one on, and whose is first."""
        say, words = self._desk.say, self._desk.words
        wanted = len(self.numbers)
        number = sum(bool(each) for each in self.numbers)
        self._acts.setVisible(bool(number) and wanted <= rows)
        if not number:
            self._head.setText(say("No numbers on the clipboard"))
            self._below.set_text(say("Copy a column of tracking numbers from the carrier, or scan them into the rows."))
            return
        self._head.setText(words.trn("{number} number on the clipboard", "{number} numbers on the clipboard", number))
        if not rows:
            told = say("No row from here on is without a number.")
        elif wanted > rows:
            told = words.trn("Only {number} row from here on has none yet.",
                             "Only {number} rows from here on have none yet.", rows)  # fmt: skip
        else:
            told = words.trn("It goes into the next empty row, that of {name}.",
                             "They fill the next {number} empty rows, starting at {name}.", wanted,
                             name=first)  # fmt: skip
        self._below.set_text(" ".join(filter(None, (told, self._about_carriers()))))
        self._paste.set_label(words.trn("Paste {number}", "Paste {number}", number))

    def _about_carriers(self) -> str:
        """Which carrier the numbers look like; a number that no carrier's shape and check digit fit is said."""
        say, words = self._desk.say, self._desk.words
        given = [each for each in self.numbers if each]
        proposed = [propose_carriers(each) for each in given]
        unknown = [number for number, codes in zip(given, proposed, strict=True) if not codes]
        if unknown:
            return words.trn("Look at {first}: no carrier we know has such a number.",
                             "Look at {first} and others, {number} in all: no carrier we know has such numbers.",
                             len(unknown), first=unknown[0])  # fmt: skip
        sure = {codes[0] for codes in proposed if len(codes) == 1}
        return say("{carrier}, by their shape.", carrier=load_carriers()[sure.pop()].name) if len(sure) == 1 else ""

    def _look(self) -> None:
        # What is copied elsewhere is looked at when it could matter.
        if self.isVisible():
            self._read()

    def look(self) -> None:
        """Look at what was copied while the page was not shown."""
        self._read()

    def _read(self) -> None:
        text = QGuiApplication.clipboard().text()
        found = numbers_in(text) if len(text) <= _LONGEST else []
        if found != self.numbers:
            self.numbers = found
        self.turned.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        canvas.rounded(QRectF(self.rect()), 8, "sheet", "line")
        canvas.painter.end()
