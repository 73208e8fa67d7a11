"""Importing a list: choose the file, see what will happen, import; the whole of it can be taken back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from outreach.jobs import Job
from outreach.services.importing.handed import Handed, import_handed
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult
from outreach.services.importing.tally import Note
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import meter
from outreach.ui.widgets.basics import Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import EmptyState, Segments, clear_layout, scrolled
from outreach.ui.widgets.panes import Pane
from outreach.ui.widgets.steps import Steps

_PATTERNS = "CSV, Excel, OpenDocument, ONIX (*.csv *.tsv *.txt *.xlsx *.xls *.xlsm *.ods *.xml *.onx)"
#: So many rows are told one by one; all of them are kept with the import.
_MOST_NOTES = 60


class ImportDialog(Overlay):
    """The three steps of an import."""

    def __init__(self, desk: Desk, parent: QWidget, about: str | Handed = "people") -> None:
        """The dialog, for a kind of list to choose, or for one that was dropped or pasted."""
        self._desk = desk
        self._handed: Handed | None = None
        self._job: Job | None = None
        theme, say = desk.theme, desk.say
        self._kinds = Segments(theme, [(ImportKind.PEOPLE.value, say("People")),
                                       (ImportKind.CATALOGUE.value, say("Catalogue"))])  # fmt: skip
        self._kinds.choose(about.likely.value if isinstance(about, Handed) else about)
        self._steps = Steps(theme, [say("File"), say("Check"), say("Import")])
        self._title = Label(theme, say("Import a list"), "h1")
        self._file = Label(theme, "", "small", "ink3")
        self._back = Button(theme, say("Another file"))
        self._cancel = Button(theme, say("Cancel"))
        self._go = Button(theme, say("Import"), "primary", key="Enter")
        self._stack = QStackedWidget()
        panel = self._lay_out()
        super().__init__(theme, parent, panel, 960, 640)
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self._poll)
        self._back.clicked.connect(self._begin)
        self._cancel.clicked.connect(self.close_overlay)
        self._go.clicked.connect(self._import)
        self._begin()
        if isinstance(about, Handed):
            self._look(about, None)

    def _lay_out(self) -> QWidget:
        theme, say = self._desk.theme, self._desk.say
        choose = Button(theme, say("Choose a file"), "primary", "download")
        choose.clicked.connect(self._choose)
        first = EmptyState(theme, "download", say("Bring the list you have"),
                           say("A spreadsheet, a CSV from any program, or ONIX for a catalogue. Columns are "
                               "recognised. Nothing is sent to anyone."), choose)  # fmt: skip
        self._share = 0.0
        self._meter = Painted(theme, lambda canvas, width, _: self._paint_meter(canvas, width), 20, 320)
        self._progress = Label(theme, "", "body", "ink2")
        reading = QWidget()
        reading.setLayout(column(None, line(None, self._meter, None), 8, line(None, self._progress, None), None))
        self._notes = QVBoxLayout()
        self._facts = QGridLayout()
        self._trouble = Label(theme, "", "body", "bad", wrap=True)
        for page in (first, reading, self._checked()):
            self._stack.addWidget(page)
        head = QWidget()
        words = column(self._title, self._file)
        top = line(spacing=16, margins=(26, 18, 26, 14))
        top.addLayout(words)
        top.addStretch(1)
        top.addWidget(self._steps)
        head.setLayout(top)
        foot = QWidget()
        row = line(self._kinds, 8, self._trouble, self._cancel, self._back, self._go, margins=(26, 14, 26, 16))
        row.setStretch(2, 1)
        foot.setLayout(row)
        panel = QWidget()
        panel.setLayout(column(head, Rule(theme), self._stack, Rule(theme), foot))
        return panel

    def _checked(self) -> QWidget:
        theme, say = self._desk.theme, self._desk.say
        listed = QWidget()
        self._notes.setContentsMargins(26, 18, 26, 18)
        self._notes.setSpacing(4)
        listed.setLayout(self._notes)
        side = Pane(theme, "inset", edge="left")
        side.setFixedWidth(theme.px(300))
        facts = QWidget()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(6)
        self._facts.setContentsMargins(0, 0, 0, 0)
        facts.setLayout(self._facts)
        what = Paragraph(theme, say("Your file stays as it is. All of it comes in, or nothing. The whole import can be "
                                    "undone for 30 days."), "small", "ink2")  # fmt: skip
        side.setLayout(
            column(Label(theme, say("In this file"), "h3"), 8, facts, 20, Label(theme, say("What happens"), "h3"), 4,
                   what, None, margins=(22, 18, 22, 18))
        )  # fmt: skip
        body = QWidget()
        body.setLayout(line(scrolled(listed), side, spacing=0))
        return body

    @property
    def kind(self) -> ImportKind:
        """What the file is to bring."""
        return ImportKind(self._kinds.key)

    def enter(self) -> None:
        if self._go.isVisible() and self._go.isEnabled():
            self._import()
        elif self._stack.currentIndex() == 0:
            self._choose()

    def close_overlay(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._timer.stop()
        super().close_overlay()

    def look_at(self, path: Path) -> None:
        """Read a file and show what would happen; nothing is kept."""
        self._look(Handed(path, self.kind), self.kind)

    def _look(self, handed: Handed, kind: ImportKind | None) -> None:
        """Read a list; what it brings is told from its headings where the user has not said it."""
        self._handed = handed
        self._file.setText(handed.source.name)
        self._show(1, step=1)
        self._progress.setText(self._desk.say("Reading"))
        job = self._job = Job("Reading a list", repeatable=False)
        dry = ImportOptions(dry_run=True)
        self._timer.start()
        self._desk.runner.run(
            job, lambda store, job: import_handed(store, handed, kind, dry, job), writes=True,
            then=lambda result: self._show_result(job, result), failed=lambda error: self._failed(job, error),
        )  # fmt: skip

    def _begin(self) -> None:
        self._handed = None
        self._file.setText("")
        self._trouble.setText("")
        self._show(0, step=0)

    def _show(self, page: int, *, step: int) -> None:
        self._stack.setCurrentIndex(page)
        self._steps.set_step(step)
        self._kinds.setVisible(page == 0)
        self._back.setVisible(page == 2)
        self._go.setVisible(page == 2)
        self.focusNextPrevChild(True)

    def _choose(self) -> None:
        path = self._desk.files.to_open(self, self._desk.say("Import a list"), _PATTERNS)
        if path is not None:
            self._trouble.setText("")
            self.look_at(path)

    def _poll(self) -> None:
        job = self._job
        if job is not None and job.done:
            rows = self._desk.words.number(job.done)
            self._progress.setText(self._desk.say("Reading, {rows} rows so far", rows=rows))
        self._meter.update()

    def _paint_meter(self, canvas: Canvas, width: float) -> None:
        job = self._job
        meter(canvas, 0, 10, width, job.done / job.total if job is not None and job.total else 0.15)

    def _failed(self, job: Job, error: Exception) -> None:
        if self._job is job:
            self._job = None
            self._timer.stop()
            self._begin()
            self._trouble.setText(self._desk.sentence(error))

    def _show_result(self, job: Job, result: ImportResult) -> None:
        if self._job is not job:
            return
        self._job = None
        self._timer.stop()
        self._kinds.choose(result.kind.value)
        self._show_facts(result)
        self._show_notes(result)
        brings = result.added or result.updated or result.suppressed
        self._go.set_label(self._desk.words.trn("Import {number} row", "Import {number} rows",
                                                result.rows - result.skipped))  # fmt: skip
        self._go.setEnabled(bool(brings))
        self._show(2, step=1)
        (self._go if brings else self._back).setFocus()

    def _show_facts(self, result: ImportResult) -> None:
        say, theme = self._desk.say, self._desk.theme
        new = say("new people") if result.kind is ImportKind.PEOPLE else say("new titles")
        rows: Sequence[tuple[int, str, str]] = (
            (result.rows, say("rows, read as {layout}", layout=result.layout), "ink"),
            (result.added, new, "ink"),
            (result.updated, say("already here, will be updated"), "ink"),
            (result.unchanged, say("already here, as they are"), "ink"),
            (result.suppressed, say("asked not to be contacted"), "ink"),
            (result.skipped, say("skipped"), "warn" if result.skipped else "ink"),
        )
        clear_layout(self._facts)
        for number, (count, words, color) in enumerate(rows):
            if count or number < 3:
                figure = Label(theme, self._desk.words.number(count), "nums", color)
                figure.setMinimumWidth(theme.px(52))
                figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._facts.addWidget(figure, number, 0)
                self._facts.addWidget(Label(theme, words, "body", "ink2"), number, 1)
        self._facts.setColumnStretch(1, 1)

    def _show_notes(self, result: ImportResult) -> None:
        say, theme = self._desk.say, self._desk.theme
        clear_layout(self._notes)
        lines: list[QLabel] = []
        if result.seen_before:
            lines.append(Paragraph(theme, say("The very same file came in before."), "medium", "warn"))
        if result.unused:
            columns = ", ".join(result.unused)
            lines.append(Paragraph(theme, say("Columns that say nothing we keep: {columns}", columns=columns), "body",
                                   "ink2"))  # fmt: skip
        if result.notes:
            lines.append(Label(theme, say("Rows to know of"), "h3"))
        lines += [self._note(note) for note in result.notes[:_MOST_NOTES]]
        more = len(result.notes) - _MOST_NOTES
        if more > 0:
            lines.append(Label(theme, self._desk.words.trn("and {number} more row", "and {number} more rows", more),
                               "small", "ink3"))  # fmt: skip
        if not lines:
            lines.append(Paragraph(theme, say("Every row was understood."), "body", "ink2"))
        for each in lines:
            self._notes.addWidget(each)
        self._notes.addStretch(1)

    def _note(self, note: Note) -> QLabel:
        what = self._desk.words.note(note.code, note.facts)
        row = self._desk.say("Row {row}: {what}", row=note.row, what=what)
        return Paragraph(self._desk.theme, row, "small", "warn" if note.skipped else "ink2")

    def _import(self) -> None:
        handed, kind, desk = self._handed, self.kind, self._desk
        if handed is None:
            return

        def told(result: ImportResult) -> None:
            desk.tell(
                desk.say("{added} new, {updated} updated from {file}", added=result.added, updated=result.updated,
                         file=handed.source.name),
                undoable=True,
            )  # fmt: skip
            desk.go("people" if kind is ImportKind.PEOPLE else "catalogue")

        desk.runner.run(
            Job("Importing a list"),
            lambda store, job: import_handed(store, handed, kind, None, job),
            writes=True,
            then=told,
        )
        self.close_overlay()
