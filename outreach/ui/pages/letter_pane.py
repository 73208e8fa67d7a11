"""One letter: the paper, the personal line, what is missing or was found in it, and the approval."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from outreach.services.drafting.drafts import LetterText, Problem
from outreach.services.drafting.filling import belongs_to
from outreach.services.drafting.openings import Opening
from outreach.services.letters.lint import Finding
from outreach.services.letters.templates import LetterKind
from outreach.services.pages.letters import Recipient
from outreach.ui.actions import key_of
from outreach.ui.courier import Courier
from outreach.ui.desk import Desk
from outreach.ui.pages.letter_box import FactBox, Findings
from outreach.ui.pages.letter_files import LetterFiles
from outreach.ui.pages.letter_menu import letter_menu
from outreach.ui.widgets.basics import Button, Label, Painted, column, line
from outreach.ui.widgets.fields import Field
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.menus import Menu
from outreach.ui.widgets.panes import Pane
from outreach.ui.widgets.paper import Paper
from outreach.ui.widgets.tightening import Row
from outreach.wording.letters import why_none

_MOST_SOURCES = 8


class LetterPane(Pane):
    """What is read before a letter is approved.

    Signals:
        opening_given: The personal line of someone's letter is another one now.
        filled: Someone's letter lacked a fact: whose, its name, what was typed.
        left_out: A sentence is to be left out of someone's letter: whose, and the fact that it lacks.
        openings_wanted: A personal line is to be chosen.
        done: The list may have the focus again.
    """

    opening_given = Signal(int, str)
    filled = Signal(int, str, str)
    left_out = Signal(int, str)
    openings_wanted = Signal()
    done = Signal()

    def __init__(self, desk: Desk, courier: Courier) -> None:
        super().__init__(desk.theme, "inset", corners=(0, 0, 9, 0))
        self._desk = desk
        self._courier = courier
        theme, say = desk.theme, desk.say
        self.paper = Paper(theme, say("To"), say("Subject"))
        self._sources = Paragraph(theme, "", "small", "ink2")
        self._opening = Field(theme, say("One true line, only to them"), "feather", key_of("line"))
        self._opening.setAccessibleName(say("Personal line"))
        self._source = Label(theme, say("Kept with the letter"), "small", "ink3")
        self._offer = Button(theme, say("Choose"), "link", key=key_of("openings"), height=24)
        self.box = FactBox(desk)
        self._findings = Findings(desk)
        self._icon = Painted(
            theme, lambda canvas, _, high: canvas.icon("circle-alert", 0, high / 2, 15, "warn", 2), 20, 20
        )
        self._note = Paragraph(theme, "", "small", "warn")
        self._mend = Button(theme, "", "default", height=28)
        self._problem, self._line = QWidget(), QWidget()
        self._count = Label(theme, "", "small", "ink2")
        self.skip = Button(theme, say("Skip"), "ghost", key="J")
        self.edit = Button(theme, say("Person"), "default", "pencil")
        self.edit.setToolTip(say("Change what is known of this person"))
        self._more = Button(theme, "", "ghost", "ellipsis")
        self._more.setAccessibleName(say("Copy, print, attach and more"))
        self._more.setToolTip(say("Copy, print, attach and more"))
        self.files = LetterFiles(desk)
        self.approve = Button(theme, say("Approve, next"), "primary", "check", key_of("approve"))
        row = line(column(4, self._icon, None), column(5, self._note, None), self._mend, spacing=6)
        row.setStretch(1, 1)
        self._problem.setLayout(row)
        self._lay_out()
        self._person_id = self._item_id = self._line_of = -1
        self._wish = ""
        self._letter: LetterText | None = None
        self._heard: list[QObject] = []
        self._opening.editingFinished.connect(self._tell_opening)
        self._opening.returnPressed.connect(self.done)
        self._mend.clicked.connect(self._ask)
        self._offered: Sequence[Opening] = ()
        self._offer.clicked.connect(self.openings_wanted)
        self._more.clicked.connect(self._open_menu)
        self.box.filled.connect(self._fill)
        self.box.left_out.connect(lambda fact: self.left_out.emit(self._person_id, fact))
        self.box.wished.connect(self._wish_for)
        self.box.done.connect(self.done)

    def _lay_out(self) -> None:
        theme, say = self._desk.theme, self._desk.say
        head = line(Label(theme, say("Personal line"), "smallm", "ink2"), self._offer, None, self._source)
        self._line.setLayout(column(head, 4, self._opening))
        below = Row(self._count, None, self._more, self.skip, self.edit, self.approve, facts=(self._count,))
        body = column(self.paper, 8, self.files, self._sources, self._findings, 4, self._line, self.box, 6,
                      self._problem, 6, below, margins=(24, 20, 20, 14))  # fmt: skip
        body.setStretch(0, 1)
        self._sources.hide()
        self.box.hide()
        self.setLayout(body)

    def focus_first(self) -> None:
        """Begin to write what is missing, or the personal line."""
        (self.box.field if self.box.isVisible() else self._opening).setFocus()

    def paste(self, text: str) -> None:
        """Put a text into the box of the fact that is missing."""
        if self.box.isVisible() and text.strip():
            self.box.take(text)

    def _tell_opening(self) -> None:
        if not self._opening.isReadOnly():
            self.opening_given.emit(self._line_of, self._opening.text().strip())

    def _fill(self, fact: str, text: str) -> None:
        if fact == "opening":
            self.opening_given.emit(self._person_id, text)
        else:
            self.filled.emit(self._person_id, fact, text)

    def show_nothing(self) -> None:
        """There is no letter to read."""
        self._letter = None
        self.paper.show_letter(None)
        self.files.show_for(-1, None)
        self._say("")
        self._findings.show_findings(())
        self.box.ask((), "")
        self.approve.setEnabled(False)

    def ask_sender(self) -> None:
        """No letter can be written before it is known who writes."""
        self.show_nothing()
        self._say(self._desk.say("Say who writes: your name, e-mail and postal address."), "sender",
                  self._desk.say("Say it"))  # fmt: skip

    def show_about(self, item_id: int, kind: LetterKind) -> None:
        """The letters are about another title, or of another kind."""
        self._item_id, self.files.kind = item_id, kind

    def show_letter(
        self,
        row: Recipient,
        letter: LetterText | None,
        problem: Problem | None,
        opening: str,
        done: tuple[int, int],
        findings: Sequence[Finding] = (),
        offered: Sequence[Opening] = (),
    ) -> None:
        """Show someone's letter, or what is in its way."""
        desk = self._desk
        self._person_id, self._letter, self._offered = row.id, letter, offered
        self.paper.show_letter(letter)
        self.files.show_for(self._item_id, row)
        # What is being typed is never wiped; what was typed for someone else stays hers.
        if self._line_of != row.id or not self._opening.hasFocus():
            self._line_of = row.id
            self._opening.setText(opening)
            self._opening.setCursorPosition(0)
        self._opening.setReadOnly(row.approved is not None)
        self._offer.setVisible(row.approved is None)
        self._source.setText(self._rests_on(row, opening))
        self._count.setText(desk.say("{done} of {all} approved", done=done[0], all=done[1]))
        missing = letter.missing if letter is not None and problem is None else ()
        # Nor is it taken away from under the hands: whoever writes the line is not asked for it elsewhere.
        asked = tuple(fact for fact in missing if fact != "opening" or not self._opening.hasFocus())
        self.box.ask(asked, row.person.name.split()[0])
        self._line.setVisible("opening" not in asked[:1])
        self._line.setContentsMargins(0, 0, 0, 8 if asked else 0)  # the box below it begins at once
        self._findings.show_findings(() if missing else findings)
        wish = "person" if problem is not None and problem.code == "letters.no_email" else ""
        self._say(why_none(desk.words, problem, window=True) if problem else "", wish, desk.say("Add it"))
        ready = letter is not None and problem is None and not missing and row.approved is None
        self.approve.setEnabled(ready and not any(each.stops for each in findings))
        self.approve.set_label(desk.say("Approved") if row.approved is not None else desk.say("Approve, next"))

    def _rests_on(self, row: Recipient, opening: str) -> str:
        """What the personal line is taken from, or that it is kept."""
        if row.approved is not None:
            return self._desk.say("Approved with the letter")
        taken = next((each for each in self._offered if each.text == opening), None)
        return self.source_of(taken) if taken is not None else self._desk.say("Kept with the letter")

    def source_of(self, opening: Opening) -> str:
        """What a proposed line rests on, such as "from their post of 3 March"."""
        day = self._desk.words.day(opening.day) if opening.day else ""
        if opening.reason is not None:
            why = self._desk.words.reason(opening.reason.code, opening.reason.facts)
            return self._desk.say("from the match: {reason}", reason=why)
        if opening.kind == "post":
            return self._desk.say("from their post of {day}", day=day)
        return self._desk.say("from what they said, {day}", day=day) if day else self._desk.say("from what they said")

    def offer_openings(self, person: int, offered: Sequence[Opening]) -> None:
        """Let the user choose a personal line from evidence, with one key, if it is still about the same person."""
        if person != self._person_id:
            return
        self._offered = offered
        if not offered:
            self._desk.tell(self._desk.say("Nothing is known yet that a line could rest on"))
            return
        menu = Menu(self)
        for number, each in enumerate(offered, start=1):
            words = each.text if len(each.text) < 90 else each.text[:88] + "…"
            act = menu.addAction(f"&{number}  {words.replace('&', '&&')}\t{self.source_of(each)}")
            act.triggered.connect(lambda _=False, text=each.text: self._choose(person, text))
        menu.drop_from(self.box if self.box.isVisible() else self._opening)

    def _open_menu(self) -> None:
        letter, item, say = self._letter, self._item_id, self._desk.say
        if self._person_id < 0 or item < 0:
            return
        menu = Menu(self)
        if letter is not None and not letter.missing:
            menu = letter_menu(self._desk, self, letter)
            tried = menu.addAction(say("Send it to me as a test"))
            tried.triggered.connect(lambda: self._courier.try_letter(letter, item, self.files.kind.value))
            kept = menu.addAction(say("Save all approved letters in one file (mbox)"))
            kept.triggered.connect(lambda: self._courier.save_mbox(self))
            menu.addSeparator()
        self.files.offer(menu)
        menu.drop_from(self._more)

    def _choose(self, person: int, text: str) -> None:
        self._opening.setText(text)
        self.opening_given.emit(person, text)
        self.done.emit()

    def _say(self, text: str, wish: str = "", does: str = "") -> None:
        self._wish = wish
        if self._mend.hasFocus() and not wish:
            self.done.emit()
        self._note.set_text(text)
        self._mend.set_label(does)
        self._mend.setVisible(bool(wish))
        self._problem.setVisible(bool(text))

    def _ask(self) -> None:
        if self._wish:
            self._wish_for(self._wish)

    def _wish_for(self, wish: str) -> None:
        if wish == "openings":
            self.openings_wanted.emit()
            return
        self._desk.ask(wish, {"person": self._person_id, "title": self._item_id}.get(wish))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Alt is heard wherever the focus is: the window has each key before whoever has the focus, and little else.
        self._listen_to(self.window(), self.window().windowHandle())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._listen_to()

    def _listen_to(self, *heard: QObject | None) -> None:
        for each in self._heard:
            each.removeEventFilter(self)
        self._heard = [each for each in heard if each is not None]
        for each in self._heard:
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Alt:
                self.show_sources(shown=event.type() == QEvent.Type.KeyPress)
        elif event.type() == QEvent.Type.WindowDeactivate and self._sources.isVisible():
            self.show_sources(shown=False)
        return super().eventFilter(watched, event)

    def show_sources(self, *, shown: bool) -> None:
        """Set off each filled fact on the paper, and say where it comes from."""
        used = self._letter.used if shown and self._letter is not None else ()
        self.paper.set_off([value for _, value in used])
        say = self._desk.say
        names = {"person": say("People"), "title": say("Catalogue"), "sender": say("You and your house"),
                 "letter": say("This letter")}  # fmt: skip
        lines: dict[str, list[str]] = {}
        for fact, value in used[:_MOST_SOURCES]:
            said = value if len(value) < 34 else value[:32] + "…"
            lines.setdefault(names[belongs_to(fact)], []).append(" ".join(said.split()))
        self._sources.set_text("\n".join(f"{where}: {', '.join(said)}" for where, said in lines.items()))
