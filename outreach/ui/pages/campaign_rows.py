"""The people of a campaign as rows, below a heading for each stage."""

import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import QRectF, Qt

from outreach.fields.text import fold
from outreach.services.campaigns.roster import ORDER, RosterLine
from outreach.services.gifts.states import Deal, Stage
from outreach.services.pages.campaign import CampaignPage
from outreach.services.pages.title import reached
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.cells import badge
from outreach.ui.paint.marks import avatar, pill, stage
from outreach.ui.table.columns import BEFORE_EDGE, Column, plain
from outreach.ui.table.model import Index, RowModel
from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.wording.campaigns import sold

#: A heading is so high, and a row.
_HEADING, _ROW = 34, 40


@dataclass(frozen=True, slots=True)
class StageHead:
    """The heading over those of one stage; its id is below nought, so that it is never taken for a gift."""

    id: int
    stage: str
    count: int
    is_folded: bool


class RosterModel(RowModel):
    """People by stage; headings cannot be selected."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        is_head = index.isValid() and self.ids[index.row()] < 0
        return usual & ~Qt.ItemFlag.ItemIsSelectable if is_head else usual


class RosterTable(TableView):
    """People by stage. A click on a heading, Enter, or Space, folds what stands below it."""

    def __init__(self, theme: Theme, model: RosterModel) -> None:
        super().__init__(theme, model, _ROW)
        self._heads: list[int] = []

    def show_people(self, found: "Found") -> None:
        """Show other people; who was selected stays so."""
        current, kept = self.current_id(), self.selected_ids()
        top = self.verticalScrollBar().value()
        self.clearSpans()
        for place in self._heads:  # where a heading stood a person may stand now
            self.setRowHeight(place, self.verticalHeader().defaultSectionSize())
        self._rows.show(found.rows)
        for place in found.heads:
            self.setSpan(place, 0, 1, len(self._rows.columns))
            self.setRowHeight(place, self._theme.px(_HEADING))
        self._heads = list(found.heads)
        self.select_ids(kept, current)
        self.verticalScrollBar().setValue(top)
        if not self.currentIndex().isValid():
            self.select_first()

    def selected_ids(self) -> "array.array[int]":
        return array.array("q", (each for each in super().selected_ids() if each > 0))

    def selected_count(self) -> int:
        return len(self.selected_ids())


def shows(line: RosterLine, number: str, typed: str) -> bool:
    """Whether a number of the strip counts someone, and some folded letters mean her; either may be empty.

    The strip counts gifts with nothing asked in return, so those with a deal are in none of its numbers.
    """
    if number and (line.deal != Deal.GIFT.value or number not in reached(line.state, line.stage)):
        return False
    return not typed or all(word in fold(f"{line.person} {line.why} {line.title}") for word in typed.split())


def titled(text: str, titles: Sequence[str]) -> list[Run]:
    """A sentence in which a book is named, its name in italics."""
    title = next((each for each in titles if each in text), "")
    before, _, after = text.partition(title) if title else (text, "", "")
    runs: list[Run] = [(before, "body", "ink2"), (title, "title", "ink2"), (after, "body", "ink2")]
    return [run for run in runs if run[0]]


@dataclass(frozen=True, slots=True)
class Found:
    """Who is shown of a campaign.

    Attributes:
        rows: Headings and people by their ids, in the order in which they stand.
        heads: The places of the headings.
        count: How many people there are, folded ones among them.
    """

    rows: Mapping[int, RosterLine | StageHead]
    heads: Sequence[int]
    count: int


def find(lines: Sequence[RosterLine], number: str, typed: str, folded: Collection[str]) -> Found:
    """Whom a number of the strip counts, and of these whom some folded letters mean."""
    mine = [line for line in lines if shows(line, number, typed)] if number or typed else lines
    rows = _roster_rows(mine, folded)
    heads = [place for place, row in enumerate(rows) if row.id < 0]
    return Found({row.id: row for row in rows}, heads, len(mine))


def _roster_rows(lines: Sequence[RosterLine], folded: Collection[str]) -> list[RosterLine | StageHead]:
    """Headings, and below each who is of its stage, unless it is folded."""
    rows: list[RosterLine | StageHead] = []
    for name, some in groupby(lines, key=lambda line: line.stage):
        mine = list(some)
        rows.append(StageHead(-1 - ORDER.index(Stage(name)), name, len(mine), name in folded))
        if name not in folded:
            rows += mine
    return rows


class RosterColumns:
    """What is shown of each person."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._page: CampaignPage | None = None

    def set_page(self, page: CampaignPage) -> None:
        """Of which campaign they are."""
        self._page = page

    def columns(self) -> tuple[Column, ...]:
        """The columns, from the left."""
        say = self._desk.say
        return (
            Column("person", say("Person"), 232, self._person, lambda row: self._of(row, lambda each: each.person)),
            Column("why", say("Why them"), 0, self._why, lambda row: self._of(row, lambda each: each.why)),
            self._worded("copy", self._desk.words.term("heading", "copy"), 124, self._copy, "ink2"),
            self._worded("since", say("Since"), 108, lambda row: self._desk.day(row.since), "ink2"),
            Column("next", say("Next"), 184, self._next, lambda row: self._of(row, self.next_words)),
            Column("sold", say("By code"), 104, self._sold, lambda row: self._of(row, self._sold_words), right=True),
        )

    def speak(self, row: RosterLine | StageHead) -> str:
        """A row as a sentence."""
        term = self._desk.words.term
        if isinstance(row, StageHead):
            return f"{term('stage', row.stage)} {row.count}, {term('stage_hint', row.stage)}"
        parts = (row.person, row.title, term("stage", row.stage), row.why, self.next_words(row), self._sold_words(row))
        return ", ".join(filter(None, parts))

    def next_words(self, row: RosterLine) -> str:
        """What comes next, in a few words; nothing where there is nothing to do."""
        say, answer = self._desk.say, row.answer
        if row.stage == Stage.PLANNED.value:
            return say("The client says no") if answer == "no" else say("Write a letter")
        if row.stage == Stage.ACCEPTED.value:
            if row.by_code:
                return say("Send code")
            return say("Confirm address") if self._is_unconfirmed(row) else say("Print label")
        if row.stage == Stage.POSTED.value and self._page is not None:
            day = self._page.thanked.get(row.id)
            return say("Thanked {day}", day=self._desk.day(day)) if day else say("Say thanks")
        return ""

    def _worded(self, key: str, label: str, width: int, text: Callable[[RosterLine], str], color: str) -> Column:
        def shown(row: Any) -> str:
            return self._of(row, text)

        return Column(key, label, width, plain(shown, "body", color), shown)

    @staticmethod
    def _of(row: RosterLine | StageHead, text: Callable[[RosterLine], str]) -> str:
        return "" if isinstance(row, StageHead) else text(row)

    def _copy(self, row: RosterLine) -> str:
        if not row.edition and not row.edition_kind:
            return ""
        return self._desk.words.edition(row.edition, row.edition_kind, row.variant)

    def _is_unconfirmed(self, row: RosterLine) -> bool:
        return self._page is not None and row.person_id in self._page.unconfirmed

    def _sold_words(self, row: RosterLine) -> str:
        return sold(self._desk.words, row.sold, row.money)

    def _person(self, canvas: Canvas, rect: QRectF, row: RosterLine | StageHead) -> None:
        middle = rect.center().y()
        if isinstance(row, StageHead):
            self._head(canvas, rect, row)
            return
        size = canvas.px(26)
        avatar(canvas, rect.left(), middle - size / 2, size, row.person, badge(row.platform, row.role))
        canvas.text(rect.left() + size + 12, middle, row.person, "medium", width=rect.width() - size - 20)

    def _why(self, canvas: Canvas, rect: QRectF, row: RosterLine | StageHead) -> None:
        if not isinstance(row, StageHead):
            titles = self._page.named if self._page is not None else ()
            canvas.runs(rect.left(), rect.center().y(), titled(row.why, titles), rect.width() - 12)

    def _head(self, canvas: Canvas, rect: QRectF, row: StageHead) -> None:
        words, middle = self._desk.words, rect.center().y()
        canvas.fill(rect.adjusted(-24, 0, 0, 0), "inset")
        canvas.icon("chevron-right" if row.is_folded else "chevron-down", rect.left(), middle, 14, "ink2")
        stage(canvas, rect.left() + 24, middle, row.stage, 15)
        x = rect.left() + 47
        x += canvas.text(x, middle, words.term("stage", row.stage), "strong") + 8
        x += canvas.text(x, middle, words.number(row.count), "small", "ink3") + 14
        canvas.text(x, middle, words.term("stage_hint", row.stage), "small", "ink3")

    def _next(self, canvas: Canvas, rect: QRectF, row: RosterLine | StageHead) -> None:
        if isinstance(row, StageHead):
            return
        text, middle = self.next_words(row), rect.center().y()
        needs = (row.stage == Stage.ACCEPTED.value and self._is_unconfirmed(row) and not row.by_code) or (
            row.stage == Stage.PLANNED.value and row.answer == "no"
        )
        if needs:
            icon = "map-pin" if row.stage == Stage.ACCEPTED.value else "message-square-quote"
            pill(canvas, rect.left(), middle, text, "warn", icon)
        else:
            canvas.text(rect.left(), middle, text, "body", "ink2", width=rect.width() - 12)

    def _sold(self, canvas: Canvas, rect: QRectF, row: RosterLine | StageHead) -> None:
        if not isinstance(row, StageHead):
            canvas.text(rect.right() - BEFORE_EDGE, rect.center().y(), self._sold_words(row), "num", align="right",
                        width=rect.width() - 12)  # fmt: skip
