"""The roster of a campaign as one sheet, for its client to agree to, and her answers read back from it.

No address, no e-mail and no number of followers is on it. Those who asked not to be contacted are left out.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.jobs import Job
from outreach.paths import resource
from outreach.services.campaigns.campaign import CampaignFacts, campaign_facts
from outreach.services.campaigns.goals import GoalFacts, goals_of
from outreach.services.campaigns.roster import RosterLine, roster_of
from outreach.services.gifts.states import Stage
from outreach.services.importing.files import check_file
from outreach.services.importing.tables import BadRow, open_table
from outreach.services.people.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.files import replacing
from outreach.store.models import Gift, RosterAnswer
from outreach.workers import Limits, stream

#: What a client can say, and how it is kept.
ANSWERS = ("yes", "no", "ask")
_LIMITS = Limits(seconds=30, memory_mb=400)
_MOST, _LONGEST, _CHUNK = 20_000, 2000, 500
_DAYS_FROM, _ANSWER_AT = 8, 9


@dataclass(frozen=True, slots=True)
class OneSheet:
    """What a client is shown: the campaign, its goals, and its people with why each."""

    facts: CampaignFacts
    goals: tuple[GoalFacts, ...]
    lines: tuple[RosterLine, ...]


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of the sheet, in the client's language.

    Attributes:
        title: The name of the sheet.
        headings: Those of the columns: reference, person, role, country, title, copy, why, stage, since, answer, and
            remarks.
        answers: What can be answered, in the order of `ANSWERS`.
    """

    title: str
    headings: Sequence[str]
    answers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a sheet that was read back, by answer how many people."""

    yes: int
    no: int
    ask: int
    silent: int
    changes: Changes


def one_sheet(store: Store, campaign_id: int) -> OneSheet:
    """What a client is shown of a campaign.

    Raises:
        KnownError: ``campaigns.nobody`` when there is nobody to show.
    """
    facts = campaign_facts(campaign_id)
    lines = [line for line in roster_of(store, campaign_id) if line.stage != Stage.NOT_THIS_TIME.value]
    quiet = suppressed_people(store, [line.person_id for line in lines])
    lines = [line for line in lines if line.person_id not in quiet]
    if not lines:
        raise KnownError("campaigns.nobody", campaign=facts.name)
    return OneSheet(facts, tuple(goals_of(store, campaign_id)), tuple(lines))


def note_shown(store: Store, sheet: OneSheet) -> Changes:
    """Note that a client was shown these people today; what she said of them before stands."""
    today, campaign = store.today().isoformat(), sheet.facts.id
    with store.operation(Op.SHOW_ROSTER) as written:
        there = {who for (who,) in RosterAnswer.select(RosterAnswer.person).where(
            RosterAnswer.campaign == campaign).tuples()}  # fmt: skip
        RosterAnswer.update(shown_on=today).where(RosterAnswer.campaign == campaign).execute()
        people = dict.fromkeys(line.person_id for line in sheet.lines)
        rows = [{"campaign": campaign, "person": who, "shown_on": today} for who in people if who not in there]
        for start in range(0, len(rows), _CHUNK):
            RosterAnswer.insert_many(rows[start : start + _CHUNK]).execute()
    return written.changes


def write_sheet(path: Path, words: SheetWords, rows: Sequence[Sequence[str]], sheet: OneSheet) -> None:
    """Write the sheet as a workbook, with a list to choose an answer from; days are days.

    Args:
        path: Where.
        words: The words on it.
        rows: The cells of each line from the reference to the stage, as shown.
        sheet: The same lines as values.

    Raises:
        KnownError: ``files.not_written``.
    """
    import xlsxwriter

    try:
        with replacing(path) as made:
            book = xlsxwriter.Workbook(str(made), {"strings_to_formulas": False, "strings_to_urls": False})
            try:
                _fill(book, words, rows, sheet)
            finally:
                book.close()
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


def _fill(book: Any, words: SheetWords, rows: Sequence[Sequence[str]], sheet: OneSheet) -> None:
    page = book.add_worksheet(words.title[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    free = book.add_format({"locked": False, "text_wrap": True, "bg_color": "#F6F8F7", "border": 1})
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, (heading, width) in enumerate(
        zip(words.headings, (7, 24, 18, 16, 26, 16, 44, 13, 12, 12, 34), strict=True)
    ):
        page.write_string(0, column, heading, bold)
        page.set_column(column, column, width)
    shown = dict(zip(ANSWERS, words.answers, strict=True))
    for number, (cells, line) in enumerate(zip(rows, sheet.lines, strict=True), start=1):
        for column, cell in enumerate(cells):
            page.write_string(number, column, cell)
        page.write_datetime(number, _DAYS_FROM, date.fromisoformat(line.since), day)
        page.write_string(number, _ANSWER_AT, shown.get(line.answer, ""), free)
        page.write_string(number, _ANSWER_AT + 1, line.comment, free)
    page.data_validation(1, _ANSWER_AT, len(rows), _ANSWER_AT, {"validate": "list", "source": list(words.answers)})


def read_answers(store: Store, campaign_id: int, path: Path, job: Job | None = None) -> Answered:
    """Read what a client answered, whole or, where one row cannot be used, nothing.

    Nobody is moved by it: whom she does not wish stands on the page with her answer, to be taken out there.

    Raises:
        KnownError: when the file cannot be read, ``campaigns.sheet_columns``, ``campaigns.sheet_row``,
            ``campaigns.sheet_person``, ``campaigns.sheet_answer``, ``campaigns.sheet_twice``.
        Cancelled: when the job was stopped.
    """
    check_file(path)
    said: dict[int, tuple[str, str]] = {}
    there = {who for (who,) in Gift.select(Gift.person).where(Gift.campaign == campaign_id).tuples()}
    with closing(stream(f"{__name__}:read", {"path": str(path.absolute())}, _LIMITS, job or Job())) as answers:
        for answer in answers:
            for row, person, word, comment in answer["rows"]:
                if person not in there:
                    raise KnownError("campaigns.sheet_person", file=path.name, row=row, person=f"p{person}")
                before, words = said.get(person, ("", ""))
                if before and word and before != word:
                    raise KnownError("campaigns.sheet_twice", file=path.name, row=row, person=f"p{person}")
                said[person] = (word or before, comment or words)
    with store.operation(Op.READ_ANSWERS) as written:
        _keep(store, campaign_id, said)
    yes, no, ask, silent = (sum(word == each for word, _ in said.values()) for each in (*ANSWERS, ""))
    return Answered(yes, no, ask, silent, written.changes)


def _keep(store: Store, campaign_id: int, said: Mapping[int, tuple[str, str]]) -> None:
    today = store.today().isoformat()
    known = {row.person_id: row for row in RosterAnswer.select().where(RosterAnswer.campaign == campaign_id)}
    for person, (word, comment) in said.items():
        row = known.get(person)
        if row is None:
            if word or comment:
                RosterAnswer.create(campaign=campaign_id, person=person, answer=word, comment=comment, shown_on=today,
                                    answered_on=today)  # fmt: skip
        elif (word, comment) != (row.answer, row.comment) and (word or comment):
            RosterAnswer.update(answer=word or row.answer, comment=comment, answered_on=today).where(
                RosterAnswer.id == row.id
            ).execute()


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a sheet, in a child process: row, person, answer, remark.

    Raises:
        KnownError: as `read_answers`.
    """
    path = Path(payload["path"])
    table = open_table(path)
    heads = [fold(clean(each)) for each in table.header]
    words = _words()
    places = {name: next((at for at, head in enumerate(heads) if head in words[name]), -1)
              for name in ("reference", "answer", "comment")}  # fmt: skip
    if min(places["reference"], places["answer"]) < 0:
        raise KnownError("campaigns.sheet_columns", file=path.name, headers=", ".join(table.header[:8]))
    rows: list[list[Any]] = []
    for row in table.rows():
        if isinstance(row, BadRow) or len(rows) >= _MOST:
            raise KnownError("campaigns.sheet_row", file=path.name, row=row.number)
        cells = {name: clean(row.cells[at]) if at >= 0 else "" for name, at in places.items()}
        rows.append([row.number, *_row(path, row.number, cells, words)])
    yield {"rows": rows}


def _row(
    path: Path, number: int, cells: Mapping[str, str], words: Mapping[str, frozenset[str]]
) -> tuple[int, str, str]:
    reference, told = cells["reference"].casefold(), fold(cells["answer"])
    if not reference.startswith("p") or not reference[1:].isascii() or not reference[1:].isdigit():
        raise KnownError("campaigns.sheet_person", file=path.name, row=number, person=cells["reference"][:40])
    answer = next((each for each in ANSWERS if told in words[each]), "" if not told else None)
    if answer is None:
        raise KnownError("campaigns.sheet_answer", file=path.name, row=number, value=cells["answer"][:40])
    return int(reference[1:][:18]), answer, cells["comment"][:_LONGEST]


@cache
def _words() -> dict[str, frozenset[str]]:
    """What columns may be called, and answers, folded."""
    data = tomllib.loads(resource("roster_sheet.toml").read_text(encoding="utf-8"))
    return {name: frozenset(fold(word) for word in known) for name, known in data.items()}
