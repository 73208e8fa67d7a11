"""What a list would bring: rows to know of, people who may be there already, and what becomes of known values."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from outreach.services.importing.run import ImportKind, ImportResult
from outreach.services.importing.tally import Note
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Label, column, line
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import clear_layout, scrolled

#: So many rows are told one by one; all of them are kept with the import.
_MOST_NOTES = 60
_MOST_DOUBLES = 40
_DOUBLES = ("rows.maybe_double", "rows.maybe_double_row")

#: By kind of value, what may become of one that is there; the first is what happens where nothing is said.
POLICIES: Mapping[str, tuple[str, ...]] = {
    "name": ("replace", "keep"),
    "email": ("add", "keep"),
    "account": ("add", "keep"),
    "address": ("", "replace", "add", "keep"),
    "phone": ("replace", "keep"),
    "organisation": ("replace", "keep"),
    "notes": ("add", "replace", "keep"),
    "tags": ("add", "keep"),
    "tastes": ("add", "keep"),
}
#: What columns bring which kind of value.
_BROUGHT_BY = {
    "given_name": "name", "family_name": "name", "profile": "account", "handle": "account", "note": "notes",
    "likes": "tastes", "dislikes": "tastes", "audience_likes": "tastes", "likes_or_tags": "tags", "outlet": "account",
}  # fmt: skip


class CheckPage(QWidget):
    """What would happen, row by row where there is something to say.

    Signals:
        decided: The user says who a row is about: its number, and a person, 0 for somebody new.
    """

    decided = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.notes = QVBoxLayout()
        self.notes.setContentsMargins(24, 18, 24, 18)
        self.notes.setSpacing(4)
        body = QWidget()
        body.setLayout(self.notes)
        self.setLayout(column(scrolled(body, floats=False)))

    def show_result(self, result: ImportResult, same: Mapping[int, int]) -> None:
        """Show what a list would bring.

        Args:
            result: What came of trying it.
            same: What the user has said of doubles already.
        """
        say, theme = self._desk.say, self._desk.theme
        clear_layout(self.notes)
        lines: list[QWidget] = []
        if result.seen_before:
            lines.append(Paragraph(theme, say("The very same file came in before."), "medium", "warn"))
        if result.unused:
            columns = ", ".join(result.unused)
            lines.append(Paragraph(theme, say("Columns that say nothing we keep: {columns}", columns=columns), "body",
                                   "ink2"))  # fmt: skip
        doubles = [note for note in result.notes if note.code in _DOUBLES]
        lines += self._doubles(doubles, same)
        others = [note for note in result.notes if note.code not in _DOUBLES]
        if others:
            lines.append(Label(theme, say("Rows to know of"), "h3"))
        lines += [self._note(note) for note in others[:_MOST_NOTES]]
        if len(others) > _MOST_NOTES:
            more = len(others) - _MOST_NOTES
            lines.append(Label(theme, self._desk.words.trn("and {number} more row", "and {number} more rows", more),
                               "small", "ink3"))  # fmt: skip
        if not lines:
            lines.append(Paragraph(theme, say("Every row was understood."), "body", "ink2"))
        for each in lines:
            self.notes.addWidget(each)
        self.notes.addStretch(1)

    def _doubles(self, doubles: Sequence[Note], same: Mapping[int, int]) -> list[QWidget]:
        said = {row: person for row, person in same.items() if row not in {note.row for note in doubles}}
        if not doubles and not said:
            return []
        say, theme = self._desk.say, self._desk.theme
        lines: list[QWidget] = [Label(theme, say("They may be here already"), "h3")]
        lines += [self._double(note) for note in doubles[:_MOST_DOUBLES]]
        if said:
            count = self._desk.words.trn("You have told who {number} row is about",
                                         "You have told who {number} rows are about", len(said))  # fmt: skip
            lines.append(Label(theme, count, "small", "ink3"))
        if len(doubles) > _MOST_DOUBLES:
            more = len(doubles) - _MOST_DOUBLES
            lines.append(Label(theme, self._desk.words.trn("and {number} more", "and {number} more", more), "small",
                               "ink3"))  # fmt: skip
        return [*lines, QLabel()]

    def _double(self, note: Note) -> QWidget:
        desk = self._desk
        words = desk.words.note(note.code, note.facts).partition(";")[0]
        choice = Choice(desk.say("Row {row}: {what}", row=note.row, what=words))
        choice.addItem(desk.say("Somebody else"), 0)
        choice.addItem(desk.say("The same person"), int(note.facts["person"]))
        choice.setFixedWidth(desk.theme.px(170))
        choice.activated.connect(lambda place: self.decided.emit(note.row, int(choice.itemData(place))))
        row = QWidget()
        told = Paragraph(desk.theme, desk.say("Row {row}: {what}", row=note.row, what=words), "small", "ink2")
        layout = line(column(None, told, None), choice, spacing=12, margins=(0, 3, 0, 3))
        layout.setStretch(0, 1)
        row.setLayout(layout)
        return row

    def _note(self, note: Note) -> QLabel:
        what = self._desk.words.note(note.code, note.facts)
        row = self._desk.say("Row {row}: {what}", row=note.row, what=what)
        return Paragraph(self._desk.theme, row, "small", "warn" if note.skipped else "ink2")


class PolicyList(QWidget):
    """What becomes of values that are known already, kind by kind.

    Signals:
        changed: The user wants something else: the kind of value and the policy, empty for what happens anyway.
    """

    changed = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self.setLayout(self._grid)

    def show_for(self, kind: ImportKind, targets: Sequence[str], policy: Mapping[str, str]) -> None:
        """Offer what the columns of a list bring.

        Args:
            kind: What the list brings; only people have such values.
            targets: What its columns are; nothing where it is a list of cards, which may hold anything.
            policy: What the user said.
        """
        clear_layout(self._grid)
        brought = {_BROUGHT_BY.get(name := target.partition(".")[0], name) for target in targets}
        offered = [each for each in POLICIES if not targets or each in brought]
        offered = offered if kind is ImportKind.PEOPLE else []
        for place, name in enumerate(offered):
            self._grid.addWidget(Label(self._desk.theme, self._label(name), "small", "ink2"), place, 0)
            self._grid.addWidget(self._choice(name, policy.get(name, "")), place, 1)
        self.setVisible(bool(offered))

    def _choice(self, name: str, chosen: str) -> Choice:
        say = self._desk.say
        choice = Choice(say("{field} that is known", field=self._label(name)))
        for policy in POLICIES[name]:
            shown = self._desk.words.term("policy", policy) if policy else say("Newest")
            choice.addItem(shown, policy)
        choice.setCurrentIndex(max(0, choice.findData(chosen)))
        choice.activated.connect(lambda place: self.changed.emit(name, str(choice.itemData(place) or "")))
        return choice

    def _label(self, name: str) -> str:
        say = self._desk.say
        return {
            "name": say("Name"), "email": say("E-mail"), "account": say("Accounts"), "address": say("Address"),
            "phone": say("Phone"), "organisation": say("Organisation"), "notes": say("Notes"), "tags": say("Tags"),
            "tastes": say("Tastes"),
        }[name]  # fmt: skip
