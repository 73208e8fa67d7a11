"""A list that is looked through first, and then kept whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import scrolled

_PATTERNS = "CSV, Excel (*.csv *.xlsx *.ods *.tsv)"
#: Longer lists scroll, at so many pixels of normal text size; so many rows of them are told.
_HIGH, _MOST_TOLD = 260, 200


@dataclass(frozen=True, slots=True)
class WholeList:
    """What a list would bring, in words.

    Attributes:
        title: What it is, with the name of its file.
        found: The list itself: its `file`, its `rows`, and those in the way of keeping any as `wrong`.
        row: How a row that can be kept is told.
        new: How many rows keeping it would add.
        go: What keeps it.
        keep: Keeps it.
        kept: How it is told that it was kept.
    """

    title: str
    found: Any
    row: Callable[[Any], str]
    new: int
    go: str
    keep: Callable[[Store], Any]
    kept: Callable[[Any], str]


def look_through_list(
    desk: Desk, parent: QWidget, path: Path | None, asked: str, read: Callable[[Store, Path, Job], Any],
    told: Callable[[Any], WholeList],
) -> None:  # fmt: skip
    """Look through a list, and show what it would bring; without a file it is asked for."""
    chosen = path or desk.files.to_open(parent, asked, _PATTERNS)
    if chosen is None:
        return

    def show(found: Any) -> None:
        WholeListDialog(desk, parent, told(found))

    desk.runner.run(Job("Reading the list"), lambda store, job: read(store, chosen, job), then=show,
                    failed=lambda error: desk.ask("trouble", error))  # fmt: skip


class WholeListDialog(Dialog):
    """What a list would bring, a row a line; where one cannot be kept, none is."""

    def __init__(self, desk: Desk, parent: QWidget, about: WholeList) -> None:
        self._desk, self._about = desk, about
        theme, say, wrong = desk.theme, desk.say, about.found.wrong
        text = say("Nothing is kept yet. This would be noted:")
        lines = [about.row(row) for row in about.found.rows[:_MOST_TOLD]] if not wrong else self._lines_of(wrong)
        if wrong:
            text = desk.words.trn(
                "{number} row of {file} cannot be kept, so none is. Put it right and open the file again.",
                "{number} rows of {file} cannot be kept, so none is. Put them right and open the file again.",
                len(wrong), file=about.found.file,
            )  # fmt: skip
        listed = Paragraph(theme, "\n".join(lines), "small", "ink")
        area = scrolled(listed, floats=False)
        area.setMaximumHeight(theme.px(_HIGH))
        area.setMinimumHeight(min(theme.px(_HIGH), round(listed.height_at(theme.px(500))) + 4))
        close = Button(theme, say("Close") if wrong else say("Cancel"), "primary" if wrong else "ghost", key="Esc")
        close.clicked.connect(self.close_overlay)
        buttons = [close]
        if not wrong:
            self.go = Button(theme, about.go, "primary", key="Enter")
            self.go.setEnabled(about.new > 0)
            self.go.clicked.connect(self._keep)
            buttons.append(self.go)
        super().__init__(theme, parent, about.title, text, area, *buttons, width=600)
        (self.go if not wrong and about.new else close).setFocus()

    def _lines_of(self, wrong: Sequence[Any]) -> list[str]:
        words = self._desk.words
        return [
            words.tr("Row {row}: {why}", row=row.number, why=words.note(row.wrong, dict(row.facts)))
            for row in wrong[:_MOST_TOLD]
        ]

    def _keep(self) -> None:
        self.go.setEnabled(False)
        self._desk.write(
            self._about.keep, self._about.kept, then=self.still(lambda _: self.close_overlay()),
            failed=self.still(lambda error: self.show_trouble(self._desk.sentence(error))),
        )  # fmt: skip
