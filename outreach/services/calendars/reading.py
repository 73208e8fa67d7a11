"""Reading calendars, in a child process: events with their times, and the free time that they tell of.

A calendar comes from anyone: how large it is, how much it holds and how often an event comes again have their limits,
and what takes too long is ended from outside.
"""

import itertools
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from outreach.errors import KnownError

#: Larger or fuller is no calendar of one person's.
MAX_BYTES, MAX_EVENTS, MAX_TIMES = 20 * 2**20, 20_000, 2_000
#: A line of so much, unfolded, is none.
_LONGEST_LINE = 1_000_000
#: What never comes again so often is not looked for longer.
_STEPS = 50_000
_DAY = timedelta(days=1)
#: Frequencies that no free time has.
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})


def read_events(payload: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Yield every event of ``file`` once, as it stands there; hours without a zone are those of ``zone``.

    Raises:
        KnownError: ``calendars.unreadable``, ``calendars.too_much``, ``files.missing``.
    """
    calendars = _parsed(Path(payload["file"]))
    events = [each for calendar in calendars for each in _walk(calendar, "VEVENT")]
    yield [_event(each, ZoneInfo(payload["zone"])) for each in events]


def read_free(payload: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Yield the times within ``since`` and ``until`` (moments) that a calendar of somebody's free time tells of.

    Those are its events that are not cancelled, what comes again as often as it does then, and what it says to be free
    as such (``VFREEBUSY``, ``VAVAILABILITY``).

    Raises:
        KnownError: as `read_events`, ``calendars.too_often``.
    """
    calendars = _parsed(Path(payload["file"]))
    since, until = (datetime.fromisoformat(payload[name]) for name in ("since", "until"))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for calendar in calendars:
        for each in _free(calendar, ZoneInfo(payload["zone"]), since, until):
            found[each["uid"], each["starts_at"]] = each
            if len(found) > MAX_TIMES:
                raise KnownError("calendars.too_often", most=MAX_TIMES)
    yield sorted(found.values(), key=lambda each: (each["starts_at"], each["uid"]))


def _parsed(path: Path) -> list[Any]:
    from icalendar import Calendar

    try:
        if path.stat().st_size > MAX_BYTES:
            raise KnownError("calendars.too_much", file=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise KnownError("files.missing", file=path.name) from error
    unfolded = content.replace(b"\r\n ", b"").replace(b"\n ", b"")
    if any(len(each) > _LONGEST_LINE for each in unfolded.splitlines()):
        raise KnownError("calendars.too_much", file=path.name)
    if content.upper().count(b"BEGIN:") > 4 * MAX_EVENTS:
        raise KnownError("calendars.too_much", file=path.name)
    try:
        with warnings.catch_warnings(action="ignore"):  # what it guesses, it says
            return list(Calendar.from_ical(content, multiple=True))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise KnownError("calendars.unreadable", file=path.name, why=_first_line(error)) from error


def _walk(component: Any, name: str) -> Iterator[Any]:
    """The components of a name, without the recursion that a deep nest would use up."""
    waiting = [component]
    seen = 0
    while waiting:
        each = waiting.pop()
        if each.name == name:
            seen += 1
            if seen > MAX_EVENTS:
                raise KnownError("calendars.too_much", file="")
            yield each
        waiting.extend(reversed(each.subcomponents))


def _event(component: Any, here: tzinfo) -> dict[str, Any]:
    starts = _value(component, "DTSTART")
    moment, name, minutes = None, "", 0
    if isinstance(starts, date):
        moment, name = _moment(starts, here)
        minutes = round((_end(component, starts, here) - moment).total_seconds() / 60)
    return {
        "uid": str(component.get("UID", "")),
        "sequence": _whole(component.get("SEQUENCE")),
        "summary": _text(component, "SUMMARY"),
        "place": _text(component, "LOCATION"),
        "starts": _written(starts),
        "starts_at": _iso(moment) if moment is not None else "",
        "minutes": minutes,
        "zone": name,
        "status": _text(component, "STATUS").upper(),
    }


def _free(calendar: Any, here: tzinfo, since: datetime, until: datetime) -> Iterator[dict[str, Any]]:
    # A time that was moved stands on its own, under the day on which it would have been.
    moved: dict[str, set[str]] = {}
    for each in _walk(calendar, "VEVENT"):
        if each.get("RECURRENCE-ID") is not None:
            instead = _value(each, "RECURRENCE-ID")
            if instead is not None:
                moved.setdefault(str(each.get("UID", "")), set()).add(_iso(_moment(instead, here)[0]))
    for kind in ("VEVENT", "AVAILABLE"):
        for each in _walk(calendar, kind):
            if _text(each, "STATUS").upper() != "CANCELLED":
                yield from _times(each, here, since, until, moved)
    for each in _walk(calendar, "VFREEBUSY"):
        yield from _periods(each, here, since, until)


def _times(
    component: Any, here: tzinfo, since: datetime, until: datetime, moved: dict[str, set[str]]
) -> Iterator[dict[str, Any]]:
    starts = _value(component, "DTSTART")
    if not isinstance(starts, date):
        return
    first, name = _moment(starts, here)
    length = _end(component, starts, here) - first
    if not timedelta(0) < length <= 2 * _DAY:
        return
    uid = str(component.get("UID", ""))
    skipped = moved.get(uid, set()) if component.get("RECURRENCE-ID") is None else set()
    for moment in _repeated(component, starts, here, since, until):
        if _iso(moment) not in skipped and since <= moment < until:
            yield _time(uid, moment, length, name, _text(component, "SUMMARY"))


def _repeated(component: Any, starts: Any, here: tzinfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """When it comes: the hour on the wall stays the same, whatever the clocks do."""
    from dateutil.rrule import rruleset, rrulestr

    first, _ = _moment(starts, here)
    zone = _zone(starts) or here
    rules = component.get("RRULE")
    if rules is None and component.get("RDATE") is None:
        yield first
        return
    wall = first.astimezone(zone).replace(tzinfo=None)
    dates = rruleset()
    for rule in rules if isinstance(rules, list) else [rules] if rules is not None else []:
        try:
            if str((rule.get("FREQ") or [""])[0]).upper() in _TOO_OFTEN:
                raise KnownError("calendars.too_often", most=MAX_TIMES)
            dates.rrule(rrulestr(_rule_text(rule, zone), dtstart=wall))
        except (ValueError, TypeError) as error:
            raise KnownError("calendars.unreadable", file="", why=_first_line(error)) from error
    dates.rdate(wall)
    for name, add in (("RDATE", dates.rdate), ("EXDATE", dates.exdate)):
        for value in _listed(component.get(name)):
            add(_moment(value, here)[0].astimezone(zone).replace(tzinfo=None))
    end = until.astimezone(zone).replace(tzinfo=None)
    count = 0
    for each in itertools.islice(dates, _STEPS):
        if each >= end:
            return
        moment = each.replace(tzinfo=zone).astimezone(UTC)
        if moment >= since:
            count += 1
            if count > MAX_TIMES:
                raise KnownError("calendars.too_often", most=MAX_TIMES)
            yield moment


def _rule_text(rule: Any, zone: tzinfo) -> str:
    """A rule whose end stands in the same kind of hours as its beginning."""
    text = rule.to_ical().decode("utf-8")
    ends = rule.get("UNTIL")
    if not ends:
        return str(text)
    last = ends[0] if isinstance(ends, list) else ends
    if not isinstance(last, datetime):
        last = datetime.combine(last, time.max)
    elif last.tzinfo is not None:
        last = last.astimezone(zone).replace(tzinfo=None)
    parts = [part for part in str(text).split(";") if not part.upper().startswith("UNTIL=")]
    return ";".join([*parts, f"UNTIL={last:%Y%m%dT%H%M%S}"])


def _periods(component: Any, here: tzinfo, since: datetime, until: datetime) -> Iterator[dict[str, Any]]:
    for value in _listed(component.get("FREEBUSY"), keep=True):
        if str(value.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            continue
        starts, length = value.start, value.duration
        moment, name = _moment(starts, here)
        if since <= moment < until and timedelta(0) < length <= 2 * _DAY:
            yield _time(str(component.get("UID", "")), moment, length, name, "")


def _time(uid: str, moment: datetime, length: timedelta, zone: str, summary: str) -> dict[str, Any]:
    return {
        "uid": uid, "starts_at": _iso(moment), "minutes": max(1, round(length.total_seconds() / 60)), "zone": zone,
        "summary": summary,
    }  # fmt: skip


def _end(component: Any, starts: date, here: tzinfo) -> datetime:
    """When it ends, as a moment: hours are exact whatever the clocks do meanwhile, whole days are days on the wall."""
    ends = _value(component, "DTEND")
    if isinstance(ends, date):
        return _moment(ends, here)[0]
    length = _value(component, "DURATION")
    if not isinstance(length, timedelta):
        length = timedelta(0) if isinstance(starts, datetime) else _DAY
    return _moment(starts + length, here)[0] if length % _DAY == timedelta(0) else _moment(starts, here)[0] + length


def _value(component: Any, name: str) -> Any:
    """A property as a day, a moment or a length; None where it is missing or cannot be read."""
    value = component.get(name)
    if isinstance(value, list):
        value = value[0]
    found = _part(value, "dt") or _part(value, "td")
    return found if isinstance(found, date | timedelta) else None


def _part(value: Any, name: str) -> Any:
    """A part of a value; None where the library calls it broken, or it has none."""
    try:
        return getattr(value, name, None)
    except ValueError:
        return None


def _listed(value: Any, *, keep: bool = False) -> list[Any]:
    """All values of a property that may come several times, each with several values."""
    found = []
    for each in value if isinstance(value, list) else [value] if value is not None else []:
        for one in _part(each, "dts") or [each]:
            moment = one if keep else _part(one, "dt")
            if isinstance(moment, tuple):
                moment = moment[0]
            if keep or isinstance(moment, date):
                found.append(moment)
    return found


def _moment(value: date, here: tzinfo) -> tuple[datetime, str]:
    """A day or an hour as a moment in UTC, and its zone by an IANA name, empty where it has none of that kind."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    zone = value.tzinfo
    moment = (value if zone is not None else value.replace(tzinfo=here)).astimezone(UTC)
    return moment, str(getattr(zone if zone is not None else here, "key", "") or "")


def _zone(value: date) -> tzinfo | None:
    return value.tzinfo if isinstance(value, datetime) else None


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else ""


def _text(component: Any, name: str) -> str:
    value = component.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value)


def _whole(value: Any) -> int:
    try:
        return max(0, min(int(value), 2**31))
    except (TypeError, ValueError):
        return 0


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]
