"""Today: what waits for the user, what was logged, what is coming, and one thing to be glad about."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.changes import Changes
from outreach.fields.names import first_name_of
from outreach.services.catalogue.catalogue import show_item
from outreach.services.clubs.growth import Signal
from outreach.services.drafting.senders import sender
from outreach.services.gifts.closing import close_over, hope_on
from outreach.services.pages.dates import Coming, is_this_week
from outreach.services.pages.logged import Logged, Row
from outreach.services.pages.today import Glad, today_page
from outreach.services.pages.today import TodayPage as Today
from outreach.services.people.asking import set_aside
from outreach.store.database import Store
from outreach.ui.actions import bind
from outreach.ui.commands import commands_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.paint.marks import initials
from outreach.ui.post_acts import PostActs
from outreach.ui.widgets.basics import LINK_ROOM, Button, Label, Rule, column, line
from outreach.ui.widgets.club import SignalRow
from outreach.ui.widgets.dates import DateRow
from outreach.ui.widgets.fitting import FittingPane
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import clear_layout, scrolled
from outreach.ui.widgets.log import LogRows
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.quicklog import QuickLog
from outreach.ui.widgets.tightening import Row as Line
from outreach.ui.widgets.today import GladCard, PlaceRow, WaitingRow
from outreach.wording.clubs import signal_text

#: So many dates stand beside the page.
_MOST_DATES = 4
_NOON, _EVENING = 12, 18
#: Rows stand so much further out than words, for the ring of the focus.
_RING = 6


class TodayPage(Page):
    """The first page of the day."""

    tables = ("gift", "gift_step", "letter", "shipment", "post", "item", "stock_movement", "person", "address",
              "campaign", "club", "headcount", "club_member", "join_request", "club_copies", "author_offer",
              "suppression", "workspace_setting", "outcome", "edition", "review_policy", "reply", "found_post",
              "permission", "permission_use")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._day = Label(theme, "", "h1")
        self._hello = Label(theme, "", "body", "ink3")
        self._waiting = QVBoxLayout()
        self._waiting_count = Label(theme, "", "small", "ink3")
        self._logged: tuple[Logged, ...] = ()
        self._name = ""
        self._log = LogRows(desk)
        self._log_head = QWidget()
        self._history = Button(theme, say("See history"), "link", height=24)
        logged = Label(theme, say("Just logged"), "h3")
        self._log_head.setLayout(line(logged, None, self._history))
        self._coming = QVBoxLayout()
        self._glad = GladCard(desk)
        self._glad_count = Label(theme, "", "small", "ink3")
        self._place = QVBoxLayout()
        self._glad_head, self._place_head = (
            Label(theme, say(text), "h3") for text in ("Posted, unprompted", "Copies to place")
        )
        self._thank = Button(theme, "", "link", "heart", height=24)
        self._works = QVBoxLayout()
        self._works_head = Label(theme, say("Something is working"), "h3", wrap=True)
        self._rows: list[WaitingRow] = []
        self._current = 0
        self._acts = PostActs(desk)
        self._newest: Glad | None = None
        self._side = FittingPane(theme, 380, bleed=_RING, margins=(22, 22, 22, 12))
        self.quick_log = QuickLog(desk)
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        desk = self.desk
        self._thank.clicked.connect(self._thank_them)
        self._log.undo_asked.connect(self._undo)
        self._history.clicked.connect(self._see_history)
        self.quick_log.entered.connect(self._enter)
        self.quick_log.left_down.connect(lambda: self._move(self._current))
        self.quick_log.edited.connect(self._mark_current)
        desk.runner.history_changed.connect(self._show_log)
        bind(self, "log", lambda: desk.ask("post", None))
        bind(self, "match", lambda: desk.go("match"))
        bind(self, "new", lambda: desk.ask("person", None))

    def _lay_out(self) -> None:
        theme, say = self.theme, self.desk.say
        week = opener(theme, say("This week"), "calendar")
        head = Line(self._day, 2, self._hello, None, week, facts=(self._hello,), margins=(24, 15, 20, 13))
        for layout in (self._waiting, self._place, self._coming, self._works):
            layout.setSpacing(0)
        body = QWidget()
        waiting_head = line(Label(theme, say("Waiting on you"), "h3"), self._waiting_count, None, spacing=6)
        inner = column(
            column(waiting_head, margins=(12, 0, 0, 0)), 6, self._waiting, 22,
            column(self._log_head, margins=(12, 0, 11 - LINK_ROOM, 0)), 4,
            column(self._log, margins=(12, 0, 12, 0)), None, margins=(12, 20, 12, 18),
        )  # fmt: skip
        body.setLayout(inner)
        left = QWidget()
        log = column(self.quick_log, margins=(24, 0, 24, 20))
        left.setLayout(column(head, log, Rule(theme), scrolled(body)))
        glad = column(line(self._glad_head, None, self._glad_count), 8, self._glad, margins=(_RING, 0, _RING, 0))
        self._coming.setContentsMargins(_RING, 0, _RING, 0)
        self._side.content.addLayout(
            column(
                self._coming, glad, 8, line(self._thank, None, margins=(_RING - 4, 0, 0, 0)), 20,
                column(self._works_head, margins=(_RING, 0, 0, 0)), 4, self._works,
                column(self._place_head, margins=(_RING, 0, 0, 0)), 8, self._place, None,
            )
        )  # fmt: skip
        self._parts = Panes(theme, "today", self.desk.home, [Part(left), Part(self._side, 380, 1)])
        self._parts.opens(week, self._side)
        self.setLayout(column(self._parts))

    def panes(self) -> list[QWidget]:
        return [self.quick_log, self, self._side]

    def focus_main(self) -> None:
        self.quick_log.field.setFocus()

    def show_row(self, row_id: int) -> None:
        """Begin to note something about a title."""
        if row_id > 0:
            self.desk.runner.read(lambda _: show_item(row_id).values["title"], then=self.quick_log.begin,
                                  replaces="today.title")  # fmt: skip

    def focus_filter(self) -> None:
        self.quick_log.field.setFocus()
        self.quick_log.field.selectAll()

    def refresh(self) -> None:
        def reading(store: Store) -> tuple[Today, str]:
            return today_page(store), sender().name

        self.desk.runner.read(reading, then=self._show, replaces="today")

    def _show(self, found: tuple[Today, str]) -> None:
        page, self._name = found
        desk, words = self.desk, self.desk.words
        self._day.setText(words.long_day(desk.today))
        self._hello.setText(self._greeting(first_name_of(self._name)) if self._name else "")
        self._show_waiting(page)
        self._logged = page.logged
        self._show_log()
        dates = self._show_dates(page.coming)
        self._glad.set_glad(page.glad)
        self._glad_head.setVisible(page.glad is not None)
        week = page.glad.this_week if page.glad else 0
        self._glad_count.setText(words.trn("{number} this week", "{number} this week", week) if week else "")
        self._newest = page.glad
        self._thank.setVisible(page.glad is not None and page.glad.person_id is not None)
        if page.glad is not None and page.glad.person:
            first = first_name_of(page.glad.person)
            self._thank.set_label(desk.say("Thank {name}", name=first))
        works = self._show_signals(page.signals)
        clear_layout(self._place)
        place: list[QWidget] = [PlaceRow(desk, each, page.most_left.get(each.id)) for each in page.to_place]
        for row in place:
            self._place.addWidget(row)
        self._place_head.setVisible(bool(place))
        self._side.set_lists(place, works, dates)

    def _thank_them(self) -> None:
        """Draft a thank-you for the newest post that nobody was asked for."""
        if self._newest is not None:
            self._acts.thank(self._newest.post_id, self._newest.person)

    def _greeting(self, name: str) -> str:
        hour = self.desk.store.moment().astimezone().hour
        if hour < _NOON:
            return self.desk.say("Good morning, {name}", name=name)
        if hour < _EVENING:
            return self.desk.say("Good afternoon, {name}", name=name)
        return self.desk.say("Good evening, {name}", name=name)

    def _show_dates(self, coming: tuple[Coming, ...]) -> list[QWidget]:
        """This week's dates; where it has few, the next ones after it under a head of their own, which are the rows."""
        clear_layout(self._coming)
        later: list[QWidget] = []
        today, say = self.desk.today, self.desk.say
        week = [each for each in coming if is_this_week(each.day, today)]
        after = [each for each in coming if each not in week][: max(0, _MOST_DATES - len(week))]
        if not coming:
            none = say("No dates yet. Publication days, campaigns and book clubs stand here as they come near.")
            for part in (Label(self.theme, say("This week"), "h3"), Paragraph(self.theme, none, "small", "ink2")):
                self._coming.addWidget(part)
                self._coming.addSpacing(6)
        for head, rows in ((say("This week"), week), (say("After that") if week else say("Coming up"), after)):
            if rows:
                self._coming.addWidget(Label(self.theme, head, "h3"))
                self._coming.addSpacing(6)
            for number, each in enumerate(rows):
                is_first = number == 0 or rows[number - 1].day != each.day
                row = DateRow(self.desk, each, is_first=is_first)
                self._coming.addWidget(row)
                later += [row] if each in after else []
            self._coming.addSpacing(16 if rows else 0)
        return later

    def _show_signals(self, signals: tuple[Signal, ...]) -> list[QWidget]:
        """What happened around clubs without anybody asking; a click goes to the club."""
        rows: list[QWidget] = []
        clear_layout(self._works)
        self._works_head.setVisible(bool(signals))
        for each in signals:
            go = partial(self.desk.go, "clubs", each.club_id)
            rows.append(SignalRow(self.theme, signal_text(self.desk.words, each), go))
            self._works.addWidget(rows[-1])
        if signals:
            self._works.addSpacing(18)
        return rows

    def _show_log(self) -> None:
        names = {initials(self._name): first_name_of(self._name)} if self._name else {}
        self._log.set_rows(self._logged, self.desk.runner.history.depth_of, names)
        self._log_head.setVisible(bool(self._logged))

    def _see_history(self) -> None:
        """Open the menu of what was done last, which is the window's."""
        for command in commands_of(self.window()):
            if command.spec.id == "history":
                command.action.trigger()

    def _undo(self, row: Row) -> None:
        def told(changes: Changes, _steps: int) -> None:
            if changes and changes.op is not None:
                self.desk.tell(self.desk.say("Undone: {what}", what=self.desk.words.term("op", changes.op.value)))

        runner = self.desk.runner
        if row in runner.history.added:
            runner.undo(told, down_to=runner.history.added[row])

    # What waits.

    def _show_waiting(self, page: Today) -> None:
        had_focus = any(row.hasFocus() for row in self._rows)
        clear_layout(self._waiting)
        self._rows = [WaitingRow(self.desk, each) for each in page.waiting]
        for number, row in enumerate(self._rows):
            row.moved.connect(lambda by, at=number: self._move(at + by))
            row.focused.connect(lambda at=number: self._make_current(at))
            row.set_aside.connect(self._hope_longer if row.code == "close" else self._set_aside)
            row.accepted.connect(self._close_quietly)
            row.is_last = number == len(self._rows) - 1
            self._waiting.addWidget(row)
        if not self._rows:
            calm = Paragraph(self.theme, self.desk.say("Nothing waits. A good moment to read what people wrote."))
            holder = QWidget()
            holder.setLayout(column(calm, margins=(12, 6, 12, 6)))
            self._waiting.addWidget(holder)
        self._waiting_count.setText(str(len(self._rows)) if self._rows else "")
        self._make_current(min(self._current, max(0, len(self._rows) - 1)))
        if had_focus:
            self.focus_main()

    def _move(self, to: int) -> None:
        if to < 0:
            self.focus_main()
        elif self._rows:
            self._rows[min(len(self._rows) - 1, to)].setFocus()

    def _make_current(self, at: int) -> None:
        self._current = at
        self._mark_current()

    def _mark_current(self) -> None:
        """The current row shows Enter where that would act on it: beside a line that is being typed it would not."""
        enters = not self.quick_log.field.text()
        for number, row in enumerate(self._rows):
            row.set_current(current=number == self._current, shows_key=enters and number == self._current)

    def _enter(self) -> None:
        if self._rows:
            self._rows[self._current].click()

    def _close_quietly(self) -> None:
        self.desk.write(close_over, self.desk.say("Closed quietly, quiet is fine"))

    def _hope_longer(self) -> None:
        self.desk.write(hope_on, self.desk.say("Goes on hoping for a month more"))

    def _set_aside(self) -> None:
        self.desk.write(set_aside, self.desk.say("Set aside, they stay as they are"))
