"""Parts of a title as text, the same in forms, in commands and in tables: who made it, its comps, codes and words.

People stand one a line, ``Author: Safiya Renn | What is known of her``; comps one a line, ``The Glass Heron / Imogen
Vale``; subject codes one a line, ``thema YFH Fantasy``; keywords between semicolons.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from outreach.fields.text import clean, fold
from outreach.paths import resource

#: The schemes whose codes are kept.
SCHEMES = ("thema", "bisac", "bic")
#: ONIX list 17: by (author).
AUTHOR = "A01"

#: The genre of a title weighs 1, further ones less, where nothing else is said.
FIRST_WEIGHT, FURTHER_WEIGHT = 1.0, 0.7

_CODE = re.compile(r"[A-Z][0-9]{2}")
_WEIGHTED = re.compile(r"(?P<word>.+?)\s+(?P<percent>[0-9]{1,3})\s*%")
_MANY = 100


def people_of(text: str) -> list[tuple[str, str, str]]:
    """Role (a code of ONIX list 17), name and biography of each person."""
    found = []
    for row in text.splitlines()[:_MANY]:
        named, _, biography = row.partition(" | ")
        word, colon, name = named.partition(":")
        role = _role(word) if colon else ""
        name = clean(name if role else named)
        if name:
            found.append((role or AUTHOR, name, clean(biography)))
    return found


def authors_of(text: str, marks: str = ";|\n") -> list[str]:
    """Names in a line: "Renn, Safiya" is one, "J.K. Rowling, Mary GrandPré" are two.

    Args:
        text: As written.
        marks: What stands between names whatever stands in them; an "&" may belong to the name of a house.
    """
    parts = [clean(part) for part in re.split(f"[{re.escape(marks)}]", text) if part.strip()]
    if len(parts) == 1:
        names = [clean(part) for part in parts[0].split(",") if part.strip()]
        inverted = len(names) == 2 and " " not in names[0] and " " not in names[1]
        parts = [f"{names[1]} {names[0]}"] if inverted else names
    return list({fold(name): name for name in reversed(parts)}.values())[::-1]


def people_text(people: Iterable[tuple[str, str, str]]) -> str:
    """People as `people_of` reads them."""
    return "\n".join(
        f"{role_word(role)}: {name}" + (f" | {biography}" if biography else "") for role, name, biography in people
    )


def role_word(role: str) -> str:
    """What a role is called; a code that we have no word for is its own."""
    return next(iter(_roles().get(role, ())), role)


def comps_of(text: str) -> list[tuple[str, str]]:
    """Title and author of each comp."""
    found: dict[str, tuple[str, str]] = {}
    for part in re.split(r"[;\n]" if " / " in text else r"[;|\n]", text)[:_MANY]:
        title, slash, author = part.rpartition(" / ")
        title, author = (title, author) if slash else (part, "")
        if clean(title):
            found.setdefault(fold(title), (clean(title), clean(author)))
    return list(found.values())


def comps_text(comps: Iterable[tuple[str, str]]) -> str:
    """Comps as `comps_of` reads them."""
    return "\n".join(f"{title} / {author}" if author else title for title, author in comps)


def subjects_of(text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Scheme, code and heading of each subject; and the lines that name no scheme we know."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    wrong = []
    for row in re.split(r"[;\n]", text)[: 3 * _MANY]:
        scheme, _, rest = clean(row).partition(" ")
        code, _, heading = rest.partition(" ")
        scheme, code = scheme.casefold(), code.upper()
        if scheme in SCHEMES and code:
            found.setdefault((scheme, code), (scheme, code, heading))
        elif row.strip():
            wrong.append(clean(row))
    return list(found.values()), wrong


def subjects_text(subjects: Iterable[Sequence[str]]) -> str:
    """Subjects as `subjects_of` reads them."""
    return "\n".join(" ".join(filter(None, subject)).replace(";", ",") for subject in subjects)


def keywords_of(text: str) -> list[tuple[str, str]]:
    """Each word as shown and as compared."""
    marked = any(mark in text for mark in ";|")
    words = [clean(word) for word in re.split(r"[;|\n]" if marked else r"[,\n]", text)]
    return [(word, key) for key, word in {fold(word): word for word in reversed(words) if word}.items()][::-1]


def series_of(series: str, number: str = "") -> tuple[str, str]:
    """A series and the place in it, also from ``Tidewall #2``."""
    series, number = clean(series), clean(number)
    name, mark, place = series.partition(" #")
    return (clean(name), clean(place)) if mark and name and place and not number else (series, number)


def series_text(series: str, number: str) -> str:
    """A series with the place in it, as it is shown."""
    return f"{series} #{number}" if series and number else series


def weighed(text: str, place: int) -> tuple[str, float]:
    """A genre's word and its weight: ``Folklore 60%``, or what its place in the list says."""
    match = _WEIGHTED.fullmatch(text.strip()) if len(text) < 200 else None
    if match and 0 < int(match["percent"]) <= 100:
        return match["word"], int(match["percent"]) / 100
    return text, FIRST_WEIGHT if place == 0 else FURTHER_WEIGHT


def weighed_text(word: str, weight: float, place: int) -> str:
    """A genre as `weighed` reads it."""
    usual = FIRST_WEIGHT if place == 0 else FURTHER_WEIGHT
    return word if round(weight, 2) == usual else f"{word} {round(weight * 100)}%"


def _role(word: str) -> str:
    code = clean(word).upper()
    if _CODE.fullmatch(code):
        return code
    return next((role for role, words in _roles().items() if fold(word) in map(fold, words)), "")


@cache
def _roles() -> Mapping[str, tuple[str, ...]]:
    """By code the words for a role, the first of them the one that is shown."""
    data: Mapping[str, Any] = tomllib.loads(resource("import", "catalogue.toml").read_text(encoding="utf-8"))
    return {role: tuple(words) for role, words in data["roles"].items()}
