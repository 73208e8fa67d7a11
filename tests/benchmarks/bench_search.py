"""Searching people as one types, against LIKE on three columns, in the same run.

Run: python -m tests.benchmarks.bench_search [people], 100,000 where it is not said.

The gate, before any figure: nobody is found without every typed word, and everybody whom the slow way finds is found.
The slow way is LIKE, with the same meaning: a word begins so, or stands within a handle or an e-mail address.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from outreach.fields.text import fold
from outreach.services.pages.people import people_lines
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.search import people_sql, spaced
from outreach.store.workspace import Opening
from tests.benchmarks.measure import line

PEOPLE = 100_000
_SHOWN, _ROUNDS, _GATED = 50, 40, 24
_GIVEN = ["Maya", "Idris", "Juniper", "Gwen", "Tomasz", "Ottoline", "Saoirse", "Dev", "Rosa", "Kit", "Amara", "Marcus", "Beth", "Hiroko", "Nazlı", "José", "Zoë", "Ana", "Li", "Olga", "Pádraig", "Søren", "Łukasz", "Ines", "春樹", "小明", "지우", "Émile", "Thea", "Ruby"]  # fmt: skip
_FAMILY = ["Okonjo", "Farrow", "Hale", "Abara", "Wieland", "Brandt", "Finnegan", "Pillai", "Vinter", "Larkspur", "Diallo", "Leong", "Sandoval", "Tan", "Yıldız", "Müller", "Núñez", "Petit", "Kowalska", "Novák", "Ødegård", "Rossi", "Silva", "Kaya", "村上", "王", "김", "Beckwith", "Skelhorn", "Prunty"]  # fmt: skip
_DOING = [
    "reads",
    "books",
    "shelf",
    "pages",
    "night",
    "slow",
    "ink",
    "paper",
    "lit",
    "chapters",
    "stories",
    "novel",
    "quiet",
    "salty",
]


def fill(store: Store, people: int) -> None:
    """Write so many people with an e-mail address and an account each."""
    chance = random.Random(7)
    persons, emails, accounts = [], [], []
    for number in range(1, people + 1):
        given, family = chance.choice(_GIVEN), chance.choice(_FAMILY)
        name = f"{given} {family}{chance.choice(('', '', f' {chance.choice(_FAMILY)}'))}"
        handle = f"{fold(given)}{chance.choice(_DOING)}{chance.choice(('', '_', '.'))}{number}"
        persons.append((number, name, fold(name), fold(name), "2026-11-24", "2026-11-24"))
        emails.append((number, f"{fold(family)}.{number}@{chance.choice(_DOING)}house.example"))
        accounts.append((number, "instagram", handle, f"instagram:{handle}"))
    run = store.db.connection().executemany
    with store.db.atomic():
        run(
            "INSERT INTO person (id, name, name_key, sort_name, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
            persons,
        )
        run('INSERT INTO email_address (person_id, address, "key") VALUES (?, ?2, ?2)', emails)
        run('INSERT INTO account (person_id, platform, handle, "key") VALUES (?, ?, ?, ?)', accounts)
        store._writing_index().refresh()


def classes(people: int) -> dict[str, list[list[str]]]:
    """What is typed, by kind."""
    chance = random.Random(11)
    some = [chance.randrange(1, people) for _ in range(_ROUNDS)]
    return {
        "one letter": [[fold(chance.choice(_GIVEN))[0]] for _ in some],
        "two letters": [[fold(chance.choice(_FAMILY))[:2]] for _ in some],
        "a beginning": [[fold(chance.choice(_FAMILY))[:4]] for _ in some],
        "two words": [[fold(chance.choice(_GIVEN))[:3], fold(chance.choice(_FAMILY))[:3]] for _ in some],
        "a name and a letter": [[fold(chance.choice(_GIVEN)), fold(chance.choice(_FAMILY))[0]] for _ in some],
        "within a handle": [[f"{chance.choice(_DOING)[1:]}{number}"[:7]] for number in some],
        "within an address": [[f".{number}@"] for number in some],
        "within, and a name": [[f"{chance.choice(_DOING)[1:]}", fold(chance.choice(_FAMILY))[:3]] for _ in some],
        "nobody": [[f"zq{number}", "maya"] for number in some],
    }


def like_sql(words: Sequence[str]) -> tuple[str, list[str]]:
    """The slow way, with the same meaning; each CJK letter is a word."""
    parts, given = [], []
    for word in words:
        begins = "' ' || words LIKE '% ' || ? || '%' ESCAPE '!'"
        inner = " OR within LIKE '%' || ? || '%' ESCAPE '!'" if len(word) >= 3 else ""
        parts.append(f"({begins}{inner})")
        plain = spaced(word).replace("!", "!!").replace("%", "!%").replace("_", "!_")
        given += [plain] * (2 if inner else 1)
    return f"SELECT id FROM likely WHERE {' AND '.join(parts)}", given


def likely(raw: sqlite3.Connection) -> None:
    """The columns that the slow way looks at: words apart as the index cuts them, and what is looked into."""
    raw.create_function("parted", 1, lambda text: " ".join("".join(c if c.isalnum() else " " for c in text).split()))
    raw.execute(
        "CREATE TEMP TABLE likely AS SELECT person_search.rowid AS id, parted(person_search.words) AS words, "
        "person_infix.words AS within FROM person_search JOIN person_infix ON person_infix.rowid = person_search.rowid"
    )


def gated(people: int) -> int:
    """How many answers of each kind are compared: the slow way takes long among many."""
    return _GATED if people <= PEOPLE else _GATED // 4


def gate(store: Store, raw: sqlite3.Connection, typed: dict[str, list[list[str]]], people: int) -> tuple[int, int]:
    """How many answers were compared, and how many rows of them; any difference ends the run."""
    answers = rows = 0
    for kind, queries in typed.items():
        for words in queries[: gated(people)]:
            if not all(part.isalnum() for word in words for part in word):
                continue  # what has signs in it is cut up by the index: it is compared below
            sql, given = like_sql(words)
            slow = {row for (row,) in raw.execute(sql, given)}
            sql, params = people_sql(words)
            fast = {row for (row,) in store.rows(sql, *params)}
            assert fast == slow, (kind, words, len(fast - slow), len(slow - fast))
            first = store.first_found(words, _SHOWN)
            assert set(first) <= slow
            assert len(first) == min(_SHOWN, len(slow)), (kind, words)
            answers, rows = answers + 1, rows + len(slow)
    return answers, rows


def _cpu_of(act: Callable[[], object]) -> float:
    """The seconds of this process that something takes: what it would take on a machine with nothing else to do."""
    started = time.process_time()
    act()
    return time.process_time() - started


def main() -> None:
    """Measure and print."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "w"
        new_workspace(folder, Opening())
        with workspace.writing(folder, Opening()) as store:
            print(f"{people:,} people written and indexed in {_cpu_of(lambda: fill(store, people)):.1f} s")
        raw = sqlite3.connect(folder / "outreach.db")
        likely(raw)
        typed = classes(people)
        with workspace.reading(folder, Opening()) as store:
            answers, rows = gate(store, raw, typed, people)
            print(f"gate: {answers} answers of {rows:,} rows, recall 1.0, 0 wrong rows")
            everything: list[float] = []
            slow_all: list[float] = []
            for kind, queries in typed.items():
                fast = [
                    _cpu_of(lambda words=words: people_lines(store, store.first_found(words, _SHOWN)))
                    for words in queries
                ]
                found = [_cpu_of(lambda words=words: store.first_found(words, _SHOWN)) for words in queries]
                slow = [_cpu_of(lambda words=words: _slowly(raw, words)) for words in queries[: gated(people) // 2]]
                everything += found
                slow_all += slow
                print(f"  {kind}: p95 {_p95(found) * 1000:.2f} ms, with details {_p95(fast) * 1000:.2f} ms, "
                      f"LIKE {_p95(slow) * 1000:.1f} ms")  # fmt: skip
            line(f"search as one types, {people:,} people, p95", _p95(everything), _p95(slow_all),
                 _p95(everything) / _p95(slow_all), "0.03 and under 16 ms at 1,000,000")  # fmt: skip
        raw.close()


def _slowly(raw: sqlite3.Connection, words: Sequence[str]) -> object:
    sql, given = like_sql(words)
    return raw.execute(f"{sql} LIMIT {_SHOWN}", given).fetchall()


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
