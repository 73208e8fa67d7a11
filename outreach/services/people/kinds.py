"""Kinds of notes, of documents and of audience fields, from ``resources/people.toml``."""

import tomllib
from functools import cache
from typing import Any

from outreach.paths import resource


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("people.toml").read_text(encoding="utf-8"))


def note_kinds() -> tuple[str, ...]:
    """The kinds of notes, as they are offered."""
    return tuple(_data()["notes"])


def document_kinds() -> tuple[str, ...]:
    """The kinds of documents, as they are offered."""
    return tuple(_data()["documents"])


def audience_fields() -> dict[str, bool]:
    """The fields of an audience's make-up, each with whether it is sensitive."""
    return {name: bool(each["sensitive"]) for name, each in _data()["audience"].items()}
