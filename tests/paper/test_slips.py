"""Packing slips: each on its own page, whole however much is in the parcel, its number readable by a scanner."""

from pathlib import Path

import pypdf
import pytest

from outreach.paper.bars import modules
from outreach.paper.pages import preview, write_pdf
from outreach.paper.slips import SlipPages
from outreach.services.shipments.labels import PAGES
from outreach.services.shipments.slips import SlipText
from tests.paper.test_labels import rectangles, texts


def slip(number: int, titles: int = 1, **others) -> SlipText:
    told = {
        "reference": f"s{number}",
        "title": "Packing slip",
        "day": "24 Nov 2026",
        "sender": ("Finch & Marlow", "12 Quay Street", "Bristol BS1 4QQ"),
        "address": (f"Person {number}", "14 Tannery Row", "Leeds", "LS3 1AB"),
        "headings": ("Copies", "Title", "Form"),
        "rows": [("1", f"Title {each}, by Safiya Renn", "Proof") for each in range(titles)],
        "notes": ["A gift. Nothing is asked in return."],
    }
    return SlipText(**{**told, **others})


@pytest.mark.parametrize("page", list(PAGES))
def test_each_parcel_has_a_page_with_all_that_is_in_it(tmp_path: Path, page: str) -> None:
    customs = ["For customs: CN22", "1 × printed book: £12.99"]
    pages = SlipPages([slip(12), slip(13, 3, customs=customs)], page)
    painted = write_pdf(tmp_path / "slips.pdf", pages)
    assert (painted.pages, painted.shrunk, painted.cut) == (2, (), ())
    first, second = texts(tmp_path / "slips.pdf")
    assert {"Finch & Marlow", "12 Quay Street", "Person 12", "LS3 1AB", "Packing slip", "s12"} <= set(first)
    assert any("Title 0, by Safiya Renn" in line for line in first)
    assert "A gift. Nothing is asked in return." in first
    assert {"Person 13", *customs} <= set(second) and "Person 12" not in second
    box = pypdf.PdfReader(tmp_path / "slips.pdf").pages[0].mediabox
    assert (float(box.width) * 25.4 / 72, float(box.height) * 25.4 / 72) == pytest.approx(PAGES[page], abs=0.6)


def test_the_bars_of_the_number_stand_at_the_top_with_room_around(tmp_path: Path) -> None:
    write_pdf(tmp_path / "slips.pdf", SlipPages([slip(12)]))
    page = pypdf.PdfReader(tmp_path / "slips.pdf").pages[0]
    bars = [each for each in rectangles(page) if each[3] == pytest.approx(11, abs=0.2)]
    assert len(bars) == len(modules("s12").replace("0", " ").split())
    assert min(wide for _, _, wide, _ in bars) == pytest.approx(0.33, abs=0.02), "wide enough for simple scanners"
    assert min(x for x, *_ in bars) > 100 and max(x + wide for x, _, wide, _ in bars) == pytest.approx(192, abs=0.2)


def test_a_full_parcel_goes_on_over_the_page_with_nothing_lost(tmp_path: Path) -> None:
    long = ("2", "A title that goes on about the many small rooms of a lighthouse " * 3, "Hardback")
    many = slip(15, 60)
    many = slip(15, rows=[*many.rows, long], customs=["For customs: CN23", *(f"Line {each}" for each in range(9))])
    painted = write_pdf(tmp_path / "slips.pdf", SlipPages([many, slip(16)], "A5"))
    assert (painted.pages, painted.cut) == (5, ())
    pages = texts(tmp_path / "slips.pdf")
    text = " ".join(" ".join(page) for page in pages)
    assert [sum(f"Title {each}, by" in line for page in pages[:4] for line in page) for each in range(60)] == [1] * 60
    assert text.count("rooms of a lighthouse") == 3 and "Line 8" in text
    assert [page.count("Packing slip") for page in pages] == [1, 0, 0, 0, 1]
    assert "s15 · 4/4" in pages[3]
    assert all(any(line.startswith("Copies") for line in page) for page in pages[:3]), "headings on each page"


def test_what_cannot_stand_whole_is_told(tmp_path: Path) -> None:
    painted = write_pdf(tmp_path / "slips.pdf", SlipPages([
        slip(1), slip(2, address=("x" * 4000,)), slip(3, address=("Maya \U0001ffff",)),
    ]))  # fmt: skip
    assert (painted.cut, painted.unreadable) == ((1,), {2: "\U0001ffff"})


def test_no_parcel_is_an_empty_page(tmp_path: Path) -> None:
    assert write_pdf(tmp_path / "slips.pdf", SlipPages([])).pages == 1
    image = preview(SlipPages([slip(12)], "A5"), 0, 300)
    assert (image.width(), image.height()) == (300, 426)
