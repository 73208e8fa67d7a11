"""Finding anything by some letters of its words: titles, people, views, campaigns, clubs, posts, letters, notes.

What grows without end is found in the full-text indexes of the store; the few views, campaigns and clubs are looked
through.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Any

from outreach.fields.platforms import shown_handle
from outreach.fields.text import fold
from outreach.services.campaigns.goals import GoalFacts, goals_of
from outreach.services.pages.people import first_tastes
from outreach.services.pages.title import FormatLeft, copies_to_give, most_left
from outreach.services.people.people import search_words
from outreach.services.people.tiers import OFF_SOCIAL
from outreach.services.workspaces.views import saved_views
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Account, Campaign, Club, Item, Letter, Person, Post

KINDS = ("title", "person", "view", "campaign", "club", "post", "letter", "note")
#: These are found by what is said in them, not by what they are called.
_TEXTS = ("post", "letter", "note")
#: So many of a kind are looked at, and so many are offered.
_LOOKED_AT, _OFFERED = 80, 4
_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found.

    Attributes:
        kind: One of `KINDS`.
        id: Of the title, the person, …; of a letter the title that it is about, of a note the person, -1 for none.
        detail: What tells it from others of its name: an author, who said it, the place of a view; where its name does
            not have the words, what has them: a handle, an imprint.
        day: For a post, when.
        platform: For a person, as in her line.
        role: For a person.
        left: Of a title, how many copies can be given.
        most: Of a title, the format of which most copies are left.
        goal: Of a campaign, how far its first goal is.
    """

    kind: str
    id: int
    name: str
    detail: str = ""
    day: str = ""
    is_book: bool = True
    platform: str = ""
    role: str = ""
    left: int | None = None
    most: FormatLeft | None = None
    goal: GoalFacts | None = None


def find(store: Store, text: str, kinds: Sequence[str] = KINDS, most: int = _OFFERED) -> list[Found]:
    """What some typed words may mean, kind by kind; those whose name begins with them come first.

    What is called so stands before what has the words elsewhere: in a handle, a series, a post.
    """
    words = search_words(text)
    if not words:
        return []
    finders = {
        "title": _titles, "person": _people, "view": _views, "campaign": _campaigns, "club": _clubs, "post": _posts,
        "letter": _letters, "note": _notes,
    }  # fmt: skip
    found: list[Found] = []
    for kind in kinds:
        some = finders[kind](store, words)
        some.sort(key=lambda each: _rank(fold(each.name), words))
        found += _told(store, kind, some[:most], words)
    return sorted(found, key=lambda each: each.kind in _TEXTS or not _is_called(each.name, words))


def again(store: Store, known: Sequence[tuple[str, int]]) -> list[Found]:
    """What is known by its kind and id, in the same order; what is no longer there is left out."""
    of: dict[str, Callable[[list[int]], list[Found]]] = {
        "title": lambda ids: _title_rows(Item.id.in_(ids)), "person": lambda ids: _person_rows(Person.id.in_(ids)),
        "campaign": lambda ids: _campaign_rows(Campaign.id.in_(ids)), "club": lambda ids: _club_rows(Club.id.in_(ids)),
        "post": lambda ids: _post_rows(Post.id.in_(ids), ""),
    }  # fmt: skip
    found: dict[tuple[str, int], Found] = {}
    for kind, rows in of.items():
        ids = [row_id for of_kind, row_id in known if of_kind == kind]
        if ids:
            found |= {(kind, each.id): each for each in _told(store, kind, rows(ids), ())}
    return [found[each] for each in known if each in found]


def _is_called(name: str, words: Sequence[str]) -> bool:
    return all(word in fold(name) for word in words)


def _told(store: Store, kind: str, some: list[Found], words: Sequence[str]) -> list[Found]:
    """What is offered, with what is worth knowing of it, or with the reason why it was found."""
    plain = {each.id for each in some if _is_called(each.name, words)}
    if kind == "title":
        ids = [each.id for each in some]
        left, most = copies_to_give(ids, store.today().isoformat()), most_left(store, ids)
        why = _why(some, words)
        return [replace(each, left=left.get(each.id), most=most.get(each.id),
                        detail="" if each.id in plain else why.get(each.id, each.detail)) for each in some]  # fmt: skip
    if kind == "person":
        tastes = first_tastes(plain)
        return [replace(each, detail=tastes.get(each.id, each.detail)) for each in some]
    if kind == "campaign":
        goals = {each.id: goals_of(store, each.id) for each in some}
        return [replace(each, goal=next(iter(goals[each.id]), None)) for each in some]
    return some


def _why(some: Sequence[Found], words: Sequence[str]) -> dict[int, str]:
    """What has the words, of titles that are not called so."""
    columns = (Item.id, Item.author, Item.subtitle, Item.series, Item.imprint)
    rows = Item.select(*columns).where(Item.id.in_([each.id for each in some])).tuples()
    return {
        row_id: next((text for text in told if any(word in fold(text) for word in words)), told[0])
        for row_id, *told in rows
    }


def _rank(name: str, words: Sequence[str]) -> tuple[int, int]:
    typed = " ".join(words)
    if name.startswith(typed) or name.removeprefix("the ").startswith(typed):
        return 0, len(name)
    whole = set(name.split())
    return (1 if set(words) <= whole else 2), len(name)


def _titles(store: Store, words: Sequence[str]) -> list[Found]:
    return _title_rows(Item.id.in_(store.found_in("item", words)))


def _title_rows(which: Any) -> list[Found]:
    query = Item.select(Item.id, Item.title, Item.author, Item.kind).where(which)
    rows = query.order_by(Item.pub_date.desc(), Item.id).limit(_LOOKED_AT).tuples()
    return [Found("title", row[0], row[1], row[2], is_book=row[3] == "book") for row in rows]


def _people(store: Store, words: Sequence[str]) -> list[Found]:
    return _person_rows(Person.id.in_(among(store.first_found(words, _LOOKED_AT))))


def _person_rows(which: Any) -> list[Found]:
    rows = list(Person.select(Person.id, Person.name, Person.organisation, Person.role).where(which).tuples())
    accounts = {
        row[0]: (row[1], row[2])
        for row in Account.select(Account.person, Account.platform, Account.handle)
        .where(Account.person.in_(among(row[0] for row in rows)))
        .order_by(-Account.id)
        .tuples()
    }
    found = []
    for row_id, name, organisation, role in rows:
        platform, handle = accounts.get(row_id, (OFF_SOCIAL, ""))
        found.append(
            Found("person", row_id, name, shown_handle(platform, handle) or organisation, platform=platform, role=role)
        )
    return found


def _views(_store: Store, words: Sequence[str]) -> list[Found]:
    return [Found("view", each.id, each.name, each.view.place) for each in saved_views()
            if _is_called(each.name, words)]  # fmt: skip


def _campaigns(_store: Store, words: Sequence[str]) -> list[Found]:
    return _campaign_rows(_called(Campaign.name_key, words))


def _campaign_rows(which: Any) -> list[Found]:
    query = Campaign.select(Campaign.id, Campaign.name).where(which)
    return [Found("campaign", *row) for row in query.order_by(-Campaign.id).limit(_LOOKED_AT).tuples()]


def _clubs(_store: Store, words: Sequence[str]) -> list[Found]:
    return _club_rows(_called(Club.name_key, words))


def _club_rows(which: Any) -> list[Found]:
    query = Club.select(Club.id, Club.name, Person.name).left_outer_join(Person).where(which)
    return [Found("club", row[0], row[1], row[2] or "") for row in query.order_by(-Club.id).limit(_LOOKED_AT).tuples()]


def _called(name_key: Any, words: Sequence[str]) -> Any:
    return reduce(and_, (name_key.contains(word) for word in words))


def _posts(store: Store, words: Sequence[str]) -> list[Found]:
    return _post_rows(Post.id.in_(store.found_in("post", words)), words[0])


def _post_rows(which: Any, word: str) -> list[Found]:
    query = Post.select(Post.id, Post.text, Person.name, Post.posted_on).left_outer_join(Person).where(which)
    rows = query.order_by(Post.posted_on.desc(), Post.id.desc()).limit(_OFFERED).tuples()
    return [Found("post", row[0], _excerpt(row[1], word), row[2] or "", day=row[3]) for row in rows]


def _letters(store: Store, words: Sequence[str]) -> list[Found]:
    query = Letter.select(Letter.item, Letter.subject, Letter.to_name, Letter.drafted_at)
    query = query.where(Letter.id.in_(store.found_in("letter", words)))
    rows = query.order_by(Letter.drafted_at.desc(), Letter.id.desc()).limit(_OFFERED).tuples()
    return [Found("letter", row[0] or -1, row[1], row[2], day=row[3][:10]) for row in rows]


def _notes(store: Store, words: Sequence[str]) -> list[Found]:
    query = Person.select(Person.id, Person.notes, Person.how_known, Person.name)
    query = query.where(Person.id.in_(store.found_in("note", words)))
    rows = query.order_by(Person.sort_name, Person.id).limit(_OFFERED).tuples()
    return [Found("note", row[0], _excerpt(f"{row[1]} {row[2]}".strip(), words[0]), row[3]) for row in rows]


def _excerpt(text: str, word: str) -> str:
    """The piece of a text around a word."""
    flat = " ".join(text.split())
    at = max(0, fold(flat).find(word) - _EXCERPT // 3)
    start = flat.rfind(" ", 0, at) + 1 if at else 0
    piece = flat[start : start + _EXCERPT]
    return f"{'… ' if start else ''}{piece}{'…' if start + _EXCERPT < len(flat) else ''}"
