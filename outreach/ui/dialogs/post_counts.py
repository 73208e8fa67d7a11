"""What was counted below posts: typed for one, or from a list that is looked through before it is kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.fields.dates import parse_day
from outreach.fields.numbers import parse_count
from outreach.services.posts.count_files import CountFile, CountRow, keep_file, look_through
from outreach.services.posts.readings import COUNTS, Counts, counts_of, note_counts, remove_counts
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.dialogs.whole_list import WholeList, look_through_list
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.ui.widgets.postparts import counted, rate_lines


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
    words = desk.words

    def row(each: CountRow) -> str:
        counts = counted(words, Counts(0, each.day, each.values, None, ""))
        return words.tr("{post}, {day}: {counts}", post=each.told, day=words.day(each.day), counts=counts)

    def told(found: CountFile) -> WholeList:
        return WholeList(
            desk.say("Counts from {file}", file=found.file), found, row, len(found.rows),
            words.trn("Note {number} reading", "Note {number} readings", len(found.rows)),
            lambda store: keep_file(store, found),
            lambda kept: words.trn("Noted {number} reading", "Noted {number} readings", kept.new),
        )  # fmt: skip

    look_through_list(desk, parent, path, desk.say("A list of counts"), look_through, told)
