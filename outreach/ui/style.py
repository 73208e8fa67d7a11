"""How Qt's own controls look: their palette, and their style sheet.

A name in braces is a colour token, ``icon:name:colour`` with a stroke of its own behind it if need be, or ``px:12``, a
size that grows with the text. Never a bare QWidget rule: it would switch every widget to the style sheet's way of
painting.
"""

import re
from collections.abc import Callable

from PySide6.QtGui import QPalette

_NAME = re.compile(r"\{\{([\w:.-]+)\}\}")

#: By what Qt calls a colour, the token of ours.
PALETTE = {
    QPalette.ColorRole.Window: "sheet",
    QPalette.ColorRole.Base: "sheet",
    QPalette.ColorRole.AlternateBase: "inset",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "sheet",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "ink3",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "on_toast",
}


class StyleSheet:
    """A style sheet with names to fill in."""

    def __init__(self, text: str) -> None:
        self._text = text

    def sub(self, value: Callable[[str], str]) -> str:
        """The style sheet with each name replaced by its value."""
        return _NAME.sub(lambda match: value(match[1]), self._text)


STYLE_SHEET = StyleSheet("""
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit {
  background: {{field}}; color: {{ink}}; border: 1px solid {{control}}; border-radius: 6px;
  padding: 0 9px; min-height: {{px:30}}; selection-background-color: {{accent}}; selection-color: {{on_accent}};
}
QLineEdit, QPlainTextEdit { placeholder-text-color: {{ink3}}; }
QPlainTextEdit { padding: 5px 6px; }
QComboBox, QAbstractSpinBox { max-height: {{px:30}}; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: 0; padding: 0; min-height: 0; background: transparent; }
QLineEdit QToolButton { border: 0; padding: 0; margin: 0; min-height: 0; background: transparent; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid {{focus}}; padding: 0 8px; }
QPlainTextEdit:focus { border: 2px solid {{focus}}; padding: 4px 5px; }
QLineEdit[state="error"], QPlainTextEdit[state="error"] { border: 1px solid {{bad}}; }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"] { border: 1px solid {{warn_line}}; }
QLineEdit[state]:focus { border-width: 2px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled {
  background: {{inset}}; color: {{off}}; border-color: {{line2}};
}
QComboBox::drop-down, QDateEdit::drop-down {
  border: 0; width: 28px; subcontrol-origin: padding; subcontrol-position: center right;
}
QComboBox::down-arrow, QDateEdit::down-arrow {
  image: url({{icon:chevron-down:ink2}}); width: 14px; height: 14px;
}
QSpinBox::up-button { border: 0; width: 26px; subcontrol-origin: border; subcontrol-position: top right; }
QSpinBox::down-button { border: 0; width: 26px; subcontrol-origin: border; subcontrol-position: bottom right; }
QSpinBox::up-arrow { image: url({{icon:chevron-up:ink2:3}}); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url({{icon:chevron-down:ink2:3}}); width: 12px; height: 12px; }
QSpinBox::up-arrow:off, QSpinBox::up-arrow:disabled { image: url({{icon:chevron-up:off:3}}); }
QSpinBox::down-arrow:off, QSpinBox::down-arrow:disabled { image: url({{icon:chevron-down:off:3}}); }
QComboBox QAbstractItemView {
  background: {{sheet}}; color: {{ink}}; border: 1px solid {{line2}}; border-radius: 8px; padding: 4px; outline: 0;
}
QComboBox QAbstractItemView::item {
  min-height: {{px:30}}; padding: 0 8px; border-radius: 5px; color: {{ink}};
}
QComboBox QAbstractItemView::item:selected { background: {{selected}}; color: {{ink}}; }
QCheckBox, QRadioButton { spacing: 9px; color: {{ink}}; min-height: {{px:24}}; }
QCheckBox:disabled, QRadioButton:disabled { color: {{off}}; }
QCheckBox::indicator, QRadioButton::indicator {
  width: {{px:14}}; height: {{px:14}}; border: 1px solid {{control}}; border-radius: 4px; background: {{field}};
}
QRadioButton::indicator { border-radius: {{px:8}}; }
QCheckBox::indicator:checked { background: {{accent}}; border-color: {{accent}}; image: url({{icon:check:on_accent}}); }
QCheckBox::indicator:indeterminate {
  background: {{accent}}; border-color: {{accent}}; image: url({{icon:minus:on_accent:3.4}});
}
QRadioButton::indicator:checked {
  border: {{px:5}} solid {{accent}}; width: {{px:6}}; height: {{px:6}}; background: {{on_accent}};
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: {{off}}; background: {{inset}}; }
QCheckBox::indicator:focus, QRadioButton::indicator:unchecked:focus {
  border: 2px solid {{focus}}; width: {{px:12}}; height: {{px:12}};
}
QCheckBox::indicator:checked:focus, QCheckBox::indicator:indeterminate:focus, QRadioButton::indicator:checked:focus {
  border-color: {{ink}};
}
QSlider { min-height: {{px:24}}; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: {{track}}; }
QSlider::sub-page:horizontal { border-radius: 2px; background: {{accent}}; }
QSlider::handle:horizontal {
  width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; border: 1px solid {{accent}}; background: {{sheet}};
}
QSlider::handle:horizontal:hover { background: {{accent_tint}}; }
QSlider::handle:horizontal:focus { border: 3px solid {{focus}}; width: 10px; height: 10px; }
QProgressBar {
  background: {{track}}; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; color: transparent;
}
QProgressBar::chunk { background: {{accent}}; border-radius: 3px; }
QTabBar { qproperty-drawBase: 0; font-weight: 600; }
QTabBar::tab {
  background: transparent; color: {{ink2}}; padding: 8px 0; margin-right: 24px; border: 0;
  border-bottom: 2px solid transparent; font-weight: 500;
}
QTabBar::tab:hover { color: {{ink}}; }
QTabBar::tab:selected { color: {{ink}}; border-bottom: 2px solid {{accent}}; font-weight: 600; }
QTabBar::tab:selected:focus { border: 2px solid {{focus}}; border-radius: 4px; padding: 6px 0; }
QTabBar::tab:disabled { color: {{off}}; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: {{sheet}}; }
QCalendarWidget QToolButton {
  color: {{ink}}; background: transparent; border: 0; border-radius: 6px; padding: 0 8px; margin: 3px 1px;
  min-height: {{px:28}}; font-weight: 600;
}
QCalendarWidget QToolButton:hover { background: {{hover}}; }
QCalendarWidget QToolButton:focus { border: 2px solid {{focus}}; padding: 0 6px; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QToolButton#qt_calendar_prevmonth, QCalendarWidget QToolButton#qt_calendar_nextmonth {
  min-width: {{px:28}}; padding: 0;
}
QCalendarWidget QSpinBox { min-width: {{px:64}}; }
QCalendarWidget QTableView {
  background: {{sheet}}; color: {{ink}}; border: 0; outline: 0; font-weight: 400;
  selection-background-color: {{accent}}; selection-color: {{on_accent}};
}
QCalendarWidget QTableView:disabled { color: {{off}}; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar::handle:vertical { background: {{line2}}; border-radius: 4px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: {{control}}; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle:horizontal { background: {{line2}}; border-radius: 4px; min-width: 32px; }
QScrollBar::handle:horizontal:hover { background: {{control}}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: {{sheet}}; border: 1px solid {{line2}}; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 10px; border-radius: 5px; color: {{ink}}; min-height: {{px:20}}; }
QMenu::item:selected { background: {{selected}}; }
QMenu::item:disabled { color: {{off}}; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 5px; }
QMenu::indicator:checked { image: url({{icon:check:accent}}); }
QMenu::separator { height: 1px; background: {{line}}; margin: 5px 8px; }
QToolTip { background: {{toast}}; color: {{on_toast}}; border: 0; padding: 5px 8px; }
QSplitter::handle { background: {{line}}; }
QSplitter::handle:hover { background: {{accent}}; }
QTextEdit { border: 2px solid transparent; border-radius: 6px; }
QTextEdit:focus { border-color: {{focus}}; }
QTextBrowser { background: transparent; color: {{ink}}; selection-background-color: {{accent}}; }
QScrollArea { background: transparent; border: 0; }
""")
