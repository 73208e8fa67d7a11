"""Dialogs about titles: what a title is, and everything else that is known of it."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.services.catalogue.catalogue import ItemKind, add_item, edit_item, show_item
from outreach.services.catalogue.fields import genre_code
from outreach.services.catalogue.genres import load_genres
from outreach.services.catalogue.text import subjects_of
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.widgets.forms import FieldSpec, Form

_COLUMNS = ("title", "author", "publisher", "imprint", "client", "pub_date", "reading_age", "hook", "description")
_FURTHER = ("subtitle", "series", "series_number", "on_sale_date", "language", "review_embargo", "sales_embargo",
            "content_notes")  # fmt: skip


def title_dialog(desk: Desk, parent: QWidget, item_id: int | None) -> None:
    """Add a title, or change what is known of one."""
    say = desk.say
    detail = show_item(item_id) if item_id is not None else None
    genres = [
        ("", say("Not said")),
        *((each.code, desk.words.named(each.name)) for each in load_genres().by_code.values()),
    ]
    values = {name: str(detail.values[name] or "") for name in _COLUMNS} if detail else {"kind": ItemKind.BOOK.value}
    if detail:
        values |= {"genre": detail.genre_codes[0] if detail.genre_codes else ""}
        values |= {"genres": "; ".join(detail.genres[1:])}
    fields = [
        FieldSpec("title", say("Title"), wide=True,
                  check=lambda text: "" if text else say("A title needs a name")),
        FieldSpec("author", say("Author")),
        FieldSpec("publisher", say("Publisher")),
        FieldSpec("imprint", say("Imprint")),
        FieldSpec("client", say("Client"), say("Whom we work for")),
        FieldSpec("pub_date", say("Comes out on"), "2027-03-04", check=_day(desk)),
        FieldSpec("reading_age", say("Reading age"), "13+"),
        FieldSpec("genre", say("Genre"), choices=genres),
        FieldSpec("genres", say("Further genres"), say("Folklore; Romance"), check=_genres(desk)),
        FieldSpec("hook", say("In one line, for letters"), wide=True),
        FieldSpec("description", say("Description"), lines=4, wide=True),
    ]  # fmt: skip
    if detail is None:
        kinds = [(kind.value, desk.words.term("item_kind", kind.value)) for kind in ItemKind]
        fields.append(FieldSpec("kind", say("What it is"), choices=kinds))
    form = Form(desk.theme, fields, values)
    if detail is not None:
        EditDialog(desk, parent, say("Change {title}", title=detail.values["title"]), form,
                   _saves(detail.id, form), width=620)  # fmt: skip
        return

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        columns = {name: given[name] for name in _COLUMNS if name != "title"}
        kind = ItemKind(given["kind"])
        return add_item(store, given["title"], columns, kind=kind, genres=_chosen(given["genre"], given["genres"]))

    FormDialog(desk, parent, say("Add title"), form, say("Add"), work, width=620, told=say("Added a title"),
               then=lambda made: desk.go("catalogue", made[0]))  # fmt: skip


def details_dialog(desk: Desk, parent: QWidget, item_id: int) -> None:
    """Change what the trade wants to know of a title: series, days, everyone who made it, codes, comps."""
    say = desk.say
    detail = show_item(item_id)
    people = say("Author: Safiya Renn | What is known of her") + "\n" + say("Translator: Ada Obi")
    form = Form(
        desk.theme,
        [
            FieldSpec("subtitle", say("Subtitle"), wide=True),
            FieldSpec("series", say("Series")),
            FieldSpec("series_number", say("Number in the series")),
            FieldSpec("on_sale_date", say("In shops from"), "2027-03-04", check=_day(desk)),
            FieldSpec("language", say("Language"), "en"),
            FieldSpec("review_embargo", say("No reviews before"), "2027-03-01", check=_day(desk)),
            FieldSpec("sales_embargo", say("No sales before"), "2027-03-04", check=_day(desk)),
            FieldSpec("contributors", say("Who made it, one a line"), people, lines=3, wide=True),
            FieldSpec("comps", say("Reads like, one a line"), "The Glass Heron / Imogen Vale", lines=2),
            FieldSpec("subjects", say("Subject codes, one a line"), "thema YFH", lines=2,
                      check=lambda text: say("Begin a line with thema, bisac or bic") if subjects_of(text)[1] else ""),
            FieldSpec("keywords", say("Keywords"), say("found family; sea"), lines=2),
            FieldSpec("content_notes", say("Content notes"), say("A death in the family"), lines=2),
        ],
        {name: str(detail.values[name] or "") for name in _FURTHER} | dict(detail.parts),
    )  # fmt: skip
    EditDialog(desk, parent, say("More about {title}", title=detail.values["title"]), form,
               lambda store, key, value: edit_item(store, item_id, {key: value}), width=680)  # fmt: skip


def _saves(item_id: int, form: Form) -> Callable[[Store, str, str], Changes]:
    """Writes one field that was left; the first genre and the others are one list."""
    first = form.values()

    def saves(store: Store, key: str, value: str) -> Changes:
        if key not in ("genre", "genres"):
            return edit_item(store, item_id, {key: value})
        first[key] = value
        return edit_item(store, item_id, {}, genres=_chosen(first["genre"], first["genres"]))

    return saves


def _chosen(first: str, further: str) -> list[str]:
    """The genres of both fields, each once."""
    codes = [first] if first else []
    return list(dict.fromkeys([*codes, *(genre_code(word.strip()) for word in further.split(";") if word.strip())]))


def _genres(desk: Desk) -> Callable[[str], str]:
    def check(text: str) -> str:
        try:
            _chosen("", text)
        except KnownError:
            return desk.say("Names of genres from the list beside it, with ; between them")
        return ""

    return check


def _day(desk: Desk) -> Callable[[str], str]:
    return lambda text: "" if not text or parse_day(text) else desk.say("Write it like 2027-03-04")
