"""What is known of each person, by what it is about: a book, a genre, a word."""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class ByPerson(Protocol[K, V]):
    """In memory, or in columns of which a person's part is read when she is asked of."""

    def __contains__(self, person: object, /) -> bool: ...

    def __iter__(self) -> Iterator[int]: ...

    def __getitem__(self, person: int, /) -> dict[K, V]: ...

    def get(self, person: int, /) -> dict[K, V] | None:
        """What is known of one."""

    def setdefault(self, person: int, default: dict[K, V], /) -> dict[K, V]:
        """What is known of one; from now on the default, where nothing is."""

    def pop(self, person: int, default: None, /) -> object:
        """Let nothing be known of one."""

    def having(self, about: Collection[K]) -> Iterable[tuple[int, dict[K, V]]]:
        """What is known of those of whom something about these is known."""


class InMemory(dict[int, dict[K, V]]):
    """`ByPerson` as a dict."""

    def having(self, about: Collection[K]) -> Iterable[tuple[int, dict[K, V]]]:
        """What is known of those of whom something about these is known."""
        wanted = set(about)
        return [(person, mine) for person, mine in self.items() if not wanted.isdisjoint(mine)]
