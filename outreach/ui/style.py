"""The style sheet of Qt's own controls. A name in braces is a colour token, or ``icon:name:colour``.

Never a bare QWidget rule: it would switch every widget to the style sheet's way of painting.
"""

import re
from collections.abc import Callable

_NAME = re.compile(r"\{\{([\w:-]+)\}\}")


class StyleSheet:
    """A style sheet with names to fill in."""

    def __init__(self, text: str) -> None:
        self._text = text

    def sub(self, value: Callable[[str], str]) -> str:
        """The style sheet with each name replaced by its value."""
        return _NAME.sub(lambda match: value(match[1]), self._text)


STYLE_SHEET = StyleSheet("""
QLineEdit, QComboBox, QDateEdit, QSpinBox, QPlainTextEdit {
  background: {{field}}; color: {{ink}}; border: 1px solid {{control}}; border-radius: 6px;
  padding: 0 9px; min-height: 30px; selection-background-color: {{accent}}; selection-color: {{on_accent}};
}
QLineEdit { placeholder-text-color: {{ink3}}; }
QPlainTextEdit { padding: 5px 6px; }
QComboBox, QDateEdit, QSpinBox { max-height: 30px; }
QComboBox QLineEdit, QDateEdit QLineEdit { border: 0; padding: 0; min-height: 0; background: transparent; }
QLineEdit QToolButton { border: 0; padding: 0; margin: 0; min-height: 0; background: transparent; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus { border: 2px solid {{focus}}; padding: 0 8px; }
QPlainTextEdit:focus { border: 2px solid {{focus}}; padding: 4px 5px; }
QLineEdit[state="error"] { border: 1px solid {{bad}}; }
QLineEdit[state="warn"] { border: 1px solid {{warn}}; }
QLineEdit:disabled, QComboBox:disabled { background: {{inset}}; color: {{off}}; border-color: {{line2}}; }
QComboBox::drop-down, QDateEdit::drop-down {
  border: 0; width: 28px; subcontrol-origin: padding; subcontrol-position: center right;
}
QComboBox::down-arrow, QDateEdit::down-arrow {
  image: url({{icon:chevron-down:ink2}}); width: 14px; height: 14px;
}
QComboBox QAbstractItemView {
  background: {{sheet}}; color: {{ink}}; border: 1px solid {{line2}}; border-radius: 8px; padding: 4px; outline: 0;
}
QComboBox QAbstractItemView::item { min-height: 30px; padding: 0 8px; border-radius: 5px; color: {{ink}}; }
QComboBox QAbstractItemView::item:selected { background: {{selected}}; color: {{ink}}; }
QCheckBox { spacing: 9px; color: {{ink}}; min-height: 24px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid {{control}}; border-radius: 4px; background: {{field}}; }
QCheckBox::indicator:checked { background: {{accent}}; border-color: {{accent}}; image: url({{icon:check:on_accent}}); }
QCheckBox::indicator:focus { border: 2px solid {{focus}}; width: 12px; height: 12px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar::handle:vertical { background: {{line2}}; border-radius: 4px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: {{control}}; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle:horizontal { background: {{line2}}; border-radius: 4px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: {{sheet}}; border: 1px solid {{line2}}; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 10px; border-radius: 5px; color: {{ink}}; }
QMenu::item:selected { background: {{selected}}; }
QMenu::item:disabled { color: {{off}}; }
QMenu::separator { height: 1px; background: {{line}}; margin: 5px 8px; }
QToolTip { background: {{toast}}; color: {{on_toast}}; border: 0; padding: 5px 8px; }
QSplitter::handle { background: {{line}}; }
QSplitter::handle:hover { background: {{accent}}; }
QTextBrowser { background: transparent; color: {{ink}}; border: 0; selection-background-color: {{accent}}; }
QScrollArea { background: transparent; border: 0; }
""")
