"""Writing a list into a file: what is on the screen, all that is known of what is listed, or the whole workspace."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.services.exporting.everything import export_everything
from outreach.services.exporting.sheets import write_sheet
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.table.taking import ExportOf
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form

_SHEETS = (".xlsx", ".csv", ".ods", ".tsv", ".json")


class ExportDialog(Dialog):
    """What, and in which format; then where."""

    def __init__(self, desk: Desk, parent: QWidget, about: ExportOf) -> None:
        self._desk = desk
        self._about = about
        say = desk.say
        shown = len(about.listing.ids)
        what = [("shown", desk.words.trn("What is shown: {number} row", "What is shown: {number} rows", shown))]
        if about.whole is not None:
            what.insert(0, ("whole", say("All that is known of them, to import elsewhere")))
        what.append(("everything", say("The whole workspace, to import into an empty one")))
        self.form = Form(desk.theme, [
            FieldSpec("what", say("What"), choices=what, wide=True),
            FieldSpec("format", say("As"), choices=self._formats(what[0][0]), wide=True),
        ])  # fmt: skip
        cancel, self.go = (
            Button(desk.theme, say("Cancel")),
            Button(desk.theme, say("Choose where"), "primary", key="Enter"),
        )
        super().__init__(desk.theme, parent, say("Export {list}", list=desk.words.inside(about.title)),
                         say("Cells are text, so none becomes a formula. The file holds addresses, so mind where it "
                             "goes."), self.form, cancel, self.go, width=520)  # fmt: skip
        cancel.clicked.connect(self.close_overlay)
        self.go.clicked.connect(self._write)
        self.form.left.connect(self._changed)
        self.form.focus_first()

    def _formats(self, what: str) -> list[tuple[str, str]]:
        say = self._desk.say
        if what == "everything":
            return [(".json", say("JSON"))]
        names: Mapping[str, str] = {
            ".xlsx": say("Excel"), ".csv": say("CSV"), ".ods": say("OpenDocument"), ".tsv": say("Text with tabs"),
            ".json": say("JSON"),
        }  # fmt: skip
        formats = [(ending, f"{names[ending]} ({ending})") for ending in _SHEETS]
        cards = [(".vcf", say("Cards for an address book (.vcf)"))]
        return formats + (cards if what == "whole" and self._about.cards else [])

    def _changed(self, key: str, value: str) -> None:
        if key == "what":
            before = self.form.values()["format"]
            formats = self._formats(value)
            self.form.set_choices("format", formats)
            if before in dict(formats):
                self.form.set_values({"what": value, "format": before})

    def _write(self) -> None:
        desk, about = self._desk, self._about
        chosen = self.form.values()
        ending = chosen["format"]
        name = "workspace" if chosen["what"] == "everything" else about.name
        path = desk.files.to_save(self, about.title, name + ending)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(ending)

        def work(store: Store, job: Job) -> int:
            if chosen["what"] == "everything":
                return export_everything(store, path, job).rows
            if chosen["what"] == "whole" and about.whole is not None:
                return int(about.whole(store, path, about.ids, job).rows)
            return write_sheet(path, about.listing.headings, about.listing.rows(job), about.title)

        def told(rows: int) -> None:
            desk.tell(desk.words.trn("Wrote {number} row to {file}", "Wrote {number} rows to {file}", rows,
                                     file=path.name))  # fmt: skip

        desk.runner.run(Job("Writing a file"), work, then=told)
        self.close_overlay()
