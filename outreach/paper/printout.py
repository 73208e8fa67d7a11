"""Pages of text and tables, painted for a printer or into a PDF: a list, the review, a person."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.paper.painting import PLAIN, painting_app
from outreach.paper.setting import DPI
from outreach.services.shipments.labels import PAGES
from outreach.store.files import replacing

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QFontMetricsF, QPagedPaintDevice, QPainter, QTextOption

#: Points, and whether it is bold, by what a piece of text is.
_TYPE = {
    "title": (17.0, True), "below": (9.0, False), "lead": (11.5, True), "heading": (11.0, True), "line": (9.5, False),
    "head": (8.0, True), "cell": (9.0, False), "foot": (8.0, False),
}  # fmt: skip
_GREY = frozenset({"below", "head", "foot"})
_INK, _SOFT, _RULE = "#14211F", "#596763", "#C9D1CF"
_MARGIN_MM, _FOOT_MM, _GAP_MM, _PAD_MM = 16.0, 9.0, 4.0, 1.3
#: A cell takes at most so many lines, and a line of text so many; what is longer is cut.
_MOST_LINES, _MOST_OF_TEXT = 4, 40

#: Up to so wide a column is not broken; told from so many rows.
_SHORT_MM, _SAMPLE = 26.0, 200


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what is printed: a heading, lines of text, a table.

    Attributes:
        headings: What stands above the columns, on every page that the table reaches.
        shares: How wide the columns are beside one another.
        is_lead: Whether the lines are the sentence that everything begins with.
    """

    heading: str = ""
    lines: Sequence[str] = ()
    headings: Sequence[str] = ()
    shares: Sequence[float] = ()
    rows: Sequence[Sequence[str]] = ()
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class Printout:
    """What is printed.

    Attributes:
        title: Stands large on the first page, and small at the foot of each.
        below: Facts in grey below it: how many, which of them, the day.
    """

    title: str
    below: str
    sections: Sequence[Section]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that stands on one page: text of a kind, or the cells of a row."""

    kind: str
    cells: Sequence[str]
    section: Section
    height: float


def print_out(
    device: "QPagedPaintDevice", printout: Printout, foot: Callable[[int, int], str], job: Job | None = None
) -> int:
    """Paint pages onto a printer or into a PDF, on any thread.

    Args:
        device: What is painted on; its page size is kept.
        printout: What is painted.
        foot: The words at the foot of a page, from its number and how many there are.
        job: Its cancelling ends the printing.

    Returns:
        How many pages there are.

    Raises:
        KnownError: ``paper.not_printed`` when the printer cannot be painted on.
        Cancelled: when the job was stopped; a printer is told to forget what it has.
    """
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPainter

    device.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        raise KnownError("paper.not_printed")
    try:
        press = _Press(device, painter)
        pages = press.pages(printout)
        for number, page in enumerate(pages, start=1):
            if job is not None:
                job.report(number - 1, total=len(pages))
            if number > 1:
                device.newPage()
            press.paint(page, printout.title, foot(number, len(pages)))
        return len(pages)
    except Cancelled:
        forget = getattr(device, "abort", None)
        if forget is not None:
            forget()
        raise
    finally:
        painter.end()


def write_printout(path: Path, printout: Printout, page: str, foot: Callable[[int, int], str]) -> int:
    """Paint pages into a PDF, whole or not at all; how many there are is returned.

    Args:
        path: The PDF.
        printout: What is painted.
        page: A size of ``PAGES``.
        foot: As in `print_out`.

    Raises:
        KnownError: ``paper.missing_library`` or ``paper.not_written``.
    """
    painting_app()
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QPageSize, QPdfWriter

    try:
        with replacing(path) as made:
            writer = QPdfWriter(str(made))
            writer.setResolution(DPI)
            writer.setPageSize(QPageSize(QSizeF(*PAGES[page]), QPageSize.Unit.Millimeter, page))
            writer.setTitle(printout.title)
            return print_out(writer, printout, foot)
    except OSError as error:
        raise KnownError("paper.not_written", file=str(path), why=error.strerror or str(error)) from error


class _Press:
    """Measures pieces, puts them on pages, and paints those."""

    def __init__(self, device: "QPagedPaintDevice", painter: "QPainter") -> None:
        from PySide6.QtCore import QRectF

        self._painter = painter
        dpi = device.logicalDpiX()
        self._mm = dpi / 25.4
        self._fonts: dict[str, QFont] = {kind: _font(size, dpi, bold=bold) for kind, (size, bold) in _TYPE.items()}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._places: dict[int, list[tuple[float, float]]] = {}
        self._whole = QRectF(0, 0, device.width(), device.height())
        self._body = self._whole.adjusted(0, 0, 0, -_FOOT_MM * self._mm)

    def pages(self, printout: Printout) -> list[list[_Piece]]:
        """What stands on each page; the headings of a table that goes on stand on the next one too."""
        pages: list[list[_Piece]] = [[]]
        left = self._body.height()
        for piece in self._pieces(printout):
            # What stands above something goes to the next page with it.
            along = 2 * self._measure("cell").lineSpacing() if piece.kind in ("heading", "head", "space") else 0
            if piece.height + along > left and pages[-1]:
                pages.append([])
                left = self._body.height()
                if piece.kind == "row" and piece.section.headings:
                    head = self._head(piece.section)
                    pages[-1].append(head)
                    left -= head.height
            pages[-1].append(piece)
            left -= piece.height
        return pages

    def paint(self, page: Sequence[_Piece], title: str, foot: str) -> None:
        """Paint one page."""
        y = self._body.top()
        for piece in page:
            if piece.kind in ("row", "head"):
                self._row(piece, y)
            elif piece.kind != "space":
                self._text(piece.kind, piece.cells[0], self._body.left(), y, self._body.width(), _MOST_OF_TEXT)
            y += piece.height
        from PySide6.QtCore import Qt

        self._use("foot")
        place = self._whole.adjusted(0, self._whole.height() - _FOOT_MM * self._mm / 2, 0, 0)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignLeft, title)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignRight, foot)

    def _pieces(self, printout: Printout) -> Iterator[_Piece]:
        gap = _GAP_MM * self._mm
        none = Section()
        yield self._line("title", printout.title, none)
        yield self._line("below", printout.below, none, gap)
        for section in printout.sections:
            if section.heading:
                yield _Piece("space", ("",), section, gap / 2)
                yield self._line("heading", section.heading, section, gap / 4)
            for text in section.lines:
                yield self._line("lead" if section.is_lead else "line", text, section, gap / 4)
            if section.headings and section.rows:
                yield self._head(section)
            for cells in section.rows:
                yield _Piece("row", cells, section, self._row_height(section, cells))

    def _line(self, kind: str, text: str, section: Section, gap: float = 0) -> _Piece:
        return _Piece(kind, (text,), section, self._height(kind, text, self._body.width(), _MOST_OF_TEXT) + gap)

    def _head(self, section: Section) -> _Piece:
        return _Piece("head", section.headings, section, self._row_height(section, section.headings, "head"))

    def _row_height(self, section: Section, cells: Sequence[str], kind: str = "cell") -> float:
        heights = [
            self._height(kind, text, width) for text, (_, width) in zip(cells, self._columns(section), strict=True)
        ]
        return max(heights, default=0) + 2 * _PAD_MM * self._mm

    def _columns(self, section: Section) -> list[tuple[float, float]]:
        """Where the columns of a table begin, and how wide they are."""
        found = self._places.get(id(section))
        if found is None:
            found = self._places[id(section)] = self._measured(section)
        return found

    def _measured(self, section: Section) -> list[tuple[float, float]]:
        gap, whole = 3 * self._mm, sum(section.shares) or 1
        widths = [self._body.width() * share / whole for share in section.shares]
        # A column of short words, such as days, is as wide as they are; the others give it the room.
        metrics, most = self._measure("cell"), _SHORT_MM * self._mm
        sample = section.rows[:_SAMPLE]
        needed = [max((metrics.horizontalAdvance(row[at]) for row in sample), default=0) + gap
                  for at in range(len(widths))]  # fmt: skip
        held = {at: needed[at] for at, width in enumerate(widths) if width < needed[at] <= most}
        if held and len(held) < len(widths):
            left = self._body.width() - sum(held.values())
            others = sum(width for at, width in enumerate(widths) if at not in held)
            widths = [held.get(at, width * left / others) for at, width in enumerate(widths)]
        x, places = self._body.left(), []
        for width in widths:
            places.append((x, width - gap))
            x += width
        return places

    def _height(self, kind: str, text: str, width: float, most: int = _MOST_LINES) -> float:
        return self._measure(kind).lineSpacing() * len(self._lines(kind, text, width, most))

    def _lines(self, kind: str, text: str, width: float, most: int) -> list[str]:
        """A text as the lines that it takes, the last of which is cut when there are more."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QTextLayout, QTextOption

        metrics = self._measure(kind)
        if "\n" not in text and metrics.horizontalAdvance(text) <= width:
            return [text]
        lines: list[str] = []
        for paragraph in text.splitlines():
            layout = QTextLayout(paragraph, self._fonts[kind])
            layout.setTextOption(_wrapped(QTextOption()))
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                begin = line.textStart()
                if len(lines) == most - 1:
                    rest = metrics.elidedText(paragraph[begin:], Qt.TextElideMode.ElideRight, width)
                    return [*lines, rest]
                lines.append(paragraph[begin : begin + line.textLength()].rstrip())
            layout.endLayout()
        return lines

    def _row(self, piece: _Piece, y: float) -> None:
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QColor

        kind, pad = "head" if piece.kind == "head" else "cell", _PAD_MM * self._mm
        for text, (x, width) in zip(piece.cells, self._columns(piece.section), strict=True):
            self._text(kind, text, x, y + pad, width, _MOST_LINES)
        line = QRectF(self._body.left(), y + piece.height - 0.1 * self._mm, self._body.width(), 0.15 * self._mm)
        self._painter.fillRect(line, QColor(_RULE))

    def _text(self, kind: str, text: str, x: float, y: float, width: float, most: int) -> None:
        from PySide6.QtCore import QPointF

        self._use(kind)
        metrics = self._measure(kind)
        for line in self._lines(kind, text, width, most):
            self._painter.drawText(QPointF(x, y + metrics.ascent()), line)
            y += metrics.lineSpacing()

    def _use(self, kind: str) -> None:
        from PySide6.QtGui import QColor

        self._painter.setFont(self._fonts.get(kind, self._fonts["cell"]))
        self._painter.setPen(QColor(_SOFT if kind in _GREY else _INK))

    def _measure(self, kind: str) -> "QFontMetricsF":
        from PySide6.QtGui import QFontMetricsF

        found = self._metrics.get(kind)
        if found is None:
            found = self._metrics[kind] = QFontMetricsF(self._fonts[kind])
        return found


def _wrapped(option: "QTextOption") -> "QTextOption":
    from PySide6.QtGui import QTextOption

    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _font(points: float, dpi: int, *, bold: bool) -> "QFont":
    from PySide6.QtGui import QFont

    font = QFont()
    font.setFamilies(PLAIN)
    font.setPixelSize(max(1, round(points / 72 * dpi)))
    font.setBold(bold)
    # Letters that grow together could not be found or copied in a PDF.
    font.setFeature(QFont.Tag("liga"), 0)
    return font
