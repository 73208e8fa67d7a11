"""What the table of parcels shows of each: to whom, what, where, whether that is right, and by which number."""

import re
from datetime import date

from PySide6.QtCore import QRectF

from outreach.services.pages.parcels import ParcelLine
from outreach.services.people.postal_doubts import DoubtKind
from outreach.services.shipments.shipments import ShipmentState
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge, is_low, paint_title, two_lines
from outreach.ui.paint.marks import avatar, pill
from outreach.ui.table.columns import Column

#: Where a number is typed: how high the box is, and how far it stays from the edge of the table.
BOX_HEIGHT, BOX_EDGE = 28, 20
#: Words in the box stand so far in.
_INSET = 9
_S10 = re.compile(r"([A-Z]{2})(\d{4})(\d{4})(\d)([A-Z]{2})")


class ParcelColumns:
    """The columns of the table of parcels."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def columns(self) -> tuple[Column, ...]:
        """All of them, from the left."""
        say = self._desk.say
        return (
            Column("to", say("To"), 216, self._paint_who, lambda row: row.person.name if row.person else ""),
            Column("sending", say("Sending"), 200,
                   lambda canvas, rect, row: paint_title(canvas, rect, row.item_id, row.title,
                                                         self.sending(row), is_book=row.is_book),
                   lambda row: str(row.title)),
            Column("address", say("Address"), 0, self._paint_address,
                   lambda row: ", ".join(filter(None, address_lines_of(row)))),
            Column("confirmed", self.heading("open"), 150, self._paint_confirmed, self._confirmed),
            Column("tracking", say("Tracking"), 149, self._paint_tracking, lambda row: str(row.tracking_number)),
        )  # fmt: skip

    def heading(self, view: str) -> str:
        """What stands over the day of each parcel: when its address was confirmed, or since when it is where it is."""
        say = self._desk.say
        return {"sent": say("On its way since"), "delivered": say("Arrived")}.get(view, say("Confirmed"))

    def speak(self, row: ParcelLine) -> str:
        """A parcel in words."""
        who = row.person.name if row.person else ""
        state = self._desk.words.term("shipment_state", row.state or ShipmentState.PACKING)
        address = address_lines_of(row) if row.address else ()
        asks, _ = self.question(row) if row.state in ("", ShipmentState.PACKING) else ("", "")
        parts = (who, state, row.title, self.sending(row), *address, asks, row.tracking_number)
        return ", ".join(filter(None, parts))

    def sending(self, row: ParcelLine) -> str:
        """In which form a title goes, and how much else goes with it."""
        words = self._desk.words
        parts = [words.term("format", row.format) if row.format else ""]
        parts.append(words.trn("and {number} more", "and {number} more", row.more) if row.more else "")
        return ", ".join(filter(None, parts))

    def question(self, row: ParcelLine) -> tuple[str, str]:
        """What there is to ask about an address, and its sign; nothing where it is right."""
        say = self._desk.say
        kinds = {doubt.kind for doubt in row.doubts if doubt.part == "postcode"}
        if row.address is None:
            return (self._asked(row), "clock") if row.asked_on else (say("Add address"), "map-pin")
        if row.stale and row.asked_on:
            return self._asked(row), "clock"
        if DoubtKind.SHORT in kinds:
            return say("Postcode incomplete"), "map-pin"
        if DoubtKind.LACKS in kinds:
            return say("No postcode"), "map-pin"
        if kinds:
            return say("Look at postcode"), "map-pin"
        if row.doubts:
            return say("Address incomplete"), "map-pin"
        if row.stale:
            return (say("Moved? Ask") if row.confirmed_on else say("Not confirmed")), "clock"
        return "", ""

    def _asked(self, row: ParcelLine) -> str:
        say, days = self._desk.say, (self._desk.today - date.fromisoformat(row.asked_on)).days
        said = {0: say("Asked today"), 1: say("Asked yesterday")}.get(days)
        return said or say("Asked {day}", day=self._desk.day(row.asked_on))

    def _confirmed(self, row: ParcelLine) -> str:
        if row.state and row.state != ShipmentState.PACKING:
            return self._desk.day(row.delivered_on or row.sent_on)
        return self.question(row)[0] or self._desk.day(row.confirmed_on)

    def _paint_who(self, canvas: Canvas, rect: QRectF, row: ParcelLine) -> None:
        if row.person is None:
            return
        middle, person, size = rect.center().y(), row.person, canvas.px(22 if is_low(canvas, rect) else 28)
        avatar(canvas, rect.left(), middle - size / 2, size, person.name, badge(person.platform, person.role))
        canvas.text(rect.left() + size + 12, middle, person.name, "medium", width=rect.width() - size - 20)

    def _paint_address(self, canvas: Canvas, rect: QRectF, row: ParcelLine) -> None:
        street, town = address_lines_of(row)
        two_lines(canvas, rect, rect.left(), rect.width() - 12, [(street, "body", "ink")], (town, "small", "ink3"))

    def _paint_confirmed(self, canvas: Canvas, rect: QRectF, row: ParcelLine) -> None:
        middle = rect.center().y()
        if row.state and row.state != ShipmentState.PACKING:
            day = self._desk.day(row.delivered_on or row.sent_on)
            canvas.text(rect.left(), middle, day, "body", "ink2", width=rect.width() - 8)
            return
        asks, sign = self.question(row)
        if asks:
            shown = canvas.theme.elided("micro", asks, rect.width() - 34)
            pill(canvas, rect.left() - 4, middle, shown, "warn", sign)
        else:
            mark = canvas.px(14)
            canvas.icon("check", rect.left(), middle, mark, "good", 2.25, grows=False)
            day = self._desk.day(row.confirmed_on)
            canvas.text(rect.left() + mark + 6, middle, day, "body", "ink2", width=rect.width() - mark - 14)

    def _paint_tracking(self, canvas: Canvas, rect: QRectF, row: ParcelLine) -> None:
        say, middle = self._desk.say, rect.center().y()
        x, room = rect.left() + _INSET, rect.width() - _INSET - 12
        if row.tracking_number:
            canvas.text(x, middle, grouped(row.tracking_number), "monos", width=room)
        elif row.is_open:
            high = min(float(canvas.px(BOX_HEIGHT)), rect.height() - 4)
            place = QRectF(rect.left(), middle - high / 2, rect.width() - BOX_EDGE, high)
            canvas.rounded(place, 6, "inset" if canvas.theme.is_dark else "sheet", "control")
            canvas.text(x, middle, say("Paste or scan"), "small", "ink3", width=place.width() - 2 * _INSET)
        elif not row.state:
            canvas.text(x, middle, say("After address"), "small", "ink3", width=room)


def address_lines_of(row: ParcelLine) -> tuple[str, str]:
    """The street and the town of a parcel, both empty while its address is unknown."""
    place = row.address
    if place is None:
        return "", ""
    street = ", ".join(filter(None, (place.line1, place.line2)))
    return street, " ".join(filter(None, (place.city, place.postcode)))


def grouped(number: str) -> str:
    """A tracking number as it is read out: one of the post's in its groups, another as it stands."""
    found = _S10.fullmatch(number)
    return " ".join(found.groups()) if found else number
