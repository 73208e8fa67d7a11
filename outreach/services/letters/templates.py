"""Template files: a TOML header between two lines ``+++``, then the letter in Markdown with Jinja2.

+++
name = "first-pitch"
label = "First pitch"
kind = "pitch"
subject = "For you, {{ person.first_name }}"
+++

{{ person.greeting }},
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import tomli_w

from outreach.errors import KnownError
from outreach.paths import resource

_FENCE = "+++"
_HEADER_KEYS = ("name", "label", "kind", "subject")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TOML_PLACE = re.compile(r"at line (\d+)")


class LetterKind(StrEnum):
    """What a letter is for; which checks it must pass depends on it."""

    PITCH = "pitch"
    ADDRESS = "address"
    NOTE = "note"
    THANKS = "thanks"
    OFFER = "offer"
    INVITATION = "invitation"
    PERMISSION = "permission"
    DISCLOSURE = "disclosure"
    DELIVERY = "delivery"
    REPLY = "reply"
    REMINDER = "reminder"
    INTRODUCTION = "introduction"
    WEEK = "week"


#: Kinds of which a person may get another about the same title: the next session, introduction or week.
REPEATED = frozenset({LetterKind.REMINDER.value, LetterKind.INTRODUCTION.value, LetterKind.WEEK.value})


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template as people write it.

    Attributes:
        name: Its slug, such as ``first-pitch``.
        label: Its name as shown.
        kind: What its letters are for.
        subject: One line of Jinja2; not Markdown.
        body: Markdown with Jinja2.
    """

    name: str
    label: str
    kind: LetterKind
    subject: str
    body: str


def parse_template(text: str) -> TemplateText:
    """Read a template file's text.

    Raises:
        KnownError: ``letters.bad_template_file`` with the line, and what stands there or is missing.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != _FENCE:
        raise _bad(1, _FENCE)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise _bad(len(lines), _FENCE)
    header = _header(lines[1:end])
    rest = lines[end + 1 :]
    if rest and not rest[0].strip():
        del rest[0]
    body = "\n".join(rest).removesuffix("\n")
    if not body.strip():
        raise _bad(end + 1, _FENCE)
    return TemplateText(header["name"], header["label"], LetterKind(header["kind"]), header["subject"], body)


def format_template(template: TemplateText) -> str:
    """The file text of a template; `parse_template` gives the same template back."""
    header = {key: str(getattr(template, key)) for key in _HEADER_KEYS}
    return f"{_FENCE}\n{tomli_w.dumps(header)}{_FENCE}\n\n{template.body}\n"


def starters(language: str = "en") -> list[TemplateText]:
    """The templates that ship with the program, in the order of their kinds; English where a language has none."""
    folder = resource("letters", language)
    files = (folder if folder.is_dir() else resource("letters")).glob("*.md")
    kinds = list(LetterKind)
    templates = (parse_template(file.read_text("utf-8")) for file in files)
    return sorted(templates, key=lambda template: (kinds.index(template.kind), template.name))


def _header(lines: list[str]) -> dict[str, str]:
    try:
        header = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        number = min(int(place[1]), len(lines)) if place else len(lines)
        raise _bad(number + 1, lines[number - 1].strip() if number else _FENCE) from error
    for key in header:
        if key not in _HEADER_KEYS:
            raise _bad(_line_of(key, lines), key)
    for key in _HEADER_KEYS:
        if not _is_good(key, header.get(key)):
            raise _bad(_line_of(key, lines), key)
    return header


def _is_good(key: str, value: Any) -> bool:
    """Whether a header's value is one non-empty line, and of its key's shape."""
    if not isinstance(value, str) or not value.strip() or len(value.splitlines()) != 1:
        return False
    if key == "name":
        return _SLUG.fullmatch(value) is not None
    return key != "kind" or value in list(LetterKind)


def _line_of(key: str, lines: list[str]) -> int:
    """The line of the file that sets a key; the line where the header ends when none does."""
    for number, line in enumerate(lines, 2):
        if line.split("=")[0].strip().strip("\"'") == key:
            return number
    return len(lines) + 2


def _bad(line: int, what: str) -> KnownError:
    return KnownError("letters.bad_template_file", line=line, what=what)
