"""What letters say by themselves in a language: how they greet, the lines they share, what they call a copy.

English is in ``resources/letters/words.toml``, ``lines.toml``, ``disclosure.toml`` and ``disclosure_deals.toml``; each
other language has a folder in ``resources/letters``, with a ``words.toml`` that holds all of these, and starters.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from outreach.paths import resource

ENGLISH = "en"
_WORDS = "words.toml"
#: By how the pronouns begin that somebody gave.
_PRONOUNS = {"she": ("she", "her", "sie"), "he": ("he", "him", "er")}


@dataclass(frozen=True, slots=True)
class Language:
    """The words of letters in one language.

    Attributes:
        lines: Sentences that letters share, by name.
        formats: What a letter calls a copy, by its form; those that we would rather send stand first.
        openings: First lines that may be proposed, by what they rest on.
        notice: Where somebody's address is from, up to that place.
        notice_end: What follows it.
        spoke: What somebody did who said something of a book.
    """

    lines: Mapping[str, str]
    formats: Mapping[str, str]
    openings: Mapping[str, str]
    notice: str
    notice_end: str
    spoke: str
    _greetings: Mapping[str, str]
    _disclosure: Mapping[str, Mapping[str, str]]
    _day: tuple[str, str]
    _weekday: tuple[str, str]

    def greeting(self, name: str, first_name: str, pronouns: str) -> str:
        """A salutation; nobody's gender is guessed."""
        first = re.match(r"\w*", pronouns.strip().casefold())
        kind = next((kind for kind, begin in _PRONOUNS.items() if first and first[0] in begin), "")
        return self._greetings.get(kind, self._greetings[""]).format(name=name, first_name=first_name)

    def disclosure(self, country: str, organisation: str, deal: str = "") -> str:
        """What a letter says of telling readers, by the recipient's country: of a gift, or of what was agreed."""
        lines = self._disclosure[deal]
        return lines.get(country, lines["default"]).replace("{organisation}", organisation)

    def disclosure_lines(self) -> list[str]:
        """All that letters say of a gift, for any country."""
        return list(self._disclosure[""].values())

    def day(self, iso: str | None) -> str:
        """A day as it stands in a letter, such as "3 March 2027"; partial days as far as they go."""
        if not iso or len(iso) != len("2027-03-03"):
            return iso or ""
        from babel.dates import format_date

        return str(format_date(date.fromisoformat(iso), *self._day))

    def weekday(self, iso: str) -> str:
        """A day of the weeks to come, such as "Thursday 3 December"."""
        from babel.dates import format_date

        return str(format_date(date.fromisoformat(iso), *self._weekday))


def languages() -> list[str]:
    """The languages in which there are letters, by their two letters."""
    return [ENGLISH, *sorted(path.parent.name for path in resource("letters").glob(f"*/{_WORDS}"))]


@cache
def language(code: str) -> Language:
    """The words of letters in a language; English where there are none."""
    if code not in languages() or code == ENGLISH:
        words = _read("letters", _WORDS) | {"lines": _read("lines.toml"), "disclosure": _read("disclosure.toml"),
                                            "deals": _read("disclosure_deals.toml")}  # fmt: skip
    else:
        words = _read("letters", code, _WORDS)
    return Language(
        lines=words["lines"], formats=words["formats"], openings=words["openings"], notice=words["notice"],
        notice_end=words["notice_end"], spoke=words["spoke"],
        _greetings={"": words["greeting"], **words.get("greetings", {})},
        _disclosure={"": words["disclosure"], **words["deals"]}, _day=(words["day"], words["locale"]),
        _weekday=(words["weekday"], words["locale"]),
    )  # fmt: skip


def _read(*parts: str) -> dict[str, Any]:
    return tomllib.loads(resource(*parts).read_text(encoding="utf-8"))
