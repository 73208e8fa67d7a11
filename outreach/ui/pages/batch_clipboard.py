"""Beside the parcels: the tracking numbers that lie on the clipboard, and where they would go."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.services.carrying.answers import Answer, is_number, read_lines
from outreach.services.carrying.columns import numbers_in
from outreach.services.shipments.carriers import load_carriers, propose_carriers
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.widgets.basics import Button, Label, Painted, column, line
from outreach.ui.widgets.flow import Paragraph

#: A longer text is no column of numbers, and is not looked through at each copying.
_LONGEST, _MOST_LINES = 200_000, 5_000


class ClipboardCard(QWidget):
    """Says how many numbers can be pasted, and into which rows; without any, how they come there.

    Attributes:
        numbers: A column of numbers, with an empty one for each blank line.
        answers: What a carrier says of parcels that it names; there are either these or numbers.

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
        self.answers: list[Answer] = []
        self._about, self._seen = "", ""
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
        self._acts.setVisible(bool(self.answers) or (bool(number) and wanted <= rows))
        if self.answers:
            named = len(self.answers)
            self._head.setText(
                words.trn("{number} parcel on the clipboard", "{number} parcels on the clipboard", named)
            )
            self._below.set_text(say("They are found by our reference, or by name and postcode."))
            self._paste.set_label(words.trn("Match {number} by name", "Match {number} by name", named))
            return
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
        self._below.set_text(" ".join(filter(None, (told, self._about))))
        self._paste.set_label(words.trn("Paste {number}", "Paste {number}", number))

    def _look(self) -> None:
        # What is copied elsewhere is looked at when it could matter.
        if self.isVisible():
            self._read()

    def look(self) -> None:
        """Look at what was copied while the page was not shown."""
        self._read()

    def _read(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text == self._seen or len(text) > _LONGEST:
            self.turned.emit()
            return
        self._seen, self._about = text, ""
        self.numbers, self.answers = numbers_in(text), []
        self.turned.emit()
        # Thousands of check digits, and whom a table names, are a matter for another thread.
        numbers, runner = self.numbers, self._desk.runner
        if numbers:
            runner.read(lambda _: _proposed(numbers), then=self._tell_carriers, replaces="clipboard")
        else:
            runner.read(lambda _: _named(text), then=self._tell_named, replaces="clipboard")

    def _tell_named(self, found: list[Answer]) -> None:
        self.answers = found
        self.turned.emit()

    def _tell_carriers(self, found: tuple[str, list[str]]) -> None:
        """Say which carrier the numbers look like; a number that no carrier's shape and check digit fit is named."""
        say, words, (carrier, unknown) = self._desk.say, self._desk.words, found
        if unknown:
            self._about = words.trn("Look at {first}: no carrier we know has such a number.",
                                    "Look at {first} and others, {number} in all: no carrier we know has such numbers.",
                                    len(unknown), first=unknown[0])  # fmt: skip
        else:
            self._about = say("{carrier}, by their shape.", carrier=carrier) if carrier else ""
        self.turned.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        canvas.rounded(QRectF(self.rect()), 8, "sheet", "line")
        canvas.painter.end()


def _proposed(numbers: Sequence[str]) -> tuple[str, list[str]]:
    """The one carrier whose numbers these seem to be, empty where that is not sure, and those that are nobody's."""
    given = [each for each in numbers if each]
    proposed = [propose_carriers(each) for each in given]
    sure = {codes[0] if len(codes) == 1 else "" for codes in proposed}
    name = load_carriers()[sure.pop()].name if len(sure) == 1 and "" not in sure else ""
    return name, [number for number, codes in zip(given, proposed, strict=True) if not codes]


def _named(text: str) -> list[Answer]:
    """What a carrier says of parcels, where all lines name one and some have a number; else nothing."""
    if len(text.splitlines()) > _MOST_LINES or not any(sign in text for sign in "\t;,"):
        return []
    found = [each for each in read_lines(text) if each.skip is None]
    names_all = all(each.reference or each.name for each in found)
    return found if names_all and any(each.number and is_number(each.number) for each in found) else []
