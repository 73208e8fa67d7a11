"""What the tables know of people's reading and tastes, as plain values: the only place where the match reads them.

Reading comes as a stream of `ReadingEvent`, whatever table it stands in: another source is another function in
`_SOURCES`.
"""

from collections.abc import Callable, Iterable, Iterator, MutableSequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from outreach.fields.text import fold
from outreach.services.catalogue.genres import load_genres
from outreach.services.gifts.gifts import OutcomeKind
from outreach.services.matching.by_person import ByPerson, InMemory
from outreach.services.tastes.readings import DONE, is_liked
from outreach.store.models import (
    CompTitle,
    Gift,
    Item,
    ItemGenre,
    Keyword,
    Outcome,
    Person,
    Post,
    Reading,
    ReadingSubject,
    TasteNote,
)
from outreach.store.models.base import raw_rows


class Take(StrEnum):
    """How someone took a book."""

    LIKED = "liked"
    LUKEWARM = "lukewarm"
    DISLIKED = "disliked"


@dataclass(frozen=True, slots=True)
class ReadingEvent:
    """Someone read a book, or spoke of it.

    Attributes:
        title: As it was given; empty where only an author or a word is known.
        author: Who wrote it, empty where it is not known.
        take: How she took it; read without a word counts as liked.
        on: The day, empty where it is not known.
        item_id: The item, where it is one of ours.
        source: The row that says so, such as ``outcome:12``.
        words: Tropes and moods, where that is all that is known.
        genres: What its reader's shelves say it is, where it is none of ours.
        strength: How sure it is, up to one.
    """

    person_id: int
    title: str
    author: str = ""
    take: Take = Take.LIKED
    on: str = ""
    item_id: int | None = None
    source: str = ""
    words: tuple[str, ...] = ()
    strength: float = 1.0
    genres: tuple[str, ...] = ()


@dataclass(slots=True)
class Book:
    """A book that is known: an item of ours, a comp, or one that someone read.

    Attributes:
        item_id: The item, None for others.
        words: Its keywords, folded, the most telling first.
        comps: Keys of the titles it is compared with.
    """

    title: str
    author: str = ""
    author_key: str = ""
    series: str = ""
    year: int = 0
    item_id: int | None = None
    genres: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    comps: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seen:
    """One book in a person's record: the newest that is known of it.

    Attributes:
        book: Its number in `Known.books`.
        sources: All rows that speak of it.
    """

    book: int
    take: Take
    on: str
    strength: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A genre that someone names, for or against.

    Attributes:
        strength: Up to one; below nothing for what she does not enjoy.
        source: The row.
    """

    strength: float
    source: str


@dataclass(slots=True)
class Known:
    """All that bears on matches.

    Attributes:
        today: The day from which ages are counted, the first of the week.
        books: Items first, in the order of their ids.
        of_item: By item its number in `books`.
        people: All ids, in order.
        read: By person what she read, a book at most once.
        own: By person the genres she names.
        audience: By person the genres her followers enjoy.
        audience_words: By person the tropes and moods her followers ask for, with the rows.
        limits: By person the genres she never reads, with the rows.
        refused: By person formats she does not take, with the rows.
        by_title: Numbers of books by their folded titles, two authors' of one title apart.
        thin: Numbers of what stands in for a book where only an author or words are known.
    """

    today: date
    books: MutableSequence[Book] = field(default_factory=list)
    of_item: dict[int, int] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)
    read: ByPerson[int, Seen] = field(default_factory=InMemory)
    own: ByPerson[str, Stated] = field(default_factory=InMemory)
    audience: ByPerson[str, Stated] = field(default_factory=InMemory)
    audience_words: ByPerson[str, str] = field(default_factory=InMemory)
    limits: ByPerson[str, str] = field(default_factory=InMemory)
    refused: ByPerson[str, str] = field(default_factory=InMemory)
    by_title: dict[str, int] = field(default_factory=dict)
    thin: dict[tuple[str, str], int] = field(default_factory=dict)

    def book_of(self, event: ReadingEvent) -> int:
        """The number of the book that an event is about, a new one where it is not known yet."""
        if event.item_id in self.of_item:
            return self.of_item[event.item_id]
        if event.title:
            return self.titled(fold(event.title), event.title, event.author)
        kind = ("author", fold(event.author)) if event.author else ("word", " ".join(event.words))
        if kind not in self.thin:
            self.thin[kind] = len(self.books)
            words = {fold(word): word for word in event.words}
            self.books.append(Book("", event.author, fold(event.author), words=words))
        return self.thin[kind]

    def titled(self, key: str, title: str, author: str) -> int:
        """The number of a book by its title; two authors' books of one title are two."""
        known = self.by_title.get(key)
        theirs = fold(author)
        if known is not None and theirs and self.books[known].author_key not in ("", theirs):
            key = f"{key} / {theirs}"
        if key not in self.by_title:
            self.by_title[key] = len(self.books)
            self.books.append(Book(title, author, fold(author)))
        return self.by_title[key]

    def name_items(self) -> None:
        """Let items be found by their title; the first of a name is meant."""
        for number, book in enumerate(self.books):
            self.by_title.setdefault(fold(book.title), number)

    def note(self, event: ReadingEvent) -> None:
        """Put an event into a person's record; of two about one book the newer says how she took it."""
        book = self.book_of(event)
        if self.books[book].item_id is None:
            for genre in event.genres:
                self.books[book].genres.setdefault(genre, 1.0)
        mine = self.read.setdefault(event.person_id, {})
        before = mine.get(book)
        if before is None:
            mine[book] = Seen(book, event.take, event.on, event.strength, (event.source,))
            return
        newer = event if event.on >= before.on else before
        sources = (*before.sources, event.source)
        mine[book] = Seen(book, newer.take, newer.on, max(event.strength, before.strength), sources)


def counted_from(today: date) -> date:
    """The day from which ages are counted: the first of the week, so that what was built serves a week."""
    return today - timedelta(days=today.weekday())


def gather(today: date) -> Known:
    """Read everything once."""
    known = Known(counted_from(today))
    known.people = [row[0] for row in raw_rows(Person.select(Person.id).order_by(Person.id))]
    _items(known)
    _comps(known)
    _tastes(known)
    for source in _SOURCES:
        for event in source(None):
            known.note(event)
    return known


def gather_record(known: Known, person: int) -> None:
    """Read one person's record anew, leaving everyone else's."""
    for part in (known.read, known.own, known.audience, known.audience_words, known.limits, known.refused):
        part.pop(person, None)
    _tastes(known, person)
    for source in _SOURCES:
        for event in source(person):
            known.note(event)


def _items(known: Known) -> None:
    query = Item.select(Item.id, Item.title, Item.author, Item.author_key, Item.series, Item.pub_date)
    for item, title, author, author_key, series, day in raw_rows(query.order_by(Item.id)):
        known.of_item[item] = len(known.books)
        year = int(day[:4]) if day and day[:4].isdigit() else 0
        known.books.append(Book(title, author, author_key, fold(series), year, item))
    for item, genre, weight in raw_rows(ItemGenre.select(ItemGenre.item, ItemGenre.genre, ItemGenre.weight)):
        known.books[known.of_item[item]].genres[genre] = weight
    words = Keyword.select(Keyword.item, Keyword.key, Keyword.word).order_by(Keyword.position, Keyword.id)
    for item, key, word in raw_rows(words):
        known.books[known.of_item[item]].words[key] = word
    known.name_items()


def _comps(known: Known) -> None:
    """A comp of which nothing else is known is taken to be of the genres of the items that name it."""
    query = CompTitle.select(CompTitle.item, CompTitle.title, CompTitle.key, CompTitle.author).order_by(CompTitle.id)
    for item, title, key, author in raw_rows(query):
        ours = known.books[known.of_item[item]]
        ours.comps.append(key)
        comp = known.books[known.titled(key, title, author)]
        if comp.item_id is None:
            for genre, weight in ours.genres.items():
                comp.genres[genre] = max(comp.genres.get(genre, 0.0), weight)


def _tastes(known: Known, person: int | None = None) -> None:
    query = TasteNote.select(
        TasteNote.id, TasteNote.person, TasteNote.side, TasteNote.polarity, TasteNote.kind, TasteNote.key,
        TasteNote.strength,
    ).where(TasteNote.kind.in_(("genre", "trope", "mood", "format")))  # fmt: skip
    if person is not None:
        query = query.where(TasteNote.person == person)
    for note, whose, side, polarity, kind, key, strength in raw_rows(query.order_by(TasteNote.id)):
        source = f"taste_note:{note}"
        signed = Stated(strength if polarity == "like" else -strength, source)
        if kind == "genre" and polarity == "limit" and side == "own":
            known.limits.setdefault(whose, {})[key] = source
        elif kind == "genre":
            (known.own if side == "own" else known.audience).setdefault(whose, {})[key] = signed
        elif kind == "format" and side == "own" and polarity != "like":
            known.refused.setdefault(whose, {})[key] = source
        elif kind != "format" and side == "audience" and polarity == "like":
            known.audience_words.setdefault(whose, {})[key] = source


def _from_notes(person: int | None = None) -> Iterator[ReadingEvent]:
    """Authors, comps, tropes and moods that someone is known to enjoy or not."""
    query = TasteNote.select(
        TasteNote.id, TasteNote.person, TasteNote.polarity, TasteNote.kind, TasteNote.subject, TasteNote.strength,
        TasteNote.noted_on,
    ).where((TasteNote.side == "own") & TasteNote.kind.in_(("author", "comp", "trope", "mood")))  # fmt: skip
    if person is not None:
        query = query.where(TasteNote.person == person)
    for note, whose, polarity, kind, subject, strength, on in raw_rows(query.order_by(TasteNote.id)):
        yield ReadingEvent(
            whose, subject if kind == "comp" else "", subject if kind == "author" else "",
            Take.LIKED if polarity == "like" else Take.DISLIKED, on or "", None, f"taste_note:{note}",
            (subject,) if kind in ("trope", "mood") else (), strength,
        )  # fmt: skip


#: What came of a gift, as a reading of it. Who passed it on, thanked or began has not said how she took it.
_TAKES = {
    OutcomeKind.FINISHED.value: Take.LIKED, OutcomeKind.POSTED.value: Take.LIKED,
    OutcomeKind.CLUB_STARTED.value: Take.LIKED, OutcomeKind.MET_AUTHOR.value: Take.LIKED,
    OutcomeKind.DID_NOT_FINISH.value: Take.LUKEWARM,
}  # fmt: skip


def _from_outcomes(person: int | None = None) -> Iterator[ReadingEvent]:
    query = (
        Outcome.select(Outcome.id, Outcome.person, Outcome.kind, Outcome.happened_on, Gift.item, Item.title)
        .join(Gift)
        .join(Item)
        .where(Outcome.kind.in_(list(_TAKES)) & Outcome.person.is_null(False))
    )
    if person is not None:
        query = query.where(Outcome.person == person)
    for row, whose, kind, on, item, title in raw_rows(query.order_by(Outcome.id)):
        yield ReadingEvent(whose, title, "", _TAKES[kind], on, item, f"outcome:{row}")


def _from_posts(person: int | None = None) -> Iterator[ReadingEvent]:
    query = Post.select(Post.id, Post.person, Post.posted_on, Post.item, Item.title).join(Item)
    query = query.where(Post.person.is_null(False))
    if person is not None:
        query = query.where(Post.person == person)
    for row, whose, on, item, title in raw_rows(query.order_by(Post.id)):
        yield ReadingEvent(whose, title, "", Take.LIKED, on, item, f"post:{row}")


#: So many stars or fewer say that she did not enjoy it; between these and a liking it left her lukewarm.
_DISLIKED_TO = 2.0


def _from_readings(person: int | None = None) -> Iterator[ReadingEvent]:
    """Her own shelves; what she wants to read says nothing yet, and what she gave up left her lukewarm at best."""
    shelves: dict[int, list[str]] = {}
    subjects = ReadingSubject.select(ReadingSubject.reading, ReadingSubject.key).where(ReadingSubject.kind == "genre")
    if person is not None:
        subjects = subjects.join(Reading).where(Reading.person == person)
    for row, genre in raw_rows(subjects):
        shelves.setdefault(row, []).append(genre)
    query = Reading.select(
        Reading.id, Reading.person, Reading.title, Reading.author, Reading.status, Reading.rating, Reading.liked,
        Reading.read_on, Reading.item,
    ).where(Reading.status.in_(DONE))  # fmt: skip
    if person is not None:
        query = query.where(Reading.person == person)
    for row, whose, title, author, status, rating, liked, on, item in raw_rows(query.order_by(Reading.id)):
        yield ReadingEvent(
            whose, title, author, _take(status, rating, liked), on or "", item, f"reading:{row}",
            genres=tuple(shelves.get(row, ())),
        )  # fmt: skip


def _take(status: str, rating: float | None, liked: int | None) -> Take:
    said = is_liked(rating, liked)
    if said or (said is None and status == "read"):
        return Take.LIKED
    is_bad = rating is not None and rating <= _DISLIKED_TO
    return Take.DISLIKED if is_bad or (rating is None and liked == 0) else Take.LUKEWARM


#: Where reading is known from. Each is given a person, or None for everybody.
_SOURCES: tuple[Callable[[int | None], Iterable[ReadingEvent]], ...] = (
    _from_notes, _from_readings, _from_outcomes, _from_posts,
)  # fmt: skip


def in_genre(book: Book, genre: str) -> bool:
    """Whether a book counts as one of a genre: it is ticked, or at least a quarter of the strongest."""
    return book.genres.get(genre, 0.0) >= 0.25 * max(book.genres.values(), default=1.0)


def genre_codes() -> list[str]:
    """Our genres, in the order of the list."""
    return list(load_genres().by_code)
