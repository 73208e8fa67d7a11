"""Beside a club: the session that comes next, questions for the author, the month, what it led to."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from outreach.fields.hours import there_at
from outreach.fields.names import first_name_of
from outreach.services.clubs.copies import CopiesTotal
from outreach.services.clubs.growth import Signal
from outreach.services.clubs.sessions import SessionRow
from outreach.services.pages.clubs import ClubPage
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.widgets.basics import Button, Label, Painted, column, line
from outreach.ui.widgets.club import TITLE, Card, RunsButton, SignalRow, around
from outreach.ui.widgets.clubcharts import Month
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import SidePane, clear_layout
from outreach.ui.widgets.tightening import Row
from outreach.wording.clubs import session_title, signal_text

#: So many questions stand here; the others are a click away.
_ASKED = 2
_LINKS = ("https://", "http://")


class ClubPane(SidePane):
    """The pane beside a club.

    Signals:
        brief_asked: The sheet for the author's visit is wanted.
        export_asked: The club's calendar is wanted.
        tree_asked: What grew out of it is wanted.
    """

    brief_asked = QtSignal()
    export_asked = QtSignal()
    tree_asked = QtSignal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, 360)
        self._desk = desk
        self._page: ClubPage | None = None
        theme, say = desk.theme, desk.say
        self._plate = Painted(theme, self._paint_plate, 60, 58)
        self._what = Label(theme, "", "h2", wrap=True)
        self._when = Label(theme, "", "small", "ink2", wrap=True)
        self._other = Label(theme, "", "small", "ink3", wrap=True)
        self._going = RunsButton(theme, (), self._open_session)
        self._asked = RunsButton(theme, (), lambda: self._wish("club_questions"))
        self._brief = Button(theme, say("Brief the author"), "primary", "feather", key_of("brief"))
        self._copy = Button(theme, say("Copy link"), "default", "link")
        self._card = Card(theme)
        self._none = Label(theme, say("No session is planned."), "body", "ink2", wrap=True)
        self._quotes = QVBoxLayout()
        self._quote_card = Card(theme)
        self._more = Button(theme, "", "link", height=24)
        self._month = Month(desk)
        self._month_name = Label(theme, "", "h3")
        self._export = Button(theme, say("Export .ics"), "link", height=24)
        self._led = QVBoxLayout()
        self._led_head = Label(theme, say("What it led to"), "h3")
        self._lay_out()
        self._brief.clicked.connect(self.brief_asked)
        self._copy.clicked.connect(self.copy_link)
        self._export.clicked.connect(self.export_asked)
        self._more.clicked.connect(lambda: self._wish("club_questions"))

    def _lay_out(self) -> None:
        theme, say = self._desk.theme, self._desk.say
        self._quotes.setSpacing(7)
        self._led.setSpacing(0)
        self._led.setContentsMargins(-2, 0, 0, 0)
        counts = line(self._going, self._asked, None, spacing=2, margins=(-2, 0, 0, 0))
        facts = column(self._what, self._when, self._other, counts, spacing=1)
        head = line(column(self._plate, None), facts, spacing=14)
        head.setStretch(1, 1)
        buttons = Row(self._brief, self._copy, None)
        self._card.setLayout(column(head, 10, buttons, margins=(14, 14, 14, 14)))
        more = line(self._more, None, margins=(-4, 0, 0, 0))
        self._quote_card.setLayout(column(self._quotes, 4, more, margins=(14, 11, 10, 9)))
        content = self.content
        content.addWidget(Label(theme, say("Next session"), "h3"))
        content.addSpacing(8)
        content.addWidget(self._card)
        content.addWidget(self._none)
        content.addSpacing(16)
        content.addWidget(Label(theme, say("Questions for the author"), "h3"))
        content.addSpacing(8)
        content.addWidget(self._quote_card)
        content.addSpacing(14)
        content.addLayout(line(self._month_name, None, self._export))
        content.addSpacing(8)
        content.addWidget(self._month)
        content.addWidget(self._led_head)
        content.addSpacing(4)
        content.addLayout(self._led)
        content.addStretch(1)

    def show_club(self, page: ClubPage) -> None:
        """Show what stands beside a club."""
        self._page = page
        desk, words, row = self._desk, self._desk.words, page.upcoming
        self._card.setVisible(row is not None)
        self._none.setVisible(row is None)
        if row is not None:
            self._show_next(row, len(page.questions))
        clear_layout(self._quotes)
        for _, text, _ in page.questions[:_ASKED]:
            self._quotes.addWidget(Paragraph(desk.theme, f"“{text}”", "quote", "ink", most=3))
        more = len(page.questions) - _ASKED
        self._more.set_label(words.trn("{number} more", "{number} more", more) if more > 0 else desk.say("Add one"))
        first = date.fromisoformat(row.day) if row else desk.today
        self._month_name.setText(words.whole_month(first))
        met = frozenset(each.day for each in page.sessions if each.state == "met")
        coming = frozenset(each.day for each in page.sessions if each.state == "planned")
        self._month.set_days(first.replace(day=1), met, coming)
        self._show_led(page)
        self._plate.update()

    def _show_next(self, row: SessionRow, questions: int) -> None:
        words = self._desk.words
        self._what.setText(session_title(words, row))
        hour = words.time_of(there_at(row.starts_at, row.zone))
        minutes = words.trn("{number} minute", "{number} minutes", row.minutes)
        place = self._desk.say("online") if row.place.startswith(_LINKS) else row.place
        self._when.setText(", ".join(filter(None, (hour, minutes, place))))
        other = words.tr("{hour} for {name}", hour=row.author_hour, name=first_name_of(row.author))
        self._other.setText(other if row.author_hour else "")
        self._other.setVisible(bool(row.author_hour))
        going = words.trn("{number} going", "{number} going", row.going or 0)
        said = going if row.going is not None else self._desk.say("How many are going?")
        self._going.set_runs([(said, "small", "ink3")])
        asked = words.trn("{number} question in", "{number} questions in", questions)
        self._asked.set_runs([(asked, "small", "ink3")])
        name = first_name_of(row.author)
        self._brief.set_label(words.tr("Brief {name}", name=name) if name else self._desk.say("Print its sheet"))
        self._copy.setVisible(bool(row.place))
        is_link = row.place.startswith(_LINKS)
        self._copy.set_label(self._desk.say("Copy link") if is_link else self._desk.say("Copy details"))
        self._plate.setAccessibleName(self._desk.day(row.day))

    def _show_led(self, page: ClubPage) -> None:
        clear_layout(self._led)
        words, desk = self._desk.words, self._desk
        posts, clubs = page.unprompted, [each for each in page.tree.branches if each.parent_id == page.club.id]
        for kind in ("ordered", "bought", "passed_round"):
            for total in page.totals:
                if total.kind == kind:
                    self._show_sold(total)
        if posts:
            said = words.trn("post by a member, unprompted", "posts by members, unprompted", len(posts))
            self._figure(len(posts), [(said, "body", "ink2")], lambda: self._wish("club_posts"))
        if clubs:
            said = words.trn("club that a member began", "clubs that members began", len(clubs))
            self._figure(len(clubs), [(said, "body", "ink2")], self.tree_asked.emit)
        if page.waiting:
            said = words.trn("waits to be let in", "wait to be let in", page.waiting)
            self._figure(page.waiting, [(said, "body", "ink2")], lambda: self._wish("club_requests"))
        if page.copies_open:
            said = words.trn("copy asked for, not sent yet", "copies asked for, not sent yet", page.copies_open)
            self._figure(page.copies_open, [(said, "body", "ink2")], lambda: self._wish("club_copies"))
        for signal in page.signals:
            if signal.code in ("grew", "next_club", "member_posted", "taken_up"):
                self._led.addWidget(SignalRow(desk.theme, signal_text(words, signal), self._opens(signal)))
        self._led_head.setVisible(self._led.count() > 0)

    def _opens(self, signal: Signal) -> Callable[[], None]:
        """What lies behind something that works."""
        if signal.code == "next_club":
            return lambda: self._desk.go("clubs", signal.club_id)
        dialogs = {"grew": "club_counts", "member_posted": "club_posts", "taken_up": "club_offer"}
        return lambda: self._wish(dialogs[signal.code])

    def _show_sold(self, total: CopiesTotal) -> None:
        words = self._desk.words
        said = {
            "ordered": words.trn("pre-order of {title}", "pre-orders of {title}", total.copies, title=TITLE),
            "bought": words.trn("copy bought of {title}", "copies bought of {title}", total.copies, title=TITLE),
            "passed_round": words.trn(
                "copy passed round of {title}", "copies passed round of {title}", total.copies, title=TITLE
            ),
        }[total.kind]
        runs = around(said, total.title)
        if total.currency:
            runs.append((f", {words.money(total.amount_minor, total.currency)}", "body", "ink2"))
        self._figure(total.copies, runs, lambda: self._wish("club_copies"))

    def _figure(self, number: int, runs: list[Run], act: Callable[[], None]) -> None:
        """A number and what it is; a click opens its list."""
        figure: Run = (f"{self._desk.words.number(number)}  ", "strong", "ink")
        self._led.addWidget(RunsButton(self._desk.theme, [figure, *runs], act, wide=True))

    def copy_link(self) -> None:
        """Put the link of the next session, or when and where it is, into the clipboard."""
        row = self._page.upcoming if self._page else None
        if row is None:
            return
        invitation = (session_title(self._desk.words, row), self._desk.words.day(row.day), self._when.text())
        is_link = row.place.startswith(_LINKS)
        text = row.place if is_link else ", ".join(filter(None, invitation))
        QGuiApplication.clipboard().setText(text)
        self._desk.tell(self._desk.say("Copied"))

    def _open_session(self) -> None:
        if self._page is not None and self._page.upcoming is not None:
            self._desk.ask("club_session", (self._page.club.id, self._page.upcoming.id))

    def _wish(self, dialog: str) -> None:
        if self._page is not None:
            self._desk.ask(dialog, self._page.club.id)

    def _paint_plate(self, canvas: Canvas, width: float, height: float) -> None:
        row = self._page.upcoming if self._page else None
        if row is not None:
            day = date.fromisoformat(row.day)
            canvas.rounded(QRectF(0, 0, width, height), 8, "accent_tint")
            canvas.text(width / 2, height * 0.25, self._desk.words.day_name(day), "micro", "accent", align="centre")
            canvas.text(width / 2, height * 0.63, str(day.day), "stat2", "accent", align="centre")
