"""Why one person fits: a line a factor with what it rests on, and how much it adds as marks."""

from math import log

from PySide6.QtCore import QRectF

from outreach.services.matching import Factor, Fit, Reason
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
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
        told = (f"{self._names[factor]}: {text}" for factor, _, text in self._rows())
        self.setAccessibleName(". ".join(told))
        self.refresh()

    def _rows(self) -> list[tuple[Factor, int, str]]:
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

    def _text(self, factor: Factor, reasons: list[Reason]) -> str:
        if factor is Factor.NEW:
            return self._first
        return "\n".join(self._words.reason(each.code, each.facts) for each in reasons)

    def _laid_out(self, width: float) -> list[tuple[Factor, int, TextLines]]:
        return [
            (factor, marks, TextLines(self.theme, text, "small", width - 24, 6))
            for factor, marks, text in self._rows()
        ]  # fmt: skip

    def _height(self, lines: TextLines, text: str) -> float:
        return self.theme.px(20) + (lines.height if text else 0) + self.theme.px(10)

    def height_at(self, width: float) -> float:
        texts = [text for _, _, text in self._rows()]
        rows = zip(self._laid_out(width), texts, strict=True)
        return sum(self._height(lines, text) for (_, _, lines), text in rows)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        y = 0.0
        texts = [text for _, _, text in self._rows()]
        for (factor, marks, lines), text in zip(self._laid_out(width), texts, strict=True):
            middle = y + self.theme.px(10)
            canvas.icon(_ICONS[factor], 0, middle, 14, "ink3")
            canvas.text(24, middle, self._names[factor], "medium", "ink", width=width - 24 - 82)
            for mark in range(_MARKS):
                place = QRectF(width - (_MARKS - mark) * 14, middle - 3, 11, 6)
                canvas.rounded(place, 3, "accent" if mark < marks else "track")
            if text:
                lines.paint(canvas, 24, y + self.theme.px(20), "ink2")
            y += self._height(lines, text)
