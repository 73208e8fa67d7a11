"""Titles: what is known of them, by whom, for whom; their editions; the cloth they keep."""

from collections import Counter

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import (
    EditionFormat,
    ItemKind,
    NewEdition,
    add_edition,
    add_item,
    count_stock,
    edit_edition,
    edit_item,
    list_items,
    move_stock,
    show_item,
    stock_of,
)
from outreach.services.catalogue.clients import list_clients
from outreach.services.catalogue.cloths import CLOTHS, INK
from outreach.services.catalogue.editions import parse_price
from outreach.services.catalogue.stock import StockReason
from outreach.services.catalogue.text import comps_of, people_of, people_text, series_of, weighed
from outreach.services.gifts.gifts import plan_gifts
from outreach.services.people.people import NewPerson, add_person
from outreach.store.database import Store
from tests.conftest import contents

ALL = {
    "subtitle": "A novel", "author": "Safiya Renn, Ada Obi", "series": "Tidewall #2", "hook": "Once a year",
    "description": "One.\n\nTwo.", "content_notes": "A death\nA storm", "reading_age": "13+", "imprint": "Brackwater",
    "publisher": "Finch & Marlow", "client": "Finch & Marlow", "language": "en", "pub_date": "2027-03-04",
    "on_sale_date": "2027-03-02", "review_embargo": "2027-03-01", "sales_embargo": "2027-03-03",
    "comps": "The Glass Heron / Imogen Vale\nTidewall", "subjects": "thema YFH Fantasy\nbisac FIC009000",
    "keywords": "found family; sea",
}  # fmt: skip


def test_everything_of_a_title_is_kept_and_can_be_taken_back(store: Store) -> None:
    before = contents(store)
    item, _ = add_item(store, "The Salt Orchard", ALL, genres=["ya-fantasy", "folklore"])
    found = show_item(item)
    assert {name: found.values[name] for name in ("series", "series_number", "author", "client", "reading_age")} == {
        "series": "Tidewall", "series_number": "2", "author": "Safiya Renn, Ada Obi", "client": "Finch & Marlow",
        "reading_age": "13+",
    }  # fmt: skip
    assert found.values["description"] == "One.\n\nTwo."
    assert [name for _, name, _ in found.contributors] == ["Safiya Renn", "Ada Obi"]
    assert found.parts["comps"] == ALL["comps"]
    assert found.subjects == (("thema", "YFH", "Fantasy"), ("bisac", "FIC009000", ""))
    assert found.keywords == ("found family", "sea")
    assert (found.genre_codes, found.genre_weights) == (("ya-fantasy", "folklore"), (1.0, 0.7))
    store.undo()
    assert contents(store) == before


def test_people_are_edited_with_their_parts_and_what_is_known_of_them(store: Store) -> None:
    item, _ = add_item(store, "Tidewall", {"author": "Safiya Renn"})
    told = "Author: Safiya Renn | She keeps bees.\nTranslator: Ada Obi\nread by: Kit Larkspur"
    edit_item(store, item, {"contributors": told})
    found = show_item(item)
    assert found.contributors == (
        ("A01", "Safiya Renn", "She keeps bees."), ("B06", "Ada Obi", ""), ("E07", "Kit Larkspur", ""),
    )  # fmt: skip
    edit_item(store, item, {"author": "Safiya Renn, Imogen Vale"})
    assert [name for _, name, _ in show_item(item).contributors] == [
        "Safiya Renn", "Imogen Vale", "Ada Obi", "Kit Larkspur",
    ]  # fmt: skip
    assert show_item(item).contributors[0][2] == "She keeps bees.", "what is known of her stays"
    edit_item(store, item, {"contributors": ""})
    assert (show_item(item).contributors, show_item(item).values["author"]) == ((), "")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"colour": "red"}, "catalogue.unknown_field"), ({"pub_date": "soonish"}, "catalogue.bad_date"),
        ({"subjects": "YFH"}, "catalogue.bad_subject"), ({"title": " "}, "catalogue.no_title"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_changes(store: Store, values: dict[str, str], code: str) -> None:
    item, _ = add_item(store, "Tidewall", {})
    before = contents(store)
    with pytest.raises(KnownError) as refused:
        edit_item(store, item, {"hook": "New", **values})
    assert refused.value.code == code
    assert contents(store) == before


def test_texts_of_parts_are_read_as_they_are_written() -> None:
    people = [("A01", "Safiya Renn", "Bees: many."), ("A36", "Jo Lea", ""), ("Z50", "House: One", "")]
    assert people_of(people_text(people)) == people
    assert people_of("Sea: A Life of Its Own") == [("A01", "Sea: A Life of Its Own", "")]
    assert comps_of("The Glass Heron / Imogen Vale; Tidewall; tidewall") == [
        ("The Glass Heron", "Imogen Vale"), ("Tidewall", ""),
    ]  # fmt: skip
    assert series_of("Tidewall #2") == ("Tidewall", "2")
    assert series_of("Tidewall", "2.5") == ("Tidewall", "2.5")
    assert series_of("#Sisters") == ("#Sisters", "")
    assert (weighed("Folklore 60%", 1), weighed("Folklore", 1), weighed("Crime", 0)) == (
        ("Folklore", 0.6), ("Folklore", 0.7), ("Crime", 1.0),
    )  # fmt: skip


def test_a_client_has_titles_and_the_campaigns_begun_for_them(store: Store) -> None:
    item, _ = add_item(store, "Tidewall", {"client": "Finch & Marlow"})
    add_item(store, "Kettle", {"client": "finch & marlow"}, kind=ItemKind.PRODUCT)
    add_item(store, "Nobody's", {})
    person, _ = add_person(store, NewPerson("Maya"))
    plan_gifts(store, item, [person], campaign="Spring")
    assert [(row.name, row.titles, row.campaigns) for row in list_clients()] == [("Finch & Marlow", 2, 1)]
    assert [row.title for row in list_items(store, client="Finch & Marlow")] == ["Kettle", "Tidewall"]
    edit_item(store, item, {"client": ""})
    assert show_item(item).values["client"] == ""


def test_a_title_gets_the_cloth_that_is_used_least_and_keeps_it(store: Store) -> None:
    made = [add_item(store, f"Title {number}", {})[0] for number in range(12)]
    cloths = [show_item(item).cloth for item in made]
    assert cloths[: len(CLOTHS)] == list(CLOTHS)
    assert max(Counter(cloths).values()) == 2
    edit_item(store, made[0], {"title": "Another"})
    assert show_item(made[0]).cloth == cloths[0]
    kettle, _ = add_item(store, "Kettle", {}, kind=ItemKind.PRODUCT)
    assert show_item(kettle).cloth == INK


def test_an_edition_has_a_number_a_worth_and_a_cost(store: Store) -> None:
    item, _ = add_item(store, "Kettle", {}, kind=ItemKind.PRODUCT)
    amount, currency = parse_price("£34.00")
    edition, _ = add_edition(
        store, item, NewEdition(EditionFormat.PRODUCT, price=amount, currency=currency, variant="Blue", copies=4)
    )
    edit_edition(store, edition, {"cost": "9.50 EUR", "gtin": "4006381333931", "variant": "Red", "price": "35"})
    (row,) = stock_of(item)
    assert (row.price_minor, row.currency, row.cost_minor, row.cost_currency) == (3500, "GBP", 950, "EUR")
    assert (row.gtin, row.variant, row.copies) == ("4006381333931", "Red", 4)
    edit_edition(store, edition, {"cost": "", "pages": "", "pub_date": "2027-03"})
    assert (stock_of(item)[0].cost_minor, stock_of(item)[0].pub_date) == (None, "2027-03")
    for values, code in (
        ({"price": "nothing"}, "catalogue.bad_price"), ({"isbn": "123"}, "catalogue.bad_isbn"),
        ({"gtin": "123"}, "catalogue.bad_gtin"), ({"format": "scroll"}, "catalogue.unknown_format"),
        ({"pages": "many"}, "catalogue.bad_pages"), ({"smell": "x"}, "catalogue.unknown_field"),
    ):  # fmt: skip
        with pytest.raises(KnownError) as refused:
            edit_edition(store, edition, values)
        assert refused.value.code == code


def test_a_count_corrects_what_is_here(store: Store) -> None:
    item, _ = add_item(store, "Tidewall", {}, editions=[NewEdition(EditionFormat.PROOF, copies=9)])
    edition = stock_of(item)[0].id
    count_stock(store, edition, 7, "Two were damp")
    assert stock_of(item)[0].copies == 7
    assert store.rows("SELECT quantity, reason, note FROM stock_movement ORDER BY id") == [
        (9, "received", ""), (-2, "corrected", "Two were damp"),
    ]  # fmt: skip
    with pytest.raises(KnownError):
        move_stock(store, edition, -8, StockReason.CORRECTED)
    assert stock_of(item)[0].copies == 7
