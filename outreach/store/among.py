"""Some rows by their ids, however many they are."""

import json
from collections.abc import Iterable

from peewee import SQL


def among(ids: Iterable[int]) -> SQL:
    """Some ids, for the `in_` of a column: one value for SQLite, where each would be one of a limited number."""
    return SQL("(SELECT value FROM json_each(?))", [json.dumps(list(ids))])
