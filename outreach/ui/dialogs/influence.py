"""What came of people, as a list with what it rests on; and whom a roster lacks."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.services.campaigns.campaign import campaign_facts
from outreach.services.campaigns.coverage import Coverage, coverage
from outreach.services.exporting.csvfile import write_csv
from outreach.services.review.influence import Came, Influence, Proof, influence, proofs_of, put_in_order
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import avatar
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import scrolled
from outreach.wording.influence import (
    apart_words,
    cover_name,
    coverage_lines,
    coverage_table,
    figure_words,
    influence_table,
    person_lines,
    proof_words,
    rate_words,
)

#: Heads and rows of a list, for a file.
Table = tuple[Sequence[str], Sequence[Sequence[str]]]
_WIDE, _HIGH, _ROW, _BELOW = 1200, 720, 40, 168
_COVER_WIDE, _COVER_ROW, _TOLD = 760, 32, 190


class InfluenceDialog(Overlay):
    """Everyone of whom something came, ordered by one outcome; below, what is known of whom one looks at."""

    def __init__(self, desk: Desk, parent: QWidget, campaign_id: int | None) -> None:
        theme, say = desk.theme, desk.say
        self._desk, self._campaign = desk, campaign_id or None
        self._found: list[Influence] = []
        self.model = RowModel(self._columns(), lambda _: {}, self._speak)
        self.table = TableView(theme, self.model, _ROW)
        self.table.setAccessibleName(say("What came of people"))
        self._about = Paragraph(theme, desk.words.say("influence.about"), "small", "ink2")
        self.below = Paragraph(theme, "", "small", "ink")
        self._export = Button(theme, say("Export"), "default", "upload")
        close = Button(theme, say("Close"), key="Esc")
        self.go = Button(theme, say("Open the person"), "primary", "users", "Enter")
        name = campaign_facts(self._campaign).name if self._campaign else ""
        title = say("What came of the people of {name}", name=name) if name else say("What came of people")
        panel = _panel(theme, title, self._about, self.table, self._known(), [self._export, None, close, self.go])
        super().__init__(theme, parent, panel, _WIDE, _HIGH)
        self.model.setParent(self)
        self._export.clicked.connect(self.export)
        close.clicked.connect(self.close_overlay)
        self.go.clicked.connect(self._open)
        self.table.opened.connect(lambda _: self._open())
        self.table.current_changed.connect(lambda _: self._look())
        self.table.order_asked.connect(lambda order, _turned: self.order(Came(order)))
        self.table.setFocus()
        job, campaign = Job("Looking what came of people"), self._campaign
        self.closed.connect(job.cancel)
        desk.runner.run(job, lambda store, _job: influence(store, campaign), then=self.still(self._take))

    def order(self, first: Came) -> None:
        """Put them in order by another outcome first."""
        self._found = put_in_order(self._found, first)
        self.table.show_order(first.value, descending=True)
        self.model.set_rows(self._found)
        self.table.select_first()

    def export(self) -> None:
        """Write the list as CSV where the user says."""
        _export(self._desk, self, "what-came-of-people.csv", influence_table(self._desk.words, self._found))

    def enter(self) -> None:
        self._open()

    def _known(self) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(self.below, None, margins=(26, 12, 26, 8)))
        area = scrolled(holder)
        area.setFixedHeight(self._desk.theme.px(_BELOW))
        return area

    def _take(self, found: list[Influence]) -> None:
        self._found = found
        self.order(Came.JOINERS)
        for each in (self.go, self._export):
            each.setEnabled(bool(found))
        if not found:
            self._about.set_text(self._desk.words.say("influence.nobody"))

    def _current(self) -> Influence | None:
        return next((each for each in self._found if each.id == self.table.current_id()), None)

    def _look(self) -> None:
        """Say what is known of whom one looks at: at once what it comes to, then what that rests on."""
        chosen, words, campaign = self._current(), self._desk.words, self._campaign
        if chosen is None:
            self.below.set_text("")
            return
        lines = [f"{chosen.name}. " + ". ".join(person_lines(words, chosen))]
        self.below.set_text(lines[0])

        def show(proofs: list[Proof]) -> None:
            told = (f"{head} ({how})" for head, how in (proof_words(words, proof) for proof in proofs))
            self.below.set_text("\n".join([*lines, *told]))

        def reading(store: Store) -> list[Proof]:
            return proofs_of(store, chosen.person_id, campaign)

        self._desk.runner.read(reading, then=self.still(show), replaces="influence")

    def _open(self) -> None:
        chosen = self._current()
        if chosen is not None:
            self.close_overlay()
            self._desk.go("people", chosen.person_id)

    def _speak(self, row: Influence) -> str:
        return ", ".join((row.name, *person_lines(self._desk.words, row)))

    def _columns(self) -> list[Column]:
        words, say = self._desk.words, self._desk.say

        def number(came: Came) -> Column:
            def text(row: Influence) -> str:
                return figure_words(words, row.figures.get(came))

            label = words.term("came_short", came)
            return Column(came.value, label, 116, plain(text, "num", right=True), text, came.value, right=True)

        def posted(row: Influence) -> str:
            return rate_words(words, row.posted, "posted")

        def apart(row: Influence) -> str:
            return apart_words(words, row).partition(": ")[2]

        return [
            Column("person", say("Person"), 208, self._paint_person, lambda row: str(row.name)),
            *(number(came) for came in Came),
            Column("rate", say("Posted"), 0, plain(posted, "small", "ink2"), posted),
            Column("apart", say("Counted apart"), 220, plain(apart, "small", "ink3"), apart, optional=True),
        ]

    @staticmethod
    def _paint_person(canvas: Canvas, rect: QRectF, row: Influence) -> None:
        middle = rect.center().y()
        size = canvas.px(26)
        avatar(canvas, rect.left(), middle - size / 2, size, row.name)
        canvas.text(rect.left() + size + 12, middle, row.name, "medium", width=rect.width() - size - 20)


class CoverageDialog(Overlay):
    """Whom a campaign's people lack, or everyone whom we know: in sentences, and as a table."""

    def __init__(self, desk: Desk, parent: QWidget, campaign_id: int | None) -> None:
        theme, say = desk.theme, desk.say
        self._desk = desk
        self._found: Coverage | None = None
        self.model = RowModel(self._columns(), lambda _: {}, self._speak)
        self.table = TableView(theme, self.model, _COVER_ROW)
        self.table.setAccessibleName(say("How the people cover the titles"))
        self.told = Paragraph(theme, "", "body", "ink")
        self._about = Paragraph(theme, "", "small", "ink2")
        self._export = Button(theme, say("Export"), "default", "upload")
        close = Button(theme, say("Close"), "primary", key="Esc")
        holder = QWidget()
        holder.setLayout(column(self.told, None, margins=(26, 12, 26, 12)))
        area = scrolled(holder)
        area.setFixedHeight(theme.px(_TOLD))
        name = campaign_facts(campaign_id).name if campaign_id else ""
        title = say("Whom {name} lacks", name=name) if name else say("Whom your people lack")
        panel = _panel(theme, title, self._about, area, self.table, [self._export, None, close])
        super().__init__(theme, parent, panel, _COVER_WIDE, _HIGH)
        self.model.setParent(self)
        self._export.clicked.connect(self.export)
        close.clicked.connect(self.close_overlay)
        self.table.setFocus()
        job = Job("Looking whom the people lack")
        self.closed.connect(job.cancel)
        desk.runner.run(job, lambda store, _job: coverage(store, campaign_id or None), then=self.still(self._take))

    def export(self) -> None:
        """Write the table as CSV where the user says."""
        if self._found is not None:
            _export(self._desk, self, "whom-we-lack.csv", coverage_table(self._desk.words, self._found))

    def enter(self) -> None:
        self.close_overlay()

    def _take(self, found: Coverage) -> None:
        words = self._desk.words
        self._found = found
        sizes = (words.count("coverage.people", found.people), words.count("coverage.titles", found.titles))
        self._about.set_text(", ".join(sizes))
        self.told.set_text("\n".join(coverage_lines(words, found)))
        self.model.set_ids(range(len(found.rows)), dict(enumerate(found.rows)))
        self.table.select_first()

    def _speak(self, row: Any) -> str:
        words = self._desk.words
        lacks = self._desk.say("nobody on it") if row.is_lacking else words.number(row.people)
        return ", ".join((words.term("facet", row.facet), cover_name(words, row), lacks))

    def _columns(self) -> list[Column]:
        words, say = self._desk.words, self._desk.say

        def number(key: str, label: str, text: Callable[[Any], str]) -> Column:
            return Column(key, label, 116, plain(text, "num", right=True), text, right=True)

        def facet(row: Any) -> str:
            return words.term("facet", row.facet)

        def name(row: Any) -> str:
            return cover_name(words, row)

        return [
            Column("facet", say("What"), 132, plain(facet, "body", "ink2"), facet),
            Column("name", say("Name"), 0, plain(name, "medium"), name),
            number("titles", say("Titles"), lambda row: words.number(row.titles) if row.titles else ""),
            number("people", say("On it"), lambda row: words.number(row.people)),
            number("elsewhere", say("You also know"), lambda row: words.number(row.elsewhere)),
        ]


def _panel(theme: Any, title: str, about: QWidget, main: QWidget, below: QWidget, foot: Sequence[Any]) -> QWidget:
    """A heading, a sentence, two parts, and buttons."""
    head, buttons, panel = QWidget(), QWidget(), QWidget()
    head.setLayout(column(Label(theme, title, "h2", wrap=True), 8, about, margins=(26, 22, 26, 12)))
    buttons.setLayout(line(*foot, margins=(26, 12, 26, 18)))
    body = column(head, Rule(theme), main, Rule(theme), below, Rule(theme), buttons)
    body.setStretchFactor(main if isinstance(main, TableView) else below, 1)
    panel.setLayout(body)
    return panel


def _export(desk: Desk, parent: QWidget, name: str, table: Table) -> None:
    path = desk.files.to_save(parent, desk.say("Export as CSV"), name)
    if path is None:
        return
    heads, rows = table

    def work(_store: Store, _job: Job) -> str:
        write_csv(path, heads, rows)
        return path.name

    desk.runner.run(
        Job("Writing the list"), work, then=lambda file: desk.tell(desk.say("Wrote {file}", file=file)),
        failed=lambda error: desk.ask("trouble", error),
    )  # fmt: skip
