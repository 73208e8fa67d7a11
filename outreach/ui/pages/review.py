"""Review: what went out and what came of it, with how sure one can be; and whom to thank."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.jobs import Job
from outreach.paper.report import write_report
from outreach.services.campaigns.campaign import campaign_names
from outreach.services.drafting.senders import sender
from outreach.services.report.pictures import pictures_for
from outreach.services.review.behind import Wish
from outreach.services.review.making import review
from outreach.services.review.value import Review, Thanks
from outreach.services.review.wanted import PLACE, Wanted, wanted_of
from outreach.services.shipments.labels import paper_of
from outreach.services.workspaces.views import View
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.review_parts import RateParts
from outreach.ui.post_acts import PostActs
from outreach.ui.printing import print_report
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.figures import Figures
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import clear_layout, scrolled
from outreach.ui.widgets.menus import Menu
from outreach.ui.widgets.reviewed import ApartView, SalesView, ThankRow, TitlesView
from outreach.ui.widgets.tightening import Beside, Row
from outreach.ui.widgets.views import ViewsButton
from outreach.wording.report import lead, scope
from outreach.wording.report_blocks import report_of, shown_pictures
from outreach.wording.review import LARGE, Figured, figures, lift_lines, numbers_apart, time_lines

_MOST_THANKED = 5
#: What the menu offers beside the review itself: the action's name and its words.
_ACTS = (
    ("review_scope", "Which gifts…"), ("compare", "Two campaigns beside one another…"), None,
    ("log_sale", "Note a sale…"), ("sales_codes", "Codes and links…"), ("sales_list", "Read a list of sales…"),
    ("worth", "What money is worth in another…"),
)  # fmt: skip


class ReviewPage(Page):
    """The manager's page."""

    tables = ("gift", "outcome", "post", "club", "headcount", "campaign", "item", "person", "sale", "sales_code",
              "exchange_rate", "event", "event_sale", "expense", "shipment", "edition", "goal",
              "roster_member")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._review: Review | None = None
        self._found: tuple[Review, list[tuple[int, str]]] | None = None
        self._wanted = Wanted()
        self._shown_figures: tuple[Figured, ...] = ()
        self._acts = PostActs(desk)
        self._period, self._campaign = Choice(say("Period")), Choice(say("Campaign"))
        for key, label in (("", say("All time")), ("half", say("Last 6 months")), ("year", say("Last 12 months")),
                           ("days", say("Other days…"))):  # fmt: skip
            self._period.addItem(label, key)
        self._views = ViewsButton(desk, PLACE, lambda: View(PLACE, self._wanted.text()), self._show_view)
        self._more = Button(theme, "", "ghost", "ellipsis")
        self._more.setAccessibleName(say("What else can be done"))
        self._export = Button(theme, say("Export"), "default", "upload", key_of("export"))
        self._lead, self._scope = Label(theme, "", "h2", wrap=True), Label(theme, "", "small", "ink3", wrap=True)
        self._four = Figures(theme, self._open)
        self._rates = RateParts(desk, self._open_group)
        self._charts = self._rates.views
        self._thanks, self._thanks_count = QVBoxLayout(), Label(theme, "", "small", "ink3")
        self._sales, self._titles = SalesView(desk), TitlesView(desk)
        self._apart = ApartView(desk, say("Counted apart, never added"))
        self._told = [Paragraph(theme, "", "small", "ink2") for _ in range(3)]
        self._lift_head = Label(theme, desk.words.say("review.lift"), "h3")
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self._period.activated.connect(lambda _: self._choose_period())
        self._campaign.activated.connect(lambda _: self._choose_campaign())
        self._titles.opened.connect(self._open_title)
        self._apart.opened.connect(self._open)
        self._more.clicked.connect(lambda: self.menu().drop_from(self._more))
        self._export.clicked.connect(self._save)
        for name, act in {"as_table": self._turn, "export": self._save, "print_review": self._print,
                          **self._dialogs()}.items():  # fmt: skip
            bind(self, name, act)

    def _dialogs(self) -> dict[str, Callable[[], None]]:
        """What opens a dialog, by the name of its action."""
        ask = self.desk.ask
        return {
            "review_scope": self._ask_scope,
            "compare": lambda: ask("compare", self._wanted.chosen.campaign_id),
            "log_sale": lambda: ask("sale", self._wanted.chosen.campaign_id), "sales_codes": lambda: ask("sales_codes"),
            "sales_list": lambda: ask("sales_list"), "worth": lambda: ask("worth"),
        }  # fmt: skip

    def _lay_out(self) -> None:
        theme, say = self.theme, self.desk.say
        for choice, width in ((self._period, 160), (self._campaign, 176)):
            choice.setFixedWidth(theme.px(width))
        head = Row(Label(theme, say("Review"), "h1"), None, self._views, self._period, self._campaign, self._export,
                   self._more, margins=(24, 14, 20, 8))  # fmt: skip
        top = QWidget()
        top.setLayout(column(head, column(self._lead, self._scope, margins=(24, 0, 24, 12)), Rule(theme)))
        body = QWidget()
        body.setLayout(
            column(column(self._four, margins=(12, 10, 12, 8)), Rule(theme), self._middle(), Rule(theme),
                   self._bottom(), Rule(theme), self._foot(), None)
        )  # fmt: skip
        self.setLayout(column(top, scrolled(body)))

    def _middle(self) -> QWidget:
        theme, say = self.theme, self.desk.say
        right = QWidget()
        head = line(Label(theme, say("People to thank"), "h3"), self._thanks_count, None)
        self._thanks.setSpacing(3)
        right.setLayout(column(column(head, margins=(4, 0, 0, 0)), 8, self._thanks, None))
        parts = (self._rates.part("genre"), self._rates.part("tier"), right)
        return Beside(*parts, shares=(5, 5, 4), spacing=36, margins=(24, 16, 20, 14), least=theme.px(840))

    def _bottom(self) -> QWidget:
        theme, say = self.theme, self.desk.say
        sales, titles = QWidget(), QWidget()
        sales.setLayout(column(Label(theme, say("Sales by code"), "h3"), 8, self._sales, None))
        titles.setLayout(column(Label(theme, say("By title"), "h3"), 4, self._titles, None))
        return Beside(sales, titles, shares=(9, 10), spacing=36, margins=(24, 16, 24, 18), least=theme.px(900))

    def _foot(self) -> QWidget:
        theme, say, words = self.theme, self.desk.say, self.desk.words
        apart, told = QWidget(), QWidget()
        apart.setLayout(column(Label(theme, say("Counted apart, never added"), "h3"), 6, self._apart, None))
        heads = (Label(theme, words.say("review.time"), "h3"), self._lift_head,
                 Label(theme, words.say("review.unknown"), "h3"))  # fmt: skip
        parts = [part for head, text in zip(heads, self._told, strict=True) for part in (head, 4, text, 14)]
        told.setLayout(column(*parts, None))
        return Beside(self._rates.others(), apart, told, shares=(5, 5, 4), spacing=36, margins=(24, 16, 24, 24),
                      least=theme.px(840))  # fmt: skip

    def menu(self) -> Menu:
        """What can be done beside looking."""
        menu, say, keys, acts = Menu(self), self.desk.say, self.desk.keys, self._dialogs()
        label = say("As charts") if self._is_table else say("As tables")
        menu.addAction(f"{label}\t{keys.shown('as_table')}").triggered.connect(self._turn)
        menu.addAction(say("Print") + f"\t{keys.shown('print_review')}").triggered.connect(self._print)
        menu.addSeparator()
        for act in _ACTS:
            if act is None:
                menu.addSeparator()
            else:
                menu.addAction(say(act[1])).triggered.connect(partial(_call, acts[act[0]]))
        return menu

    # Of what it is.

    def _choose_period(self) -> None:
        period = self._period.currentData()
        if period == "days":
            self._ask_scope()
        else:
            self._be_of(Wanted(period, self._wanted.chosen))

    def _choose_campaign(self) -> None:
        self._be_of(
            replace(self._wanted, chosen=replace(self._wanted.chosen, campaign_id=self._campaign.currentData()))
        )

    def _ask_scope(self) -> None:
        self._period.setCurrentIndex(self._period.findData(self._wanted.period))
        self.desk.ask("review_scope", (self._wanted, self._be_of))

    def _show_view(self, view: View) -> None:
        self._be_of(wanted_of(view.query))

    def _be_of(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._period.setCurrentIndex(self._period.findData(wanted.period))
        self._views.note()
        self.refresh()

    def refresh(self) -> None:
        scope_ = self._wanted.scope(self.desk.store.today())

        def reading(opened: Store) -> tuple[Review, list[tuple[int, str]]]:
            return review(opened, scope_), campaign_names()

        self.desk.runner.read(reading, then=self._show, replaces="review")

    def _show(self, found: tuple[Review, list[tuple[int, str]]]) -> None:
        if found == self._found:
            return  # what is shown says so already
        self._found = found
        made, campaigns = found
        self._review = made
        words = self.desk.words
        self._campaign.clear()
        self._campaign.addItem(words.tr("All campaigns"), None)
        for row, name in campaigns:
            self._campaign.addItem(name, row)
        self._campaign.setCurrentIndex(max(0, self._campaign.findData(self._wanted.chosen.campaign_id)))
        self._lead.setText(lead(words, made))
        self._scope.setText(scope(words, made))
        self._scope.setVisible(self._wanted != Wanted())
        self._shown_figures = tuple(figures(words, made)[:LARGE])
        self._four.set_figures(self._shown_figures)
        self._rates.show(made)
        self._show_thanks(made.thanks)
        self._sales.set_lines(words.say("review.sales"), made.sales_lines, made.worth.currency)
        self._titles.set_lines(made.items)
        self._apart.set_rows(numbers_apart(words, made))
        lifts = list(lift_lines(words, made))
        if made.scope.campaign_id is not None and not lifts:
            lifts = [words.say("review.lift_unknown")]
        unknown = [words.say(code, number=number) for code, number in made.unknown]
        for part, lines in zip(self._told, (time_lines(words, made), lifts, unknown), strict=True):
            part.set_text("\n".join(lines) or words.say("review.nothing_known"))
        self._lift_head.setVisible(bool(lifts))
        self._told[1].setVisible(bool(lifts))

    @property
    def _is_table(self) -> bool:
        return self._charts[0].chart.isHidden()

    def _turn(self) -> None:
        """Show the charts as tables, or as charts again."""
        on = not self._is_table
        for chart in self._charts:
            chart.show_table(on=on)
        self._sales.show_table(on=on)

    # The lists behind the numbers.

    def _open(self, number: str) -> None:
        named = [(each.behind, each.name) for each in self._shown_figures]
        if self._review is not None:
            named += [(each.behind, each.name) for each in numbers_apart(self.desk.words, self._review)]
        self._open_group(number, dict(reversed(named)).get(number, ""))

    def _open_title(self, number: str) -> None:
        item = int(number.partition(":")[2])
        titles = {each.item_id: each.title for each in self._review.items} if self._review is not None else {}
        self._open_group(number, titles.get(item, ""))

    def _open_group(self, number: str, name: str) -> None:
        if self._review is not None:
            self.desk.ask("behind", Wish(self._review.scope, number, name))

    # Whom to thank.

    def _show_thanks(self, thanks: tuple[Thanks, ...]) -> None:
        clear_layout(self._thanks)
        self._thanks_count.setText(self.desk.words.number(len(thanks)) if thanks else "")
        for each in thanks[:_MOST_THANKED]:
            self._thanks.addWidget(ThankRow(self.desk, each, partial(self._thank, each)))
        if not thanks:
            none = self.desk.say("When someone posts or starts a club, they stand here.")
            self._thanks.addWidget(Paragraph(self.theme, none, "small", "ink2"))

    def _thank(self, each: Thanks) -> None:
        """Draft a thank-you for the newest post, or for the club or the sales where there is none."""
        if each.post_id is not None:
            self._acts.thank(each.post_id, each.name)
        elif each.item_id is not None:
            for_club = self.desk.say("I hear that readers meet around it because of you.")
            for_sales = self.desk.say("I see that readers found it because of you.")
            self._acts.thank_for(each.person_id, each.item_id, each.name, for_club if each.clubs else for_sales)
        else:
            self.desk.go("people", each.person_id)

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


def _call(act: Callable[[], None], _checked: bool = False) -> None:
    act()
