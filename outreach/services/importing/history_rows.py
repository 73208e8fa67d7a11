"""What was given and what came of it, as lists of people tell it: read in a child process, as plain values."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from outreach.fields.dates import parse_day
from outreach.fields.isbn import parse_isbn
from outreach.fields.text import clean, clean_lines, fold
from outreach.paths import resource
from outreach.services.importing.layouts import Column

#: What columns of history can be.
TARGETS = frozenset(
    {"gift", "gift_title", "gift_isbn", "status", "posted", "placement", "sent_on", "delivered_on", "posted_on"}
    | {"post_url", "post_text", "deal"}
)
#: So many gifts in a cell are none that a publicist counted.
_MOST = 200
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}(?:[./-][0-9]{2,4})?")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of ``history.toml``, folded."""

    untold: str
    status: Mapping[str, str]
    yes: frozenset[str]
    no: frozenset[str]
    of: re.Pattern[str]
    formats: Mapping[str, str]
    deals: Mapping[str, str]


@cache
def words() -> Words:
    """The words that lists use."""
    data = tomllib.loads(resource("import", "history.toml").read_text(encoding="utf-8"))
    between = "|".join(re.escape(word) for word in sorted(data["answers"]["of"], key=len, reverse=True))
    return Words(
        untold=data["untold"],
        status={fold(word): state for state, all_ in data["status"].items() for word in all_},
        yes=frozenset(map(fold, data["answers"]["yes"])),
        no=frozenset(map(fold, data["answers"]["no"])),
        of=re.compile(rf"(?:about )?([0-9]{{1,3}})\s*(?:{between})\s*([0-9]{{1,3}})(?: gifts| books| titles)?"),
        deals={fold(word): name for name, all_ in data["deals"].items() for word in all_},
        formats={fold(word): name for name, all_ in data["formats"].items() for word in all_},
    )


def read_history(
    found: Mapping[str, Sequence[tuple[Column, str]]], order: str, today: str, doubts: list[list[Any]]
) -> dict[str, Any] | None:
    """What the cells of a row tell of a gift; None where they tell nothing.

    Args:
        found: The cells, by what they are.
        order: How days in figures are meant.
        today: For days without a year.
        doubts: What could not be read is added to it.

    Returns:
        ``t`` title, ``s`` ISBN, ``f`` format, ``state``, ``sent``, ``delivered``, ``posted`` (whether they spoke of
        it, None where that is not told), ``on`` the day of the post, ``url``, ``text``, ``of`` how many of how many.
    """
    cells = {name: [cell for _, cell in found[name]] for name in TARGETS if name in found}
    if not cells:
        return None
    told: dict[str, Any] = {
        "t": "", "s": "", "f": "", "state": "", "sent": "", "delivered": "", "posted": None, "on": "", "url": "",
        "text": "", "of": None, "deal": "", "stated": False,
    }  # fmt: skip
    for cell in cells.get("gift", ()):
        _gift(cell, order, today, told)
    for cell in cells.get("gift_title", ()):
        told["t"] = clean(cell)
    for cell in cells.get("gift_isbn", ()):
        told["s"] = parse_isbn(cell).isbn13 or ""
    for name, key in (("sent_on", "sent"), ("delivered_on", "delivered"), ("posted_on", "on")):
        for cell in cells.get(name, ()):
            day = _day(cell, order, today)
            if day is None:
                doubts.append(["rows.bad_date", {"value": clean(cell)[:50]}])
            elif not told[key]:
                told[key] = day
    for cell in cells.get("posted", ()):
        _posted(cell, order, today, told, doubts)
    for cell in cells.get("placement", ()):
        _placement(cell, told)
    for cell in cells.get("post_url", ()):
        told["url"] = told["url"] or clean(cell)
    for cell in cells.get("post_text", ()):
        told["text"] = told["text"] or clean_lines(cell)
    for cell in cells.get("deal", ()):
        told["deal"] = words().deals.get(fold(cell), "")
        if not told["deal"]:
            doubts.append(["rows.bad_deal", {"value": clean(cell)[:50]}])
    for cell in cells.get("status", ()):
        _status(cell, told, doubts)
    _conclude(told)
    return told if told["state"] or told["of"] else None


def _gift(cell: str, order: str, today: str, told: dict[str, Any]) -> None:
    """A gift in one cell: a day, a title, a format, in any order but the title in one piece."""
    text = clean(cell)
    day = _DAY.search(text)
    if day:
        read = _day(day.group(), order, today)
        if read:
            told["sent"] = read
            text = clean(text[: day.start()] + " " + text[day.end() :]).strip(" ,;:-–")
    head, _, last = text.rpartition(" ")
    form = words().formats.get(fold(last.strip("()[]")))
    if form and head:
        told["f"], text = form, head.strip(" ,;:-–(")
    if fold(text) in words().yes:
        told["state"] = "sent"
    elif fold(text) not in words().no:
        told["t"] = text
    if told["t"] or told["sent"]:
        told["state"] = "sent"


def _posted(cell: str, order: str, today: str, told: dict[str, Any], doubts: list[list[Any]]) -> None:
    text = clean(cell)
    key = fold(text)
    of = words().of.fullmatch(key)
    address = _WEB.search(text)
    if of and int(of[1]) <= int(of[2]) <= _MOST and _day(text, order, "") is None:
        told["of"] = [int(of[1]), int(of[2])]
    elif address:
        told["posted"], told["url"] = True, told["url"] or address.group()
    elif key in words().yes:
        told["posted"] = True
    elif key in words().no:
        told["posted"] = False
    else:
        answer, _, rest = key.partition(" ")
        day = _day(rest if answer in words().yes else text, order, today)
        if day is None:
            doubts.append(["rows.bad_posted", {"value": text[:80]}])
        else:
            told["posted"], told["on"] = True, told["on"] or day


def _placement(cell: str, told: dict[str, Any]) -> None:
    text = clean(cell)
    if fold(text) in words().no:
        told["posted"] = told["posted"] or False
        return
    told["posted"] = True
    address = _WEB.search(text)
    if address:
        told["url"] = told["url"] or address.group()
    if fold(text) not in words().yes:
        told["where"] = text


def _status(cell: str, told: dict[str, Any], doubts: list[list[Any]]) -> None:
    state = words().status.get(fold(cell))
    if state is None:
        doubts.append(["rows.bad_status", {"value": clean(cell)[:80]}])
    elif state == "posted":
        told["posted"] = True
    else:
        told["state"], told["stated"] = state, True


def _conclude(told: dict[str, Any]) -> None:
    """The state that all of it comes to: whoever spoke of a gift has it, and a day of sending means it was sent."""
    if told["posted"] or told["on"] or told["url"]:
        told["posted"] = True
        told["state"] = told["state"] if told["state"] in ("delivered", "closed_quiet") else "delivered"
    elif told["delivered"] and told["state"] != "closed_quiet":
        told["state"] = "delivered"
    elif (told["sent"] and told["state"] not in ("delivered", "closed_quiet", "declined")) or ((told["t"] or told["s"]) and not told["state"] and told["posted"] is None):
        told["state"] = "sent"
    if told["posted"] is False and told["state"] in ("", "sent", "accepted"):
        # Had it, and said nothing: as good an ending as any.
        told["state"] = "closed_quiet"


def _day(text: str, order: str, today: str) -> str | None:
    """A whole day; one without a year is the last of that name before today."""
    text = clean(text)
    day = parse_day(text, order)
    if day is not None:
        return day if len(day) == len("2027-03-03") else None
    short = re.fullmatch(r"([0-9]{1,2})[./-]([0-9]{1,2})[.]?", text)
    if not short or not today:
        return None
    for year in (int(today[:4]), int(today[:4]) - 1):
        day = parse_day(f"{short[1]}/{short[2]}/{year}", order)
        if day is not None and day <= today:
            return day
    return None
