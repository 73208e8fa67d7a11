"""Beside the parcels: their labels, and the file for a carrier."""

from collections.abc import Sequence
from pathlib import Path

from outreach.jobs import Job
from outreach.paper.labels import Placing, paint_labels
from outreach.services.carriers import carrier_rows, load_layouts
from outreach.services.csvfile import write_csv
from outreach.services.labels import load_sheets, sheet
from outreach.services.postal import address_lines
from outreach.services.senders import sender
from outreach.services.shipments import list_shipments, parcel_of
from outreach.store.database import Store
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Button, Choice, Label, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import SidePane
from outreach.ui.widgets.sheetview import LabelSheetView

#: The sheet that is most often at hand.
_SHEET = "L7163"


class PaperPane(SidePane):
    """What goes onto the parcels."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, 324)
        self._desk = desk
        self._parcels: Sequence[int] = ()
        theme, say = desk.theme, desk.say
        self._fits = Label(theme, "", "small", "ink3")
        self._sheets = Choice(say("Label sheet"))
        for each in load_sheets().values():
            self._sheets.addItem(each.name, each.id)
        self._sheets.setCurrentIndex(max(0, self._sheets.findData(sheet(_SHEET).id)))
        self._view = LabelSheetView(theme, say("Where the labels begin"))
        self._view.set_sheet(sheet(str(self._sheets.currentData())))
        self._start = Label(theme, "", "small", "ink2")
        hint = Label(theme, say("Click a label to move"), "small", "ink3")
        self._print = Button(theme, say("Print labels"), "default", "printer", key_of("print"))
        self._layouts = Choice(say("Carrier"))
        for name, layout in load_layouts().items():
            self._layouts.addItem(layout.name, name)
        self._export = Button(theme, say("Carrier file"), "default", "upload", key_of("export"))
        self._note = Paragraph(theme, "", "small", "ink2")
        for part in (
            line(Label(theme, say("Labels"), "h3"), None, self._fits), 8, self._sheets, 14, self._view, 8,
            line(self._start, None, hint), 10, line(self._print, None), 22, Label(theme, say("Carrier"), "h3"), 8,
            self._layouts, 10, line(self._export, None), 12, self._note,
        ):  # fmt: skip
            if isinstance(part, int):
                self.content.addSpacing(part)
            elif isinstance(part, Choice | LabelSheetView | Label | Paragraph):
                self.content.addWidget(part)
            else:
                self.content.addLayout(part)
        self.content.addStretch(1)
        self._sheets.activated.connect(lambda _: self._change_sheet())
        self._view.started.connect(lambda _: self._say_start())
        self._print.clicked.connect(self.save_labels)
        self._export.clicked.connect(self.save_carrier)

    def show_parcels(self, parcels: Sequence[int], current: int) -> None:
        """Show the labels of packed parcels; the current one is marked."""
        self._parcels = parcels
        shown = parcels[: sheet(str(self._sheets.currentData())).per_page]
        home = sender().country
        blocks = [address_lines(row.address, home) for row in list_shipments(ids=shown)] if shown else []
        self._view.set_blocks(blocks, list(shown).index(current) if current in shown else -1)
        for button in (self._print, self._export):
            button.setEnabled(bool(parcels))
        self._note.set_text("" if parcels else self._desk.say("Packed parcels get their labels here."))
        self._say_start()

    def save_labels(self) -> None:
        """Paint the labels into a PDF and open it, to be printed."""
        desk, parcels = self._desk, list(self._parcels)
        path = desk.files.to_save(self, desk.say("Labels"), "labels.pdf") if parcels else None
        if path is None:
            return
        kind, start = sheet(str(self._sheets.currentData())), self._view.start

        def work(_store: Store, _job: Job) -> int:
            home = sender().country
            blocks = [address_lines(row.address, home) for row in list_shipments(ids=parcels)]
            return paint_labels(Path(path), kind, blocks, Placing(start=start)).pages

        def told(pages: int) -> None:
            desk.tell(desk.words.trn("Painted {number} page of labels", "Painted {number} pages of labels", pages))
            desk.files.show(path)

        desk.runner.run(Job("Painting labels"), work, then=told)

    def save_carrier(self) -> None:
        """Write the parcels as the file that a carrier's program reads."""
        desk, parcels, name = self._desk, list(self._parcels), str(self._layouts.currentData())
        path = desk.files.to_save(self, desk.say("Carrier file"), f"{name}.csv") if parcels else None
        if path is None:
            return

        def work(_store: Store, _job: Job) -> list[str]:
            rows = list_shipments(ids=parcels)
            made = carrier_rows(load_layouts()[name], [parcel_of(row) for row in rows])
            write_csv(Path(path), made.header, made.rows)
            return [
                desk.words.note(code, {"shipment": rows[index].person, "column": column, **facts})
                for index, column, code, facts in made.problems
            ]

        def told(problems: list[str]) -> None:
            desk.tell(desk.words.trn("Wrote {number} parcel", "Wrote {number} parcels", len(parcels)))
            self._note.set_text("\n".join(problems[:8]))

        desk.runner.run(Job("Writing the carrier file"), work, then=told)

    def _change_sheet(self) -> None:
        self._view.set_sheet(sheet(str(self._sheets.currentData())))
        self.show_parcels(self._parcels, -1)

    def _say_start(self) -> None:
        self._start.setText(self._desk.say("Start at label {number}", number=self._view.start))
        per_page = sheet(str(self._sheets.currentData())).per_page
        pages = -(-(len(self._parcels) + self._view.start - 1) // per_page) if self._parcels else 0
        self._fits.setText(self._desk.words.trn("Fits {number} sheet", "Fits {number} sheets", pages) if pages else "")
