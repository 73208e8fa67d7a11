"""Book clubs: who hosts them, what they read, how they grow."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QStackedWidget

from outreach.services.pages.clubs import ClubLine, club_lines
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import is_low, paint_title, two_lines
from outreach.ui.paint.marks import avatar
from outreach.ui.sample import SampleLink
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState, Footer


class ClubsPage(Page):
    """A true list for now; each club has a page of its own later."""

    tables = ("club", "headcount", "person", "item")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._wanted = -1
        self.model = RowModel(self._columns(), lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 56)
        self.table.setAccessibleName(say("Book clubs"))
        self.table.opened.connect(self._open)
        self._fact = Label(theme, "", "body", "ink3")
        self._start = Button(theme, say("Note a club"), "primary", "plus", key_of("new"))
        self._start.clicked.connect(self._add)
        self._footer = Footer(theme, [("↑↓", say("move")), ("Enter", say("the host")), (key_of("new"), say("new"))])
        first = Button(theme, say("Note a club"), "primary", "plus", key_of("new"))
        first.clicked.connect(self._add)
        hosts = Button(theme, say("See who posts"), "default", "users")
        hosts.clicked.connect(lambda: desk.go("people"))
        text = say("Someone you sent a book to reads it with followers, and the author joins a session.")
        empty = EmptyState(
            theme, "armchair", say("Clubs begin with a reader who loved the book"), text, first, hosts,
            steps=(
                Step("gift", say("Send with an offer"), say("Add “meet the author” to a letter")),
                Step("message-square-quote", say("Watch the comments"), say("Followers ask to read along")),
                Step("armchair", say("Start the club"), say("From the host’s page, or here")),
            ),
            link=SampleLink(desk),
        )  # fmt: skip
        self._stack = QStackedWidget()
        for each in (self.table, empty):
            self._stack.addWidget(each)
        self.setLayout(
            column(self.header(say("Book clubs"), self._fact, self._start), Rule(theme), self._stack, self._footer)
        )
        take_from(self, self.table, say("Book clubs"))
        bind(self, "new", self._add)

    def focus_main(self) -> None:
        self.table.setFocus()

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self._wanted = row_id
            self.refresh()

    def refresh(self) -> None:
        self.desk.runner.read(lambda _: club_lines(), then=self._show, replaces="clubs")

    def _show(self, lines: list[ClubLine]) -> None:
        current = self._wanted if self._wanted > 0 else self.table.current_id()
        self.model.set_rows(lines)
        self.table.select_ids([current], current)
        if self.table.current_id() < 0:
            self.table.select_first()
        self._wanted = -1
        self._stack.setCurrentIndex(0 if lines else 1)
        self._footer.setVisible(bool(lines))
        self._start.setVisible(bool(lines))
        said = self.desk.words.trn("{number} club", "{number} clubs", len(lines))
        self._fact.setText(said if lines else "")
        self._footer.fact.setText(said)

    def _add(self) -> None:
        self.desk.ask("club", None)

    def _open(self, row_id: int) -> None:
        row = self.model.row(self.model.place_of(row_id))
        if row is not None and row.club.host_id is not None:
            self.desk.go("people", row.club.host_id)

    def _members(self, row: ClubLine) -> str:
        if row.club.members is None:
            return self.desk.say("Not counted yet")
        return self.desk.words.trn("{number} member", "{number} members", row.club.members)

    def _speak(self, row: ClubLine) -> str:
        return ", ".join(filter(None, (row.club.name, row.club.host, row.club.title, self._members(row))))

    def _paint_name(self, canvas: Canvas, rect: QRectF, row: ClubLine) -> None:
        middle, words, size = rect.center().y(), self.desk.words, 24 if is_low(canvas, rect) else 32
        canvas.rounded(QRectF(rect.left(), middle - size / 2, size, size), 8, "accent_tint")
        canvas.icon("armchair", rect.left() + (size - 16) / 2, middle, 16, "accent")
        below = ", ".join(filter(None, (words.term("club_kind", row.club.kind), row.club.place)))
        name = [(row.club.name, "medium", "ink")]
        two_lines(canvas, rect, rect.left() + size + 12, rect.width() - size - 22, name, (below, "small", "ink3"))

    def _paint_host(self, canvas: Canvas, rect: QRectF, row: ClubLine) -> None:
        if row.club.host:
            middle = rect.center().y()
            avatar(canvas, rect.left(), middle - 12, 24, row.club.host)
            canvas.text(rect.left() + 34, middle, row.club.host, "body", width=rect.width() - 44)

    def _paint_title(self, canvas: Canvas, rect: QRectF, row: ClubLine) -> None:
        if row.club.item_id is not None:
            paint_title(canvas, rect, row.club.item_id, row.club.title, "")

    def _paint_members(self, canvas: Canvas, rect: QRectF, row: ClubLine) -> None:
        middle = rect.center().y()
        words = canvas.px(112)
        canvas.text(rect.left(), middle, self._members(row), "body", width=min(words, rect.width()) - 8)
        counts = [members for _, members in row.counts]
        if len(counts) > 1 and rect.width() - words > 40:
            place = QRectF(rect.left() + words, middle - 11, min(96, rect.width() - words - 18), 22)
            most = max(counts)
            path = QPainterPath()
            for number, members in enumerate(counts):
                x = place.left() + place.width() * number / (len(counts) - 1)
                point = QPointF(x, place.bottom() - place.height() * members / most)
                path.lineTo(point) if number else path.moveTo(point)
            canvas.painter.strokePath(path, QPen(canvas.theme.color("accent"), 1.6))
            canvas.painter.setBrush(canvas.theme.color("accent"))
            canvas.painter.drawEllipse(path.currentPosition(), 3, 3)

    def _columns(self) -> tuple[Column, ...]:
        say, words = self.desk.say, self.desk.words
        return (
            Column("name", say("Club"), 0, self._paint_name, lambda row: str(row.club.name)),
            Column("host", say("Host"), 206, self._paint_host, lambda row: str(row.club.host)),
            Column("title", say("Reading"), 206, self._paint_title, lambda row: str(row.club.title)),
            Column("members", say("Members"), 226, self._paint_members, self._members),
            Column("state", say("How it stands"), 150,
                   plain(lambda row: words.term("club_state", row.club.state), "body", "ink2"),
                   lambda row: words.term("club_state", row.club.state)),
            Column("started", say("Began"), 92, plain(lambda row: self.desk.day(row.club.started_on), "small", "ink3"),
                   lambda row: str(row.club.started_on)),
        )  # fmt: skip
