"""A match worked out in a child process, so that whoever waits for it can go on with something else."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from outreach.jobs import Job
from outreach.services.matching.dials import Dial, Factor, Wishes
from outreach.services.matching.fits import Band, Exclusion, Fit, Match, Reason, RecordSize
from outreach.services.matching.kept import FEW, Kept
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Person
from outreach.store.workspace import Opening
from outreach.workers import Limits, first

_TASK = "outreach.services.matching.apart:work_out"
_LIMITS = Limits(seconds=120, memory_mb=2000)
#: Nobody looks through more; they are counted.
_MOST = 2000


def match_apart(
    store: Store, item_id: int, job: Job | None = None, wishes: Wishes | None = None, kept: Kept | None = None
) -> Match:
    """Rank people for an item, as `match_item` does, without taking this process's time where there are many.

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
    if Person.select().count() <= FEW:
        from outreach.services.matching.ranking import match_item

        return match_item(store, item_id, wishes=wishes, on=kept.board(store) if kept else None)
    payload = {"folder": str(store.folder), "item": item_id, "wishes": _plain(wishes or Wishes()), "now": store.now(),
               "to_look": store.to_look}  # fmt: skip
    answer = first(_TASK, payload, _LIMITS, job)
    never = (Exclusion(each["person_id"], each["name"], _reason(each["reason"])) for each in answer["never_shown"])
    return Match(
        answer["item_id"], answer["title"], tuple(_fit(each) for each in answer["fits"]), tuple(never),
        answer["unknown"],
    )  # fmt: skip


def work_out(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The match of an item, as a task of a child process: plain values in and out.

    Args:
        payload: ``{"folder", "item", "wishes", "now", "to_look"}``.
    """
    from outreach.services.matching.ranking import match_item

    given, now = payload["wishes"], datetime.fromisoformat(payload["now"])
    wishes = Wishes(
        {Factor(name): Dial(value) for name, value in given["dials"].items()}, given["asked_lately"],
        frozenset(given["countries"]),
    )  # fmt: skip
    with workspace.reading(Path(payload["folder"]), Opening(clock=lambda: now)) as store:
        store.to_look = payload["to_look"]
        yield asdict(match_item(store, payload["item"], limit=_MOST, wishes=wishes))


def _plain(wishes: Wishes) -> dict[str, Any]:
    dials = {name.value: value.value for name, value in wishes.dials.items()}
    return {"dials": dials, "asked_lately": wishes.asked_lately, "countries": sorted(wishes.countries)}


def _reason(given: dict[str, Any]) -> Reason:
    return Reason(given["code"], given["facts"], given["weight"], tuple(given["evidence"]))


def _fit(given: dict[str, Any]) -> Fit:
    return Fit(
        given["person_id"], given["name"], Band(given["band"]), given["score"],
        tuple(_reason(each) for each in given["reasons"]), tuple(_reason(each) for each in given["cautions"]),
        given["times"], RecordSize(**given["record"]), given["terms"],
    )  # fmt: skip
