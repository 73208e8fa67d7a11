"""One title's letters while they are written: the people, the texts, and what stands in the way of each."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from outreach.jobs import Job
from outreach.services.catalogue.catalogue import show_item
from outreach.services.drafting.drafts import LetterOrder, LetterText, Problem, preview_checked
from outreach.services.drafting.filling import leave_out
from outreach.services.drafting.openings import MOST, Opening, from_match, proposals
from outreach.services.letters.lint import OFFERS, Finding
from outreach.services.letters.templates import LetterKind
from outreach.services.pages.letters import Recipient
from outreach.ui.desk import Desk

#: Letters, why some could not be written, and what was found in each.
Previewed = tuple[list[LetterText], list[Problem], dict[int, list[Finding]]]


class Merge(QObject):
    """The letters of one title by one template, written in a child process, all at once or one anew.

    Signals:
        changed: Letters were written, or one waits to be written anew.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.item_id = -1
        self.template = ""
        self.kind = LetterKind.PITCH
        self.people: list[Recipient] = []
        self.openings: dict[int, str] = {}
        self._texts: dict[int, LetterText] = {}
        self._problems: dict[int, Problem] = {}
        self._findings: dict[int, list[Finding]] = {}
        self._left_out: dict[int, list[str]] = {}
        self.proposals: dict[int, list[Opening]] = {}
        self._reasons: dict[int, list[Opening]] | None = None
        self._job: Job | None = None

    @property
    def is_writing(self) -> bool:
        """Whether the letters to all are being written."""
        return self._job is not None

    def take_title(self, item_id: int) -> None:
        """Turn to another title; what was written about the one before is no letter of this."""
        if item_id != self.item_id:
            self.item_id, self.openings, self._left_out, self._reasons = item_id, {}, {}, None
            self.forget()

    def take_template(self, name: str, kind: LetterKind = LetterKind.PITCH) -> None:
        """Turn to another template; what was written by the one before is no letter of this."""
        if kind is not self.kind:
            self.openings, self._left_out, self._reasons = {}, {}, None
        if name != self.template:
            self.template, self.kind = name, kind
            self.forget()

    def forget(self) -> None:
        """Let go of what was written."""
        self._texts, self._problems = {}, {}

    def order(self, people: tuple[int, ...]) -> LetterOrder:
        """What is to be written to them."""
        return LetterOrder(self.template, self.item_id, people, dict(self.openings))

    def write(self) -> None:
        """Write to everyone who has no approved letter; a merge under way is given up for it."""
        people = tuple(each.id for each in self.people if each.approved is None)
        # A line of what she said belongs into an offer; other letters begin with what they are about.
        is_offer = self.kind.value in OFFERS
        self.proposals = proposals(people, show_item(self.item_id).genre_codes) if is_offer else {}
        made = {person: lines[0].text for person, lines in self.proposals.items()}
        kept = {each.id: each.opening for each in self.people if each.opening}
        self.openings = made | kept | self.openings
        if self._job is not None:
            self._job.cancel()
        self._job = self._run(people)

    def offered(self, person: int) -> list[Opening]:
        """The lines to choose from: what she said, then why the match thinks of her, as far as that was asked."""
        found = [*self.proposals.get(person, ()), *(self._reasons or {}).get(person, ())]
        return list({each.text: each for each in found}.values())[:MOST]

    def look_for_reasons(self, then: Callable[[], None]) -> None:
        """Ask the match why it thinks of these people, once for each title."""
        if self._reasons is not None:
            then()
            return
        item, people = self.item_id, tuple(each.id for each in self.people if each.approved is None)

        def take(found: dict[int, list[Opening]]) -> None:
            if item == self.item_id:
                self._reasons = found
                then()

        self._desk.runner.run(Job("Matching people", repeatable=False),
                              lambda store, job: from_match(store, item, people, job), then=take)  # fmt: skip

    def take_opening(self, person: int, text: str) -> None:
        """Write one letter anew with the personal line that was typed."""
        if person > 0 and text != self.openings.get(person, ""):
            self.openings[person] = text
            # Until it is written anew there is nothing to approve: what is approved is what was read.
            self._texts.pop(person, None)
            self.changed.emit()
            self._run((person,))

    def leave_out(self, person: int, fact: str) -> None:
        """Leave the sentence out that lacks a fact, in this letter only."""
        letter = self._texts.get(person)
        if letter is not None:
            self._left_out.setdefault(person, []).append(fact)
            self._texts[person] = leave_out(letter, fact)
            self.changed.emit()

    def lacks_any(self) -> bool:
        """Whether someone's letter was not written yet."""
        return any(each.approved is None and each.id not in self._texts and each.id not in self._problems
                   for each in self.people)  # fmt: skip

    def _run(self, people: tuple[int, ...]) -> Job:
        order, job = self.order(people), Job("Writing letters", len(people), repeatable=False)
        self._desk.runner.run(job, lambda store, job: preview_checked(store, order, job),
                              then=lambda found: self._take(job, order, found))  # fmt: skip
        return job

    def _take(self, job: Job, order: LetterOrder, found: Previewed) -> None:
        if (order.item_id, order.template) != (self.item_id, self.template):
            return  # about another title, or by another template, than is looked at by now
        letters, problems, findings = found
        # Of someone whose line was changed meanwhile a newer letter is on its way.
        letters = [each for each in letters if order.openings.get(each.person_id, "") ==
                   self.openings.get(each.person_id, "")]  # fmt: skip
        self._findings |= findings
        for letter in letters:
            for fact in self._left_out.get(letter.person_id, ()):
                letter = leave_out(letter, fact)
            self._texts[letter.person_id] = letter
        for letter in letters:
            self._problems.pop(letter.person_id, None)
        self._problems |= {problem.person_id: problem for problem in problems}
        if self._job is job:
            self._job = None
        self.changed.emit()

    # How each letter stands.

    def text(self, row: Recipient) -> LetterText | None:
        """The letter as it was approved, or as it was written last."""
        return row.approved or self._texts.get(row.id)

    def problem(self, row: Recipient) -> Problem | None:
        """Why there can be no letter, if so."""
        return None if row.approved else self._problems.get(row.id)

    def findings_of(self, row: Recipient) -> list[Finding]:
        """What was found in a letter that is not approved yet, what stops it first."""
        found = [] if row.approved else self._findings.get(row.id, [])
        # A line that is missing is told once.
        letter = self._texts.get(row.id)
        lacks_line = letter is not None and "opening" in letter.missing
        return [each for each in found if each.code != "lint.no_opening" or not lacks_line]

    def is_ready(self, row: Recipient) -> bool:
        """Whether it can be read and approved, or was."""
        letter = self.text(row)
        return letter is not None and not letter.missing and self.problem(row) is None

    def approved(self) -> list[Recipient]:
        """To whom a letter is approved that has not been handed over."""
        return [row for row in self.people if row.approved is not None and row.state == "approved"]
