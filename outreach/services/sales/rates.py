"""What one money is worth in another, as the user says, with its day; nothing is ever turned into another without."""

from dataclasses import dataclass
from decimal import Decimal

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.money import Money
from outreach.fields.numbers import currency_of, from_minor, parse_amount, to_minor
from outreach.fields.text import clean
from outreach.store.database import Store
from outreach.store.models import ExchangeRate

_WHOLE_DAY = len("2026-11-24")


@dataclass(frozen=True, slots=True)
class RateRow:
    """What one unit of a money is worth in another on a day, as it was entered."""

    given: str
    wanted: str
    rate: str
    rated_on: str
    source: str


def note_rate(store: Store, given: str, wanted: str, rate: str, on: str = "", source: str = "") -> Changes:
    """Say what one unit of a money is worth in another on a day; said again for the same day, it is replaced.

    Raises:
        KnownError: ``sales.bad_rate``, ``sales.bad_day``.
    """
    first, second, worth = currency_of(given), currency_of(wanted), parse_amount(rate)
    if first is None or second is None or first == second or worth is None or worth <= 0:
        raise KnownError("sales.bad_rate", given=given[:20], wanted=wanted[:20], rate=rate[:20])
    day = parse_day(on) if on.strip() else store.today().isoformat()
    if day is None or len(day) != _WHOLE_DAY:
        raise KnownError("sales.bad_day", value=on[:40])
    with store.operation(Op.NOTE_RATE) as written:
        row, made = ExchangeRate.get_or_create(
            given=first, wanted=second, rated_on=day, defaults={"rate": str(worth), "source": clean(source)}
        )
        if not made:
            ExchangeRate.update(rate=str(worth), source=clean(source)).where(ExchangeRate.id == row.id).execute()
    return written.changes


def list_rates() -> list[RateRow]:
    """The rates that were entered, the newest first."""
    query = ExchangeRate.select(ExchangeRate.given, ExchangeRate.wanted, ExchangeRate.rate, ExchangeRate.rated_on,
                                ExchangeRate.source)  # fmt: skip
    rows = query.order_by(ExchangeRate.rated_on.desc(), ExchangeRate.id.desc()).tuples()
    return [RateRow(*row) for row in rows]


def exchanged(money: Money, wanted: str, by: str) -> tuple[Money, str] | None:
    """An amount in another currency and the day of the rate it rests on: the last one entered up to a day.

    None where none was entered. A rate is not turned round: what was said one way says nothing of the other.
    """
    if money.currency == wanted:
        return money, by
    query = ExchangeRate.select(ExchangeRate.rate, ExchangeRate.rated_on)
    query = query.where(
        (ExchangeRate.given == money.currency) & (ExchangeRate.wanted == wanted) & (ExchangeRate.rated_on <= by)
    )
    row = query.order_by(ExchangeRate.rated_on.desc()).tuples().first()
    if row is None:
        return None
    rate, day = row
    return Money(wanted, to_minor(from_minor(money.minor, money.currency) * Decimal(rate), wanted)), str(day)
