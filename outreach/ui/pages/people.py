"""People: the list, and who is looked at beside it."""

import array
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.services.exporting.tables import export_people
from outreach.services.gifts.gifts import GiftState
from outreach.services.pages.people import (
    PeopleOrder,
    PeopleQuery,
    PersonLine,
    count_people,
    people_ids,
    people_lines,
    people_within,
)
from outreach.services.pages.person import person_page
from outreach.services.people.bulk import archive_people
from outreach.services.workspaces.views import View
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.dropping import paste_list
from outreach.ui.page import Page
from outreach.ui.pages.doubles import Doubles
from outreach.ui.pages.people_columns import people_columns, speaker
from outreach.ui.pages.profile import ProfilePane
from outreach.ui.sample import SampleLink
from outreach.ui.table.menu import arrange, arrangement
from outreach.ui.table.model import PAGE, RowModel
from outreach.ui.table.taking import export_table, take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.bulk import BulkBar
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.chips import FilterBar
from outreach.ui.widgets.lists import EmptyState, Footer, Segments
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.views import view_tools

#: So wide are the tastes of people at least.
_LEAST_TASTES = 162
#: The ids in order, the lines of the first page, how many people there are and how many of them are off social.
Found = tuple["array.array[int]", dict[int, PersonLine], tuple[int, int]]


@dataclass(slots=True)
class Kept:
    """What stays true until something is written, so that a key in the filter need not read it again.

    Attributes:
        ids: Everyone in the order that is shown.
        counted: How many people there are, and how many of them are off social.
    """

    ids: dict[tuple[PeopleOrder, bool], "array.array[int]"] = field(default_factory=dict)
    counted: tuple[int, int] | None = None


class PeoplePage(Page):
    """The people of the workspace."""

    tables = ("person", "email_address", "account", "person_tag", "taste_note", "taste_evidence", "reading",
              "review_policy", "policy_rule", "gift", "outcome", "post", "club",
              "address", "suppression", "consent", "person_note", "person_document", "audience_share", "person_look",
              "other_role", "account_alias", "audience_reading", "roster_member", "letter", "shipment",
              "reply", "bounce")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._query, self._kept = PeopleQuery(), Kept()
        self._reading = self.once_painted(self._read_person)
        self._wanted = -1
        self.model = RowModel(people_columns(desk), self._fetch, speaker(desk), self)
        self.table = TableView(desk.theme, self.model, 49)
        self.table.least = _LEAST_TASTES
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
        self.views, self._columns_button = view_tools(desk, self.table, "people", self._view, self._show_view)
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
            steps=(
                Step("download", desk.say("Bring your list"), desk.say("Any shape, its columns are recognised")),
                Step("heart", desk.say("See what they enjoy"), desk.say("Genres, authors, their own words")),
                Step("puzzle", desk.say("Ask who would like it"), desk.say("For each title you give away")),
            ),
            link=SampleLink(desk),
        )
        clear = Button(theme, desk.say("Show everyone"))
        clear.clicked.connect(self._show_all)
        self._nobody = EmptyState(theme, "search", desk.say("No one matches"), "", clear)
        listing = QWidget()
        listing.setLayout(column(self.table, self._footer))
        for each in (listing, self._nobody, self._none):
            self._stack.addWidget(each)
        who = opener(theme, desk.say("Profile"))
        self._doubles = Doubles(desk, self)
        toolbar = line(self.bar, self._who, None, self.views, self._columns_button, margins=(24, 0, 20, 12))
        left = QWidget()
        left.setLayout(
            column(
                self.header(desk.say("People"), self._fact, who, self._import, self._add),
                self._doubles,
                toolbar,
                Rule(theme),
                self._stack,
            )
        )
        self._parts = Panes(theme, "people", desk.home, [Part(left, least=690), Part(self.profile, 408, 1)])
        self._parts.folded.connect(lambda: self._round(left))
        self._parts.opens(who, self.profile)
        self.setLayout(column(self._parts))

    def _round(self, left: QWidget) -> None:
        """The profile has the sheet's round corners on both sides where it stands alone."""
        corner = 9 if self._parts.has_folded(left) else 0
        self.profile.set_corners(corner, 9, 9, corner)

    def _connect(self) -> None:
        self._import.clicked.connect(lambda: self.desk.ask("import", "people"))
        self._add.clicked.connect(self._add_person)
        self.bar.filtered.connect(self._filter)
        self.filter.left_down.connect(self.table.setFocus)
        self._who.chosen.connect(lambda _: self._filter(self.bar.query))
        self.table.order_asked.connect(self._order)
        self.table.current_changed.connect(self._show_person)
        self.table.opened.connect(lambda _: self._parts.bring(self.profile))
        self._take()
        bind(self, "slash", self.focus_filter)
        bind(self, "new", self._add_person)
        bind(self, "pitch", self._pitch)
        bind(self, "log", self.profile.log)
        bind(self, "match", self.profile.match)
        bind(self, "edit", self.profile.edit)
        bind(self, "note", lambda: self.profile.wish("note"))
        bind(self, "consent", lambda: self.profile.wish("consent"))
        bind(self, "more", self.profile.open_menu)
        bind(self, "archive", self._archive)
        bind(self, "change_many", self._change_many)
        bind(self, "doubles", self._doubles.open)
        for wish in ("let_go", "influence", "coverage"):
            bind(self, wish, partial(self.desk.ask, wish))
        bind(self, "stage", self.profile.open_stages)
        bind(self, "later", self.profile.later)
        for wish in ("tastes", "policy", "reading"):
            bind(self, wish, partial(self.profile.wish, wish))
        bind(self, "accepted", lambda: self.profile.answer_first(GiftState.ACCEPTED))
        bind(self, "declined", lambda: self.profile.answer_first(GiftState.DECLINED))

    def _take(self) -> None:
        """What is done with the list, and with all that is selected in it."""
        say, key = self.desk.say, key_of
        self.bulk = BulkBar(
            self.desk, self.table,
            [(say("Pitch"), "feather", key("pitch"), self._pitch),
             (say("Copy"), "copy", "Ctrl C", self.table.copy_asked.emit),
             (say("Change"), "pencil", key("change_many"), self._change_many),
             (say("Export"), "upload", key("export"), self._export),
             (say("Stop contacting"), "ban", key("stop"), self._stop)],
        )  # fmt: skip
        take_from(self, self.table, say("People"), lambda: self.bar.query, export=self._export)
        bind(self, "save_view", self.views.save_as)
        bind(self, "stop", self._stop)
        bind(self, "print_person", self.profile.print_page)
        bind(self, "paste_list", self._paste)

    def refresh(self) -> None:
        query, kept = self._query, self._kept
        order = query.order, query.descending

        def reading(store: Store) -> Found:
            everyone = kept.ids.get(order)
            ids = people_within(store, query, everyone) if everyone is not None else people_ids(store, query)
            if query == PeopleQuery("", *order):
                kept.ids = {order: ids}
            kept.counted = kept.counted or count_people()
            return ids, people_lines(store, ids[:PAGE]), kept.counted

        self.desk.runner.read(reading, then=self._show, replaces="people")

    def on_changed(self, changes: Changes, initiator: object) -> None:
        if changes.touches(*self.tables):
            self._kept = Kept()
        super().on_changed(changes, initiator)

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
        words, count = self.desk.words, len(ids)
        told = words.trn("{number} person", "{number} people", count)
        if self._query.words:
            told = words.trn("{number} matches", "{number} match", count)
        self.tell_count(self._footer.fact, told)
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
            self._reading.start()
        else:
            self._reading.stop()
            self.profile.show_person(None)

    def _read_person(self) -> None:
        row_id = self.table.current_id()
        self.desk.runner.read(
            lambda store: person_page(store, row_id), then=self.profile.show_person, replaces="profile"
        )

    def _filter(self, words: str) -> None:
        self._who.setVisible(not self.bar.has_terms)
        self._query = PeopleQuery(words, self._query.order, self._query.descending, self._who.key == "off")
        self.views.note()
        self.refresh()

    def _order(self, order: str, descending: bool) -> None:
        self._query = PeopleQuery(self._query.words, PeopleOrder(order), descending, self._query.off_social)
        self.table.show_order(order, descending=descending)
        self.views.note()
        self.refresh()

    def _view(self) -> View:
        """How the list is looked at."""
        query = self._query
        return View("people", query.words, self._who.key, query.order.value, query.descending, arrangement(self.table))

    def _show_view(self, view: View) -> None:
        """Look at the list in another way."""
        order = PeopleOrder(view.sort) if view.sort in set(PeopleOrder) else PeopleOrder.LAST
        self._query = PeopleQuery(view.query, order, view.descending, view.which == "off")
        self.table.show_order(order, descending=view.descending)
        arrange(self.table, view.columns)
        self._who.choose("off" if view.which == "off" else "all")
        self.bar.set_query(view.query)

    def _show_all(self) -> None:
        self.bar.clear()
        self._who.choose("all")

    def _pitch(self) -> None:
        """Plan a gift for all who are selected."""
        people = self._chosen()
        if people:
            self.desk.ask("gift", (people, None))
        else:
            self.profile.pitch()

    def _chosen(self) -> list[int]:
        """Who is selected, where there are several."""
        return list(self.table.selected_ids()) if self.table.selected_count() > 1 else []

    def _change_many(self) -> None:
        """Change something in all who are selected."""
        people = self._chosen() or [each for each in [self.table.current_id()] if each > 0]
        if people:
            self.desk.ask("change_many", people)

    def _archive(self) -> None:
        """Put who is selected out of the lists."""
        people = self._chosen() or [each for each in [self.table.current_id()] if each > 0]
        if people:
            told = self.desk.words.trn("Put {number} person into the archive", "Put {number} people into the archive",
                                       len(people))  # fmt: skip
            self.desk.write(lambda store: archive_people(store, people), told)

    def _stop(self) -> None:
        """Never write again to who is selected."""
        chosen = self._chosen() or self.table.current_id()
        if chosen != -1:
            self.desk.ask("suppress", chosen)

    def _export(self) -> None:
        """Write who is selected into a file, or everyone who is listed."""
        export_table(self, self.table, self.desk.say("People"), "people", export_people, cards=True)

    def _paste(self) -> None:
        paste_list(self.desk, QGuiApplication.clipboard().mimeData(), "people")

    def _add_person(self) -> None:
        self.desk.ask("person")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._chosen():
            self.bulk.clear()
        else:
            super().keyPressEvent(event)

    # What the table shows.

    def _fetch(self, ids: object) -> dict[int, PersonLine]:
        store: Store = self.desk.store
        return people_lines(store, ids)  # type: ignore[arg-type]
