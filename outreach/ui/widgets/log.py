"""What was noted lately: who, when, and a way to take back what still can be."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from outreach.services.gifts.gifts import GiftState
from outreach.services.pages.logged import Logged, Row
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.marks import stage
from outreach.ui.widgets.basics import Button, Painted
from outreach.ui.widgets.lists import clear_layout

_HEIGHT = 36
_MOMENT = len("2026-11-24T10:42:00Z")
#: What is told of each step of a gift.
_SENTENCES = {
    GiftState.CONSIDERED: "Thought of {whom} for {title}", GiftState.CHOSEN: "Planned {title} for {whom}",
    GiftState.ASKED: "Pitched {title} to {whom}", GiftState.ACCEPTED: "{whom} accepted {title}",
    GiftState.DECLINED: "{whom} said not this time to {title}", GiftState.SENT: "Shipped {title} to {whom}",
    GiftState.DELIVERED: "Delivered {title} to {whom}", GiftState.CLOSED_QUIET: "{whom}, quiet on {title}",
    "posted": "{whom} posted {title}",
}  # fmt: skip


class LogRow(QWidget):
    """One entry.

    Attributes:
        is_last: Nothing comes below it, so there is no hairline.

    Signals:
        undo_asked: It is to be taken back, with whatever was noted after it: a row of its, as table and id.
    """

    undo_asked = Signal(object)

    def __init__(self, desk: Desk, row: Logged, steps: int, name: str, *, beside_undo: bool) -> None:
        super().__init__()
        self._desk = desk
        self._row = row
        self.is_last = False
        self._by = name if name else row.by
        theme = desk.theme
        self.setFixedHeight(theme.px(_HEIGHT))
        runs = self._runs()
        said = "".join(run[0] for run in runs)
        text = Painted(theme, self._paint, _HEIGHT, words=", ".join(filter(None, (said, self._by, self._when()))))
        self.undo = Button(theme, "", "ghost", "undo-2", height=26)
        self.undo.setAccessibleName(desk.say("Undo: {what}", what=said))
        self.undo.setToolTip(
            desk.say("Undo") if steps == 1
            else desk.words.trn("Undo this, and what was done after it",
                                "Undo this, and {number} things that were done after it", steps - 1)
        )  # fmt: skip
        self.undo.clicked.connect(lambda: self.undo_asked.emit(row.rows[0]))
        room = self.undo.sizePolicy()
        room.setRetainSizeWhenHidden(beside_undo)
        self.undo.setSizePolicy(room)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(text, 1)
        layout.addWidget(self.undo)
        self.undo.setVisible(steps > 0)

    def sizeHint(self) -> QSize:
        return QSize(400, self._desk.theme.px(_HEIGHT))

    def _when(self) -> str:
        """The time of today, else the day."""
        at = self._row.at
        moment = self._desk.words.moment(at) if len(at) == _MOMENT else ""
        is_today = at[:10] == self._desk.today.isoformat()
        return moment.rpartition(", ")[2] if moment and is_today else self._desk.day(at[:10])

    def _runs(self) -> list[Run]:
        row, words = self._row, self._desk.words
        one = row.people[0] if row.people else words.tr("somebody")
        whom = one if row.count == 1 else words.count("people", row.count)
        before, _, after = words.tr(_SENTENCES[row.mark], whom=whom, title="{title}").partition("{title}")
        return [(before, "body", "ink"), (row.title, "title", "ink"), (after, "body", "ink")]

    def _paint(self, canvas: Canvas, width: float, height: float) -> None:
        middle = height / 2
        stage(canvas, 9, middle, self._row.mark)
        wide = canvas.text(width, middle, self._when(), "small", "ink3", align="right")
        before = max(canvas.px(54), wide + 16)
        by = canvas.text(width - before, middle, self._by, "small", "ink3", align="right") if self._by else 0
        canvas.runs(48, middle, self._runs(), width - 48 - (before if by else wide) - by - 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.is_last:
            return
        canvas = Canvas.on(self, self._desk.theme)
        canvas.hairline(0, self.height() - 1, self.width())
        canvas.painter.end()


class LogRows(QWidget):
    """The newest entries.

    Signals:
        undo_asked: An entry is to be taken back: a row of its, as table and id.
    """

    undo_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: list[LogRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_rows(self, rows: tuple[Logged, ...], depth_of: Callable[[Row], int], names: Mapping[str, str]) -> None:
        """Show other entries.

        Args:
            rows: The entries, the newest first.
            depth_of: Of a row of the workspace, how many steps take it back; 0 if none does.
            names: By initials, the name of whoever they are.
        """
        clear_layout(self._layout)
        # An entry goes as a whole, or it is not offered: all of it must be of one step.
        found = [{depth_of(each) for each in row.rows} for row in rows]
        depths = [depth.pop() if len(depth) == 1 else 0 for depth in found]
        self.rows = [
            LogRow(self._desk, row, depth, names.get(row.by, ""), beside_undo=any(depths))
            for row, depth in zip(rows, depths, strict=True)
        ]
        for each in self.rows:
            each.undo_asked.connect(self.undo_asked)
            each.is_last = each is self.rows[-1]
            self._layout.addWidget(each)
