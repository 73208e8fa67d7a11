"""A whole workspace as one JSON file, its covers and documents with it, a line a row.

It can so be read without holding it in memory.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.store import backup_files, dumping
from outreach.store.checking import version
from outreach.store.database import Store
from outreach.store.files import replacing
from outreach.workers import Limits, stream

KIND = "everything"
FORMAT = "outreach-everything"

_LIMITS = Limits(seconds=60, memory_mb=700)
#: So many bytes in one line are no row of ours.
_LONGEST_LINE = 48 * 2**20
_CHUNK = 500
#: So many characters go together at most.
_CHUNK_SIZE = 4 * 2**20
#: What stands where a table's name stands, for the files behind the tables.
FILES = "files"
_FILE_COLUMNS = ("path", "piece", "content")
_REPORT = 1000


@dataclass(frozen=True, slots=True)
class Moved:
    """What was written, or read."""

    file: str
    rows: int
    changes: Changes = field(default_factory=Changes)


def export_everything(store: Store, path: Path, job: Job | None = None) -> Moved:
    """Write all that a workspace holds; imported into an empty one it gives the same workspace.

    It holds everything, the marks of those who asked not to be written to with it, so it is for its owner's eyes.

    Raises:
        KnownError: ``files.not_written``.
        Cancelled: when the job was stopped; nothing is written then.
    """
    job = job or Job()
    count = 0
    head = {"format": FORMAT, "version": version(store), "made_at": store.now()}
    try:
        with replacing(path) as made, made.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_line(head)[:-1] + ',"tables":[\n')
            for number, (name, last, columns, rows) in enumerate(dumping.dump(store)):
                opened = _line({"table": name, "last_id": last, "columns": columns})[:-1] + ',"rows":['
                file.write(("," if number else "") + opened)
                for place, row in enumerate(rows):
                    file.write((",\n" if place else "\n") + _line(row))
                    count += 1
                    if count % _REPORT == 0:
                        job.report(count)
                file.write("\n]}\n")
            count += _write_files(store, file)
            file.write("]}\n")
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error
    return Moved(str(path), count)


def _write_files(store: Store, file: TextIO) -> int:
    """Covers and documents, behind the tables, in pieces; how many pieces is returned."""
    count = 0
    for name, number, piece in backup_files.parts(store.folder, backup_files.needed(store.rows)):
        if not count:
            file.write("," + _line({"table": FILES, "last_id": 0, "columns": list(_FILE_COLUMNS)})[:-1] + ',"rows":[')
        file.write((",\n" if count else "\n") + _line([name, number, base64.b64encode(piece).decode()]))
        count += 1
    if count:
        file.write("\n]}\n")
    return count


def import_everything(store: Store, path: Path, job: Job | None = None, *, dry_run: bool = False) -> Moved:
    """Read what `export_everything` wrote into a workspace that is empty: all of it or, if anything stops it, nothing.

    Raises:
        KnownError: when the file is not whole or none of ours, or somebody has worked in this workspace.
        Cancelled: when the job was stopped.
    """
    job = job or Job()
    _check(path)
    answers = stream(f"{__name__}:read", {"path": str(path.absolute())}, _LIMITS, job)
    arriving = backup_files.Arriving(store.folder)
    count = 0
    try:
        head = next(answers)
        if head["version"] > version(store):
            raise KnownError("import.newer", file=path.name, version=head["version"], known=version(store))
        with store.batch(Op.IMPORT) as (writer, written):
            restoring = dumping.Restoring(store, writer)
            is_file = False
            for answer in answers:
                if "table" in answer:
                    is_file = answer["table"] == FILES
                    if not is_file:
                        restoring.begin(answer["table"], answer["last_id"], answer["columns"])
                    continue
                if is_file:
                    _take_files(arriving, answer["rows"], keeps=not dry_run)
                else:
                    restoring.put(answer["rows"])
                count += len(answer["rows"])
                job.report(count)
            _take_files(arriving, None, keeps=not dry_run)
            restoring.finish()
            if dry_run:
                raise _DryRun
    except _DryRun:
        return Moved(str(path), count)
    except BaseException:
        arriving.undo()
        raise
    finally:
        answers.close()
    return Moved(str(path), count, written.changes)


def _take_files(arriving: backup_files.Arriving, rows: Sequence[Any] | None, *, keeps: bool) -> None:
    """Pieces of files, or, for None, the end of the last one.

    Raises:
        KnownError: ``import.bad_row``, ``files.not_written``.
    """
    try:
        if rows is None:
            arriving.finish(keeps=keeps)
        for name, number, piece in rows or ():
            arriving.put(str(name), int(number), base64.b64decode(piece, validate=True), keeps=keeps)
    except (ValueError, TypeError) as error:
        raise KnownError("import.bad_row", table=FILES, why=str(error)) from error
    except OSError as error:
        raise KnownError("files.not_written", file=FILES, why=error.strerror or str(error)) from error


class _DryRun(Exception):  # noqa: N818 - ends a transaction, and is no error
    pass


def _check(path: Path) -> None:
    if not path.is_file():
        raise KnownError("files.directory" if path.is_dir() else "files.missing", file=str(path))
    if path.stat().st_size == 0:
        raise KnownError("files.empty", file=path.name)


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the head of a file, then of each table its head and its rows in chunks; run in a child process.

    Args:
        payload: ``{"path"}``.

    Raises:
        KnownError: ``files.broken_json`` with the line, ``files.no_everything`` for JSON of another kind.
    """
    path = Path(payload["path"])
    try:
        with path.open("rb") as file:
            yield from _Reader(path, file).answers()
    except OSError as error:
        raise KnownError("files.unreadable", file=path.name, why=error.strerror or str(error)) from error


class _Reader:
    """Reads the lines of a file, and knows where it stands."""

    def __init__(self, path: Path, file: Any) -> None:
        self._path = path
        self._file = file
        self._number = 0

    def answers(self) -> Iterator[dict[str, Any]]:
        head = self._opened(self._next(), ',"tables":[')
        if head.get("format") != FORMAT or not _is_number(head.get("version")):
            raise KnownError("files.no_everything", file=self._path.name)
        yield head
        while (line := self._next()) != "]}":
            table = self._opened(line.removeprefix(","), ',"rows":[')
            columns = table.get("columns")
            texts = isinstance(columns, list) and all(isinstance(name, str) for name in columns)
            if not (texts and isinstance(table.get("table"), str) and _is_number(table.get("last_id"))):
                raise self._broken("no table begins there")
            yield table
            yield from self._rows()
        if self._file.readline(16).strip():
            raise self._broken("something follows its end")

    def _rows(self) -> Iterator[dict[str, Any]]:
        chunk: list[Any] = []
        size = 0
        while (line := self._next()) != "]}":
            size += len(line)
            row = self._parsed(line.removesuffix(","))
            if not isinstance(row, list):
                raise self._broken("no row stands there")
            chunk.append(row)
            if len(chunk) == _CHUNK or size > _CHUNK_SIZE:
                yield {"rows": chunk}
                chunk, size = [], 0
        if chunk:
            yield {"rows": chunk}

    def _next(self) -> str:
        self._number += 1
        raw = self._file.readline(_LONGEST_LINE)
        if not raw:
            raise self._broken("it ends before its end")
        try:
            return str(raw.decode("utf-8")).strip("\r\n")
        except UnicodeDecodeError as error:
            raise self._broken("it is not UTF-8") from error

    def _opened(self, line: str, ending: str) -> dict[str, Any]:
        """A line that opens a list, which goes on below it."""
        if not line.endswith(ending):
            # Whether it is JSON at all decides what there is to say.
            self._parsed(line)
            raise KnownError("files.no_everything", file=self._path.name)
        found = self._parsed(line.removesuffix(ending) + "}")
        return found if isinstance(found, dict) else {}

    def _parsed(self, line: str) -> Any:
        try:
            return json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise self._broken(str(error) or type(error).__name__) from error

    def _broken(self, why: str) -> KnownError:
        return KnownError("files.broken_json", file=self._path.name, row=self._number, why=why[:200])


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no value")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
