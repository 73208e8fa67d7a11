"""The arithmetic of the match: both ways the same, one row a person, and nothing read that was not given."""

import builtins
import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.services.matching.model import constants as c
from outreach.services.matching.model.change import Reading, add_reading, has_room, put_person
from outreach.services.matching.model.engine import Engine
from outreach.services.matching.model.events import DISLIKED, LIKED
from outreach.services.matching.model.shelf import choose, offer
from tests.services.matching.making import engine, study_files


@pytest.fixture(scope="module")
def made() -> Engine:
    return engine(np.random.default_rng(3))


def record_of(made: Engine, person: int) -> list[Reading]:
    at = made.orders.of_person(person)
    book = made.orders.book(at)
    return [
        Reading(int(each), int(take), float(weight), int(made.library.age[each]))
        for each, take, weight in zip(book, made.orders.take(at), made.orders.weight[at], strict=True)
    ]


def test_who_for_a_book_and_which_book_for_someone_are_the_same_evidence(made: Engine) -> None:
    books = list(range(0, 120, 7))
    shelf = offer(made, books)
    for person in (0, 13, 59):
        choice = choose(made, shelf, person)
        for at, book in enumerate(books):
            if not choice.known[at]:
                assert choice.total[at] == pytest.approx(made.terms(book).total[person], abs=1e-4)


def test_the_terms_add_up(made: Engine) -> None:
    found = made.terms(5)
    level = found.level * made.people.read / (made.people.read + c.LEVEL_FROM)
    assert sum(found.by_name.values()) - level == pytest.approx(found.total, abs=1e-5)
    assert set(found.by_name) == set(c.WEIGHTS)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), person=st.integers(0, 59), book=st.integers(0, 119))
def test_one_new_event_changes_one_row_as_building_anew_would(seed: int, person: int, book: int) -> None:
    rng = np.random.default_rng(seed)
    made = engine(rng, events=300)
    before = made.terms(book)
    record = record_of(made, person)
    # Taking out what there is and putting it back is no change; adding one event later is the same as having had it.
    put_person(made, person, [*record, Reading(7, LIKED, 1.0, 2)])
    whole = made.terms(book).total.copy()
    put_person(made, person, record)
    add_reading(made, person, Reading(7, LIKED, 1.0, 2))
    assert made.terms(book).total == pytest.approx(whole, abs=1e-4)
    others = np.arange(60) != person
    for name in ("genre", "author", "era", "age", "like", "series"):
        assert made.terms(book).by_name[name][others] == pytest.approx(before.by_name[name][others], abs=1e-5)


def test_there_is_room_for_some_thousand_events(made: Engine) -> None:
    assert has_room(made, 4000)
    assert not has_room(made, 5000)


def test_of_whom_nothing_is_known_nothing_is_said(made: Engine) -> None:
    fresh = engine(np.random.default_rng(4))
    put_person(fresh, 0, [])
    for book in range(10):
        assert fresh.terms(book).total[0] == pytest.approx(0.0, abs=1e-6)


def test_a_liked_author_speaks_for_and_a_disliked_one_against() -> None:
    made = engine(np.random.default_rng(5))
    author = made.library.books.author
    book = int(np.flatnonzero(author >= 0)[0])
    by_her = [int(each) for each in np.flatnonzero(author == author[book]) if each != book]
    if not by_her:
        pytest.fail("the seed has no author of two books")
    put_person(made, 0, [Reading(by_her[0], LIKED)])
    put_person(made, 1, [Reading(by_her[0], DISLIKED)])
    term = made.terms(book).by_name["author"]
    assert term[0] == pytest.approx(c.WEIGHTS["author"] * np.log(1 + c.AUTHOR_STEEPNESS), rel=1e-5)
    assert term[1] < 0


@pytest.mark.parametrize("variant", ["full", "n20", "n10", "n5", "stated", "n5stated"])
@pytest.mark.parametrize("ticks", [False, True])
def test_scores_of_a_study(tmp_path: Path, cli: Callable[..., Any], variant: str, ticks: bool) -> None:
    files, out = study_files(tmp_path), tmp_path / "scores.csv"
    more = ("--ticks",) if ticks else ()
    ran = cli(
        "match-scores",
        files["books"],
        files["events"],
        files["users"],
        files["pairs"],
        out,
        "--variant",
        variant,
        *more,
    )
    assert ran.code == 0, ran.err
    with out.open(encoding="utf-8") as file:
        scores = {(row["book_id"], int(row["user_id"])): float(row["score"]) for row in csv.DictReader(file)}
    assert len(scores) == 24
    for book, theirs in (("18", 0), ("19", 1)):
        liked = [value for (each, person), value in scores.items() if each == book and person % 2 == theirs]
        others = [value for (each, person), value in scores.items() if each == book and person % 2 != theirs]
        assert min(liked) > max(others)


def test_only_what_is_given_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers of a study may lie beside its files, and are never opened."""
    from outreach.services.matching.model.study import StudyFiles, open_study, score_study

    files, out = study_files(tmp_path), tmp_path / "scores.csv"
    with gzip.open(tmp_path / "candidates.csv.gz", "wt") as file:
        file.write("task,book_id,user_id,label,rating\n")
    opened: list[str] = []
    real = io.open

    def watched(name: Any, *arguments: Any, **named: Any) -> Any:
        opened.append(str(name))
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "open", watched)
    monkeypatch.setattr(io, "open", watched)
    given_files = StudyFiles(files["books"], files["events"], files["users"], files["pairs"])
    score_study(open_study(given_files), given_files, out)
    ours = {Path(name).name for name in opened if name.startswith(str(tmp_path))}
    assert ours == {"books.csv", "events.csv", "users.csv", "pairs.csv", "scores.csv"}


@pytest.mark.parametrize("broken", ["missing", "column", "binary", "pair"])
def test_a_study_that_cannot_be_read_is_one_sentence(tmp_path: Path, cli: Callable[..., Any], broken: str) -> None:
    files, out = study_files(tmp_path), tmp_path / "scores.csv"
    if broken == "missing":
        files["events"].unlink()
    elif broken == "column":
        files["users"].write_text("user_id\n1\n", encoding="utf-8")
    elif broken == "binary":
        files["books"].write_bytes(b"\xff\xfe\x00\x01" * 50)
    else:
        files["pairs"].write_text("book_id,user_id\n18,999\n", encoding="utf-8")
    ran = cli("match-scores", files["books"], files["events"], files["users"], files["pairs"], out)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
