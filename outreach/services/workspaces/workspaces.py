"""Workspaces as a user sees them: making one, what one holds, and whether anything in it is wrong."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from outreach.changes import Op
from outreach.jobs import Cancelled, Job
from outreach.services.drafting.drafts import save_starters
from outreach.services.drafting.senders import change_sender
from outreach.services.letters.language import ENGLISH, languages
from outreach.services.people.suppressions import Marks, SuppressionKind
from outreach.store import backup, checking, workspace
from outreach.store.checking import Finding
from outreach.store.database import Store
from outreach.store.models import TABLES
from outreach.store.workspace import Opening

#: What a user counts, in the order she meets it.
_COUNTED = ("person", "item", "edition", "campaign", "gift", "shipment", "letter", "post", "club", "suppression")


@dataclass(frozen=True, slots=True)
class Info:
    """What a workspace holds."""

    folder: str
    version: int
    bytes: int
    backups: int
    counts: dict[str, int]


def new_workspace(folder: Path, opening: Opening, language: str = ENGLISH) -> None:
    """Make a new workspace, with the starter letters of a language in it; English where there are none.

    Raises:
        KnownError: when the folder holds one already or cannot be written.
    """
    with workspace.or_nothing(folder):
        workspace.create(folder, opening)
        with workspace.writing(folder, opening) as store:
            prepare(store, language if language in languages() else ENGLISH)


def prepare(store: Store, language: str = ENGLISH) -> None:
    """Put into a new workspace what every workspace has."""
    with store.operation(Op.CHANGE_SETTINGS, undoable=False):
        Marks(store).hash(SuppressionKind.EMAIL, "")
    save_starters(store, language)
    if language != ENGLISH:
        change_sender(store, language=language)


def info(store: Store) -> Info:
    """What a workspace holds."""
    counted = {table._meta.table_name: table for table in TABLES}
    backups = store.folder / workspace.BACKUPS
    return Info(
        folder=str(store.folder),
        version=checking.version(store),
        bytes=store.path.stat().st_size,
        backups=len(list(backups.glob("*.db"))) if backups.is_dir() else 0,
        counts={name: counted[name].select().count() for name in _COUNTED},
    )


def check(store: Store, job: Job | None = None) -> list[Finding]:
    """Everything that is wrong in a workspace; nothing is changed.

    Raises:
        Cancelled: when the job was stopped.
        KnownError: ``workspace.damaged`` when it cannot be looked through at all.
    """
    try:
        return checking.check(store, job)
    except Exception:
        if job is not None and job.cancelled:
            raise Cancelled from None  # a statement that was interrupted has no other way to say so
        raise


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup.

    Attributes:
        id: Its place in the list, from 1 on.
        is_replaced: Whether it is what a backup that was put back took the place of.
    """

    id: int
    path: Path
    taken_at: datetime
    bytes: int
    is_replaced: bool


def copies(folder: Path) -> list[Copy]:
    """The backups of a workspace, the newest first."""
    found = backup.listed(folder / workspace.BACKUPS)
    return [
        Copy(number, each.path, each.taken_at, each.bytes, "-replaced" in each.path.stem)
        for number, each in enumerate(found, start=1)
    ]
