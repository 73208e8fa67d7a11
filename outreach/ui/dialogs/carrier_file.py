"""The file of a carrier, looked at before it is written: what its layout cuts, replaces or leaves out of parcels."""

from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.services.carrying.files import CarrierTable, carrier_rows, write_carrier_file
from outreach.services.carrying.layouts import load_layouts
from outreach.services.shipments.shipments import list_shipments, parcel_of
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.paperwork import CarrierOrder
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import scrolled

#: Longer lists scroll, at so many pixels of normal text size.
_HIGH = 260


def carrier_file_dialog(desk: Desk, parent: QWidget, order: CarrierOrder) -> None:
    """Write the file at once where nothing of any parcel is lost in it; else list what is, and ask."""

    def look(_store: Store) -> tuple[CarrierTable, list[str]]:
        rows = list_shipments(ids=order.parcels)
        table = carrier_rows(load_layouts()[order.layout], [parcel_of(row) for row in rows])
        problems = [
            desk.words.note(code, {"shipment": rows[index].person, "column": column, **facts})
            for index, column, code, facts in table.problems
        ]
        return table, problems

    def go_on(found: tuple[CarrierTable, list[str]]) -> None:
        table, problems = found
        if problems:
            CarrierFileDialog(desk, parent, order, table, problems)
        else:
            save(desk, parent, order, table)

    desk.runner.read(look, then=go_on, replaces="carrier file")


def save(desk: Desk, parent: QWidget, order: CarrierOrder, table: CarrierTable) -> bool:
    """Ask where the file goes, and write it; false where nowhere was chosen."""
    path = desk.files.to_save(parent, desk.say("Carrier file"), f"{order.layout}.csv")
    if path is None:
        return False
    desk.runner.run(
        Job("Writing the carrier file"),
        lambda _store, _job: write_carrier_file(path, table),
        then=lambda _: desk.tell(desk.words.trn("Wrote {number} parcel", "Wrote {number} parcels", len(table.rows))),
    )
    return True


class CarrierFileDialog(Dialog):
    """What does not go into the file as it is, a line each."""

    def __init__(
        self, desk: Desk, parent: QWidget, order: CarrierOrder, table: CarrierTable, problems: list[str]
    ) -> None:
        theme, say = desk.theme, desk.say
        self.listed = Paragraph(theme, "\n".join(problems), "body", "ink")
        area = scrolled(self.listed, floats=False)
        area.setMaximumHeight(theme.px(_HIGH))
        area.setMinimumHeight(min(theme.px(_HIGH), round(self.listed.height_at(theme.px(460))) + 4))
        keep = Button(theme, say("Keep as it is"), "ghost", key="Esc")
        go = Button(theme, say("Write it so"), "primary", key="Enter")
        keep.clicked.connect(self.close_overlay)
        go.clicked.connect(lambda: self._save(desk, order, table))
        super().__init__(
            theme, parent, say("The carrier’s file takes less than you wrote"),
            say("Nothing was written yet. So it would go:"), area, keep, go,
        )  # fmt: skip
        go.setFocus()

    def _save(self, desk: Desk, order: CarrierOrder, table: CarrierTable) -> None:
        if save(desk, self, order, table):
            self.close_overlay()
