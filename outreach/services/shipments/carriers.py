"""Carriers: where a parcel is tracked, and whose a number could be; their files are in `outreach.services.carrying`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.paths import resource
from outreach.services.carrying.checks import NumberRule, holds, rule_of

#: Whose numbers are those of all posts of the world.
_ANY_POST = "national-post"


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries parcels.

    Attributes:
        tracking: Where a parcel is tracked, with ``{number}`` for its number; empty where nobody but the buyer can.
        numbers: What its numbers look like.
        fallback: Whether it is proposed only where nobody else fits.
    """

    code: str
    name: str
    tracking: str
    numbers: tuple[NumberRule, ...]
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class NumberLook:
    """What a tracking number looks like.

    Attributes:
        number: In capitals, without spaces.
        carriers: Whose it could be, by code; a proposal, since the numbers of carriers overlap.
        mistyped: Whether it looks like somebody's number but for its check digit.
    """

    number: str
    carriers: tuple[str, ...]
    mistyped: bool


@cache
def load_carriers() -> Mapping[str, Carrier]:
    """All carriers of ``resources/carriers.toml``, by code."""
    data = tomllib.loads(resource("carriers.toml").read_text(encoding="utf-8"))
    return {
        code: Carrier(code, each["name"], each["tracking"], tuple(map(rule_of, each["numbers"])),
                      each.get("fallback", False))
        for code, each in data.items()
    }  # fmt: skip


def carrier(name: str) -> Carrier:
    """A carrier by code or name.

    Raises:
        KnownError: ``carriers.unknown``.
    """
    wanted = name.strip().casefold()
    for each in load_carriers().values():
        if wanted in (each.code, each.name.casefold()):
            return each
    raise KnownError("carriers.unknown", name=name, known=", ".join(load_carriers()))


def tracking_url(code: str, number: str) -> str:
    """Where a parcel is tracked; empty for a carrier that is not known."""
    found = load_carriers().get(code)
    return found.tracking.replace("{number}", quote(number, safe="")) if found else ""


def look_at(number: str) -> NumberLook:
    """What a tracking number looks like, and whose it could be."""
    number = "".join(clean(number).split()).upper()
    found = {
        each.code: [right for rule in each.numbers if (right := holds(rule, number)) is not None]
        for each in load_carriers().values()
    }
    fits = [code for code, rights in found.items() if any(rights)]
    others = [code for code in fits if not load_carriers()[code].fallback]
    return NumberLook(number, tuple(others or fits), not fits and any(found.values()))


def propose_carriers(number: str) -> list[str]:
    """The carriers whose numbers look like this one; never a decision, since shapes overlap."""
    return list(look_at(number).carriers)


def s10_holds(number: str) -> bool:
    """Whether the check digit of an S10 number, such as RB123456785GB, is right."""
    return any(holds(rule, number) for rule in load_carriers()[_ANY_POST].numbers)


def s10_number(service: str, number: int, country: str) -> str:
    """An S10 number with its check digit, such as RB123456785GB."""
    for digit in range(10):
        whole = f"{service}{number:08}{digit}{country}"
        if s10_holds(whole):
            return whole
    raise AssertionError("one of ten digits always holds")
