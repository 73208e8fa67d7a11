"""The window's frame: the rail of places, the status bar, the toast."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from outreach.jobs import Job
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import avatar, keycap, keycap_width, meter
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label, Painted, column, line

#: Place, icon, label; a new group begins before those in `_GROUPS`.
PLACES = (
    ("today", "sun", "Today"),
    ("people", "users", "People"),
    ("catalogue", "library", "Catalogue"),
    ("campaigns", "flag", "Campaigns"),
    ("match", "puzzle", "Match"),
    ("letters", "feather", "Letters"),
    ("shipments", "package", "Shipments"),
    ("posts", "message-square-quote", "Posts"),
    ("clubs", "armchair", "Book clubs"),
    ("review", "chart-column", "Review"),
)
_GROUPS = ("letters", "review")
WIDE, NARROW = 200, 56


class PlaceButton(QAbstractButton):
    """A place in the rail: icon, name, how many things wait there, and a ribbon when it is the present one."""

    def __init__(self, theme: Theme, icon: str, label: str, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._key = key
        self.count = 0
        self.narrow = False
        self.setText(label)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setToolTip(f"{label} ({key})")
        self.setFixedHeight(theme.px(36))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """Say how many things wait there."""
        if count != self.count:
            self.count = count
            self.setAccessibleDescription(str(count) if count else "")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self.narrow else WIDE, self._theme.px(36))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, current = self._theme, self.isChecked()
        canvas = Canvas.on(self, theme)
        plate = QRectF(8, 1, self.width() - 14 if self.narrow else self.width() - 12, self.height() - 2)
        if current:
            canvas.rounded(plate, 7, "press" if theme.is_dark else "sheet", None if theme.is_dark else "line")
            canvas.fill(QRectF(0, self.height() / 2 - 9, 4, 18), "ribbon")
        elif self.underMouse():
            canvas.rounded(plate, 7, "press")
        if self.hasFocus():
            canvas.rounded(plate, 7, None, "focus", 2)
        middle = self.height() / 2
        canvas.icon(self._icon, 19, middle, 17, "accent" if current else "ink2", 1.9 if current else 1.75)
        if not self.narrow:
            canvas.text(47, middle, self.text(), "strong" if current else "medium", "ink" if current else "ink2")
            if self.count:
                color = "accent" if current else "ink3"
                canvas.text(self.width() - 18, middle, str(self.count), "smallm", color, align="right")
        elif self.count:
            canvas.painter.setPen(theme.color("sheet" if current else "desk"))
            canvas.painter.setBrush(theme.color("accent"))
            canvas.painter.drawEllipse(QPointF(37, middle - 8), 4, 4)
        canvas.painter.end()


class Finder(QAbstractButton):
    """Looks like a field, and leads to where one types."""

    def __init__(self, theme: Theme, text: str, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._key = key
        self.narrow = False
        self.setText(text)
        self.setToolTip(f"{text} ({key})")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        rect, middle = QRectF(self.rect()), self.height() / 2
        if self.narrow:
            canvas.rounded(rect, 7, "press" if self.underMouse() else None, "focus" if self.hasFocus() else None, 2)
            canvas.icon("search", (rect.width() - 17) / 2, middle, 17, "ink2")
            canvas.painter.end()
            return
        ground = "inset" if self._theme.is_dark else "sheet"
        canvas.rounded(rect, 6, ground, "focus" if self.hasFocus() else "control", 2 if self.hasFocus() else 1)
        canvas.icon("search", 10, middle, 15, "ink3")
        canvas.text(32, middle, self.text(), "body", "ink3")
        keycap(canvas, self.width() - keycap_width(self._theme, self._key) - 7, middle, self._key)
        canvas.painter.end()


class Rail(QWidget):
    """The places, the mark above them, and who works here below.

    Signals:
        chosen: A place was chosen: its name.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, who: str, where: str) -> None:
        super().__init__()
        self._desk = desk
        self._who = who
        self._where = where
        self.narrow = False
        self.buttons: dict[str, PlaceButton] = {}
        parts: list[QWidget | int | None] = [103]
        for place, icon, label in PLACES:
            if place in _GROUPS:
                parts.append(14)
            button = PlaceButton(desk.theme, icon, desk.say(label), key_of(f"go_{place}"))
            button.clicked.connect(lambda _=False, name=place: self.chosen.emit(name))
            self.buttons[place] = button
            parts.append(button)
        self.settings = Button(desk.theme, "", "ghost", "settings")
        self.settings.setAccessibleName(desk.say("Settings"))
        self.settings.setToolTip(desk.say("Settings"))
        self.settings.clicked.connect(self._open_menu)
        self.finder = Finder(desk.theme, desk.say("Find or do…"), key_of("palette"))
        self._settings_row = line(None, self.settings, spacing=0)
        self.setLayout(column(*parts, None, self._settings_row))
        self.finder.setParent(self)
        desk.theme.changed.connect(self.update)
        self.set_narrow(narrow=False)

    def _open_menu(self) -> None:
        """The two kinds of settings: who signs, which belongs to the workspace, and how it looks here."""
        menu, desk = QMenu(self), self._desk
        for wish, label in (("sender", desk.say("You and your house")), ("settings", desk.say("Settings"))):
            menu.addAction(f"{label}\t{key_of(wish)}").triggered.connect(lambda _=False, wish=wish: desk.ask(wish))
        menu.aboutToHide.connect(menu.deleteLater)
        place = self.settings.mapToGlobal(QPoint(0, 0))
        menu.popup(place - QPoint(0, menu.sizeHint().height() + 4))

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or icons and names."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else self._desk.theme.px(WIDE))
        self.finder.narrow = narrow
        left, high = (8, 34) if narrow else (12, 32)
        self.finder.setGeometry(left, 56, self.width() - (16 if narrow else 20), self._desk.theme.px(high))
        foot = self.layout()
        if foot is not None:
            foot.setContentsMargins(0, 0, 0, 46 if narrow else 0)
        self._settings_row.setContentsMargins(0, 0, 12 if narrow else 10, 0 if narrow else 10)
        for button in self.buttons.values():
            button.narrow = narrow
            button.update()
        self.update()

    def set_who(self, who: str, where: str) -> None:
        """Say who works here."""
        self._who, self._where = who, where
        self.update()

    def show_place(self, place: str) -> None:
        """Mark the present place."""
        if place in self.buttons:
            self.buttons[place].setChecked(True)
        else:
            for button in self.buttons.values():
                # None of an exclusive group can be off while another must be on.
                button.setAutoExclusive(False)
                button.setChecked(False)
                button.setAutoExclusive(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        canvas.painter.drawPixmap(QPointF(15 if self.narrow else 16, 16), self._desk.theme.mark)
        name = self._who or self._desk.say("You")
        if self.narrow:
            avatar(canvas, 15, self.height() - 42, 26, name)
        else:
            canvas.text(51, 29, "Outreach", "h2")
            avatar(canvas, 16, self.height() - 42, 26, name)
            canvas.text(51, self.height() - 36, name, "smallm", width=self.width() - 95)
            canvas.text(51, self.height() - 21, self._where, "micro", "ink3", width=self.width() - 95)
        canvas.painter.end()


class StatusBar(QWidget):
    """What runs at present, and what was done last with its Undo."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme = desk.theme
        self.setFixedHeight(theme.px(32))
        self._spinner = Painted(theme, self._paint_spinner, 20, 16)
        self._calm = Painted(theme, lambda canvas, *_: canvas.icon("circle-check", 0, 10, 14, "ink3", 1.9), 20, 16)
        self._text = Label(theme, role="small", color="ink3")
        self._share = 0.0
        self._meter = Painted(theme, lambda canvas, width, _: meter(canvas, 0, 10, width, self._share), 20, 120)
        self._progress = Label(theme, role="small", color="ink2")
        self.cancel = Button(theme, desk.say("Cancel"), "link", height=24)
        self._last = Label(theme, role="small", color="ink2")
        self.undo = Button(theme, desk.say("Undo"), "link", "undo-2", key_of("undo"), height=24)
        self.setLayout(
            line(
                self._spinner, self._calm, self._text, self._meter, self._progress, self.cancel,
                None, self._last, self.undo, spacing=8, margins=(10, 0, 18, 0),
            )
        )  # fmt: skip
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self._poll)
        self.cancel.clicked.connect(self._cancel)
        desk.runner.jobs_changed.connect(self._show_jobs)
        self._show_jobs()
        self.show_last("")

    def show_last(self, text: str) -> None:
        """Say what can be undone; nothing hides it."""
        self._last.setText(text)
        for part in (self._last, self.undo):
            part.setVisible(bool(text))

    def _jobs(self) -> Sequence[Job]:
        return self._desk.runner.jobs

    def _show_jobs(self) -> None:
        running = bool(self._jobs())
        for part in (self._spinner, self._progress, self.cancel):
            part.setVisible(running)
        if not running:
            self._meter.hide()
        self._calm.setVisible(not running)
        self._text.set_color("ink" if running else "ink3")
        if running:
            self._timer.start()
            self._poll()
        else:
            self._timer.stop()
            self._text.setText(self._desk.say("All changes saved"))

    def _poll(self) -> None:
        jobs = self._jobs()
        if not jobs:
            return
        job = jobs[0]
        more = f"  +{len(jobs) - 1}" if len(jobs) > 1 else ""
        self._text.setText(self._desk.say(job.label) + more)
        self._share = job.done / job.total if job.total else 0.0
        self._meter.setVisible(bool(job.total))
        done, total = self._desk.words.number(job.done), self._desk.words.number(job.total)
        self._progress.setText(self._desk.say("{done} of {total}", done=done, total=total) if job.total else done)
        self._meter.update()
        self._spinner.update()

    @staticmethod
    def _paint_spinner(canvas: Canvas, _width: float, height: float) -> None:
        """One turn a second."""
        canvas.painter.translate(7, height / 2)
        canvas.painter.rotate(time.monotonic() % 1 * 360)
        canvas.icon("loader", -7, 0, 14, "accent", 2)

    def _cancel(self) -> None:
        for job in list(self._jobs())[:1]:
            job.cancel()


#: The bar of what can be done with a selection has this name; a toast stands above it.
BULK = "bulk"


class Toast(QWidget):
    """Says for a while what was done, with an Undo; it stays while the pointer or the focus is on it.

    Signals:
        undo_asked: Undo was pressed.
    """

    undo_asked = Signal()
    _SHOWN_MS = 8000

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._text = ""
        self._undoable = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def tell(self, text: str, *, undoable: bool) -> None:
        """Say something; whatever was said before goes."""
        self._text, self._undoable = text, undoable
        self.setAccessibleName(text)
        self.setFixedSize(round(self._wide()) + 40, 84)
        self.place()
        self.show()
        self.raise_()
        self.update()
        self._timer.start(self._SHOWN_MS)
        self._announce(text)

    def place(self) -> None:
        """Stand at the bottom, in the middle."""
        parent = self.parentWidget()
        if parent is not None:
            bars = [bar for bar in parent.findChildren(QWidget, BULK) if bar.isVisible()]
            up = 52 if bars else 0
            self.move((parent.width() + WIDE - self.width()) // 2, parent.height() - 32 - 64 - self.height() + 20 - up)

    def _announce(self, text: str) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _wide(self) -> float:
        theme = self._desk.theme
        width = 26 + 14 + theme.width("medium", self._text) + 14 + 34
        if self._undoable:
            width += 20 + theme.width("strong", self._desk.say("Undo")) + 8 + keycap_width(theme, key_of("undo"))
        return width

    def _close_at(self) -> float:
        return self.width() - 20 - 30

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        self.hide()
        if self._undoable and x < self._close_at():
            self.undo_asked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start(self._SHOWN_MS // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        plate = QRectF(20, 20, self.width() - 40, 44)
        soft_shadow(canvas, plate, 9, 14, 0.012, 5)
        canvas.rounded(plate, 9, "toast")
        middle = plate.center().y()
        canvas.icon("check", 34, middle, 16, "toast_act", 2.25)
        x = 60 + canvas.text(60, middle, self._text, "medium", "on_toast")
        if self._undoable:
            x += 20 + canvas.text(x + 20, middle, self._desk.say("Undo"), "strong", "toast_act") + 8
            keycap(canvas, x, middle, key_of("undo"), "toast_act", "toast_act")
        canvas.icon("x", self._close_at(), middle, 14, "on_toast", 2)
        canvas.painter.end()


def soft_shadow(canvas: Canvas, rect: QRectF, radius: float, size: int, strength: float, down: float) -> None:
    """The shadow of what floats: rounded rectangles within one another, each almost clear."""
    color = QColor(canvas.theme.color("shadow"))
    color.setAlphaF(strength * (2.2 if canvas.theme.is_dark else 1))
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(color)
    for step in range(size, 0, -1):
        path = QPainterPath()
        path.addRoundedRect(rect.adjusted(-step, -step + down, step, step + down), radius + step, radius + step)
        canvas.painter.drawPath(path)
