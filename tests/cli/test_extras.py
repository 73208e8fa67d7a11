"""Inserts, signed copies and costs by command."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran


@pytest.fixture
def run(cli: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    """Two people who said yes to a title, each with a parcel."""

    def call(*arguments: object) -> Ran:
        return cli(*arguments, "--workspace", tmp_path / "w", "--now", "2026-11-24T12:00:00Z")

    assert call("new").code == 0
    call("catalogue", "add", "The Salt Orchard", "--format", "proof", "--copies", "9", "--cost", "3.20 GBP")
    for name in ("Maya", "Rosa"):
        call("people", "add", name, "--email", f"{name}@example.org")
        place = {"line1": "1 Quay", "city": "Hexham", "postcode": "NE46 1NF", "country": "GB"}
        call("people", "address", name, *(part for each in place.items() for part in ("--set", "=".join(each))))
    call("gifts", "plan", "--item", "i1", "--to", "p1", "--to", "p2", "--edition", "proof")
    assert call("gifts", "accept", "g1", "g2").code == 0
    return call


def test_inserts_are_put_into_all_parcels_they_go_with(run: Callable[..., Ran]) -> None:
    assert run("shipments", "create", "--item", "i1").code == 0
    added = run("inserts", "add", "Bookmark", "--item", "i1", "--cost", "0.12 GBP", "--count", "3")
    assert "Added Bookmark as x1." in added.out
    put = run("inserts", "put", "Bookmark")
    assert "Put Bookmark into 2 parcels (s1, s2)." in put.out and "Bookmark: 1 left." in put.out
    refused = run("inserts", "put", "x1", "--in", "s1", "--each", "2")
    assert refused.code == 2 and "1 left, 2 needed" in refused.err
    taken = run("inserts", "take", "x1", "--in", "s2", "--json")
    assert (taken.json["left"], taken.json["out"], taken.json["parcels"]) == (2, 1, ["s2"])
    assert run("inserts", "count", "x1", "--add", "10", "--json").json["left"] == 12
    assert run("inserts", "edit", "x1", "--kind", "swag", "--item", "").code == 0
    assert run("inserts", "list", "--item", "i1", "--json").json == []
    (row,) = run("inserts", "list", "--json").json
    assert (row["id"], row["kind"], row["cost"]) == ("x1", "swag", {"amount": "0.12", "currency": "GBP"})
    assert "12" in run("inserts", "list").out and "Swag" in run("inserts", "list").out
    assert run("inserts", "count", "x1").code == 2


def test_costs_are_shown_by_parcel_and_in_sums(run: Callable[..., Ran]) -> None:
    run("shipments", "create", "--item", "i1")
    run("inserts", "add", "Card", "--cost", "0.50 GBP")
    run("inserts", "put", "Card", "--in", "s1")
    noted = run("shipments", "postage", "s1", "--postage", "4.10 EUR", "--service", "Tracked 48", "--weight", "420 g")
    assert "Noted for 1 parcel (s1)." in noted.out
    rows = run("shipments", "list", "--json").json
    assert rows[1]["id"] == 1 and rows[1]["service"] == "Tracked 48" and rows[1]["weight_grams"] == 420
    assert rows[1]["cost"]["copies"] == {"gift": [{"amount": "3.20", "currency": "GBP"}]}
    assert rows[1]["cost"]["postage"] == [{"amount": "4.10", "currency": "EUR"}]
    assert [each["name"] for each in rows[1]["inserts"]] == ["Card"] and rows[0]["cost"]["postage"] == []
    shown = run("shipments", "show", "s1").out
    for part in ("Maya", "1 × Card", "Tracked 48", "420 g", "£3.20", "€4.10", "£0.50"):
        assert part in shown
    sums = run("shipments", "costs", "--item", "i1", "--json").json
    assert sums["parcels_without_postage"] == 1 and len(sums["totals"]) == 2
    assert sums["totals"][0] == {"deal": "gift", "currency": "EUR", "parcels": 1} | {
        name: {"amount": amount, "currency": "EUR"}
        for name, amount in {"copies": "0.00", "inserts": "0.00", "postage": "4.10", "together": "4.10"}.items()
    }
    assert sums["totals"][1]["together"] == {"amount": "6.90", "currency": "GBP"}
    told = run("shipments", "costs").out
    assert "£6.90" in told and "Of 1 parcel the postage is not known." in told
    refused = run("shipments", "postage", "s1", "--weight", "heavy")
    assert refused.code == 2 and "heavy" in refused.err
    assert run("shipments", "postage", "s1").code == 2


def test_the_author_gets_a_list_in_signing_order(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert "To sign: 1 gift (g2)." in run("gifts", "sign", "g2", "--dedication", "=For Rosa").out
    run("gifts", "sign", "g1", "--as", "bookplate")
    told = run("gifts", "signing", "--item", "i1").out
    assert told.index("Rosa") < told.index("Maya") and "A bookplate" in told
    out = tmp_path / "signing.csv"
    assert "Wrote 2 lines" in run("gifts", "signing", out, "--item", "i1").out
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["No.", "For", "Words", "What", "Title", "Signed"]
    assert [row[:3] for row in rows[1:]] == [["1", "Rosa", "'=For Rosa"], ["2", "Maya", ""]]
    assert "Hexham" not in out.read_text("utf-8-sig")
    assert "Signed: 1 gift (g2)." in run("gifts", "signed", "g2", "--on", "2026-11-20").out
    assert [row["gift_id"] for row in run("gifts", "signing", "--json").json] == [1]
    run("gifts", "signed", "g2", "--not")
    assert "1 copy in them is still to be signed (g2)." in run("shipments", "create", "--item", "i1").out
    run("gifts", "signed", "g2")
    assert "Not to be signed: 1 gift (g1)." in run("gifts", "sign", "g1", "--not").out
    refused = run("gifts", "sign", "g2", "--not")
    assert refused.code == 2 and "signed already" in refused.err
