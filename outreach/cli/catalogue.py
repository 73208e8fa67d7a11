"""The catalogue: list, show, add, edit, stock."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import click

from outreach.cli.codes import codes
from outreach.cli.frame import Session, group, money, plain, subcommand, table
from outreach.cli.people import pairs
from outreach.services import catalogue as service
from outreach.services import refs

catalogue = group("catalogue", "List, show, add and edit books and products, and their copies.")
catalogue.add_command(codes)


@subcommand(catalogue, "list")
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
def list_items(session: Session, words: tuple[str, ...], limit: int | None) -> None:
    """List titles, all of them or those whose title or author has every one of WORDS."""
    with session.reading() as store:
        rows = service.list_items(store, " ".join(words), limit)
    session.show(
        plain(rows),
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
    """Show one title: REF is an id (i3), an ISBN, or a title that fits only one."""
    with session.reading():
        found = service.show_item(refs.item_id(ref))
    data = plain(found)
    for edition, row in zip(data["editions"], found.editions, strict=True):
        edition["price"] = money(row.price_minor, row.currency)
        del edition["price_minor"], edition["currency"]
    session.show(data, lambda: _page(session, found))


def _page(session: Session, found: service.ItemDetail) -> Iterator[str]:
    words = session.words
    yield click.style(f"{found.values['title']}  i{found.id}", bold=True)
    days = ("pub_date", "on_sale_date", "review_embargo", "sales_embargo")
    for name, value in found.values.items():
        if value and name != "title":
            yield f"{words.say(f'field.{name}')}: {words.day(value) if name in days else value}"
    for name, values in (("genres", found.genres), ("keywords", found.keywords), ("comps", found.comps)):
        if values:
            yield f"{words.say(f'field.{name}')}: {', '.join(values)}"
    yield from table(
        ("", "Edition", "ISBN", "Price", "Copies", "Promised"),
        [
            (
                f"e{row.id}",
                words.term("format", row.format) or words.term("edition_kind", row.kind),
                row.isbn13,
                words.money(row.price_minor, row.currency) if row.price_minor is not None else "",
                row.copies,
                row.promised,
            )
            for row in found.editions
        ],
    )


_FORMATS = click.Choice([each.value for each in service.EditionFormat])
_VALUES = click.option("--set", "values", multiple=True, metavar="FIELD=TEXT", help="A field, such as author=…")
_GENRES = click.option("--genre", "genres", multiple=True, help="A genre of our list.")
_FORMAT = click.option("--format", "form", type=_FORMATS, help="The form of an edition to add.")
_ISBN = click.option("--isbn", default="", help="Its ISBN.")
_PRICE = click.option("--price", default="", metavar="12.99GBP", help="Its price.")
_COPIES = click.option("--copies", type=click.IntRange(min=0), default=0, help="How many copies of it are here.")


@subcommand(catalogue, "add")
@click.argument("title")
@click.option("--product", is_flag=True, help="It is a product, not a book.")
@_GENRES
@_FORMAT
@_ISBN
@_PRICE
@_COPIES
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
        item, _ = service.add_item(
            store, title, pairs(values), kind=kind, genres=_texts(given["genres"]), editions=_editions(given)
        )
    session.show({"id": f"i{item}"}, lambda: [session.words.say("catalogue.added", title=title, ref=f"i{item}")])


@subcommand(catalogue, "edit")
@click.argument("ref")
@_GENRES
@_FORMAT
@_ISBN
@_PRICE
@_COPIES
@_VALUES
def edit_item(session: Session, ref: str, values: tuple[str, ...], **given: object) -> None:
    """Change fields of a title, set its genres, or add an edition."""
    with session.writing() as store:
        item = refs.item_id(ref)
        genres = _texts(given["genres"]) or None
        service.edit_item(store, item, pairs(values), genres=genres, editions=_editions(given))
    session.show({"id": f"i{item}"}, lambda: [session.words.say("catalogue.edited", ref=f"i{item}")])


@subcommand(catalogue, "stock")
@click.argument("ref")
@click.option("--edition", help="Which edition: a format, an ISBN, or an id (e4).")
@click.option("--add", "more", type=int, help="How many copies came; negative when some are gone.")
@click.option("--note", default="")
def stock(session: Session, ref: str, edition: str | None, more: int | None, note: str) -> None:
    """Show how many copies of a title are left, or note that some came or went."""
    if more is not None:
        with session.writing() as store:
            item = refs.item_id(ref)
            editions = service.stock_of(item)
            chosen = (
                refs.edition_id(edition, item) if edition else refs.only_edition(item, [each.id for each in editions])
            )
            reason = service.StockReason.RECEIVED if more > 0 else service.StockReason.CORRECTED
            service.move_stock(store, chosen, more, reason, note)
            editions = service.stock_of(item)
    else:
        with session.reading():
            editions = service.stock_of(refs.item_id(ref))
    session.show(
        plain(editions),
        lambda: table(
            ("", "Edition", "ISBN", "Copies", "Promised"),
            [
                (f"e{row.id}", session.words.term("format", row.format), row.isbn13, row.copies, row.promised)
                for row in editions
            ],
        ),
    )


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, tuple) else []


def _editions(given: dict[str, object]) -> list[service.NewEdition]:
    """The edition that the options describe, if they name its form."""
    if given["form"] is None:
        if given["isbn"] or given["price"] or given["copies"]:
            raise click.UsageError("--isbn, --price and --copies belong to an edition: name its --format too.")
        return []
    amount, currency = _price(str(given["price"]))
    copies = given["copies"]
    assert isinstance(copies, int)
    form = service.EditionFormat(str(given["form"]))
    return [service.NewEdition(form, str(given["isbn"]), amount, currency, copies)]


def _price(text: str) -> tuple[Decimal | None, str]:
    if not text:
        return None, ""
    try:
        return Decimal(text[:-3]), text[-3:].upper()
    except InvalidOperation as error:
        raise click.BadParameter(f"“{text}” is no price; write it like 12.99GBP") from error
