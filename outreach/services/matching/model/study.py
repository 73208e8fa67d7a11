"""The engine on files of readers and books, as a study keeps them, so that a scorer can judge it.

The files are ``books.csv``, ``events.csv``, ``users.csv`` and ``pairs.csv``, plain or gzipped; nothing else is opened.
"""

import csv
import gzip
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from outreach.errors import KnownError
from outreach.services.matching.model import constants as c
from outreach.services.matching.model.engine import Engine, build
from outreach.services.matching.model.events import Events
from outreach.services.matching.model.library import Books, Floats, Library, Lists

#: How many events of each person are seen, and whether what she states is.
VARIANTS = {
    "full": (10**9, False), "n20": (20, False), "n10": (10, False), "n5": (5, False), "stated": (0, True),
    "n5stated": (5, True),
}  # fmt: skip
#: The year in which the study's readers read.
_YEAR = 2017


@dataclass(frozen=True, slots=True)
class StudyFiles:
    """Which files to read."""

    books: Path
    events: Path
    users: Path
    pairs: Path


@dataclass(frozen=True, slots=True)
class Study:
    """The engine over a study's readers, and what its numbers stand for."""

    engine: Engine
    books: dict[str, int]
    people: dict[str, int]


def open_study(files: StudyFiles, variant: str = "full", *, ticks: bool = False) -> Study:
    """Read a study's books and readers.

    Args:
        files: Where they are.
        variant: One of `VARIANTS`.
        ticks: Only what a publisher tells before publication: genres without weights, no keywords.

    Raises:
        KnownError: ``match.study_file`` when a file cannot be read or lacks a column.
    """
    most, says = VARIANTS[variant]
    rows = list(_rows(files.books, "book_id", "author", "series", "year", "genres", "main_genres", "keywords", "comps"))
    number = {row["book_id"]: at for at, row in enumerate(rows)}
    codes = sorted({part.partition(":")[0] for row in rows for part in row["genres"].split(";") if part})
    genre = {code: at for at, code in enumerate(codes)}
    library = Library(_books(rows, number, genre, ticks=ticks), _YEAR)
    people: dict[str, int] = {}
    stated: list[list[str]] = []
    for row in _rows(files.users, "user_id", "stated"):
        people[row["user_id"]] = len(people)
        stated.append([code for code in row["stated"].split(";") if code in genre])
    seen = [
        (people[row["user_id"]], number[row["book_id"]], int(row["rating"]))
        for row in _rows(files.events, "user_id", "book_id", "rating", "ord")
        if int(row["ord"]) < most and row["user_id"] in people and row["book_id"] in number
    ]
    triples = np.array(seen, np.int32).reshape(-1, 3)
    events = Events.of_stars(triples[:, 0], triples[:, 1], triples[:, 2], library.age)
    return Study(build(library, events, len(people), _stated(stated, genre) if says else None), number, people)


def score_study(study: Study, files: StudyFiles, out: Path) -> int:
    """Write a score for every pair that is asked for; how many there were.

    Raises:
        KnownError: ``match.study_file``.
    """
    pairs: dict[str, list[str]] = {}
    for row in _rows(files.pairs, "book_id", "user_id"):
        pairs.setdefault(row["book_id"], []).append(row["user_id"])
    count = 0
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("book_id", "user_id", "score"))
            for book, people in pairs.items():
                total = study.engine.terms(study.books[book]).total
                writer.writerows((book, each, f"{total[study.people[each]]:.5f}") for each in people)
                count += len(people)
    except OSError as error:
        raise KnownError("match.study_file", file=str(out), why=error.strerror or str(error)) from error
    except KeyError as error:
        raise KnownError("match.study_file", file=str(files.pairs), why=str(error.args[0])) from error
    return count


def _books(rows: list[dict[str, str]], number: dict[str, int], genre: dict[str, int], *, ticks: bool) -> Books:
    weights = np.zeros((len(rows), len(genre)), np.float32)
    for at, row in enumerate(rows):
        for part in row["main_genres" if ticks else "genres"].split(";"):
            code, _, weight = part.partition(":")
            if code:
                weights[at, genre[code]] = float(weight or 1)
    words = [[] if ticks else [word for word in row["keywords"].split(";") if word] for row in rows]
    comps = [[number[each] for each in row["comps"].split(";") if each in number] for row in rows]
    year = [min(max(int(row["year"] or 2005), 1850), _YEAR) for row in rows]
    return Books(
        weights, _numbered([row["author"] for row in rows]), _numbered([row["series"] for row in rows]),
        np.array(year, np.int32), _numbered_lists(words), Lists.of(comps),
    )  # fmt: skip


def _numbered(names: list[str]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """A number a name, -1 for no name."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(name.strip().casefold(), len(known)) if name.strip() else -1 for name in names],
                    np.int32)  # fmt: skip


def _numbered_lists(rows: list[list[str]]) -> Lists:
    known: dict[str, int] = {}
    return Lists.of([[known.setdefault(word, len(known)) for word in row] for row in rows])


def _stated(stated: list[list[str]], genre: dict[str, int]) -> Floats:
    found = np.zeros((len(stated), len(genre)), np.float32)
    for at, codes in enumerate(stated):
        for place, code in enumerate(codes):
            found[at, genre[code]] = 1 - c.STATED_STEP * place
    return found


def _rows(path: Path, *needed: str) -> Iterator[dict[str, str]]:
    """The rows of a file, plain or gzipped."""
    try:
        with _opened(path) as file:
            reader = csv.DictReader(file)
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise KnownError("match.study_file", file=str(path), why=", ".join(missing))
            yield from reader
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise KnownError("match.study_file", file=str(path), why=str(error)) from error


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def times(score: float) -> float:
    """How many times as likely as the average reader, never more than ten."""
    return min(math.exp(score), 10.0)
