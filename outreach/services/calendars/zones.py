"""A time zone's changes as a calendar tells them (RFC 5545, 3.6.5), from the system's own data.

Libraries that write these are off by an hour on the night on which clocks go forward: a change is told in the hour that
the clocks showed before it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

_NOTHING = timedelta(0)
#: Zones change at most a few times a year, and stay so for days.
_STRIDE = timedelta(days=7)
_MINUTE = timedelta(minutes=1)


def changes(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """The moments, to the minute, from which a zone's clocks or their name are others than before."""
    at = since
    while at < until:
        after = min(at + _STRIDE, until)
        if _shown(zone, after) != _shown(zone, at):
            low, high = at, after
            while high - low > _MINUTE:
                middle = low + (high - low) / 2
                middle = middle.replace(second=0, microsecond=0)
                if middle == low:
                    break
                low, high = (middle, high) if _shown(zone, middle) == _shown(zone, low) else (low, middle)
            yield high
        at = after


def timezone(name: str, first_year: int, last_year: int) -> "Timezone":
    """A zone's component for a calendar, with its changes from the year before the first to the one after the last."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = ZoneInfo(name)
    since, until = datetime(first_year - 1, 1, 1, tzinfo=UTC), datetime(last_year + 2, 1, 1, tzinfo=UTC)
    made = Timezone()
    made.add("tzid", name)
    kinds: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    offset, label, is_daylight = _shown(zone, since)
    kinds[offset, offset, label, is_daylight] = [(since + offset).replace(tzinfo=None)]
    before = offset
    for moment in changes(zone, since, until):
        offset, label, is_daylight = _shown(zone, moment)
        kinds.setdefault((before, offset, label, is_daylight), []).append((moment + before).replace(tzinfo=None))
        before = offset
    for (was, now, label, is_daylight), days in kinds.items():
        part = TimezoneDaylight() if is_daylight else TimezoneStandard()
        part.add("dtstart", days[0])
        if days[1:]:
            part.add("rdate", days[1:])
        part.add("tzname", label)
        part.add("tzoffsetfrom", was)
        part.add("tzoffsetto", now)
        made.add_component(part)
    return made


def _shown(zone: ZoneInfo, moment: datetime) -> tuple[timedelta, str, bool]:
    there = moment.astimezone(zone)
    return there.utcoffset() or _NOTHING, there.tzname() or "", bool(there.dst())
