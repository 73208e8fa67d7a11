"""Fifty letters with names and words as people have them, read back by the standard library's own parser."""

import email
import mailbox
from contextlib import closing
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

import pytest

from outreach.services.letters.files import write_mbox
from outreach.services.letters.message import OutgoingLetter, as_draft, build_message
from outreach.services.letters.parts import html_of, text_of

_NAMES = (
    "Zoë Müller-Lüdenscheidt", "Ngọc Ánh Đặng", "محمد العربي", "שרה לוי", "山田 花子", "김민지", "Łucja Żółć",
    "O'Brien, Siobhán", 'Kit "Lark" Larkspur', "Ana (Annie) Díaz", "😀 Reader", "Dr. Æsa Þórsdóttir, PhD",
    "ไอรีน ใจดี", "Ελένη Παπαδοπούλου", "Ирина Щукина", "=?utf-8?q?not_encoded?=", "Anna Maria von und zu " * 5 + "Ende", "Maya\u200dOkonjo",
    "Jean‑Luc d’Août", "Mx. Ünïcødé 'Tilde' ~",
)  # fmt: skip
_SUBJECTS = (
    "A sea with a grudge, Kit", "Daughters of the Tidewall: für dich, " + "sehr " * 60 + "gern",
    "رسالة عن الكتاب", "📚 One book, no strings 📚", "Ü" * 200, "Plain ASCII, " + "x" * 300,
    "Re-reading “River of Keys”: a question?", "=?utf-8?b?notreally?=", "tabs and  double  blanks", "שלום",
)  # fmt: skip
_BODIES = (
    "Dear you,\n\nOne *short* line.\n", "عزيزتي،\n\nهذه رسالة قصيرة عن **كتاب**.\n",
    "A line that begins with a dot:\n\n.hidden\n\nFrom the sea, with love\n",
    "Emoji 👩‍👩‍👧‍👦 and flags 🇸🇪, “quotes” and – dashes.\n\n" + "word " * 400,
    "A [link](https://house.example/a?b=c&d=%20e) and =3D equals = signs\\\nand a hard break.\n",
)  # fmt: skip


def letters() -> list[OutgoingLetter]:
    """Every name, subject and body in turn, fifty in all."""
    made = []
    for number in range(50):
        body = _BODIES[number % len(_BODIES)]
        made.append(
            OutgoingLetter(
                sender_name=_NAMES[(number * 3 + 1) % len(_NAMES)], sender_address="hanna@house.example",
                to_name=_NAMES[number % len(_NAMES)], to_address=f"r{number}@readers.example",
                subject=_SUBJECTS[number % len(_SUBJECTS)], text=text_of(body), html=html_of(body),
                message_id=f"<{number}@house.example>", date="2026-11-24T12:00:00+00:00",
                unsubscribe="hanna@house.example",
            )
        )  # fmt: skip
    return made


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: letter.message_id)
def test_a_letter_reads_back_as_it_was_meant(letter: OutgoingLetter) -> None:
    raw = build_message(letter)
    read = email.message_from_bytes(raw, policy=policy.default)
    assert read["Subject"] == " ".join(letter.subject.split()) or read["Subject"] == letter.subject
    assert read["To"].addresses[0].addr_spec == letter.to_address
    assert parseaddr(str(read["To"]))[1] == letter.to_address
    # Some versions of the newer parser part long names; the older one reads them as RFC 2047 has them.
    shown = str(make_header(decode_header(email.message_from_bytes(raw)["To"])))
    assert letter.to_name in shown.replace("\\", "")
    plain, page = read.get_body(("plain",)), read.get_body(("html",))
    assert plain.get_content().replace("\r\n", "\n").rstrip("\n") == letter.text.rstrip("\n")
    assert page.get_content().replace("\r\n", "\n").rstrip("\n") == letter.html.rstrip("\n")
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert not read.defects
    assert not [part.defects for part in read.walk() if part.defects]


def test_all_of_them_stay_themselves_in_one_mbox(tmp_path) -> None:
    raws = [as_draft(build_message(letter)) for letter in letters()]
    write_mbox(tmp_path / "letters.mbox", raws)
    with closing(mailbox.mbox(tmp_path / "letters.mbox", create=False)) as box:
        found = list(box)
    assert [message["Message-ID"] for message in found] == [letter.message_id for letter in letters()]
    for message, raw in zip(found, raws, strict=True):
        read = email.message_from_bytes(raw)
        for mine, theirs in zip(message.walk(), read.walk(), strict=True):
            if not mine.is_multipart():
                assert _said(mine) == _said(theirs)


def _said(part: Message) -> bytes:
    said = part.get_payload(decode=True) or b""
    return said.replace(b"\r\n", b"\n").replace(b"\n>From ", b"\nFrom ").rstrip()
