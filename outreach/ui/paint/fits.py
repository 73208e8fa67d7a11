"""Why someone fits, as lines with a sign: reasons in ink, cautions in amber."""

from PySide6.QtCore import QRectF

from outreach.services.matching import Fit, Reason
from outreach.ui.paint.canvas import Canvas
from outreach.wording import Words

_LINES = 3
_ICONS = {
    "liked_of_author": "book-open", "liked_close": "book-open", "liked_shared": "book-open", "sold": "tag",
    "posted": "message-square-quote", "posted_genre": "message-square-quote", "audience_genre": "users",
    "audience_keyword": "users", "hosted_club": "armchair", "liked_author": "book-open", "liked_comp": "book-open",
    "first_gift": "sprout",
}  # fmt: skip


def reason_icon(code: str) -> str:
    """The sign of a reason."""
    return _ICONS.get(code, "heart")


def shown_reasons(fit: Fit) -> list[tuple[Reason, bool]]:
    """The lines that there is room for, each with whether it is a caution; the first caution always has its line."""
    cautions = [(each, True) for each in fit.cautions[:1]]
    reasons = [(each, False) for each in fit.reasons[: _LINES - len(cautions)]]
    more = [(each, True) for each in fit.cautions[1 : 1 + _LINES - len(reasons) - len(cautions)]]
    return reasons + cautions + more


def paint_reasons(canvas: Canvas, rect: QRectF, fit: Fit, words: Words) -> None:
    """The lines of one row."""
    for number, (reason, is_caution) in enumerate(shown_reasons(fit)):
        middle = rect.center().y() + (number - 1) * 20
        icon, color = ("info", "warn") if is_caution else (reason_icon(reason.code), "ink")
        canvas.icon(icon, rect.left(), middle, 14, "warn" if is_caution else "ink3")
        canvas.text(rect.left() + 23, middle, words.reason(reason.code, reason.facts), "body", color,
                    width=rect.width() - 23)  # fmt: skip
