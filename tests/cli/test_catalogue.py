"""The commands of the catalogue: all of a title, its editions, codes, clients and cover; ONIX out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.catalogue.test_covers import png

Cli = Callable[..., Any]


@pytest.fixture
def work(cli: Cli, tmp_path: Path) -> Path:
    cli("new", tmp_path / "w")
    made = cli(
        "catalogue", "add", "The Salt Orchard", "--set", "author=Safiya Renn", "--set", "client=Finch & Marlow",
        "--set", "series=Tidewall #2", "--set", "keywords=sea; ghosts", "--genre", "ya-fantasy", "--format", "egalley",
        "--price", "14.99GBP", "--cost", "£0.40", "--json",
    )  # fmt: skip
    assert made.json == {"id": "i1"}
    return tmp_path / "w"


def test_everything_is_shown_and_changed(cli: Cli, work: Path, tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(png(30, 45))
    assert cli("catalogue", "edit", "i1", "--cover", cover, "--set", "comps=Tidewall / Ada Obi").code == 0
    assert cli("catalogue", "edit", "i1", "--edition", "egalley", "--set", "pages=312").code == 0
    shown = cli("catalogue", "show", "i1", "--json").json
    assert (shown["values"]["series"], shown["values"]["series_number"]) == ("Tidewall", "2")
    assert shown["contributors"] == [{"role": "A01", "name": "Safiya Renn", "biography": ""}]
    (edition,) = shown["editions"]
    assert edition["price"] == {"amount": "14.99", "currency": "GBP"}
    assert edition["cost"] == {"amount": "0.40", "currency": "GBP"}
    assert edition["pages"] == 312
    assert shown["cover"].endswith(".jpg")
    text = cli("catalogue", "show", "i1").out
    assert "Made by: Author: Safiya Renn" in text and "Comps: Tidewall / Ada Obi" in text
    assert cli("catalogue", "clients", "--json").json[0]["titles"] == 1
    assert len(cli("catalogue", "list", "--client", "finch & marlow", "--json").json) == 1
    assert cli("catalogue", "list", "--client", "nobody", "--json").json == []


def test_codes_by_command(cli: Cli, work: Path, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("code,expires\nAAA-111,2027-01-01\nBBB-222,\n", encoding="utf-8")
    added = cli("catalogue", "codes", "i1", "--add", path, "--expires", "2027-03-04", "--json").json
    assert added == {"added": 2, "twice": 0, "given": []}
    cli("people", "add", "Maya", "--email", "maya@example.org")
    cli("gifts", "plan", "--item", "i1", "--to", "p1", "--edition", "egalley")
    assert cli("gifts", "accept", "g1").code == 0
    assert "AAA-111" not in cli("catalogue", "codes", "i1").out
    (given,) = cli("catalogue", "codes", "i1", "--give", "g1", "--json").json["given"]
    assert (given["person"], given["code"]) == ("Maya", "AAA-111")
    listed = cli("catalogue", "codes", "i1").out
    assert "AAA-111" in listed and "Maya (g1)" in listed and "1 left, 0 lapsed." in listed and "BBB-222" not in listed
    again = cli("catalogue", "codes", "i1", "--give", "g1")
    assert again.code == 2 and "only accepted gifts get a code" in again.err
    assert cli("catalogue", "codes", "i1", "--give-all").out == "Nobody who accepted is waiting for a code.\n"
    refused = cli("catalogue", "stock", "i1", "--count", "5")
    assert refused.code == 2 and "Add codes instead" in refused.err


def test_a_count_by_command(cli: Cli, work: Path) -> None:
    cli("catalogue", "edit", "i1", "--format", "hardback", "--copies", "9")
    assert cli("catalogue", "stock", "i1", "--edition", "hardback", "--count", "7", "--json").json[1]["copies"] == 7
    assert cli("catalogue", "stock", "i1", "--edition", "hardback", "--count", "7", "--add", "1").code == 2


def test_the_catalogue_goes_out_as_its_name_says(cli: Cli, work: Path, tmp_path: Path) -> None:
    made = cli("export", "catalogue", tmp_path / "out.xml", "--json").json
    assert made["rows"] == 1
    assert "<TitleText>The Salt Orchard</TitleText>" in (tmp_path / "out.xml").read_text(encoding="utf-8")
    cli("new", tmp_path / "again")
    (result,) = cli("--workspace", tmp_path / "again", "import", "catalogue", tmp_path / "out.xml", "--json").json
    assert (result["added"], result["layout"]) == (1, "onix")
    assert cli("export", "catalogue", tmp_path / "out.docx").code == 2
