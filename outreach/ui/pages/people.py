"""People: the list, and who is looked at beside it."""

import array

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.fields.platforms import platform_name
from outreach.services.gifts import GiftState
from outreach.services.pages.people import PeopleOrder, PeopleQuery, PersonLine, count_people, people_ids, people_lines
from outreach.services.pages.person import person_page
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.profile import ProfilePane
from outreach.ui.paint.cells import paint_last, paint_person, paint_posted, paint_tastes, posted_words, voice
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.menu import ColumnsMenu
from outreach.ui.table.model import PAGE, RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.chips import FilterBar
from outreach.ui.widgets.lists import EmptyState, Footer, Segments
from outreach.ui.widgets.panes import Panes, Part, opener

#: The ids in order, the lines of the first page, how many people there are and how many of them are off social.
Found = tuple["array.array[int]", dict[int, PersonLine], tuple[int, int]]


class PeoplePage(Page):
    """The people of the workspace."""

    tables = ("person", "email_address", "account", "person_tag", "taste_note", "gift", "outcome", "post", "club",
              "address", "suppression")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._query = PeopleQuery()
        self._wanted = -1
        self.model = RowModel(self._columns(), self._fetch, self._speak, self)
        self.table = TableView(desk.theme, self.model, 49)
        self.table.setAccessibleName(desk.say("People"))
        self.table.show_order(PeopleOrder.LAST, descending=True)
        self.profile = ProfilePane(desk)
        self._fact = Label(desk.theme, role="body", color="ink3")
        self.bar = FilterBar(desk, desk.say("Filter people"))
        self.filter = self.bar.field
        self._who = Segments(desk.theme, [("all", desk.say("Everyone")), ("off", desk.say("Off social"))])
        self._footer = Footer(
            desk.theme,
            [("↑↓", desk.say("move")), (key_of("select"), desk.say("select")), (key_of("pitch"), desk.say("pitch")),
             (key_of("log"), desk.say("log"))],
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        desk, theme = self.desk, self.theme
        self._import = Button(theme, desk.say("Import"), "default", "download")
        self._add = Button(theme, desk.say("Add person"), "primary", "plus", key_of("new"))
        begin = Button(theme, desk.say("Import a list"), "primary", "download")
        begin.clicked.connect(lambda: desk.ask("import", "people"))
        add = Button(theme, desk.say("Add person"), "default", "plus")
        add.clicked.connect(self._add_person)
        self._none = EmptyState(
            theme,
            "users",
            desk.say("It begins with the people you know"),
            desk.say("Bring the spreadsheet or the contacts you have. Nothing is sent to anyone."),
            begin,
            add,
        )
        clear = Button(theme, desk.say("Show everyone"))
        clear.clicked.connect(self._show_all)
        self._nobody = EmptyState(theme, "search", desk.say("No one matches"), "", clear)
        listing = QWidget()
        listing.setLayout(column(self.table, self._footer))
        for each in (listing, self._nobody, self._none):
            self._stack.addWidget(each)
        self._columns_button = Button(theme, "", "ghost", "columns-3")
        self._columns_button.setAccessibleName(desk.say("Columns"))
        self._columns_button.setToolTip(desk.say("Columns"))
        who = opener(theme, desk.say("Profile"))
        toolbar = line(self.bar, self._who, None, self._columns_button, margins=(24, 0, 20, 12))
        left = QWidget()
        left.setLayout(
            column(
                self.header(desk.say("People"), self._fact, who, self._import, self._add),
                toolbar,
                Rule(theme),
                self._stack,
            )
        )
        self._parts = Panes(theme, "people", desk.home, [Part(left, least=760), Part(self.profile, 408, 1)])
        self._parts.opens(who, self.profile)
        self.setLayout(column(self._parts))

    def _connect(self) -> None:
        self._import.clicked.connect(lambda: self.desk.ask("import", "people"))
        self._add.clicked.connect(self._add_person)
        self.bar.filtered.connect(self._filter)
        self.filter.left_down.connect(self.table.setFocus)
        self._who.chosen.connect(lambda _: self._filter(self.bar.query))
        ColumnsMenu(self._columns_button, self.table, self.desk, "people")
        self.table.order_asked.connect(self._order)
        self.table.current_changed.connect(self._show_person)
        self.table.opened.connect(lambda _: self._parts.bring(self.profile))
        bind(self, "slash", self.focus_filter)
        bind(self, "new", self._add_person)
        bind(self, "pitch", self._pitch)
        bind(self, "log", self.profile.log)
        bind(self, "match", self.profile.match)
        bind(self, "edit", self.profile.edit)
        bind(self, "stage", self.profile.open_stages)
        bind(self, "accepted", lambda: self.profile.answer_first(GiftState.ACCEPTED))
        bind(self, "declined", lambda: self.profile.answer_first(GiftState.DECLINED))

    def refresh(self) -> None:
        query = self._query

        def reading(store: Store) -> Found:
            ids = people_ids(store, query)
            return ids, people_lines(store, ids[:PAGE]), count_people()

        self.desk.runner.read(reading, then=self._show, replaces="people")

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self._wanted = row_id
            if self.model.place_of(row_id) >= 0:
                self._find_wanted()
            else:
                self._show_all()
        else:
            self.focus_filter()

    def focus_main(self) -> None:
        self.table.setFocus()

    def focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def _show(self, found: Found) -> None:
        ids, first, (everyone, off_social) = found
        say, number = self.desk.say, self.desk.words.number
        self._fact.setText(say("{people}, of them {off} off social", people=number(everyone), off=number(off_social)))
        self._fact.setVisible(everyone > 0)
        self._add.setVisible(everyone > 0)
        self._import.setVisible(everyone > 0)
        self._nobody.heading.setText(say("No one matches “{words}”", words=self._query.words))
        self._stack.setCurrentIndex(0 if ids else 1 if everyone else 2)
        self.tell_count(self._footer.fact, self.desk.words.trn("{number} person", "{number} people", len(ids)))
        self.table.replace_ids(ids, first)
        self._find_wanted()
        self._parts.want(self.profile, wanted=self._stack.currentIndex() == 0)

    def _find_wanted(self) -> None:
        if self._wanted > 0 and self.model.place_of(self._wanted) >= 0:
            self.table.select_ids([self._wanted], self._wanted)
            self.table.scrollTo(self.table.currentIndex())
            self._wanted = -1

    def _show_person(self, row_id: int) -> None:
        self.profile.expect(row_id)
        if row_id > 0:
            self.desk.runner.read(
                lambda store: person_page(store, row_id), then=self.profile.show_person, replaces="profile"
            )
        else:
            self.profile.show_person(None)

    def _filter(self, words: str) -> None:
        self._who.setVisible(not self.bar.has_terms)
        self._query = PeopleQuery(words, self._query.order, self._query.descending, self._who.key == "off")
        self.refresh()

    def _order(self, order: str, descending: bool) -> None:
        self._query = PeopleQuery(self._query.words, PeopleOrder(order), descending, self._query.off_social)
        self.table.show_order(order, descending=descending)
        self.refresh()

    def _show_all(self) -> None:
        self.bar.clear()
        self._who.choose("all")

    def _pitch(self) -> None:
        """Plan a gift for all who are selected."""
        people = list(self.table.selected_ids()) or [self.table.current_id()]
        if len(people) > 1:
            self.desk.ask("gift", (people, None))
        else:
            self.profile.pitch()

    def _add_person(self) -> None:
        self.desk.ask("person")

    # What the table shows.

    def _fetch(self, ids: object) -> dict[int, PersonLine]:
        store: Store = self.desk.store
        return people_lines(store, ids)  # type: ignore[arg-type]

    def _speak(self, row: PersonLine) -> str:
        words = self.desk.words
        parts = [row.name, platform_name(row.platform) if row.handle else "", voice(row, words)]
        if row.tastes:
            parts.append(words.tr("enjoys {tastes}", tastes=words.listing([mark.subject for mark in row.tastes], 3)))
        if row.suppressed:
            parts.append(words.tr("asked not to be contacted"))
        if row.arrived:
            parts.append(words.tr("posted about {posted} of {gifts} gifts", posted=row.posted, gifts=row.arrived))
        if row.last is not None:
            parts.append(f"{words.term('stage', row.last.stage)} {row.last.title} {self.desk.day(row.last.day)}")
        return ", ".join(filter(None, parts))

    def _columns(self) -> tuple[Column, ...]:
        desk, words = self.desk, self.desk.words

        def role(row: PersonLine) -> str:
            return words.term("role", row.role)

        return (
            Column("person", desk.say("Person"), 246, lambda c, r, row: paint_person(c, r, row, words),
                   lambda row: row.name, PeopleOrder.NAME),
            Column("tastes", desk.say("Enjoys"), 0, lambda c, r, row: paint_tastes(c, r, row.tastes),
                   lambda row: ", ".join(mark.subject for mark in row.tastes), PeopleOrder.TASTE),
            Column("posted", desk.say("Posted"), 116, lambda c, r, row: paint_posted(c, r, row, words),
                   lambda row: posted_words(row, words), PeopleOrder.POSTED),
            Column("last", desk.say("Last"), 212,
                   lambda c, r, row: paint_last(c, r, row.last, words, desk.day(row.last.day) if row.last else ""),
                   lambda row: f"{words.term('stage', row.last.stage)} {row.last.title}" if row.last else "",
                   PeopleOrder.LAST),
            Column("role", desk.say("What they do"), 120, plain(role, "body", "ink2"), role,
                   optional=True),
            Column("organisation", desk.say("Where"), 150, plain(lambda row: row.organisation, "body", "ink2"),
                   lambda row: str(row.organisation), optional=True),
            Column("country", desk.say("Country"), 84, plain(lambda row: row.country, "body", "ink2"),
                   lambda row: str(row.country), optional=True),
        )  # fmt: skip
