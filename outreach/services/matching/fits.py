"""What a match says: who fits, how well, why, and who is never shown."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

#: A score tells a little too much: this much of it is what was seen, of likers against readers as active.
CALIBRATION = 0.85
#: Nobody is shown as likelier than this, nor, where all that is known is what she says she likes, than the other.
MOST_TIMES, MOST_TIMES_STATED = 10.0, 3.0
#: From how many times as likely a band begins: above the first, at the others.
BANDS_BEGIN = (1.0, 2.5, 5.0)
_LEAST, _GOOD, _STRONG = BANDS_BEGIN


class Band(StrEnum):
    """How well someone fits, in words."""

    STRONG = "strong"
    GOOD = "good"
    WORTH_A_TRY = "worth_a_try"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact for or against.

    Attributes:
        code: A code of `outreach.wording.reasons`.
        facts: What its sentence needs.
        weight: What it adds to the score, as a natural logarithm.
        evidence: The rows it rests on, such as ``outcome:12`` and ``taste_note:7``.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    weight: float = 0.0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordSize:
    """How much is known of someone's reading.

    Attributes:
        read: Books of which it is known how she took them.
        stated: Tastes that she, or who knows her, names.
    """

    read: int = 0
    stated: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """A person who may enjoy an item.

    Attributes:
        score: How many times likelier than the average reader, as a natural logarithm; never shown bare.
        times: The same as a number to show, capped.
        record: How much it rests on.
        terms: What adds up to the score.
        reasons: Why, the weightiest first, at most three.
        cautions: What to mind.
    """

    person_id: int
    name: str
    band: Band
    score: float
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    times: float = 1.0
    record: RecordSize = RecordSize()
    terms: Mapping[str, float] = field(default_factory=dict)


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
        never_shown: Those whom a hard rule keeps out although something is known of them.
        unknown: How many people there are of whom nothing is known that bears on the item.
    """

    item_id: int
    title: str
    fits: tuple[Fit, ...]
    never_shown: tuple[Exclusion, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class ItemFit:
    """An item that a person may enjoy.

    Attributes:
        author: Who wrote it.
        unexpected: Whether it shares a mood with what she enjoys, and no genre.
    """

    item_id: int
    title: str
    author: str
    band: Band
    score: float
    times: float
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    terms: Mapping[str, float]
    unexpected: bool = False


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """A person's match: which items, the best first, and how much it rests on."""

    person_id: int
    name: str
    record: RecordSize
    fits: tuple[ItemFit, ...]
    never_shown: tuple[tuple[int, str, Reason], ...]


@dataclass(frozen=True, slots=True)
class Unexpected:
    """Someone whose genre it is not, and whose mood it is.

    Attributes:
        words: What they share.
        evidence: The rows that say so.
    """

    person_id: int
    name: str
    words: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Someone with much the same taste.

    Attributes:
        share: How much of it is the same, up to one.
        genres: What both read more than others.
        titles: What both liked.
    """

    person_id: int
    name: str
    share: float
    genres: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who could read an item together.

    Attributes:
        apart: What one of them brings that the other does not read.
    """

    people: tuple[int, int]
    names: tuple[str, str]
    together: tuple[str, ...]
    apart: tuple[str, ...]


def times(score: float, record: RecordSize) -> float:
    """How many times as likely as the average reader someone is, as it may be shown."""
    most = MOST_TIMES if record.read else MOST_TIMES_STATED
    return min(math.exp(min(CALIBRATION * score, 5.0)), most)


def band(likelier: float) -> Band | None:
    """The band of so many times as likely; None for nobody's."""
    if likelier >= _STRONG:
        return Band.STRONG
    if likelier >= _GOOD:
        return Band.GOOD
    return Band.WORTH_A_TRY if likelier > _LEAST else None
