"""People as vCards that address books, telephones and mail programs read; each has a UID that stays the same."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.services.catalogue.genres import load_genres
from outreach.services.people.cells import property_of
from outreach.services.people.people import PersonDetail, Taste, TasteKind
from outreach.services.people.suppressions import SALT
from outreach.store.files import replacing
from outreach.store.models import ExternalId, WorkspaceSetting

#: RFC 6350, section 3.2: a line has no more bytes than this; the rest goes on below, behind a blank.
_LONGEST_LINE = 75
_OWN = re.compile(r"outreach-[0-9a-f]{16}-p([0-9]{1,18})")
#: What cards of another program are kept under.
SOURCE = "vcard"

_TOLD = (
    ("TEL", "phone"), ("TITLE", "job_title"), ("ROLE", "role"), ("ORG", "organisation"),
    ("X-OUTREACH-GREETING", "greeting"), ("X-OUTREACH-ASK-AGAIN-ON", "ask_again_on"),
)  # fmt: skip


_TASTES = (
    ("LIKES", "own", "like"), ("DISLIKES", "own", "dislike"), ("LIMITS", "own", "limit"),
    ("AUDIENCE", "audience", "like"), ("AUDIENCE-DISLIKES", "audience", "dislike"),
    ("AUDIENCE-LIMITS", "audience", "limit"),
)  # fmt: skip


def uid_prefix() -> str:
    """What the UIDs of this workspace's people begin with; no other workspace has the same."""
    row = WorkspaceSetting.get_or_none(WorkspaceSetting.name == SALT)
    told = hashlib.sha256(f"uid:{row.value if row else ''}".encode()).hexdigest()
    return f"outreach-{told[:16]}-p"


def person_of_uid(uid: str, prefix: str) -> int | None:
    """The person that a UID of this workspace means, or None."""
    match = _OWN.fullmatch(uid)
    return int(match[1]) if match and uid.startswith(prefix) else None


class Cards:
    """Makes cards of one version.

    Attributes:
        version: ``3.0``, which everything reads, or ``4.0``.
    """

    def __init__(self, version: str = "3.0") -> None:
        self.version = version
        self._prefix = uid_prefix()
        rows = ExternalId.select(ExternalId.person, ExternalId.value).where(ExternalId.source == SOURCE)
        self._uids = dict(rows.tuples())

    def card(self, person: PersonDetail, cells: Mapping[str, str]) -> str:
        """One person's card.

        Args:
            person: Who.
            cells: What else is kept of her, as `outreach.services.exporting.people.people_whole` gathers it.
        """
        values = person.values
        lines = ["BEGIN:VCARD", f"VERSION:{self.version}"]
        lines.append("UID:" + _text(self._uids.get(person.id) or f"{self._prefix}{person.id}"))
        lines.append("FN:" + _text(values["name"]))
        lines.append(f"N:{_text(values['family_name'])};{_text(values['given_name'])};;;")
        for number, email in enumerate(person.emails):
            lines.append(f"EMAIL{self._typed('INTERNET', first=not number)}:{_text(email)}")
        lines += self._told(values)
        for address in sorted(person.addresses, key=lambda each: not each["is_current"]):
            parts = ("line1", "city", "region", "postcode", "country")
            told = ";".join(_text(address[name]) for name in parts)
            lines.append(
                f"ADR{self._typed('HOME', first=bool(address['is_current']))}:;{_text(address['line2'])};{told}"
            )
        lines += _alone(person)
        for platform, handle, url, _followers in person.accounts:
            lines.append(_account(platform, handle, url))
        if person.tags:
            lines.append("CATEGORIES:" + ",".join(map(_text, person.tags)))
        for name, side, polarity in _TASTES:
            subjects = _subjects(person.tastes, side, polarity)
            if subjects:
                lines.append(f"X-OUTREACH-{name}:{_text(subjects)}")
        if values["notes"]:
            lines.append("NOTE:" + _text(values["notes"]))
        lines += [f"{property_of(target)}:{_text(cell)}" for target, cell in cells.items() if cell]
        lines.append("END:VCARD")
        return "".join(_folded(line) + "\r\n" for line in lines)

    def _told(self, values: Mapping[str, Any]) -> Iterable[str]:
        for name, key in _TOLD:
            if values[key]:
                yield f"{name}:{_text(values[key])}"
        if values["language"]:
            yield ("LANG:" if self.version == "4.0" else "X-LANG:") + _text(values["language"])

    def _typed(self, kind: str, *, first: bool) -> str:
        if self.version == "4.0":
            return f"{';TYPE=home' if kind == 'HOME' else ''}{';PREF=1' if first else ''}"
        return f";TYPE={kind}{',PREF' if first else ''}"


def _alone(person: PersonDetail) -> Iterable[str]:
    """What a card's address has no place for: to whom it goes, and the country of someone without one."""
    now = next((each for each in person.addresses if each["is_current"]), None)
    if now and now["deliver_to"]:
        yield "X-OUTREACH-DELIVER-TO:" + _text(now["deliver_to"])
    if person.values["country"] and not (now and now["country"] == person.values["country"]):
        yield "X-OUTREACH-COUNTRY:" + _text(person.values["country"])


def write_cards(path: Path, cards: Iterable[str]) -> int:
    """Write cards into one file, whole or not at all; how many is returned.

    Raises:
        KnownError: ``files.not_written``.
    """
    count = 0
    try:
        with replacing(path) as made, made.open("w", encoding="utf-8", newline="") as file:
            for card in cards:
                file.write(card)
                count += 1
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error
    return count


def _account(platform: str, handle: str, url: str) -> str:
    if platform == "blog" or (not platform and url):
        return "URL:" + url
    if not platform:
        return "X-OUTREACH-HANDLE:" + _text(handle)
    return f"X-SOCIALPROFILE;TYPE={platform}:{_text(url or '@' + handle)}"


def _subjects(tastes: Iterable[Taste], side: str, polarity: str) -> str:
    return " / ".join(taste_word(each) for each in tastes if each.side == side and each.polarity == polarity)


def taste_word(taste: Taste) -> str:
    """A taste as lists name it; its kind stands before what would be read as something else: ``trope: music``."""
    if taste.kind == TasteKind.GENRE:
        return taste.subject
    plain = taste.kind == TasteKind.TROPE and load_genres().of_word(taste.subject) is None
    return taste.subject if plain else f"{taste.kind}: {taste.subject}"


def _text(value: object) -> str:
    text = str(value or "").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces that are no longer than allowed; no letter is cut in two."""
    raw = line.encode("utf-8", "replace")
    if len(raw) <= _LONGEST_LINE:
        return raw.decode()
    pieces, start = [], 0
    room = _LONGEST_LINE
    while start < len(raw):
        end = min(start + room, len(raw))
        while end < len(raw) and raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[start:end])
        start, room = end, _LONGEST_LINE - 1
    return b"\r\n ".join(pieces).decode()
