"""A match worked out in a child process, so that whoever waits for it can go on with something else.

Where there are few people a process takes longer to start than the match does: then it is worked out here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outreach.jobs import Job
from outreach.services.matching.dials import Dial, Factor, Wishes
from outreach.services.matching.fits import (
    Alike,
    Band,
    Exclusion,
    Fit,
    ItemFit,
    Match,
    Pair,
    PersonMatch,
    Reason,
    RecordSize,
    Unexpected,
)
from outreach.services.matching.kept import Kept
from outreach.services.matching.renewing import FEW
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Person
from outreach.store.workspace import Opening
from outreach.workers import Limits, first

if TYPE_CHECKING:
    from outreach.services.matching.ranking import Board

_TASK = "outreach.services.matching.apart:work_out"
_LIMITS = Limits(seconds=120, memory_mb=2000)
_FEW = FEW
#: Nobody looks through more; they are counted.
_MOST = 2000
#: Of a person so many of the newest titles are looked at, and so many shown; so many others beside.
_TITLES, _SHOWN, _OTHERS = 200, 25, 10


@dataclass(frozen=True, slots=True)
class BesideFits:
    """What stands beside an item's match: who fits unexpectedly, and who could read it together."""

    unexpected: tuple[Unexpected, ...]
    together: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Suiting:
    """What suits a person, and who has much the same taste."""

    match: PersonMatch
    alike: tuple[Alike, ...]


def match_apart(
    store: Store, item_id: int, job: Job | None = None, wishes: Wishes | None = None, kept: Kept | None = None
) -> Match:
    """Rank people for an item, as `match_item` does.

    Args:
        store: The open workspace.
        item_id: The item.
        job: Its cancelling ends the child process.
        wishes: What matters, and whom to include.
        kept: What earlier matches were made of, where there are few.

    Raises:
        KnownError: as `match_item`.
        Cancelled: when the job was stopped.
    """
    if _are_few():
        from outreach.services.matching.ranking import match_item

        return match_item(store, item_id, wishes=wishes, on=kept.board(store) if kept else None)
    answer = _asked(store, {"what": "match", "item": item_id, "wishes": _plain(wishes or Wishes())}, job)
    never = (Exclusion(each["person_id"], each["name"], _reason(each["reason"])) for each in answer["never_shown"])
    return Match(
        answer["item_id"], answer["title"], tuple(_fit(each) for each in answer["fits"]), tuple(never),
        answer["unknown"],
    )  # fmt: skip


def beside_apart(store: Store, item_id: int, job: Job | None = None, kept: Kept | None = None) -> BesideFits:
    """Who shares an item's mood and not its genre, and pairs who could read it together.

    Raises:
        KnownError: as `match_item`.
        Cancelled: when the job was stopped.
    """
    if _are_few():
        return _beside(store, item_id, _board(store, kept))
    answer = _asked(store, {"what": "beside", "item": item_id}, job)
    found = (
        Unexpected(each["person_id"], each["name"], tuple(each["words"]), tuple(each["evidence"]))
        for each in answer["unexpected"]
    )
    pairs = (
        Pair(_two(each["people"]), _two(each["names"]), tuple(each["together"]), tuple(each["apart"]))
        for each in answer["together"]
    )
    return BesideFits(tuple(found), tuple(pairs))


def suiting_apart(store: Store, person_id: int, job: Job | None = None, kept: Kept | None = None) -> Suiting:
    """Which of the newest titles suit a person, and who has much the same taste.

    Raises:
        Cancelled: when the job was stopped.
    """
    if _are_few():
        return _suiting(store, person_id, _board(store, kept))
    answer = _asked(store, {"what": "suiting", "person": person_id}, job)
    match, alike = answer["match"], answer["alike"]
    fits = (
        ItemFit(
            each["item_id"], each["title"], each["author"], Band(each["band"]), each["score"], each["times"],
            _reasons(each["reasons"]), _reasons(each["cautions"]), each["terms"], each["unexpected"],
        )
        for each in match["fits"]
    )  # fmt: skip
    never = ((item, title, _reason(reason)) for item, title, reason in match["never_shown"])
    return Suiting(
        PersonMatch(match["person_id"], match["name"], RecordSize(**match["record"]), tuple(fits), tuple(never)),
        tuple(
            Alike(each["person_id"], each["name"], each["share"], tuple(each["genres"]), tuple(each["titles"]))
            for each in alike
        ),
    )


def reasons_apart(
    store: Store, item_id: int, people: Sequence[int], job: Job | None = None, kept: Kept | None = None
) -> dict[int, tuple[Reason, ...]]:
    """Why an item suits some people, also those who have it planned; those of whom nothing is known are left out.

    Raises:
        Cancelled: when the job was stopped.
    """
    if _are_few():
        return _reasons_of(item_id, people, _board(store, kept))
    answer = _asked(store, {"what": "reasons", "item": item_id, "people": list(people)}, job)
    return {int(person): _reasons(reasons) for person, reasons in answer.items()}


def work_out(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was asked of the match, as a task of a child process: plain values in and out.

    Args:
        payload: ``{"folder", "now", "to_look", "what"}`` and what that needs.
    """
    from outreach.services.matching.ranking import board, match_item

    now, what = datetime.fromisoformat(payload["now"]), payload["what"]
    with workspace.reading(Path(payload["folder"]), Opening(clock=lambda: now)) as store:
        store.to_look = payload["to_look"]
        on = board(store)
        if what == "match":
            yield asdict(match_item(store, payload["item"], limit=_MOST, wishes=_wishes(payload["wishes"]), on=on))
        elif what == "beside":
            yield asdict(_beside(store, payload["item"], on))
        elif what == "suiting":
            yield asdict(_suiting(store, payload["person"], on))
        else:
            found = _reasons_of(payload["item"], payload["people"], on)
            yield {str(person): [asdict(each) for each in reasons] for person, reasons in found.items()}


def _are_few() -> bool:
    return bool(Person.select().count() <= _FEW)


def _board(store: Store, kept: Kept | None) -> "Board":
    from outreach.services.matching.ranking import board

    return kept.board(store) if kept else board(store)


def _asked(store: Store, what: dict[str, Any], job: Job | None) -> dict[str, Any]:
    payload = {"folder": str(store.folder), "now": store.now(), "to_look": store.to_look, **what}
    answer: dict[str, Any] = first(_TASK, payload, _LIMITS, job)
    return answer


def _beside(store: Store, item_id: int, on: "Board") -> BesideFits:
    from outreach.services.matching.choosing import together, unexpected

    found = unexpected(store, item_id, limit=_OTHERS, on=on)
    return BesideFits(tuple(found), tuple(together(store, item_id, limit=_OTHERS, on=on)))


def _suiting(store: Store, person_id: int, on: "Board") -> Suiting:
    from outreach.services.matching.choosing import lookalikes, match_person

    found = match_person(store, person_id, limit=_SHOWN, on=on, most=_TITLES)
    return Suiting(found, tuple(lookalikes(store, person_id, limit=_OTHERS, on=on)))


def _reasons_of(item_id: int, people: Sequence[int], on: "Board") -> dict[int, tuple[Reason, ...]]:
    from outreach.services.matching.ranking import reasons_for

    return reasons_for(item_id, people, on)


def _plain(wishes: Wishes) -> dict[str, Any]:
    dials = {name.value: value.value for name, value in wishes.dials.items()}
    return {"dials": dials, "asked_lately": wishes.asked_lately, "countries": sorted(wishes.countries)}


def _wishes(given: dict[str, Any]) -> Wishes:
    dials = {Factor(name): Dial(value) for name, value in given["dials"].items()}
    return Wishes(dials, given["asked_lately"], frozenset(given["countries"]))


def _reason(given: dict[str, Any]) -> Reason:
    return Reason(given["code"], given["facts"], given["weight"], tuple(given["evidence"]))


def _reasons(given: Sequence[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(_reason(each) for each in given)


def _two(given: Sequence[Any]) -> tuple[Any, Any]:
    one, other = given
    return one, other


def _fit(given: dict[str, Any]) -> Fit:
    return Fit(
        given["person_id"], given["name"], Band(given["band"]), given["score"], _reasons(given["reasons"]),
        _reasons(given["cautions"]), given["times"], RecordSize(**given["record"]), given["terms"],
    )  # fmt: skip
