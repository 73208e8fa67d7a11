"""What people are to us, as a word: the roles of ``resources/roles.toml``, or any other word."""

import tomllib
from functools import cache

from outreach.fields.text import clean, fold
from outreach.paths import resource


@cache
def known_roles() -> tuple[str, ...]:
    """The names of our own roles, in the order in which they are offered."""
    return tuple(_words())


@cache
def _words() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(resource("roles.toml").read_text(encoding="utf-8"))
    return {name: tuple(map(fold, role["words"])) for name, role in data.items()}


def role_of(text: str) -> str:
    """The role that is meant by a word: one of ours where it is one, else the word itself."""
    cleaned = clean(text)
    key = fold(cleaned)
    name = key.replace(" ", "_").replace("-", "_")
    if name in _words():
        return name
    return next((role for role, words in _words().items() if key in words), cleaned)
