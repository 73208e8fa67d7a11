"""Hundreds of thousands of rows as columns of numbers.

SQLite puts a whole column together as one text, which it does without holding Python: the window answers meanwhile, and
no value becomes an object of its own. What is text in a table is asked for as the number of its place among its values.
"""

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from peewee import Case, fn

from outreach.store.models.base import database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Stands for no day.
NO_DAY = 0
#: A day that is told as far as the month has none, one of which only the year is told has no month either.
_UNTOLD = "0000"
_DIGITS = len("20261124")
#: Ids of which one in so many is there are looked up in a table of all.
_DENSE = 20


def columns(query: Any) -> list["NDArray[np.int64]"]:
    """The columns of a query, all in one order; each value has to be a whole number, and none null."""
    import numpy as np

    sql, params = query.sql()
    names = [f"c{number}" for number in range(len(query.selected_columns))]
    told = ", ".join(f"group_concat({name})" for name in names)
    row = database.execute_sql(f"WITH t ({', '.join(names)}) AS ({sql}) SELECT {told} FROM t", params).fetchone()
    found = [np.fromstring(text, np.int64, sep=",") if text else np.zeros(0, np.int64) for text in row]
    if len({len(each) for each in found}) > 1:
        raise ValueError("a column holds nulls")
    return found


def place_among(column: Any, values: Sequence[Any], other: int = -1) -> Any:
    """The place of a column's value among some values, as an expression of a query; another number for all others."""
    return Case(column, [(value, place) for place, value in enumerate(values)], other) if values else other


def values_of(column: Any) -> list[str]:
    """The texts that stand in a column."""
    return sorted(text for (text,) in column.model.select(column).distinct().tuples() if text is not None)


def day_number(column: Any) -> Any:
    """A day as a number such as 20261124, a month as 20261100, in the order of their texts, as an expression."""
    digits = fn.REPLACE(fn.COALESCE(column, ""), "-", "").concat(_UNTOLD)
    return fn.SUBSTR(digits, 1, _DIGITS).cast("integer")


def day_as_number(day: str) -> int:
    """A day, a month or a year as `day_number` has it."""
    return int((day.replace("-", "") + _UNTOLD)[:_DIGITS])


def days_of(numbers: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """Whole days of `day_number` as days since 1970; what of others comes out is of no use (see `is_whole`)."""
    import numpy as np

    years, months, days = numbers // 10_000 - 1970, numbers // 100 % 100 - 1, numbers % 100 - 1
    whole = years.astype("M8[Y]").astype("M8[M]") + months.astype("m8[M]")
    found: NDArray[np.int64] = (whole.astype("M8[D]") + days.astype("m8[D]")).astype(np.int64)
    return found


def is_whole(numbers: "NDArray[np.int64]") -> "NDArray[np.bool_]":
    """Which numbers of `day_number` are of whole days."""
    found: NDArray[np.bool_] = numbers % 100 != 0
    return found


def places(of: "NDArray[np.int64]", among: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """The place of each of some ids among others, which are in order; -1 where it is not one of them."""
    import numpy as np

    if not len(among):
        return np.full(len(of), -1)
    last = int(among[-1])
    if last < _DENSE * (len(among) + 1):
        of_id = np.full(last + 2, -1)
        of_id[among] = np.arange(len(among))
        return of_id[np.minimum(of, last + 1)]
    found = np.searchsorted(among, of)
    found[found == len(among)] = 0
    return np.where(among[found] == of, found, -1)


def packed(*parts: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """Several numbers of a row, none below nought, as one number: equal where all of them are, and in their order."""
    return reduce(lambda before, part: before * (int(part.max(initial=0)) + 1) + part, parts)


def distinct(numbers: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """The numbers that stand in a column, in their order."""
    import numpy as np

    if len(numbers) and int(numbers.max()) < _DENSE * (len(numbers) + 1):
        # Seen in a table of all, which takes a tenth of the time that putting them in order does.
        seen = np.zeros(int(numbers.max()) + 1, np.bool_)
        seen[numbers] = True
        return np.flatnonzero(seen)
    found = np.sort(numbers)
    return found[np.concatenate([[True], found[1:] != found[:-1]])] if len(found) else found


def in_turn(numbers: "NDArray[np.int64]") -> list[int]:
    """The numbers that stand in a column, in the order in which they first do."""
    import numpy as np

    found = distinct(numbers)
    first = np.zeros(len(found), np.int64)
    # Of several at one place the last is kept.
    first[places(numbers[::-1], found)] = np.arange(len(numbers))[::-1]
    whole: list[int] = found[np.argsort(first)].tolist()
    return whole


def summed_by(
    keys: "NDArray[np.int64]", *columns_: "NDArray[np.int64]"
) -> tuple["NDArray[np.int64]", list["NDArray[np.int64]"]]:
    """Where each key first stands, in the order of keys, and by key the sum of each column."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    if not len(order):
        return order, [each[:0] for each in columns_]
    kept = keys[order]
    begins = np.flatnonzero(np.concatenate([[True], kept[1:] != kept[:-1]]))
    return order[begins], [np.add.reduceat(each[order], begins) for each in columns_]
