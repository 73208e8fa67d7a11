"""What more was sold than before, with its likely range."""

from dataclasses import dataclass
from math import sqrt

from outreach.services.review.rates import Z

#: Under so many copies in both spans together, a difference says nothing.
TOO_FEW = 10


@dataclass(frozen=True, slots=True)
class Lift:
    """Copies a week more than before; nothing where there are too few to say.

    Attributes:
        before: Copies a week in the span before.
        since: Copies a week in the span that is held against it.
    """

    before: float
    since: float
    more: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_told(self) -> bool:
        """Whether the range leaves out that nothing changed."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def lift(before: int, before_days: int, since: int, since_days: int) -> Lift:
    """The difference of two rates of sale, a week, with its 95 % range.

    Copies sold in a span are taken as a Poisson count n over t weeks, whose rate is n / t with the variance n / t²; the
    range of the difference is that of a normal distribution, (n2 / t2 - n1 / t1) ± 1.96 sqrt(n1 / t1² + n2 / t2²).

    Source: Sahai and Khurshid, Statistics in Epidemiology (1996), on the difference of two incidence rates. Buyers that
    come in groups make the true range wider; what else changed at the time is not told by it.
    """
    first, second = before_days / 7, since_days / 7
    rates = before / first, since / second
    if before + since < TOO_FEW:
        return Lift(*rates)
    half = Z * sqrt(before / first**2 + since / second**2)
    more = rates[1] - rates[0]
    return Lift(*rates, more, more - half, more + half)
