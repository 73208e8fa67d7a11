"""Choosing one thing of many: type some letters of its name, go down, press Enter."""

import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from outreach.services.pages.people import PeopleOrder, PeopleQuery, people_ids, people_lines
from outreach.services.pages.title import TitleLine, title_lines
from outreach.services.people.people import search_words
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import paint_person, paint_title
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Label, column
from outreach.ui.widgets.lists import FilterField

Chosen = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is chosen: how its rows are found, fetched, painted and named."""

    title: str
    hint: str
    find: Callable[[Store, str], Any]
    fetch: Callable[[Store, Sequence[int]], dict[int, Any]]
    paint: Callable[[Desk, Canvas, QRectF, Any], None]
    name: Callable[[Any], str]


def _find_titles(_store: Store, words: str) -> "array.array[int]":
    return array.array("q", [line.id for line in title_lines(search_words(words))])


def _fetch_titles(_store: Store, ids: Sequence[int]) -> dict[int, TitleLine]:
    wanted = set(ids)
    return {line.id: line for line in title_lines() if line.id in wanted}


def _paint_title(desk: Desk, canvas: Canvas, rect: QRectF, row: TitleLine) -> None:
    paint_title(canvas, rect, row.id, row.title, row.author or desk.words.day(row.pub_date),
                is_book=row.kind == "book")  # fmt: skip


KINDS = {
    "title": Kind(
        "Which title?", "Type some of its name", _find_titles, _fetch_titles, _paint_title, lambda row: str(row.title)
    ),
    "person": Kind(
        "Who?",
        "Type some of the name",
        lambda store, words: people_ids(store, PeopleQuery(words, PeopleOrder.LAST)),
        lambda store, ids: dict(people_lines(store, ids)),
        lambda desk, canvas, rect, row: paint_person(canvas, rect, row, desk.words),
        lambda row: str(row.name),
    ),
}


class Chooser(Overlay):
    """A field and the list that it filters."""

    def __init__(self, desk: Desk, parent: QWidget, kind: str, chosen: Chosen) -> None:
        self._desk = desk
        self._kind = KINDS[kind]
        self._chosen = chosen
        self._shown_for: str | None = None
        self._is_entered = False
        theme, say = desk.theme, desk.say
        self._field = FilterField(theme, say(self._kind.hint), fills=True)
        self._field.setMinimumWidth(200)
        shown = Column("row", "", 0, lambda c, r, row: self._kind.paint(desk, c, r, row), self._kind.name)
        self._model = RowModel([shown], lambda ids: self._kind.fetch(desk.store, ids), self._kind.name)
        self._list = TableView(theme, self._model, 50, headings=False, inset=14, lined=False, folds=False)
        self._list.setAccessibleName(say(self._kind.title))
        panel = QWidget()
        panel.setLayout(
            column(Label(theme, say(self._kind.title), "h2"), self._field, self._list, spacing=10, margins=(18,) * 4)
        )
        super().__init__(theme, parent, panel, 520, 480)
        self._model.setParent(self)
        self._field.filtered.connect(self._filter)
        self._field.left_down.connect(self._list.setFocus)
        self._field.installEventFilter(self)
        self._list.opened.connect(self._choose)
        self._list.clicked.connect(lambda _: self._choose(self._list.current_id()))
        self._field.setFocus()
        self._filter("")

    def enter(self) -> None:
        # Enter may be faster than the list: then it means the first of what is coming.
        self._is_entered = self._shown_for != self._field.text()
        if not self._is_entered:
            self._choose(self._list.current_id())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_overlay()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, words: str) -> None:
        def show(ids: "array.array[int]") -> None:
            self._model.set_ids(ids)
            self._list.select_first()
            self._shown_for = words
            if self._is_entered:
                self.enter()

        self._desk.runner.read(lambda store: self._kind.find(store, words), then=self.still(show), replaces="chooser")

    def _choose(self, row_id: int) -> None:
        place = self._model.place_of(row_id)
        if place >= 0:
            name = self._kind.name(self._model.row(place))
            self.close_overlay()
            self._chosen(row_id, name)


class Pick(QAbstractButton):
    """A field that holds one thing, chosen from many.

    Attributes:
        row_id: What is held, by its id; -1 for nothing.
        held: Its name; what is held is the user's, and no word of ours.

    Signals:
        picked: Something else is held now: its id.
    """

    picked = Signal(int)

    def __init__(self, desk: Desk, kind: str, icon: str, hint: str) -> None:
        super().__init__()
        self._desk = desk
        self._kind = kind
        self._icon = icon
        self._hint = hint
        self.row_id = -1
        self.held = ""
        self.setAccessibleName(hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        desk.theme.changed.connect(self.update)

    def hold(self, row_id: int, name: str) -> None:
        """Hold something."""
        self.row_id = row_id
        self.held = name
        self.setAccessibleDescription(name)
        self.update()
        self.picked.emit(row_id)

    def suggest(self, hint: str) -> None:
        """Hold nothing, and say in its place what is meant then."""
        self.row_id = -1
        self._hint = hint
        self.held = ""
        self.setAccessibleDescription(hint)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, self._desk.theme.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Space) or (event.key() == Qt.Key.Key_Return and self.row_id < 0):
            self._open()
        else:
            event.ignore()

    def _open(self) -> None:
        ground = self.window().findChild(QWidget, "ground")
        if isinstance(ground, QWidget):
            Chooser(self._desk, ground, self._kind, self.hold)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme: Theme = self._desk.theme
        canvas = Canvas.on(self, theme)
        rect, middle = QRectF(self.rect()), self.height() / 2
        edge, width = ("focus", 2) if self.hasFocus() else ("control", 1)
        canvas.rounded(rect, 6, "inset" if theme.is_dark else "sheet", edge, width)
        canvas.icon(self._icon, 9, middle, 15, "ink2")
        room = self.width() - 32 - 30
        if self.held:
            canvas.text(32, middle, self.held, "title" if self._kind == "title" else "body", width=room)
        else:
            canvas.text(32, middle, self._hint, "body", "ink3", width=room)
        canvas.icon("chevron-down", self.width() - 24, middle, 14, "ink2")
        canvas.painter.end()
