"""Parts of a post: what was counted below it, with the day and rates by name, and the picture of a story."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from outreach.services.posts.readings import COUNTS, Counts, rates_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.widgets.flow import Block, TextLines
from outreach.wording import Words

#: What we keep is far smaller; a file that someone put in its place is not decoded.
_LARGEST_MB = 16
_HIGH = 280


def counted(words: Words, counts: Counts) -> str:
    """What was counted, in a line: "612 likes, 41 comments, 7 ask what book it is"."""
    sentences = {
        "likes": lambda number: words.trn("{number} like", "{number} likes", number),
        "comments": lambda number: words.trn("{number} comment", "{number} comments", number),
        "shares": lambda number: words.trn("{number} share", "{number} shares", number),
        "saves": lambda number: words.trn("{number} save", "{number} saves", number),
        "views": lambda number: words.trn("{number} view", "{number} views", number),
        "questions": lambda number: words.trn("{number} asks what book it is", "{number} ask what book it is", number),
    }
    return ", ".join(sentences[name](counts.values[name]) for name in COUNTS if name in counts.values)


def rate_lines(words: Words, counts: Counts) -> list[str]:
    """The rates that a reading is enough for, each with the name of its formula."""
    return [
        words.tr("{share} by {formula}", share=words.rate(rate.share), formula=words.tr(rate.formula.name))
        for rate in rates_of(counts)
    ]


class CountsBlock(Block):
    """What was counted below a post when it was read last, and the rates of that day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._lines: list[tuple[str, str, str]] = []
        self.hide()

    def set_counts(self, found: Sequence[Counts]) -> None:
        """Show the newest of some readings; nothing where there is none."""
        words = self._desk.words
        self._lines = []
        if found:
            newest = found[0]
            read = words.tr("Read {day}", day=words.day(newest.read_on))
            more = words.trn("and {number} more", "and {number} more", len(found) - 1) if len(found) > 1 else ""
            self._lines = [(counted(words, newest), "medium", "ink"),
                           (", ".join(filter(None, (read, more))), "small", "ink3"),
                           *((each, "small", "ink2") for each in rate_lines(words, newest))]  # fmt: skip
        self.setAccessibleName(". ".join(text for text, _, _ in self._lines))
        self.setVisible(bool(self._lines))
        self.refresh()

    def height_at(self, width: float) -> float:
        return sum(TextLines(self.theme, text, role, width).height + 2 for text, role, _ in self._lines)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        top = 0.0
        for text, role, ink in self._lines:
            lines = TextLines(self.theme, text, role, width)
            lines.paint(canvas, 0, top, ink)
            top += lines.height + 2


def read_picture(path: Path) -> QImage:
    """Our own small copy of a picture, small enough for a pane; read beside the window's thread."""
    reader = QImageReader(str(path), b"jpeg")
    size = reader.size()
    if not size.isValid() or size.width() * size.height() * 4 > _LARGEST_MB * 2**20:
        return QImage()
    reader.setScaledSize(size.scaled(QSize(2 * _HIGH, 2 * _HIGH), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class PictureBlock(Block):
    """The newest picture of a post."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._image = QImage()
        self.hide()

    def set_picture(self, image: QImage | None, words: str = "") -> None:
        """Show a picture, or none."""
        self._image = image if image is not None else QImage()
        self.setAccessibleName(words)
        self.setVisible(not self._image.isNull())
        self.refresh()

    def height_at(self, width: float) -> float:
        if self._image.isNull():
            return 0
        return min(self.theme.px(_HIGH), width * self._image.height() / self._image.width())

    def paint_on(self, canvas: Canvas, width: float) -> None:
        if self._image.isNull():
            return
        size = self._image.size().scaled(QSize(round(width), self.height()), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        with canvas.upright(0, width):
            canvas.painter.setRenderHint(canvas.painter.RenderHint.SmoothPixmapTransform)
            canvas.painter.drawImage(place, self._image)
