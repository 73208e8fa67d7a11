"""Filter chips: the terms of a query, each with a cross; what is typed as a term becomes one."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget

from outreach.fields.countries import country_code
from outreach.fields.text import fold
from outreach.services.catalogue.genres import load_genres
from outreach.services.pages.filtering import FIELDS, FLAGS, HAS, Term, parse
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.widgets.basics import Button, line
from outreach.ui.widgets.lists import FilterField, clear_layout
from outreach.ui.widgets.menus import Menu
from outreach.wording import Words

_ICONS = {
    "taste": "heart", "audience": "users", "country": "map-pin", "role": "store", "platform": "link", "tag": "tag",
    "had": "gift", "posted": "message-square-quote", "gifts": "gift", "has": "check", "suppressed": "ban",
    "roster": "users", "owner": "shield-check", "idle": "moon", "archived": "library", "away": "clock",
    "notice_due": "info", "campaign": "flag", "import": "download",
}  # fmt: skip


#: Narrower than this a chip says nothing, in pixels at normal text size.
_LEAST = 84
#: How wide the field is, and how wide beside more than one chip.
_FIELD, _FIELD_BESIDE = 200, 160


class Chip(QAbstractButton):
    """One term; a click changes it, the cross or Delete takes it away."""

    removed = Signal()

    def __init__(self, desk: Desk, term: Term) -> None:
        super().__init__()
        self._desk = desk
        self._term = term
        self._name = desk.words.term("filter", term.field)
        self._value = shown_value(desk.words, term)
        self.setText(f"{self._name} {self._value}".strip())
        value = self._value or desk.say("on")
        self.setAccessibleName(
            desk.say("{field} is not {value}", field=self._name, value=value)
            if term.negated
            else desk.say("{field} is {value}", field=self._name, value=value)
        )
        self.setAccessibleDescription(desk.say("Remove with Delete"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.text())

    def _parts(self) -> tuple[str, str]:
        return (f"{self._desk.say('not')} {self._name}" if self._term.negated else self._name), self._value

    def sizeHint(self) -> QSize:
        theme = self._desk.theme
        name, value = self._parts()
        wide = 28 + theme.width("smallm", name) + (4 + theme.width("smalls", value) if value else 0) + 30
        return QSize(round(wide), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), self._desk.theme.px(_LEAST)), whole.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - 26:
            self.removed.emit()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        rect, middle = QRectF(self.rect()), self.height() / 2
        name, value = self._parts()
        whole = self._term.is_whole
        ink = "accent" if whole else "warn"
        canvas.rounded(rect, 6, "accent_tint" if whole else "warn_tint", ink if canvas.theme.is_contrasting else None)
        if self.hasFocus():
            canvas.rounded(rect, 6, None, "focus", 2)
        canvas.icon(_ICONS.get(self._term.field, "tag"), 9, middle, 14, ink, 1.9)
        theme, x, end = canvas.theme, 28.0, self.width() - 30
        # Where there is little room the name gives way: the icon and the value say enough.
        has_room = x + theme.width("smallm", name) + 4 + theme.width("smalls", value) <= end + 1
        if has_room or not value:
            x += canvas.text(x, middle, name, "smallm", "ink2" if whole else "warn", width=end - x + 1) + 4
        if value:
            canvas.text(x, middle, value, "smalls", ink, width=end - x + 1)
        canvas.icon("x", self.width() - 22, middle, 12, ink, 2.25)
        canvas.painter.end()


def shown_value(words: Words, term: Term) -> str:
    """What stands on a chip: a genre and a country by their names, the rest as it was typed.

    A word that is in the names of other genres too finds those as well: they are counted.
    """
    if term.field in ("taste", "audience"):
        genres, typed = load_genres(), fold(term.value)
        genre = genres.of_word(term.value)
        if genre is None:
            return term.value
        also = sum(each != genre and typed in fold(each.name) for each in genres.by_code.values())
        return words.named(genre.name) + (f", +{also}" if also else "")
    if term.field == "country":
        code = country_code(term.value)
        return words.country(code) if code else term.value
    return term.value


class FilterBar(QWidget):
    """A filter field whose terms become chips.

    Signals:
        filtered: The whole query, once it stands in the field.
    """

    filtered = Signal(str)

    def __init__(self, desk: Desk, hint: str) -> None:
        super().__init__()
        self._desk = desk
        self._terms: list[Term] = []
        self.field = FilterField(desk.theme, hint)
        self._chips = line(spacing=8)
        self._add = Button(desk.theme, desk.say("Filter"), "chip", "plus", height=28)
        self._add.clicked.connect(self._open_menu)
        # More chips than there is room for scroll out of sight rather than widen the page.
        holder = QWidget()
        holder.setLayout(self._chips)
        self._room = QScrollArea()
        self._room.setWidget(holder)
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        desk.theme.changed.connect(self._restyle)
        self._restyle()
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.hide()
        self.setLayout(line(self.field, self._room, self._add))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.field.filtered.connect(lambda _: self._typed())
        self.field.installEventFilter(self)

    def _restyle(self) -> None:
        px = self._desk.theme.px
        self._room.setFixedHeight(px(30))
        # What is filtered by is told rather than what could be typed.
        self.field.setFixedWidth(px(_FIELD_BESIDE if len(self._terms) > 1 else _FIELD))

    @property
    def has_terms(self) -> bool:
        """Whether there is a chip."""
        return bool(self._terms)

    @property
    def query(self) -> str:
        """The chips and what is typed, as one query."""
        return " ".join([*map(str, self._terms), self.field.text()]).strip()

    def set_query(self, query: str) -> None:
        """Show another query, and filter by it."""
        terms, words = parse(query)
        self._terms = [term for term in terms if term.is_whole]
        self.field.setText(words)
        self._show()
        self.filtered.emit(self.query)

    def clear(self) -> None:
        """No chip and no word."""
        self._terms.clear()
        self.field.clear()
        self._show()
        self.filtered.emit("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Backspace and not self.field.text() and self._terms:
                self._remove(len(self._terms) - 1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._take(also_last=True):
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._take(also_last=False)
        self.filtered.emit(self.query)

    def _take(self, *, also_last: bool) -> bool:
        """Make chips of the terms that are typed whole: those with a blank behind them, or all on Enter."""
        text = self.field.text()
        done, rest = (text, "") if also_last else (text, "") if text.endswith(" ") else _cut(text)
        terms, words = parse(done)
        terms = tuple(term for term in terms if term.is_whole)
        if not terms:
            return False
        self._terms += [term for term in terms if term not in self._terms]
        self.field.setText(" ".join(filter(None, (words, rest))))
        self._show()
        self.filtered.emit(self.query)
        return True

    def _show(self) -> None:
        clear_layout(self._chips)
        for number, term in enumerate(self._terms):
            chip = Chip(self._desk, term)
            chip.removed.connect(lambda number=number: self._remove(number))
            chip.clicked.connect(lambda _=False, number=number: self._change(number))
            self._chips.addWidget(chip)
        wide = sum(chip.sizeHint().width() + 8 for chip in map(self._chip_at, range(len(self._terms))))
        self._room.setMaximumWidth(max(1, wide))
        self._room.setVisible(bool(self._terms))
        self._restyle()
        self.updateGeometry()

    def _chip_at(self, number: int) -> QWidget:
        item = self._chips.itemAt(number)
        widget = item.widget() if item is not None else None
        assert widget is not None
        return widget

    def _remove(self, number: int) -> None:
        del self._terms[number]
        self._show()
        self.field.setFocus()
        self.filtered.emit(self.query)

    def _change(self, number: int) -> None:
        term = self._terms.pop(number)
        self._show()
        self.field.setText(str(term))
        self.field.setFocus()

    def menu(self) -> Menu:
        """The fields that one can filter by."""
        menu = Menu(self)
        for field in FIELDS:
            if field == "has":
                for value in HAS:
                    words = self._desk.say("Has {what}", what=self._desk.words.term("has", value))
                    menu.addAction(words).triggered.connect(self._adder(Term("has", value)))
            else:
                menu.addAction(self._desk.words.term("filter", field)).triggered.connect(self._beginner(field))
        words = self._desk.say("Not those who asked not to be contacted")
        menu.addAction(words).triggered.connect(self._adder(Term("suppressed", negated=True)))
        menu.addSeparator()
        for flag in FLAGS[1:]:
            menu.addAction(self._desk.words.term("filter", flag)).triggered.connect(self._adder(Term(flag)))
        return menu

    def _adder(self, term: Term) -> Callable[..., None]:
        def add(*_: object) -> None:
            if term not in self._terms:
                self._terms.append(term)
                self._show()
                self.filtered.emit(self.query)

        return add

    def _beginner(self, field: str) -> Callable[..., None]:
        def begin(*_: object) -> None:
            self.field.setText(f"{self.field.text()} {field}:".lstrip())
            self.field.setFocus()

        return begin

    def _open_menu(self) -> None:
        self.menu().drop_from(self._add)


def _cut(text: str) -> tuple[str, str]:
    """What stands before the last blank, typed whole, and what is being typed; quotes hold a value together."""
    at = text.rfind(" ")
    if text.count('"') % 2:
        at = text.rfind(" ", 0, text.rfind('"'))
    return (text[:at], text[at + 1 :]) if at >= 0 else ("", text)
