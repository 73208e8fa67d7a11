"""Which keys do what: all actions with their keys, each of which can be given others."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QSizePolicy, QWidget

from outreach.errors import KnownError
from outreach.fields.text import fold
from outreach.ui.actions import ACTIONS
from outreach.ui.desk import Desk
from outreach.ui.keymap import cap_of, group_of, is_letter, key_pressed
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import keycap, keycap_width
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.fields import Field
from outreach.ui.widgets.lists import Footer, scrolled
from outreach.ui.widgets.menus import Menu

#: After a letter another one may follow within this time, as in "G T".
_NEXT_MS = 800


class KeyRow(QAbstractButton):
    """An action and its keys; Enter or a click waits for others.

    Signals:
        wished: Other keys were pressed for it, none if empty.
        first_wished: It is to have its first keys again.
        moved: The row below is wanted, or the one above.
    """

    wished = Signal(str)
    first_wished = Signal()
    moved = Signal(int)

    def __init__(self, desk: Desk, action_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.action_id = action_id
        self.is_waiting = False
        self._pressed: list[str] = []
        label = desk.say(ACTIONS[action_id].label)
        self.setText(desk.say("{label}, another way", label=label) if ACTIONS[action_id].like else label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_NEXT_MS)
        self._timer.timeout.connect(self._end)
        self.clicked.connect(self.wait)
        desk.theme.changed.connect(self._tell)
        self._tell()

    @property
    def shown(self) -> str:
        """The keys as the row shows them, acting or not."""
        return cap_of(self._desk.keys.key(self.action_id))

    def wait(self) -> None:
        """Wait for keys; Esc gives up."""
        self.is_waiting, self._pressed = True, []
        self.setFocus()
        self._tell()

    def give_up(self) -> None:
        """Wait no longer; the keys stay as they are."""
        self._timer.stop()
        self.is_waiting = False
        self._tell()

    def _end(self) -> None:
        key = ", ".join(self._pressed)
        self.give_up()
        self.wished.emit(key)

    def _tell(self) -> None:
        say = self._desk.say
        waits = say("Press the new keys, or Esc to keep the old ones")
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(waits if self.is_waiting else self.shown or say("No keys"))
        self.updateGeometry()
        self.update()

    # What Qt asks.

    def sizeHint(self) -> QSize:
        return QSize(300, self._desk.theme.px(34))

    def event(self, event: QEvent) -> bool:
        if self.is_waiting and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # the keys are for this row, whatever they do elsewhere
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._press(event)
                return True
        return super().event(event)

    def _press(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        key = key_pressed(event)
        if not key:
            return
        self._pressed.append(key)
        if len(self._pressed) == 1 and is_letter(key):
            self._timer.start()
            self.update()
        else:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.wait()
        elif key == Qt.Key.Key_Delete:
            self.wished.emit("")
        elif key == Qt.Key.Key_Backspace:
            self.first_wished.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.give_up()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        say, menu = self._desk.say, Menu(self)
        menu.addAction(say("New keys") + "\tEnter").triggered.connect(lambda _=False: self.wait())
        menu.addAction(say("No keys") + "\tDel").triggered.connect(lambda _=False: self.wished.emit(""))
        first = cap_of(ACTIONS[self.action_id].key) or say("No keys")
        back = menu.addAction(say("Back to {keys}", keys=first) + "\tBackspace")
        back.triggered.connect(lambda _=False: self.first_wished.emit())
        back.setEnabled(self._desk.keys.is_changed(self.action_id))
        menu.aboutToHide.connect(menu.deleteLater)
        at = (
            event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse else self.mapToGlobal(QPoint(200, 28))
        )
        menu.popup(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        theme, keys, say = self._desk.theme, self._desk.keys, self._desk.say
        rect, middle = QRectF(self.rect()).adjusted(0, 1, 0, -1), self.height() / 2
        if self.hasFocus() or self.underMouse():
            canvas.rounded(rect, 7, "selected" if self.hasFocus() else "hover")
        right = rect.right() - 10
        if self.is_waiting:
            right = self._paint_field(canvas, right, middle)
        elif self.shown:
            sleeps = not keys.shown(self.action_id)
            right -= keycap_width(theme, self.shown)
            keycap(canvas, right, middle, self.shown, "off" if sleeps else "ink2", "line" if sleeps else "line2")
        else:
            right -= canvas.text(right, middle, say("No keys"), "small", "ink3", align="right")
        if keys.is_changed(self.action_id) and not self.is_waiting:
            first = cap_of(ACTIONS[self.action_id].key)
            was = say("was {keys}", keys=first) if first else say("yours")
            right -= 12 + canvas.text(right - 12, middle, was, "small", "ink3", align="right")
        canvas.text(12, middle, self.text(), "body", width=right - 24)
        canvas.painter.end()

    def _paint_field(self, canvas: Canvas, right: float, middle: float) -> float:
        theme, width = self._desk.theme, self._desk.theme.px(210)
        canvas.rounded(
            QRectF(right - width, middle - 13, width, 26), 6, "inset" if theme.is_dark else "sheet", "focus", 2
        )
        pressed = cap_of(", ".join(self._pressed))
        hint = self._desk.say("Press the new keys")
        canvas.text(
            right - width + 10, middle, f"{pressed} …" if pressed else hint, "small", "ink" if pressed else "ink3"
        )
        return right - width


def _place(action_id: str) -> tuple[int, int, bool]:
    """Where an action stands in the list: by its group, and beside what it is another way to."""
    groups, names, like = ("window", "list", "page"), list(ACTIONS), ACTIONS[action_id].like
    return groups.index(group_of(action_id)), names.index(like or action_id), bool(like)


class KeyboardSettings(QWidget):
    """All actions by where they act, with their keys; a switch for single letters; a field that filters."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme, say = desk.theme, desk.say
        self.filter = Field(theme, say("Filter by name or keys"), "search")
        self.filter.textChanged.connect(self._filter)
        self.letters = QCheckBox(say("Single letters act while a list has the focus"))
        self.letters.setChecked(desk.keys.letters)
        self.letters.toggled.connect(lambda on: self._try(lambda: desk.keys.use_letters(on=on)))
        self.all_first = Button(theme, say("All first keys again"), "default", "undo-2")
        self.all_first.clicked.connect(lambda: self._try(desk.keys.restore_all))
        self.trouble = Label(theme, "", "small", "bad", wrap=True)
        self.trouble.hide()
        self.rows = [self._row(name) for name in sorted(ACTIONS, key=_place)]
        self._headings: dict[str, QWidget] = {}
        self._none = Label(theme, say("Nothing is called that, and no such keys are in use."), "body", "ink3")
        top = line(self.filter, self.all_first, spacing=12)
        footer = Footer(
            theme, [("Enter", say("new keys")), ("Del", say("no keys")), ("Backspace", say("the first ones"))]
        )
        footer.fact.setText(say("Kept on this computer."))
        self._area = scrolled(self._listed(), floats=False)
        self.setLayout(column(top, 8, self.letters, 4, self.trouble, 4, self._area, footer))
        self._filter("")
        desk.theme.changed.connect(self._show)

    def focus_first(self) -> None:
        """Begin to filter."""
        self.filter.setFocus()

    def _listed(self) -> QWidget:
        say, listed = self._desk.say, QWidget()
        parts: list[QWidget | int | None] = []
        groups = {"window": say("Everywhere"), "list": say("In every list"), "page": say("On the page")}
        for group, name in groups.items():
            self._headings[group] = QWidget()
            self._headings[group].setLayout(column(Label(self._desk.theme, name, "h3"), margins=(12, 12, 0, 6)))
            parts += [self._headings[group], *(row for row in self.rows if group_of(row.action_id) == group)]
        listed.setLayout(column(*parts, self._none, None, margins=(0, 0, 14, 8)))
        return listed

    def _row(self, action_id: str) -> KeyRow:
        row, keys = KeyRow(self._desk, action_id), self._desk.keys
        row.wished.connect(lambda key: self._try(lambda: keys.choose(action_id, key)))
        row.first_wished.connect(lambda: self._try(lambda: keys.restore(action_id)))
        row.moved.connect(lambda by: self._move(row, by))
        return row

    def _try(self, change: Callable[[], None]) -> None:
        """Change the keys, or say what is in the way."""
        try:
            change()
        except KnownError as error:
            facts = dict(error.facts)
            if "other" in facts:
                facts["other"] = self._desk.say(str(facts["other"]))
            self._say(self._desk.sentence(KnownError(error.code, **facts)))
        else:
            self._say("")
        self._show()

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        if text:
            self._desk.announce(text, urgently=True)

    def _show(self) -> None:
        self.letters.setChecked(self._desk.keys.letters)
        self.all_first.setEnabled(any(self._desk.keys.is_changed(name) for name in ACTIONS))

    def _filter(self, text: str) -> None:
        """Show the rows whose name or keys hold what is typed."""
        typed = fold(text)
        for row in self.rows:
            words = (row.text(), *ACTIONS[row.action_id].aliases)
            row.setVisible(any(typed in fold(word) for word in words) or typed == row.shown.lower())
        for group, heading in self._headings.items():
            heading.setVisible(any(group_of(row.action_id) == group for row in self._seen()))
        self._none.setVisible(not self._seen())
        self._let_in(next(iter(self._seen()), None))
        self._show()

    def _seen(self) -> list[KeyRow]:
        return [row for row in self.rows if not row.isHidden()]

    def _let_in(self, way: KeyRow | None) -> None:
        """The rows are one stop of the Tab key, and the arrows go from one to the next."""
        for row in self.rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is way else Qt.FocusPolicy.ClickFocus)

    def _move(self, row: KeyRow, by: int) -> None:
        seen = self._seen()
        place = seen.index(row) + by
        if 0 <= place < len(seen):
            self._let_in(seen[place])
            seen[place].setFocus()
            self._area.ensureWidgetVisible(seen[place], 0, 20)
