"""What every table shares. Columns only: no validation, no formatting.

The tables themselves are made by the files in `store/migrations`; a test holds the two against each other.
Days are ISO text, sometimes partial ("2027-03"); moments are ISO text in UTC; money is minor units and a currency.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from peewee import DatabaseProxy, ForeignKeyField, Model, TextField

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


def records(table: type["Table"], rows: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Whole rows of a table, as SQLite gives them, by the names of its fields; four times as fast as `dicts`."""
    names = [field.name for field in table._meta.sorted_fields]
    return (dict(zip(names, row, strict=True)) for row in rows)


def text_field(default: str = "") -> Any:
    """A text column that is empty rather than null."""
    return TextField(default=default)


def link(to: Any, on_delete: str = "CASCADE", *, null: bool = False, name: str | None = None) -> Any:
    """A reference to another table, without a way back: services query for what they need."""
    return ForeignKeyField(to, on_delete=on_delete, null=null, backref="+", column_name=name, index=False)
