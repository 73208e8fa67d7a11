"""An address that somebody wrote in an answer, taken apart into its parts for a person to look at."""

import re

from outreach.fields.places import country_code
from outreach.fields.text import clean

#: More lines than an address has; the rest of an answer is no part of it.
_MOST_LINES = 8
_STREET = re.compile(
    r"\d|\b(street|road|lane|avenue|way|close|court|drive|row|square|place|terrace|po box|postfach|stra(?:ss|ß)e|"
    r"platz|weg|rue|all[eé]e|calle|via|plaza)\b",
    re.IGNORECASE,
)
_POSTCODES = {
    "GB": r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}", "CA": r"[A-Z]\d[A-Z]\s*\d[A-Z]\d", "NL": r"\d{4}\s*[A-Z]{2}",
    "IE": r"[A-Z]\d[\dW]\s*[A-Z\d]{4}", "US": r"\d{5}(?:-\d{4})?",
}  # fmt: skip
_ANY_NUMBER = r"(?:[A-Z]{1,2}-)?\d{4,5}(?:-\d{3,4})?|\d{3}\s?\d{2}"
_STATE = re.compile(r"^(?P<city>.+?),?\s+(?P<region>[A-Z]{2,3})$")
_NO_ADDRESS = re.compile(
    r"[?!]|^(hi|hello|dear|thanks?|thank you|yes|sure|my address|here|it is|you can|please|best|love|warmly|cheers|"
    r"kind regards|regards|x+)\b|@|https?:",
    re.IGNORECASE,
)


def parse_address(text: str) -> dict[str, str]:
    """The parts of an address by the names of `addresses.PARTS`; empty where none is to be seen.

    It takes the lines around the one with the postcode, and leaves greetings and thanks out. Where everything stands on
    one line, commas part it.
    """
    lines = [clean(each).strip(" ,.;") for each in text.splitlines()]
    if len([each for each in lines if each]) <= 2:
        lines = [part.strip(" .;") for each in lines for part in each.split(",")]
    blocks = _blocks(lines)
    found = next(((block, at) for block in blocks for at in range(len(block)) if _postcode(block[at])[0]), None)
    if found is None:
        return {}
    block, at = found
    return _parts(block[: at + 3], at)


def _blocks(lines: list[str]) -> list[list[str]]:
    """Runs of lines that may be of an address."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line or _NO_ADDRESS.search(line):
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block[-_MOST_LINES:] for block in blocks if block]


def _postcode(line: str) -> tuple[str, str, str]:
    """A line's postcode, the country it is of where that is sure, and what else stands there."""
    for country, form in _POSTCODES.items():
        found = re.search(rf"(?<!\w){form}(?!\w)", line, re.IGNORECASE if country != "US" else 0)
        if found and not (country == "US" and not _STATE.match(line[: found.start()].strip(" ,"))):
            rest = f"{line[: found.start()]} {line[found.end() :]}"
            return found[0].upper(), country, clean(rest).strip(" ,")
    found = re.match(rf"({_ANY_NUMBER})\s+(?=\D+$)", line) or re.search(rf"(?<=\D)\s({_ANY_NUMBER})$", line)
    if found and not _STREET.search(line.replace(found[0], " ")):
        return found[1], "", clean(line.replace(found[0], " ")).strip(" ,")
    return "", "", line


def _parts(lines: list[str], at: int) -> dict[str, str]:
    postcode, country, rest = _postcode(lines[at])
    before, after = lines[:at], lines[at + 1 :]
    named = next((code for each in after if (code := country_code(each))), None)
    parts = {"postcode": postcode, "country": named or country}
    city = rest or (before.pop() if len(before) > 1 else "")
    state = _STATE.match(city)
    if state and country in ("US", "CA"):
        parts |= {"city": state["city"], "region": state["region"]}
    else:
        parts["city"] = city
    streets = [number for number, each in enumerate(before) if _STREET.search(each)]
    first = streets[0] if streets else max(0, len(before) - 1)
    if first > 0:
        parts["deliver_to"] = before[0]
    # A house without a number before the street is a part of it.
    street = before[1:] if first > 0 else before
    parts["line1"] = street[0] if street else ""
    parts["line2"] = ", ".join(street[1:])
    return {name: value for name, value in parts.items() if value}
