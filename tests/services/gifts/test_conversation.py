"""Asked first, by letter or note, and all that was said about a gift in one place."""

from datetime import timedelta
from pathlib import Path

import pytest

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item, stock_of
from outreach.services.gifts.ask_first import asked, waits_for_answer
from outreach.services.gifts.conversation import conversation
from outreach.services.gifts.gifts import GiftState, OutcomeKind, add_outcome, move_gifts, plan_gifts
from outreach.services.mail.replies import ReplyOutcome, note_reply
from outreach.services.pages.person import person_page
from outreach.services.pages.waiting import waiting
from outreach.services.people.addresses import save_address
from outreach.services.people.notes import add_note
from outreach.services.people.people import NewPerson, add_person
from outreach.services.shipments.shipments import create_shipments, track_shipment
from outreach.services.workspaces.data_rules import change_rule
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Address, Gift, Letter, Reply
from outreach.store.workspace import Opening
from tests.conftest import NOW

HOME = {"line1": "1 Quay Street", "city": "Bristol", "postcode": "BS1 4QQ", "country": "United Kingdom"}


@pytest.fixture
def gift(store: Store) -> int:
    return said_yes(store)


def said_yes(store: Store) -> int:
    """Maya said yes; her address is known, and was never confirmed."""
    person, _ = add_person(store, NewPerson("Maya Reyes", ["maya@example.org"]))
    save_address(store, person, HOME)
    item, _ = add_item(store, "The Salt Orchard", {}, editions=[NewEdition(EditionFormat.PROOF, copies=2)])
    (gift,), _ = plan_gifts(store, item, [person], edition_id=stock_of(item)[0].id, why={person: "loves the sea"})
    move_gifts(store, [gift], GiftState.ACCEPTED, note="yes, gladly")
    return gift


def letter(store: Store, gift: int, kind: str = "address", subject: str = "Where may I send it?") -> int:
    row = Gift.get_by_id(gift)
    with store.operation(Op.DRAFT_LETTERS):
        made = Letter.create(
            person=row.person_id, item=row.item_id, gift=gift, kind=kind, state="sent", to_name="Maya",
            to_address="maya@example.org", subject=subject, body="", message_id=f"<{kind}@house.example>",
            drafted_at=store.now(), sent_at=store.now(), by="HO",
        )  # fmt: skip
    return int(made.id)


def answer(store: Store, to: int, text: str) -> int:
    with store.operation(Op.FETCH_MAIL):
        row = Letter.get_by_id(to)
        made = Reply.create(
            person=row.person_id, letter=to, message_id=f"<a{to}@x>", text=text, received_at=store.now()
        )
    return int(made.id)


def to_confirm(store: Store) -> int:
    return sum(each.count for each in waiting(store) if each.code == "address")


def test_an_address_is_asked_for_and_a_yes_confirms_it(store: Store, gift: int) -> None:
    assert to_confirm(store) == 1
    known = asked(store, [gift])[gift]
    assert (known.wished_on, known.confirmed_on, known.is_fresh) == ("2026-11-24", "", False)
    to = letter(store, gift)
    assert waits_for_answer(store, asked(store, [gift])[gift])
    assert to_confirm(store) == 0, "it is her turn"
    reply = answer(store, to, "Still the same, thank you!")
    assert to_confirm(store) == 1
    note_reply(store, reply, ReplyOutcome.CONFIRMED)
    assert asked(store, [gift])[gift].is_fresh
    assert (to_confirm(store), [each.code for each in waiting(store)]) == (0, ["pack"])
    store.undo()
    assert not asked(store, [gift])[gift].is_fresh


def test_a_yes_to_another_letter_says_nothing_of_the_address(store: Store, gift: int) -> None:
    reply = answer(store, letter(store, gift, "pitch"), "Yes, please")
    note_reply(store, reply, ReplyOutcome.CONFIRMED)
    assert Address.get().confirmed_on is None


def test_who_does_not_answer_stands_there_again_and_an_old_address_is_asked_again(folder: Path) -> None:
    with workspace.writing(folder, Opening(clock=lambda: NOW)) as store:
        gift = said_yes(store)
        letter(store, gift)
        person = Gift.get_by_id(gift).person_id
        assert is_old(store, person) and to_confirm(store) == 0
    with workspace.writing(folder, Opening(clock=lambda: NOW + timedelta(days=15))) as store:
        assert to_confirm(store) == 1
        save_address(store, person, HOME, confirmed=True)
        assert to_confirm(store) == 0 and not is_old(store, person)
    with workspace.writing(folder, Opening(clock=lambda: NOW + timedelta(days=15 + 184))) as store:
        assert to_confirm(store) == 1 and is_old(store, person)
        change_rule(store, "confirm_months", "12")
        assert to_confirm(store) == 0 and not is_old(store, person), "as the workspace's rule says"


def is_old(store: Store, person: int) -> bool:
    page = person_page(store, person)
    return page is not None and page.address_is_old


def test_all_that_was_said_of_a_gift_stands_in_one_list(store: Store, gift: int) -> None:
    person = Gift.get_by_id(gift).person_id
    answer(store, letter(store, gift), "12 Gull Lane now")
    add_note(store, person, "Asked whether The Salt Orchard has a map", "call")
    add_note(store, person, "Told us of her garden", "call")
    (parcel,), _ = create_shipments(store, [gift])
    track_shipment(store, parcel, "RB123456785GB")
    add_outcome(store, gift, OutcomeKind.THANKED, note="what a wrapping!")
    said = [(each.kind, each.code, each.text) for each in conversation(gift)]
    assert said == [
        ("step", "chosen", "loves the sea"),
        ("step", "accepted", "yes, gladly"),
        ("step", "sent", ""),
        ("parcel", "royal-mail", "RB123456785GB"),
        ("outcome", "thanked", "what a wrapping!"),
        ("letter", "address", "Where may I send it?"),
        ("answer", "", "12 Gull Lane now"),
        ("note", "call", "Asked whether The Salt Orchard has a map"),
    ]
    with pytest.raises(KnownError, match=r"gifts\.gone"):
        conversation(99)
