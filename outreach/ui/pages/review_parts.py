"""The rates of the review, by genre, tier, voice, title and campaign, each with the list behind it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from outreach.services.review.keys import AXES
from outreach.services.review.value import Review
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Label, column, line
from outreach.ui.widgets.charts import RateRow
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import Segments
from outreach.ui.widgets.rates import RateView
from outreach.wording.report import group_name, groups
from outreach.wording.review import hint

#: So many stand in a chart; its table has all.
_MOST_ROWS = {"genre": 6, "tier": 6, "role": 8, "item": 8, "campaign": 8}
_OTHERS = ("role", "item", "campaign")


class RateParts:
    """A chart for each axis; three of them share a place, in which one is chosen.

    Attributes:
        views: The charts, in the order of `AXES`.
    """

    def __init__(self, desk: Desk, opens: Callable[[str, str], None]) -> None:
        """The parts; `opens` is told the name of the list behind a rate, and what its group is called."""
        self._desk = desk
        self._opens = opens
        self._names: dict[str, str] = {}
        self._by_axis = {axis: RateView(desk) for axis in AXES}
        self.views = [*self._by_axis.values()]
        self._heads = {axis: Label(desk.theme, "", "h3") for axis in ("genre", "tier")}
        self._below = {axis: Paragraph(desk.theme, "", "small", "ink3") for axis in ("genre", "tier")}
        for view in self.views:
            view.opened.connect(lambda number: self._opens(number, self._names.get(number, "")))

    def part(self, axis: str) -> QWidget:
        """The chart of an axis under its name."""
        theme, holder = self._desk.theme, QWidget()
        likely = Label(theme, self._desk.say("with likely range"), "small", "ink3")
        head = line(self._heads[axis], likely, None)
        holder.setLayout(column(head, 8, self._by_axis[axis], 6, self._below[axis], None))
        return holder

    def others(self) -> QWidget:
        """The charts by voice, by title and by campaign, of which one is seen."""
        say, holder = self._desk.say, QWidget()
        chosen = Segments(self._desk.theme, [("role", say("Voice")), ("item", say("Title")),
                                             ("campaign", say("Campaign"))], tight=True)  # fmt: skip
        chosen.chosen.connect(self._choose)
        head = Label(self._desk.theme, say("Organic posts by"), "h3")
        holder.setLayout(column(line(head, chosen, None), 8, *(self._by_axis[axis] for axis in _OTHERS), None))
        self._choose("role")
        return holder

    def _choose(self, wanted: str) -> None:
        for axis in _OTHERS:
            self._by_axis[axis].setVisible(axis == wanted)

    def show(self, review: Review) -> None:
        """Show the rates of a review."""
        words = self._desk.words
        for axis, (name, some) in zip(AXES, groups(words, review), strict=True):
            named = [(group_name(words, kind, group), group) for kind, group in some]
            rows = [RateRow(text, group.rate, f"{axis}:{group.key}") for text, group in named]
            self._names.update({row.behind: row.name for row in rows})
            most = _MOST_ROWS[axis]
            self._by_axis[axis].set_rows(name, rows, most)
            if axis in self._heads:
                self._heads[axis].setText(name)
                left = len(rows) - most
                more = words.tr("{number} more in the table", number=left) if left > 0 else ""
                self._below[axis].set_text(hint(words, named) if axis == "tier" else more)
