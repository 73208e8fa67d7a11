"""What the workspace knows of a title that a list brings up to date."""

from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from outreach.fields.text import fold
from outreach.services.catalogue.catalogue import StockReason
from outreach.store.models import (
    CompTitle,
    Contributor,
    Edition,
    EditionCode,
    Item,
    ItemGenre,
    Keyword,
    StockMovement,
    SubjectCode,
)


@dataclass(slots=True)
class KnownTitle:
    """An item of this chunk, from the workspace or new, with what it has."""

    values: dict[str, Any]
    new: bool
    editions: dict[int, dict[str, Any]] = field(default_factory=dict)
    new_editions: set[int] = field(default_factory=set)
    received: dict[int, int] = field(default_factory=dict)
    coded: set[int] = field(default_factory=set)
    contributors: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    subjects: set[tuple[str, str]] = field(default_factory=set)
    genres: set[str] = field(default_factory=set)
    keywords: set[str] = field(default_factory=set)
    comps: set[str] = field(default_factory=set)


def loaded(item: int) -> KnownTitle:
    """An item of the workspace, with what it has."""
    values = Item.select().where(Item.id == item).dicts().get()
    title = KnownTitle(values | {"client_id": values["client"]}, new=False)
    title.editions = {row["id"]: row for row in Edition.select().where(Edition.item == item).dicts()}
    received = (
        StockMovement.select(StockMovement.edition, fn.SUM(StockMovement.quantity))
        .where(StockMovement.edition.in_(list(title.editions)) & (StockMovement.reason == StockReason.RECEIVED.value))
        .group_by(StockMovement.edition)
    )
    title.received = dict(received.tuples())
    people = Contributor.select().where(Contributor.item == item)
    title.contributors = {(row.role, fold(row.name)): (row.id, row.biography) for row in people}
    coded = EditionCode.select(EditionCode.edition).where(EditionCode.edition.in_(list(title.editions))).distinct()
    title.coded = {edition for (edition,) in coded.tuples()}
    title.subjects = {(row.scheme, row.code) for row in SubjectCode.select().where(SubjectCode.item == item)}
    title.genres = {row.genre for row in ItemGenre.select().where(ItemGenre.item == item)}
    title.keywords = {row.key for row in Keyword.select().where(Keyword.item == item)}
    title.comps = {row.key for row in CompTitle.select().where(CompTitle.item == item)}
    return title
