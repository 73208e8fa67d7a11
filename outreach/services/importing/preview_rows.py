"""How each column of a list would be read; run in a child process, which looks at no workspace."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import islice
from pathlib import Path
from typing import Any

from outreach.fields.accounts import parse_profile, platform_of_word
from outreach.fields.countries import country_code
from outreach.fields.dates import parse_day
from outreach.fields.email import parse_email, split_emails
from outreach.fields.isbn import parse_gtin, parse_isbn
from outreach.fields.numbers import parse_amount, parse_count
from outreach.fields.places import split_address
from outreach.fields.text import clean, fold
from outreach.services.catalogue.genres import load_genres
from outreach.services.importing.files import FileKind, sniff
from outreach.services.importing.history_rows import TARGETS as HISTORY
from outreach.services.importing.history_rows import read_history
from outreach.services.importing.kinds import ImportKind, likeliest
from outreach.services.importing.layouts import PLAIN, Column, Reading, days_of, read_header, users_word
from outreach.services.importing.tables import Row, Table, open_table
from outreach.services.people.cells import read_cells

Read = tuple[str, dict[str, Any]]

_ROWS = 200
_LONGEST = 120
#: One value in so many may be odd without a word.
_ODD = 5
_GENRES = {"likes", "dislikes", "audience_likes", "genres"}
_LISTS = {"tags", "keywords", "comps", "likes_or_tags"}
_DAYS = {
    "pub_date", "on_sale_date", "review_embargo", "sales_embargo", "ask_again_on", "away_until", "archived_on",
    "kept_on", "address_since", "address_confirmed", "stopped_on",
}  # fmt: skip
_CONSENT = ("gdpr", "consent", "opt-in", "opt in", "dsgvo", "einwilligung", "rgpd", "consentement", "permission")


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the one look at a file.

    Args:
        payload: As `outreach.services.importing.preview.look_at` makes it.
    """
    path = Path(payload["path"])
    kind = ImportKind(payload["kind"]) if payload["kind"] else None
    found = sniff(path)
    if found in (FileKind.ONIX, FileKind.XML, FileKind.VCARD):
        told = ImportKind.PEOPLE if found is FileKind.VCARD else ImportKind.CATALOGUE
        chosen = kind if kind is ImportKind.SUPPRESSIONS else told
        layout = "vcard" if found is FileKind.VCARD else "onix"
        yield {"kind": chosen.value, "layout": layout, "columns": [], "mapping": {}, "policy": {}, "as_before": False}
        return
    table = open_table(path)
    kind = kind or likeliest(table.header, ImportKind(payload["likely"]))
    told_before = {"mapping": payload["mapping"], "shapes": payload["shapes"].get(kind.value, {})}
    mapping, before = users_word(told_before, table.header)
    reading = read_header(kind.value, table.header, mapping)
    yield {
        "kind": kind.value,
        "layout": reading.layout,
        "columns": _columns(table, reading, payload["today"], frozenset(mapping)),
        "mapping": dict(mapping),
        "policy": before.get("policy", {}),
        "as_before": bool(before),
    }


def _columns(table: Table, reading: Reading, today: str, told: Set[str]) -> list[dict[str, Any]]:
    rows = [row.cells for row in islice(table.rows(), _ROWS) if isinstance(row, Row)]
    order = days_of(table, reading.columns)
    known = {column.index: column for column in reading.columns}
    platforms = [column.index for column in reading.columns if column.target == "platform"]
    made = []
    for index, header in enumerate(table.header):
        values = [(row[index], row) for row in rows if row[index].strip()]
        if not (header or values):
            continue
        column = known.get(index)
        if column is None:
            target, group = ("" if index in reading.unused or not header else "ignore"), ""
            reads, doubtful = _unknown(header, target, bool(values))
        elif _guesses_consent(column, reading, told) and values:
            target, group, reads, doubtful = "", "", ("reads.consent", {}), True
        else:
            target, group = column.target, column.group
            beside = platforms[0] if platforms else None
            results = [_read(column, cell, row[beside] if beside is not None else "", order, today)
                       for cell, row in values]  # fmt: skip
            reads = next((result for result in results if result), ("reads.empty", {}))
            odd = sum(result is None for result in results)
            doubtful = odd * _ODD > len(results) > 0
            if results and results[0] is None:
                reads = ("reads.odd", {"value": clean(values[0][0])[:_LONGEST]})
        sample = clean(values[0][0])[:_LONGEST] if values else ""
        made.append({"header": header or f"{index + 1}", "sample": sample, "target": target, "group": group,
                     "reads": reads, "is_doubtful": doubtful})  # fmt: skip
    return made


def _guesses_consent(column: Column, reading: Reading, told: Set[str]) -> bool:
    """Whether a column of free words on consent is only a guess: it is kept, and the user is asked what it is."""
    return column.target == "consent" and reading.layout == PLAIN and column.header not in told


def _unknown(header: str, target: str, filled: bool) -> tuple[Read, bool]:
    if target == "ignore" or not filled:
        return ("reads.left_out", {}), False
    if any(word in fold(header) for word in _CONSENT):
        return ("reads.consent", {}), True
    return ("reads.unknown", {}), True


def _read(column: Column, cell: str, platform: str, order: str, today: str) -> Read | None:
    """How a value is read; None where it cannot be."""
    target = column.target
    if target in HISTORY:
        return _history(column, cell, order, today)
    if target in ("handle", "profile"):
        return _account(cell, platform_of_word(platform) if target == "handle" and platform else column.group or None)
    if target.startswith("consent"):
        return _consent(column, cell)
    reader = _READERS.get(target)
    if reader is not None:
        return reader(cell, order)
    if target in _GENRES:
        return _genres(cell)
    if target in _LISTS:
        return "reads.text", {"value": ", ".join(_words(cell))[:_LONGEST]}
    if target in _DAYS:
        day = parse_day(cell, order)
        return ("reads.day", {"value_day": day}) if day else None
    return "reads.text", {"value": clean(cell)[:_LONGEST]}


def _consent(column: Column, cell: str) -> Read | None:
    """What is kept of a cell on consent; free words are always kept, whatever is read from them."""
    told = f"{column.header}: {cell}" if column.target == "consent" else cell
    doubts: list[list[Any]] = []
    read_ = read_cells({column.target: [told]}, doubts).get("c", {})
    if doubts:
        return None
    if "basis" in read_:
        return "reads.consent_kept", {"basis": read_["basis"], "found_day": read_.get("found_on", "")}
    if column.target == "consent":
        return "reads.consent_words", {}
    day = next((value for name, value in read_.items() if name.endswith("_on")), None)
    return ("reads.day", {"value_day": day}) if day else ("reads.text", {"value": clean(cell)[:_LONGEST]})


def _account(cell: str, platform: str | None) -> Read | None:
    profile = parse_profile(cell.split()[0], platform)
    if profile is None:
        return None
    if profile.platform == "blog":
        return "reads.text", {"value": profile.handle}
    return "reads.account", {"platform": profile.platform, "handle": profile.handle}


def _history(column: Column, cell: str, order: str, today: str) -> Read | None:
    doubts: list[list[Any]] = []
    told = read_history({column.target: [(column, cell)]}, order, today, doubts)
    if doubts:
        return None
    if column.target in ("sent_on", "delivered_on", "posted_on"):
        day = next((told[key] for key in ("sent", "delivered", "on") if told[key]), "") if told else ""
        return "reads.day", {"value_day": day}
    if told is None or column.target in ("gift_title", "gift_isbn", "post_url", "post_text"):
        return "reads.text", {"value": clean(cell)[:_LONGEST]}
    if told["of"]:
        return "reads.of", {"posted": told["of"][0], "gifts": told["of"][1]}
    if column.target == "gift" and told["t"]:
        facts = {"title": told["t"], "format": told["f"], "sent_day": told["sent"]}
        return "reads.gift", facts
    if told["posted"]:
        return ("reads.posted_on", {"on_day": told["on"]}) if told["on"] else ("reads.posted", {})
    return "reads.state", {"state": told["state"]}


def _emails(cell: str, _order: str) -> Read | None:
    read_ = [parse_email(text) for text in split_emails(cell)]
    good = [email.address for email in read_ if email]
    return ("reads.text", {"value": ", ".join(good)}) if good and len(good) == len(read_) else None


def _count(cell: str, _order: str) -> Read | None:
    count = parse_count(cell)
    return None if count is None else ("reads.count", {"count": count})


def _country(cell: str, _order: str) -> Read | None:
    code = country_code(cell)
    return ("reads.country", {"code": code}) if code else None


def _whole(cell: str, _order: str) -> Read:
    place = split_address(cell)
    lines = sum(bool(part) for part in (place.line1, place.line2, place.city, place.region, place.country))
    return ("reads.address", {"lines": lines, "postcode": place.postcode}) if place.postcode else (
        "reads.address_without", {"lines": lines})  # fmt: skip


def _isbn(cell: str, _order: str) -> Read | None:
    isbn = parse_isbn(cell).isbn13
    return ("reads.text", {"value": isbn}) if isbn else None


def _gtin(cell: str, _order: str) -> Read | None:
    gtin = parse_gtin(cell)
    return ("reads.text", {"value": gtin}) if gtin else None


def _amount(cell: str, _order: str) -> Read | None:
    amount = parse_amount(cell)
    return ("reads.text", {"value": str(amount)}) if amount is not None else None


def _says(code: str) -> Callable[[str, str], Read]:
    return lambda _cell, _order: (code, {})


_READERS: Mapping[str, Callable[[str, str], Read | None]] = {
    "email": _emails, "followers": _count, "country": _country, "address.country": _country, "address.whole": _whole,
    "isbn": _isbn, "gtin": _gtin, "price": _amount, "copies": _count, "pages": _count, "notes": _says("reads.note"),
    "note": _says("reads.note_behind"), "unsubscribed": _says("reads.unsubscribed"),
}  # fmt: skip


def _genres(cell: str) -> Read:
    names = []
    for word in _words(cell):
        genre = load_genres().of_word(word)
        names.append(genre.name if genre else word)
    return "reads.text", {"value": ", ".join(names)[:_LONGEST]}


def _words(cell: str) -> Sequence[str]:
    text = cell.replace(":::", ",").replace('"', "").replace("/", ",").replace(";", ",").replace("|", ",")
    return [word for word in (clean(part).lstrip("* ").strip() for part in text.split(",")) if word]
