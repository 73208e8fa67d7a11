"""Lists of subject codes that the user loads: headings for codes, and the genre of ours that each means."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.jobs import Job
from outreach.services.catalogue.genres import load_genres
from outreach.services.importing.chunks import chunked
from outreach.services.importing.files import check_file
from outreach.services.importing.layouts import Column, read_header
from outreach.services.importing.tables import BadRow, open_table
from outreach.store.database import Store
from outreach.store.models import ItemGenre, SubjectCode, SubjectHeading
from outreach.workers import Limits, stream

SCHEMES = ("thema", "bisac")
_LIMITS = Limits(seconds=30, memory_mb=400)
_BISAC = re.compile(r"[A-Z]{3}[0-9]{6}")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,15}")
#: A genre that a code stands for is one of several.
_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading a list.

    Attributes:
        codes: How many codes it has.
        genres: How many of them say which genre they mean.
        skipped: Rows without a code.
        items: How many titles got a genre or a heading by it.
    """

    codes: int
    genres: int
    skipped: int
    items: int
    changes: Changes


class CodeList:
    """The codes that were loaded: a genre is told by the longest code that a code begins with."""

    def __init__(self) -> None:
        self._known = {
            (row.scheme, row.code): (row.heading, row.genre)
            for row in SubjectHeading.select().order_by(SubjectHeading.id)
        }

    def heading(self, scheme: str, code: str) -> str:
        """What a code is called, empty where it was not loaded."""
        return str(self._known.get((scheme, code), ("", ""))[0])

    def genre(self, scheme: str, code: str) -> str:
        """The genre of ours that a code means, empty where none was said."""
        for length in range(len(code), 0, -1):
            genre = self._known.get((scheme, code[:length]), ("", ""))[1]
            if genre:
                return str(genre)
        return ""


def load_codes(store: Store, path: Path, scheme: str = "", job: Job | None = None) -> Loaded:
    """Load a list of codes from a file, over the one before: codes are added and brought up to date, none is lost.

    Titles that have such codes get the headings that they lack, and the genres that the list says.

    Raises:
        KnownError: when the file cannot be read, ``codes.no_code``, ``codes.bad_scheme``, ``codes.unknown_genre``.
            Then nothing is changed.
    """
    if scheme and scheme not in SCHEMES:
        raise KnownError("codes.bad_scheme", value=scheme, known=", ".join(SCHEMES))
    check_file(path)
    rows: dict[tuple[str, str], tuple[str, str]] = {}
    skipped = 0
    answers = stream(f"{__name__}:read", {"path": str(path.absolute()), "scheme": scheme}, _LIMITS, job or Job())
    with closing(answers):
        for row in (row for answer in answers for row in answer.get("rows", ())):
            if "code" not in row:
                skipped += 1
                continue
            genre = load_genres().of_word(row["genre"]) if row["genre"] else None
            if row["genre"] and genre is None:
                raise KnownError("codes.unknown_genre", file=path.name, row=row["n"], word=row["genre"])
            rows[row["scheme"], row["code"]] = (row["heading"], genre.code if genre else "")
    with store.operation(Op.LOAD_CODES) as written:
        _keep(rows)
        items = _apply(CodeList())
    genres = sum(1 for _, genre in rows.values() if genre)
    return Loaded(len(rows), genres, skipped, items, written.changes)


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a list of codes, in a child process.

    Args:
        payload: ``{"path", "scheme"}``.

    Raises:
        KnownError: when the file cannot be read, or has no column of codes.
    """
    path = Path(payload["path"])
    table = open_table(path)
    columns = read_header("codes", table.header).columns
    if not any(column.target == "code" for column in columns):
        raise KnownError("codes.no_code", file=path.name, headers=", ".join(table.header[:8]))
    yield from chunked(
        {"n": row.number} if isinstance(row, BadRow) else _record(row.number, row.cells, columns, payload["scheme"])
        for row in table.rows()
    )


def _record(number: int, cells: tuple[str, ...], columns: tuple[Column, ...], scheme: str) -> dict[str, Any]:
    found: dict[str, str] = {}
    for column in columns:
        found.setdefault(column.target, clean(cells[column.index]))
    code = found.get("code", "").upper()
    if not _CODE.fullmatch(code):
        return {"n": number}
    told = fold(found.get("scheme", ""))
    which = scheme or next((each for each in SCHEMES if each in told), "")
    which = which or ("bisac" if _BISAC.fullmatch(code) else "thema")
    return {"n": number, "code": code, "scheme": which, "heading": found.get("heading", ""),
            "genre": found.get("genre", "")}  # fmt: skip


def _keep(rows: Mapping[tuple[str, str], tuple[str, str]]) -> None:
    known = {(row.scheme, row.code): row for row in SubjectHeading.select()}
    new = []
    for (scheme, code), (heading, genre) in rows.items():
        row = known.get((scheme, code))
        if row is None:
            new.append({"scheme": scheme, "code": code, "heading": heading, "genre": genre})
        elif (heading or row.heading, genre or row.genre) != (row.heading, row.genre):
            SubjectHeading.update(heading=heading or row.heading, genre=genre or row.genre).where(
                SubjectHeading.id == row.id
            ).execute()
    for start in range(0, len(new), 200):
        SubjectHeading.insert_many(new[start : start + 200]).execute()


def _apply(codes: CodeList) -> int:
    """Give titles what the list says of their codes; how many titles changed is returned."""
    has = set(ItemGenre.select(ItemGenre.item, ItemGenre.genre).tuples())
    changed = set()
    for row in SubjectCode.select().order_by(SubjectCode.item, SubjectCode.position):
        heading, genre = codes.heading(row.scheme, row.code), codes.genre(row.scheme, row.code)
        if heading and not row.heading:
            SubjectCode.update(heading=heading).where(SubjectCode.id == row.id).execute()
            changed.add(row.item_id)
        if genre and (row.item_id, genre) not in has:
            first = not any(item == row.item_id for item, _ in has)
            ItemGenre.create(item=row.item_id, genre=genre, weight=1.0 if first else _WEIGHT)
            has.add((row.item_id, genre))
            changed.add(row.item_id)
    return len(changed)
