"""Dialogs about titles: what a title is, and how many copies of it there are."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.fields.dates import parse_day
from outreach.fields.isbn import parse_isbn
from outreach.services.catalogue import (
    EditionFormat,
    ItemKind,
    NewEdition,
    StockReason,
    add_item,
    edit_item,
    move_stock,
    show_item,
)
from outreach.services.genres import load_genres
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.widgets.forms import FieldSpec, Form

_COLUMNS = ("title", "author", "publisher", "pub_date", "hook", "description")


def title_dialog(desk: Desk, parent: QWidget, item_id: int | None) -> None:
    """Add a title, or change what is known of one."""
    say = desk.say
    detail = show_item(item_id) if item_id is not None else None
    genres = [("", say("Not said")), *((each.code, each.name) for each in load_genres().by_code.values())]
    values = {name: str(detail.values[name] or "") for name in _COLUMNS} if detail else {"kind": ItemKind.BOOK.value}
    if detail:
        values |= {"genre": detail.genre_codes[0] if detail.genre_codes else ""}
    fields = [
        FieldSpec("title", say("Title"), wide=True,
                  check=lambda text: "" if text else say("A title needs a name")),
        FieldSpec("author", say("Author")),
        FieldSpec("publisher", say("Publisher")),
        FieldSpec("pub_date", say("Comes out on"), "2027-03-04",
                  check=lambda text: "" if not text or parse_day(text) else say("Write it like 2027-03-04")),
        FieldSpec("genre", say("Genre"), choices=genres),
        FieldSpec("hook", say("In one line, for letters"), wide=True),
        FieldSpec("description", say("Description"), lines=4, wide=True),
    ]  # fmt: skip
    if detail is None:
        kinds = [(kind.value, desk.words.term("item_kind", kind.value)) for kind in ItemKind]
        fields.append(FieldSpec("kind", say("What it is"), choices=kinds))
    form = Form(desk.theme, fields, values)

    if item_id is not None and detail is not None:
        further = detail.genre_codes[1:]

        def saves(store: Store, key: str, value: str) -> Changes:
            if key == "genre":
                # Further genres of the title stay; the first is the one that is changed here.
                rest = [code for code in further if code != value]
                return edit_item(store, item_id, {}, genres=[*([value] if value else []), *rest])
            return edit_item(store, item_id, {key: value})

        EditDialog(desk, parent, say("Change {title}", title=detail.values["title"]), form, saves, width=620)
        return

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        columns = {name: given[name] for name in _COLUMNS if name != "title"}
        chosen = [given["genre"]] if given["genre"] else []
        return add_item(store, given["title"], columns, kind=ItemKind(given["kind"]), genres=chosen)

    FormDialog(desk, parent, say("Add title"), form, say("Add"), work, width=620, told=say("Added a title"),
               then=lambda made: desk.go("catalogue", made[0]))  # fmt: skip


def copies_dialog(desk: Desk, parent: QWidget, item_id: int) -> None:
    """Note copies that came in, or that a count found."""
    say, term = desk.say, desk.words.term
    detail = show_item(item_id)
    known = {str(each.id): each for each in detail.editions}
    choices = [(key, f"{term('format', each.format)}, {each.copies}") for key, each in known.items()]
    choices += [(each.value, say("New: {format}", format=term("format", each.value)))
                for each in EditionFormat]  # fmt: skip

    def count(text: str) -> str:
        return "" if text.lstrip("-").isdigit() and int(text) else say("A number of copies, such as 25")

    def isbn(text: str) -> str:
        return "" if not text or parse_isbn(text) is not None else say("Its check digit or its length is wrong")

    form = Form(
        desk.theme,
        [
            FieldSpec("edition", say("Copies of"), choices=choices),
            FieldSpec("copies", say("How many"), "25", check=count),
            FieldSpec("isbn", say("ISBN, for a new one"), check=isbn),
            FieldSpec("note", say("Note"), say("From the printer, from the warehouse")),
        ],
    )

    def work(store: Store, given: Mapping[str, str]) -> Changes:
        copies = int(given["copies"])
        if given["edition"] in known:
            reason = StockReason.RECEIVED if copies > 0 else StockReason.CORRECTED
            return move_stock(store, int(given["edition"]), copies, reason, given["note"])
        new = NewEdition(EditionFormat(given["edition"]), copies=copies)
        return edit_item(store, item_id, {}, editions=[replace(new, isbn=given["isbn"])])

    FormDialog(desk, parent, say("Copies of {title}", title=detail.values["title"]), form, say("Save"), work,
               text=say("A number below zero takes copies out that a count did not find."),
               told=say("Counted copies"))  # fmt: skip
