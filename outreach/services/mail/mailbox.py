"""The user's mailbox: new mail is read without a trace in it, and drafts are put into it.

Messages are handed on as bytes: what is in them is looked at in a child process only.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.mail.transport import Server

_PATIENCE = 60.0
#: So much of a message is fetched; answers are short, and reports say what they have to say at the beginning.
LARGEST = 1_000_000
#: So many messages are looked at in one round; the rest comes with the next.
MOST = 2_000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) (?P<name>.+)')


@dataclass(frozen=True, slots=True)
class Place:
    """How far a mailbox was read; RFC 3501, section 2.3.1.1.

    Attributes:
        validity: Changes when the server numbers its messages anew.
        last: The number of the newest message that was read.
    """

    validity: int
    last: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """New messages, and how far the mailbox was read with them."""

    messages: tuple[bytes, ...]
    place: Place


class Mailbox:
    """An open conversation with a mailbox."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._client = client

    def new_mail(self, since: date, known: Place | None, job: Job) -> Fetched:
        """Messages of the inbox that were not read here before; nothing in it is changed, not even "seen".

        Args:
            since: Nothing older is looked at.
            known: How far it was read before.
            job: Progress, and whether to go on.
        """
        self._ask("select", '"INBOX"', True)  # read-only: EXAMINE
        validity = int(self._client.response("UIDVALIDITY")[1][0] or 0)
        first = known.last + 1 if known and known.validity == validity else 1
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        answer = self._ask("uid", "SEARCH", "UID", f"{first}:*", "SINCE", day)
        numbers = sorted(int(each) for each in (answer[0] or b"").split() if int(each) >= first)[:MOST]
        messages = []
        for done, number in enumerate(numbers, start=1):
            messages.append(self._message(number))
            job.report(done, total=len(numbers))
        last = numbers[-1] if numbers else first - 1
        return Fetched(tuple(filter(None, messages)), Place(validity, last))

    def keep_drafts(self, folder: str, messages: Sequence[bytes], job: Job) -> int:
        """Put messages into the folder of drafts, where the user's mail program finds them; how many were put."""
        where = folder or self._special(rb"\\Drafts") or "Drafts"
        for done, message in enumerate(messages, start=1):
            self._ask("append", _quoted(where), r"(\Draft \Seen)", None, message)
            job.report(done, total=len(messages))
        return len(messages)

    def has_message(self, message_id: str) -> bool:
        """Whether the folder of sent mail holds a letter: one that may not have arrived is looked up so."""
        self._ask("select", _quoted(self._special(rb"\\Sent") or "Sent"), True)
        return bool((self._ask("uid", "SEARCH", "HEADER", "Message-ID", _quoted(message_id))[0] or b"").split())

    def _message(self, number: int) -> bytes:
        parts = self._ask("uid", "FETCH", str(number), f"(BODY.PEEK[]<0.{LARGEST}>)")
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")

    def _special(self, flag: bytes) -> str:
        """The name of the folder that the server says is for this; RFC 6154."""
        for line in self._ask("list"):
            match = _LISTED.match(line) if isinstance(line, bytes) else None
            if match and re.search(flag, match["flags"]):
                return match["name"].decode("utf-8", "replace").strip().strip('"')
        return ""

    def _ask(self, verb: str, *words: object) -> list[Any]:
        status, data = getattr(self._client, verb)(*words)
        if status != "OK":
            said = data[0].decode("utf-8", "replace") if data and isinstance(data[0], bytes) else status
            raise KnownError("mail.mailbox_refused", why=str(said)[:300])
        return list(data)


@contextmanager
def open_mailbox(server: Server, password: str, context: ssl.SSLContext) -> Iterator[Mailbox]:
    """A mailbox, open and logged in.

    Raises:
        KnownError: ``mail.no_server``, ``mail.bad_certificate``, ``mail.no_encryption``, ``mail.wrong_password``,
            ``mail.mailbox_refused``.
    """
    place = f"{server.host}:{server.port}"
    try:
        client = _connected(server, context, place)
        try:
            client.login(server.user, password)
        except imaplib.IMAP4.error as error:
            raise KnownError("mail.wrong_password", host=place, user=server.user, why=str(error)[:300]) from error
        yield Mailbox(client)
    except ssl.SSLCertVerificationError as error:
        raise KnownError("mail.bad_certificate", host=place, why=error.verify_message) from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise KnownError("mail.no_server", host=place, why=str(error)[:300]) from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error, UnboundLocalError):
            client.logout()


def _connected(server: Server, context: ssl.SSLContext, place: str) -> imaplib.IMAP4:
    if server.security == "tls":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=_PATIENCE)
    client = imaplib.IMAP4(server.host, server.port, timeout=_PATIENCE)
    if "STARTTLS" not in client.capabilities:
        client.shutdown()
        raise KnownError("mail.no_encryption", host=place)
    client.starttls(context)
    return client


def _quoted(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'
