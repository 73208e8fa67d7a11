"""Address labels, bookplates, whatever else stands on a sheet of labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.paper.bars import QUIET, bars_width, paint_bars
from outreach.paper.pages import Painted, Told, write_pdf
from outreach.paper.painting import SERIF
from outreach.paper.setting import MM, Setter, Type
from outreach.services.shipments.labels import LabelSheet

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

_MARGIN_MM = 4.0
#: The bars of a parcel's number stand below the address, so high, and no narrower than simple scanners read.
_BARS_MM, _MODULE_MM, _NUMBER_MM = 5.0, 0.30, 2.4
_PLAIN = Type()
_NUMBER = Type(usual=6.5, floor=5.0)
_GREY = 160
#: On a small label the margin is no more than this part of its width.
_SMALL = 12


@dataclass(frozen=True, slots=True)
class Placing:
    """Where labels go on their sheet.

    Attributes:
        start: The first free label of the first page, from 1.
        nudge_mm: How far everything is moved right and down, for a printer that is off.
        outlines: Whether the edges of all labels are drawn, for a test print on plain paper.
    """

    start: int = 1
    nudge_mm: tuple[float, float] = (0.0, 0.0)
    outlines: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How the text of a label is set.

    Attributes:
        kind: Its sizes and letters.
        margin_mm: How far it stands from the left and right edge, at most; half as far from the others.
        centred: Whether lines stand in the middle, and not at their beginning.
        runs: Whether the lines are paragraphs, broken where the label ends.
        free: The share of the label's height that is left free below, for somebody's hand.
    """

    kind: Type = _PLAIN
    margin_mm: float = _MARGIN_MM
    centred: bool = False
    runs: bool = False
    free: float = 0.0


#: As an address is set, a note card, a bookplate.
ADDRESS = Style()
CARD = Style(Type(usual=14, floor=8, families=SERIF), margin_mm=12, runs=True)
PLATE = Style(Type(usual=13, floor=7, families=SERIF), centred=True, runs=True, free=0.4)


def paint_labels(
    path: Path,
    sheet: LabelSheet,
    blocks: Sequence[Sequence[str]],
    placing: Placing | None = None,
    codes: Sequence[str] = (),
    job: Job | None = None,
) -> Painted:
    """Paint labels into a PDF, whole or not at all; the arguments are those of `LabelPages` and ``write_pdf``.

    Raises:
        KnownError: ``labels.bad_start``, ``paper.missing_library`` or ``paper.not_written``.
        Cancelled: when the job was stopped; no file is left.
    """
    return write_pdf(path, LabelPages(sheet, blocks, placing, codes), job)


class LabelPages:
    """The pages of some labels.

    Attributes:
        page: The name of their size.
        count: How many there are; one where there is no label, for a test print.
        told: What is noted of them while they are painted.
    """

    def __init__(
        self,
        sheet: LabelSheet,
        blocks: Sequence[Sequence[str]],
        placing: Placing | None = None,
        codes: Sequence[str] = (),
        style: Style = ADDRESS,
    ) -> None:
        """Pages to be painted.

        Args:
            sheet: The kind of sheet.
            blocks: The lines of each label.
            placing: Where they go.
            codes: What stands as a bar code on each label; none where it is empty.
            style: How their text is set.

        Raises:
            KnownError: ``labels.bad_start``.
        """
        placing = placing or Placing()
        if not 1 <= placing.start <= sheet.per_page:
            raise KnownError("labels.bad_start", start=placing.start, most=sheet.per_page)
        self.page, self.told = sheet.page, Told()
        self.count = max(1, -(-(len(blocks) + placing.start - 1) // sheet.per_page))
        self._sheet, self._blocks, self._placing, self._codes = sheet, blocks, placing, codes
        self._style = style
        self._setters: tuple[Setter, Setter] | None = None
        self._labels: list[QRectF] = []
        self._inner: list[QRectF] = []

    def paint(self, painter: "QPainter", number: int) -> None:
        """Paint a page, from 0."""
        from PySide6.QtCore import QRectF, Qt
        from PySide6.QtGui import QColor, QPen

        if self._setters is None:
            self._setters = Setter(self._style.kind), Setter(_NUMBER)
            self._labels = [QRectF(*self._place(each)) for each in range(self._sheet.per_page)]
            self._inner = [self._within(each) for each in self._labels]
        sheet, placing = self._sheet, self._placing
        edge, ink = QPen(QColor(_GREY, _GREY, _GREY), 1), QPen(Qt.GlobalColor.black)
        if placing.outlines:
            painter.setPen(edge)
            painter.drawRects(self._labels)
        painter.setPen(ink)
        first = number * sheet.per_page - placing.start + 1
        for at in range(max(0, first), min(len(self._blocks), first + sheet.per_page)):
            self._label(painter, at, self._inner[at - first], self._setters)

    def _place(self, number: int) -> tuple[float, float, float, float]:
        x, y = self._sheet.place(number)
        right, down = self._placing.nudge_mm
        return (x + right) * MM, (y + down) * MM, self._sheet.width * MM, self._sheet.height * MM

    def _within(self, label: "QRectF") -> "QRectF":
        """Where the text of a label stands."""
        style = self._style
        margin = min(style.margin_mm * MM, label.width() / _SMALL)
        free = (label.height() - margin) * style.free
        return label.adjusted(margin, margin / 2, -margin, -margin / 2 - free)

    def _label(self, painter: "QPainter", number: int, inner: "QRectF", setters: tuple[Setter, Setter]) -> None:
        lines, setter, style = self._blocks[number], setters[0], self._style
        fit = setter.fit_text if style.runs else setter.fit
        code = self._codes[number] if number < len(self._codes) else ""
        place, made = inner, None
        if code:
            place = inner.adjusted(0, 0, 0, -(_BARS_MM + 1) * MM)
            made = fit(lines, place.width(), place.height())
            # The address comes first: bars that would crowd it out, or are too wide, are left off.
            if not (made.is_whole and self._bars(painter, code, inner, setters[1])):
                self.told.without_bars.add(number)
                place, made = inner, None
        made = made or fit(lines, place.width(), place.height())
        setter.paint(painter, made, place, centred=style.centred)
        if not made.is_usual:
            self.told.shrunk.add(number)
        if not made.is_whole:
            self.told.cut.add(number)
        self.told.lacks(number, setter.unreadable(lines))

    def _bars(self, painter: "QPainter", code: str, inner: "QRectF", setter: Setter) -> bool:
        """Paint a code at the foot of a place, with its number beside it; false where it is too wide."""
        from PySide6.QtCore import QRectF

        module, high, number = _MODULE_MM * MM, _BARS_MM * MM, _NUMBER_MM * MM
        wide = bars_width(code, module)
        left = inner.right() - wide - max(0.0, QUIET * module - _MARGIN_MM * MM)
        # What stands to the left of the bars is their number and their quiet zone.
        beside = left - QUIET * module - inner.left()
        told = setter.fit((code,), beside, high)
        if not told.is_whole:
            return False
        paint_bars(painter, code, QRectF(left, inner.bottom() - high, wide, high), module)
        setter.paint(painter, told, QRectF(inner.left(), inner.bottom() - number, beside, number))
        return True
