"""Shipments: pack what was accepted, number it, send it on its way, note that it arrived. One table does it all."""

import array
from collections.abc import Callable, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.services.carrying.columns import numbers_in
from outreach.services.pages.batch import Batch, parcel_ids, read_batch
from outreach.services.pages.parcels import ParcelCounts, ParcelLine, parcel_counts, parcel_lines
from outreach.services.workspaces.views import View
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.batch_address import AddressEditor, address_parts
from outreach.ui.pages.batch_columns import BOX_EDGE, ParcelColumns
from outreach.ui.pages.batch_head import BatchActs, BatchHead, batch_words, paid_words
from outreach.ui.pages.batch_pane import BatchPane
from outreach.ui.pages.batch_rows import carry_over
from outreach.ui.pages.batch_writing import BatchWriting
from outreach.ui.sample import SampleLink
from outreach.ui.table.inline import InlineField
from outreach.ui.table.menu import arrange, arrangement
from outreach.ui.table.model import PAGE, RowModel
from outreach.ui.table.taking import take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState, Footer
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.views import view_tools

_ADDRESS, _CONFIRMED, _TRACKING = 2, 3, 4


def _nothing_yet(page: Page) -> QWidget:
    """How parcels begin."""
    desk, say, bare = page.desk, page.desk.say, QWidget()
    find = Button(desk.theme, say("Find people for a title"), "primary", "puzzle")
    find.clicked.connect(lambda: desk.go("match"))
    text = say("When someone accepts a gift, it waits here to be packed, labelled and sent.")
    empty = EmptyState(
        desk.theme, "package", say("Parcels begin with a yes"), text, find, link=SampleLink(desk),
        steps=(
            Step("map-pin", say("Confirm the address"), say("Old ones ask to be looked at")),
            Step("printer", say("Print the labels"), say("On the sheets you have")),
            Step("truck", say("Note the numbers"), say("Typed, pasted down or scanned")),
        ),
    )  # fmt: skip
    bare.setLayout(column(page.header(say("Shipments"), None), Rule(desk.theme), empty))
    return bare


class ShipmentsPage(Page):
    """Parcels, from yes to the doorstep."""

    tables = ("gift", "shipment", "shipment_gift", "shipment_insert", "parcel_insert", "address", "person", "item",
              "letter")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._batch, self._counts = Batch(), ParcelCounts(0, 0, 0, 0, 0, 0)
        self._waiting: list[Callable[[], None]] = []
        self._is_read = False
        self._do = BatchWriting(desk)
        self._cells = ParcelColumns(desk)
        self.model = RowModel(self._cells.columns(), self._fetch, self._cells.speak, self)
        self.table = TableView(theme, self.model, 52)
        self.table.setAccessibleName(say("Parcels"))
        self.field = InlineField(self.table, theme, _TRACKING, say("Paste or scan"), BOX_EDGE, self._after)
        self._head = BatchHead(desk)
        self._views = self._head.views
        self._fact = Label(theme, "", "body", "ink3")
        self._acts = BatchActs(desk)
        self._ask, self._back, self._go = self._acts.buttons
        self.views, self._columns_button = view_tools(desk, self.table, "shipments", self._view, partial(_look, self))
        self.pane = BatchPane(desk, self._pack_then)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme, say, desk = self.theme, self.desk.say, self.desk
        labels = opener(theme, say("Labels and list"), "printer")
        head = self.header(say("Shipments"), self._fact, self.views, self._columns_button, labels, *self._acts.buttons)
        self._feet = Footer(theme, [("↑↓", say("row")), (key_of("edit"), say("edit address")),
                                    (key_of("paste"), say("paste down"))]), Footer(theme, [
            ("↑↓", say("row")), (key_of("arrived"), say("arrived")), (key_of("came_back"), say("came back")),
        ])  # fmt: skip
        self._listing = QWidget()
        nothing = EmptyState(theme, "package", say("Nothing here at the moment"),
                             say("Gifts that people accepted wait here to be packed."))  # fmt: skip
        self._shown = QStackedWidget()
        for each in (self.table, nothing):
            self._shown.addWidget(each)
        self._listing.setLayout(column(head, self._head, Rule(theme), self._shown, *self._feet))
        self._parts = Panes(theme, "shipments", desk.home, [Part(self._listing), Part(self.pane, 324, 1)])
        self._parts.opens(labels, self.pane)
        self._stack.addWidget(self._parts)
        self._stack.addWidget(_nothing_yet(self))
        self.setLayout(column(self._stack))

    def _connect(self) -> None:
        self._views.chosen.connect(lambda _: self.views.note())
        self._views.chosen.connect(lambda _: self.refresh())
        self.table.current_changed.connect(lambda _: self._show_current())
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._clicked)
        self.field.entered.connect(self._number)
        self.field.went_on.connect(self._type_number)
        self.pane.clipboard.turned.connect(self._show_clipboard)
        self.pane.clipboard.paste_asked.connect(self.paste)
        self.pane.labelled.connect(self._show_steps)
        self._go.clicked.connect(self.go_on)
        self._ask.clicked.connect(self._ask_address)
        self._back.clicked.connect(lambda: self._came_back())
        take_from(self, self.table, self.desk.say("Shipments"), lambda: self._views.label, "print_parcels")
        bind(self, "save_view", self.views.save_as)
        bind(self, "edit", self.edit_address)
        bind(self, "address_right", self._accept)
        bind(self, "ask_address", self._ask_address)
        bind(self, "primary", lambda: self._soon(self.go_on))
        bind(self, "ship", lambda: self._soon(self.pack))
        bind(self, "arrived", self._arrived)
        bind(self, "came_back", self._came_back)
        bind(self, "print", lambda: self._soon(self.pane.print_labels))
        bind(self, "slips", self.pane.print_slips)
        bind(self, "cards", self.pane.print_cards)
        bind(self, "lost", lambda: self._came_back(lost=True))
        bind(self, "export", self.pane.save_carrier)
        bind(self, "paste", lambda: self._soon(self.paste), within=self.table)

    def _view(self) -> View:
        """How the list is looked at."""
        return View("shipments", which=self._views.key, columns=arrangement(self.table))

    def panes(self) -> list[QWidget]:
        return [self.table, self.pane]

    def focus_main(self) -> None:
        self.table.setFocus()
        self.pane.clipboard.look()

    # What is shown.

    def refresh(self) -> None:
        view = self._views.key

        def reading(store: Store) -> "tuple[array.array[int], Batch, ParcelCounts, dict[int, ParcelLine]]":
            batch = read_batch(store)
            ids = batch.ids if view == "open" else parcel_ids(store, view)
            return ids, batch, parcel_counts(), parcel_lines(store, ids[:PAGE])

        self.desk.runner.read(reading, then=self._show, replaces="parcels")

    def _show(self, found: "tuple[array.array[int], Batch, ParcelCounts, dict[int, ParcelLine]]") -> None:
        ids, batch, self._counts, first = found
        before, self._batch = self._batch, batch
        counts, view = self._counts, self._views.key
        self._stack.setCurrentIndex(0 if len(batch.ids) or counts.sent or counts.delivered else 1)
        self._shown.setCurrentIndex(0 if ids else 1)
        self.model.relabel("confirmed", self._cells.heading(view))
        self._replace(ids, first, before)
        self._say_what(len(ids))
        self._show_steps()
        self._acts.show_batch(view, batch, counts)
        self.pane.show_batch(batch, is_seen=view == "open")
        self._is_read = True
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def _replace(self, ids: "array.array[int]", first: dict[int, ParcelLine], before: Batch) -> None:
        """Show other rows; the one that is typed into goes on being typed into."""
        carry_over(self.table, ids, first, before, self._batch)
        if self.field.isVisible():
            self.field.row_id = self.table.current_id()
            self.field.place()
        self._show_current()

    def _say_what(self, number: int) -> None:
        words, is_open = self.desk.words, self._views.key == "open"
        parcels = words.trn("{number} parcel", "{number} parcels", number)
        told = (batch_words(self.desk, self._batch, parcels), paid_words(words, self._batch))
        fact, paid = told if is_open and number else (parcels, parcels)
        self.tell_count(self._fact, fact)
        for foot, is_shown in zip(self._feet, (is_open, not is_open), strict=True):
            foot.fact.setText(paid)
            foot.setVisible(is_shown)

    def _show_steps(self) -> None:
        printed = self._batch.packed <= self.pane.printed
        self._head.show_batch(self._views.key, self._batch, self._counts, printed=printed)

    def _show_current(self) -> None:
        self.pane.show_current(self.table.current_id() if self._views.key == "open" else -1)
        self._show_clipboard()

    def _show_clipboard(self) -> None:
        """Say into which rows the numbers on the clipboard would go."""
        card = self.pane.clipboard
        rows = self._next_empty() if self._views.key == "open" else []
        first = self._line(rows[0]) if card.numbers and rows else None
        card.show_rows(len(rows), first.person.name if first is not None and first.person is not None else "")

    # What can be done.

    def _soon(self, act: Callable[[], None]) -> None:
        """Do something with the batch; a key that was pressed before the batch was read waits for it."""
        if self._is_read:
            act()
        else:
            self._waiting.append(act)

    def _chosen(self) -> list[int]:
        """The selected rows, where there are several."""
        return list(self.table.selected_ids()) if self.table.selected_count() > 1 else []

    def pack(self) -> None:
        """Pack what is selected, whatever is asked about its address; or else all that nothing is asked about."""
        if self._views.key != "open":
            return
        rows = [each for each in self._chosen() or self._batch.going if each < -1]
        if rows:
            self._do.pack(rows)
        elif not self._batch.packed and len(self._batch.ids):
            self.desk.tell(self.desk.say("The addresses are to be looked at first. A says that they are right."))

    def _pack_then(self, then: Callable[[], None]) -> None:
        """Pack all that nothing is asked about, and then do something."""
        self._do.pack([each for each in self._batch.going if each < -1], then)

    def go_on(self) -> None:
        """Mark what can go as shipped, or what is selected as arrived."""
        self.field.finish()
        if self._views.key == "open":
            self._do.ship(self._batch.going)
        elif self._views.key == "sent":
            self._do.deliver(list(self.table.selected_ids()))

    def _arrived(self) -> None:
        if self._views.key == "sent":
            self.go_on()

    def _came_back(self, *, lost: bool = False) -> None:
        if self._views.key == "sent":
            self._do.came_back(list(self.table.selected_ids()), lost=lost)

    def _accept(self) -> None:
        """The addresses of the selected rows are right."""
        if self._views.key == "open":
            self._do.accept(list(self.table.selected_ids()))

    def _ask_address(self) -> None:
        """Ask all whose address is to be looked at, and who were not asked yet, by letter."""
        if self._views.key == "open" and self._batch.asks:
            self.desk.ask("ask_address", list(self._batch.asks.values()))

    def _next_empty(self) -> list[int]:
        """The rows that can take a number and have none, from the current one on."""
        return self._batch.without_number(self.model.place_of(self.table.current_id()))

    def paste(self) -> None:
        """Tracking numbers of the clipboard, one a line, into the next rows that have none, from the current one on."""
        say, rows = self.desk.say, self._next_empty()
        if self._views.key != "open":
            return
        self.pane.clipboard.look()
        if self.pane.clipboard.answers:
            self._match()
            return
        # A blank line between numbers leaves that row out.
        numbers = numbers_in(QGuiApplication.clipboard().text())
        given = {row: number for row, number in zip(rows, numbers, strict=False) if number}
        if not numbers:
            self.desk.tell(say("There is no column of tracking numbers on the clipboard"))
        elif len(numbers) > len(rows):
            self.desk.tell(say("{numbers} numbers, and only {parcels} parcels from here on",
                               numbers=len(numbers), parcels=len(rows)))  # fmt: skip
        else:
            self._do.number(given)

    def _match(self) -> None:
        """Note what a carrier says of parcels that it names; what cannot be told is listed."""
        answers = self.pane.clipboard.answers
        self._pack_then(lambda: self._do.match(answers, self.pane.list_notes))

    def _number(self, row_id: int, number: str) -> None:
        if number and row_id != -1:
            self._do.number({row_id: number})

    def _after(self, row_id: int) -> int:
        """The row that a scanner goes on with."""
        return next(iter(self._batch.without_number(self.model.place_of(row_id) + 1)), -1)

    def _type_number(self, row_id: int) -> None:
        """Type into a row, which is the current one; its number is there to be corrected."""
        line_ = self._line(row_id)
        if line_ is not None:
            self.field.open(row_id, line_.tracking_number)

    def _open(self, row_id: int) -> None:
        """Enter: what is asked about an address comes before its number."""
        if self._views.key == "open" and row_id not in self._batch.open:
            self.edit_address()
        elif self._views.key != "delivered":
            self._type_number(row_id)

    def _clicked(self, index: QModelIndex) -> None:
        """A click on what is asked about an address, or on the box for a number, is an answer to it."""
        plain = QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        row_id = self.table.current_id()
        if not plain or self._views.key != "open" or row_id == -1:
            return
        row = self.model.row(index.row())
        if index.column() == _CONFIRMED and row is not None and row.is_asked_for:
            self.edit_address()
        elif index.column() == _TRACKING and row is not None and row.is_open and not row.tracking_number:
            self._type_number(row_id)

    def edit_address(self) -> None:
        """Edit the address of the current row where it stands."""
        line_ = self._line(self.table.current_id())
        if line_ is not None and line_.person is not None:
            index = self.table.currentIndex().siblingAtColumn(_ADDRESS)
            cell = self.table.visualRect(index)
            at = self.table.viewport().mapTo(self._listing, QPoint(cell.left(), cell.top()))
            self.editor.open(line_.person.id, line_.person.name, address_parts(line_), at)

    @cached_property
    def editor(self) -> AddressEditor:
        """Where an address is edited; made when it is first asked for."""
        made = AddressEditor(self.desk, self._listing)
        made.kept.connect(
            lambda person, parts, is_right: self._do.save_address(person, parts, confirmed=is_right)
        )  # fmt: skip
        made.left.connect(self.table.setFocus)
        return made

    def _line(self, row_id: int) -> ParcelLine | None:
        """A row as it is shown, None where it is gone."""
        place = self.model.place_of(row_id)
        row: ParcelLine | None = self.model.row(place) if place >= 0 else None
        return row

    def _fetch(self, ids: Sequence[int]) -> dict[int, ParcelLine]:
        store: Store = self.desk.store
        return parcel_lines(store, ids)


def _look(page: ShipmentsPage, view: View) -> None:
    """Look at the list in another way; its part that is chosen is read anew by itself."""
    arrange(page.table, view.columns)
    page._views.choose(view.which if view.which in ("sent", "delivered") else "open")
