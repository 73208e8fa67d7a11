"""A letter as its reader sees it: a sheet of paper with the letter on it, and marks where a fact is missing."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from outreach.services.drafting.drafts import LetterText
from outreach.services.letters.parts import letter_html
from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import column

_HEAD = 78
#: A fact that is missing stands between these, as `outreach.services.letters.sandbox` writes it.
_MARK = re.compile(r"⟦([^⟧]*)⟧")
_BESIDE = 8
#: A fact of several lines is found by its first words.
_LONGEST_FOUND = 60


class Paper(QWidget):
    """To whom, about what, and the letter."""

    def __init__(self, theme: Theme, to: str, subject: str) -> None:
        super().__init__()
        self._theme = theme
        self._labels = (to, subject)
        self._letter: LetterText | None = None
        self._text = QTextBrowser()
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setOpenLinks(False)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.document().setDocumentMargin(0)
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # The words keep a distance from the scroll bar, on whichever side it is.
        self._text.setViewportMargins(_BESIDE, 0, _BESIDE, 0)
        self.setLayout(column(self._text, margins=(28 - _BESIDE, _HEAD - 2, 20 - _BESIDE, 18)))
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_letter(self, letter: LetterText | None) -> None:
        """Show a letter, or a blank sheet."""
        self._letter = letter
        self._text.setHtml(letter_html(letter.markdown) if letter else "")
        self._text.setAccessibleName(letter.text if letter else ", ".join(self._labels))
        self._set_type()
        self.update()

    def set_off(self, words: Sequence[str]) -> None:
        """Set off some words of the letter, such as those that were filled in; none sets them back."""
        marks = []
        form = QTextCharFormat()
        form.setBackground(self._theme.color("accent_tint"))
        form.setForeground(self._theme.color("accent"))
        document = self._text.document()
        for each in words:
            said = " ".join(each.split())
            found = document.find(said)
            found = document.find(said[:_LONGEST_FOUND]) if found.isNull() else found
            if not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = found, form
                marks.append(mark)
        self._text.setExtraSelections(marks)

    def _restyle(self) -> None:
        palette = self._text.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, self._theme.color("ink"))
        palette.setColor(QPalette.ColorRole.Link, self._theme.color("accent"))
        self._text.setPalette(palette)
        self._text.document().setDefaultFont(self._theme.font("letter"))
        self.show_letter(self._letter)  # its marks have colours of their own

    def _set_type(self) -> None:
        """HTML comes with Qt's own distances; a letter has its own, and marks are set off."""
        cursor = QTextCursor(self._text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        line = self._theme.line_height("letter") + 4
        form.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setTopMargin(0)
        form.setBottomMargin(self._theme.px(13))
        cursor.mergeBlockFormat(form)
        marked = QTextCharFormat()
        marked.setBackground(self._theme.color("mark"))
        marked.setForeground(self._theme.color("warn"))
        text = self._text.document().toPlainText()
        for found in reversed(list(_MARK.finditer(text))):
            cursor.setPosition(found.start())
            cursor.setPosition(found.end(), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(f"\u00a0{fact_words(found[1])}\u00a0", marked)
        self._text.moveCursor(QTextCursor.MoveOperation.Start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        rect = QRectF(self.rect()).adjusted(0, 0, 0, -1)
        canvas.rounded(rect, 3, "paper", "line2")
        letter, width = self._letter, self.width() - 60
        if letter is not None:
            for row, (label, strong, more) in enumerate(
                (
                    (self._labels[0], letter.to_name, letter.to_address),
                    (self._labels[1], _MARK.sub(lambda found: fact_words(found[1]), letter.subject), ""),
                )
            ):
                middle, x = 27.0 + row * 20, 30.0
                x += canvas.text(x, middle, label, "small", "ink3") + 8
                x += canvas.text(x, middle, strong, "smalls", width=width - x + 30) + 8
                if more:
                    canvas.text(x, middle, more, "small", "ink2", width=width - x + 30)
            canvas.hairline(30, 64, self.width() - 30)
        canvas.painter.end()


def fact_words(name: str) -> str:
    """A fact's dotted name as people say it, such as "book pub date"."""
    return name.replace(".", " ").replace("_", " ")
