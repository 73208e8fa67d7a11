"""Sharing out an item's copies: who could have one, from the tables; the round kept, and what was overruled in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.services.drafting.senders import sender
from outreach.services.gifts.gifts import plan_gifts
from outreach.services.matching.allocating import Allocation, Candidate, Missed, Terms, allocate
from outreach.services.matching.fits import Band, Fit
from outreach.store.database import Store
from outreach.store.models import Account, Address, AllocationLine, AllocationRound, Person

#: Postage as parcels at home: what goes abroad costs about four times as much, and takes so much off the worth. [T]
_HOME, _ABROAD, _POSTAGE_WEIGHT = 1, 4, 0.1
#: So many of the best fits are candidates, for each copy; nobody waits in a line that never moves.
_CANDIDATES, _FEWEST_CANDIDATES = 4, 20
#: So many rounds are looked back.
_ROUNDS = 20
#: One copy in so many is kept for someone who never had one.
_FIRST_EVERY = 5


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the user decides beside the fits.

    Attributes:
        copies: How many there are.
        wished: Whom the author asks for.
        put_on: Who gets one whatever is proposed.
        taken_off: Who gets none.
        first_times: Places for people who never had one, None for one in five.
        postage: What all may cost, in parcels at home, None for whatever it takes.
    """

    copies: int
    wished: frozenset[int] = frozenset()
    put_on: tuple[int, ...] = ()
    taken_off: frozenset[int] = frozenset()
    first_times: int | None = None
    postage: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A proposal, or a round.

    Attributes:
        given: Who gets one, the worthiest first; those put on by the user among them.
        missed: Who misses out, the best fit first, and why.
    """

    given: tuple[int, ...]
    missed: Mapping[int, Missed]
    candidates: int


def share_out(fits: Sequence[Fit], sharing: Sharing) -> Shared:
    """Propose who of those who fit well gets a copy. Nobody else is looked at, so that no hard rule can be broken.

    Those who are only worth a try get one where nobody fits better, or where they are named.

    Raises:
        KnownError: ``match.no_copies``.
    """
    if sharing.copies < 1:
        raise KnownError("match.no_copies")
    most = max(_FEWEST_CANDIDATES, _CANDIDATES * sharing.copies)
    fitting = {fit.person_id for fit in fits}
    named = sharing.wished | set(sharing.put_on)
    good = [fit for fit in fits if fit.band is not Band.WORTH_A_TRY] or fits
    first = {fit.person_id for fit in good[:most]}
    able = [fit for fit in fits if fit.person_id in first | named]
    put_on = [person for person in dict.fromkeys(sharing.put_on) if person in fitting][: sharing.copies]
    candidates = _candidates([fit for fit in able if fit.person_id not in sharing.taken_off], sharing)
    free = [each for each in candidates if each.person_id not in put_on]
    spent = sum(each.postage for each in candidates if each.person_id in put_on)
    copies = sharing.copies - len(put_on)
    firsts = sharing.copies // _FIRST_EVERY if sharing.first_times is None else sharing.first_times
    postage = None if sharing.postage is None else max(0, sharing.postage - spent)
    found = allocate(free, Terms(copies, firsts, postage, _POSTAGE_WEIGHT)) if copies else Allocation((), {})
    given = (*put_on, *found.given)
    missed: dict[int, Missed] = {}
    for fit in able:
        if fit.person_id not in given:
            off = fit.person_id in sharing.taken_off
            missed[fit.person_id] = Missed.OVERRULED if off else found.missed.get(fit.person_id, Missed.NO_COPY_LEFT)
    return Shared(given, missed, len(able))


@dataclass(frozen=True, slots=True)
class Round:
    """A round to keep.

    Attributes:
        campaign: The campaign that its gifts are planned for.
        why: By person, why her.
    """

    item_id: int
    edition_id: int | None
    shared: Shared
    sharing: Sharing
    campaign: str = ""
    why: Mapping[int, str] = field(default_factory=dict)


def keep(store: Store, made: Round) -> tuple[list[int], Changes]:
    """Plan the gifts of a round and remember it, with what the user decided otherwise, in one step.

    Raises:
        KnownError: as `plan_gifts`; then nothing is kept.
    """
    return plan_gifts(
        store, made.item_id, list(made.shared.given), edition_id=made.edition_id, campaign=made.campaign,
        why=dict(made.why), also=lambda: _remember(store, made),
    )  # fmt: skip


def decided(proposed: Shared, chosen: Sequence[int], sharing: Sharing) -> tuple[Shared, Sharing]:
    """A proposal as the user changed it: who was put on, and who was taken off."""
    put_on = tuple(person for person in chosen if person not in proposed.given)
    taken_off = frozenset(proposed.given) - set(chosen)
    missed = {person: why for person, why in proposed.missed.items() if person not in chosen}
    missed |= dict.fromkeys(sorted(taken_off), Missed.OVERRULED)
    return Shared(tuple(chosen), missed, proposed.candidates), replace(sharing, put_on=put_on, taken_off=taken_off)


def _remember(store: Store, made: Round) -> None:
    shared, sharing = made.shared, made.sharing
    row = AllocationRound.create(
        item=made.item_id, edition=made.edition_id, copies=sharing.copies, by=store.by, made_at=store.now()
    )
    for person in shared.given:
        overruled = "on" if person in sharing.put_on else ""
        AllocationLine.create(allocation_round=row.id, person=person, is_given=1, overruled=overruled)
    for person, why in shared.missed.items():
        overruled = "off" if person in sharing.taken_off else ""
        AllocationLine.create(allocation_round=row.id, person=person, is_given=0, reason=why.value, overruled=overruled)


def _candidates(fits: Sequence[Fit], sharing: Sharing) -> list[Candidate]:
    people = [fit.person_id for fit in fits]
    since, missed, overruled = _past()
    where, reach, home = _countries(people), _reach(people), sender().country
    return [
        Candidate(
            fit.person_id, fit.score, since.get(fit.person_id), missed.get(fit.person_id, 0),
            reach.get(fit.person_id, frozenset()),
            _HOME if where.get(fit.person_id, home) == home else _ABROAD,
            overruled.get(fit.person_id, 0), fit.person_id in sharing.wished,
        )
        for fit in fits
    ]  # fmt: skip


def _past() -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """By person: how many rounds ago she had a copy, how many in a row she missed, how often she was taken off."""
    rounds = [row[0] for row in AllocationRound.select(AllocationRound.id).order_by(-AllocationRound.id).tuples()]
    ago = {made: number for number, made in enumerate(rounds[:_ROUNDS], 1)}
    since: dict[int, int] = {}
    missed: dict[int, int] = {}
    overruled: dict[int, int] = {}
    lines = AllocationLine.select(
        AllocationLine.allocation_round, AllocationLine.person, AllocationLine.is_given, AllocationLine.overruled
    ).where(AllocationLine.allocation_round.in_(list(ago)))
    for made, person, is_given, decided in sorted(lines.tuples(), key=lambda row: -row[0]):
        if is_given:
            since.setdefault(person, ago[made])
        elif person not in since:
            missed[person] = missed.get(person, 0) + 1
        overruled[person] = overruled.get(person, 0) + {"off": 1, "on": -1}.get(decided, 0)
    return since, missed, overruled


def _countries(people: Sequence[int]) -> dict[int, str]:
    found = dict(Person.select(Person.id, Person.country).where(Person.id.in_(list(people))).tuples())
    current = Address.select(Address.person, Address.country).where(Address.is_current == 1)
    found |= dict(current.where(Address.person.in_(list(people))).tuples())
    return {person: country for person, country in found.items() if country}


def _reach(people: Sequence[int]) -> dict[int, frozenset[str]]:
    """Whom people reach, as platforms and roles and countries: never how many."""
    found: dict[int, set[str]] = {person: set() for person in people}
    accounts = Account.select(Account.person, Account.platform).where(Account.person.in_(list(people)))
    for person, platform in accounts.tuples():
        found[person].add(f"on:{platform}")
    rows = Person.select(Person.id, Person.role, Person.country).where(Person.id.in_(list(people)))
    for person, role, country in rows.tuples():
        found[person] |= {f"{kind}:{value}" for kind, value in (("is", role), ("in", country)) if value}
    return {person: frozenset(reached) for person, reached in found.items()}
