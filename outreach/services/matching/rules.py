"""Hard rules: who is never shown for an item, whatever speaks for her. The first rule that holds gives the reason."""

from outreach.services.asking import not_yet
from outreach.services.genres import Genres
from outreach.services.gifts import GiftState
from outreach.services.matching.evidence import Evidence
from outreach.services.matching.fits import Reason
from outreach.services.policies.stops import stops
from outreach.services.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Letter, Person

_HAS_IT = (GiftState.ACCEPTED.value, GiftState.SENT.value, GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)


def exclusions(store: Store, item: Item, evidence: Evidence, genres: Genres) -> dict[int, Reason]:
    """Whom a rule keeps out, among those on whom there is evidence, with the reason."""
    found: dict[int, Reason] = {}
    for person in suppressed_people(store):
        found.setdefault(person, Reason("excluded.suppressed"))
    for person, code in evidence.limits.items():
        found.setdefault(person, Reason("excluded.limit", {"genre": genres.name(code)}))
    for person, stop in stops(item.id).items():
        found.setdefault(person, Reason(f"excluded.policy_{stop.code}", {"phrase": stop.phrase, **stop.facts}))
    for resting in Person.select(Person.id).where(Person.archived_on.is_null(False)):
        found.setdefault(resting.id, Reason("excluded.archived"))
    for minor in Person.select(Person.id).where(Person.is_adult == 0):
        found.setdefault(minor.id, Reason("excluded.minor"))
    again = _gifts(store, item, found)
    pitched = Letter.select(Letter.person).where(
        (Letter.item == item.id) & Letter.kind.startswith("pitch") & (Letter.state == "sent")
    )
    for letter in pitched:
        if letter.person_id not in again:
            found.setdefault(letter.person_id, Reason("excluded.pitched"))
    for person, day in not_yet(store).items():
        found.setdefault(person, Reason("excluded.not_yet", {"from_day": day}))
    return {person: reason for person, reason in found.items() if person in evidence.people}


def _gifts(store: Store, item: Item, found: dict[int, Reason]) -> set[int]:
    """Note whom a gift of the item keeps out; whoever declined it until a day that has come is returned instead."""
    today = store.today().isoformat()
    again: set[int] = set()
    gifts = Gift.select(Gift.person, Gift.state, Gift.ask_again_on)
    for gift in gifts.where((Gift.item == item.id) & Gift.person.is_null(False)):
        if gift.state in _HAS_IT:
            found.setdefault(gift.person_id, Reason("excluded.has_it"))
        elif gift.state == GiftState.DECLINED and gift.ask_again_on:
            if gift.ask_again_on <= today:
                again.add(gift.person_id)
            else:
                found.setdefault(gift.person_id, Reason("excluded.not_yet", {"from_day": gift.ask_again_on}))
        elif gift.state == GiftState.DECLINED:
            found.setdefault(gift.person_id, Reason("excluded.declined"))
        elif gift.state == GiftState.ASKED:
            found.setdefault(gift.person_id, Reason("excluded.pitched"))
        elif gift.state == GiftState.CHOSEN:
            found.setdefault(gift.person_id, Reason("excluded.chosen"))
    return again
