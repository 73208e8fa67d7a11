"""Postal addresses: countries, postcodes, and an address of one cell taken apart."""

import re
from dataclasses import dataclass

from outreach.fields.countries import country_code, is_region, is_region_code
from outreach.fields.postcodes import country_of_postcode, cut_postcode, postcode_key, repair_postcode, writes_postcode
from outreach.fields.text import clean

__all__ = ["AddressParts", "country_code", "postcode_key", "repair_postcode", "split_address"]

_LONGEST = 500
_BETWEEN = re.compile(r",|\s{2,}")
_DIGIT = re.compile(r"\d")
_UNITED_STATES = "US"


@dataclass(frozen=True, slots=True)
class AddressParts:
    """An address in its parts, each of one line; what is not known is empty.

    Attributes:
        country: Two letters (ISO 3166-1).
    """

    line1: str
    line2: str
    city: str
    region: str
    postcode: str
    country: str


def split_address(text: str, country: str | None = None) -> AddressParts:
    """Take apart an address whose parts stand on lines, or between commas or wide spaces.

    Nothing is lost and nothing is guessed: what cannot be told stays in the first lines, in its order.

    Args:
        text: The address, the country last if it is told at all.
        country: What another column says of the country; one told by the address wins.
    """
    told = (country_code(country) if country else None) or ""
    if len(text) > _LONGEST:
        return AddressParts(clean(text), "", "", "", "", told)
    code, lines = _without_country(_lines(text), told)
    before, place, after, postcode = _at_postcode(lines, code)
    code = code or country_of_postcode(postcode)
    before, place, region = _without_region(before, place, code or _UNITED_STATES)
    if region and postcode:
        code = code or _UNITED_STATES
    if not place and after:
        place, *after = after
    elif not place and len(before) > 1 and (postcode or region or (code and not _DIGIT.search(before[-1]))):
        place = before.pop()
    rest = before + after
    if not (place or postcode or region):
        rest = [", ".join(rest)]
    line1, *more = rest or [""]
    return AddressParts(line1, ", ".join(more), place, region, repair_postcode(postcode, code), code)


def _lines(text: str) -> list[str]:
    """The parts of an address; commas inside the street of an address of three lines or more are left to it."""
    lines = [line for line in text.splitlines() if line.strip()]
    kept = 1 if len(lines) > 2 else 0
    pieces = lines[:kept] + [piece for line in lines[kept:] for piece in _BETWEEN.split(line)]
    return [piece for piece in map(clean, pieces) if piece]


def _without_country(lines: list[str], told: str) -> tuple[str, list[str]]:
    """The country at the end of an address, or the one told, and the lines without it.

    Letters that also name a region ("DE", "Georgia") are a country's only after a postcode of that country.
    """
    if not lines:
        return told, lines
    *others, last = lines
    code = country_code(last) or ""
    if others and code and (not _may_be_region(last, told) or writes_postcode(others[-1], code)):
        return code, others
    words = last.split()
    for start in range(len(words) - 1, max(0, len(words) - 4), -1):
        name = " ".join(words[start:])
        code = country_code(name) or ""
        rest = " ".join(words[:start])
        if code and not _may_be_region(name, told) and writes_postcode(rest, code):
            return code, [*others, rest]
    return told, lines


def _may_be_region(text: str, country: str) -> bool:
    return is_region(text, country or _UNITED_STATES)


def _at_postcode(lines: list[str], country: str) -> tuple[list[str], str, list[str], str]:
    """The lines before the postcode's, what else its line holds, the lines after it, and the postcode."""
    for index in range(len(lines) - 1, 0 if len(lines) > 1 else -1, -1):
        cut = cut_postcode(lines[index], country)
        if cut:
            rest, postcode = cut
            if index == 0:
                return [rest], "", [], postcode
            return lines[:index], rest, lines[index + 1 :], postcode
    return list(lines), "", [], ""


def _without_region(before: list[str], place: str, country: str) -> tuple[list[str], str, str]:
    """Take the region from the end of a place or, where there is none, from the line before it."""
    town, _, code = place.rpartition(" ")
    if is_region_code(code, country):
        return before, town.rstrip(" -"), code
    # A city may be called like its state, so the name of a region stands for one only where a city is left.
    if place and len(before) > 1 and is_region(place, country):
        return before, "", place
    last = before[-1] if before else ""
    if not place and (
        (len(before) > 1 and is_region_code(last, country)) or (len(before) > 2 and is_region(last, country))
    ):
        return before[:-1], "", last
    return before, place, ""
