"""Beside a match: who fits unexpectedly, and who could read together; what suits a person, and who reads alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.jobs import Job
from outreach.services.catalogue.catalogue import show_item
from outreach.services.catalogue.genres import load_genres
from outreach.services.matching import ItemFit
from outreach.services.matching.apart import BesideFits, Suiting, beside_apart, suiting_apart
from outreach.services.matching.fits import Alike, Pair, Unexpected
from outreach.services.people.people import show_person
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.covers import cover
from outreach.ui.paint.fits import BARS, paint_reasons
from outreach.ui.paint.marks import avatar, fit_bars
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import Segments

_WIDE, _HIGH, _ROW = 780, 600, 86
_LEFT, _ROOM, _GAP = 64, 214, 18


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the list.

    Attributes:
        id: Its place.
        name: Who, or what.
        below: What stands below the name.
        why: What speaks for it, a line each with its icon.
        people: Who is meant.
        item_id: The title that is meant, 0 for none.
        fit: How a title fits, where it is one.
    """

    id: int
    name: str
    below: str
    why: tuple[tuple[str, tuple[Run, ...]], ...]
    people: tuple[int, ...]
    item_id: int = 0
    fit: ItemFit | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """One of the two lists.

    Attributes:
        label: Its name.
        about: What it shows.
        empty: What is said where it is empty.
        does: What can be done with a line.
        act: Does that.
    """

    key: str
    label: str
    about: str
    empty: str
    does: str
    icon: str
    act: Callable[[Found], None]


class ShelvesDialog(Overlay):
    """Two lists, of which one is seen, worked out beside the window's own thread."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, shelves: Sequence[Shelf]) -> None:
        theme, say = desk.theme, desk.say
        self._desk = desk
        self._shelves = {each.key: each for each in shelves}
        self._found: dict[str, list[Found]] | None = None
        self.which = Segments(theme, [(each.key, each.label) for each in shelves])
        self._about = Paragraph(theme, "", "small", "ink2")
        shown = Column("found", say("Found"), 0, self._paint, lambda row: str(row.name))
        self.model = RowModel([shown], lambda _: {}, self._speak)
        self.list = TableView(theme, self.model, _ROW, headings=False, inset=20)
        self.list.setAccessibleName(shelves[0].label)
        self._empty = Label(theme, say("Looking through everybody’s record"), "body", "ink2", wrap=True)
        self._stack = QStackedWidget()
        message = QWidget()
        message.setLayout(column(self._empty, None, margins=(26, 18, 26, 0)))
        for each in (message, self.list):
            self._stack.addWidget(each)
        close = Button(theme, say("Close"), key="Esc")
        self.go = Button(theme, shelves[0].does, "primary", shelves[0].icon, "Enter")
        head, foot = QWidget(), QWidget()
        head.setLayout(column(Label(theme, title, "h2", wrap=True), 10, line(self.which, None), 8, self._about,
                              margins=(26, 22, 26, 12)))  # fmt: skip
        foot.setLayout(line(None, close, self.go, margins=(26, 12, 26, 18)))
        panel = QWidget()
        body = column(head, Rule(theme), self._stack, Rule(theme), foot)
        body.setStretch(2, 1)
        panel.setLayout(body)
        super().__init__(theme, parent, panel, _WIDE, _HIGH)
        self.model.setParent(self)
        self.which.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda _: self._act())
        self.go.clicked.connect(self._act)
        close.clicked.connect(self.close_overlay)
        self._show()
        self.which.setFocus()
        self.focusNextPrevChild(True)

    def look(self, job: Job, work: Callable[[Store, Job], Any], then: Callable[[Any], dict[str, list[Found]]]) -> None:
        """Work out what stands on the shelves; closing gives it up."""
        self.closed.connect(job.cancel)
        self._desk.runner.run(
            job, work, then=self.still(lambda found: self._take(then(found))), failed=self.still(self._fail)
        )

    def enter(self) -> None:
        self._act()

    def _take(self, found: dict[str, list[Found]]) -> None:
        self._found = found
        for key, shelf in self._shelves.items():
            self.which.set_label(key, shelf.label, len(found[key]))
        self._show()
        if self._stack.currentWidget() is self.list:
            self.list.setFocus()

    def _fail(self, error: Exception) -> None:
        self._empty.setText(self._desk.sentence(error))

    def _show(self) -> None:
        shelf = self._shelves[self.which.key]
        rows = self._found[shelf.key] if self._found is not None else []
        self._about.set_text(shelf.about)
        self.list.setAccessibleName(shelf.label)
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        if self._found is not None:
            self._empty.setText(shelf.empty)
        if rows:
            self.list.select_first()
        self.go.set_label(shelf.does)
        self.go.setEnabled(bool(rows))

    def _act(self) -> None:
        rows = (self._found or {}).get(self.which.key, [])
        chosen = next((each for each in rows if each.id == self.list.current_id()), None)
        if chosen is not None:
            self.close_overlay()
            self._shelves[self.which.key].act(chosen)

    def _speak(self, row: Found) -> str:
        words = self._desk.words
        why = ["".join(text for text, *_ in runs) for _, runs in row.why]
        if row.fit is not None:
            why = [words.reason(each.code, each.facts) for each in (*row.fit.reasons, *row.fit.cautions)]
        return ", ".join(filter(None, (row.name, row.below, *why)))

    def _paint(self, canvas: Canvas, rect: QRectF, row: Found) -> None:
        middle, x = rect.center().y(), rect.left() + _LEFT
        why = QRectF(x + _ROOM + _GAP, rect.top(), rect.right() - x - _ROOM - _GAP - 16, rect.height())
        if row.fit is not None:
            cover(canvas, rect.left(), middle - 33, 44, row.item_id, row.fit.title, is_book=True)
            canvas.text(x, middle - canvas.px(20), row.name, "title", width=_ROOM)
            canvas.text(x, middle, row.fit.author, "small", "ink2", width=_ROOM)
            fit_bars(canvas, x, middle + canvas.px(27), BARS[row.fit.band])
            canvas.text(x + 38, middle + canvas.px(20), self._desk.words.term("band", row.fit.band), "smallm", "ink2")
            paint_reasons(canvas, why, row.fit, self._desk.words)
            return
        names = row.name.split("\n")
        for number, name in enumerate(names):
            top = middle - 18 + (number - (len(names) - 1) / 2) * 38
            avatar(canvas, rect.left() + 4, top, 36, name)
            canvas.text(x, top + 18 - (canvas.px(9) if row.below else 0), name, "strong", width=_ROOM)
            if row.below:
                canvas.text(x, top + 18 + canvas.px(11), row.below, "small", "ink2", width=_ROOM)
        for number, (icon, runs) in enumerate(row.why):
            at = middle + (number - (len(row.why) - 1) / 2) * canvas.px(20)
            canvas.icon(icon, why.left(), at, 14, "ink3")
            canvas.runs(why.left() + 23, at, runs, why.width() - 23)


def beside_dialog(desk: Desk, parent: QWidget, item_id: int) -> None:
    """Who shares a title's mood and not its genre, and pairs who could read it together."""
    say = desk.say
    title = str(show_item(item_id).values["title"])

    def plan(row: Found) -> None:
        desk.ask("gift", (list(row.people), item_id))

    dialog = ShelvesDialog(desk, parent, title, [
        Shelf("unexpected", say("Unexpected fits"),
              say("They read none of its genres, and like books of the same mood or theme."),
              say("Nobody shares a mood with it and none of its genres. Keywords on the title, and what people say of "
                  "books, make more to find."), say("Plan a gift"), "gift", plan),
        Shelf("together", say("Two together"),
              say("Pairs among those who fit: close enough to talk, different enough to have something to say."),
              say("It takes two who fit well and read something else besides."), say("Plan for both"), "gift", plan),
    ])  # fmt: skip

    def shelved(found: BesideFits) -> dict[str, list[Found]]:
        return {
            "unexpected": [_unexpected(desk, number, each) for number, each in enumerate(found.unexpected, 1)],
            "together": [_pair(desk, number, each) for number, each in enumerate(found.together, 1)],
        }

    dialog.look(Job("Matching people", repeatable=False), lambda store, job: beside_apart(store, item_id, job), shelved)


def suiting_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Which of the newest titles suit a person, and who has much the same taste."""
    say = desk.say
    name = str(show_person(desk.store, person_id).values["name"])
    dialog = ShelvesDialog(desk, parent, say("What would suit {name}?", name=name), [
        Shelf("titles", say("Titles"), say("The newest titles that fit, the best first, and why."),
              say("Nothing is known yet that speaks for one of your titles: a taste, a book read, an author."),
              say("Plan a gift"), "gift", lambda row: desk.ask("gift", ([person_id], row.item_id))),
        Shelf("alike", say("Read alike"), say("Who reads more than others of the same, and liked the same books."),
              say("Nobody is known to read much the same."), say("Open profile"), "users",
              lambda row: desk.go("people", row.people[0])),
    ])  # fmt: skip

    def shelved(found: Suiting) -> dict[str, list[Found]]:
        titles = [_title(person_id, each) for each in found.match.fits]
        return {"titles": titles, "alike": [_alike(desk, number, each) for number, each in enumerate(found.alike, 1)]}

    dialog.look(
        Job("Matching titles", repeatable=False), lambda store, job: suiting_apart(store, person_id, job), shelved
    )


def _title(person_id: int, fit: ItemFit) -> Found:
    return Found(fit.item_id, fit.title, fit.author, (), (person_id,), fit.item_id, fit)


def _unexpected(desk: Desk, number: int, each: Unexpected) -> Found:
    shared = desk.words.reason_parts("likes_keyword", {"words": ", ".join(each.words[:3])})
    runs = tuple((text, "medium" if fact else "body", "ink") for text, fact in shared)
    other = ((desk.say("Reads none of its genres so far"), "body", "ink2"),)
    return Found(number, each.name, "", (("heart", runs), ("info", other)), (each.person_id,))


def _pair(desk: Desk, number: int, each: Pair) -> Found:
    say, known = desk.say, load_genres()
    both = say("Both read {genres}", genres=", ".join(known.name(code) for code in each.together))
    lines = [("heart", ((both, "body", "ink"),))]
    if each.apart:
        apart = say("One of them brings {genres}", genres=", ".join(known.name(code) for code in each.apart))
        lines.append(("users", ((apart, "body", "ink2"),)))
    return Found(number, "\n".join(each.names), "", tuple(lines), each.people)


def _alike(desk: Desk, number: int, each: Alike) -> Found:
    say, known = desk.say, load_genres()
    lines: list[tuple[str, tuple[Run, ...]]] = []
    if each.genres:
        genres = say("Both read {genres}", genres=", ".join(known.name(code) for code in each.genres))
        lines.append(("heart", ((genres, "body", "ink"),)))
    if each.titles:
        titles = say("Both liked {titles}", titles=", ".join(each.titles))
        lines.append(("book-open", ((titles, "body", "ink"),)))
    below = say("{share} the same taste", share=desk.words.share(each.share))
    return Found(number, each.name, below, tuple(lines), (each.person_id,))
