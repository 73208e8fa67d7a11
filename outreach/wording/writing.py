"""How a language writes days, times, numbers, money and the names of countries."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from outreach.settings import FALLBACK
from outreach.wording.pseudo import MIRRORED

if TYPE_CHECKING:
    from babel import Locale

#: The names of a day and of a month in a pattern of a date.
_LONG = re.compile("E+|c+|MMM+|LLL+")


class Writing:
    """The signs of one language.

    Attributes:
        locale: Its locale, such as ``en_GB``.
    """

    def __init__(self, locale: str) -> None:
        self.locale = locale

    @property
    def language(self) -> str:
        """Its language, by its two letters."""
        return self.locale.partition("_")[0]

    @property
    def is_mirrored(self) -> bool:
        """Whether the language is written from right to left."""
        return self.locale == MIRRORED or self._known_locale().character_order == "right-to-left"

    def day(self, iso: str | None) -> str:
        """A day, such as "3 Mar 2027"; partial days as far as they go."""
        if not iso:
            return ""
        parts = iso.split("-") if not iso.startswith("-") else [iso]
        if len(parts) == 3:
            return day_of(date.fromisoformat(iso), "yMMMd", self._known_locale())
        if len(parts) == 2:
            return day_of(date(int(parts[0]), int(parts[1]), 1), "yMMM", self._known_locale())
        return iso

    def long_day(self, day: date) -> str:
        """A day with its weekday, such as "Tuesday 24 November"."""
        from babel.dates import format_date, match_skeleton

        # Where a language has no such pattern of its own, the nearest one names the day in short.
        known = self._known_locale().datetime_skeletons
        pattern = str(known[match_skeleton("MMMMEEEEd", known) or "MMMMEd"])
        return str(
            format_date(day, _LONG.sub(lambda found: found.group()[0] * 4, pattern), locale=self._known_locale())
        )

    def calendar_day(self, day: date) -> str:
        """A day by its month, such as "24 November"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("MMMMd", day, locale=self._known_locale()))

    def day_name(self, day: date) -> str:
        """The short name of a day of the week, such as "Thu"."""
        from babel.dates import format_date

        return str(format_date(day, "ccc", locale=self._known_locale()))

    def month_name(self, day: date) -> str:
        """The short name of a month, such as "Dec"."""
        from babel.dates import format_date

        return str(format_date(day, "LLL", locale=self._known_locale()))

    def month_and_year(self, day: date) -> str:
        """A month by its whole name, such as "November 2026"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMMM", day, locale=self._known_locale()))

    def whole_month(self, day: date) -> str:
        """The whole name of a month, such as "November"."""
        from babel.dates import format_date

        return str(format_date(day, "LLLL", locale=self._known_locale()))

    def moment(self, iso: str | None) -> str:
        """A moment in the user's own time, such as "24 Nov 2026, 13:05"."""
        if not iso:
            return ""
        local = datetime.fromisoformat(iso).astimezone()
        return f"{day_of(local.date(), 'yMMMd', self._known_locale())}, {self.clock(local)}"

    def clock(self, moment: datetime) -> str:
        """A time of day in the user's own time, such as "13:05"."""
        return self.time_of(moment.astimezone())

    def time_of(self, there: datetime) -> str:
        """The time of day that a clock on a wall shows, wherever that is, such as "19:30"."""
        from babel.dates import format_time

        return str(format_time(there.time(), "short", locale=self._known_locale()))

    def number(self, number: int) -> str:
        """A whole number with the language's grouping, such as "1,200"."""
        if -1000 < number < 1000:
            return str(number)
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=self._known_locale()))

    def about(self, number: int) -> str:
        """A large number in few letters, where a language has them, such as "18.4k"; else as `number` writes it."""
        from babel.numbers import format_compact_decimal

        if number < 10_000:
            return self.number(number)
        short = str(format_compact_decimal(number, locale=self._known_locale(), fraction_digits=1))
        return short.replace("K", "k") if not short[-1].isdigit() else self.number(number)

    def decimal(self, number: float) -> str:
        """A number with at most one decimal, such as "2.5"."""
        from babel.numbers import format_decimal

        return str(format_decimal(round(number, 1), "#,##0.#", locale=self._known_locale()))

    def share(self, part: float) -> str:
        """A share of 1 as whole percent."""
        from babel.numbers import format_percent

        return str(format_percent(round(part * 100) / 100, locale=self._known_locale()))

    def rate(self, part: float) -> str:
        """A share of 1 as percent with one decimal, such as "4.3%": rates of engagement are small."""
        from babel.numbers import format_percent

        return str(format_percent(round(part, 3), "0.0%", locale=self._known_locale()))

    def money(self, minor: int, currency: str) -> str:
        """An amount in minor units, such as "£12.50"."""
        from babel.numbers import format_currency

        from outreach.fields.numbers import from_minor

        return str(format_currency(from_minor(minor, currency), currency, locale=self._known_locale()))

    def amount(self, amount: Decimal, currency: str) -> str:
        """A round amount, such as "£800", as it stands beside a chart."""
        from babel.numbers import format_currency

        locale = self._known_locale()
        pattern = str(locale.currency_formats["standard"].pattern)
        if amount == amount.to_integral_value():
            pattern = pattern.replace(".00", "")
        return str(format_currency(amount, currency, pattern, locale, currency_digits=False))

    def country(self, code: str) -> str:
        """A country's name, by its two letters."""
        return str(self._known_locale().territories.get(code, code))

    def language_name(self, code: str) -> str:
        """A language's name in this one, by its code."""
        return str(self._known_locale().languages.get(code, code))

    def _known_locale(self) -> "Locale":
        return known_locale(self.locale)


@lru_cache(16)
def known_locale(name: str) -> "Locale":
    """What is known of a language by the name of its locale; of a language that is not known, that of English.

    A page writes a hundred numbers, and to look this up takes longer than to write one.
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


@lru_cache(4096)
def day_of(day: date, parts: str, locale: "Locale") -> str:
    """Some parts of a day in the order and with the signs of a language; painted often, so it is remembered."""
    from babel.dates import format_skeleton

    return str(format_skeleton(parts, day, locale=locale))
