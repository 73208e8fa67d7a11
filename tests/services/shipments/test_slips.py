"""What lies in a parcel: its slip, its card, its bookplates, and what customs asks."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.catalogue import catalogue
from outreach.services.catalogue.catalogue import EditionFormat, ItemKind, NewEdition
from outreach.services.drafting.senders import Sender
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import Deal, GiftState
from outreach.services.people.addresses import save_address
from outreach.services.shipments import shipments
from outreach.services.shipments.slips import SlipLine, customs_of, note_cards, plates_of, slips
from outreach.store.database import Store
from outreach.store.models import Gift, Insert, Letter, Shipment, ShipmentInsert
from outreach.wording import Words
from outreach.wording.slips import card_lines, plate_lines, slip_text
from tests.services.gifts.test_gifts import person

ME = Sender("Hanna Okafor", "hanna@finch.example", "Finch & Marlow", "12 Quay Street\nBristol", "GB", "Hanna")
BOOK = SlipLine(1, "The Salt Orchard", "Safiya Renn", True, ("proof", "proof", ""), 1299, "GBP")


def packed(store: Store, *people: int, deal: Deal = Deal.GIFT, price: Decimal = Decimal("12.99")) -> list[int]:
    """A parcel for each, with a proof of one title and a candle."""
    proof = NewEdition(EditionFormat.PROOF, price=price, currency="GBP", copies=9)
    book, _ = catalogue.add_item(store, "The Salt Orchard", {"author": "Safiya Renn"}, editions=[proof])
    candle, _ = catalogue.add_item(store, "Sea candle", {}, kind=ItemKind.PRODUCT)
    planned = gifts.plan_gifts(store, book, people, edition_id=catalogue.stock_of(book)[0].id, deal=deal)[0]
    planned += gifts.plan_gifts(store, candle, people)[0]
    gifts.move_gifts(store, planned, GiftState.ACCEPTED)
    return shipments.create_shipments(store, planned)[0]


def test_a_slip_says_what_is_in_its_parcel(store: Store) -> None:
    maya = person(store, "Maya Reyes")
    (parcel,) = packed(store, maya)
    (slip,) = slips([parcel])
    assert [(line.copies, line.title, line.by, line.is_book, line.value_minor) for line in slip.lines] == [
        (1, "The Salt Orchard", "Safiya Renn", True, 1299), (1, "Sea candle", "", False, None),
    ]  # fmt: skip
    assert (slip.is_gift, slip.customs, slip.address.city) == (True, None, "Hexham")
    text = slip_text(Words("en_GB"), slip, ME, "2026-11-24")
    assert (text.reference, text.day) == (f"s{parcel}", "24 Nov 2026")
    assert text.rows == [("1", "The Salt Orchard, by Safiya Renn", "Proof"), ("1", "Sea candle", "")]
    assert text.notes == ["A gift. Nothing is asked in return."]
    assert text.address[0] == "Maya Reyes"
    assert list(text.sender) == ["Finch & Marlow", "12 Quay Street", "Bristol", "hanna@finch.example"]


def test_inserts_and_signed_copies_stand_on_the_slip(store: Store) -> None:
    maya = person(store, "Maya Reyes")
    (parcel,) = packed(store, maya)
    with store.operation(Op.EDIT_PERSON):
        Gift.update(signing="copy").where(Gift.edition.is_null(False)).execute()
        Gift.update(signing="bookplate").where(Gift.edition.is_null()).execute()
        bag = Insert.create(
            kind="swag", name="Tote bag", name_key="tote bag", cost_minor=150, cost_currency="GBP", created_at=""
        )
        ShipmentInsert.create(shipment=parcel, parcel_insert=bag, quantity=2)
    (slip,) = slips([parcel])
    rows = slip_text(Words("en_GB"), slip, ME, "2026-11-24").rows
    assert [row[2] for row in rows] == ["Proof, signed", "With a bookplate", ""]
    assert rows[2] == ("2", "Tote bag", "")
    assert (slip.lines[2].value_minor, slip.lines[2].currency) == (300, "GBP")


def test_what_was_agreed_for_is_called_no_gift(store: Store) -> None:
    (parcel,) = packed(store, person(store, "Maya"), deal=Deal.PAID)
    (slip,) = slips([parcel])
    assert (slip.is_gift, slip_text(Words("en_GB"), slip, ME, "2026-11-24").notes) == (False, [])


@pytest.mark.parametrize(
    ("country", "home", "asked"),
    [("US", "GB", True), ("DE", "GB", True), ("GB", "GB", False), ("IM", "GB", False), ("FR", "DE", False),
     ("CH", "DE", True), ("", "GB", False)],
)  # fmt: skip
def test_only_parcels_that_cross_a_border_carry_facts_for_customs(
    store: Store, country: str, home: str, asked: bool
) -> None:
    maya = person(store, "Maya")
    save_address(store, maya, {"line1": "1 Main St", "city": "Springfield", "country": country})
    (parcel,) = packed(store, maya)
    (slip,) = slips([parcel], home)
    assert (slip.customs is not None) is asked


def test_the_form_follows_from_the_value_where_all_of_it_is_known() -> None:
    cheap, dear = BOOK, replace(BOOK, copies=21, value_minor=27_279)
    assert (customs_of([cheap]).form, customs_of([dear]).form) == ("cn22", "cn23")
    assert customs_of([replace(BOOK, value_minor=27_000)]).form == "cn22", "up to the limit"
    unknown = customs_of([cheap, replace(BOOK, value_minor=None)])
    assert (unknown.form, unknown.is_valued, unknown.values) == ("", False, (("GBP", 1299),))
    mixed = customs_of([cheap, replace(BOOK, currency="EUR")])
    assert (mixed.form, dict(mixed.values)) == ("", {"GBP": 1299, "EUR": 1299}), "never added together"
    assert customs_of([replace(BOOK, currency="SEK")]).form == "", "no limit is known in kronor"
    assert (customs_of([cheap]).heading, customs_of([replace(BOOK, is_book=False)]).heading) == ("4901", "")


def test_a_parcel_weighs_what_it_was_weighed_with_or_what_is_in_it(store: Store) -> None:
    light, heavy = replace(BOOK, weight_grams=200), replace(BOOK, weight_grams=450)
    assert customs_of([light, heavy]).weight_grams == 650
    assert customs_of([light, BOOK]).weight_grams is None
    assert customs_of([light, BOOK], 700).weight_grams == 700
    maya = person(store, "Maya")
    save_address(store, maya, {"line1": "1 Main St", "city": "Springfield", "country": "US"})
    (parcel,) = packed(store, maya)
    with store.operation(Op.EDIT_PERSON):
        Shipment.update(weight_grams=1_250).where(Shipment.id == parcel).execute()
    lines = slip_text(Words("en_GB"), slips([parcel])[0], ME, "2026-11-24").customs
    assert "Weight: 1,250 g" in lines
    assert lines[-1] == "To be filled in by hand: values marked …, country of origin, signature."


def test_the_facts_for_customs_in_words(store: Store) -> None:
    maya = person(store, "Maya")
    save_address(store, maya, {"line1": "1 Main St", "city": "Springfield", "region": "IL", "country": "US"})
    (parcel,) = packed(store, maya)
    (slip,) = slips([parcel])
    assert slip_text(Words("en_GB"), slip, ME, "2026-11-24").customs == [
        "For customs: CN22 up to 300 special drawing rights, CN23 above",
        "1 × printed book, The Salt Orchard: £12.99",
        "1 × goods, Sea candle: …",
        "Heading of printed books: 4901",
        "Sent free of charge. The value is for customs only.",
        "To be filled in by hand: values marked …, weight, country of origin, signature.",
    ]


def test_a_card_opens_as_the_letter_about_what_is_in_the_parcel_did(store: Store) -> None:
    maya, rosa = person(store, "Maya Reyes"), person(store, "Rosa Vinter")
    parcels = packed(store, maya, rosa)
    item = catalogue.list_items(store, "The Salt Orchard")[0].id
    other, _ = catalogue.add_item(store, "Another", {})
    with store.operation(Op.DRAFT_LETTERS):
        for who, about, opening in (
            (maya, item, "The first."),
            (maya, item, "You love the sea."),
            (rosa, other, "No."),
        ):
            Letter.create(person=who, item=about, kind="pitch" if opening != "You love the sea." else "follow_up", state="draft", to_name="x", to_address="x@example.org",
                          subject="s", body="b", opening=opening, message_id=opening, drafted_at="2026-11-24")  # fmt: skip
    cards, without = note_cards(parcels)
    assert [(card.id, card.name, card.opening) for card in cards] == [(parcels[0], "Maya", "You love the sea.")]
    assert without == [parcels[1]]
    assert card_lines(Words("en_GB"), cards[0], ME) == ["Dear Maya,", "", "You love the sea.", "", "Hanna"]


def test_bookplates_are_for_those_who_wait_in_the_order_of_names(store: Store) -> None:
    item, _ = catalogue.add_item(store, "The Salt Orchard", {"author": "Safiya Renn"})
    with pytest.raises(KnownError) as caught:
        plates_of(item)
    assert caught.value.code == "slips.no_plates"
    people = [person(store, name) for name in ("Rosa Vinter", "Beth Sandoval", "Tom Abel")]
    planned, _ = gifts.plan_gifts(store, item, people)
    gifts.move_gifts(store, planned[:1], GiftState.DECLINED)
    assert [plate.name for plate in plates_of(item)] == ["Tom Abel", "Beth Sandoval"]
    assert plate_lines(Words("en_GB"), plates_of(item)[0]) == ["For Tom Abel", "The Salt Orchard", "Safiya Renn"]
    with store.operation(Op.EDIT_PERSON):
        for place, gift in enumerate((planned[2], planned[1]), start=1):
            Gift.update(signing="bookplate", signing_place=place).where(Gift.id == gift).execute()
        Gift.update(dedication="For Beth, who knows the sea").where(Gift.id == planned[1]).execute()
    assert [plate.name for plate in plates_of(item)] == ["Tom Abel", "Beth Sandoval"], "as they are signed"
    assert plate_lines(Words("en_GB"), plates_of(item)[1])[0] == "For Beth, who knows the sea"
    with store.operation(Op.EDIT_PERSON):
        Gift.update(signed_on="2026-11-24").where(Gift.id == planned[2]).execute()
    assert [plate.name for plate in plates_of(item)] == ["Beth Sandoval"]
