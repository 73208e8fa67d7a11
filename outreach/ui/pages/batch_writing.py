"""What is done to the batch: each step one write and one step of undo; many parcels are a job with its progress."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.carrying.answers import Answer, AnswerPlan, match_answers
from outreach.services.carrying.booking import book_answers
from outreach.services.people.addresses import save_address
from outreach.services.shipments.batching import Batched, accept_addresses, number_rows, pack_rows, ship_rows
from outreach.services.shipments.shipments import deliver_shipments, return_shipments
from outreach.store.database import Store
from outreach.ui.desk import Desk

#: From so many parcels on a step takes long enough to show how far it is.
_MANY = 100

Step = Callable[[Store, Job | None], Batched]


class BatchWriting:
    """The steps of the batch as writes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pack(self, rows: Sequence[int], then: Callable[[], None] = lambda: None) -> None:
        """Pack rows, and then do something; at once where there is nothing to pack."""
        words = self._desk.words
        if not rows:
            then()
            return
        self._do(
            Job("Packing parcels"), rows, lambda store, job: pack_rows(store, rows, job),
            lambda made: words.trn("Packed {number} parcel", "Packed {number} parcels", made), then,
        )  # fmt: skip

    def number(self, numbers: Mapping[int, str]) -> None:
        """Note the tracking numbers of rows."""
        words, rows = self._desk.words, list(numbers)
        self._do(
            Job("Noting tracking numbers"), rows, lambda store, job: number_rows(store, numbers, job),
            lambda made: words.trn("Pasted {number} tracking number", "Pasted {number} tracking numbers", made)
            if len(numbers) > 1 else words.tr("Noted a number"),
        )  # fmt: skip

    def match(self, answers: Sequence[Answer], listed: Callable[[Sequence[str]], None]) -> None:
        """Note what a carrier says of packed parcels; `listed` hears what could not be used, a sentence each."""
        words, desk = self._desk.words, self._desk

        def work(store: Store) -> tuple[AnswerPlan, Changes]:
            plan = match_answers(store, answers)
            return plan, book_answers(store, plan) if plan.bookings else Changes()

        def told(made: tuple[AnswerPlan, Changes]) -> str:
            return words.trn("Noted {number} tracking number", "Noted {number} tracking numbers", len(made[0].bookings))

        def ended(made: tuple[AnswerPlan, Changes]) -> None:
            plan = made[0]
            notes = [(each.row, words.note(each.code, each.facts)) for each in plan.notes]
            listed([words.say("import.row", row=row, what=what).strip() for row, what in notes])
            if not plan.bookings:
                desk.tell(desk.say("None of them is a parcel of this batch"))

        desk.write(work, told, then=ended)

    def ship(self, rows: Sequence[int]) -> None:
        """Note that rows are on their way."""
        words = self._desk.words
        if rows:
            self._do(
                Job("Marking parcels shipped"), rows, lambda store, job: ship_rows(store, rows, job=job),
                lambda made: words.trn("Shipped {number} parcel", "Shipped {number} parcels", made),
            )  # fmt: skip

    def accept(self, rows: Sequence[int]) -> None:
        """The addresses of rows are right."""
        words, desk = self._desk.words, self._desk
        if rows:
            desk.write(
                lambda store: accept_addresses(store, rows),
                lambda made: words.trn("Confirmed {number} address", "Confirmed {number} addresses", made.confirmed),
                then=self._tell_refused,
            )

    def save_address(self, person: int, parts: Mapping[str, str], *, confirmed: bool) -> None:
        """Keep a person's address as it was typed."""
        told = self._desk.say("Changed the address")
        self._desk.write(lambda store: save_address(store, person, parts, confirmed=confirmed), told)

    def deliver(self, parcels: Sequence[int]) -> None:
        """Note that parcels arrived."""
        if parcels:
            told = self._desk.words.trn("{number} parcel arrived", "{number} parcels arrived", len(parcels))
            self._desk.write(lambda store: deliver_shipments(store, parcels), told)

    def came_back(self, parcels: Sequence[int], *, lost: bool) -> None:
        """Note that parcels came back or were lost: their gifts wait to be packed again, and ask for the address."""
        words = self._desk.words
        if lost:
            told = words.trn("Noted that it was lost", "Noted that {number} parcels were lost", len(parcels))
        else:
            told = words.trn("Noted that it came back", "Noted that {number} parcels came back", len(parcels))
        if parcels:
            self._desk.write(lambda store: return_shipments(store, parcels, lost=lost), told)

    def _do(
        self, job: Job, rows: Sequence[int], step: Step, told: Callable[[int], str],
        then: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        def done(made: Batched) -> None:
            self._tell_refused(made)
            then()

        def text(made: Any) -> str:
            return told(len(made.parcels))

        desk = self._desk
        if len(rows) < _MANY:
            desk.write(lambda store: step(store, None), text, then=done)
            return

        def ended(made: Batched) -> None:
            done(made)
            if made.changes:
                desk.tell(text(made), undoable=True)

        desk.runner.run(job, step, writes=True, then=ended)

    def _tell_refused(self, made: Batched) -> None:
        # What could not go with the others is said, and keeps nobody waiting.
        if made.refused:
            self._desk.ask("trouble", made.refused[0])
