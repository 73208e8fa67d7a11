"""Review: what went out and what came of it, with how sure one can be; and whom to thank."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.jobs import Job
from outreach.paper.report import write_report
from outreach.services.labels import paper_of
from outreach.services.pages.campaigns import CampaignLine, campaign_lines
from outreach.services.report.pictures import pictures_for
from outreach.services.review.making import review
from outreach.services.review.value import Review, Scope, Thanks
from outreach.services.senders import sender
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import avatar
from outreach.ui.printing import print_report
from outreach.ui.widgets.basics import Button, Choice, Label, Painted, Rule, column, line
from outreach.ui.widgets.charts import Figures, RateRow, TitleTable
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import clear_layout, scrolled
from outreach.ui.widgets.rates import RateView
from outreach.ui.widgets.tightening import Beside, Row
from outreach.wording.report import (
    apart,
    figures,
    group_name,
    groups,
    lead,
    thanked,
)
from outreach.wording.report_blocks import report_of, shown_pictures

#: By genre, by tier, by role.
_MOST_ROWS = (9, 5, 5)
_MOST_THANKED, _MOST_TITLES = 7, 10
_HALF_YEAR, _YEAR = timedelta(days=182), timedelta(days=365)


class ReviewPage(Page):
    """The manager's page."""

    tables = ("gift", "outcome", "post", "club", "headcount", "campaign", "item", "person")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say, words = desk.theme, desk.say, desk.words
        self._review: Review | None = None
        self._period = Choice(say("Period"))
        for key, label in (("", say("All time")), ("half", say("Last 6 months")), ("year", say("Last 12 months"))):
            self._period.addItem(label, key)
        self._campaign = Choice(say("Campaign"))
        self._as_table = Button(theme, say("As tables"), "default", "columns-3", key_of("as_table"))
        self._export = Button(theme, say("Export"), "default", "upload", key_of("export"))
        self._lead = Label(theme, "", "h2", wrap=True)
        self._four = Figures(theme)
        self._charts = [RateView(desk) for _ in range(3)]
        self._heads = [Label(theme, "", "h3") for _ in range(3)]
        self._thanks = QVBoxLayout()
        self._thanks_count = Label(theme, "", "small", "ink3")
        self._titles = TitleTable(theme, words)
        self._apart = Paragraph(theme, "", "small", "ink2")
        self._unknown = Paragraph(theme, "", "small", "ink2")
        self._lay_out()
        self._period.activated.connect(lambda _: self.refresh())
        self._campaign.activated.connect(lambda _: self.refresh())
        self._as_table.clicked.connect(self._turn)
        bind(self, "as_table", self._turn)
        self._export.clicked.connect(self._save)
        bind(self, "export", self._save)
        bind(self, "print_review", self._print)

    def _lay_out(self) -> None:
        theme, say = self.theme, self.desk.say
        for choice, width in ((self._period, 160), (self._campaign, 190)):
            choice.setFixedWidth(theme.px(width))
        head = Row(Label(theme, say("Review"), "h1"), None, self._period, self._campaign, self._as_table, self._export,
                   margins=(24, 14, 20, 8))  # fmt: skip
        top = QWidget()
        top.setLayout(column(head, column(self._lead, margins=(24, 0, 24, 14)), Rule(theme)))
        body = QWidget()
        body.setLayout(
            column(
                column(self._four, margins=(24, 14, 24, 12)), Rule(theme), self._middle(), Rule(theme), self._bottom(),
                None,
            )
        )  # fmt: skip
        self.setLayout(column(top, scrolled(body)))

    def _middle(self) -> QWidget:
        theme, say = self.theme, self.desk.say
        likely = [Label(theme, say("with likely range"), "small", "ink3") for _ in range(3)]
        left, middle, right = QWidget(), QWidget(), QWidget()
        left.setLayout(column(line(self._heads[0], likely[0], None), 8, self._charts[0], None))
        middle.setLayout(
            column(line(self._heads[1], likely[1], None), 8, self._charts[1], 10, line(self._heads[2], likely[2], None),
                   8, self._charts[2], None)
        )  # fmt: skip
        head = line(Label(theme, say("People to thank"), "h3"), self._thanks_count, None)
        self._thanks.setSpacing(2)
        right.setLayout(column(head, 8, self._thanks, None))
        return Beside(left, middle, right, shares=(5, 5, 4), spacing=36, margins=(24, 18, 24, 18), least=theme.px(840))

    def _bottom(self) -> QWidget:
        theme, say = self.theme, self.desk.say
        titles, beside = QWidget(), QWidget()
        titles.setLayout(column(Label(theme, say("By title"), "h3"), 6, self._titles, None))
        beside.setLayout(
            column(Label(theme, say("Counted apart, never added"), "h3"), 6, self._apart, 20,
                   Label(theme, say("What is not known"), "h3"), 6, self._unknown, None)
        )  # fmt: skip
        return Beside(titles, beside, shares=(9, 5), spacing=36, margins=(24, 18, 24, 24), least=theme.px(700))

    def refresh(self) -> None:
        store, key = self.desk.store, self._period.currentData()
        days = {"half": _HALF_YEAR, "year": _YEAR}.get(key)
        since = (store.today() - days).isoformat() if days else ""
        campaign = self._campaign.currentData()

        def reading(opened: Store) -> tuple[Review, list[CampaignLine]]:
            return review(opened, Scope(campaign_id=campaign, since=since)), campaign_lines(opened)

        self.desk.runner.read(reading, then=self._show, replaces="review")

    def _show(self, found: tuple[Review, list[CampaignLine]]) -> None:
        made, campaigns = found
        self._review = made
        words, chosen = self.desk.words, self._campaign.currentData()
        self._campaign.clear()
        self._campaign.addItem(words.tr("All campaigns"), None)
        for each in campaigns:
            self._campaign.addItem(each.name, each.id)
        self._campaign.setCurrentIndex(max(0, self._campaign.findData(chosen)))
        self._lead.setText(lead(words, made))
        self._four.set_figures(figures(words, made))
        for (name, rows), head, chart, most in zip(
            groups(words, made), self._heads, self._charts, _MOST_ROWS, strict=True
        ):
            head.setText(name)
            shown = [RateRow(group_name(words, kind, group), group.rate) for kind, group in rows[:most]]
            chart.set_rows(name, shown)
        self._show_thanks(made.thanks)
        self._titles.set_lines(made.items[:_MOST_TITLES])
        self._apart.set_text("\n".join(list(apart(words, made))[1:]))
        unknown = [words.say(code, number=number) for code, number in made.unknown]
        self._unknown.set_text("\n".join(unknown) or words.tr("Nothing that we know of."))

    def _turn(self) -> None:
        """Show the charts as tables, or as charts again."""
        on = self._charts[0].table.isHidden()
        for chart in self._charts:
            chart.show_table(on=on)
        self._as_table.set_label(self.desk.say("As charts") if on else self.desk.say("As tables"))

    def _show_thanks(self, thanks: tuple[Thanks, ...]) -> None:
        clear_layout(self._thanks)
        self._thanks_count.setText(self.desk.words.number(len(thanks)) if thanks else "")
        for each in thanks[:_MOST_THANKED]:
            self._thanks.addWidget(self._thank_row(each))
        if not thanks:
            none = self.desk.say("When someone posts or starts a club, they stand here.")
            self._thanks.addWidget(Paragraph(self.theme, none, "small", "ink2"))

    def _thank_row(self, each: Thanks) -> QWidget:
        below = thanked(self.desk.words, each)

        def paint(canvas: Canvas, width: float, height: float) -> None:
            middle = height / 2
            avatar(canvas, 0, middle - 15, 30, each.name)
            canvas.text(42, middle - canvas.px(9), each.name, "medium", width=width - 42)
            canvas.text(42, middle + canvas.px(9), below, "small", "ink3", width=width - 42)

        row = QWidget()
        go = Button(self.theme, self.desk.say("Open"), "default", height=28)
        go.setAccessibleName(self.desk.say("Open the page of {name}", name=each.name))
        go.clicked.connect(lambda: self.desk.go("people", each.person_id))
        row.setLayout(line(Painted(self.theme, paint, 42, words=f"{each.name}, {below}"), go))
        return row

    def _print(self) -> None:
        made, desk = self._review, self.desk
        if made is not None:
            print_report(desk, self, report_of(desk.words, made, desk.today.isoformat()))

    def _save(self) -> None:
        made, desk = self._review, self.desk
        path = desk.files.to_save(self, desk.say("Review"), "review.pdf") if made is not None else None
        if path is None or made is None:
            return
        chosen, review_, words = Path(path), made, desk.words

        def work(store: Store, job: Job) -> str:
            pictures = shown_pictures(words, pictures_for(store, review_.scope))
            report = report_of(words, review_, store.today().isoformat(), pictures)
            write_report(chosen, report, paper_of(sender().country), job)
            return chosen.name

        def told(name: str) -> None:
            desk.tell(desk.say("Wrote {file}", file=name))
            desk.files.show(chosen)

        desk.runner.run(Job("Writing the report", in_pages=chosen.suffix.casefold() == ".pdf"), work, then=told)
