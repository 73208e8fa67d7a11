"""Address labels and bookplates, painted for a sheet of labels: into a PDF, on a printer, on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.paper.bars import QUIET, bars_width, paint_bars
from outreach.paper.painting import painting_app
from outreach.paper.setting import DPI, MM, Setter
from outreach.services.labels import PAGES, LabelSheet
from outreach.store.files import replacing

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPagedPaintDevice, QPainter

_MARGIN_MM = 4.0
#: The bars of a parcel's number stand below the address, so high, and no narrower than simple scanners read.
_BARS_MM, _MODULE_MM = 5.0, 0.30
_GREY = 160


@dataclass(frozen=True, slots=True)
class Placing:
    """Where labels go on their sheet.

    Attributes:
        start: The first free label of the first page, from 1.
        nudge_mm: How far everything is moved right and down, for a printer that is off.
        outlines: Whether the edges of all labels are drawn, for a test print on plain paper.
        centred: Whether lines stand in the middle, as on a bookplate, and not at their beginning.
    """

    start: int = 1
    nudge_mm: tuple[float, float] = (0.0, 0.0)
    outlines: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class PaintedLabels:
    """What was painted.

    Attributes:
        shrunk: Numbers of the labels whose text had to be smaller.
        cut: Numbers of the labels whose text does not fit even so.
        unreadable: By number of a label, the letters that no font of this computer has.
    """

    pages: int
    shrunk: tuple[int, ...]
    cut: tuple[int, ...]
    unreadable: dict[int, str]


def paint_labels(
    path: Path,
    sheet: LabelSheet,
    blocks: Sequence[Sequence[str]],
    placing: Placing | None = None,
    codes: Sequence[str] = (),
    job: Job | None = None,
) -> PaintedLabels:
    """Paint labels into a PDF, whole or not at all.

    Args:
        path: The PDF.
        sheet: The kind of sheet.
        blocks: The lines of each label.
        placing: Where they go.
        codes: What stands as a bar code on each label; none where it is empty.
        job: Its cancelling ends the painting.

    Raises:
        KnownError: ``labels.bad_start``, ``paper.missing_library`` or ``paper.not_written``.
        Cancelled: when the job was stopped; no file is left.
    """
    painting_app()
    from PySide6.QtGui import QPdfWriter

    try:
        with replacing(path) as made:
            writer = QPdfWriter(str(made))
            writer.setResolution(DPI)
            return print_labels(writer, sheet, blocks, placing, codes, job)
    except OSError as error:
        raise KnownError("paper.not_written", file=str(path), why=error.strerror or str(error)) from error


def print_labels(
    device: "QPagedPaintDevice",
    sheet: LabelSheet,
    blocks: Sequence[Sequence[str]],
    placing: Placing | None = None,
    codes: Sequence[str] = (),
    job: Job | None = None,
) -> PaintedLabels:
    """Paint labels onto a printer, or whatever else has pages; the arguments are those of ``paint_labels``.

    Raises:
        KnownError: ``labels.bad_start`` or ``paper.not_printed``.
        Cancelled: when the job was stopped; a printer is told to forget what it has.
    """
    from PySide6.QtGui import QPainter

    placing = placing or Placing()
    pages = _pages(sheet, placing, len(blocks))
    _whole_page(device, sheet)
    painter = QPainter()
    if not painter.begin(device):
        raise KnownError("paper.not_printed")
    drawing = LabelDrawing(sheet, blocks, placing, codes)
    try:
        for page in range(pages):
            if job is not None:
                job.report(page, total=pages)
            if page:
                device.newPage()
            drawing.paint(painter, page, device.logicalDpiX() / 25.4)
    except Cancelled:
        forget = getattr(device, "abort", None)
        if forget is not None:
            forget()
        raise
    finally:
        painter.end()
    return drawing.painted(pages)


class LabelDrawing:
    """Paints the pages of some labels with any painter, at any scale."""

    def __init__(
        self, sheet: LabelSheet, blocks: Sequence[Sequence[str]], placing: Placing, codes: Sequence[str] = ()
    ) -> None:
        self._sheet, self._blocks, self._placing, self._codes = sheet, blocks, placing, codes
        self._setter = Setter()
        self._shrunk: set[int] = set()
        self._cut: set[int] = set()
        self._unreadable: dict[int, str] = {}

    def paint(self, painter: "QPainter", page: int, per_mm: float) -> None:
        """Paint a page, from 0.

        Args:
            painter: Its origin is the corner of the page.
            page: Which one.
            per_mm: How many of the painter's units a millimetre has.
        """
        from PySide6.QtCore import QRectF, Qt
        from PySide6.QtGui import QColor, QPen

        sheet, placing = self._sheet, self._placing
        painter.save()
        painter.scale(per_mm / MM, per_mm / MM)
        edge, ink = QPen(QColor(_GREY, _GREY, _GREY), 1), QPen(Qt.GlobalColor.black)
        for place in range(sheet.per_page):
            x, y = sheet.place(place)
            x, y = x + placing.nudge_mm[0], y + placing.nudge_mm[1]
            label = QRectF(x * MM, y * MM, sheet.width * MM, sheet.height * MM)
            if placing.outlines:
                painter.setPen(edge)
                painter.drawRect(label)
            number = page * sheet.per_page + place - placing.start + 1
            if 0 <= number < len(self._blocks):
                painter.setPen(ink)
                self._label(painter, number, label)
        painter.restore()

    def painted(self, pages: int) -> PaintedLabels:
        """What was painted up to now."""
        return PaintedLabels(pages, tuple(sorted(self._shrunk)), tuple(sorted(self._cut)), dict(self._unreadable))

    def _label(self, painter: "QPainter", number: int, label: "QRectF") -> None:
        margin = min(_MARGIN_MM * MM, label.width() / 12)
        inner = label.adjusted(margin, margin / 2, -margin, -margin / 2)
        code = self._codes[number] if number < len(self._codes) else ""
        if code:
            inner = self._bars(painter, code, inner)
        lines = self._blocks[number]
        made = self._setter.fit(lines, inner.width(), inner.height())
        self._setter.paint(painter, made, inner, centred=self._placing.centred)
        if made.size < self._setter.usual or made.lines is not lines:
            self._shrunk.add(number)
        if not made.is_whole:
            self._cut.add(number)
        missing = self._setter.unreadable(lines)
        if missing:
            self._unreadable[number] = missing

    def _bars(self, painter: "QPainter", code: str, inner: "QRectF") -> "QRectF":
        """Paint a code at the foot of a place, and return what is left of it above."""
        from PySide6.QtCore import QRectF

        module = _MODULE_MM * MM
        high = _BARS_MM * MM
        wide = bars_width(code, module)
        left = max(inner.left(), inner.right() - wide - max(0.0, QUIET * module - _MARGIN_MM * MM))
        paint_bars(painter, code, QRectF(left, inner.bottom() - high, wide, high), module)
        return inner.adjusted(0, 0, 0, -high - MM)


def _pages(sheet: LabelSheet, placing: Placing, labels: int) -> int:
    if not 1 <= placing.start <= sheet.per_page:
        raise KnownError("labels.bad_start", start=placing.start, most=sheet.per_page)
    return max(1, -(-(labels + placing.start - 1) // sheet.per_page))


def _whole_page(device: "QPagedPaintDevice", sheet: LabelSheet) -> None:
    """Paint from the corner of the paper, and not from where a printer's own margin ends."""
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize

    size = QPageSize(QSizeF(*PAGES[sheet.page]), QPageSize.Unit.Millimeter, sheet.page)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
