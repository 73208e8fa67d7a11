"""Workspaces as a user sees them: making one, what one holds, and whether anything in it is wrong."""

from dataclasses import dataclass
from pathlib import Path

from outreach.changes import Op
from outreach.services.drafting import save_starters
from outreach.services.suppressions import Marks, SuppressionKind
from outreach.store import checking, workspace
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


def new_workspace(folder: Path, opening: Opening) -> None:
    """Make a new workspace, with the starter letters in it.

    Raises:
        KnownError: when the folder holds one already or cannot be written.
    """
    with workspace.or_nothing(folder):
        workspace.create(folder, opening)
        with workspace.writing(folder, opening) as store:
            prepare(store)


def prepare(store: Store) -> None:
    """Put into a new workspace what every workspace has."""
    with store.operation(Op.CHANGE_SETTINGS, undoable=False):
        Marks(store).hash(SuppressionKind.EMAIL, "")
    save_starters(store)


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


def check(store: Store) -> list[Finding]:
    """Everything that is wrong in a workspace; nothing is changed."""
    return checking.check(store)
