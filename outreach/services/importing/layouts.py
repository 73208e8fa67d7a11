"""Which column of a file is what: the layouts of ``resources/import`` and how headers are held against them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.fields.dates import day_order
from outreach.fields.text import fold
from outreach.paths import resource
from outreach.services.importing.policies import Policy
from outreach.services.importing.tables import Row, Table

_HOLE = "{n}"
_NUMBERED = re.compile(r"\s*[0-9]$")
#: Columns that hold days, and how many rows tell in which order they are written.
_DAYS = {"gift", "sent_on", "delivered_on", "posted_on", "posted", "read_on", "sold_on"}
_LIKELY_DAYS = 200
PLAIN = "spreadsheet"
#: Kinds of lists with a file of layouts that has nothing of people in it.
_OF_THEIR_OWN = frozenset({"catalogue", "codes", "counts", "sales", "tastes", "tracking"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file.

    Attributes:
        index: Its place, from 0.
        header: As the file writes it.
        target: What it is, such as ``email`` or ``address.city``; empty where we do not know.
        group: What holds it together with other columns, such as ``home`` in ``Home City``.
    """

    index: int
    header: str
    target: str
    group: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's header, understood.

    Attributes:
        layout: The name of the layout.
        columns: All columns that are of use.
        unused: Headers that nobody knows, by their place.
    """

    layout: str
    columns: tuple[Column, ...]
    unused: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Layout:
    name: str
    signature: frozenset[str]
    exact: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]


def read_header(kind: str, header: Sequence[str], mapping: Mapping[str, str] | None = None) -> Reading:
    """Understand the header of a file.

    Args:
        kind: ``people``, ``catalogue``, ``gifts`` or ``posts``.
        header: The headers, as the file writes them.
        mapping: The user's own word on some columns, by header.

    Raises:
        KnownError: ``import.unknown_target`` when the user's mapping names something we do not know,
            ``import.unknown_header`` when it names a column that is not there.
    """
    layouts, common = _load(kind)
    keys = [_key(text) for text in header]
    present = set(keys)
    layout = next((each for each in layouts if each.signature <= present), None)
    own = _own_mapping(mapping or {}, header, keys, common)
    columns: list[Column] = []
    unused: dict[int, str] = {}
    for index, (text, key) in enumerate(zip(header, keys, strict=True)):
        target = own.get(key) or (_in_layout(layout, key) if layout else None) or _common(common, key)
        if not target:
            if text:
                unused[index] = text
            continue
        if target != "ignore":
            # A dictionary's entry is one target, with its group behind the colon.
            name, _, rest = target.partition(":")
            group, _, part = rest.partition(".")
            columns.append(Column(index, text, f"{name}.{part}" if part else name, group))
    return Reading(layout.name if layout else PLAIN, tuple(columns), unused)


def mapping_from(path: Path) -> tuple[dict[str, str], dict[str, Policy]]:
    """A user's own mapping from a TOML file of ``"Header" = "target"`` lines, and the policies of its ``[policy]``.

    Raises:
        KnownError: ``import.bad_mapping``.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise KnownError("import.bad_mapping", file=path.name, why=str(error)) from error
    policy = found.pop("policy", {})
    if not all(isinstance(value, str) for value in found.values()):
        raise KnownError("import.bad_mapping", file=path.name, why="each line is “header” = “what it is”")
    known = {each.value for each in Policy}
    if not (isinstance(policy, dict) and all(word in known for word in policy.values())):
        raise KnownError("import.bad_mapping", file=path.name, why="a policy is replace, add or keep")
    return found, {name: Policy(word) for name, word in policy.items()}


def signature(header: Sequence[str]) -> str:
    """What is the same for all sheets of a shape: their headings, in whatever order."""
    return "\n".join(sorted(_key(heading) for heading in header if heading.strip()))


def users_word(payload: Mapping[str, Any], header: Sequence[str]) -> tuple[Mapping[str, str], dict[str, Any]]:
    """What the user says of a sheet's columns, now or of such a sheet before; and what the parent is told of that."""
    if payload.get("mapping"):
        return payload["mapping"], {}
    shape = payload.get("shapes", {}).get(signature(header))
    if shape is None:
        return {}, {}
    return shape["mapping"], {"as_before": True, "policy": shape["policy"]}


@cache
def role_words() -> Mapping[str, str]:
    """What a person is to us, by the folded words that files use for it."""
    data = tomllib.loads(resource("import", "people.toml").read_text(encoding="utf-8"))
    return {fold(word): role for role, words in data["roles"].items() for word in words}


def days_of(table: Table, columns: Sequence[Column]) -> str:
    """How days in figures are meant in a file, told by its first rows: ``dmy``, ``mdy`` or ``ymd``."""
    places = [column.index for column in columns if column.target in _DAYS]
    if not places:
        return "dmy"
    rows = (row for row in islice(table.rows(), _LIKELY_DAYS) if isinstance(row, Row))
    return day_order(piece for row in rows for place in places for piece in row.cells[place].split())


@cache
def _load(kind: str) -> tuple[tuple[_Layout, ...], dict[str, str]]:
    """The layouts of a kind of list, and what common headers are in it; gifts and posts are told as people are."""
    base = kind if kind in _OF_THEIR_OWN else "people"
    data = tomllib.loads(resource("import", f"{base}.toml").read_text(encoding="utf-8"))
    layouts = tuple(_layout(each) for each in data.get("layout", ()))
    groups = [data["common"]]
    if base == "people":
        history = tomllib.loads(resource("import", "history.toml").read_text(encoding="utf-8"))
        groups += [history["common"], history.get(kind, {})]
    common = {_key(header): target for group in groups for target, headers in group.items() for header in headers}
    return layouts, common


def targets_of(kind: str) -> tuple[str, ...]:
    """What a column of a kind of list can be, in the order in which it is offered."""
    return tuple(dict.fromkeys((*_load(kind)[1].values(), "note")))


def _layout(data: Mapping[str, Any]) -> _Layout:
    exact = {_key(header): target for header, target in data["columns"].items() if _HOLE not in header}
    patterns = []
    for header, target in data["columns"].items():
        if _HOLE in header:
            before, _, after = header.partition(_HOLE)
            patterns.append((re.compile(f"{re.escape(_key(before))}(.+){re.escape(_key(after))}"), target))
    return _Layout(data["name"], frozenset(map(_key, data["signature"])), exact, tuple(patterns))


def _common(common: Mapping[str, str], key: str) -> str:
    """What a heading is in any list: "notes 2" is what "notes" is."""
    return common.get(key) or common.get(_NUMBERED.sub("", key), "")


def _in_layout(layout: _Layout, key: str) -> str | None:
    if key in layout.exact:
        return layout.exact[key]
    for pattern, target in layout.patterns:
        match = pattern.fullmatch(key)
        if match:
            return target.replace(_HOLE, match[1].strip())
    return None


def _own_mapping(
    mapping: Mapping[str, str], header: Sequence[str], keys: Sequence[str], common: Mapping[str, str]
) -> dict[str, str]:
    known = {*common.values(), "ignore", "note", "outlet", "likes_or_tags"}
    for theirs, target in mapping.items():
        if _key(theirs) not in keys:
            raise KnownError("import.unknown_header", header=theirs, known=", ".join(filter(None, header)))
        if target not in known:
            raise KnownError("import.unknown_target", target=target, known=", ".join(sorted(known)))
    return {_key(theirs): target for theirs, target in mapping.items()}


def _key(header: str) -> str:
    return fold(header).replace("’", "'")
