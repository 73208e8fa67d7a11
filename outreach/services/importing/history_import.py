"""Taking lists of gifts and of posts into the workspace: whom and what they tell of is there, or made on request."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outreach.fields.accounts import parse_post_url
from outreach.fields.text import clean
from outreach.services.importing.history_write import HistoryWriter
from outreach.services.importing.people_match import Finder, keys_of
from outreach.services.importing.people_write import PeopleWriter
from outreach.services.importing.taking import Taking
from outreach.services.posts import nature_of
from outreach.store.models import Gift, Person


def take_gifts(taking: Taking, answers: Iterator[Mapping[str, Any]]) -> None:
    """Write the gifts that a child process reads, inside the caller's transaction."""
    taking.each_chunk(answers, _Gifts(taking).take)


def take_posts(taking: Taking, answers: Iterator[Mapping[str, Any]]) -> None:
    """Write the posts that a child process reads, inside the caller's transaction."""
    taking.each_chunk(answers, _Posts(taking).take)


class _Rows:
    """Finds who rows are about, and leaves out those that are of no use."""

    def __init__(self, taking: Taking) -> None:
        self.taking = taking
        self.history = HistoryWriter(taking)
        self._finder = Finder(taking.store)
        self._people = PeopleWriter(taking)
        self._named: dict[str, list[int]] = {}

    def found(self, rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, int, Mapping[str, Any]]]:
        """Row, person and what is told of each row that can be used."""
        tally = self.taking.tally
        tally.rows += len(rows)
        rows = [_with_author(row) for row in rows]
        usable = []
        for row in rows:
            if "skip" in row:
                tally.skip(row["n"], *row["skip"])
            elif row["h"] is None:
                tally.skip(row["n"], "rows.no_history", {})
            else:
                usable.append(row)
        self._finder.look_up(key for row in usable for key in keys_of(row))
        self._look_up_names(usable)
        found = []
        for row in usable:
            for code, facts in row["w"]:
                tally.doubt(row["n"], code, facts)
            person = self._person(row)
            if person is not None:
                found.append((row["n"], person, row["h"]))
        self._people.flush()
        return found

    def _person(self, row: Mapping[str, Any]) -> int | None:
        keys = keys_of(row)
        person = self._finder.find(keys)
        if person is not None:
            return person
        named = self._named.get(row["name"][3], []) if not row["by_handle"] else []
        if len(named) == 1:
            return named[0]
        name = row["name"][0]
        if len(named) > 1:
            self.taking.tally.skip(row["n"], "rows.several", {"value": name})
        elif not self.taking.create:
            self.taking.tally.skip(row["n"], "rows.nobody", {"value": name})
        else:
            person = self._people.reserve()
            self._finder.claim(keys, person)
            self._people.add(person, row)
            self._named[row["name"][3]] = [person]
            return person
        return None

    def _look_up_names(self, rows: Sequence[Mapping[str, Any]]) -> None:
        keys = {row["name"][3] for row in rows} - self._named.keys()
        ordered = sorted(keys)
        for start in range(0, len(ordered), 500):
            query = Person.select(Person.name_key, Person.id).where(Person.name_key.in_(ordered[start : start + 500]))
            for key, person in query.tuples():
                self._named.setdefault(key, []).append(person)


class _Gifts(_Rows):
    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one chunk."""
        found = self.found(rows)
        before = self.history.gifts_added
        changed = self.history.take(found)
        added = self.history.gifts_added - before
        tally = self.taking.tally
        tally.added += added
        tally.updated += max(0, len(changed) - added)
        tally.unchanged += len(found) - max(len(changed), 0)


class _Posts(_Rows):
    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one chunk."""
        found = self.found(rows)
        history, tally = self.history, self.taking.tally
        history.learn(record for _, _, record in found)
        for number, person, record in found:
            if not (record["url"] or record["on"]):
                tally.skip(number, "rows.no_history", {})
                continue
            link = parse_post_url(clean(record["url"])) if record["url"] else None
            if record["url"] and link is None:
                tally.doubt(number, "rows.bad_post_url", {"value": clean(record["url"])[:200]})
            if link is not None and history.has_post(link):
                tally.unchanged += 1
                continue
            item = history.item_of(number, record) if record["t"] or record["s"] else self.taking.item
            day = record["on"] or record["sent"] or self.taking.origin.today
            gift = _gift_before(person, item, day)
            if link is None and history.has_said(person, item, day):
                tally.unchanged += 1
                continue
            nature = nature_of(person, gift, day)
            history.note_post(
                person, gift.item_id if gift and item is None else item, gift, link, day, record["text"], nature
            )
            tally.added += 1


def _with_author(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row of a post that names nobody is about whom its address names."""
    if "skip" in row or not row.get("h"):
        return {**row, "by_handle": False}
    told = bool(row["e"] or row["a"] or row["i"])
    link = parse_post_url(clean(row["h"]["url"])) if row["h"]["url"] else None
    if told or link is None or not link.handle:
        return {**row, "by_handle": False}
    key = f"{link.platform}:{link.handle.casefold()}"
    by_handle = bool(row.get("nameless"))
    return {**row, "a": [[link.platform, link.handle, key, "", None]], "by_handle": by_handle}


def _gift_before(person: int, item: int | None, day: str) -> Gift | None:
    """The gift that a post follows: the latest of that title that was sent by then."""
    if item is None:
        return None
    query = Gift.select().where((Gift.person == person) & (Gift.item == item) & Gift.sent_on.is_null(False))
    gift: Gift | None = query.where(Gift.sent_on <= day).order_by(Gift.sent_on.desc(), Gift.id.desc()).first()
    return gift
