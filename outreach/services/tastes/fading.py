"""How evidence fades with age, and how sure a taste is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from outreach.paths import resource

_WHOLE_DAY, _WHOLE_MONTH = len("2026-11-24"), len("2026-11")


class Confidence(StrEnum):
    """How sure a taste is, in words of ``confidence``."""

    SURE = "sure"
    FAIR = "fair"
    HINT = "hint"
    FADED = "faded"


@dataclass(frozen=True, slots=True)
class TasteRules:
    """What ``resources/tastes.toml`` says.

    Attributes:
        half_life_days: By kind of taste, after how many days evidence weighs half.
        weights: By kind of evidence, what it weighs.
        confidence: By word, from which sum on it holds; the surest first.
        liked_from: From how many stars on a book was liked.
        from_readings: When books that were read become a taste.
    """

    half_life_days: Mapping[str, float]
    weights: Mapping[str, float]
    confidence: Mapping[str, float]
    liked_from: float
    from_readings: Mapping[str, float]

    def fade(self, kind: str, day: str | None, today: date) -> float:
        """What is left of evidence of a day, from 1 down to 0; without a day it is as old as one half-life."""
        half_life = self.half_life_days.get(kind, 1095.0)
        if not day:
            return 0.5
        age = max(0, (today - _as_date(day)).days)
        return float(0.5 ** (age / half_life))

    def word(self, total: float) -> Confidence:
        """How sure a sum of evidence is."""
        return Confidence(next((word for word, least in self.confidence.items() if total >= least), "faded"))


@cache
def taste_rules() -> TasteRules:
    """The rules as they stand in ``resources/tastes.toml``."""
    data: dict[str, Any] = tomllib.loads(resource("tastes.toml").read_text(encoding="utf-8"))
    steps = sorted(data["confidence"].items(), key=lambda step: -step[1])
    return TasteRules(
        data["half_life_days"], data["weights"], dict(steps), data["rating"]["liked"], data["from_readings"]
    )


def _as_date(day: str) -> date:
    """An ISO day that may be partial, as its middle."""
    if len(day) >= _WHOLE_DAY:
        return date.fromisoformat(day[:_WHOLE_DAY])
    return date.fromisoformat(f"{day}-15" if len(day) == _WHOLE_MONTH else f"{day[:4]}-07-01")
