"""The arrays of the match, kept beside the workspace, so that the first match after a start need not build them.

They are named by what they were built from: the newest mark of the tables (`store.marks`), the week from which ages are
counted, and the version of what builds them. They are written beside their place and renamed, mapped into memory as
they are, and never written again: what one person's changes renew stands in memory. What is damaged, foreign, or of
another history is not used, and goes when the arrays are built anew.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from outreach.services.catalogue.genres import load_genres
from outreach.services.matching import in_columns as columns
from outreach.services.matching.building import Arrays, arrays
from outreach.services.matching.gathering import Known, counted_from, gather
from outreach.services.matching.model import constants
from outreach.services.matching.model import library as books
from outreach.services.matching.model.engine import Engine, People, Priors
from outreach.services.matching.model.events import Orders
from outreach.services.matching.renewing import people_of, renew_all
from outreach.store import caches, marks
from outreach.store.database import Store
from outreach.store.marks import Mark

_T = TypeVar("_T")

#: What is laid out otherwise has another number.
_LAYOUT = 1
_FOLDER, _META = "match", "meta.json"
#: To renew so many rows takes a tenth of the time that it takes to build all.
_MOST_RENEWED = 200
_NOTES = ("own", "audience", "audience_words", "limits", "refused")


def arrays_of(store: Store) -> Arrays:
    """The arrays as the tables now are: kept ones with some rows renewed, or built anew and kept."""
    found = kept(store)
    if found is not None:
        built, mark = found
        changed = marks.since(store.db, mark)
        people = None if changed is None else people_of(changed)
        if people is not None and len(people) <= _MOST_RENEWED and renew_all(built, people):
            return built
    # The mark first: what is written while the tables are read counts as later.
    mark = marks.newest(store.db)
    built = arrays(gather(store.today()))
    keep(store, built, mark)
    return built


def keep(store: Store, built: Arrays, mark: Mark) -> None:
    """Keep arrays that were built of the tables as they were at a mark; where that cannot be, nothing is kept.

    Whatever else lies in the folder goes.
    """
    place = caches.place(store.folder, _FOLDER)
    if place is None or store.to_look:
        return
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".", suffix=".new", dir=place))
        try:
            _write(made, built, mark)
            target = place / _name(built.known.today, mark)
            _remove_all_but(place, made)
            made.rename(target)
            # Who is forgotten meanwhile takes it away herself, or has changed the mark before.
            if marks.newest(store.db) != mark:
                shutil.rmtree(target, ignore_errors=True)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def kept(store: Store) -> tuple[Arrays, Mark] | None:
    """The arrays that are kept, and the mark at which they were built; None where there are none that can be used."""
    place = caches.place(store.folder, _FOLDER)
    if place is None or not place.is_dir():
        return None
    today = counted_from(store.today())
    for path in sorted(place.glob(f"{_prefix(today)}-*")):
        # Whatever is wrong with it, it can be built anew.
        with suppress(Exception):
            meta = json.loads((path / _META).read_text(encoding="utf-8"))
            mark = Mark(*meta["mark"])
            if path.name == _name(today, mark) and not path.is_symlink():
                return _read(path, meta, today), mark
    return None


def _prefix(today: date) -> str:
    return f"{_version()}-{today.isoformat()}"


def _name(today: date, mark: Mark) -> str:
    return f"{_prefix(today)}-{mark.id}-{mark.nonce}"


@cache
def _version() -> str:
    """What arrays depend on beside the tables: how they are laid out, the constants, the genres."""
    chosen = {name: value for name, value in vars(constants).items() if name.isupper()}
    told = repr((_LAYOUT, np.__version__, sorted(chosen.items()), load_genres().by_code))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _remove_all_but(place: Path, made: Path) -> None:
    for path in place.iterdir():
        if path == made:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


# Writing.


def _write(folder: Path, built: Arrays, mark: Mark) -> None:
    known, engine = built.known, built.engine
    read, tables = columns.of_readings(known.read, known.people)
    names: dict[str, dict[str, int]] = {part: {} for part in _NOTES}
    arrays = {
        "known.people": np.array(known.people, np.int64),
        "has_read": built.has_read,
        **_named("known.books", columns.Books.columns(known.books)),
        **_named("known.read", read),
        **_named("library", _arrays_of(engine.library.books)),
        **_named("people", _arrays_of(engine.people)),
        **_named("orders", _arrays_of(engine.orders)),
        **_named("priors", _arrays_of(engine.priors)),
    }
    for part in _NOTES:
        arrays |= _named(f"known.{part}", columns.of_notes(getattr(known, part), known.people, names[part]))
    sums = {name: _save(folder, name, values) for name, values in arrays.items()}
    meta = {
        "mark": (mark.id, mark.nonce), "sums": sums, "tables": tables,
        "names": {part: list(given) for part, given in names.items()},
        "priors": {each: getattr(engine.priors, each) for each in ("liked", "read", "imagined")},
        "fewest_books": engine.library.fewest_books, "this_year": engine.library.this_year,
        "of_item": list(known.of_item.items()), "by_title": known.by_title,
        "thin": [(*key, number) for key, number in known.thin.items()],
    }  # fmt: skip
    path = folder / _META
    path.write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
    path.chmod(0o600)


def _named(prefix: str, arrays: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {f"{prefix}.{name}": values for name, values in arrays.items()}


def _arrays_of(held: Any, prefix: str = "") -> dict[str, NDArray[Any]]:
    """The arrays of a value, those of its lists too."""
    found: dict[str, NDArray[Any]] = {}
    for each in fields(held):
        value = getattr(held, each.name)
        if isinstance(value, np.ndarray):
            found[prefix + each.name] = value
        elif isinstance(value, books.Lists):
            found |= _arrays_of(value, f"{prefix}{each.name}.")
    return found


def _save(folder: Path, name: str, values: NDArray[Any]) -> int:
    path = folder / f"{name}.npy"
    whole = np.ascontiguousarray(values)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        np.save(file, whole, allow_pickle=False)
    return _sum(whole)


def _sum(values: NDArray[Any]) -> int:
    return zlib.crc32(values.reshape(-1).view(np.uint8).data) if values.size else 0


# Reading.


class _Files:
    """The arrays in a folder, each held against its sum before it is used."""

    def __init__(self, folder: Path, sums: dict[str, int]) -> None:
        self._folder = folder
        self._sums = sums

    def one(self, name: str) -> NDArray[Any]:
        """An array; what is written to it stays in memory."""
        path = self._folder / f"{name}.npy"
        try:
            found: NDArray[Any] = np.load(path, mmap_mode="c", allow_pickle=False)
        except ValueError:
            found = np.load(path, allow_pickle=False)  # what is empty cannot be mapped
        if _sum(found) != self._sums[name]:
            raise ValueError(name)
        return found.view(np.ndarray)

    def under(self, prefix: str) -> dict[str, NDArray[Any]]:
        """All arrays of one thing, by the rest of their names."""
        names = [name for name in self._sums if name.startswith(f"{prefix}.")]
        return {name.removeprefix(f"{prefix}."): self.one(name) for name in names}


def _read(folder: Path, meta: dict[str, Any], today: date) -> Arrays:
    files = _Files(folder, meta["sums"])
    people = files.one("known.people").tolist()
    row = {person: at for at, person in enumerate(people)}
    names = meta["names"]

    def notes(make: Callable[..., _T], part: str) -> _T:
        return make(files.under(f"known.{part}"), names[part], row)

    known = Known(
        today, columns.Books(**files.under("known.books")), dict(meta["of_item"]), people,
        columns.readings(files.under("known.read"), meta["tables"], row), notes(columns.stated, "own"),
        notes(columns.stated, "audience"), notes(columns.sourced, "audience_words"), notes(columns.sourced, "limits"),
        notes(columns.sourced, "refused"), meta["by_title"], {(kind, key): at for kind, key, at in meta["thin"]},
    )  # fmt: skip
    given = books.Books(**_with_lists(files.under("library")))
    priors: dict[str, Any] = {**files.under("priors"), **meta["priors"]}
    engine = Engine(
        books.Library(given, meta["this_year"], meta["fewest_books"]), People(**files.under("people")),
        Orders(**files.under("orders")), Priors(**priors),
    )  # fmt: skip
    genre = {code: at for at, code in enumerate(load_genres().by_code)}
    return Arrays(known, engine, row, genre, files.one("has_read"))


def _with_lists(arrays: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """Arrays by name, those of lists put together."""
    plain = {name: values for name, values in arrays.items() if "." not in name}
    return plain | dict(_lists(arrays))


def _lists(arrays: dict[str, NDArray[Any]]) -> Iterator[tuple[str, books.Lists]]:
    for name in arrays:
        if name.endswith(".starts"):
            whole = name.removesuffix(".starts")
            yield whole, books.Lists(arrays[name], arrays[f"{whole}.ids"])
