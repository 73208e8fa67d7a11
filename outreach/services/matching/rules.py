"""Hard rules: who is never shown for an item, whatever speaks for her. The first rule that holds gives the reason."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach.services.catalogue.genres import load_genres
from outreach.services.gifts.gifts import GiftState
from outreach.services.matching.by_person import ByPerson, K, V
from outreach.services.matching.context import Context
from outreach.services.matching.dials import Wishes
from outreach.services.matching.fits import Reason
from outreach.services.matching.gathering import Known, in_genre
from outreach.services.people.asking import not_yet
from outreach.services.people.suppressions import suppressed_people
from outreach.services.policies.stops import Stop, closed, stops
from outreach.services.workspaces.data_rules import data_rules
from outreach.store.database import Store
from outreach.store.models import Edition, Gift, Item, Letter, Person
from outreach.store.models.base import raw_rows

_HAS_IT = (GiftState.ACCEPTED.value, GiftState.SENT.value, GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)
#: Whoever has so many unread has enough for now; how many that are sent are enough, the workspace says.
_ENOUGH_UNREAD = 5


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is given: the item, and what is known.

    Attributes:
        only: One person, where nobody else is asked about.
    """

    store: Store
    item: Item
    known: Known
    context: Context
    wishes: Wishes
    only: int | None = None

    def about(self, known: ByPerson[K, V], about: Collection[K]) -> Iterable[tuple[int, dict[K, V]]]:
        """What is known about something, by person, of everybody or of the one."""
        if self.only is None:
            return known.having(about)
        return [(self.only, known[self.only])] if self.only in known else []


Rule = Callable[[Case], Iterator[tuple[int, Reason]]]


def kept_out(case: Case) -> dict[int, Reason]:
    """Whom a rule keeps out, with the reason of the first rule that does."""
    return _by(case, (*FIRST, *OF_ITEM, *LATER))


def kept_out_of_all(case: Case) -> dict[int, Reason]:
    """Who is kept out of everything for now, whatever the item."""
    return _by(case, (*FIRST, *LATER))


def kept_out_of_item(case: Case) -> dict[int, Reason]:
    """Whom the item's own rules keep out."""
    return _by(case, OF_ITEM)


def _by(case: Case, rules: Sequence[Rule]) -> dict[int, Reason]:
    found: dict[int, Reason] = {}
    for rule in rules:
        for person, reason in rule(case):
            found.setdefault(person, reason)
    return found


def _suppressed(case: Case) -> Iterator[tuple[int, Reason]]:
    for person in suppressed_people(case.store):
        yield person, Reason("excluded.suppressed")


def _minors(_case: Case) -> Iterator[tuple[int, Reason]]:
    for row in Person.select(Person.id).where(Person.is_adult == 0).tuples():
        yield row[0], Reason("excluded.minor")


def _archived(_case: Case) -> Iterator[tuple[int, Reason]]:
    for row in Person.select(Person.id).where(Person.archived_on.is_null(False)).tuples():
        yield row[0], Reason("excluded.archived")


def _closed(case: Case) -> Iterator[tuple[int, Reason]]:
    for person, stop in closed(None if case.only is None else [case.only]).items():
        yield person, _stopped(stop)


def _policies(case: Case) -> Iterator[tuple[int, Reason]]:
    for person, stop in stops(case.item.id, None if case.only is None else [case.only]).items():
        yield person, _stopped(stop)


def _stopped(stop: Stop) -> Reason:
    return Reason(f"excluded.policy_{stop.code}", {"phrase": stop.phrase, **stop.facts})


def _limits(case: Case) -> Iterator[tuple[int, Reason]]:
    """Who never reads a genre never reads what it holds either."""
    genres = load_genres()
    book = case.known.books[case.known.of_item[case.item.id]]
    stopping = {
        limit for limit in genres.by_code
        if in_genre(book, limit) or any(_holds(limit, code) for code in book.genres)
    }  # fmt: skip
    for person, mine in case.about(case.known.limits, stopping):
        for code, source in mine.items():
            if code in stopping:
                yield person, Reason("excluded.limit", {"genre": genres.name(code)}, evidence=(source,))


def _holds(genre: str, other: str) -> bool:
    by_code = load_genres().by_code
    return genre in by_code and other in by_code and by_code[other].thema.startswith(by_code[genre].thema)


def _language(case: Case) -> Iterator[tuple[int, Reason]]:
    """Someone who reads another language; where either is not known by its code, nobody is kept out."""
    language = _code(case.item.language)
    if not language:
        return
    rows = Person.select(Person.id, Person.language).where(Person.language.not_in(("", language)))
    for person, theirs in raw_rows(rows):
        if _code(theirs) not in ("", language):
            yield person, Reason("excluded.language", {"language": theirs})


def _code(language: str) -> str:
    """The two letters of a language such as ``en`` or ``en-GB``; empty for whatever else is written."""
    code = language.strip().replace("_", "-").partition("-")[0].lower()
    return code if len(code) == 2 else ""


def _country(case: Case) -> Iterator[tuple[int, Reason]]:
    if not case.wishes.countries:
        return
    for person, country in raw_rows(Person.select(Person.id, Person.country)):
        where = case.context.country.get(person) or country
        if where and where not in case.wishes.countries:
            yield person, Reason("excluded.country", {"country": where})


def _formats(case: Case) -> Iterator[tuple[int, Reason]]:
    """Who takes none of the formats that there are."""
    rows = Edition.select(Edition.format).where((Edition.item == case.item.id) & (Edition.format != ""))
    formats = {row[0] for row in rows.tuples()}
    for person, refused in case.about(case.known.refused, formats):
        if formats and formats <= refused.keys():
            yield person, Reason("excluded.format", {"format": ", ".join(sorted(formats))})


def _has_read(case: Case) -> Iterator[tuple[int, Reason]]:
    """Whoever read it and spoke of it, whether or not the copy came from us."""
    number = case.known.of_item[case.item.id]
    for person, mine in case.about(case.known.read, (number,)):
        if number in mine:
            yield person, Reason("excluded.has_read", evidence=mine[number].sources)


def _gifts(case: Case) -> Iterator[tuple[int, Reason]]:
    """Who has it, was asked or said no; whoever declined it until a day that has come may be asked again."""
    today = case.store.today().isoformat()
    again: set[int] = set()
    gifts = Gift.select(Gift.id, Gift.person, Gift.state, Gift.ask_again_on)
    for row, person, state, day in gifts.where((Gift.item == case.item.id) & Gift.person.is_null(False)).tuples():
        evidence = (f"gift:{row}",)
        if state in _HAS_IT:
            yield person, Reason("excluded.has_it", evidence=evidence)
        elif state == GiftState.DECLINED and day and day <= today:
            again.add(person)
        elif state == GiftState.DECLINED and day:
            yield person, Reason("excluded.not_yet", {"from_day": day}, evidence=evidence)
        elif state in _STATES:
            yield person, Reason(_STATES[state], evidence=evidence)
    letters = Letter.select(Letter.id, Letter.person).where(
        (Letter.item == case.item.id) & Letter.kind.startswith("pitch") & (Letter.state == "sent")
    )
    for row, person in letters.tuples():
        if person not in again:
            yield person, Reason("excluded.pitched", evidence=(f"letter:{row}",))


_STATES = {
    GiftState.DECLINED.value: "excluded.declined", GiftState.ASKED.value: "excluded.pitched",
    GiftState.CHOSEN.value: "excluded.chosen",
}  # fmt: skip


def _not_yet(case: Case) -> Iterator[tuple[int, Reason]]:
    for person, day in not_yet(case.store).items():
        yield person, Reason("excluded.not_yet", {"from_day": day})


def _enough(case: Case) -> Iterator[tuple[int, Reason]]:
    rules = data_rules()
    for person, number in case.context.recent.items():
        if number >= rules.enough_gifts:
            yield person, Reason("excluded.enough_sent", {"number": number, "days": rules.enough_days})
    for person, number in case.context.unread.items():
        if number >= _ENOUGH_UNREAD:
            yield person, Reason("excluded.enough_unread", {"number": number})


def _asked(case: Case) -> Iterator[tuple[int, Reason]]:
    if not case.wishes.asked_lately:
        for person, day in case.context.asked.items():
            yield person, Reason("excluded.asked_lately", {"on_day": day})


#: In this order: what holds for everything, what holds for the item, what holds for now. Another rule is another name.
FIRST: tuple[Rule, ...] = (_suppressed, _minors, _archived, _closed)
OF_ITEM: tuple[Rule, ...] = (_limits, _policies, _gifts, _has_read, _language, _country, _formats)
LATER: tuple[Rule, ...] = (_not_yet, _enough, _asked)
