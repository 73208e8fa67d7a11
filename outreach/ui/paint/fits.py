"""Why someone fits, as lines with a sign: reasons in ink, cautions in amber."""

from PySide6.QtCore import QRectF

from outreach.services.matching import Band, Fit, ItemFit, Reason
from outreach.ui.paint.canvas import Canvas, Run
from outreach.wording import Words

_LINES = 3
#: How many of the five bars a band fills.
BARS = {Band.STRONG: 5, Band.GOOD: 3, Band.WORTH_A_TRY: 2}
_ICONS = {
    "liked_of_author": "book-open", "liked_close": "book-open", "liked_shared": "book-open", "sold": "tag",
    "posted": "message-square-quote", "posted_genre": "message-square-quote", "audience_genre": "users",
    "audience_keyword": "users", "hosted_club": "armchair", "liked_author": "book-open", "liked_comp": "book-open",
    "first_gift": "sprout",
}  # fmt: skip


def reason_icon(code: str) -> str:
    """The sign of a reason."""
    return _ICONS.get(code, "heart")


def shown_reasons(fit: Fit | ItemFit) -> list[tuple[Reason, bool]]:
    """The lines that there is room for, each with whether it is a caution; the first caution always has its line."""
    cautions = [(each, True) for each in fit.cautions[:1]]
    reasons = [(each, False) for each in fit.reasons[: _LINES - len(cautions)]]
    more = [(each, True) for each in fit.cautions[1 : 1 + _LINES - len(reasons) - len(cautions)]]
    return reasons + cautions + more


def paint_reasons(canvas: Canvas, rect: QRectF, fit: Fit | ItemFit, words: Words) -> None:
    """The lines of one row."""
    for number, (reason, is_caution) in enumerate(shown_reasons(fit)):
        middle = rect.center().y() + (number - 1) * canvas.px(21)
        icon, color = ("info", "warn") if is_caution else (reason_icon(reason.code), "ink2")
        sign = canvas.px(13)
        canvas.icon(icon, rect.left(), middle, sign, "warn" if is_caution else "ink3", 2, grows=False)
        left = sign + 9
        canvas.runs(rect.left() + left, middle, reason_runs(reason, words, color), rect.width() - left)


def reason_runs(reason: Reason, words: Words, color: str, *, small: bool = False) -> list[Run]:
    """A reason as it is painted: its numbers strong, with the word between two of them, titles as they are written."""
    parts = words.reason_parts(reason.code, reason.facts)
    strong = [isinstance(reason.facts.get(fact), int) for _, fact in parts]
    for place in range(1, len(parts) - 1):
        is_one_word = len(parts[place][0].split()) == 1
        strong[place] = strong[place] or (strong[place - 1] and strong[place + 1] and is_one_word)
    runs: list[Run] = []
    for (text, fact), is_strong in zip(parts, strong, strict=True):
        if fact in ("title", "titles"):
            runs.append((text, "titles" if small else "title", color))
        else:
            ink = "ink" if is_strong and color == "ink2" else color
            runs.append((text, ("smalls" if small else "strong") if is_strong else ("small" if small else "body"), ink))
    return runs
