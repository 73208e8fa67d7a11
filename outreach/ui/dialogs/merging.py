"""Two people who may be the same, side by side: what to keep of each, field by field."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget
from shiboken6 import isValid

from outreach.services.pages.person import PersonPage, person_page
from outreach.services.people.duplicates import Pair, say_not_same
from outreach.services.people.merging import MergeField, merge_fields, merge_people
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.chooser import Chooser
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge, voice
from outreach.ui.paint.marks import avatar
from outreach.ui.widgets.basics import Button, Label, Painted, column
from outreach.ui.widgets.lists import scrolled

#: A longer value is cut at so many pixels; the whole of it is in the tooltip.
_MOST_WIDE = 196
_HIGH = 330
_ME, _OTHER, _BOTH = 0, 1, 2

Read = tuple[PersonPage, PersonPage, list[MergeField]]


def doubles_dialog(desk: Desk, parent: QWidget, pairs: Sequence[Pair]) -> None:
    """Go through pairs, the surest first."""
    _open(desk, parent, list(pairs), 0)


def twin_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Merge somebody with another, whom the user names."""

    def chosen(other: int, _name: str) -> None:
        if other != person_id:
            _open(desk, parent, [Pair(person_id, other, "")], 0)
        else:
            desk.tell(desk.say("Both are the same person. Choose another."))

    Chooser(desk, parent, "person", chosen)


def _open(desk: Desk, parent: QWidget, pairs: list[Pair], place: int) -> None:
    """Read a pair, and show it; one of whom somebody is gone is passed over."""
    if place >= len(pairs):
        return
    pair = pairs[place]

    def read(store: Store) -> Read | None:
        one, other = person_page(store, pair.first_id), person_page(store, pair.second_id)
        if one is None or other is None:
            return None
        return one, other, merge_fields(pair.first_id, pair.second_id)

    def show(found: Read | None) -> None:
        if found is None:
            _open(desk, parent, pairs, place + 1)
        elif isValid(parent):
            MergeDialog(desk, parent, pairs, place, found)

    desk.runner.read(read, then=show, replaces="pair")


class MergeDialog(Dialog):
    """One pair: two columns, and what to keep of each."""

    def __init__(self, desk: Desk, parent: QWidget, pairs: list[Pair], place: int, found: Read) -> None:
        self._desk = desk
        self._ground = parent
        self._pairs, self._number = pairs, place
        one, other, fields = found
        self._keep, self._other = one.line.id, other.line.id
        self._groups: dict[str, QButtonGroup] = {}
        self._joins = {field.name for field in fields if field.joins}
        say, words = desk.say, desk.words
        title = say("Are these the same person?") if pairs[place].reason else say("Make these two one?")
        text = words.term("double", pairs[place].reason)
        if len(pairs) > 1:
            text = say("{reason}. Pair {number} of {pairs}.", reason=text, number=place + 1, pairs=len(pairs))
        merge = Button(desk.theme, say("Merge into one"), "primary", key="Enter")
        apart = Button(desk.theme, say("Not the same"))
        later = Button(desk.theme, say("Later"))
        keeps = Label(desk.theme, _stays(desk, one, other), "small", "ink3", wrap=True)
        body = QWidget()
        body.setLayout(column(self._grid(one, other, fields), 10, keeps))
        super().__init__(desk.theme, parent, title, text, body, later, apart, merge, width=760)
        later.clicked.connect(self._pass)
        apart.clicked.connect(self._tell_apart)
        merge.clicked.connect(self.merge)
        merge.setFocus()

    def choose(self, field: str, which: int) -> None:
        """Keep what the one (0) or the other (1) has, or both (2)."""
        button = self._groups[field].button(which)
        if button is not None:
            button.setChecked(True)

    def merge(self) -> None:
        """Make them one as it was chosen."""
        taken = {
            name: group.checkedId() == _OTHER
            for name, group in self._groups.items()
            if group.checkedId() != _BOTH or name not in self._joins
        }
        keep, other = self._keep, self._other

        def done(_: object) -> None:
            if isValid(self):
                self.close_overlay()
            self._desk.go("people", keep)
            _open(self._desk, self._ground, self._pairs, self._number + 1)

        self._desk.write(lambda store: merge_people(store, keep, other, taken), self._desk.say("Merged two people"),
                         then=done, failed=self._failed)  # fmt: skip

    def _failed(self, error: Exception) -> None:
        if isValid(self) and self.isVisible():
            self.show_trouble(self._desk.sentence(error))
        else:
            self._desk.ask("trouble", error)

    def _tell_apart(self) -> None:
        first, second = self._keep, self._other
        self._desk.write(lambda store: say_not_same(store, first, second), self._desk.say("Noted that they are two"),
                         failed=self._failed)  # fmt: skip
        self._pass()

    def _pass(self) -> None:
        self.close_overlay()
        _open(self._desk, self._ground, self._pairs, self._number + 1)

    def _grid(self, one: PersonPage, other: PersonPage, fields: list[MergeField]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 14, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, self._desk.theme.px(120))
        for number, page in enumerate((one, other)):
            grid.addWidget(self._head(page), 0, number + 1)
            grid.setColumnStretch(number + 1, 1)
        for row, field in enumerate(fields, start=1):
            self._row(grid, row, field)
        holder = QWidget()
        holder.setLayout(grid)
        area = scrolled(holder, floats=False)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        area.setFixedHeight(min(holder.sizeHint().height() + 2, self._desk.theme.px(_HIGH)))
        return area

    def _head(self, page: PersonPage) -> QWidget:
        line, words = page.line, self._desk.words

        def paint(canvas: Canvas, width: float, height: float) -> None:
            avatar(canvas, 0, height / 2 - canvas.px(18), canvas.px(36), line.name, badge(line.platform, line.role))
            x = canvas.px(36) + 12
            canvas.text(x, height / 2 - canvas.px(9), line.name, "strong", width=width - x)
            shown = " · ".join(filter(None, (voice(line, words), f"p{line.id}")))
            canvas.text(x, height / 2 + canvas.px(9), shown, "small", "ink3", width=width - x)

        head = Painted(self._desk.theme, paint, 48)
        head.setAccessibleName(f"{line.name}, {voice(line, words)}")
        return head

    def _row(self, grid: QGridLayout, row: int, field: MergeField) -> None:
        theme, words = self._desk.theme, self._desk.words
        label = words.term("merge_field", field.name)
        grid.addWidget(Label(theme, label, "smallm", "ink2"), row, 0)
        group = QButtonGroup()  # which the dialog keeps
        for which, value in ((_ME, field.mine), (_OTHER, field.theirs)):
            shown = words.term("role", value) if field.name == "role" else value.replace("\n", " ")
            text = shown or self._desk.say("nothing")
            cut = theme.elided("body", text, theme.px(_MOST_WIDE))
            button = QRadioButton(cut)
            button.setToolTip(value if cut != text else "")
            button.setAccessibleName(f"{label}: {text}")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            group.addButton(button, which)
            grid.addWidget(button, row, which + 1)
        if field.joins:
            both = QRadioButton(self._desk.say("Both"))
            both.setAccessibleName(f"{label}: {self._desk.say('Both')}")
            group.addButton(both, _BOTH)
            grid.addWidget(both, row, 3)
        self._groups[field.name] = group
        self.choose(field.name, _BOTH if field.joins else _OTHER if field.takes_other else _ME)


def _stays(desk: Desk, one: PersonPage, other: PersonPage) -> str:
    """That nothing else is lost, with how much there is of it."""
    words = desk.words
    mails = len(one.detail.emails) + len(other.detail.emails)
    accounts = len(one.detail.accounts) + len(other.detail.accounts)
    steps = len(one.timeline) + len(other.timeline)
    text = words.tr("All else of both stays: {mails} e-mail addresses, {accounts} accounts, {steps} lines of history.",
                    mails=mails, accounts=accounts, steps=steps)  # fmt: skip
    if one.line.suppressed or other.line.suppressed:
        text += " " + words.tr("One of them asked not to be contacted, and that holds for both.")
    return text
