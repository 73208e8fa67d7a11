"""What is printed for parcels, by command."""

from pathlib import Path

import pypdf
import pytest

from tests.cli.test_job import Cli, made_once, work  # noqa: F401 - fixtures
from tests.paper.test_labels import rectangles, texts


@pytest.fixture
def parcels(cli: Cli, work: Path) -> Path:  # noqa: F811
    """Two packed parcels, one of them abroad, and a letter to the first with a line of its own."""
    cli("gifts", "plan", "--item", "i1", "--to", "p1", "--to", "p4", "--edition", "proof")
    cli("letters", "draft", "--item", "i1", "--to", "p1", "--opening", "You love the sea.")
    cli("gifts", "accept", "g1", "g2")
    assert cli("shipments", "create", "--item", "i1").code == 0
    return work


def test_labels_begin_where_they_are_told_moved_and_outlined(cli: Cli, parcels: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.pdf"
    made = cli("shipments", "labels", out, "--sheet", "l7160", "--start", "21", "--nudge-x", "1", "--nudge-y", "-0.5",
               "--outline", "--bars", "--json").json  # fmt: skip
    assert (made["labels"], made["pages"], made["cut"], made["no_font"], made["no_bars"]) == (2, 2, [], {}, [])
    first, second = pypdf.PdfReader(out).pages
    assert any(each == pytest.approx((8.21, 14.65, 63.5, 38.1), abs=0.2) for each in rectangles(first))
    assert ("Maya Reyes" in first.extract_text().replace("\t", " ")) and "GERMANY" in second.extract_text()
    assert "s1" in texts(out)[0] and "s2" in texts(out)[1]


def test_a_test_page_and_sheets_that_are_not_there(cli: Cli, work: Path, tmp_path: Path) -> None:  # noqa: F811
    ran = cli("shipments", "labels", tmp_path / "test.pdf", "--sheet", "5160", "--outline")
    assert ran.out.startswith("Painted the outlines of Avery 5160, 30 a page")
    assert cli("shipments", "labels", tmp_path / "no.pdf", "--sheet", "5160", "--start", "31").code == 2
    assert cli("shipments", "labels", tmp_path / "no.pdf", "--sheet", "L1").code == 2
    assert not (tmp_path / "no.pdf").exists()


def test_slips_with_facts_for_customs(cli: Cli, parcels: Path, tmp_path: Path) -> None:
    out = tmp_path / "slips.pdf"
    ran = cli("shipments", "slips", out)
    assert ran.out == f"Painted slips of 2 parcels on 2 pages: {out}.\n"
    home, abroad = texts(out)
    assert "Finch & Marlow" in home and "A gift. Nothing is asked in return." in home
    assert not any("customs" in line for line in home)
    assert any(line.startswith("For customs: CN22") for line in abroad)
    assert cli("shipments", "slips", out, "--only", "s2", "--page", "A5", "--json").json["pages"] == 1
    assert float(pypdf.PdfReader(out).pages[0].mediabox.width) * 25.4 / 72 == pytest.approx(148, abs=0.6)


def test_cards_for_those_whose_letter_has_a_line_of_its_own(cli: Cli, parcels: Path, tmp_path: Path) -> None:
    out = tmp_path / "cards.pdf"
    ran = cli("shipments", "cards", out)
    assert ran.out.splitlines()[1] == "No letter about these has an opening line of its own: s2."
    assert " ".join(texts(out)[0]).split() == ["Dear", "Maya,", "You", "love", "the", "sea.", "Hanna", "Okafor"]
    ran = cli("shipments", "cards", tmp_path / "none.pdf", "--only", "s2")
    assert ran.code == 2 and "opening line" in ran.err
    assert not (tmp_path / "none.pdf").exists()


def test_bookplates_for_who_waits(cli: Cli, work: Path, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "plates.pdf"
    assert cli("shipments", "bookplates", out, "--item", "i1").code == 2, "nobody waits"
    cli("gifts", "plan", "--item", "i1", "--to", "p1", "--to", "p4")
    ran = cli("shipments", "bookplates", out, "--item", "i1", "--sheet", "5164")
    assert ran.out == f"Painted 2 bookplates on 1 page: {out}.\n"
    assert [line for line in texts(out)[0] if line.startswith("For ")] == ["For Maya Reyes", "For Tom Weil"]
