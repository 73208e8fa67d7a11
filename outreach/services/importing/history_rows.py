"""What was given and what came of it, as lists of people tell it: read in a child process, as plain values."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    between = _any_of(data["answers"]["of"])
    before = _any_of(map(fold, data["common"]["posted"]))  # the heading said once more: "posted about 2 of 3"
    return Words(
        untold=data["untold"],
        status={fold(word): state for state, all_ in data["status"].items() for word in all_},
        yes=frozenset(map(fold, data["answers"]["yes"])),
        no=frozenset(map(fold, data["answers"]["no"])),
        of=re.compile(
            rf"(?:(?:{before}) )?(?:about )?([0-9]{{1,3}})\s*(?:{between})\s*([0-9]{{1,3}})(?: gifts| books| titles)?"
        ),
        deals={fold(word): name for name, all_ in data["deals"].items() for word in all_},
        formats={fold(word): name for name, all_ in data["formats"].items() for word in all_},
    )


def _any_of(some: Iterable[str]) -> str:
    """The pattern of any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(some, key=len, reverse=True))


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
    reading = _Cells(order, today, told, doubts)
    for target, read in _READERS.items():
        for cell in cells.get(target, ()):
            read(reading, cell)
    _conclude(told)
    return told if told["state"] or told["of"] else None


class _Cells:
    """Reads the cells of one row into what is told."""

    def __init__(self, order: str, today: str, told: dict[str, Any], doubts: list[list[Any]]) -> None:
        self._order = order
        self._today = today
        self._told = told
        self._doubts = doubts

    def gift(self, cell: str) -> None:
        """A gift in one cell: a day, a title, a format, in any order but the title in one piece."""
        told, text = self._told, clean(cell)
        day = _DAY.search(text)
        if day:
            read = _day(day.group(), self._order, self._today)
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

    def title(self, cell: str) -> None:
        """What was given."""
        self._told["t"] = clean(cell)

    def isbn(self, cell: str) -> None:
        """The number of what was given."""
        self._told["s"] = parse_isbn(cell).isbn13 or ""

    def sent(self, cell: str) -> None:
        """The day it was sent."""
        self._keep_day("sent", cell)

    def delivered(self, cell: str) -> None:
        """The day it arrived."""
        self._keep_day("delivered", cell)

    def on(self, cell: str) -> None:
        """The day of the post."""
        self._keep_day("on", cell)

    def posted(self, cell: str) -> None:
        """Whether she spoke of it, of how many of how many, when, or where."""
        told, text = self._told, clean(cell)
        key = fold(text)
        of = words().of.fullmatch(key)
        address = _WEB.search(text)
        if of and int(of[1]) <= int(of[2]) <= _MOST and _day(text, self._order, "") is None:
            told["of"] = [int(of[1]), int(of[2])]
        elif address:
            told["posted"], told["url"] = True, told["url"] or address.group()
        elif key in words().yes or key in words().no:
            told["posted"] = key in words().yes
        else:
            answer, _, rest = key.partition(" ")
            day = _day(rest if answer in words().yes else text, self._order, self._today)
            if day is None:
                self._doubts.append(["rows.bad_posted", {"value": text[:80]}])
            else:
                told["posted"], told["on"] = True, told["on"] or day

    def placement(self, cell: str) -> None:
        """Where it appeared."""
        told, text = self._told, clean(cell)
        if fold(text) in words().no:
            told["posted"] = told["posted"] or False
            return
        told["posted"] = True
        address = _WEB.search(text)
        if address:
            told["url"] = told["url"] or address.group()
        if fold(text) not in words().yes:
            told["where"] = text

    def url(self, cell: str) -> None:
        """Where the post is."""
        self._told["url"] = self._told["url"] or clean(cell)

    def text(self, cell: str) -> None:
        """What the post says."""
        self._told["text"] = self._told["text"] or clean_lines(cell)

    def deal(self, cell: str) -> None:
        """What was agreed."""
        self._told["deal"] = words().deals.get(fold(cell), "")
        if not self._told["deal"]:
            self._doubts.append(["rows.bad_deal", {"value": clean(cell)[:50]}])

    def status(self, cell: str) -> None:
        """How far it is."""
        state = words().status.get(fold(cell))
        if state is None:
            self._doubts.append(["rows.bad_status", {"value": clean(cell)[:80]}])
        elif state == "posted":
            self._told["posted"] = True
        else:
            self._told["state"], self._told["stated"] = state, True

    def _keep_day(self, key: str, cell: str) -> None:
        day = _day(cell, self._order, self._today)
        if day is None:
            self._doubts.append(["rows.bad_date", {"value": clean(cell)[:50]}])
        elif not self._told[key]:
            self._told[key] = day


#: What reads the cells of a column, in the order in which they are read.
_READERS: Mapping[str, Callable[[_Cells, str], None]] = {
    "gift": _Cells.gift, "gift_title": _Cells.title, "gift_isbn": _Cells.isbn, "sent_on": _Cells.sent,
    "delivered_on": _Cells.delivered, "posted_on": _Cells.on, "posted": _Cells.posted, "placement": _Cells.placement,
    "post_url": _Cells.url, "post_text": _Cells.text, "deal": _Cells.deal, "status": _Cells.status,
}  # fmt: skip


def _conclude(told: dict[str, Any]) -> None:
    """The state that all of it comes to: whoever spoke of a gift has it, and a day of sending means it was sent."""
    ended = ("delivered", "closed_quiet")
    if told["posted"] or told["on"] or told["url"]:
        told["posted"] = True
        told["state"] = told["state"] if told["state"] in ended else "delivered"
    elif told["delivered"]:
        told["state"] = told["state"] if told["state"] in ended else "delivered"
    elif told["sent"] and told["state"] not in (*ended, "declined"):
        told["state"] = "sent"
    elif (told["t"] or told["s"]) and not told["state"] and told["posted"] is None:
        told["state"] = "sent"  # a gift that is named and of which nothing more is told
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
