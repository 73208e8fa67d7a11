"""Letters: whom a title is planned for, the template, and each letter as it will read, to be approved one by one."""

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.jobs import Job
from outreach.services.drafting import Problem, approve_letter, write_drafts
from outreach.services.gifts import GiftState, move_gifts
from outreach.services.pages.letters import (
    LetterTitle,
    Recipient,
    TemplateLine,
    approved_letters,
    letter_titles,
    recipients,
    template_lines,
)
from outreach.services.senders import sender
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.letter_merge import Merge
from outreach.ui.pages.letter_pane import LetterPane
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge
from outreach.ui.paint.marks import avatar
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Choice, Label, Rule, column, line
from outreach.ui.widgets.lists import EmptyState, Segments
from outreach.ui.widgets.panes import Pane, Panes, Part, opener
from outreach.ui.widgets.template import TemplateView

_FIRST = "first-pitch"


class LettersPage(Page):
    """The merge of one title's letters."""

    tables = ("gift", "letter", "person", "email_address", "letter_template", "workspace_setting", "item", "address",
              "suppression", "post", "review_policy", "policy_rule")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self.merge = Merge(desk, self)
        self._templates: list[TemplateLine] = []
        self._is_asked = False
        shown = Column("to", say("To"), 0, self._paint_recipient, lambda row: str(row.person.name))
        self.model = RowModel([shown], lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 46, headings=False, inset=20, lined=False)
        self.table.setAccessibleName(say("Recipients"))
        Copying(self.table, desk)
        self._title, self._template = Choice(say("Title")), Choice(say("Template"))
        self._which = Segments(theme, [("all", say("All")), ("ready", say("Ready")), ("missing", say("Missing"))])
        self._subject = Label(theme, "", "mono", wrap=True)
        self.template_view = TemplateView(theme, say("Template"))
        self.pane = LetterPane(desk)
        self._save = Button(theme, say("Save drafts"), "default", "save", key_of("export"))
        self._pitched = Button(theme, say("Mark pitched"), "primary", "send", key_of("primary"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme, say, desk = self.theme, self.desk.say, self.desk
        who, template = opener(theme, say("Recipients"), "users"), opener(theme, say("Template"), "file-text")
        head = self.header(say("Letters"), None, who, template, self._save, self._pitched)
        left = QWidget()
        left.setLayout(
            column(
                column(self._title, self._template, line(self._which, None), spacing=8, margins=(20, 14, 16, 8)),
                self.table, margins=(0, 0, 0, 8),
            )
        )  # fmt: skip
        subject = Pane(theme, "sheet")
        subject.setLayout(line(self._subject, margins=(0, 0, 0, 0)))
        middle = QWidget()
        middle.setLayout(
            column(Label(theme, say("Template"), "h3"), 12, subject, 8, Rule(theme), 14, self.template_view, 8,
                   Rule(theme), 8, Label(theme, say("Facts come from People and Catalogue"), "small", "ink3"),
                   margins=(20, 16, 20, 14))
        )  # fmt: skip
        self._parts = Panes(theme, "letters", desk.home, [
            Part(left, 258, 2, least=220), Part(middle, 440, 1), Part(self.pane),
        ])  # fmt: skip
        self._parts.opens(who, left)
        self._parts.opens(template, middle)
        find = Button(theme, say("Find people for a title"), "primary", "puzzle")
        find.clicked.connect(lambda: desk.go("match"))
        empty = EmptyState(theme, "feather", say("A letter begins with someone it is meant for"),
                           say("Choose people for a title. Each letter is written from what you know of them, and goes "
                               "nowhere before you have read it."), find)  # fmt: skip
        full, bare = QWidget(), QWidget()
        full.setLayout(column(head, Rule(theme), self._parts))
        bare.setLayout(column(self.header(say("Letters"), None), empty))
        for each in (full, bare):
            self._stack.addWidget(each)
        self.setLayout(column(self._stack))

    def _connect(self) -> None:
        self._title.activated.connect(lambda _: self._take_title(int(self._title.currentData())))
        self._template.activated.connect(lambda _: self._take_template())
        self._which.chosen.connect(lambda _: self._show_people())
        self.table.current_changed.connect(lambda _: self._show_letter())
        self.table.opened.connect(lambda _: self.pane.focus_first())
        self.pane.approve.clicked.connect(self.approve)
        self.pane.skip.clicked.connect(lambda: self.table.step(1))
        self.pane.edit.clicked.connect(self._edit_person)
        self.pane.opening_given.connect(self.merge.take_opening)
        self.merge.changed.connect(self._show_people)
        self._save.clicked.connect(self._save_drafts)
        self._pitched.clicked.connect(self._mark_pitched)
        bind(self, "approve", self.approve)
        bind(self, "line", self.pane.focus_first)
        bind(self, "edit", self._edit_person)
        bind(self, "export", self._save_drafts)
        bind(self, "primary", self._mark_pitched)

    def panes(self) -> list[QWidget]:
        return [self.table, self.template_view, self.pane]

    def focus_main(self) -> None:
        self.table.setFocus()

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self._is_asked = True
            self._take_title(row_id)

    def _take_title(self, item_id: int) -> None:
        self.merge.take_title(item_id)
        self.refresh()

    def _take_template(self) -> None:
        self.merge.take_template(str(self._template.currentData()))
        self._show_people()
        self._write()

    def refresh(self) -> None:
        wanted = self.merge.item_id

        def reading(store: Store) -> tuple[list[LetterTitle], int, list[Recipient], list[TemplateLine]]:
            titles = letter_titles()
            known = [each.item_id for each in titles]
            item = wanted if wanted in known or wanted > 0 else next(iter(known), -1)
            return titles, item, recipients(store, item) if item > 0 else [], template_lines()

        self.desk.runner.read(reading, then=self._show, replaces="letters")

    def _show(self, found: tuple[list[LetterTitle], int, list[Recipient], list[TemplateLine]]) -> None:
        titles, item, self.merge.people, self._templates = found
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
        self.merge.take_title(item)
        self._stack.setCurrentIndex(0 if titles else 1)
        if not titles:
            return
        self._title.clear()
        for each in titles:
            self._title.addItem(f"{each.title}, {self.desk.words.number(each.waiting)}", each.item_id)
        self._title.setCurrentIndex(self._title.findData(item))
        chosen = self._template.currentData() or _FIRST
        self._template.clear()
        for template in self._templates:
            self._template.addItem(template.label, template.name)
        self._template.setCurrentIndex(max(0, self._template.findData(chosen)))
        self.merge.take_template(str(self._template.currentData()))
        self.pane.show_about(item)
        self._show_people()
        self._write()

    def _write(self) -> None:
        template = next((each for each in self._templates if each.name == self._template.currentData()), None)
        if template is None or not self.merge.people:
            return
        self._subject.setText(template.subject)
        self.template_view.show_text(template.body)
        if sender().missing():
            self.pane.ask_sender()
        else:
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
        self.table.select_ids([current], current)
        if self.table.current_id() < 0:
            self.table.select_first()
        approved = len(self.merge.approved())
        self._save.set_label(self.desk.words.trn("Save {number} as draft", "Save {number} as drafts", approved))
        self._pitched.set_label(self.desk.words.trn("Mark {number} pitched", "Mark {number} pitched", approved))
        for button in (self._save, self._pitched):
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
        approved = len(self.merge.approved())
        self.pane.show_letter(
            row, letter, problem, self.merge.openings.get(row.id, ""), (approved, len(self.merge.people))
        )

    def approve(self) -> None:
        """Approve the letter that is read, and go to the next."""
        row = self._current()
        letter = self.merge.text(row) if row else None
        if row is None or letter is None or not self.merge.is_ready(row) or row.approved is not None:
            return
        order, name = self.merge.order((row.id,)), row.person.name
        self.table.step(1)
        self.desk.write(lambda store: approve_letter(store, order, letter),
                        self.desk.say("Approved the letter to {name}", name=name))  # fmt: skip

    def _save_drafts(self) -> None:
        rows, item = self.merge.approved(), self.merge.item_id
        folder = self.desk.files.folder(self, self.desk.say("Where to put the drafts")) if rows else None
        if folder is None:
            return

        def work(store: Store, _job: Job) -> tuple[str, ...]:
            return write_drafts(store, approved_letters(item, [row.id for row in rows]), Path(folder))

        def told(files: tuple[str, ...]) -> None:
            self.desk.tell(self.desk.words.trn("Saved {number} draft in {folder}", "Saved {number} drafts in {folder}",
                                               len(files), folder=folder.name))  # fmt: skip

        self.desk.runner.run(Job("Saving drafts"), work, then=told)

    def _mark_pitched(self) -> None:
        rows = self.merge.approved()
        gifts = [row.gift_id for row in rows]
        if gifts:
            self.desk.write(
                lambda store: move_gifts(store, gifts, GiftState.ASKED),
                self.desk.words.trn("Marked {number} pitched", "Marked {number} pitched", len(gifts)),
            )

    def _edit_person(self) -> None:
        row = self._current()
        if row is not None:
            self.desk.ask("person", row.id)

    # What the list shows.

    def _stands(self, row: Recipient) -> tuple[str, str, str]:
        """An icon, a colour, and how a letter stands."""
        say, letter, problem = self.desk.say, self.merge.text(row), self.merge.problem(row)
        if row.approved is not None:
            return "circle-check", "good", say("Approved")
        if problem is not None:
            return "circle-alert", "warn", _short(self.desk, problem)
        if letter is None:
            return "", "ink3", say("Being written") if self.merge.is_writing else say("Not written yet")
        if letter.missing:
            number = len(letter.missing)
            return (
                "circle-alert",
                "warn",
                self.desk.words.trn("{number} fact missing", "{number} facts missing", number),
            )
        return "", "ink2", say("Ready to read")

    def _speak(self, row: Recipient) -> str:
        return f"{row.person.name}, {self._stands(row)[2]}"

    def _paint_recipient(self, canvas: Canvas, rect: QRectF, row: Recipient) -> None:
        middle, person = rect.center().y(), row.person
        avatar(canvas, rect.left(), middle - 14, 28, person.name, badge(person.platform, person.role))
        x, room = rect.left() + 40, rect.width() - 40 - 14
        canvas.text(x, middle - canvas.px(9), person.name, "medium", width=room)
        icon, color, words = self._stands(row)
        if icon:
            canvas.icon(icon, x, middle + canvas.px(9), 13, color, 2)
            x, room = x + 18, room - 18
        canvas.text(x, middle + canvas.px(9), words, "small", color, width=room)


def _short(desk: Desk, problem: Problem) -> str:
    shown = {
        "letters.no_email": desk.say("No e-mail yet"),
        "letters.suppressed": desk.say("Asked not to be contacted"),
        "letters.not_yet": desk.say("Asked for later"),
        "letters.pitched_before": desk.say("Pitched before"),
        "policies.closed": desk.say("Closed to requests"),
        "policies.genre": desk.say("Not a genre they take"),
        "policies.not_named": desk.say("Not a genre they take"),
        "policies.format": desk.say("Not a format they take"),
        "policies.country": desk.say("No parcels there"),
    }
    return shown.get(problem.code, desk.say("Cannot be written"))
