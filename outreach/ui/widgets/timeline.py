"""What happened, newest first, on a thread; what lies further back is folded by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.marks import stage
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Block

#: A stage or ``icon:`` and the name of one, the sentence, the day.
Entry = tuple[str, list[Run], str]
_STEP = 30
#: The row that all months are folded into.
_EARLIER = -1


@dataclass(frozen=True, slots=True)
class Month:
    """What is folded together.

    Attributes:
        name: The month, with its year.
        count: How many there are, in words.
    """

    name: str
    count: str
    entries: tuple[Entry, ...]


class Timeline(Block):
    """Entries in rows, then months that open with a click, Enter or Space; Up and Down go between them.

    More than one month is folded into a row of its own at first.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._entries: list[Entry] = []
        self._months: list[Month] = []
        self._earlier: Month | None = None
        self._open: set[int] = set()
        self._at = 0

    def set_entries(self, entries: Sequence[Entry], months: Sequence[Month] = (), earlier: Month | None = None) -> None:
        """Show the newest entries, and those before them by month; `earlier` names all months together."""
        self._entries, self._months = list(entries), list(months)
        self._earlier = earlier if len(months) > 1 else None
        self._open, self._at = set(), _EARLIER if self._earlier else 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._months else Qt.FocusPolicy.NoFocus)
        self._tell()

    def toggle(self, number: int) -> None:
        """Open a month, or fold it again; what holds all months stays open."""
        if number == _EARLIER:
            self._earlier, self._at = None, 0
        else:
            self._open ^= {number}
        self._tell()

    def _tell(self) -> None:
        said = [_spoken(entry) for entry in self._entries]
        if self._earlier:
            said.append(f"{self._earlier.name}, {self._earlier.count}")
        for number, month in enumerate(() if self._earlier else self._months):
            said.append(f"{month.name}, {month.count}")
            said += [_spoken(entry) for entry in month.entries if number in self._open]
        self.setAccessibleName(". ".join(said))
        self.refresh()

    def _rows(self) -> list[Entry | int]:
        """The rows that are seen: entries, and the numbers of months."""
        rows: list[Entry | int] = [*self._entries]
        if self._earlier:
            return [*rows, _EARLIER]
        for number, month in enumerate(self._months):
            rows.append(number)
            rows += month.entries if number in self._open else ()
        return rows

    def height_at(self, width: float) -> float:
        del width
        return float(len(self._rows()) * self.theme.px(_STEP))

    def paint_on(self, canvas: Canvas, width: float) -> None:
        rows, step, thread = self._rows(), self.theme.px(_STEP), round(canvas.px(15) / 2 - 0.5)
        for number, row in enumerate(rows):
            middle = number * step + step / 2
            if number and not isinstance(row, int) and not isinstance(rows[number - 1], int):
                canvas.fill(QRectF(thread, middle - step + canvas.px(10), 1, step - canvas.px(20)), "line2")
            if isinstance(row, int):
                self._paint_month(canvas, row, middle, width)
                continue
            mark, runs, day = row
            if mark.startswith("icon:"):
                canvas.icon(mark.removeprefix("icon:"), 0, middle, 15, "ink3")
            else:
                stage(canvas, 0, middle, mark)
            wide = canvas.text(width, middle, day, "small", "ink3", align="right")
            canvas.runs(27, middle, runs, width - 27 - wide - 12)

    def _paint_month(self, canvas: Canvas, number: int, middle: float, width: float) -> None:
        month = self._earlier or self._months[number]
        if self.hasFocus() and number == self._at:
            canvas.rounded(QRectF(0, middle - 13, width, 26), 6, None, "focus", 2)
        canvas.icon("chevron-down" if number in self._open else "chevron-right", 1, middle, 14, "ink3")
        wide = canvas.text(width, middle, month.count, "small", "ink3", align="right")
        canvas.text(27, middle, month.name, "smallm", "ink2", width=width - 27 - wide - 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._months and not self._earlier:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._at = min(max(0, self._at + step), len(self._months) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._months:
            self.toggle(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        rows = self._rows()
        place = int(event.position().y() // self.theme.px(_STEP))
        row = rows[place] if 0 <= place < len(rows) else None
        if isinstance(row, int):
            self._at = row
            self.toggle(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _spoken(entry: Entry) -> str:
    return "".join(run[0] for run in entry[1]) + f", {entry[2]}"
