"""Numbers of books and products: ISBN and GTIN, read as spreadsheets leave them."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 80
_LABEL = re.compile(r"(?:urn:)?(?:e-?)?(?:isbn|ean|gtin|upc)(?:[- ]?1[0-4](?![0-9]))?[:\s]*", re.IGNORECASE)
_JOINTS = re.compile(r"[\s\-‐‑‒–—−.]")
_ISBN13 = re.compile(r"97[89][0-9]{10}")
_ISBN10 = re.compile(r"[0-9]{6,9}[0-9Xx]")
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?e\+?[0-9]{1,2}", re.IGNORECASE)
_GTIN_LENGTHS = (8, 11, 12, 13, 14)


class IsbnProblem(StrEnum):
    """Why a text is no ISBN."""

    SHAPE = "shape"
    CHECKSUM = "checksum"
    ROUNDED = "rounded"


@dataclass(frozen=True, slots=True)
class IsbnReading:
    """What was read from a cell.

    Attributes:
        isbn13: Thirteen digits, or None.
        repaired: Whether leading zeros that a spreadsheet had dropped were put back.
        problem: Why there is none; None also for an empty cell.
    """

    isbn13: str | None
    repaired: bool = False
    problem: IsbnProblem | None = None


def parse_isbn(text: str) -> IsbnReading:
    """Read an ISBN of ten or thirteen digits, with its hyphens or without.

    Seven to nine digits are read as an ISBN-10 that lost its leading zeros, where the check digit then holds. A number
    that a spreadsheet has rounded (``9.78043902348e+12``) is never believed.
    """
    if len(text) > _LONGEST:
        return IsbnReading(None, problem=IsbnProblem.SHAPE)
    number = text if _ISBN13.fullmatch(text) else _unwrapped(text)
    if not number:
        return IsbnReading(None)
    if _ROUNDED.fullmatch(number):
        return IsbnReading(None, problem=IsbnProblem.ROUNDED)
    number = _JOINTS.sub("", number)
    if len(number) == 13 and number.isascii() and number.isdecimal():
        return _isbn13(number)
    if _ISBN10.fullmatch(number):
        return _isbn10(number.upper())
    return IsbnReading(None, problem=IsbnProblem.SHAPE)


def format_isbn(isbn13: str) -> str:
    """An ISBN-13 with hyphens between its parts; any other text as it is."""
    if not _ISBN13.fullmatch(isbn13):
        return isbn13

    from stdnum import isbn  # heavy

    return str(isbn.format(isbn13))


def parse_gtin(text: str) -> str | None:
    """Read a GTIN (EAN, UPC) with a good check digit, as 8, 13 or 14 digits: a shorter one has zeros before it.

    The check digit is not changed by zeros in front, so a UPC that lost its first zero is read too.
    """
    if len(text) > _LONGEST:
        return None
    digits = _JOINTS.sub("", _unwrapped(text))
    if len(digits) not in _GTIN_LENGTHS or not (digits.isascii() and digits.isdecimal()) or not digits.strip("0"):
        return None
    if _gtin_sum(digits) % 10:
        return None
    if len(digits) == 14 and digits[0] == "0":
        digits = digits[1:]
    return digits if len(digits) in (8, 14) else digits.zfill(13)


def _unwrapped(text: str) -> str:
    """The number inside what spreadsheets and people put round it."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.strip()
    if text[:1] == "=":
        text = text[1:].strip()
    text = _LABEL.sub("", text.strip("\"'’ \t"), count=1)
    whole, dot, decimals = text.partition(".")
    return whole if dot and whole.isdecimal() and decimals == "0" else text


def _isbn13(digits: str) -> IsbnReading:
    # 979-0 numbers are printed music (ISMN), not books.
    if not _ISBN13.fullmatch(digits) or digits.startswith("9790"):
        return IsbnReading(None, problem=IsbnProblem.SHAPE)
    if _gtin_sum(digits) % 10:
        return IsbnReading(None, problem=IsbnProblem.CHECKSUM)
    return IsbnReading(digits)


def _isbn10(number: str) -> IsbnReading:
    whole = number.zfill(10)
    digits = [10 if digit == "X" else int(digit) for digit in whole]
    if sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11:
        return IsbnReading(None, problem=IsbnProblem.CHECKSUM)
    body = f"978{whole[:9]}"
    check = -_gtin_sum(f"{body}0") % 10
    return IsbnReading(f"{body}{check}", repaired=whole != number)


def _gtin_sum(digits: str) -> int:
    """The weighted sum of GS1's check digit (General Specifications 7.9): every second digit from the right thrice."""
    return sum(map(int, digits[-1::-2])) + 3 * sum(map(int, digits[-2::-2]))
