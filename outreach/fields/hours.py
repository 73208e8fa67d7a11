"""Hours of a day somewhere: a time as it stands on a wall there, kept as a moment in UTC."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOUR = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d{1,2})[:.](\d\d)")


@cache
def zone(name: str) -> ZoneInfo | None:
    """The time zone of an IANA name; None where there is no such one."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def parse_hour(text: str) -> str | None:
    """A day and an hour as typed, such as ``2026-11-26 19:30``, in one form; None where it is none."""
    found = _HOUR.fullmatch(text.strip())
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1]} {int(found[2]):02}:{found[3]}")
    except ValueError:
        return None
    return moment.strftime("%Y-%m-%d %H:%M")


def to_utc(hour: str, name: str) -> str | None:
    """The moment at which it is an hour of `parse_hour` in a zone; of one that comes twice, the first.

    None where the clocks skip it on that night.
    """
    there = zone(name)
    if there is None:
        return None
    wall = datetime.fromisoformat(hour)
    moment = wall.replace(tzinfo=there).astimezone(UTC)
    if moment.astimezone(there).replace(tzinfo=None) != wall:
        return None
    return iso(moment)


def there_at(moment: str, name: str) -> datetime:
    """What the clock on a wall says at a moment; in UTC where the zone is not known."""
    at = datetime.fromisoformat(moment)
    found = zone(name)
    return at.astimezone(found) if found is not None else at


def end_of(moment: str, minutes: int) -> str:
    """The moment so many minutes later."""
    return iso(datetime.fromisoformat(moment) + timedelta(minutes=minutes))


def iso(moment: datetime) -> str:
    """A moment as it is stored."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
