"""What list pages are made of: filter and footer, empty state, side pane."""

from collections.abc import Callable, Container, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from outreach.ui.actions import key_of
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import keycap, keycap_width
from outreach.ui.paint.scenes import HEIGHT as SCENE_HEIGHT
from outreach.ui.paint.scenes import SCENES, paint_scene
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label, Margins, Painted, Rule, column, line, sided
from outreach.ui.widgets.cards import Step, StepCards
from outreach.ui.widgets.fields import Field
from outreach.ui.widgets.floating import Following, Scroller
from outreach.ui.widgets.panes import Pane
from outreach.ui.widgets.tightening import Row

_PANE_MARGINS = (22, 20, 22, 20)
_FOOT_GAP = 8
#: As wide as Qt lets a widget be.
_ANY_WIDTH = 16_777_215
#: What stands on an empty page keeps so far from its sides.
_SIDE = 40


class FilterField(Field):
    """Filters a list while one types; it is as wide as a word or two, or `fills` the room there is.

    Signals:
        filtered: What is typed, once it stands in the field.
        left_down: The user wants to go on in the list.
    """

    filtered = Signal(str)
    left_down = Signal()

    def __init__(self, theme: Theme, hint: str, *, fills: bool = False) -> None:
        super().__init__(theme, hint, "search", key_of("slash"))
        self._fills = fills
        theme.changed.connect(self._restyle)
        self._restyle()
        # As soon as all keys that came at once have been taken; no later, for a reading is overtaken by the next one.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self.filtered.emit(self.text()))
        self.textChanged.connect(lambda: self._timer.start())

    def _restyle(self) -> None:
        self.setMinimumWidth(self._theme.px(200))
        self.setMaximumWidth(_ANY_WIDTH if self._fills else self._theme.px(200))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left_down.emit()
        else:
            super().keyPressEvent(event)


class Footer(QWidget):
    """Below a list: how many there are, and which keys act."""

    def __init__(self, theme: Theme, keys: Sequence[tuple[str, str]] = (), *, keys_first: bool = False) -> None:
        super().__init__()
        self.fact = Label(theme, role="small", color="ink3")
        self._keys = [(KeyMark(theme, key), Label(theme, does, "small", "ink3")) for key, does in keys]
        hints = tuple(QWidget() for _ in self._keys)
        for hint, pair in zip(hints, self._keys, strict=True):
            hint.setLayout(line(*pair, spacing=6))
        parts = (*hints, None, self.fact) if keys_first else (self.fact, None, *hints)
        row = Row(*parts, facts=hints, spacing=16 if keys_first else 12, margins=(20 if keys_first else 24, 8, 20, 8))
        self.setLayout(column(Rule(theme), row))
        theme.changed.connect(self._show_keys)
        self._show_keys()

    def _show_keys(self) -> None:
        """What has no key is not told of."""
        for mark, does in self._keys:
            mark.setVisible(mark.is_set)
            does.setVisible(mark.is_set)


class KeyMark(Painted):
    """A keycap."""

    def __init__(self, theme: Theme, key: str) -> None:
        self._key = key
        super().__init__(theme, self._paint_key, 20)

    @property
    def is_set(self) -> bool:
        """Whether there is such a key at present."""
        return bool(self._theme.keys.cap(self._key))

    def _restyle(self) -> None:
        super()._restyle()
        self.setFixedWidth(round(keycap_width(self._theme, self._key)) + 1)
        self.setAccessibleName(self._theme.keys.cap(self._key))

    def _paint_key(self, canvas: Canvas, _width: float, height: float) -> None:
        keycap(canvas, 0, height / 2, self._key)


class EmptyState(QWidget):
    """Tells how something begins in a drawing, a sentence and up to three steps, and offers the first of them.

    Where there is little height, the steps give way. It is put together when it is to be seen: most lists are not
    empty.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        below: str,
        *buttons: Button,
        steps: Sequence[Step] = (),
        link: Button | None = None,
    ) -> None:
        super().__init__()
        self.heading = Label(theme, sentence, "h1", wrap=True)
        self.heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.below = Label(theme, below, "body", "ink2", wrap=True)
        self.below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._steps: StepCards | None = None
        self._parts = theme, icon, buttons, steps, link

    def put_together(self) -> None:
        """Make what it is of, also for whoever measures it before it is seen."""
        if self.layout() is None:
            self._lay_out(*self._parts)

    def _lay_out(
        self, theme: Theme, icon: str, buttons: Sequence[Button], steps: Sequence[Step], link: Button | None
    ) -> None:
        def art(canvas: Canvas, width: float, height: float) -> None:
            paint_scene(canvas, icon, width, height)

        self._steps = StepCards(theme, steps) if steps else None
        drawn = Painted(theme, art, SCENE_HEIGHT if icon in SCENES else 100)
        parts: list[QWidget | QLayout | int | None] = [None, drawn, 18, self.heading, 6, self.below, 22]
        if self._steps is not None:
            parts += [self._steps, 24]
        parts += [line(None, *buttons, None, spacing=10)]
        if link is not None:
            parts += [13, line(None, link, None)]
        layout = column(*parts, None, margins=(_SIDE, 12, _SIDE, 20))
        self.setLayout(layout)
        layout.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Qt tells of the size when it is about to be seen, not while another page is.
        self.put_together()
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if self._steps is None or layout is None:
            return
        # While they are hidden they have no width of their own; words that wrap want more height by a hint than here.
        beside = max(1, self.width() - 2 * _SIDE)
        taken = 0 if self._steps.isHidden() else self._steps.heightForWidth(beside)
        rest = layout.totalHeightForWidth(self.width()) - taken
        self._steps.setVisible(self.height() >= rest + self._steps.heightForWidth(beside))


class SidePane(Pane):
    """A pane beside a list, whose content scrolls.

    Rows that have a ring of their own may stand out by `bleed` beyond the words above them.
    """

    def __init__(
        self, theme: Theme, width: int, *, ground: str = "inset", bleed: int = 0, margins: Margins = _PANE_MARGINS
    ) -> None:
        super().__init__(theme, ground, corners=(0, 9, 9, 0))
        self._width, self._bleed = width, bleed
        left, top, right, bottom = margins
        self._margins = (left - bleed, top, right - bleed, bottom)
        self.body = QWidget()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(*sided(self._margins))
        self.content.setSpacing(0)
        self.scroller = scrolled(self.body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.scroller)

    def keep_below(self, foot: QLayout) -> None:
        """Something below the content that does not scroll."""
        left, _, right, bottom = self._margins
        foot.setContentsMargins(*sided((left + self._bleed, _FOOT_GAP, right + self._bleed, bottom)))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(foot)
        self._margins = (left, self._margins[1], right, _FOOT_GAP)
        self.content.setContentsMargins(*sided(self._margins))

    def add(self, *parts: QWidget | QLayout | int, bleeding: Container[QWidget] = ()) -> None:
        """Parts below one another; a number is a gap. Those that are `bleeding` stand out beyond the others."""
        for part in parts:
            if isinstance(part, int):
                self.content.addSpacing(part)
            elif isinstance(part, QWidget) and part in bleeding:
                self.content.addWidget(part)
            else:
                held = line(part, spacing=0, margins=(self._bleed, 0, self._bleed, 0))
                self.content.addLayout(held)

    def minimumSizeHint(self) -> QSize:
        least = max(self._theme.px(self._width) - 60, self.body.minimumSizeHint().width())
        return QSize(least, super().minimumSizeHint().height())


def scrolled(body: QWidget, *, floats: bool = True) -> QScrollArea:
    """A widget that scrolls down when it is too high, and to what has the focus.

    Its bar floats over it, or stands beside it as in a form.
    """
    area = Scroller() if floats else Following()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    body.setAutoFillBackground(False)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Segments(QWidget):
    """Two or three filters of one list, one of which is on.

    Signals:
        chosen: Another one is on: its key.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, choices: Sequence[tuple[str, str]], *, tight: bool = False, icons: Sequence[str] = ()
    ) -> None:
        """Filters by key and words; with icons, these can stand for the words where there is little room."""
        super().__init__()
        self._theme = theme
        self.key = choices[0][0]
        self._buttons: dict[str, Segment] = {}
        parts = []
        for number, (key, label) in enumerate(choices):
            icon = icons[number] if icons else ""
            button = Segment(theme, label, lambda key=key: self.choose(key), tight=tight, icon=icon)  # type: ignore[misc]
            self._buttons[key] = button
            parts.append(button)
        self.setLayout(line(*parts, spacing=0, margins=(3, 3, 3, 3)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._mark()

    def choose(self, key: str) -> None:
        """Turn one on."""
        if key != self.key:
            self.key = key
            self._mark()
            self.chosen.emit(key)

    @property
    def label(self) -> str:
        """The words of the one that is on."""
        return self._buttons[self.key].text()

    def set_label(self, key: str, label: str, count: int = 0) -> None:
        """Show other words on one, and how many there are of it."""
        self._buttons[key].set_count(count)
        self._buttons[key].set_label(label)
        self.updateGeometry()

    def set_brief(self, *, brief: bool) -> None:
        """Let icons stand for the words, which are said by tooltips then."""
        for button in self._buttons.values():
            button.leave_out(keys=False, words=brief)
        self.updateGeometry()

    def width_with_words(self) -> int:
        """How wide it is with its words."""
        return sum(button.width_of_words() for button in self._buttons.values()) + 6

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        canvas.rounded(QRectF(self.rect()), 7, "press")
        canvas.painter.end()

    def _mark(self) -> None:
        for key, button in self._buttons.items():
            button.setChecked(key == self.key)
            button.update()


#: Beside the icon that stands for a segment's words.
_BRIEF_ROOM = 5


class Segment(Button):
    """One of some filters."""

    def __init__(
        self, theme: Theme, label: str, act: Callable[[], None], *, tight: bool = False, icon: str = ""
    ) -> None:
        super().__init__(theme, label, "ghost", icon, height=24 if tight else 26)
        self._room, self._words = (7, "smallm") if tight else (12, "medium")
        self._count = ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.clicked.connect(lambda: act())

    def set_count(self, count: int) -> None:
        """How many there are of it; none is not said."""
        self._count = f"{count:,}" if count else ""
        self.setAccessibleDescription(self._count)

    @property
    def _is_brief(self) -> bool:
        return bool(self._icon) and self._left_out[1]

    def width_of_words(self) -> int:
        """How wide it is with its words."""
        return round(self._theme.width(self._words, self.text()) + self._count_width()) + 2 * self._room

    def _count_width(self) -> float:
        return self._theme.width("small", self._count) + 7 if self._count else 0

    def sizeHint(self) -> QSize:
        brief = round(self._theme.px(16) + self._count_width()) + 2 * _BRIEF_ROOM
        return QSize(brief if self._is_brief else self.width_of_words(), self._theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        rect, middle, on = QRectF(self.rect()), self.height() / 2, self.isChecked()
        if on and self._theme.is_dark and not self._theme.is_contrasting:
            canvas.rounded(rect, 5, "line2")  # what is chosen lies above its track: lighter, in the dark too
        elif on:
            canvas.rounded(rect, 5, "sheet", "line" if not self._theme.is_dark else None)
        elif self.underMouse():
            canvas.rounded(rect, 5, "hover")
        if self.hasFocus():
            canvas.rounded(rect, 5, None, "focus", 2)
        quiet = "body" if self._words == "medium" else "small"
        role = self._words if on else quiet
        if self._is_brief:
            sign = canvas.px(16)
            canvas.icon(self._icon, _BRIEF_ROOM, middle, sign, "ink" if on else "ink2", grows=False)
            x = float(_BRIEF_ROOM + sign)
        else:
            x = self._room + canvas.text(self._room, middle, self.text(), role, "ink" if on else "ink2")
        if self._count:
            canvas.text(x + 7, middle, self._count, "small", "accent" if on else "ink3")
        canvas.painter.end()
