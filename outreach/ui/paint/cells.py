"""Cells that several lists share: a person, a title, a stage with its sentence."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF

from outreach.fields.platforms import shown_handle
from outreach.services.gifts.gifts import Stage
from outreach.services.pages.people import LastStep, PersonHead, PersonLine, TasteMark
from outreach.services.people.tiers import OFF_SOCIAL
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar, meter, stage, taste, taste_width
from outreach.wording import Words

_PLATFORM = {
    "tiktok": "video", "youtube": "video", "instagram": "camera", "substack": "newspaper", "podcast": "podcast",
    "goodreads": "book-open", "storygraph": "book-open",
}  # fmt: skip
_ROLE = {
    "radio_host": "radio", "bookseller": "store", "librarian": "graduation-cap", "teacher": "graduation-cap",
    "journalist": "newspaper", "podcaster": "podcast", "colleague": "users",
}  # fmt: skip
#: Under so many gifts a share of them says nothing.
_FEW = 3
#: The first of two lines stands so far above the middle, and the second so far below.
_LINE = 9
#: Two lines need a cell so high; behind a line there must be so much room left for another.
_TWO_LINES, _LEAST_BEHIND = 38, 64


def voice_icon(platform: str, role: str) -> str:
    """A plain icon for where someone speaks; there are no brand logos."""
    if platform == OFF_SOCIAL:
        return _ROLE.get(role, "message-square-quote")
    return _PLATFORM.get(platform, "link")


def badge(platform: str, role: str) -> str:
    """The badge of a voice off social, nothing for others."""
    return _ROLE.get(role, "message-square-quote") if platform == OFF_SOCIAL else ""


def voice(line: PersonHead, words: Words) -> str:
    """Where someone speaks, in words: her handle, or what she is and where."""
    if line.handle:
        return shown_handle(line.platform, line.handle)
    role = words.term("role", line.role) if line.role else ""
    return ", ".join(filter(None, (role, line.organisation)))


def is_low(canvas: Canvas, rect: QRectF) -> bool:
    """Whether a cell has room for one line only, as in a compact list."""
    return rect.height() < canvas.px(_TWO_LINES)


def two_lines(
    canvas: Canvas,
    rect: QRectF,
    x: float,
    room: float,
    first: Sequence[Run],
    second: Run,
    *,
    icon: tuple[str, str] = ("", ""),
) -> None:
    """A line and a smaller one below it; in a compact list the second stands behind the first, as far as it fits.

    Args:
        canvas: Where to paint.
        rect: The cell.
        x: Where the lines begin.
        room: How wide they may be.
        first: What the first line says.
        second: What the second says; it may be empty.
        icon: A sign before the second line, and its colour.
    """
    middle, step = rect.center().y(), canvas.px(_LINE)
    words, role, color = second
    if not words:
        canvas.runs(x, middle, first, room)
        return
    if is_low(canvas, rect):
        used = canvas.runs(x, middle, first, room) + 10
        x, room, below = x + used, room - used, middle
        if room < canvas.px(_LEAST_BEHIND):
            return
    else:
        canvas.runs(x, middle - step, first, room)
        below = middle + step
    if icon[0]:
        sign = canvas.px(13)
        canvas.icon(icon[0], x, below, sign, icon[1], 2 if icon[1] != "ink3" else 1.75, grows=False)
        x, room = x + sign + 6, room - sign - 6
    canvas.text(x, below, words, role, color, width=room)


def paint_person(canvas: Canvas, rect: QRectF, line: PersonHead, words: Words) -> None:
    """Avatar, name, and voice below."""
    size = canvas.px(22 if is_low(canvas, rect) else 32)
    avatar(canvas, rect.left(), rect.center().y() - size / 2, size, line.name, badge(line.platform, line.role))
    x = rect.left() + size + 12
    two_lines(
        canvas, rect, x, rect.right() - x - 20, [(line.name, "medium", "ink")], (voice(line, words), "small", "ink3"),
        icon=(voice_icon(line.platform, line.role), "ink3"),
    )  # fmt: skip


def paint_tastes(canvas: Canvas, rect: QRectF, tastes: tuple[TasteMark, ...], words: Words) -> None:
    """As many chips as there is room for, the first one cut rather than left out."""
    theme, x, end = canvas.theme, rect.left(), rect.right() - 12
    middle = rect.center().y()
    for number, mark in enumerate(tastes):
        more, subject = f"+{len(tastes) - number}", words.named(mark.subject)
        wide = taste_width(theme, subject, count=mark.told)
        rest = 0 if number == len(tastes) - 1 else theme.width("small", more) + 8
        if number == 0 and x + wide > end - rest:
            name = theme.elided("smallm", subject, end - rest - x - (wide - theme.width("smallm", subject)))
            x += taste(canvas, x, middle, name, mark.share, count=mark.told) + 6
        elif x + wide > end - rest:
            canvas.text(x + 2, middle, more, "small", "ink3")
            return
        else:
            x += taste(canvas, x, middle, subject, mark.share, count=mark.told) + 6


def paint_posted(canvas: Canvas, rect: QRectF, line: PersonLine, words: Words) -> None:
    """How many gifts led to a post: in words while there are few, and never a bare score."""
    middle = rect.center().y()
    if line.arrived < _FEW:
        canvas.text(rect.left(), middle, _few_words(line, words), "small", "ink3", width=rect.width() - 8)
        return
    said = posted_words(line, words)
    beside = max(canvas.px(56), canvas.theme.width("num", said) + 8)
    canvas.text(rect.left(), middle, said, "num")
    meter(
        canvas, rect.left() + beside, middle, min(38.0, rect.width() - beside - 6), line.posted / line.arrived, "good"
    )


def _few_words(line: PersonLine, words: Words) -> str:
    """What there is to say of one or two gifts."""
    if line.arrived == 0:
        return posted_words(line, words)
    if line.posted:
        return words.tr("Posted once") if line.posted == 1 else words.tr("Posted twice")
    return words.tr("First gift") if line.arrived == 1 else words.tr("Second gift")


def posted_words(line: PersonLine, words: Words) -> str:
    """How many gifts led to a post."""
    if line.arrived == 0:
        return words.tr("No gift yet") if line.last is None else words.tr("First gift")
    return words.tr("{posted} of {gifts}", posted=line.posted, gifts=line.arrived)


def stage_runs(words: Words, stage_name: str, title: str, *, is_book: bool = True, role: str = "body") -> list[Run]:
    """A stage and the title it is about, as one sentence."""
    said = words.term("stage", stage_name)
    if stage_name == Stage.QUIET:
        said = words.tr("Quiet on")
    book, thing = ("titles", "things") if role == "small" else ("title", "quote")
    return [(f"{said} ", role, "ink"), (title, book if is_book else thing, "ink")]


def named_runs(name: str, titles: Iterable[str], role: str = "body", title_role: str = "title") -> list[Run]:
    """A name that begins with a title, as those of campaigns do; the title is in italics."""
    title = next((each for each in titles if each and name.startswith(each)), "")
    return [run for run in ((title, title_role, "ink"), (name[len(title) :], role, "ink")) if run[0]]


def paint_last(canvas: Canvas, rect: QRectF, last: LastStep | None, words: Words, day: str) -> None:
    """Where the newest gift stands, and since when."""
    if last is None:
        return
    beside = canvas.px(15) + 7
    middle, x, room = rect.center().y(), rect.left(), rect.width() - beside - 10
    stage(canvas, x + (beside - 22) / 2, middle if is_low(canvas, rect) else middle - canvas.px(_LINE), last.stage)
    runs = stage_runs(words, last.stage, last.title, is_book=last.is_book, role="small")
    two_lines(canvas, rect, x + beside, room, runs, (day, "small", "ink3"))


def paint_title(
    canvas: Canvas, rect: QRectF, item_id: int, title: str, below: str, *, is_book: bool = True, width: float = 0
) -> None:
    """A spine mark, the title in italics, and a line below."""
    middle, mark = rect.center().y(), canvas.px(13 if is_low(canvas, rect) else 18)
    cover(canvas, rect.left(), middle - (mark * 0.75 if is_book else mark / 2), mark, item_id, "", is_book=is_book)
    first = [(title, "title" if is_book else "quote", "ink")]
    beside = canvas.px(30)
    two_lines(canvas, rect, rect.left() + beside, (width or rect.width()) - beside - 8, first, (below, "small", "ink3"))
