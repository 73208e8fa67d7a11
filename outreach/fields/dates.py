"""Days, months and years, kept as ISO 8601 dates as far as they are known: ``2027``, ``2027-03``, ``2027-03-03``.

A year before our era is written with a sign, as in ``-0720``.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

_LONGEST = 60
_TIME = r"(?:[T,\s]\s?[0-9]{1,2}:[0-9]{2}.*)?"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){_TIME}")
_THREE = re.compile(rf"([0-9]{{1,4}})([./-])\s?([0-9]{{1,2}})\2\s?([0-9]{{1,4}}){_TIME}")
_TWO = re.compile(r"(?:(?P<m>[0-9]{1,2})[./-](?P<y>[0-9]{4})|(?P<Y>[0-9]{4})[./-](?P<M>[0-9]{1,2}))")
# ONIX code list 55, formats 00, 01 and 13.
_ONIX = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?(?:T[0-9]{2}.*)?")
# A spreadsheet makes 2008 a 2008.0, and 720 before our era a -720.0.
_YEAR = re.compile(r"(-)?([0-9]{1,4})(\.0)?")
_CLOCK = re.compile(r"[T,\s]\s?[0-9]{1,2}:[0-9]{2}.*")
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+")

_MONTH_NAMES = (
    "january jan januar janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février févr febrero febbraio febb fevereiro fev februari",
    "march mar märz marz mrz mär mars marzo março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aou agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
_MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
# What else stands in a date that is written out.
_FILLERS = frozenset(
    {"st", "nd", "rd", "th", "of", "the", "de", "del", "den", "le", "er", "mon", "monday", "tue", "tues", "tuesday"}
    | {"wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday", "sat", "saturday", "sun", "sunday"}
)


def parse_day(text: str, order: str = "dmy") -> str | None:
    """Read a date as far as it is told; a time after it is left out.

    Args:
        text: ``2027-03-03``, ``3.3.2027``, ``3 Mar 2027``, ``March 2027``, ``20270303``, ``2008.0`` and the like.
        order: How days in figures are meant where the year does not come first: ``dmy``, ``mdy`` or ``ymd``. A date
            that is impossible in this order is not read in another.
    """
    if len(text) > _LONGEST:
        return None
    text = text.strip()
    found = _ISO.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _THREE.fullmatch(text)
    if found:
        return _in_order((found[1], found[3], found[4]), order)
    return _year_or_month(text) or _in_words(text)


def day_order(values: Iterable[str]) -> str:
    """The order that the dates of a column are written in: ``dmy``, ``mdy`` or ``ymd``; ``dmy`` where nothing tells."""
    votes: Counter[str] = Counter()
    for value in values:
        found = _THREE.fullmatch(value.strip()) if len(value) <= _LONGEST else None
        if found:
            votes[_order_of(found[1], found[3], found[4])] += 1
    for order in sorted(("dmy", "mdy"), key=lambda order: -votes[order]):
        if votes[order]:
            return order
    return "ymd" if votes["ymd"] else "dmy"


def _order_of(first: str, second: str, third: str) -> str:
    """The one order that a date in figures can have, or an empty text."""
    if len(first) > 2:
        return "ymd"
    if int(second) > 12:
        return "mdy"
    if int(first) > 31 and len(third) <= 2:
        return "ymd"
    return "dmy" if int(first) > 12 else ""


def _in_order(numbers: tuple[str, str, str], order: str) -> str | None:
    first, second, third = numbers
    if len(first) > 2 or (order == "ymd" and len(third) <= 2):
        year, month, day = first, second, third
    elif order == "mdy":
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    return _day(_whole_year(year), int(month), int(day))


def _whole_year(year: str) -> int:
    """Two digits are a year from 1970 to 2069, as POSIX has it, nearly."""
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= 70 else 2000)


def _year_or_month(text: str) -> str | None:
    found = _YEAR.fullmatch(text)
    if found:
        sign, year, decimal = found.groups()
        known = (sign or decimal or len(year) == 4) and int(year) > 0
        return f"{sign or ''}{int(year):04}" if known else None
    found = _ONIX.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    found = _TWO.fullmatch(text)
    if found:
        return _day(int(found["y"] or found["Y"]), int(found["m"] or found["M"]))
    return None


def _in_words(text: str) -> str | None:
    months = []
    numbers = []
    for piece in _PIECE.findall(_CLOCK.sub("", text).lower()):
        if piece[0].isdigit():
            numbers.append(piece)
        elif piece in _MONTHS:
            months.append(_MONTHS[piece])
        elif piece not in _FILLERS:
            return None
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 2 and len(numbers[0]) == 4:
        numbers.reverse()
    year = numbers[-1]
    if len(year) != 4 and (len(numbers) == 1 or len(year) != 2):
        return None
    return _day(_whole_year(year), months[0], int(numbers[0]) if len(numbers) == 2 else None)


def _day(year: int, month: int, day: int | None = None) -> str | None:
    try:
        known = date(year, month, 1 if day is None else day)
    except ValueError:
        return None
    return f"{year:04}-{month:02}" if day is None else known.isoformat()


def days_between(earlier: str, later: str) -> int | None:
    """The days from one whole day to another, fewer than none where it lies before it; None where one is not whole."""
    whole = len("2026-11-24")
    if len(earlier) != whole or len(later) != whole:
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def is_before(day: str, other: str) -> bool:
    """Whether a day, or a month or a year, was surely before another: where that cannot be told it was not."""
    length = min(len(day), len(other))
    return day[:length] < other[:length]
