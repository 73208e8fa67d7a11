"""Where the marks of a chart stand: round values that are few, and the firsts of months."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(4), Decimal(5), Decimal(10))
_MONTHS = 12


def round_values(most: Decimal, intervals: int = 2) -> tuple[Decimal, ...]:
    """Values from nothing up to one that is no smaller than `most`, in so many equal round steps."""
    if most <= 0:
        return (Decimal(0), Decimal(1))
    wanted = most / intervals
    power = Decimal(1).scaleb(wanted.adjusted())
    step = next(each * power for each in _STEPS if each * power >= wanted)
    if step != step.to_integral_value() and most >= intervals:
        step = step.to_integral_value(ROUND_CEILING)
    return tuple(step * number for number in range(intervals + 1))


def months(days: Iterable[date], most: int = 7) -> tuple[date, ...]:
    """The firsts of the months in a time, or every second or third; its first day where there is none."""
    known = sorted(days)
    if not known:
        return ()
    first, last = known[0], known[-1]
    begin = first.year * _MONTHS + first.month - 1 + (first.day > 1)
    firsts = [date(number // _MONTHS, number % _MONTHS + 1, 1)
              for number in range(begin, last.year * _MONTHS + last.month)]  # fmt: skip
    return tuple(firsts[:: -(-len(firsts) // most)]) if firsts else (first,)


def share_of_time(day: date, first: date, last: date) -> float:
    """Where a day stands between two, from 0 to 1; in the middle where these are the same."""
    return (day - first).days / (last - first).days if last > first else 0.5
