"""A template while it is written: its facts set off, and completed as they are typed."""

from PySide6.QtCore import QRect, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QFrame, QPlainTextEdit

from outreach.services.letters.facts import FACTS
from outreach.ui.theme import Theme
from outreach.ui.widgets.menus import round_corners
from outreach.ui.widgets.template import FactHighlighter

_WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_."
_TAKES = (Qt.Key.Key_Enter, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
_POPUP_WIDTH = 420


class TemplateEditor(QPlainTextEdit):
    """The body of a template, to write."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._facts = FactHighlighter(self.document(), theme)
        self._completer = QCompleter(self)
        self._completer.setWidget(self)
        self._completer.setModel(QStringListModel([f"{fact.name}\t{fact.meaning}" for fact in FACTS], self._completer))
        self._completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated.connect(self._complete)
        round_corners(self._popup)
        theme.dress(self._popup)
        theme.changed.connect(self._restyle)
        self._restyle()

    def mark_unknown(self, facts: frozenset[str]) -> None:
        """Set off facts that there are not."""
        if facts != self._facts.missing:
            self._facts.missing = facts
            self._facts.rehighlight()

    def offer_facts(self) -> None:
        """Offer the facts that go on from what stands before the cursor."""
        self.setFocus()
        self._completer.setCompletionPrefix(self._typed())
        self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        place = self.cursorRect()
        self._completer.complete(QRect(place.left(), place.top(), self._theme.px(_POPUP_WIDTH), place.height()))

    @property
    def is_offering(self) -> bool:
        """Whether facts are offered at present."""
        return self._popup.isVisible()

    @property
    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None, "facts are offered in a list"
        return popup

    def _typed(self) -> str:
        """The part of a fact's name before the cursor."""
        line = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
        start = len(line)
        while start and line[start - 1] in _WORD:
            start -= 1
        return line[start:]

    def _complete(self, chosen: str) -> None:
        name, cursor = chosen.partition("\t")[0], self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self._typed()))
        before = cursor.block().text()[: cursor.selectionStart() - cursor.block().position()]
        is_open = before.rfind("{{") > before.rfind("}}") or before.rfind("{%") > before.rfind("%}")
        cursor.insertText(name if is_open else "{{ " + name + " }}")
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_offering and event.key() in _TAKES:
            event.ignore()  # it is the list's
            return
        super().keyPressEvent(event)
        if self.is_offering or self._typed().endswith("."):
            if self._typed() and self._is_in_braces():
                self.offer_facts()
            else:
                self._popup.hide()

    def _is_in_braces(self) -> bool:
        before = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
        return before.rfind("{") > before.rfind("}")

    def _restyle(self) -> None:
        self.setFont(self._theme.font("mono"))
        self._facts.rehighlight()
