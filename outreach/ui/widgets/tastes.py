"""The taste ledger on a profile: chips that open what is behind them, own and audience, and the review policy."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.fields.platforms import platform_name
from outreach.services.genres import load_genres
from outreach.services.policies.card import Card, Rule
from outreach.services.tastes.ledger import Entry, Ledger, Proof
from outreach.services.tastes.readings import Book
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, pointed_at
from outreach.ui.paint.marks import soft_shadow, taste, taste_width
from outreach.ui.widgets.basics import LINK_ROOM, Button, Label, column, line
from outreach.ui.widgets.flow import Block, Paragraph
from outreach.wording import Words

_ROW, _HIGH, _GAP = 28, 24, 6
_SHOWN, _MOST_PROOFS, _MOST_BOOKS = 9, 4, 5
_HOVER_MS = 350
_POPOVER = 340
_STARS = "★"
_AVOIDED = ("dislike", "limit")


def count_of(entry: Entry) -> str:
    """How many of its books were liked, of how many; empty where none was read."""
    return f"{entry.count.liked}/{entry.count.said}" if entry.count.said and entry.polarity == "like" else ""


def share_of(entry: Entry) -> float | None:
    """How far its chip is filled; not at all where nothing was read of it."""
    if entry.polarity != "like" or not entry.count.said:
        return None
    return entry.count.liked / entry.count.said


def standing(words: Words, entry: Entry) -> str:
    """How a taste stands: how its books were liked, and how sure it is."""
    parts = []
    if entry.polarity != "like":
        parts.append(words.term("polarity", entry.polarity))
    if entry.count.said:
        parts.append(words.tr("liked {liked} of {read}", liked=entry.count.liked, read=entry.count.said))
    elif entry.count.read:
        parts.append(words.trn("read {number}", "read {number}", entry.count.read))
    parts.append(words.term("confidence", entry.confidence.value).lower())
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def spoken(words: Words, entry: Entry) -> str:
    """A taste for those who listen: "YA fantasy, liked 9 of 11, well founded"."""
    return f"{entry.subject}, {standing(words, entry).lower()}"


def proof_head(desk: Desk, proof: Proof) -> str:
    """Where a piece of evidence comes from, and when it was seen."""
    words = desk.words
    kind = words.term("proof", proof.kind)
    if proof.kind == "shelf":
        kind = words.tr("Their {program} shelves", program=words.term("reading_source", proof.text))
    elif proof.kind == "questions":
        number = int(proof.text) if proof.text.isdigit() else 0
        kind = words.trn("{number} follower asked what book it is", "{number} followers asked what book it is", number)
    parts = [kind, proof.about, desk.day(proof.day) if proof.day else ""]
    return ", ".join(filter(None, parts))


def book_line(desk: Desk, book: Book) -> str:
    """A book as one line: its title, what was said of it, and when."""
    said = ""
    if book.rating is not None:
        said = f"{_STARS}{book.rating:g}"
    elif book.status == "dnf":
        said = desk.say("did not finish")
    elif book.liked is not None:
        said = desk.say("liked it") if book.liked else desk.say("did not like it")
    return ", ".join(filter(None, (book.title, said, desk.day(book.read_on) if book.read_on else "")))


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
            wide = taste_width(
                self.theme, entry.subject, avoid=entry.polarity in _AVOIDED, count=count_of(entry)
            )  # fmt: skip
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
            taste(canvas, x, y + middle, entry.subject, share_of(entry), avoid=avoid, count=count_of(entry))
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

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = -1
        self.hovered.emit(-1)

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


class EvidenceBlock(Block):
    """What a taste rests on: how it stands, her words with where they come from, and the books."""

    def __init__(self, desk: Desk, entry: Entry, books: Sequence[Book], *, most: int = _MOST_PROOFS) -> None:
        self._desk = desk
        theme = desk.theme
        self._lines: list[tuple[str, str, str, float]] = [(standing(desk.words, entry), "smallm", "ink2", 0)]
        for proof in entry.proofs[:most]:
            self._lines.append((proof_head(desk, proof), "small", "ink3", 8))
            if proof.text and proof.kind not in ("shelf", "list", "questions"):
                self._lines.append((f"“{proof.text}”", "quote", "ink", 1))
        if len(entry.proofs) > most:
            self._lines.append((desk.words.trn("and {number} more", "and {number} more", len(entry.proofs) - most),
                                "small", "ink3", 4))  # fmt: skip
        if not entry.proofs:
            day = desk.day(entry.noted_on) if entry.noted_on else ""
            noted = desk.say("Noted {day}, without evidence so far", day=day) if day else desk.say("No evidence so far")
            self._lines.append((noted, "small", "ink3", 6))
        for number, book in enumerate(books[:_MOST_BOOKS]):
            self._lines.append((book_line(desk, book), "titles", "ink2", 8 if number == 0 else 1))
        if len(books) > _MOST_BOOKS:
            self._lines.append((desk.words.trn("and {number} more book", "and {number} more books",
                                               len(books) - _MOST_BOOKS), "small", "ink3", 1))  # fmt: skip
        super().__init__(theme, ". ".join(text for text, *_ in self._lines))

    def height_at(self, width: float) -> float:
        return sum(gap + self.laid(text, role, width, 3).height for text, role, _, gap in self._lines)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        y = 0.0
        for text, role, color, gap in self._lines:
            y += gap
            laid = self.laid(text, role, width, 3)
            laid.paint(canvas, 0, y, color)
            y += laid.height


class TastePopover(QWidget):
    """What a taste rests on, beside its chip, for as long as that is pointed at."""

    def __init__(self, desk: Desk, parent: QWidget, entry: Entry, books: Sequence[Book]) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        evidence = EvidenceBlock(desk, entry, books)
        self.setLayout(column(Label(desk.theme, entry.subject, "h3"), 2, evidence, margins=(22, 18, 22, 20)))
        wide = desk.theme.px(_POPOVER)
        inner = wide - 44
        self.resize(wide, round(evidence.height_at(inner)) + desk.theme.line_height("h3") + 42)

    def drop_at(self, place: QPoint) -> None:
        """Stand there, within the window."""
        parent = self.parentWidget()
        assert parent is not None
        x = max(8, min(place.x(), parent.width() - self.width() - 8))
        y = place.y() if place.y() + self.height() < parent.height() else max(8, place.y() - self.height() - 34)
        self.move(x, y)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        rect = QRectF(self.rect()).adjusted(8, 6, -8, -10)
        soft_shadow(canvas, rect, 8, 8, 0.012, 3)
        canvas.rounded(rect, 8, "sheet", "line2")
        canvas.painter.end()


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
        self.audience = TasteChips(desk, say("Followers enjoy"))
        self._note = Label(theme, say("liked / read"), "small", "ink3")
        self.edit = Button(theme, say("Edit"), "link", height=24)
        self.edit.setAccessibleName(say("Edit the tastes"))
        followers = Label(theme, say("Followers enjoy"), "small", "ink3")
        self._none = Paragraph(theme, say("Nothing is known yet of what they enjoy."), "small", "ink3")
        self._card = Paragraph(theme, "", "small", "ink2")
        self.policy = Button(theme, "", "link", height=24)
        self._theirs = QWidget()
        self._theirs.setLayout(column(6, followers, 4, self.audience))
        room = (LINK_ROOM, 0, LINK_ROOM, 0)
        head = line(Label(theme, say("Tastes"), "h3"), None, self._note, self.edit, spacing=6)
        known = column(self.own, self._none, self._theirs, 8, self._card, margins=room)
        self.setLayout(column(column(head, margins=(LINK_ROOM, 0, 0, 0)), 4, known, line(self.policy, None, spacing=0)))
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
        self._note.setVisible(any(entry.count.said for entry in ledger.own))
        self._none.setVisible(not ledger.own)
        self._theirs.setVisible(bool(ledger.audience))
        summary = card_summary(self._desk, card) if card else ""
        self._card.set_text(summary)
        say = self._desk.say
        self.policy.set_label(say("Review policy") if card else say("Add their review policy"))

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
        return load_genres().name(rule.key)
    if rule.kind == "format":
        return desk.words.term("format", rule.key).lower()
    if rule.kind == "country":
        return desk.words.country(rule.key)
    return desk.say("Their blog") if rule.key == "blog" else platform_name(rule.key)


def card_summary(desk: Desk, card: Card) -> str:
    """A policy in one or two lines, and the day it was read."""
    say, words = desk.say, desk.words

    def named(kind: str, *, allows: bool) -> str:
        return words.listing([rule_name(desk, rule) for rule in card.of(kind, allows=allows)], 4)

    parts = [] if card.is_open is None else [say("Open to requests") if card.is_open else say("Closed to requests")]
    for kind in ("genre", "format"):
        if yes := named(kind, allows=True):
            only = kind == "genre" and card.genres_only
            parts.append(say("only {what}", what=yes) if only else say("takes {what}", what=yes))
        if no := named(kind, allows=False):
            parts.append(say("no {what}", what=no))
    if places := named("country", allows=True):
        parts.append(say("parcels to {places}", places=places))
    if card.weeks:
        parts.append(words.trn("about {number} week", "about {number} weeks", card.weeks))
    said = "; ".join(parts)
    day = words.day(card.read_on) if card.read_on else ""
    return ". ".join(filter(None, (said[:1].upper() + said[1:], say("Read {day}", day=day) if day else "")))
