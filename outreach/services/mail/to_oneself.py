"""A letter to oneself, to see how it looks where it is read; it is no letter to anybody, and kept nowhere."""

import uuid
from dataclasses import replace
from pathlib import Path

from outreach.errors import KnownError
from outreach.services.drafting.attachments import message_of, with_chosen
from outreach.services.drafting.drafts import LetterText, sender_known
from outreach.services.letters.message import OutgoingLetter, build_message
from outreach.services.letters.parts import parts_of
from outreach.services.mail.transport import Password, Server, SmtpCarrier, VerdictKind, trusted
from outreach.store.database import Store
from outreach.store.models import Letter

#: What its subject begins with, so that it is not taken for the letter itself.
_MARK = "Test: "


def copy_of_letter(store: Store, letter_id: int) -> bytes:
    """A letter that is kept, with its files, addressed to whoever writes.

    Raises:
        KnownError: ``letters.no_sender``, ``attachments.gone``.
    """
    row = Letter.get_by_id(letter_id)
    row.message = _addressed(store, row.subject, row.body)
    return message_of(store, row)


def copy_of_text(store: Store, letter: LetterText, item_id: int, kind: str) -> bytes:
    """A letter as it is just being read, with the files chosen for it, addressed to whoever writes.

    Raises:
        KnownError: ``letters.no_sender``, ``letters.incomplete``, ``attachments.gone``.
    """
    if letter.missing:
        raise KnownError("letters.incomplete", person=letter.to_name, facts=", ".join(letter.missing))
    made = _addressed(store, letter.subject, letter.markdown)
    return with_chosen(store, made, item_id, kind, letter.person_id)


def send_to_oneself(server: Server, password: str, message: bytes, ca_file: Path | None = None) -> str:
    """Send such a copy, now; where it went is returned.

    Raises:
        KnownError: as `SmtpCarrier.deliver`, or ``mail.test_refused`` (why).
    """
    me = sender_known().email
    with SmtpCarrier(server, Password(password), trusted(ca_file)) as carrier:
        verdict = carrier.deliver(me, me, message)
    if verdict.kind is not VerdictKind.SENT:
        raise KnownError("mail.test_refused", why=verdict.text or verdict.kind.value)
    return me


def _addressed(store: Store, subject: str, markdown: str) -> bytes:
    me = sender_known()
    text, html = parts_of(markdown)
    letter = OutgoingLetter(
        sender_name=me.name, sender_address=me.email, to_name=me.name, to_address=me.email, subject=subject, text=text,
        html=html, message_id=f"<{uuid.uuid4()}@{me.email.partition('@')[2]}>",
        date=store.moment().isoformat(timespec="seconds"), unsubscribe=me.email,
    )  # fmt: skip
    return build_message(replace(letter, subject=_MARK + subject))
