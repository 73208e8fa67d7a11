"""Logging posts: what an address tells, what is pasted, what was said off social media, and the same thing twice."""

import pytest
from hypothesis import given as each_of
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services import posts
from outreach.services.people import people
from outreach.services.people.accounts import AccountNews, save_account
from outreach.services.people.people import NewPerson
from outreach.services.posts import NewPost, PostKind
from outreach.services.posts.delays import usual_delay
from outreach.services.posts.embargo import broken_embargo
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Outcome, Post
from tests.services.gifts.test_gifts import given, person, title


def added(store: Store, new: NewPost) -> Post:
    return Post.get_by_id(posts.add_post(store, new)[0])


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.instagram.com/maya/p/Cx1/", PostKind.POST), ("https://www.instagram.com/reel/Cx2/", PostKind.VIDEO),
        ("https://www.instagram.com/stories/maya/12/", PostKind.STORY),
        ("https://www.tiktok.com/@maya/video/71", PostKind.VIDEO), ("https://www.tiktok.com/@maya/photo/71", PostKind.POST),
        ("https://vm.tiktok.com/ZMabc/", PostKind.VIDEO), ("https://youtu.be/dQw4w9WgXcQ", PostKind.VIDEO),
        ("https://www.youtube.com/post/Ugkx", PostKind.POST), ("https://www.facebook.com/anna/videos/12", PostKind.VIDEO),
        ("https://www.goodreads.com/review/show/12", PostKind.REVIEW),
        ("https://anna.substack.com/p/my-books", PostKind.NEWSLETTER), ("https://substack.com/@anna/note/c-1", PostKind.POST),
        ("https://annareads.example/review", PostKind.POST),
    ],
)  # fmt: skip
def test_what_a_post_is_follows_from_its_address(store: Store, url: str, kind: PostKind) -> None:
    assert posts.propose(store, NewPost(url)).kind is kind


def test_whose_it_is_follows_from_handles_of_now_and_of_before_and_from_sites(store: Store) -> None:
    item, _ = title(store)
    maya, _ = people.add_person(store, NewPerson("Maya", [], ["instagram:mayareads", "annareads.example/books"]))
    with_code = posts.propose(store, NewPost("https://www.instagram.com/mayareads/reel/Cx1/", item_id=item))
    assert (with_code.person, with_code.trouble) == (maya, None)
    assert posts.propose(store, NewPost("https://annareads.example/books/2026/salt", item_id=item)).person == maya
    assert posts.propose(store, NewPost("https://annareads.example/cooking", item_id=item)).person is None
    save_account(store, maya, AccountNews("instagram:mayaanew", alias="mayareads"))
    assert posts.propose(store, NewPost("https://www.instagram.com/mayareads/p/Cx1/", item_id=item)).person == maya
    stranger = posts.propose(store, NewPost("https://www.instagram.com/somebody/p/Cx1/", item_id=item))
    assert (stranger.person, stranger.trouble.code if stranger.trouble else "") == (None, "posts.nobody")
    short = posts.propose(store, NewPost("https://vm.tiktok.com/ZMabc/", maya, item))
    assert (short.link.url if short.link else "", short.trouble) == ("https://vm.tiktok.com/ZMabc/", None)


def test_the_title_is_that_of_the_only_gift_or_the_one_that_her_words_name(store: Store) -> None:
    salt, heron = title(store)[0], title(store, "The Glass Heron")[0]
    maya = person(store, "Maya")
    given(store, maya, salt)
    assert posts.propose(store, NewPost(person_id=maya, text="x")).item == salt
    given(store, maya, heron)
    assert posts.propose(store, NewPost(person_id=maya, text="x")).trouble.code == "posts.which_item"  # type: ignore[union-attr]
    named = posts.propose(store, NewPost(person_id=maya, text="That ending! THE GLASS HERON wrecked me"))
    assert (named.item, named.trouble) == (heron, None)


def test_pasted_lines_become_posts_with_the_words_beside_them() -> None:
    text = """ok so the ferry scene
https://vm.tiktok.com/ZMabc/

<https://www.instagram.com/p/Cx1/> — I have lent my copy out twice.
It is that good.
https://youtu.be/dQw4w9WgXcQ https://annareads.example/review,
no address here: and/or"""
    assert [(new.url, new.text) for new in posts.read_pasted(text)] == [
        ("https://vm.tiktok.com/ZMabc/", "ok so the ferry scene"),
        ("https://www.instagram.com/p/Cx1/", "I have lent my copy out twice.\nIt is that good."),
        ("https://youtu.be/dQw4w9WgXcQ", ""),
        ("https://annareads.example/review", "no address here: and/or"),
    ]
    with pytest.raises(KnownError) as caught:
        posts.read_pasted("\n".join(f"https://a.example/{number}" for number in range(500)))
    assert caught.value.code == "posts.too_many"


@each_of(st.lists(st.sampled_from(["x.com/a/status/1", "https://a.example/b", "words", "", "—", "@maya", "\x00"])))
def test_pasting_keeps_every_address_and_never_fails(parts: list[str]) -> None:
    found = posts.read_pasted(" ".join(parts))
    assert [new.url for new in found] == [part for part in parts if "/" in part]


def test_several_are_logged_all_or_none_and_undone_as_one(store: Store) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    several = [NewPost(f"https://www.instagram.com/p/C{number}/", maya, item) for number in range(3)]
    with pytest.raises(KnownError) as caught:
        posts.add_posts(store, [*several, NewPost("https://instagram.com/reel/C1/?igsh=x", maya, item)])
    assert caught.value.code == "posts.twice"
    assert not Post.select().exists()
    made, _ = posts.add_posts(store, several)
    assert len(made) == 3
    store.undo()
    assert not Post.select().exists()


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("https://www.instagram.com/p/Cx1/?igsh=1", "instagram.com/maya/reel/Cx1"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "https://youtu.be/dQw4w9WgXcQ?si=1"),
        ("https://twitter.com/Maya/status/12", "https://x.com/i/web/status/12"),
        ("https://www.threads.net/@maya/post/Cx1", "https://www.threads.com/t/Cx1"),
        ("https://www.tiktok.com/@maya/video/71?_r=1", "https://www.tiktok.com/v/71"),
        ("https://open.substack.com/pub/maya/p/salt", "https://maya.substack.com/p/salt?utm_source=x"),
        ("https://www.tumblr.com/maya/123/some-words", "https://maya.tumblr.com/post/123"),
        ("http://www.annareads.example/salt/?utm_source=x#c", "annareads.example/salt"),
        ("https://bookstodon.example/@maya/11", "https://bookstodon.example/users/maya/statuses/11"),
    ],
)
def test_the_same_post_by_another_form_of_its_address_is_caught(store: Store, first: str, again: str) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    post = added(store, NewPost(first, maya, item))
    with pytest.raises(KnownError) as caught:
        posts.add_post(store, NewPost(again, maya, item))
    assert (caught.value.code, caught.value.facts["post"]) == ("posts.twice", f"o{post.id}")


def test_what_was_said_on_air_has_its_place_and_who_told_us(store: Store) -> None:
    item, _ = title(store)
    gwen = person(store, "Gwen")
    given(store, gwen, item)
    new = NewPost("", gwen, kind=PostKind.ON_AIR, text="Read page 61", outlet=" Radio Bristol ", told_by="Sam")
    post = added(store, new)
    assert (post.kind, post.outlet, post.told_by, post.url, post.item_id) == (
        "on_air",
        "Radio Bristol",
        "Sam",
        None,
        item,
    )
    with pytest.raises(KnownError) as caught:
        posts.add_post(store, new)
    assert caught.value.code == "posts.twice"
    assert added(store, NewPost("", gwen, text="Read page 62", outlet="Radio Bristol")).kind == "talk"


def test_how_long_somebody_takes_is_told_from_three_gifts_on_and_kept_nowhere(store: Store) -> None:
    maya = person(store, "Maya")
    for number, days in enumerate(("2026-11-04", "2026-11-11", "2026-11-21")):
        item, _ = title(store, f"Title {number}")
        gift = given(store, maya, item)
        Gift.update(sent_on="2026-10-29", delivered_on="2026-11-01").where(Gift.id == gift).execute()
        assert usual_delay(maya) is None
        posts.add_post(store, NewPost(person_id=maya, item_id=item, posted_on=days, text="x"))
        posts.add_post(store, NewPost(person_id=maya, item_id=item, posted_on="2026-11-23", text="and again"))
    delay = usual_delay(maya)
    assert delay is not None
    assert (delay.days, delay.shortest, delay.longest, delay.number) == (10, 3, 20, 3)


def test_a_post_before_the_embargo_is_noted_without_blame(store: Store) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    post = added(store, NewPost(person_id=maya, item_id=item, text="x")).id
    assert not broken_embargo(post)
    Item.update(review_embargo="2026-12-01").where(Item.id == item).execute()
    assert broken_embargo(post) == "2026-12-01"
    Item.update(review_embargo="2026-11-24").where(Item.id == item).execute()
    assert not broken_embargo(post)


def test_an_outcome_is_kept_of_a_gift_and_of_nothing_from_before_it(store: Store) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    added(store, NewPost(person_id=maya, item_id=item, text="Soon"))
    assert not Outcome.select().exists()
    gift = given(store, maya, item)
    assert added(store, NewPost(person_id=maya, text="At last")).gift_id == gift
    assert [(row.gift_id, row.kind) for row in Outcome.select()] == [(gift, "posted")]
