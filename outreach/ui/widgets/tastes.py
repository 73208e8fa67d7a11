"""The taste ledger on a profile: chips that open what is behind them, own and audience, and the review policy."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from outreach.fields.platforms import platform_name
from outreach.services.catalogue.genres import load_genres
from outreach.services.policies.card import Card, Rule
from outreach.services.tastes.ledger import Entry, Ledger
from outreach.services.tastes.readings import Book
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, pointed_at
from outreach.ui.paint.marks import taste, taste_width
from outreach.ui.widgets.basics import LINK_ROOM, Button, Label, Painted, column, line
from outreach.ui.widgets.evidence import TastePopover, count_of, share_of, spoken
from outreach.ui.widgets.flow import Block, Paragraph

_ROW, _HIGH, _GAP = 28, 24, 6
_SHOWN = 9
_HOVER_MS = 350
_AVOIDED = ("dislike", "limit")


class TasteChips(Block):
    """Tastes as chips in rows, one stop of Tab; arrows move, Enter opens, the mouse over one tells what is behind it.

    Signals:
        opened: A chip was opened: the id of its taste.
        hovered: A chip is pointed at: its place, or -1 for none.
    """

    opened = Signal(int)
    hovered = Signal(int)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk.theme, name)
        self._desk = desk
        self._name = name
        self._entries: Sequence[Entry] = ()
        self.current = 0
        self._pointed = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown."""
        return self._entries

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other tastes."""
        self._entries = tuple(entries)
        self.current = min(self.current, max(0, len(entries) - 1))
        self.setVisible(bool(entries))
        self._say()
        self.refresh()

    def place_of(self, number: int) -> QRectF:
        """Where a chip is."""
        x, y, wide = self._places(self.width())[number]
        return QRectF(x, y, wide, self.theme.px(_HIGH))

    def _say(self) -> None:
        words = self._desk.words
        listed = ", ".join(spoken(words, entry) for entry in self._entries)
        self.setAccessibleName(f"{self._name}: {listed}")
        if self.hasFocus() and self._entries:
            self.setAccessibleName(spoken(words, self._entries[self.current]))
        self.setAccessibleDescription(self._desk.say("Enter shows what is behind it"))

    def _places(self, width: float) -> list[tuple[float, float, float]]:
        x = y = 0.0
        row, places = self.theme.px(_ROW), []
        for entry in self._entries:
            name, avoid = self._desk.words.named(entry.subject), entry.polarity in _AVOIDED
            wide = taste_width(self.theme, name, avoid=avoid, count=count_of(entry))
            if x and x + wide > width:
                x, y = 0.0, y + row
            places.append((x, y, min(wide, width)))
            x += wide + _GAP
        return places

    def height_at(self, width: float) -> float:
        places = self._places(width)
        return places[-1][1] + self.theme.px(_HIGH) if places else 0

    def paint_on(self, canvas: Canvas, width: float) -> None:
        middle = self.theme.px(_HIGH) / 2
        for number, (entry, (x, y, wide)) in enumerate(zip(self._entries, self._places(width), strict=True)):
            avoid = entry.polarity in _AVOIDED
            name = self._desk.words.named(entry.subject)
            taste(canvas, x, y + middle, name, share_of(entry), avoid=avoid, count=count_of(entry))
            if self.hasFocus() and number == self.current:
                canvas.rounded(QRectF(x, y, wide, 2 * middle), 6, None, "focus", 2)

    def _at(self, event: QMouseEvent) -> int:
        point = pointed_at(self, event)
        places = enumerate(self._places(self.width()))
        high = self.theme.px(_HIGH)
        return next((n for n, (x, y, wide) in places if QRectF(x, y, wide, high).contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._at(event)
        if number != self._pointed:
            self._pointed = number
            self.hovered.emit(number)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = -1
        self.hovered.emit(-1)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event)
        if number >= 0:
            self.current = number
            self.opened.emit(self._entries[number].id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._say()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps and self._entries:
            self.current = (self.current + steps[key]) % len(self._entries)
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._entries:
            self.opened.emit(self._entries[self.current].id)
        else:
            super().keyPressEvent(event)


class TasteNames(TasteChips):
    """Tastes as names in a quiet line, each still a stop of the arrows that opens what is behind it."""

    def _shown(self, number: int) -> str:
        name = self._desk.words.named(self._entries[number].subject)
        return name if number == len(self._entries) - 1 else f"{name},"

    def _places(self, width: float) -> list[tuple[float, float, float]]:
        x = y = 0.0
        row, places = self.theme.px(_HIGH), []
        for number in range(len(self._entries)):
            wide = self.theme.width("small", self._shown(number))
            if x and x + wide > width:
                x, y = 0.0, y + row
            places.append((x, y, min(wide, width)))
            x += wide + self.theme.width("small", " ")
        return places

    def paint_on(self, canvas: Canvas, width: float) -> None:
        high = self.theme.px(_HIGH)
        for number, (x, y, wide) in enumerate(self._places(width)):
            color = "accent" if number == self._pointed else "ink2"
            canvas.text(x, y + high / 2, self._shown(number), "small", color, width=wide + 1)
            if self.hasFocus() and number == self.current:
                canvas.rounded(QRectF(x - 3, y + 2, wide + 5, high - 4), 4, None, "focus", 2)


class TasteShelf(QWidget):
    """The part of a profile about tastes.

    Signals:
        opened: A taste was opened: its id.
        edited: The whole ledger is wanted.
        policy_asked: The review policy is wanted.
    """

    opened = Signal(int)
    edited = Signal()
    policy_asked = Signal()

    def __init__(self, desk: Desk, behind: Callable[[Entry], list[Book]]) -> None:
        super().__init__()
        self._desk = desk
        self._behind = behind
        self._popover: TastePopover | None = None
        self._waiting: tuple[TasteChips, int] | None = None
        theme, say = desk.theme, desk.say
        self.own = TasteChips(desk, say("Tastes"))
        self.audience = TasteNames(desk, say("Followers enjoy"))
        self._note = Label(theme, say("liked / read"), "small", "ink3")
        self.edit = Button(theme, say("Edit"), "link", height=24)
        self.edit.setAccessibleName(say("Edit the tastes"))
        followers = Label(theme, say("Followers enjoy"), "small", "ink2")
        self._none = Paragraph(theme, say("Nothing is known yet of what they enjoy."), "small", "ink3")
        self._card = Paragraph(theme, "", "small", "ink2")
        self.policy = Button(theme, "", "link", height=24)
        self._theirs = QWidget()
        sign = Painted(theme, lambda canvas, _, height: canvas.icon("users", 0, height / 2, 14, "ink3"), _HIGH, 15)
        before = line(sign, followers, spacing=5)
        theirs = line(before, self.audience, spacing=4)
        theirs.setAlignment(before, Qt.AlignmentFlag.AlignTop)
        theirs.setStretch(1, 1)
        self._theirs.setLayout(column(4, theirs))
        room = (LINK_ROOM, 0, LINK_ROOM, 0)
        head = line(Label(theme, say("Tastes"), "h3"), None, self._note, self.edit, spacing=6)
        known = column(self.own, self._none, self._theirs, margins=room)
        self._said = QWidget()
        self._said.setLayout(column(self._card, margins=(LINK_ROOM, 3, 2, 0)))
        self._policy_row = line(self._said, column(self.policy, None), None, spacing=0)
        self.setLayout(column(column(head, margins=(LINK_ROOM, 0, 0, 0)), 4, known, 2, self._policy_row))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_HOVER_MS)
        self._timer.timeout.connect(self._drop)
        for chips in (self.own, self.audience):
            chips.opened.connect(self.opened)
            chips.hovered.connect(lambda number, chips=chips: self._hover(chips, number))
        self.edit.clicked.connect(self.edited)
        self.policy.clicked.connect(self.policy_asked)

    def show_ledger(self, ledger: Ledger, card: Card | None) -> None:
        """Show somebody's tastes and policy."""
        self._hide()
        self.own.set_entries(ledger.own[:_SHOWN])
        self.audience.set_entries(ledger.audience[:_SHOWN])
        self._note.setVisible(bool(ledger.own))
        self._none.setVisible(not ledger.own)
        self._theirs.setVisible(bool(ledger.audience))
        summary = card_summary(self._desk, card) if card else ""
        self._card.set_text(summary)
        self._said.setVisible(bool(summary))
        say = self._desk.say
        self.policy.set_label(say("Policy") if card else say("Add their review policy"))
        for place, takes in ((0, card is not None), (2, card is None)):
            self._policy_row.setStretch(place, int(takes))
        self.policy.setAccessibleName(say("Review policy") if card else self.policy.text())
        self.policy.setToolTip(card_note(self._desk, card) if card else "")

    def _hover(self, chips: TasteChips, number: int) -> None:
        self._hide()
        self._waiting = (chips, number) if number >= 0 else None
        if self._waiting:
            self._timer.start()

    def _drop(self) -> None:
        if self._waiting is None or not self.isVisible():
            return
        chips, number = self._waiting
        if number < len(chips.entries):
            entry = chips.entries[number]
            window = self.window()
            self._popover = TastePopover(self._desk, window, entry, self._behind(entry))
            rect = chips.place_of(number)
            self._popover.drop_at(chips.mapTo(window, QPoint(round(rect.left()) - 8, round(rect.bottom()))))

    def _hide(self) -> None:
        self._timer.stop()
        if self._popover is not None:
            self._popover.hide()
            self._popover.deleteLater()
            self._popover = None

    def hideEvent(self, event: QHideEvent) -> None:
        self._hide()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(280, super().sizeHint().height())


def rule_name(desk: Desk, rule: Rule) -> str:
    """What a rule of a policy is about."""
    if rule.kind == "genre":
        return desk.words.named(load_genres().name(rule.key))
    if rule.kind == "format":
        return desk.words.inside(desk.words.term("format", rule.key))
    if rule.kind == "country":
        return desk.words.country(rule.key)
    return desk.say("Their blog") if rule.key == "blog" else platform_name(rule.key)


def card_summary(desk: Desk, card: Card) -> str:
    """What to mind of a policy, in a sentence or two: whether she takes requests, and what she does not take.

    What she takes otherwise and where parcels may go is in the policy itself.
    """
    say, words = desk.say, desk.words

    def named(*kinds: str, allows: bool) -> str:
        return words.listing([rule_name(desk, rule) for kind in kinds for rule in card.of(kind, allows=allows)], 4)

    only, without = named("genre", allows=True) if card.genres_only else "", named("genre", "format", allows=False)
    parts = [] if card.is_open is None else [say("Open to requests") if card.is_open else say("Closed to requests")]
    parts += [say("only {what}", what=only)] if only else []
    sentences = [", ".join(parts), say("no {what}", what=without) if without else ""]
    return " ".join(f"{each[:1].upper()}{each[1:]}." for each in sentences if each)


def card_note(desk: Desk, card: Card) -> str:
    """How long she takes, and the day her policy was read, where they are known."""
    words = desk.words
    weeks = words.trn("About {number} week", "About {number} weeks", card.weeks) if card.weeks else ""
    read = words.tr("Read {day}", day=words.day(card.read_on)) if card.read_on else ""
    return ". ".join(filter(None, (weeks, read)))
