"""How someone who fits stands in the list of a match: the box, who she is, how well she fits, and why."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF

from outreach.services.matching import Band, Fit
from outreach.services.pages.people import PersonLine
from outreach.ui.pages.match_panes import rests_on
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge, voice, voice_icon
from outreach.ui.paint.fits import BARS, paint_reasons
from outreach.ui.paint.marks import avatar, checkbox, fit_bars
from outreach.wording import Words

_ROOM = 184


class FitPainter:
    """Paints a row, and says it.

    Args:
        words: The language.
        line_of: What the list of people shows of someone.
        is_ticked: Whether her box is ticked.
    """

    def __init__(self, words: Words, line_of: Callable[[int], PersonLine], is_ticked: Callable[[int], bool]) -> None:
        self._words = words
        self._line_of = line_of
        self._is_ticked = is_ticked

    def speak(self, fit: Fit) -> str:
        """A row as a sentence."""
        words = self._words
        ticked = words.tr("ticked") if self._is_ticked(fit.person_id) else words.tr("not ticked")
        reasons = [words.reason(each.code, each.facts) for each in (*fit.reasons, *fit.cautions)]
        return ", ".join((fit.name, words.term("band", fit.band), rests_on(words, fit), ticked, *reasons))

    def paint(self, canvas: Canvas, rect: QRectF, fit: Any) -> None:
        """One row."""
        line_, words, middle = self._line_of(fit.person_id), self._words, rect.center().y()
        checkbox(canvas, rect.left(), middle, on=self._is_ticked(fit.person_id))
        size, sign = canvas.px(36), canvas.px(13)
        avatar(canvas, rect.left() + 32, middle - size / 2, size, line_.name, badge(line_.platform, line_.role))
        x = rect.left() + size + 46
        canvas.text(x, middle - canvas.px(20), line_.name, "strong", width=_ROOM)
        canvas.icon(voice_icon(line_.platform, line_.role), x, middle, sign, "ink3", grows=False)
        canvas.text(x + sign + 6, middle, voice(line_, words), "small", "ink2", width=_ROOM - sign - 6)
        fit_bars(canvas, x, middle + canvas.px(27), BARS[fit.band])
        color = "accent" if fit.band is Band.STRONG else "ink2"
        width = canvas.text(x + 38, middle + canvas.px(20), words.term("band", fit.band), "smallm", color)
        x_size = x + 44 + width
        canvas.text(x_size, middle + canvas.px(20), _size(words, fit), "small", "ink3", width=_ROOM - 44 - width)
        paint_reasons(
            canvas, QRectF(x + _ROOM + 12, rect.top(), rect.right() - x - _ROOM - 24, rect.height()), fit, words
        )


def _size(words: Words, fit: Fit) -> str:
    """How much a fit rests on, in the fewest words."""
    if fit.record.read:
        return words.trn("{number} book", "{number} books", fit.record.read)
    return words.trn("{number} taste", "{number} tastes", fit.record.stated)
