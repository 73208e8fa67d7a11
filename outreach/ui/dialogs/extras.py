"""Dialogs about what goes with a title's gifts: what the author signs, and what lies in the parcels beside."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.catalogue.catalogue import show_item
from outreach.services.catalogue.editions import parse_price, price_text
from outreach.services.catalogue.inserts import (
    InsertKind,
    InsertRow,
    NewInsert,
    add_insert,
    edit_insert,
    fitting_parcels,
    list_inserts,
    parse_number,
    put_in,
)
from outreach.services.exporting.csvfile import write_csv
from outreach.services.gifts.signing import Signing, SigningRow, ask_to_sign, note_signed, signable, signing_list
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.records import Record, RecordsDialog, Work
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.wording.signing import signing_cells, signing_headings


def signing_dialog(desk: Desk, parent: QWidget, item_id: int) -> None:
    """What the author of a title signs for whom, in which order, and that it is done."""
    say, words = desk.say, desk.words
    title = str(show_item(item_id).values["title"])
    kinds = [(kind.value, words.term("signing", kind.value)) for kind in (Signing.COPY, Signing.BOOKPLATE)]
    start = {"how": Signing.COPY.value}
    form = Form(
        desk.theme,
        [
            FieldSpec("gift", say("For whom"), choices=[("", say("All who are not on the list yet")),
                                                        *_recipients(item_id)]),
            FieldSpec("how", say("What is signed"), choices=kinds),
            FieldSpec("dedication", say("The words to write"), say("Leave empty for the name alone"), wide=True),
        ],
        start,
    )  # fmt: skip

    def adds(store: Store, values: Mapping[str, str]) -> Any:
        how = Signing(values["how"])
        gifts = [int(values["gift"])] if values["gift"] else [gift for gift, _ in signable(item_id, how)]
        if not gifts:
            raise KnownError("signing.nobody", title=title)
        return ask_to_sign(store, gifts, how, values["dedication"])

    dialog = RecordsDialog(
        desk, parent, say("What is signed of {title}", title=title),
        lambda: [_signed(desk, row) for row in signing_list(item_id, signed=True)], form, say("Put on the list"), adds,
        start=start,
    )  # fmt: skip
    write = Button(desk.theme, say("Write the author’s list"), "default", "download")
    write.setToolTip(say("Names and words in signing order, without addresses"))
    write.clicked.connect(lambda: _write(desk, dialog, item_id))
    dialog.beside(write)


def _recipients(item_id: int) -> list[tuple[str, str]]:
    listed = {row.gift_id: row.person for row in signing_list(item_id)}
    found = {**listed, **dict(signable(item_id, Signing.BOOKPLATE))}
    return [(str(gift), found[gift]) for gift in sorted(found)]


def _signed(desk: Desk, row: SigningRow) -> Record:
    say, words = desk.say, desk.words
    acts: list[tuple[str, Work | None, None]] = []
    if row.signed_on:
        acts.append((say("Not signed"), lambda store: note_signed(store, [row.gift_id], undone=True), None))
    else:
        acts.append((say("Signed"), lambda store: note_signed(store, [row.gift_id]), None))
        acts.append((say("Remove"), lambda store: ask_to_sign(store, [row.gift_id], Signing.NONE), None))
    done = say("signed {day}", day=words.day(row.signed_on)) if row.signed_on else ""
    detail = [words.term("signing", row.signing), f"“{row.dedication}”" if row.dedication else "", done]
    return Record(f"{row.place}. {row.person}", ", ".join(filter(None, detail)), acts)


def _write(desk: Desk, dialog: RecordsDialog, item_id: int) -> None:
    path = desk.files.to_save(dialog, desk.say("The author’s list"), "signing.csv")
    if path is None:
        return

    def work(_store: Store, _job: Job) -> Path:
        rows = [signing_cells(desk.words, row) for row in signing_list(item_id)]
        write_csv(path, signing_headings(desk.words), rows)
        return path

    desk.runner.run(
        Job("Writing the list"), work, then=lambda made: desk.tell(desk.say("Wrote {file}", file=made.name)),
        failed=lambda error: desk.ask("trouble", error),
    )  # fmt: skip


class InsertsDialog(RecordsDialog):
    """Inserts that go with a title or with any; one of them is changed in the form that adds others."""

    def __init__(self, desk: Desk, parent: QWidget, item_id: int) -> None:
        say, words = desk.say, desk.words
        self._item = item_id
        self._changing = 0
        kinds = [(kind.value, words.term("insert_kind", kind.value)) for kind in InsertKind]
        form = Form(
            desk.theme,
            [
                FieldSpec("name", say("Name"), say("Bookmark, tote bag"), check=needed(say("An insert needs a name"))),
                FieldSpec("kind", say("What it is"), choices=kinds),
                FieldSpec("cost", say("What one costs us"), "0.12 GBP"),
                FieldSpec("count", say("How many are here"), say("Leave empty if they are not counted")),
                FieldSpec("goes", say("It goes with"),
                          choices=[("title", say("This title")), ("", say("Any title"))]),
            ],
        )  # fmt: skip
        start = {**form.values(), "goes": "title"}
        form.set_values(start)
        title = say("Inserts for {title}", title=str(show_item(item_id).values["title"]))
        super().__init__(desk, parent, title, self._told, form, say("Add"), self._save, start=start)

    def _told(self) -> list[Record]:
        return [self._record(row) for row in list_inserts() if row.item_id in (None, self._item)]

    def _record(self, row: InsertRow) -> Record:
        say, words = self._desk.say, self._desk.words
        left = say("not counted") if row.left is None else words.trn("{number} left", "{number} left", row.left)
        out = words.trn("{number} in parcels", "{number} in parcels", row.out) if row.out else ""
        cost = "" if row.cost_minor is None else words.money(row.cost_minor, row.cost_currency)
        detail = [
            words.term("insert_kind", row.kind),
            cost,
            left,
            out,
            "" if row.item_id else row.campaign or say("with any title"),
        ]
        acts: list[tuple[str, Work | None, Any]] = []
        fitting = fitting_parcels(row.id)
        if fitting:
            label = words.trn("Put into {number} parcel", "Put into {number} parcels", len(fitting))
            acts.append((label, lambda store: put_in(store, row.id, fitting), None))
        acts.append((say("Change"), None, partial(self._change, row)))
        return Record(row.name, ", ".join(filter(None, detail)), acts)

    def _change(self, row: InsertRow) -> None:
        self._changing = row.id
        self.add.setText(self._desk.say("Save"))
        self.form.set_values(
            {
                "name": row.name,
                "kind": row.kind,
                "cost": price_text(row.cost_minor, row.cost_currency),
                "count": "" if row.left is None else str(row.left),
                "goes": "title" if row.item_id else "",
            }
        )
        self.form.focus_first()

    def _save(self, store: Store, values: Mapping[str, str]) -> Any:
        if self._changing:
            kept = {name: values[name] for name in ("name", "kind", "cost", "count")}
            return edit_insert(store, self._changing, {**kept, "item": str(self._item) if values["goes"] else ""})
        cost, currency = parse_price(values["cost"])
        new = NewInsert(
            values["name"], InsertKind(values["kind"]), self._item if values["goes"] else None, None, cost, currency,
            parse_number(values["count"]),
        )  # fmt: skip
        return add_insert(store, new)

    def _show(self) -> None:
        super()._show()
        if self.form.values() == self._start:
            self._changing = 0
            self.add.setText(self._desk.say("Add"))
