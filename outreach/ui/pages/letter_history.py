"""The history: every letter that was written, of a title, a campaign, a person; to be read, and never changed here."""

from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.fields.text import fold
from outreach.services.drafting.comparing import Answered
from outreach.services.drafting.drafts import LetterText
from outreach.services.drafting.history import HistoryPage, LetterRecord, WholeLetter, history_page, letter_shown
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import avatar, pill
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Rule, column, line
from outreach.ui.widgets.fields import Choice, Field
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import EmptyState, Segments
from outreach.ui.widgets.panes import Pane, Panes, Part
from outreach.ui.widgets.paper import Paper

_BACK = {"hard": "warn", "soft": "warn", "complaint": "warn", "confirmed": "good"}


class HistoryView(QWidget):
    """Letters that were written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        theme, say = desk.theme, desk.say
        self._page = HistoryPage((), (), (), ())
        self.model = RowModel(self._columns(), lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 52)
        self.table.setAccessibleName(say("History of letters"))
        Copying(self.table, desk)
        self.title, self.campaign = Choice(say("Title")), Choice(say("Campaign"))
        self.whom = Field(theme, say("To whom"), "search")
        self._which = Segments(theme, [("", say("All")), ("sent", say("Sent")), ("answered", say("Answered")),
                                       ("bounced", say("Came back"))])  # fmt: skip
        self.paper = Paper(theme, say("To"), say("Subject"))
        self.about, self.rates = Paragraph(theme, "", "small", "ink2"), Paragraph(theme, "", "small", "ink2")
        self._person = Button(theme, say("Open profile"), "default", "users")
        self._stack, self._shown = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._which.chosen.connect(lambda _: self._show_rows())
        self.whom.textChanged.connect(lambda _: self._show_rows())
        self.title.activated.connect(lambda _: self.refresh())
        self.campaign.activated.connect(lambda _: self.refresh())
        self.table.current_changed.connect(lambda _: self._show_letter())
        self._person.clicked.connect(self._open_person)

    def _lay_out(self) -> None:
        theme, say = self.desk.theme, self.desk.say
        for each in (self.table, EmptyState(theme, "mail", say("Nothing here at the moment"), "")):
            self._shown.addWidget(each)
        chosen = line(self.title, self.campaign, self.whom, margins=(24, 12, 20, 0))
        for place in range(3):
            chosen.setStretch(place, 1)
        left, pane = QWidget(), Pane(theme, "inset", corners=(0, 0, 9, 0))
        left.setLayout(column(chosen, line(self._which, None, margins=(24, 8, 20, 10)), Rule(theme), self._shown))
        body = column(self.paper, 8, self.about, 4, self.rates, 8, line(self._person, None),
                      margins=(24, 20, 20, 14))  # fmt: skip
        body.setStretch(0, 1)
        pane.setLayout(body)
        self._pane = pane
        empty = EmptyState(theme, "mail", say("Letters that you write are kept here"),
                           say("Each as it went, with its answer: of a person, a title, a campaign."))  # fmt: skip
        parts = Panes(theme, "letter-history", self.desk.home, [Part(left, least=560), Part(pane, 420, 1)])
        self._stack.addWidget(parts)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def panes(self) -> list[QWidget]:
        """The parts between which F6 goes."""
        return [self.table, self._pane]

    def focus_main(self) -> None:
        """Take the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read what was written."""
        item, campaign = self.title.currentData() or None, self.campaign.currentData() or None
        self.desk.runner.read(lambda _: history_page(item, campaign), then=self._show, replaces="letter history")

    def _show(self, page: HistoryPage) -> None:
        self._page = page
        say = self.desk.say
        for choice, every, some in ((self.title, say("All titles"), page.titles),
                                    (self.campaign, say("All campaigns"), page.campaigns)):  # fmt: skip
            chosen = choice.currentData()
            choice.clear()
            choice.addItem(every, 0)
            for row_id, name in some:
                choice.addItem(name, row_id)
            choice.setCurrentIndex(max(0, choice.findData(chosen)))
        self._stack.setCurrentIndex(0 if page.titles or page.rows else 1)
        self.rates.set_text("\n".join(map(self._rate, page.rates)))
        self._show_rows()

    def _rate(self, each: Answered) -> str:
        words = self.desk.words
        if each.likely is None:
            return words.tr("{name}: {answered} of {sent} answered, too few to say", name=each.name,
                            answered=each.answered, sent=each.sent)  # fmt: skip
        low, high = map(words.share, each.likely)
        return words.tr("{name}: {answered} of {sent} answered, likely {low} to {high}", name=each.name,
                        answered=each.answered, sent=each.sent, low=low, high=high)  # fmt: skip

    def _show_rows(self) -> None:
        say, wanted = self.desk.say, fold(self.whom.text())
        rows = [row for row in self._page.rows if wanted in fold(row.to_name)]
        kinds = {"": rows, "sent": [r for r in rows if r.state == "sent"], "answered": [r for r in rows if r.answer],
                 "bounced": [r for r in rows if r.bounce]}  # fmt: skip
        names = {"": say("All"), "sent": say("Sent"), "answered": say("Answered"), "bounced": say("Came back")}
        for key, some in kinds.items():
            self._which.set_label(key, names[key], len(some))
        shown, current = kinds[self._which.key], self.table.current_id()
        self.model.set_rows(shown)
        self.table.stay_at(current)
        self._shown.setCurrentIndex(0 if shown else 1)
        self._show_letter()

    def _current(self) -> LetterRecord | None:
        return next((row for row in self._page.rows if row.id == self.table.current_id()), None)

    def _show_letter(self) -> None:
        row = self._current()
        self._person.setEnabled(row is not None)
        if row is None:
            self._show_whole(None, None)
        else:
            self.desk.runner.read(lambda _: letter_shown(row.id), then=partial(self._show_whole, row),
                                  replaces="letter shown")  # fmt: skip

    def _show_whole(self, row: LetterRecord | None, letter: WholeLetter | None) -> None:
        words = self.desk.words
        if row is None or letter is None or row != self._current():
            self.paper.show_letter(None)
            self.about.set_text("")
            return
        self.paper.show_letter(LetterText(row.person_id, row.to_name, letter.to_address, row.subject, letter.text, "",
                                          letter.markdown))  # fmt: skip
        said = [words.tr("By template {template}", template=row.template)] if row.template else []
        if letter.files:
            said.append(words.tr("Attached: {files}", files=", ".join(each.name for each in letter.files)))
        self.about.set_text("\n".join(said))

    def _open_person(self) -> None:
        row = self._current()
        if row is not None:
            self.desk.go("people", row.person_id)

    # What the table shows.

    def _state(self, row: LetterRecord) -> str:
        back = row.bounce or row.answer
        return self.desk.words.term("letter_back", back) if back else self.desk.words.term("letter_state", row.state)

    def _speak(self, row: LetterRecord) -> str:
        return ", ".join(filter(None, (row.to_name, row.subject, self._state(row), self.desk.day(row.day))))

    def _paint_who(self, canvas: Canvas, rect: QRectF, row: LetterRecord) -> None:
        middle, size = rect.center().y(), canvas.px(32)
        x = rect.left() + size + 12
        avatar(canvas, rect.left(), middle - size / 2, size, row.to_name)
        canvas.text(x, middle - canvas.px(9), row.to_name, "medium", width=rect.right() - x - 14)
        canvas.text(x, middle + canvas.px(9), row.title, "small", "ink3", width=rect.right() - x - 14)

    def _paint_state(self, canvas: Canvas, rect: QRectF, row: LetterRecord) -> None:
        tone = _BACK.get(row.bounce or row.answer, "neutral")
        pill(canvas, rect.left() - 4, rect.center().y(), self._state(row), tone)

    def _columns(self) -> tuple[Column, ...]:
        say = self.desk.say
        return (
            Column("who", say("To"), 230, self._paint_who, lambda row: str(row.to_name)),
            Column("subject", say("Subject"), 0, plain(lambda row: str(row.subject)), lambda row: str(row.subject)),
            Column("state", say("State"), 178, self._paint_state, self._state),
            Column("when", say("When"), 110, plain(lambda row: self.desk.day(row.day), "small", "ink3"),
                   lambda row: self.desk.day(row.day)),
        )  # fmt: skip
