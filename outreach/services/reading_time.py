"""How long somebody takes to read what she was given, learned from what she said before: for the user, never for her.

A reading is a gift with nothing asked in return that arrived, and of which she said something on a later day: that she
finished it, enjoyed it, or a post. Its time is the days from the one to the first of the others; what came on the very
day it arrived was said of the parcel, or is a list's word for days that nobody knows. These times are many short ones
and a few long ones, so logarithms are taken, x = ln(days + 1), which lie about evenly around their middle.

Few readings say little, so each level leans on the one above it, as heavily as k readings (`reading_weight`):

    everyone    m  = (k ln(reading_days + 1) + sum of x)          / (k + n)
    her tier    mt = (k m  + sum of x of the tier)                 / (k + n of the tier)
    she herself mp = (k mt + sum of x of hers)                     / (k + n of hers)

where her own word on her policy card ("six weeks") stands in place of mt. How far times lie apart is shrunk likewise,
from all readings: s² = (k s0² + sum of (x - m)²) / (k + n), where s0 follows from `hope_days`. Half of those like her
have said something after exp(mp) - 1 days; nine of ten after exp(mp + 1.2816 s) - 1, and there hope reasonably ends.
The sums are the usual estimate of a mean with a normal prior (Gelman et al., Bayesian Data Analysis, 2.5), with the
prior's weight said as a number of readings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import exp, log, sqrt
from typing import Any

from peewee import fn

from outreach.services.data_rules import DataRules, data_rules
from outreach.services.tiers import tiers_of
from outreach.store.database import Store
from outreach.store.models import AudienceReading, Gift, GiftStep, ImportBatch, Outcome, ReviewPolicy

#: What says that a book has been read.
_SAID = ("finished", "enjoyed", "posted")
#: Nine in ten of a normal distribution lie below so many standard deviations above its middle.
_NINE_IN_TEN = 1.2816
#: Habits change, and reading them takes time: of everyone, so many of the newest readings are learned from.
_MOST = 2000
_CHUNK = 500
_WEEK_DAYS = 7
_WHOLE_DAY = len("2026-11-24")


@dataclass(frozen=True, slots=True)
class ReadingTime:
    """How long somebody is expected to read.

    Attributes:
        days: After so many days half of those like her have said something.
        hope_days: After so many, nine in ten: here hope reasonably ends.
        own: How many readings of hers it was learned from.
        weeks: Her turnaround, where her policy card says it.
    """

    days: int
    hope_days: int
    own: int = 0
    weeks: int | None = None

    @property
    def is_hers(self) -> bool:
        """Whether anything in it is her own, and not only what is usual."""
        return bool(self.own or self.weeks)


@dataclass(frozen=True, slots=True)
class Usual:
    """What is learned from everyone: the middles of logarithms, and how far they lie apart."""

    middle: float
    spread: float
    tiers: Mapping[str, float] = field(default_factory=dict)


def reading_times(store: Store, people: Iterable[int]) -> dict[int, ReadingTime]:
    """The reading times of some people."""
    ids = list(dict.fromkeys(people))
    if not ids:
        return {}
    rules, usual = data_rules(), _usual(str(store.path), data_rules(), _marks())
    own = _times_of(ids)
    tiers, weeks = tiers_of(ids), _weeks(ids)
    found = {}
    for person in ids:
        before = usual.tiers.get(tiers.get(person, ""), usual.middle)
        if person in weeks:
            before = log(weeks[person] * _WEEK_DAYS + 1)
        times = own.get(person, [])
        middle = shrunk(times, before, rules.reading_weight)
        found[person] = ReadingTime(
            days=round(exp(middle) - 1),
            hope_days=_within(exp(middle + _NINE_IN_TEN * usual.spread) - 1, rules),
            own=len(times),
            weeks=weeks.get(person),
        )
    return found


def learn(times: Sequence[tuple[str, float]], rules: DataRules) -> Usual:
    """What everyone's readings teach.

    Args:
        times: Of each reading the tier of who read, empty where it is not known, and the days.
        rules: What is known beforehand.
    """
    weight, before = rules.reading_weight, log(rules.reading_days + 1)
    logs = [(tier, log(days + 1)) for tier, days in times]
    middle = shrunk([x for _, x in logs], before, weight)
    first_spread = (log(rules.hope_days + 1) - before) / _NINE_IN_TEN
    squares = sum((x - middle) ** 2 for _, x in logs)
    spread = sqrt((weight * first_spread**2 + squares) / (weight + len(logs)))
    by_tier: dict[str, list[float]] = {}
    for tier, x in logs:
        by_tier.setdefault(tier, []).append(x)
    return Usual(middle, spread, {tier: shrunk(some, middle, weight) for tier, some in by_tier.items() if tier})


def shrunk(values: Sequence[float], before: float, weight: int) -> float:
    """The middle of some values, which leans on what is known beforehand as on so many values more."""
    return (weight * before + sum(values)) / (weight + len(values))


def _within(days: float, rules: DataRules) -> int:
    return round(min(max(days, rules.hope_least_days), rules.hope_most_days))


def _marks() -> tuple[object, ...]:
    """What changes when readings do: the newest rows of all that they are made of."""
    rows: tuple[Any, ...] = (Outcome, GiftStep, AudienceReading)
    newest = [row.select(fn.max(row.id)).scalar() for row in rows]
    return (*newest, ImportBatch.select(fn.max(ImportBatch.id), fn.max(ImportBatch.taken_back_at)).tuples().first())


@lru_cache(maxsize=4)
def _usual(_path: str, rules: DataRules, _marks: tuple[object, ...]) -> Usual:
    """What everyone's readings teach, kept until something new is noted."""
    newest = _readings().order_by(fn.max(Outcome.id).desc()).limit(_MOST)
    rows = [(person, _days(start, end)) for person, start, end in newest.tuples()]
    tiers = tiers_of([person for person, _ in rows])
    return learn([(tiers.get(person, ""), days) for person, days in rows], rules)


def _times_of(people: Sequence[int]) -> dict[int, list[float]]:
    """The logarithms of each one's own reading times."""
    found: dict[int, list[float]] = {}
    for start in range(0, len(people), _CHUNK):
        mine = _readings().where(Gift.person.in_(list(people[start : start + _CHUNK])))
        for person, arrived, said in mine.tuples():
            found.setdefault(person, []).append(log(_days(arrived, said) + 1))
    return found


def _readings() -> Any:
    """Who read, when it arrived, and when she first said something; a gift each."""
    whole = (fn.length(Outcome.happened_on) == _WHOLE_DAY) & (fn.length(Gift.delivered_on) == _WHOLE_DAY)
    told = Outcome.kind.in_(_SAID) & (Outcome.happened_on > Gift.delivered_on) & whole
    free = (Gift.deal == "gift") & Gift.person.is_null(False) & Gift.delivered_on.is_null(False)
    query = Outcome.select(Gift.person, Gift.delivered_on, fn.min(Outcome.happened_on)).join(Gift)
    return query.where(told & free).group_by(Gift.id)


def _days(start: str, end: str) -> int:
    return date.fromisoformat(end).toordinal() - date.fromisoformat(start).toordinal()


def _weeks(people: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(people), _CHUNK):
        some = ReviewPolicy.person.in_(list(people[start : start + _CHUNK]))
        query = ReviewPolicy.select(ReviewPolicy.person, ReviewPolicy.turnaround_weeks)
        found.update(query.where(some & ReviewPolicy.turnaround_weeks.is_null(False)).tuples())
    return found
