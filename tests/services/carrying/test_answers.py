"""What carriers answer: a round trip, what is wrong listed, one step, and what became of parcels."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.carrying.answers import AnswerPlan, match_answers, read_lines
from outreach.services.carrying.booking import book_answers, import_tracking
from outreach.services.carrying.files import carrier_rows, media_mail_doubts, write_carrier_file
from outreach.services.carrying.layouts import layout
from outreach.services.catalogue import catalogue
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import GiftState
from outreach.services.importing.batches import list_batches, show_batch, take_back
from outreach.services.pages.waiting import waiting
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.services.shipments import shipments
from outreach.services.shipments.batching import number_rows
from outreach.services.shipments.carriers import s10_number
from outreach.services.shipments.shipments import ShipmentState, list_shipments, parcel_of
from outreach.store.database import Store
from outreach.store.models import Address, Edition, Gift, Insert, Shipment, ShipmentInsert
from tests.conftest import Ran
from tests.store.undoing import everything

Cli = Callable[..., Ran]
NAMES = ("Zoë Müller", "Ольга", "Maya Reyes", "Siân O’Brien")


def pack(store: Store, count: int, copies: int | None = None) -> list[int]:
    """So many parcels, each for somebody of her own."""
    edition = NewEdition(EditionFormat.PROOF, copies=count * 2 if copies is None else copies)
    item, _ = catalogue.add_item(store, "The Salt Orchard", {"author": "Safiya Renn"}, editions=[edition])
    persons = []
    for number in range(count):
        row, _ = people.add_person(
            store, NewPerson(f"{NAMES[number % len(NAMES)]} {number}", [f"p{number}@example.org"])
        )
        persons.append(row)
    with store.operation(Op.EDIT_PERSON):
        for number, row in enumerate(persons):
            Address.create(person=row, line1=f"{number} Quay", city="Hexham", postcode=f"NE{number} 1NF", country="GB",
                           confirmed_on="2026-11-01", created_at="")  # fmt: skip
    planned, _ = gifts.plan_gifts(store, item, persons)
    gifts.move_gifts(store, planned, GiftState.ACCEPTED)
    made, _ = shipments.create_shipments(store, planned)
    return made


def number_of(parcel: int) -> str:
    return s10_number("RM", 47_300_000 + parcel, "GB")


def answer_file(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def plan(store: Store, text: str, among: tuple[int, ...] = ()) -> AnswerPlan:
    return match_answers(store, read_lines(text), among)


def wrong(made: AnswerPlan) -> list[tuple[int, str]]:
    return [(note.row, note.code) for note in made.notes if note.skipped]


def test_forty_parcels_go_to_royal_mail_and_come_back_with_their_numbers(store: Store, tmp_path: Path) -> None:
    parcels = pack(store, 40)
    rows = list_shipments(ids=parcels)
    write_carrier_file(tmp_path / "to.csv", carrier_rows(layout("royal-mail-click-and-drop"), [*map(parcel_of, rows)]))
    with (tmp_path / "to.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *told = list(csv.reader(file))
    reference = header.index("Order reference")
    back = [[*row, number_of(int(row[reference][1:]))] for row in told]
    back.append([*back[3][:-1], "RM473000004GB"])  # a check digit that is wrong
    back.append(["s9999", *back[0][1:-1], number_of(9999)])
    path = answer_file(tmp_path / "back.csv", [*header, "Tracking number"], back)
    result = import_tracking(store, path)
    assert (result.rows, result.booked, result.numbered, result.wrong) == (42, 40, 40, 2)
    assert [(note.row, note.code) for note in result.notes] == [
        (42, "tracking.bad_number"), (43, "tracking.unknown_reference"),
    ]  # fmt: skip
    assert result.unused == ()
    for row in list_shipments(ids=parcels):
        assert (row.tracking_number, row.carrier, row.state) == (number_of(row.id), "royal-mail", "packing")
    # The same file again says nothing new, and is known.
    again = import_tracking(store, path)
    assert (again.booked, again.unchanged, again.seen_before, again.batch) == (0, 40, result.batch, None)


def test_a_sheet_without_our_reference_is_matched_by_name_and_postcode(store: Store, tmp_path: Path) -> None:
    parcels = pack(store, 4)
    book = xlsxwriter.Workbook(str(tmp_path / "back.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Recipient", "Post Code", "Barcode", "Shipping cost", "Currency"])
    for number, row in enumerate(list_shipments(ids=parcels), start=1):
        name = {"Zoë Müller 0": "ZOE MULLER 0"}.get(row.person, row.person)
        sheet.write_row(
            number, 0, [name, row.address.postcode.replace(" ", "").lower(), number_of(row.id), 4.35, "GBP"]
        )
    book.close()
    result = import_tracking(store, tmp_path / "back.xlsx", sends=True)
    assert (result.booked, result.wrong, dict(result.moved)) == (4, 0, {"sent": 4})
    kept = Shipment.select(Shipment.postage_minor, Shipment.postage_currency, Shipment.state).distinct().tuples()
    assert list(kept) == [(435, "GBP", "sent")]


def test_what_is_wrong_is_listed_and_the_rest_is_booked(store: Store) -> None:
    first, second, third = pack(store, 3)
    name, code = list_shipments(ids=[third])[0].person, "NE2 1NF"
    number_rows(store, {third: number_of(third)})
    made = plan(
        store,
        "\n".join(
            [
                f"s{first}\t{number_of(first)}",
                f"s{second}\tRM473000004GB",
                f"s777\t{number_of(777)}",
                f"s{second}\t{number_of(third)}",
                "Nobody\tAB1 2CD\t" + number_of(500),
                f"{name}\t\t" + number_of(501),
                f"s{first}\t{number_of(502)}",
                f"{name}\t{code}",
            ]
        ),
    )
    assert wrong(made) == [
        (2, "tracking.bad_number"), (3, "tracking.unknown_reference"), (4, "tracking.number_taken"),
        (5, "tracking.unknown_person"), (6, "tracking.no_postcode"), (7, "tracking.twice"), (8, "tracking.says_nothing"),
    ]  # fmt: skip
    assert [(each.shipment_id, each.number) for each in made.bookings] == [(first, number_of(first))]
    before = everything(store)
    assert book_answers(store, made)
    assert Shipment.get_by_id(first).tracking_number == number_of(first)
    store.undo()
    assert everything(store) == before


def test_one_number_for_two_parcels_is_nobodys(store: Store) -> None:
    first, second = pack(store, 2)
    made = plan(store, f"s{first}\t{number_of(1)}\ns{second}\t{number_of(1)}")
    assert wrong(made) == [(1, "tracking.same_number"), (2, "tracking.same_number")]
    assert made.bookings == ()


def test_a_row_that_was_moved_in_its_sheet_is_noticed(store: Store, tmp_path: Path) -> None:
    first, second = pack(store, 2)
    other = list_shipments(ids=[second])[0]
    row = [f"s{first}", other.person, other.address.postcode, number_of(first)]
    path = answer_file(tmp_path / "back.csv", ["Order ref", "Name", "Postcode", "Tracking no"], [row])
    result = import_tracking(store, path)
    assert [note.code for note in result.notes] == ["tracking.other_person"]
    assert (result.booked, result.batch) == (0, None)


def test_who_has_two_parcels_under_way_is_asked_about(store: Store) -> None:
    (first,) = pack(store, 1)
    row = list_shipments(ids=[first])[0]
    item, _ = catalogue.add_item(store, "The Glass Heron", {"author": "Ada Vane"})
    planned, _ = gifts.plan_gifts(store, item, [row.person_id or 0])
    gifts.move_gifts(store, planned, GiftState.ACCEPTED)
    (second,), _ = shipments.create_shipments(store, planned)
    line = f"{row.person}\t{row.address.postcode}\t"
    made = plan(store, line + number_of(1))
    assert wrong(made) == [(1, "tracking.ambiguous")]
    assert made.notes[0].facts["which"] == f"s{first}, s{second}"
    # One of them has its number: the other one is meant.
    number_rows(store, {first: number_of(first)})
    assert [each.shipment_id for each in plan(store, line + number_of(2)).bookings] == [second]
    assert plan(store, line + number_of(first)).unchanged == 1


def test_a_pasted_column_goes_down_the_parcels_and_a_blank_line_leaves_one_out(store: Store) -> None:
    parcels = tuple(pack(store, 3))
    made = plan(store, f"{number_of(1)}\n\n{number_of(3)}", parcels)
    assert [(each.shipment_id, each.number) for each in made.bookings] == [
        (parcels[0], number_of(1)), (parcels[2], number_of(3)),
    ]  # fmt: skip
    too_many = plan(store, "\n".join(map(number_of, range(1, 5))), parcels)
    assert wrong(too_many) == [(4, "tracking.too_many")]
    assert wrong(plan(store, number_of(1))) == [(1, "tracking.nobody_named")]


def test_a_pasted_table_with_headings_is_read_as_a_file_is(store: Store) -> None:
    (first,) = pack(store, 1)
    made = plan(
        store,
        f"Order reference\tTracking number\tStatus\tDelivered on\ns{first}\t{number_of(1)}\tDelivered\t20/11/2026",
    )
    assert made.bookings[0].state == "delivered"
    book_answers(store, made)
    row = list_shipments(ids=[first])[0]
    assert (row.state, row.sent_on, row.delivered_on) == ("delivered", "2026-11-20", "2026-11-20")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("s7\tdelivered\t2026-11-20", ("s7", "", "", "", "delivered", "2026-11-20")),
        ("Maya Reyes; 110001; RM473000025GB", ("", "Maya Reyes", "110001", "RM473000025GB", "", "")),
        ("Maya Reyes, 94110-1234, 123456789", ("", "Maya Reyes", "94110-1234", "123456789", "", "")),
        ("Maya Reyes\tNE46 1NF\tin transit", ("", "Maya Reyes", "NE46 1NF", "", "sent", "")),
        ("S0012 1Z 5R8 939 0357567127", ("S0012", "", "", "1Z 5R8 939 0357567127", "", "")),
        ("Maya\t110001", ("", "Maya", "110001", "", "", "")),
    ],
)
def test_a_pasted_line_tells_in_any_order_what_it_has(line: str, expected: tuple[str, ...]) -> None:
    (found,) = read_lines(line)
    assert (found.reference, found.name, found.postcode, found.number, found.state, found.day) == expected


@pytest.mark.parametrize(
    ("said", "state", "copies", "confirmed"),
    [
        ("Delivered to neighbour", "delivered", 1, "2026-11-01"),
        ("Returned to sender", "returned", 2, None),
        ("Lost in transit", "lost", 1, "2026-11-01"),
        ("Dispatched", "sent", 1, "2026-11-01"),
    ],
)
def test_what_became_of_a_parcel_is_pasted(
    store: Store, said: str, state: str, copies: int, confirmed: str | None
) -> None:
    (first,) = pack(store, 1)
    before = everything(store)
    book_answers(store, plan(store, f"s{first} {said}"))
    assert list_shipments(ids=[first])[0].state == state
    item = next(iter(gifts.list_gifts(store))).item_id
    assert catalogue.stock_of(item)[0].copies == copies
    # What came back asks for the address: it counts as never confirmed.
    assert Address.get().confirmed_on == confirmed
    assert ("address" in [each.code for each in waiting(store)]) is (confirmed is None)
    store.undo()
    assert everything(store) == before


def test_a_parcel_that_arrived_stays_so(store: Store) -> None:
    (first,) = pack(store, 1)
    book_answers(store, plan(store, f"s{first}\t{number_of(1)}\tdelivered"))
    assert wrong(plan(store, f"s{first} lost")) == [(1, "tracking.closed")]
    assert wrong(plan(store, f"s{first}\t{number_of(2)}")) == [(1, "tracking.closed")]
    # The carrier lists what went, long after it came.
    assert plan(store, f"s{first}\t{number_of(1)}\tdispatched").unchanged == 1


def test_nothing_goes_to_who_asked_not_to_be_contacted(store: Store) -> None:
    (first,) = pack(store, 1)
    suppress_keys(store, people.person_keys(list_shipments(ids=[first])[0].person_id or 0), SuppressionReason.ASKED)
    assert wrong(plan(store, f"s{first}\t{number_of(1)}\tdispatched")) == [(1, "tracking.suppressed")]
    assert len(plan(store, f"s{first}\t{number_of(1)}").bookings) == 1


def test_a_carrier_that_we_do_not_know_has_numbers_that_nobody_can_check(store: Store, tmp_path: Path) -> None:
    first, second = pack(store, 2)
    rows = [[f"s{first}", "GLS", "123456789013", "5,20 €"], [f"s{second}", "Royal Mail", "RM473000004GB", "5.20"]]
    path = answer_file(tmp_path / "back.csv", ["Reference", "Carrier", "Tracking", "Postage"], rows)
    result = import_tracking(store, path)
    assert [(note.row, note.code) for note in result.notes] == [(3, "tracking.bad_number")]
    kept = Shipment.get_by_id(first)
    assert (kept.carrier, kept.tracking_number, kept.postage_minor, kept.postage_currency) == (
        "other", "123456789013", 520, "EUR",
    )  # fmt: skip


def test_postage_without_a_currency_is_not_taken(store: Store, tmp_path: Path) -> None:
    first, second = pack(store, 2)
    rows = [[f"s{first}", number_of(1), "4.35"], [f"s{second}", number_of(2), "GBP 4.35"]]
    path = answer_file(tmp_path / "back.csv", ["Reference", "Tracking number", "Postage"], rows)
    result = import_tracking(store, path)
    assert [(note.row, note.skipped, note.code) for note in result.notes] == [(2, False, "tracking.no_currency")]
    kept = dict(Shipment.select(Shipment.id, Shipment.postage_minor).tuples())
    assert kept == {first: None, second: 435}


@pytest.mark.parametrize("number", ["9.40011E+21", "RM47", "12 34", "=1+1", "RM473000004GB"])
def test_what_a_spreadsheet_made_of_a_number_is_no_number(store: Store, tmp_path: Path, number: str) -> None:
    (first,) = pack(store, 1)
    path = answer_file(tmp_path / "back.csv", ["Reference", "Tracking number"], [[f"s{first}", number]])
    result = import_tracking(store, path)
    assert ([note.code for note in result.notes], result.booked) == (["tracking.bad_number"], 0)


def test_a_file_that_tells_of_no_parcel_is_refused_whole(store: Store, tmp_path: Path) -> None:
    path = answer_file(tmp_path / "people.csv", ["Name", "Email"], [["Maya", "maya@example.org"]])
    with pytest.raises(KnownError) as caught:
        import_tracking(store, path)
    assert caught.value.code == "tracking.no_columns"


def test_an_import_is_one_step_of_undo_and_can_be_taken_back_later(store: Store, tmp_path: Path) -> None:
    parcels = pack(store, 3)
    before = everything(store)
    rows = [
        [f"s{parcel}", number_of(parcel), said]
        for parcel, said in zip(parcels, ("", "delivered", "returned"), strict=True)
    ]
    path = answer_file(tmp_path / "back.csv", ["Reference", "Tracking number", "Status"], [*rows, ["s99", "", "lost"]])
    assert import_tracking(store, path, dry_run=True).booked == 3
    assert everything(store) == before
    import_tracking(store, path)
    store.undo()
    assert everything(store) == before
    store.redo()
    batch = list_batches()[0]
    assert (batch.kind, batch.updated, batch.skipped) == ("tracking", 3, 1)
    assert show_batch(batch.id)[1][0].code == "tracking.unknown_reference"
    take_back(store, batch.id)
    after = everything(store)
    for name in ("shipment", "gift", "gift_step", "stock_movement", "address"):
        assert after[name] == before[name]
    assert list_batches()[0].taken_back_at


def test_what_was_lost_is_replaced_by_another_parcel(store: Store) -> None:
    (first,) = pack(store, 1)
    with pytest.raises(KnownError) as caught:
        shipments.replace_shipment(store, first)
    assert caught.value.code == "shipments.not_replaced"
    shipments.track_shipment(store, first)
    made, changes = shipments.replace_shipment(store, first, "never came")
    assert changes.op is Op.REPLACE_SHIPMENT
    old, new = list_shipments(ids=[first, made])
    assert (old.state, old.note, old.replaced_by) == ("lost", "never came", made)
    assert (new.state, new.replaces, new.gifts) == ("packing", first, old.gifts)
    assert catalogue.stock_of(gifts.list_gifts(store)[0].item_id)[0].copies == 0
    with pytest.raises(KnownError) as caught:
        shipments.replace_shipment(store, first)
    assert caught.value.code == "shipments.packed"
    shipments.track_shipment(store, made)
    shipments.deliver_shipments(store, [made])
    assert gifts.list_gifts(store)[0].state == GiftState.DELIVERED


def test_nothing_is_lost_where_no_copy_is_left_to_replace_it(store: Store) -> None:
    (first,) = pack(store, 1, copies=1)
    shipments.track_shipment(store, first)
    before = everything(store)
    with pytest.raises(KnownError) as caught:
        shipments.replace_shipment(store, first)
    assert caught.value.code == "catalogue.no_copies"
    assert everything(store) == before
    assert list_shipments()[0].state == ShipmentState.SENT


def test_spoiled_copies_do_not_come_back(store: Store) -> None:
    first, second = pack(store, 2, copies=2)
    shipments.send_shipments(store, [first, second])
    shipments.return_shipments(store, [first, second], "wet", copies_back=False)
    assert catalogue.stock_of(gifts.list_gifts(store)[0].item_id)[0].copies == 0
    assert [row.state for row in list_shipments()] == ["returned", "returned"]


def test_swag_and_pamphlets_are_no_media_mail_and_our_cards_are_no_matter(store: Store) -> None:
    (first,) = pack(store, 1)
    with store.operation(Op.EDIT_ITEM):
        Shipment.update(country="US", service="Media Mail").where(Shipment.id == first).execute()
        for number, (kind, name) in enumerate((("swag", "Tote bag"), ("note_card", "Card"), ("insert", "Flyer"))):
            made = Insert.create(kind=kind, name=name, name_key=name.casefold(), created_at="")
            ShipmentInsert.create(shipment=first, parcel_insert=made, quantity=number + 1)
    assert media_mail_doubts(parcel_of(list_shipments()[0])) == ("Tote bag", "Flyer")
    with store.operation(Op.EDIT_ITEM):
        Edition.update(pages=6).execute()
        Gift.update(edition=Edition.get().id).execute()
    assert media_mail_doubts(parcel_of(list_shipments()[0])) == ("The Salt Orchard", "Tote bag", "Flyer")


def test_a_parcel_weighs_what_its_editions_weigh_until_it_is_weighed(store: Store) -> None:
    (first,) = pack(store, 1)
    assert parcel_of(list_shipments()[0]).kilograms == ""
    with store.operation(Op.EDIT_ITEM):
        Edition.update(weight_grams=380).execute()
        Gift.update(edition=Edition.get().id).execute()
    assert parcel_of(list_shipments()[0]).kilograms == "0.380"
    with store.operation(Op.EDIT_ITEM):
        Shipment.update(weight_grams=455).where(Shipment.id == first).execute()
    assert parcel_of(list_shipments()[0]).kilograms == "0.455"


def test_by_command(cli: Cli, folder: Path, tmp_path: Path, opening: object) -> None:
    from outreach.store import workspace

    with workspace.writing(folder, opening) as store:  # type: ignore[arg-type]
        parcels = pack(store, 2)
    run = ("--workspace", folder)
    plan_ = cli(
        *run, "shipments", "export", "royal-mail-click-and-drop", tmp_path / "to.csv", "--dry-run", "--json"
    ).json
    assert plan_["changes"][0]["what"] == "replaced"
    assert plan_["changes"][0]["signs"] == "ë→e, ü→u"
    assert not (tmp_path / "to.csv").exists()
    said = cli(*run, "shipments", "export", "royal-mail-click-and-drop", tmp_path / "to.csv").out.splitlines()
    assert "is written with ë→e, ü→u" in said[0]
    assert re.match(r"Wrote 2 parcels", said[-1])
    rows = [[f"s{parcels[0]}", number_of(1)], ["s77", number_of(2)]]
    path = answer_file(tmp_path / "back.csv", ["Order reference", "Tracking number"], rows)
    ran = cli(*run, "import", "tracking", path, "--sent")
    assert ran.code == 0
    assert "1 booked" in ran.out and "No parcel of ours is “s77”" in ran.out and "On its way: 1 parcel." in ran.out
    assert cli(*run, "import", "tracking", path, "--json").json[0]["unchanged"] == 1
    row = [[f"s{parcels[0]}", "4.35 GBP"], [f"s{parcels[1]}", "5.20 EUR"]]
    paid = cli(*run, "import", "tracking", answer_file(tmp_path / "paid.csv", ["Reference", "Postage"], row), "--json")
    # Sums of several currencies stand side by side.
    assert paid.json[0]["postage"] == [
        {"amount": "5.20", "currency": "EUR"}, {"amount": "4.35", "currency": "GBP"},
    ]  # fmt: skip
    tracked = cli(*run, "shipments", "track", f"s{parcels[1]}", "JJD0002257639032011")
    assert "such numbers: DHL Express, Yodel." in tracked.out
    told = cli(*run, "shipments", "track", f"s{parcels[1]}", "RM473000004GB", "--json").json
    assert (told["carrier"], told["proposed"], told["mistyped"]) == ("", [], True)
    assert cli(*run, "shipments", "replace", f"s{parcels[0]}", "--json").json["replaces"] == f"s{parcels[0]}"
    assert "replace" in cli("shipments", "--help").out
