"""The match, against the formulas of the study's reference in the same run.

Seconds are those of the processor, one thread. Run: python -m tests.benchmarks.bench_match REFERENCE [--people N] [--million]
[--first WORKSPACE], which times the first match after a start in a large workspace, without what is kept beside it and with.

REFERENCE is the study's ``reference.py``; both are given the same books, people and events. Gate: the reference's own
terms come out the same from our arrays (genre, author, era).
"""

import argparse
import importlib.util
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

from outreach.services.matching.model import constants as c  # noqa: E402
from outreach.services.matching.model.change import Reading, add_reading  # noqa: E402
from outreach.services.matching.model.engine import Engine, build  # noqa: E402
from outreach.services.matching.model.events import Events  # noqa: E402
from outreach.services.matching.model.library import Books, Library, Lists  # noqa: E402
from outreach.services.matching.model.shelf import choose, offer  # noqa: E402

BOOKS, WORDS, AUTHORS, EVENTS_EACH, YEAR = 10_000, 1500, 4000, 15, 2017


class World:
    """Books and readers at random, as the reference's own timing makes them."""

    def __init__(self, people: int) -> None:
        rng = np.random.default_rng(0)
        events = people * EVENTS_EACH
        self.people = people
        self.genres = rng.random((BOOKS, 40)) * (rng.random((BOOKS, 40)) < 0.1)
        self.genres[:, 0] += 0.1
        self.words = [rng.integers(0, WORDS, 12) for _ in range(BOOKS)]
        self.author, self.year = rng.integers(0, AUTHORS, BOOKS), rng.integers(1950, YEAR, BOOKS)
        self.person, self.book = rng.integers(0, people, events), rng.integers(0, BOOKS, events)
        self.stars = rng.integers(1, 6, events)

    def ours(self) -> Engine:
        """Our engine."""
        given = Books(
            self.genres.astype(np.float32),
            self.author.astype(np.int32),
            np.full(BOOKS, -1, np.int32),
            self.year.astype(np.int32),
            Lists.of([each.tolist() for each in self.words]),
            Lists.of([[]] * BOOKS),
        )
        library = Library(given, YEAR)
        events = Events.of_stars(self.person.astype(np.int32), self.book.astype(np.int32), self.stars, library.age)
        return build(library, events, self.people)

    def theirs(self, reference: ModuleType) -> Any:
        """The reference."""
        words = [(each, np.full(12, 0.28)) for each in self.words]
        return reference.Matcher(
            self.genres, self.author, self.year, words, [[]] * BOOKS, self.people, self.person, self.book, self.stars
        )


def seconds(work: Callable[[], object]) -> float:
    """The processor's, as others may use the machine too."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turns(ours: Callable[[int], object], theirs: Callable[[int], object], times: int = 15) -> tuple[float, float]:
    """The medians of both, taken pair by pair."""
    pairs = [(seconds(lambda n=n: ours(n)), seconds(lambda n=n: theirs(n))) for n in range(times)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def grown_mb() -> float:
    """The most this process has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def gate(world: World, engine: Engine, matcher: Any) -> None:
    """The terms that both have are the same, for all who have not read the book itself: new ones nobody has."""
    weights = {"genre": 0.8, "author": 0.5, "era": 0.5}
    for book in (0, 17, 4711):
        _, theirs = matcher.score(book, True)
        new = np.ones(world.people, bool)
        new[world.person[world.book == book]] = False
        ours = engine.terms(book).by_name
        for name, weight in weights.items():
            scale = ours[name] / c.WEIGHTS[name] / (engine.people.leaning if name == "genre" else 1)
            assert np.allclose(scale[new], theirs[name][new] / weight, atol=5e-3), name
    print("gate: genre, author, era are the reference's")


def line(what: str, ours: float, theirs: float | None, unit: str, target: str) -> None:
    other = f"{theirs:9.2f} {unit}  ratio {ours / theirs:.2f}" if theirs else " " * 24
    print(f"{what:58} {ours:9.2f} {unit} {other}  target {target}")


def measure(people: int, reference: ModuleType | None) -> None:
    world = World(people)
    before = grown_mb()
    made: list[Engine] = []
    built = seconds(lambda: made.append(world.ours()))
    engine, memory = made[0], grown_mb() - before
    line(f"build, {people:,} people, {people * EVENTS_EACH:,} events", built, None, "s ", "3 s at 100,000")
    line("memory it grew by", memory, None, "MB", "250 MB at 100,000")
    engine.terms(0)
    if reference is not None:
        theirs: list[Any] = []
        line("the reference's build", seconds(lambda: theirs.append(world.theirs(reference))), None, "s ", "-")
        gate(world, engine, theirs[0])
        theirs[0].score(0)
        one, other = in_turns(engine.terms, theirs[0].score)
        line("one item for all", 1000 * one, 1000 * other, "ms", "15 ms, ratio 1.5")
    else:
        line(
            "one item for all",
            1000 * statistics.median(seconds(lambda n=n: engine.terms(n)) for n in range(9)),
            None,
            "ms",
            "-",
        )
    added = [seconds(lambda n=n: add_reading(engine, n, Reading(n, 0, 1.0, 2))) for n in range(200)]
    line("one new event", 1000 * statistics.median(added), None, "ms", "1 ms")
    if reference is not None:
        shelves: list[Any] = []
        few = 200
        prepared = seconds(lambda: shelves.append(offer(engine, list(range(few)))))
        line("items prepared for looking the other way, each", 1000 * prepared / few, None, "ms", "-")
        wide = widened(shelves[0], 2000)
        person = [seconds(lambda n=n: choose(engine, wide, n)) for n in range(30)]
        line("2,000 items for one person, prepared", 1000 * statistics.median(person), None, "ms", "50 ms")


def widened(shelf: Any, size: int) -> Any:
    """The same items again and again, up to so many: what one person costs does not depend on which they are."""
    from outreach.services.matching.model.shelf import Shelf, Tie

    times = size // len(shelf.books)

    def again(tie: Tie) -> Tie:
        rows, worth = [], []
        for book in range(len(tie.lists.starts) - 1):
            span = slice(tie.lists.starts[book], tie.lists.starts[book + 1])
            rows.append([int(each) + turn * len(shelf.books) for turn in range(times) for each in tie.lists.ids[span]])
            worth.append(np.tile(tie.worth[span], times))
        return Tie(Lists.of(rows), np.concatenate(worth))

    def tiled(values: Any) -> Any:
        return np.tile(values, times)

    return Shelf(
        tiled(shelf.books),
        again(shelf.near),
        tiled(shelf.near_usual),
        again(shelf.shared),
        tiled(shelf.shared_usual),
        tiled(shelf.level),
    )


def first_match(folder: Path) -> None:
    """What a match costs in a process of its own: when all is built, and when what is kept is used."""
    from outreach.services.matching.apart import match_apart
    from outreach.services.pages.match import first_title
    from outreach.store import caches, workspace
    from outreach.store.workspace import Opening

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    caches.clear(folder)
    with workspace.reading(folder, Opening()) as store:
        item, seen = first_title(store), []
        for _ in range(4):
            start = spent()
            found = match_apart(store, item)
            seen.append((spent() - start, found))
        assert all(found == seen[0][1] for _, found in seen), "what is kept says what was built"
        line("first match after a start, kept / built", min(each for each, _ in seen[1:]), seen[0][0], "s ", "-")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--million", action="store_true", help="also 1,000,000 people, without the reference")
    parser.add_argument(
        "--first", type=Path, metavar="WORKSPACE", help="also the first match of this one, without and with"
    )
    asked = parser.parse_args()
    spec = importlib.util.spec_from_file_location("reference", asked.reference)
    if spec is None or spec.loader is None:
        sys.exit(f"{asked.reference} is no module")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    measure(asked.people, reference)
    if asked.million:
        measure(1_000_000, None)
    if asked.first:
        first_match(asked.first)


if __name__ == "__main__":
    main()
