"""Messages of other houses: everything they say of a product is read, held against a plain reading with XPath."""

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outreach.errors import KnownError
from outreach.services.importing.onix import OnixProduct, read_onix
from outreach.services.importing.run import ImportKind, ImportOptions, import_file
from outreach.store.database import Store

CORPORA = Path(os.environ.get("OUTREACH_CORPORA", "nowhere"))
REFUSED = ("files.xml_entities", "files.onix_21", "files.broken_xml")

#: The two kinds of tags, as XPath steps without namespaces.
TAGS = {
    "reference": dict(  # noqa: C408 - reads as what it says
        product="Product", kind="ProductIDType", number="IDValue", identifier="ProductIdentifier", title="TitleDetail",
        title_type="TitleType", element="TitleElement", text="TitleText", without="TitleWithoutPrefix",
        prefix="TitlePrefix", contributor="Contributor", names="PersonName|CorporateName|PersonNameInverted|KeyNames",
        date="PublishingDate", role="PublishingDateRole", day="Date", publisher="PublisherName", detail="DescriptiveDetail",
    ),
    "short": dict(  # noqa: C408
        product="product", kind="b221", number="b244", identifier="productidentifier", title="titledetail",
        title_type="b202", element="titleelement", text="b203", without="b031", prefix="b030",
        contributor="contributor", names="b036|b047|b037|b040", date="publishingdate", role="x448", day="b306",
        publisher="b081", detail="descriptivedetail",
    ),
}  # fmt: skip


def local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def below(element: Any, name: str) -> list[Any]:
    return [each for each in element.iter() if local(each) in name.split("|")]


def kids(element: Any, name: str) -> list[Any]:
    return [each for each in element if local(each) in name.split("|")]


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def expected(path: Path) -> Iterator[dict[str, Any]]:
    """What a message says, read in another way, with another library."""
    from lxml import etree

    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    tags = TAGS["short"] if below(root, "product") else TAGS["reference"]
    for product in below(root, tags["product"]):
        numbers = {
            words(kids(each, tags["kind"])[0]): words(kids(each, tags["number"])[0])
            for each in kids(product, tags["identifier"])
        }
        details = kids(product, tags["detail"])
        titles = [each for detail in details for each in kids(detail, tags["title"])]
        main = [each for each in titles if words(kids(each, tags["title_type"])[0]) == "01"] or titles
        days = {
            words(kids(each, tags["role"])[0]): words(kids(each, tags["day"])[0])
            for each in below(product, tags["date"])
            if kids(each, tags["role"]) and kids(each, tags["day"])
        }
        people = [each for detail in details for each in kids(detail, tags["contributor"])]
        yield {
            "isbn": numbers.get("15", ""),
            "titles": {
                " ".join(filter(None, (
                    " ".join(map(words, kids(element, tags["prefix"]))),
                    words((kids(element, tags["text"]) + kids(element, tags["without"]))[0]),
                )))
                for each in main
                for element in kids(each, tags["element"])
                if kids(element, tags["text"]) + kids(element, tags["without"])
            },
            "people": sum(bool(kids(each, tags["names"])) for each in people),
            "date": days.get("01", ""),
            "publishers": {words(each) for each in below(product, tags["publisher"])},
        }  # fmt: skip


def judge(path: Path, counts: Counter[str]) -> None:
    """Count what is right in a message, and what there is."""
    products = [each for each in read_onix(path) if isinstance(each, OnixProduct)]
    wanted = [each for each in expected(path) if each["titles"]]
    counts["products wanted"] += len(wanted)
    counts["products"] += len(products) == len(wanted) and len(products)
    for ours, theirs in zip(products, wanted, strict=False):
        for name, there, right in (
            ("ISBN", theirs["isbn"], ours.isbn13_text == theirs["isbn"]),
            ("title", True, ours.title in theirs["titles"]),
            ("contributors", theirs["people"], len(ours.contributors) == theirs["people"]),
            ("date", theirs["date"], ours.pub_date == theirs["date"]),
            ("publisher", theirs["publishers"], ours.publisher in theirs["publishers"]),
        ):
            counts[f"{name} wanted"] += bool(there)
            counts[name] += bool(there) and right


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs OUTREACH_CORPORA")
def test_everything_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for path in sorted((CORPORA / "onix").rglob("*.xml")):
        started = time.monotonic()
        try:
            judge(path, counts)
        except KnownError as error:
            assert error.code in REFUSED, path
            # The third one is a part of a product, without a message round it.
            assert re.search(r"onix2|wiley|test_collection", path.name), path
            counts[f"refused as {error.code}"] += 1
        else:
            counts["messages read"] += 1
        assert time.monotonic() - started < 10
    names = ("products", "ISBN", "title", "contributors", "date", "publisher")
    with capsys.disabled():
        print("\nONIX:", ", ".join(f"{name} {counts[name]} of {counts[f'{name} wanted']}" for name in names))
        print("ONIX:", {name: count for name, count in counts.items() if "refused" in name or "messages" in name})
    assert {name: counts[name] for name in names} == {name: counts[f"{name} wanted"] for name in names}
    assert counts["messages read"] >= 36


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs OUTREACH_CORPORA")
def test_all_of_them_become_catalogues(store: Store) -> None:
    """Into one workspace, twice: the second time nothing is added."""
    paths = [
        *sorted((CORPORA / "onix" / "jonix_single").glob("*.xml")),
        CORPORA / "onix" / "im_onix" / "full_sample.xml",
    ]
    added = [import_file(store, ImportKind.CATALOGUE, path, ImportOptions()).added for path in paths]
    assert sum(added) >= 1
    before = store.rows("SELECT count(*) FROM item"), store.rows("SELECT count(*) FROM edition")
    again = [import_file(store, ImportKind.CATALOGUE, path, ImportOptions()).added for path in paths]
    assert sum(again) == 0
    assert before == (store.rows("SELECT count(*) FROM item"), store.rows("SELECT count(*) FROM edition"))
