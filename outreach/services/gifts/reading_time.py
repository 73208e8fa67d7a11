"""How long somebody takes to read what she was given, learned from what she said before: for the user, never for her.

A reading is a gift with nothing asked in return that arrived, and of which she said something on a later day: that she
finished it, enjoyed it, or a post. Its time is the days from the one to the first of the others; what came on the very
day it arrived was said of the parcel, or is a list's word for days that nobody knows. These times are many short ones
and a few long ones, so logarithms are taken, x = ln(days + 1), which lie about evenly around their middle.

Few readings say little, so each level leans on the one above it, as heavily as k readings (`reading_weight`):

    everyone    m  = (k ln(reading_days + 1) + sum of x of others)   / (k + n of others)
    her tier    mt = (k m  + sum of x of others in her tier)         / (k + n of these)
    she herself mp = (k mt + sum of x of hers)                       / (k + n of hers)

where her own word on her policy card ("six weeks") stands in place of mt, and her own readings count once, as hers. How
far times lie apart is shrunk likewise, from all readings and their middle: s² = (k s0² + sum of (x - m)²) / (k + n),
where s0 follows from `hope_days`. Half of those like her have said something after exp(mp) - 1 days; nine of ten after
exp(mp + 1.2816 s) - 1, and there hope reasonably ends. The sums are the usual estimate of a mean with a normal prior
(Gelman et al., Bayesian Data Analysis, 2.5), with the prior's weight said as a number of readings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import exp, log, sqrt
from typing import Any

from peewee import fn

from outreach.services.people.tiers import tiers_of
from outreach.services.workspaces.data_rules import DataRules, data_rules
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
class Sum:
    """Some logarithms of days, summed, and how many they are."""

    total: float = 0.0
    count: int = 0

    def plus(self, value: float) -> "Sum":
        """With one more."""
        return Sum(self.total + value, self.count + 1)

    def without(self, other: "Sum") -> "Sum":
        """Without some that are in it."""
        return Sum(self.total - other.total, self.count - other.count)

    def leaning(self, before: float, weight: int) -> float:
        """Their middle, which leans on what is known beforehand as on so many values more."""
        return (weight * before + self.total) / (weight + self.count)


@dataclass(frozen=True, slots=True)
class Usual:
    """What is learned from everyone.

    Attributes:
        spread: How far times lie apart.
        all: Of everyone.
        tiers: By tier.
        people: By person what of hers is in these.
    """

    spread: float
    all: Sum
    tiers: Mapping[str, Sum] = field(default_factory=dict)
    people: Mapping[int, Sum] = field(default_factory=dict)

    def middle_of(self, person: int, tier: str, rules: DataRules) -> float:
        """The middle for someone as far as others tell."""
        hers = self.people.get(person, Sum())
        middle = self.all.without(hers).leaning(log(rules.reading_days + 1), rules.reading_weight)
        of_tier = self.tiers.get(tier)
        return of_tier.without(hers).leaning(middle, rules.reading_weight) if tier and of_tier else middle


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
        times = own.get(person, Sum())
        if person in weeks:
            before = log(weeks[person] * _WEEK_DAYS + 1)
        else:
            before = usual.middle_of(person, tiers.get(person, ""), rules)
        middle = times.leaning(before, rules.reading_weight)
        found[person] = ReadingTime(
            days=round(exp(middle) - 1),
            hope_days=_within(exp(middle + _NINE_IN_TEN * usual.spread) - 1, rules),
            own=times.count,
            weeks=weeks.get(person),
        )
    return found


def learn(times: Sequence[tuple[int, str, float]], rules: DataRules) -> Usual:
    """What everyone's readings teach.

    Args:
        times: Of each reading who read, her tier, empty where it is not known, and the days.
        rules: What is known beforehand.
    """
    logs = [(person, tier, log(days + 1)) for person, tier, days in times]
    everyone = Sum(sum(x for _, _, x in logs), len(logs))
    weight, before = rules.reading_weight, log(rules.reading_days + 1)
    middle = everyone.leaning(before, weight)
    first_spread = (log(rules.hope_days + 1) - before) / _NINE_IN_TEN
    squares = sum((x - middle) ** 2 for _, _, x in logs)
    spread = sqrt((weight * first_spread**2 + squares) / (weight + len(logs)))
    by_tier: dict[str, Sum] = {}
    by_person: dict[int, Sum] = {}
    for person, tier, x in logs:
        by_tier[tier] = by_tier.get(tier, Sum()).plus(x)
        by_person[person] = by_person.get(person, Sum()).plus(x)
    return Usual(spread, everyone, by_tier, by_person)


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
    return learn([(person, tiers.get(person, ""), days) for person, days in rows], rules)


def _times_of(people: Sequence[int]) -> dict[int, Sum]:
    """Each one's own reading times."""
    found: dict[int, Sum] = {}
    for start in range(0, len(people), _CHUNK):
        mine = _readings().where(Gift.person.in_(list(people[start : start + _CHUNK])))
        for person, arrived, said in mine.tuples():
            found[person] = found.get(person, Sum()).plus(log(_days(arrived, said) + 1))
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
