"""Today: what waits for the user, what was logged, what is coming, and one thing to be glad about."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.fields.names import first_name_of
from outreach.services.pages.today import TodayPage as Today
from outreach.services.pages.today import today_page
from outreach.services.senders import sender
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import SidePane, clear_layout, scrolled
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.quicklog import QuickLog
from outreach.ui.widgets.tightening import Row
from outreach.ui.widgets.today import ComingRows, GladCard, LogRows, PlaceRow, WaitingRow


class TodayPage(Page):
    """The first page of the day."""

    tables = ("gift", "gift_step", "letter", "shipment", "post", "item", "stock_movement", "person",
              "workspace_setting")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._day = Label(theme, "", "h1")
        self._hello = Label(theme, "", "body", "ink3")
        self._waiting = QVBoxLayout()
        self._waiting_count = Label(theme, "", "small", "ink3")
        self._log = LogRows(desk)
        self._log_head = Label(theme, say("Just logged"), "h3")
        self._coming = ComingRows(desk)
        self._glad = GladCard(desk)
        self._place = QVBoxLayout()
        self._coming_head, self._glad_head, self._place_head = (
            Label(theme, say(text), "h3") for text in ("Coming out", "Posted, unprompted", "Copies to place")
        )
        self._thank = Button(theme, "", "link", "heart", height=24)
        self._rows: list[WaitingRow] = []
        self._glad_person = -1
        self._side = SidePane(theme, 380)
        self.quick_log = QuickLog(desk)
        self._lay_out()
        self._thank.clicked.connect(lambda: desk.go("people", self._glad_person))
        bind(self, "log", lambda: desk.ask("post", None))
        bind(self, "match", lambda: desk.go("match"))
        bind(self, "new", lambda: desk.ask("person", None))

    def _lay_out(self) -> None:
        theme, say, desk = self.theme, self.desk.say, self.desk
        post = Button(theme, say("Log a post"), "default", "plus", key_of("log"))
        post.clicked.connect(lambda: desk.ask("post", None))
        match = Button(theme, say("Find people"), "primary", "puzzle", key_of("match"))
        match.clicked.connect(lambda: desk.go("match"))
        week = opener(theme, say("This week"), "calendar")
        head = Row(self._day, 4, self._hello, None, week, post, match, facts=(self._hello,), margins=(24, 14, 20, 14))
        self._waiting.setSpacing(0)
        self._place.setSpacing(0)
        body = QWidget()
        waiting_head = line(Label(theme, say("Waiting on you"), "h3"), self._waiting_count, None)
        inner = column(
            column(waiting_head, margins=(12, 0, 0, 0)), 6, self._waiting, 22,
            column(self._log_head, 4, self._log, margins=(12, 0, 12, 0)), None, margins=(12, 18, 12, 18),
        )  # fmt: skip
        body.setLayout(inner)
        left = QWidget()
        log = column(self.quick_log, margins=(24, 0, 24, 18))
        left.setLayout(column(head, log, Rule(theme), scrolled(body)))
        content = self._side.content
        for part in (
            self._coming_head, 10, self._coming, 8, self._glad_head, 8, self._glad, 8, line(self._thank, None), 22,
            self._place_head, 6, self._place,
        ):  # fmt: skip
            if isinstance(part, int):
                content.addSpacing(part)
            elif isinstance(part, QWidget):
                content.addWidget(part)
            else:
                content.addLayout(part)
        content.addStretch(1)
        self._parts = Panes(theme, "today", desk.home, [Part(left), Part(self._side, 380, 1)])
        self._parts.opens(week, self._side)
        self.setLayout(column(self._parts))

    def panes(self) -> list[QWidget]:
        return [self.quick_log, self, self._side]

    def focus_main(self) -> None:
        self.quick_log.field.setFocus()

    def focus_filter(self) -> None:
        self.quick_log.field.setFocus()
        self.quick_log.field.selectAll()

    def refresh(self) -> None:
        def reading(store: Store) -> tuple[Today, str]:
            return today_page(store), sender().name

        self.desk.runner.read(reading, then=self._show, replaces="today")

    def _show(self, found: tuple[Today, str]) -> None:
        page, name = found
        desk, words = self.desk, self.desk.words
        self._day.setText(words.long_day(desk.today))
        self._hello.setText(desk.say("Hello, {name}", name=first_name_of(name)) if name else "")
        self._show_waiting(page)
        self._log.set_rows(page.logged)
        self._log_head.setVisible(bool(page.logged))
        self._coming.set_rows(page.coming[:4])
        self._coming_head.setVisible(bool(page.coming))
        self._glad.set_glad(page.glad)
        self._glad_head.setVisible(page.glad is not None)
        self._glad_person = page.glad.person_id or -1 if page.glad else -1
        self._thank.setVisible(self._glad_person > 0)
        if page.glad is not None and page.glad.person:
            first = first_name_of(page.glad.person)
            self._thank.set_label(desk.say("Open the page of {name}", name=first))
        clear_layout(self._place)
        for each in page.to_place:
            self._place.addWidget(PlaceRow(desk, each))
        self._place_head.setVisible(bool(page.to_place))

    def _show_waiting(self, page: Today) -> None:
        had_focus = any(row.hasFocus() for row in self._rows)
        clear_layout(self._waiting)
        self._rows = [WaitingRow(self.desk, each) for each in page.waiting]
        for number, row in enumerate(self._rows):
            row.moved.connect(lambda by, at=number: self._move(at + by))
            self._waiting.addWidget(row)
        if not self._rows:
            calm = Paragraph(self.theme, self.desk.say("Nothing waits. A good moment to read what people wrote."))
            calm.setContentsMargins(12, 6, 12, 6)
            self._waiting.addWidget(calm)
        self._waiting_count.setText(str(len(self._rows)) if self._rows else "")
        if had_focus:
            self.focus_main()

    def _move(self, to: int) -> None:
        self._rows[max(0, min(len(self._rows) - 1, to))].setFocus()
