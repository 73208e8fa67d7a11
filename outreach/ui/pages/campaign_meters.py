"""The three meters of a campaign: its goal, its money, its organic posts."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent

from outreach.services.campaigns.budget import Spending
from outreach.services.campaigns.goals import GoalFacts
from outreach.services.pages.campaign import CampaignPage
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import meter
from outreach.ui.widgets.flow import Block, TextLines
from outreach.ui.widgets.strip import StripButton
from outreach.wording.campaigns import goal_figure, round_money, spent_on

#: By what each of the three is counted from.
_COUNTED = ("goals", "budget", "posts")
#: Between two meters; a button reaches so far before its meter.
_GAP, _ROUND = 40, 8


class Meters(Block):
    """Three meters: the goal with a mark where the days so far would be, the budget, the organic posts.

    Signals:
        opened: What one of them is counted from is wanted: ``goals``, ``budget`` or ``posts``.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self.buttons = {name: StripButton(self, desk.theme, stays=False) for name in _COUNTED}
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.opened.emit(name))
        self._told: list[tuple[str, str, str, float, float | None, str, str]] = []

    def set_page(self, page: CampaignPage) -> None:
        """Show another campaign's."""
        spending = page.budget.spending[0] if page.budget.spending else None
        self._told = [self._goal(page.goals[0] if page.goals else None), self._budget(spending), self._posts(page)]
        said = [f"{head}: {figure} {of}, {below}" for head, figure, of, *_, below in self._told]
        self.setAccessibleName(". ".join(said))
        for button, each in zip(self.buttons.values(), said, strict=True):
            button.setAccessibleName(each)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gap = self.theme.px(_GAP)
        step = (self.width() + gap) / 3
        for place, button in enumerate(self.buttons.values()):
            left = place * step - _ROUND
            wide = round(step - gap + 2 * _ROUND)
            x = self.width() - left - wide if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else left
            button.setGeometry(round(x), 0, wide, self.height())

    def _goal(self, goal: GoalFacts | None) -> tuple[str, str, str, float, float | None, str, str]:
        say, words = self._desk.say, self._desk.words
        if goal is None:
            return say("Goal"), "–", "", 0.0, None, "accent", say("Copies or money, by a day. None is set yet")
        what = words.term("goal_copies" if goal.unit == "copies" else "goal_money", goal.kind)
        day = words.short_day(goal.due_on, self._desk.today)
        head = say("Goal: {what} by {day}", what=what, day=day) if day else say("Goal: {what}", what=what)
        pace = goal.expected / goal.target if goal.expected is not None else None
        below = say("No sales are known yet") if not goal.is_told else say("{number} by code", number=goal_figure(
            words, goal, goal.by_code))  # fmt: skip
        if goal.is_told and pace is not None:
            below += ". " + (say("Ahead of pace") if goal.is_ahead else say("The mark is where the days are"))
        of = say("of {whole}", whole=goal_figure(words, goal, goal.target))
        return head, goal_figure(words, goal, goal.reached), of, goal.reached / goal.target, pace, "accent", below

    def _budget(self, spending: Spending | None) -> tuple[str, str, str, float, float | None, str, str]:
        say, words = self._desk.say, self._desk.words
        if spending is None:
            return say("Budget"), "–", "", 0.0, None, "ribbon", say("Nothing is planned or spent yet")
        whole = round_money(words, spending.whole, spending.currency)
        share = spending.total / spending.whole if spending.whole else 0.0
        of = say("of {whole}", whole=whole) if spending.whole else say("spent, none was set")
        return (say("Budget"), round_money(words, spending.total, spending.currency), of, share, None, "ribbon",
                spent_on(words, spending))  # fmt: skip

    def _posts(self, page: CampaignPage) -> tuple[str, str, str, float, float | None, str, str]:
        say, strip, number = self._desk.say, page.strip, self._desk.words.number
        delivered = strip["delivered"]
        of = say("from {number} delivered", number=number(delivered))
        below = say("{posted} posted so far, {reading} still reading, {quiet} quiet", posted=number(strip["posted"]),
                    reading=number(strip["reading"]), quiet=number(strip["quiet"]))  # fmt: skip
        share = strip["posted"] / delivered if delivered else 0.0
        return say("Organic posts"), number(page.organic), of, share, None, "good", below

    def _below(self, words: str, width: float) -> TextLines:
        """What stands below a meter, on two lines where one has no room."""
        return self.laid(words, "small", (width + self.theme.px(_GAP)) / 3 - self.theme.px(_GAP), 2)

    def height_at(self, width: float) -> float:
        lines = max((self._below(each[-1], width) for each in self._told), key=_high, default=None)
        return self.theme.px(92) + (lines.height - lines.line if lines is not None and lines.height else 0)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        px, gap = canvas.px, canvas.px(_GAP)
        step = (width + gap) / 3
        for place, (head, figure, of, share, pace, color, below) in enumerate(self._told):
            x, wide = place * step, step - gap
            canvas.text(x, px(8), head, "smallm", "ink2", width=wide)
            after = x + canvas.text(x, px(37), figure, "stat2", width=wide * 0.6) + 10
            canvas.text(after, px(39), of, "body", "ink3", width=x + wide - after)
            meter(canvas, x, px(63), wide, share, color)
            if pace is not None:
                canvas.fill(QRectF(x + wide * min(1.0, pace) - 1, px(63) - 7, 2, 14), "ink")
            lines = self._below(below, width)
            lines.paint(canvas, x, px(84) - lines.line / 2, "ink2")


def _high(lines: TextLines) -> float:
    return lines.height
