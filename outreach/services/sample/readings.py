"""What people of the sample have read elsewhere and how they liked it, and what their review policies say."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from outreach.fields.text import fold
from outreach.paths import resource
from outreach.services.catalogue.genres import load_genres
from outreach.services.policies.card import card_of_proposals
from outreach.services.policies.reading import read_policy
from outreach.services.sample.values import SamplePerson, SamplePolicy

#: So many people of a sample have a record of their reading: all who are written by hand, and some of the others.
_WRITTEN, _MOST_PEOPLE, _SHARE = 30, 1500, 0.45
_GENRES, _LEAST, _MOST = 3, 2, 12
_DAYS = 1300


def readings_of(place: int, person: SamplePerson, today: date) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """The reading of the person at a place of the sample: the columns of each book, and those of its genre.

    It has a chance of its own, so that whatever else is in a sample does not depend on it.
    """
    rng = Random(place)  # noqa: S311 - a sample needs chance that can be repeated
    if place >= _MOST_PEOPLE or (place >= _WRITTEN and rng.random() > _SHARE):
        return
    liked_genres = [each for each in person.tastes if (each.side, each.polarity, each.kind) == ("own", "like", "genre")]
    seen: set[str] = set()
    for taste in liked_genres[:_GENRES]:
        for _ in range(rng.randint(_LEAST, max(_LEAST + 1, round(_MOST * taste.strength)))):
            title = f"{rng.choice(_words()['firsts'])} {rng.choice(_words()['seconds'])}"
            author = rng.choice(_words()["authors"])
            if title in seen:
                continue
            seen.add(title)
            columns: dict[str, Any] = {
                "title": title,
                "title_key": fold(title),
                "author": author,
                "author_key": fold(author),
            }
            columns |= _said(rng, taste.strength)
            columns |= {
                "read_on": (today - timedelta(days=rng.randrange(20, _DAYS))).isoformat(),
                "published": today.year - rng.choice((0, 0, 1, 1, 2, 3, 5, 8, 15, 40)),
                "source": "goodreads" if rng.random() < 0.7 else "storygraph",
            }
            name = load_genres().name(taste.subject)
            yield columns, {"kind": "genre", "subject": name, "key": taste.subject}


def policy_rows(policy: SamplePolicy) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The columns of somebody's review policy, and those of the rules that are read in it."""
    card = card_of_proposals(read_policy(policy.text), policy.text)
    columns = {
        "is_open": int(policy.is_open), "open_phrase": card.open_phrase, "genres_only": int(card.genres_only),
        "turnaround_weeks": card.weeks, "turnaround_phrase": card.weeks_phrase, "text": policy.text,
    }  # fmt: skip
    rules = [
        {"kind": rule.kind, "key": rule.key, "allows": int(rule.allows), "phrase": rule.phrase} for rule in card.rules
    ]
    return columns, rules


def _said(rng: Random, strength: float) -> dict[str, Any]:
    """Whether a book was liked, and how that is known."""
    is_liked = rng.random() < 0.35 + 0.55 * strength
    if not is_liked and rng.random() < 0.15:
        return {"status": "dnf", "rating": None, "liked": 0}
    if rng.random() < 0.08:
        return {"status": "read", "rating": None, "liked": None}
    stars = rng.choice((4.0, 4.5, 5.0)) if is_liked else rng.choice((2.0, 2.5, 3.0))
    return {"status": "read", "rating": stars, "liked": None}


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(resource("sample", "readings.toml").read_text(encoding="utf-8"))
    return found
