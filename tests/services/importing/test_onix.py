"""ONIX 3: reference and short tags, with and without a namespace, whatever a publisher leaves out."""

import os
import time
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services.importing.onix import OnixProduct, read_onix
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.importing.tables import BadRow
from outreach.store.database import Store

CORPORA = Path(os.environ.get("OUTREACH_CORPORA", "nowhere"))

REFERENCE = """<?xml version="1.0" encoding="UTF-8"?>
<ONIXMessage xmlns="http://ns.editeur.org/onix/3.0/reference" release="3.0">
<Header><Sender><SenderName>Finch</SenderName></Sender><SentDateTime>20261101</SentDateTime></Header>
<Product><RecordReference>f.1</RecordReference><NotificationType>03</NotificationType>
<ProductIdentifier><ProductIDType>15</ProductIDType><IDValue>9798860000001</IDValue></ProductIdentifier>
<DescriptiveDetail><ProductComposition>00</ProductComposition><ProductForm>BC</ProductForm>
<Collection><CollectionType>10</CollectionType><TitleDetail><TitleType>01</TitleType><TitleElement>
<TitleElementLevel>02</TitleElementLevel><PartNumber>2</PartNumber><TitleText>Tidewall</TitleText></TitleElement></TitleDetail></Collection>
<TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel>
<TitlePrefix>The</TitlePrefix><TitleWithoutPrefix>Salt Orchard</TitleWithoutPrefix><Subtitle>A novel</Subtitle></TitleElement></TitleDetail>
<Contributor><SequenceNumber>2</SequenceNumber><ContributorRole>B06</ContributorRole><NamesBeforeKey>Ada</NamesBeforeKey><KeyNames>Obi</KeyNames></Contributor>
<Contributor><SequenceNumber>1</SequenceNumber><ContributorRole>A01</ContributorRole><PersonNameInverted>Renn, Safiya</PersonNameInverted><BiographicalNote><p>She keeps <i>bees</i>.</p><p>And ferrets.</p></BiographicalNote></Contributor>
<Language><LanguageRole>01</LanguageRole><LanguageCode>eng</LanguageCode></Language>
<Language><LanguageRole>02</LanguageRole><LanguageCode>fre</LanguageCode></Language>
<Extent><ExtentType>00</ExtentType><ExtentValue>312</ExtentValue><ExtentUnit>03</ExtentUnit></Extent>
<Subject><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier><SubjectCode>YFH</SubjectCode></Subject>
<Subject><SubjectSchemeIdentifier>20</SubjectSchemeIdentifier><SubjectHeadingText>sea; found family</SubjectHeadingText></Subject>
<AudienceRange><AudienceRangeQualifier>17</AudienceRangeQualifier><AudienceRangePrecision>03</AudienceRangePrecision><AudienceRangeValue>13</AudienceRangeValue></AudienceRange>
</DescriptiveDetail>
<CollateralDetail><TextContent><TextType>03</TextType><ContentAudience>00</ContentAudience>
<Text textformat="05"><p>One year's <em>fruit</em>.</p><p>And the dead.</p></Text></TextContent></CollateralDetail>
<PublishingDetail><Imprint><ImprintName>Marlow</ImprintName></Imprint><Publisher><PublishingRole>01</PublishingRole><PublisherName>Finch</PublisherName></Publisher>
<PublishingDate><PublishingDateRole>01</PublishingDateRole><Date>20270303</Date></PublishingDate>
<PublishingDate><PublishingDateRole>23</PublishingDateRole><Date>20270301</Date></PublishingDate></PublishingDetail>
<ProductSupply><SupplyDetail><Price><PriceType>01</PriceType><PriceAmount>8.00</PriceAmount><CurrencyCode>GBP</CurrencyCode></Price>
<Price><PriceType>02</PriceType><PriceAmount>8.99</PriceAmount><CurrencyCode>GBP</CurrencyCode></Price></SupplyDetail></ProductSupply>
</Product></ONIXMessage>"""

SHORT = """<?xml version="1.0"?><ONIXmessage release="3.0"><product><a001>f.1</a001>
<productidentifier><b221>15</b221><b244>9798860000001</b244></productidentifier>
<descriptivedetail><b012>BB</b012><titledetail><b202>01</b202><titleelement><x409>01</x409><b203>The Salt Orchard</b203></titleelement></titledetail>
<contributor><b035>A01</b035><b036>Safiya Renn</b036><b044>Bees</b044></contributor></descriptivedetail>
<publishingdetail><publishingdate><x448>01</x448><b306>202703</b306></publishingdate></publishingdetail></product>
<product><a001>f.2</a001><descriptivedetail/></product></ONIXmessage>"""


def read(tmp_path: Path, text: str) -> list[OnixProduct | BadRow]:
    path = tmp_path / "onix.xml"
    path.write_text(text, encoding="utf-8")
    return list(read_onix(path))


def test_reference_tags(tmp_path: Path) -> None:
    (product,) = read(tmp_path, REFERENCE)
    assert isinstance(product, OnixProduct)
    assert (product.title, product.subtitle) == ("The Salt Orchard", "A novel")
    assert (product.series, product.series_number) == ("Tidewall", "2")
    assert product.contributors == (("A01", "Safiya Renn", "She keeps bees. And ferrets."), ("B06", "Ada Obi", ""))
    assert product.reading_age == "13+"
    assert (product.isbn13_text, product.form, product.pages, product.languages) == (
        "9798860000001",
        "BC",
        312,
        ("eng",),
    )
    assert product.subjects == (("93", "YFH", ""),)
    assert product.keywords == ("sea", "found family")
    assert product.description == "One year's fruit.\nAnd the dead."
    assert (product.imprint, product.publisher) == ("Marlow", "Finch")
    assert (product.pub_date, product.review_embargo) == ("20270303", "20270301")
    assert (product.price_amount, product.price_currency) == ("8.99", "GBP")


def test_short_tags_and_a_product_without_a_title(tmp_path: Path) -> None:
    product, bad = read(tmp_path, SHORT)
    assert isinstance(product, OnixProduct)
    assert (product.title, product.contributors, product.pub_date) == (
        "The Salt Orchard",
        (("A01", "Safiya Renn", "Bees"),),
        "202703",
    )
    assert bad == BadRow(2, "rows.no_title", {})


def test_a_message_becomes_a_catalogue(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "onix.xml"
    path.write_text(REFERENCE, encoding="utf-8")
    result = import_file(store, ImportKind.CATALOGUE, path)
    assert (result.layout, result.rows, result.added) == ("onix", 1, 1)
    assert store.rows("SELECT title, author, series, series_number, pub_date, review_embargo, language FROM item") == [
        ("The Salt Orchard", "Safiya Renn", "Tidewall", "2", "2027-03-03", "2027-03-01", "en")
    ]
    assert store.rows("SELECT format, isbn13, price_minor, currency, pages FROM edition") == [
        ("paperback", "9798860000001", 899, "GBP", 312)
    ]
    assert store.rows("SELECT genre FROM item_genre") == [("ya-fantasy",)]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs OUTREACH_CORPORA")
def test_bombs_are_refused_at_once() -> None:
    for path in sorted((CORPORA / "injection" / "xml_bombs").glob("*")):
        started = time.monotonic()
        try:
            assert not [each for each in read_onix(path) if isinstance(each, OnixProduct)], path
        except KnownError as error:
            assert error.code.startswith("files."), path
        assert time.monotonic() - started < 1, path
