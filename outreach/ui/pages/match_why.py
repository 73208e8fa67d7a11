"""Why one person fits: a line a factor with what it rests on, and how much it adds as marks."""

from collections.abc import Sequence
from math import log

from PySide6.QtCore import QRectF

from outreach.services.matching import Factor, Fit, Reason
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.fits import reason_runs
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Block, TextLines

#: A factor that makes someone so many times likelier fills all its marks.
_FULL = {Factor.TASTE: log(8.0), Factor.AUDIENCE: log(2.0), Factor.UNPROMPTED: log(1.6), Factor.SELLS: log(1.8),
         Factor.NEW: log(1.1)}  # fmt: skip
_MARKS = 5
_BESIDE = {
    "audience": Factor.AUDIENCE, "audience_words": Factor.AUDIENCE, "unprompted": Factor.UNPROMPTED,
    "sells": Factor.SELLS, "new": Factor.NEW,
}  # fmt: skip
_FACTOR_OF = {
    "audience_genre": Factor.AUDIENCE, "audience_keyword": Factor.AUDIENCE, "dislikes_audience": Factor.AUDIENCE,
    "posted": Factor.UNPROMPTED, "sold": Factor.SELLS, "hosted_club": Factor.SELLS,
}  # fmt: skip
_ICONS = {Factor.TASTE: "heart", Factor.AUDIENCE: "users", Factor.UNPROMPTED: "message-square-quote",
          Factor.SELLS: "tag", Factor.NEW: "sprout"}  # fmt: skip


class WhyRows(Block):
    """Each factor that adds something, with its reasons and its weight as marks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._words = desk.words
        self._fit: Fit | None = None
        say = desk.say
        self._names = {Factor.TASTE: say("Taste"), Factor.AUDIENCE: say("Followers"),
                       Factor.UNPROMPTED: say("Unprompted"), Factor.SELLS: say("Sells"),
                       Factor.NEW: say("New to us")}  # fmt: skip
        self._first = say("Never had anything from us")

    def set_fit(self, fit: Fit) -> None:
        """Show why someone fits."""
        self._fit = fit
        told = (f"{self._names[factor]}: {''.join(run[0] for run in runs)}" for factor, _, runs in self._rows())
        self.setAccessibleName(". ".join(told))
        self.refresh()

    def _rows(self) -> list[tuple[Factor, int, list[Run]]]:
        """Each factor that adds something, how many marks it fills, and what it rests on."""
        fit = self._fit
        if fit is None:
            return []
        added = dict.fromkeys(Factor, 0.0)
        for name, value in fit.terms.items():
            added[_BESIDE.get(name, Factor.TASTE)] += value
        reasons: dict[Factor, list[Reason]] = {factor: [] for factor in Factor}
        for reason in fit.reasons:
            reasons[_FACTOR_OF.get(reason.code, Factor.TASTE)].append(reason)
        return [
            (factor, max(1, min(_MARKS, round(_MARKS * value / _FULL[factor]))), self._text(factor, reasons[factor]))
            for factor, value in added.items()
            if value > 0 or reasons[factor]
        ]

    def _text(self, factor: Factor, reasons: list[Reason]) -> list[Run]:
        if factor is Factor.NEW:
            return [(self._first, "small", "ink3")]
        found: list[Run] = []
        for each in reasons:
            found += [("\n", "small", "ink3")] if found else []
            found += reason_runs(each, self._words, "ink3", small=True)
        return found

    def _laid_out(self, width: float) -> list[tuple[Factor, int, TextLines | None]]:
        """Each factor with its lines, or None where it has nothing to say beside its marks."""
        return [
            (factor, marks, TextLines(self.theme, runs, "small", width - _beside(self.theme), 6) if runs else None)
            for factor, marks, runs in self._rows()
        ]  # fmt: skip

    def _height(self, lines: TextLines | None) -> float:
        return self.theme.px(20) + (lines.height if lines else 0) + self.theme.px(6)

    def height_at(self, width: float) -> float:
        return sum(self._height(lines) for _, _, lines in self._laid_out(width))

    def paint_on(self, canvas: Canvas, width: float) -> None:
        y = 0.0
        for factor, marks, lines in self._laid_out(width):
            middle = y + self.theme.px(10)
            canvas.icon(_ICONS[factor], 0, middle, 14, "ink3")
            left = _beside(self.theme)
            canvas.text(left, middle, self._names[factor], "medium", "ink", width=width - left - 82)
            for mark in range(_MARKS):
                place = QRectF(width - (_MARKS - mark) * 14, middle - 3, 11, 6)
                canvas.rounded(place, 3, "accent" if mark < marks else "track")
            if lines is not None:
                lines.paint(canvas, left, y + self.theme.px(20), "ink3")
            y += self._height(lines)


def _beside(theme: Theme) -> int:
    """How far the words stand from the edge, behind their sign."""
    return theme.px(14) + 10


class Minded(Block):
    """What to mind about someone: a line each, with its sign; only cautions are amber."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._notes: Sequence[tuple[str, str, str]] = ()

    def set_notes(self, notes: Sequence[tuple[str, str, str]]) -> None:
        """Show others: each with its icon, its words and their colour."""
        self._notes = notes
        self.setAccessibleName(". ".join(text for _, text, _ in notes))
        self.setVisible(bool(notes))
        self.refresh()

    def _laid_out(self, width: float) -> list[TextLines]:
        return [TextLines(self.theme, text, "small", width - self.theme.px(14) - 7) for _, text, _ in self._notes]

    def height_at(self, width: float) -> float:
        return sum(lines.height + 3 for lines in self._laid_out(width))

    def paint_on(self, canvas: Canvas, width: float) -> None:
        y = 0.0
        for (icon, _, color), lines in zip(self._notes, self._laid_out(width), strict=True):
            canvas.icon(icon, 0, y + lines.line / 2, 14, "ink3" if color != "warn" else "warn")
            lines.paint(canvas, self.theme.px(14) + 7, y, color)
            y += lines.height + 3
