"""The catalogue: list, show, add, edit, clients, stock, codes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, group, money, plain, subcommand, table
from outreach.cli.people_group import pairs
from outreach.cli.speaking import said
from outreach.cli.subject_codes import subjects
from outreach.fields.isbn import format_isbn
from outreach.services import refs
from outreach.services.catalogue import catalogue as service
from outreach.services.catalogue import codes as service_codes
from outreach.services.catalogue.clients import list_clients
from outreach.services.catalogue.codes import read_list
from outreach.services.catalogue.covers import prepare_cover, set_cover
from outreach.services.catalogue.editions import parse_price
from outreach.store.database import Store

catalogue = group(
    "catalogue",
    "List, show, add and edit books and products, and their copies.",
    {"catalogue_timeline": ("timeline",), "catalogue_clients": ("client",)},
)
catalogue.add_command(subjects)


@subcommand(catalogue, "list")
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--client", default="", help="Only titles of this client.")
def list_items(session: Session, words: tuple[str, ...], limit: int | None, client: str) -> None:
    """List titles, all of them or those whose title or author has every one of WORDS.

    \b
    Examples:
      outreach catalogue list
      outreach catalogue list orchard
    """
    with session.reading() as store:
        rows = service.list_items(store, " ".join(words), limit, client)
    session.show(
        rows,
        lambda: [
            *table(
                ("", "Title", "Author", "Published", "Editions", "Copies"),
                [
                    (f"i{row.id}", row.title, row.author, session.words.day(row.pub_date), row.editions, row.copies)
                    for row in rows
                ],
            ),
            session.words.count("items", len(rows)),
        ],
    )


@subcommand(catalogue, "show")
@click.argument("ref")
def show_item(session: Session, ref: str) -> None:
    """Show one title: REF is an id (i3), an ISBN, or a title that fits only one.

    \b
    Example:
      outreach catalogue show 9798860000001
    """
    with session.reading():
        found = service.show_item(refs.item_id(ref))
    data = plain(found)
    data["editions"] = [_edition_data(row) for row in found.editions]
    data["contributors"] = [
        {"role": role, "name": name, "biography": biography} for role, name, biography in found.contributors
    ]
    session.show(data, lambda: _page(session, found))


def _edition_data(row: service.EditionStock) -> dict[str, Any]:
    """An edition as JSON has it: money as amounts with their currency."""
    data: dict[str, Any] = plain(row)
    data["price"] = money(row.price_minor, row.currency)
    data["cost"] = money(row.cost_minor, row.cost_currency)
    for name in ("price_minor", "currency", "cost_minor", "cost_currency"):
        del data[name]
    return data


def _page(session: Session, found: service.ItemDetail) -> Iterator[str]:
    words = session.words
    yield click.style(f"{found.values['title']}  i{found.id}", bold=True)
    days = ("pub_date", "on_sale_date", "review_embargo", "sales_embargo")
    for name, value in found.values.items():
        if value and name != "title":
            yield f"{words.say(f'field.{name}')}: {words.day(value) if name in days else value}"
    for name, values in (("genres", list(map(words.named, found.genres))), ("keywords", found.keywords)):
        if values:
            yield f"{words.say(f'field.{name}')}: {', '.join(values)}"
    for name in ("contributors", "comps", "subjects"):
        if found.parts[name]:
            yield f"{words.say(f'field.{name}')}: {found.parts[name].replace(chr(10), '; ')}"
    yield from table(
        ("", "Edition", "Number", "Worth", "Costs us", "Copies", "Promised", "Codes"),
        [
            (
                f"e{row.id}",
                session.words.edition(row.format, row.kind, row.variant),
                format_isbn(row.isbn13) if row.isbn13 else row.gtin,
                words.money(row.price_minor, row.currency) if row.price_minor is not None else "",
                words.money(row.cost_minor, row.cost_currency) if row.cost_minor is not None else "",
                row.copies,
                row.promised,
                row.codes or "",
            )
            for row in found.editions
        ],
    )


_FORMATS = click.Choice([each.value for each in service.EditionFormat])
_VALUES = click.option("--set", "values", multiple=True, metavar="FIELD=TEXT", help="A field, such as author=…")
_GENRES = click.option("--genre", "genres", multiple=True, help="A genre of our list.")
_FORMAT = click.option("--format", "form", type=_FORMATS, help="The form of an edition to add.")
_ISBN = click.option("--isbn", default="", help="Its ISBN.")
_PRICE = click.option("--price", default="", metavar="12.99GBP", help="What a copy of it is worth.")
_COST = click.option("--cost", default="", metavar="3.20GBP", help="What a copy of it costs us.")
_GTIN = click.option("--gtin", default="", help="Its GTIN, for a product.")
_VARIANT = click.option("--variant", default="", help="Its colour, size or flavour, for a product.")
_COVER = click.option("--cover", type=click.Path(path_type=Path), help="A PNG or JPEG picture of its cover.")
_COPIES = click.option("--copies", type=click.IntRange(min=0), default=0, help="How many copies of it are here.")


@subcommand(catalogue, "add")
@click.argument("title")
@click.option("--product", is_flag=True, help="It is a product, not a book.")
@_GENRES
@_FORMAT
@_ISBN
@_GTIN
@_VARIANT
@_PRICE
@_COST
@_COPIES
@_COVER
@_VALUES
def add_item(session: Session, title: str, product: bool, values: tuple[str, ...], **given: object) -> None:
    """Add a book or a product.

    \b
    Example:
      outreach catalogue add "The Salt Orchard" --set author="Safiya Renn" --genre ya-fantasy \\
          --format hardback --isbn 9798860000001 --copies 40
    """
    kind = service.ItemKind.PRODUCT if product else service.ItemKind.BOOK
    with session.writing() as store:
        editions = _editions(given)
        cover = _cover(store, given)
        item, _ = service.add_item(
            store, title, pairs(values), kind=kind, genres=_texts(given["genres"]), editions=editions
        )
        if cover:
            set_cover(store, item, cover)
    session.show({"id": f"i{item}"}, lambda: [session.words.say("catalogue.added", title=title, ref=f"i{item}")])


@subcommand(catalogue, "edit")
@click.argument("ref")
@_GENRES
@_FORMAT
@_ISBN
@_GTIN
@_VARIANT
@_PRICE
@_COST
@_COPIES
@_COVER
@click.option("--edition", help="Change this edition (a form, an ISBN, or an id such as e4) with --set.")
@_VALUES
def edit_item(session: Session, ref: str, values: tuple[str, ...], edition: str | None, **given: object) -> None:
    """Change fields of a title or of one of its editions, set its genres or its cover, or add an edition.

    \b
    Example:
      outreach catalogue edit "The Salt Orchard" --set client="Finch & Marlow" --set comps="The Glass Heron / I. Vale"
      outreach catalogue edit i3 --edition hardback --set cost="3.20 GBP" --set price="14.99 GBP"
    """
    with session.writing() as store:
        item = refs.item_id(ref)
        if edition:
            service.edit_edition(store, refs.edition_id(edition, item), pairs(values))
        else:
            genres, editions = _texts(given["genres"]) or None, _editions(given)
            cover = _cover(store, given)
            if values or genres or editions:
                service.edit_item(store, item, pairs(values), genres=genres, editions=editions)
            if cover:
                set_cover(store, item, cover)
    session.show({"id": f"i{item}"}, lambda: [session.words.say("catalogue.edited", ref=f"i{item}")])


@subcommand(catalogue, "clients")
def clients(session: Session) -> None:
    """List clients, with how many titles and campaigns are theirs. A title's is set with --set client=NAME.

    \b
    Example:
      outreach catalogue clients
    """
    with session.reading():
        rows = list_clients()
    session.show(
        rows,
        lambda: table(
            ("Client", "Titles", "Campaigns", "Language", "Currency"),
            [(row.name, row.titles, row.campaigns, row.language, row.currency) for row in rows],
        ),
    )


@subcommand(catalogue, "stock")
@click.argument("ref")
@click.option("--edition", help="Which edition: a format, an ISBN, or an id (e4).")
@click.option("--add", "more", type=int, help="How many copies came; negative when some are gone.")
@click.option("--count", type=click.IntRange(min=0), help="How many copies a count found here.")
@click.option("--note", default="")
def stock(session: Session, ref: str, edition: str | None, more: int | None, count: int | None, note: str) -> None:
    """Show how many copies of a title are left, note that some came or went, or what a count found.

    \b
    Examples:
      outreach catalogue stock i3
      outreach catalogue stock i3 --edition proof --add 40 --note "from the printer"
      outreach catalogue stock i3 --edition proof --count 38
    """
    if more is not None and count is not None:
        raise click.UsageError(said("--add says what came, --count what is here: name one of them."))
    if more is not None or count is not None:
        with session.writing() as store:
            item = refs.item_id(ref)
            chosen = _edition_of(item, edition)
            if count is not None:
                service.count_stock(store, chosen, count, note)
            elif more is not None:
                reason = service.StockReason.RECEIVED if more > 0 else service.StockReason.CORRECTED
                service.move_stock(store, chosen, more, reason, note)
            editions = service.stock_of(item)
    else:
        with session.reading():
            editions = service.stock_of(refs.item_id(ref))
    session.show(
        [_edition_data(row) for row in editions],
        lambda: table(
            ("", "Edition", "ISBN", "Copies", "Promised"),
            [
                (
                    f"e{row.id}",
                    session.words.edition(row.format, row.kind, row.variant),
                    row.isbn13 or row.gtin,
                    row.copies,
                    row.promised,
                )
                for row in editions
            ],
        ),
    )


@subcommand(catalogue, "codes")
@click.argument("ref")
@click.option("--edition", help="Which edition: a format, an ISBN, or an id (e4).")
@click.option("--add", "file", type=click.Path(path_type=Path), help="A list of codes, one a line, with a day or not.")
@click.option("--expires", default="", metavar="DAY", help="The day on which codes lapse whose line names none.")
@click.option("--give", multiple=True, metavar="GIFT", help="Give this accepted gift (g12) its code.")
@click.option("--give-all", is_flag=True, help="Give one to each accepted gift of the edition.")
def codes(
    session: Session,
    ref: str,
    edition: str | None,
    file: Path | None,
    expires: str,
    give: tuple[str, ...],
    give_all: bool,
) -> None:
    """List the codes of an edition, add a list of them, or hand them out: each once, with a gift.

    \b
    Example:
      outreach catalogue codes "The Salt Orchard" --edition egalley --add codes.txt --expires 2027-03-04
      outreach catalogue codes "The Salt Orchard" --edition egalley --give g12
    """
    if not (file or give or give_all):
        with session.reading() as store:
            item = refs.item_id(ref)
            rows = service_codes.list_codes(store, _edition_of(item, edition))
        session.show(rows, lambda: _code_lines(session, rows))
        return
    with session.writing() as store:
        item = refs.item_id(ref)
        chosen = _edition_of(item, edition)
        added: service_codes.AddedCodes | None = None
        handed: list[service_codes.Handed] = []
        if file:
            added, _ = service_codes.add_codes(store, chosen, read_list(file), expires)
        gifts = [refs.gift_id(each) for each in give] or (service_codes.waiting_for_codes(chosen) if give_all else [])
        if gifts:
            handed, _ = service_codes.hand_out(store, gifts)
    say, count = session.words.say, session.words.count
    session.show(
        {"added": added.added if added else 0, "twice": added.twice if added else 0, "given": plain(handed)},
        lambda: [
            *([say("codes.added", codes=count("codes", added.added), twice=added.twice)] if added else []),
            *(say("codes.given", person=each.person, gift=f"g{each.gift_id}", text=each.code) for each in handed),
            *([say("codes.nobody")] if give_all and not handed else []),
        ],
    )  # fmt: skip


def _code_lines(session: Session, rows: list[service_codes.CodeRow]) -> Iterator[str]:
    words = session.words
    yield from table(
        ("Code", "For", "Given", "Lapses"),
        [
            (
                row.code or (f"…{row.hint}" if row.hint else "…"),
                f"{row.person} (g{row.gift_id})" if row.gift_id else "",
                words.day(row.given_on),
                words.day(row.expires_on),
            )
            for row in rows
        ],
    )
    left = sum(not row.given_on and not row.lapsed for row in rows)
    yield words.say("codes.left", left=left, lapsed=sum(row.lapsed for row in rows))


def _edition_of(item: int, edition: str | None) -> int:
    if edition:
        return refs.edition_id(edition, item)
    return refs.only_edition(item, [each.id for each in service.stock_of(item)])


def _cover(store: Store, given: dict[str, object]) -> str:
    path = given["cover"]
    return prepare_cover(store.folder, path.expanduser()) if isinstance(path, Path) else ""


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, tuple) else []


def _editions(given: dict[str, object]) -> list[service.NewEdition]:
    """The edition that the options describe, if they name its form."""
    if given["form"] is None:
        if any(given[name] for name in ("isbn", "gtin", "variant", "price", "cost", "copies")):
            raise click.UsageError(said(
                "--isbn, --gtin, --variant, --price, --cost and --copies belong to an edition: name its --format too."
            ))  # fmt: skip
        return []
    amount, currency = parse_price(str(given["price"]))
    cost, cost_currency = parse_price(str(given["cost"]), currency)
    copies = given["copies"]
    assert isinstance(copies, int)
    form = service.EditionFormat(str(given["form"]))
    new = service.NewEdition(form, str(given["isbn"]), amount, currency, copies)
    return [
        replace(new, gtin=str(given["gtin"]), variant=str(given["variant"]), cost=cost, cost_currency=cost_currency)
    ]
