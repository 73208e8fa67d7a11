"""The cloth of a title: picked once, when it is added, and kept wherever it appears."""

from collections.abc import Mapping

from peewee import fn

from outreach.store.models import Item

#: In which order titles get a cloth where several are used equally often; products are wrapped in ink.
CLOTHS = ("petrol", "madder", "moss", "plum", "ochre", "slate", "rust", "jade", "rose")
INK = "ink"


class Cloths:
    """How often each cloth is used, so that the next title gets the one that is used least."""

    def __init__(self, used: Mapping[str, int]) -> None:
        self._used = {cloth: used.get(cloth, 0) for cloth in CLOTHS}

    def pick(self, kind: str) -> str:
        """A cloth for one more title, which is counted."""
        if kind != "book":
            return INK
        cloth = min(CLOTHS, key=lambda each: self._used[each])
        self._used[cloth] += 1
        return cloth


def cloths() -> Cloths:
    """The cloths as the catalogue uses them now."""
    used = Item.select(Item.cloth, fn.COUNT(Item.id)).group_by(Item.cloth)
    return Cloths(dict(used.tuples()))
