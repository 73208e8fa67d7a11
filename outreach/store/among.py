"""Some rows by their ids or keys, however many they are."""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from peewee import SQL

from outreach.store.models.base import raw_rows

#: From so many ids on a table is read whole.
_MANY = 5000


def among(values: Iterable[int] | Iterable[str]) -> SQL:
    """Some values, for the `in_` of a column: one value for SQLite, where each would be one of a limited number."""
    return SQL("(SELECT value FROM json_each(?))", [json.dumps(list(values))])


def rows_among(query: Any, column: Any, ids: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, as SQLite gives them, whose first column is one of some ids.

    Where they are many all rows are read, and the others passed by.
    """
    if len(ids) > _MANY:
        wanted = ids if isinstance(ids, set | frozenset | dict) else set(ids)
        yield from (row for row in raw_rows(query) if row[0] in wanted)
    elif ids:
        yield from raw_rows(query.where(column.in_(among(ids))))
