"""The other way round: which item for a person; what fits unexpectedly; who is like her; who could read together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from outreach.services.matching.beside import Beside
from outreach.services.matching.context import hear
from outreach.services.matching.dials import Factor, Wishes
from outreach.services.matching.fits import Alike, ItemFit, Pair, PersonMatch, Reason, Unexpected, band, times
from outreach.services.matching.gathering import Known
from outreach.services.matching.model import constants as c
from outreach.services.matching.model.shelf import Choice, Shelf, choose, offer
from outreach.services.matching.ranking import Board, board, match_item, record_size
from outreach.services.matching.reasons import Witness
from outreach.services.matching.rules import Case, kept_out, kept_out_of_all, kept_out_of_item
from outreach.store.database import Store
from outreach.store.models import Item, Person

#: Two people are alike from so much of the same on; a taste of one for what the other never touches is no likeness.
_ALIKE = 0.15
#: So much of the likeness of two people are books that both liked.
_TITLES_SHARE = 0.3
#: A mood or a trope has to be hers in at least so many ways for an item that is otherwise none of hers.
_UNEXPECTED_WORDS = 1
#: Nobody is in more pairs than this, so that there is a choice.
_PAIRS_EACH = 2


def match_person(
    store: Store, person_id: int, *, limit: int | None = None, wishes: Wishes | None = None, on: Board | None = None,
    most: int | None = None,
) -> PersonMatch:  # fmt: skip
    """Rank items for a person, hard rules first.

    Args:
        store: The open workspace.
        person_id: The person.
        limit: At most so many.
        wishes: What matters, and whom to include.
        on: What was gathered before.
        most: Only so many items are looked at, the newest, all where it is None.
    """
    wishes, on = wishes or Wishes(), on or board(store)
    person, record = Person.get_by_id(person_id), record_size(on, person_id)
    items = _on_offer(on.known)
    if most is not None and len(items) > most:
        newest = Item.select(Item.id).where(Item.id.in_(items)).order_by(Item.pub_date.desc(), Item.id.desc())
        items = [row[0] for row in newest.limit(most).tuples()]
    if not items:
        return PersonMatch(person_id, person.name, record, (), ())
    first = Case(store, Item.get_by_id(items[0]), on.known, on.context, wishes, person_id)
    always = kept_out_of_all(first).get(person_id)
    if always is not None:
        return PersonMatch(person_id, person.name, record, (), ((0, "", always),))
    shelf = offer(on.built.engine, [on.known.of_item[item] for item in items])
    taste = choose(on.built.engine, shelf, on.built.row[person_id])
    fits: list[ItemFit] = []
    never: list[tuple[int, str, Reason]] = []
    for at in np.argsort(-taste.total, kind="stable").tolist():
        if limit is not None and len(fits) >= limit:
            break
        item = Item.get_by_id(items[at])
        reason = kept_out_of_item(replace(first, item=item)).get(person_id)
        if reason is not None:
            never.append((item.id, item.title, reason))
            continue
        found = _item_fit(on, item, person_id, wishes, _terms(on, taste, at, shelf, wishes, person_id))
        if found is not None:
            fits.append(found)
    fits.sort(key=lambda each: (-each.score, each.item_id))
    return PersonMatch(person_id, person.name, record, tuple(fits), tuple(never))


def _on_offer(known: Known) -> list[int]:
    return [item for item, at in known.of_item.items() if known.books[at].genres or known.books[at].words]


def _terms(on: Board, taste: Choice, at: int, shelf: Shelf, wishes: Wishes, person: int) -> dict[str, float]:
    """What adds up to the score of one item, as `Scores.terms` has it."""
    share = wishes.share(Factor.TASTE)
    found = {name: share * float(values[at]) for name, values in taste.by_name.items()}
    found["level"] = share * (float(taste.total[at]) - sum(float(values[at]) for values in taste.by_name.values()))
    others = Beside(on.built, on.context, int(shelf.books[at]), wishes, person).terms()
    found |= {name: values[person] for name, values in others.items() if person in values}
    return {name: value for name, value in found.items() if value}


def _item_fit(on: Board, item: Item, person: int, wishes: Wishes, terms: dict[str, float]) -> ItemFit | None:
    book = on.known.of_item[item.id]
    hear(on.context, (person,))
    reasons, cautions = Witness(on.built, on.context, book).of(person, terms)
    record, total = record_size(on, person), sum(terms.values())
    found = band(times(total, record))
    if found is None or not reasons:
        return None
    share = wishes.share(Factor.TASTE)
    likelier = times(sum(terms.get(name, 0.0) for name in (*c.WEIGHTS, "level")) / share if share else 0.0, record)
    unexpected = _is_unexpected(on, person, book, reasons)
    return ItemFit(item.id, item.title, item.author, found, total, likelier, reasons, cautions, terms, unexpected)


def _is_unexpected(on: Board, person: int, book: int, reasons: Sequence[Reason]) -> bool:
    """Whether it shares a mood or a trope with what she likes, and none of its genres is hers."""
    lift = on.built.engine.people.lift[:, on.built.row[person]]
    shares = on.built.engine.library.shares[book]
    return bool((shares * lift).sum() <= 0) and any(each.code == "likes_keyword" for each in reasons)


def unexpected(store: Store, item_id: int, *, limit: int = 10, on: Board | None = None) -> list[Unexpected]:
    """Who shares a mood or a trope with an item and reads none of its genres: the cook for the whispering film.

    Hard rules hold here too.
    """
    on = on or board(store)
    book = on.known.of_item[item_id]
    item = on.known.books[book]
    out = kept_out(Case(store, Item.get_by_id(item_id), on.known, on.context, Wishes()))
    engine = on.built.engine
    hers = engine.library.shares[book] @ engine.people.lift
    keywords = engine.library.books.keywords
    sharing = np.repeat(np.arange(len(engine.library)), np.diff(keywords.starts))
    sharing = np.unique(sharing[np.isin(keywords.ids, keywords.row(book))])
    could = np.flatnonzero((engine.orders.likers(sharing[sharing != book]) > 0) & (hers <= 0))
    found: list[tuple[int, int, tuple[str, ...], tuple[str, ...]]] = []
    for person in (on.known.people[row] for row in could.tolist()):
        if person in out:
            continue
        record = on.known.read[person]
        seen = [each for each in record.values() if each.take == "liked" and each.book != book]
        words = {word for each in seen for word in on.known.books[each.book].words.keys() & item.words.keys()}
        if len(words) >= _UNEXPECTED_WORDS:
            rows = [row for each in seen if on.known.books[each.book].words.keys() & words for row in each.sources]
            shown = tuple(item.words[word] for word in item.words if word in words)
            found.append((-len(words), person, shown, tuple(dict.fromkeys(rows))))
    found.sort()
    chosen = found[:limit]
    names = dict(Person.select(Person.id, Person.name).where(Person.id.in_([each[1] for each in chosen])).tuples())
    return [Unexpected(person, names[person], words, rows) for _, person, words, rows in chosen]


def lookalikes(store: Store, person_id: int, *, limit: int = 10, on: Board | None = None) -> list[Alike]:
    """Who has much the same taste as a person: genres read more than others do, and books that both liked."""
    on = on or board(store)
    row = on.built.row[person_id]
    lift = on.built.engine.people.lift
    mine = np.maximum(lift[:, row], 0)
    if not mine.any():
        return []
    theirs = np.maximum(lift, 0)
    length = np.linalg.norm(theirs, axis=0) * np.linalg.norm(mine)
    share = (mine @ theirs) / np.maximum(length, 1e-9)
    liked = _liked(on.known, person_id)
    if liked:
        both = on.built.engine.orders.likers(sorted(liked))
        share = (1 - _TITLES_SHARE) * share + _TITLES_SHARE * both / len(liked)
    share[row] = 0
    chosen = [int(at) for at in np.argsort(-share, kind="stable")[:limit] if share[at] >= _ALIKE]
    people = [on.known.people[at] for at in chosen]
    names = dict(Person.select(Person.id, Person.name).where(Person.id.in_(people)).tuples())
    codes = list(on.built.genre)
    found = []
    for at, person in zip(chosen, people, strict=True):
        common = np.minimum(mine, theirs[:, at])
        genres = tuple(codes[genre] for genre in np.argsort(-common)[:3] if common[genre] > 0)
        shared = sorted(liked & _liked(on.known, person))[:3]
        titles = tuple(on.known.books[book].title for book in shared)
        found.append(Alike(person, names[person], min(float(share[at]), 1.0), genres, titles))
    return found


def together(store: Store, item_id: int, *, limit: int = 5, among: int = 40, on: Board | None = None) -> list[Pair]:
    """Pairs among those who fit an item best: close enough to talk, different enough to have something to say."""
    on = on or board(store)
    fits = match_item(store, item_id, limit=among, on=on).fits
    lift, codes = on.built.engine.people.lift, list(on.built.genre)
    found: list[tuple[float, Pair]] = []
    for number, one in enumerate(fits):
        mine = lift[:, on.built.row[one.person_id]]
        for other in fits[number + 1 :]:
            theirs = lift[:, on.built.row[other.person_id]]
            common, apart = np.minimum(np.maximum(mine, 0), np.maximum(theirs, 0)), np.abs(mine - theirs)
            if not common.any():
                continue
            worth = one.score + other.score + float(common.sum()) - 0.25 * float(apart.mean())
            pair = Pair(
                (one.person_id, other.person_id), (one.name, other.name),
                tuple(codes[at] for at in np.argsort(-common)[:2] if common[at] > 0),
                tuple(codes[at] for at in np.argsort(-apart)[:1] if apart[at] > 0),
            )  # fmt: skip
            found.append((worth, pair))
    found.sort(key=lambda each: (-each[0], each[1].people))
    chosen: list[Pair] = []
    paired: Counter[int] = Counter()
    for _, pair in found:
        if len(chosen) < limit and max(paired[each] for each in pair.people) < _PAIRS_EACH:
            chosen.append(pair)
            paired.update(pair.people)
    return chosen


def _liked(known: Known, person: int) -> set[int]:
    return {
        each.book for each in (known.read.get(person) or {}).values()
        if each.take == "liked" and known.books[each.book].title
    }  # fmt: skip
