"""A template as it is written, with its facts set off."""

import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QPaintEvent,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import column

_RULE = re.compile(r"\{%.*?%\}")
_LINE = 21

_BRACES = re.compile(r"\{\{[^{}\n]*\}\}")


class FactHighlighter(QSyntaxHighlighter):
    """Sets off facts, those that are missing in amber, and rules."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self.missing: frozenset[str] = frozenset()

    def highlightBlock(self, text: str) -> None:
        for found in _RULE.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), self._format("quiet", ""))
        for found in _BRACES.finditer(text):
            is_missing = any(name in found[0] for name in self.missing)
            ink, ground = ("warn", "mark") if is_missing else ("accent", "accent_tint")
            self.setFormat(found.start(), found.end() - found.start(), self._format(ink, ground))

    def _format(self, ink: str, ground: str) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(self._theme.color(ink))
        if ground:
            form.setBackground(self._theme.color(ground))
        return form


class Framed(QWidget):
    """Something to read in the frame of a field."""

    def __init__(self, theme: Theme, inner: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self.setLayout(column(inner, margins=(10, 6, 10, 6)))
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setMinimumHeight(self._theme.px(32))  # as high as a field
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        canvas.rounded(QRectF(self.rect()), 6, "sheet", "control")
        canvas.painter.end()


class TemplateView(QTextEdit):
    """The text of a template, to read."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(0)
        self._facts = FactHighlighter(self.document(), theme)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_text(self, text: str) -> None:
        """Show a template."""
        if text != self.toPlainText():
            # A fact that is broken over two lines is hard to read.
            self.setPlainText(_BRACES.sub(lambda found: found[0].replace(" ", "\u00a0"), text))
            self._space()

    def mark_missing(self, facts: frozenset[str]) -> None:
        """Set off the facts that a letter lacks."""
        if facts != self._facts.missing:
            self._facts.missing = facts
            self._facts.rehighlight()

    def _restyle(self) -> None:
        self.setFont(self._theme.font("mono"))
        self._facts.rehighlight()
        self._space()

    def _space(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        form.setLineHeight(self._theme.px(_LINE), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(form)
