"""The files that carriers take in: exact columns, stated lengths and signs, and everything that is lost is told."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.carrying.files import CarrierTable, carrier_rows, media_mail_doubts, write_carrier_file
from outreach.services.carrying.fitting import cut, flowed, in_letters, phone_figures
from outreach.services.carrying.layouts import layout, load_layouts
from outreach.services.carrying.parcels import Parcel
from outreach.services.people.postal import PostalAddress
from tests.fields.material import corpora
from tests.services.people.test_postal_corpus import cases, in_parts

ROYAL_MAIL, PIRATE_SHIP, UPS = "royal-mail-click-and-drop", "pirate-ship", "ups-address-book"

#: As Royal Mail states them: the longest value, and whether a parcel is refused without it.
STATED_BY_ROYAL_MAIL = {
    "Address Line 1": 100, "Address Line 2": 100, "Address Line 3": 100, "City": 100, "Company Name": 100,
    "Country": 200, "County": 100, "Email": 100, "Full name": 200, "Phone": 25, "Postcode": 20,
}  # fmt: skip
#: Its help tells the names of the order columns without lengths.
ORDER_COLUMNS = {"Order reference", "Product name", "SKU", "Quantity", "Customs code", "Weight", "Package size",
                 "Service code"}  # fmt: skip
STATED_BY_UPS = (35, 35, 35, 35, 35, 35, 30, 5, 9, 2, 15, 4, 50, 15)
PIRATE_SHIP_HEADER = (
    "Name", "Company", "Address 1", "Address 2", "City", "State", "Zipcode", "Country", "Phone", "Email", "Order ID",
    "Order Items", "Pounds", "Ounces", "Length", "Width", "Height",
)  # fmt: skip


def maya(**parts: str) -> PostalAddress:
    known = {"deliver_to": "Maya", "line1": "14 Tannery Row", "city": "Leeds", "postcode": "LS3 1AB", "country": "GB"}
    return PostalAddress(**{**known, **parts})


def told(table: CarrierTable, number: int = 0) -> list[tuple[str, str]]:
    return [(column, code) for each, column, code, _ in table.problems if each == number]


def cells(layout_name: str, parcel: Parcel) -> dict[str, str]:
    chosen = layout(layout_name)
    return dict(zip((column.header for column in chosen.columns), carrier_rows(chosen, [parcel]).rows[0], strict=True))


def test_the_headers_are_those_that_the_carriers_name() -> None:
    royal = carrier_rows(layout(ROYAL_MAIL), []).header
    assert set(royal) == set(STATED_BY_ROYAL_MAIL) | ORDER_COLUMNS
    assert carrier_rows(layout(PIRATE_SHIP), []).header == PIRATE_SHIP_HEADER
    assert carrier_rows(layout(UPS), []).header == ()
    assert len(layout(UPS).columns) == len(STATED_BY_UPS)
    assert carrier_rows(layout("generic"), []).header[:2] == ("Reference", "Name")
    with pytest.raises(KnownError) as caught:
        layout("pigeon")
    assert caught.value.code == "carriers.unknown_layout"


def test_what_lacks_and_what_was_cut_is_told_before_anything_is_written() -> None:
    parcels = [Parcel("s1", maya(), contents="x" * 300), Parcel("s2", maya(line1="", postcode="", country="DE"))]
    made = carrier_rows(layout(ROYAL_MAIL), parcels)
    assert cells(ROYAL_MAIL, parcels[0])["Country"] == "United Kingdom"
    assert [(number, column, code) for number, column, code, _ in made.problems] == [
        (0, "Product name", "carriers.cut"),
        (1, "Address Line 1", "carriers.lacks"),
        (1, "Postcode", "carriers.lacks"),
    ]
    assert made.problems[0][3] == {"longest": 200, "lost": "x" * 100}


def test_a_name_in_other_letters_is_written_in_roman_ones_and_that_is_told() -> None:
    made = carrier_rows(layout(ROYAL_MAIL), [Parcel("s1", maya(deliver_to="Zoë Müßig-Łuk"))])
    assert made.rows[0][1] == "Zoe Mussig-Luk"
    assert made.problems == (
        (0, "Full name", "carriers.replaced", {"signs": "ë→e, ü→u, ß→ss, Ł→L", "value": "Zoë Müßig-Łuk"}),
    )
    assert told(carrier_rows(layout(ROYAL_MAIL), [Parcel("s1", maya(deliver_to="猫"))])) == [
        ("Full name", "carriers.replaced"), ("Full name", "carriers.lacks"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("phone", "country", "figures"),
    [
        ("+44 7700 900123", "GB", "07700900123"),
        ("0044 (0)113 496 0000", "GB", "01134960000"),
        ("+1 (212) 555-0100", "US", "12125550100"),
        ("07700 900123", "GB", "07700900123"),
    ],
)
def test_a_phone_number_is_written_in_figures(phone: str, country: str, figures: str) -> None:
    assert phone_figures(phone, country, {"GB": "44"}) == figures


def test_what_a_spreadsheet_would_take_for_a_formula_loses_its_sign_and_that_is_told(tmp_path: Path) -> None:
    table = carrier_rows(layout(UPS), [Parcel("s1", maya(organisation="@home", line1="=1+1 Row"))])
    assert [(column, facts["signs"]) for _, column, _, facts in table.problems] == [
        ("Company or Name", "@→"), ("Address 1", "=→"),
    ]  # fmt: skip
    write_carrier_file(tmp_path / "ups.csv", table)
    with (tmp_path / "ups.csv").open(encoding="utf-8-sig", newline="") as file:
        written = next(csv.reader(file))
    assert (written[0], written[3]) == ("home", "1+1 Row")


def test_half_a_number_is_worth_nothing() -> None:
    parcel = Parcel("s1", maya(), phone="+998 90 123 45 67 89", email=f"{'x' * 100}@example.org")
    made = carrier_rows(layout(ROYAL_MAIL), [parcel])
    assert told(made) == [("Email", "carriers.too_long"), ("Phone", "carriers.too_long")]
    assert cells(ROYAL_MAIL, parcel)["Email"] == cells(ROYAL_MAIL, parcel)["Phone"] == ""


def test_ups_knows_states_and_short_lines_only() -> None:
    parcel = Parcel("s7", maya(line1="The Old Rectory behind the Church of Saint Cuthbert", line2="Back gate", city="Y" * 31,
                               region="California", postcode="94110-1234", country="US"))  # fmt: skip
    made = cells(UPS, parcel)
    assert [made[f"Address {number}"] for number in (1, 2, 3)] == [
        "The Old Rectory behind the Church", "of Saint Cuthbert", "Back gate",
    ]  # fmt: skip
    assert (made["State/Province"], made["Postcode"], made["Nickname"]) == ("CA", "941101234", "s7")
    assert told(carrier_rows(layout(UPS), [parcel])) == [("City", "carriers.cut")]
    elsewhere = cells(UPS, Parcel("s8", maya(region="West Yorkshire")))
    assert (elsewhere["Address 2"], elsewhere["State/Province"]) == ("West Yorkshire", "")


def test_a_house_stands_before_whom_to_ask_for_in_it() -> None:
    made = cells(UPS, Parcel("s1", maya(organisation="Foyles")))
    assert (made["Company or Name"], made["Contact"]) == ("Foyles", "Maya")
    alone = cells(UPS, Parcel("s1", maya()))
    assert (alone["Company or Name"], alone["Contact"]) == ("Maya", "")


def test_a_weight_is_told_in_the_units_of_the_carrier() -> None:
    made = cells(PIRATE_SHIP, Parcel("s1", maya(), weight_grams=500))
    assert (made["Pounds"], made["Ounces"]) == ("1", "2")  # 17.64 ounces, rounded up
    assert cells(ROYAL_MAIL, Parcel("s1", maya(), weight_grams=500))["Weight"] == "0.500"
    assert cells(PIRATE_SHIP, Parcel("s1", maya()))["Pounds"] == ""


def test_what_is_no_book_is_no_media_mail() -> None:
    candle = Parcel("s1", maya(country="US"), not_media=("Beeswax candle",))
    assert media_mail_doubts(candle) == ("Beeswax candle",)
    assert ("", "carriers.no_media_mail") in told(carrier_rows(layout(PIRATE_SHIP), [candle]))
    # There is none abroad, and other carriers know nothing of it.
    assert media_mail_doubts(Parcel("s1", maya(), not_media=("Beeswax candle",))) == ()
    assert told(carrier_rows(layout(ROYAL_MAIL), [candle])) == []
    # What is said of the service counts more than the file.
    assert media_mail_doubts(replace(candle, service="Ground Advantage")) == ()
    assert told(carrier_rows(layout("generic"), [replace(candle, service="Media Mail")])) == [
        ("", "carriers.no_media_mail")
    ]
    assert told(carrier_rows(layout(PIRATE_SHIP), [Parcel("s1", maya(country="US"))])) == []


@given(st.lists(st.text(st.sampled_from("ab "), max_size=60), max_size=3), st.integers(1, 40), st.integers(1, 4))
def test_no_word_of_a_street_is_lost_without_being_told(lines: list[str], longest: int, count: int) -> None:
    lines = [" ".join(line.split()) for line in lines]
    columns, lost = flowed(lines, longest, count)
    assert len(columns) == count
    assert all(len(column) <= longest for column in columns)
    assert re.sub(" ", "", "".join([*columns, lost])) == re.sub(" ", "", "".join(lines))


@given(st.text(max_size=60), st.integers(0, 50))
def test_what_is_cut_is_told(value: str, longest: int) -> None:
    value = " ".join(value.split())
    kept, lost = cut(value, longest)
    assert not longest or len(kept) <= longest
    assert re.sub(r"\s", "", kept + lost) == re.sub(r"\s", "", value)


@given(st.text(max_size=40))
def test_a_cell_has_the_signs_of_its_column(value: str) -> None:
    assert re.fullmatch(r"[ -~]*", in_letters(value, "roman")[0])
    assert re.fullmatch(r"[0-9]*", in_letters(value, "digits")[0])
    assert "\n" not in in_letters(value, "any")[0]


def addresses() -> Iterator[PostalAddress]:
    """The addresses of the corpus, as ours are kept, with a name each."""
    names = ("Zoë Müller-Lüdenscheidt", "山田 花子", "Ольга Ивановна", "Maya", "Ø", "O’Brien & Sons")
    for path in sorted(corpora("postal", "opencage_cases").glob("*.yaml")):
        for parts, lines in cases(path):
            country = parts.get("country_code", path.stem).upper()
            found = in_parts(parts, lines[:-1], country)
            if found is not None:
                values = {name: getattr(found, name).replace("\n", ", ") for name in PostalAddress.__dataclass_fields__}
                yield PostalAddress(**{**values, "deliver_to": names[len(lines) % len(names)]})


def test_addresses_of_all_countries_keep_the_stated_lengths_and_signs(tmp_path: Path) -> None:
    places = list(addresses())
    while len(places) < 300:
        places += places
    parcels = [Parcel(f"s{number}", place, f"p{number}@example.org", f"+49 30 {number:07}", "The Salt Orchard")
               for number, place in enumerate(places[:300], start=1)]  # fmt: skip
    for name in load_layouts():
        chosen = layout(name)
        table = carrier_rows(chosen, parcels)
        path = tmp_path / f"{name}.csv"
        write_carrier_file(path, table)
        with path.open(encoding="utf-8-sig", newline="") as file:
            written = list(csv.reader(file))
        if chosen.header:
            assert tuple(written.pop(0)) == table.header
        assert len(written) == 300
        assert {len(row) for row in written} == {len(chosen.columns)}
        stated = {**STATED_BY_ROYAL_MAIL} if name == ROYAL_MAIL else {}
        if name == UPS:
            stated = dict(zip((column.header for column in chosen.columns), STATED_BY_UPS, strict=True))
        for number, row in enumerate(written):
            for column, cell in zip(chosen.columns, row, strict=True):
                assert len(cell) <= stated.get(column.header, 10_000), (name, column.header, cell)
                assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", cell)
                if column.required and not cell:
                    assert (number, column.header, "carriers.lacks", {}) in table.problems
            named = dict(zip((column.header for column in chosen.columns), row, strict=True))
            if name == ROYAL_MAIL:
                assert re.fullmatch(r"[ -~]*", named["Full name"])
                assert re.fullmatch(r"[0-9]{0,11}", named["Phone"])
            if name == UPS:
                assert re.fullmatch(r"[A-Z]{2}", named["Country"])
                assert re.fullmatch(r"([A-Z]{2,3})?", named["State/Province"])
        _nothing_lost_untold(name, parcels, table)


def _nothing_lost_untold(name: str, parcels: list[Parcel], table: CarrierTable) -> None:
    """Every word of an address is in the file, or a problem of its parcel tells that it is not whole."""
    for number, (parcel, row) in enumerate(zip(parcels, table.rows, strict=True)):
        if told(table, number):
            continue
        whole = re.sub(r"[\s\-]", "", "".join(row))
        for part in (parcel.address.line1, parcel.address.line2, parcel.address.city, parcel.address.deliver_to):
            for word in part.split():
                assert re.sub(r"\-", "", word) in whole, (name, parcel.address)


def test_a_layout_of_ones_own_is_read_from_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_HOME", str(tmp_path))
    folder = tmp_path / "carrier_layouts"
    folder.mkdir()
    (folder / "pigeon.toml").write_text(
        'name = "Pigeon"\nheader = true\ncolumns = [{ header = "To", source = "city" }]'
    )
    (folder / "broken.toml").write_text(
        'name = "Broken"\nheader = true\ncolumns = [{ header = "To", source = "moon" }]'
    )
    assert "pigeon" in load_layouts()
    assert "broken" not in load_layouts()
    assert carrier_rows(layout("pigeon"), [Parcel("s1", maya())]).rows == (("Leeds",),)
    with pytest.raises(KnownError) as caught:
        layout("broken")
    assert caught.value.code == "carriers.bad_layout"
    assert "moon" in str(caught.value.facts["why"])
