"""Finding what a list of sales is about: our codes, the editions of ISBNs, titles in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from outreach.fields.text import fold
from outreach.store.models import Edition, Item, SalesCode

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What was sold, as far as it is known."""

    item: int | None = None
    edition: int | None = None
    code: int | None = None

    def with_more(self, other: "Found") -> "Found":
        """What both say; of a title the first word counts."""
        return Found(self.item or other.item, self.edition or other.edition, self.code or other.code)


def find_sold(records: Iterable[Mapping[str, Any]]) -> dict[str, Found | tuple[str, str]]:
    """By kind and word what rows mean, or why that is not known as a code of a note and the word."""
    words: dict[str, set[str]] = {"code": set(), "isbn": set(), "title": set()}
    for record in records:
        for name, found in words.items():
            if record.get(name):
                found.add(str(record[name]))
    return {
        f"{name}\x1f{word}": sold
        for name, finds in (("code", _codes), ("isbn", _editions), ("title", _titles))
        for word, sold in finds(sorted(words[name])).items()
    }


def _codes(words: list[str]) -> dict[str, Found | tuple[str, str]]:
    known = dict(_rows(SalesCode.code_key, SalesCode.id, [fold(word) for word in words]))
    return {word: Found(code=known[fold(word)]) if fold(word) in known else ("sales.unknown_code", word)
            for word in words}  # fmt: skip


def _editions(words: list[str]) -> dict[str, Found | tuple[str, str]]:
    query = Edition.select(Edition.isbn13, Edition.gtin, Edition.id, Edition.item)
    known: dict[str, Found] = {}
    for start in range(0, len(words), _CHUNK):
        some = words[start : start + _CHUNK]
        for isbn, gtin, edition, item in query.where(Edition.isbn13.in_(some) | Edition.gtin.in_(some)).tuples():
            known.update({number: Found(item, edition) for number in (isbn, gtin) if number})
    return {word: known.get(word, ("sales.unknown_isbn", word)) for word in words}


def _titles(words: list[str]) -> dict[str, Found | tuple[str, str]]:
    items: dict[str, list[int]] = {}
    for key, item in _rows(Item.title_key, Item.id, [fold(word) for word in words]):
        items.setdefault(key, []).append(item)
    found: dict[str, Found | tuple[str, str]] = {}
    for word in words:
        mine = items.get(fold(word), [])
        found[word] = Found(mine[0]) if len(mine) == 1 else (
            "sales.several_titles" if mine else "sales.unknown_title", word)  # fmt: skip
    return found


def _rows(column: Any, value: Any, keys: list[str]) -> Iterable[tuple[str, int]]:
    for start in range(0, len(keys), _CHUNK):
        yield from column.model.select(column, value).where(column.in_(keys[start : start + _CHUNK])).tuples()
