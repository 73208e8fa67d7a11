"""Letters through a real mail server and a real mailbox, with the program's own commands.

`OUTREACH_SERVERS_CA` names the certificate of the servers; their mail lies beside it, in ``mail/ADDRESS/Maildir``.
"""

import email
import imaplib
import os
import smtplib
import ssl
import time
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from outreach.services.drafting.senders import change_sender
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.models import Bounce, Letter, Reply
from outreach.store.workspace import Opening
from tests.services.mail.test_many_faults import Program
from tests.services.mail.test_sending import approved_by

pytestmark = [pytest.mark.full, pytest.mark.timeout(900)]

_PASSWORD = "geheim-123"


class Post:
    """The servers, and the program with an account of its own there."""

    def __init__(self, folder: Path, ca: Path) -> None:
        self.ca = ca
        self.mail = ca.parent.parent / "mail"
        self.folder = folder / "workspace"
        self.user = f"hanna-{time.time_ns()}@house.example"
        self.program = Program(self.folder, folder / "home", ca, folder / "pid")
        new_workspace(self.folder, Opening())

    def ready(self, count: int, domain: str = "readers.example") -> list[int]:
        """An account, and so many approved letters."""
        with workspace.writing(self.folder, Opening()) as store:
            change_sender(store, name="Hanna Okafor", email=self.user, postal_address="1 Mill Lane, Leeds")
            letters = approved_by(store, count, domain)
        for name, value in (
            ("smtp_host", "localhost"), ("smtp_port", "21587"), ("user", self.user), ("imap_host", "localhost"),
            ("imap_port", "21993"), ("imap_security", "tls"), ("drafts", "Drafts"),
        ):  # fmt: skip
            assert self.program.run("settings", f"mail.{name}", value)[0] == 0, name
        return letters

    def arrived(self) -> Counter[str]:
        """How often each of our letters lies in a mailbox of a recipient."""
        found: Counter[str] = Counter()
        for path in self.mail.glob("*/Maildir/new/*"):
            head = email.message_from_bytes(path.read_bytes(), policy=default)
            if self.user in str(head["From"]):
                found[str(head["Message-ID"])] += 1
        return found

    def answer(self, to: Letter, text: str) -> None:
        """An answer, as a person's own program sends it."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "r0@readers.example", self.user, "Re: your letter"
        mail["In-Reply-To"], mail["Message-ID"] = to.message_id, f"<{time.time_ns()}@readers.example>"
        mail.set_content(text)
        with smtplib.SMTP("localhost", 21587, timeout=20) as server:
            server.starttls(context=ssl.create_default_context(cafile=str(self.ca)))
            server.login("r0@readers.example", _PASSWORD)
            server.send_message(mail)


def until(what: Callable[[], bool], seconds: float = 60) -> bool:
    """Wait for the servers."""
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.3)
    return what()


@pytest.fixture
def post(tmp_path: Path) -> Post:
    ca = Path(os.environ.get("OUTREACH_SERVERS_CA", ""))
    if not ca.is_file():
        pytest.skip("the mail servers are not at hand (OUTREACH_SERVERS_CA names their certificate)")
    return Post(tmp_path, ca)


def test_five_hundred_letters_arrive_once_each(post: Post) -> None:
    post.ready(500)
    code, told = post.program.run("letters", "send", "--most", "500", "--pace", "0")
    assert code == 0, told
    with workspace.reading(post.folder, Opening()):
        wanted = Counter({letter.message_id: 1 for letter in Letter.select()})
    assert len(wanted) == 500
    assert until(lambda: len(post.arrived()) == 500)
    assert post.arrived() == wanted


def test_drafts_lie_in_the_mailbox(post: Post) -> None:
    post.ready(5)
    code, told = post.program.run("letters", "send", "--drafts")
    assert code == 0, told
    with workspace.reading(post.folder, Opening()):
        wanted = {letter.message_id for letter in Letter.select()}
    with imaplib.IMAP4_SSL("localhost", 21993, ssl_context=ssl.create_default_context(cafile=str(post.ca))) as box:
        box.login(post.user, _PASSWORD)
        box.select("Drafts", readonly=True)
        found = box.fetch("1:*", "(RFC822)")[1]
    drafts = [email.message_from_bytes(each[1], policy=default) for each in found if isinstance(each, tuple)]
    assert {str(each["Message-ID"]) for each in drafts} == wanted
    assert all("salt" in str(each.get_body(("plain",))) for each in drafts)
    assert not post.arrived()


def test_letters_that_come_back_mark_their_addresses_and_an_answer_finds_its_letter(post: Post) -> None:
    post.ready(2, "bounce.test")
    assert post.program.run("letters", "send", "--pace", "0")[0] == 0
    with workspace.reading(post.folder, Opening()):
        post.answer(Letter.get_by_id(1), "Yes please, do send it.")
    inbox = post.mail / post.user / "Maildir"
    assert until(lambda: len([*inbox.glob("new/*"), *inbox.glob("cur/*")]) == 3)
    code, told = post.program.run("letters", "fetch")
    assert code == 0, told
    with workspace.reading(post.folder, Opening()):
        marked = sorted((bounce.address, bounce.kind) for bounce in Bounce.select())
        assert marked == [("r0@bounce.test", "hard"), ("r1@bounce.test", "hard")]
        assert [reply.letter_id for reply in Reply.select()] == [1]
