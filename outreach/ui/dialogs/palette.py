"""The palette: type what you want to do, or where you want to go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from outreach.services.pages.finding import KINDS, Found, again, find
from outreach.store.database import Store
from outreach.ui.actions import ACTIONS, key_of
from outreach.ui.commands import Command, commands_of, ranked
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import CORNER, Overlay, edge_of
from outreach.ui.dialogs.palette_field import SIGN, SIGN_AT, PaletteField, ground
from outreach.ui.page import Page
from outreach.ui.paint.canvas import Canvas, Run, pointed_at
from outreach.ui.paint.cells import badge, named_runs
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar, keycap, keycap_width
from outreach.ui.widgets.basics import Rule, column, line
from outreach.ui.widgets.lists import Footer, scrolled
from outreach.wording.campaigns import goal_figure
from outreach.wording.copies import left_text

_ROW, _HEAD, _SHOWN = 38, 26, 11
#: The list is so high at most: all that can be done and every place fit into it.
_LIST = 620
#: The panel stands so far below the top where there is room, and never nearer to an edge than this.
_TOP, _EDGE = 108, 24
#: Above the first head, between two groups, below the last line.
_ABOVE, _BETWEEN, _BELOW = 9, 6, 14
_MOST_COMMANDS = 4
_PLACE = {"title": "catalogue", "person": "people", "campaign": "campaigns", "club": "clubs", "post": "posts",
          "letter": "letters", "note": "people"}  # fmt: skip
_ICON = {"campaign": "flag", "club": "armchair", "post": "message-square-quote", "view": "bookmark",
         "letter": "mail", "note": "sticky-note"}  # fmt: skip
#: What Tab narrows to, in turn; nothing stands for everything.
_NARROWED = ("", "person", "title", "post", "command")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette: what is shown, and what choosing it does; a heading does nothing."""

    runs: tuple[Run, ...]
    act: Callable[[], object] | None = None
    icon: str = ""
    found: Found | None = None
    detail: str = ""
    key: str = ""


class PaletteList(QLabel):
    """The lines; painted, since there are a dozen at most.

    Signals:
        chosen: A line was clicked.
        moved: Another line is the current one: where it begins and ends.
    """

    chosen = Signal()
    moved = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entries: Sequence[Entry] = ()
        self.current = -1
        # It paints its own ground: what lies below the palette need not be painted for each letter.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other lines; the first that does something is the current one."""
        self._entries = entries
        self.current = next((place for place, each in enumerate(entries) if each.act is not None), -1)
        self.setFixedHeight(round(self._places()[-1].bottom()) + _BELOW)
        self._say()

    @property
    def entry(self) -> Entry | None:
        """The current line."""
        return self._entries[self.current] if 0 <= self.current < len(self._entries) else None

    def move_by(self, step: int) -> None:
        """Go down or up to the next line that does something."""
        places = [place for place, each in enumerate(self._entries) if each.act is not None]
        if places:
            at = places.index(self.current) if self.current in places else 0
            self.current = places[(at + step) % len(places)]
            self._say()
            rect = self._places()[self.current]
            self.moved.emit(round(rect.top()), round(rect.bottom()))

    def height_within(self, room: int) -> int:
        """As high as it is; where there is less room, half a line is seen of what comes after."""
        lines = zip(self._entries, self._places(), strict=True)
        halves = [round(rect.center().y()) for each, rect in lines if each.act is not None]
        return self.height() if self.height() <= room else max((y for y in halves if y <= room), default=room)

    def is_first(self) -> bool:
        """Whether nothing that can be chosen stands above the current line."""
        return all(each.act is None for each in self._entries[: self.current])

    def _say(self) -> None:
        entry = self.entry
        self.setAccessibleName("".join(run[0] for run in entry.runs) if entry else "")
        self.update()

    def _places(self) -> list[QRectF]:
        px, y, places = self._desk.theme.px, float(_ABOVE), []
        for place, each in enumerate(self._entries):
            y += _BETWEEN if place and each.act is None else 0
            height = px(_ROW if each.act is not None else _HEAD)
            places.append(QRectF(8, y, self.width() - 16, height))
            y += height
        return places

    def _at(self, event: QMouseEvent) -> int:
        places = enumerate(self._places())
        return next((place for place, rect in places if rect.contains(pointed_at(self, event))), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place >= 0 and self._entries[place].act is not None and place != self.current:
            self.current = place
            self._say()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._at(event) == self.current >= 0:
            self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        ground(canvas, self)
        for x in (0, self.width() - 1):
            canvas.fill(QRectF(x, 0, 1, self.height()), edge_of(canvas.theme))
        for place, (each, rect) in enumerate(zip(self._entries, self._places(), strict=True)):
            middle = rect.center().y()
            if each.act is None:
                canvas.text(20, middle - 3, each.runs[0][0], "smallm", "ink3")
                continue
            if place == self.current:
                canvas.rounded(rect, 7, "selected")
            self._sign(canvas, each, middle, is_current=place == self.current)
            end = rect.right() - 12
            key = each.key if canvas.theme.keys.cap(each.key) else ""
            if not key and not each.detail and place == self.current:
                key = "Enter"
            if key:
                end -= keycap_width(canvas.theme, key)
                keycap(canvas, end, middle, key)
                end -= 12
            elif each.detail:
                end -= canvas.text(end, middle, each.detail, "small", "ink3", align="right", width=canvas.px(220)) + 16
            left = SIGN_AT + canvas.px(SIGN) + 11
            canvas.runs(left, middle, each.runs, end - left)
        canvas.painter.end()

    def _sign(self, canvas: Canvas, each: Entry, middle: float, *, is_current: bool) -> None:
        found, size = each.found, canvas.px(SIGN)
        centre = SIGN_AT + size / 2
        if found is not None and found.kind == "title":
            wide = canvas.px(15)
            cover(canvas, centre - wide / 2, middle - wide * 0.75, wide, found.id, "", is_book=found.is_book)
        elif found is not None and found.kind == "person":
            avatar(canvas, SIGN_AT, middle - size / 2, size, found.name, badge(found.platform, found.role))
        else:
            canvas.icon(each.icon, centre - 8.5, middle, 17, "accent" if is_current else "ink2")


class Palette(Overlay):
    """A field, and what its letters may mean: first what can be done, then where one can go."""

    def __init__(self, desk: Desk, parent: QWidget, page: Page) -> None:
        self._desk = desk
        self._narrowed = 0
        self._titles: list[str] = []
        self._commands = commands_of(parent.window(), page)
        self._labels = {each.spec.id: each.action.text() for each in self._commands}
        theme, say = desk.theme, desk.say
        self.field = PaletteField(desk)
        self.field.within = self._within()
        self.list = PaletteList(desk)
        footer = Footer(theme, [("↑↓", say("choose")), ("Enter", say("do it")),
                                (key_of("shortcuts"), say("all shortcuts"))], keys_first=True)  # fmt: skip
        panel = QWidget()
        panel.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # only its foot moves
        held = line(self.field, margins=(CORNER, 1, CORNER, 0))
        self._area = scrolled(self.list)
        self._beside = theme.px(56) + footer.sizeHint().height() + 1
        panel.setLayout(column(held, Rule(theme), self._area, footer))
        super().__init__(theme, parent, panel, 640)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._find)
        self.field.textChanged.connect(lambda _: self._timer.start())
        self.field.installEventFilter(self)
        self.list.chosen.connect(self.enter)
        self.list.moved.connect(self._bring_into_sight)
        self.field.setFocus()
        self._find()

    def _top(self, height: int) -> int:
        # Below the top of the window, so that the eye finds it where it was the last time.
        return min(_TOP, max(_EDGE, self.height() - height - _EDGE))

    def _bring_into_sight(self, top: int, bottom: int) -> None:
        bar = self._area.verticalScrollBar()
        if self.list.is_first():
            top = 0
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + self._area.height():
            bar.setValue(bottom + _BELOW - self._area.height())

    def enter(self) -> None:
        entry = self.list.entry
        if entry is not None and entry.act is not None:
            self.close_overlay()
            entry.act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.move_by(1 if key == Qt.Key.Key_Down else -1)
            elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.enter()
            elif key == Qt.Key.Key_Escape:
                self.close_overlay()
            elif key == Qt.Key.Key_Tab:
                self._narrow()
            else:
                return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)

    def _within(self) -> str:
        """What is looked through."""
        say = self._desk.say
        words = {"": say("in everything"), "person": say("in people"), "title": say("in titles"),
                 "post": say("in posts"), "command": say("in what can be done")}  # fmt: skip
        return words[_NARROWED[self._narrowed]]

    # What the letters mean.

    def _narrow(self) -> None:
        self._narrowed = (self._narrowed + 1) % len(_NARROWED)
        self.field.within = self._within()
        self.field.update()
        words = {"": "Find or do…", "person": "A person…", "title": "A title…", "post": "A post…", "command": "Do…"}
        self.field.setPlaceholderText(self._desk.say(words[_NARROWED[self._narrowed]]))
        self._find()

    def _find(self) -> None:
        text, narrowed = self.field.text(), _NARROWED[self._narrowed]
        known = self._desk.recents.known if not text.strip() and narrowed != "command" else []
        if narrowed == "command" or not (text.strip() or known):
            self._show([])
            return
        kinds, most = ((narrowed,), _SHOWN) if narrowed else (KINDS, 3)

        def looked_up(store: Store) -> list[Found]:
            if text.strip():
                return find(store, text, kinds, most)
            return [each for each in again(store, known) if each.kind in kinds]

        def show(found: list[Found]) -> None:
            if self.field.text() == text:
                self._show(found)

        self._desk.runner.read(looked_up, then=self.still(show), replaces="palette")

    def _show(self, found: Sequence[Found]) -> None:
        say, text = self._desk.say, self.field.text()
        narrowed = _NARROWED[self._narrowed]
        doing = [] if narrowed in ("person", "title", "post") else self._doing(text, found)
        # A view may be of a place that this version does not have.
        self._titles = [each.name for each in found if each.kind == "title" and each.is_book]
        going = [self._going(each) for each in found if each.kind != "view" or f"go_{each.detail}" in ACTIONS]
        lately: list[Entry] = []
        if not text.strip():
            places = [each for each in self._commands if each.spec.id.startswith("go_")]
            lately, going = going, [] if narrowed else [self._place_entry(each) for each in places]
        entries: list[Entry] = []
        for heading, some in ((say("Recently"), lately), (say("Do"), doing), (say("Go to"), going)):
            if some:
                entries += [Entry(((heading, "small", "ink3"),)), *some]
        if not entries:
            entries = [Entry(((say("Nothing is called that"), "small", "ink3"),))]
        self.list.set_entries(entries if not text.strip() else entries[: _SHOWN + 2])
        self._area.verticalScrollBar().setValue(0)
        room = self.height() - self._beside - 2 * _EDGE
        self._area.setFixedHeight(self.list.height_within(min(self._desk.theme.px(_LIST), room)))
        self.resettle()

    def _doing(self, text: str, found: Sequence[Found]) -> list[Entry]:
        if text.strip():
            chosen = ranked(self._commands, text, self._labels)[:_MOST_COMMANDS]
            verbs = self._verbs(found)
        else:
            chosen = [each for each in self._commands if not each.spec.id.startswith("go_")][:_MOST_COMMANDS]
            verbs = []
        return [*verbs, *(self._command_entry(each) for each in chosen)]

    def _verbs(self, found: Sequence[Found]) -> list[Entry]:
        """What can be done with the first title or person that was found."""
        desk, say = self._desk, self._desk.say
        first = next((each for each in found if each.kind in ("title", "person")), None)
        if first is None:
            return []
        name: Run = (first.name, "title" if first.kind == "title" and first.is_book else "body", "ink")

        def entry(before: str, after: str, icon: str, act: Callable[[], object], key: str = "") -> Entry:
            runs: tuple[Run, ...] = ((before + " ", "body", "ink"), name, (after, "body", "ink"))
            return Entry(runs, act, icon, key=key_of(key) if key else "")

        if first.kind == "title":
            return [
                entry(say("Who should get"), "?", "puzzle", lambda: desk.go("match", first.id)),
                entry(say("Log something for"), "", "plus", lambda: desk.go("today", first.id), "log"),
                entry(say("Write letters for"), "", "feather", lambda: desk.go("letters", first.id), "pitch"),
            ]
        return [
            entry(say("Pitch"), "", "feather", lambda: desk.ask("gift", ([first.id], None)), "pitch"),
            entry(say("Log a post of"), "", "plus", lambda: desk.ask("post", first.id), "log"),
        ]

    def _command_entry(self, command: Command) -> Entry:
        label = self._labels[command.spec.id]
        if command.spec.id.startswith("go_"):
            label = self._desk.say("Go to {place}", place=label)
        return Entry(((label, "body", "ink"),), command.action.trigger, command.spec.icon, key=key_of(command.spec.id))

    def _place_entry(self, command: Command) -> Entry:
        label = self._labels[command.spec.id]
        return Entry(((label, "body", "ink"),), command.action.trigger, command.spec.icon, key=key_of(command.spec.id))

    def _view_entry(self, found: Found) -> Entry:
        desk, place = self._desk, self._desk.say(ACTIONS[f"go_{found.detail}"].label)
        detail = desk.say("View of {place}", place=place)
        return Entry(
            ((found.name, "body", "ink"),), lambda: desk.show_view(found.detail, found.id), _ICON["view"], found, detail
        )

    def _fact(self, found: Found) -> str:
        """What is worth knowing of what was found: copies left of a title, how far a campaign is."""
        words = self._desk.words
        if found.goal is not None:
            whole = goal_figure(words, found.goal, found.goal.target)
            return words.tr("{part} of {whole}", part=goal_figure(words, found.goal, found.goal.reached), whole=whole)
        return "" if found.left is None else left_text(words, found.left, found.most)

    def _going(self, found: Found) -> Entry:
        if found.kind == "view":
            return self._view_entry(found)
        desk, say = self._desk, self._desk.say
        role = "title" if found.kind == "title" and found.is_book else "body"
        name = f"“{found.name}”" if found.kind == "post" else found.name
        kinds = {"title": say("Title"), "person": say("Person"), "campaign": say("Campaign"), "club": say("Book club"),
                 "post": say("Post"), "letter": say("Letter"), "note": say("Note")}  # fmt: skip
        day = desk.day(found.day, inside=True) if found.day else ""
        detail = ", ".join(filter(None, (kinds[found.kind], found.detail or self._fact(found), day)))
        runs = named_runs(name, self._titles) if found.kind == "campaign" else [(name, role, "ink")]
        return Entry(
            tuple(runs), lambda: desk.go(_PLACE[found.kind], found.id), _ICON.get(found.kind, ""), found,
            detail,
        )  # fmt: skip
