"""Whom a kind of letter is for: each gift, post and answer asks for the letters that suit it, and for no others."""

from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting.waiting import KINDS, waiting
from outreach.services.gifts.gifts import GiftState, list_gifts, move_gifts, plan_gifts
from outreach.services.letters.templates import LetterKind
from outreach.services.pages.letters import merge_page
from outreach.services.people.people import NewPerson, add_person
from outreach.services.posts import NewPost, add_post
from outreach.store.database import Store
from outreach.store.models import Letter, Permission, Reply


def kinds(store: Store) -> set[str]:
    """For which kinds of letters the one person waits."""
    return {kind.value for kind in KINDS if waiting(store, kind, 1)}


def sent(store: Store, kind: LetterKind, at: str = "2026-11-24T10:00:00+00:00") -> int:
    """A letter that went out."""
    return Letter.create(person=1, item=1, kind=kind.value, state="sent", to_name="Maya", to_address="m@a.example",
                         subject="Hello", body="Hello", message_id=f"<{kind.value}@a.example>", drafted_at=at,
                         sent_at=at).id  # fmt: skip


def test_each_stage_asks_for_its_letters(store: Store) -> None:
    add_item(store, "The Salt Orchard", {}, editions=[NewEdition(EditionFormat.PROOF, copies=9)])
    add_person(store, NewPerson("Maya Hill", ["maya@readers.example"]))
    assert kinds(store) == set()
    plan_gifts(store, 1, [1])
    gift = list_gifts(store)[0].id
    assert kinds(store) == {"pitch", "offer", "invitation"}
    sent(store, LetterKind.OFFER)
    assert kinds(store) == {"pitch", "invitation"}
    move_gifts(store, [gift], GiftState.ASKED)
    assert kinds(store) == set(), "one question at a time"
    move_gifts(store, [gift], GiftState.ACCEPTED)
    assert kinds(store) == {"address", "invitation"}
    move_gifts(store, [gift], GiftState.SENT)
    assert kinds(store) == {"delivery", "invitation"}
    sent(store, LetterKind.DELIVERY)
    assert kinds(store) == {"invitation"}


def test_who_spoke_of_it_is_thanked_and_asked_once_and_who_wrote_is_answered(store: Store) -> None:
    add_item(store, "The Salt Orchard", {})
    add_person(store, NewPerson("Maya Hill", ["maya@readers.example"]))
    add_post(store, NewPost(item_id=1, person_id=1, text="I closed it and held it.", posted_on="2026-11-20"))
    assert kinds(store) == {"thanks", "permission"}
    (row,) = waiting(store, LetterKind.THANKS)
    assert (row.post_id, row.gift_id, row.opening) == (1, None, "You said “I closed it and held it.”")
    letter = sent(store, LetterKind.THANKS)
    Permission.create(post=1, scope="own_channels", state="asked", created_at="2026-11-24")
    assert kinds(store) == set()
    Reply.create(person=1, letter=letter, message_id="<r>", received_at="2026-11-25T10:00:00+00:00")
    assert kinds(store) == {"reply"}
    page = merge_page(store, "", -1)
    assert (page.kind, page.item_id, [each.id for each in page.people]) == (LetterKind.REPLY, 1, [1])
    sent(store, LetterKind.REPLY, "2026-11-25T12:00:00+00:00")
    assert kinds(store) == set()
    page = merge_page(store, "reply", 1)
    assert ([each.item_id for each in page.titles], page.people) == ([1], []), "the title that is looked at stays"
