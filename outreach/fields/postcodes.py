"""Postcodes: repaired where a spreadsheet or a hurry broke them, compared, and found in a line of an address."""

import re
from dataclasses import dataclass
from functools import cache

from outreach.fields.countries import country_data
from outreach.fields.text import clean

_KINDS = {"N": "[0-9]", "A": "[A-Z]", "X": "[A-Z0-9]"}
# As people write them, a space or a hyphen may be missing, or be the other.
_LOOSE_KINDS = {**_KINDS, " ": "[ -]?", "-": "[ -]?"}
_JOINTS = re.compile(r"[ -]")
# A country's letters in front, as in D-10115.
_PREFIX = re.compile(r"[A-Z]{1,3}[- ]?(?=[0-9])")
# What is surely a postcode in a country that nobody named, with the country where only one writes so.
_TELLING = (
    *((shape, "GB") for shape in ("AN NAA", "ANN NAA", "AAN NAA", "AANN NAA", "ANA NAA", "AANA NAA")),
    ("ANA NAN", "CA"),
    *((shape, "") for shape in ("NNNNN-NNNN", "NNNNN-NNN", "NNN-NNNN", "NN-NNN", "NNN NN", "NNNNN", "NNNNNN")),
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """One way to write a postcode, such as ``AAN NAA``, and what it looks like without spaces and hyphens."""

    written: str
    bare: str

    def write(self, bare: str) -> str:
        letters = iter(bare)
        return "".join(kind if kind in " -" else next(letters) for kind in self.written)


def repair_postcode(postcode: str, country: str) -> str:
    """A postcode as its country writes it: leading zeros that were lost, and the space or hyphen, are put back.

    What fits no shape of the country stays as it is, on one line and in capital letters.

    Args:
        postcode: What a cell holds, such as ``6046`` or ``sw171be``.
        country: Two letters (ISO 3166-1).
    """
    written = clean(postcode).upper()
    shapes, any_shape = _shapes(country.upper())
    bare = _JOINTS.sub("", written.removesuffix(".0"))
    for candidate in (bare, _PREFIX.sub("", bare, count=1)):
        fits = any_shape.fullmatch(candidate)
        if fits and fits.lastindex:
            return shapes[fits.lastindex - 1].write(candidate)
    if bare.isascii() and bare.isdecimal():
        for shape in shapes:
            size = len(shape.bare)
            if set(shape.bare) == {"N"} and max(3, size - 2) <= len(bare) < size:
                return shape.write(bare.zfill(size))
    return written


def postcode_key(postcode: str) -> str:
    """The letters and figures of a postcode, for comparing."""
    return "".join(filter(str.isalnum, postcode.upper()))


def cut_postcode(line: str, country: str) -> tuple[str, str] | None:
    """Take the postcode at the end or at the beginning of a line: what is left of the line, and the postcode."""
    for finder in _finders(country):
        found = finder.search(line)
        if found:
            return (line[: found.start()] + line[found.end() :]).strip(" ,-"), found[0].strip()
    return None


def writes_postcode(line: str, country: str) -> bool:
    """Whether a line begins or ends with a postcode as this country writes it; False where that is not known."""
    return country in country_data()["postcodes"] and cut_postcode(line, country) is not None


def country_of_postcode(postcode: str) -> str:
    """The only country that writes postcodes of this shape, or an empty text."""
    upper = postcode.upper()
    return next((country for shape, country in _TELLING if country and re.fullmatch(_regex(shape), upper)), "")


@cache
def _shapes(country: str) -> tuple[tuple[_Shape, ...], re.Pattern[str]]:
    """The shapes of a country's postcodes, the shortest first, and a pattern with a group for each of them."""
    shapes = [_Shape(written, _JOINTS.sub("", written)) for written in country_data()["postcodes"].get(country, ())]
    shapes.sort(key=lambda shape: len(shape.bare))
    return tuple(shapes), re.compile("|".join(f"({_regex(shape.bare)})" for shape in shapes))


@cache
def _finders(country: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """For the end and for the beginning of a line; where the country is not known, only what is told by its shape."""
    known = country_data()["postcodes"].get(country)
    if known:
        longest_first = sorted(known, key=len, reverse=True)
        shapes = "|".join(_regex(shape, _LOOSE_KINDS) for shape in longest_first)
        shapes = f"(?:{country[0]}-|{country}-)?(?:{shapes})"
    else:
        shapes = "(?:" + "|".join(_regex(shape) for shape, _country in _TELLING) + ")"
    return (
        re.compile(rf"(?<![^\s,]){shapes}\Z", re.IGNORECASE),
        re.compile(rf"\A{shapes}(?=[\s,])", re.IGNORECASE),
    )


def _regex(shape: str, kinds: dict[str, str] = _KINDS) -> str:
    return "".join(kinds.get(kind, kind.upper()) for kind in shape)
