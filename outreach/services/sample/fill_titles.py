"""Writing the sample's titles: who made them and for whom, their editions with worth and cost, copies and codes."""

from collections.abc import Callable
from typing import Any

from outreach.fields.text import fold
from outreach.services.catalogue.clients import client_named
from outreach.services.catalogue.cloths import cloths
from outreach.services.catalogue.fields import title_columns
from outreach.services.catalogue.stock import StockReason
from outreach.services.sample.values import SampleEdition, SampleItem
from outreach.store.database import Store
from outreach.store.models import (
    CompTitle,
    Contributor,
    Edition,
    EditionCode,
    Item,
    ItemGenre,
    Keyword,
    StockMovement,
)

#: Gives a row its id, and keeps it to be written.
Put = Callable[..., int]


class TitleFiller:
    """Puts titles into a sample, in the order that their ids follow."""

    def __init__(self, store: Store, put: Put) -> None:
        self._store = store
        self._put = put
        self._now = store.now()
        self._today = store.today().isoformat()
        self._cloths = cloths()

    def item(self, item: SampleItem) -> tuple[int, list[int]]:
        """A title; its id and those of its editions are returned."""
        row = self._put(
            Item,
            kind=item.kind,
            **title_columns(item.title),
            subtitle=item.subtitle,
            author=item.author,
            author_key=fold(item.author),
            series=item.series,
            series_number=item.series_number,
            description=item.description,
            hook=item.hook,
            content_notes=item.content_notes,
            reading_age=item.reading_age,
            imprint=item.imprint,
            publisher=item.publisher,
            client_id=client_named(self._store, item.client),
            cloth=self._cloths.pick(item.kind),
            language=item.language,
            pub_date=item.pub_date,
            on_sale_date=item.pub_date if item.review_embargo else None,
            review_embargo=item.review_embargo,
            created_at=self._now,
            updated_at=self._now,
        )
        if item.author:
            self._put(Contributor, item_id=row, role="A01", name=item.author, position=0, biography=item.about)
        for genre, weight in item.genres:
            self._put(ItemGenre, item_id=row, genre=genre, weight=weight)
        for position, word in enumerate(item.keywords):
            self._put(Keyword, item_id=row, word=word, key=fold(word), position=position)
        for title, author in item.comps:
            self._put(CompTitle, item_id=row, title=title, key=fold(title), author=author)
        return row, [self._edition(row, item, edition) for edition in item.editions]

    def stock(self, edition: int, quantity: int, reason: StockReason, shipment: int | None, day: str) -> None:
        """Copies that came or went."""
        self._put(
            StockMovement,
            edition_id=edition,
            quantity=quantity,
            reason=reason.value,
            shipment_id=shipment,
            moved_on=day,
            by=self._store.by,
        )

    def _edition(self, item: int, of: SampleItem, edition: SampleEdition) -> int:
        columns: dict[str, Any] = {name: getattr(edition, name) for name in _COLUMNS}
        row = self._put(Edition, item_id=item, **columns)
        if edition.received or edition.codes:
            self.stock(row, edition.received + len(edition.codes), StockReason.RECEIVED, None, self._today)
        for code in edition.codes:
            self._put(
                EditionCode, edition_id=row, code=code, expires_on=of.pub_date, added_at=self._now, by=self._store.by
            )
        return row


_COLUMNS = (
    "format", "kind", "isbn13", "gtin", "price_minor", "currency", "cost_minor", "cost_currency", "pages",
)  # fmt: skip
