"""The filters and tests that a template may use; plain functions of plain values.

None takes an ``attribute``, a format or a width, by which templates reach objects or fill the memory.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from outreach.errors import KnownError

#: The longest letter, in characters; no text on the way to one may be longer.
MOST_CHARACTERS = 1_000_000

_WORD = re.compile(r"\w+")
_WORD_START = re.compile(r"(?<![\w'’])\w")


def _replace(text: Any, old: Any, new: Any) -> str:
    source, before, after = str(text), str(old), str(new)
    length = len(source) + source.count(before) * (len(after) - len(before))
    _check_length(length)
    return source.replace(before, after)


def _join(values: Sequence[Any], between: Any = "") -> str:
    parts = [str(value) for value in values]
    _check_length(sum(map(len, parts)) + len(parts) * len(str(between)))
    return str(between).join(parts)


def _check_length(length: int) -> None:
    if length > MOST_CHARACTERS:
        raise KnownError("letters.too_long", limit=MOST_CHARACTERS)


def _truncate(text: Any, length: int = 255, end: str = "…") -> str:
    """At most so many characters, cut between words."""
    source = str(text)
    if len(source) <= length:
        return source
    kept = source[: max(length - len(end), 0)]
    return kept.rpartition(" ")[0].rstrip(" ,;:") + end if " " in kept else kept + end


def _title(text: Any) -> str:
    return _WORD_START.sub(lambda match: match[0].upper(), str(text))


def _int(value: Any, default: Any = 0) -> Any:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return default


def _float(value: Any, default: Any = 0.0) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return default


def _round(value: Any, digits: int = 0) -> float:
    return round(float(value), max(-12, min(digits, 12)))


def _reverse(values: Any) -> Any:
    return values[::-1]


def _unique(values: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


#: By name; `default` needs to see what is missing, and is the environment's own.
FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "abs": abs,
        "capitalize": lambda text: str(text).capitalize(),
        "count": len,
        "first": lambda values: values[0] if values else "",
        "float": _float,
        "int": _int,
        "join": _join,
        "last": lambda values: values[-1] if values else "",
        "length": len,
        "lower": lambda text: str(text).lower(),
        "max": max,
        "min": min,
        "replace": _replace,
        "reverse": _reverse,
        "round": _round,
        "sort": sorted,
        "string": str,
        "sum": sum,
        "title": _title,
        "trim": lambda text: str(text).strip(),
        "truncate": _truncate,
        "unique": _unique,
        "upper": lambda text: str(text).upper(),
        "wordcount": lambda text: len(_WORD.findall(str(text))),
    }
)

#: By name; those that ask whether a value is there at all are the environment's own.
TESTS: Mapping[str, Callable[..., bool]] = MappingProxyType(
    {
        "divisibleby": lambda number, by: bool(number % by == 0),
        "eq": operator.eq,
        "equalto": operator.eq,
        "even": lambda number: bool(number % 2 == 0),
        "ge": operator.ge,
        "gt": operator.gt,
        "in": lambda value, values: value in values,
        "le": operator.le,
        "lt": operator.lt,
        "ne": operator.ne,
        "number": lambda value: isinstance(value, (int, float)),
        "odd": lambda number: bool(number % 2 == 1),
        "string": lambda value: isinstance(value, str),
    }
)
