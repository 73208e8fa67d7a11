"""What was counted below posts: typed for one, or from a list that is looked through before it is kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.fields.dates import parse_day
from outreach.fields.numbers import parse_count
from outreach.jobs import Job
from outreach.services.posts.count_files import CountFile, keep_file, look_through
from outreach.services.posts.readings import COUNTS, Counts, counts_of, note_counts, remove_counts
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.ui.widgets.lists import scrolled
from outreach.ui.widgets.postparts import counted, rate_lines

_PATTERNS = "CSV, Excel (*.csv *.xlsx *.ods *.tsv)"
#: Longer lists scroll, at so many pixels of normal text size; so many rows of them are told.
_HIGH, _MOST_TOLD = 260, 200


def counts_dialog(desk: Desk, parent: QWidget, post_id: int) -> None:
    """The readings of a post, and a form for another."""
    say, words = desk.say, desk.words

    def told(each: Counts) -> Record:
        detail = ", ".join((words.day(each.read_on), *rate_lines(words, each)))
        return Record(counted(words, each), detail,
                      [(say("Remove"), lambda store: remove_counts(store, each.id), None)])  # fmt: skip

    def is_count(text: str) -> str:
        return "" if not text or parse_count(text) is not None else say("A number, such as 1,204 or 1.2k")

    def is_day(text: str) -> str:
        return "" if not text or len(parse_day(text) or "") == len("2026-11-24") else say("Write it like 2026-11-24")

    form = Form(
        desk.theme,
        [
            *(FieldSpec(name, words.term("counted", name), check=is_count) for name in COUNTS),
            FieldSpec("day", say("Read on"), say("Today"), check=is_day),
        ],
    )

    def adds(store: Store, values: Mapping[str, str]) -> Any:
        given = {name: parse_count(values[name]) for name in COUNTS if values[name]}
        return note_counts(store, post_id, given, parse_day(values["day"]) or "" if values["day"] else "")

    RecordsDialog(desk, parent, say("What was counted"), lambda: [told(each) for each in counts_of(post_id)], form,
                  say("Note it"), adds)  # fmt: skip


def count_list_dialog(desk: Desk, parent: QWidget, path: Path | None) -> None:
    """Look through a list of counts, and keep all of it once the user has seen it; without a file it is asked for."""
    chosen = path or desk.files.to_open(parent, desk.say("A list of counts"), _PATTERNS)
    if chosen is None:
        return

    def show(found: CountFile) -> None:
        CountListDialog(desk, parent, found)

    desk.runner.run(Job("Reading the list"), lambda store, job: look_through(store, chosen, job), then=show,
                    failed=lambda error: desk.ask("trouble", error))  # fmt: skip


class CountListDialog(Dialog):
    """What a list would bring, a row a line; where one cannot be kept, none is."""

    def __init__(self, desk: Desk, parent: QWidget, found: CountFile) -> None:
        self._desk, self._found = desk, found
        theme, say, words = desk.theme, desk.say, desk.words
        wrong = found.wrong
        if wrong:
            lines = [words.tr("Row {row}: {why}", row=row.number, why=words.note(row.wrong, dict(row.facts)))
                     for row in wrong[:_MOST_TOLD]]  # fmt: skip
            text = words.trn(
                "{number} row of {file} cannot be kept, so none is. Put it right and open the file again.",
                "{number} rows of {file} cannot be kept, so none is. Put them right and open the file again.",
                len(wrong), file=found.file,
            )  # fmt: skip
        else:
            lines = [
                words.tr("{post}, {day}: {counts}", post=row.told, day=words.day(row.day),
                         counts=counted(words, Counts(0, row.day, row.values, None, "")))
                for row in found.rows[:_MOST_TOLD]
            ]  # fmt: skip
            text = say("Nothing is kept yet. This would be noted:")
        listed = Paragraph(theme, "\n".join(lines), "small", "ink")
        area = scrolled(listed, floats=False)
        area.setMaximumHeight(theme.px(_HIGH))
        area.setMinimumHeight(min(theme.px(_HIGH), round(listed.height_at(theme.px(500))) + 4))
        close = Button(theme, say("Close") if wrong else say("Cancel"), "primary" if wrong else "ghost", key="Esc")
        close.clicked.connect(self.close_overlay)
        buttons = [close]
        if not wrong:
            label = words.trn("Note {number} reading", "Note {number} readings", len(found.rows))
            self.go = Button(theme, label, "primary", key="Enter")
            self.go.clicked.connect(self._keep)
            buttons.append(self.go)
        super().__init__(theme, parent, say("Counts from {file}", file=found.file), text, area, *buttons, width=560)
        buttons[-1].setFocus()

    def _keep(self) -> None:
        found = self._found
        self.go.setEnabled(False)
        self._desk.write(
            lambda store: keep_file(store, found),
            lambda kept: self._desk.words.trn("Noted {number} reading", "Noted {number} readings", kept.new),
            then=self.still(lambda _: self.close_overlay()),
            failed=self.still(lambda error: self.show_trouble(self._desk.sentence(error))),
        )
