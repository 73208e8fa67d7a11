"""Carriers: tracking addresses, what a number could be, and the files that carriers take in."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from outreach.errors import KnownError
from outreach.paths import resource
from outreach.services.postal import PostalAddress, country_name

#: The weights of an S10 number's eight digits (Universal Postal Union, standard S10).
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_S10 = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries parcels."""

    code: str
    name: str
    tracking: str
    shapes: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column of a carrier's file: its header and what stands in it."""

    header: str
    source: str
    longest: int = 0
    required: bool = False
    form: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A carrier's file."""

    id: str
    name: str
    header: bool
    columns: tuple[LayoutColumn, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel as a carrier knows it."""

    reference: str
    address: PostalAddress
    email: str = ""
    phone: str = ""
    contents: str = ""


@dataclass(frozen=True, slots=True)
class CarrierTable:
    """A carrier's file, ready to write.

    Attributes:
        problems: Parcel number, column, code of `outreach.wording.notes` and its facts, of whatever was cut or lacks.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[tuple[int, str, str, Mapping[str, Any]], ...]


@cache
def load_carriers() -> Mapping[str, Carrier]:
    """All carriers of ``resources/carriers.toml``, by code."""
    data = tomllib.loads(resource("carriers.toml").read_text(encoding="utf-8"))
    return {
        code: Carrier(code, each["name"], each["tracking"], tuple(re.compile(shape) for shape in each["shapes"]))
        for code, each in data.items()
    }


def carrier(name: str) -> Carrier:
    """A carrier by code or name.

    Raises:
        KnownError: ``carriers.unknown``.
    """
    wanted = name.strip().casefold()
    for each in load_carriers().values():
        if wanted in (each.code, each.name.casefold()):
            return each
    raise KnownError("carriers.unknown", name=name, known=", ".join(load_carriers()))


def tracking_url(code: str, number: str) -> str:
    """Where a parcel is tracked; empty for a carrier that is not known."""
    found = load_carriers().get(code)
    return found.tracking.replace("{number}", quote(number, safe="")) if found else ""


def propose_carriers(number: str) -> list[str]:
    """The carriers whose numbers look like this one; never a decision, since shapes overlap."""
    number = "".join(number.split()).upper()
    if _S10.fullmatch(number) and not s10_holds(number):
        return []
    return [each.code for each in load_carriers().values() if any(shape.fullmatch(number) for shape in each.shapes)]


def s10_holds(number: str) -> bool:
    """Whether the check digit of an S10 number, such as RB123456785GB, is right.

    Source: Universal Postal Union, standard S10: 11 less the weighted sum modulo 11, with 10 as 0 and 11 as 5.
    """
    digits = [int(digit) for digit in number[2:11]]
    rest = 11 - sum(digit * weight for digit, weight in zip(digits[:8], _S10_WEIGHTS, strict=True)) % 11
    return digits[8] == {10: 0, 11: 5}.get(rest, rest)


def s10_number(service: str, number: int, country: str) -> str:
    """An S10 number with its check digit, such as RB123456785GB."""
    for digit in range(10):
        whole = f"{service}{number:08}{digit}{country}"
        if s10_holds(whole):
            return whole
    raise AssertionError("one of ten digits always holds")


@cache
def load_layouts() -> Mapping[str, Layout]:
    """All layouts of ``resources/carrier_layouts``, by file name."""
    layouts = {}
    for path in sorted(resource("carrier_layouts").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = tuple(LayoutColumn(**column) for column in data["columns"])
        layouts[path.stem] = Layout(path.stem, data["name"], data["header"], columns)
    return layouts


def layout(name: str) -> Layout:
    """A layout by its name.

    Raises:
        KnownError: ``carriers.unknown_layout``.
    """
    found = load_layouts().get(name.strip().casefold())
    if found is None:
        raise KnownError("carriers.unknown_layout", name=name, known=", ".join(load_layouts()))
    return found


def carrier_rows(chosen: Layout, parcels: Sequence[Parcel]) -> CarrierTable:
    """The rows of a carrier's file, with every cell that had to be cut and every one that lacks."""
    problems: list[tuple[int, str, str, Mapping[str, Any]]] = []
    rows = []
    for number, parcel in enumerate(parcels):
        cells = []
        for column in chosen.columns:
            cell = _cell(column, parcel)
            if column.required and not cell:
                problems.append((number, column.header, "carriers.lacks", {}))
            if column.longest and len(cell) > column.longest:
                problems.append((number, column.header, "carriers.cut", {"longest": column.longest}))
                cell = cell[: column.longest].rstrip()
            cells.append(cell)
        rows.append(tuple(cells))
    header = tuple(column.header for column in chosen.columns) if chosen.header else ()
    return CarrierTable(header, tuple(rows), tuple(problems))


def _cell(column: LayoutColumn, parcel: Parcel) -> str:
    if column.source in PostalAddress.__dataclass_fields__:
        value = str(getattr(parcel.address, column.source))
    else:
        value = str(getattr(parcel, column.source))
    return country_name(value) if column.form == "name" and value else value
