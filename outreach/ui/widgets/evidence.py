"""How a taste stands and what it rests on: its proofs and books, on a profile and dropped from a chip."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.services.tastes.ledger import Entry, Proof
from outreach.services.tastes.readings import Book
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import soft_shadow
from outreach.ui.widgets.basics import Label, column
from outreach.ui.widgets.flow import Block
from outreach.wording import Words, small

_MOST_PROOFS, _MOST_BOOKS = 4, 5
_POPOVER = 340
_STARS = "★"


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
    parts.append(small(words.term("confidence", entry.confidence.value)))
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def spoken(words: Words, entry: Entry) -> str:
    """A taste for those who listen: "YA fantasy, liked 9 of 11, well founded"."""
    return f"{words.named(entry.subject)}, {small(standing(words, entry))}"


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
        self.setLayout(
            column(Label(desk.theme, desk.words.named(entry.subject), "h3"), 2, evidence, margins=(22, 18, 22, 20))
        )
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
