"""Values of a report as cells: what people read, with what it stands for."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from outreach.fields.money import Money
from outreach.fields.numbers import from_minor
from outreach.services.report.blocks import Cell, Kind
from outreach.wording.words import Words


def number_cell(words: Words, number: int, tone: str = "") -> Cell:
    """A whole number."""
    return Cell(words.number(number), Kind.NUMBER, number, tone=tone)


def share_cell(words: Words, share: float | None) -> Cell:
    """A share of 1; empty where there is none."""
    return Cell("" if share is None else words.share(share), Kind.SHARE, share)


def money_cell(words: Words, minor: int | None, currency: str) -> Cell:
    """An amount with its currency; empty where it is not known."""
    if minor is None:
        return Cell("")
    return Cell(words.money(minor, currency), Kind.MONEY, from_minor(minor, currency), currency)


def day_cell(words: Words, iso: str) -> Cell:
    """A day; empty where it is not known."""
    return Cell(words.day(iso), Kind.DAY, date.fromisoformat(iso)) if iso else Cell("")


def amounts_cell(words: Words, amounts: Sequence[Money]) -> Cell:
    """An amount; in words where there is one for each of several currencies, which are never added."""
    if len(amounts) == 1:
        return money_cell(words, amounts[0].minor, amounts[0].currency)
    return Cell(", ".join(words.money(each.minor, each.currency) for each in amounts))


def decimal_cell(words: Words, number: float | None) -> Cell:
    """A number that may have a part; empty where it is not known."""
    return Cell("") if number is None else Cell(words.decimal(number), Kind.NUMBER, Decimal(str(number)))
