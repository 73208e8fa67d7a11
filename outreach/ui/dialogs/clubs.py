"""Dialogs about a club: itself, its sessions, its members, who asks to join, its copies, questions and schedule."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.fields.dates import parse_day
from outreach.services import refs
from outreach.services.catalogue.catalogue import show_item
from outreach.services.catalogue.editions import parse_price
from outreach.services.clubs import author_hours, clubs
from outreach.services.clubs import copies as club_copies
from outreach.services.clubs import members as club_members
from outreach.services.clubs import sessions as club_sessions
from outreach.services.clubs.clubs import ClubKind, ClubState, Spoilers
from outreach.services.clubs.copies import CopiesKind, NewCopies
from outreach.services.clubs.members import NewRequest, RequestState
from outreach.services.clubs.sessions import NewSession, SessionRow, SessionState
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.wording import small
from outreach.wording.clubs import session_title

#: What is said of a visit that was planned all the same.
_DOUBTS = {
    "busy": "The author is with another club at that time.",
    "outside": "That is not within the hours that the author has noted.",
    "many": "That makes more than two visits within seven days: a lot for one author.",
}


def edit_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """Change what is known of a club."""
    say, term = desk.say, desk.words.term
    row, _ = clubs.show_club(club_id)

    def words_of(kind: str, values: list[str]) -> list[tuple[str, str]]:
        return [(value, term(kind, value)) for value in values]

    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Name"), wide=True, check=needed(say("A club needs a name"))),
            FieldSpec("kind", say("What it is"), choices=words_of("club_kind", list(ClubKind))),
            FieldSpec("state", say("How it stands"), choices=words_of("club_state", list(ClubState))),
            FieldSpec("place", say("Where they meet"), say("Discord, the shop, a school")),
            FieldSpec("zone", say("Time zone"), "Europe/London"),
            FieldSpec("spoilers", say("The ending"), choices=words_of("spoilers", list(Spoilers)), wide=True),
            FieldSpec("item", say("Reading"), say("A title, or i3")),
            FieldSpec("grew_from", say("Grew out of"), say("A club, or c3")),
            FieldSpec("note", say("Note"), lines=3, wide=True),
        ],
        {
            "name": row.name, "kind": row.kind, "state": row.state, "place": row.place, "zone": row.zone,
            "spoilers": row.spoilers, "item": row.title, "note": row.note,
            "grew_from": clubs.show_club(row.grew_from_id)[0].name if row.grew_from_id else "",
        },
    )  # fmt: skip

    def saves(store: Store, key: str, value: str) -> Changes:
        if key == "item":
            return clubs.edit_club(store, club_id, {}, item_id=refs.item_id(value)) if value else Changes()
        if key == "grew_from":
            return clubs.edit_club(store, club_id, {}, grew_from=refs.club_id(value)) if value else Changes()
        return clubs.edit_club(store, club_id, {key: value})

    EditDialog(desk, parent, say("Change {name}", name=row.name), form, saves)


def session_dialog(desk: Desk, parent: QWidget, about: tuple[int, int]) -> None:
    """Plan a session of a club, or change one: a club, and a session or 0."""
    club_id, session_id = about
    if session_id:
        _change_session(desk, parent, club_sessions.list_sessions(session_id=session_id)[0])
        return
    say, club = desk.say, clubs.show_club(club_id)[0]
    author = show_item(club.item_id).values["author"] if club.item_id else ""
    form = Form(
        desk.theme,
        [
            FieldSpec("starts", say("Day and hour, in {zone}", zone=club.zone or "UTC"), "2026-11-26 19:30",
                      check=needed(say("Write it like 2026-11-26 19:30"))),
            FieldSpec("minutes", say("Minutes"), "60"),
            FieldSpec("reading", say("Read by then"), say("Chapters 1 to 8")),
            FieldSpec("topic", say("Talk"), say("What it is about")),
            FieldSpec("author", say("The author who joins"), say("Empty, or {name}", name=author or "…")),
            FieldSpec("author_zone", say("The author’s time zone"), say("As it was before")),
            FieldSpec("place", say("Link, or where"), club.place or say("Discord, the shop, a school")),
            FieldSpec("moderator", say("Who leads it")),
            FieldSpec("note", say("Note"), lines=2, wide=True),
        ],
        {"minutes": "60"},
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[club_sessions.Planned, Changes]:
        values = dict(given)
        minutes = values.pop("minutes")
        new = NewSession(values.pop("starts"), int(minutes) if minutes.isdecimal() else 0, **values)
        planned = club_sessions.plan_session(store, club_id, new)
        return planned, planned.changes

    FormDialog(desk, parent, say("Add session"), form, say("Add session"), work,
               told=lambda done: _told(desk, say("Added a session"), done[0].doubts))  # fmt: skip


def _told(desk: Desk, text: str, doubts: tuple[str, ...]) -> str:
    return " ".join([f"{text}.", *(desk.say(_DOUBTS[each]) for each in doubts)]) if doubts else text


def _change_session(desk: Desk, parent: QWidget, row: SessionRow) -> None:
    """Change a session; how it was is noted here too."""
    say = desk.say
    over = row.starts_at <= desk.store.now()
    fields = [
        FieldSpec("starts", say("Day and hour, in {zone}", zone=row.zone), "2026-11-26 19:30"),
        FieldSpec("minutes", say("Minutes"), "60"),
        FieldSpec("reading", say("Read by then"), say("Chapters 1 to 8")),
        FieldSpec("topic", say("Talk"), say("What it is about")),
        FieldSpec("author", say("The author who joins"), say("Leave empty for none")),
        FieldSpec("author_zone", say("The author’s time zone"), "Europe/London"),
        FieldSpec("place", say("Link, or where")),
        FieldSpec("moderator", say("Who leads it")),
        FieldSpec("came", say("How many came"), "12") if over else FieldSpec("going", say("How many are going"), "12"),
        FieldSpec("note", say("Note"), lines=2, wide=True),
    ]
    values = {
        "starts": f"{row.day} {row.hour}", "minutes": str(row.minutes), "reading": row.reading, "topic": row.topic,
        "author": row.author, "author_zone": row.author_zone, "place": row.place, "moderator": row.moderator,
        "came": "" if row.came is None else str(row.came), "going": "" if row.going is None else str(row.going),
        "note": row.note,
    }  # fmt: skip
    form = Form(desk.theme, fields, values)

    def saves(store: Store, key: str, value: str) -> Any:
        if key == "came":
            return club_sessions.note_met(store, row.id, int(value) if value.isdecimal() else None)
        return club_sessions.edit_session(store, row.id, {key: value}).changes

    cancel = Button(desk.theme, say("Cancel this session"), "default", "minus")
    extra = [cancel] if row.state == SessionState.PLANNED else []
    dialog = EditDialog(desk, parent, session_title(desk.words, row), form, saves, extra=extra)

    def gone() -> None:
        desk.write(lambda store: club_sessions.cancel_session(store, row.id), say("Cancelled a session"))
        dialog.close_overlay()

    cancel.clicked.connect(gone)


def counts_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """How many members there were when, what moved them, and a new count."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        return [
            Record(words.trn("{number} member", "{number} members", each.members),
                   ", ".join(filter(None, (words.day(each.day), each.moved_by))), _to_post(desk, each.post_id))
            for each in reversed(club_members.counts_of(club_id))
        ]  # fmt: skip

    form = Form(
        desk.theme,
        [
            FieldSpec("members", say("Members now"), "46", check=_is_number(desk)),
            FieldSpec("on", say("Day"), say("Today")),
            FieldSpec("moved_by", say("What moved them"), say("Maya posts week 2"), wide=True),
        ],
    )

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        day = parse_day(given["on"]) or "" if given["on"] else ""
        return club_members.count_members(store, club_id, int(given["members"]), on=day, moved_by=given["moved_by"])

    RecordsDialog(desk, parent, _of(desk, club_id, "Members of {name}"), records, form, say("Count"), adds)


def members_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """The members who are known by name."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        found = []
        for each in club_members.members_of(club_id):
            acts: list[tuple[str, Any, Any]] = [(say("Open"), None, _go(desk, "people", each.person_id))]
            if not each.left_on:
                acts.append(
                    (say("Has left"), partial(club_members.leave, club_id=club_id, person_id=each.person_id), None)
                )
            if each.next_club:
                acts.append((say("Their club"), None, _go(desk, "clubs", each.next_club)))
            left = say("left {day}", day=words.day(each.left_on)) if each.left_on else ""
            joined = say("joined {day}", day=words.day(each.joined_on))
            found.append(Record(each.person, ", ".join(filter(None, (joined, left))), acts))
        return found

    form = Form(desk.theme, [
        FieldSpec("person", say("Who"), say("A name, or p12"), check=needed(say("Say who joins"))),
        FieldSpec("on", say("Day"), say("Today")),
    ])  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        day = parse_day(given["on"]) or "" if given["on"] else ""
        return club_members.join(store, club_id, [refs.person_id(given["person"])], day)

    dialog = RecordsDialog(desk, parent, _of(desk, club_id, "Members of {name}"), records, form, say("Add"), adds)
    count = Button(desk.theme, say("All counts"), "default")
    count.clicked.connect(dialog.close_overlay)
    count.clicked.connect(lambda: desk.ask("club_counts", club_id))
    dialog.beside(count)


def requests_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """Who asked to join, and what became of it."""
    say, words = desk.say, desk.words

    def answer(request: int, to: RequestState) -> Callable[[Store], Changes]:
        return lambda store: club_members.answer_requests(store, [request], to)

    def records() -> list[Record]:
        found = []
        for each in club_members.requests_of(club_id):
            acts: list[tuple[str, Any, Any]] = []
            if each.state == RequestState.WAITING:
                acts += [(say("Let in"), answer(each.id, RequestState.JOINED), None),
                         (say("Not now"), answer(each.id, RequestState.NOT_NOW), None)]  # fmt: skip
            who = each.person or words.trn("{number} person", "{number} people", each.people)
            facts = (words.day(each.asked_on), each.place, small(words.term("request_state", each.state)))
            found.append(Record(who, ", ".join(filter(None, facts)), [*acts, *_to_post(desk, each.post_id)]))
        return found

    form = Form(desk.theme, [
        FieldSpec("people", say("How many"), "1", check=_is_number(desk)),
        FieldSpec("person", say("Who, if it is one"), say("A name, or p12")),
        FieldSpec("place", say("Where they asked"), say("In her comments"), wide=True),
    ], {"people": "1"})  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Any:
        person = refs.person_id(given["person"]) if given["person"] else None
        return club_members.ask_to_join(store, club_id, NewRequest(person, int(given["people"]), place=given["place"]))

    RecordsDialog(desk, parent, _of(desk, club_id, "Who asks to join {name}"), records, form, say("Note it"), adds,
                  start={"people": "1"})  # fmt: skip


def copies_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """A club's copies: asked for, sent, bought, ordered ahead, passed round."""
    say, words = desk.say, desk.words
    club = clubs.show_club(club_id)[0]

    def records() -> list[Record]:
        found = []
        for each in club_copies.copies_of(club_id):
            copies = words.trn("{number} copy", "{number} copies", each.copies)
            money = words.money(each.amount_minor, each.currency) if each.amount_minor is not None else ""
            stock = say("out of our stock") if each.from_stock else ""
            facts = (words.day(each.happened_on), each.title, money, stock, each.note)
            drop = (say("Remove"), partial(club_copies.drop_copies, row_id=each.id), None)
            text = f"{copies} {words.term('copies_kind', each.kind)}"
            found.append(Record(text, ", ".join(filter(None, facts)), [drop]))
        return found

    editions = show_item(club.item_id).editions if club.item_id else ()
    stocks = [
        (str(each.id), words.edition(each.format, each.kind, each.variant)) for each in editions if not each.codes
    ]
    form = Form(
        desk.theme,
        [
            FieldSpec("kind", say("What happened"),
                      choices=[(kind.value, words.term("copies_kind", kind.value)) for kind in CopiesKind]),
            FieldSpec("copies", say("How many"), "12", check=_is_number(desk)),
            FieldSpec("amount", say("Paid for them"), "570 GBP"),
            FieldSpec("edition", say("Sent from the stock of"), choices=[("", say("Not ours")), *stocks]),
            FieldSpec("item", say("Another title"), say("Leave empty for {title}", title=club.title or "…"), wide=True),
        ],
    )  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        amount, currency = parse_price(given["amount"])
        item = refs.item_id(given["item"]) if given["item"] else None
        edition = int(given["edition"]) if given["edition"] and given["kind"] == CopiesKind.SENT else None
        new = NewCopies(CopiesKind(given["kind"]), int(given["copies"]), item, edition, amount, currency)
        return club_copies.note_copies(store, club_id, new)

    RecordsDialog(desk, parent, _of(desk, club_id, "Copies of {name}"), records, form, say("Note it"), adds)


def questions_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """Questions for the author."""
    say = desk.say

    def records() -> list[Record]:
        return [
            Record(f"“{text}”", by, [
                (say("Remove"), partial(club_sessions.drop_question, question_id=row), None)
            ])
            for row, text, by in club_sessions.questions_of(club_id)
        ]  # fmt: skip

    form = Form(desk.theme, [
        FieldSpec("text", say("Another question"), lines=2, wide=True, check=needed(say("Write the question"))),
        FieldSpec("person", say("Who asks"), say("A name, or p12; leave empty if it is not known"), wide=True),
    ])  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        person = refs.person_id(given["person"]) if given["person"] else None
        return club_sessions.ask_questions(store, club_id, [given["text"]], person_id=person)

    RecordsDialog(desk, parent, _of(desk, club_id, "Questions of {name}"), records, form, say("Add"), adds)


def schedule_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """What is read by when."""
    say, words = desk.say, desk.words

    def without(day: str) -> Callable[[Store], Changes]:
        kept = [each for each in club_sessions.schedule(club_id) if each[0] != day]
        return lambda store: club_sessions.set_schedule(store, club_id, kept)

    def records() -> list[Record]:
        return [
            Record(reading, words.day(day), [(say("Remove"), without(day), None)])
            for day, reading in club_sessions.schedule(club_id)
        ]

    form = Form(desk.theme, [
        FieldSpec("day", say("By"), "2026-12-03", check=_is_day(desk)),
        FieldSpec("reading", say("Read"), say("Chapters 1 to 8"), check=needed(say("Say what is read"))),
    ])  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        rest = [each for each in club_sessions.schedule(club_id) if each[0] != parse_day(given["day"])]
        return club_sessions.set_schedule(store, club_id, [*rest, (parse_day(given["day"]) or "", given["reading"])])

    RecordsDialog(desk, parent, _of(desk, club_id, "What {name} reads by when"), records, form, say("Add"), adds)


def hours_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """The time that the author of a club's title has, and how much of it is spent."""
    from outreach.ui.dialogs.hours import HoursDialog

    club = clubs.show_club(club_id)[0]
    author = str(show_item(club.item_id).values["author"] or "") if club.item_id else ""
    names = author_hours.authors()
    HoursDialog(desk, parent, author or (names[0] if names else ""))


def _of(desk: Desk, club_id: int, text: str) -> str:
    return desk.say(text, name=clubs.show_club(club_id)[0].name)


def _go(desk: Desk, place: str, row: int) -> Callable[[], None]:
    return lambda: desk.go(place, row)


def _to_post(desk: Desk, post: int | None) -> list[tuple[str, Any, Any]]:
    return [(desk.say("The post"), None, _go(desk, "posts", post))] if post is not None else []


def _is_number(desk: Desk) -> Callable[[str], str]:
    return lambda text: "" if text.isdecimal() and int(text) > 0 else desk.say("A number, such as 12")


def _is_day(desk: Desk) -> Callable[[str], str]:
    return lambda text: "" if parse_day(text) else desk.say("Write it like 2026-12-03")
