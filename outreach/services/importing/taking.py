"""What all imports share while they write: where the rows come from, where they go, how they are counted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from outreach.jobs import Job
from outreach.services.importing.policies import Policy
from outreach.services.importing.tally import Tally
from outreach.store.batches import BatchWriter
from outreach.store.database import Store


class OnMatch(StrEnum):
    """What to do with someone who is there already."""

    UPDATE = "update"
    SKIP = "skip"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an import comes from and when, for what it writes."""

    file: str
    layout: str
    now: str
    today: str
    by: str


@dataclass(frozen=True, slots=True)
class Taking:
    """An import inside its transaction.

    Attributes:
        item: The title that a list of gifts is about where its rows name none.
        create: Whether titles and people that are not there are made, where a list brings gifts or posts.
        policy: By kind of value, what becomes of one that is there already: see `outreach.services.importing.policies`.
        same: By row, the person whom the user says it is about; 0 for somebody new.
        person_id: Whose reading it is, where it brings somebody's.
    """

    store: Store
    writer: BatchWriter
    origin: Origin
    on_match: OnMatch
    job: Job
    tally: Tally
    item: int | None = None
    create: bool = False
    policy: Mapping[str, Policy] = field(default_factory=dict)
    same: Mapping[int, int] = field(default_factory=dict)
    person_id: int | None = None

    def each_chunk(self, answers: Iterator[Mapping[str, Any]], take: Callable[[list[Any]], None]) -> None:
        """Hand the rows of a reading child process on, chunk by chunk.

        Raises:
            Cancelled: when the job was stopped.
        """
        for answer in answers:
            self.tally.unused += answer.get("unused", ())
            take(answer.get("rows", []))
            self.job.report(self.tally.rows)
