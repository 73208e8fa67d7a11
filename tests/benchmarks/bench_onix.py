"""An ONIX message of 10,000 products: read in a child process within its limit of memory, written, and written again.

Run: python -m tests.benchmarks.bench_onix
"""

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import iterparse

from outreach.services.exporting.tables import export_catalogue
from outreach.services.importing.onix import read_onix
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.workspace import Opening

PRODUCTS = 10_000
_PRODUCT = """<Product><RecordReference>f.{n}</RecordReference><NotificationType>03</NotificationType>
<ProductIdentifier><ProductIDType>15</ProductIDType><IDValue>{isbn}</IDValue></ProductIdentifier>
<DescriptiveDetail><ProductComposition>00</ProductComposition><ProductForm>BC</ProductForm>
<TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel><TitleText>The Salt Orchard {n}</TitleText></TitleElement></TitleDetail>
<Contributor><SequenceNumber>1</SequenceNumber><ContributorRole>A01</ContributorRole><PersonName>Author {a}</PersonName><BiographicalNote>{text}</BiographicalNote></Contributor>
<Language><LanguageRole>01</LanguageRole><LanguageCode>eng</LanguageCode></Language>
<Subject><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier><SubjectCode>YFH</SubjectCode></Subject></DescriptiveDetail>
<CollateralDetail><TextContent><TextType>03</TextType><ContentAudience>00</ContentAudience><Text>{text}</Text></TextContent></CollateralDetail>
<PublishingDetail><Publisher><PublishingRole>01</PublishingRole><PublisherName>Finch</PublisherName></Publisher>
<PublishingDate><PublishingDateRole>01</PublishingDateRole><Date>20270303</Date></PublishingDate></PublishingDetail>
<ProductSupply><SupplyDetail><Supplier><SupplierRole>00</SupplierRole><SupplierName>Finch</SupplierName></Supplier><ProductAvailability>20</ProductAvailability>
<Price><PriceType>02</PriceType><PriceAmount>8.99</PriceAmount><CurrencyCode>GBP</CurrencyCode></Price></SupplyDetail></ProductSupply></Product>
"""


def isbn(number: int) -> str:
    """A number with its check digit."""
    body = f"97988{number:07}"
    return body + str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10)


def message(path: Path) -> None:
    """A message of many products."""
    text = "Once a year the tide uncovers an orchard, and nobody who eats from it says so. " * 20
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?><ONIXMessage release="3.0"><Header/>')
        for n in range(PRODUCTS):
            file.write(_PRODUCT.format(n=n, a=n % 900, isbn=isbn(n), text=text))
        file.write("</ONIXMessage>")


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "big.xml"
        message(path)
        print(f"{PRODUCTS} products, {path.stat().st_size / 2**20:.0f} MB")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        assert sum(1 for _ in read_onix(path)) == PRODUCTS
        read = time.perf_counter() - started
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        started = time.perf_counter()
        for _, element in iterparse(path, ("end",)):
            if element.tag == "Product":
                element.clear()
        bare = time.perf_counter() - started
        print(f"Reading: {read:.2f} s, memory grew by {grown:.0f} MB; a bare walk through the file: {bare:.2f} s")
        opening = Opening(clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
        new_workspace(Path(place) / "w", opening)
        with workspace.writing(Path(place) / "w", opening) as store:
            for what in ("into an empty workspace", "once more, all of it known"):
                started = time.perf_counter()
                result = import_file(store, ImportKind.CATALOGUE, path)
                children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
                print(
                    f"Import {what}: {time.perf_counter() - started:.1f} s, {result.added} added, "
                    f"{result.unchanged} unchanged, child at most {children:.0f} MB"
                )
            started = time.perf_counter()
            made = export_catalogue(store, Path(place) / "out.xml")
            print(f"Export as ONIX: {time.perf_counter() - started:.1f} s, {made.rows} products")
    return 0


if __name__ == "__main__":
    sys.exit(main())
