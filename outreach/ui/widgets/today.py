"""The rows and cards of the first page: what waits, the newest post, copies to place."""

import re
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from outreach.fields.platforms import platform_name
from outreach.services.pages.title import FormatLeft, TitleLine
from outreach.services.pages.today import Glad
from outreach.services.pages.waiting import Waiting
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run, titled, visual
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar, keycap, keycap_width
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.flow import Block, TextLines
from outreach.wording.copies import left_text

#: By what waits: an icon, its tone, its place, one and many of it, and what is done about it.
WAITING = {
    "write": ("feather", "accent", "letters", "Write {number} letter", "Write {number} letters", "Write"),
    "approve": ("mail-check", "accent", "letters", "Approve {number} letter", "Approve {number} letters", "Approve"),
    "send": ("send", "accent", "letters", "Send {number} approved letter", "Send {number} approved letters", "Send"),
    "address": ("map-pin", "warn", "shipments", "Confirm {number} address", "Confirm {number} addresses", "Confirm"),
    "pack": ("package", "accent", "shipments", "Pack {number} gift", "Pack {number} gifts", "Pack"),
    "track": ("truck", "accent", "shipments", "Send {number} packed parcel", "Send {number} packed parcels", "Ship"),
    "arrived": ("truck", "accent", "shipments", "Look after {number} parcel on its way",
                "Look after {number} parcels on their way", "Look after"),
    "ask_again": ("clock", "accent", "people", "Ask again: {number} person", "Ask again: {number} people",
                  "Open profile"),
    "leave": ("truck", "warn", "shipments", "Send {number} parcel by {day}, to be read in time",
              "Send {number} parcels by {day}, to be read in time", "Send"),
    "short": ("library", "warn", "catalogue", "{number} copy more is promised than there is",
              "{number} copies more are promised than there are", "Open title"),
    "close": ("leaf", "accent", "", "Close {number} gift quietly, quiet is fine",
              "Close {number} gifts quietly, quiet is fine", "Close quietly"),
    "found": ("message-square-quote", "accent", "posts", "Look at {number} found post",
              "Look at {number} found posts", "Look"),
    "rights": ("shield-check", "warn", "posts", "{number} permission ends by {day}",
               "{number} permissions end, the first by {day}", "Open post"),
    "take_down": ("shield-check", "warn", "posts", "{number} post is shown without permission",
                  "{number} posts are shown without permission", "Open post"),
}  # fmt: skip
#: What must leave by a day that is today, or has passed.
_TODAY = ("Send {number} parcel today, to be read in time", "Send {number} parcels today, to be read in time")

#: By what waits, why it does, of one and of many: the first of them is named, and the title, and how many others.
_REASONS = {
    "write": ("{title} for {person}", "{title} for {person}, and {others} more"),
    "approve": ("To {person} about {title}", "To {person} about {title}, and {others} more"),
    "send": (
        "To {person} about {title}, as you read it",
        "To {person} about {title}, and {others} more as you read them",
    ),
    "pack": ("{person} said yes to {title}", "{person} said yes to {title}, and so did {others} more"),
    "track": ("The parcel for {person} is not handed over yet", "For {person} and {others} more, not handed over yet"),
    "arrived": ("Sent to {person} over a week ago", "Sent to {person} and {others} more over a week ago"),
    "ask_again": ("{person} about {title}, on the day that you noted", "{person} about {title}, and {others} more"),
    "leave": ("{title} for {person}", "{title} for {person} first, then {others} more"),
    "short": ("Order more of {title}, or promise fewer", "Order more of {title}, or promise fewer"),
    "close": ("{title} went to {person}, nothing is owed", "{title} went to {person} first, nothing is owed"),
    "found": ("{person} on {title}", "Newest: {person} on {title}"),
    "rights": ("You may ask {person} once more about {title}", "You may ask once more, {person} about {title} first"),
    "take_down": ("{person} on {title}, it ended {day}", "{person} on {title}, the first ended {day}"),
}
#: What is said where the title or the person is not known.
_ONLY = ("{whom}", "{whom} and {others} more")
#: Labels of one title wait, or of more.
_LABELS = ("Labels for {title} wait on this", "Labels for {title} wait on these")
_MORE_LABELS = "Labels for {title} and other titles wait on these"

#: What can be put off from here: what that is called, and what it does.
_ASIDE = {
    "ask_again": ("Set aside", "They stay as they are, without a day to ask again (Del)"),
    "close": ("Not yet", "Go on hoping for a month more (Del)"),
}


#: What a reason names in a type of its own.
_NAMED = re.compile(r"\{(person|title|whom)\}")
_HOLES = {name: f"{{{name}}}" for name in ("person", "title", "whom")}
#: Room for the ring of the focus beside a row; the row stands so much further out.
_RING = 6
#: Of what waits: before its tile and behind its last button; between its buttons; between its key and them.
_EDGE, _BESIDE, _BEFORE_KEY = 12, 6, 10


class WaitingRow(QAbstractButton):
    """One kind of thing that waits. The current one shows its key and says what is done about it.

    Attributes:
        is_last: Nothing comes below it, so there is no hairline.

    Signals:
        moved: The arrow keys ask for the row after, or before.
        focused: It has the focus now, and is the current one.
        set_aside: What waits is set aside, where that can be done.
        accepted: What is proposed is done, where it is done here.
    """

    moved = Signal(int)
    focused = Signal()
    set_aside = Signal()
    accepted = Signal()

    def __init__(self, desk: Desk, waiting: Waiting) -> None:
        super().__init__()
        self._desk = desk
        self._waiting = waiting
        self._is_current = self._shows_key = False
        self.is_last = False
        self._icon, self._tone, place, one, many, verb = WAITING[waiting.code]
        if waiting.code == "leave" and waiting.day <= desk.today.isoformat():
            one, many = _TODAY
        self._where_to = place
        self._verb = desk.say(verb)
        self.setText(desk.words.trn(one, many, waiting.count, day=self._day()))
        self._runs = self._reason()
        self.setAccessibleDescription("".join(run[0] for run in self._runs))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._open = Button(desk.theme, desk.say("Open") if place else self._verb, "default", height=30)
        self._can_wait = waiting.code in _ASIDE
        aside, tip = _ASIDE.get(waiting.code, ("Set aside", ""))
        self.aside = Button(desk.theme, desk.say(aside), "ghost", height=30)
        self.aside.setToolTip(desk.say(tip) if tip else "")
        for button in (self._open, self.aside):
            button.setParent(self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.aside.setVisible(self._can_wait)
        self.aside.clicked.connect(self.set_aside)
        for each in (self, self._open):
            each.clicked.connect(lambda: desk.go(place, waiting.row_id) if place else self.accepted.emit())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        desk.theme.changed.connect(self._place)

    def _place(self) -> None:
        """Put the buttons at the end; with a layout of its own Qt would not ask how high the row is at a width."""
        self.updateGeometry()
        end = self.width() - _EDGE
        for button in (self._open, self.aside):
            size = button.sizeHint()
            place = QRect(end - size.width(), (self.height() - size.height()) // 2, size.width(), size.height())
            button.setGeometry(visual(self, place))
            end = place.left() - _BESIDE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._left()) + self._acts() + 2 * _EDGE, self._desk.theme.px(56))

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is, which is more where why it waits takes two lines.

        The room is that beside what the current row shows, so that no row grows when another one becomes current.
        """
        theme = self._desk.theme
        room = width - _EDGE - self._acts() - keycap_width(theme, "Enter") - _BEFORE_KEY - self._left() - _EDGE
        wide = sum(theme.width(role, words) for words, role, _ in titled(theme, self._runs))
        return round(theme.px(56) + (theme.line_height("small") if wide > room else 0))

    def _acts(self) -> int:
        """How much room its buttons take when it is the current row."""
        theme, verb, shown = self._desk.theme, self._verb, self._open.text()
        wide = self._open.sizeHint().width() + max(0, round(theme.width("medium", verb) - theme.width("medium", shown)))
        return wide + (self.aside.sizeHint().width() + _BESIDE if self._can_wait else 0)

    def _left(self) -> float:
        """Where its words begin."""
        return self._desk.theme.px(34) + 26

    @property
    def is_current(self) -> bool:
        """Whether Enter acts on it."""
        return self._is_current

    def set_current(self, *, current: bool, shows_key: bool) -> None:
        """Be the row that Enter acts on, or not; the key is shown where it would act now."""
        if (current, shows_key) != (self._is_current, self._shows_key):
            self._is_current, self._shows_key = current, shows_key
            self._open.set_kind("primary" if current else "default")
            self._open.set_label(self._verb if current or not self._where_to else self._desk.say("Open"))
            self._place()
            self.update()

    @property
    def code(self) -> str:
        """What waits."""
        return self._waiting.code

    def _day(self) -> str:
        """The day by which it is, with its weekday."""
        if not self._waiting.day:
            return ""
        return self._desk.words.long_day(date.fromisoformat(self._waiting.day))

    def _reason(self) -> list[Run]:
        """The second line: why it waits, and whom it is about first."""
        waiting, words = self._waiting, self._desk.words
        one, many = _LABELS if waiting.code == "address" else _REASONS[waiting.code]
        if waiting.code == "address" and waiting.titles > 1:
            many = _MORE_LABELS
        person: Run = (waiting.person, "small", "ink3")
        title: Run = (waiting.title, "titles", "ink3")
        named = {"person": person, "title": title, "whom": person if waiting.person else title}
        if any(f"{{{name}}}" in one + many and not named[name][0] for name in ("person", "title")):
            one, many = _ONLY
        day = self._desk.day(waiting.day, inside=True) if waiting.day else ""
        others = words.number(waiting.count - 1)
        said = words.tr(one if waiting.count == 1 else many, **_HOLES, day=day, others=others)
        runs: list[Run] = []
        for place, part in enumerate(_NAMED.split(said)):
            runs.append(named[part] if place % 2 else (part, "small", "ink3"))
        return [run for run in runs if run[0]] if named["whom"][0] else []

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = self._desk.keys
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down or keys.matches("down", event):
            self.moved.emit(1)
        elif event.key() == Qt.Key.Key_Up or keys.matches("up", event):
            self.moved.emit(-1)
        elif event.key() == Qt.Key.Key_Delete and self._can_wait:
            self.set_aside.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        rect, middle = QRectF(self.rect()), self.height() / 2
        if self._is_current or self.underMouse():
            canvas.rounded(rect.adjusted(0, 1, 0, -1), 7, "hover", "focus" if self.hasFocus() else None, 2)
        elif not self.is_last:
            canvas.hairline(12, rect.bottom() - 1, rect.right() - 12)
        tile = canvas.px(34)
        canvas.rounded(QRectF(_EDGE, middle - tile / 2, tile, tile), 8, f"{self._tone}_tint")
        canvas.icon(self._icon, _EDGE + (tile - 16) / 2, middle, 16, self._tone)
        left: float = visual(self, (self.aside if self._can_wait else self._open).geometry()).x()
        if self._shows_key:
            left -= keycap_width(canvas.theme, "Enter") + _BEFORE_KEY
            keycap(canvas, left, middle, "Enter")
        x = self._left()
        room = left - x - _EDGE
        step = canvas.theme.scale * 9.5
        wide = sum(canvas.theme.width(role, words) for words, role, _ in titled(canvas.theme, self._runs))
        if wide <= room:
            canvas.runs(x, middle + step, self._runs, room)
        else:
            lines = TextLines(canvas.theme, self._runs, "small", room, 2)
            middle -= lines.line / 2
            lines.paint(canvas, x, middle + step - lines.line / 2, "ink3")
        canvas.text(x, middle - step, self.text(), "medium", width=room)
        canvas.painter.end()


class GladCard(Block):
    """The newest post that nobody was asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._glad: Glad | None = None

    def set_glad(self, glad: Glad | None) -> None:
        """Show a post, or nothing."""
        self._glad = glad
        self.setVisible(glad is not None)
        self.setAccessibleName(f"{glad.person}, {glad.title}: {glad.text}" if glad else "")
        self.refresh()

    def _lines(self, width: float) -> TextLines:
        text = f"“{self._glad.text}”" if self._glad else ""
        return self.laid(text, "quote", width - 98, 5)

    def height_at(self, width: float) -> float:
        by = max(34, self.theme.px(36))
        return 16 + max(78, self._lines(width).height) + 12 + by + 14 if self._glad else 0

    def paint_on(self, canvas: Canvas, width: float) -> None:
        glad, height = self._glad, float(self.height())
        if glad is None:
            return
        canvas.rounded(QRectF(0, 0, width, height), 8, "sheet", "line")
        cover(canvas, 16, 16, 52, glad.item_id or 0, glad.title, glad.author)
        self._lines(width).paint(canvas, 82, 16, "ink")
        middle = height - 14 - max(34, canvas.px(36)) / 2
        step = canvas.theme.scale * 8.5
        size = canvas.px(28)
        avatar(canvas, 16, middle - size / 2, size, glad.person or "?")
        left = size + 27
        canvas.text(left, middle - step, glad.person, "smallm", width=width - left - 15)
        canvas.text(left, middle + step, self._where(glad), "small", "ink3", width=width - left - 15)

    def _where(self, glad: Glad) -> str:
        """What came below it, else where and when it was."""
        words = self._desk.words
        if glad.questions:
            return words.trn("{number} follower asks what book it is", "{number} followers ask what book it is",
                             glad.questions)  # fmt: skip
        where = platform_name(glad.platform) or words.term("post_kind", glad.kind)
        return f"{where}, {self._desk.day(glad.day, inside=True)}"


class PlaceRow(QAbstractButton):
    """A title with copies left: a click finds who should get it."""

    def __init__(self, desk: Desk, title: TitleLine, most: FormatLeft | None) -> None:
        super().__init__()
        self._desk = desk
        self._title = title
        self._left = left_text(desk.words, title.left, most)
        self.setText(f"{title.title}, {self._left}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(desk.theme.px(50))
        self.clicked.connect(lambda: desk.go("match", title.id))

    def sizeHint(self) -> QSize:
        return QSize(300, self._desk.theme.px(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas, middle = Canvas.on(self, self._desk.theme), self.height() / 2
        if self.hasFocus():
            canvas.rounded(QRectF(self.rect()).adjusted(0, 1, 0, -1), 7, None, "focus", 2)
        elif self.underMouse():
            canvas.rounded(QRectF(self.rect()).adjusted(0, 1, 0, -1), 7, "hover")
        is_book = self._title.kind == "book"
        mark = canvas.px(26)
        cover(canvas, _RING, middle - mark * (0.75 if is_book else 0.5), mark, self._title.id, "", is_book=is_book)
        step, x = canvas.theme.scale * 9.5, _RING + mark + 14
        end = self.width() - _RING
        wide = canvas.text(end, middle - step, self._desk.say("Match"), "smallm", "accent", align="right")
        role = "title" if is_book else "quote"
        canvas.text(x, middle - step, self._title.title, role, width=end - x - wide - 8)
        canvas.text(x, middle + step, self._left, "small", "ink3", width=end - x)
        canvas.painter.end()
