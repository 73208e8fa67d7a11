"""Check digits of tracking numbers: a few ways to count, and the numbers that go into them from `carriers.toml`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from outreach.fields.countries import country_code

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TEN = 10


@dataclass(frozen=True, slots=True)
class NumberRule:
    """What one kind of a carrier's numbers looks like, and how its check digit is counted.

    Attributes:
        shape: The whole number. Its group ``body`` is what is counted, ``check`` the digit that must come out, and
            ``country`` a country that there must be.
        rule: A name of `RULES`; empty where the carrier's numbers have no check digit that is known.
        weights: By what the signs are multiplied in turn, from the left.
        modulus: What the sum is divided by.
        before: What is counted before the body, where the carrier leaves it off its labels.
    """

    shape: re.Pattern[str]
    rule: str = ""
    weights: tuple[int, ...] = (1,)
    modulus: int = _TEN
    before: str = ""


def rule_of(data: Mapping[str, Any]) -> NumberRule:
    """A rule as `carriers.toml` writes it."""
    weights = tuple(data.get("weights", (1,)))
    # Only the figures 0 to 9: there are others in Unicode, and no carrier prints them.
    shape = re.compile(data["shape"], re.ASCII)
    return NumberRule(shape, data.get("rule", ""), weights, data.get("modulus", _TEN), data.get("before", ""))


def holds(rule: NumberRule, number: str) -> bool | None:
    """Whether a number is right by a rule; None where it does not look like one at all.

    Args:
        rule: The rule.
        number: The number in capitals and without spaces.
    """
    found = rule.shape.fullmatch(number)
    if found is None:
        return None
    groups = found.groupdict()
    if groups.get("country") and country_code(groups["country"]) != groups["country"]:
        return False
    # Nothing but one figure over and over is what forms are tried with, and its sum is often right.
    if number.isdigit() and len(set(number)) == 1:
        return False
    return not rule.rule or RULES[rule.rule](rule, rule.before + groups["body"]) == groups["check"]


def _value(sign: str) -> int:
    """A figure as it is; a letter as UPS counts it, where A is 2, B is 3, H is 9, I is 0."""
    return int(sign) if sign.isdigit() else (ord(sign) - 3) % _TEN


def _sum(rule: NumberRule, body: str) -> int:
    return sum(_value(sign) * weight for sign, weight in zip(body, cycle(rule.weights), strict=False))


def _complement(rule: NumberRule, body: str) -> str:
    """What lacks to the next multiple: UPS, USPS, Canada Post, FedEx Ground, OnTrac."""
    return str(-_sum(rule, body) % rule.modulus)


def _rest(rule: NumberRule, body: str) -> str:
    """What is left of the sum, its last figure: FedEx Express."""
    return str(_sum(rule, body) % rule.modulus % _TEN)


def _remainder(rule: NumberRule, body: str) -> str:
    """What is left of the number itself: DHL Express."""
    return str(int(body) % rule.modulus)


def _s10(rule: NumberRule, body: str) -> str:
    """As in standard S10 of the Universal Postal Union: 11 less what is left, with 10 as 0 and 11 as 5."""
    rest = rule.modulus - _sum(rule, body) % rule.modulus
    return str({10: 0, 11: 5}.get(rest, rest))


def _luhn(_rule: NumberRule, body: str) -> str:
    """As in ISO/IEC 7812: from the right every other figure counts double, and its own figures are added."""
    doubled = [int(sign) * 2 if place % 2 == 0 else int(sign) for place, sign in enumerate(reversed(body))]
    return str(-sum(value - 9 if value >= _TEN else value for value in doubled) % _TEN)


def _mod_37_36(_rule: NumberRule, body: str) -> str:
    """As in ISO 7064, MOD 37,36: DPD."""
    rest = 36
    for sign in body:
        rest = (rest + _SIGNS.index(sign)) % 36 or 36
        rest = rest * 2 % 37
    return _SIGNS[(37 - rest) % 36]


#: The ways to count, by their names in `carriers.toml`.
RULES: Mapping[str, Callable[[NumberRule, str], str]] = {
    "complement": _complement,
    "rest": _rest,
    "remainder": _remainder,
    "s10": _s10,
    "luhn": _luhn,
    "mod37-36": _mod_37_36,
}
