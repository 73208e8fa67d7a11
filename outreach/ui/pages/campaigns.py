"""Campaigns: each with how far its gifts have come, and the one that is looked at."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.services.pages.campaign import CampaignPage, campaign_exists, campaign_page
from outreach.services.pages.campaigns import CampaignLine, campaign_lines
from outreach.services.pages.title import STRIP
from outreach.services.workspaces.views import View
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.campaign import CampaignSheet
from outreach.ui.pages.campaign_menu import CampaignActs
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import is_low, named_runs, two_lines
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import stage
from outreach.ui.sample import SampleLink
from outreach.ui.table.columns import Column
from outreach.ui.table.menu import arrange, arrangement
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState, Footer
from outreach.ui.widgets.strip import counted_apart
from outreach.ui.widgets.views import view_tools
from outreach.wording.words import small


class CampaignsPage(Page):
    """The list of campaigns; Enter opens one, and leads back from it."""

    tables = ("campaign", "gift", "outcome", "item", "campaign_item", "goal", "budget_line", "expense", "campaign_step",
              "roster_answer", "sale", "sales_code", "shipment", "post", "letter", "address", "person",
              "client")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self.model = RowModel(self._columns(), lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 56)
        self.table.setAccessibleName(say("Campaigns"))
        self.table.least = 260
        self.table.opened.connect(self._open)
        self._fact = Label(theme, "", "body", "ink3")
        self._footer = Footer(theme, [("↑↓", say("move")), ("Enter", say("open"))])
        find = Button(theme, say("Find people for a title"), "primary", "puzzle")
        find.clicked.connect(lambda: desk.go("match"))
        text = say("Match people to a title and name the campaign there. It is measured by what comes of it, never by "
                   "posts promised.")  # fmt: skip
        empty = EmptyState(
            theme, "flag", say("A campaign begins with a title and its people"), text, find,
            steps=(
                Step("puzzle", say("Choose people"), say("By what they enjoy, not by followers")),
                Step("feather", say("Write to each"), say("With nothing asked in return")),
                Step("chart-column", say("See what came of it"), say("Posted, reading, quiet are all fine")),
            ),
            link=SampleLink(desk),
        )  # fmt: skip
        self._stack = QStackedWidget()
        for each in (self.table, empty):
            self._stack.addWidget(each)
        self._open_id = -1
        self._rule = Rule(theme)
        self.views, self._columns_button = view_tools(desk, self.table, "campaigns", self._view, self._show_view)
        take_from(self, self.table, say("Campaigns"))
        bind(self, "save_view", self.views.save_as)
        self._begin_button = Button(theme, say("New campaign"), "primary", "plus", key_of("new"))
        self._begin_button.clicked.connect(self._begin)
        self._whole = QStackedWidget()
        head = self.header(say("Campaigns"), self._fact, self.views, self._columns_button, self._begin_button)
        listing = QWidget()
        listing.setLayout(column(head, self._rule, self._stack, self._footer))
        self._whole.addWidget(listing)
        self.setLayout(column(self._whole))
        self.acts = CampaignActs(self, lambda: self._open_id if self._open_id > 0 else self.table.current_id())
        self._of_one = self._bind()
        self._turn(0)

    @cached_property
    def sheet(self) -> CampaignSheet:
        """The page of one campaign."""
        made = CampaignSheet(self.desk)
        made.left.connect(self._back)
        made.more_asked.connect(self._open_menu)
        self._whole.addWidget(made)
        return made

    def _bind(self) -> list[QAction]:
        """Bind the keys; what is returned can be done while one campaign is open."""
        bind(self, "new", self._begin)
        bind(self, "more", self._open_menu)
        bind(self, "slash", self.focus_filter)
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("match", lambda: self.sheet.match()), ("pitch", lambda: self.sheet.write()),
            ("ship", lambda: self.sheet.ship()), ("stage", lambda: self.sheet.move_on()),
            ("remove", lambda: self.sheet.remove()),
        )  # fmt: skip
        return [bind(self, action, act) for action, act in acts]

    def _open_menu(self) -> None:
        self.acts.menu().drop_from(self.sheet.more if self._open_id > 0 else self._begin_button)

    def _turn(self, part: int) -> None:
        """Show the list, or one campaign."""
        self._whole.setCurrentIndex(part)
        for each in self._of_one:
            each.setVisible(bool(part))

    def focus_main(self) -> None:
        (self.table if self._open_id < 0 else self.sheet.table).setFocus()

    def focus_filter(self) -> None:
        if self._open_id > 0:
            self.sheet.filter.setFocus()

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self._open(row_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._open_id > 0:
            self._back()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        self.desk.ask("campaign", None)

    def _back(self) -> None:
        self._open_id = -1
        self._turn(0)
        self.table.setFocus()

    def _view(self) -> View:
        """How the list is looked at."""
        return View("campaigns", columns=arrangement(self.table))

    def _show_view(self, view: View) -> None:
        """Look at the list in another way."""
        arrange(self.table, view.columns)

    def refresh(self) -> None:
        self.desk.runner.read(campaign_lines, then=self._show, replaces="campaigns")
        if self._open_id > 0:
            self._read_one()

    def _read_one(self) -> None:
        wanted = self._open_id

        def reading(store: Store) -> CampaignPage | None:
            return campaign_page(store, wanted) if campaign_exists(wanted) else None

        self.desk.runner.read(reading, then=self._show_one, replaces="campaign")

    def _show_one(self, page: CampaignPage | None) -> None:
        if page is None:
            self._back()
        elif page.facts.id == self._open_id:
            self.sheet.show_page(page)
            if self._whole.currentIndex() == 0:
                self._turn(1)
                self.sheet.table.setFocus()

    def _show(self, lines: list[CampaignLine]) -> None:
        current = self.table.current_id()
        self.model.set_rows(lines)
        self.table.stay_at(current)
        self._stack.setCurrentIndex(0 if lines else 1)
        for each in (self._footer, self.views, self._columns_button):
            each.setVisible(bool(lines))
        said = self.desk.words.trn("{number} campaign", "{number} campaigns", len(lines))
        self._fact.setText(said if lines else "")
        self._footer.fact.setText(said)
        self.make_later("sheet")

    def _open(self, row_id: int) -> None:
        self._open_id = row_id
        self._read_one()

    def _days(self, row: CampaignLine) -> str:
        day = self.desk.words.day
        if row.starts_on and row.ends_on:
            return self.desk.say("{start} to {end}", start=day(row.starts_on), end=day(row.ends_on))
        return day(row.starts_on or row.ends_on)

    def _speak(self, row: CampaignLine) -> str:
        term = self.desk.words.term
        counts = (f"{term('stage', name)} {row.strip[name]}" for name in STRIP)
        return ", ".join(filter(None, (row.name, *counts, small(counted_apart(self.desk.words, row.apart)))))

    def _paint_name(self, canvas: Canvas, rect: QRectF, row: CampaignLine) -> None:
        middle, mark = rect.center().y(), canvas.px(13 if is_low(canvas, rect) else 20)
        if row.item_id is not None:
            cover(canvas, rect.left(), middle - mark * 0.75, mark, row.item_id, "")
        else:
            canvas.icon("flag", rect.left() + 2, middle, 16, "ink3")
        below = ", ".join(filter(None, (self._days(row), small(counted_apart(self.desk.words, row.apart)))))
        name, days = named_runs(row.name, row.titles, "medium"), (below, "small", "ink3")
        beside = canvas.px(36)
        two_lines(canvas, rect, rect.left() + beside, rect.width() - beside - 8, name, days)

    def _counted(self, name: str) -> Column:
        words = self.desk.words

        def paint(canvas: Canvas, rect: QRectF, row: CampaignLine) -> None:
            count = row.strip[name]
            stage(canvas, rect.left(), rect.center().y(), name, 13)
            color = "ink3" if not count else "good" if name == "posted" else "quiet" if name == "quiet" else "ink"
            canvas.text(rect.left() + 21, rect.center().y(), words.number(count), "num", color)

        return Column(name, words.term("stage", name), 92, paint, lambda row: str(row.strip[name]))

    def _columns(self) -> tuple[Column, ...]:
        first = Column("name", self.desk.say("Campaign"), 0, self._paint_name, lambda row: str(row.name))
        return (first, *(self._counted(name) for name in STRIP))
