"""Files that go with letters: the same bytes on every road, whatever they are called; programs and weights refused."""

import email
from collections.abc import Callable
from email import policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting import attachments
from outreach.services.drafting.drafts import LetterOrder, approve_drafts, draft_letters
from outreach.services.drafting.handing_out import messages_of
from outreach.services.drafting.senders import change_sender
from outreach.services.gifts.gifts import plan_gifts
from outreach.services.letters.attaching import Attached, with_attachments
from outreach.services.letters.message import as_draft, build_message
from outreach.services.mail import outbox
from outreach.services.mail.sending import send_due
from outreach.services.mail.transport import Password, Server, SmtpCarrier, trusted
from outreach.services.people.forgetting import forget_person
from outreach.services.people.people import NewPerson, add_person
from outreach.store import filebox
from outreach.store.database import Store
from outreach.store.models import Attachment, Letter
from tests.mailserver import CA, PASSWORD, MailServer
from tests.services.letters.test_odd_letters import letters as odd_letters

SHEET = b"%PDF-1.7 a press sheet " + bytes(range(256)) * 40
NAMES = (
    "press sheet.pdf", "Pressemappe „Größe“.pdf", "ملف الصحافة.pdf", "📚 guide.pdf", 'the "guide"; v=2.pdf', "a" * 200 + ".pdf",
    "日本語の読書会ガイド" * 6 + ".pdf", "100%27s'.pdf", "=?utf-8?q?cover?=.jpg", "no suffix", ".hidden", "a..pdf", "trailing. .pdf",
)  # fmt: skip


def names_in(raw: bytes) -> list[tuple[str | None, bytes]]:
    read = email.message_from_bytes(raw, policy=policy.default)
    assert not [part.defects for part in read.walk() if part.defects]
    return [(part.get_filename(), part.get_payload(decode=True)) for part in read.iter_attachments()]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_read_back_by_its_name_whatever_that_is(name: str) -> None:
    letter = odd_letters()[2]
    plain = build_message(letter)
    raw = with_attachments(plain, [Attached(name, SHEET), Attached("b.txt", b"\r\n.\r\nFrom x\n")])
    assert raw == with_attachments(plain, [Attached(name, SHEET), Attached("b.txt", b"\r\n.\r\nFrom x\n")])
    assert names_in(raw) == [(name, SHEET), ("b.txt", b"\r\n.\r\nFrom x\n")]
    read, before = (email.message_from_bytes(each, policy=policy.default) for each in (raw, plain))
    assert read.keys() == before.keys()
    for kind in ("plain", "html"):
        assert read.get_body((kind,)).get_content() == before.get_body((kind,)).get_content()
    assert max(map(len, raw.split(b"\r\n"))) <= 998 and raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert email.message_from_bytes(as_draft(raw))["X-Unsent"] == "1"


@given(st.text(min_size=1, max_size=150), st.binary(max_size=500))
def test_no_name_becomes_a_header_or_a_path(name: str, content: bytes) -> None:
    kept = attachments.fit_name(name)
    assert kept and "/" not in kept and "\\" not in kept and kept not in (".", "..") and len(kept) <= 120
    raw = with_attachments(build_message(odd_letters()[0]), [Attached(kept, content)])
    assert names_in(raw) == [(kept, content)]


@pytest.fixture
def desk(store: Store) -> Store:
    change_sender(store, name="Hanna Okafor", email="hanna@house.example", postal_address="1 Mill Lane, Leeds")
    values = {"author": "Safiya Renn", "hook": "A salt farm.", "imprint": "Finch", "pub_date": "2027-03-03"}
    add_item(store, "The Salt Orchard", values, editions=[NewEdition(EditionFormat.PROOF, copies=9)])
    people = [add_person(store, NewPerson(f"Reader {n}", [f"r{n}@readers.example"]))[0] for n in (1, 2)]
    plan_gifts(store, 1, people)
    return store


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def made(name: str = "press sheet.pdf", content: bytes = SHEET) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return made


def drafted(desk: Store, *people: int) -> list[int]:
    order = LetterOrder("first-pitch", 1, people, dict.fromkeys(people, "You wrote of salt in March."))
    return list(draft_letters(desk, order).letters)


def test_what_is_chosen_goes_with_the_letters_by_every_road(desk: Store, file, tmp_path: Path) -> None:
    attachments.attach(desk, 1, file(), kind="pitch")
    guide, _ = attachments.attach(desk, 1, file("Führer für Lesekreise.pdf", b"%PDF guide"), kind="pitch", person_id=2)
    order = LetterOrder("first-pitch", 1, (1, 2), dict.fromkeys((1, 2), "You wrote of salt in March."))
    made = draft_letters(desk, order, tmp_path / "out")
    files = [[name for name, _ in names_in(Path(each).read_bytes())] for each in made.files]
    assert files == [["press sheet.pdf"], ["press sheet.pdf", "Führer für Lesekreise.pdf"]]
    approve_drafts(desk, made.letters)
    before = dict(messages_of(desk, made.letters))
    attachments.attach(desk, 1, file("late.pdf", b"%PDF late"), kind="pitch")
    attachments.detach(desk, guide)
    assert dict(messages_of(desk, made.letters)) == before, "what is approved stays as it is"
    outbox.hand_over(desk, made.letters, hold_seconds=0)
    with MailServer() as server:
        place = Server("localhost", server.port, "hanna", "starttls")
        with SmtpCarrier(place, Password(PASSWORD), trusted(CA)) as carrier:
            sent = send_due(carrier, lambda: outbox.take_next(desk), lambda *it: outbox.settle(desk, *it), Job(),
                            pace_seconds=0)  # fmt: skip
        assert sent.sent == 2
        assert {whom: as_draft(raw) for whom, raw in server.accepted} == {
            "r1@readers.example": before[1], "r2@readers.example": before[2],
        }  # fmt: skip
    assert [name for name, content in names_in(before[2]) if content in (SHEET, b"%PDF guide")] == files[1]


def test_a_draft_written_anew_takes_what_is_chosen_now_and_keeps_its_own(desk: Store, file) -> None:
    (letter,) = drafted(desk, 1)
    own, _ = attachments.attach_to_letter(desk, letter, file("own.pdf", b"%PDF own"))
    sheet, _ = attachments.attach(desk, 1, file(), kind="pitch")
    assert drafted(desk, 1) == [letter]
    assert {each.name for each in attachments.files_of(letter)} == {"own.pdf", "press sheet.pdf"}
    attachments.detach(desk, sheet)
    drafted(desk, 1)
    assert [each.name for each in attachments.files_of(letter)] == ["own.pdf"]
    approve_drafts(desk, [letter])
    for act in (lambda: attachments.detach(desk, own), lambda: attachments.attach_to_letter(desk, letter, file())):
        with pytest.raises(KnownError, match=r"letters\.not_a_draft"):
            act()
    thanks = LetterOrder("thank-you", 1, (1,), {1: "Your words on salt."})
    attachments.attach(desk, 1, file(), kind="pitch")
    (other,) = draft_letters(desk, thanks).letters
    assert attachments.files_of(other) == [], "a press sheet for pitches goes with no thank-you"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("setup.exe", b"x", "program"), ("sheet.pdf.exe", b"x", "program"), ("sheet.exe.pdf", b"x", "program"),
        ("sheet.SCR", b"x", "program"), ("sheet.exe ", b"x", "program"), ("gnp\u202efdp.exe", b"x", "program"),
        ("sheet.pdf", b"MZ\x90\0", "program"), ("sheet.pdf", b"\x7fELF", "program"), ("sheet.txt", b"#!/bin/sh", "program"),
        ("macro.docm", b"PK", "program"), ("look.lnk", b"L", "program"),
        ("large.pdf", b"0" * (5 * 2**20 + 1), "too_large"),
    ],
)  # fmt: skip
def test_programs_and_what_is_too_large_are_refused(desk: Store, file, name: str, content: bytes, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        attachments.attach(desk, 1, file(name, content), kind="pitch")
    assert refused.value.code == f"attachments.{code}"
    assert not Attachment.select().exists()


def test_together_they_may_weigh_so_much(desk: Store, file) -> None:
    for n in range(2):
        attachments.attach(desk, 1, file(f"{n}.pdf", bytes([n]) * 5 * 2**20), kind="pitch")
    with pytest.raises(KnownError, match=r"attachments\.too_much"):
        attachments.attach(desk, 1, file("c.pdf", b"c"), kind="pitch")
    assert attachments.attach(desk, 1, file("0.pdf", b"\0" * 5 * 2**20), kind="thanks")[0]
    for bad in (file().parent, file("e.pdf", b""), file().parent / "none.pdf"):
        with pytest.raises(KnownError, match=r"documents\."):
            attachments.attach(desk, 1, bad, kind="note")


def test_a_letter_whose_file_is_gone_does_not_go(desk: Store, file) -> None:
    attachments.attach(desk, 1, file(), kind="pitch")
    letters = drafted(desk, 1)
    approve_drafts(desk, letters)
    row = Attachment.get(Attachment.letter == letters[0])
    place = filebox.place(desk.folder, row.hash, row.suffix)
    place.write_bytes(SHEET + b"!")
    with pytest.raises(KnownError, match=r"attachments\.gone"):
        outbox.hand_over(desk, letters)
    place.write_bytes(SHEET)
    outbox.hand_over(desk, letters, hold_seconds=0)
    place.unlink()
    with pytest.raises(KnownError, match=r"attachments\.gone"):
        outbox.take_next(desk)
    assert outbox.lines()[0].state == "queued", "it waits; nothing was said to any server"
    outbox.hold_back(desk, letters)
    assert Letter.get_by_id(letters[0]).state == "approved"


def test_files_of_who_is_forgotten_go_unless_somebody_else_has_them(desk: Store, file) -> None:
    attachments.attach(desk, 1, file(), kind="pitch")
    attachments.attach(desk, 1, file("hers.pdf", b"%PDF hers"), kind="pitch", person_id=1)
    hers = Attachment.get(Attachment.name == "hers.pdf")
    drafted(desk, 1, 2)
    forget_person(desk, 1)
    assert not filebox.place(desk.folder, hers.hash, hers.suffix).exists()
    assert [each.name for each in attachments.files_of(Letter.get().id)] == ["press sheet.pdf"]
    assert names_in(messages_of(desk, [Letter.get().id])[0][1]) == [("press sheet.pdf", SHEET)]
