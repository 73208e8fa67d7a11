"""Books and products: adding, editing, and what is known of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from peewee import fn

from outreach.changes import Changes, Op
from outreach.fields.text import fold
from outreach.services.catalogue.clients import client_named
from outreach.services.catalogue.cloths import cloths
from outreach.services.catalogue.editions import (
    EditionFormat,
    EditionKind,
    NewEdition,
    edit_edition,
    edition_kind,
    edition_name,
)
from outreach.services.catalogue.editions import add_edition as write_edition
from outreach.services.catalogue.fields import (
    EDITABLE,
    genre_code,
    item_columns,
    title_columns,
    write_genres,
    write_parts,
)
from outreach.services.catalogue.genres import load_genres
from outreach.services.catalogue.stock import (
    EditionStock,
    StockReason,
    copies_left,
    copies_promised,
    count_stock,
    move_stock,
    stock_of,
)
from outreach.services.catalogue.text import comps_text, people_text, subjects_text
from outreach.store.database import Store
from outreach.store.models import (
    Client,
    CompTitle,
    Contributor,
    Edition,
    Item,
    ItemGenre,
    Keyword,
    StockMovement,
    SubjectCode,
)

#: Everything about titles can be had from here.
__all__ = [
    "EDITABLE", "EditionFormat", "EditionKind", "EditionStock", "ItemDetail", "ItemKind", "ItemRow", "NewEdition",
    "StockReason", "add_edition", "add_item", "copies_left", "copies_promised", "count_stock", "edit_edition",
    "edit_item", "edition_kind", "edition_name", "list_items", "move_stock", "show_item", "stock_of", "title_columns",
]  # fmt: skip


class ItemKind(StrEnum):
    """What an item is."""

    BOOK = "book"
    PRODUCT = "product"


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
    """Everything an item's page shows of itself.

    Attributes:
        values: By `EDITABLE` name.
        contributors: Role (ONIX list 17), name and biography.
        parts: The parts as text, as they are edited.
        cover: The file of its cover below the workspace's `files`, empty where there is none.
    """

    id: int
    kind: str
    values: dict[str, Any]
    genre_codes: tuple[str, ...]
    genres: tuple[str, ...]
    keywords: tuple[str, ...]
    comps: tuple[str, ...]
    subjects: tuple[tuple[str, str, str], ...]
    editions: tuple[EditionStock, ...]
    contributors: tuple[tuple[str, str, str], ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    genre_weights: tuple[float, ...] = ()
    cloth: str = ""
    cover: str = ""


def add_item(
    store: Store,
    title: str,
    values: Mapping[str, str],
    *,
    kind: ItemKind = ItemKind.BOOK,
    genres: Sequence[str] = (),
    editions: Sequence[NewEdition] = (),
) -> tuple[int, Changes]:
    """Add a book or a product with its editions.

    Args:
        store: The open workspace.
        title: Its title.
        values: By name, columns (`EDITABLE`) and parts (`catalogue_fields.PARTS`).
        kind: What it is.
        genres: Of our list, the first one strongest.
        editions: With the copies that are here.

    Raises:
        KnownError: as `item_columns` and `editions.add_edition`, ``catalogue.unknown_genre``.
    """
    values = {**values, "title": title}
    columns = item_columns(values)
    codes = [genre_code(word) for word in genres]
    with store.operation(Op.ADD_ITEM) as written:
        item = Item.create(
            kind=kind.value,
            **columns,
            cloth=cloths().pick(kind),
            client=client_named(store, values.get("client", "")),
            created_at=store.now(),
            updated_at=store.now(),
        )
        write_parts(item.id, values)
        write_genres(item.id, codes)
        for edition in editions:
            write_edition(store, item.id, edition)
    return item.id, written.changes


def edit_item(
    store: Store,
    item_id: int,
    values: Mapping[str, str],
    *,
    genres: Sequence[str] | None = None,
    editions: Sequence[NewEdition] = (),
) -> Changes:
    """Change columns and parts of an item, set its genres, add editions; raises as `add_item`."""
    columns = item_columns(values)
    codes = None if genres is None else [genre_code(word) for word in genres]
    with store.operation(Op.EDIT_ITEM) as written:
        if "client" in values:
            columns["client"] = client_named(store, values["client"])
        Item.update(**columns, updated_at=store.now()).where(Item.id == item_id).execute()
        write_parts(item_id, values)
        if codes is not None:
            write_genres(item_id, codes)
        for edition in editions:
            write_edition(store, item_id, edition)
    return written.changes


def add_edition(store: Store, item_id: int, new: NewEdition) -> tuple[int, Changes]:
    """Add an edition to a title; raises as `editions.add_edition`."""
    with store.operation(Op.EDIT_ITEM) as written:
        Item.update(updated_at=store.now()).where(Item.id == item_id).execute()
        edition = write_edition(store, item_id, new)
    return edition, written.changes


def list_items(store: Store, words: str = "", limit: int | None = None, client: str = "") -> list[ItemRow]:
    """Items by title, all of them or those of a client, or whose title or author has every word."""
    query = Item.select(Item.id).order_by(Item.sort_title, Item.id)
    if client:
        query = query.where(Item.client.in_(Client.select(Client.id).where(Client.name_key == fold(client))))
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
    weighed = [(row.genre, row.weight) for row in _ordered(ItemGenre, item_id, ItemGenre.weight.desc(), ItemGenre.id)]
    codes = tuple(genre for genre, _ in weighed)
    comps = [(row.title, row.author) for row in _ordered(CompTitle, item_id, CompTitle.id)]
    people = tuple((row.role, row.name, row.biography) for row in _ordered(Contributor, item_id, Contributor.position))
    subjects = tuple(
        (row.scheme, row.code, row.heading) for row in _ordered(SubjectCode, item_id, SubjectCode.position)
    )
    keywords = tuple(row.word for row in _ordered(Keyword, item_id, Keyword.position))
    values = {name: getattr(item, name) for name in EDITABLE if name != "client"}
    return ItemDetail(
        id=item_id,
        kind=item.kind,
        values=values | {"client": item.client.name if item.client_id else ""},
        genre_codes=codes,
        genres=tuple(map(genres.name, codes)),
        keywords=keywords,
        comps=tuple(title for title, _ in comps),
        subjects=subjects,
        editions=tuple(stock_of(item_id)),
        contributors=people,
        parts={
            "contributors": people_text(people),
            "comps": comps_text(comps),
            "subjects": subjects_text(subjects),
            "keywords": "; ".join(keywords),
        },
        genre_weights=tuple(weight for _, weight in weighed),
        cloth=item.cloth,
        cover=item.cover,
    )


def _ordered(model: Any, item_id: int, *order: Any) -> Any:
    return model.select().where(model.item == item_id).order_by(*order)
