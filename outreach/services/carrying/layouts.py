"""The files that carriers take in, as data: which columns, how long, of what signs; ours, and those that users add."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.paths import home, resource
from outreach.services.carrying.fitting import LETTERS
from outreach.services.carrying.parcels import SOURCES

_FOLDER = "carrier_layouts"
_FORMS = ("", "name", "code", "state", "state_or_nothing", "phone", "tight")


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column of a carrier's file: its header and what stands in it.

    Attributes:
        source: What of the parcel, one of `SOURCES`; empty for a column that the carrier wants and we have nothing for.
        longest: How many characters it may have; 0 for as many as there are.
        required: Whether the carrier refuses a parcel without it.
        form: How it is written: a country as ``name`` or ``code``; a region as its code where we know one (``state``),
            or not at all where we know none (``state_or_nothing``); a ``phone`` without its sign; ``tight`` for a
            postcode that loses spaces and hyphens before it is too long.
        letters: Which signs it may have, one of `LETTERS`.
        whole: Whether half of it is worth nothing, as of an e-mail address: it is left out where it does not fit.
    """

    header: str
    source: str
    longest: int = 0
    required: bool = False
    form: str = ""
    letters: str = "any"
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A carrier's file.

    Attributes:
        header: Whether the file begins with the headers.
        media_mail: Whether parcels of books go by Media Mail with it, which takes nothing else.
    """

    id: str
    name: str
    header: bool
    columns: tuple[LayoutColumn, ...]
    media_mail: bool = False


def load_layouts() -> Mapping[str, Layout]:
    """All layouts by file name: those that ship, and the user's own; one of hers that is broken is left out."""
    own = {}
    for path in _own_files():
        try:
            own[path.stem] = _read(path)
        except KnownError:
            continue
    return {**_shipped(), **own}


def layout(name: str) -> Layout:
    """A layout by its name.

    Raises:
        KnownError: ``carriers.unknown_layout``, or ``carriers.bad_layout`` for one of the user's own that is broken.
    """
    wanted = name.strip().casefold()
    for path in _own_files():
        if path.stem == wanted:
            return _read(path)
    found = _shipped().get(wanted)
    if found is None:
        raise KnownError("carriers.unknown_layout", name=name, known=", ".join(load_layouts()))
    return found


@cache
def _shipped() -> Mapping[str, Layout]:
    return {path.stem: _read(path) for path in sorted(resource(_FOLDER).glob("*.toml"))}


def _own_files() -> list[Path]:
    return sorted((home() / _FOLDER).glob("*.toml"))


def _read(path: Path) -> Layout:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        columns = tuple(LayoutColumn(**column) for column in data["columns"])
        for column in columns:
            _check(column)
        return Layout(path.stem, str(data["name"]), bool(data["header"]), columns, bool(data.get("media_mail", False)))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise KnownError("carriers.bad_layout", file=path.name, why=str(error)) from error


def _check(column: LayoutColumn) -> None:
    """Refuse a column that says what nobody understands; the sentence tells which."""
    known: dict[str, tuple[Any, ...]] = {"source": ("", *SOURCES), "letters": tuple(LETTERS), "form": _FORMS}
    for each in fields(column):
        value = getattr(column, each.name)
        if each.name in known and value not in known[each.name]:
            raise ValueError(f"{column.header}: {each.name} = {value!r}")
