"""Beside the parcels: their labels, the numbers on the clipboard, and the file for a carrier."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach.paper.labels import Placing
from outreach.services.carrying.layouts import load_layouts
from outreach.services.drafting.senders import sender
from outreach.services.pages.batch import Batch, read_batch
from outreach.services.pages.parcels import parcel_lines
from outreach.services.people.postal import address_lines
from outreach.services.shipments.labels import load_sheets, sheet
from outreach.store.database import Store
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.pages.batch_clipboard import ClipboardCard
from outreach.ui.paperwork import CarrierOrder, PaperOrder
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import SidePane
from outreach.ui.widgets.sheetview import LabelSheetView
from outreach.ui.widgets.tightening import Row

#: The sheet that is most often at hand.
_SHEET = "L7163"
#: So many of what a carrier said that could not be used are listed here.
_MOST_TOLD = 8

#: Packs what is ready and is not packed yet, and then does something.
PackFirst = Callable[[Callable[[], None]], None]


class BatchPane(SidePane):
    """What goes onto the parcels.

    Attributes:
        clipboard: The numbers that can be pasted.
        printed: The parcels whose labels were painted.

    Signals:
        labelled: Labels were painted.
    """

    labelled = Signal()

    def __init__(self, desk: Desk, pack_first: PackFirst) -> None:
        super().__init__(desk.theme, 324, margins=(20, 18, 20, 12))
        self._desk = desk
        self._pack_first = pack_first
        self._rows: list[int] = []
        self._shown: list[int] = []
        self._current = -1
        self._packed: frozenset[int] = frozenset()
        self.printed: frozenset[int] = frozenset()
        theme, say = desk.theme, desk.say
        self._fits = Label(theme, "", "small", "ink3")
        self._sheets = Choice(say("Label sheet"))
        for each in load_sheets().values():
            self._sheets.addItem(desk.words.named(each.name, "sheet"), each.id)
        self._sheets.setCurrentIndex(max(0, self._sheets.findData(sheet(_SHEET).id)))
        self._view = LabelSheetView(theme, say("Where the labels begin"))
        self._view.set_sheet(sheet(str(self._sheets.currentData())))
        self._start = Label(theme, "", "small", "ink2")
        self._print = Button(theme, say("Print labels"), "default", "printer", key_of("print"))
        self._slips = Button(theme, say("Packing slips"))
        self.clipboard = ClipboardCard(desk)
        self._tracking = QWidget()
        self._layouts = Choice(say("Carrier"))
        for name, layout in load_layouts().items():
            self._layouts.addItem(desk.words.named(layout.name, "carrier"), name)
        self._export = Button(theme, say("Carrier file"), "default", "upload", key_of("export"))
        self._note = Paragraph(theme, "", "small", "ink2")
        self._lay_out()
        theme.changed.connect(self._draw_signs)
        self._draw_signs()
        self._sheets.activated.connect(lambda _: self._change_sheet())
        self._view.started.connect(lambda _: self._read_blocks())
        self._print.clicked.connect(self.print_labels)
        self._slips.clicked.connect(self.print_slips)
        self._export.clicked.connect(self.save_carrier)

    def _lay_out(self) -> None:
        theme, say = self._desk.theme, self._desk.say
        hint = Label(theme, say("Click a label to move"), "small", "ink3")
        head = line(Label(theme, say("Tracking"), "h3"), None)
        self._tracking.setLayout(column(head, 8, self.clipboard, margins=(0, 0, 0, 22)))
        for part in (
            line(Label(theme, say("Labels"), "h3"), None, self._fits), 8, self._sheets, 10, self._view, 4,
            line(self._start, None, hint), 12, Row(self._print, self._slips, None), 22,
            self._tracking, line(Label(theme, say("Carrier"), "h3"), None), 8, self._layouts, 10,
            line(self._export, None), 12, self._note,
        ):  # fmt: skip
            if isinstance(part, int):
                self.content.addSpacing(part)
            elif isinstance(part, QWidget):
                self.content.addWidget(part)
            else:
                self.content.addLayout(part)
        self.content.addStretch(1)

    def show_batch(self, batch: Batch, *, is_seen: bool) -> None:
        """Show the labels of what can go; numbers are pasted only where the batch is seen."""
        self._tracking.setVisible(is_seen)
        self._rows = batch.going
        self.printed &= batch.packed
        for button in (self._print, self._slips, self._export):
            button.setEnabled(bool(self._rows))
        self._packed = batch.packed
        self._name_print()
        hint = self._desk.say("Parcels get their labels here.")
        if not self._rows or self._note.text() == hint:  # what was noted of a file stays to be read
            self._note.set_text("" if self._rows else hint)
        self._read_blocks()

    def show_current(self, row_id: int) -> None:
        """Mark the label of a row."""
        self._current = row_id
        self._view.mark(self._shown.index(row_id) if row_id in self._shown else -1)

    def _read_blocks(self) -> None:
        """Read the addresses of the first page of labels."""
        kind = sheet(str(self._sheets.currentData()))
        some = self._rows[: kind.per_page - self._view.start + 1]
        self._say_start()

        def reading(store: Store) -> tuple[list[int], list[Sequence[str]]]:
            home, lines = sender().country, parcel_lines(store, some)
            known = {row: lines[row].address for row in some if row in lines}
            shown = [(row, place) for row, place in known.items() if place is not None]
            return [row for row, _ in shown], [address_lines(place, home) for _, place in shown]

        self._desk.runner.read(reading, then=self._show_blocks, replaces="labels")

    def _show_blocks(self, found: tuple[list[int], list[Sequence[str]]]) -> None:
        self._shown, blocks = found
        self._view.set_blocks(blocks)
        self.show_current(self._current)

    def print_labels(self) -> None:
        """Pack what is not packed yet, and show the labels of all that is packed as they will be printed."""
        chosen = str(self._sheets.currentData())
        self._ask_paper(PaperOrder("labels", (), chosen, Placing(self._view.start), done=self._note_printed))

    def print_slips(self) -> None:
        """Show a packing slip for each parcel."""
        self._ask_paper(PaperOrder("slips", ()))

    def print_cards(self) -> None:
        """Show a note card for each parcel whose letter had an opening line of its own."""
        self._ask_paper(PaperOrder("cards", ()))

    def _ask_paper(self, order: PaperOrder) -> None:
        self._ask_of_packed(lambda parcels: self._desk.ask("paper", replace(order, parcels=parcels)))

    def _ask_of_packed(self, ask: Callable[[tuple[int, ...]], None]) -> None:
        """Pack what can go, and then ask about all that is packed."""

        def found(parcels: Sequence[int]) -> None:
            if parcels:
                ask(tuple(parcels))

        if self._rows:
            self._pack_first(lambda: self._desk.runner.read(_packed_ids, then=found))

    def _note_printed(self) -> None:
        self.printed = self._packed
        self._name_print()
        self.labelled.emit()

    def save_carrier(self) -> None:
        """Pack what is not packed yet, and show what a carrier's file does to it before it is written."""
        name = str(self._layouts.currentData())
        self._ask_of_packed(lambda parcels: self._desk.ask("carrier_file", CarrierOrder(name, parcels)))

    def list_notes(self, told: Sequence[str]) -> None:
        """List what could not be used, or is doubtful."""
        self._note.set_text("\n".join(told[:_MOST_TOLD]))

    def _name_print(self) -> None:
        is_again = bool(self._packed) and self._packed <= self.printed
        self._print.set_label(self._desk.say("Print again") if is_again else self._desk.say("Print labels"))

    def _change_sheet(self) -> None:
        self._view.set_sheet(sheet(str(self._sheets.currentData())))
        self._read_blocks()

    def _say_start(self) -> None:
        self._start.setText(self._desk.say("Start at label {number}", number=self._view.start))
        per_page = sheet(str(self._sheets.currentData())).per_page
        pages = -(-(len(self._rows) + self._view.start - 1) // per_page) if self._rows else 0
        self._fits.setText(self._desk.words.trn("Fits {number} sheet", "Fits {number} sheets", pages) if pages else "")

    def _draw_signs(self) -> None:
        sign = self._desk.theme.icon("printer", "ink3")
        for place in range(self._sheets.count()):
            self._sheets.setItemIcon(place, sign)


def _packed_ids(store: Store) -> list[int]:
    """What is packed, in the order of the batch."""
    batch = read_batch(store)
    return [each for each in batch.ids if each in batch.packed]
