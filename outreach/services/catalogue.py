"""Books and products: adding, editing, and how many copies are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.isbn import parse_isbn
from outreach.fields.numbers import to_minor
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.genres import load_genres
from outreach.store.database import Store
from outreach.store.models import CompTitle, Edition, Gift, Item, ItemGenre, Keyword, StockMovement, SubjectCode


class ItemKind(StrEnum):
    """What an item is."""

    BOOK = "book"
    PRODUCT = "product"


class EditionFormat(StrEnum):
    """The form that an edition comes in."""

    HARDBACK = "hardback"
    PAPERBACK = "paperback"
    PROOF = "proof"
    EGALLEY = "egalley"
    EBOOK = "ebook"
    AUDIOBOOK = "audiobook"
    PRODUCT = "product"


class EditionKind(StrEnum):
    """How far along a copy is."""

    PROOF = "proof"
    EGALLEY = "egalley"
    FINISHED = "finished"


class StockReason(StrEnum):
    """Why copies came or went."""

    RECEIVED = "received"
    SHIPPED = "shipped"
    RETURNED = "returned"
    CORRECTED = "corrected"


#: The columns of an item that can be edited by name.
EDITABLE = (
    "title", "subtitle", "author", "series", "description", "hook", "imprint", "publisher", "language", "pub_date",
    "on_sale_date", "review_embargo", "sales_embargo",
)  # fmt: skip
_DAYS = ("pub_date", "on_sale_date", "review_embargo", "sales_embargo")
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition to add."""

    format: EditionFormat
    isbn: str = ""
    price: Decimal | None = None
    currency: str = ""
    copies: int = 0


@dataclass(frozen=True, slots=True)
class EditionStock:
    """An edition with its copies: received less sent, and promised to gifts that have not left yet."""

    id: int
    format: str
    kind: str
    isbn13: str
    price_minor: int | None
    currency: str
    copies: int
    promised: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as a line of a list."""

    id: int
    kind: str
    title: str
    author: str
    pub_date: str
    editions: int
    copies: int


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """Everything an item's page shows of itself."""

    id: int
    kind: str
    values: dict[str, Any]
    genre_codes: tuple[str, ...]
    genres: tuple[str, ...]
    keywords: tuple[str, ...]
    comps: tuple[str, ...]
    subjects: tuple[tuple[str, str, str], ...]
    editions: tuple[EditionStock, ...]


def title_columns(title: str) -> dict[str, str]:
    """The columns that hold a title: as shown, as compared, as sorted."""
    key = fold(title)
    article = next((word for word in _ARTICLES if key.startswith(word) and key != word.strip()), "")
    return {"title": title, "title_key": key, "sort_title": key.removeprefix(article)}


def edition_kind(edition_format: str) -> EditionKind:
    """How far along copies of a format are."""
    return {
        EditionFormat.PROOF: EditionKind.PROOF,
        EditionFormat.EGALLEY: EditionKind.EGALLEY,
    }.get(EditionFormat(edition_format), EditionKind.FINISHED)


def add_item(
    store: Store,
    title: str,
    values: dict[str, str],
    *,
    kind: ItemKind = ItemKind.BOOK,
    genres: Sequence[str] = (),
    editions: Sequence[NewEdition] = (),
) -> tuple[int, Changes]:
    """Add a book or a product with its editions.

    Raises:
        KnownError: ``catalogue.no_title``, ``catalogue.unknown_field``, ``catalogue.bad_date``,
            ``catalogue.unknown_genre``, ``catalogue.bad_isbn``, ``catalogue.isbn_taken``.
    """
    columns = _columns({**values, "title": title})
    codes = [_genre(word) for word in genres]
    with store.operation(Op.ADD_ITEM) as written:
        item = Item.create(kind=kind.value, **columns, created_at=store.now(), updated_at=store.now())
        for code in dict.fromkeys(codes):
            ItemGenre.create(item=item.id, genre=code)
        for edition in editions:
            _add_edition(store, item.id, edition)
    return item.id, written.changes


def edit_item(
    store: Store,
    item_id: int,
    values: dict[str, str],
    *,
    genres: Sequence[str] | None = None,
    editions: Sequence[NewEdition] = (),
) -> Changes:
    """Change columns of an item, set its genres, add editions; raises as `add_item`."""
    columns = _columns(values)
    codes = None if genres is None else [_genre(word) for word in genres]
    with store.operation(Op.EDIT_ITEM) as written:
        Item.update(**columns, updated_at=store.now()).where(Item.id == item_id).execute()
        if codes is not None:
            ItemGenre.delete().where(ItemGenre.item == item_id).execute()
            for code in dict.fromkeys(codes):
                ItemGenre.create(item=item_id, genre=code)
        for edition in editions:
            _add_edition(store, item_id, edition)
    return written.changes


def move_stock(store: Store, edition_id: int, quantity: int, reason: StockReason, note: str = "") -> Changes:
    """Note copies that came (positive) or went (negative).

    Raises:
        KnownError: ``catalogue.no_copies`` when fewer than none would be left.
    """
    with store.operation(Op.MOVE_STOCK) as written:
        left = copies_left([edition_id])[edition_id]
        if left + quantity < 0:
            raise KnownError("catalogue.no_copies", edition=edition_name(edition_id), left=left, wanted=-quantity)
        StockMovement.create(
            edition=edition_id,
            quantity=quantity,
            reason=reason.value,
            moved_on=store.today().isoformat(),
            note=clean(note),
            by=store.by,
        )
    return written.changes


def copies_left(editions: Sequence[int]) -> dict[int, int]:
    """How many copies of each edition are here."""
    left = dict.fromkeys(editions, 0)
    query = (
        StockMovement.select(StockMovement.edition, fn.SUM(StockMovement.quantity))
        .where(StockMovement.edition.in_(list(editions)))
        .group_by(StockMovement.edition)
    )
    left.update(query.tuples())
    return left


def copies_promised(editions: Sequence[int]) -> dict[int, int]:
    """How many copies of each edition are promised to gifts that have not left yet."""
    promised = dict.fromkeys(editions, 0)
    query = (
        Gift.select(Gift.edition, fn.COUNT(Gift.id))
        .where(Gift.edition.in_(list(editions)) & Gift.state.in_(("chosen", "asked", "accepted")))
        .group_by(Gift.edition)
    )
    promised.update(query.tuples())
    return promised


def edition_name(edition_id: int) -> str:
    """An edition in words: its title and its format."""
    edition = Edition.get_by_id(edition_id)
    return f"{edition.item.title} ({edition.format or edition.kind})"


def list_items(store: Store, words: str = "", limit: int | None = None) -> list[ItemRow]:
    """Items by title, all of them or those whose title or author has every word."""
    query = Item.select(Item.id).order_by(Item.sort_title, Item.id)
    for word in fold(words).split():
        query = query.where(Item.title_key.contains(word) | Item.author_key.contains(word))
    ids = list(store.ids(query.limit(limit) if limit else query))
    rows: dict[int, ItemRow] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        counts = {
            row[0]: row[1:]
            for row in Edition.select(Edition.item, fn.COUNT(fn.DISTINCT(Edition.id)), fn.SUM(StockMovement.quantity))
            .left_outer_join(StockMovement)
            .where(Edition.item.in_(some))
            .group_by(Edition.item)
            .tuples()
        }
        columns = Item.select(Item.id, Item.kind, Item.title, Item.author, Item.pub_date).where(Item.id.in_(some))
        for row_id, kind, title, author, pub_date in columns.tuples():
            editions, copies = counts.get(row_id, (0, 0))
            rows[row_id] = ItemRow(row_id, kind, title, author, pub_date or "", editions, copies or 0)
    return [rows[row_id] for row_id in ids]


def show_item(item_id: int) -> ItemDetail:
    """Everything about an item but its gifts."""
    item = Item.get_by_id(item_id)
    genres = load_genres()
    codes = tuple(row.genre for row in _ordered(ItemGenre, item_id, ItemGenre.weight.desc()))
    return ItemDetail(
        id=item_id,
        kind=item.kind,
        values={name: getattr(item, name) for name in EDITABLE},
        genre_codes=codes,
        genres=tuple(map(genres.name, codes)),
        keywords=tuple(row.word for row in _ordered(Keyword, item_id, Keyword.position)),
        comps=tuple(row.title for row in _ordered(CompTitle, item_id, CompTitle.id)),
        subjects=tuple(
            (row.scheme, row.code, row.heading) for row in _ordered(SubjectCode, item_id, SubjectCode.position)
        ),
        editions=tuple(stock_of(item_id)),
    )


def stock_of(item_id: int) -> list[EditionStock]:
    """The editions of an item with their copies."""
    editions = list(Edition.select().where(Edition.item == item_id).order_by(Edition.id))
    ids = [edition.id for edition in editions]
    left, promised = copies_left(ids), copies_promised(ids)
    return [
        EditionStock(
            edition.id,
            edition.format,
            edition.kind,
            edition.isbn13 or "",
            edition.price_minor,
            edition.currency,
            left[edition.id],
            promised[edition.id],
        )
        for edition in editions
    ]


def _ordered(model: Any, item_id: int, order: Any) -> Any:
    return model.select().where(model.item == item_id).order_by(order)


def _columns(values: dict[str, str]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name not in EDITABLE:
            raise KnownError("catalogue.unknown_field", name=name, known=", ".join(EDITABLE))
        if name in _DAYS:
            columns[name] = parse_day(value) if value else None
            if value and columns[name] is None:
                raise KnownError("catalogue.bad_date", name=name, value=value)
        else:
            columns[name] = clean_lines(value) if name == "description" else clean(value)
    if "title" in columns:
        if not columns["title"]:
            raise KnownError("catalogue.no_title")
        columns |= title_columns(columns["title"])
    if "author" in columns:
        columns["author_key"] = fold(columns["author"])
    return columns


def _genre(word: str) -> str:
    genres = load_genres()
    if word in genres.by_code:
        return word
    found = genres.of_word(word)
    if found is None:
        raise KnownError("catalogue.unknown_genre", word=word, known=", ".join(sorted(genres.by_code)))
    return found.code


def _add_edition(store: Store, item_id: int, new: NewEdition) -> None:
    isbn13 = None
    if new.isbn:
        isbn13 = parse_isbn(new.isbn).isbn13
        if isbn13 is None:
            raise KnownError("catalogue.bad_isbn", value=new.isbn)
        taken = Edition.get_or_none(Edition.isbn13 == isbn13)
        if taken is not None:
            raise KnownError("catalogue.isbn_taken", value=new.isbn, other=edition_name(taken.id))
    edition = Edition.create(
        item=item_id,
        format=new.format.value,
        kind=edition_kind(new.format).value,
        isbn13=isbn13,
        price_minor=None if new.price is None else to_minor(new.price, new.currency),
        currency=new.currency,
    )
    if new.copies:
        StockMovement.create(
            edition=edition.id,
            quantity=new.copies,
            reason=StockReason.RECEIVED.value,
            moved_on=store.today().isoformat(),
            by=store.by,
        )
