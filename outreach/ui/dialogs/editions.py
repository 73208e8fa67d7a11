"""Dialogs about the editions of a title: what they are, their copies, their codes."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.isbn import parse_gtin, parse_isbn
from outreach.fields.numbers import parse_weight
from outreach.services.catalogue.catalogue import (
    EditionFormat,
    EditionStock,
    NewEdition,
    StockReason,
    add_edition,
    count_stock,
    edit_edition,
    move_stock,
    show_item,
)
from outreach.services.catalogue.codes import AddedCodes, add_codes, hand_out, list_codes, waiting_for_codes
from outreach.services.catalogue.editions import DIGITAL, parse_price, price_text
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.widgets.basics import Button, Label, column
from outreach.ui.widgets.forms import FieldSpec, Form

#: So many of those who have a code are named; a command lists them all.
_NAMED = 6


def edition_dialog(desk: Desk, parent: QWidget, about: tuple[int, int]) -> None:
    """Add an edition to a title, or change one.

    Args:
        desk: The desk.
        parent: Over what it floats.
        about: The title, and the edition or 0 for a new one.
    """
    item_id, edition_id = about
    say, detail = desk.say, show_item(item_id)
    title = detail.values["title"]
    known = next((each for each in detail.editions if each.id == edition_id), None)
    fields = _fields(desk)
    if known is not None:
        form = Form(desk.theme, fields, _values(known))
        EditDialog(desk, parent, say("An edition of {title}", title=title), form,
                   lambda store, key, value: edit_edition(store, edition_id, {key: value}), width=600)  # fmt: skip
        return
    fields[-3:] = [FieldSpec("copies", say("Copies that are here"), "0", check=_count(desk, least=0))]
    form = Form(desk.theme, fields)

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        price, currency = parse_price(given["price"])
        cost, cost_currency = parse_price(given["cost"], currency)
        new = NewEdition(
            EditionFormat(given["format"]), given["isbn"], price, currency, int(given["copies"] or 0),
            given["gtin"], given["variant"], cost, cost_currency,
        )  # fmt: skip
        return add_edition(store, item_id, new)

    FormDialog(desk, parent, say("Add an edition of {title}", title=title), form, say("Add"), work, width=600,
               told=say("Added an edition"))  # fmt: skip


def copies_dialog(desk: Desk, parent: QWidget, item_id: int) -> None:
    """Note copies that came in, or that a count found."""
    say = desk.say
    detail = show_item(item_id)
    known = {str(each.id): each for each in detail.editions if not each.codes}
    choices = [(key, f"{_name(desk, each)}, {each.copies}") for key, each in known.items()]
    choices += [(each.value, say("New: {format}", format=desk.words.term("format", each.value)))
                for each in EditionFormat]  # fmt: skip
    kinds = [("came", say("Came in")), ("gone", say("Are gone")), ("count", say("Are here, by a count"))]
    form = Form(
        desk.theme,
        [
            FieldSpec("edition", say("Copies of"), choices=choices),
            FieldSpec("isbn", say("ISBN, for a new one"), check=_isbn(desk)),
            FieldSpec("copies", say("How many"), "25", check=_count(desk, least=0)),
            FieldSpec("kind", say("What of them"), choices=kinds),
            FieldSpec("note", say("Note"), say("From the printer, from the warehouse"), wide=True),
        ],
    )

    def work(store: Store, given: Mapping[str, str]) -> Changes:
        copies = int(given["copies"])
        if given["edition"] not in known:
            new = NewEdition(EditionFormat(given["edition"]), given["isbn"], copies=copies)
            return add_edition(store, item_id, new)[1]
        edition = int(given["edition"])
        if given["kind"] == "count":
            return count_stock(store, edition, copies, given["note"])
        came = given["kind"] == "came"
        reason = StockReason.RECEIVED if came else StockReason.CORRECTED
        return move_stock(store, edition, copies if came else -copies, reason, given["note"])

    FormDialog(desk, parent, say("Copies of {title}", title=detail.values["title"]), form, say("Save"), work,
               told=say("Counted copies"))  # fmt: skip


def codes_dialog(desk: Desk, parent: QWidget, item_id: int) -> None:
    """Add codes to an edition, and hand them out: each once, to one person."""
    say, words = desk.say, desk.words
    detail = show_item(item_id)
    fitting = [each for each in detail.editions if each.codes or each.format in DIGITAL] or list(detail.editions)
    fitting.sort(key=lambda each: not each.codes)
    if not fitting:
        edition_dialog(desk, parent, (item_id, 0))
        return
    choices = [(str(each.id), _counted(desk, each)) for each in fitting]
    form = Form(
        desk.theme,
        [
            FieldSpec("edition", say("Codes for"), choices=choices),
            FieldSpec("expires", say("They lapse on"), "2027-03-04", check=_day(desk)),
            FieldSpec("codes", say("Codes, one a line"), "ABCD-1234", lines=5, wide=True,
                      check=lambda text: "" if text else say("Paste the list, one code a line")),
        ],
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[AddedCodes, Changes]:
        return add_codes(store, int(given["edition"]), given["codes"], given["expires"])

    def told(made: tuple[AddedCodes, Changes]) -> str:
        return words.trn("Added {number} code", "Added {number} codes", made[0].added)

    above = QWidget()
    above.setLayout(column(*_who_has_them(desk, fitting), spacing=4))
    waiting = [gift for each in fitting for gift in waiting_for_codes(each.id)]
    dialog = FormDialog(
        desk, parent, say("Codes of {title}", title=detail.values["title"]), form, say("Add codes"), work,
        text=say("Each is handed out once, with a gift. Nobody sees a code before it is theirs."), above=above,
        told=told, width=600,
    )  # fmt: skip
    if waiting:
        give = Button(desk.theme, words.trn("Hand out {number}", "Hand out {number}", len(waiting)), "default", "gift")
        give.setToolTip(say("To those who accepted and wait for one"))
        give.clicked.connect(lambda: _hand_out(desk, dialog, waiting))
        above.layout().addWidget(give)  # type: ignore[union-attr]
        dialog.resettle()
    form.focus_first()


def _hand_out(desk: Desk, dialog: FormDialog, gifts: list[int]) -> None:
    said = desk.words.trn("Handed out {number} code", "Handed out {number} codes", len(gifts))
    desk.write(
        lambda store: hand_out(store, gifts), said, then=dialog.still(lambda _: dialog.close_overlay()),
        failed=dialog.still(lambda error: dialog.show_trouble(desk.sentence(error))),
    )  # fmt: skip


def _who_has_them(desk: Desk, editions: list[EditionStock]) -> list[QWidget]:
    """Who was given which code, the newest first."""
    given = [row for each in editions if each.codes for row in list_codes(desk.store, each.id) if row.given_on]
    given.sort(key=lambda row: (row.given_on, row.id), reverse=True)
    texts = [
        desk.say("{code} for {person}, {day}", code=row.code, person=row.person or desk.say("someone forgotten"),
                 day=desk.day(row.given_on))
        for row in given[:_NAMED]
    ]  # fmt: skip
    if len(given) > _NAMED:
        texts.append(desk.words.trn("and {number} more", "and {number} more", len(given) - _NAMED))
    return [Label(desk.theme, text, "small", "ink2", wrap=True) for text in texts]


def _name(desk: Desk, edition: EditionStock) -> str:
    return desk.words.edition(edition.format, edition.kind, edition.variant)


def _counted(desk: Desk, edition: EditionStock) -> str:
    left = edition.codes - edition.given
    return f"{_name(desk, edition)}, " + desk.words.trn("{number} code left", "{number} codes left", left)


def _fields(desk: Desk) -> list[FieldSpec]:
    say = desk.say
    forms = [(each.value, desk.words.term("format", each.value)) for each in EditionFormat]
    return [
        FieldSpec("format", say("Form"), choices=forms),
        FieldSpec("variant", say("Variant, for a product"), say("Blue, large")),
        FieldSpec("isbn", say("ISBN"), check=_isbn(desk)),
        FieldSpec("gtin", say("GTIN, for a product"),
                  check=lambda text: "" if not text or parse_gtin(text) else say("Its check digit or length is wrong")),
        FieldSpec("price", say("What a copy is worth"), "14.99 GBP", check=_price(desk)),
        FieldSpec("cost", say("What it costs us"), "3.20 GBP", check=_price(desk)),
        FieldSpec("pages", say("Pages"), check=_count(desk, least=1, empty=True)),
        FieldSpec("weight", say("A copy weighs"), "420 g", check=_weight(desk)),
        FieldSpec("pub_date", say("Comes out on"), say("As the title does"), check=_day(desk)),
    ]  # fmt: skip


def _values(edition: EditionStock) -> dict[str, str]:
    return {
        "format": edition.format,
        "variant": edition.variant,
        "isbn": edition.isbn13,
        "gtin": edition.gtin,
        "price": price_text(edition.price_minor, edition.currency),
        "cost": price_text(edition.cost_minor, edition.cost_currency),
        "pages": str(edition.pages or ""),
        "weight": f"{edition.weight_grams} g" if edition.weight_grams else "",
        "pub_date": edition.pub_date,
    }


def _isbn(desk: Desk) -> Callable[[str], str]:
    def check(text: str) -> str:
        right = not text or parse_isbn(text).isbn13
        return "" if right else desk.say("Its check digit or its length is wrong")

    return check


def _price(desk: Desk) -> Callable[[str], str]:
    def check(text: str) -> str:
        try:
            parse_price(text)
        except KnownError:
            return desk.say("Write it like 14.99 GBP")
        return ""

    return check


def _count(desk: Desk, *, least: int, empty: bool = False) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text and empty:
            return ""
        right = text.isascii() and text.isdigit() and len(text) < 8 and int(text) >= least
        return "" if right else desk.say("A number, such as 25")

    return check


def _weight(desk: Desk) -> Callable[[str], str]:
    return lambda text: "" if not text or parse_weight(text) else desk.say("Write it like 420 g")


def _day(desk: Desk) -> Callable[[str], str]:
    return lambda text: "" if not text or parse_day(text) else desk.say("Write it like 2027-03-04")
