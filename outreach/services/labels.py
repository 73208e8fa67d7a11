"""Label sheets: the kinds that are sold, as data, and how many labels fit on a page."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from outreach.errors import KnownError
from outreach.paths import resource

#: Pages in millimetres, width and height.
PAGES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
#: Makers round to hundredths of an inch.
_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """One kind of label sheet, in millimetres."""

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

    @property
    def per_page(self) -> int:
        """How many labels a page has."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """Where a label of a page begins, by its number from 0, left to right and then down."""
        row, column = divmod(number, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


@cache
def load_sheets() -> Mapping[str, LabelSheet]:
    """All sheets of ``resources/labels.toml``, by id.

    Raises:
        KnownError: ``labels.bad_sheet`` for one whose labels run off the page.
    """
    data = tomllib.loads(resource("labels.toml").read_text(encoding="utf-8"))
    sheets = {name: LabelSheet(id=name, **values) for name, values in data.items()}
    for each in sheets.values():
        x, y = each.place(each.per_page - 1)
        width, height = PAGES[each.page]
        if x + each.width > width + _TOLERANCE or y + each.height > height + _TOLERANCE:
            raise KnownError("labels.bad_sheet", sheet=each.name)
    return sheets


def sheet(name: str) -> LabelSheet:
    """A sheet by its id, or by the maker's number, such as ``L7163``.

    Raises:
        KnownError: ``labels.unknown_sheet``.
    """
    sheets = load_sheets()
    wanted = name.strip().casefold()
    for each in sheets.values():
        if wanted in (each.id, each.id.partition("-")[2]):
            return each
    raise KnownError(
        "labels.unknown_sheet", name=name, known=", ".join(each.partition("-")[2].upper() for each in sheets)
    )
