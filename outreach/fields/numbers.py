"""Counts and amounts of money, read as people and other programs write them."""

import re
import tomllib
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from outreach.paths import resource

_LONGEST = 60
# The largest count and the most digits of an amount: far above anything real, and safe in every table.
_MOST = 10**12
_MOST_DIGITS = 15

_NUMBER = r"[0-9]+(?:[.,' ’][0-9]+)*"
_MARK = re.compile(r"[.,' ’]")
_COUNT = re.compile(
    rf"[~≈<>]? ?(?P<number>{_NUMBER}) ?(?P<unit>k|thousand|m|mio|mln|million|b|billion|万)?\.? ?\+?"
    r"(?: ?(?:followers|following|subscribers|subs|fans|readers|members|people|人))?",
    re.IGNORECASE,
)
_POWERS = {"k": 3, "thousand": 3, "万": 4, "m": 6, "mio": 6, "mln": 6, "million": 6, "b": 9, "billion": 9}
_AMOUNT = re.compile(rf"(?P<before>[^0-9(]*)(?P<number>{_NUMBER})[^0-9]*")
_WEIGHT = re.compile(r"(?P<grams>[0-9]{1,6}) ?g?|(?P<kilos>[0-9]{1,3})(?:[.,](?P<part>[0-9]{1,3}))? ?kg")
_HEAVIEST_GRAMS = 100_000
_BETWEEN_WORDS = re.compile(r"[0-9\s.,'’+()/-]+")
_TWO_DECIMALS = 2


def parse_count(text: str) -> int | None:
    """A count of followers: ``"12.3k"``, ``"1,234"``, ``"1.234"``, ``"2 m"``, ``"10k+"``, ``"667.0"``."""
    found = _COUNT.fullmatch(_plain(text))
    if found is None:
        return None
    power = _POWERS.get((found["unit"] or "").lower(), 0)
    parts = _whole_and_decimals(found["number"], power > 0)
    if parts is None or (not power and parts[1].strip("0")):
        return None
    whole, decimals = parts
    count = int(f"{whole}{decimals[:power].ljust(power, '0')}")
    return count if count <= _MOST else None


def parse_amount(text: str) -> Decimal | None:
    """An amount of money with any sign or word beside it: ``"£8.99"``, ``"8,99"``, ``"1.234,50"``, ``"12,- EUR"``.

    A single mark before three digits, as in ``"1.234"``, is taken to group thousands, unless the text names a currency
    with three decimals.
    """
    found = _AMOUNT.fullmatch(_plain(text))
    if found is None:
        return None
    parts = _whole_and_decimals(found["number"], _has_thousandths(text))
    if parts is None or len(parts[0] + parts[1]) > _MOST_DIGITS:
        return None
    whole, decimals = parts
    sign = "-" if "-" in found["before"] or "−" in found["before"] else ""
    return Decimal(f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}")


def currency_of(text: str) -> str | None:
    """The code (ISO 4217) of the currency that a text names by code or sign, such as ``GBP``; a bare ``$`` is USD.

    Beside other words a code must be written large: "all" and "try" are currencies too.
    """
    codes, _decimals, signs = _currencies()
    words = [word for word in _BETWEEN_WORDS.split(_plain(text)) if word]
    for word in words:
        code = word.upper()
        if code in codes and (len(words) == 1 or word == code):
            return code
        if word.casefold() in signs:
            return signs[word.casefold()]
    return None


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in the currency's minor units, such as pence; half a unit is rounded away from zero."""
    return int(amount.scaleb(_places(currency)).to_integral_value(ROUND_HALF_UP))


def from_minor(minor: int, currency: str) -> Decimal:
    """The amount that so many minor units are."""
    return Decimal(minor).scaleb(-_places(currency))


def parse_weight(text: str) -> int | None:
    """A weight of up to 100 kg in grams: ``"420"``, ``"420 g"``, ``"0.42 kg"``, ``"1,2kg"``."""
    found = _WEIGHT.fullmatch(_plain(text).casefold())
    if found is None:
        return None
    if found["kilos"] is not None:
        grams = int(found["kilos"]) * 1000 + int((found["part"] or "").ljust(3, "0"))
    else:
        grams = int(found["grams"])
    return grams if 0 < grams <= _HEAVIEST_GRAMS else None


def _plain(text: str) -> str:
    """One short line with plain digits and spaces, or nothing."""
    if len(text) > _LONGEST:
        return ""
    if text.isascii():
        return text.strip()
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _whole_and_decimals(number: str, thousandths: bool) -> tuple[str, str] | None:
    """The digits before and after the decimal mark, whichever that is; None where the marks make no sense.

    Args:
        number: Groups of digits with one mark between each two.
        thousandths: Whether three digits after a single mark are decimals.
    """
    groups = _MARK.split(number)
    marks = _MARK.findall(number)
    decimals = ""
    if marks and _ends_in_decimals(groups, marks, thousandths):
        decimals = groups.pop()
        marks.pop()
    return ("".join(groups), decimals) if not marks or _are_thousands(groups, marks) else None


def _are_thousands(groups: list[str], marks: list[str]) -> bool:
    """Whether marks group digits as 1,234,567 or, as in India, 12,34,567."""
    if len(set(marks)) > 1 or len(groups[0]) > 3 or len(groups[-1]) != 3:
        return False
    between = {len(group) for group in groups[1:-1]}
    return between <= {3} or (between == {2} and marks[0] == ",")


def _ends_in_decimals(groups: list[str], marks: list[str], thousandths: bool) -> bool:
    if marks[-1] not in ".,":
        return False
    if len(marks) > 1:
        return marks[-1] != marks[0]
    return thousandths or len(groups[1]) != 3 or len(groups[0]) > 3 or groups[0] == "0"


def _has_thousandths(text: str) -> bool:
    if text.strip(" 0123456789.,") == "":
        return False
    currency = currency_of(text)
    return currency is not None and _places(currency) == 3


def _places(currency: str) -> int:
    _codes, decimals, _signs = _currencies()
    return decimals.get(currency.upper(), _TWO_DECIMALS)


@cache
def _currencies() -> tuple[frozenset[str], dict[str, int], dict[str, str]]:
    """The codes, the decimals of those that have not two, and the codes by folded sign."""
    told = tomllib.loads(resource("currencies.toml").read_text("utf-8"))
    signs = {sign.casefold(): code for sign, code in told["signs"].items()}
    return frozenset(told["codes"]), told["decimals"], signs
