"""The catalogue as a table and as ONIX, whole, in forms that imports read again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from outreach.errors import KnownError
from outreach.fields.numbers import from_minor
from outreach.jobs import Job
from outreach.services.catalogue.catalogue import EditionStock, ItemDetail, show_item
from outreach.services.catalogue.text import weighed_text
from outreach.services.drafting.senders import sender
from outreach.services.exporting.onix import write_onix
from outreach.store.database import Store
from outreach.store.files import replacing
from outreach.store.models import Item

#: Codes are not among these: each is for one recipient.
CATALOGUE_HEADER = (
    "Kind", "Title", "Subtitle", "Author", "Contributors", "Series", "Series number", "Client", "ISBN", "GTIN",
    "Format", "Variant", "Price", "Currency", "Cost", "Cost currency", "Pages", "Pub date", "On sale", "Review embargo",
    "Sales embargo", "Imprint", "Publisher", "Language", "Reading age", "Hook", "Description", "Content notes",
    "Genres", "Keywords", "Comps", "Subject codes", "Copies",
)  # fmt: skip


def catalogue_rows(store: Store, items: Sequence[int] | None, job: Job) -> Iterator[tuple[str, ...]]:
    """The catalogue, or some titles of it, one row an edition."""
    for title in _titles(store, items, job):
        for edition in title.editions or (None,):
            yield _row(title, edition)


def write_onix_file(store: Store, path: Path, items: Sequence[int] | None, job: Job) -> int:
    """Write the catalogue, or some titles of it, as ONIX 3.0, whole or not at all; the number of products is returned.

    Raises:
        KnownError: ``files.not_written``.
    """
    try:
        with replacing(path) as made, made.open("wb") as file:
            return write_onix(file, _titles(store, items, job), sender().organisation, store.moment())
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


def _titles(store: Store, items: Sequence[int] | None, job: Job) -> Iterator[ItemDetail]:
    chosen = items if items is not None else store.ids(Item.select(Item.id).order_by(Item.sort_title, Item.id))
    for done, item in enumerate(chosen):
        job.report(done, total=len(chosen))
        yield show_item(item)


def _row(title: ItemDetail, edition: EditionStock | None) -> tuple[str, ...]:
    values, parts = title.values, title.parts
    genres = zip(title.genres, title.genre_weights, strict=True)
    return (
        title.kind,
        values["title"],
        values["subtitle"],
        values["author"],
        parts["contributors"],
        values["series"],
        values["series_number"],
        values["client"],
        edition.isbn13 if edition else "",
        edition.gtin if edition else "",
        edition.format if edition else "",
        edition.variant if edition else "",
        _amount(edition.price_minor, edition.currency) if edition else "",
        edition.currency if edition else "",
        _amount(edition.cost_minor, edition.cost_currency) if edition else "",
        edition.cost_currency if edition else "",
        str(edition.pages or "") if edition else "",
        (edition.pub_date if edition else "") or values["pub_date"] or "",
        values["on_sale_date"] or "",
        values["review_embargo"] or "",
        values["sales_embargo"] or "",
        values["imprint"],
        values["publisher"],
        values["language"],
        values["reading_age"],
        values["hook"],
        values["description"],
        values["content_notes"],
        "; ".join(weighed_text(name, weight, place) for place, (name, weight) in enumerate(genres)),
        "; ".join(title.keywords),
        parts["comps"],
        parts["subjects"],
        str(edition.copies) if edition and edition.copies else "",
    )


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else str(from_minor(minor, currency))
