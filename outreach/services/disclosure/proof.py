"""The proof that a house said how a gift is told of, and looked: by post the letter that said so, and each check."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from outreach.services.disclosure.checks import CheckRow, disclosures
from outreach.services.letters.language import language, languages
from outreach.store.models import Item, Letter, LetterTemplate, Person, Post

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ProofRow:
    """What can be shown of one post.

    Attributes:
        received: What she had of us, as words of ``received``.
        told_on: The ISO day on which a letter of ours left that said how a gift is told of; empty where none did.
        told_by: That letter's template and its version.
        told_words: The sentence of it.
        why: How the post stands, as a word of ``disclosure``.
        checks: What was seen, the newest first.
    """

    post_id: int
    posted_on: str
    person: str
    country: str
    title: str
    url: str
    platform: str
    received: tuple[str, ...]
    told_on: str
    told_by: str
    told_words: str
    needs: str
    why: str
    checks: tuple[CheckRow, ...]


def proof(*, since: str = "", item_id: int | None = None) -> list[ProofRow]:
    """What can be shown of all posts of which something was to be told, by their days."""
    query = Post.select(Post.id).order_by(Post.posted_on, Post.id)
    if since:
        query = query.where(Post.posted_on >= since)
    if item_id is not None:
        query = query.where(Post.item == item_id)
    ids = [row for (row,) in query.tuples()]
    found: list[ProofRow] = []
    for start in range(0, len(ids), _CHUNK):
        found += _rows(ids[start : start + _CHUNK])
    return found


def _rows(posts: Sequence[int]) -> list[ProofRow]:
    known = disclosures(posts)
    query = Post.select(Post, Person, Item).left_outer_join(Person).switch(Post).left_outer_join(Item)
    rows = {row.id: row for row in query.where(Post.id.in_(list(posts)))}
    told = _told([row for row in rows.values() if row.person_id])
    found = []
    for post in posts:
        row, state = rows[post], known[post]
        if state.verdict.needs == "nothing" and not state.checks:
            continue
        letter, words = told.get(post, (None, ""))
        received = (*((state.received.deal,) if state.received.deal else ()), *state.received.benefits)
        found.append(ProofRow(
            post, row.posted_on, row.person.name if row.person_id else "", state.country,
            row.item.title if row.item_id else "", row.url or "", row.platform,
            (*received, *(("control",) if state.received.had_control else ()),
             *(("insider",) if state.received.is_insider else ())),
            (letter.sent_at or "")[:10] if letter else "",
            f"{letter.template.name} {letter.template.version}" if letter and letter.template_id else "",
            words, state.verdict.needs.value, state.verdict.why, state.checks,
        ))  # fmt: skip
    return found


def _told(posts: Sequence[Post]) -> dict[int, tuple[Letter, str]]:
    """By post the first letter that left before it, and said how a gift is told of, with its words."""
    people = list({post.person_id for post in posts})
    query = Letter.select(Letter, LetterTemplate).left_outer_join(LetterTemplate)
    query = query.where(Letter.person.in_(people) & Letter.sent_at.is_null(False)).order_by(Letter.sent_at, Letter.id)
    letters: dict[tuple[int, int | None], list[tuple[Letter, str]]] = {}
    for letter in query:
        words = said_in(letter.body)
        if words:
            letters.setdefault((letter.person_id, letter.item_id), []).append((letter, words))
    found = {}
    for post in posts:
        before = [each for each in letters.get((post.person_id, post.item_id), ())
                  if str(each[0].sent_at)[:10] <= post.posted_on]  # fmt: skip
        if before:
            found[post.id] = before[0]
    return found


def said_in(body: str) -> str:
    """The sentence of a letter that says how a gift is told of, empty where there is none."""
    flat = " ".join(body.replace("\\", " ").split())
    for pattern in _patterns():
        match = pattern.search(flat)
        if match:
            return match[0]
    return ""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What letters say of a gift, in every language and with any house's name in it."""
    lines = [line for each in languages() for line in language(each).disclosure_lines()]
    parts = ([re.escape(part) for part in " ".join(line.split()).split("{organisation}")] for line in lines)
    return tuple(re.compile(".{1,80}?".join(each)) for each in sorted(parts, key=lambda each: -len("".join(each))))
