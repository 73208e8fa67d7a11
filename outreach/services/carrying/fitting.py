"""Making a cell fit a carrier's column: the signs it knows, the length it has; everything that is lost is told."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from outreach.fields.text import clean

#: The signs that a column may have. Roman are the letters A to Z without marks, and what is on every keyboard.
LETTERS: Mapping[str, re.Pattern[str]] = {
    "any": re.compile(r"[\s\S]"),
    "roman": re.compile(r"[ -~]"),
    "digits": re.compile(r"[0-9]"),
}

#: Letters that do not come apart into a plain one and its mark.
_PLAIN = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
    "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N", "ə": "e",
    "Ə": "E", "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‐": "-",
    "…": "...", "№": "No",
}  # fmt: skip
#: What stands between the figures of a phone number or the parts of a postcode, and means nothing.
_BETWEEN = re.compile(r"[\s().\-–/]+")


def in_letters(value: str, letters: str) -> tuple[str, str]:
    """A value in the signs that a column may have, and which signs became what, as ``é→e, ü→u``.

    What has no likeness is left out, and told as ``猫→``. Controls and line breaks are in no value that we keep, and in
    no cell, whatever the column takes.
    """
    allowed, made, changed = LETTERS[letters], [], {}
    whole = clean(value)
    if letters == "any" or all(map(allowed.fullmatch, whole)):
        return whole, ""
    for sign in whole:
        new = sign if allowed.fullmatch(sign) else _likeness(sign, allowed)
        made.append(new)
        if new != sign:
            changed[sign] = new
    return clean("".join(made)), ", ".join(f"{old}→{new}" for old, new in changed.items())


def _likeness(sign: str, allowed: re.Pattern[str]) -> str:
    near = _PLAIN.get(sign) or unicodedata.normalize("NFKD", sign)
    return "".join(part for part in near if allowed.fullmatch(part))


def phone_figures(phone: str, country: str, home_prefixes: Mapping[str, str]) -> str:
    """A phone number in figures alone, as it is dialled: at home without its country's number.

    Args:
        phone: As it is kept, such as ``+44 7700 900123``.
        country: Where the parcel goes.
        home_prefixes: By country its number, such as ``44``, where a 0 stands before the others at home.
    """
    figures = _BETWEEN.sub("", clean(phone).replace("(0)", ""))
    code = home_prefixes.get(country, "")
    for before in (f"+{code}", f"00{code}"):
        if code and figures.startswith(before):
            return f"0{figures.removeprefix(before)}"
    return figures.removeprefix("+")


def tightened(value: str, longest: int) -> str:
    """A postcode without its spaces and hyphens, where it would be too long with them."""
    return _BETWEEN.sub("", value) if longest and len(value) > longest else value


def cut(value: str, longest: int) -> tuple[str, str]:
    """A value and what does not fit of it; between words where that loses little."""
    if not longest or len(value) <= longest:
        return value, ""
    kept = value[:longest]
    return kept.rstrip(), value[len(kept) :].strip() or value[longest:]


def flowed(lines: Sequence[str], longest: int, count: int) -> tuple[list[str], str]:
    """Lines of an address in so many columns, broken between words, and what does not fit.

    Lines that fit stay as they are. What is too long goes on in the next column, and only where the columns do not
    suffice are lines put together.
    """
    lines = [line for line in lines if line]
    if not longest or (len(lines) <= count and all(len(line) <= longest for line in lines)):
        return _padded(lines, count), ""
    broken = [piece for line in lines for piece in _broken(line, longest)]
    if len(broken) > count:
        broken = _broken(" ".join(lines), longest)
    return _padded(broken[:count], count), " ".join(broken[count:])


def _padded(lines: Sequence[str], count: int) -> list[str]:
    # More lines than columns and no length that would tell where to break: the last column takes the rest.
    kept = [*lines[: count - 1], " ".join(lines[count - 1 :])]
    return [*kept, *("",) * (count - len(kept))][:count]


def _broken(line: str, longest: int) -> list[str]:
    made: list[str] = []
    now = ""
    for word in line.split():
        rest = word
        if now and len(now) + 1 + len(rest) <= longest:
            now = f"{now} {rest}"
            continue
        if now:
            made.append(now)
        while len(rest) > longest:
            made.append(rest[:longest])
            rest = rest[longest:]
        now = rest
    return [*made, now] if now else made
