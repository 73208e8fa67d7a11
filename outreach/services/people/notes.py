"""Calls, meetings and remarks about a person, each in a line with its day and who noted it."""

from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, clean_lines
from outreach.services.people.fields import whole_day
from outreach.services.people.kinds import note_kinds
from outreach.store.database import Store
from outreach.store.models import Person, PersonNote


@dataclass(frozen=True, slots=True)
class Note:
    """A line about a person."""

    id: int
    kind: str
    day: str
    text: str
    by: str


def notes_of(person_id: int) -> tuple[Note, ...]:
    """The notes about a person, newest first."""
    rows = PersonNote.select().where(PersonNote.person == person_id)
    ordered = rows.order_by(PersonNote.happened_on.desc(), PersonNote.id.desc())
    return tuple(Note(row.id, row.kind, row.happened_on, row.text, row.by) for row in ordered)


def add_note(store: Store, person_id: int, text: str, kind: str = "", on: str = "") -> tuple[int, Changes]:
    """Note a call, a meeting or a thought, today or on a day that has been.

    Raises:
        KnownError: ``notes.empty``, ``notes.unknown_kind``, ``people.no_day``, ``notes.future``.
    """
    written_text, chosen = clean_lines(text), clean(kind) or note_kinds()[-1]
    if not written_text:
        raise KnownError("notes.empty")
    if chosen not in note_kinds():
        raise KnownError("notes.unknown_kind", value=chosen, known=", ".join(note_kinds()))
    today = store.today().isoformat()
    day = whole_day(on) or today
    if day > today:
        raise KnownError("notes.future", day=day)
    with store.operation(Op.ADD_NOTE) as written:
        note = PersonNote.create(
            person=person_id, kind=chosen, happened_on=day, text=written_text, by=store.by, created_at=store.now()
        )
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return note.id, written.changes


def remove_note(store: Store, note_id: int) -> Changes:
    """Take a note away; it can be undone."""
    with store.operation(Op.REMOVE_NOTE) as written:
        PersonNote.delete().where(PersonNote.id == note_id).execute()
    return written.changes
