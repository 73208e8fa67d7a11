"""One club: how it began, its members over time, its sessions, what grew out of it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from outreach.fields.names import first_name_of
from outreach.services.clubs.copies import CopiesTotal
from outreach.services.pages.clubs import ClubPage, Step
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar
from outreach.ui.widgets.basics import LINK_ROOM, Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.club import (
    TITLE,
    BranchLine,
    RunsButton,
    SessionLine,
    StoryStep,
    around,
    session_columns,
)
from outreach.ui.widgets.clubcharts import Growth
from outreach.ui.widgets.lists import clear_layout, scrolled
from outreach.ui.widgets.tightening import Row

#: So much of a name is kept before buttons say less.
_LEAST_NAME = 220
_COVER = 60
_ICONS = {"gift": "gift", "posted": "message-square-quote", "asked": "users", "began": "armchair", "author": "feather"}


class ClubSheet(QWidget):
    """One club, rebuilt from one value.

    Signals:
        left: The list of clubs is wanted.
        calendar_asked: A calendar is wanted; the menu stands at the button.
        more_asked: Everything that can be done is wanted.
    """

    left = Signal()
    calendar_asked = Signal()
    more_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._page: ClubPage | None = None
        theme, say = desk.theme, desk.say
        self._back = Button(theme, "", "ghost", "chevron-left")
        self._back.setAccessibleName(say("All book clubs"))
        self._back.setToolTip(say("All book clubs") + " (Esc)")
        self._cover = Painted(theme, self._paint_cover, 90, _COVER)
        self._name = Label(theme, "", "h1", wrap=True)
        self._face = Painted(theme, self._paint_face, 20, 20)
        self._host = RunsButton(theme, (), self._go_to_host)
        self._members = RunsButton(theme, (), lambda: self.wish("club_members"))
        self._title = RunsButton(theme, (), self._go_to_title)
        self.add = Button(theme, say("Add session"), "default", "plus", key_of("new"))
        self.calendar = Button(theme, say("Export calendar"), "default", "calendar-plus")
        self.more = Button(theme, "", "ghost", "ellipsis")
        self.more.setAccessibleName(say("More about this club"))
        self.more.setToolTip(say("Members, copies, schedule, questions, the author’s hours"))
        self._story = QHBoxLayout()
        self._growth = Growth(desk)
        self._grown = Button(theme, "", "note", height=24)
        self._sessions = QVBoxLayout()
        self._heads = Painted(theme, self._paint_heads, 28)
        self._schedule = Button(theme, say("Edit schedule"), "link", height=24)
        self._tree = QVBoxLayout()
        self._tree_head = QWidget()
        self._deep = Label(theme, "", "small", "ink3")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme, say = self._desk.theme, self._desk.say
        for layout in (self._story, self._sessions, self._tree):
            layout.setSpacing(0)
            layout.setContentsMargins(0, 0, 0, 0)
        host = line(self._face, self._host, None, spacing=3)
        reads = line(self._members, self._title, None, spacing=0, margins=(-2, 0, 0, 0))
        facts = column(None, self._name, host, reads, None, spacing=1)
        self._head = Row(self._back, self._cover, facts, None, self.add, self.calendar, self.more, spacing=10,
                   margins=(16, 14, 20, 14))  # fmt: skip

        def inset(part: QWidget | QHBoxLayout) -> QHBoxLayout:
            return line(part, margins=(12, 0, 12, 0))

        def headed(words: str, link: Button) -> QHBoxLayout:
            return line(Label(theme, words, "h3"), None, link, margins=(12, 0, 12 - LINK_ROOM, 0))

        self._tree_head.setLayout(line(Label(theme, say("What grew out of it"), "h3"), None, self._deep,
                                       margins=(12, 22, 12, 4)))  # fmt: skip
        body = QWidget()
        body.setLayout(
            column(
                inset(Label(theme, say("How it began"), "h3")), 8, line(self._story, margins=(6, 0, 6, 0)), 14,
                headed(say("Members"), self._grown), 6, inset(self._growth), 16,
                headed(say("Sessions and reading"), self._schedule), 2, self._heads,
                self._sessions, self._tree_head, self._tree, None, margins=(16, 16, 16, 10),
            )
        )  # fmt: skip
        self._area = scrolled(body)
        self.setLayout(column(self._head, Rule(theme), self._area))

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self.add.clicked.connect(self.add_session)
        self.calendar.clicked.connect(self.calendar_asked)
        self.more.clicked.connect(self.more_asked)
        self._grown.clicked.connect(lambda: self.wish("club_counts"))
        self._schedule.clicked.connect(lambda: self.wish("club_schedule"))

    def beside(self, button: Button) -> None:
        """Put a button at the end of the head, which brings back what gave way."""
        layout = self._head.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(layout.count() - 1, button)

    def take_focus(self) -> None:
        """Begin at what is done most here."""
        self.add.setFocus()

    @property
    def club_id(self) -> int:
        """Which club is shown, -1 for none."""
        return self._page.club.id if self._page else -1

    def wish(self, dialog: str) -> None:
        """Open a dialog about this club."""
        if self._page is not None:
            self._desk.ask(dialog, self.club_id)

    def add_session(self) -> None:
        """Plan a session."""
        if self._page is not None:
            self._desk.ask("club_session", (self.club_id, 0))

    def show_club(self, page: ClubPage) -> None:
        """Show a club."""
        self._page = page
        words, club = self._desk.words, page.club
        self._name.setText(club.name)
        # Buttons say less before a name is cut.
        theme = self._desk.theme
        self._name.setMinimumWidth(min(theme.px(_LEAST_NAME), round(theme.width("h1", club.name)) + 2))
        hosted = words.tr("Hosted by {name}", name=club.host) if club.host else words.tr("Host unknown")
        self._host.set_runs([(hosted, "body", "ink")])
        self._host.setEnabled(club.host_id is not None)
        members = page.counts[-1].members if page.counts else 0
        counted = words.trn("{number} member", "{number} members", members)
        self._members.set_runs([(counted if members else words.tr("Not counted yet"), "body", "ink2")])
        self._title.setVisible(bool(club.title))
        self._title.set_runs(around(words.tr("reading {title}", title=TITLE), club.title))
        self._cover.setVisible(club.item_id is not None)
        self._show_story(page)
        self._growth.setVisible(len(page.counts) > 1)
        self._growth.set_counts(page.counts)
        self._grown.set_label(self._growth_words(page))
        self._show_sessions(page)
        self._show_tree(page)
        for painted in (self._cover, self._face, self._heads):
            painted.update()

    def _growth_words(self, page: ClubPage) -> str:
        words, counts = self._desk.words, page.counts
        if not counts:
            return words.tr("Count them")
        first, last = counts[0], counts[-1]
        weeks = round((date.fromisoformat(last.day) - date.fromisoformat(first.day)).days / 7)
        if len(counts) == 1 or weeks < 1:
            return words.trn("{number} member", "{number} members", last.members)
        one, many = "{first} to {last} in {number} week", "{first} to {last} in {number} weeks"
        return words.trn(one, many, weeks, first=first.members, last=last.members)

    # How it began.

    def _show_story(self, page: ClubPage) -> None:
        clear_layout(self._story)
        for number, step in enumerate(page.steps):
            head, below, act = self._told(page, step)
            is_last = number == len(page.steps) - 1
            made = StoryStep(self._desk.theme, _ICONS[step.code], head, self._desk.day(step.day), below, act,
                             is_last=is_last)  # fmt: skip
            self._story.addWidget(made, 1)

    def _told(self, page: ClubPage, step: Step) -> tuple[str, str, Callable[[], None]]:
        say, words, desk = self._desk.say, self._desk.words, self._desk
        if step.code == "gift":
            form = words.term("format", step.words) if step.words else say("A copy")
            author = first_name_of(page.author)
            below = say("{form}, with an offer to meet {author}", form=form, author=author) if step.number else form
            return say("Gift"), below, lambda: self.wish("club_offer")
        if step.code == "posted":
            return say("Posted"), f"“{step.words}”" if step.words else "", lambda: desk.go("posts", step.row_id)
        if step.code == "asked":
            head = words.trn("{number} asked to join", "{number} asked to join", step.number)
            return head, step.words, lambda: self.wish("club_requests")
        if step.code == "began":
            return say("Club began"), step.words, lambda: self.wish("club_edit")
        minutes = words.trn("{number} minute", "{number} minutes", step.number) if step.number else ""
        sessions = words.trn("{number} session", "{number} sessions", step.row_id) if step.row_id > 0 else ""
        return say("Author said yes"), ", ".join(filter(None, (minutes, sessions))), lambda: self.wish("author_hours")

    # Sessions.

    def _show_sessions(self, page: ClubPage) -> None:
        clear_layout(self._sessions)
        self._heads.setVisible(bool(page.sessions))
        upcoming = page.upcoming.id if page.upcoming else 0
        for number, row in enumerate(page.sessions):
            after = page.sessions[number + 1].id if number + 1 < len(page.sessions) else upcoming
            made = SessionLine(self._desk, row, self._opens(row.id), is_next=row.id == upcoming,
                               is_lined=after != upcoming)  # fmt: skip
            self._sessions.addWidget(made)
        if not page.sessions:
            begin = Button(self._desk.theme, self._desk.say("Plan the first session"), "link", "plus")
            begin.clicked.connect(self.add_session)
            self._sessions.addLayout(line(begin, None, margins=(8, 4, 0, 4)))

    def _opens(self, session: int) -> Callable[[], None]:
        return lambda: self._desk.ask("club_session", (self.club_id, session))

    # What grew out of it.

    def _show_tree(self, page: ClubPage) -> None:
        clear_layout(self._tree)
        words, tree = self._desk.words, page.tree
        self._tree_head.setVisible(len(tree.branches) > 1)
        if len(tree.branches) < 2:
            return
        clubs = words.trn("{number} club", "{number} clubs", len(tree.branches))
        members = words.trn("{number} member", "{number} members", tree.members)
        self._deep.setText(words.tr("{clubs}, {deep} deep, {members}", clubs=clubs, deep=tree.depth, members=members))
        for branch in tree.branches:
            joined = words.tr("{name} joined {day}", name=branch.host, day=self._desk.day(branch.joined_on))
            posted = f"“{branch.post}”" if branch.post else ""
            how = ", ".join(filter(None, (joined if branch.joined_on else branch.host, posted)))
            made = BranchLine(self._desk, branch, how, self._sold(branch.copies), self._goes(branch.club_id),
                              is_current=branch.club_id == page.club.id)  # fmt: skip
            self._tree.addWidget(made)

    def show_tree(self) -> None:
        """Bring what grew out of it into sight, with the focus on the first of its clubs."""
        first = self._tree.itemAt(0)
        if first is not None and (widget := first.widget()) is not None:
            self._area.verticalScrollBar().setValue(self._tree_head.y())
            widget.setFocus()

    def _goes(self, club: int) -> Callable[[], None]:
        """To another club of the tree; of the one that is shown, to the copies that its line counts."""
        if club == self.club_id:
            return lambda: self.wish("club_copies")
        return lambda: self._desk.go("clubs", club)

    def _sold(self, copies: tuple[CopiesTotal, ...]) -> str:
        words = self._desk.words
        parts = []
        for total in copies:
            if total.kind in ("bought", "ordered", "sent"):
                money = f" {words.money(total.amount_minor, total.currency)}" if total.currency else ""
                parts.append(f"{words.number(total.copies)} {words.term('copies_kind', total.kind)}{money}")
        return ", ".join(parts)

    def _go_to_host(self) -> None:
        if self._page is not None and self._page.club.host_id is not None:
            self._desk.go("people", self._page.club.host_id)

    def _go_to_title(self) -> None:
        if self._page is not None and self._page.club.item_id is not None:
            self._desk.go("catalogue", self._page.club.item_id)

    # What is painted.

    def _paint_cover(self, canvas: Canvas, width: float, _height: float) -> None:
        page = self._page
        if page is not None and page.club.item_id is not None:
            cover(canvas, 0, 0, width, page.club.item_id, page.club.title, page.author)

    def _paint_face(self, canvas: Canvas, _width: float, height: float) -> None:
        if self._page is not None and self._page.club.host:
            avatar(canvas, 0, height / 2 - 10, 20, self._page.club.host)

    def _paint_heads(self, canvas: Canvas, width: float, height: float) -> None:
        _, read, talk = session_columns(canvas, width)
        for x, word in ((12.0, "Session"), (read, "Read"), (talk, "Talk")):
            canvas.text(x, canvas.px(12), self._desk.say(word), "smallm", "ink3")
        canvas.fill(QRectF(12, height - 1, width - 24, 1), "line")
