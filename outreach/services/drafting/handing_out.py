"""Approved letters on the other roads: as files, as drafts of a mailbox. The user sends them in her mail program."""

from collections.abc import Sequence
from pathlib import Path

from outreach.services.drafting import attachments
from outreach.services.letters.files import write_files
from outreach.services.letters.message import as_draft
from outreach.services.people.asking import not_yet
from outreach.services.people.suppressions import suppressed_people
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Letter


def approved_letters() -> list[int]:
    """The letters that are approved and have not been handed over, the oldest first."""
    return [row.id for row in Letter.select(Letter.id).where(Letter.state == "approved").order_by(Letter.id)]


def messages_of(store: Store, letters: Sequence[int]) -> list[tuple[int, bytes]]:
    """By person the bytes of letters as drafts; none to who asked for later, or not to be written to at all.

    Raises:
        KnownError: ``attachments.gone``.
    """
    columns = (Letter.id, Letter.person, Letter.to_name, Letter.message)
    rows = list(Letter.select(*columns).where(Letter.id.in_(among(list(letters)))).order_by(Letter.id))
    suppressed = suppressed_people(store, [row.person_id for row in rows])
    later = not_yet(store, [row.person_id for row in rows])
    wanted = [row for row in rows if row.message is not None and row.person_id not in suppressed
              and row.person_id not in later]  # fmt: skip
    raws = attachments.messages_of(store, wanted)
    return [(row.person_id, as_draft(raws[row.id])) for row in wanted]


def write_drafts(store: Store, letters: Sequence[int], out: Path) -> tuple[str, ...]:
    """Write letters as ``.eml`` files that a mail program opens as drafts.

    Raises:
        KnownError: ``files.not_written``.
    """
    messages = messages_of(store, letters)
    return write_files(out, [(f"{number:03}-p{person}.eml", raw) for number, (person, raw) in enumerate(messages, 1)])
