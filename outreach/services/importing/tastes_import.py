"""Taking what somebody reads into her record, and the tastes that it shows into her ledger."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outreach.errors import KnownError
from outreach.services.catalogue.genres import load_genres
from outreach.services.importing.taking import OnMatch, Taking
from outreach.services.people.people import Polarity, Side, TasteKind
from outreach.services.tastes.fading import taste_rules
from outreach.services.tastes.readings import Count, author_counts, genre_counts, item_matching, mood_counts
from outreach.store.models import Person, Reading, ReadingSubject, TasteEvidence, TasteNote

_READING = (
    "id", "person_id", "item_id", "title", "title_key", "author", "author_key", "isbn13", "status", "rating", "liked",
    "read_on", "published", "review", "source", "outside_id", "by", "created_at",
)  # fmt: skip
_SUBJECT = ("id", "reading_id", "kind", "subject", "key")
_NOTE = ("id", "person_id", "side", "polarity", "kind", "subject", "key", "strength", "noted_on", "by")
_EVIDENCE = ("id", "taste_note_id", "kind", "text", "seen_on")
#: What a newer export may change; what it does not say stays.
_CHANGING = ("item_id", "isbn13", "status", "rating", "read_on", "published", "review", "outside_id")


def take(taking: Taking, answers: Iterator[Mapping[str, Any]]) -> None:
    """Write all rows that a child process reads, inside the caller's transaction.

    Raises:
        KnownError: ``import.whose`` when it was not said whose reading it is.
    """
    person = taking.person_id
    if person is None or Person.get_or_none(Person.id == person) is None:
        raise KnownError("import.whose", file=taking.origin.file)
    taker = _Taker(taking, person)
    taking.each_chunk(answers, taker.take)
    _Tastes(taking, person).write()


class _Taker:
    """Writes readings: once per book, by the program's number, then the ISBN, then title and author."""

    def __init__(self, taking: Taking, person: int) -> None:
        self._taking = taking
        self._person = person
        self._source = taking.origin.layout if taking.origin.layout in ("goodreads", "storygraph") else "list"
        self._known: dict[tuple[str, ...], dict[str, Any]] = {}
        for row in Reading.select().where(Reading.person == person).dicts():
            values = {name: row[name] for name in ("id", "title_key", "author_key", "source", *_CHANGING[1:])}
            values["item_id"] = row["item"]
            for key in self._keys(values, row["source"]):
                self._known.setdefault(key, values)
        self._subjects: dict[int, set[tuple[str, str]]] = {}
        mine = Reading.select(Reading.id).where(Reading.person == person)
        for row in ReadingSubject.select().where(ReadingSubject.reading.in_(mine)):
            self._subjects.setdefault(row.reading_id, set()).add((row.kind, row.key))

    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one chunk."""
        tally = self._taking.tally
        tally.rows += len(rows)
        usable = []
        for row in rows:
            if "skip" in row:
                tally.skip(row["n"], *row["skip"])
            else:
                usable.append(row)
                for code, facts in row["w"]:
                    tally.doubt(row["n"], code, facts)
        books = [row["v"] for row in usable]
        items = item_matching(
            (book["isbn13"] for book in books if book["isbn13"]),
            ((book["title_key"], book["author_key"]) for book in books),
        )
        for row in usable:
            book = row["v"]
            item = items.get(("isbn", book["isbn13"] or "")) or items.get((book["title_key"], book["author_key"]))
            self._one({**book, "item_id": item}, row["s"])

    def _one(self, book: dict[str, Any], subjects: Sequence[Sequence[str]]) -> None:
        tally, keys = self._taking.tally, self._keys(book, self._source)
        known = next((self._known[key] for key in keys if key in self._known), None)
        if known is None or self._taking.on_match is OnMatch.ADD:
            row_id = self._add(book)
            for key in keys:
                self._known.setdefault(key, {**book, "id": row_id, "source": self._source})
            self._about(row_id, subjects)
            tally.added += 1
        elif self._taking.on_match is OnMatch.SKIP:
            tally.unchanged += 1
        else:
            changed = self._update(known, book)
            changed = self._about(known["id"], subjects) or changed
            tally.updated += changed
            tally.unchanged += not changed

    def _keys(self, book: Mapping[str, Any], source: str) -> list[tuple[str, ...]]:
        keys: list[tuple[str, ...]] = []
        if book["outside_id"]:
            keys.append(("id", source, book["outside_id"]))
        if book["isbn13"]:
            keys.append(("isbn", book["isbn13"]))
        return [*keys, ("title", book["title_key"], book["author_key"])]

    def _add(self, book: Mapping[str, Any]) -> int:
        writer, origin = self._taking.writer, self._taking.origin
        row_id = writer.next_id(Reading)
        values = {**book, "id": row_id, "person_id": self._person, "liked": None, "source": self._source,
                  "by": origin.by, "created_at": origin.now}  # fmt: skip
        writer.insert(Reading, _READING, [tuple(values[name] for name in _READING)])
        return row_id

    def _update(self, known: dict[str, Any], book: Mapping[str, Any]) -> bool:
        after = {name: book[name] for name in _CHANGING if book[name] not in (None, "") and book[name] != known[name]}
        if after.get("status") == "to_read" and known["status"] != "to_read":
            del after["status"]  # that it was read once is not unsaid by wanting to read it again
        if after:
            before = {name: known[name] for name in after}
            self._taking.writer.update(Reading, known["id"], before, after)
            known.update(after)
        return bool(after)

    def _about(self, reading: int, subjects: Sequence[Sequence[str]]) -> bool:
        there = self._subjects.setdefault(reading, set())
        new = [each for each in subjects if (each[0], each[2]) not in there]
        there.update((kind, key) for kind, _, key in new)
        writer = self._taking.writer
        rows = [(writer.next_id(ReadingSubject), reading, kind, subject, key) for kind, subject, key in new]
        writer.insert(ReadingSubject, _SUBJECT, rows)
        return bool(new)


class _Tastes:
    """Writes the tastes that the whole of her reading shows; what she states herself is never turned round."""

    def __init__(self, taking: Taking, person: int) -> None:
        self._taking = taking
        self._person = person
        self._notes = {
            (note.kind, note.key): note
            for note in TasteNote.select().where((TasteNote.person == person) & (TasteNote.side == Side.OWN.value))
        }

    def write(self) -> None:
        """Write them."""
        rules, genres = taste_rules().from_readings, load_genres()
        for (_, code), count in genre_counts([self._person]).items():
            if count.read >= rules["least_read"]:
                self._note(TasteKind.GENRE, genres.name(code), code, count)
        for key, (name, count) in author_counts(self._person).items():
            if count.liked >= rules["least_by_author"]:
                self._note(TasteKind.AUTHOR, name, key, count)
        for key, (name, count) in mood_counts(self._person).items():
            if count.read >= rules["least_of_mood"] and count.liked >= rules["mood_share"] * count.said:
                self._note(TasteKind.MOOD, name, key, count)

    def _note(self, kind: TasteKind, subject: str, key: str, count: Count) -> None:
        rules = taste_rules().from_readings
        share = (count.liked + 1) / (count.said + 2)  # few books say little
        if count.said >= rules["least_read"] and count.liked <= rules["disliked_share"] * count.said:
            polarity = Polarity.DISLIKE
        elif not count.said or count.liked >= rules["liked_share"] * count.said:
            polarity = Polarity.LIKE
        else:
            return
        note = self._notes.get((kind.value, key))
        writer, origin = self._taking.writer, self._taking.origin
        if note is None:
            row = writer.next_id(TasteNote)
            strength = round(share if polarity is Polarity.LIKE else 1 - share, 2)
            values = (row, self._person, Side.OWN.value, polarity.value, kind.value, subject, key, strength,
                      origin.today, origin.by)  # fmt: skip
            writer.insert(TasteNote, _NOTE, [values])
        elif note.polarity != polarity.value:
            return
        else:
            row = int(note.id)
        self._witness(row, note is None)

    def _witness(self, note: int, is_new: bool) -> None:
        """One word of evidence per program: her newest export, in place of an older one."""
        writer, origin = self._taking.writer, self._taking.origin
        same = None
        if not is_new:
            told = (TasteEvidence.taste_note == note) & (TasteEvidence.kind == "shelf")
            same = TasteEvidence.get_or_none(told & (TasteEvidence.text == origin.layout))
        if same is None:
            values = (writer.next_id(TasteEvidence), note, "shelf", origin.layout, origin.today)
            writer.insert(TasteEvidence, _EVIDENCE, [values])
        elif same.seen_on != origin.today:
            writer.update(TasteEvidence, same.id, {"seen_on": same.seen_on}, {"seen_on": origin.today})
