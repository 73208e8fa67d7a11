"""Small worlds of readers and books, for tests and the benchmark of the match."""

import csv
from pathlib import Path

import numpy as np

from outreach.services.matching.model.engine import Engine, build
from outreach.services.matching.model.events import Events
from outreach.services.matching.model.library import Books, Library, Lists


def library(rng: np.random.Generator, books: int, genres: int = 40, words: int = 150, authors: int = 60) -> Library:
    """Books of some genres, with keywords, authors, years."""
    weights = rng.random((books, genres)) * (rng.random((books, genres)) < 0.1)
    weights[:, 0] += 0.1
    # A word stands once in a book: runs of words from a random one on.
    keywords = Lists.of(((rng.integers(0, words, (books, 1)) + 7 * np.arange(12)) % words).tolist())
    comps = Lists.of([[int(rng.integers(0, books))] if number % 5 == 0 else [] for number in range(books)])
    given = Books(
        (weights / weights.max(1, keepdims=True)).astype(np.float32),
        rng.integers(-1, authors, books).astype(np.int32),
        rng.integers(-1, authors, books).astype(np.int32),
        rng.integers(1950, 2026, books).astype(np.int32),
        keywords,
        comps,
    )
    return Library(given, 2026)


def engine(rng: np.random.Generator, people: int = 60, books: int = 120, events: int = 600) -> Engine:
    """Readers who read at random; some name what they like."""
    shelf = library(rng, books)
    read = Events.of_stars(
        rng.integers(0, people, events).astype(np.int32),
        rng.integers(0, books, events).astype(np.int32),
        rng.integers(0, 6, events).astype(np.int32),
        shelf.age,
    )
    stated = ((rng.random((people, 40)) < 0.05) * rng.random((people, 40))).astype(np.float32)
    return build(shelf, read, people, stated)


def study_files(folder: Path) -> dict[str, Path]:
    """Two tastes, and a new book of each: readers of sea tales, and of cook books."""
    tables = {
        "books": [
            (
                "book_id",
                "title",
                "author",
                "authors",
                "series",
                "year",
                "language",
                "genres",
                "main_genres",
                "keywords",
                "comps",
                "is_new",
            )
        ],
        "users": [("user_id", "kind", "stated")],
        "events": [("user_id", "book_id", "rating", "ord")],
        "pairs": [("book_id", "user_id")],
    }
    for number in range(20):
        kind, word = ("SEA", "waves") if number % 2 else ("COO", "bread")
        is_new = number >= 18
        tables["books"].append(
            (
                number,
                f"Book {number}",
                f"Author {number % 6}",
                "",
                "",
                2010,
                "eng",
                f"{kind}:1.00;LIT:0.30",
                kind,
                word,
                "",
                int(is_new),
            )
        )
    for person in range(12):
        tables["users"].append((person, "deep", "SEA" if person % 2 else "COO"))
        for place, book in enumerate(range(person % 2, 18, 2)):
            tables["events"].append((person, book, 5 if place % 3 else 3, place))
        tables["pairs"] += [(18, person), (19, person)]
    found = {}
    for name, rows in tables.items():
        found[name] = folder / f"{name}.csv"
        with found[name].open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return found
