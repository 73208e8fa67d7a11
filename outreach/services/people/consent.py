"""Where we found somebody, on what ground we write to her, and whether she was told. Not legal advice."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.paths import resource
from outreach.services.letters.language import Language, language, languages
from outreach.services.people.asking import months_on
from outreach.services.people.fields import adult, whole_day
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Consent, Letter, Person

FIELDS = (
    "source", "url", "found_on", "basis", "evidence", "no_pitch", "expires_on", "notice_due_on", "notice_given_on",
)  # fmt: skip
_DAYS = ("found_on", "expires_on", "notice_due_on", "notice_given_on")
#: So long after the finding a notice is due at the latest (GDPR, article 14).
_NOTICE_MONTHS = 1


@dataclass(frozen=True, slots=True)
class Basis:
    """A ground to write on.

    Attributes:
        strength: The higher the surer.
        months: How long it is relied upon, 0 without end.
        tells: Whether she gave us the address herself, so that no notice is due.
    """

    name: str
    strength: int
    months: int
    tells: bool


@cache
def bases() -> dict[str, Basis]:
    """The grounds of ``resources/consent.toml``, in the order in which they are offered."""
    data = tomllib.loads(resource("consent.toml").read_text(encoding="utf-8"))
    return {name: Basis(name, each["strength"], each["months"], each["tells"]) for name, each in data.items()}


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """What is known of the ground on which a person is written to; days are ISO text or empty.

    Attributes:
        source: Where she was found.
        no_pitch: Whether the place says that it wants no pitches; None where nobody looked.
        is_notice_due: Whether she is to be told by now, or with the first letter, and has not been.
    """

    source: str = ""
    url: str = ""
    found_on: str = ""
    basis: str = ""
    evidence: str = ""
    no_pitch: bool | None = None
    expires_on: str = ""
    notice_due_on: str = ""
    notice_given_on: str = ""
    is_notice_due: bool = False


def consent_of(store: Store, person_id: int) -> ConsentRecord:
    """The record of a person; an empty one where nothing is known."""
    row = Consent.get_or_none(Consent.person == person_id)
    if row is None:
        return ConsentRecord()
    values = {name: getattr(row, name) for name in FIELDS}
    values.update({name: values[name] or "" for name in _DAYS})
    values["no_pitch"] = None if row.no_pitch is None else bool(row.no_pitch)
    due = bool(row.notice_due_on and not row.notice_given_on and str(row.notice_due_on) <= store.today().isoformat())
    return ConsentRecord(**values, is_notice_due=due)


def save_consent(store: Store, person_id: int, values: Mapping[str, str]) -> Changes:
    """Note where she was found and on what ground we write; what is not named stays.

    From the day of finding follows by when she is to be told, and from the ground until when it holds, unless those
    days are given.

    Raises:
        KnownError: ``people.unknown_field``, ``consent.unknown_basis``, ``people.no_day``, ``people.bad_adult``.
    """
    columns = _read(values)
    row = Consent.get_or_none(Consent.person == person_id)
    known = {name: getattr(row, name) for name in FIELDS} if row else {}
    columns |= following_days(known, columns)
    with store.operation(Op.EDIT_PERSON) as written:
        if row is None:
            Consent.create(person=person_id, **columns)
        else:
            Consent.update(**columns).where(Consent.id == row.id).execute()
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return written.changes


def following_days(known: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, str | None]:
    """The days that follow from a new day of finding or another ground, where they are not given themselves."""
    after = {**known, **columns}
    basis = bases().get(after.get("basis") or "")
    found = after.get("found_on")
    days: dict[str, str | None] = {}
    if {"found_on", "basis"} & columns.keys() and found:
        if "notice_due_on" not in columns:
            days["notice_due_on"] = None if basis and basis.tells else _later(found, _NOTICE_MONTHS)
        if "expires_on" not in columns and basis:
            days["expires_on"] = _later(found, basis.months) if basis.months else None
    return days


def _read(values: Mapping[str, str]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name not in FIELDS:
            raise KnownError("people.unknown_field", name=name, known=", ".join(FIELDS))
        columns[name] = whole_day(value) if name in _DAYS else clean(value)
    if "no_pitch" in columns:
        columns["no_pitch"] = adult(columns["no_pitch"])
    if columns.get("basis") and columns["basis"] not in bases():
        raise KnownError("consent.unknown_basis", value=columns["basis"], known=", ".join(bases()))
    return columns


def _later(day: str, months: int) -> str:
    return months_on(date.fromisoformat(day), months).isoformat()


def notice_lines(people: Sequence[int], words: Language) -> dict[int, str]:
    """Of those who are still to be told where we have them from, the sentence that a letter says it with."""
    still = Consent.notice_due_on.is_null(False) & Consent.notice_given_on.is_null() & (Consent.source != "")
    rows = Consent.select(Consent.person, Consent.source).where(Consent.person.in_(among(list(people))) & still)
    return {person: f"{words.notice} {source}. {words.notice_end}" for person, source in rows.tuples()}


def note_told(people: Sequence[int], on: str) -> None:
    """Who has had a letter with that sentence has been told, inside the caller's operation."""
    says_so = reduce(or_, (Letter.body.contains(language(each).notice) for each in languages()))
    written = Letter.select(Letter.person).where(Letter.person.in_(among(list(people))) & says_so)
    Consent.update(notice_given_on=on).where(
        Consent.person.in_(written) & Consent.notice_due_on.is_null(False) & Consent.notice_given_on.is_null()
    ).execute()


def merge_consent(keep_id: int, other_id: int) -> None:
    """Make two records one, inside the caller's operation: whatever binds us more is kept."""
    mine, theirs = (Consent.get_or_none(Consent.person == person) for person in (keep_id, other_id))
    if theirs is None:
        return
    if mine is None:
        Consent.update(person=keep_id).where(Consent.id == theirs.id).execute()
        return
    first = min((mine, theirs), key=lambda row: row.found_on or "9999")
    weaker = min((mine, theirs), key=lambda row: _strength(row.basis))
    given = [str(row.notice_given_on or "") for row in (mine, theirs)]
    warned = [row.no_pitch for row in (mine, theirs) if row.no_pitch is not None]
    evidence = "\n".join(dict.fromkeys(filter(None, (mine.evidence, theirs.evidence))))
    Consent.update(
        source=first.source or mine.source or theirs.source,
        url=first.url or mine.url or theirs.url,
        found_on=first.found_on,
        basis=weaker.basis,
        evidence=evidence,
        no_pitch=max(warned) if warned else None,
        expires_on=min(filter(None, (mine.expires_on, theirs.expires_on)), default=None),
        notice_due_on=min(filter(None, (mine.notice_due_on, theirs.notice_due_on)), default=None),
        notice_given_on=max(given) if all(given) else None,
    ).where(Consent.id == mine.id).execute()


def _strength(basis: str) -> int:
    found = bases().get(basis)
    return found.strength if found else 0
