"""The inbox of posts: found posts that wait for somebody, and what confirming one of them would mean."""

import array
import json
from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from outreach.errors import KnownError
from outreach.fields.accounts import parse_post_url
from outreach.services.catalogue.genres import load_genres
from outreach.services.feeds.found import is_open
from outreach.services.pages.people import PersonLine, people_lines
from outreach.services.posts.confirming import Told, kind_of, name_of, proposal_of, words_of
from outreach.services.posts.nature import gifts_behind, teaches
from outreach.services.tastes.learning import main_genres
from outreach.store.database import Store
from outreach.store.models import Account, Edition, Feed, FoundPost, Item, Person

_EXCERPT = 90


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A found post as a line of the inbox, and as it is read.

    Attributes:
        person: Who posted it; None for somebody we do not know.
        stranger: What she is called then; empty where that is not known either.
        text: The entry's words.
        said: What is kept of them as her words when it is confirmed.
        passage: The sentence that made it.
        words: The words of that sentence that matched.
        proofs: What says that it speaks of us, as words of ``proof``.
        at: When it was published, as ISO text in UTC, else when it was found.
        platform: Where; empty where that is not known.
    """

    id: int
    person: PersonLine | None
    stranger: str
    item_id: int
    title: str
    is_book: bool
    feed: str
    text: str
    said: str
    passage: str
    words: tuple[str, ...]
    proofs: tuple[str, ...]
    confidence: str
    url: str
    at: str
    platform: str
    handle: str
    kind: str


@dataclass(frozen=True, slots=True)
class GiftChoice:
    """A gift that a post may follow."""

    id: int
    sent_on: str
    format: str
    deal: str


@dataclass(frozen=True, slots=True)
class Check:
    """What confirming a found post would mean.

    Attributes:
        gifts: The gifts of the title that she has, the one behind it first.
        nature: What lies behind it; empty while nobody is known.
        trouble: What is in the way; None where nothing is.
        genre: Under which taste it goes to her page; empty where it teaches nothing.
        liked: How many of `said` books of that genre she liked.
    """

    found_id: int
    person: str
    gifts: tuple[GiftChoice, ...]
    gift_id: int
    nature: str
    reason: str
    trouble: KnownError | None
    words: str
    genre: str
    liked: int
    said: int


def inbox_ids(store: Store) -> "array.array[int]":
    """The ids of found posts that wait, the newest first."""
    query = FoundPost.select(FoundPost.id).where(is_open())
    return store.ids(query.order_by(FoundPost.published_at.desc(), FoundPost.id.desc()))


def inbox_lines(store: Store, ids: Sequence[int]) -> dict[int, InboxLine]:
    """The lines of some found posts, at most a page of them."""
    query = FoundPost.select(FoundPost, Feed, Item).join(Feed).switch(FoundPost).left_outer_join(Item)
    rows = list(query.where(FoundPost.id.in_(list(ids))))
    links = {row.id: parse_post_url(row.url) if row.url else None for row in rows}
    keys = {row.id: f"{link.platform}:{link.handle.casefold()}" for row in rows
            if not row.feed.person_id and (link := links[row.id]) is not None and link.handle}  # fmt: skip
    by_key = dict(Account.select(Account.key, Account.person).where(Account.has_key(list(keys.values()))).tuples())
    whose = {row.id: row.feed.person_id or by_key.get(keys.get(row.id, "")) for row in rows}
    people = people_lines(store, list({person for person in whose.values() if person}))
    found = {}
    for row in rows:
        link, person = links[row.id], people.get(whose[row.id] or 0)
        found[row.id] = InboxLine(
            id=row.id, person=person, stranger="" if person else name_of(row), item_id=row.item_id or 0,
            title=row.item.title if row.item_id else "", is_book=not row.item_id or row.item.kind == "book",
            feed=row.feed.title or row.feed.site or row.feed.address, text=row.text, said=words_of(row),
            passage=row.passage, words=_list(row.words), proofs=_list(row.proofs), confidence=row.confidence,
            url=row.url,
            at=row.published_at or row.found_at, platform=link.platform if link else "",
            handle=link.handle if link else "", kind=kind_of(row).value,
        )  # fmt: skip
    return found


def read_found(store: Store, found_id: int) -> tuple[InboxLine | None, Check | None]:
    """A found post as it is read, and what confirming it as it was found would mean."""
    line = inbox_lines(store, [found_id]).get(found_id)
    return line, check_found(store, found_id, Told(new_name=line.stranger)) if line is not None else None


def check_found(store: Store, found_id: int, told: Told) -> Check | None:
    """What confirming a found post would mean, as somebody says of it; None where it is gone."""
    row = FoundPost.select(FoundPost, Feed).join(Feed).where(FoundPost.id == found_id).first()
    if row is None:
        return None
    made = proposal_of(store, row, told)
    # Somebody whom we do not know is added with it, and so is in nobody's way.
    nobody = made.trouble is not None and made.trouble.code == "posts.nobody"
    trouble = None if nobody and name_of(row) and made.item is not None else made.trouble
    line = people_lines(store, [made.person]).get(made.person) if made.person is not None else None
    gifts = gifts_behind(made.person, made.posted_on) if made.person is not None else []
    nature = made.nature.value if made.nature else "before_contact" if trouble is None else ""
    genre, liked, said = _teaching(line, made.item, nature)
    first = made.gift.id if made.gift else 0
    mine = sorted((each for each in gifts if each.item_id == made.item), key=lambda each: each.id != first)
    editions = Edition.id.in_([each.edition_id for each in mine])
    forms = dict(Edition.select(Edition.id, Edition.format).where(editions).tuples())
    choices = tuple(
        GiftChoice(each.id, each.sent_on or each.state_on, forms.get(each.edition_id, ""), each.deal) for each in mine
    )
    reason = made.reason or ("before_first_contact" if nature else "")
    name = line.name if line else name_of(row)
    return Check(found_id, name, choices, first, nature, reason, trouble, _short(words_of(row)), genre, liked, said)


def _teaching(line: PersonLine | None, item: int | None, nature: str) -> tuple[str, int, int]:
    """Under which taste of hers a post goes, and how many books of that genre she liked of how many."""
    if item is None or not nature or not teaches(nature):
        return "", 0, 0
    codes = main_genres(item)
    if not codes:
        return "", 0, 0
    name = load_genres().name(codes[0])
    mark = next((each for each in line.tastes if each.subject == name), None) if line else None
    return (name, mark.liked, mark.said) if mark else (name, 0, 0)


def _short(text: str) -> str:
    """The first sentence of her words, or as much of it as is read at a glance."""
    first = text.replace("\n", " ").split(". ")[0].strip()
    return first if len(first) <= _EXCERPT else first[:_EXCERPT].rsplit(" ", 1)[0] + "…"


def _list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def waiting_facts() -> tuple[str, str, str]:
    """Of the found posts that wait: who wrote the newest, on which title, and the ISO day since which the first waits.

    Each is empty where it is not known.
    """
    newest = FoundPost.select(FoundPost.author, Person.name, Item.title).join(Feed).left_outer_join(Person)
    newest = newest.switch(FoundPost).left_outer_join(Item, on=(FoundPost.item == Item.id)).where(is_open())
    author, person, title = newest.order_by(FoundPost.id.desc()).limit(1).tuples().first() or ("", "", "")
    since = FoundPost.select(fn.min(FoundPost.found_at)).where(is_open()).scalar() or ""
    return person or author, title or "", since[:10]
