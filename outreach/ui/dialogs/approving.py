"""Letters written together: read one after another, approved together, handed to the outbox or to files."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes, together
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.drafting import handing_out
from outreach.services.drafting.drafts import LetterOrder, LetterText, approve_letter, preview_checked
from outreach.services.letters.lint import Finding
from outreach.services.mail import accounts, outbox
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.notices import Note
from outreach.ui.widgets.paper import Paper
from outreach.wording.letters import why_none

_HIGH = 330

#: A letter, what is found in it, and what it was made from.
Written = tuple[LetterOrder, LetterText, list[Finding]]
#: All letters, and why others could not be written, a sentence each.
Made = tuple[list[Written], list[str]]
#: What is to be written, found out beside the window.
Ordering = Callable[[Store], Sequence[LetterOrder]]


class ApprovingDialog(Dialog):
    """The letters, one after another. What stops one of them is told below it."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, text: str, orders: Ordering) -> None:
        self._desk = desk
        self._letters: list[Written] = []
        self._at = 0
        theme, say = desk.theme, desk.say
        self._paper = Paper(theme, say("To"), say("Subject"))
        self._paper.setFixedHeight(theme.px(_HIGH))
        self._earlier, self._later = (Button(theme, "", "ghost", icon) for icon in ("chevron-left", "chevron-right"))
        for button, name in ((self._earlier, say("Letter before")), (self._later, say("Next letter"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
        self._which = Label(theme, say("Being written"), "small", "ink3")
        self._note = Note(theme, tone="warn")
        body = QWidget()
        body.setLayout(column(self._paper, 6, line(None, self._earlier, self._which, self._later, None), self._note))
        cancel = Button(theme, say("Cancel"))
        self.go = Button(theme, say("Approve and send"), "primary", "send", "Enter")
        self.go.setEnabled(False)
        super().__init__(theme, parent, title, text, body, cancel, self.go, width=620)
        cancel.clicked.connect(self.close_overlay)
        self.go.clicked.connect(self._approve)
        self._earlier.clicked.connect(lambda: self._turn(-1))
        self._later.clicked.connect(lambda: self._turn(1))
        self._show()
        self._write(orders)

    def _write(self, orders: Ordering) -> None:
        """Write the letters in a child process, an order after the other."""
        desk = self._desk

        def work(store: Store, job: Job) -> Made:
            letters: list[Written] = []
            refused: list[str] = []
            for order in orders(store):
                found, problems, findings = preview_checked(store, order, job)
                for letter in found:
                    one = replace(order, people=(letter.person_id,))
                    letters.append((one, letter, findings.get(letter.person_id, [])))
                    refused += self._stops(letter, letters[-1][2])
                refused += [why_none(desk.words, each, window=True) for each in problems]
            return letters, refused

        def failed(error: Exception) -> None:
            self.show_trouble(desk.sentence(error))

        desk.runner.run(Job("Writing letters", repeatable=False), work, then=self.still(self._take),
                        failed=self.still(failed))  # fmt: skip

    def _take(self, made: Made) -> None:
        self._letters, refused = made
        self._note.set_text("\n".join(refused))
        ready = len(self._ready())
        words = self._desk.words
        is_sent = self._has_account
        self.go.set_label(
            words.trn("Approve and send {number}", "Approve and send {number}", ready) if is_sent
            else words.trn("Approve and save {number}", "Approve and save {number}", ready)
        )  # fmt: skip
        self.go.setEnabled(ready > 0)
        self.go.setFocus()
        self._show()
        self.resettle()

    def _stops(self, letter: LetterText, findings: Sequence[Finding]) -> list[str]:
        """Why a letter cannot go as it stands, a sentence each."""
        words, lacks = self._desk.words, ", ".join(letter.missing)
        found = [words.say("letters.missing_facts", person=letter.to_name, facts=lacks)] if lacks else []
        return found + [
            words.trouble(KnownError(each.code, **{"person": letter.to_name, **each.facts}), window=True)
            for each in findings if each.stops and not lacks
        ]  # fmt: skip

    @property
    def _has_account(self) -> bool:
        mail = accounts.account()
        return bool(mail.smtp_host and mail.user)

    def _ready(self) -> list[Written]:
        """The letters that nothing is missing in, and that nothing stops."""
        return [each for each in self._letters if not each[1].missing and not any(one.stops for one in each[2])]

    def _turn(self, by: int) -> None:
        self._at = max(0, min(len(self._letters) - 1, self._at + by))
        self._show()

    def _show(self) -> None:
        letters, say = self._letters, self._desk.say
        self._earlier.setEnabled(self._at > 0)
        self._later.setEnabled(self._at + 1 < len(letters))
        if letters:
            self._paper.show_letter(letters[self._at][1])
            shown = say("{name}, {number} of {all}", name=letters[self._at][1].to_name, number=self._at + 1,
                        all=len(letters))  # fmt: skip
            self._which.setText(shown)

    def _approve(self) -> None:
        """Approve what can go, and hand it on."""
        ready, desk, is_sent = self._ready(), self._desk, self._has_account
        folder = None if is_sent else desk.files.folder(self, desk.say("Where to put the drafts"))
        if not ready or (folder is None and not is_sent):
            return

        def work(store: Store) -> tuple[list[int], Changes]:
            changes = together([approve_letter(store, order, letter) for order, letter, _ in ready])
            letters = sorted(changes.rows.get("letter") or ())
            if folder is not None:
                handing_out.write_drafts(store, letters, folder)
                return letters, changes
            return letters, together([changes, outbox.hand_over(store, letters)])

        def ended(made: tuple[list[int], Changes]) -> None:
            letters, words = made[0], desk.words
            if folder is not None:
                desk.tell(words.trn("Saved {number} draft in {folder}", "Saved {number} drafts in {folder}",
                                    len(letters), folder=folder.name))  # fmt: skip
                return
            told = words.trn("{number} letter goes in {seconds} seconds", "{number} letters go in {seconds} seconds",
                             len(letters), seconds=outbox.HOLD_SECONDS)  # fmt: skip
            # The outbox is looked after on its page.
            desk.go("letters")
            desk.offer(told, lambda: desk.write(lambda store: outbox.hold_back(store, letters)), outbox.HOLD_SECONDS)

        desk.write(work, then=ended)
        self.close_overlay()
