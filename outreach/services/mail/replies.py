"""What came back: answers and bounces, put with the letter and the person they belong to.

An answer is matched by the letter it says it answers, then by its address. A request to stop takes effect at once;
everything else is for a person to read and to judge.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.email import parse_email
from outreach.fields.text import clean
from outreach.jobs import Job
from outreach.services.gifts.ask_first import confirm_by_answer
from outreach.services.gifts.gifts import MOVES, GiftState, move
from outreach.services.mail.mailbox import Fetched, Place
from outreach.services.people.asking import checked_day
from outreach.services.people.suppressions import Marks, SuppressionKind, SuppressionReason, suppress_people
from outreach.store.database import Store
from outreach.store.models import Bounce, EmailAddress, Gift, Letter, Person, Reply, WorkspaceSetting
from outreach.workers import Limits, stream

_READ = "outreach.services.mail.incoming:read_mails"
_LIMITS = Limits(seconds=10.0, memory_mb=300, answer_bytes=4 * 2**20)
_PLACE = "mailbox.place"
#: An answer that says nothing but this asks us to stop; a longer one is for a person to read.
_STOP = re.compile(r"(?i)^\W*(?:please )?(?:stop|unsubscribe|remove me|opt[ -]?out|abmelden)\W*$")


class ReplyOutcome(StrEnum):
    """What somebody read in an answer."""

    CONFIRMED = "confirmed"
    PENDING = "pending"
    PASSED = "passed"
    NOT_NOW = "not_now"
    WRONG_PERSON = "wrong_person"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """What a round of fetching brought.

    Attributes:
        replies: How many answers of people we know.
        bounces: How many letters that came back, or complaints.
        stopped: How many asked not to be written to again.
        others: Mail that has nothing to do with us, of which nothing is kept.
        unreadable: Mail that could not be read.
    """

    replies: int
    bounces: int
    stopped: int
    others: int
    unreadable: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """An answer as it is shown."""

    id: int
    person_id: int | None
    letter_id: int | None
    from_name: str
    from_address: str
    subject: str
    text: str
    received_at: str
    is_automatic: bool
    outcome: str
    reason: str


def read_in_child(messages: Sequence[bytes], job: Job | None = None) -> list[Mapping[str, Any]]:
    """What is in messages, read in a child process; one that ends it is told as unreadable."""
    found: list[Mapping[str, Any]] = []
    while len(found) < len(messages):
        rest = [base64.b64encode(each).decode("ascii") for each in messages[len(found) :]]
        try:
            found.extend(stream(_READ, {"messages": rest}, _LIMITS, job))
        except KnownError as error:
            found.append({"error": error.code})
    return found


def known_place() -> Place | None:
    """How far the mailbox was read; None where it never was."""
    row = WorkspaceSetting.get_or_none(WorkspaceSetting.name == _PLACE)
    validity, _, last = row.value.partition(":") if row else ("", "", "")
    return Place(int(validity), int(last)) if validity and last else None


def first_day(store: Store) -> date:
    """No answer is older than the first letter that was sent; nothing older is looked at."""
    first = Letter.select(Letter.sent_at).where(Letter.sent_at.is_null(False)).order_by(Letter.sent_at).first()
    return date.fromisoformat(first.sent_at[:10]) if first else store.today()


def keep_mail(store: Store, fetched: Fetched, job: Job | None = None) -> FetchedMail:
    """Put new mail with the letters and people it belongs to, all of it or nothing.

    Of mail that answers no letter and comes from nobody we know, nothing is kept.
    """
    mails = read_in_child(fetched.messages, job)
    counts = dict.fromkeys(("replies", "bounces", "stopped", "others", "unreadable"), 0)
    with store.operation(Op.FETCH_MAIL, undoable=False) as written:
        marks = Marks(store)
        for mail in mails:
            counts[_keep(store, mail, marks)] += 1
        counts["stopped"] = sum(_is_stop(mail) for mail in mails)
        WorkspaceSetting.insert(name=_PLACE, value=f"{fetched.place.validity}:{fetched.place.last}").on_conflict(
            conflict_target=[WorkspaceSetting.name], preserve=[WorkspaceSetting.value]
        ).execute()
    return FetchedMail(**counts, changes=written.changes)


def note_reply(store: Store, reply_id: int, outcome: ReplyOutcome, reason: str = "", ask_again: str = "") -> Changes:
    """Note what an answer says, and let it take effect: a yes accepts the gift, a no is "not this time".

    A yes to a letter that asked for the address confirms the address that is known.

    Args:
        store: The open workspace.
        reply_id: Which answer.
        outcome: What somebody read in it.
        reason: Why, in the answer's words.
        ask_again: With "not now", from when to ask again, in words or as a day.

    Raises:
        KnownError: ``replies.unknown``, ``asking.no_day``.
    """
    row = Reply.get_or_none(Reply.id == reply_id)
    if row is None:
        raise KnownError("replies.unknown", ref=f"r{reply_id}")
    day = checked_day(store, ask_again)
    if outcome is ReplyOutcome.STOP and row.person_id:
        suppress_people(store, [row.person_id], SuppressionReason.ASKED)
    with store.operation(Op.NOTE_REPLY, undoable=outcome is not ReplyOutcome.STOP) as written:
        Reply.update(outcome=outcome.value, reason=clean(reason), noted_at=store.now(), by=store.by).where(
            Reply.id == reply_id
        ).execute()
        to = _MOVES_TO.get(outcome)
        gift = Gift.get_or_none(Gift.id == _gift_of(row)) if to else None
        if to and gift and to in MOVES[GiftState(gift.state)]:
            move(store, gift.id, to, store.today().isoformat(), clean(reason), day)
        if outcome is ReplyOutcome.NOT_NOW and row.person_id and not gift and day:
            Person.update(ask_again_on=day, updated_at=store.now()).where(Person.id == row.person_id).execute()
        if outcome is ReplyOutcome.CONFIRMED:
            confirm_by_answer(store, row.letter_id, row.person_id)
    return written.changes


def list_replies(*, person_id: int | None = None, unread: bool = False) -> list[ReplyLine]:
    """Answers, the newest first; those nobody has judged yet with `unread`, without what machines sent."""
    query = Reply.select().order_by(Reply.received_at.desc(), Reply.id.desc())
    if person_id is not None:
        query = query.where(Reply.person == person_id)
    if unread:
        query = query.where((Reply.outcome == "") & (Reply.is_automatic == 0))
    return [
        ReplyLine(row.id, row.person_id, row.letter_id, row.from_name, row.from_address, row.subject, row.text,
                  row.received_at, bool(row.is_automatic), row.outcome, row.reason)
        for row in query
    ]  # fmt: skip


_MOVES_TO = {
    ReplyOutcome.CONFIRMED: GiftState.ACCEPTED,
    ReplyOutcome.PASSED: GiftState.DECLINED,
    ReplyOutcome.NOT_NOW: GiftState.DECLINED,
}


def _keep(store: Store, mail: Mapping[str, Any], marks: Marks) -> str:
    """Keep one mail inside the caller's operation; what it was counted as."""
    if mail.get("error"):
        return "unreadable"
    if mail["bounces"]:
        kept = [_keep_bounce(store, mail, bounce, marks) for bounce in mail["bounces"]]
        return "bounces" if any(kept) else "others"
    email = parse_email(mail["from_address"])
    letter = _letter(mail["answers"])
    person = letter.person_id if letter else _person(email.key) if email else None
    if person is None or not mail["message_id"]:
        return "others"
    if Reply.select().where(Reply.message_id == mail["message_id"]).exists():
        return "replies"
    if _is_stop(mail) and email:
        marks.add(SuppressionKind.EMAIL, email.key, SuppressionReason.ASKED)
    Reply.create(
        person=person, letter=letter.id if letter else None, message_id=mail["message_id"],
        from_name=mail["from_name"], from_address=mail["from_address"], subject=mail["subject"],
        text=mail["said"] or mail["text"], received_at=mail["received_at"] or store.now(),
        is_automatic=int(mail["is_automatic"]), outcome=ReplyOutcome.STOP.value if _is_stop(mail) else "",
    )  # fmt: skip
    return "replies"


def _keep_bounce(store: Store, mail: Mapping[str, Any], bounce: Mapping[str, Any], marks: Marks) -> bool:
    """Keep a letter that came back; only one that we sent, or to someone we know."""
    letter = _letter([*bounce["message_ids"], *mail["answers"]])
    keys = [email.key for each in bounce["addresses"] if (email := parse_email(each))]
    key = next(iter(keys), "")
    if letter is not None and not key:
        sent_to = parse_email(letter.to_address)
        key = sent_to.key if sent_to else ""
    person = letter.person_id if letter else _person(key)
    if person is None:
        return False
    if bounce["kind"] == "complaint" and key:
        marks.add(SuppressionKind.EMAIL, key, SuppressionReason.ASKED)
    Bounce.insert(
        person=person, letter=letter.id if letter else None, message_id=mail["message_id"] or f"uid:{store.now()}",
        address=key, kind=bounce["kind"], status=bounce["status"], why=bounce["why"],
        received_at=mail["received_at"] or store.now(),
    ).on_conflict_ignore().execute()  # fmt: skip
    return True


def _is_stop(mail: Mapping[str, Any]) -> bool:
    if mail.get("error") or mail["bounces"] or mail["is_automatic"]:
        return False
    return bool(_STOP.match(mail["said"] or mail["subject"]))


def _letter(message_ids: Sequence[str]) -> Letter | None:
    if not message_ids:
        return None
    found: Letter | None = Letter.select().where(Letter.message_id.in_(list(message_ids))).order_by(-Letter.id).first()
    return found


def _person(key: str) -> int | None:
    row = EmailAddress.get_or_none(EmailAddress.key == key) if key else None
    return int(row.person_id) if row else None


def _gift_of(row: Reply) -> int | None:
    letter = Letter.get_or_none(Letter.id == row.letter_id) if row.letter_id else None
    return letter.gift_id if letter else None
