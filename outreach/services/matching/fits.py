"""What a match says: who fits, how well, why, and who is never shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Band(StrEnum):
    """How well someone fits, in words."""

    STRONG = "strong"
    GOOD = "good"
    WORTH_A_TRY = "worth_a_try"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact for or against, as a code of `outreach.wording.reasons` and what its sentence needs."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A person who may enjoy an item.

    Attributes:
        score: How many times likelier than anyone to enjoy it, as a natural logarithm; shown only as its band.
        reasons: Why, the weightiest first.
        cautions: What to mind.
    """

    person_id: int
    name: str
    band: Band
    score: float
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A person who is never shown for an item, and the reason."""

    person_id: int
    name: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Match:
    """An item's match.

    Attributes:
        fits: The best first.
        never_shown: Those whom a hard rule keeps out although something speaks for them.
        unknown: How many people there are of whom nothing is known that bears on the item.
    """

    item_id: int
    title: str
    fits: tuple[Fit, ...]
    never_shown: tuple[Exclusion, ...]
    unknown: int
