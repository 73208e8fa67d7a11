"""Taking the rows of a list of titles into the workspace."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outreach.fields.text import fold
from outreach.services.catalogue.catalogue import StockReason, edition_kind, title_columns
from outreach.services.catalogue.cloths import cloths
from outreach.services.catalogue.subject_codes import CodeList
from outreach.services.importing.catalogue_known import KnownTitle, loaded
from outreach.services.importing.taking import OnMatch, Taking
from outreach.store.models import (
    Client,
    CompTitle,
    Contributor,
    Edition,
    Item,
    ItemGenre,
    Keyword,
    StockMovement,
    SubjectCode,
    Table,
)

_TEXTS = (
    "subtitle", "series", "series_number", "description", "hook", "content_notes", "reading_age", "imprint",
    "publisher", "language",
)  # fmt: skip
_DAYS = ("on_sale_date", "review_embargo", "sales_embargo")
#: So many are asked for in one query.
_ASKED = 400
_EDITION = ("format", "variant", "gtin", "pages", "pub_date")

_ITEM = (
    "id", "kind", "title", "title_key", "sort_title", "author", "author_key", *_TEXTS, "pub_date", *_DAYS,
    "client_id", "cloth", "created_at", "updated_at",
)  # fmt: skip
_COLUMNS: dict[type[Table], tuple[str, ...]] = {
    Client: ("id", "name", "name_key", "created_at"),
    Item: _ITEM,
    Contributor: ("id", "item_id", "role", "name", "position", "biography"),
    Edition: (
        "id", "item_id", "format", "kind", "variant", "isbn13", "gtin", "price_minor", "currency", "cost_minor",
        "cost_currency", "pages", "pub_date",
    ),
    SubjectCode: ("id", "item_id", "scheme", "code", "heading", "position"),
    ItemGenre: ("id", "item_id", "genre", "weight"),
    Keyword: ("id", "item_id", "word", "key", "position"),
    CompTitle: ("id", "item_id", "title", "key", "author"),
    StockMovement: ("id", "edition_id", "quantity", "reason", "moved_on", "note", "by"),
}  # fmt: skip

#: Where a biography stands in a row of those who made an item.
_BIOGRAPHY = _COLUMNS[Contributor].index("biography")


def take(taking: Taking, answers: Iterator[Mapping[str, Any]]) -> None:
    """Write all rows that a child process reads, inside the caller's transaction."""
    taking.each_chunk(answers, _Taker(taking).take)


def _form_of(edition: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How a list may name the form of an edition: with its variant, or without."""
    return [(edition["format"], edition["variant"]), (edition["format"], "")]


class _Taker:
    def __init__(self, taking: Taking) -> None:
        self._writer = taking.writer
        self._origin = taking.origin
        self._on_match = taking.on_match
        self._tally = taking.tally
        self._codes = CodeList()
        self._titles: dict[int, KnownTitle] = {}
        self._by_number: dict[str, int] = {}
        self._by_title: dict[tuple[str, str], int] = {}
        self._rows: dict[type[Table], list[tuple[Any, ...]]] = {}
        self._cloths = cloths()
        self._clients: dict[str, int] = {row.name_key: row.id for row in Client.select(Client.id, Client.name_key)}

    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one chunk."""
        self._tally.rows += len(rows)
        self._titles = {}
        self._find(rows)
        self._rows = {table: [] for table in _COLUMNS}
        for row in rows:
            if "skip" in row:
                self._tally.skip(row["n"], *row["skip"])
                continue
            for code, facts in row["w"]:
                self._tally.doubt(row["n"], code, facts)
            self._take_row(row)
        self._flush()

    def _known(self, item: int) -> KnownTitle:
        """An item of this chunk, or of the workspace."""
        if item not in self._titles:
            self._titles[item] = loaded(item)
        return self._titles[item]

    def _find(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Look up at once which items the rows of a chunk may mean."""
        self._by_number, self._by_title = {}, {}
        told = [row for row in rows if "skip" not in row]
        numbers = [row["isbn13"] or row["gtin"] for row in told if row["isbn13"] or row["gtin"]]
        keys = [fold(row["title"]) for row in told]
        for start in range(0, len(told), _ASKED):
            some, named = numbers[start : start + _ASKED], keys[start : start + _ASKED]
            for column in (Edition.isbn13, Edition.gtin):
                self._by_number.update(Edition.select(column, Edition.item).where(column.in_(some)).tuples())
            items = Item.select(Item.title_key, Item.author_key, Item.id).where(Item.title_key.in_(named))
            for title_key, author_key, item in items.order_by(Item.id.desc()).tuples():
                self._by_title[title_key, author_key] = item

    def _take_row(self, row: Mapping[str, Any]) -> None:
        row = self._without_taken_number(row)
        item = self._by_number_of(row) or self._same_title(row)
        if item is None:
            item = self._writer.next_id(Item)
            values = self._new_values(row)
            self._titles[item] = KnownTitle(values, new=True)
            self._by_title[values["title_key"], values["author_key"]] = item
            self._fill(item, row)
            self._tally.added += 1
            return
        title = self._known(item)
        if self._on_match is OnMatch.SKIP and not title.new:
            self._tally.unchanged += 1
            return
        filled, changed = self._fill(item, row), self._change(item, row)
        if filled or changed:
            self._tally.updated += 1
            if not title.new:
                self._update(Item, item, title.values, {"updated_at": self._origin.now})
        else:
            self._tally.unchanged += 1

    def _without_taken_number(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """A row without its number when that belongs to a title with another name by someone else.

        A title or an author may be corrected, but both at once is another book, and one of the two lists is wrong.
        """
        owner = self._by_number_of(row)
        if owner is None:
            return row
        title = self._known(owner)
        values = title.values
        if fold(row["title"]) == values["title_key"] or row["author_key"] == values["author_key"]:
            return row
        number = row["isbn13"] or row["gtin"]
        self._tally.doubt(row["n"], "rows.number_taken", {"value": number, "title": values["title"]})
        return {**row, "isbn13": None, "gtin": None}

    def _by_number_of(self, row: Mapping[str, Any]) -> int | None:
        """The item that has an edition with the row's number."""
        number = row["isbn13"] or row["gtin"]
        return self._by_number.get(number) if number else None

    def _same_title(self, row: Mapping[str, Any]) -> int | None:
        """The item of the same title by the same author."""
        return self._by_title.get((fold(row["title"]), row["author_key"]))

    def _new_values(self, row: Mapping[str, Any]) -> dict[str, Any]:
        now = self._origin.now
        return {
            "kind": row["kind"],
            **title_columns(row["title"]),
            "author": row["author"],
            "author_key": row["author_key"],
            **{name: row[name] for name in (*_TEXTS, "pub_date", *_DAYS)},
            "client_id": self._client(row["client"]),
            "cloth": self._cloths.pick(row["kind"]),
            "created_at": now,
            "updated_at": now,
        }

    def _fill(self, item: int, row: Mapping[str, Any]) -> bool:
        """Add what the item does not have yet: the edition, people, subjects, words, copies."""
        title = self._titles[item]
        before = sum(len(rows) for rows in self._rows.values()) + len(title.new_editions)
        edition = self._edition(item, title, row)
        for role, name, biography in row["contributors"]:
            if (role, fold(name)) not in title.contributors:
                contributor = self._put(Contributor, item, role, name, len(title.contributors), biography)
                title.contributors[role, fold(name)] = (contributor, biography)
        for scheme, code, heading in row["subjects"]:
            if (scheme, code) not in title.subjects:
                shown = heading or self._codes.heading(scheme, code)
                self._put(SubjectCode, item, scheme, code, shown, len(title.subjects))
                title.subjects.add((scheme, code))
        told = [self._codes.genre(scheme, code) for scheme, code, _ in row["subjects"]]
        for code, weight in [*row["genres"], *((code, 0.7) for code in dict.fromkeys(told) if code)]:
            if code not in title.genres:
                self._put(ItemGenre, item, code, weight)
                title.genres.add(code)
        for word, key in row["keywords"]:
            if key not in title.keywords:
                self._put(Keyword, item, word, key, len(title.keywords))
                title.keywords.add(key)
        for name, author in row["comps"]:
            if fold(name) not in title.comps:
                self._put(CompTitle, item, name, fold(name), author)
                title.comps.add(fold(name))
        if edition is not None and row["copies"] is not None:
            self._receive(title, edition, row["copies"])
        return sum(len(rows) for rows in self._rows.values()) + len(title.new_editions) > before

    def _edition(self, item: int, title: KnownTitle, row: Mapping[str, Any]) -> int | None:
        """The edition of a row, new where there is none with its number or, lacking one, its format."""
        number, form = row["isbn13"] or row["gtin"], (row["format"], row["variant"])
        same = [
            known
            for known, values in title.editions.items()
            if (
                number in (values["isbn13"], values["gtin"])
                if number
                else form == (values["format"], values["variant"])
            )
        ]
        if same:
            return same[0]
        bare = [known for known, values in title.editions.items() if not values["isbn13"] and not values["gtin"]]
        if number and bare and form in (("", ""), *_form_of(title.editions[bare[0]])):
            return bare[0]  # the number of an edition that was known without it
        if not (row["isbn13"] or row["gtin"] or row["format"] or row["price"] is not None):
            return None
        edition = self._writer.next_id(Edition)
        title.editions[edition] = {
            "item_id": item,
            "format": row["format"],
            "kind": edition_kind(row["format"]).value if row["format"] else "finished",
            "variant": row["variant"],
            "isbn13": row["isbn13"],
            "gtin": row["gtin"],
            "price_minor": row["price"],
            "currency": row["currency"],
            "cost_minor": row["cost"],
            "cost_currency": row["cost_currency"],
            "pages": row["pages"],
            "pub_date": row["pub_date"],
        }
        title.new_editions.add(edition)
        if row["isbn13"] or row["gtin"]:
            self._by_number[row["isbn13"] or row["gtin"]] = item
        return edition

    def _receive(self, title: KnownTitle, edition: int, copies: int) -> None:
        """A list says how many copies came in all; what it said before is not received again."""
        if edition in title.coded:
            return  # its copies are its codes
        more = copies - title.received.get(edition, 0)
        if more > 0:
            origin = self._origin
            self._put(StockMovement, edition, more, StockReason.RECEIVED.value, origin.today, origin.file, origin.by)
            title.received[edition] = copies

    def _change(self, item: int, row: Mapping[str, Any]) -> bool:
        """Bring the columns of a known item and of its edition up to date."""
        title = self._titles[item]
        replace = self._on_match is OnMatch.UPDATE
        after = {
            name: row[name]
            for name in (*_TEXTS, *_DAYS)
            if row[name] and row[name] != title.values[name] and (replace or not title.values[name])
        }
        changed = self._change_edition(title, row, replace=replace) | self._change_people(title, row, replace=replace)
        after |= self._corrected_name(title, row, replace=replace)
        client = self._client(row["client"])
        if client is not None and client != title.values["client_id"] and (replace or not title.values["client_id"]):
            after["client_id"] = client
        days = [values["pub_date"] for values in title.editions.values() if values["pub_date"]]
        first = min(days) if days else row["pub_date"]
        if first and first != title.values["pub_date"] and (replace or not title.values["pub_date"]):
            after["pub_date"] = first
        if after:
            self._update(Item, item, title.values, after)
        return bool(after) or changed

    def _corrected_name(self, title: KnownTitle, row: Mapping[str, Any], *, replace: bool) -> dict[str, Any]:
        """The title or the author of the edition with that number, as a newer list of the same house has it."""
        columns: dict[str, Any] = {}
        if not replace or not (row["isbn13"] or row["gtin"]):
            return columns
        if fold(row["title"]) != title.values["title_key"]:
            columns |= title_columns(row["title"])
        if row["author_key"] and row["author_key"] != title.values["author_key"]:
            columns |= {"author": row["author"], "author_key": row["author_key"]}
        return columns

    def _change_edition(self, title: KnownTitle, row: Mapping[str, Any], *, replace: bool) -> bool:
        edition = self._edition(0, title, row)
        if edition is None:
            return False
        values = title.editions[edition]
        wanted = {name: row[name] for name in (*_EDITION, "isbn13")} | {
            "price_minor": row["price"],
            "currency": row["currency"],
            "cost_minor": row["cost"],
            "cost_currency": row["cost_currency"],
        }
        after = {
            name: value
            for name, value in wanted.items()
            if value not in (None, "") and value != values[name] and (replace or values[name] in (None, ""))
        }
        if after:
            self._update(Edition, edition, values, after, new=edition in title.new_editions)
        return bool(after)

    def _change_people(self, title: KnownTitle, row: Mapping[str, Any], *, replace: bool) -> bool:
        """What a list says of someone who made the item takes the place of what was said before."""
        changed = False
        for role, name, biography in row["contributors"]:
            known, before = title.contributors[role, fold(name)]
            if biography and biography != before and (replace or not before):
                if not _amend(self._rows[Contributor], _BIOGRAPHY, known, biography):
                    self._update(Contributor, known, {"biography": before}, {"biography": biography})
                title.contributors[role, fold(name)] = (known, biography)
                changed = True
        return changed

    def _client(self, name: str) -> int | None:
        """The client of a name, a new one where there is none; None for no name."""
        if not name:
            return None
        known = self._clients.get(fold(name))
        if known is None:
            known = self._clients[fold(name)] = self._put(Client, name, fold(name), self._origin.now)
        return known

    def _update(
        self, table: type[Table], row_id: int, values: dict[str, Any], after: dict[str, Any], *, new: bool = False
    ) -> None:
        if not (new or (table is Item and self._titles[row_id].new)):
            self._writer.update(table, row_id, dict(values), after)
        values.update(after)

    def _put(self, table: type[Table], *values: Any) -> int:
        row_id = self._writer.next_id(table)
        self._rows[table].append((row_id, *values))
        return row_id

    def _flush(self) -> None:
        for item, title in self._titles.items():
            if title.new:
                self._rows[Item].append((item, *(title.values[name] for name in _ITEM[1:])))
            for edition in title.new_editions:
                values = title.editions[edition]
                self._rows[Edition].append((edition, *(values[name] for name in _COLUMNS[Edition][1:])))
        for table, columns in _COLUMNS.items():
            self._writer.insert(table, columns, self._rows[table])


def _amend(rows: list[tuple[Any, ...]], place: int, row_id: int, value: Any) -> bool:
    """Change a row that is not written yet; False when it is."""
    for number, row in enumerate(rows):
        if row[0] == row_id:
            rows[number] = (*row[:place], value, *row[place + 1 :])
            return True
    return False
