"""The funnel strip: how many gifts came how far, with three endings of equal worth; and copies as bars."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton

from outreach.services.pages.title import STRIP, Copies
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import stage
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Block
from outreach.wording import Words

#: Before this one a rule stands: what follows are endings.
_ENDINGS = STRIP.index("posted")
#: How high a row is, and how far the next one stands below its top, in pixels.
_ROW, _NEXT_ROW = 62, 74
#: Room before the endings; beside a word: its sign, and a gap to the next; the least gap.
_TO_ENDINGS, _BESIDE, _GAP = 12, 40, 26
#: A button reaches so far before its number.
_ROUND = 8
_COPY_ICON = {
    "hardback": "book-open", "paperback": "book-open", "proof": "book-marked", "ebook": "smartphone",
    "egalley": "smartphone", "audiobook": "radio", "product": "package",
    "download": "download",
}  # fmt: skip


class Strip(Block):
    """Eight numbers in a row."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme)
        self._words = words
        self._counts: Mapping[str, int] = dict.fromkeys(STRIP, 0)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show other counts."""
        self._counts = counts
        self.setAccessibleName(", ".join(f"{self._words.term('stage', name)} {counts[name]}" for name in STRIP))
        self.refresh()

    def height_at(self, width: float) -> float:
        return _ROW + _NEXT_ROW * (len(self._rows(width)) - 1)

    def _needed(self, name: str) -> float:
        return self.theme.width("small", self._words.term("stage", name)) + _BESIDE + self.theme.px(14) - 14

    def _rows(self, width: float) -> tuple[Sequence[str], ...]:
        """The numbers in one row; where long words have no room in it the endings stand below the others."""
        is_whole = sum(map(self._needed, STRIP)) <= width - _TO_ENDINGS
        return (STRIP,) if is_whole else (STRIP[:_ENDINGS], STRIP[_ENDINGS:])

    def _places(self, width: float) -> list[tuple[float, float, float]]:
        """Where each number stands, and how wide its column is: all alike, unless a long word needs more."""
        places, rows = [], self._rows(width)
        most = max(map(len, rows))
        for below, row in enumerate(rows):
            room, needed = width - _TO_ENDINGS, [self._needed(name) for name in row]
            step, left = room / most, 0.0
            spare = max(0.0, room - sum(needed)) / most
            for name, need in zip(row, needed, strict=True):
                wide = step if max(needed) <= step else need + spare
                aside = _TO_ENDINGS if name in STRIP[_ENDINGS:] and not below else 0
                places.append((left + aside, float(below * _NEXT_ROW), wide))
                left += wide
        return places

    def paint_on(self, canvas: Canvas, width: float) -> None:
        for number, (name, (x, top, wide)) in enumerate(zip(STRIP, self._places(width), strict=True)):
            canvas.text(x, top + 17, self._words.number(self._counts[name]), "stat2")
            stage(canvas, x, top + 46, name, 14)
            beside = x + canvas.px(14) + 7
            canvas.text(beside, top + 46, self._words.term("stage", name), "small", "ink2", width=wide - _GAP)
            if number == _ENDINGS and not top:
                canvas.fill(QRectF(x - 25, 6, 1, 50), "line2")
            elif 0 < number < _ENDINGS:
                canvas.icon("chevron-right", x - 26, 17, 14, "off")


class StripButton(QAbstractButton):
    """One number of a strip, to be pressed; what it says is painted below it."""

    def __init__(self, strip: Block, theme: Theme, *, stays: bool = True) -> None:
        """A button on a strip; one that `stays` is chosen until another is."""
        super().__init__(strip)
        self._theme = theme
        self.setCheckable(stays)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.hasFocus():
            canvas.rounded(rect, 6, None, "accent", 2)
        elif self.underMouse():
            canvas.rounded(rect, 6, None, "line2")
        if self.isChecked():
            canvas.fill(QRectF(8, self.height() - 3, self.width() - 16, 2), "accent")
        canvas.painter.end()


class ChoosingStrip(Strip):
    """The strip, of which each number can be pressed to see whom it counts.

    Signals:
        chosen: The name of the number that is wanted; empty for all again.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words)
        self.buttons = {name: StripButton(self, theme) for name in STRIP}
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.choose(name))
        self.key = ""

    def choose(self, name: str) -> None:
        """Choose a number; the same once more, or nothing, shows all again."""
        self.key = "" if name == self.key else name
        for each, button in self.buttons.items():
            button.setChecked(each == self.key)
        self.chosen.emit(self.key)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        super().set_counts(counts)
        for name, button in self.buttons.items():
            word = self._words.term("stage", name)
            button.setAccessibleName(self._words.tr("{stage} {number}, show only these", stage=word,
                                                    number=self._words.number(counts[name])))  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for name, (left, top, step) in zip(STRIP, self._places(self.width()), strict=True):
            x, wide = left - _ROUND, round(step - _GAP - 2)
            place = self.width() - x - wide if is_mirrored else x
            self.buttons[name].setGeometry(round(place), round(top), wide, _ROW)


#: A bar is so long at least, and has so much room around it, in pixels.
_LEAST_BAR, _AROUND_BAR = 60, 32
#: What the colours of the bars stand for.
_LEGEND = (("accent", "Out"), ("ribbon", "Promised"), ("track", "Left"))


class CopyBars(Block):
    """The copies of each edition: out, promised, left."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme)
        self._words = words
        self._copies: Sequence[Copies] = ()

    def set_copies(self, copies: Sequence[Copies]) -> None:
        """Show other copies."""
        self._copies = copies
        self.setAccessibleName(
            "; ".join(f"{self._name(each)}: {self._left(each)} {self._until(each)}".strip() for each in copies)
        )
        self.refresh()

    def height_at(self, width: float) -> float:
        del width
        return len(self._copies) * self.theme.px(46) + self.theme.px(26)

    def minimumSizeHint(self) -> QSize:
        names = (self.theme.width("medium", self._name(each)) for each in self._copies)
        left = (self.theme.width("strong", self._left(each)) for each in self._copies)
        wide = self.theme.px(15) + 9 + max(names, default=0) + _AROUND_BAR + _LEAST_BAR + max(left, default=0)
        return QSize(round(wide), super().minimumSizeHint().height())

    def _name(self, each: Copies) -> str:
        name = self._words.edition(each.format, "", each.variant)
        return self._words.tr("{format} codes", format=name) if each.codes else name

    def _until(self, each: Copies) -> str:
        """When codes lapse, or how many have."""
        if each.lapsed:
            return self._words.tr("{number} lapsed", number=each.lapsed)
        return self._words.tr("until {day}", day=self._words.day(each.expires_on)) if each.expires_on else ""

    def _left(self, each: Copies) -> str:
        return self._words.tr("{left} left", left=each.left) if each.left else self._words.tr("None left")

    def paint_on(self, canvas: Canvas, width: float) -> None:
        px = canvas.px
        row = px(46)
        # The widest name has its room, as far as the bars keep theirs.
        widest = max((self.theme.width("medium", self._name(each)) for each in self._copies), default=0)
        beside = min(max(px(150), round(widest) + px(15) + 25), round(width * 0.5))
        named = beside - px(15) - 19
        bar = QRectF(beside, 0, max(60.0, width - beside - px(96)), 10)
        for number, each in enumerate(self._copies):
            middle = number * row + px(22)
            canvas.icon(_COPY_ICON.get(each.format, "package"), 0, middle, 15, "ink2")
            left = px(15) + 9
            until = self._until(each)
            canvas.text(left, middle - (px(9) if until else 0), self._name(each), "medium", width=named)
            if until:
                canvas.text(left, middle + px(10), until, "small", "warn" if each.lapsed else "ink3", width=named)
            self._bar(canvas, bar.translated(0, middle - 5), each)
            canvas.text(width, middle, self._left(each), "strong" if each.left else "body", align="right")
            if number < len(self._copies) - 1:
                canvas.hairline(0, number * row + row - 1, width)
        legend = [(color, self._words.tr(word)) for color, word in _LEGEND]
        wide = sum(32 + self.theme.width("small", word) for _, word in legend) - 18
        x, middle = max(0.0, min(beside, width - wide)), len(self._copies) * row + px(14)
        for color, word in legend:
            canvas.rounded(QRectF(x, middle - 4, 8, 8), 2, color)
            x += 14 + canvas.text(x + 14, middle, word, "small", "ink2") + 18

    @staticmethod
    def _bar(canvas: Canvas, place: QRectF, each: Copies) -> None:
        whole = max(1, each.out + each.promised + each.left)
        canvas.rounded(place, 2, "track")
        out = place.width() * each.out / whole
        canvas.rounded(QRectF(place.left(), place.top(), out, place.height()), 2, "accent" if each.out else None)
        promised = place.width() * each.promised / whole
        if promised:
            canvas.fill(QRectF(place.left() + out, place.top(), promised, place.height()), "ribbon")


def counted_apart(words: Words, apart: Mapping[str, int]) -> str:
    """How many gifts there are for which something was agreed; empty for none."""
    deals = ", ".join(f"{words.term('behind', deal)} {words.number(number)}" for deal, number in apart.items())
    return words.tr("Counted apart: {deals}", deals=deals) if deals else ""
