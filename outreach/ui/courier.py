"""Letters on their way through the user's mail account, while a window is open: sent once their time to think is over.

It looks at the clock each second while something waits, hands the waiting for the server to a thread of its own, and
sends nothing more once the user stopped it or the server would not let us in.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.drafting import handing_out
from outreach.services.drafting.drafts import LetterText
from outreach.services.letters.files import write_mbox
from outreach.services.mail import accounts, outbox, replies, sending
from outreach.services.mail.mailbox import Mailbox, open_mailbox
from outreach.services.mail.replies import FetchedMail
from outreach.services.mail.to_oneself import copy_of_text, send_to_oneself
from outreach.services.mail.transport import Server, trusted
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.runner import Task

_LOOK_MS = 1000
_PASSWORD = ("mail.wrong_password", "mail.password_needed")


class Courier(QObject):
    """Carries letters out and answers in.

    Signals:
        changed: It has begun or ended to carry something.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        #: Typed by the user, and kept nowhere else, where there is no keyring.
        self._password = ""
        self._is_stopped = False
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        desk.runner.task_ended.connect(self._note_end)

    @property
    def has_account(self) -> bool:
        """Whether it is known by which account letters go."""
        mail = accounts.account()
        return bool(mail.smtp_host and mail.user)

    @property
    def has_mailbox(self) -> bool:
        """Whether it is known where the user's mailbox is."""
        mail = accounts.account()
        return bool(mail.imap_host and mail.user)

    @property
    def is_sending(self) -> bool:
        """Whether letters are going at present."""
        return self._job is not None

    # Out.

    def send(self, letters: Sequence[int]) -> None:
        """Hand approved letters over; they go when the time to think is over, unless they are held back."""
        desk = self._desk

        def offered(_: Changes) -> None:
            self._is_stopped = False
            self._timer.start()
            words = desk.words.trn("{number} letter goes in {seconds} seconds",
                                   "{number} letters go in {seconds} seconds", len(letters),
                                   seconds=outbox.HOLD_SECONDS)  # fmt: skip
            desk.offer(words, lambda: self.hold_back(letters), outbox.HOLD_SECONDS)

        desk.runner.write(lambda store: outbox.hand_over(store, letters), then=offered)

    def hold_back(self, letters: Sequence[int]) -> None:
        """Take letters back that have not gone; they are approved letters again."""
        words = self._desk.words.trn("Held {number} letter back", "Held {number} letters back", len(letters))
        self._desk.runner.write(lambda store: outbox.hold_back(store, letters),
                                then=lambda _: self._desk.tell(words))  # fmt: skip

    def go_on(self) -> None:
        """Send what waits, also what was paused or waited too long, as somebody said so."""
        self._is_stopped = False

        def then(_: object) -> None:
            self._carry(stale_too=True)

        self._desk.runner.write(outbox.go_on, then=then)

    def watch(self) -> None:
        """Look after what waits from before, such as letters that were put off."""
        self._timer.start()

    def _look(self) -> None:
        due = outbox.next_due(self._desk.store)
        if not due:
            self._timer.stop()
        elif due <= self._desk.store.now() and not self._is_stopped and self._job is None and not outbox.is_paused():
            self._carry(stale_too=False)

    def _carry(self, *, stale_too: bool) -> None:
        desk, runner = self._desk, self._desk.runner
        mail = accounts.account()
        try:
            server = mail.outgoing()
        except KnownError:
            self._is_stopped = True
            desk.ask("mail")
            return
        waiting = len(outbox.lines(outbox.WAITING))
        job = self._job = Job("Sending letters", waiting, repeatable=False)
        typed = self._password

        def work(_store: Store, job: Job) -> sending.Sent:
            return sending.send_by_account(
                server, _secret(server, typed), None,
                lambda: runner.write_within(lambda store: outbox.take_next(store, stale_too=stale_too)),
                lambda letter, said: runner.write_within(lambda store: outbox.settle(store, letter, said)),
                job, pace_seconds=float(mail.pace),
            )  # fmt: skip

        runner.run(job, work, calls=True, then=self._tell_sent, failed=lambda error: self._failed(error, server))
        self.changed.emit()

    def _tell_sent(self, sent: sending.Sent) -> None:
        words = self._desk.words
        told = words.trn("Sent {number} letter", "Sent {number} letters", sent.sent)
        if sent.stopped:
            self._is_stopped = True
            told = words.tr("{sent}. The server wants no more for now, the rest waits.", sent=told)
        self._desk.tell(told)

    def _note_end(self, task: Task, came: object) -> None:
        if task.job is self._job:
            self._job = None
            self._is_stopped = self._is_stopped or isinstance(came, (Cancelled, Exception))
            self.changed.emit()

    # Into files, into the drafts of the mailbox, and in.

    def save_files(self, parent: QWidget, letters: Sequence[int]) -> None:
        """Write approved letters as files that a mail program opens as drafts."""
        desk = self._desk
        folder = desk.files.folder(parent, desk.say("Where to put the drafts"))
        if folder is None:
            return

        def work(store: Store, _job: Job) -> tuple[str, ...]:
            return handing_out.write_drafts(store, letters, folder)

        def told(files: tuple[str, ...]) -> None:
            desk.tell(desk.words.trn("Saved {number} draft in {folder}", "Saved {number} drafts in {folder}",
                                     len(files), folder=folder.name))  # fmt: skip

        desk.runner.run(Job("Saving drafts"), work, then=told)

    def save_mbox(self, parent: QWidget) -> None:
        """Write all letters that are approved into one file, as mail programs import it."""
        desk = self._desk
        path = desk.files.to_save(parent, desk.say("Where to put the letters"), "letters.mbox")
        if path is None:
            return

        def work(store: Store, _job: Job) -> int:
            messages = [raw for _, raw in handing_out.messages_of(store, handing_out.approved_letters())]
            write_mbox(path, messages)
            return len(messages)

        def told(number: int) -> None:
            desk.tell(desk.words.trn("Saved {number} letter in {file}", "Saved {number} letters in {file}", number,
                                     file=path.name))  # fmt: skip

        desk.runner.run(Job("Saving letters"), work, then=told)

    def try_letter(self, letter: LetterText, item_id: int, kind: str) -> None:
        """Send a letter to the user herself, to see how it looks where it is read; nobody else gets it."""
        try:
            server = accounts.account().outgoing()
        except KnownError:
            self._desk.ask("mail")
            return
        typed, desk = self._password, self._desk

        def work(store: Store, _job: Job) -> str:
            return send_to_oneself(server, _secret(server, typed), copy_of_text(store, letter, item_id, kind))

        desk.runner.run(
            Job("Sending a test", repeatable=False), work, calls=True,
            then=lambda address: desk.tell(desk.say("Sent a test to {address}", address=address)),
            failed=lambda error: self._failed(error, server, lambda: self.try_letter(letter, item_id, kind)),
        )  # fmt: skip

    def keep_drafts(self, letters: Sequence[int]) -> None:
        """Put approved letters into the drafts of the user's mailbox."""
        folder, words = accounts.account().drafts, self._desk.words

        def work(store: Store, job: Job, box: Mailbox) -> int:
            return box.keep_drafts(folder, [raw for _, raw in handing_out.messages_of(store, letters)], job)

        self._call(
            "Saving drafts", work,
            lambda number: self._desk.tell(words.trn("Put {number} letter into your drafts",
                                                     "Put {number} letters into your drafts", number)),
        )  # fmt: skip

    def fetch(self) -> None:
        """Fetch answers and letters that came back; the mailbox is not changed by it."""

        def work(store: Store, job: Job, box: Mailbox) -> FetchedMail:
            fetched = box.new_mail(replies.first_day(store), replies.known_place(), job)
            kept: FetchedMail = self._desk.runner.write_within(lambda opened: replies.keep_mail(opened, fetched))
            return kept

        def then(kept: FetchedMail) -> None:
            answers = self._desk.words.trn("{number} answer", "{number} answers", kept.replies)
            came = self._desk.words.trn("{number} letter came back", "{number} letters came back", kept.bounces)
            self._desk.tell(f"{answers}, {came}")

        self._call("Fetching answers", work, then)

    def look_up(self, letter_id: int, message_id: str) -> None:
        """Look in the sent mail whether an unclear letter went; if it is there, it arrived."""
        say = self._desk.say

        def work(_store: Store, _job: Job, box: Mailbox) -> bool:
            return box.has_message(message_id)

        def then(is_there: bool) -> None:
            if is_there:
                self._desk.runner.write(lambda store: outbox.settle_unclear(store, [letter_id], arrived=True))
            told = say("It is in your sent mail, so it went") if is_there else say("It is not in your sent mail")
            self._desk.tell(told)

        self._call("Looking in the sent mail", work, then)

    def _call(self, label: str, work: Callable[[Store, Job, Mailbox], Any], then: Callable[[Any], None]) -> None:
        try:
            server = accounts.account().incoming()
        except KnownError:
            self._desk.ask("mail")
            return
        typed = self._password

        def calling(store: Store, job: Job) -> Any:
            with open_mailbox(server, _secret(server, typed), trusted()) as box:
                return work(store, job, box)

        def again() -> None:
            self._call(label, work, then)

        self._desk.runner.run(Job(label, repeatable=False), calling, calls=True, then=then,
                              failed=lambda error: self._failed(error, server, again))  # fmt: skip

    def _failed(self, error: Exception, server: Server, again: Callable[[], None] | None = None) -> None:
        """Where the password is at fault, ask for it and go on; else say what is in the way."""
        if not (isinstance(error, KnownError) and error.code in _PASSWORD):
            self._desk.ask("trouble", (error, lambda: None))
            return

        def take(password: str) -> None:
            self._password = password
            self._is_stopped = False
            if again is not None:
                again()
            else:
                self._carry(stale_too=False)

        self._desk.ask("mail_password", (self._desk.sentence(error), server, take))


def _secret(server: Server, typed: str) -> str:
    secret = typed or accounts.password_of(server, lambda _: "")
    if not secret:
        raise KnownError("mail.password_needed", user=server.user, host=server.host)
    return secret
