"""An address, edited where it stands: a small form over its row. What is odd about it is said, and never refused."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from shiboken6 import isValid

from outreach.fields.places import country_code
from outreach.fields.text import clean, unseen
from outreach.services.drafting.senders import sender
from outreach.services.pages.parcels import ParcelLine
from outreach.services.people.addresses import PARTS
from outreach.services.people.postal import country_name
from outreach.services.people.postal_doubts import Doubt, DoubtKind, address_doubts
from outreach.services.people.postal_parsing import parse_address
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import soft_shadow
from outreach.ui.widgets.basics import Button, column, line
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.ui.widgets.notices import Note

#: How wide it is, and the room around it for its shadow.
_WIDE, _SHADOW = 420, 20


class AddressEditor(QWidget):
    """Floats over a row of the table: Enter keeps, Esc leaves the address as it was.

    Signals:
        kept: Another address, or the same one that was looked at: the person's id, its parts, whether she confirmed it.
        left: It is gone, with or without a change.
    """

    kept = Signal(int, object, bool)
    left = Signal()

    def __init__(self, desk: Desk, ground: QWidget) -> None:
        super().__init__(ground)
        self._desk = desk
        self._person = -1
        self._before: dict[str, str] = {}
        theme, say = desk.theme, desk.say
        self._form = Form(theme, [
            FieldSpec("line1", say("Street and number"), wide=True, check=self._needs_street),
            FieldSpec("line2", say("Flat, floor, district"), wide=True, check=self._is_seen),
            FieldSpec("city", say("Town"), check=self._is_seen),
            FieldSpec("postcode", say("Postcode"), check=self._is_seen),
            FieldSpec("region", say("County, state or province"), check=self._is_seen),
            FieldSpec("country", say("Country"), check=self._is_seen),
            FieldSpec("deliver_to", say("Deliver to"), wide=True, check=self._is_seen),
        ])  # fmt: skip
        self._note = Note(theme, tone="warn")
        self._confirmed = QCheckBox(say("Confirmed today"))
        self._keep = Button(theme, say("Keep"), "primary", "", "Enter", height=28)
        self._cancel = Button(theme, say("Leave as it was"), "default", "", "Esc", height=28)
        foot = line(None, self._cancel, self._keep)
        edge = _SHADOW + 16
        self.setLayout(
            column(self._form, 8, self._note, 10, self._confirmed, 10, foot, margins=(edge, edge, edge, edge - 2))
        )
        self._fields: list[QLineEdit] = self._form.findChildren(QLineEdit)
        for field in self._fields:
            field.textEdited.connect(lambda _: self._look())
        for each in self.findChildren(QWidget):
            each.installEventFilter(self)
        self._form.resized.connect(self.adjustSize)
        self._keep.clicked.connect(self.keep)
        self._cancel.clicked.connect(self.leave)
        QApplication.instance().focusChanged.connect(self._focus_went)  # type: ignore[union-attr]
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether an address is being edited."""
        return not self.isHidden()

    def open(self, person_id: int, name: str, parts: Mapping[str, str], at: QPoint) -> None:
        """Edit the address of a person; `at` is where its cell begins on the ground."""
        self._person = person_id
        country = parts.get("country", "")
        self._before = {key: parts.get(key, "") for key in PARTS}
        shown = {**self._before, "country": country_name(country) if country else ""}
        self._form.set_values(shown)
        self._form.set_hint("deliver_to", name)
        self._confirmed.setChecked(True)
        doubts = self._look()
        self._place(at)
        self.show()
        self.raise_()
        first = self._form.field(doubts[0].part if doubts else "line1")
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def keep(self) -> None:
        """Keep what is typed; a street is all that an address must have."""
        if not self.is_open or not self._form.check():
            return
        parts, person = self.parts(), self._person
        self.leave()
        self.kept.emit(person, parts, self._confirmed.isChecked())

    def leave(self) -> None:
        """Leave the address as it was."""
        if self.is_open:
            self._person = -1
            self.hide()
            self.left.emit()

    def parts(self) -> dict[str, str]:
        """The address as it is typed; the country as its code, if it is one."""
        values = self._form.values()
        return {**values, "country": country_code(values["country"]) or values["country"]}

    def _needs_street(self, text: str) -> str:
        lacks = "" if clean(text) else self._desk.say("Add the street, or what stands in its place")
        return self._is_seen(text) or lacks

    def _is_seen(self, text: str) -> str:
        """Signs that turn text about, or that nobody sees, have no place on a label."""
        return self._desk.say("It has signs that cannot be seen. Type it anew.") if unseen(text) else ""

    def _look(self) -> tuple[Doubt, ...]:
        """Say what is odd about what is typed."""
        doubts = address_doubts(self.parts())
        self._note.set_text(self._told(doubts[0]) if doubts else "")
        self.adjustSize()
        return doubts

    def _told(self, doubt: Doubt) -> str:
        say = self._desk.say
        if doubt.kind is DoubtKind.LACKS:
            return {
                "postcode": say("The post there asks for a postcode, like {example}.", example=doubt.example),
                "city": say("The post there asks for a town."),
                "region": say("The post there asks for a county, state or province."),
            }.get(doubt.part, say("The post there asks for a street."))
        if doubt.kind is DoubtKind.SHORT:
            return say("This postcode is shorter than those there, like {example}.", example=doubt.example)
        return say("Postcodes there look like {example}. It is kept as you type it.", example=doubt.example)

    def _place(self, at: QPoint) -> None:
        """Over the row, within the ground."""
        ground = self.parentWidget()
        assert ground is not None
        width = min(self._desk.theme.px(_WIDE) + 2 * _SHADOW, ground.width())
        self.setFixedWidth(width)
        self.adjustSize()
        left = max(-_SHADOW + 4, min(at.x() - _SHADOW - 16, ground.width() - width + _SHADOW - 4))
        top = max(-_SHADOW + 4, min(at.y() - _SHADOW - 8, ground.height() - self.height() + _SHADOW - 4))
        self.move(left, top)

    def _focus_went(self, _before: QWidget | None, now: QWidget | None) -> None:
        # Left by a click elsewhere: what was changed is kept all the same.
        if not isValid(self) or not self.is_open or now is None or now is self or self.isAncestorOf(now):
            return
        if self.parts() != self._before and self._form.check():
            self.keep()
        else:
            self.leave()

    def _paste(self) -> bool:
        """An address of several lines is taken apart into its fields."""
        text = QApplication.clipboard().text()
        found = parse_address(text) if "\n" in text.strip() else {}
        if found:
            self._form.set_values({**dict.fromkeys(PARTS, ""), **found})
            self._look()
        return bool(found)

    # What Qt asks.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            is_paste = event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if event.type() == QEvent.Type.ShortcutOverride:
                if is_enter or is_paste or event.key() == Qt.Key.Key_Escape:
                    event.accept()  # no key of the page below
                    return True
            elif event.key() == Qt.Key.Key_Escape or (is_enter and watched is self._cancel):
                self.leave()
                return True
            elif is_enter:
                self.keep()
                return True
            elif is_paste and isinstance(watched, QLineEdit) and self._paste():
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        plate = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        soft_shadow(canvas, plate, 8, 14, 0.012, 5)
        canvas.rounded(plate, 8, "sheet", "line2")
        canvas.painter.end()


def address_parts(row: ParcelLine) -> dict[str, str]:
    """The address of a parcel as it is edited; whom it is for is no part of it where that is herself."""
    place = row.address
    parts = {key: str(getattr(place, key)) for key in PARTS} if place is not None else {"country": sender().country}
    is_herself = row.person is not None and parts.get("deliver_to") == row.person.name
    return {**parts, "deliver_to": ""} if is_herself else parts
