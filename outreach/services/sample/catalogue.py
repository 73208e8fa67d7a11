"""The catalogue of the sample: titles of a house that does not exist, with its editions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from outreach.services.catalogue.catalogue import EditionFormat, edition_kind
from outreach.services.catalogue.editions import DIGITAL
from outreach.services.sample.days import Days
from outreach.services.sample.source import Source, TitleSource
from outreach.services.sample.values import SampleEdition, SampleItem

#: ISBNs of the sample begin like those of no house (979-8-86 05…); GTINs are of the range that shops use inside (20).
_ISBN = "97988605"
_GTIN = "20000000"
_CURRENCY = "GBP"
_THURSDAY = 3
#: What a proof costs to print, in pence, and a finished copy as a part of its price.
_PROOF_COST, _COST_PERCENT = 460, 22
#: So many codes of each e-galley or audiobook.
_CODES = 60
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_TEENS = "13+"

#: Copies are counted in boxes of so many.
_BOX = 10


def choose_titles(source: Source, count: int) -> tuple[TitleSource, ...]:
    """So many titles, as far as they are written, and the products that go with them."""
    books = [title for title in source.titles if title.kind == "book"][:count]
    themes = {genre for book in books for genre, _ in book.genres[:1]}
    products = [title for title in source.titles if title.kind != "book" and title.genres[0][0] in themes]
    return (*books, *products)


def make_items(source: Source, titles: Sequence[TitleSource], days: Days) -> list[SampleItem]:
    """The items of some titles."""
    by_code = {title.code: title for title in titles}
    return [_item(source.publisher, place, title, by_code, days) for place, title in enumerate(titles)]


def pub_day(title: TitleSource, days: Days) -> int:
    """The day a title comes out: books come out on a Thursday."""
    away = (_THURSDAY - days.date(title.published).weekday()) % 7
    return title.published + (away if away <= 3 else away - 7)


def with_copies(items: Sequence[SampleItem], taken: Mapping[tuple[int, int], int]) -> list[SampleItem]:
    """The items with enough copies for what was sent or promised of each edition, and some left over.

    Args:
        items: With the copies they have at least.
        taken: By item and edition, the copies sent or promised.
    """
    stocked = []
    for place, item in enumerate(items):
        editions = []
        for number, edition in enumerate(item.editions):
            wanted = taken.get((place, number), 0)
            boxes = -(-wanted // _BOX) * _BOX
            editions.append(replace(edition, received=max(edition.received, boxes + _BOX if wanted else 0)))
        stocked.append(replace(item, editions=tuple(editions)))
    return stocked


def _item(publisher: str, place: int, title: TitleSource, by_code: Mapping[str, TitleSource], days: Days) -> SampleItem:
    published = pub_day(title, days)
    comps = (by_code[code] for code in title.comps if code in by_code)
    return SampleItem(
        kind=title.kind,
        title=title.title,
        subtitle=title.subtitle,
        author=title.author,
        imprint=title.imprint,
        publisher=publisher,
        hook=title.hook,
        description=title.description,
        pub_date=days.text(published),
        series=title.series,
        language="en",
        genres=title.genres,
        keywords=title.keywords,
        comps=tuple((comp.title, comp.author) for comp in comps),
        editions=tuple(_edition(place, number, title) for number in range(len(title.editions))),
        review_embargo=days.text(published - 2) if title.coming else None,
        client=publisher if title.kind == "book" else title.imprint,
        series_number=title.series_number,
        reading_age=_TEENS if title.genres[0][0].startswith("ya") else "",
        content_notes=title.content_notes,
        about=title.about,
    )


def _edition(place: int, number: int, title: TitleSource) -> SampleEdition:
    form, price, pages, copies = title.editions[number]
    is_product = form == EditionFormat.PRODUCT
    digits = f"{_GTIN if is_product else _ISBN}{place:03}{number}"
    code = digits + _check_digit(digits)
    cost = _PROOF_COST if form == EditionFormat.PROOF else price * _COST_PERCENT // 100
    return SampleEdition(
        format=form,
        kind=edition_kind(form).value,
        isbn13=None if is_product else code,
        gtin=code if is_product else None,
        price_minor=price or None,
        currency=_CURRENCY if price else "",
        pages=pages or None,
        received=copies,
        cost_minor=None if form in DIGITAL else cost or None,
        cost_currency="" if form in DIGITAL or not cost else _CURRENCY,
        codes=tuple(_codes(place, number)) if form in DIGITAL else (),
    )


def _codes(place: int, number: int) -> Iterator[str]:
    """Codes that no two editions share, in signs that are not taken for one another."""
    for count in range(_CODES):
        mixed = (place * 7919 + number * 104729 + count * 15485863) % len(_SIGNS) ** 6
        signs = "".join(_SIGNS[mixed // len(_SIGNS) ** power % len(_SIGNS)] for power in range(6))
        yield f"{signs[:3]}-{signs[3:]}-{count + 1:02}"


def _check_digit(digits: str) -> str:
    """The last digit of an ISBN-13 or GTIN-13 (GS1 General Specifications 7.9)."""
    total = sum(map(int, digits[0::2])) + 3 * sum(map(int, digits[1::2]))
    return str(-total % 10)
