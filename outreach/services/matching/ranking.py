"""Who should get an item: hard rules first, then everybody by what speaks for her, with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outreach.errors import KnownError
from outreach.services.matching.beside import Beside
from outreach.services.matching.building import Arrays, arrays
from outreach.services.matching.context import Context, context, hear
from outreach.services.matching.dials import Factor, Wishes
from outreach.services.matching.fits import (
    BANDS_BEGIN,
    CALIBRATION,
    MOST_TIMES,
    MOST_TIMES_STATED,
    Exclusion,
    Fit,
    Match,
    Reason,
    RecordSize,
    band,
    times,
)
from outreach.services.matching.gathering import Known, gather
from outreach.services.matching.reasons import Witness
from outreach.services.matching.renewing import FEW
from outreach.services.matching.rules import Case, kept_out
from outreach.store.database import Store
from outreach.store.models import Item, Person
from outreach.store.models.base import raw_rows


@dataclass(frozen=True, slots=True)
class Board:
    """All that a match is made of, gathered once for as many items as are asked for."""

    built: Arrays
    context: Context

    @property
    def known(self) -> Known:
        """What the tables know."""
        return self.built.known


def board(store: Store) -> Board:
    """Gather everything and build the arrays, or take those that are kept, where there are many people."""
    from outreach.services.matching.storing import arrays_of

    today = store.today()
    is_few = Person.select().count() <= FEW
    return Board(arrays(gather(today)) if is_few else arrays_of(store), context(today))


def match_item(
    store: Store,
    item_id: int,
    *,
    limit: int | None = None,
    people: Sequence[int] | None = None,
    wishes: Wishes | None = None,
    on: Board | None = None,
) -> Match:
    """Rank people for an item.

    Args:
        store: The open workspace.
        item_id: The item.
        limit: How many to return, all where it is None.
        people: Only these, where a list is given.
        wishes: What matters, and whom to include.
        on: What was gathered before, where several items are asked for.

    Raises:
        KnownError: ``match.nothing_known`` when the item has no genre, author, keyword or comp to match by.
    """
    item, wishes, on = Item.get_by_id(item_id), wishes or Wishes(), on or board(store)
    book = on.known.of_item[item_id]
    _refuse_unknown(on, book)
    out = kept_out(Case(store, item, on.known, on.context, wishes))
    scores = score(on, book, wishes)
    asked = set(on.known.people) if people is None else set(people)
    heard = asked & (scores.heard | {person for person in out if _is_known(on, person)})
    chosen = _ranked(on, scores, heard - out.keys())[:limit]
    never = sorted(person for person in out if person in heard)
    names = _names(chosen + never)
    hear(on.context, chosen)
    witness = Witness(on.built, on.context, book)
    fits = [fit(on, witness, scores, person, names[person]) for person in chosen]
    return Match(
        item_id, item.title, tuple(each for each in fits if each is not None),
        tuple(Exclusion(person, names[person], out[person]) for person in never), len(asked) - len(heard),
    )  # fmt: skip


def _ranked(on: Board, scores: "Scores", people: set[int]) -> list[int]:
    """Those for whom more speaks than against, by band, then by score.

    Equal ones stay in the order of ids, so that a list does not jump about.
    """
    rows = np.array(sorted(on.built.row[person] for person in people), np.int64)
    rows = rows[scores.total[rows] > 0]
    value = scores.total[rows].astype(np.float64)
    most = np.where(on.built.has_read[rows], MOST_TIMES, MOST_TIMES_STATED)
    likelier = np.minimum(np.exp(CALIBRATION * value), most)
    place = np.searchsorted(np.array(BANDS_BEGIN), likelier, side="right")
    # The least band begins above its bound, the others at theirs.
    is_any = likelier > BANDS_BEGIN[0]
    rows, value, place = rows[is_any], value[is_any], place[is_any]
    order = np.lexsort((rows, -np.round(value, 5), -place))
    return [on.known.people[row] for row in rows[order].tolist()]


@dataclass(frozen=True, slots=True)
class Scores:
    """The evidence for one item.

    Attributes:
        total: By row.
        taste: By term and row, what the engine says.
        level: By row, what is taken off for the book.
        beside: By term and person, what stands beside taste.
        heard: Of whom anything is known.
        share: How much taste counts.
    """

    total: np.ndarray[tuple[int], np.dtype[np.float32]]
    taste: dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]
    level: np.ndarray[tuple[int], np.dtype[np.float32]]
    beside: dict[str, dict[int, float]]
    heard: set[int]
    share: float

    def terms(self, person: int, row: int) -> dict[str, float]:
        """What adds up to a person's score."""
        found = {name: self.share * float(values[row]) for name, values in self.taste.items()}
        found["level"] = -self.share * float(self.level[row])
        found |= {name: values[person] for name, values in self.beside.items() if person in values}
        return {name: value for name, value in found.items() if value}


def score(on: Board, book: int, wishes: Wishes) -> Scores:
    """The evidence for one item, for everybody."""
    engine = on.built.engine
    terms, share = engine.terms(book), wishes.share(Factor.TASTE)
    others = Beside(on.built, on.context, book, wishes).terms()
    total = share * terms.total
    for values in others.values():
        rows = [on.built.row[person] for person in values]
        total[rows] += np.fromiter(values.values(), np.float32, len(values))
    level = sum(terms.by_name.values()) - terms.total
    known = np.flatnonzero((engine.people.read > 0) | (engine.people.mass > 0)).tolist()
    people = on.known.people
    heard = {people[row] for row in known} | {person for name in others if name != "new" for person in others[name]}
    return Scores(total, terms.by_name, np.asarray(level), others, heard, share)


def fit(on: Board, witness: Witness, scores: Scores, person: int, name: str) -> Fit | None:
    """Someone's fit, None where nothing can be said for it."""
    row = on.built.row[person]
    terms = scores.terms(person, row)
    reasons, cautions = witness.of(person, terms)
    record = record_size(on, person)
    total, taste = sum(terms.values()), sum(float(values[row]) for values in scores.taste.values())
    found = band(times(total, record))
    if found is None or not reasons:
        return None
    likelier = times(taste - float(scores.level[row]), record)
    return Fit(person, name, found, total, reasons, cautions, likelier, record, terms)


def reasons_for(item_id: int, people: Sequence[int], on: Board) -> dict[int, tuple[Reason, ...]]:
    """Why an item suits some people, whatever a rule says; those of whom nothing is known are left out."""
    book = on.known.of_item[item_id]
    _refuse_unknown(on, book)
    scores, witness = score(on, book, Wishes()), Witness(on.built, on.context, book)
    known = [person for person in people if person in on.built.row]
    hear(on.context, known)
    found = {person: witness.of(person, scores.terms(person, on.built.row[person]))[0] for person in known}
    return {person: reasons for person, reasons in found.items() if reasons}


def record_size(on: Board, person: int) -> RecordSize:
    """How much is known of someone's reading."""
    known = on.known
    seen = (known.read.get(person) or {}).values()
    read = sum(bool(known.books[each.book].title) for each in seen)
    stated = len(known.own.get(person) or ()) + sum(not known.books[each.book].title for each in seen)
    return RecordSize(read, stated)


def _is_known(on: Board, person: int) -> bool:
    known = on.known
    return any(person in each for each in (known.read, known.own, known.audience, known.audience_words, known.limits))


def _refuse_unknown(on: Board, book: int) -> None:
    item = on.known.books[book]
    if not (item.genres or item.words or item.comps or item.author_key):
        raise KnownError("match.nothing_known", title=item.title)


def _names(people: Sequence[int]) -> dict[int, str]:
    names: dict[int, str] = {}
    for start in range(0, len(people), 500):
        some = list(people[start : start + 500])
        names.update(raw_rows(Person.select(Person.id, Person.name).where(Person.id.in_(some))))
    return names
