"""Shipments: pack what was accepted, number it, send it on its way, note that it arrived. One table does it all."""

import array
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.services.pages.parcels import (
    ParcelCounts,
    ParcelLine,
    gift_of_row,
    parcel_counts,
    parcel_ids,
    parcel_lines,
)
from outreach.services.shipments import (
    ShipmentState,
    create_shipments,
    deliver_shipments,
    note_numbers,
    packable,
    return_shipment,
    send_shipments,
)
from outreach.services.views import View
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.paper_pane import PaperPane
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge, is_low, paint_title, two_lines
from outreach.ui.paint.marks import avatar, pill
from outreach.ui.sample import SampleLink
from outreach.ui.table.columns import Column
from outreach.ui.table.inline import InlineField
from outreach.ui.table.menu import arrange, arrangement
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState, Footer, Segments
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.steps import Steps
from outreach.ui.widgets.views import view_tools

_TRACKING = 4


def _nothing_yet(desk: Desk) -> EmptyState:
    """How parcels begin."""
    say = desk.say
    find = Button(desk.theme, say("Find people for a title"), "primary", "puzzle")
    find.clicked.connect(lambda: desk.go("match"))
    text = say("When someone accepts a gift, it waits here to be packed, labelled and sent.")
    return EmptyState(
        desk.theme, "package", say("Parcels begin with a yes"), text, find, link=SampleLink(desk),
        steps=(
            Step("map-pin", say("Confirm the address"), say("Old ones ask to be looked at")),
            Step("printer", say("Print the labels"), say("On the sheets you have")),
            Step("truck", say("Note the numbers"), say("Typed, pasted down or scanned")),
        ),
    )  # fmt: skip


class ShipmentsPage(Page):
    """Parcels, from yes to the doorstep."""

    tables = ("gift", "shipment", "shipment_gift", "shipment_insert", "parcel_insert", "address", "person", "item")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._counts = ParcelCounts(0, 0, 0, 0, 0, 0)
        self.model = RowModel(self._columns(), self._fetch, self._speak, self)
        self.table = TableView(theme, self.model, 52)
        self.table.setAccessibleName(say("Parcels"))
        self.field = InlineField(self.table, theme, _TRACKING, say("Paste or scan"))
        self._views = Segments(theme, [("open", say("To send")), ("sent", say("On its way")),
                                       ("delivered", say("Arrived"))])  # fmt: skip
        self._steps = Steps(theme, [say("Addresses"), say("Labels"), say("Tracking")])
        self._fact = Label(theme, "", "body", "ink3")
        self._address = Button(theme, say("Address"), "default", "map-pin", key_of("edit"))
        self._pack = Button(theme, say("Pack"), "default", "package")
        self._go = Button(theme, say("Mark shipped"), "primary", "truck", key_of("primary"))
        self._returned = Button(theme, say("Came back"), "default", "undo-2")
        self.views, self._columns_button = view_tools(desk, self.table, "shipments", self._view, partial(_look, self))
        self.pane = PaperPane(desk)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme, say, desk = self.theme, self.desk.say, self.desk
        labels = opener(theme, say("Labels and list"), "printer")
        head = self.header(say("Shipments"), self._fact, self.views, self._columns_button, labels, self._address,
                           self._returned, self._pack, self._go)  # fmt: skip
        tools = line(self._views, 14, self._steps, None, margins=(24, 0, 20, 14))
        footer = Footer(theme, [("↑↓", say("row")), (key_of("edit"), say("edit address")), ("Enter", say("number")),
                                ("Ctrl V", say("paste down"))])  # fmt: skip
        self._sum = footer.fact
        listing = QWidget()
        nothing = EmptyState(theme, "package", say("Nothing here at the moment"),
                             say("Gifts that people accepted wait here to be packed."))  # fmt: skip
        self._shown = QStackedWidget()
        for each in (self.table, nothing):
            self._shown.addWidget(each)
        listing.setLayout(column(head, tools, Rule(theme), self._shown, footer))
        self._parts = Panes(theme, "shipments", desk.home, [Part(listing), Part(self.pane, 324, 1)])
        self._parts.opens(labels, self.pane)
        bare = QWidget()
        bare.setLayout(column(self.header(say("Shipments"), None), Rule(theme), _nothing_yet(desk)))
        for page in (self._parts, bare):
            self._stack.addWidget(page)
        self.setLayout(column(self._stack))

    def _connect(self) -> None:
        self._views.chosen.connect(lambda _: self.views.note())
        self._views.chosen.connect(lambda _: self.refresh())
        self.table.current_changed.connect(lambda _: self._show_pane())
        self.table.opened.connect(self._open)
        self.field.entered.connect(self._number)
        self.field.went_on.connect(self._number_next)
        self._address.clicked.connect(self._edit_address)
        self._pack.clicked.connect(self.pack)
        self._go.clicked.connect(self.go_on)
        self._returned.clicked.connect(self._return)
        take_from(self, self.table, self.desk.say("Shipments"), lambda: self._views.label, "print_parcels")
        bind(self, "save_view", self.views.save_as)
        bind(self, "edit", self._edit_address)
        bind(self, "primary", self.go_on)
        bind(self, "ship", self.pack)
        bind(self, "arrived", self._arrived)
        bind(self, "print", self.pane.save_labels)
        bind(self, "export", self.pane.save_carrier)
        bind(self, "paste", self.paste, within=self.table)

    def _view(self) -> View:
        """How the list is looked at."""
        return View("shipments", which=self._views.key, columns=arrangement(self.table))

    def panes(self) -> list[QWidget]:
        return [self.table, self.pane]

    def focus_main(self) -> None:
        self.table.setFocus()

    def refresh(self) -> None:
        view = self._views.key
        self.desk.runner.read(lambda store: (parcel_ids(store, view), parcel_counts()), then=self._show,
                              replaces="parcels")  # fmt: skip

    def _show(self, found: tuple["array.array[int]", ParcelCounts]) -> None:
        ids, counts = found
        self._counts = counts
        say, words, view = self.desk.say, self.desk.words, self._views.key
        has_any = any((counts.to_pack, counts.packed, counts.sent, counts.delivered))
        self._stack.setCurrentIndex(0 if has_any else 1)
        self._shown.setCurrentIndex(0 if ids else 1)
        for key, label, count in (("open", say("To send"), counts.to_pack + counts.packed),
                                  ("sent", say("On its way"), counts.sent),
                                  ("delivered", say("Arrived"), counts.delivered)):  # fmt: skip
            self._views.set_label(key, label, count)
        self._steps.setVisible(view == "open" and bool(ids))
        self._show_steps(counts)
        self.tell_count(self._fact, words.trn("{number} parcel", "{number} parcels", len(ids)))
        self._sum.setText(self._fact.text())
        self.table.replace_ids(ids)
        self._show_buttons()

    def _show_steps(self, counts: ParcelCounts) -> None:
        say, all_ = self.desk.say, counts.to_pack + counts.packed
        known, lacking = counts.ready + counts.packed, counts.to_pack - counts.ready
        states = [
            "warn" if lacking else "done",
            "now" if counts.to_pack else "done",
            "now" if counts.packed else "todo",
        ]
        facts = [
            say("{known} of {all}", known=known, all=all_),
            say("{number} packed", number=counts.packed),
            say("{known} of {all}", known=counts.numbered, all=counts.packed),
        ]
        self._steps.set_states(states, facts)

    def _show_buttons(self) -> None:
        words, view, counts = self.desk.words, self._views.key, self._counts
        self._pack.setVisible(view == "open" and counts.ready > 0)
        self._pack.set_label(words.trn("Pack {number}", "Pack {number}", counts.ready))
        self._returned.setVisible(view == "sent" and counts.sent > 0)
        self._pack.set_kind("default" if counts.packed else "primary")
        self._go.setVisible(view == "sent" or (view == "open" and (counts.packed > 0 or counts.ready == 0)))
        if view == "open":
            self._go.set_label(words.trn("Mark {number} shipped", "Mark {number} shipped", counts.packed))
            self._go.setEnabled(counts.packed > 0)
            self._go.setToolTip("" if counts.packed else words.tr("Pack a parcel first"))
        else:
            self._go.set_label(words.tr("Mark arrived"))
            self._go.setEnabled(counts.sent > 0)

    def _show_pane(self) -> None:
        packed = [each for each in self.model.ids if each > 0] if self._views.key == "open" else []
        self.pane.show_parcels(packed, self.table.current_id())

    # What can be done.

    def pack(self) -> None:
        """Pack every accepted gift whose address is known."""
        rows = [each for each in self.model.ids if each < -1]
        known = self._fetch(rows)
        gifts = [gift_of_row(each) for each in rows if known[each].address is not None]
        if not gifts or self._views.key != "open":
            return

        def work(store: Store) -> tuple[int, list[KnownError], Changes]:
            ready, refused = packable(store, gifts)
            changes = create_shipments(store, ready)[1] if ready else Changes()
            return len(ready), refused, changes

        def done(made: tuple[int, list[KnownError], Changes]) -> None:
            # What could not go with the others is said, and keeps nobody waiting.
            if made[1]:
                self.desk.ask("trouble", made[1][0])

        words = self.desk.words
        self.desk.write(
            work, lambda made: words.trn("Packed {number} gift", "Packed {number} gifts", made[0]), then=done
        )  # fmt: skip

    def _arrived(self) -> None:
        if self._views.key == "sent":
            self.go_on()

    def go_on(self) -> None:
        """Mark what is packed as shipped, or what is selected as arrived."""
        words = self.desk.words
        if self._views.key == "open":
            ids = [each for each in self.model.ids if each > 0]
            told = words.trn("Shipped {number} parcel", "Shipped {number} parcels", len(ids))
            if ids:
                self.desk.write(lambda store: send_shipments(store, ids), told)
        elif self._views.key == "sent":
            ids = list(self.table.selected_ids())
            told = words.trn("{number} parcel arrived", "{number} parcels arrived", len(ids))
            if ids:
                self.desk.write(lambda store: deliver_shipments(store, ids), told)

    def paste(self) -> None:
        """Tracking numbers of the clipboard, one a line, into the packed parcels from the current one on."""
        # A blank line between numbers leaves that parcel out.
        numbers = [each.strip() for each in QGuiApplication.clipboard().text().rstrip().splitlines()]
        start = max(0, self.model.place_of(self.table.current_id()))
        parcels = [each for each in self.model.ids[start:] if each > 0]
        given = {parcel: number for parcel, number in zip(parcels, numbers, strict=False) if number}
        if len(numbers) > len(parcels):
            self.desk.tell(self.desk.say("{numbers} numbers, and only {parcels} parcels from here on",
                                         numbers=len(numbers), parcels=len(parcels)))  # fmt: skip
        elif given and self._views.key != "delivered":
            told = self.desk.words.trn(
                "Pasted {number} tracking number", "Pasted {number} tracking numbers", len(given)
            )
            self.desk.write(lambda store: note_numbers(store, given), told)

    def _number(self, row_id: int, number: str) -> None:
        if row_id > 0 and number:
            self.desk.write(lambda store: note_numbers(store, {row_id: number}), self.desk.say("Noted a number"))

    def _number_next(self, row_id: int) -> None:
        """A scanner types one number after another, each with Enter."""
        line_ = self._fetch([row_id]).get(row_id)
        if row_id > 0 and line_ is not None and not line_.tracking_number:
            self.field.open(row_id, "")

    def _open(self, row_id: int) -> None:
        if row_id < -1:
            self._edit_address()
        elif self._views.key != "delivered":
            line_ = self._fetch([row_id]).get(row_id)
            self.field.open(row_id, line_.tracking_number if line_ else "")

    def _edit_address(self) -> None:
        row_id = self.table.current_id()
        line_ = self._fetch([row_id]).get(row_id)
        if line_ is not None and line_.person is not None:
            self.desk.ask("address", line_.person.id)

    def _return(self) -> None:
        row_id = self.table.current_id()
        if row_id > 0 and self._views.key == "sent":
            self.desk.write(lambda store: return_shipment(store, row_id), self.desk.say("Noted that it came back"))

    # What the table shows.

    def _fetch(self, ids: Sequence[int]) -> dict[int, ParcelLine]:
        store: Store = self.desk.store
        return parcel_lines(store, ids)

    def _speak(self, row: ParcelLine) -> str:
        who = row.person.name if row.person else ""
        state = self.desk.words.term("shipment_state", row.state or ShipmentState.PACKING)
        address = _address_lines(row) if row.address else (self.desk.say("No postal address yet"),)
        return ", ".join(filter(None, (who, state, row.title, self._sending(row), *address, row.tracking_number)))

    def _sending(self, row: ParcelLine) -> str:
        words = self.desk.words
        parts = [words.term("format", row.format) if row.format else ""]
        parts.append(words.trn("and {number} more", "and {number} more", row.more) if row.more else "")
        return ", ".join(filter(None, parts))

    def _paint_who(self, canvas: Canvas, rect: QRectF, row: ParcelLine) -> None:
        if row.person is None:
            return
        middle, person, size = rect.center().y(), row.person, 22 if is_low(canvas, rect) else 28
        avatar(canvas, rect.left(), middle - size / 2, size, person.name, badge(person.platform, person.role))
        canvas.text(rect.left() + 40, middle, person.name, "medium", width=rect.width() - 48)

    def _paint_address(self, canvas: Canvas, rect: QRectF, row: ParcelLine) -> None:
        street, town = _address_lines(row)
        two_lines(canvas, rect, rect.left(), rect.width() - 12, [(street, "body", "ink")], (town, "small", "ink3"))

    def _paint_confirmed(self, canvas: Canvas, rect: QRectF, row: ParcelLine) -> None:
        say, middle = self.desk.say, rect.center().y()
        if row.address is None:
            pill(canvas, rect.left() - 4, middle, say("Add address"), "warn", "map-pin")
        elif row.state and row.state != ShipmentState.PACKING:
            day = row.delivered_on or row.sent_on
            canvas.text(rect.left(), middle, self.desk.day(day), "body", "ink2")
        elif row.stale:
            shown = say("Ask again") if row.confirmed_on else say("Not confirmed")
            pill(canvas, rect.left() - 4, middle, shown, "warn", "clock")
        else:
            canvas.icon("check", rect.left(), middle, 14, "good", 2.25)
            canvas.text(rect.left() + 20, middle, self.desk.day(row.confirmed_on), "body", "ink2")

    def _paint_tracking(self, canvas: Canvas, rect: QRectF, row: ParcelLine) -> None:
        say, middle = self.desk.say, rect.center().y()
        if row.tracking_number:
            canvas.text(rect.left(), middle, row.tracking_number, "mono", width=rect.width() - 12)
        elif not row.state:
            shown = say("After packing") if row.address else say("After address")
            canvas.text(rect.left(), middle, shown, "small", "ink2")
        elif row.state == ShipmentState.PACKING:
            high = min(28.0, rect.height() - 4)
            place = QRectF(rect.left() - 9, middle - high / 2, min(150.0, rect.width() - 4), high)
            canvas.rounded(place, 6, "inset" if canvas.theme.is_dark else "sheet", "control")
            canvas.text(rect.left(), middle, say("Paste or scan"), "small", "ink3")

    def _columns(self) -> tuple[Column, ...]:
        say = self.desk.say
        return (
            Column("to", say("To"), 212, self._paint_who, lambda row: row.person.name if row.person else ""),
            Column("sending", say("Sending"), 196,
                   lambda canvas, rect, row: paint_title(canvas, rect, row.item_id, row.title,
                                                         self._sending(row), is_book=row.is_book),
                   lambda row: str(row.title)),
            Column("address", say("Address"), 0, self._paint_address,
                   lambda row: ", ".join(filter(None, _address_lines(row)))),
            Column("confirmed", say("Confirmed"), 146, self._paint_confirmed, lambda row: str(row.confirmed_on)),
            Column("tracking", say("Tracking"), 164, self._paint_tracking, _tracking),
        )  # fmt: skip


def _address_lines(row: ParcelLine) -> tuple[str, str]:
    """The street and the town of a parcel, both empty while its address is unknown."""
    place = row.address
    if place is None:
        return "", ""
    street = ", ".join(filter(None, (place.line1, place.line2)))
    return street, " ".join(filter(None, (place.city, place.postcode)))


def _tracking(row: Any) -> str:
    return str(row.tracking_number)


def _look(page: ShipmentsPage, view: View) -> None:
    """Look at the list in another way; its part that is chosen is read anew by itself."""
    arrange(page.table, view.columns)
    page._views.choose(view.which if view.which in ("sent", "delivered") else "open")
