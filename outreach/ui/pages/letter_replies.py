"""Answers: what people wrote back, each read by a person, and judged with one key."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.services.mail.replies import ReplyLine, ReplyOutcome, list_replies, note_reply
from outreach.services.people.postal_parsing import parse_address
from outreach.ui.actions import key_of
from outreach.ui.courier import Courier
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import avatar
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.fields import Field
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import EmptyState, Segments, SidePane
from outreach.ui.widgets.panes import Panes, Part
from outreach.ui.widgets.tightening import Row

_KEYS = {
    ReplyOutcome.CONFIRMED: ("reply_yes", "check"), ReplyOutcome.PENDING: ("reply_thinks", "clock"),
    ReplyOutcome.PASSED: ("reply_passed", "minus"), ReplyOutcome.NOT_NOW: ("reply_not_now", "moon"),
    ReplyOutcome.WRONG_PERSON: ("reply_wrong", "users"), ReplyOutcome.STOP: ("stop", "ban"),
}  # fmt: skip


#: The keys of the action table that note what an answer is.
REPLY_ACTS = tuple(key for key, _ in _KEYS.values())


class RepliesView(QWidget):
    """What came back from people.

    Attributes:
        acts: What its keys do, by the names of the action table.

    Signals:
        counted: How many nobody has judged yet.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk, courier: Courier) -> None:
        super().__init__()
        self.desk = desk
        theme, say = desk.theme, desk.say
        self._rows: list[ReplyLine] = []
        shown = Column("from", say("From"), 0, self._paint_reply, lambda row: str(row.from_name or row.from_address))
        self.model = RowModel([shown], lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 56, headings=False, inset=20, lined=False)
        self.table.setAccessibleName(say("Answers"))
        Copying(self.table, desk)
        self._which = Segments(theme, [("open", say("To read")), ("", say("All"))])
        self._fetch = Button(theme, say("Fetch answers"), "default", "refresh-cw", key_of("fetch_mail"))
        self._head, self._about = Label(theme, "", "h2"), Label(theme, "", "small", "ink3")
        self._text = Paragraph(theme, "", "letter", "ink")
        self._noted = Label(theme, "", "smallm", "good")
        self._reason = Field(theme, say("Why, or from when to ask again, in their words"))
        self._address = Button(theme, say("Take the address from it"), "default", "map-pin")
        self._profile = Button(theme, say("Open profile"), "default", "users")
        self.buttons = {
            outcome: Button(theme, desk.words.term("reply_outcome", outcome.value), "default", icon, key_of(key))
            for outcome, (key, icon) in _KEYS.items()
        }
        self.acts: dict[str, Callable[[], object]] = {
            key: lambda outcome=outcome: self.note(outcome) for outcome, (key, _) in _KEYS.items()  # type: ignore[misc]
        }  # fmt: skip
        self._stack, self._shown = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._fetch.clicked.connect(courier.fetch)
        self._which.chosen.connect(lambda _: self.refresh())
        self.table.current_changed.connect(lambda _: self._show_reply())
        self._address.clicked.connect(self._take_address)
        self._profile.clicked.connect(self._open_profile)
        for outcome, button in self.buttons.items():
            button.clicked.connect(lambda _=False, outcome=outcome: self.note(outcome))

    def _lay_out(self) -> None:
        theme, say = self.desk.theme, self.desk.say
        left = QWidget()
        nothing = EmptyState(theme, "mail-check", say("Every answer is read"), "")
        for each in (self.table, nothing):
            self._shown.addWidget(each)
        left.setLayout(column(Row(self._which, None, self._fetch, margins=(20, 10, 16, 8)), self._shown))
        pane = SidePane(theme, 520)
        answers, some = QWidget(), list(self.buttons.values())
        answers.setLayout(column(line(*some[:3], None), 6, line(*some[3:], None)))
        parts: list[QWidget | int] = [
            self._head, 2, self._about, 16, self._text, 18, Label(theme, say("What does it say?"), "smallm", "ink2"), 6,
            answers, 8, self._reason, 8, self._noted, 8,
        ]  # fmt: skip
        for part in parts:
            if isinstance(part, int):
                pane.content.addSpacing(part)
            else:
                pane.content.addWidget(part)
        pane.content.addLayout(line(self._address, self._profile, None))
        pane.content.addStretch(1)
        self._pane = pane
        both = Panes(theme, "replies", self.desk.home, [Part(left, 380, least=300), Part(pane)])
        fetch = Button(theme, say("Fetch answers"), "primary", "refresh-cw")
        fetch.clicked.connect(self._fetch.click)
        empty = EmptyState(theme, "mail-check", say("Quiet is fine, and answers are kept here"),
                           say("They are read from your mailbox, which is not changed by it. Who asks you to stop is "
                               "not written to again."), fetch)  # fmt: skip
        self._stack.addWidget(both)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def panes(self) -> list[QWidget]:
        """The parts between which F6 goes."""
        return [self.table, self._pane]

    def focus_main(self) -> None:
        """Take the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the answers."""
        self.desk.runner.read(lambda _: list_replies(), then=self._show, replaces="replies")

    def _show(self, found: list[ReplyLine]) -> None:
        unread = [row for row in found if not row.outcome and not row.is_automatic]
        self._rows = found
        say = self.desk.say
        self._which.set_label("open", say("To read"), len(unread))
        self._which.set_label("", say("All"), len(found))
        self.counted.emit(len(unread))
        self._stack.setCurrentIndex(0 if found else 1)
        shown = unread if self._which.key == "open" else found
        current = self.table.current_id()
        self.model.set_rows(shown)
        self.table.stay_at(current)
        self._shown.setCurrentIndex(0 if shown else 1)
        self._show_reply()

    def current(self) -> ReplyLine | None:
        """The answer that is read."""
        return next((row for row in self._rows if row.id == self.table.current_id()), None)

    def _show_reply(self) -> None:
        row, words = self.current(), self.desk.words
        self._pane.body.setVisible(row is not None)
        if row is None:
            return
        self._head.setText(row.from_name or row.from_address)
        self._about.setText(", ".join(filter(None, (row.subject, row.from_address, words.moment(row.received_at)))))
        self._text.set_text(row.text)
        noted = words.term("reply_outcome", row.outcome) if row.outcome else ""
        self._noted.setText(words.tr("Noted: {outcome}", outcome=", ".join(filter(None, (noted, row.reason)))) if noted
                            else words.tr("Written by a machine") if row.is_automatic else "")  # fmt: skip
        self._noted.setVisible(bool(self._noted.text()))
        self._reason.setText(row.reason)
        self._address.setVisible(row.person_id is not None and bool(parse_address(row.text)))
        self._profile.setVisible(row.person_id is not None)

    def note(self, outcome: ReplyOutcome) -> None:
        """Note what the answer says; the next one is shown."""
        row = self.current()
        if row is None:
            return
        words, said = self.desk.words, self._reason.text().strip()
        again = said if outcome is ReplyOutcome.NOT_NOW else ""
        told = words.tr("{name}: {outcome}", name=row.from_name or row.from_address,
                        outcome=words.term("reply_outcome", outcome.value))  # fmt: skip
        self.desk.write(lambda store: note_reply(store, row.id, outcome, said if not again else "", again), told)
        self.table.setFocus()

    def _take_address(self) -> None:
        row = self.current()
        if row is not None and row.person_id is not None:
            self.desk.ask("address", (row.person_id, parse_address(row.text)))

    def _open_profile(self) -> None:
        row = self.current()
        if row is not None and row.person_id is not None:
            self.desk.go("people", row.person_id)

    # What the list shows.

    def _speak(self, row: ReplyLine) -> str:
        return f"{row.from_name or row.from_address}, {self.desk.day(row.received_at[:10])}: {row.text[:200]}"

    def _paint_reply(self, canvas: Canvas, rect: QRectF, row: ReplyLine) -> None:
        middle, size = rect.center().y(), canvas.px(32)
        x = rect.left() + size + 12
        room = rect.right() - x - 14
        avatar(canvas, rect.left(), middle - size / 2, size, row.from_name or row.from_address)
        day = self.desk.day(row.received_at[:10])
        wide = canvas.text(rect.right() - 14, middle - canvas.px(9), day, "small", "ink3", align="right")
        role = "medium" if row.outcome or row.is_automatic else "strong"
        canvas.text(x, middle - canvas.px(9), row.from_name or row.from_address, role, width=room - wide - 10)
        shown = self.desk.words.term("reply_outcome", row.outcome) if row.outcome else " ".join(row.text.split())
        canvas.text(x, middle + canvas.px(9), shown, "small", "good" if row.outcome == "confirmed" else "ink2",
                    width=room)  # fmt: skip
