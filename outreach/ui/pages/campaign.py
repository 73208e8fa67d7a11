"""A campaign's page: its goal, its money, its posts; how far its gifts came; everyone in it, by stage."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.errors import KnownError
from outreach.fields.text import fold
from outreach.services.campaigns.campaign import take_out
from outreach.services.gifts.gifts import MOVES, GiftState, move_gifts
from outreach.services.pages.campaign import CampaignPage
from outreach.services.pages.filtering import Term
from outreach.services.posts import Nature
from outreach.services.review.behind import Wish
from outreach.services.review.value import Scope
from outreach.services.shipments.shipments import create_shipments
from outreach.store.database import Store
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.pages.campaign_meters import Meters
from outreach.ui.pages.campaign_rows import Found, RosterColumns, RosterModel, RosterTable, find
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import named_runs
from outreach.ui.paint.covers import cover
from outreach.ui.widgets.basics import Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.bulk import BulkBar
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import FilterField, scrolled
from outreach.ui.widgets.menus import Menu
from outreach.ui.widgets.strip import ChoosingStrip, counted_apart
from outreach.ui.widgets.tabs import Tabs
from outreach.ui.widgets.tightening import Row
from outreach.wording.campaigns import goal_lines

#: To which states gifts are moved by hand; parcels move them to the others.
_BY_HAND = (GiftState.ASKED, GiftState.ACCEPTED, GiftState.DECLINED, GiftState.CLOSED_QUIET)
#: So many people are looked through at once; of more it is done beside the window.
_AT_ONCE = 2000


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
        self.strip = ChoosingStrip(theme, desk.words)
        self.filter = FilterField(theme, say("Filter people"))
        self._shown = Label(theme, "", "small", "ink2")
        self._all = Button(theme, say("Show everyone"), "link")
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
        self._meters.opened.connect(self._open_meter)
        self.tabs.chosen.connect(self._turn)
        self.strip.chosen.connect(lambda _: self._fill())
        self.filter.filtered.connect(lambda _: self._fill())
        self.filter.left_down.connect(self.table.setFocus)
        self._all.clicked.connect(self.show_everyone)
        self.table.clicked.connect(self._clicked)
        self.table.opened.connect(self._open)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        head = QWidget()
        crumb = line(self._back, self._state, None, spacing=8)
        title = Row(self._name, self._find, self._write, self.more, spacing=12)
        head.setLayout(column(crumb, title, margins=(24, 10, 20, 12)))
        middle = QWidget()
        meters, strip = QWidget(), QWidget()
        meters.setLayout(column(self._meters, margins=(24, 14, 24, 10)))
        below = line(self._apart, None, self._shown, 10, self._all)
        strip.setLayout(column(self.strip, below, margins=(24, 8, 24, 6)))
        middle.setLayout(column(meters, Rule(theme), strip))
        tabs = QWidget()
        tabs.setLayout(line(self.tabs, None, self.filter, margins=(24, 0, 20, 0)))
        notes = QWidget()
        notes.setLayout(column(self._notes, None, margins=(24, 16, 24, 16)))
        for each in (self.table, scrolled(notes)):
            self._parts.addWidget(each)
        # Below the table lie the round corners of the sheet.
        self.setLayout(column(head, Rule(theme), middle, tabs, Rule(theme), self._parts, margins=(0, 0, 0, 10)))

    @property
    def campaign_id(self) -> int:
        """Which campaign is shown, -1 for none."""
        return self._page.facts.id if self._page else -1

    def show_page(self, page: CampaignPage) -> None:
        """Show a campaign."""
        if page.facts.id != self.campaign_id:
            self._folded = set()
            self.tabs.choose("people")
            self.strip.choose("")
            self.filter.clear()
        self._page = page
        words, say = self._desk.words, self._desk.say
        self._state.setText(say("Closed") if page.facts.closed_on else say("Running"))
        self._name.setAccessibleName(page.facts.name)
        self._name.update()
        self._meters.set_page(page)
        self.strip.set_counts(page.strip)
        self._apart.setText(counted_apart(words, page.apart))
        self._apart.setVisible(bool(page.apart))
        for key, count in (("people", len(page.lines)), ("letters", page.letters), ("shipments", page.shipments),
                           ("posts", page.organic)):  # fmt: skip
            self.tabs.set_count(key, count)
        self._columns.set_page(page)
        self._fill()
        self._notes.set_text("\n".join(self._noted(page)))

    def _fill(self) -> None:
        """Show whom the chosen number counts, and of these whom the typed letters mean."""
        if self._page is None:
            return
        page, number, typed, folded = self._page, self.strip.key, fold(self.filter.text()), frozenset(self._folded)

        def show(found: Found) -> None:
            if page is self._page:
                self._show_found(found, number, narrowed=bool(number or typed))

        if len(page.lines) <= _AT_ONCE:
            show(find(page.lines, number, typed, folded))
        else:
            self._desk.runner.read(
                lambda _: find(page.lines, number, typed, folded), then=show, replaces="campaign.people"
            )

    def _show_found(self, found: Found, number: str, *, narrowed: bool) -> None:
        words = self._desk.words
        self.table.show_people(found)
        only = words.term("stage", number) if number else ""
        people = words.trn("{number} person", "{number} people", found.count)
        self._shown.setText(", ".join(filter(None, (only, people))) if narrowed else "")
        for each in (self._shown, self._all):
            each.setVisible(narrowed)

    def show_everyone(self) -> None:
        """Show everyone of the campaign again."""
        self.filter.clear()
        self.strip.choose("")
        self._fill()
        self.table.setFocus()

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

    def _open_meter(self, name: str) -> None:
        """What a meter is counted from: goals and budget with their lines, the list of posts."""
        page, desk = self._page, self._desk
        if page is None:
            return
        if name == "posts":
            scope = Scope(campaign_id=page.facts.id)
            desk.ask("behind", Wish(scope, f"nature:{Nature.ORGANIC.value}", desk.say("Organic posts")))
        else:
            desk.ask(f"campaign_{name}", page.facts.id)

    def _turn(self, key: str) -> None:
        """Notes stand here; letters, parcels and posts have places of their own."""
        if key in ("letters", "shipments", "posts"):
            self.tabs.choose("people")
            if key == "letters":
                self.write()
            elif key == "posts" and self._page is not None:
                self._desk.show_filtered("posts", str(Term("campaign", self._page.facts.name)))
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
