"""A campaign's page: its goal, its money, its posts; how far its gifts came; everyone in it, by stage."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRectF, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.errors import KnownError
from outreach.services.campaigns.budget import Spending
from outreach.services.campaigns.campaign import take_out
from outreach.services.campaigns.goals import GoalFacts
from outreach.services.gifts import MOVES, GiftState, move_gifts
from outreach.services.pages.campaign import CampaignPage
from outreach.services.shipments import create_shipments
from outreach.store.database import Store
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.pages.campaign_rows import RosterColumns, RosterModel, RosterTable, roster_rows
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import named_runs
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import meter
from outreach.ui.widgets.basics import Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.bulk import BulkBar
from outreach.ui.widgets.flow import Block, Paragraph
from outreach.ui.widgets.lists import scrolled
from outreach.ui.widgets.menus import Menu
from outreach.ui.widgets.strip import Strip, counted_apart
from outreach.ui.widgets.tabs import Tabs
from outreach.ui.widgets.tightening import Row
from outreach.wording.campaigns import goal_figure, goal_lines, spent_on

#: To which states gifts are moved by hand; parcels move them to the others.
_BY_HAND = (GiftState.ASKED, GiftState.ACCEPTED, GiftState.DECLINED, GiftState.CLOSED_QUIET)


class Meters(Block):
    """Three meters: the goal with a mark where the days so far would be, the budget, the organic posts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._told: list[tuple[str, str, str, float, float | None, str, str]] = []

    def set_page(self, page: CampaignPage) -> None:
        """Show another campaign's."""
        spending = page.budget.spending[0] if page.budget.spending else None
        self._told = [self._goal(page.goals[0] if page.goals else None), self._budget(spending), self._posts(page)]
        self.setAccessibleName(". ".join(f"{each[0]}: {each[1]} {each[2]}, {each[3 + 2 + 1]}" for each in self._told))
        self.refresh()

    def _goal(self, goal: GoalFacts | None) -> tuple[str, str, str, float, float | None, str, str]:
        say, words = self._desk.say, self._desk.words
        if goal is None:
            return say("Goal"), "–", "", 0.0, None, "accent", say("Copies or money, by a day. None is set yet")
        what = words.term("goal_copies" if goal.unit == "copies" else "goal_money", goal.kind)
        day = words.short_day(goal.due_on, self._desk.today)
        head = say("Goal: {what} by {day}", what=what, day=day) if day else say("Goal: {what}", what=what)
        pace = goal.expected / goal.target if goal.expected is not None else None
        below = say("No sales are known yet") if not goal.is_told else say("{number} by code", number=goal_figure(
            words, goal, goal.by_code))  # fmt: skip
        if goal.is_told and pace is not None:
            below += ". " + (say("Ahead of pace") if goal.is_ahead else say("The mark is where the days are"))
        of = say("of {whole}", whole=goal_figure(words, goal, goal.target))
        return head, goal_figure(words, goal, goal.reached), of, goal.reached / goal.target, pace, "accent", below

    def _budget(self, spending: Spending | None) -> tuple[str, str, str, float, float | None, str, str]:
        say, words = self._desk.say, self._desk.words
        if spending is None:
            return say("Budget"), "–", "", 0.0, None, "ribbon", say("Nothing is planned or spent yet")
        whole = words.money(spending.whole, spending.currency)
        share = spending.total / spending.whole if spending.whole else 0.0
        of = say("of {whole}", whole=whole) if spending.whole else say("spent, none was set")
        return (say("Budget"), words.money(spending.total, spending.currency), of, share, None, "ribbon",
                spent_on(words, spending))  # fmt: skip

    def _posts(self, page: CampaignPage) -> tuple[str, str, str, float, float | None, str, str]:
        say, strip, number = self._desk.say, page.strip, self._desk.words.number
        delivered = strip["delivered"]
        of = say("from {number} delivered", number=number(delivered))
        below = say("{reading} still reading, {quiet} quiet", reading=number(strip["reading"]),
                    quiet=number(strip["quiet"]))  # fmt: skip
        share = strip["posted"] / delivered if delivered else 0.0
        return say("Organic posts"), number(page.organic), of, share, None, "good", below

    def height_at(self, width: float) -> float:
        del width
        return self.theme.px(92)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        px, gap = canvas.px, canvas.px(40)
        step = (width + gap) / 3
        for place, (head, figure, of, share, pace, color, below) in enumerate(self._told):
            x, wide = place * step, step - gap
            canvas.text(x, px(8), head, "smallm", "ink2", width=wide)
            after = x + canvas.text(x, px(37), figure, "stat2", width=wide * 0.6) + 10
            canvas.text(after, px(39), of, "body", "ink3", width=x + wide - after)
            meter(canvas, x, px(63), wide, share, color)
            if pace is not None:
                canvas.fill(QRectF(x + wide * min(1.0, pace) - 1, px(63) - 7, 2, 14), "ink")
            canvas.text(x, px(84), below, "small", "ink2", width=wide)


class CampaignSheet(QWidget):
    """One campaign, rebuilt from one value.

    Signals:
        left: The list of campaigns is wanted.
        more_asked: The menu of what else can be done is wanted.
    """

    left = Signal()
    more_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._page: CampaignPage | None = None
        self._folded: set[str] = set()
        theme, say = desk.theme, desk.say
        self._back = Button(theme, say("Campaigns"), "link", "chevron-left")
        self._state = Label(theme, "", "small", "ink3")
        self._name = Painted(theme, self._paint_name, 40)
        self._find = Button(theme, say("Find people"), "default", "puzzle", key_of("match"))
        self._write = Button(theme, say("Write letters"), "primary", "feather", key_of("pitch"))
        self.more = Button(theme, "", "ghost", "ellipsis")
        self.more.setAccessibleName(say("More"))
        self.more.setToolTip(say("More"))
        self._meters = Meters(desk)
        self._strip = Strip(theme, desk.words)
        self._apart = Label(theme, "", "small", "ink3")
        parts = (("people", say("People")), ("letters", say("Letters")), ("shipments", say("Shipments")))
        self.tabs = Tabs(theme, [*parts, ("posts", say("Posts")), ("notes", say("Notes"))])
        self._columns = RosterColumns(desk)
        self.model = RosterModel(self._columns.columns(), lambda _: {}, self._columns.speak, self)
        self.table = RosterTable(theme, self.model)
        self.table.setAccessibleName(say("People of the campaign"))
        self._notes = Paragraph(theme, "", "body", "ink2")
        self._parts = QStackedWidget()
        self._lay_out()
        self.bulk = BulkBar(
            desk, self.table,
            [(say("Ship"), "package", key_of("ship"), self.ship),
             (say("Letter"), "feather", key_of("pitch"), self.write),
             (say("Move to…"), "arrow-right", key_of("stage"), self.move_on),
             (say("Remove"), "x", key_of("remove"), self.remove)],
        )  # fmt: skip
        self._back.clicked.connect(self.left)
        self.more.clicked.connect(self.more_asked)
        self._find.clicked.connect(self.match)
        self._write.clicked.connect(self.write)
        self.tabs.chosen.connect(self._turn)
        self.table.clicked.connect(self._clicked)
        self.table.opened.connect(self._open)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        head = QWidget()
        crumb = line(self._back, self._state, None, spacing=8)
        title = Row(self._name, self._find, self._write, self.more, spacing=12)
        head.setLayout(column(crumb, title, margins=(24, 10, 20, 12)))
        middle = QWidget()
        middle.setLayout(column(self._meters, 10, Rule(theme), 8, self._strip, self._apart, margins=(24, 14, 24, 6)))
        tabs = QWidget()
        tabs.setLayout(column(self.tabs, margins=(24, 0, 20, 0)))
        notes = QWidget()
        notes.setLayout(column(self._notes, None, margins=(24, 16, 24, 16)))
        for each in (self.table, scrolled(notes)):
            self._parts.addWidget(each)
        self.setLayout(column(head, Rule(theme), middle, tabs, Rule(theme), self._parts))

    @property
    def campaign_id(self) -> int:
        """Which campaign is shown, -1 for none."""
        return self._page.facts.id if self._page else -1

    def show_page(self, page: CampaignPage) -> None:
        """Show a campaign."""
        if page.facts.id != self.campaign_id:
            self._folded = set()
            self.tabs.choose("people")
        self._page = page
        words, say = self._desk.words, self._desk.say
        self._state.setText(say("Closed") if page.facts.closed_on else say("Running"))
        self._name.setAccessibleName(page.facts.name)
        self._name.update()
        self._meters.set_page(page)
        self._strip.set_counts(page.strip)
        self._apart.setText(counted_apart(words, page.apart))
        self._apart.setVisible(bool(page.apart))
        for key, count in (("people", len(page.lines)), ("letters", page.letters), ("shipments", page.shipments),
                           ("posts", page.organic)):  # fmt: skip
            self.tabs.set_count(key, count)
        self._columns.set_page(page)
        self._fill()
        self._notes.set_text("\n".join(self._noted(page)))

    def _fill(self) -> None:
        if self._page is not None:
            self.table.show_people(roster_rows(self._page.lines, self._folded))

    def _noted(self, page: CampaignPage) -> list[str]:
        words, facts = self._desk.words, page.facts
        told = [words.say("campaigns.client", client=facts.client)] if facts.client else []
        told += [words.say("campaigns.why", why=facts.why)] if facts.why else []
        told += [text for goal in page.goals for text in goal_lines(words, goal)]
        told += [f"{words.day(step.due_on)}: {words.term('campaign_step', step.name)}"
                 + (f" ✓ {words.day(step.done_on)}" if step.done_on else "") for step in page.steps]  # fmt: skip
        return [*told, *([facts.notes] if facts.notes else [])]

    def _paint_name(self, canvas: Canvas, width: float, height: float) -> None:
        page = self._page
        if page is None:
            return
        books = [title for item, title in page.facts.titles.items() if item in page.facts.books]
        x, item = 0.0, next(iter(page.facts.titles), 0)
        if item:
            cover(canvas, 0, height / 2 - 19, 26, item, "")
            x = 38
        canvas.runs(x, height / 2, named_runs(page.facts.name, books, "h1", "h1i"), width - x)

    # What can be done from here.

    def match(self) -> None:
        """Find people for its first title."""
        self._go_to_title("match")

    def write(self) -> None:
        """Write to those it is planned for."""
        self._go_to_title("letters")

    def ship(self) -> None:
        """Pack what was accepted of those who are selected."""
        chosen = [gift for gift in self._chosen() if self._state_of(gift) == GiftState.ACCEPTED.value]
        if not chosen:
            self._desk.tell(self._desk.say("Only what was accepted is packed"))
            return
        told = self._desk.words.trn("Packed {number} parcel", "Packed {number} parcels", len(chosen))
        self._desk.write(lambda store: create_shipments(store, chosen), told, failed=self._failed)

    def move_on(self) -> None:
        """Move those who are selected to another stage."""
        self.stages().drop_from(self.tabs)

    def stages(self) -> Menu:
        """Where those who are selected can be moved by hand."""
        menu, words = Menu(self), self._desk.words
        states = [GiftState(self._state_of(gift)) for gift in self._chosen()]
        for to in _BY_HAND:
            offered = menu.addAction(words.term("gift_state", to.value))
            offered.setEnabled(bool(states) and all(to in MOVES[state] for state in states))
            offered.triggered.connect(lambda _=False, to=to: self._move_to(to))
        return menu

    def remove(self) -> None:
        """Take those who are selected out of the campaign."""
        chosen = self._chosen()
        if chosen:
            told = self._desk.words.trn("Took {number} person out of the campaign",
                                        "Took {number} people out of the campaign", len(chosen))  # fmt: skip
            self._desk.write(lambda store: take_out(store, chosen), told, failed=self._failed)

    def _move_to(self, to: GiftState) -> None:
        chosen, words = self._chosen(), self._desk.words
        told = words.trn("{number} gift: {stage}", "{number} gifts: {stage}", len(chosen),
                         stage=words.term("gift_state", to.value))  # fmt: skip
        self._desk.write(lambda store: _moved(store, chosen, to), told, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._desk.ask("trouble", error)

    def _chosen(self) -> list[int]:
        return list(self.table.selected_ids())

    def _state_of(self, gift: int) -> str:
        lines = self._page.lines if self._page else ()
        return next((line.state for line in lines if line.id == gift), "")

    def _go_to_title(self, place: str) -> None:
        if self._page is not None and self._page.facts.titles:
            self._desk.go(place, next(iter(self._page.facts.titles)))

    def _turn(self, key: str) -> None:
        """Notes stand here; letters, parcels and posts have places of their own."""
        if key in ("letters", "shipments", "posts"):
            self.tabs.choose("people")
            if key == "letters":
                self.write()
            else:
                self._desk.go(key)
            return
        self._parts.setCurrentIndex(1 if key == "notes" else 0)

    def _clicked(self, index: QModelIndex) -> None:
        if self.model.ids[index.row()] < 0:
            self._fold(self.model.ids[index.row()])

    def _open(self, row_id: int) -> None:
        if row_id < 0:
            self._fold(row_id)
        elif self._page is not None:
            person = next((line.person_id for line in self._page.lines if line.id == row_id), -1)
            self._desk.go("people", person)

    def _fold(self, head: int) -> None:
        row = self.model.row(self.model.place_of(head))
        self._folded ^= {row.stage}
        self._fill()


def _moved(store: Store, gifts: Sequence[int], to: GiftState) -> object:
    return move_gifts(store, gifts, to)
