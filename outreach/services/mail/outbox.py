"""The outbox: approved letters on their way, each sent at most once without a person's word.

A letter is ``queued``, then ``sending`` from before its first word is spoken to the server, and then ``sent``,
``refused``, ``later`` or ``unclear``. ``sending`` is on the disk before the server hears of the letter; whatever is
still ``sending`` when the program starts again may or may not have arrived, and becomes ``unclear``, which is never
sent by itself: RFC 1047 shows that no program can know. Nothing here can be undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.services.drafting.attachments import message_of, refuse_gone
from outreach.services.drafting.senders import sender
from outreach.services.gifts.gifts import MOVES, GiftState, move
from outreach.services.gifts.promises import promise_for_good
from outreach.services.letters.message import copied_in
from outreach.services.mail.transport import Verdict, VerdictKind
from outreach.services.people.asking import refuse_not_yet
from outreach.services.people.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import Gift, Letter, Outbox, WorkspaceSetting

#: So long a letter can still be held back after Send was pressed, in seconds.
HOLD_SECONDS = 20
#: What was to go longer ago than this goes only when someone says so: a laptop that slept, an old copy put back.
STALE_HOURS = 12
#: How long until a letter that was put off is tried again, by how often it was tried; then it stays for a person.
_LATER_MINUTES = (5, 15, 60, 240, 720)
PAUSED = "outbox.paused"


class OutboxState(StrEnum):
    """Where a letter stands on its way."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNCLEAR = "unclear"


#: What goes by itself once its time has come.
WAITING = (OutboxState.QUEUED, OutboxState.LATER)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as the server is given it; its bytes are those that were approved.

    Attributes:
        copied: Who is copied in, as the letter says itself.
    """

    letter_id: int
    from_address: str
    to_address: str
    message: bytes
    copied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """A letter in the outbox, as it is shown.

    Attributes:
        reply: What the server said last.
    """

    letter_id: int
    person_id: int
    to_name: str
    to_address: str
    subject: str
    message_id: str
    state: OutboxState
    attempts: int
    not_before: str
    tried_at: str
    reply: str


def hand_over(store: Store, letters: Sequence[int], *, hold_seconds: int = HOLD_SECONDS) -> Changes:
    """Put approved letters into the outbox, to go once the time to think again is over.

    Raises:
        KnownError: ``outbox.not_approved``, ``letters.not_to_be_written``, ``asking.not_yet``, ``attachments.gone``;
            then none goes.
    """
    rows = list(Letter.select().where(Letter.id.in_(list(letters))).order_by(Letter.id))
    for row in rows:
        if row.state != "approved" or row.message is None:
            raise KnownError("outbox.not_approved", person=row.to_name)
    suppressed = suppressed_people(store, [row.person_id for row in rows])
    for row in rows:
        if row.person_id in suppressed:
            raise KnownError("letters.not_to_be_written", person=row.to_name)
    refuse_not_yet(store, [row.person_id for row in rows])
    refuse_gone(store, rows)
    due = (store.moment() + timedelta(seconds=hold_seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with store.operation(Op.SEND_LETTERS, undoable=False, durable=True) as written:
        for row in rows:
            Letter.update(state="queued").where(Letter.id == row.id).execute()
            Outbox.create(letter=row.id, state=OutboxState.QUEUED, queued_at=store.now(), not_before=due, by=store.by)
    return written.changes


def hold_back(store: Store, letters: Sequence[int]) -> Changes:
    """Take letters out of the outbox that have not gone; they are approved letters again.

    Raises:
        KnownError: ``outbox.gone`` for one that was sent, is being sent, or may have arrived; then none is taken out.
    """
    rows = _rows(letters)
    for row in rows:
        if row.state not in (OutboxState.QUEUED, OutboxState.LATER, OutboxState.REFUSED):
            raise KnownError("outbox.gone", person=Letter.get_by_id(row.letter_id).to_name)
    with store.operation(Op.SEND_LETTERS, undoable=False, durable=True) as written:
        for row in rows:
            Outbox.delete().where(Outbox.id == row.id).execute()
            Letter.update(state="approved").where(Letter.id == row.letter_id).execute()
    return written.changes


def settle_unclear(store: Store, letters: Sequence[int], *, arrived: bool) -> Changes:
    """What a person found out of letters that may have arrived: they did, or they are to go once more.

    Raises:
        KnownError: ``outbox.not_unclear``; then nothing is noted.
    """
    rows = _rows(letters)
    for row in rows:
        if row.state != OutboxState.UNCLEAR:
            raise KnownError("outbox.not_unclear", person=Letter.get_by_id(row.letter_id).to_name)
    with store.operation(Op.SEND_LETTERS, undoable=False, durable=True) as written:
        for row in rows:
            if arrived:
                _note_sent(store, row.letter_id, row.tried_at or store.now(), 0, "")
            else:
                Outbox.update(state=OutboxState.QUEUED, not_before=store.now()).where(Outbox.id == row.id).execute()
    return written.changes


def recover(store: Store) -> Changes:
    """Whatever a program that ended was sending may have arrived, or not."""
    if not Outbox.select().where(Outbox.state == OutboxState.SENDING).exists():
        return Changes()
    with store.operation(Op.SEND_LETTERS, undoable=False, durable=True) as written:
        Outbox.update(state=OutboxState.UNCLEAR).where(Outbox.state == OutboxState.SENDING).execute()
    return written.changes


def take_next(store: Store, *, stale_too: bool = False) -> tuple[Envelope | None, Changes]:
    """The next letter that is due, marked on the disk as being sent; None where none is due.

    Someone who asked not to be written to since is not written to.

    Raises:
        KnownError: ``attachments.gone``; then the letter stays where it is.
    """
    now = store.now()
    due = Outbox.state.in_([OutboxState.QUEUED, OutboxState.LATER]) & (Outbox.not_before <= now)
    if not stale_too:
        oldest = (store.moment() - timedelta(hours=STALE_HOURS)).strftime("%Y-%m-%dT%H:%M:%SZ")
        due &= Outbox.not_before >= oldest
    with store.operation(Op.SEND_LETTERS, undoable=False, durable=True) as written:
        row = Outbox.select().where(due).order_by(Outbox.not_before, Outbox.id).first()
        if row is None:
            envelope = None
        else:
            letter = Letter.get_by_id(row.letter_id)
            if letter.person_id in suppressed_people(store, [letter.person_id]):
                _change(row.letter_id, state=OutboxState.REFUSED, settled_at=now, reply_code=0, reply_text="suppressed")
                envelope = Envelope(0, "", "", b"")
            else:
                _change(row.letter_id, state=OutboxState.SENDING, tried_at=now, attempts=row.attempts + 1)
                message = message_of(store, letter)
                envelope = Envelope(letter.id, sender().email, letter.to_address, message, copied_in(message))
    if envelope is not None and not envelope.letter_id:
        return take_next(store, stale_too=stale_too)
    return envelope, written.changes


def settle(store: Store, letter_id: int, verdict: Verdict) -> Changes:
    """Keep what the server said to a letter."""
    with store.operation(Op.SEND_LETTERS, undoable=False, durable=True) as written:
        row = Outbox.get(Outbox.letter == letter_id)
        said = {"reply_code": verdict.code, "reply_text": verdict.text[:500]}
        if verdict.kind is VerdictKind.SENT:
            _note_sent(store, letter_id, store.now(), verdict.code, verdict.text)
        elif verdict.kind is VerdictKind.REFUSED:
            _change(letter_id, state=OutboxState.REFUSED, settled_at=store.now(), **said)
        elif verdict.kind is VerdictKind.UNCLEAR:
            _change(letter_id, state=OutboxState.UNCLEAR, **said)
        elif verdict.kind is VerdictKind.LATER and row.attempts > len(_LATER_MINUTES):
            _change(letter_id, state=OutboxState.REFUSED, settled_at=store.now(), **said)
        elif verdict.kind is VerdictKind.LATER:
            wait = timedelta(minutes=_LATER_MINUTES[row.attempts - 1])
            again = (store.moment() + wait).strftime("%Y-%m-%dT%H:%M:%SZ")
            _change(letter_id, state=OutboxState.LATER, not_before=again, **said)
        else:
            # The server never heard of it, so that this was no attempt.
            _change(letter_id, state=OutboxState.QUEUED, attempts=row.attempts - 1, **said)
    return written.changes


def lines(states: Sequence[OutboxState] = ()) -> list[OutboxLine]:
    """The outbox as it is shown, what needs a person first, then what goes next."""
    first = {OutboxState.UNCLEAR: 0, OutboxState.REFUSED: 1, OutboxState.SENDING: 2}
    query = Outbox.select(Outbox, Letter).join(Letter)
    if states:
        query = query.where(Outbox.state.in_(list(states)))
    found = [
        OutboxLine(row.letter_id, row.letter.person_id, row.letter.to_name, row.letter.to_address, row.letter.subject,
                   row.letter.message_id, OutboxState(row.state), row.attempts, row.not_before, row.tried_at or "",
                   " ".join(filter(None, (str(row.reply_code or ""), row.reply_text))))
        for row in query.order_by(Outbox.not_before, Outbox.id)
    ]  # fmt: skip
    return sorted(found, key=lambda line: first.get(line.state, 3 + (line.state is OutboxState.SENT)))


def next_due(store: Store) -> str:
    """When the next letter is to go, as an ISO moment; empty where none waits to go by itself."""
    oldest = (store.moment() - timedelta(hours=STALE_HOURS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    waits = Outbox.state.in_([OutboxState.QUEUED, OutboxState.LATER]) & (Outbox.not_before >= oldest)
    row = Outbox.select(Outbox.not_before).where(waits).order_by(Outbox.not_before).first()
    return str(row.not_before) if row is not None else ""


def stale(store: Store) -> int:
    """How many letters wait that were to go so long ago that somebody should say whether they still should."""
    oldest = (store.moment() - timedelta(hours=STALE_HOURS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    waits = Outbox.state.in_([OutboxState.QUEUED, OutboxState.LATER])
    return int(Outbox.select().where(waits & (Outbox.not_before < oldest)).count())


def is_paused() -> bool:
    """Whether nothing goes until someone says so; so it is after a backup was put back."""
    return bool(WorkspaceSetting.select().where(WorkspaceSetting.name == PAUSED).exists())


def refuse_paused(store: Store, *, go_on: bool) -> None:
    """Nothing is sent while it is paused, nor what was to go long ago, unless someone says so.

    Raises:
        KnownError: ``outbox.paused``, ``outbox.stale``.
    """
    if is_paused():
        raise KnownError("outbox.paused")
    waiting = stale(store)
    if waiting and not go_on:
        raise KnownError("outbox.stale", count=waiting, hours=STALE_HOURS)


def go_on(store: Store) -> Changes:
    """Let letters go again after sending was paused."""
    with store.operation(Op.SEND_LETTERS, undoable=False, durable=True) as written:
        WorkspaceSetting.delete().where(WorkspaceSetting.name == PAUSED).execute()
    return written.changes


def _rows(letters: Sequence[int]) -> list[Outbox]:
    return list(Outbox.select().where(Outbox.letter.in_(list(letters))).order_by(Outbox.id))


def _note_sent(store: Store, letter_id: int, at: str, code: int, text: str) -> None:
    """A pitch that went makes its gift a pitched one."""
    _change(letter_id, state=OutboxState.SENT, settled_at=store.now(), reply_code=code, reply_text=text[:500])
    Letter.update(state="sent", sent_at=at).where(Letter.id == letter_id).execute()
    letter = Letter.get_by_id(letter_id)
    gift = Gift.get_or_none(Gift.id == letter.gift_id) if letter.kind == "pitch" else None
    if gift is not None and GiftState.ASKED in MOVES[GiftState(gift.state)]:
        # The letter has gone: what it promises is promised, whether a copy is free or not.
        if gift.state == GiftState.CONSIDERED and gift.edition_id is not None:
            promise_for_good(gift.edition_id)
        move(store, gift.id, GiftState.ASKED, store.today().isoformat(), happened=True)


def _change(letter_id: int, **columns: object) -> None:
    Outbox.update(**columns).where(Outbox.letter == letter_id).execute()
