"""What every table shares. Columns only: no validation, no formatting.

The tables themselves are made by the files in `store/migrations`; a test holds the two against each other.
Days are ISO text, sometimes partial ("2027-03"); moments are ISO text in UTC; money is minor units and a currency.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from peewee import DatabaseProxy, ForeignKeyField, Model, TextField

#: From so many ids on a table is read whole; below that so many are asked for at once.
_MANY, _PART = 5000, 500
#: Bound to the one open workspace by `Store`.
database = DatabaseProxy()


class Table(Model):
    """A table with an integer key named ``id``."""

    id: Any

    if TYPE_CHECKING:
        # Queries may yield rows, tuples or dicts, and references have an `…_id` beside them: no stub can tell.
        @classmethod
        def select(cls, *fields: Any) -> Any:
            """A query of this table."""

        @classmethod
        def get_or_create(cls, **kwargs: Any) -> Any:
            """A row that is there, or a new one."""

        def __getattr__(self, name: str) -> Any: ...

    class Meta:
        """Bound late, to whichever workspace is open."""

        database = database
        legacy_table_names = False


def raw_rows(query: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query as SQLite gives them, twice as fast as `tuples`: for hundreds of thousands of them."""
    cursor: Iterator[tuple[Any, ...]] = database.execute_sql(*query.sql())
    return cursor


def rows_among(query: Any, column: Any, ids: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, as SQLite gives them, whose first column is one of some ids.

    Few are asked for, a part at a time; where they are many all rows are read, and the others passed by.
    """
    if len(ids) > _MANY:
        wanted = ids if isinstance(ids, set | frozenset | dict) else set(ids)
        yield from (row for row in raw_rows(query) if row[0] in wanted)
        return
    some = list(ids)
    for start in range(0, len(some), _PART):
        yield from raw_rows(query.where(column.in_(some[start : start + _PART])))


def text_field(default: str = "") -> Any:
    """A text column that is empty rather than null."""
    return TextField(default=default)


def link(to: Any, on_delete: str = "CASCADE", *, null: bool = False, name: str | None = None) -> Any:
    """A reference to another table, without a way back: services query for what they need."""
    return ForeignKeyField(to, on_delete=on_delete, null=null, backref="+", column_name=name, index=False)
