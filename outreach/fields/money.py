"""Amounts of money in minor units, each with its currency; different currencies are never added."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from outreach.fields.numbers import from_minor


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units, such as pence."""

    currency: str
    minor: int

    @property
    def amount(self) -> Decimal:
        """The amount in whole units with its decimals."""
        return from_minor(self.minor, self.currency)

    def divided(self, parts: int) -> "Money":
        """A part of it, half a minor unit rounded away from zero."""
        sign = -1 if self.minor < 0 else 1
        return Money(self.currency, sign * ((2 * abs(self.minor) + parts) // (2 * parts)))


def summed(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """The sums of some amounts, one for each currency, the currencies in the order of their codes."""
    sums: Counter[str] = Counter()
    for each in amounts:
        sums[each.currency] += each.minor
    return tuple(Money(currency, minor) for currency, minor in sorted(sums.items()))
