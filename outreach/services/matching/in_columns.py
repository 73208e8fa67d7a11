"""What is known of each person in columns, which may lie in files: her part is made of them when she is asked of.

A hundred thousand people with what they read are a second's work as objects, and nothing as columns.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, MutableSequence, Sequence
from dataclasses import fields
from typing import Any, Generic, overload

import numpy as np
from numpy.typing import NDArray

from outreach.services.matching.by_person import ByPerson, K, V
from outreach.services.matching.gathering import Book, Seen, Stated, Take

Columns = dict[str, NDArray[Any]]
_TAKES = list(Take)
_PARTS = [each.name for each in fields(Book)]
_TASTE_NOTE = "taste_note:"


class InColumns(Generic[K, V]):
    """`ByPerson` over columns, with what was changed since in memory.

    Args:
        row: By person her row.
        starts: By row where her part begins.
        about: What each entry is about, as a number.
        number_of: The number of what may be asked for, None where nothing is about it.
        make: Makes the part between two places.
    """

    def __init__(
        self, row: dict[int, int], starts: NDArray[np.int64], about: NDArray[Any],
        number_of: Callable[[K], int | None], make: Callable[[slice], dict[K, V]],
    ) -> None:  # fmt: skip
        self._row = row
        self._people = list(row)
        self._starts = starts
        self._about = about
        self._number_of = number_of
        self._make = make
        self._made: dict[int, dict[K, V] | None] = {}

    def __contains__(self, person: object) -> bool:
        if person in self._made:
            return self._made[person] is not None
        row = self._row.get(person)  # type: ignore[call-overload]
        return row is not None and bool(self._starts[row] < self._starts[row + 1])

    def __iter__(self) -> Iterator[int]:
        rows = np.flatnonzero(self._starts[1:] > self._starts[:-1]).tolist()
        people = dict.fromkeys(self._people[row] for row in rows) | dict.fromkeys(self._made)
        return (person for person in people if person in self)

    def __getitem__(self, person: int) -> dict[K, V]:
        if person not in self:
            raise KeyError(person)
        made = self._made.get(person)
        if made is None:
            row = self._row[person]
            made = self._made[person] = self._make(slice(int(self._starts[row]), int(self._starts[row + 1])))
        return made

    def get(self, person: int) -> dict[K, V] | None:
        """What is known of one."""
        return self[person] if person in self else None  # noqa: SIM401 - it is `self.get`

    def setdefault(self, person: int, default: dict[K, V]) -> dict[K, V]:
        """What is known of one; from now on the default, where nothing is."""
        if person not in self:
            self._made[person] = default
        return self[person]

    def pop(self, person: int, default: None) -> object:
        """Let nothing be known of one."""
        found = self.get(person)
        self._made[person] = None
        return default if found is None else found

    def having(self, about: Collection[K]) -> Iterable[tuple[int, dict[K, V]]]:
        """What is known of those of whom something about these is known."""
        numbers = [number for number in map(self._number_of, about) if number is not None]
        at = np.flatnonzero(np.isin(self._about, numbers)) if numbers else np.zeros(0, np.int64)
        rows = np.unique(np.searchsorted(self._starts, at, side="right") - 1).tolist()
        found = dict.fromkeys(self._people[row] for row in rows) | dict.fromkeys(self._made)
        wanted = set(about)
        return [
            (person, self[person]) for person in found if person in self and not wanted.isdisjoint(self[person])
        ]  # fmt: skip


class Books(MutableSequence[Book]):
    """Books as lines of text that are read when one is asked for."""

    def __init__(self, text: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self._text = text
        self._starts = starts
        self._made: dict[int, Book] = {}
        self._added: list[Book] = []

    @classmethod
    def columns(cls, books: Sequence[Book]) -> Columns:
        """Books as columns."""
        lines = [json.dumps([getattr(book, name) for name in _PARTS], ensure_ascii=False).encode() for book in books]
        return {"text": np.frombuffer(b"".join(lines), np.uint8), "starts": _starts([len(line) for line in lines])}

    def __len__(self) -> int:
        return len(self._starts) - 1 + len(self._added)

    @overload
    def __getitem__(self, number: int) -> Book: ...
    @overload
    def __getitem__(self, number: slice) -> "MutableSequence[Book]": ...
    def __getitem__(self, number: int | slice) -> "Book | MutableSequence[Book]":
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        kept = len(self._starts) - 1
        if not 0 <= number < len(self):
            raise IndexError(number)
        if number >= kept:
            return self._added[number - kept]
        if number not in self._made:
            line = self._text[self._starts[number] : self._starts[number + 1]].tobytes()
            self._made[number] = Book(*json.loads(line))
        return self._made[number]

    def insert(self, index: int, value: Book) -> None:
        """Add one behind all others, which keep their numbers."""
        if index != len(self):
            raise IndexError(index)
        self._added.append(value)

    def __setitem__(self, number: Any, value: Any) -> None:
        raise TypeError("books keep their numbers")

    def __delitem__(self, number: Any) -> None:
        raise TypeError("books keep their numbers")


# What each person read.


def of_readings(known: ByPerson[int, Seen], people: Sequence[int]) -> tuple[Columns, list[str]]:
    """What people read as columns, and the tables that its sources stand in."""
    parts = [list((known.get(person) or {}).values()) for person in people]
    every = [seen for part in parts for seen in part]
    sources = [source.partition(":") for seen in every for source in seen.sources]
    tables: dict[str, int] = {}
    return {
        "starts": _starts([len(part) for part in parts]),
        "about": np.array([seen.book for seen in every], np.int32),
        "take": np.array([_TAKES.index(seen.take) for seen in every], np.int8),
        "on": np.array([seen.on[:10] for seen in every], "S10"),
        "strength": np.array([seen.strength for seen in every], np.float64),
        "source_starts": _starts([len(seen.sources) for seen in every]),
        "source_table": np.array([tables.setdefault(table, len(tables)) for table, _, _ in sources], np.int8),
        "source_row": np.array([int(row) for _, _, row in sources], np.int64),
    }, list(tables)  # fmt: skip


def readings(columns: Columns, tables: Sequence[str], row: dict[int, int]) -> InColumns[int, Seen]:
    """What people read, of columns."""
    about, take, on, strength = (columns[name] for name in ("about", "take", "on", "strength"))
    starts, table, number = (columns[name] for name in ("source_starts", "source_table", "source_row"))

    def make(span: slice) -> dict[int, Seen]:
        ends = starts[span.start : span.stop + 1].tolist()
        begin = ends[0]
        sources = [
            f"{tables[each]}:{which}"
            for each, which in zip(table[begin : ends[-1]].tolist(), number[begin : ends[-1]].tolist(), strict=True)
        ]
        parts = zip(
            about[span].tolist(), take[span].tolist(), on[span].tolist(), strength[span].tolist(), ends, ends[1:],
            strict=False,
        )  # fmt: skip
        return {
            book: Seen(book, _TAKES[how], day.decode(), sure, tuple(sources[first - begin : last - begin]))
            for book, how, day, sure, first, last in parts
        }

    return InColumns(row, columns["starts"], about, lambda book: book, make)


# What is said of each person: genres, words, formats, each with its row.


def of_notes(known: ByPerson[str, Any], people: Sequence[int], names: dict[str, int]) -> Columns:
    """What is said of people as columns; what it is about gets its number among `names`."""
    parts = [list((known.get(person) or {}).items()) for person in people]
    every = [entry for part in parts for entry in part]
    sources = [each.source if isinstance(each, Stated) else each for _, each in every]
    return {
        "starts": _starts([len(part) for part in parts]),
        "about": np.array([names.setdefault(name, len(names)) for name, _ in every], np.int32),
        "strength": np.array([each.strength if isinstance(each, Stated) else 0 for _, each in every], np.float64),
        "source": np.array([int(source.removeprefix(_TASTE_NOTE)) for source in sources], np.int64),
    }  # fmt: skip


def stated(columns: Columns, names: Sequence[str], row: dict[int, int]) -> InColumns[str, Stated]:
    """Genres that are named, of columns."""
    about, strength, source = columns["about"], columns["strength"], columns["source"]

    def make(span: slice) -> dict[str, Stated]:
        parts = zip(about[span].tolist(), strength[span].tolist(), source[span].tolist(), strict=True)
        return {names[each]: Stated(sure, f"{_TASTE_NOTE}{note}") for each, sure, note in parts}

    return InColumns(row, columns["starts"], about, _numbers(names), make)


def sourced(columns: Columns, names: Sequence[str], row: dict[int, int]) -> InColumns[str, str]:
    """What is named with nothing but its row, of columns."""
    about, source = columns["about"], columns["source"]

    def make(span: slice) -> dict[str, str]:
        parts = zip(about[span].tolist(), source[span].tolist(), strict=True)
        return {names[each]: f"{_TASTE_NOTE}{note}" for each, note in parts}

    return InColumns(row, columns["starts"], about, _numbers(names), make)


def _numbers(names: Sequence[str]) -> Callable[[str], int | None]:
    return {name: number for number, name in enumerate(names)}.get


def _starts(lengths: Sequence[int]) -> NDArray[np.int64]:
    found = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=found[1:])
    return found
