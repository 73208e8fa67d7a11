"""Templates: the list, the one that is written, and how it reads for any person."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.drafting.comparing import Answered, compared
from outreach.services.drafting.drafts import LetterText
from outreach.services.drafting.preview import preview_template
from outreach.services.drafting.templates import (
    Doubt,
    KeptTemplate,
    as_text,
    doubts,
    kept_templates,
    save_template,
    twin_name,
)
from outreach.services.letters.templates import TemplateText
from outreach.store.database import Store
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.fields import Field
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.panes import Pane, Panes, Part
from outreach.ui.widgets.paper import Paper
from outreach.ui.widgets.templateeditor import TemplateEditor
from outreach.ui.widgets.tightening import Row

_PAUSE_MS = 350


class TemplatesView(QWidget):
    """The templates of the workspace.

    Signals:
        counted: How many there are.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        theme, say = desk.theme, desk.say
        self._rows: list[KeptTemplate] = []
        self._kept: TemplateText | None = None
        self._wanted = ""
        self._job: Job | None = None
        shown = Column("template", say("Template"), 0, self._paint_row, lambda row: str(row.label))
        self.model = RowModel([shown], lambda _: {}, lambda row: f"{row.label}, {self._kind(row)}", self)
        self.table = TableView(theme, self.model, 46, headings=False, inset=20, lined=False)
        self.table.setAccessibleName(say("Templates"))
        self.label, self.subject = Field(theme, say("Name of the template")), Field(theme, say("Subject"))
        self.editor = TemplateEditor(theme, say("Template"))
        self._doubts = Paragraph(theme, "", "small", "warn")
        self._facts = Button(theme, say("Insert fact"), "ghost", "braces", key_of("insert_fact"), height=28)
        self._save = Button(theme, say("Save"), "primary", "save", key_of("primary"))
        self._twin = Button(theme, say("Compare with another"), "ghost", "copy")
        self._whom = Field(theme, say("Read it for: name, e-mail or @handle"), "search")
        self.paper = Paper(theme, say("To"), say("Subject"))
        self._rates = Paragraph(theme, "", "small", "ink2")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme, say = self.desk.theme, self.desk.say
        left, middle = QWidget(), QWidget()
        left.setLayout(column(self.table, margins=(0, 10, 0, 8)))
        head = Row(self.label, self._facts, margins=(0, 0, 0, 0))
        below = Row(self._twin, None, self._save)
        body = column(head, 8, self.subject, 12, self.editor, 6, self._doubts, 6, Rule(theme), 10, below,
                      margins=(20, 12, 20, 14))  # fmt: skip
        body.setStretch(4, 1)
        middle.setLayout(body)
        right = Pane(theme, "inset", corners=(0, 0, 9, 0))
        title = Label(theme, say("How it reads"), "h3")
        rest = column(line(title, None), 8, self._whom, 12, self.paper, 8, self._rates,
                      margins=(24, 14, 20, 14))  # fmt: skip
        rest.setStretch(4, 1)
        right.setLayout(rest)
        self._right = right
        self.setLayout(column(Panes(theme, "templates", self.desk.home, [
            Part(left, 250, 2, least=210), Part(middle, least=400), Part(right, 460, 1, least=360),
        ])))  # fmt: skip

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _: self._open(self._row()))
        self.editor.textChanged.connect(self._timer.start)
        self.subject.textChanged.connect(lambda _: self._timer.start())
        self.label.textChanged.connect(lambda _: self._show_state())
        self._timer.timeout.connect(self._check)
        self._whom.editingFinished.connect(self._preview)
        self._facts.clicked.connect(self.insert_fact)
        self._save.clicked.connect(self.save)
        self._twin.clicked.connect(self._make_twin)

    def panes(self) -> list[QWidget]:
        """The parts between which F6 goes."""
        return [self.table, self.editor, self._right]

    def focus_main(self) -> None:
        """Take the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the templates; what is being written is not touched."""
        self.desk.runner.read(lambda _: kept_templates(), then=self._show, replaces="templates")

    def open_named(self, name: str) -> None:
        """Turn to a template."""
        self._wanted = name
        self._select()

    def insert_fact(self) -> None:
        """Offer the facts where the cursor is."""
        self.editor.offer_facts()

    def save(self) -> None:
        """Keep what was written as a new version."""
        text = self._written()
        if text is None or not self._is_changed():
            return

        def told(made: tuple[int, object]) -> str:
            return self.desk.say("Saved {name}, version {version}", name=text.label, version=made[0])

        def then(_: object) -> None:
            self._kept = text
            self._show_state()

        self.desk.write(lambda store: save_template(store, text), told, then=then,
                        failed=lambda error: self._doubts.set_text(self.desk.sentence(error)))  # fmt: skip

    def _make_twin(self) -> None:
        """A second template, by which half of the people are written to; which half says nothing of who they are."""
        text = self._written()
        if text is None:
            return
        twin = TemplateText(twin_name(text.name), self.desk.say("{name}, B", name=text.label), text.kind, text.subject,
                            text.body)  # fmt: skip
        self._wanted = twin.name
        self.desk.write(
            lambda store: save_template(store, twin), self.desk.say("Half of the people get the second one")
        )

    def _show(self, rows: list[KeptTemplate]) -> None:
        self._rows = rows
        current = self.table.current_id()
        self.model.set_rows(rows)
        self.counted.emit(len(rows))
        if not self._wanted:
            name = self._kept.name if self._kept is not None else ""
            self._wanted = name if current > 0 else ""
        self._select()
        if self.table.current_id() < 0:
            self.table.select_first()

    def _select(self) -> None:
        row = next((row for row in self._rows if row.name == self._wanted), None)
        if row is not None:
            self._wanted = ""
            self.table.select_ids([row.id], row.id)

    def _row(self) -> KeptTemplate | None:
        return next((row for row in self._rows if row.id == self.table.current_id()), None)

    def _open(self, row: KeptTemplate | None) -> None:
        if row is None or (self._kept is not None and self._kept.name == row.name and self._is_changed()):
            return  # what is being written is not thrown away
        self._kept = as_text(row)
        self.label.setText(row.label)
        self.subject.setText(row.subject)
        self.editor.setPlainText(row.body)
        self._check()

    def _written(self) -> TemplateText | None:
        kept = self._kept
        if kept is None or not self.label.text().strip():
            return None
        return TemplateText(kept.name, self.label.text().strip(), kept.kind, self.subject.text().strip(),
                            self.editor.toPlainText())  # fmt: skip

    def _is_changed(self) -> bool:
        return self._kept is not None and self._written() != self._kept

    def _show_state(self) -> None:
        self._save.setEnabled(self._is_changed())
        is_twin = self._kept is not None and self._kept.name.endswith("-b")
        has_twin = self._kept is not None and twin_name(self._kept.name) in [row.name for row in self._rows]
        self._twin.setVisible(not is_twin and not has_twin)

    def _check(self) -> None:
        """Look at what was typed, and show how it reads."""
        self._show_state()
        text = self._written()
        if text is None:
            return
        self.desk.runner.read(lambda _: doubts(text), then=partial(self._show_doubts, text), replaces="doubts")

    def _show_doubts(self, text: TemplateText, found: Sequence[Doubt]) -> None:
        if text != self._written():
            return  # more was typed meanwhile, and will be looked at
        self.editor.mark_unknown(frozenset(str(each.facts["fact"]) for each in found if "fact" in each.facts))
        self._doubts.set_text("\n".join(self._say(each) for each in found[:3]))
        if not any(each.stops for each in found):
            self._preview()

    def _say(self, doubt: Doubt) -> str:
        return self.desk.words.trouble(KnownError(doubt.code, **doubt.facts), window=True)

    def _preview(self) -> None:
        text, whom = self._written(), self._whom.text()
        if text is None or not self.isVisible():
            return
        if self._job is not None:
            self._job.cancel()
        name = text.name.removesuffix("-b")
        job = self._job = Job("Reading it through", repeatable=False)

        def work(store: Store, job: Job) -> tuple[LetterText, list[Answered]]:
            return preview_template(store, text, whom, job), compared(name)

        self.desk.runner.run(job, work, then=self._show_preview, failed=self._show_trouble)

    def _show_preview(self, found: tuple[LetterText, list[Answered]]) -> None:
        letter, rates = found
        self.paper.show_letter(letter)
        words = self.desk.words
        lines = []
        for each in rates:
            if each.sent and each.likely is not None:
                low, high = each.likely
                lines.append(words.tr("{name}: {answered} of {sent} answered, likely {low} to {high}", name=each.name,
                                      answered=each.answered, sent=each.sent, low=words.share(low),
                                      high=words.share(high)))  # fmt: skip
            elif each.sent:
                lines.append(words.tr("{name}: {answered} of {sent} answered, too few to say", name=each.name,
                                      answered=each.answered, sent=each.sent))  # fmt: skip
        self._rates.set_text("\n".join(lines))

    def _show_trouble(self, error: Exception) -> None:
        self._doubts.set_text(self.desk.sentence(error))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._timer.start()

    # What the list shows.

    def _kind(self, row: KeptTemplate) -> str:
        return self.desk.words.term("letter_kind", row.kind)

    def _paint_row(self, canvas: Canvas, rect: QRectF, row: KeptTemplate) -> None:
        middle, room = rect.center().y(), rect.width() - 14
        canvas.text(rect.left(), middle - canvas.px(9), row.label, "medium", width=room)
        shown = self.desk.say("{kind}, version {version}", kind=self._kind(row), version=row.version)
        canvas.text(rect.left(), middle + canvas.px(9), shown, "small", "ink3", width=room)
