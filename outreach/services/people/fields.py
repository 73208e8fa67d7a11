"""The fields of a person that can be written by name, and how each is read and checked."""

from typing import Any

from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.email import parse_email
from outreach.fields.places import country_code
from outreach.fields.roles import role_of
from outreach.fields.text import clean, clean_lines
from outreach.services.people.asking import checked_day
from outreach.store.database import Store

#: The columns of a person that can be edited by name.
EDITABLE = (
    "name", "given_name", "family_name", "greeting", "pronouns", "role", "organisation", "job_title", "phone",
    "language", "country", "time_zone", "notes", "how_known", "expertise", "repute", "relation", "is_adult", "guardian",
    "guardian_contact", "representative", "representative_email", "owner", "away_until", "away_note", "ask_again_on",
)  # fmt: skip

_LONG = frozenset({"notes", "expertise", "repute", "relation"})
_YES, _NO, _UNKNOWN = ("yes", "y", "true", "1", "adult"), ("no", "n", "false", "0", "minor"), ("", "unknown", "?")


def read_fields(store: Store, values: dict[str, str]) -> dict[str, Any]:
    """Values as typed, as the columns of a person.

    Raises:
        KnownError: ``people.unknown_field``, ``people.bad_email``, ``people.bad_time_zone``, ``people.bad_adult``,
            ``people.no_day``, ``asking.no_day``.
    """
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name not in EDITABLE:
            raise KnownError("people.unknown_field", name=name, known=", ".join(EDITABLE))
        columns[name] = clean_lines(value) if name in _LONG else clean(value)
    for name, read in (
        ("role", role_of),
        ("country", lambda text: country_code(text) or text),
        ("time_zone", time_zone),
        ("is_adult", adult),
        ("representative_email", _email),
        ("ask_again_on", lambda text: checked_day(store, text)),
        ("away_until", lambda text: coming_day(store, text)),
    ):
        if name in columns:
            columns[name] = read(columns[name])
    return columns


def time_zone(text: str) -> str:
    """A time zone by its name in the IANA database, such as ``Europe/London``; empty for none.

    Raises:
        KnownError: ``people.bad_time_zone``.
    """
    from zoneinfo import available_timezones

    if not text:
        return ""
    wanted = text.replace(" ", "_").casefold()
    for name in available_timezones():
        if name.casefold() == wanted:
            return name
    near = sorted(name for name in available_timezones() if name.casefold().endswith(f"/{wanted}"))
    if len(near) == 1:
        return near[0]  # the name of a town says enough
    raise KnownError("people.bad_time_zone", value=text)


def adult(text: str) -> int | None:
    """Whether someone is of age: yes, no, or not known.

    Raises:
        KnownError: ``people.bad_adult``.
    """
    word = text.casefold()
    if word in _UNKNOWN:
        return None
    if word not in _YES and word not in _NO:
        raise KnownError("people.bad_adult", value=text)
    return int(word in _YES)


def whole_day(text: str) -> str | None:
    """A whole day as ISO text, None where nothing is given.

    Raises:
        KnownError: ``people.no_day``.
    """
    if not text.strip():
        return None
    day = parse_day(text)
    if day is None or len(day) != len("2026-11-24"):
        raise KnownError("people.no_day", value=text)
    return day


def coming_day(store: Store, text: str) -> str | None:
    """A day until which something lasts: a day to come as it is written, or in words such as "in 3 weeks".

    Raises:
        KnownError: ``asking.no_day``.
    """
    return checked_day(store, text)


def _email(text: str) -> str:
    if not text:
        return ""
    email = parse_email(text)
    if email is None:
        raise KnownError("people.bad_email", value=text)
    return email.address
