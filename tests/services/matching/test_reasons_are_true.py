"""What a match says is so: each number and each row is looked up again in the tables, by other queries."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from outreach.jobs import Job
from outreach.services.catalogue.genres import load_genres
from outreach.services.matching import Fit, Reason
from outreach.services.matching.ranking import Board, board, match_item
from outreach.services.sample.fill import fill
from outreach.services.tastes.fading import taste_rules
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Item
from outreach.store.workspace import Opening
from tests.conftest import NOW

PAIRS = 500


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place: Path = tmp_path_factory.mktemp("match") / "workspace"
    opening = Opening(clock=lambda: NOW, by="HO")
    new_workspace(place, opening)
    with workspace.writing(place, opening) as store:
        fill(store, people=400, seed=7, job=Job())
        yield store


def value(store: Store, query: str, *facts: Any) -> Any:
    return store.db.execute_sql(query, facts).fetchone()[0]


GENRE_READ = """
WITH read AS (
    SELECT g.item_id AS item, max(o.kind <> 'did_not_finish') AS liked FROM outcome o JOIN gift g ON g.id = o.gift_id
    WHERE o.person_id = ?1 AND o.kind IN ('finished', 'posted', 'club_started', 'met_author', 'did_not_finish') GROUP BY 1
    UNION SELECT item_id, 1 FROM post WHERE person_id = ?1 AND item_id IS NOT NULL
)
"""


def named_genre(name: str) -> str:
    return next(code for code, genre in load_genres().by_code.items() if genre.name == name)


def check(store: Store, fit: Fit, reason: Reason) -> None:  # noqa: C901 - one case a reason
    """Re-derive what a reason says. Facts are looked up by SQL that the match does not use."""
    person, facts = fit.person_id, reason.facts
    for source in reason.evidence:
        table, _, row = source.partition(":")
        assert value(store, f"SELECT count(*) FROM {table} WHERE id = ?", int(row)) == 1, source
        whose = {
            "taste_evidence": "taste_note_id IN (SELECT id FROM taste_note WHERE person_id = ?)",
            "club": "host_id = ?",
        }.get(table, "person_id = ?")
        assert value(store, f"SELECT count(*) FROM {table} WHERE id = ? AND {whose}", int(row), person) == 1, source
    match reason.code:
        case "posted":
            free = "person_id = ? AND deal = 'gift' AND state IN ('delivered', 'closed_quiet')"
            assert facts["gifts"] == value(store, f"SELECT count(*) FROM gift WHERE {free}", person)
            posted = f"SELECT count(DISTINCT gift_id) FROM outcome WHERE kind = 'posted' AND gift_id IN (SELECT id FROM gift WHERE {free})"
            assert facts["posted"] == value(store, posted, person)
        case "unread":
            waiting = (
                "SELECT count(*) FROM gift WHERE person_id = ? AND state IN ('sent', 'delivered') "
                "AND NOT EXISTS (SELECT 1 FROM outcome WHERE gift_id = gift.id)"
            )
            assert facts["number"] == value(store, waiting, person)
        case "sold":
            assert facts["number"] == value(
                store, "SELECT count(*) FROM outcome WHERE person_id = ? AND kind = 'bought'", person
            )
        case "hosted_club":
            assert value(store, "SELECT count(*) FROM club WHERE host_id = ? AND gift_id IS NOT NULL", person)
        case "no_email":
            assert not value(store, "SELECT count(*) FROM email_address WHERE person_id = ?", person)
        case "no_address":
            assert not value(store, "SELECT count(*) FROM address WHERE person_id = ? AND is_current", person)
        case (
            "likes_genre"
            | "likes_genre_evidence"
            | "likes_genres"
            | "audience_genre"
            | "dislikes_genre"
            | "dislikes_audience"
        ):
            names = facts["genres"].split(", ") if reason.code == "likes_genres" else [facts["genre"]]
            side = "audience" if "audience" in reason.code else "own"
            way = "dislike" if "dislikes" in reason.code else "like"
            for name in names:
                assert value(
                    store,
                    "SELECT count(*) FROM taste_note WHERE person_id = ? AND side = ? AND polarity = ? "
                    "AND kind = 'genre' AND \"key\" = ?",
                    person,
                    side,
                    way,
                    named_genre(name),
                ), name
            if "evidence" in facts:
                assert value(
                    store,
                    "SELECT count(*) FROM taste_evidence WHERE text = ? AND taste_note_id IN "
                    "(SELECT id FROM taste_note WHERE person_id = ?)",
                    facts["evidence"],
                    person,
                )
        case "liked_of_genre" | "liked_none_of_genre" | "rarely_reads":
            items = genre_items(store, person, named_genre(facts["genre"]))
            assert facts["read"] == len(items)
            if reason.code == "liked_of_genre":
                assert facts["liked"] == sum(items.values())
        case "liked_of_author":
            rows = store.db.execute_sql(
                GENRE_READ + "SELECT item, max(liked) FROM read JOIN item ON item.id = item "
                "WHERE author = ?2 GROUP BY 1",
                (person, facts["author"]),
            ).fetchall()
            comps = value(store, "SELECT count(*) FROM taste_note WHERE person_id = ? AND kind = 'comp'", person)
            comps += value(
                store, "SELECT count(*) FROM reading WHERE person_id = ? AND author = ?", person, facts["author"]
            )
            assert len(rows) <= facts["read"] <= len(rows) + comps
            assert facts["liked"] <= facts["read"]
        case "liked_comp" | "liked_close" | "liked_shared":
            title = facts.get("title") or facts["titles"].split(", ")[0]
            read = value(
                store,
                GENRE_READ
                + "SELECT count(*) FROM read JOIN item i ON i.id = item WHERE i.title LIKE ?2 || '%' AND liked",
                person,
                title,
            )
            named = value(
                store,
                "SELECT count(*) FROM taste_note WHERE person_id = ? AND kind = 'comp' AND polarity = 'like' AND subject = ?",
                person,
                title,
            )
            own = any(each.startswith(title) and liked for each, _, _, liked in shelves(store, person))
            assert read or named or own, title
        case "reads_new" | "reads_classics":
            assert facts["size"] / 2 < facts["number"] <= facts["size"]
        case "audience_keyword":
            for word in facts["words"].split(", "):
                assert value(
                    store,
                    "SELECT count(*) FROM taste_note WHERE person_id = ? AND side = 'audience' AND lower(subject) = lower(?)",
                    person,
                    word,
                ), word
        case "likes_keyword":
            assert reason.evidence
        case "liked_author" | "disliked_author" | "likes_kin":
            assert reason.evidence
        case _:
            raise AssertionError(f"no check for {reason.code}")


def genre_items(store: Store, person: int, genre: str) -> dict[str, bool]:
    """By title what someone read in a genre, and whether she liked it; comps she named count, of the genres of their items."""
    ticked = "SELECT 1 FROM item_genre g WHERE g.item_id = {} AND g.genre = ?2 AND g.weight >= 0.25 * (SELECT max(weight) FROM item_genre WHERE item_id = {})"
    rows = store.db.execute_sql(
        GENRE_READ
        + f"SELECT i.title, max(liked) FROM read JOIN item i ON i.id = item WHERE EXISTS ({ticked.format('i.id', 'i.id')}) GROUP BY 1",
        (person, genre),
    ).fetchall()
    found = {title: bool(liked) for title, liked in rows}
    named = store.db.execute_sql(
        "SELECT subject, polarity, \"key\" FROM taste_note WHERE person_id = ? AND side = 'own' AND kind = 'comp'",
        (person,),
    ).fetchall()
    for subject, polarity, key in named:
        item = store.db.execute_sql("SELECT id FROM item WHERE title_key = ?", (key,)).fetchone()
        tags: dict[str, float] = {}
        where = "item_id = ?" if item else 'item_id IN (SELECT item_id FROM comp_title WHERE "key" = ?)'
        for code, weight in store.db.execute_sql(
            f"SELECT genre, weight FROM item_genre WHERE {where}", (item[0] if item else key,)
        ):
            tags[code] = max(tags.get(code, 0.0), weight)
        if tags.get(genre, 0.0) >= 0.25 * max(tags.values(), default=1.0):
            found.setdefault(subject, polarity == "like")
    for title, key, item, liked in shelves(store, person):
        tags = store.db.execute_sql(
            "SELECT genre, weight FROM item_genre WHERE item_id = ?" if item else
            "SELECT s.\"key\", 1.0 FROM reading_subject s JOIN reading r ON r.id = reading_id "
            "WHERE kind = 'genre' AND r.title_key || ' / ' || r.author_key = ?", (item or key,),
        ).fetchall()  # fmt: skip
        weights = dict(tags)
        if weights.get(genre, 0.0) >= 0.25 * max(weights.values(), default=1.0):
            found.setdefault(title, liked)
    return found


def shelves(store: Store, person: int) -> list[tuple[str, str, int | None, bool]]:
    """What stands on her own shelves as read or given up, and whether she liked it."""
    rows = store.db.execute_sql(
        "SELECT coalesce(item.title, reading.title), reading.title_key || ' / ' || reading.author_key, item_id, "
        "coalesce(rating >= ?2, liked = 1, status = 'read') FROM reading LEFT JOIN item ON item.id = item_id "
        "WHERE person_id = ?1 AND status IN ('read', 'dnf') ORDER BY reading.id",
        (person, taste_rules().liked_from),
    ).fetchall()
    return [(title, key, item, bool(liked)) for title, key, item, liked in rows]


def test_reasons_cautions_and_records_are_true(sample: Store) -> None:
    on: Board = board(sample)
    fits = [
        fit
        for (item,) in Item.select(Item.id).tuples()
        if on.known.books[on.known.of_item[item]].genres
        for fit in match_item(sample, item, on=on).fits
    ]
    pairs = Random(1).sample(fits, PAIRS)
    codes = set()
    for fit in pairs:
        assert len(fit.reasons) <= 3
        assert sum(fit.terms.values()) == pytest.approx(fit.score, abs=1e-4)
        assert 0 < fit.times <= 10
        for reason in (*fit.reasons, *fit.cautions):
            check(sample, fit, reason)
            codes.add(reason.code)
    assert len(codes) > 10, codes
