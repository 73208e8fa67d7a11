"""A club's schedule: what is read by when, its sessions, and the questions for the author."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.hours import there_at
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.clubs.author_hours import free_slot
from outreach.services.clubs.clubs import ClubState, club_zone
from outreach.services.gifts.gifts import OutcomeKind
from outreach.services.gifts.offers import OfferState, set_offer
from outreach.services.people.fields import time_zone
from outreach.services.zones import author_zone, moment_of
from outreach.store.database import Store
from outreach.store.models import AuthorOffer, Club, ClubQuestion, ClubSession, Milestone, Outcome, Person

#: What can be changed of a session, each as text.
SESSION_FIELDS = (
    "starts", "minutes", "topic", "place", "moderator", "author", "author_zone", "going", "note", "reading",
)  # fmt: skip
#: A change of one of these is told to calendars, as a new sequence number.
_TOLD = frozenset({"starts_at", "minutes", "topic", "place", "author_key", "state"})
#: Longer than a day is a slip of the finger.
_LONGEST, _MOST = 24 * 60, 1_000_000
MINUTES = 60


class SessionState(StrEnum):
    """How a session stands."""

    PLANNED = "planned"
    MET = "met"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to plan.

    Attributes:
        starts: Its day and hour in the club's zone, such as ``2026-11-26 19:30``.
        place: A link, or where they meet; the club's own where it is empty.
        author: Who joins; empty where nobody does.
        author_zone: In which the hour is told to the author; known from before where it is empty.
        reading: What is read by then, such as "Chapters 1 to 8"; kept as a milestone of that day.
    """

    starts: str
    minutes: int = MINUTES
    topic: str = ""
    place: str = ""
    moderator: str = ""
    author: str = ""
    author_zone: str = ""
    reading: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as a line of a list.

    Attributes:
        number: Which of the club's sessions it is, from 1; cancelled ones are counted too.
        starts_at: A moment in UTC.
        day: The day at the club.
        hour: The hour at the club, as ``19:30``.
        reading: What is read by then.
        author_hour: The hour in the author's zone where that is another; with its day where that is another too.
    """

    id: int
    number: int
    club_id: int
    club: str
    state: str
    starts_at: str
    minutes: int
    zone: str
    day: str
    hour: str
    topic: str
    reading: str
    place: str
    moderator: str
    author: str
    author_zone: str
    author_hour: str
    going: int | None
    came: int | None
    note: str
    uid: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A session that was planned or changed, and what there is to think of."""

    id: int
    doubts: tuple[str, ...]
    changes: Changes


def plan_session(store: Store, club_id: int, new: NewSession) -> Planned:
    """Plan a session. An author who joins takes up the offer that went with the club's gift, where there is one.

    Raises:
        KnownError: ``hours.bad_hour``, ``hours.skipped``, ``sessions.bad_minutes``, ``people.bad_time_zone``,
            ``offers.not_enjoyed``.
    """
    club = Club.get_by_id(club_id)
    where = club_zone(club)
    starts = moment_of(new.starts, where)
    _refuse_minutes(new.minutes)
    author = clean(new.author)
    slot, doubts = free_slot(author, starts, new.minutes) if author else (None, ())
    with store.operation(Op.PLAN_SESSION) as written:
        made = ClubSession.create(
            club=club_id, uid=f"session-{uuid.uuid4()}@outreach", state=SessionState.PLANNED.value, starts_at=starts,
            minutes=new.minutes, zone=where, topic=clean(new.topic), place=clean(new.place) or club.place,
            moderator=clean(new.moderator), author=author, author_key=fold(author),
            author_zone=time_zone(clean(new.author_zone)) or (author_zone(author) if author else ""),
            author_slot=slot, note=clean_lines(new.note), by=store.by, created_at=store.now(), changed_at=store.now(),
        )  # fmt: skip
        if clean(new.reading):
            _read_by(club_id, there_at(starts, where).date().isoformat(), new.reading)
        if author:
            _take_up(store, club)
    return Planned(int(made.id), doubts, written.changes)


def edit_session(store: Store, session_id: int, values: Mapping[str, str]) -> Planned:
    """Change a session, by names of `SESSION_FIELDS`; what calendars show of it raises its sequence.

    Raises:
        KnownError: as `plan_session`, ``sessions.over``, ``catalogue.unknown_field``.
    """
    session = ClubSession.get_by_id(session_id)
    columns: dict[str, Any] = {}
    for name, value in values.items():
        columns |= _column(session, name, value)
    reading = columns.pop("reading", None)
    doubts: tuple[str, ...] = ()
    author = columns.get("author", session.author)
    starts, minutes = columns.get("starts_at", session.starts_at), columns.get("minutes", session.minutes)
    if author and {"author", "starts_at", "minutes"} & set(columns):
        columns["author_slot"], doubts = free_slot(author, starts, minutes, beside=session_id)
    elif not author:
        columns["author_slot"] = None
    with store.operation(Op.PLAN_SESSION) as written:
        _change(store, session, columns)
        if reading is not None:
            _read_by(session.club_id, there_at(starts, session.zone).date().isoformat(), reading)
        if author and author != session.author:
            _take_up(store, Club.get_by_id(session.club_id))
    return Planned(session_id, doubts, written.changes)


def cancel_session(store: Store, session_id: int) -> Changes:
    """Cancel a session; calendars are told when it is exported again, and the author's time is free.

    Raises:
        KnownError: ``sessions.over``.
    """
    session = ClubSession.get_by_id(session_id)
    if session.state != SessionState.PLANNED:
        raise KnownError("sessions.over", session=f"d{session_id}", state=session.state)
    with store.operation(Op.PLAN_SESSION) as written:
        _change(store, session, {"state": SessionState.CANCELLED.value, "author_slot": None})
    return written.changes


def note_met(store: Store, session_id: int, came: int | None = None, note: str = "") -> Changes:
    """Note that a session took place, and how many came; with the author it is what came of the club's gift.

    Raises:
        KnownError: ``sessions.over``, ``sessions.to_come``, ``sessions.bad_number``.
    """
    session = ClubSession.get_by_id(session_id)
    if session.state == SessionState.CANCELLED:
        raise KnownError("sessions.over", session=f"d{session_id}", state=session.state)
    if session.starts_at > store.now():
        raise KnownError("sessions.to_come", session=f"d{session_id}")
    if came is not None:
        _refuse_number(came)
    columns: dict[str, Any] = {"state": SessionState.MET.value, "came": came if came is not None else session.came}
    if note:
        columns["note"] = clean_lines(note)
    club = Club.get_by_id(session.club_id)
    with store.operation(Op.PLAN_SESSION) as written:
        ClubSession.update(**columns, changed_at=store.now()).where(ClubSession.id == session_id).execute()
        if session.author and session.state == SessionState.PLANNED:
            if club.state in (ClubState.PLANNED, ClubState.READING):
                Club.update(state=ClubState.MET.value).where(Club.id == club.id).execute()
            if club.gift_id is not None:
                Outcome.create(
                    gift=club.gift_id, person=club.host_id, kind=OutcomeKind.MET_AUTHOR.value, evidence="seen",
                    happened_on=there_at(session.starts_at, session.zone).date().isoformat(), by=store.by,
                )  # fmt: skip
    return written.changes


def set_schedule(store: Store, club_id: int, milestones: Sequence[tuple[str, str]]) -> Changes:
    """Put another schedule in the place of a club's: days, and what is read by them.

    Raises:
        KnownError: ``sessions.bad_day``, ``sessions.no_reading``.
    """
    for day, reading in milestones:
        _refuse_day(day)
        if not clean(reading):
            raise KnownError("sessions.no_reading", day=day)
    with store.operation(Op.PLAN_READING) as written:
        kept = [day for day, _ in milestones]
        Milestone.delete().where((Milestone.club == club_id) & Milestone.by_on.not_in(kept)).execute()
        for day, reading in milestones:
            _read_by(club_id, day, reading)
    return written.changes


def schedule(club_id: int) -> list[tuple[str, str]]:
    """A club's milestones: days, and what is read by them."""
    query = Milestone.select(Milestone.by_on, Milestone.reading).where(Milestone.club == club_id)
    return list(query.order_by(Milestone.by_on).tuples())


def ask_questions(
    store: Store, club_id: int, questions: Sequence[str], *, session_id: int | None = None, person_id: int | None = None
) -> Changes:
    """Note questions for the author, for one session where that is said; what was asked already is not doubled.

    Raises:
        KnownError: ``sessions.no_question``.
    """
    wanted = [clean_lines(each) for each in questions if clean_lines(each)]
    if not wanted:
        raise KnownError("sessions.no_question")
    known = {fold(row.text) for row in ClubQuestion.select().where(ClubQuestion.club == club_id)}
    with store.operation(Op.ASK_QUESTION) as written:
        for text in wanted:
            if fold(text) not in known:
                known.add(fold(text))
                ClubQuestion.create(
                    club=club_id, club_session=session_id, person=person_id, text=text,
                    asked_on=store.today().isoformat(), by=store.by,
                )  # fmt: skip
    return written.changes


def drop_question(store: Store, question_id: int) -> Changes:
    """Take a question away."""
    with store.operation(Op.ASK_QUESTION) as written:
        ClubQuestion.delete().where(ClubQuestion.id == question_id).execute()
    return written.changes


def questions_of(club_id: int, session_id: int | None = None) -> list[tuple[int, str, str]]:
    """Questions for the author: id, words, who asks; those for a session are its own and those for any."""
    query = ClubQuestion.select(ClubQuestion.id, ClubQuestion.text, Person.name).left_outer_join(Person)
    query = query.where(ClubQuestion.club == club_id)
    if session_id is not None:
        query = query.where((ClubQuestion.club_session == session_id) | ClubQuestion.club_session.is_null())
    return [(row, text, name or "") for row, text, name in query.order_by(ClubQuestion.id).tuples()]


def list_sessions(*, club_id: int | None = None, author: str = "", session_id: int | None = None) -> list[SessionRow]:
    """Sessions in the order of their days: of a club, with an author, or all."""
    query = ClubSession.select(ClubSession, Club).join(Club)
    if session_id is not None:
        query = query.where(ClubSession.id == session_id)
    if club_id is not None:
        query = query.where(ClubSession.club == club_id)
    if author:
        query = query.where(ClubSession.author_key == fold(author))
    rows = list(query.order_by(ClubSession.starts_at, ClubSession.id))
    clubs = {row.club_id for row in rows}
    places: dict[int, list[int]] = {}
    order = ClubSession.select(ClubSession.club, ClubSession.id).where(ClubSession.club.in_(clubs))
    for club, row in order.order_by(ClubSession.starts_at, ClubSession.id).tuples():
        places.setdefault(club, []).append(row)
    read = _readings(clubs)
    return [_row(row, places[row.club_id].index(row.id) + 1, read) for row in rows]


def _readings(clubs: set[int]) -> dict[tuple[int, str], str]:
    query = Milestone.select(Milestone.club, Milestone.by_on, Milestone.reading).where(Milestone.club.in_(clubs))
    return {(club, day): reading for club, day, reading in query.tuples()}


def _row(row: ClubSession, number: int, read: Mapping[tuple[int, str], str]) -> SessionRow:
    here = there_at(row.starts_at, row.zone)
    day = here.date().isoformat()
    return SessionRow(
        id=row.id, number=number, club_id=row.club_id, club=row.club.name, state=row.state, starts_at=row.starts_at,
        minutes=row.minutes, zone=row.zone, day=day, hour=here.strftime("%H:%M"), topic=row.topic,
        reading=read.get((row.club_id, day), ""), place=row.place, moderator=row.moderator, author=row.author,
        author_zone=row.author_zone, author_hour=_other_hour(row, day, here.strftime("%H:%M")), going=row.going,
        came=row.came, note=row.note, uid=row.uid, sequence=row.sequence,
    )  # fmt: skip


def _other_hour(row: ClubSession, day: str, hour: str) -> str:
    if not row.author or not row.author_zone:
        return ""
    there = there_at(row.starts_at, row.author_zone)
    if there.strftime("%H:%M") == hour and there.date().isoformat() == day:
        return ""
    return there.strftime("%H:%M" if there.date().isoformat() == day else "%Y-%m-%d %H:%M")


def _column(session: ClubSession, name: str, value: str) -> dict[str, Any]:
    if name not in SESSION_FIELDS:
        raise KnownError("catalogue.unknown_field", name=name, known=", ".join(SESSION_FIELDS))
    if session.state != SessionState.PLANNED and name in ("starts", "minutes", "author"):
        raise KnownError("sessions.over", session=f"d{session.id}", state=session.state)
    if name == "starts":
        return {"starts_at": moment_of(value, session.zone)}
    if name == "minutes":
        minutes = int(value) if value.strip().isdecimal() else 0
        _refuse_minutes(minutes)
        return {"minutes": minutes}
    if name == "going":
        return {"going": _number(value)}
    if name == "author":
        author = clean(value)
        return {"author": author, "author_key": fold(author)}
    if name == "author_zone":
        return {"author_zone": time_zone(clean(value))}
    return {name: clean_lines(value) if name == "note" else clean(value)}


def _change(store: Store, session: ClubSession, columns: dict[str, Any]) -> None:
    """Write what differs; where calendars show it, the sequence goes up."""
    changed = {
        name: value
        for name, value in columns.items()
        if value != (session.author_slot_id if name == "author_slot" else getattr(session, name))
    }
    if not changed:
        return
    if _TOLD & set(changed):
        changed["sequence"] = session.sequence + 1
    ClubSession.update(**changed, changed_at=store.now()).where(ClubSession.id == session.id).execute()


def _take_up(store: Store, club: Club) -> None:
    """The author comes: an offer that went with the club's gift is taken up."""
    if club.gift_id is None:
        return
    offer = AuthorOffer.get_or_none(AuthorOffer.gift == club.gift_id)
    if offer is not None and offer.state != OfferState.TAKEN_UP:
        set_offer(store, club.gift_id, OfferState.TAKEN_UP)


def _read_by(club_id: int, day: str, reading: str) -> None:
    where = (Milestone.club == club_id) & (Milestone.by_on == day)
    if not clean(reading):
        Milestone.delete().where(where).execute()
    elif Milestone.get_or_none(where) is None:
        Milestone.create(club=club_id, by_on=day, reading=clean(reading))
    else:
        Milestone.update(reading=clean(reading)).where(where).execute()


def _number(value: str) -> int | None:
    if not value.strip():
        return None
    number = int(value) if value.strip().isdecimal() else -1
    _refuse_number(number)
    return number


def _refuse_number(number: int) -> None:
    if not 0 <= number <= _MOST:
        raise KnownError("sessions.bad_number", number=number)


def _refuse_minutes(minutes: int) -> None:
    if not 1 <= minutes <= _LONGEST:
        raise KnownError("sessions.bad_minutes", number=minutes)


def _refuse_day(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise KnownError("sessions.bad_day", value=day[:40]) from None
