"""Labels: every line readable, on the right label, whole or not at all; addresses in their country's order."""

from pathlib import Path

import pypdf
import pytest

from outreach.errors import KnownError
from outreach.paper.labels import Placing, paint_labels
from outreach.services.labels import PAGES, load_sheets, sheet
from outreach.services.postal import PostalAddress, address_lines

BLOCKS = [(f"Person {number}", f"{number} Alma Vale Road", "Bristol", "BS8 2HY") for number in range(30)]


def texts(path: Path) -> list[list[str]]:
    return [
        [" ".join(line.split()) for line in page.extract_text().splitlines()] for page in pypdf.PdfReader(path).pages
    ]


def test_every_line_of_every_label_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    painted = paint_labels(path, sheet("L7163"), BLOCKS)
    assert (painted.pages, painted.shrunk, painted.cut) == (3, (), ())
    pages = texts(path)
    assert [sum(line.startswith("Person") for line in page) for page in pages] == [14, 14, 2]
    assert [line for page in pages for line in page] == [line for block in BLOCKS for line in block]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", list(load_sheets()))
def test_every_sheet_paints_on_its_page(tmp_path: Path, name: str) -> None:
    chosen = sheet(name)
    path = tmp_path / "labels.pdf"
    assert paint_labels(path, chosen, BLOCKS[:3], Placing(outlines=True)).pages == 1
    box = pypdf.PdfReader(path).pages[0].mediabox
    assert (float(box.width) * 25.4 / 72, float(box.height) * 25.4 / 72) == pytest.approx(PAGES[chosen.page], abs=0.6)


def test_a_part_used_sheet_begins_where_it_is_free(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    paint_labels(path, sheet("L7163"), BLOCKS[:4], Placing(start=12))
    assert [sum(line.startswith("Person") for line in page) for page in texts(path)] == [3, 1]


def test_long_lines_shrink_and_are_said_when_they_are_cut(tmp_path: Path) -> None:
    long = ("Person", "The Old Post Office Reading Rooms and Lending Library, Upper Floor", "Bristol")
    longer = ("Person", "x" * 400, "Bristol")
    painted = paint_labels(tmp_path / "labels.pdf", sheet("L7163"), [long, longer])
    assert (painted.shrunk, painted.cut) == ((0, 1), (1,))


@pytest.mark.parametrize("start", [0, 15])
def test_a_label_that_is_not_there(tmp_path: Path, start: int) -> None:
    with pytest.raises(KnownError) as caught:
        paint_labels(tmp_path / "labels.pdf", sheet("L7163"), BLOCKS, Placing(start=start))
    assert caught.value.code == "labels.bad_start"
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        paint_labels(tmp_path / "nowhere" / "labels.pdf", sheet("L7163"), BLOCKS)
    assert caught.value.code == "paper.not_written"
    with pytest.raises(KnownError):
        sheet("L0")


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (PostalAddress("Maya", "", "14 Tannery Row", "", "Leeds", "", "LS3 1AB", "GB"), ("Maya", "14 Tannery Row", "Leeds", "LS3 1AB")),
        (PostalAddress("Ann", "", "1 Main St", "Apt 2", "Springfield", "IL", "62701", "US"), ("Ann", "1 Main St", "Apt 2", "Springfield IL 62701", "UNITED STATES")),
        (PostalAddress("Jörn", "", "Hauptstr. 5", "", "Berlin", "", "10115", "DE"), ("Jörn", "Hauptstr. 5", "10115 Berlin", "GERMANY")),
        (PostalAddress("Zoé", "", "3 rue de la Paix", "", "Paris", "", "75002", "FR"), ("Zoé", "3 rue de la Paix", "75002 Paris", "FRANCE")),
        (PostalAddress("Ola", "", "ul. Długa 1", "", "Kraków", "", "30-001", "PL"), ("Ola", "ul. Długa 1", "30-001 Kraków", "POLAND")),
        (PostalAddress("Aoife", "", "1 Quay", "", "Cork", "Co. Cork", "T12 X70A", "IE"), ("Aoife", "1 Quay", "Cork", "Co. Cork", "T12 X70A", "IRELAND")),
        (PostalAddress("X", "The Shop", "1 Road", "", "", "", "", ""), ("X", "The Shop", "1 Road")),
        (PostalAddress("The Shop", "The Shop", "", "", "Town", "", "", "QQ"), ("The Shop", "Town", "QQ")),
    ],
)  # fmt: skip
def test_addresses_stand_as_their_country_writes_them(address: PostalAddress, lines: tuple[str, ...]) -> None:
    assert address_lines(address) == lines


@pytest.mark.parametrize(
    "country", ["JP", "CN", "BR", "VN", "TR", "CH", "NL", "AU", "CA", "IN", "NG", "SE", "HU", "KR"]
)
def test_nothing_of_an_address_is_lost_anywhere(country: str) -> None:
    address = PostalAddress("Name", "House", "line one", "line two", "Town", "Region", "12345", country)
    text = " ".join(address_lines(address))
    for part in ("Name", "House", "line one", "line two", "Town", "Region", "12345"):
        assert part in text
    assert address_lines(address, country)[-1] != country


def test_signs_that_turn_text_about_are_taken_out() -> None:
    assert address_lines(PostalAddress("Ma\u202eya\u200b", "", "1\u2066 Road")) == ("Maya", "1 Road")
