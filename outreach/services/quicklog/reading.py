"""What a line means: which people, which title; and what is doubtful, with the ways to settle it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.fields.text import fold
from outreach.services.gifts.gifts import MOVES, GiftState
from outreach.services.pages.people import PeopleQuery, people_ids
from outreach.services.quicklog.grammar import LATER, Part, Word, parts_of, vocabulary, words_of
from outreach.store.database import Store
from outreach.store.models import Account, Alias, Gift, Item, Person

_MOST_OFFERED, _LOOKED_AT = 8, 200
_LONGEST_TITLE = 6
_SHORTEST_TITLE = 3
#: Which state a gift comes to by a verb; the others are events.
STATES = {
    "asked": GiftState.ASKED, "accepted": GiftState.ACCEPTED, "declined": GiftState.DECLINED, "sent": GiftState.SENT,
    "delivered": GiftState.DELIVERED, "quiet": GiftState.CLOSED_QUIET,
}  # fmt: skip
_TOWARDS = STATES | {LATER: GiftState.DECLINED}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line that was understood, or is doubtful.

    Attributes:
        kind: ``person``, ``title``, ``verb``, ``format``, ``day`` or ``until``, a day to come.
        start: Where it stands in the line; `end` behind it.
        value: The verb, the format, the ISO day; for people and titles what was typed, folded.
        row_id: The person's or the item's id; None while it is doubtful.
        name: What is shown.
        offered: For a doubt, whom or what it may mean: ids and names. None at all: nobody is known by that. What was
            learned is no doubt, and the others are offered all the same.
        is_chosen: Whether the user said what is meant; that is learned when the line is noted.
    """

    kind: str
    start: int
    end: int
    value: str
    row_id: int | None = None
    name: str = ""
    offered: tuple[tuple[int, str], ...] = ()
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line, read.

    Attributes:
        verb: What they did, as a word of the vocabulary; empty where none was found.
        day: On which ISO day; empty for today.
        until: From which ISO day to ask again; empty where none was found.
    """

    pieces: tuple[Piece, ...]
    verb: str
    day: str
    format: str
    title: Piece | None
    people: tuple[Piece, ...]
    until: str = ""

    @property
    def doubts(self) -> tuple[Piece, ...]:
        """The pieces that must be settled before anything is noted."""
        both = (*self.people, *([self.title] if self.title else []))
        return tuple(sorted((piece for piece in both if piece.row_id is None), key=lambda piece: piece.start))

    @property
    def is_whole(self) -> bool:
        """Whether it says who did what, and with which title; it may be in doubt about them."""
        about = self.until if self.verb == LATER else self.title
        return bool(self.verb and self.people and about)

    @property
    def is_ready(self) -> bool:
        """Whether it can be noted."""
        return self.is_whole and not self.doubts


def read(store: Store, text: str, settled: Mapping[str, int] | None = None) -> Line:
    """Read a line; nothing is written.

    Args:
        store: The open workspace.
        text: The line.
        settled: What the user chose for doubtful pieces: ids, by the piece's kind and folded text, such as
            ``"person:beth"``.
    """
    words = words_of(text)
    settled = settled or {}
    parts = parts_of(words, store.today())
    taken = {place for part in parts for place in range(part.first, part.last + 1)}
    verb = next((part for part in parts if part.kind == "verb"), None)
    title, title_places = find_title(words, taken, verb, settled)
    people = _people(store, words, taken | title_places, title.row_id if title else None,
                     verb.value if verb else "", settled)  # fmt: skip
    pieces = [Piece(part.kind, words[part.first].start, words[part.last].end, part.value) for part in parts]
    pieces += [*people, *([title] if title else [])]
    by_kind = {part.kind: part.value for part in parts}
    return Line(
        pieces=tuple(sorted(pieces, key=lambda piece: piece.start)),
        verb=by_kind.get("verb", ""),
        day=by_kind.get("day", ""),
        format=by_kind.get("format", ""),
        title=title,
        people=tuple(people),
        until=by_kind.get("until", ""),
    )


# Titles.


def find_title(
    words: Sequence[Word], taken: set[int], verb: Part | None, settled: Mapping[str, int]
) -> tuple[Piece | None, set[int]]:
    """The title, with its places: the longest run of words that begins one, behind the verb rather than before it.

    Where it may be left out it stands behind the verb, so that nobody's name is taken for one.
    """
    titles = [(row.id, row.title, tuple(fold(row.title).split())) for row in Item.select(Item.id, Item.title)]
    behind = verb.last if verb else -1
    runs = sorted(_free_runs(words, taken), key=lambda run: (run[0] < behind, -(run[1] - run[0]), run[0]))
    for first, last in runs:
        typed = tuple(word.text for word in words[first : last + 1])
        if len("".join(typed)) < _SHORTEST_TITLE or typed[0] in vocabulary().joining:
            continue
        if verb and verb.value == LATER and first < behind:
            continue
        fitting = [(row_id, name) for row_id, name, full in titles if _begins(typed, full)]
        if fitting:
            value = " ".join(typed)
            learned = Alias.get_or_none((Alias.key == value) & Alias.item.is_null(False))
            piece = _settle("title", words[first].start, words[last].end, value, fitting, settled,
                            learned=learned.item_id if learned else None)  # fmt: skip
            return piece, set(range(first, last + 1))
    return None, set()


def _begins(typed: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether typed words are words of a title that follow one another, the last one perhaps not typed whole."""
    for start in range(len(full) - len(typed) + 1):
        run = full[start : start + len(typed)]
        if run[:-1] == typed[:-1] and run[-1].startswith(typed[-1]):
            # In the middle of a title one word is too little to tell.
            return len(typed) > 1 or start <= 1
    return False


def _free_runs(words: Sequence[Word], taken: set[int]) -> list[tuple[int, int]]:
    runs = []
    for first in range(len(words)):
        for last in range(first, min(len(words), first + _LONGEST_TITLE)):
            if last in taken:
                break
            runs.append((first, last))
            if words[last].ends:
                break
    return runs


# People.


def _people(
    store: Store, words: Sequence[Word], taken: set[int], item: int | None, verb: str, settled: Mapping[str, int]
) -> list[Piece]:
    pieces = []
    segments = [
        (first, last, [word.text for word in words[first : last + 1]]) for first, last in segments_of(words, taken)
    ]
    learned = {
        key: (row_id, name)
        for key, row_id, name in Alias.select(Alias.key, Person.id, Person.name).join(Person)
        .where(Alias.key.in_([" ".join(typed) for _, _, typed in segments])).tuples()
    }  # fmt: skip
    for first, last, typed in segments:
        found, known = _candidates(store, typed), learned.get(" ".join(typed))
        if known is not None and known not in found:
            found = [known, *found]
        if len(found) > 1 and item is not None:
            found = _narrowed(found, item, verb) or found
        pieces.append(_settle("person", words[first].start, words[last].end, " ".join(typed), found, settled,
                              learned=known[0] if known else None))  # fmt: skip
    return pieces


def segments_of(words: Sequence[Word], taken: set[int]) -> list[tuple[int, int]]:
    """What is left of the line, cut at commas, at joining words and at what was taken."""
    joining = vocabulary().joining
    segments: list[tuple[int, int]] = []
    first = -1
    for place, word in enumerate(words):
        if place in taken or word.text in joining:
            first = -1
            continue
        if first < 0:
            first = place
            segments.append((place, place))
        else:
            segments[-1] = (first, place)
        if word.ends:
            first = -1
    return segments


def _candidates(store: Store, typed: list[str]) -> list[tuple[int, str]]:
    """Who is meant by some words: a handle, else whoever has a word of the name that begins so; lately met first."""
    if len(typed) == 1:
        handle = typed[0].removeprefix("@")
        by_handle = Account.select(Account.person).where(Account.handle.collate("NOCASE") == handle).distinct()
        people = list(Person.select(Person.id, Person.name).where(Person.id.in_(by_handle)).tuples())
        if people:
            return people
    words = [word.removeprefix("@") for word in typed]
    ids = list(people_ids(store, PeopleQuery(" ".join(words)))[:_LOOKED_AT])
    known = {row[0]: row for row in Person.select(Person.id, Person.name, Person.name_key)
             .where(Person.id.in_(ids)).tuples()}  # fmt: skip
    rows = [known[row_id] for row_id in ids if _is_name(words, known[row_id][2])]
    exact = [row for row in rows if set(words) <= set(row[2].split())]
    return [(row_id, name) for row_id, name, _ in (exact or rows)]


def _is_name(words: Sequence[str], key: str) -> bool:
    """The index also knows tastes and places; here only the name counts."""
    return all(any(part.startswith(word) for part in key.split()) for word in words)


def _narrowed(found: Sequence[tuple[int, str]], item: int, verb: str) -> list[tuple[int, str]]:
    """Of several, those who have that title in a state from which the verb can follow."""
    to = _TOWARDS.get(verb)
    gifts = Gift.select(Gift.person, Gift.state).where(
        (Gift.item == item) & Gift.person.in_([row_id for row_id, _ in found])
    )
    fitting = {
        person for person, state in gifts.tuples()
        if to is None or to in MOVES[GiftState(state)]
    }  # fmt: skip
    return [row for row in found if row[0] in fitting]


def _settle(  # noqa: PLR0913 - all of one piece
    kind: str,
    start: int,
    end: int,
    value: str,
    found: Sequence[tuple[int, str]],
    settled: Mapping[str, int],
    *,
    learned: int | None,
) -> Piece:
    """What the user said just now, else what alone fits, else what she said another time; else it is a doubt."""
    chosen = settled.get(f"{kind}:{value}")
    names = dict(found)
    if chosen is not None:
        if kind == "person" and chosen not in names:
            row = Person.get_or_none(Person.id == chosen)
            names = {chosen: row.name} if row else {}
        if chosen in names:
            return Piece(kind, start, end, value, chosen, names[chosen], is_chosen=True)
    if len(found) == 1:
        return Piece(kind, start, end, value, *found[0])
    others = [row for row in found if row[0] != learned]
    if learned in names:
        offered = ((learned, names[learned]), *others)
        return Piece(kind, start, end, value, learned, names[learned], offered[:_MOST_OFFERED])
    return Piece(kind, start, end, value, offered=tuple(others[:_MOST_OFFERED]))
