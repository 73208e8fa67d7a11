"""What is kept of a person beside her name and address as cells of tables and properties of cards.

Exports write it and imports read it in one form. What there may be several of stands a line each, its parts between
bars: ``2026-10-01 | call | HO | Reads on trains``. A bar, a backslash or a new line within a part stands behind a
backslash.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from outreach.fields.accounts import parse_profile
from outreach.fields.dates import parse_day
from outreach.fields.email import parse_email
from outreach.fields.numbers import parse_count
from outreach.fields.roles import role_of
from outreach.fields.text import clean, clean_lines, fold
from outreach.paths import resource
from outreach.services.people.kinds import audience_fields, document_kinds, note_kinds

#: What a cell is, as imports call it, and its heading in exports.
CELLS = (
    ("pronouns", "Pronouns"), ("time_zone", "Time zone"), ("is_adult", "Adult"), ("guardian", "Guardian"),
    ("guardian_contact", "Guardian's contact"), ("representative", "Representative"),
    ("representative_email", "Representative's e-mail"), ("owner", "Looked after by"), ("away_until", "Away until"),
    ("away_note", "Why away"), ("expertise", "What they know"), ("repute", "Their standing"),
    ("relation", "Between us"), ("how_known", "How we know them"), ("archived_on", "Archived on"),
    ("kept_on", "Kept on"), ("introduced_by", "Introduced by"), ("other_roles", "Other roles"),
    ("former_handles", "Former handles"), ("audience_readings", "Followers over time"),
    ("address_since", "Address since"), ("address_confirmed", "Address confirmed on"),
    ("older_addresses", "Older addresses"), ("consent.source", "Address found in"), ("consent.url", "Address found at"),
    ("consent.found_on", "Address found on"), ("consent.basis", "Legal basis"),
    ("consent.evidence", "Evidence of consent"), ("consent.no_pitch", "Wants no pitches"),
    ("consent.expires_on", "Consent until"), ("consent.notice_due_on", "Notice due"),
    ("consent.notice_given_on", "Notice given"), ("person_notes", "Calls and meetings"), ("documents", "Documents"),
    ("audience_shares", "Audience make-up"), ("aesthetics", "Aesthetics"), ("moods", "Moods"), ("rosters", "Rosters"),
    ("taste_evidence", "Where tastes are known from"), ("stopped_on", "Do not contact since"),
)  # fmt: skip
TARGETS = frozenset(target for target, _ in CELLS) | {"consent"}
#: What may hold several lines.
LINES = frozenset({
    "expertise", "repute", "relation", "former_handles", "audience_readings", "older_addresses", "consent",
    "consent.evidence", "person_notes", "documents", "audience_shares", "aesthetics", "moods", "rosters",
    "taste_evidence",
})  # fmt: skip
_PLAIN = ("pronouns", "guardian", "guardian_contact", "representative", "owner", "away_note")
_LONG = ("expertise", "repute", "relation")
_DAYS = ("away_until", "archived_on", "kept_on")
_CONSENT_DAYS = ("found_on", "expires_on", "notice_due_on", "notice_given_on")
_WHOLE_DAY = len("2026-11-24")
_MARK = re.compile(r"\\(.)", re.DOTALL)
_PART = re.compile(r"(?:[^\\|]|\\.)*", re.DOTALL)
#: A day within a sentence, as files write it.
_DAY_WITHIN = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}")
#: What takes a ground back.
_NOT = re.compile(
    r"\b(no|not|never|without|withdrawn|revoked|refused|declined|denied|nein|kein|keine|non|pas|sin|sans|ohne)\b"
)
#: Stands behind the day where she never objected to us, but is on a list of those who are not written to.
BY_LIST = "(list)"
#: So many lines in one cell are none that a person has.
_MANY = 2000

Cells = Mapping[str, Sequence[str]]
Doubts = list[list[Any]]


def line_of(parts: Iterable[object]) -> str:
    """Parts in one line."""
    marked = (str(part).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n") for part in parts)
    return " | ".join(marked).strip()


def parts_of(line: str, count: int) -> list[str]:
    """The parts of a line, as many as asked for; the last one takes what is left."""
    parts: list[str] = []
    place = 0
    while place <= len(line) and len(parts) < count:
        match = _PART.match(line, place)
        end = match.end() if match else len(line)
        parts.append(_MARK.sub(lambda sign: "\n" if sign[1] == "n" else sign[1], line[place:end].strip()))
        place = end + 1
    return parts + [""] * (count - len(parts))


def property_of(target: str) -> str:
    """The property of a card that holds a cell."""
    return "X-OUTREACH-" + target.upper().replace("_", "-").replace(".", "-")


def read_cells(found: Cells, doubts: Doubts) -> dict[str, Any]:
    """What some cells tell, as plain values; what cannot be read is told and left out.

    Returns:
        What there is of: ``v`` columns of the person, ``c`` of her consent, ``r`` other roles, ``ro`` rosters, ``lk``
        looks [kind, name, key], ``al`` former handles [account key, handle, key], ``fr`` readings [account key, day,
        followers, source], ``ac`` [since, confirmed] of the address now, ``ad`` older addresses [seven parts, since,
        until, confirmed], ``n`` notes [day, kind, by, text], ``d`` documents [day, kind, name, url, by, note], ``au``
        shares [field, value, share, source, day], ``te`` evidence [side, polarity, kind, key, strength, noted on,
        kind, seen on, url, rating, text], ``by`` who introduced her, ``s`` [day, by a list] since when
        she is not written to.
    """
    read = {
        "v": _columns(found, doubts),
        "c": _consent(found, doubts),
        "r": list(dict.fromkeys(role_of(word) for word in _listed(found, "other_roles"))),
        "ro": [clean(line) for line in _lines(found, "rosters")],
        "lk": [[kind, word, fold(word)] for kind, target in (("aesthetic", "aesthetics"), ("mood", "moods"))
               for word in map(clean, _lines(found, target))],
        "al": _former(found),
        "fr": _readings(found),
        "ac": [_day(found, "address_since", doubts), _day(found, "address_confirmed", doubts)],
        "ad": _older(found),
        "n": _notes(found),
        "d": _documents(found),
        "au": _shares(found),
        "te": _evidence(found),
        "by": clean(_first(found, "introduced_by")),
        "s": _stopped(found, doubts),
    }  # fmt: skip
    return {name: value for name, value in read.items() if value and value != [None, None]}


@cache
def _basis_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words that files use for a ground to write on, folded, the longest first, each with the ground."""
    data = tomllib.loads(resource("consent.toml").read_text(encoding="utf-8"))
    words = {fold(word): name for name, each in data.items() for word in (name, name.replace("_", " "), *each["words"])}
    longest_first = sorted(words.items(), key=lambda each: (-len(each[0]), each[0]))
    return tuple((re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"), name) for word, name in longest_first)


def basis_of(text: str) -> str:
    """The ground that a text names, empty for none and where it says no."""
    said = fold(text).replace("_", " ")
    if not said or _NOT.search(said):
        return ""
    return next((name for word, name in _basis_words() if word.search(said)), "")


def _columns(found: Cells, doubts: Doubts) -> dict[str, Any]:
    columns: dict[str, Any] = {name: clean(_first(found, name)) for name in _PLAIN}
    columns |= {name: clean_lines(_first(found, name)) for name in _LONG}
    columns |= {name: _day(found, name, doubts) for name in _DAYS}
    if BY_LIST not in _first(found, "stopped_on"):
        columns["objected_on"] = _day(found, "stopped_on", [])
    columns["time_zone"] = _zone(_first(found, "time_zone"), doubts)
    adult = fold(_first(found, "is_adult"))
    columns["is_adult"] = {"yes": 1, "no": 0}.get(adult)
    email = _first(found, "representative_email")
    if email:
        parsed = parse_email(email)
        if parsed is None:
            doubts.append(["rows.bad_email", {"value": clean(email)[:100]}])
        columns["representative_email"] = parsed.address if parsed else ""
    return {name: value for name, value in columns.items() if value not in (None, "")}


def _zone(text: str, doubts: Doubts) -> str:
    from outreach.errors import KnownError
    from outreach.services.people.fields import time_zone

    try:
        return time_zone(clean(text))
    except KnownError:
        doubts.append(["rows.bad_zone", {"value": clean(text)[:50]}])
        return ""


def _consent(found: Cells, doubts: Doubts) -> dict[str, Any]:
    """The columns of a record of consent; a cell of free words is kept as its evidence, and read for ground and day."""
    words = [clean_lines(cell) for cell in found.get("consent", ())]
    told = "\n".join(words)
    columns: dict[str, Any] = {name: clean(_first(found, f"consent.{name}")) for name in ("source", "url")}
    columns |= {name: _day(found, f"consent.{name}", doubts) for name in _CONSENT_DAYS}
    columns["evidence"] = "\n".join(filter(None, (clean_lines(_first(found, "consent.evidence")), told)))
    named = _first(found, "consent.basis")
    columns["basis"] = basis_of(named) or next(filter(None, map(_basis_under_heading, words)), "")
    if named and not columns["basis"]:
        columns["evidence"] = "\n".join(filter(None, (columns["evidence"], clean(named))))
    within = _DAY_WITHIN.search(told)
    if within and not columns["found_on"]:
        columns["found_on"] = _whole(within[0])
    columns["no_pitch"] = {"yes": 1, "no": 0}.get(fold(_first(found, "consent.no_pitch")))
    return {name: value for name, value in columns.items() if value not in (None, "")}


def _basis_under_heading(told: str) -> str:
    """The ground that a cell names; where there is only a day in it, its heading does."""
    heading, _, said = told.partition(": ")
    return basis_of(said if any(map(str.isalpha, said)) else heading)


def _stopped(found: Cells, doubts: Doubts) -> list[Any] | None:
    day = _day(found, "stopped_on", doubts)
    return [day, BY_LIST in _first(found, "stopped_on")] if day else None


def _former(found: Cells) -> list[list[str]]:
    made = []
    for line in _lines(found, "former_handles"):
        now, then = parts_of(line, 2)
        account, former = _account(now), _account(f"{now.partition(':')[0]}:{then}")
        if account and former:
            made.append([account[0], former[1], former[0]])
    return made


def _readings(found: Cells) -> list[list[Any]]:
    made: list[list[Any]] = []
    for line in _lines(found, "audience_readings"):
        now, day, count, source = parts_of(line, 4)
        account, followers = _account(now), parse_count(count)
        if account and _whole(day) and followers is not None:
            made.append([account[0], day, followers, source])
    return made


def _account(text: str) -> tuple[str, str] | None:
    """The key and the handle of ``instagram:maya``, also where the platform is not known: ``:maya``."""
    platform, _, handle = text.partition(":")
    profile = parse_profile(handle, platform or None) if handle else None
    return (profile.key, profile.handle) if profile else None


def _older(found: Cells) -> list[list[str]]:
    return [parts for line in _lines(found, "older_addresses") if any((parts := parts_of(line, 10))[1:5])]


def _notes(found: Cells) -> list[list[str]]:
    made = []
    for line in _lines(found, "person_notes"):
        day, kind, by, text = parts_of(line, 4)
        if _whole(day) and text:
            made.append([day, kind if kind in note_kinds() else note_kinds()[-1], by, text])
    return made


def _documents(found: Cells) -> list[list[str]]:
    made = []
    for line in _lines(found, "documents"):
        day, kind, name, url, by, note = parts_of(line, 6)
        if _whole(day) and name:
            made.append([day, kind if kind in document_kinds() else document_kinds()[-1], name, url, by, note])
    return made


def _shares(found: Cells) -> list[list[Any]]:
    """Parts of an audience; what is sensitive is in nobody's file."""
    made: list[list[Any]] = []
    for line in _lines(found, "audience_shares"):
        field, value, share, source, day = parts_of(line, 5)
        if value and _whole(day) and audience_fields().get(field) is False:
            made.append([field, value, _number(share), source, day])
    return made


def _evidence(found: Cells) -> list[list[Any]]:
    made: list[list[Any]] = []
    for line in _lines(found, "taste_evidence"):
        side, polarity, taste, key, strength, noted, kind, seen, url, rating, text = parts_of(line, 11)
        if key:  # a taste without evidence tells how strong it is
            made.append([side, polarity, taste, key, _number(strength), noted, kind, seen, url, _number(rating), text])
    return made


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def _day(found: Cells, target: str, doubts: Doubts) -> str | None:
    text = _first(found, target)
    day = _whole(text)
    if text and day is None:
        doubts.append(["rows.bad_date", {"value": clean(text)[:50]}])
    return day


def _whole(text: str) -> str | None:
    day = parse_day(text.strip().partition("T")[0].partition(" ")[0]) if text else None
    return day if day and len(day) == _WHOLE_DAY else None


def _first(found: Cells, target: str) -> str:
    cells = found.get(target, ())
    return cells[0] if cells else ""


def _lines(found: Cells, target: str) -> list[str]:
    return [line for cell in found.get(target, ()) for line in cell.splitlines() if line.strip()][:_MANY]


def _listed(found: Cells, target: str) -> list[str]:
    return [word for cell in found.get(target, ()) for word in map(clean, cell.replace(";", ",").split(",")) if word]
