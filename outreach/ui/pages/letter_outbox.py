"""The outbox: what waits, what needs a decision, what went, and what came back; each letter can be read again."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.services.drafting.drafts import LetterText
from outreach.services.mail import outbox
from outreach.services.mail.outbox import OutboxState
from outreach.services.pages.outbox import DECIDE, OutboxPage, OutboxRow, letter_body, outbox_page
from outreach.ui.actions import key_of
from outreach.ui.courier import Courier
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import avatar, pill
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Rule, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import EmptyState, Segments
from outreach.ui.widgets.notices import Banner
from outreach.ui.widgets.panes import Pane, Panes, Part
from outreach.ui.widgets.paper import Paper
from outreach.ui.widgets.tightening import Row

_TONES = {"queued": "neutral", "sending": "info", "sent": "good", "refused": "warn", "later": "neutral",
          "unclear": "warn"}  # fmt: skip


class OutboxView(QWidget):
    """Letters on their way, and those that went.

    Signals:
        counted: How many are under way or need a decision.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk, courier: Courier) -> None:
        super().__init__()
        self.desk = desk
        self._courier = courier
        theme, say = desk.theme, desk.say
        self._rows: tuple[OutboxRow, ...] = ()
        self.model = RowModel(self._columns(), lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 52)
        self.table.setAccessibleName(say("Outbox"))
        Copying(self.table, desk)
        self._which = Segments(theme, [("", say("All")), ("open", say("Waiting")), ("decide", say("To decide")),
                                       ("sent", say("Sent")), ("bounced", say("Came back"))])  # fmt: skip
        self._back = Button(theme, say("Hold back"), "default", "undo-2")
        self._arrived = Button(theme, say("It arrived"), "default", "check")
        self._again = Button(theme, say("Send again"), "default", "refresh-cw")
        self._look = Button(theme, say("Look in sent mail"), "default", "search")
        self._go = Button(theme, say("Send what waits"), "primary", "send", key_of("primary"))
        self._banner = Banner(theme, "", say("Send them now"))
        self._paper = Paper(theme, say("To"), say("Subject"))
        self._said = Paragraph(theme, "", "small", "ink2")
        self._shown, self._stack = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme, say = self.desk.theme, self.desk.say
        nothing = EmptyState(theme, "mail", say("Nothing here at the moment"), "")
        for each in (self.table, nothing):
            self._shown.addWidget(each)
        tools = Row(self._which, None, self._go, margins=(24, 10, 20, 10))
        banner = QWidget()
        banner.setLayout(line(self._banner, margins=(24, 0, 20, 10)))
        self._banner_row = banner
        banner.hide()
        left = QWidget()
        left.setLayout(column(tools, banner, Rule(theme), self._shown))
        pane = Pane(theme, "inset", corners=(0, 0, 9, 0))
        acts = line(self._arrived, self._again, self._look, self._back, None)
        body = column(self._paper, 8, self._said, 8, acts, margins=(24, 20, 20, 14))
        body.setStretch(0, 1)
        pane.setLayout(body)
        self._pane = pane
        parts = Panes(theme, "outbox", self.desk.home, [Part(left, least=640), Part(pane, 420, 1)])
        empty = EmptyState(theme, "mail", say("Letters that you send wait here for a moment"),
                           say("For 20 seconds each can be held back. Whatever the mail server says about it is kept "
                               "beside it."))  # fmt: skip
        self._stack.addWidget(parts)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _connect(self) -> None:
        self._which.chosen.connect(lambda _: self._show_rows())
        self.table.current_changed.connect(lambda _: self._show_letter())
        self._back.clicked.connect(self._hold_back)
        self._arrived.clicked.connect(lambda: self._settle(arrived=True))
        self._again.clicked.connect(lambda: self._settle(arrived=False))
        self._look.clicked.connect(self._look_up)
        self._go.clicked.connect(self.send_waiting)
        self._banner.button.clicked.connect(self._courier.go_on)
        self._courier.changed.connect(self._show_letter)

    def panes(self) -> list[QWidget]:
        """The parts between which F6 goes."""
        return [self.table, self._pane]

    def focus_main(self) -> None:
        """Take the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the outbox."""
        self.desk.runner.read(outbox_page, then=self._show, replaces="outbox")

    def send_waiting(self) -> None:
        """Send what waits, now."""
        if any(row.state in outbox.WAITING for row in self._rows) and not self._courier.is_sending:
            self._courier.go_on()

    def _show(self, page: OutboxPage) -> None:
        self._rows = page.rows
        say, words = self.desk.say, self.desk.words
        self._stack.setCurrentIndex(0 if page.rows else 1)
        waits = sum(row.state in outbox.WAITING for row in page.rows)
        if page.paused:
            self._banner.set_text(say("Sending is paused, since a backup was put back: what waits may have gone "
                                      "already. Look through it first."))  # fmt: skip
        elif page.stale:
            told = words.trn("{number} letter was to go more than 12 hours ago.",
                             "{number} letters were to go more than 12 hours ago.", page.stale)  # fmt: skip
            self._banner.set_text(told)
        self._banner_row.setVisible(page.paused or bool(page.stale))
        self.counted.emit(sum(row.state != OutboxState.SENT for row in page.rows))
        if waits and not page.paused:
            self._courier.watch()
        self._show_rows()

    def _show_rows(self) -> None:
        say, rows = self.desk.say, self._rows
        kinds = {
            "": list(rows), "open": [r for r in rows if r.state in (*outbox.WAITING, OutboxState.SENDING)],
            "decide": [r for r in rows if r.state in DECIDE], "sent": [r for r in rows if r.state == OutboxState.SENT],
            "bounced": [r for r in rows if r.bounce],
        }  # fmt: skip
        names = {"": say("All"), "open": say("Waiting"), "decide": say("To decide"), "sent": say("Sent"),
                 "bounced": say("Came back")}  # fmt: skip
        for key, some in kinds.items():
            self._which.set_label(key, names[key], len(some))
        shown = kinds[self._which.key]
        current = self.table.current_id()
        self.model.set_rows(shown)
        self.table.stay_at(current)
        self._shown.setCurrentIndex(0 if shown else 1)
        self._show_letter()

    def _current(self) -> OutboxRow | None:
        return next((row for row in self._rows if row.id == self.table.current_id()), None)

    def _show_letter(self) -> None:
        row, say = self._current(), self.desk.say
        is_unclear = row is not None and row.state == OutboxState.UNCLEAR
        for button in (self._arrived, self._again):
            button.setVisible(is_unclear)
        self._look.setVisible(is_unclear and self._courier.has_mailbox)
        can_go_back = row is not None and row.state in (*outbox.WAITING, OutboxState.REFUSED)
        self._back.setVisible(can_go_back and not self._courier.is_sending)
        self._go.setVisible(any(each.state in outbox.WAITING for each in self._rows))
        self._go.setEnabled(not self._courier.is_sending)
        if row is None:
            self._paper.show_letter(None)
            self._said.set_text("")
            return
        self._paper.show_letter(LetterText(row.person_id, row.to_name, row.to_address, row.subject, "", "",
                                           letter_body(row.id)))  # fmt: skip
        said = [say("The mail server said: {reply}", reply=row.reply)] if row.reply else []
        if is_unclear:
            said.insert(0, say("The connection broke before the server answered, so it may have arrived or not. Look "
                               "into your sent mail, or ask, before you send it again."))  # fmt: skip
        if row.bounce:
            said.insert(0, say("It came back: {why}", why=row.why))
        self._said.set_text("\n".join(said))

    def _hold_back(self) -> None:
        row = self._current()
        if row is not None:
            self._courier.hold_back([row.id])

    def _settle(self, *, arrived: bool) -> None:
        row, say = self._current(), self.desk.say
        if row is not None:
            told = say("Noted that it arrived") if arrived else say("It goes once more")
            self.desk.runner.write(lambda store: outbox.settle_unclear(store, [row.id], arrived=arrived),
                                   then=lambda _: self.desk.tell(told))  # fmt: skip

    def _look_up(self) -> None:
        row = self._current()
        if row is not None:
            self._courier.look_up(row.id, row.message_id)

    # What the table shows.

    def _state(self, row: OutboxRow) -> tuple[str, str]:
        """How a letter stands, and the tone of that."""
        say = self.desk.say
        if row.bounce:
            shown = {"hard": say("Address bounced"), "soft": say("Came back for now"), "delayed": say("Delayed"),
                     "complaint": say("Marked as unwanted")}  # fmt: skip
            return shown.get(row.bounce, say("Came back")), "neutral" if row.bounce == "delayed" else "warn"
        return self.desk.words.term("outbox_state", row.state), _TONES[row.state]

    def _when(self, row: OutboxRow) -> str:
        return self.desk.words.moment(row.at) if row.state in outbox.WAITING else self.desk.day(row.at[:10])

    def _speak(self, row: OutboxRow) -> str:
        return ", ".join(filter(None, (row.to_name, row.subject, self._state(row)[0], self._when(row))))

    def _paint_who(self, canvas: Canvas, rect: QRectF, row: OutboxRow) -> None:
        middle, size = rect.center().y(), canvas.px(32)
        x = rect.left() + size + 12
        avatar(canvas, rect.left(), middle - size / 2, size, row.to_name)
        canvas.text(x, middle - canvas.px(9), row.to_name, "medium", width=rect.right() - x - 14)
        canvas.text(x, middle + canvas.px(9), row.to_address, "small", "ink3", width=rect.right() - x - 14)

    def _paint_state(self, canvas: Canvas, rect: QRectF, row: OutboxRow) -> None:
        shown, tone = self._state(row)
        pill(canvas, rect.left() - 4, rect.center().y(), shown, tone)

    def _columns(self) -> tuple[Column, ...]:
        say = self.desk.say
        return (
            Column("who", say("To"), 230, self._paint_who, lambda row: str(row.to_name)),
            Column("subject", say("Subject"), 0, plain(lambda row: str(row.subject)), lambda row: str(row.subject)),
            Column("state", say("State"), 178, self._paint_state, lambda row: self._state(row)[0]),
            Column("when", say("When"), 130, plain(self._when, "small", "ink3"), self._when),
        )  # fmt: skip
