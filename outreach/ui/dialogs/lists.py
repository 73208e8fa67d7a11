"""A list in a dialog: rows of a table, what is told above it, and what can be done with those that are chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.notices import Note

_WIDE, _HIGH = 940, 620


@dataclass(frozen=True, slots=True)
class Verb:
    """What can be done with the rows that are chosen.

    Attributes:
        label: What its button says.
        icon: Its sign.
        work: What is written of them; None where something else is done in the window.
        act: What is done in the window instead; the dialog is closed before.
        fits: For which rows it is there.
        told: What is said when it was written.
        leads: Whether Enter does it.
    """

    label: str
    icon: str
    work: Callable[[Store, Sequence[Any]], Any] | None = None
    act: Callable[[Sequence[Any]], None] | None = None
    fits: Callable[[Any], bool] = lambda _: True
    told: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a list looks: its name, its columns, how high a row is, what is said where it is empty."""

    name: str
    columns: Sequence[Column]
    high: int
    empty: str
    headings: bool = True


class ListDialog(Overlay):
    """Rows that are read beside the window's own thread; what is done with them is saved at once and can be undone.

    Attributes:
        list: The table.
        verbs: The buttons below it, in their order.
        adds: The buttons above it.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, look: Look, reads: Callable[[Store], tuple[Sequence[Any], str]],
        verbs: Sequence[Verb], adds: Sequence[tuple[str, str, Callable[[], None]]] = (), *, takes_all: bool = False,
    ) -> None:  # fmt: skip
        theme, say = desk.theme, desk.say
        self._desk, self._reads, self._look, self._takes_all = desk, reads, look, takes_all
        self._rows: dict[int, Any] = {}
        self._verbs = list(verbs)
        self._about = Paragraph(theme, "", "small", "ink2")
        self.model = RowModel(tuple(look.columns), lambda _: {}, self._speak)
        self.list = TableView(theme, self.model, look.high, headings=look.headings, inset=20)
        self.list.setAccessibleName(look.name)
        self._empty = Label(theme, say("One moment"), "body", "ink2", wrap=True)
        self._stack = QStackedWidget()
        message = QWidget()
        message.setLayout(column(self._empty, None, margins=(26, 18, 26, 0)))
        for each in (message, self.list):
            self._stack.addWidget(each)
        self.trouble = Note(theme)
        close = Button(theme, say("Close"), key="Esc")
        self.verbs = [
            Button(theme, each.label, "primary" if each.leads else "default", each.icon) for each in self._verbs
        ]
        self.adds = [Button(theme, label, "default", icon) for label, icon, _ in adds]
        head, foot, panel = QWidget(), QWidget(), QWidget()
        above = [line(*self.adds, None)] if self.adds else []
        parts = [part for each in above for part in (10, each)]
        head.setLayout(column(Label(theme, title, "h2", wrap=True), 6, self._about, *parts, margins=(26, 22, 26, 12)))
        foot.setLayout(column(self.trouble, line(None, close, *reversed(self.verbs)), spacing=6,
                              margins=(26, 12, 26, 18)))  # fmt: skip
        body = column(head, Rule(theme), self._stack, Rule(theme), foot)
        body.setStretch(2, 1)
        panel.setLayout(body)
        super().__init__(theme, parent, panel, _WIDE, _HIGH)
        self.model.setParent(self)
        self.list.selection_changed.connect(self._enable)
        self.list.opened.connect(lambda _: self.enter())
        close.clicked.connect(self.close_overlay)
        for button, verb in zip(self.verbs, self._verbs, strict=True):
            button.clicked.connect(partial(self._do, verb))
        for button, (_, _, act) in zip(self.adds, adds, strict=True):
            button.clicked.connect(partial(self._leave_for, act))
        self.read()
        self.setFocus()
        self.focusNextPrevChild(True)

    def read(self) -> None:
        """Read the rows anew."""
        self._desk.runner.read(
            self._reads, then=self.still(self._show), replaces="list_dialog", failed=self.still(self._fail)
        )

    def enter(self) -> None:
        """Do what leads on, with the rows that are chosen."""
        leading = next((each for each in self._verbs if each.leads), None)
        if leading is not None:
            self._do(leading)

    def chosen(self, verb: Verb) -> list[Any]:
        """The chosen rows that something can be done with."""
        rows = [self._rows[each] for each in self.list.selected_ids() if each in self._rows]
        return [row for row in rows if verb.fits(row)]

    def _show(self, found: tuple[Sequence[Any], str]) -> None:
        rows, about = found
        is_first = not self._rows
        current = self.list.current_id()
        self._rows = {row.id: row for row in rows}
        self._about.set_text(about)
        self.model.set_rows(list(rows))
        self._stack.setCurrentIndex(1 if rows else 0)
        self._empty.setText(self._look.empty)
        if rows:
            self.list.select_first()
            if self._takes_all:
                self.list.select_ids(list(self._rows), next(iter(self._rows)))
            elif current in self._rows:
                self.list.select_ids([current], current)
        if rows and is_first:
            self.list.setFocus()
        self._enable()
        self.resettle()

    def _fail(self, error: Exception) -> None:
        self._empty.setText(self._desk.sentence(error))
        self._desk.announce(self._empty.text(), urgently=True)
        self._enable()

    def _enable(self) -> None:
        for button, verb in zip(self.verbs, self._verbs, strict=True):
            button.setEnabled(bool(self.chosen(verb)))

    def _leave_for(self, act: Callable[[], None], _checked: bool = False) -> None:
        self.close_overlay()
        act()

    def _do(self, verb: Verb, _checked: bool = False) -> None:
        rows, work = self.chosen(verb), verb.work
        if not rows:
            return
        if work is None:
            self._leave_for(lambda: verb.act(rows) if verb.act is not None else None)
            return
        self.trouble.set_text("")
        self._desk.write(lambda store: work(store, rows), verb.told, then=lambda _: self.still(self.read)(),
                         failed=self._failed)  # fmt: skip

    def _failed(self, error: Exception) -> None:
        self.still(lambda: self.trouble.set_text(self._desk.sentence(error)))()
        self._desk.announce(self._desk.sentence(error), urgently=True)

    def _speak(self, row: Any) -> str:
        return ", ".join(filter(None, (each.text(row) for each in self._look.columns)))
