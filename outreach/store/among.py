"""Some rows by their ids or keys, however many they are."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Any

from peewee import SQL

from outreach.store.models import database
from outreach.store.models.base import raw_rows

#: From so many ids on a table is read whole.
_MANY = 5000
#: Stands in the text of a query for the ids that it will be asked about.
_ASKED = object()

Rows = Iterator[tuple[Any, ...]]


def among(values: Iterable[int] | Iterable[str]) -> SQL:
    """Some values, for the `in_` of a column: one value for SQLite, where each would be one of a limited number."""
    return _values(json.dumps(list(values)))


def _values(packed: object) -> SQL:
    return SQL("(SELECT value FROM json_each(?))", [packed])


def about(make: Callable[..., Any]) -> Callable[..., Rows]:
    """A query about some rows, asked again and again: its text is made once, which takes longer than its answer.

    Args:
        make: Given what stands for the ids, in the ``in_`` of a column, and whatever else makes it another query, says
            the query; it depends on nothing else.

    Returns:
        What gives the rows, as SQLite does, to the ids and whatever else there is.
    """

    @cache
    def text(*how: object) -> tuple[str, tuple[Any, ...]]:
        sql, given = make(_values(_ASKED), *how).sql()
        return sql, tuple(given)

    def rows(ids: Iterable[int], *how: object) -> Rows:
        sql, given = text(*how)
        packed = json.dumps(list(ids))
        found: Rows = database.execute_sql(sql, [packed if each is _ASKED else each for each in given])
        return found

    return rows


def rows_among(query: Any, column: Any, ids: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, as SQLite gives them, whose first column is one of some ids.

    Where they are many all rows are read, and the others passed by.
    """
    if len(ids) > _MANY:
        wanted = ids if isinstance(ids, set | frozenset | dict) else set(ids)
        yield from (row for row in raw_rows(query) if row[0] in wanted)
    elif ids:
        yield from raw_rows(query.where(column.in_(among(ids))))
