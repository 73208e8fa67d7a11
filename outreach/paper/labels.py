"""Address labels, painted for a sheet of labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.errors import KnownError
from outreach.paper.painting import PLAIN, painting_app
from outreach.services.labels import PAGES, LabelSheet
from outreach.store.files import replacing

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QFont, QPainter

_DPI = 300
_MM = _DPI / 25.4
_MARGIN_MM = 4.0
#: Text sizes in points: as large as reads well, and as small as a postman can read.
_SIZE, _FLOOR, _STEP = 10.5, 6.5, 0.5
_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class PaintedLabels:
    """What was painted.

    Attributes:
        shrunk: Numbers of the labels whose text had to be smaller.
        cut: Numbers of the labels whose text does not fit even so.
    """

    pages: int
    shrunk: tuple[int, ...]
    cut: tuple[int, ...]


def paint_labels(
    path: Path,
    sheet: LabelSheet,
    blocks: Sequence[Sequence[str]],
    *,
    start: int = 1,
    nudge_mm: tuple[float, float] = (0.0, 0.0),
    outlines: bool = False,
) -> PaintedLabels:
    """Paint labels into a PDF, whole or not at all.

    Args:
        path: The PDF.
        sheet: The kind of sheet.
        blocks: The lines of each label.
        start: The first free label of the first page, from 1.
        nudge_mm: How far to move everything right and down, for a printer that is off.
        outlines: Draw the labels' edges, for a test print.

    Raises:
        KnownError: ``labels.bad_start``, ``paper.missing_library`` or ``paper.not_written``.
    """
    if not 1 <= start <= sheet.per_page:
        raise KnownError("labels.bad_start", start=start, most=sheet.per_page)
    painting_app()
    try:
        with replacing(path) as made:
            return _paint(made, sheet, blocks, start - 1, nudge_mm, outlines=outlines)
    except OSError as error:
        raise KnownError("paper.not_written", file=str(path), why=error.strerror or str(error)) from error


def _paint(
    path: Path,
    sheet: LabelSheet,
    blocks: Sequence[Sequence[str]],
    skip: int,
    nudge_mm: tuple[float, float],
    *,
    outlines: bool,
) -> PaintedLabels:
    from PySide6.QtCore import QMarginsF, QRectF, QSizeF
    from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter, QPen

    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QSizeF(*PAGES[sheet.page]), QPageSize.Unit.Millimeter, sheet.page))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"{path.name} cannot be painted on")
    shrunk, cut, pages = [], [], 1
    try:
        for number, lines in enumerate(blocks):
            place = (number + skip) % sheet.per_page
            if number and place == 0:
                writer.newPage()
                pages += 1
            x, y = sheet.place(place)
            label = QRectF((x + nudge_mm[0]) * _MM, (y + nudge_mm[1]) * _MM, sheet.width * _MM, sheet.height * _MM)
            if outlines:
                painter.setPen(QPen(QColor(160, 160, 160), 1))
                painter.drawRect(label)
            size = _paint_block(painter, label, lines)
            if size < _SIZE:
                shrunk.append(number)
            if size < _FLOOR:
                cut.append(number)
    finally:
        painter.end()
    return PaintedLabels(pages, tuple(shrunk), tuple(cut))


def _paint_block(painter: "QPainter", label: "QRectF", lines: Sequence[str]) -> float:
    """Paint the lines of one label, and return the size they needed; below the floor, they were cut."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QFontMetricsF

    margin = _MARGIN_MM * _MM
    inner = label.adjusted(margin, margin / 2, -margin, -margin / 2)
    size = _SIZE
    while size >= _FLOOR:
        metrics = QFontMetricsF(_font(size))
        height = metrics.height() * _LEADING * len(lines)
        if height <= inner.height() and all(metrics.horizontalAdvance(line) <= inner.width() for line in lines):
            break
        size -= _STEP
    shown = max(size, _FLOOR)
    font = _font(shown)
    metrics = QFontMetricsF(font)
    step = metrics.height() * _LEADING
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    y = inner.top() + max(0.0, (inner.height() - step * len(lines)) / 2)
    for line in lines:
        if y + metrics.height() > label.bottom():
            break
        text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRectF(inner.left(), y, inner.width(), step), Qt.AlignmentFlag.AlignVCenter, text)
        y += step
    return size


def _font(points: float) -> "QFont":
    from PySide6.QtGui import QFont

    font = QFont()
    font.setFamilies(PLAIN)
    # Pixels of the page, not points: the resolution of a painter without a screen is not the page's.
    font.setPixelSize(round(points / 72 * _DPI))
    return font
