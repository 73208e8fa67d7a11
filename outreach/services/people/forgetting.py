"""Forgetting a person: everything that is hers goes for good, a mark stays so that no list brings her back."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.paths import home
from outreach.services.people.suppressions import Marks, SuppressionKind, keys_of_people
from outreach.store import caches, filebox, forgetting
from outreach.store.database import Store
from outreach.store.models import (
    Address,
    Consent,
    Feed,
    Gift,
    Letter,
    Person,
    PersonDocument,
    PersonNote,
    Post,
    ProgrammeMember,
    Snapshot,
)
from outreach.store.workspace import BACKUPS

LOGS = "logs"
#: What goes with somebody, and what stays without the name, by the name under which it is told.
GOES: dict[str, Any] = {"address": Address, "consent": Consent, "letter": Letter, "person_note": PersonNote,
        "person_document": PersonDocument, "feed": Feed, "snapshot": Snapshot}  # fmt: skip
STAYS: dict[str, Any] = {"gift": Gift, "post": Post, "programme_member": ProgrammeMember}


@dataclass(frozen=True, slots=True)
class WhatGoes:
    """What forgetting somebody would take, to be looked at first.

    Attributes:
        goes: How many of what goes, by its name in `GOES`.
        stays: How many rows stay without her name, by their name in `STAYS`.
        backups: Names of backups that hold her still, newest first.
        mentions: In how many notes about others her name stands.
    """

    name: str
    goes: dict[str, int]
    stays: dict[str, int]
    backups: tuple[str, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is left to say when somebody has been forgotten.

    Attributes:
        backups: Names of backups that hold her still.
        mentions: In how many notes about others her name stands.
        reports: How many reports of troubles that named her were deleted.
    """

    backups: tuple[str, ...]
    mentions: int
    reports: int
    changes: Changes = field(default_factory=Changes)


def what_goes(store: Store, person_id: int) -> WhatGoes:
    """What forgetting somebody would take; nothing is changed."""
    person = Person.get_by_id(person_id)
    hers = [(name, table) for name, table in GOES.items() if table is not Snapshot]
    goes = {name: table.select().where(table.person == person_id).count() for name, table in hers}
    goes["snapshot"] = Snapshot.select().join(Post).where(Post.person == person_id).count()
    stays = {name: table.select().where(table.person == person_id).count() for name, table in STAYS.items()}
    return WhatGoes(
        person.name,
        {name: count for name, count in goes.items() if count},
        {name: count for name, count in stays.items() if count},
        _backups(store, person_id),
        forgetting.mentions(store, person_id),
    )


def forget_person(store: Store, person_id: int, logs: Path | None = None) -> Forgotten:
    """Erase a person: rows, letters, notes, files; what stays are nameless counts and hashes that block re-import.

    It cannot be undone, and leaves no trace in the undo log, in before-images of imports, in the index, in the file's
    free pages or in its write-ahead log, in what is kept for the match, nor in reports of troubles. Backups are left as
    they are, and named.

    Args:
        store: The open workspace.
        person_id: Who.
        logs: The folder of reports, if it is not the program's own.
    """
    keys = keys_of_people([person_id], forgotten=True)
    backups, mentioned = _backups(store, person_id), forgetting.mentions(store, person_id)
    words = forgetting.words_of(store, person_id)
    with store.operation(Op.FORGET_PERSON, undoable=False) as written:
        marks = Marks(store)
        for kind, key in keys:
            marks.forget(kind, key)
        forgetting.erase(store, person_id, [key for _, key in keys])
    store.purge()
    caches.clear(store.folder)
    # With the undo log empty nothing can bring back a document, so neither its file.
    filebox.sweep(store.folder, forgetting.kept_files(store))
    reports = filebox.remove_naming(logs or home() / LOGS, words)
    return Forgotten(backups, mentioned, reports, written.changes)


def _backups(store: Store, person_id: int) -> tuple[str, ...]:
    created = Person.get_by_id(person_id).created_at
    emails = [key for kind, key in keys_of_people([person_id]) if kind is SuppressionKind.EMAIL]
    found = forgetting.backups_holding(store.folder / BACKUPS, created, person_id, emails)
    return tuple(path.name for path in found)
