"""Taking an author's free time out of a calendar of hers; a calendar that is read again brings nothing twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.hours import iso, zone
from outreach.fields.text import clean, fold
from outreach.jobs import Job
from outreach.services.zones import author_zone, home_zone
from outreach.store.database import Store
from outreach.store.models import AuthorSlot
from outreach.workers import Limits, first

#: What is further off is nobody's free time yet.
AHEAD = timedelta(days=366)
#: A calendar that takes longer is none.
LIMITS = Limits(seconds=6, memory_mb=400)


@dataclass(frozen=True, slots=True)
class Availability:
    """What a calendar brought: times that are new, those known before, and known ones that it no longer has."""

    file: str
    author: str
    added: int
    known: int
    gone: int


def read_calendar(path: Path, zone_name: str, job: Job | None = None) -> list[dict[str, Any]]:
    """Every event of a calendar file as it stands there.

    Raises:
        KnownError: ``calendars.unreadable``, ``calendars.too_much``, ``files.missing``, or one of ``workers``.
    """
    payload = {"file": str(path.absolute()), "zone": zone_name}
    found: list[dict[str, Any]] = first("outreach.services.calendars.reading:read_events", payload, LIMITS, job)
    return found


def free_times(store_moment: datetime, path: Path, zone_name: str, job: Job | None = None) -> list[dict[str, Any]]:
    """The free time that a calendar tells of within the year to come; read in a child process.

    Raises:
        KnownError: as `read_calendar`, ``calendars.too_often``.
    """
    payload = {
        "file": str(path.absolute()),
        "zone": zone_name,
        "since": iso(store_moment),
        "until": iso(store_moment + AHEAD),
    }
    found: list[dict[str, Any]] = first("outreach.services.calendars.reading:read_free", payload, LIMITS, job)
    return found


def import_availability(
    store: Store, author: str, path: Path, *, zone_name: str = "", job: Job | None = None
) -> tuple[Availability, Changes]:
    """Note the free time that an author's calendar tells of; what came from it before and is gone from it goes.

    What was noted by hand stays. Sessions stay whatever the calendar says.

    Raises:
        KnownError: ``hours.no_author``, ``calendars.no_time``, and as `free_times`.
    """
    name = clean(author)
    if not name:
        raise KnownError("hours.no_author")
    where = zone_name or author_zone(name) or home_zone()
    times = free_times(store.moment(), path, where, job)
    if not times:
        raise KnownError("calendars.no_time", file=path.name)
    return book_availability(store, name, path.name, times, where)


def book_availability(
    store: Store, name: str, file: str, times: list[dict[str, Any]], where: str
) -> tuple[Availability, Changes]:
    """Write down what `free_times` found."""
    key, now = fold(name), store.now()
    hers = list(AuthorSlot.select().where((AuthorSlot.author_key == key) & (AuthorSlot.starts_at >= now)))
    known = {(row.starts_at, row.minutes) for row in hers}
    uids = {each["uid"] for each in times}
    told = {(each["starts_at"], each["minutes"]) for each in times}
    gone = [row.id for row in hers if row.uid in uids and row.uid and (row.starts_at, row.minutes) not in told]
    new = [each for each in times if (each["starts_at"], each["minutes"]) not in known]
    with store.operation(Op.NOTE_HOURS) as written:
        AuthorSlot.delete().where(AuthorSlot.id.in_(gone)).execute()
        for each in new:
            AuthorSlot.create(
                author=name, author_key=key, starts_at=each["starts_at"], minutes=each["minutes"],
                zone=each["zone"] if zone(each["zone"]) is not None and each["zone"] != "UTC" else where,
                uid=each["uid"], note=clean(each["summary"])[:200], by=store.by, created_at=store.now(),
            )  # fmt: skip
    found = Availability(file, name, len(new), len(times) - len(new), len(gone))
    return found, written.changes
