"""A sample workspace made in a child process, so that whoever waits for it can go on with something else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outreach.jobs import Job
from outreach.services.drafting.senders import change_sender
from outreach.services.sample.fill import fill
from outreach.services.sample.letters import write_letters
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.workspace import Opening
from outreach.workers import Limits, stream

_TASK = "outreach.services.sample.apart:work_out"
_LIMITS = Limits(seconds=300, memory_mb=2000)

#: The initials with which the sample's own steps are noted.
INITIALS = "HO"
#: Who signs the letters of a sample.
SENDER = {
    "name": "Hanna Okafor",
    "email": "hanna.okafor@finchmarlow.example",
    "organisation": "Finch & Marlow",
    "postal_address": "Finch & Marlow, 12 Quay Street, Bristol BS1 4QQ",
    "country": "GB",
}


def sample_apart(folder: Path, people: int = 1200, job: Job | None = None) -> None:
    """Make a workspace of fictional people and titles in a new folder.

    Raises:
        KnownError: when the folder holds a workspace already or cannot be written.
        Cancelled: when the job was stopped.
    """
    for _ in stream(_TASK, {"folder": str(folder), "people": people}, _LIMITS, job):
        pass


def work_out(payload: dict[str, Any]) -> Iterator[dict[str, int]]:
    """Make the sample, as a task of a child process.

    Args:
        payload: ``{"folder", "people"}``.
    """
    folder, opening = Path(payload["folder"]), Opening(by=INITIALS)
    new_workspace(folder, opening)
    with workspace.writing(folder, opening) as store:
        made = fill(store, people=payload["people"], seed=1, job=Job())
        sign(store)
    yield made


def sign(store: Store) -> None:
    """Say who writes, and write the letters that were sent before today."""
    change_sender(store, **SENDER)
    write_letters(store)
