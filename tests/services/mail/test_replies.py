"""What comes back: answers, letters that came back, requests to stop; and mail that is made to break its reader."""

import base64
import csv
import email
import os
from collections import defaultdict
from email import policy
from pathlib import Path

import pytest

from outreach.services.catalogue.catalogue import add_item
from outreach.services.gifts.gifts import GiftState, list_gifts, move_gifts, plan_gifts
from outreach.services.mail.bounces import bounces_of
from outreach.services.mail.incoming import read_mails
from outreach.services.mail.mailbox import Fetched, Place
from outreach.services.mail.replies import (
    ReplyOutcome,
    keep_mail,
    known_place,
    list_replies,
    note_reply,
    read_in_child,
)
from outreach.services.people.forgetting import forget_person
from outreach.services.people.people import NewPerson, add_person
from outreach.services.people.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import Bounce, Letter, Reply

CORPORA = os.environ.get("OUTREACH_CORPORA", "")


def a_mail(
    *, to: str = "", sender: str = "Maya <maya@readers.example>", text: str = "Yes, please!", **headers: str
) -> bytes:
    lines = {"From": sender, "To": "hanna@house.example", "Subject": "Re: The Salt Orchard",
             "Message-ID": f"<{abs(hash((sender, text, to)))}@readers.example>",
             "Date": "Tue, 24 Nov 2026 10:00:00 +0100"}  # fmt: skip
    if to:
        lines["In-Reply-To"] = to
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{head}\r\n{text}\r\n".encode()


def report(letter: str, whom: str = "maya@readers.example", status: str = "5.1.1", why: str = "User unknown") -> bytes:
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <r{whom}{status}@mx.example>\r\nTo: hanna@house.example\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {whom}\r\nAction: failed\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 {status} {why}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter}\r\nTo: {whom}\r\n\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def sent(store: Store) -> Letter:
    """A pitch to Maya that went, about a gift that was planned for her."""
    item, _ = add_item(store, "The Salt Orchard", {"author": "Safiya Renn"})
    maya, _ = add_person(store, NewPerson("Maya", ["maya@readers.example"]))
    (gift,), _ = plan_gifts(store, item, [maya])
    move_gifts(store, [gift], GiftState.ASKED)
    made = Letter.create(
        person=maya, item=item, gift=gift, kind="pitch", state="sent", to_name="Maya",
        to_address="maya@readers.example", subject="The Salt Orchard", body="", message_id="<l1@house.example>",
        drafted_at=store.now(), approved_at=store.now(), sent_at=store.now(),
    )  # fmt: skip
    return Letter.get_by_id(made.id)


def keep(store: Store, *mails: bytes, last: int = 9):
    return keep_mail(store, Fetched(mails, Place(1, last)))


def test_an_answer_finds_its_letter_though_it_comes_from_another_address(store, sent) -> None:
    kept = keep(store, a_mail(to=sent.message_id, sender="Maya at home <m@elsewhere.example>"))
    assert (kept.replies, kept.others) == (1, 0)
    (reply,) = list_replies(unread=True)
    assert (reply.person_id, reply.letter_id, reply.text) == (sent.person_id, sent.id, "Yes, please!")
    assert known_place() == Place(1, 9)


def test_an_answer_without_a_trace_is_known_by_its_address_and_strangers_are_left_alone(store, sent) -> None:
    kept = keep(store, a_mail(), a_mail(sender="Bank <news@bank.example>", text="Your statement"))
    assert (kept.replies, kept.others) == (1, 1)
    assert Reply.select().count() == 1
    assert keep(store, a_mail()).replies == 1
    assert Reply.select().count() == 1, "the same mail is kept once"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(ReplyOutcome.CONFIRMED, "accepted"), (ReplyOutcome.PASSED, "declined"), (ReplyOutcome.NOT_NOW, "declined"),
     (ReplyOutcome.PENDING, "asked"), (ReplyOutcome.WRONG_PERSON, "asked")],
)  # fmt: skip
def test_what_an_answer_says_takes_effect_and_can_be_undone(store, sent, outcome, state) -> None:
    keep(store, a_mail(to=sent.message_id))
    (reply,) = list_replies()
    note_reply(store, reply.id, outcome, "too busy", "autumn" if outcome is ReplyOutcome.NOT_NOW else "")
    assert [gift.state for gift in list_gifts(store)] == [state]
    assert not list_replies(unread=True)
    store.undo()
    assert [gift.state for gift in list_gifts(store)] == ["asked"]
    assert list_replies(unread=True)


@pytest.mark.parametrize("text", ["STOP", "unsubscribe", "Please remove me.", "stop\n\n> On Monday you wrote:\n> Dear"])
def test_a_bare_stop_takes_effect_at_once(store, sent, text) -> None:
    kept = keep(store, a_mail(to=sent.message_id, text=text))
    assert kept.stopped == 1
    assert suppressed_people(store) == {sent.person_id}


@pytest.mark.parametrize("text", ["I could not stop reading!", "When is the bus stop signing?"])
def test_a_word_within_a_sentence_stops_nobody(store, sent, text) -> None:
    assert keep(store, a_mail(to=sent.message_id, text=text)).stopped == 0
    assert not suppressed_people(store)


def test_stop_read_by_a_person(store, sent) -> None:
    keep(store, a_mail(to=sent.message_id, text="I would rather not hear from publishers any more."))
    (reply,) = list_replies()
    note_reply(store, reply.id, ReplyOutcome.STOP)
    assert suppressed_people(store) == {sent.person_id}
    store.undo()
    assert suppressed_people(store) == {sent.person_id}


def test_a_wrong_address_is_marked_and_a_full_one_is_not(store, sent) -> None:
    kept = keep(store, report(sent.message_id), report(sent.message_id, status="5.2.2", why="Mailbox full"))
    assert kept.bounces == 2
    assert {row.kind for row in Bounce.select()} == {"hard", "soft"}
    assert {row.address for row in Bounce.select().where(Bounce.kind == "hard")} == {"maya@readers.example"}
    assert {row.person_id for row in Bounce.select()} == {sent.person_id}


def test_a_report_about_a_stranger_is_left_alone(store, sent) -> None:
    assert keep(store, report("<other@house.example>", "nobody@elsewhere.example")).others == 1
    assert Bounce.select().count() == 0


def test_a_machine_that_answers_is_no_answer(store, sent) -> None:
    keep(store, a_mail(to=sent.message_id, text="I am away.", Auto_Submitted="auto-replied"))
    assert not list_replies(unread=True)
    assert list_replies(person_id=sent.person_id)[0].is_automatic


def test_only_what_they_say_themselves_is_shown(store, sent) -> None:
    text = "Lovely, yes.\r\n\r\nOn Tue, 24 Nov 2026 at 10:00, Hanna Okafor <hanna@house.example> wrote:\r\n> Dear Maya"
    keep(store, a_mail(to=sent.message_id, text=text))
    assert list_replies()[0].text == "Lovely, yes."


def test_mail_that_is_made_to_break_its_reader_breaks_nothing(store, sent) -> None:
    nested = b"Content-Type: message/rfc822\r\n\r\n" * 5000
    monsters = (
        nested, b"\0" * 1000, b"", b"From: " + b"(" * 20_000 + b"\r\n\r\nhello",
        b"Subject: " + b"=?utf-8?b?" + b"QUFB" * 50_000 + b"?=\r\n\r\nhello",
        b"Content-Type: text/plain; charset=nonsense\r\n\r\nhello",
    )  # fmt: skip
    read = read_in_child([*monsters, a_mail(to=sent.message_id)])
    assert len(read) == len(monsters) + 1
    assert read[-1]["answers"] == [sent.message_id]
    assert keep(store, *monsters, a_mail(to=sent.message_id)).replies == 1


def test_an_answer_in_html_shows_its_words_and_nothing_that_acts() -> None:
    page = "<html><head><title>x</title><style>p{}</style></head><body><p>Yes!</p><script>alert(1)</script><img src=http://a></body>"
    raw = f"From: m@readers.example\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    (mail,) = read_mails({"messages": [base64.b64encode(raw).decode()]})
    assert mail["text"] == "Yes!"


def test_deleting_a_person_deletes_her_answers(store, sent) -> None:
    keep(store, a_mail(to=sent.message_id), report(sent.message_id))
    forget_person(store, sent.person_id)
    assert (Reply.select().count(), Bounce.select().count()) == (0, 0)


@pytest.mark.skipif(not CORPORA, reason="needs OUTREACH_CORPORA")
def test_real_reports_are_understood() -> None:
    place = Path(CORPORA) / "email" / "sisimai_bounces"
    expected: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (place / "expected.tsv").open(newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            expected[row["file"]].append(row)
    reports = known = hard = found = soft = wrong = 0
    for name, rows in expected.items():
        bounces = bounces_of(email.message_from_bytes((place / name).read_bytes(), policy=policy.compat32))
        if rows[0]["reason"] == "vacation":
            assert not bounces, name
            continue
        reports += 1
        known += bool(bounces)
        for number, row in enumerate(rows):
            told = bounces[min(number, len(bounces) - 1)].kind if bounces else ""
            if row["hardbounce"] == "true":
                hard, found = hard + 1, found + (told == "hard")
            else:
                soft, wrong = soft + 1, wrong + (told == "hard")
    print(f"recognised {known} of {reports}, hard {found} of {hard}, wrongly hard {wrong} of {soft}")
    assert known >= 0.95 * reports
    assert found >= 0.85 * hard
    assert wrong <= 0.02 * soft


@pytest.mark.skipif(not CORPORA, reason="needs OUTREACH_CORPORA")
def test_other_mail_is_read_as_the_standard_library_reads_it() -> None:
    paths = sorted((Path(CORPORA) / "email" / "cpython_test_email").iterdir())
    raws = [path.read_bytes() for path in paths]
    for path, raw, read in zip(paths, raws, read_in_child(raws), strict=True):
        assert "error" not in read, path.name
        expected = email.message_from_bytes(raw, policy=policy.compat32)
        if expected["Subject"] and "=?" not in expected["Subject"]:
            assert read["subject"] == " ".join(str(expected["Subject"]).split()), path.name
