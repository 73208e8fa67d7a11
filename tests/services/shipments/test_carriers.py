"""Carriers: whose a number could be, where it is tracked; and CSV that no spreadsheet takes for a formula."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.carrying.checks import holds
from outreach.services.exporting.csvfile import guarded, unguarded, write_csv
from outreach.services.shipments.carriers import (
    carrier,
    load_carriers,
    look_at,
    propose_carriers,
    s10_holds,
    s10_number,
    tracking_url,
)
from tests.fields.material import corpora


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("RB123456785GB", ["royal-mail"]),
        ("RB 1234 5678 5 GB", ["royal-mail"]),
        ("RB123456784GB", []),
        ("1Z999AA10123456784", ["ups"]),
        ("9400110200881234567896", ["usps"]),
        ("9400110200881234567890", []),
        ("420 10011 9400110200881234567896", ["usps"]),
        ("123456789012", ["fedex"]),
        ("123456789013", []),
        ("3318810025", ["dhl-express"]),
        ("3318810026", []),
        ("3205 9546 3938", ["purolator"]),
        ("07209562763", ["old-dominion"]),
        ("0073938000549297", ["canada-post"]),
        ("0073938000549292", []),
        # Two whose numbers look alike are both proposed.
        ("JJD0002257639032011", ["dhl-express", "yodel"]),
        ("A1506235620", ["ups", "amazon"]),
        ("RB123456785CV", ["national-post"]),
        ("RB123456785XX", []),
        ("000000000000", []),
        ("１２３４５６７８９０１２", []),
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


def test_a_number_with_a_wrong_check_digit_is_told_from_one_that_is_nobodys() -> None:
    assert look_at(" rb 123456784 gb").mistyped
    assert not look_at("RB123456785GB").mistyped
    assert not look_at("hello").mistyped
    assert look_at(" rb 123456785 gb").number == "RB123456785GB"


#: The names of the corpus for carriers that we call otherwise.
OURS = {"canada_post": "canada-post", "dhl": "dhl-express", "old_dominion": "old-dominion", "speedee": "spee-dee"}


def test_the_numbers_of_the_corpus_are_recognised_and_refused() -> None:
    """Each valid number proposes its carrier, and no invalid one does; of S10 it is any post."""
    wrong, valid, invalid = [], 0, 0
    for path in sorted(corpora("shipments", "tracking").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        code = OURS.get(told["courier_code"], told["courier_code"])
        for kind in told["tracking_numbers"]:
            for number in kind["test_numbers"]["valid"]:
                valid += 1
                found = propose_carriers(number)
                if code not in found and not (code == "s10" and found):
                    wrong.append(number)
            for number in kind["test_numbers"]["invalid"]:
                invalid += 1
                found = propose_carriers(number)
                if code in found or (code == "s10" and found):
                    wrong.append(number)
    assert wrong == []
    assert valid > 50 and invalid > 25


@pytest.mark.parametrize(
    "number",
    [
        "RB123456785GB", "986578788855", "1Z5R89390357567127", "C11031500001879", "3318810025", "320595463938",
        "9405803699300124287899", "041441760228964", "61299998820821171811", "9611020987654312345672", "K1506235620",
        "09980000020033F",
    ],
)  # fmt: skip
def test_of_all_figures_that_could_stand_at_the_check_digit_one_holds(number: str) -> None:
    rules = [rule for each in load_carriers().values() for rule in each.numbers if rule.rule and holds(rule, number)]
    for rule in rules:
        found = rule.shape.fullmatch(number)
        assert found is not None
        spot = found.start("check")
        signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        others = [f"{number[:spot]}{sign}{number[spot + 1 :]}" for sign in signs if sign != number[spot]]
        assert not any(holds(rule, each) for each in others)
    assert rules


def test_every_carrier_can_be_tracked() -> None:
    assert tracking_url("amazon", "TBA010000000000") == ""
    for code in set(load_carriers()) - {"amazon"}:
        assert tracking_url(code, "AB 1&2").count("AB%201%262") == 1
    assert carrier("Royal Mail").code == carrier("royal-mail").code
    with pytest.raises(KnownError):
        carrier("pigeon")


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
