"""What stands beside an import: how many rows bring what, what the list is of, and what is remembered of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from outreach.services.importing.history_rows import TARGETS as HISTORY
from outreach.services.importing.preview import Preview
from outreach.services.importing.run import ImportKind, ImportResult
from outreach.services.pages.title import title_lines
from outreach.ui.desk import Desk
from outreach.ui.dialogs.import_check import PolicyList
from outreach.ui.widgets.basics import Label
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import SidePane, clear_layout

_HISTORY = (ImportKind.GIFTS, ImportKind.POSTS)


class ImportSide(SidePane):
    """The side of the wizard.

    Attributes:
        remember: Whether sheets of this shape are read like this from now on.
        make: Whether titles and people are made that a list of gifts or posts names.
        policies: What becomes of known values.

    Signals:
        kind_chosen: The list is of something else: the value of an `ImportKind`.
        item_chosen: Its gifts are of a title: its id, 0 for none.
        create_chosen: What is not there is to be made, or not.
    """

    kind_chosen = Signal(str)
    item_chosen = Signal(int)
    create_chosen = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, 286)
        self._edge = "left"
        self._desk = desk
        theme, say = desk.theme, desk.say
        self.setFixedWidth(theme.px(286))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(6)
        self._facts.setContentsMargins(0, 0, 0, 0)
        facts = QWidget()
        facts.setLayout(self._facts)
        self._away: set[QWidget] = set()
        self._of = Label(theme, say("The list is of"), "h3")
        self._kind = Choice(say("What the list is of"))
        for kind in ImportKind:
            self._kind.addItem(desk.words.term("import_kind", kind.value), kind.value)
        self._kind.activated.connect(lambda place: self.kind_chosen.emit(str(self._kind.itemData(place))))
        self._about = Label(theme, say("Its gifts are of"), "h3")
        self._item = Choice(say("The title that its gifts are of"))
        self._item.activated.connect(lambda place: self.item_chosen.emit(int(self._item.itemData(place))))
        self.make = QCheckBox(say("Make what is not there"))
        self.make.clicked.connect(self.create_chosen)
        self.remember = QCheckBox(say("Use for sheets like this"))
        self._known = Label(theme, say("What is known already"), "h3")
        self.policies = PolicyList(desk)
        self._shape = Label(theme, say("Remember this"), "h3")
        self._before = Paragraph(theme, say("Read as you said last time."), "small", "ink2")
        what = say("Your sheet stays as it is. Nothing is sent to anyone. All of it comes in, or nothing, and the "
                   "whole import can be undone for 30 days.")  # fmt: skip
        for part in (
            Label(theme, say("In this file"), "h3"), 8, facts, 18, self._known, 6, self.policies, 12,
            Label(theme, say("What happens"), "h3"), 4, Paragraph(theme, what, "small", "ink2"), 18,
            self._of, 6, self._kind, 12, self._about, 6, self._item, 4, self.make, 12,
            self._shape, 4, self.remember, 2, self._before,
        ):  # fmt: skip
            if isinstance(part, int):
                self.content.addSpacing(part)
            else:
                self.content.addWidget(part)
        self.content.addStretch(1)

    def show_preview(self, preview: Preview, item: int | None) -> None:
        """Show what a list is of."""
        self._kind.setCurrentIndex(self._kind.findData(preview.kind.value))
        tells = any(each.target in HISTORY for each in preview.columns)
        has_history = tells and preview.kind in (ImportKind.PEOPLE, *_HISTORY)
        self._away = set() if has_history else {self._about, self._item}
        self.make.setVisible(preview.kind in _HISTORY)
        if has_history:
            self._fill_titles(item or 0)
        for widget in (self._shape, self.remember):
            widget.setVisible(bool(preview.columns))
        self._before.setVisible(preview.as_before)

    def show_policies(self, preview: Preview, policy: dict[str, str], *, at_check: bool, shown: bool) -> None:
        """Offer what becomes of known values, where a list meets any."""
        self.policies.show_for(preview.kind, [each.target for each in preview.columns], policy)
        # What the list is of has been said by then.
        for widget in (self._of, self._kind, self._about, self._item):
            widget.setVisible(not at_check and widget not in self._away)
        self._known.setVisible(shown and not self.policies.isHidden())
        self.policies.setVisible(shown and not self.policies.isHidden())

    def show_facts(self, result: ImportResult | None) -> None:
        """Show how many rows bring what, or that this is being counted."""
        theme, say = self._desk.theme, self._desk.say
        clear_layout(self._facts)
        if result is None:
            self._facts.addWidget(Label(theme, say("Counting"), "body", "ink3"), 0, 0)
            return
        new = {
            ImportKind.PEOPLE: say("new people"), ImportKind.CATALOGUE: say("new titles"),
            ImportKind.GIFTS: say("new gifts"), ImportKind.POSTS: say("new posts"),
        }.get(result.kind, "")  # fmt: skip
        rows: Sequence[tuple[int, str, str]] = (
            (result.rows, say("rows"), "ink"),
            (result.added, new, "ink"),
            (result.updated, say("already here, will update"), "ink"),
            (result.unchanged, say("already here, as they are"), "ink"),
            (result.doubles, say("possible doubles"), "warn"),
            (result.suppressed, say("not written to again"), "ink"),
            (result.skipped, say("skipped"), "warn"),
        )
        for place, (count, words, color) in enumerate(rows):
            if words and (count or place < 2):
                figure = Label(theme, self._desk.words.number(count), "nums", color)
                figure.setMinimumWidth(theme.px(38))
                figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._facts.addWidget(figure, place, 0)
                self._facts.addWidget(Label(theme, words, "body", "ink2"), place, 1)
        self._facts.setColumnStretch(1, 1)

    def _fill_titles(self, chosen: int) -> None:
        if self._item.count() == 0:
            self._item.addItem(self._desk.say("What its columns say"), 0)
            for row in title_lines():
                self._item.addItem(row.title, row.id)
        self._item.setCurrentIndex(max(0, self._item.findData(chosen)))
