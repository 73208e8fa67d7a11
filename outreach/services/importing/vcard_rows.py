"""A vCard as the cells of a row: the same kinds of values that a spreadsheet's columns hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from outreach.fields.accounts import platform_of_word
from outreach.fields.text import clean, unseen
from outreach.services.importing.layouts import Column
from outreach.services.importing.vcards import Card, Property, read_cards
from outreach.services.people.cells import CELLS, property_of
from outreach.services.people.cells import LINES as CELL_LINES

#: The values of a row by what they are, each with the column that it stands in.
Found = dict[str, list[tuple[Column, str]]]

LAYOUT = "vcard"

#: What may hold several lines, or several values that stand on lines.
LINES = {"notes", "note", "address.whole", "profile", "custom.value", "email", "post_text"} | CELL_LINES

#: Properties that are one text; those of our own carry what no card has a place for.
_TEXTS = (
    ("EMAIL", "email"), ("TITLE", "job_title"), ("ROLE", "role"), ("NOTE", "notes"), ("UID", "id"),
    ("LANG", "language"),
    ("X-LANG", "language"), ("X-OUTREACH-GREETING", "greeting"), ("X-OUTREACH-COUNTRY", "person_country"),
    ("X-OUTREACH-HANDLE", "handle"), ("X-OUTREACH-LIKES", "likes"), ("X-OUTREACH-LIMITS", "dislikes"),
    ("X-OUTREACH-DISLIKES", "unliked"), ("X-OUTREACH-AUDIENCE", "audience_likes"),
    ("X-OUTREACH-AUDIENCE-DISLIKES", "audience_unliked"), ("X-OUTREACH-AUDIENCE-LIMITS", "audience_limits"),
    ("X-OUTREACH-ASK-AGAIN-ON", "ask_again_on"), *((property_of(target), target) for target, _ in CELLS),
)  # fmt: skip
_PLACE = ("po_box", "line2", "line1", "city", "region", "postcode", "country")
_SOCIAL = ("X-SOCIALPROFILE", "SOCIALPROFILE", "IMPP")
#: An account may stand in a property of its own, such as ``X-TWITTER``.
_OWN_LINE = "X-"


class Put(Protocol):
    """Keeps a text as a value of some kind."""

    def __call__(self, target: str, text: str, *, group: str = "", header: str = "") -> None:
        """Keep a text, with what holds it together with others and what it is called."""


def cell_of(target: str, text: str) -> str:
    """A cell as its row has it; an address keeps its unseen signs, since it is refused because of them."""
    raw = target in LINES or (target.startswith("address.") and unseen(text))
    return text.strip() if raw else clean(text)


def card_rows(path: Path) -> Iterator[tuple[int, Found]]:
    """The cards of a file as rows, each with the line on which it begins."""
    for card in read_cards(path):
        yield card.line, found_in(card)


def found_in(card: Card) -> Found:
    """What a card tells, by what it is; a telephone number beyond the first, and a nickname, go to the notes."""
    found: Found = {}

    def put(target: str, text: str, *, group: str = "", header: str = "") -> None:
        cell = cell_of(target, text)
        if cell:
            found.setdefault(target, []).append((Column(0, header, target, group), cell))

    _name(card, put)
    for number, phone in enumerate(card.all("TEL")):
        text = phone.text.removeprefix("tel:")
        put("note" if number else "phone", text, header="Phone")
    _places(card, put)
    for each in card.all("X-OUTREACH-DELIVER-TO"):
        put("address.deliver_to", each.text, group="1")
    for each in card.all("ORG"):
        put("organisation", ", ".join(part.strip() for part in each.parts if part.strip()))
    for name, target in _TEXTS:
        for each in card.all(name):
            put(target, each.text)
    for each in card.all("CATEGORIES", "X-CATEGORIES"):
        put("tags", ", ".join(item.strip() for item in each.items))
    for each in card.all("NICKNAME"):
        put("note", each.text, header="Nickname")
    _accounts(card, put)
    return found


def _name(card: Card, put: Put) -> None:
    shown, parts = card.first("FN"), card.first("N")
    if parts is not None:
        family, given, middle, _prefix, suffix = [*(part.replace(",", " ") for part in parts.parts), *[""] * 5][:5]
        put("family_name", f"{family} {suffix}" if suffix.strip() and family.strip() else family)
        put("given_name", given)
        put("middle_name", middle)
    if shown is not None and shown.text.strip():
        put("shown_name", shown.text)
    elif parts is None or not any(part.strip() for part in parts.parts):
        other = card.first("NICKNAME") or card.first("ORG")
        put("shown_name", " ".join(part for part in other.parts if part) if other else "")


def _places(card: Card, put: Put) -> None:
    addresses = card.all("ADR")
    for number, address in enumerate(addresses):
        _address(address, str(number + 1), put)
    if not any(part.strip() for address in addresses for part in address.parts):
        for number, label in enumerate(card.all("LABEL")):
            put("address.whole", label.text, group=str(number + 1))


def _address(address: Property, group: str, put: Put) -> None:
    parts = [*address.parts, *[""] * 7][:7]
    label = ", ".join(address.params.get("LABEL", ()))
    if not any(part.strip() for part in parts):
        put("address.whole", label, group=group)
        return
    # A single text in the place of the street or before it is a whole address that was never taken apart.
    told = [part for part in parts if part.strip()]
    if len(told) == 1 and "\n" in told[0]:
        put("address.whole", told[0], group=group)
        return
    for name, text in zip(_PLACE, parts, strict=True):
        lines = [line.strip(" ,") for line in text.splitlines() if line.strip(" ,")]
        if name == "line1" and len(lines) > 1:
            put("address.line1", lines[0], group=group)
            put("address.line3", ", ".join(lines[1:]), group=group)
        else:
            put(f"address.{name}", ", ".join(lines), group=group)


def _accounts(card: Card, put: Put) -> None:
    for each in card.all("URL"):
        put("profile", each.text)
    for each in card.all(*_SOCIAL):
        words = (*each.params.get("SERVICE-TYPE", ()), *each.params.get("X-SERVICE-TYPE", ()), *each.types)
        platform = next((code for code in map(platform_of_word, words) if code), "")
        scheme, _, rest = each.text.partition(":")
        platform = platform or platform_of_word(scheme) or ""
        text = each.text if scheme.lower() in ("http", "https") or not rest else rest
        if platform:
            put("profile", text, group=platform)
        elif text.startswith("http"):
            put("profile", text)
        else:
            put("note", each.text, header=" ".join(each.types) or "Account")
    for each in card.properties:
        named = platform_of_word(each.name[2:]) if each.name.startswith(_OWN_LINE) else None
        if named and each.name not in _SOCIAL:
            put("profile", each.text, group=named)
