"""What a report is made of, in words and in values: every format is written from the same blocks.

A cell has both, what people read and the value that it stands for, so that a figure on paper and the number in a
spreadsheet cannot differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a cell stands for."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: As people read it, in the report's language.
        value: The value behind it: a whole number, a share of 1, an amount in units of its currency, a day; None for
            text, and where there is none.
        currency: Of money (ISO 4217).
        tone: ``good`` or ``quiet`` where it is coloured.
    """

    text: str
    kind: Kind = Kind.TEXT
    value: int | float | Decimal | date | None = None
    currency: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, how wide it is beside the others, and whether it holds figures."""

    name: str
    width: float = 1.0
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has a cell for each column."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class RateBar:
    """A share with its likely range; no share where there are too few to say.

    Attributes:
        share: In words; why there is none, where there is none.
        of: How many of how many.
    """

    name: str
    part: int
    whole: int
    middle: float | None
    low: float | None
    high: float | None
    share: str
    of: str
    likely: str


@dataclass(frozen=True, slots=True)
class Rates:
    """A dot for each share, on a band that says how sure it is; `axis` has the words below 0, a half and 1."""

    bars: Sequence[RateBar]
    axis: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Curve:
    """Values over time, by day."""

    name: str
    points: Sequence[tuple[date, Decimal]]


@dataclass(frozen=True, slots=True)
class Lines:
    """Curves over the same time, in the same unit; the ticks are in words, and the first and last frame the chart."""

    curves: Sequence[Curve]
    values: Sequence[tuple[Decimal, str]]
    days: Sequence[tuple[date, str]]
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that stands large: what it is called, the number, and what stands below it."""

    name: str
    cell: Cell
    below: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be shown, with whose it is."""

    file: Path
    caption: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a report. Where it has a chart, its table says the same in figures.

    Attributes:
        key: What it is, for names that no language changes.
        title: What it is called; numbers that stand large need no title above them where they are seen.
        beside: What stands small beside its title.
        told: The rows of the table as sentences, which stand in its place on pages.
    """

    key: str
    title: str
    beside: str = ""
    figures: Sequence[Figure] = ()
    chart: Rates | Lines | None = None
    table: Table | None = None
    told: Sequence[str] = ()
    lines: Sequence[str] = ()
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report, in one language.

    Attributes:
        lead: The one sentence that it begins with.
        scope: What it covers.
        made: On which day, in words.
        language: Of its words (BCP 47).
        page: The words at the foot of a page, with ``{page}`` and ``{pages}``.
        heads: The headings of a table of all figures, by name: block, what, figure, value, unit.
    """

    title: str
    lead: str
    scope: str
    made: str
    language: str
    page: str
    blocks: Sequence[Block]
    heads: Mapping[str, str] = field(default_factory=dict)
    is_mirrored: bool = False
