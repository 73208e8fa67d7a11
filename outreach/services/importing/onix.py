"""ONIX for Books 3.0 and 3.1, reference and short tags, read product by product.

Source: EDItEUR, ONIX for Books 3.0 specification and code lists (codes are named where they are used).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from outreach.errors import KnownError
from outreach.fields.text import clean, clean_lines
from outreach.services.importing.tables import BadRow

#: The reference names that are read, by the short tags that stand for them.
_SHORT = {
    "product": "Product", "a001": "RecordReference", "productidentifier": "ProductIdentifier",
    "b221": "ProductIDType", "b244": "IDValue", "descriptivedetail": "DescriptiveDetail", "b012": "ProductForm",
    "b333": "ProductFormDetail", "titledetail": "TitleDetail", "b202": "TitleType", "titleelement": "TitleElement",
    "x409": "TitleElementLevel", "b203": "TitleText", "b030": "TitlePrefix", "b031": "TitleWithoutPrefix",
    "b029": "Subtitle", "collection": "Collection", "x410": "PartNumber", "contributor": "Contributor",
    "b034": "SequenceNumber", "b035": "ContributorRole", "b036": "PersonName", "b037": "PersonNameInverted",
    "b039": "NamesBeforeKey", "b040": "KeyNames", "b047": "CorporateName", "language": "Language",
    "b253": "LanguageRole", "b252": "LanguageCode", "extent": "Extent", "b218": "ExtentType", "b219": "ExtentValue",
    "subject": "Subject", "b067": "SubjectSchemeIdentifier", "b069": "SubjectCode", "b070": "SubjectHeadingText",
    "collateraldetail": "CollateralDetail", "textcontent": "TextContent", "x426": "TextType", "d104": "Text",
    "publishingdetail": "PublishingDetail", "imprint": "Imprint", "b079": "ImprintName", "publisher": "Publisher",
    "b081": "PublisherName", "publishingdate": "PublishingDate", "x448": "PublishingDateRole", "b306": "Date",
    "productsupply": "ProductSupply", "supplydetail": "SupplyDetail", "price": "Price", "x462": "PriceType",
    "j151": "PriceAmount", "j152": "CurrencyCode", "b306d": "Date", "b014": "ProductFormDescription",
    "b044": "BiographicalNote", "audiencerange": "AudienceRange", "b074": "AudienceRangeQualifier",
    "b075": "AudienceRangePrecision", "b076": "AudienceRangeValue", "b207": "AudienceDescription",
    "supplydate": "SupplyDate", "x461": "SupplyDateRole", "relatedmaterial": "RelatedMaterial",
    "relatedproduct": "RelatedProduct", "x455": "ProductRelationCode", "b233": "IDTypeName",
    "b171": "SubjectSchemeName",
}  # fmt: skip

_HEAD = 65536
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_RELEASE = re.compile(r"""<ONIXMessage[^>]{0,500}?\brelease\s*=\s*["']([0-9.]+)["']""", re.IGNORECASE)
_KEYWORD_SCHEME = "20"
#: List 27: a scheme of one's own. What we write of it has one of these names.
OWN_SCHEME = "24"
OWN_GENRE, OWN_NOTES, OWN_COMP = "Outreach genre", "Outreach content notes", "Outreach comp"
_OWN = (OWN_GENRE, OWN_NOTES)
_BLOCK = ("p", "br", "li", "div", "ul", "ol", "h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class OnixProduct:
    """What we read of one product; texts are empty where the message says nothing.

    Attributes:
        number: Its place in the message, from 1.
        form: ProductForm, list 150.
        contributors: ContributorRole (list 17), name and biography, in order.
        comps: Title and author of books that it is like, where the message names them.
        genres: Genres of our list, from a message that we wrote.
        subjects: SubjectSchemeIdentifier (list 27), code and heading; keywords apart.
    """

    number: int
    record_reference: str
    isbn13_text: str
    gtin_text: str
    form: str
    form_detail: str
    form_description: str
    title: str
    subtitle: str
    series: str
    series_number: str
    contributors: tuple[tuple[str, str, str], ...]
    languages: tuple[str, ...]
    pages: int | None
    subjects: tuple[tuple[str, str, str], ...]
    keywords: tuple[str, ...]
    description: str
    short_description: str
    imprint: str
    publisher: str
    reading_age: str
    content_notes: str
    genres: tuple[str, ...]
    comps: tuple[tuple[str, str], ...]
    pub_date: str
    on_sale_date: str
    sales_embargo: str
    review_embargo: str
    price_amount: str
    price_currency: str


def read_onix(path: Path) -> Iterator[OnixProduct | BadRow]:
    """The products of a message, one at a time.

    Raises:
        KnownError: ``files.xml_entities`` for a message with a DTD or entities, ``files.onix_21`` for an older
            release, ``files.broken_xml`` with the line where it breaks.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    says_what_it_is = _look_at_head(path)
    number = 0
    root: Element | None = None
    try:
        for event, element in iterparse(str(path), ("start", "end"), forbid_dtd=True):
            if root is None:
                root = element
            if event == "end" and _name(element) == "Product":
                number += 1
                _rename(element)
                if _is_older(element):
                    raise KnownError("files.onix_21", file=path.name, release="2.1")
                if not says_what_it_is:
                    raise KnownError("files.onix_21", file=path.name, release="?")
                yield _product(number, element)
                root.clear()
    except DefusedXmlException as error:
        raise KnownError("files.xml_entities", file=path.name) from error
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (0, 0))[0]
        raise KnownError("files.broken_xml", file=path.name, row=line, why=str(error).partition(":")[0]) from error


def _look_at_head(path: Path) -> bool:
    """Refuse what should not be parsed; whether the message says its release, or shows it by what stands in it."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
    release = _RELEASE.search(text)
    if release and release[1].startswith(("1", "2")):
        raise KnownError("files.onix_21", file=path.name, release=release[1])
    if _ENTITIES.search(head):
        raise KnownError("files.xml_entities", file=path.name)
    return release is not None or any(sign in text for sign in ("<RecordReference", "<a001", "3.0"))


def _name(element: Element) -> str:
    tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    return _SHORT.get(tag, tag)


def _rename(product: Element) -> None:
    """Reference names without a namespace, for one way of reading both kinds of tags."""
    for element in product.iter():
        if isinstance(element.tag, str):
            element.tag = _name(element)


def _is_older(product: Element) -> bool:
    """Whether a product is told as in ONIX 2.1, where its title stands at once below it."""
    told = {"Title", "title", "DistinctiveTitle", "b028"}
    return product.find("DescriptiveDetail") is None and any(each.tag in told for each in product)


def _product(number: int, product: Element) -> OnixProduct | BadRow:
    identifiers = {
        _text(each, "ProductIDType"): _text(each, "IDValue") for each in product.iterfind("ProductIdentifier")
    }
    detail = _child(product, "DescriptiveDetail")
    collateral = _child(product, "CollateralDetail")
    title, subtitle = _title(detail)
    # List 5: 15 is ISBN-13, 02 ISBN-10, 03 GTIN-13.
    isbn = identifiers.get("15") or identifiers.get("02") or ""
    if not title:
        return BadRow(number, "rows.no_title", {})
    # List 153: 02 is a short description, 03 the description.
    texts = {
        _text(each, "TextType"): _flat(_child(each, "Text")) for each in reversed(collateral.findall("TextContent"))
    }
    amount, currency = _price(product)
    subjects = [_subject(each) for each in detail.iterfind("Subject") if _text(each, "SubjectSchemeName") not in _OWN]
    series, series_number = _series(detail)
    return OnixProduct(
        number=number,
        record_reference=_text(product, "RecordReference"),
        isbn13_text=isbn,
        gtin_text=identifiers.get("03", ""),
        form=_text(detail, "ProductForm"),
        form_detail=_text(detail, "ProductFormDetail"),
        form_description=_text(detail, "ProductFormDescription"),
        title=title,
        subtitle=subtitle,
        series=series,
        series_number=series_number,
        contributors=tuple(_contributors(detail)),
        languages=tuple(_text(each, "LanguageCode") for each in detail.iterfind("Language") if _is_text(each)),
        pages=_pages(detail),
        subjects=tuple(each for each in subjects if each[0] != _KEYWORD_SCHEME),
        keywords=tuple(_keywords(subjects)),
        description=texts.get("03", ""),
        short_description=clean(texts.get("02", "")),
        reading_age=_reading_age(detail),
        content_notes="\n".join(heading for _, heading in _own(detail, OWN_NOTES)),
        genres=tuple(heading or code for code, heading in _own(detail, OWN_GENRE)),
        comps=tuple(_comps(product)),
        on_sale_date=_on_sale(product),
        **_published(_child(product, "PublishingDetail")),
        price_amount=amount,
        price_currency=currency,
    )


def _published(detail: Element) -> dict[str, str]:
    """By whom and when it comes out (list 163: 01 publication, 02 sales embargo, 23 review embargo)."""
    dates = {_text(each, "PublishingDateRole"): _text(each, "Date") for each in detail.iterfind("PublishingDate")}
    return {
        "imprint": _text(_child(detail, "Imprint"), "ImprintName"),
        "publisher": _text(_child(detail, "Publisher"), "PublisherName"),
        "pub_date": dates.get("01", ""),
        "sales_embargo": dates.get("02", ""),
        "review_embargo": dates.get("23", ""),
    }


def _title(detail: Element) -> tuple[str, str]:
    """The distinctive title (list 15: 01) at the level of the product (list 149: 01)."""
    details = [each for each in detail.iterfind("TitleDetail") if _text(each, "TitleType") in ("01", "")]
    for each in details or detail.findall("TitleDetail"):
        elements = each.findall("TitleElement")
        own = [element for element in elements if _text(element, "TitleElementLevel") in ("01", "")] or elements
        for element in own:
            parts = (_text(element, "TitlePrefix"), _text(element, "TitleWithoutPrefix"))
            text = _text(element, "TitleText") or " ".join(filter(None, parts))
            if text:
                return text, _text(element, "Subtitle")
    return "", ""


def _series(detail: Element) -> tuple[str, str]:
    for collection in detail.iterfind("Collection"):
        for element in collection.iterfind("TitleDetail/TitleElement"):
            parts = (_text(element, "TitlePrefix"), _text(element, "TitleWithoutPrefix"))
            name = _text(element, "TitleText") or " ".join(filter(None, parts))
            if name:
                return name, _text(element, "PartNumber")
    return "", ""


def _contributors(detail: Element) -> Iterator[tuple[str, str, str]]:
    found = []
    for place, each in enumerate(detail.iterfind("Contributor")):
        before, key = _text(each, "NamesBeforeKey"), _text(each, "KeyNames")
        name = _text(each, "PersonName") or " ".join(filter(None, (before, key))) or _text(each, "CorporateName")
        if not name:
            family, _, given = _text(each, "PersonNameInverted").partition(", ")
            name = f"{given} {family}".strip()
        number = _text(each, "SequenceNumber")
        if name:
            order = int(number) if number.isascii() and number.isdigit() else place + 1
            biography = clean(_flat(_child(each, "BiographicalNote")))
            found.append((order, place, _text(each, "ContributorRole"), name, biography))
    for _, _, role, name, biography in sorted(found):
        yield role, name, biography


def _reading_age(detail: Element) -> str:
    """Ages for which it is meant (list 30: 17 interest, 18 reading; list 31: 01 exact, 03 from, 04 to), or in words."""
    for each in detail.iterfind("AudienceRange"):
        if _text(each, "AudienceRangeQualifier") in ("17", "18"):
            marks = [clean(mark.text or "") for mark in each.iterfind("AudienceRangePrecision")]
            values = [clean(value.text or "") for value in each.iterfind("AudienceRangeValue")]
            ages = dict(zip(marks, values, strict=False))
            if "03" in ages and "04" in ages:
                return f"{ages['03']}–{ages['04']}"
            return f"{ages['03']}+" if "03" in ages else ages.get("01", "")
    return _text(detail, "AudienceDescription")


def _own(detail: Element, scheme: str) -> Iterator[tuple[str, str]]:
    """Code and heading of subjects in a scheme of ours."""
    for each in detail.iterfind("Subject"):
        if _text(each, "SubjectSchemeName") == scheme:
            yield _text(each, "SubjectCode"), clean_lines(_child(each, "SubjectHeadingText").text or "")


def _comps(product: Element) -> Iterator[tuple[str, str]]:
    """Similar products (list 51: 23) that are named by title and author."""
    for each in product.iterfind("RelatedMaterial/RelatedProduct"):
        for identifier in each.iterfind("ProductIdentifier"):
            if _text(identifier, "IDTypeName") == OWN_COMP:
                title, slash, author = _text(identifier, "IDValue").rpartition(" / ")
                yield (title, author) if slash else (author, "")


def _on_sale(product: Element) -> str:
    """The day from which shops have it (list 166: 08)."""
    for each in product.iterfind("ProductSupply/SupplyDetail/SupplyDate"):
        if _text(each, "SupplyDateRole") == "08":
            return _text(each, "Date")
    return ""


def _is_text(language: Element) -> bool:
    """Whether a language is that of the text (list 22: 01), not of its original."""
    return _text(language, "LanguageRole") in ("01", "")


def _pages(detail: Element) -> int | None:
    """Pages by list 23: 00 main content, 07 total, 11 content."""
    found = {_text(each, "ExtentType"): _text(each, "ExtentValue") for each in detail.iterfind("Extent")}
    for kind in ("00", "11", "07"):
        value = found.get(kind, "")
        if value.isascii() and value.isdigit() and len(value) < 7:
            return int(value)
    return None


def _subject(subject: Element) -> tuple[str, str, str]:
    return (
        _text(subject, "SubjectSchemeIdentifier"),
        _text(subject, "SubjectCode"),
        _text(subject, "SubjectHeadingText"),
    )


def _keywords(subjects: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for scheme, code, heading in subjects:
        if scheme == _KEYWORD_SCHEME:
            text = heading or code
            for word in text.replace(";", ",").split(","):
                if word.strip():
                    yield clean(word)


def _price(product: Element) -> tuple[str, str]:
    """A price with tax (list 58: 02) before any other."""
    prices = product.findall("ProductSupply/SupplyDetail/Price")
    prices.sort(key=lambda price: _text(price, "PriceType") != "02")
    for price in prices:
        amount = _text(price, "PriceAmount")
        if amount:
            return amount, _text(price, "CurrencyCode")
    return "", ""


def _child(element: Element, name: str) -> Element:
    found = element.find(name)
    return found if found is not None else Element(name)


def _text(element: Element, name: str) -> str:
    return clean(_child(element, name).text or "")


def _flat(element: Element) -> str:
    """The words of a text that may hold XHTML, with a line for each paragraph."""
    parts: list[str] = []

    def walk(each: Any) -> None:
        tag = each.tag.rpartition("}")[2].lower() if isinstance(each.tag, str) else ""
        if tag in _BLOCK:
            parts.append("\n")
        parts.append(each.text or "")
        for child in each:
            walk(child)
            parts.append(child.tail or "")
        if tag in _BLOCK:
            parts.append("\n")

    if element.get("textformat") == "06":  # list 34: no markup
        return clean_lines(element.text or "")
    walk(element)
    text = "".join(parts)
    if "<" in text and ">" in text:  # HTML as plain text (textformat 02), escaped
        text = re.sub(r"<(p|br|li|div)\b[^<>]{0,200}>", "\n", text, flags=re.IGNORECASE)
        text = re.sub(r"<[^<>]{0,500}>", "", text)
    lines = [clean(line) for line in text.splitlines()]
    return clean_lines("\n".join(line for line in lines if line))
