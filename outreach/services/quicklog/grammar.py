"""The words of a line: what did they do, in which form, on which day; and what is left, as names.

A line is ``who[, who…] verb title [format] [date]`` in any order; "later" takes a day to come, and no title where it
is about any. This module knows words only; who and which title is
meant is found in `outreach.services.quicklog.reading`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from outreach.fields.dates import parse_day
from outreach.fields.text import fold
from outreach.paths import resource
from outreach.services.people.asking import day_of

_WORD = re.compile(r"[^\s,;]+|[,;]")
_LONGEST_PHRASE = 4
#: The verb that takes a day to come.
LATER = "later"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the line, folded, with its place; `ends` says that a comma stands behind it."""

    text: str
    start: int
    end: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some words that mean something: a verb, a format, a day, or a day to come (``until``)."""

    kind: str
    value: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases of folded words, by what they are."""

    verbs: Mapping[tuple[str, ...], str]
    formats: Mapping[tuple[str, ...], str]
    days: Mapping[tuple[str, ...], int]
    weekdays: Mapping[tuple[str, ...], int]
    joining: frozenset[str]
    likeliest: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words of ``resources/quicklog.toml``."""
    data = tomllib.loads(resource("quicklog.toml").read_text(encoding="utf-8"))

    def phrases(table: Mapping[str, Sequence[str]]) -> Iterator[tuple[tuple[str, ...], str]]:
        return ((tuple(fold(phrase).split()), name) for name, listed in table.items() for phrase in listed)

    return Vocabulary(
        verbs=dict(phrases(data["verbs"])),
        formats=dict(phrases(data["formats"])),
        days={words: int(name) for words, name in phrases(data["days"])},
        weekdays={words: int(name) for words, name in phrases(data["weekdays"])},
        joining=frozenset(data["joining"]["words"]),
        likeliest=tuple(data["completing"]["verbs"]),
    )


def words_of(text: str) -> list[Word]:
    """The words of a line."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        if match[0] in ",;":
            if found:
                found[-1] = Word(found[-1].text, found[-1].start, found[-1].end, ends=True)
        else:
            folded = fold(match[0].strip(".:!?“”\"'()"))
            if folded:
                found.append(Word(folded, match.start(), match.end()))
    return found


def parts_of(words: Sequence[Word], today: date) -> list[Part]:
    """The verb, the format and the day, each at most once and the longest phrase that fits.

    A day to come stands behind its verb, and is the last that could be meant: titles and people are called after
    seasons and months too.
    """
    known = vocabulary()
    parts: list[Part] = []
    for kind in ("verb", "day", "format"):
        taken = {place for part in parts for place in range(part.first, part.last + 1)}
        if kind == "day" and parts and parts[0].value == LATER:
            parts += _until(words, parts[0].last, today)
            continue
        for first, last in _windows(len(words)):
            phrase = tuple(word.text for word in words[first : last + 1])
            if taken & set(range(first, last + 1)) or any(word.ends for word in words[first:last]):
                continue
            value = {
                "verb": known.verbs.get(phrase, ""),
                "format": known.formats.get(phrase, ""),
                "day": _day(phrase, known, today),
            }[kind]
            if value:
                parts.append(Part(kind, value, first, last))
                break
    return parts


def _until(words: Sequence[Word], behind: int, today: date) -> list[Part]:
    for first, last in sorted(_windows(len(words)), key=lambda run: (run[0] - run[1], -run[0])):
        if first > behind and not any(word.ends for word in words[first:last]):
            value = day_of(" ".join(word.text for word in words[first : last + 1]), today)
            if value:
                return [Part("until", value, first, last)]
    return []


def _windows(count: int) -> Iterator[tuple[int, int]]:
    """All runs of words, the longest first."""
    for length in range(min(_LONGEST_PHRASE, count), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length - 1


def _day(phrase: tuple[str, ...], known: Vocabulary, today: date) -> str:
    """An ISO day, never one to come; empty where the phrase is no day."""
    if phrase in known.days:
        return (today - timedelta(days=known.days[phrase])).isoformat()
    if phrase in known.weekdays:
        back = (today.weekday() - known.weekdays[phrase]) % 7 or 7
        return (today - timedelta(days=back)).isoformat()
    text = " ".join(phrase)
    if not any(map(str.isdigit, text)) or len(text) < len("1 may"):
        return ""
    day = parse_day(text) or parse_day(f"{text} {today.year}")
    if day is None or len(day) != len("2026-11-24"):
        return ""
    # "28 December", said in January, is the last one.
    if day > today.isoformat() and str(today.year) not in text:
        day = f"{today.year - 1}{day[4:]}"
    return day if day <= today.isoformat() else ""
