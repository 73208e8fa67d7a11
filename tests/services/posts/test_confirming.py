"""Confirming found posts: whose, about what, of somebody new, never twice, and what the inbox says beforehand."""

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.feeds.found import waiting_count
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.pages.inbox import check_found, inbox_ids, inbox_lines, read_found
from outreach.services.people.people import NewPerson, add_person
from outreach.services.posts import PostKind, list_posts
from outreach.services.posts.confirming import Told, confirm_found
from outreach.store.database import Store
from outreach.store.models import Account, Feed, FoundPost, Person


def title(store: Store, name: str = "The Glass Heron") -> int:
    editions = [NewEdition(EditionFormat.HARDBACK, copies=9)]
    return add_item(store, name, {}, editions=editions, genres=["ya-fantasy"])[0]


def found(store: Store, item: int | None, person: int | None = None, **columns: object) -> int:
    from outreach.changes import Op

    number = FoundPost.select().count()
    values = {
        "url": f"https://junipershelves.example/{number}", "text": "The ending wrecked me. Lent it twice.",
        "passage": "The ending wrecked me.", "published_at": "2026-11-19T20:12:00+00:00", "author": "Juniper Hale",
        "confidence": "sure", **columns,
    }  # fmt: skip
    with store.operation(Op.FOLLOW_FEED):
        feed = Feed.create(person=person, address=f"https://f{number}.example", key=f"f{number}", title="Juniper shelves",
                           created_at=store.now())  # fmt: skip
        made = FoundPost.create(feed=feed, entry_key=str(number), item=item, found_at=store.now(), **values)
    return int(made.id)


def juniper(store: Store, item: int) -> int:
    person, _ = add_person(store, NewPerson("Juniper Hale", [], ["bluesky:juniper.example"]))
    gifts, _ = plan_gifts(store, item, [person])
    for state in (GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED):
        move_gifts(store, gifts, state, on="2026-09-02")
    return person


def test_it_is_told_what_confirming_means_and_then_it_is_so(store: Store) -> None:
    item = title(store)
    person = juniper(store, item)
    row = found(store, item, person)
    line, check = read_found(store, row)
    assert line is not None and line.person is not None and line.person.id == person
    assert check is not None and check.trouble is None
    assert (check.nature, check.reason, check.genre) == ("organic", "after_free_gift", "YA fantasy")
    assert [each.sent_on for each in check.gifts] == ["2026-09-02"]
    post, changes = confirm_found(store, row)
    (made,) = list_posts()
    assert (made.id, made.person_id, made.nature, made.posted_on) == (post, person, "organic", "2026-11-19")
    assert made.text == "The ending wrecked me. Lent it twice." and changes.touches("found_post", "post")
    assert waiting_count() == 0
    with pytest.raises(KnownError, match=r"inbox\.settled"):
        confirm_found(store, row)


def test_somebody_new_comes_with_her_account(store: Store) -> None:
    url = "https://bsky.app/profile/perpetua.example/post/3lq5rk7cd2x2e"
    row = found(store, title(store), url=url, author="Perpetua Quill")
    (line,) = inbox_lines(store, inbox_ids(store)).values()
    assert (line.person, line.stranger, line.platform) == (None, "Perpetua Quill", "bluesky")
    confirm_found(store, row, Told(new_name=line.stranger))
    assert Account.get().person.name == "Perpetua Quill" and Account.get().key == "bluesky:perpetua.example"
    again = found(store, title(store, "A River of Keys"), url=url.replace("2x2e", "9x9e"), author="perpetua")
    assert inbox_lines(store, [again])[again].person is not None, "known by her handle now"
    confirm_found(store, again, Told(new_name="perpetua"))
    assert Person.select().count() == 1


def test_what_is_in_the_way_is_told_and_nothing_changed(store: Store) -> None:
    nameless = found(store, title(store), author="", url="")
    check = check_found(store, nameless, Told())
    assert check is not None and check.trouble is not None and check.trouble.code == "posts.nobody"
    with pytest.raises(KnownError, match=r"posts\.nobody"):
        confirm_found(store, nameless)
    untitled = found(store, None, juniper(store, title(store, "A River of Keys")))
    confirm_found(store, untitled, Told(item_id=title(store, "Murder at Low Tide"), kind=PostKind.REVIEW))
    assert list_posts()[0].kind == "review"
    assert waiting_count() == 1 and check_found(store, 99, Told()) is None


def test_a_post_that_is_logged_already_waits_for_nobody(store: Store) -> None:
    item = title(store)
    person = juniper(store, item)
    first = found(store, item, person)
    confirm_found(store, first)
    url = FoundPost.get_by_id(first).url
    twin = found(store, item, person, url=url)
    with pytest.raises(KnownError, match=r"posts\.twice"):
        confirm_found(store, twin)
