"""Shares of gifts with their likely range, and none where there are too few to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

#: Under so many gifts a rate says nothing.
TOO_FEW = 5

#: 95 % of a normal distribution lies within so many standard deviations.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of gifts, with its likely range; no share where there are too few to say."""

    part: int
    whole: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """A rate of one genre, tier, role, title or campaign."""

    key: str
    name: str
    rate: Rate


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The likely range of a share (95 %), also where there are few.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    share, square = part / whole, Z * Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(part: int, whole: int) -> Rate:
    """A share with its range, or without both where there are too few to say."""
    if whole < TOO_FEW:
        return Rate(part, whole, None, None, None)
    low, high = wilson(part, whole)
    return Rate(part, whole, part / whole, low, high)


def put_in_order(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Groups, the largest first, and last those of which it is not known what they are."""
    return tuple(sorted(groups, key=lambda group: (not group.key, -group.rate.whole, group.name)))
