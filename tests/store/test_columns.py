"""Columns of numbers: as the rows have them, days in their order, places whether ids are many or far apart."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.store.columns import (
    columns,
    day_as_number,
    day_number,
    days_of,
    distinct,
    in_turn,
    is_whole,
    packed,
    place_among,
    places,
    summed_by,
    values_of,
)
from outreach.store.database import Store
from outreach.store.models import Person

_NUMBERS = st.lists(st.integers(0, 30) | st.integers(10**9, 10**9 + 5), max_size=40)
_DAYS = ["2026-11-24", "2026-11", "2026", "2025-12-31", "", "2024-02-29", "1969-07-20"]


def test_columns_are_what_rows_have(store: Store) -> None:
    for number, day in enumerate(_DAYS):
        Person.create(name=f"P{number}", name_key="p", sort_name="p", role=("creator", "")[number % 2], notes=day,
                      introduced_on=day or None, created_at="", updated_at="")  # fmt: skip
    roles = values_of(Person.role)
    ids, role, day = columns(
        Person.select(Person.id, place_among(Person.role, roles), day_number(Person.introduced_on)).order_by(Person.id)
    )
    assert [roles[place] for place in role.tolist()] == [row.role for row in Person.select().order_by(Person.id)]
    assert day.tolist() == [day_as_number(each) for each in _DAYS]
    # They are in the order that their texts have.
    assert [_DAYS[place] for place in np.argsort(day, kind="stable")] == sorted(_DAYS)
    whole = is_whole(day)
    assert [each for each, known in zip(_DAYS, whole, strict=True) if known] == [
        each for each in _DAYS if len(each) == len("2026-11-24")
    ]
    since = date(1970, 1, 1).toordinal()
    assert days_of(day[whole]).tolist() == [
        date.fromisoformat(each).toordinal() - since for each in _DAYS if len(each) == len("2026-11-24")
    ]
    assert len(ids) == len(_DAYS) and [
        len(each) for each in columns(Person.select(Person.id).where(Person.id < 0))
    ] == [0]
    with pytest.raises(ValueError, match="nulls"):
        columns(Person.select(Person.id, Person.introduced_by))


@given(_NUMBERS, _NUMBERS)
def test_numbers_are_found_however_far_apart_they_are(some: list[int], others: list[int]) -> None:
    column, among = np.array(some, np.int64), np.array(sorted({*others}), np.int64)
    assert places(column, among).tolist() == [sorted({*others}).index(each) if each in others else -1 for each in some]
    assert distinct(column).tolist() == sorted({*some})
    assert in_turn(column) == list(dict.fromkeys(some))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(-9, 9)), max_size=30))
def test_sums_are_those_of_each_key(rows: list[tuple[int, int, int]]) -> None:
    one, other, value = (np.array([row[place] for row in rows], np.int64) for place in range(3))
    first, (sums,) = summed_by(packed(one, other), value)
    expected: dict[tuple[int, int], int] = {}
    for left, right, number in sorted(rows, key=lambda row: row[:2]):
        expected[left, right] = expected.get((left, right), 0) + number
    keys = zip(one[first].tolist(), other[first].tolist(), strict=True)
    assert dict(zip(keys, sums.tolist(), strict=True)) == expected
