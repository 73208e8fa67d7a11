"""Permissions: asked by a letter or by hand, answered, used, ended; words quoted as they were said."""

from datetime import timedelta

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item, stock_of
from outreach.services.drafting import post_letters, senders
from outreach.services.drafting.drafts import approve_drafts
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.people.forgetting import forget_person
from outreach.services.people.people import NewPerson, add_person
from outreach.services.people.subject import about
from outreach.services.posts import NewPost, add_post
from outreach.services.rights.permissions import (
    NewYes,
    ask_permission,
    decline,
    grant,
    note_asked,
    permissions_of,
    standing,
    usual_end,
    withdraw,
)
from outreach.services.rights.quotes import check_quote, drop_quote, keep_quote, quotes_of
from outreach.services.rights.terms import Edits, Scope
from outreach.services.rights.uses import ending, note_use, ruling_for, take_down
from outreach.services.sample.apart import SENDER
from outreach.store.database import Store
from outreach.store.models import Letter, Permission, Person, Quote
from tests.conftest import contents

WORDS = "The ending wrecked me. I have already lent my copy out twice."


def a_post(store: Store, text: str = WORDS, form: EditionFormat = EditionFormat.HARDBACK) -> int:
    """Juniper's post about a gift that reached her."""
    about_it = {"author": "Ruth Amsel", "hook": "A heron of glass.", "publisher": "Finch", "pub_date": "2026-09-01"}
    item, _ = add_item(store, "The Glass Heron", about_it, editions=[NewEdition(form, copies=9)])
    person, _ = add_person(store, NewPerson("Juniper Hale", ["juniper@example.org"], ["instagram:junipershelves"]))
    gifts, _ = plan_gifts(store, item, [person], edition_id=stock_of(item)[0].id)
    for state in (GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED):
        move_gifts(store, gifts, state, on="2026-09-02")
    new = NewPost("https://www.instagram.com/p/Cxy12345678/", person, item, posted_on="2026-11-19", text=text)
    return add_post(store, new)[0]


def why(store: Store, post: int, scope: Scope = Scope.OWN_CHANNELS) -> str:
    return standing(store, [post], scope)[post].why


def refused(code: str) -> object:
    return pytest.raises(KnownError, match=rf"^{code}\b")


def test_a_letter_asks_and_a_yes_answers_it(store: Store) -> None:
    senders.change_sender(store, **SENDER)
    post = a_post(store)
    made = post_letters.render(store, post, post_letters.PERMISSION)
    assert "You said “The ending wrecked me." in made.letter.text and "instagram.com/p/Cxy" in made.letter.text
    asked, _ = ask_permission(store, made)
    row = permissions_of(post)[0]
    assert (row.id, row.state, row.letter, row.asked_on) == (asked, "asked", "draft", "")
    approve_drafts(store, [row.letter_id or 0])
    assert permissions_of(post)[0].letter == "approved"
    Letter.update(state="sent", sent_at="2026-11-20T10:00:00Z").execute()
    assert permissions_of(post)[0].asked_on == "2026-11-20"
    with refused("rights.asked_already"):
        ask_permission(store, made)
    ids, changes = grant(store, post, NewYes(ends_on="2027-11-23", credit="@junipershelves", answer="Gladly!"))
    assert ids == [asked] and changes.touches("permission")
    row = permissions_of(post)[0]
    assert (row.state, row.starts_on, row.ends_on, row.credit) == (
        "granted",
        "2026-11-24",
        "2027-11-23",
        "@junipershelves",
    )
    assert why(store, post) == "granted_until"
    assert why(store, post, Scope.PAID) == "not_asked"
    assert usual_end(store) == "2027-11-23"


def test_a_yes_for_two_scopes_stands_on_each_by_itself(store: Store) -> None:
    post = a_post(store)
    grant(store, post, NewYes((Scope.SHARE, Scope.OWN_CHANNELS), territory=("United Kingdom", "IE"), edits=Edits.CROP))
    assert permissions_of(post)[0].territory == ("GB", "IE")
    assert not ruling_for(store, post, Scope.SHARE).may
    assert ruling_for(store, post, Scope.SHARE, frozenset({"GB"}), Edits.CROP).may
    assert ruling_for(store, post, None).why == "link"
    for new, code in (
        (NewYes(territory=("Nowhere",)), "rights.unknown_country"), (NewYes(()), "rights.no_scope"),
        (NewYes(ends_on="2026-01-01"), "rights.ends_early"), (NewYes(ends_on="soon"), "rights.bad_day"),
        (NewYes(answered_on="2026-12-01"), "rights.day_to_come"),
    ):  # fmt: skip
        before = contents(store)
        with refused(code):
            grant(store, post, new)
        assert contents(store) == before


def test_a_no_and_a_yes_taken_back(store: Store) -> None:
    post = a_post(store)
    note_asked(store, post, on="2026-11-20")
    decline(store, post, answer="I'd rather not")
    assert (why(store, post), len(permissions_of(post))) == ("declined", 1)
    note_asked(store, post)
    (held,), _ = grant(store, post, NewYes())
    use, _ = note_use(store, held, "Spring catalogue, page 14")
    withdraw(store, held)
    assert why(store, post) == "withdrawn"
    assert [each.places for each in ending(store)] == [("Spring catalogue, page 14",)]
    take_down(store, [use])
    assert ending(store) == []
    with refused("rights.no_leave"):
        note_use(store, held, "Shop window")
    with refused("rights.no_yes"):
        withdraw(store, permissions_of(post)[0].id)


def test_what_ends_soon_is_told_until_it_is_renewed_or_taken_down(store: Store) -> None:
    post = a_post(store)
    (held,), _ = grant(store, post, NewYes(ends_on="2026-12-10"))
    assert [(each.post_id, each.is_over) for each in ending(store)] == [(post, False)]
    assert ending(store, timedelta(days=7)) == []
    grant(store, post, NewYes(ends_on="2027-12-10"))
    assert ending(store) == []
    Permission.update(ends_on="2026-11-20").execute()
    assert ending(store) == []  # ended, and used nowhere
    Permission.update(ends_on="2026-12-10").where(Permission.id == held).execute()
    note_use(store, held, "Home page")
    Permission.update(ends_on="2026-11-20").execute()
    assert [(each.is_over, each.places) for each in ending(store)] == [(True, ("Home page",))]


def test_words_are_quoted_as_they_were_said_and_held_against_the_finished_book(store: Store) -> None:
    post = a_post(store, form=EditionFormat.PROOF)
    with refused("rights.not_as_said"):
        keep_quote(store, post, "The ending thrilled me.")
    with refused("rights.no_words"):
        keep_quote(store, post, " ")
    quote, _ = keep_quote(store, post, "The ending wrecked me. … twice.")
    (row,) = quotes_of([post])[post]
    assert row.to_check and row.source.startswith("https://www.instagram.com/p/") and row.passage == WORDS
    with refused("rights.no_quote"):
        check_quote(store, post, 99)
    check_quote(store, post, quote)
    (row,) = quotes_of([post])[post]
    assert (row.to_check, row.checked_on, row.checked_by) == (False, "2026-11-24", "HO")
    with refused("rights.no_quote"):
        drop_quote(store, post, 99)
    drop_quote(store, post, quote)
    assert quotes_of([post]) == {}


def test_words_of_a_post_without_text_need_their_passage(store: Store) -> None:
    post = a_post(store, text="")
    with refused("rights.no_passage"):
        keep_quote(store, post, "a marvel")
    keep_quote(
        store, post, "a marvel", passage="It is a marvel, truly.", source="On air, 19 November", from_proof=False
    )
    assert not quotes_of([post])[post][0].to_check


def test_nobody_is_written_to_who_cannot_be(store: Store) -> None:
    senders.change_sender(store, **SENDER)
    post = a_post(store)
    Person.update(ask_again_on="2027-03-01").execute()
    with refused("post_letters.not_yet"):
        post_letters.render(store, post, post_letters.THANKS)


def test_a_workspace_of_before_is_given_the_templates(store: Store) -> None:
    from outreach.store.models import LetterTemplate

    LetterTemplate.delete().where(LetterTemplate.name == post_letters.DISCLOSURE).execute()
    post_letters.prepare(store)
    assert LetterTemplate.select().where(LetterTemplate.name == post_letters.DISCLOSURE).count() == 1


def test_who_is_forgotten_leaves_no_permission_and_no_words(store: Store) -> None:
    post = a_post(store)
    (held,), _ = grant(store, post, NewYes(answer="Gladly!"))
    note_use(store, held, "Home page")
    keep_quote(store, post, "The ending wrecked me.")
    person = Person.get().id
    assert about(store, person)["permission"][0]["answer"] == "Gladly!"
    assert about(store, person)["permission_use"] and about(store, person)["quote"]
    forget_person(store, person)
    assert not Permission.select().exists() and not Quote.select().exists()
