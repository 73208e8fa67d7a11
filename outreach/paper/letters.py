"""Letters on paper: from whom, to whom, the day, and the words, each letter on pages of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.paper.pages import Told
from outreach.paper.painting import SERIF, painting_app
from outreach.paper.setting import MM, Setter, Type
from outreach.services.drafting.on_paper import LetterPaper
from outreach.services.shipments.labels import PAGES

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_TYPES = {"house": Type(11, 8, bold=True), "head": Type(9, 7), "text": Type(11, 7, SERIF), "foot": Type(8, 7)}
_MARGIN_MM, _FOOT_MM = 24.0, 8.0
#: Where the address stands: in the window of an envelope; and where the words begin below it.
_ADDRESS_TOP_MM, _ADDRESS_MM, _BODY_TOP_MM = 48.0, (85.0, 32.0), 92.0
#: Between two paragraphs, as a part of a line.
_GAP = 0.6


@dataclass(frozen=True, slots=True)
class _Leaf:
    letter: int
    number: int
    of: int
    #: Lines, an empty one between two paragraphs.
    lines: Sequence[str]


class LetterPages:
    """Letters, each on as many pages as it needs.

    Attributes:
        page: The name of their size.
        count: How many pages there are.
        told: What is noted of them while they are painted, by the number of the letter.
    """

    def __init__(self, letters: Sequence[LetterPaper], page: str = "A4") -> None:
        """Letters to be painted.

        Raises:
            KnownError: ``paper.missing_library``.
        """
        painting_app()
        self.page, self.told = page, Told()
        self._letters = letters
        self._setters = {name: Setter(kind) for name, kind in _TYPES.items()}
        self._wide, self._high = (side * MM for side in PAGES[page])
        self._margin = min(_MARGIN_MM * MM, self._wide / 8)
        self._leaves = [leaf for number, letter in enumerate(letters) for leaf in self._flow(number, letter)]
        self.count = max(1, len(self._leaves))

    def paint(self, painter: "QPainter", number: int) -> None:
        """Paint a page, from 0."""
        from PySide6.QtCore import QRectF, Qt

        if number >= len(self._leaves):
            return
        leaf = self._leaves[number]
        painter.setPen(Qt.GlobalColor.black)
        y = self._margin
        if leaf.number == 1:
            self._begin(painter, leaf.letter)
            y = _BODY_TOP_MM * MM
        setter = self._setters["text"]
        step = setter.step()
        for line in leaf.lines:
            if line:
                place = QRectF(self._margin, y, self._wide - 2 * self._margin, step)
                setter.paint(painter, setter.fit((line,), place.width() + 1, step), place, top=True)
            y += step if line else step * _GAP
        if leaf.of > 1:
            place = QRectF(self._margin, self._high - self._margin, self._wide - 2 * self._margin, _FOOT_MM * MM)
            self._text(painter, leaf.letter, "foot", (f"{leaf.number}/{leaf.of}",), place)

    def _flow(self, number: int, letter: LetterPaper) -> Iterator[_Leaf]:
        """The pages that a letter needs; a paragraph goes on over a page where it must."""
        setter, width = self._setters["text"], self._wide - 2 * self._margin
        step, pages = setter.step(), [[]]  # type: tuple[float, list[list[str]]]
        left = self._high - self._margin - _BODY_TOP_MM * MM
        for paragraph in letter.paragraphs:
            self.told.lacks(number, setter.unreadable(paragraph))
            for line in (*setter.wrapped(paragraph, setter.kind.usual, width), ""):
                if left < step and line:
                    pages.append([])
                    left = self._high - 2 * self._margin
                if line or pages[-1]:
                    pages[-1].append(line)
                    left -= step if line else step * _GAP
        for at, lines in enumerate(pages, start=1):
            yield _Leaf(number, at, len(pages), lines)

    def _begin(self, painter: "QPainter", number: int) -> None:
        """What stands above the words: from whom, to whom, and the day."""
        from PySide6.QtCore import QRectF

        letter, width = self._letters[number], self._wide - 2 * self._margin
        room = QRectF(self._margin, self._margin / 2, width, _ADDRESS_TOP_MM * MM - self._margin / 2)
        house, *rest = letter.sender or ("",)
        room.setTop(self._text(painter, number, "house", (house,), room))
        if rest:
            self._text(painter, number, "head", rest, room)
        wide, high = (side * MM for side in _ADDRESS_MM)
        self._text(painter, number, "text", letter.address, QRectF(self._margin, _ADDRESS_TOP_MM * MM, wide, high))
        below = self._setters["head"].step()
        day = QRectF(self._margin, (_BODY_TOP_MM - 4) * MM - below, width, below)
        self._text(painter, number, "head", (letter.day,), day)

    def _text(self, painter: "QPainter", number: int, kind: str, lines: Sequence[str], place: object) -> float:
        from PySide6.QtCore import QRectF

        assert isinstance(place, QRectF)
        setter = self._setters[kind]
        made = setter.fit(lines, place.width(), place.height())
        if not made.is_whole:
            self.told.cut.add(number)
        if not made.is_usual and made.size < setter.kind.usual:
            self.told.shrunk.add(number)
        self.told.lacks(number, setter.unreadable(lines))
        return setter.paint(painter, made, place, top=True)
