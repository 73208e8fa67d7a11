"""Signed copies and bookplates: an order that stays, and nothing that cannot be signed."""

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item, stock_of
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.gifts.signing import Signing, ask_to_sign, note_signed, signing_list
from outreach.services.people.forgetting import forget_person
from outreach.services.people.people import NewPerson, add_person
from outreach.store.database import Store
from outreach.store.models import Gift
from tests.conftest import contents


@pytest.fixture
def item(store: Store) -> int:
    editions = [NewEdition(EditionFormat.PROOF, copies=9), NewEdition(EditionFormat.EBOOK, copies=9)]
    return add_item(store, "The Salt Orchard", {}, editions=editions)[0]


def planned(store: Store, item: int, *names: str, edition: int | None = None) -> list[int]:
    people = [add_person(store, NewPerson(name))[0] for name in names]
    return plan_gifts(store, item, people, edition_id=edition)[0]


def test_the_order_of_signing_stays_whoever_comes_or_goes(store: Store, item: int) -> None:
    maya, rosa, beth = planned(store, item, "Maya", "Rosa", "Beth")
    ask_to_sign(store, [beth, maya], Signing.COPY, "For the sea")
    ask_to_sign(store, [rosa], Signing.BOOKPLATE)
    rows = signing_list(item)
    assert [(row.place, row.person, row.dedication, row.signing) for row in rows] == [
        (1, "Beth", "For the sea", "copy"), (2, "Maya", "For the sea", "copy"), (3, "Rosa", "", "bookplate"),
    ]  # fmt: skip
    ask_to_sign(store, [rosa], Signing.NONE)
    (kit,) = planned(store, item, "Kit")
    ask_to_sign(store, [kit], Signing.COPY)
    ask_to_sign(store, [rosa], Signing.COPY)
    assert [(row.place, row.person) for row in signing_list(item)] == [
        (1, "Beth"),
        (2, "Maya"),
        (3, "Rosa"),
        (4, "Kit"),
    ]
    assert [row.person for row in signing_list(item, only=Signing.BOOKPLATE)] == []
    assert [row.person for row in signing_list(gifts=[maya])] == ["Maya"]


def test_what_is_signed_leaves_the_list_and_cannot_be_turned_into_something_else(store: Store, item: int) -> None:
    maya, rosa = planned(store, item, "Maya", "Rosa")
    ask_to_sign(store, [maya, rosa], Signing.COPY)
    note_signed(store, [maya], "2026-11-20")
    assert [row.person for row in signing_list(item)] == ["Rosa"]
    assert [row.signed_on for row in signing_list(item, signed=True)] == ["2026-11-20", ""]
    for how in (Signing.BOOKPLATE, Signing.NONE):
        with pytest.raises(KnownError, match=r"signing\.signed"):
            ask_to_sign(store, [maya], how)
    ask_to_sign(store, [maya], Signing.COPY, "For Maya")  # the words as they were written
    store.undo(2)
    assert [row.person for row in signing_list(item)] == ["Maya", "Rosa"]
    note_signed(store, [maya])
    note_signed(store, [maya], undone=True)
    assert Gift.get_by_id(maya).signed_on is None


def test_a_copy_that_left_or_is_no_paper_is_not_signed_but_a_bookplate_can_follow(store: Store, item: int) -> None:
    ebook = stock_of(item)[1].id
    gone, no, digital = (*planned(store, item, "Maya", "Rosa"), *planned(store, item, "Beth", edition=ebook))
    move_gifts(store, [gone], GiftState.ACCEPTED)
    ask_to_sign(store, [gone], Signing.COPY)
    move_gifts(store, [gone], GiftState.SENT)
    move_gifts(store, [no], GiftState.DECLINED)
    assert signing_list(item) == []  # it left unsigned
    before = contents(store)
    for gift, code in ((gone, "signing.left"), (no, "signing.declined"), (digital, "signing.no_paper")):
        with pytest.raises(KnownError) as caught:
            ask_to_sign(store, [gift], Signing.COPY)
        assert caught.value.code == code
    with pytest.raises(KnownError, match=r"signing\.too_long"):
        ask_to_sign(store, [gone], Signing.BOOKPLATE, "x" * 201)
    with pytest.raises(KnownError, match=r"signing\.not_asked"):
        note_signed(store, [digital])
    assert contents(store) == before
    ask_to_sign(store, [gone, digital], Signing.BOOKPLATE)
    assert [row.person for row in signing_list(item)] == ["Maya", "Beth"]


def test_words_cannot_turn_the_line_round_and_go_with_who_is_forgotten(store: Store, item: int) -> None:
    (maya,) = planned(store, item, "Maya")
    ask_to_sign(store, [maya], Signing.COPY, "For\u202e Maya\x07\nof the sea")
    assert signing_list(item)[0].dedication == "For Maya of the sea"
    forget_person(store, Gift.get_by_id(maya).person_id)
    assert Gift.get_by_id(maya).dedication == "" and signing_list(item) == []
