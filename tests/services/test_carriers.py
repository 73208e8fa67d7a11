"""Carriers: proposals, addresses to track at, files they take in; and CSV that no spreadsheet takes for a formula."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.carriers import (
    Parcel,
    carrier,
    carrier_rows,
    layout,
    load_carriers,
    load_layouts,
    propose_carriers,
    s10_holds,
    s10_number,
    tracking_url,
)
from outreach.services.csvfile import guarded, unguarded, write_csv
from outreach.services.postal import PostalAddress


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("RB123456785GB", ["royal-mail"]),
        ("RB 1234 5678 5 GB", ["royal-mail"]),
        ("RB123456784GB", []),
        ("1Z999AA10123456784", ["ups"]),
        ("9400110200881234567890", ["usps"]),
        ("123456789012", ["fedex"]),
        ("hello", []),
        ("", []),
    ],
)
def test_a_number_proposes_its_carriers(number: str, codes: list[str]) -> None:
    assert propose_carriers(number) == codes


@given(st.integers(0, 99_999_999))
def test_s10_numbers_hold(number: int) -> None:
    whole = s10_number("RM", number, "GB")
    assert s10_holds(whole)
    others = [whole[:10] + str(digit) + whole[11:] for digit in range(10) if str(digit) != whole[10]]
    assert not any(map(s10_holds, others))


def test_every_carrier_can_be_tracked() -> None:
    for code in load_carriers():
        assert tracking_url(code, "AB 1&2").count("AB%201%262") == 1
    assert carrier("Royal Mail").code == carrier("royal-mail").code
    with pytest.raises(KnownError):
        carrier("pigeon")


def test_a_carriers_file_names_what_lacks_and_what_was_cut() -> None:
    parcels = [
        Parcel("s1", PostalAddress("Maya", "", "14 Tannery Row", "", "Leeds", "", "LS3 1AB", "GB"), contents="x" * 300),
        Parcel("s2", PostalAddress("Rosa", "", "", "", "Hexham", "", "", "DE")),
    ]
    made = carrier_rows(layout("royal-mail-click-and-drop"), parcels)
    assert made.header[:2] == ("Order reference", "Full name")
    assert [(row[1], row[8]) for row in made.rows] == [("Maya", "United Kingdom"), ("Rosa", "Germany")]
    assert len(made.rows[0][-1]) == 200
    assert [(number, column, code) for number, column, code, _ in made.problems] == [
        (0, "Product name", "carriers.cut"),
        (1, "Address line 1", "carriers.lacks"),
        (1, "Postcode", "carriers.lacks"),
    ]
    for name in load_layouts():
        assert carrier_rows(layout(name), parcels[:1]).rows[0]
    with pytest.raises(KnownError):
        layout("pigeon")


@given(st.text())
def test_guarding_comes_off_again(cell: str) -> None:
    if not cell.startswith("'"):
        assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["+49 30 1234567", "-5", "+44 (0)20 7946-0000", "Maya", "", "1=1"])
def test_what_is_no_formula_stays(cell: str) -> None:
    assert guarded(cell) == cell


def test_a_file_is_written_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ("Näme", "B"), [("Zoë\nx", "=1")])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.stat().st_mode & 0o077 == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["Näme", "B"], ["Zoë\nx", "'=1"]]
    with pytest.raises(KnownError) as caught:
        write_csv(tmp_path / "no" / "out.csv", ("A",), [])
    assert caught.value.code == "files.not_written"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
