"""Names of people: split into given and family name, joined, and the part to greet someone by."""

import re
from dataclasses import dataclass

_COMMA = re.compile(r"\s*[,，、]\s*")
_INITIALS = re.compile(r"(?:\w\.)+|\w")

# Words that begin a family name of several words where they are written small.
_PARTICLES = frozenset(
    {"af", "al", "av", "bin", "da", "das", "de", "degli", "dei", "del", "della", "den", "der", "di", "do", "dos", "du"}
    | {"el", "het", "ibn", "la", "las", "le", "lo", "los", "te", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur"}
)
# The same, where they are often written with a capital letter.
_CAPITAL_PARTICLES = frozenset({"De", "Del", "Della", "Di", "El", "La", "St.", "Van", "Von"})
_TITLES = frozenset({"dr", "frau", "fr", "herr", "miss", "mme", "mr", "mrs", "ms", "mx", "prof", "rev", "sir"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its two parts; one of them is empty where the name is a single word."""

    given: str
    family: str


def split_name(full: str) -> PersonName:
    """Split "Family, Given" or "Given Family".

    A title in front is left out. What follows a family name ("Jr.") stays with it. A single word is a given name,
    unless a title stands before it.
    """
    parts = [part for part in _COMMA.split(" ".join(full.split())) if part]
    suffix = ""
    if len(parts) > 1 and _bare(parts[-1]) in _SUFFIXES:
        suffix = f" {parts.pop()}"
    if len(parts) > 1:
        return PersonName(" ".join(_without_titles(" ".join(parts[1:]).split())), parts[0] + suffix)
    if not parts:
        return PersonName("", "")
    name = _split_words(parts[0].split())
    return PersonName(name.given, name.family + suffix) if name.family else name


def join_name(given: str, family: str) -> str:
    """A name as it is spoken, given name first."""
    return " ".join((*given.split(), *family.split()))


def first_name_of(name: str) -> str:
    """What to call someone: the given name without initials after it, or else the whole name."""
    words = split_name(name).given.split()
    while len(words) > 1 and _INITIALS.fullmatch(words[-1]) and not _INITIALS.fullmatch(words[0]):
        words.pop()
    return " ".join(words) or " ".join(name.split())


def _split_words(words: list[str]) -> PersonName:
    named = _without_titles(words)
    if len(named) == 1:
        return PersonName(named[0], "") if len(words) == 1 else PersonName("", named[0])
    start = len(named) - 1
    if start > 1 and _bare(named[start]) in _SUFFIXES:
        start -= 1
    while start > 1 and (named[start - 1] in _PARTICLES or named[start - 1] in _CAPITAL_PARTICLES):
        start -= 1
    return PersonName(" ".join(named[:start]), " ".join(named[start:]))


def _without_titles(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) - 1 and _bare(words[start]) in _TITLES:
        start += 1
    return words[start:]


def _bare(word: str) -> str:
    return word.replace(".", "").lower()
