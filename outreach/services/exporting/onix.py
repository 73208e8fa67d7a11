"""The catalogue as an ONIX for Books 3.0 message, product by product, as a trade partner reads it.

Source: EDItEUR, ONIX for Books 3.0 specification and code lists. What is ours alone stays out of it: clients, costs,
copies to give away, codes. What ONIX has no place for (our genres, content notes, comps by name) stands in schemes of
our own, as the specification allows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import IO
from xml.sax.saxutils import XMLGenerator

from outreach.fields.languages import long_language
from outreach.fields.numbers import from_minor
from outreach.services.catalogue.catalogue import EditionStock, ItemDetail
from outreach.services.catalogue.text import weighed_text
from outreach.services.importing.onix import OWN_COMP, OWN_GENRE, OWN_NOTES, OWN_SCHEME

_NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
#: List 150, and the word for what has no code there; a proof is bound as a paperback.
_FORMS: Mapping[str, tuple[str, str]] = {
    "hardback": ("BB", ""), "paperback": ("BC", ""), "proof": ("BC", "Proof"), "egalley": ("ED", "E-galley"),
    "ebook": ("ED", ""), "audiobook": ("AJ", ""), "product": ("ZZ", "Product"), "download": ("ED", "Download"),
}  # fmt: skip
_SCHEMES = {"thema": "93", "bisac": "10", "bic": "12"}
_ROLE = re.compile(r"[A-Z][0-9]{2}")
#: "13+", "13", "8-12", with either dash.
_AGES = re.compile(r"(?P<first>[0-9]{1,2})(?:(?P<more>\+)|[-–](?P<last>[0-9]{1,2}))?")
#: List 55: how a date is written, by how many digits it has.
_DATE_FORMATS = {8: "00", 6: "01", 4: "05"}
#: XML 1.0 has no place for these.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_onix(file: IO[bytes], titles: Iterable[ItemDetail], sender: str, moment: datetime) -> int:
    """Write a message; the number of products is returned.

    Args:
        file: Where.
        titles: Read one by one.
        sender: Who sends it.
        moment: When.
    """
    writer = _Writer(file)
    made = 0
    with writer.element("ONIXMessage", {"release": "3.0", "xmlns": _NAMESPACE}):
        with writer.element("Header"):
            with writer.element("Sender"):
                writer.text("SenderName", sender or "Outreach")
            writer.text("SentDateTime", moment.strftime("%Y%m%dT%H%MZ"))
        for title in titles:
            for edition in title.editions or (None,):
                with writer.element("Product"):
                    _product(writer, title, edition, sender)
                made += 1
    writer.end()
    return made


class _Writer:
    """Elements one after another, nothing of them kept."""

    def __init__(self, file: IO[bytes]) -> None:
        self._xml = XMLGenerator(file, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def element(self, name: str, attributes: Mapping[str, str] | None = None) -> "_Element":
        """An element that holds what is written within a ``with`` block."""
        return _Element(self._xml, name, attributes or {})

    def text(self, name: str, text: str | None, attributes: Mapping[str, str] | None = None) -> None:
        """An element of text; nothing where there is none."""
        text = _UNWRITABLE.sub("", text or "").strip()
        if text:
            with self.element(name, attributes):
                self._xml.characters(text)

    def end(self) -> None:
        """The message is whole."""
        self._xml.endDocument()


class _Element:
    def __init__(self, xml: XMLGenerator, name: str, attributes: Mapping[str, str]) -> None:
        self._xml, self._name, self._attributes = xml, name, attributes

    def __enter__(self) -> None:
        self._xml.startElement(self._name, dict(self._attributes))  # type: ignore[arg-type]

    def __exit__(self, *_: object) -> None:
        self._xml.endElement(self._name)
        if self._name in ("Header", "Product", "ONIXMessage"):
            self._xml.ignorableWhitespace("\n")


def _product(writer: _Writer, title: ItemDetail, edition: EditionStock | None, sender: str) -> None:
    reference = f"outreach-e{edition.id}" if edition else f"outreach-i{title.id}"
    writer.text("RecordReference", reference)
    writer.text("NotificationType", "03")  # list 1: confirmed on publication
    for kind, number in _identifiers(title, edition):
        with writer.element("ProductIdentifier"):
            writer.text("ProductIDType", kind)
            if kind == "01":
                writer.text("IDTypeName", "Outreach")
            writer.text("IDValue", number)
    with writer.element("DescriptiveDetail"):
        _describe(writer, title, edition)
    _collateral(writer, title)
    _publishing(writer, title, edition)
    if title.parts.get("comps"):
        with writer.element("RelatedMaterial"):
            for comp in title.parts["comps"].splitlines():
                _comp(writer, comp)
    with writer.element("ProductSupply"), writer.element("SupplyDetail"):
        _supply(writer, title, edition, sender)


def _identifiers(title: ItemDetail, edition: EditionStock | None) -> Iterator[tuple[str, str]]:
    """List 5: 15 is ISBN-13, 03 GTIN-13, 14 GTIN-14; 01 a number of our own where there is no other."""
    if edition and edition.isbn13:
        yield "15", edition.isbn13
    elif edition and edition.gtin:
        yield ("14" if len(edition.gtin) == 14 else "03"), edition.gtin.zfill(13)
    else:
        yield "01", f"e{edition.id}" if edition else f"i{title.id}"


def _describe(writer: _Writer, title: ItemDetail, edition: EditionStock | None) -> None:
    form, word = _FORMS.get(edition.format if edition else "", ("00", ""))
    writer.text("ProductComposition", "00")  # list 2: a single item
    writer.text("ProductForm", form)
    if edition and edition.variant:
        word = f"{word or edition.format.capitalize()}: {edition.variant}"
    writer.text("ProductFormDescription", word)
    values = title.values
    if values["series"]:
        with writer.element("Collection"):
            writer.text("CollectionType", "10")  # list 148: the publisher's own
            with writer.element("TitleDetail"):
                writer.text("TitleType", "01")
                with writer.element("TitleElement"):
                    writer.text("TitleElementLevel", "02")
                    writer.text("PartNumber", values["series_number"])
                    writer.text("TitleText", values["series"])
    with writer.element("TitleDetail"):
        writer.text("TitleType", "01")
        with writer.element("TitleElement"):
            writer.text("TitleElementLevel", "01")
            writer.text("TitleText", values["title"])
            writer.text("Subtitle", values["subtitle"])
    _people(writer, title)
    language = long_language(values["language"]) if values["language"] else ""
    if language:
        with writer.element("Language"):
            writer.text("LanguageRole", "01")
            writer.text("LanguageCode", language)
    if edition and edition.pages:
        with writer.element("Extent"):
            writer.text("ExtentType", "00")
            writer.text("ExtentValue", str(edition.pages))
            writer.text("ExtentUnit", "03")
    _subjects(writer, title)
    _ages(writer, values["reading_age"])


def _people(writer: _Writer, title: ItemDetail) -> None:
    people = [each for each in title.contributors if each[1]]
    for number, (role, name, biography) in enumerate(people, start=1):
        with writer.element("Contributor"):
            writer.text("SequenceNumber", str(number))
            writer.text("ContributorRole", role if _ROLE.fullmatch(role) else "Z99")
            writer.text("PersonName", name)
            writer.text("BiographicalNote", biography, {"textformat": "06"})
    if not people:
        with writer.element("NoContributor"):
            pass


def _subjects(writer: _Writer, title: ItemDetail) -> None:
    for scheme, code, heading in title.subjects:
        _subject(writer, _SCHEMES[scheme], "", code, heading)
    if title.keywords:
        _subject(writer, "20", "", "", "; ".join(title.keywords))
    for place, (code, name) in enumerate(zip(title.genre_codes, title.genres, strict=True)):
        _subject(writer, OWN_SCHEME, OWN_GENRE, code, weighed_text(name, title.genre_weights[place], place))
    for row in title.values["content_notes"].splitlines():
        _subject(writer, OWN_SCHEME, OWN_NOTES, "", row)


def _subject(writer: _Writer, scheme: str, name: str, code: str, heading: str) -> None:
    if code or heading:
        with writer.element("Subject"):
            writer.text("SubjectSchemeIdentifier", scheme)
            writer.text("SubjectSchemeName", name)
            writer.text("SubjectCode", code)
            writer.text("SubjectHeadingText", heading)


def _ages(writer: _Writer, text: str) -> None:
    match = _AGES.fullmatch(text)
    if match is None:
        writer.text("AudienceDescription", text)
        return
    with writer.element("AudienceRange"):
        writer.text("AudienceRangeQualifier", "17")  # list 30: years of age, of interest
        writer.text("AudienceRangePrecision", "03" if match["more"] or match["last"] else "01")
        writer.text("AudienceRangeValue", match["first"])
        if match["last"]:
            writer.text("AudienceRangePrecision", "04")
            writer.text("AudienceRangeValue", match["last"])


def _collateral(writer: _Writer, title: ItemDetail) -> None:
    values = title.values
    texts = [("02", values["hook"]), ("03", values["description"])]  # list 153
    if any(text for _, text in texts):
        with writer.element("CollateralDetail"):
            for kind, text in texts:
                if text:
                    with writer.element("TextContent"):
                        writer.text("TextType", kind)
                        writer.text("ContentAudience", "00")
                        writer.text("Text", text, {"textformat": "06"})


def _publishing(writer: _Writer, title: ItemDetail, edition: EditionStock | None) -> None:
    values = title.values
    # List 163: 01 publication, 02 sales embargo, 23 review embargo.
    days = [("01", (edition.pub_date if edition else "") or values["pub_date"]), ("02", values["sales_embargo"]),
            ("23", values["review_embargo"])]  # fmt: skip
    # A message has no way to say a year before our era.
    days = [(role, day) for role, day in days if day and not day.startswith("-")]
    if not (values["imprint"] or values["publisher"] or days):
        return
    with writer.element("PublishingDetail"):
        if values["imprint"]:
            with writer.element("Imprint"):
                writer.text("ImprintName", values["imprint"])
        if values["publisher"]:
            with writer.element("Publisher"):
                writer.text("PublishingRole", "01")
                writer.text("PublisherName", values["publisher"])
        if not (values["imprint"] or values["publisher"]):
            # A date needs one of the two beside it, and there is no name to make up.
            with writer.element("Imprint"), writer.element("ImprintIdentifier"):
                writer.text("ImprintIDType", "01")
                writer.text("IDTypeName", "Outreach")
                writer.text("IDValue", "unnamed")
        for role, day in days:
            with writer.element("PublishingDate"):
                writer.text("PublishingDateRole", role)
                _date(writer, day)


def _date(writer: _Writer, day: str) -> None:
    digits = day.replace("-", "")
    writer.text("Date", digits, {"dateformat": _DATE_FORMATS[len(digits)]})


def _comp(writer: _Writer, comp: str) -> None:
    with writer.element("RelatedProduct"):
        writer.text("ProductRelationCode", "23")  # list 51: similar product
        with writer.element("ProductIdentifier"):
            writer.text("ProductIDType", "01")
            writer.text("IDTypeName", OWN_COMP)
            writer.text("IDValue", comp)


def _supply(writer: _Writer, title: ItemDetail, edition: EditionStock | None, sender: str) -> None:
    with writer.element("Supplier"):
        writer.text("SupplierRole", "00")  # list 93: not said
        writer.text("SupplierName", title.values["publisher"] or sender or "Outreach")
    writer.text("ProductAvailability", "99")  # list 65: contact the supplier
    if title.values["on_sale_date"]:
        with writer.element("SupplyDate"):
            writer.text("SupplyDateRole", "08")
            _date(writer, title.values["on_sale_date"])
    if edition is None or edition.price_minor is None or not edition.currency:
        writer.text("UnpricedItemType", "02" if edition is None or edition.kind == "finished" else "01")
        return
    with writer.element("Price"):
        writer.text("PriceType", "02")  # list 58: retail, with tax
        writer.text("PriceAmount", str(from_minor(edition.price_minor, edition.currency)))
        writer.text("CurrencyCode", edition.currency)
