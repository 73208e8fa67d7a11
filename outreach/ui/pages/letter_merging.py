"""The merge: whom a title is planned for, the template, and each letter as it will read, to be approved one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.services.drafting.drafts import LetterOrder, LetterText, approve_letter
from outreach.services.drafting.filling import keep_fact
from outreach.services.drafting.post_letters import PostLetter
from outreach.services.drafting.senders import sender
from outreach.services.gifts.gifts import GiftState, move_gifts
from outreach.services.letters.templates import LetterKind
from outreach.services.pages.letters import MergePage, Recipient, TemplateLine, approved_letters, merge_page
from outreach.services.rights.permissions import approve_question
from outreach.store.database import Store
from outreach.ui.actions import key_of
from outreach.ui.courier import Courier
from outreach.ui.desk import Desk
from outreach.ui.pages.letter_merge import Merge
from outreach.ui.pages.letter_pane import LetterPane
from outreach.ui.pages.letter_recipients import RecipientPainter
from outreach.ui.sample import SampleLink
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.lists import EmptyState, Segments
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.template import Framed, TemplateView


class MergeView(QWidget):
    """The merge of one title's letters.

    Attributes:
        openers: Bring back what gave way.
        acts: What can be done with all approved letters.

    Signals:
        counted: How many letters there are to write and to approve.
        emptied: Whether there is any has changed.
    """

    counted = Signal(int)
    emptied = Signal()

    def __init__(self, desk: Desk, courier: Courier) -> None:
        super().__init__()
        self.desk = desk
        self.theme = desk.theme
        self._courier = courier
        theme, say = desk.theme, desk.say
        self.merge = Merge(desk, self)
        self._painter = RecipientPainter(desk, self.merge)
        self._templates: list[TemplateLine] = []
        self._is_asked = False
        shown = Column("to", say("To"), 0, self._painter.paint, lambda row: str(row.person.name))
        self.model = RowModel([shown], lambda _: {}, self._painter.speak, self)
        self.table = TableView(theme, self.model, 46, headings=False, inset=20, lined=False)
        self.table.setAccessibleName(say("Recipients"))
        Copying(self.table, desk)
        self._title, self._template = Choice(say("Title")), Choice(say("Template"))
        self._which = Segments(theme, [("all", say("All")), ("ready", say("Ready")), ("missing", say("Missing"))])
        self._subject = Label(theme, "", "mono", wrap=True)
        self.template_view = TemplateView(theme, say("Template"))
        self.pane = LetterPane(desk, courier)
        self._pitched = Button(theme, say("Mark pitched"), "ghost", "check")
        self._save = Button(theme, say("Save drafts"), "default", "save", key_of("export"))
        self._send = Button(theme, say("Send"), "primary", "send", key_of("primary"))
        self.openers = (
            opener(theme, say("Recipients"), "users"), opener(theme, say("Template"), "file-text"),
        )  # fmt: skip
        self.acts = (self._pitched, self._save, self._send)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme, say, desk = self.theme, self.desk.say, self.desk
        who, template = self.openers
        left = QWidget()
        left.setLayout(
            column(
                column(self._title, self._template, line(self._which, None), spacing=8, margins=(20, 14, 16, 8)),
                self.table, margins=(0, 0, 0, 8),
            )
        )  # fmt: skip
        self.write_template = Button(theme, say("Edit template"), "ghost", "pencil", height=28)
        head = line(Label(theme, say("Template"), "h3"), None, self.write_template)
        sign = Painted(theme, lambda canvas, _, height: canvas.icon("info", 0, height / 2, 14, "ink3"), 16, 18)
        middle = QWidget()
        middle.setLayout(
            column(head, 8, Framed(theme, self._subject), 14, self.template_view, 8, Rule(theme), 8,
                   line(sign, Label(theme, say("Hold Alt to see where each fact comes from"), "small", "ink3"), None),
                   margins=(20, 12, 20, 14))
        )  # fmt: skip
        self._parts = Panes(theme, "letters", desk.home, [
            Part(left, 258, 2, least=220), Part(middle, 440, 1), Part(self.pane),
        ])  # fmt: skip
        self._givers = (left, middle)
        self._parts.opens(who, left)
        self._parts.opens(template, middle)
        self._parts.folded.connect(self.emptied)
        find = Button(theme, say("Find people for a title"), "primary", "puzzle")
        find.clicked.connect(lambda: desk.go("match"))
        empty = EmptyState(theme, "feather", say("A letter begins with someone it is meant for"),
                           say("Choose people for a title. Each letter is written from what you know of them, and goes "
                               "nowhere before you have read it."), find, link=SampleLink(desk),
                           steps=(
                               Step("puzzle", say("Choose people"), say("Those who would enjoy the title")),
                               Step("feather", say("Read each letter"), say("A missing fact is marked, never made up")),
                               Step("send", say("Send or save them"), say("By your own mail account, or as drafts")),
                           ))  # fmt: skip
        for each in (self._parts, empty):
            self._stack.addWidget(each)
        self.setLayout(column(self._stack))

    def _connect(self) -> None:
        self._title.activated.connect(lambda _: self.take_title(int(self._title.currentData())))
        self._template.activated.connect(lambda _: self._take_template())
        self._which.chosen.connect(lambda _: self._show_people())
        self.table.current_changed.connect(lambda _: self._show_letter())
        self.table.opened.connect(lambda _: self.pane.focus_first())
        self.pane.approve.clicked.connect(self.approve)
        self.pane.skip.clicked.connect(lambda: self.table.step(1))
        self.pane.edit.clicked.connect(self.edit_person)
        self.pane.opening_given.connect(self.merge.take_opening)
        self.pane.filled.connect(self._keep_fact)
        self.pane.left_out.connect(lambda person, fact: self.merge.leave_out(person, fact))
        self.pane.done.connect(self.table.setFocus)
        self.merge.changed.connect(self._show_people)
        self._save.clicked.connect(self.save_drafts)
        self._send.clicked.connect(self.send)
        self._pitched.clicked.connect(self._mark_pitched)

    def panes(self) -> list[QWidget]:
        """The parts between which F6 goes."""
        return [self.table, self.template_view, self.pane]

    def parts(self) -> list[bool]:
        """Of each opener, whether its part gave way."""
        return [self._parts.has_folded(each) for each in self._givers]

    def focus_main(self) -> None:
        """Take the focus."""
        self.table.setFocus()

    def offers(self, act: Button) -> bool:
        """Whether something can be done with letters of this kind: only an offer makes a gift pitched."""
        return act is not self._pitched or self.merge.kind is LetterKind.PITCH

    @property
    def is_empty(self) -> bool:
        """Whether no title waits for letters."""
        return self._stack.currentIndex() == 1

    def show_title(self, item_id: int) -> None:
        """Turn to a title that was asked for from another place."""
        self._is_asked = True
        self.take_title(item_id)

    def take_title(self, item_id: int) -> None:
        """Turn to a title."""
        self.merge.take_title(item_id)
        self.refresh()

    def _take_template(self) -> None:
        name = str(self._template.currentData())
        kind = next((each.kind for each in self._templates if each.name == name), self.merge.kind)
        is_same = kind is self.merge.kind
        self.merge.take_template(name, kind)
        if is_same:
            self._show_people()
            self._write()
        else:  # it is for others
            self.refresh()

    def refresh(self, *, anew: bool = True) -> None:
        """Read who is written to, and write their letters; all of them `anew`, or those only that are not written."""
        item, template = self.merge.item_id, self.merge.template
        self.desk.runner.read(lambda store: merge_page(store, template, item),
                              then=lambda page: self._show(page, anew=anew), replaces="letters")  # fmt: skip

    def _show(self, page: MergePage, *, anew: bool) -> None:
        item, titles = page.item_id, page.titles
        self.merge.people, self._templates = page.people, page.templates
        if item > 0 and item not in [each.item_id for each in titles]:
            # A title that nobody is planned for yet: that comes first.
            self.merge.take_title(-1)
            if self._is_asked and self.isVisible():
                self._is_asked = False
                self.desk.tell(self.desk.say("Nobody is planned for it yet"))
                self.desk.go("match", item)
            else:
                self.refresh()
            return
        self._is_asked = False
        self.merge.take_template(page.template, page.kind)
        self.merge.take_title(item)
        self._stack.setCurrentIndex(0 if titles else 1)
        self.emptied.emit()
        self.counted.emit(len(self.merge.people) if titles else 0)
        if not titles:
            return
        number = self.desk.words.number
        _fill(self._title, [(f"{each.title}, {number(each.waiting)}", each.item_id) for each in titles], item)
        _fill(self._template, [(each.label, each.name) for each in self._templates], page.template)
        self.pane.show_about(item, page.kind)
        self._show_people()
        self._write(anew=anew)

    def _write(self, *, anew: bool = True) -> None:
        template = next((each for each in self._templates if each.name == self._template.currentData()), None)
        if template is None or not self.merge.people:
            return
        self._subject.setText(template.subject)
        self.template_view.show_text(template.body)
        if sender().missing():
            self.pane.ask_sender()
        elif anew or self.merge.lacks_any():
            self.merge.write()

    # Reading and approving.

    def _show_people(self) -> None:
        ready = [row for row in self.merge.people if self.merge.is_ready(row)]
        missing = [row for row in self.merge.people if not self.merge.is_ready(row)]
        say = self.desk.say
        for key, label, rows in (("all", say("All"), self.merge.people), ("ready", say("Ready"), ready),
                                 ("missing", say("Missing"), missing)):  # fmt: skip
            self._which.set_label(key, label, len(rows))
        shown = {"all": self.merge.people, "ready": ready, "missing": missing}[self._which.key]
        current = self.table.current_id()
        self.model.set_rows(shown)
        self.table.stay_at(current)
        approved = len(self.merge.approved())
        words = self.desk.words
        labels = (
            (self._pitched, say("Mark pitched"), words.trn("Mark {number} pitched", "Mark {number} pitched", approved)),
            (self._save, say("Save as drafts"),
             words.trn("Save {number} as draft", "Save {number} as drafts", approved)),
            (self._send, say("Send approved"),
             words.trn("Send {number} approved", "Send {number} approved", approved)),
        )  # fmt: skip
        for button, none, some in labels:
            button.set_label(some if approved else none)
            button.setEnabled(bool(approved))
            button.setToolTip("" if approved else say("Approve a letter first"))
        self._show_letter()

    def _current(self) -> Recipient | None:
        return next((row for row in self.merge.people if row.id == self.table.current_id()), None)

    def _show_letter(self) -> None:
        row = self._current()
        if row is None:
            self.pane.show_nothing()
            return
        letter, problem = self.merge.text(row), self.merge.problem(row)
        self.template_view.mark_missing(frozenset(letter.missing) if letter else frozenset())
        approved = sum(each.approved is not None for each in self.merge.people)
        self.pane.show_letter(
            row, letter, problem, self.merge.openings.get(row.id, ""), (approved, len(self.merge.people)),
            self.merge.findings_of(row), self.merge.offered(row.id),
        )  # fmt: skip

    def approve(self) -> None:
        """Approve the letter that is read, and go to the next."""
        row = self._current()
        letter = self.merge.text(row) if row else None
        if row is None or letter is None or not self.merge.is_ready(row) or row.approved is not None:
            return
        if any(each.stops for each in self.merge.findings_of(row)):
            return
        order, name, post = self.merge.order((row.id,)), row.person.name, row.post_id
        is_question = self.merge.kind is LetterKind.PERMISSION
        self.table.step(1)
        self.desk.write(lambda store: _approve(store, order, letter, post if is_question else None),
                        self.desk.say("Approved the letter to {name}", name=name))  # fmt: skip

    def _approved_letters(self) -> list[int]:
        return approved_letters(self.merge.item_id, [row.id for row in self.merge.approved()], self.merge.kind)

    def send(self) -> None:
        """Send what is approved by the user's account; without one, save it as drafts."""
        letters = self._approved_letters()
        if letters and self._courier.has_account:
            self._courier.send(letters)
        else:
            self.save_drafts()

    def save_drafts(self) -> None:
        """Put what is approved into the drafts of the mailbox, or where there is none, into files."""
        letters = self._approved_letters()
        if letters and self._courier.has_mailbox:
            self._courier.keep_drafts(letters)
        elif letters:
            self._courier.save_files(self, letters)

    def _mark_pitched(self) -> None:
        gifts = [row.gift_id for row in self.merge.approved() if row.gift_id is not None]
        if gifts:
            told = self.desk.words.trn("Marked {number} pitched", "Marked {number} pitched", len(gifts))
            self.desk.write(lambda store: move_gifts(store, gifts, GiftState.ASKED), told)

    def edit_person(self) -> None:
        """Change what is known of whoever is written to."""
        row = self._current()
        if row is not None:
            self.desk.ask("person", row.id)

    def _keep_fact(self, person: int, fact: str, text: str) -> None:
        item, told = self.merge.item_id, self.desk.say("Kept what was missing")
        self.desk.write(lambda store: keep_fact(store, fact, text, person, item), told)

    def paste(self) -> None:
        """Put what was copied into the box of the fact that is missing."""
        self.pane.paste(QGuiApplication.clipboard().text())

    def choose_opening(self) -> None:
        """Let a personal line be chosen: what they said, or why the match thinks of them."""
        row = self._current()
        if row is not None and row.approved is None:
            self.merge.look_for_reasons(lambda: self.pane.offer_openings(row.id, self.merge.offered(row.id)))


def _fill(choice: Choice, lines: Sequence[tuple[str, object]], current: object) -> None:
    """Offer some lines, each with what it stands for."""
    choice.clear()
    for label, value in lines:
        choice.addItem(label, value)
    choice.setCurrentIndex(choice.findData(current))


def _approve(store: Store, order: LetterOrder, letter: LetterText, post_id: int | None) -> Changes:
    """Approve a letter; one that asks for leave to use a post is noted there as asked."""
    if post_id is None:
        return approve_letter(store, order, letter)
    return approve_question(store, PostLetter(post_id, order, letter))
