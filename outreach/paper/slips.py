"""Packing slips: what lies in a parcel, for whoever packs it and whoever opens it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.paper.bars import QUIET, bars_width, paint_bars
from outreach.paper.pages import Told
from outreach.paper.painting import painting_app
from outreach.paper.setting import MM, Set, Setter, Type
from outreach.services.shipments.labels import PAGES
from outreach.services.shipments.slips import SlipText

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

_TYPES = {
    "title": Type(17, 11, bold=True), "house": Type(11, 8, bold=True), "text": Type(10, 7),
    "lead": Type(10, 7, bold=True), "head": Type(8.5, 7), "foot": Type(8, 7),
}  # fmt: skip
_MARGIN_MM, _FOOT_MM, _GAP_MM, _PAD_MM = 18.0, 8.0, 5.0, 1.4
#: Where the address stands: in the window of an envelope, so that a slip may go in one.
_ADDRESS_TOP_MM, _ADDRESS_MM, _BODY_TOP_MM = 48.0, (85.0, 32.0), 90.0
_BARS_MM, _MODULE_MM = 11.0, 0.33
#: How wide the columns are beside one another: copies, title, form.
_SHARES = (2, 10, 4)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands on one page: cells beside one another, or a paragraph over the whole width."""

    kind: str
    cells: tuple[Set, ...]
    height: float
    is_row: bool = False
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of a slip."""

    slip: int
    number: int
    of: int
    pieces: Sequence[_Piece]


class SlipPages:
    """The slips of some parcels, each on a page of its own, or on as many as it needs.

    Attributes:
        page: The name of their size.
        count: How many pages there are.
        told: What is noted of them while they are painted, by the number of the slip.
    """

    def __init__(self, slips: Sequence[SlipText], page: str = "A4") -> None:
        """Slips to be painted.

        Args:
            slips: Their words.
            page: A size of ``PAGES``.

        Raises:
            KnownError: ``paper.missing_library``.
        """
        painting_app()
        self.page, self.told = page, Told()
        self._slips = slips
        self._setters = {name: Setter(kind) for name, kind in _TYPES.items()}
        self._wide, self._high = (side * MM for side in PAGES[page])
        self._margin = min(_MARGIN_MM * MM, self._wide / 10)
        self._inner = self._wide - 2 * self._margin
        self._leaves = [leaf for number, slip in enumerate(slips) for leaf in self._flow(number, slip)]
        self.count = max(1, len(self._leaves))

    def paint(self, painter: "QPainter", number: int) -> None:
        """Paint a page, from 0."""
        from PySide6.QtCore import QRectF, Qt

        if number >= len(self._leaves):
            return
        leaf = self._leaves[number]
        slip = self._slips[leaf.slip]
        painter.setPen(Qt.GlobalColor.black)
        y = self._margin
        if leaf.number == 1:
            self._begin(painter, leaf.slip, slip)
            y = _BODY_TOP_MM * MM
        for piece in leaf.pieces:
            self._piece(painter, piece, y)
            y += piece.height
        foot = f"{slip.reference} · {leaf.number}/{leaf.of}" if leaf.of > 1 else slip.reference
        place = QRectF(self._margin, self._high - self._margin, self._inner, _FOOT_MM * MM)
        self._text(painter, leaf.slip, "foot", (foot,), place)

    def _flow(self, number: int, slip: SlipText) -> Iterator[_Leaf]:
        """The pages that a slip needs; whatever is in it stands whole on one of them."""
        pages: list[list[_Piece]] = [[]]
        left = self._high - self._margin - _BODY_TOP_MM * MM
        head: _Piece | None = None
        for piece in self._pieces(number, slip):
            if piece.is_row and head is None:
                head = piece
            if piece.height > left and pages[-1]:
                pages.append([head] if piece.is_row and head is not None else [])
                left = self._high - 2 * self._margin - sum(each.height for each in pages[-1])
            pages[-1].append(piece)
            left -= piece.height
        for at, pieces in enumerate(pages, start=1):
            yield _Leaf(number, at, len(pages), pieces)

    def _pieces(self, number: int, slip: SlipText) -> Iterator[_Piece]:
        gap = _GAP_MM * MM
        yield self._paragraph(number, "title", slip.title)
        yield self._paragraph(number, "head", slip.day, gap)
        yield self._row(number, "head", slip.headings)
        for row in slip.rows:
            yield self._row(number, "text", row)
        for at, text in enumerate(slip.notes):
            yield self._paragraph(number, "text", text, above=gap if not at else 0)
        for at, text in enumerate(slip.customs):
            yield self._paragraph(number, "text" if at else "lead", text, above=0 if at else gap)

    def _paragraph(self, number: int, kind: str, text: str, below: float = 0, above: float = 0) -> _Piece:
        made = self._set(number, kind, text, self._inner)
        own = len(made.lines) * self._setters[kind].step(made.size)
        return _Piece(kind, (made,), own + above + below + _PAD_MM * MM, above=above)

    def _row(self, number: int, kind: str, cells: Sequence[str]) -> _Piece:
        made = tuple(
            self._set(number, kind, text, width) for text, (_, width) in zip(cells, self._columns(), strict=True)
        )
        own = max(len(each.lines) * self._setters[kind].step(each.size) for each in made)
        return _Piece(kind, made, own + 2 * _PAD_MM * MM, is_row=True)

    def _set(self, number: int, kind: str, text: str, width: float) -> Set:
        """A text on as many lines as it needs; only a word that is wider than its place can be cut."""
        setter = self._setters[kind]
        made = setter.fit_text((text,), width, self._high - 4 * self._margin)
        if not made.is_whole:
            self.told.cut.add(number)
        if made.size < setter.kind.usual:
            self.told.shrunk.add(number)
        self.told.lacks(number, setter.unreadable((text,)))
        return made

    def _columns(self) -> list[tuple[float, float]]:
        """Where the columns begin, and how wide they are."""
        gap, x, places = _PAD_MM * 2 * MM, self._margin, []
        for share in _SHARES:
            width = self._inner * share / sum(_SHARES)
            places.append((x, width - gap))
            x += width
        return places

    def _begin(self, painter: "QPainter", number: int, slip: SlipText) -> None:
        """What stands above the contents: from whom, to whom, and the parcel's number."""
        from PySide6.QtCore import QRectF

        module, bars = _MODULE_MM * MM, _BARS_MM * MM
        wide = bars_width(slip.reference, module)
        left = self._wide - self._margin - wide
        paint_bars(painter, slip.reference, QRectF(left, self._margin, wide, bars), module)
        below = QRectF(left, self._margin + bars, wide, self._setters["text"].step())
        self._text(painter, number, "text", (slip.reference,), below, centred=True)
        room = QRectF(
            self._margin, self._margin, left - QUIET * module - self._margin, _ADDRESS_TOP_MM * MM - self._margin
        )
        house, *rest = slip.sender or ("",)
        end = self._text(painter, number, "house", (house,), room, top=True)
        room.setTop(end)
        if any(rest):
            self._text(painter, number, "head", [line for line in rest if line], room, top=True)
        place = QRectF(self._margin, _ADDRESS_TOP_MM * MM + _PAD_MM * MM, _ADDRESS_MM[0] * MM, _ADDRESS_MM[1] * MM)
        self._text(painter, number, "text", slip.address, place)

    def _text(  # noqa: PLR0913 - a place, and how text stands in it
        self, painter: "QPainter", number: int, kind: str, lines: Sequence[str], place: "QRectF",
        *, centred: bool = False, top: bool = False,
    ) -> float:  # fmt: skip
        setter = self._setters[kind]
        made = setter.fit(lines, place.width(), place.height())
        if not made.is_whole:
            self.told.cut.add(number)
        if made.size < setter.kind.usual:
            self.told.shrunk.add(number)
        self.told.lacks(number, setter.unreadable(lines))
        return setter.paint(painter, made, place, centred=centred, top=top)

    def _piece(self, painter: "QPainter", piece: _Piece, y: float) -> None:
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QColor

        setter, pad = self._setters[piece.kind], _PAD_MM * MM
        if piece.is_row:
            for made, (x, width) in zip(piece.cells, self._columns(), strict=True):
                setter.paint(painter, made, QRectF(x, y + pad, width, piece.height - 2 * pad), top=True)
            line = QRectF(self._margin, y + piece.height - 0.1 * MM, self._inner, 0.2 * MM)
            painter.fillRect(line, QColor(160, 160, 160))
            return
        place = QRectF(self._margin, y + piece.above, self._inner, piece.height - piece.above)
        setter.paint(painter, piece.cells[0], place, top=True)
