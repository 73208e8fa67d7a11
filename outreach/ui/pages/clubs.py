"""Book clubs: who hosts them, what they read, how they grow; and the page of each."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainterPath, QPen
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.services.pages.around import Around, around
from outreach.services.pages.clubs import ClubLine, ClubPage, club_lines, club_page, likely_hosts
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.club import ClubSheet
from outreach.ui.pages.club_around import AroundList, events_list, haunts_list, referrals_list, venues_list
from outreach.ui.pages.club_menu import calendar_menu, club_menu, lists_button, print_visit, save_calendar
from outreach.ui.pages.club_pane import ClubPane
from outreach.ui.pages.club_programmes import programmes_list
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import is_low, paint_title, two_lines
from outreach.ui.paint.marks import avatar
from outreach.ui.sample import SampleLink
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState, Footer
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.tabs import Tabs

#: By tab what makes the list beside the clubs.
_MAKERS = {"events": events_list, "venues": venues_list, "worksheet": haunts_list, "referrals": referrals_list,
           "programmes": programmes_list}  # fmt: skip


class _Lists(dict[str, AroundList]):
    """The lists beside the clubs by their tabs, each made when it is first wanted."""

    def __init__(self, desk: Desk, made: Callable[[str, AroundList], None]) -> None:
        super().__init__()
        self._desk, self._made = desk, made

    def __missing__(self, key: str) -> AroundList:
        found = self[key] = _MAKERS[key](self._desk)
        self._made(key, found)
        return found


class ClubsPage(Page):
    """The list of clubs; Enter opens one, Esc goes back."""

    tables = ("club", "headcount", "person", "item", "club_session", "club_member", "join_request", "club_copies",
              "club_question", "milestone", "author_offer", "author_slot", "club_post", "post", "gift", "event",
              "event_sale", "venue", "haunt", "outcome", "letter", "programme", "programme_member", "programme_season",
              "programme_reward")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._wanted = self._shown = -1
        self._page: ClubPage | None = None
        self._said = ""
        self.model = RowModel(self._columns(), lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 56)
        self.table.setAccessibleName(say("Book clubs"))
        self.table.least = 210
        self.table.opened.connect(self._open)
        self._fact = Label(theme, "", "body", "ink3")
        self._start = Button(theme, say("Start a club"), "primary", "plus", key_of("new"))
        self._start.clicked.connect(self._add)
        self._calendar = Button(theme, say("Export calendar"), "default", "calendar-plus")
        self._footer = Footer(theme, [("↑↓", say("move")), ("Enter", say("open")), (key_of("new"), say("new"))])
        self.lists = _Lists(desk, self._put_beside)
        self._beside: dict[str, tuple[Sequence[Any], str]] = {}
        self.tabs = Tabs(theme, [
            ("clubs", say("Clubs")), ("events", say("Events")), ("venues", say("Venues")),
            ("worksheet", say("Worksheet")), ("referrals", say("Referrals")), ("programmes", say("Programmes")),
        ])  # fmt: skip
        self._more = lists_button(self, self.tabs)
        self._stack, self._listed, self._turning = QStackedWidget(), QStackedWidget(), QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        desk, theme, say = self.desk, self.theme, self.desk.say
        first = Button(theme, say("Start a club"), "primary", "plus", key_of("new"))
        first.clicked.connect(self._add)
        self._hosts = Button(theme, say("See who posts"), "default", "users")
        self._hosts.clicked.connect(lambda: desk.go("people"))
        text = say("Someone you sent a book to reads it with followers, and the author joins a session.")
        empty = EmptyState(
            theme, "armchair", say("Clubs begin with a reader who loved the book"), text, first, self._hosts,
            steps=(
                Step("gift", say("Send with an offer"), say("Add “meet the author” to a letter")),
                Step("message-square-quote", say("Watch the comments"), say("Followers ask to read along")),
                Step("armchair", say("Start the club"), say("From the host’s page, or here")),
            ),
            link=SampleLink(desk),
        )  # fmt: skip
        whole, listed = QWidget(), QWidget()
        listed.setLayout(column(self.table, self._footer))
        for each in (listed, empty):
            self._listed.addWidget(each)
        head = self.header(say("Book clubs"), self._fact, self._calendar, self._start, self._more)
        self._turning.setLayout(line(self.tabs, margins=(24, 2, 20, 0)))
        whole.setLayout(column(head, self._turning, Rule(theme), self._listed))
        self._stack.addWidget(whole)
        self.setLayout(column(self._stack))

    def _connect(self) -> None:
        say = self.desk.say
        self.tabs.chosen.connect(lambda _: self._turn())
        self._calendar.clicked.connect(lambda: calendar_menu(self, None).drop_from(self._calendar))
        take_from(self, self.table, say("Book clubs"))
        bind(self, "new", self._add)
        bind(self, "edit", self._edit)
        bind(self, "brief", self._brief)
        bind(self, "event_sold", lambda: self._act("event_sold"))
        bind(self, "ledger", lambda: self._act("ledger"))
        bind(self, "thank", lambda: self._act("thank"))

    @cached_property
    def _one(self) -> tuple[ClubSheet, ClubPane]:
        """The page of one club, and what stands beside it."""
        sheet, pane = ClubSheet(self.desk), ClubPane(self.desk)
        parts = Panes(self.theme, "club", self.desk.home, [Part(sheet), Part(pane, 360, 1)])
        beside = opener(self.theme, self.say("The next session"), "calendar")
        sheet.beside(beside)
        parts.opens(beside, pane)
        sheet.left.connect(self._back)
        sheet.calendar_asked.connect(lambda: calendar_menu(self, self._page).drop_from(sheet.calendar))
        sheet.more_asked.connect(lambda: club_menu(self, self._page).drop_from(sheet.more))
        pane.brief_asked.connect(self._brief)
        pane.export_asked.connect(self._export)
        pane.tree_asked.connect(sheet.show_tree)
        self._stack.addWidget(parts)
        return sheet, pane

    @property
    def sheet(self) -> ClubSheet:
        """The page of one club."""
        return self._one[0]

    @property
    def pane(self) -> ClubPane:
        """What stands beside it."""
        return self._one[1]

    def focus_main(self) -> None:
        (self._table if self._shown < 0 else self.sheet).setFocus()

    def panes(self) -> list[QWidget]:
        return [self._turning, self._table] if self._shown < 0 else [self.sheet, self.pane]

    @property
    def _table(self) -> TableView:
        """The list that is shown."""
        return self.table if self.tabs.key == "clubs" else self.lists[self.tabs.key].table

    def _turn(self) -> None:
        """Show the list of the chosen tab."""
        beside = None if self.tabs.key == "clubs" else self.lists[self.tabs.key]
        is_bare = beside.is_bare if beside is not None else not self.model.ids
        if beside is not None:
            self._listed.setCurrentWidget(beside)
        else:
            self._listed.setCurrentIndex(int(is_bare))
        self.tell_count(self._fact, beside.said if beside is not None else self._said)
        self._start.set_label(beside.add if beside else self.desk.say("Start a club"))
        self._start.setVisible(not is_bare)
        # Before there is anything, one thing is to be seen, how it begins; the other lists wait in a menu.
        is_first = (
            not self.model.ids and self.tabs.key == "clubs" and not any(rows for rows, _ in self._beside.values())
        )
        self._turning.setVisible(not is_first)
        self._more.setVisible(is_first)
        self._calendar.setVisible(not is_bare and self.tabs.key in ("clubs", "events"))

    def show_row(self, row_id: int) -> None:
        """Show the page of a club."""
        if row_id > 0:
            self._shown = row_id
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._shown > 0:
            self._back()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        shown = self._shown

        def reading(store: Store) -> tuple[list[ClubLine], int, ClubPage | None, Around]:
            lines = club_lines()
            is_there = any(line.id == shown for line in lines)
            page = club_page(store, shown) if is_there else None
            return lines, 0 if lines else likely_hosts(), page, around(store)

        self.desk.runner.read(reading, then=self._show, replaces="clubs")

    def _show(self, found: tuple[list[ClubLine], int, ClubPage | None, Around]) -> None:
        lines, hosts, page, beside = found
        words = self.desk.words
        current = self._shown if self._shown > 0 else self.table.current_id()
        self.model.set_rows(lines)
        self.table.stay_at(current)
        if hosts:
            self._hosts.set_label(words.trn("See {number} likely host", "See {number} likely hosts", hosts))
        said = words.trn("{number} club", "{number} clubs", len(lines))
        self._said = said if lines else ""
        self._footer.fact.setText(said)
        self._show_around(beside)
        self._turn()
        self._page = page
        self.make_later("_one")
        if page is None:
            self._shown = -1
            self._stack.setCurrentIndex(0)
            return
        had_focus = self.table.hasFocus()
        self.sheet.show_club(page)
        self.pane.show_club(page)
        self._stack.setCurrentIndex(1)
        if had_focus:
            self.sheet.take_focus()

    def _show_around(self, beside: Around) -> None:
        trn = self.desk.words.trn
        self._beside = {
            "events": (beside.events, trn("{number} event", "{number} events", len(beside.events))),
            "venues": (beside.venues, trn("{number} venue", "{number} venues", len(beside.venues))),
            "worksheet": (beside.haunts, trn("{number} place", "{number} places", len(beside.haunts))),
            "referrals": (beside.introducers, trn("{number} person", "{number} people", len(beside.introducers))),
            "programmes": (beside.programmes, trn("{number} programme", "{number} programmes", len(beside.programmes))),
        }
        self.tabs.set_count("clubs", len(self.model.ids))
        for key, (rows, _) in self._beside.items():
            self.tabs.set_count(key, len(rows))
        for key, made in self.lists.items():
            made.show_rows(*self._beside[key])

    def _put_beside(self, key: str, made: AroundList) -> None:
        """A list is wanted for the first time."""
        self._listed.addWidget(made)
        if key in self._beside:
            made.show_rows(*self._beside[key])

    def _back(self) -> None:
        """Go back to the list."""
        self._shown, self._page = -1, None
        self._stack.setCurrentIndex(0)
        self.focus_main()

    def _add(self) -> None:
        if self._page is not None:
            self.sheet.add_session()
        elif self.tabs.key != "clubs":
            self.lists[self.tabs.key].new()
        else:
            self.desk.ask("club", None)

    def _edit(self) -> None:
        if self._shown < 0 and self.tabs.key != "clubs":
            self.lists[self.tabs.key].edit()
            return
        club = self._shown if self._shown > 0 else self.table.current_id()
        if club > 0:
            self.desk.ask("club_edit", club)

    def _act(self, action: str) -> None:
        """What else is done with a row of the list that is shown."""
        if self._shown < 0 and self.tabs.key != "clubs":
            self.lists[self.tabs.key].do(action)

    def _brief(self) -> None:
        if self._page is not None and self._page.upcoming is not None:
            print_visit(self, self._page)

    def _export(self) -> None:
        if self._page is not None:
            save_calendar(self, self._page.club.name, club_id=self._page.club.id)

    def _open(self, row_id: int) -> None:
        self.show_row(row_id)

    def _members(self, row: ClubLine) -> str:
        if row.club.members is None:
            return self.desk.say("Not counted yet")
        return self.desk.words.trn("{number} member", "{number} members", row.club.members)

    def _speak(self, row: ClubLine) -> str:
        return ", ".join(filter(None, (row.club.name, row.club.host, row.club.title, self._members(row))))

    def _paint_name(self, canvas: Canvas, rect: QRectF, row: ClubLine) -> None:
        middle, words, size = rect.center().y(), self.desk.words, canvas.px(24 if is_low(canvas, rect) else 32)
        canvas.rounded(QRectF(rect.left(), middle - size / 2, size, size), 8, "accent_tint")
        canvas.icon("armchair", rect.left() + (size - 16) / 2, middle, 16, "accent")
        below = ", ".join(filter(None, (words.term("club_kind", row.club.kind), row.club.place)))
        name = [(row.club.name, "medium", "ink")]
        two_lines(canvas, rect, rect.left() + size + 12, rect.width() - size - 22, name, (below, "small", "ink3"))

    def _paint_host(self, canvas: Canvas, rect: QRectF, row: ClubLine) -> None:
        if row.club.host:
            middle = rect.center().y()
            size = canvas.px(24)
            avatar(canvas, rect.left(), middle - size / 2, size, row.club.host)
            canvas.text(rect.left() + size + 10, middle, row.club.host, "body", width=rect.width() - size - 20)

    def _paint_title(self, canvas: Canvas, rect: QRectF, row: ClubLine) -> None:
        if row.club.item_id is not None:
            paint_title(canvas, rect, row.club.item_id, row.club.title, "")

    def _paint_members(self, canvas: Canvas, rect: QRectF, row: ClubLine) -> None:
        middle = rect.center().y()
        words = canvas.px(112)
        canvas.text(rect.left(), middle, self._members(row), "body", width=min(words, rect.width()) - 8)
        counts = [members for _, members in row.counts]
        if len(counts) > 1 and rect.width() - words > 40:
            high, wide = canvas.px(22), min(canvas.px(96), rect.width() - words - 18)
            place = QRectF(rect.left() + words, middle - high / 2, wide, high)
            # From a little below the lowest to the highest: with nought at the foot it would be flat.
            most, least = max(counts), min(counts)
            foot = least - max(1.0, (most - least) / 4)
            path = QPainterPath()
            for number, members in enumerate(counts):
                x = place.left() + place.width() * number / (len(counts) - 1)
                point = QPointF(x, place.bottom() - place.height() * (members - foot) / (most - foot))
                path.lineTo(point) if number else path.moveTo(point)
            canvas.painter.strokePath(path, QPen(canvas.theme.color("accent"), 1.6))
            canvas.painter.setBrush(canvas.theme.color("accent"))
            canvas.painter.drawEllipse(path.currentPosition(), 3, 3)

    def _columns(self) -> tuple[Column, ...]:
        say, words = self.desk.say, self.desk.words
        return (
            Column("name", say("Club"), 0, self._paint_name, lambda row: str(row.club.name)),
            Column("host", say("Host"), 184, self._paint_host, lambda row: str(row.club.host)),
            Column("title", say("Reading"), 206, self._paint_title, lambda row: str(row.club.title)),
            Column("members", say("Members"), 196, self._paint_members, self._members),
            Column("state", say("How it stands"), 142,
                   plain(lambda row: words.term("club_state", row.club.state), "body", "ink2"),
                   lambda row: words.term("club_state", row.club.state)),
            Column("started", say("Began"), 92, plain(lambda row: self.desk.day(row.club.started_on), "small", "ink3"),
                   lambda row: str(row.club.started_on)),
        )  # fmt: skip
