"""The rest of the word that is being typed in the quick log, the likeliest first.

Only a word that has been begun is finished: whatever stands whole on the line means what it means, and a doubt about it
is the user's to settle. Who is waited for comes before everybody else; so a letter or two are mostly enough.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import Case

from outreach.fields.text import fold
from outreach.services.gifts.gifts import MOVES, GiftState
from outreach.services.people.asking import choices
from outreach.services.quicklog.grammar import LATER, Part, Word, parts_of, vocabulary, words_of
from outreach.services.quicklog.reading import STATES, find_title, segments_of
from outreach.store.database import Store
from outreach.store.models import Account, Alias, Gift, Item, Person

#: So many of those who are waited for, and of everybody, are looked at.
_LIKELY, _ANYBODY = 40, 30
#: With a single letter everybody would be too many to look through, and too many to be meant.
_LEAST = 2
#: By what came of a gift, where that can happen; silence counts too.
_ARRIVED = (GiftState.DELIVERED.value, GiftState.SENT.value)
#: Without a verb: who owes an answer comes before whose parcel is under way, and before those who may post.
_OPEN = (GiftState.ASKED.value, GiftState.SENT.value, GiftState.ACCEPTED.value, GiftState.DELIVERED.value)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The word that is being typed, and what stands before it.

    Attributes:
        starts: What may have been begun, folded: the words of the piece so far, then fewer of them.
        named: What stands for people on the line already.
        item: The title's id, where it is clear.
    """

    store: Store
    starts: tuple[str, ...]
    verb: str
    item: int | None
    named: frozenset[str]


def complete(store: Store, text: str, settled: Mapping[str, int] | None = None) -> str:
    """What would finish the last word of a line, as it is written; empty where nothing is likely.

    Args:
        store: The open workspace.
        text: The line up to the cursor.
        settled: What the user chose for doubtful pieces, as for `outreach.services.quicklog.read`.
    """
    words = words_of(text)
    if not words or words[-1].end != len(text) or words[-1].ends or not text[-1].isalnum():
        return ""
    before = words[:-1]
    parts = parts_of(before, store.today())
    taken = {place for part in parts for place in range(part.first, part.last + 1)}
    verb = next((part for part in parts if part.kind == "verb"), None)
    title, places = find_title(before, taken, verb, settled or {}) if verb else (None, set())
    goes_on = _title_going_on(words, places)
    if goes_on:
        return goes_on
    first = len(before)
    while first and first - 1 not in taken | places and _belongs(words[first - 1]):
        first -= 1
    typed = [word.text for word in words[first:]]
    begun = _Begun(
        store,
        tuple(" ".join(typed[start:]) for start in range(len(typed))),
        verb.value if verb else "",
        title.row_id if title else None,
        frozenset(
            " ".join(word.text for word in words[one : two + 1])
            for one, two in segments_of(words[:first], taken | places)
        ),
    )
    finders = _finders(begun, parts, goes_on=first < len(before), has_title=title is not None)
    return next((rest for found in finders for rest in found(begun)), "")


_Finder = Callable[[_Begun], Iterable[str]]


def _belongs(word: Word) -> bool:
    """Whether a word and the next one may be of one name."""
    return not word.ends and word.text not in vocabulary().joining


def _title_going_on(words: Sequence[Word], places: set[int]) -> str:
    """The rest of a title that was clear before it stood whole."""
    if not places or max(places) != len(words) - 2 or words[-2].ends:
        return ""
    start = " ".join(word.text for word in words[min(places) :])
    return next(_rests((title for (title,) in _titled(start).tuples()), start), "")


def _finders(begun: _Begun, parts: Sequence[Part], *, goes_on: bool, has_title: bool) -> list[_Finder]:
    """Where to look for the word, by what the line has already."""
    if not begun.verb and goes_on:
        return [_answers, _waited_for, _anybody, _verbs, _titles]
    if not begun.verb:
        return [_waited_for, _answers, _verbs, _anybody, _titles]
    kinds = {part.kind for part in parts}
    if begun.verb == LATER:
        after: list[_Finder] = [] if "until" in kinds else [_untils]
    else:
        after = [finder for kind, finder in (("format", _formats), ("day", _days)) if kind not in kinds]
    people: list[_Finder] = [_waited_for, _anybody]
    if not has_title:
        return [*(after if begun.verb == LATER else []), _titles, *people]
    return [*after, *people] if begun.named else [*people, *after]


# What can be meant.


def _waited_for(begun: _Begun) -> Iterator[str]:
    """People with a gift from which the verb can follow, of that title if it is known; those who moved last first."""
    states = _states(begun.verb)
    order: list[Any] = [] if begun.verb else [Case(Gift.state, [(state, at) for at, state in enumerate(states)])]
    gifts = Gift.select(Person.name, Person.name_key).join(Person).where(Gift.state.in_(states))
    if begun.item is not None:
        order.insert(0, Gift.item != begun.item)
    start = begun.starts[0]
    fits = Person.name_key.startswith(start) | Person.name_key.contains(f" {start}")
    gifts = gifts.where(fits).order_by(*order, Gift.state_on.desc(), -Gift.id).limit(_LIKELY)
    rows = [row for row in gifts.tuples() if not _is_named(row[1], begun)]
    if not any(start in key.split() for _, key in rows):
        yield from _rests((name for name, _ in rows), start)
    yield from _handles(begun.store, start, waited_for=True)


def _anybody(begun: _Begun) -> Iterator[str]:
    """Learned words, names that begin so, names with a word that begins so, handles."""
    start = begun.starts[0]
    if len(start) < _LEAST:
        return
    learned = Alias.select(Alias.key).where(Alias.person.is_null(False) & Alias.key.startswith(start))
    yield from _rests((key for (key,) in learned.order_by(Alias.key).limit(_LIKELY).tuples()), start)
    names = Person.select(Person.name, Person.name_key)
    beginning = (Person.name_key >= start) & (Person.name_key < f"{start}\U0010ffff")
    rows = list(names.where(beginning).order_by(Person.name_key).limit(_ANYBODY).tuples())
    rows.extend(names.where(Person.id.in_(begun.store.found_people([start], _ANYBODY))).tuples())
    rows = [row for row in rows if not _is_named(row[1], begun)]
    if any(start in key.split() for _, key in rows):
        return  # a whole name of somebody's, about which the user is asked
    yield from _rests((name for name, _ in rows), start)
    yield from _handles(begun.store, start, waited_for=False)


def _handles(store: Store, start: str, *, waited_for: bool) -> Iterator[str]:
    """Names on platforms, which are typed with their sign."""
    handle = start.removeprefix("@")
    if handle == start or not handle:
        return
    rows = Account.select(Account.handle)
    if waited_for:
        open_gifts = Gift.select(Gift.person).where(Gift.state.in_(_OPEN))
        rows = rows.where(Account.person.in_(open_gifts) & Account.handle.startswith(handle))
    else:
        rows = rows.where(Account.person.in_(store.found_people([handle], _ANYBODY)))
    yield from _rests((name for (name,) in rows.limit(_ANYBODY).tuples()), handle)


def _answers(begun: _Begun) -> Iterator[str]:
    """The usual word of each verb."""
    known = vocabulary()
    usual = {verb: phrase for phrase, verb in reversed(list(known.verbs.items()))}
    yield from _phrases((usual[verb] for verb in known.likeliest), begun)


def _verbs(begun: _Begun) -> Iterator[str]:
    """All the words of each verb."""
    known = vocabulary()
    places = {verb: place for place, verb in enumerate(known.likeliest)}
    phrases = sorted(known.verbs.items(), key=lambda each: places.get(each[1], len(places)))
    yield from _phrases((phrase for phrase, _ in phrases), begun, _LEAST)


def _formats(begun: _Begun) -> Iterator[str]:
    yield from _phrases(vocabulary().formats, begun)


def _days(begun: _Begun) -> Iterator[str]:
    known = vocabulary()
    yield from _phrases((*known.days, *known.weekdays), begun)


def _untils(begun: _Begun) -> Iterator[str]:
    yield from _phrases((tuple(word.split()) for choice in choices() for word in choice.words), begun)


def _titles(begun: _Begun) -> Iterator[str]:
    """Titles of open gifts, then the others, those that come out last first."""
    open_gifts = Gift.select(Gift.item).where(Gift.state.in_(_states(begun.verb)))
    for start in begun.starts:
        rows = _titled(start).order_by(Item.id.not_in(open_gifts), Item.pub_date.desc(), Item.id)
        yield from _rests((title for (title,) in rows.tuples()), start)


def _titled(start: str) -> Any:
    return (
        Item.select(Item.title)
        .where(Item.title_key.startswith(start) | Item.title_key.contains(f" {start}"))
        .limit(_LIKELY)
    )


# Helpers.


def _states(verb: str) -> tuple[str, ...]:
    """The states of a gift from which a verb can follow."""
    to = STATES.get(verb, GiftState.DECLINED if verb == LATER else None)
    if to is not None:
        return tuple(state.value for state, goes in MOVES.items() if to in goes)
    return _ARRIVED if verb else _OPEN


def _is_named(key: str, begun: _Begun) -> bool:
    """Whether someone of that name stands on the line already."""
    return any(key.startswith(named) for named in begun.named)


def _phrases(phrases: Iterable[tuple[str, ...]], begun: _Begun, least: int = 1) -> Iterator[str]:
    shown = [" ".join(phrase) for phrase in phrases]
    for start in begun.starts:
        if start not in shown and len(start) >= least:
            yield from (
                phrase[len(start) :] for phrase in shown if phrase.startswith(start) and _goes_on(phrase, start)
            )


def _goes_on(phrase: str, start: str) -> bool:
    return phrase[len(start) : len(start) + 1].isalnum()


def _rests(names: Iterable[str], start: str) -> Iterator[str]:
    """What of each name follows on some folded letters that a word of it begins with."""
    for name in names:
        rest = rest_of(name, start)
        if rest:
            yield rest


def rest_of(name: str, start: str) -> str:
    """What of a name follows on folded letters that one of its words begins with, if that word goes on.

    The letters count as the name has them: of "Noël" there follows "l" on "noe". Empty where there is nothing.
    """
    begins = [at for at in range(len(name)) if name[at] != " " and (at == 0 or name[at - 1] == " ")]
    for at in begins:
        for end in range(at + 1, len(name)):
            folded = fold(name[at:end])
            if folded == start and name[end].isalnum() and name[end - 1] != " ":
                return name[end:]
            if not start.startswith(folded):
                break
    return ""
