"""A small grammar for lines that should not all read alike, and chance that a seed decides.

In a phrase, ``[one|other]`` is one of them and ``{slot}`` is filled in; at the beginning of a sentence what is filled
in gets a capital letter. Choices do not nest.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from outreach.fields.text import fold

T = TypeVar("T")

_TOKEN = re.compile(r"(\[[^\]]*\]|\{\w+\})")
_SLOT = re.compile(r"(\{\w+\})")
_SENTENCE_END = re.compile(r"(?:\A|[.!?]”?\s+|\A“)\Z")

#: A literal text (no slot), or the name of a slot and whether a sentence begins with it.
_Part = tuple[str, str, bool]


class Phrase:
    """A line with choices and slots.

    Attributes:
        variety: How many lines it can be, slots aside.
    """

    __slots__ = ("_plain", "_tokens", "variety")

    def __init__(self, text: str) -> None:
        tokens: list[tuple[tuple[_Part, ...], ...]] = []
        before = ""
        for token in filter(None, _TOKEN.split(text)):
            choices = token[1:-1].split("|") if token[0] == "[" else [token]
            tokens.append(tuple(_parts(choice, before) for choice in choices))
            before += token
        self._tokens = tuple(tokens)
        self._plain = text if not _TOKEN.search(text) else None
        self.variety = 1
        for choices_of_token in tokens:
            self.variety *= len(choices_of_token)

    def say(self, rng: Random, slots: Mapping[str, str] | None = None) -> str:
        """One of the lines it can be.

        Raises:
            KeyError: when a slot is not filled.
        """
        if self._plain is not None:
            return self._plain
        said = []
        for choices in self._tokens:
            parts = choices[0] if len(choices) == 1 else choices[int(rng.random() * len(choices))]
            for literal, slot, begins in parts:
                if slot:
                    filled = (slots or {})[slot]
                    said.append(filled[:1].upper() + filled[1:] if begins else filled)
                else:
                    said.append(literal)
        return "".join(said)


def _parts(text: str, before: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for part in filter(None, _SLOT.split(text)):
        if part[0] == "{":
            parts.append(("", part[1:-1], _SENTENCE_END.search(before) is not None))
        else:
            parts.append((part, "", False))
        before += part
    return tuple(parts)


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Several phrases."""
    return tuple(map(Phrase, texts))


class Weighted(Generic[T]):
    """Values, some likelier than others."""

    __slots__ = ("_sums", "values")

    def __init__(self, values: Iterable[tuple[T, float]]) -> None:
        pairs = list(values)
        self.values = tuple(value for value, _ in pairs)
        self._sums = list(accumulate(weight for _, weight in pairs))

    def pick(self, rng: Random) -> T:
        """One of them."""
        return self.values[bisect(self._sums, rng.random() * self._sums[-1], 0, len(self._sums) - 1)]


def pick(rng: Random, values: Sequence[T]) -> T:
    """One of some values, all as likely."""
    return values[int(rng.random() * len(values))]


def between(rng: Random, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return low + int(rng.random() * (high - low + 1))


def in_sentence(name: str) -> str:
    """A shown name as it stands inside a sentence: "cosy crime", but "YA fantasy"."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def plain(text: str) -> str:
    """A name in small letters and figures only, as it stands in an address of the web."""
    return "".join(letter for letter in fold(text) if letter.isascii() and letter.isalnum())
