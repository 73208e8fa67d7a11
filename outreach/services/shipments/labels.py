"""Label sheets and sheets of cards: the kinds that are sold, as data, and how many labels fit on a page."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from outreach.errors import KnownError
from outreach.paths import home, resource

#: Pages in millimetres, width and height.
PAGES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4), "A5": (148.0, 210.0)}
#: Where paper is measured in inches.
_LETTER = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "PR"})
#: Makers round to hundredths of an inch.
_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """One kind of label sheet, in millimetres.

    Attributes:
        also: Numbers of other sheets that have the same measures.
    """

    id: str
    name: str
    page: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    also: tuple[str, ...] = ()

    @property
    def per_page(self) -> int:
        """How many labels a page has."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """Where a label of a page begins, by its number from 0, left to right and then down."""
        row, column = divmod(number, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y

    def named(self, name: str) -> bool:
        """Whether it is called so: by its id, the maker's number, or that of another of the same measures."""
        names = (self.id, self.id.partition("-")[2], *self.also)
        return name.strip().casefold() in {each.casefold() for each in names}


def load_sheets(kind: str = "labels") -> Mapping[str, LabelSheet]:
    """All sheets by id: those that ship, and the user's own, which come before; one of hers that is broken is left out.

    Args:
        kind: ``labels`` or ``cards``, of which each is a file in ``resources``, and beside the settings.

    Raises:
        KnownError: ``labels.bad_sheet`` for one that ships, whose measures lack or cannot be.
    """
    own = {}
    for name, values in _own(kind, broken={}).items():
        try:
            own[name] = _sheet(name, values)
        except KnownError:
            continue
    return {**_shipped(kind), **own}


@cache
def _shipped(kind: str) -> Mapping[str, LabelSheet]:
    data = tomllib.loads(resource(f"{kind}.toml").read_text(encoding="utf-8"))
    return {name: _sheet(name, values) for name, values in data.items()}


def _own(kind: str, broken: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """The measures of the user's own sheets; of a file that cannot be read `broken` is returned, or it is told."""
    path = home() / f"{kind}.toml"
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        if broken is not None:
            return broken
        raise KnownError("labels.bad_file", file=str(path), why=str(error)) from error


def _sheet(name: str, values: Any) -> LabelSheet:
    """A sheet from its measures.

    Raises:
        KnownError: ``labels.bad_sheet``.
    """
    try:
        made = LabelSheet(id=name, **{**values, "also": tuple(values.get("also", ()))})
        told = isinstance(values["name"], str) and all(isinstance(values[each], int) for each in ("columns", "rows"))
        fits = told and _fits(made)
    except (AttributeError, KeyError, TypeError):
        fits = False
    if not fits:
        shown = values.get("name", name) if isinstance(values, dict) else name
        raise KnownError("labels.bad_sheet", sheet=str(shown))
    return made


def _fits(each: LabelSheet) -> bool:
    """Whether all labels lie on the page, and none on another."""
    width, height = PAGES[each.page]
    if min(each.columns, each.rows) < 1 or min(each.width, each.height) <= 0 or min(each.left, each.top) < 0:
        return False
    overlaps = (each.columns > 1 and each.pitch_x < each.width) or (each.rows > 1 and each.pitch_y < each.height)
    x, y = each.place(each.per_page - 1)
    return not overlaps and x + each.width <= width + _TOLERANCE and y + each.height <= height + _TOLERANCE


def sheet(name: str, kind: str = "labels") -> LabelSheet:
    """A sheet by its id, or by the maker's number, such as ``L7163``; the user's own comes first.

    Raises:
        KnownError: ``labels.unknown_sheet``, or ``labels.bad_sheet`` and ``labels.bad_file`` for one of the user's own
            that is broken.
    """
    sheets = load_sheets(kind)
    own = [_sheet(each, values) for each, values in _own(kind, broken={}).items() if each == name.strip().casefold()]
    for each in (*own, *reversed(list(sheets.values()))):
        if each.named(name):
            return each
    _own(kind)
    known = ", ".join((each.partition("-")[2] or each).upper() for each in sheets)
    raise KnownError("labels.unknown_sheet", name=name, known=known)


def paper_of(country: str) -> str:
    """The paper that printers of a country hold, by its name in ``PAGES``."""
    return "Letter" if country in _LETTER else "A4"
