"""Parcels in the form of a carrier's file: planned first, with everything that is lost on the way, then written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach.fields.countries import region_code
from outreach.services.carrying.fitting import cut, flowed, in_letters, phone_figures, tightened
from outreach.services.carrying.layouts import Layout, LayoutColumn
from outreach.services.carrying.parcels import LINES, STREETS, Parcel
from outreach.services.exporting.csvfile import guarded, write_csv
from outreach.services.people.postal import country_name

#: Countries' numbers where people write a 0 before the rest at home.
_DIALLED = {"GB": "44", "IE": "353", "DE": "49", "FR": "33", "NL": "31", "AU": "61", "NZ": "64", "SE": "46", "CH": "41",
            "AT": "43", "BE": "32", "FI": "358"}  # fmt: skip
#: Where Media Mail goes: the United States, their territories and their forces abroad.
_MEDIA_MAIL = ("US", "PR", "GU", "VI", "AS", "MP")

#: Parcel number, column, code of `outreach.wording.notes` and its facts.
Problem = tuple[int, str, str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CarrierTable:
    """A carrier's file, ready to write.

    Attributes:
        problems: Whatever was cut, replaced or left out, what lacks, and what may not travel so.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...]


def carrier_rows(chosen: Layout, parcels: Sequence[Parcel]) -> CarrierTable:
    """The plan of a carrier's file: its rows, with every sign that was replaced and every cell that was cut."""
    problems: list[Problem] = []
    rows = []
    for number, parcel in enumerate(parcels):
        cells, found = _row(chosen, parcel)
        rows.append(cells)
        problems.extend((number, column, code, facts) for column, code, facts in found)
    header = tuple(column.header for column in chosen.columns) if chosen.header else ()
    return CarrierTable(header, tuple(rows), tuple(problems))


def write_carrier_file(path: Path, table: CarrierTable) -> None:
    """Write a plan, whole or not at all.

    Raises:
        KnownError: ``files.not_written``.
    """
    write_csv(path, table.header, table.rows)


def media_mail_doubts(parcel: Parcel, *, may_go_so: bool = True) -> tuple[str, ...]:
    """What in a parcel may not travel as Media Mail; empty where all may, or where it does not go so.

    Source: USPS, on Media Mail: books of at least eight pages, and no advertising but for books.

    Args:
        parcel: The parcel.
        may_go_so: Whether one whose service is not said goes by Media Mail.
    """
    service = parcel.service.casefold()
    goes_so = "media" in service if service else may_go_so
    return parcel.not_media if goes_so and parcel.address.country in _MEDIA_MAIL else ()


def _row(chosen: Layout, parcel: Parcel) -> tuple[tuple[str, ...], list[tuple[str, str, Mapping[str, Any]]]]:
    cells: list[str] = []
    problems: list[tuple[str, str, Mapping[str, Any]]] = []
    streets = _streets(chosen, parcel, problems)
    for column in chosen.columns:
        told = streets.get(column.source)
        cell = told if told is not None else _cell(column, parcel, problems)
        cell = _harmless(column, cell, problems)
        if column.required and not cell:
            problems.append((column.header, "carriers.lacks", {}))
        cells.append(cell)
    if doubts := media_mail_doubts(parcel, may_go_so=chosen.media_mail):
        problems.append(("", "carriers.no_media_mail", {"what": "; ".join(doubts)}))
    return tuple(cells), problems


def _streets(chosen: Layout, parcel: Parcel, problems: list[tuple[str, str, Mapping[str, Any]]]) -> dict[str, str]:
    """The columns of the street, by their sources; the lines are told over them together."""
    for names, lines in ((STREETS, parcel.streets), (LINES, parcel.streets[:2])):
        columns = [column for column in chosen.columns if column.source in names]
        if columns:
            signed = [_signed(columns[0], line, problems) for line in lines]
            cells, lost = flowed(signed, min(column.longest for column in columns), len(columns))
            if lost:
                problems.append((columns[-1].header, "carriers.cut", {"longest": columns[-1].longest, "lost": lost}))
            return {column.source: cell for column, cell in zip(columns, cells, strict=True)}
    return {}


def _cell(column: LayoutColumn, parcel: Parcel, problems: list[tuple[str, str, Mapping[str, Any]]]) -> str:
    if not column.source:
        return ""
    bare = parcel.value(column.source)
    value = _in_form(column, bare, parcel.address.country)
    if bare and not value:
        problems.append((column.header, "carriers.left_out", {"value": bare}))
        return ""
    value = _signed(column, value, problems)
    if column.whole and column.longest and len(value) > column.longest:
        problems.append((column.header, "carriers.too_long", {"longest": column.longest, "value": value}))
        return ""
    value, lost = cut(value, column.longest)
    if lost:
        problems.append((column.header, "carriers.cut", {"longest": column.longest, "lost": lost}))
    return value


def _signed(column: LayoutColumn, value: str, problems: list[tuple[str, str, Mapping[str, Any]]]) -> str:
    made, signs = in_letters(value, column.letters)
    if signs:
        problems.append((column.header, "carriers.replaced", {"signs": signs, "value": value}))
    return made


def _harmless(column: LayoutColumn, cell: str, problems: list[tuple[str, str, Mapping[str, Any]]]) -> str:
    """A cell that no spreadsheet takes for a formula, without an apostrophe that the carrier would print."""
    bare = cell
    while guarded(bare) != bare:
        bare = bare[1:].lstrip()
    if bare != cell:
        signs = f"{cell[: len(cell) - len(bare)].strip()}→"
        problems.append((column.header, "carriers.replaced", {"signs": signs, "value": cell}))
    return bare


def _in_form(column: LayoutColumn, value: str, country: str) -> str:
    """A value in the form that its column asks for."""
    match column.form:
        case "name":
            return country_name(value) if value else ""
        case "state":
            return region_code(value, country) or value
        case "state_or_nothing":
            return region_code(value, country) or ""
        case "phone":
            return phone_figures(value, country, _DIALLED)
        case "tight":
            return tightened(value, column.longest)
    return value
