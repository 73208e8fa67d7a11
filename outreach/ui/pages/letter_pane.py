"""One letter: the paper, the personal line, what is missing, and the approval."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach.services.drafting import LetterText, Problem
from outreach.services.pages.letters import Recipient
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Button, Field, Label, Painted, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.panes import Pane
from outreach.ui.widgets.paper import Paper, fact_words
from outreach.ui.widgets.tightening import Row


class LetterPane(Pane):
    """What is read before a letter is approved.

    Signals:
        opening_given: The personal line of someone's letter is another one now.
        written: The personal line was ended by Enter, or what had the focus has nothing to do any longer; the letters
            are gone through next.
    """

    opening_given = Signal(int, str)
    written = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, "inset", corners=(0, 0, 9, 0))
        self._desk = desk
        theme, say = desk.theme, desk.say
        self.paper = Paper(theme, say("To"), say("Subject"))
        self._opening = Field(theme, say("One true line, only to them"), "feather", key_of("line"))
        self._opening.setAccessibleName(say("Personal line"))
        self._source = Label(theme, say("Kept with the letter"), "small", "ink3")
        self._icon = Painted(theme, lambda canvas, *_: canvas.icon("circle-alert", 0, 10, 15, "warn", 2), 20, 20)
        self._note = Paragraph(theme, "", "small", "warn")
        self._mend = Button(theme, "", "default", height=28)
        self._problem = QWidget()
        self._count = Label(theme, "", "small", "ink2")
        self.skip = Button(theme, say("Skip"), "ghost", key="J")
        self.edit = Button(theme, say("Person"), "default", "pencil")
        self.edit.setToolTip(say("Change what is known of this person"))
        self.approve = Button(theme, say("Approve, next"), "primary", "check", key_of("approve"))
        row = line(column(4, self._icon, None), column(5, self._note, None), self._mend, spacing=6)
        row.setStretch(1, 1)
        self._problem.setLayout(row)
        self._lay_out()
        self._wish = ""
        self._opening.editingFinished.connect(self._tell_opening)
        self._opening.returnPressed.connect(self.written)
        self._mend.clicked.connect(self._ask)
        self._person_id = self._item_id = self._line_of = -1

    def _lay_out(self) -> None:
        theme, say = self._desk.theme, self._desk.say
        head = line(Label(theme, say("Personal line"), "smallm", "ink2"), None, self._source)
        foot = Row(self._count, None, self.skip, self.edit, self.approve, facts=(self._count,))
        body = column(self.paper, 12, head, 4, self._opening, 8, self._problem, 10, foot, margins=(24, 20, 20, 14))
        body.setStretch(0, 1)
        self.setLayout(body)

    def focus_first(self) -> None:
        """Begin to write the personal line."""
        self._opening.setFocus()

    def _tell_opening(self) -> None:
        if not self._opening.isReadOnly():
            self.opening_given.emit(self._line_of, self._opening.text().strip())

    def show_nothing(self) -> None:
        """There is no letter to read."""
        self.paper.show_letter(None)
        self._say("")
        self.approve.setEnabled(False)

    def ask_sender(self) -> None:
        """No letter can be written before it is known who writes."""
        self.show_nothing()
        self._say(self._desk.say("Say who writes: your name, e-mail and postal address."), "sender",
                  self._desk.say("Say it"))  # fmt: skip

    def show_about(self, item_id: int) -> None:
        """The letters are about another title."""
        self._item_id = item_id

    def show_letter(
        self, row: Recipient, letter: LetterText | None, problem: Problem | None, opening: str, done: tuple[int, int]
    ) -> None:
        """Show someone's letter, or what is in its way."""
        desk = self._desk
        self._person_id = row.id
        self.paper.show_letter(letter)
        # What is being typed is never wiped; what was typed for someone else stays hers.
        if self._line_of != row.id or not self._opening.hasFocus():
            self._line_of = row.id
            self._opening.setText(opening)
            self._opening.setCursorPosition(0)
        self._opening.setReadOnly(row.approved is not None)
        self._source.setText(desk.say("Approved with the letter") if row.approved else desk.say("Kept with the letter"))
        self._count.setText(desk.say("{done} of {all} approved", done=done[0], all=done[1]))
        if problem is not None:
            wish = "person" if problem.code == "letters.no_email" else ""
            self._say(desk.words.say(problem.code, **problem.facts), wish, desk.say("Add it"))
        elif letter is not None and letter.missing:
            facts = ", ".join(fact_words(fact) for fact in letter.missing)
            needs_more = [fact for fact in letter.missing if fact != "opening"]
            text = desk.words.trn("{number} fact missing: {facts}", "{number} facts missing: {facts}",
                                  len(letter.missing), facts=facts)  # fmt: skip
            wish = "" if not needs_more else "title" if needs_more[0].startswith("book") else "person"
            self._say(text, wish, desk.say("Add it"))
        else:
            self._say("")
        ready = letter is not None and problem is None and not letter.missing and row.approved is None
        if self.approve.hasFocus() and not ready:
            self.written.emit()  # Qt would go to whatever comes next in the window
        self.approve.setEnabled(ready)
        self.approve.set_label(desk.say("Approved") if row.approved is not None else desk.say("Approve, next"))

    def _say(self, text: str, wish: str = "", does: str = "") -> None:
        self._wish = wish
        if self._mend.hasFocus() and not wish:
            self.written.emit()
        self._note.set_text(text)
        self._mend.set_label(does)
        self._mend.setVisible(bool(wish))
        self._problem.setVisible(bool(text))

    def _ask(self) -> None:
        about = {"person": self._person_id, "title": self._item_id}.get(self._wish)
        if self._wish:
            self._desk.ask(self._wish, about)
