"""Countries and their regions, found by what people write for them (`countries.toml`)."""

import re
import tomllib
from functools import cache, lru_cache
from typing import Any

from outreach.fields.text import fold
from outreach.paths import resource

_LONGEST = 80
_NOT_A_WORD = re.compile(r"[\W_]+")


def country_code(text: str) -> str | None:
    """The two letters (ISO 3166-1) of a country given by its code of two or three letters or by its name.

    Names are known in English and in the languages that `countries.toml` lists, besides short and local ones.
    """
    return _code_of(text) if len(text) <= _LONGEST else None


def is_region(text: str, country: str) -> bool:
    """Whether a text is a region of the country by its code, written large, or by its name."""
    codes, names = _regions(country)
    return text in codes or fold(text) in names


def is_region_code(text: str, country: str) -> bool:
    """Whether a text is the code of a region of the country, written large."""
    return text in _regions(country)[0]


def region_code(text: str, country: str) -> str | None:
    """The code of a country's region, given by its code or its name; None where we do not know it."""
    regions = country_data()["regions"].get(country, {})
    wanted = fold(text).replace(".", "")
    return next((code for code, name in regions.items() if wanted in (code.casefold(), fold(name))), None)


@cache
def country_data() -> dict[str, Any]:
    """The content of `countries.toml`."""
    return tomllib.loads(resource("countries.toml").read_text("utf-8"))


@lru_cache(maxsize=2048)
def _code_of(text: str) -> str | None:
    word = _word(text)
    return _common().get(word) or (_all_names().get(word) if len(word) > 3 or not word.isascii() else None)


def _word(text: str) -> str:
    plain = fold(text).replace(".", "").replace("&", " and ").replace("'", "")
    return _NOT_A_WORD.sub(" ", plain).strip().removeprefix("the ")


@cache
def _common() -> dict[str, str]:
    data = country_data()
    known = {_word(name): code for code, names in data["words"].items() for name in names}
    for pair in data["codes"]:
        code = pair[:2]
        known.update(dict.fromkeys(map(_word, pair.split()), code))
    return known


@cache
def _all_names() -> dict[str, str]:
    from babel import Locale  # heavy

    codes = {pair[:2] for pair in country_data()["codes"]}
    names: dict[str, str] = {}
    for language in country_data()["languages"]:
        for code, name in Locale.parse(language).territories.items():
            if code in codes:
                names.setdefault(_word(name), code)
    return names


@cache
def _regions(country: str) -> tuple[frozenset[str], frozenset[str]]:
    regions = country_data()["regions"].get(country, {})
    return frozenset(regions), frozenset(map(fold, regions.values()))
