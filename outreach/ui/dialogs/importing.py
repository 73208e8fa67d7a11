"""Importing a list: the file, its columns, what would happen, and the import; the whole of it can be taken back."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.jobs import Job
from outreach.services.importing.handed import Handed
from outreach.services.importing.preview import Preview
from outreach.services.importing.run import ImportKind, ImportResult
from outreach.ui.desk import Desk
from outreach.ui.dialogs.import_check import CheckPage
from outreach.ui.dialogs.import_columns import ColumnsPage, OpenColumns, unmapped
from outreach.ui.dialogs.import_side import ImportSide
from outreach.ui.dialogs.import_trial import Trial, Wanted, import_wanted
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import meter
from outreach.ui.widgets.basics import Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.lists import EmptyState
from outreach.ui.widgets.steps import Steps

_PATTERNS = (
    "CSV, Excel, OpenDocument, vCard, ONIX (*.csv *.tsv *.txt *.xlsx *.xls *.xlsm *.ods *.vcf *.vcard *.xml *.onx)"
)
_FILE, _READING, _COLUMNS, _CHECK = range(4)
#: Which step each page is of.
_STEPS = {_FILE: 0, _READING: 0, _COLUMNS: 1, _CHECK: 2}
#: Where one goes to see what came in.
_PLACES = {ImportKind.CATALOGUE: "catalogue", ImportKind.POSTS: "posts"}


class ImportDialog(Overlay):
    """The four steps of an import."""

    def __init__(self, desk: Desk, parent: QWidget, about: str | Handed = "people") -> None:
        """The dialog, for a kind of list to choose, or for one that was dropped or pasted."""
        self._desk = desk
        self._handed: Handed | None = None
        self._likely = about.likely if isinstance(about, Handed) else ImportKind(about)
        self._said = Wanted()
        self._preview: Preview | None = None
        self._result: ImportResult | None = None
        theme, say = desk.theme, desk.say
        self._steps = Steps(theme, [say("File"), say("Columns"), say("Check"), say("Import")])
        self._title = Label(theme, say("Import a list"), "h1")
        self._file = Label(theme, "", "small", "ink3")
        self._trouble = Label(theme, "", "body", "bad", wrap=True)
        self._doubt = OpenColumns(desk)
        self._back = Button(theme, say("Back"))
        self._cancel = Button(theme, say("Cancel"))
        self._go = Button(theme, say("Import"), "primary", key="Enter")
        self._stack = QStackedWidget()
        self._reading = _Reading(desk)
        self._columns = ColumnsPage(desk)
        self._check = CheckPage(desk)
        self._side = ImportSide(desk)
        panel = self._lay_out()
        super().__init__(theme, parent, panel, 1080, 704)
        self._trial = Trial(desk, self)
        self._connect()
        self._begin()
        if isinstance(about, Handed):
            self._look(about)

    @property
    def kind(self) -> ImportKind:
        """What the file is to bring."""
        return self._preview.kind if self._preview else self._said.kind or self._likely

    @property
    def _notes(self) -> Any:
        return self._check.notes

    def look_at(self, path: Path) -> None:
        """Read a file and show what would happen; nothing is kept."""
        self._look(Handed(path, self._likely))

    def enter(self) -> None:
        if self._go.isVisible() and self._go.isEnabled():
            self._go.click()
        elif self._stack.currentIndex() == _FILE:
            self._choose()

    def close_overlay(self) -> None:
        self._trial.stop()
        super().close_overlay()

    def _connect(self) -> None:
        self._back.clicked.connect(self._go_back)
        self._cancel.clicked.connect(self.close_overlay)
        self._go.clicked.connect(self._go_on)
        self._doubt.leave_out.clicked.connect(self._leave_unknown_out)
        self._columns.mapped.connect(self._map)
        self._check.decided.connect(self._decide)
        self._side.policies.changed.connect(self._set_policy)
        self._side.kind_chosen.connect(self._be_of)
        self._side.item_chosen.connect(self._be_about)
        self._side.create_chosen.connect(self._make_missing)
        trial = self._trial
        trial.moved.connect(self._reading.tell)
        trial.looked.connect(self._show_preview)
        trial.not_looked.connect(self._not_looked)
        trial.tried.connect(self._show_result)
        trial.not_tried.connect(self._not_tried)

    def _lay_out(self) -> QWidget:
        theme, say = self._desk.theme, self._desk.say
        choose = Button(theme, say("Choose a file"), "primary", "download")
        choose.clicked.connect(self._choose)
        first = EmptyState(theme, "download", say("Bring the list you have"),
                           say("A spreadsheet, a CSV from any program, cards from an address book, or ONIX for a "
                               "catalogue. Columns are recognised. Nothing is sent to anyone."), choose)  # fmt: skip
        for page in (first, self._reading, self._columns, self._check):
            self._stack.addWidget(page)
        head = QWidget()
        top = line(spacing=16, margins=(24, 16, 24, 14))
        top.addLayout(column(None, self._title, self._file, None))
        top.addStretch(1)
        top.addWidget(self._steps)
        head.setLayout(top)
        head.setMinimumHeight(head.sizeHint().height())  # also while no file stands below the title
        body = QWidget()
        body.setLayout(line(self._stack, self._side, spacing=0))
        foot = QWidget()
        row = line(self._doubt, 8, self._trouble, self._cancel, self._back, self._go, margins=(24, 14, 20, 16))
        row.setStretch(2, 1)
        foot.setLayout(row)
        panel = QWidget()
        layout = column(head, Rule(theme), body, Rule(theme), foot)
        layout.setStretch(2, 1)
        panel.setLayout(layout)
        return panel

    def _begin(self) -> None:
        self._handed, self._preview, self._result = None, None, None
        self._said = Wanted()
        self._file.hide()
        self._title.setText(self._desk.say("Import a list"))
        self._show(_FILE)

    def _show(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self._steps.set_step(_STEPS[page])
        self._side.setVisible(page in (_COLUMNS, _CHECK))
        self._back.setVisible(page in (_COLUMNS, _CHECK))
        self._go.setVisible(page in (_COLUMNS, _CHECK))
        if page in (_COLUMNS, _CHECK):
            self._show_way_on()
        else:
            self._doubt.show_number(0)
        self.focusNextPrevChild(True)

    def _choose(self) -> None:
        path = self._desk.files.to_open(self, self._desk.say("Import a list"), _PATTERNS)
        if path is not None:
            self._trouble.setText("")
            self.look_at(path)

    def _look(self, handed: Handed) -> None:
        """Look at a list: which columns it has, and what they are."""
        self._handed = handed
        self._file.setText(handed.source.name)
        self._file.show()
        if self._preview is None:
            self._reading.tell(0)
            self._show(_READING)
        self._trial.look(handed, self._said)

    def _show_preview(self, preview: Preview) -> None:
        first = self._preview is None
        self._preview = preview
        self._said.kind = preview.kind
        if first:
            self._said.policy = dict(preview.policy)
            self._side.remember.setChecked(preview.as_before or preview.layout == "spreadsheet")
        self._title.setText(self._desk.say("Import {kind}", kind=self._desk.words.inside(self._desk.words.term(
            "import_kind", preview.kind.value))))  # fmt: skip
        self._columns.show_columns(preview)
        self._side.show_preview(preview, self._said.item)
        self._try()
        self._show_policies()
        if first and preview.columns:
            self._show(_COLUMNS)
            self._columns.focus_first()
        elif self._stack.currentIndex() == _COLUMNS:
            self._show_way_on()

    def _try(self) -> None:
        """Do all of the import and keep nothing of it, to tell what would happen."""
        handed, preview = self._handed, self._preview
        if handed is None or preview is None:
            return
        self._result = None
        self._trouble.setText("")
        self._side.show_facts(None)
        self._go.setEnabled(False)
        self._trial.try_import(handed, preview.kind, self._said)

    def _show_result(self, result: ImportResult) -> None:
        if self._preview is None:
            return
        self._result = result
        self._side.show_facts(result)
        self._check.show_result(result, self._said.same)
        if self._stack.currentIndex() == _READING:
            self._show(_CHECK)
            self._go.setFocus()
        self._show_policies()
        self._show_way_on()

    def _show_policies(self) -> None:
        """What becomes of known values is asked where some are, once the columns are right."""
        if self._preview is not None:
            at_check = self._stack.currentIndex() == _CHECK
            updates = self._result is not None and bool(self._result.updated or self._result.unchanged)
            self._side.show_policies(self._preview, self._said.policy, at_check=at_check, shown=at_check and updates)

    def _not_tried(self, error: Exception) -> None:
        """The list cannot come in as it is; where it has columns, the user may say more of them."""
        sentence = self._desk.sentence(error)
        if self._stack.currentIndex() == _READING:
            self._begin()
        self._show_way_on()
        self._trouble.setText(sentence)
        self._desk.announce(sentence, urgently=True)

    def _not_looked(self, error: Exception) -> None:
        self._begin()
        self._trouble.setText(self._desk.sentence(error))

    def _show_way_on(self) -> None:
        """The one way on from here, and what is still open."""
        words, result = self._desk.words, self._result
        at_columns = self._stack.currentIndex() == _COLUMNS
        unknown = unmapped(self._preview) if self._preview and at_columns and not self._trouble.text() else []
        self._doubt.show_number(len(unknown))
        if at_columns:
            rows = result.rows if result else 0
            self._go.set_label(words.trn("Check {number} row", "Check {number} rows", rows) if result
                               else self._desk.say("Check"))  # fmt: skip
            self._go.setEnabled(result is not None)
        elif result is not None:
            self._go.set_label(words.trn("Import {number} row", "Import {number} rows", result.rows - result.skipped))
            self._go.setEnabled(bool(result.added or result.updated or result.suppressed))

    def _go_on(self) -> None:
        if self._stack.currentIndex() == _CHECK:
            self._import()
            return
        self._show(_CHECK)
        self._show_policies()
        (self._go if self._go.isEnabled() else self._back).setFocus()

    def _go_back(self) -> None:
        if self._stack.currentIndex() == _CHECK and self._preview is not None and self._preview.columns:
            self._show(_COLUMNS)
            self._show_policies()
            self._columns.focus_first()
        else:
            self._trial.stop()
            self._begin()

    def _map(self, header: str, target: str) -> None:
        self._said.mapping = {**self._as_read(), header: target}
        self._look_again()

    def _as_read(self) -> dict[str, str]:
        """What was said of such sheets before holds on when more is said."""
        return {**(self._preview.mapping if self._preview else {}), **self._said.mapping}

    def _leave_unknown_out(self) -> None:
        if self._preview is not None:
            left_out = dict.fromkeys(unmapped(self._preview), "ignore")
            self._said.mapping = {**self._as_read(), **left_out}
            self._look_again()
            self._go.setFocus()

    def _decide(self, row: int, person: int) -> None:
        self._said.same = {**self._said.same, row: person}
        self._try()

    def _set_policy(self, name: str, policy: str) -> None:
        self._said.policy = {**self._said.policy, name: policy}
        self._try()

    def _be_of(self, kind: str) -> None:
        self._said.kind = ImportKind(kind)
        self._said.mapping = {}
        self._look_again()

    def _be_about(self, item: int) -> None:
        self._said.item = item or None
        self._try()

    def _make_missing(self, create: bool) -> None:
        self._said.create = create
        self._try()

    def _look_again(self) -> None:
        if self._handed is not None:
            self._look(self._handed)

    def _import(self) -> None:
        handed, preview, desk = self._handed, self._preview, self._desk
        if handed is None or preview is None:
            return
        wanted, keep = self._said, self._side.remember.isChecked()

        def told(result: ImportResult) -> None:
            desk.tell(
                desk.say("{added} new, {updated} updated from {file}", added=result.added, updated=result.updated,
                         file=handed.source.name),
                undoable=True,
            )  # fmt: skip
            desk.go(_PLACES.get(preview.kind, "people"))

        self._steps.set_step(3)
        desk.runner.run(
            Job("Importing a list"),
            lambda store, job: import_wanted(store, handed, preview, wanted, job, keep=keep),
            writes=True,
            then=told,
        )
        self.close_overlay()


class _Reading(QWidget):
    """How far the reading of a list is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._done = 0
        self._meter = Painted(desk.theme, lambda canvas, width, _: self._paint_meter(canvas, width), 20, 320)
        self._progress = Label(desk.theme, "", "body", "ink2")
        self.setLayout(column(None, line(None, self._meter, None), 8, line(None, self._progress, None), None))

    def tell(self, done: int) -> None:
        """Say how many rows were read."""
        say, rows = self._desk.say, self._desk.words.number(done)
        self._done = done
        self._progress.setText(say("Reading, {rows} rows so far", rows=rows) if done else say("Reading"))
        self._meter.update()

    def _paint_meter(self, canvas: Canvas, width: float) -> None:
        # How many rows there are is known when they have been read.
        meter(canvas, 0, 10, width, 0.15 + 0.8 * self._done / (self._done + 20_000))
