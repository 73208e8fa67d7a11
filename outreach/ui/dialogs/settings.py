"""Settings, part by part: who you are, how it looks, keys, workspaces, backups, check and repair, data rules."""

import importlib

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.paint.canvas import Canvas
from outreach.ui.preferences.section import Section
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.lists import scrolled
from outreach.ui.widgets.panes import Pane

#: By name: its sign, its words, and where it is made; in the order shown.
SECTIONS = {
    "house": ("feather", "You and your house", "house", "HouseSection"),
    "looks": ("sun", "Appearance", "looks", "LooksSection"),
    "keys": ("hash", "Keyboard", "keys", "KeysSection"),
    "workspaces": ("package", "Workspaces", "places", "PlacesSection"),
    "backups": ("save", "Backups", "copies", "CopiesSection"),
    "health": ("shield-check", "Check and repair", "health", "HealthSection"),
    "rules": ("clock", "Data rules", "rules", "RulesSection"),
}
_WIDE, _HIGH, _LIST = 940, 660, 220


class PartButton(QAbstractButton):
    """A part of the settings in the list at the left.

    Signals:
        moved: The arrow keys ask for the part below, or above.
    """

    moved = Signal(int)

    def __init__(self, theme: Theme, icon: str, label: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setText(label)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.width("strong", self.text())) + 64, self._theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas, on = Canvas.on(self, self._theme), self.isChecked()
        plate, middle = QRectF(8, 1, self.width() - 16, self.height() - 2), self.height() / 2
        if on or self.underMouse():
            canvas.rounded(plate, 7, "selected" if on else "hover")
        if self.hasFocus():
            canvas.rounded(plate, 7, None, "focus", 2)
        canvas.icon(self._icon, 20, middle, 16, "accent" if on else "ink2")
        canvas.text(46, middle, self.text(), "strong" if on else "medium", "ink" if on else "ink2")
        canvas.painter.end()


class SettingsDialog(Overlay):
    """The parts at the left, and beside them the one that is looked at; each is made when it is first seen.

    Attributes:
        sections: By name the parts that were made.
        buttons: By name what leads to a part.
        at: The name of the part that is looked at.
    """

    def __init__(self, desk: Desk, parent: QWidget, first: str) -> None:
        theme, say = desk.theme, desk.say
        self._desk = desk
        self.at = ""
        self.sections: dict[str, Section] = {}
        self._areas: dict[str, QScrollArea] = {}
        self.buttons: dict[str, PartButton] = {}
        self._stack = QStackedWidget()
        left = Pane(theme, "inset", corners=(11, 0, 0, 11))
        parts: list[QWidget | int | None] = [Label(theme, say("Settings"), "h2"), 10]
        for name, (icon, label, _, _) in SECTIONS.items():
            button = self.buttons[name] = PartButton(theme, icon, say(label))
            button.clicked.connect(lambda _=False, name=name: self.show_section(name))
            button.moved.connect(lambda by, name=name: self._move(name, by))
        listed = QWidget()
        listed.setLayout(column(*self.buttons.values()))
        head = QWidget()
        head.setLayout(column(*parts, margins=(20, 0, 12, 0)))
        left.setLayout(column(head, listed, None, margins=(0, 20, 0, 12)))
        self._left = left
        self.done = Button(theme, say("Done"), "primary", key="Esc")
        foot = QWidget()
        foot.setLayout(line(None, self.done, margins=(20, 10, 20, 12)))
        right = column(self._stack, Rule(theme), foot)
        right.setStretch(0, 1)
        panel = QWidget()
        body = line(left, spacing=0)
        body.addLayout(right, 1)
        panel.setLayout(body)
        super().__init__(theme, parent, panel, _WIDE, _HIGH)
        self.done.clicked.connect(self.close_overlay)
        desk.ending.connect(self._leave)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_section(first if first in SECTIONS else next(iter(SECTIONS)))
        self.sections[self.at].focus_first()

    def show_section(self, name: str) -> None:
        """Look at a part."""
        if name not in self.sections:
            _, _, module, kind = SECTIONS[name]
            made: Section = getattr(importlib.import_module(f"outreach.ui.preferences.{module}"), kind)(self._desk)
            made.wished.connect(self._wish)
            made.done.connect(self.close_overlay)
            self.sections[name], self._areas[name] = made, scrolled(made, floats=False)
            self._stack.addWidget(self._areas[name])
        self.at = name
        self.buttons[name].setChecked(True)
        self._stack.setCurrentWidget(self._areas[name])

    def close_overlay(self) -> None:
        self._leave()
        super().close_overlay()

    def enter(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()

    def _leave(self) -> None:
        for section in self.sections.values():
            section.leave()

    def _wish(self, name: str) -> None:
        self.show_section(name)
        self.sections[name].focus_first()

    def _move(self, name: str, by: int) -> None:
        names = list(SECTIONS)
        wanted = names[(names.index(name) + by) % len(names)]
        self.show_section(wanted)
        self.buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)

    def _restyle(self) -> None:
        self._left.setFixedWidth(max(self._desk.theme.px(_LIST), *(each.sizeHint().width() for each in
                                                                  self.buttons.values())))  # fmt: skip
        # What is in it takes its new size first.
        QTimer.singleShot(0, self, self.resettle)


def settings_dialog(desk: Desk, parent: QWidget, about: object = None) -> None:
    """Open the settings, at one part of them if its name is given."""
    SettingsDialog(desk, parent, about if isinstance(about, str) else "house")


def house_dialog(desk: Desk, parent: QWidget, _about: object = None) -> None:
    """Open the settings where it is said who signs the letters."""
    SettingsDialog(desk, parent, "house")
