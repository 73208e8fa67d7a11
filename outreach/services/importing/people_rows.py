"""Rows of a list of people, read and normalised in a child process; nothing here looks at the workspace."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.fields.accounts import Profile, parse_profile, platform_of_word
from outreach.fields.dates import parse_day
from outreach.fields.email import parse_email, split_emails
from outreach.fields.names import join_name, split_name
from outreach.fields.numbers import parse_count
from outreach.fields.places import country_code, repair_postcode, split_address
from outreach.fields.platforms import platforms
from outreach.fields.text import clean, clean_lines, damaged, fold, is_clean, person_keys, unseen
from outreach.services.catalogue.genres import Genres, load_genres
from outreach.services.importing.chunks import Unused, chunked
from outreach.services.importing.files import FileKind, sniff
from outreach.services.importing.history_rows import read_history
from outreach.services.importing.layouts import Column, Reading, days_of, read_header, role_words, users_word
from outreach.services.importing.tables import BadRow, open_table
from outreach.services.importing.vcard_rows import LAYOUT, Found, card_rows, cell_of
from outreach.services.people.cells import TARGETS as CELLS
from outreach.services.people.cells import read_cells

_NAMES = {"name", "shown_name", "given_name", "family_name"}
_SCALARS = ("greeting", "role", "organisation", "job_title", "phone", "language", "how_known")
#: What a person has one of: of several columns the first one tells it, and the others are noted.
_ONE = ("name", *_SCALARS)
#: Cells of a person that no column of hers in `_SCALARS` holds.
_RECORDS = CELLS - {"how_known"}
_TOTALS = {"total", "totals", "sum", "summe", "gesamt", "grand total"}
#: No name that anybody is called by is so long.
_LONG_NAME = 200
_PLACE = ("line1", "line2", "city", "region", "postcode", "country")
#: Labels that a program puts on everybody.
_EMPTY_TAGS = {"mycontacts", "my contacts", "starred"}


def read(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield first what the file is, then its rows in chunks, all as plain values.

    Args:
        payload: ``path``, ``mapping`` with the user's own word on columns, ``kind`` where the list is one of gifts or
            posts, and ``today`` for days without a year.

    Yields:
        ``{"layout", "encoding"}`` first; then ``{"rows": [...]}``, each row as `Rows.record` makes it, or ``{"n",
        "skip": [code, facts]}``; last ``{"unused": [...]}``, the columns that nobody knows.

    Raises:
        KnownError: when the file cannot be read, or holds nothing that could be a person.
    """
    path, kind = Path(payload["path"]), payload.get("kind", "people")
    if sniff(path) is FileKind.VCARD:
        yield {"layout": LAYOUT, "encoding": ""}
        cards = Rows(Reading(LAYOUT, (), {}))
        yield from chunked(cards.made(number, found) for number, found in card_rows(path))
        return
    table = open_table(path)
    mapping, told = users_word(payload, table.header)
    reading = read_header(kind, table.header, mapping)
    if not any(column.target in TELLS_WHO for column in reading.columns):
        raise KnownError("import.no_people", file=path.name, headers=", ".join(table.header[:8]))
    yield {"layout": reading.layout, "encoding": table.encoding, **told}
    maker = Rows(reading, order=days_of(table, reading.columns), today=payload.get("today", ""))
    unused = Unused(reading.unused)
    yield from chunked(
        {"n": row.number, "skip": [row.code, row.facts]}
        if isinstance(row, BadRow)
        else maker.record(row.number, row.cells)
        for row in unused.watch(table.rows())
    )
    yield unused.answer()


#: Columns that say who a row is about.
TELLS_WHO = {"name", "given_name", "family_name", "email", "profile", "handle", "outlet", "post_url"}


class Rows:
    """Turns the cells of one file into people."""

    def __init__(self, reading: Reading, *, order: str = "dmy", today: str = "") -> None:
        self._order = order
        self._today = today
        self._columns = [(column.target, column.index, column) for column in reading.columns]
        self._layout = reading.layout
        self._genres: Genres = load_genres()
        told = {column.target for column in reading.columns}
        # What a file of ours leaves empty was empty.
        self._derives = bool(told) and not told & {"consent.expires_on", "consent.notice_due_on"}
        self._read: dict[tuple[str, str, str], list[list[str]]] = {}

    def record(self, number: int, cells: Sequence[str]) -> dict[str, Any]:
        """One row as plain values, short names to keep the pipe short.

        Returns:
            ``n`` row number, ``name`` [shown, given, family, key, sort], ``v`` scalars, ``notes``, ``e`` e-mails
            [address, key], ``a`` accounts [platform, handle, key, url, followers], ``p`` addresses [deliver_to,
            line1, line2, city, region, postcode, country], ``t`` tags [name, key], ``l`` tastes [side, polarity,
            kind, subject, key], ``i`` what the other program calls her, ``u`` whether she unsubscribed, ``w`` what
            is doubtful [code, facts], ``nameless`` whether no column names her, ``h`` what was given to her, as
            `read_history` makes it, ``x`` what `read_cells` makes. Or ``n`` and ``skip`` [code, facts].
        """
        return self.made(number, self.found_in(cells))

    def found_in(self, cells: Sequence[str]) -> Found:
        """The cells that hold something, by what they are."""
        found: Found = {}
        needs_no_cleaning = is_clean("".join(cells))
        for target, index, column in self._columns:
            text = cells[index]
            if text:
                cell = text.strip() if needs_no_cleaning else cell_of(target, text)
                if cell:
                    found.setdefault(target, []).append((column, cell))
        if "custom.value" in found:
            self._unfold_custom(found)
        return found

    def made(self, number: int, found: Found) -> dict[str, Any]:
        """A row from its cells, as `record` returns it."""
        doubts: list[list[Any]] = []
        emails = _emails(found, doubts)
        accounts = _accounts(found, doubts)
        name = _name(found, emails, accounts)
        if name is None and "post_url" in found:
            name = ["", "", "", "", ""]  # whom a post's own address names
        if name is None:
            return {"n": number, "skip": ["rows.no_person", {}]}
        if not emails and not accounts and name[3] in _TOTALS:
            return {"n": number, "skip": ["rows.total", {}]}
        if damaged(name[0]):
            doubts.append(["rows.damaged_name", {"value": name[0]}])
        if len(name[0]) > _LONG_NAME:
            doubts.append(["rows.long_name", {"letters": len(name[0])}])
        tags, tastes = self._words(found)
        told = () if _RECORDS.isdisjoint(found) else _RECORDS & found.keys()
        records = {name: [_with_heading(*each) for each in found[name]] for name in told}
        more = read_cells(records, doubts) if records else {}
        if "c" in more:
            more["c"] = [more["c"], self._derives]
        ids = [cell for _, cell in found.get("id", ())]
        return {
            "n": number,
            "name": name,
            "nameless": _NAMES.isdisjoint(found),
            "v": _scalars(found) | more.pop("v", {}),
            "notes": _notes(found),
            "e": emails,
            "a": accounts,
            "p": _places(found, doubts),
            "t": tags,
            "l": tastes,
            "i": [self._layout, ids[0]] if ids else None,
            "u": "unsubscribed" in found and "s" not in more,
            "w": doubts,
            "h": read_history(found, self._order, self._today, doubts),
            "x": more,
        }

    def _unfold_custom(self, found: dict[str, list[tuple[Column, str]]]) -> None:
        """A pair of columns that names itself: its label says what its value is."""
        labels = {column.group: cell for column, cell in found.get("custom.label", ())}
        for column, cell in found.get("custom.value", ()):
            label = labels.get(column.group, "")
            known = read_header("people", [label]).columns if label else ()
            target = known[0].target if known else "note"
            found.setdefault(target, []).append((Column(column.index, label, target, "1"), cell))

    def _words(self, found: Mapping[str, list[tuple[Column, str]]]) -> tuple[list[list[str]], list[list[str]]]:
        tags: dict[str, str] = {}
        tastes: dict[tuple[str, ...], list[str]] = {}
        for _, cell in found.get("tags", ()):
            for word in _split(cell):
                if fold(word) not in _EMPTY_TAGS:
                    tags.setdefault(fold(word), word)
        for target, (side, polarity) in _TASTES.items():
            for _, cell in found.get(target, ()):
                for taste in self._read_tastes(cell, side, polarity):
                    tastes.setdefault(tuple(taste[:3] + taste[4:]), taste)
        for _, cell in found.get("likes_or_tags", ()):
            for word in _split(cell):
                genre = self._genres.of_word(word)
                if genre is None:
                    tags.setdefault(fold(word), word)
                else:
                    taste = ["own", "like", "genre", genre.name, genre.code]
                    tastes.setdefault(("own", "like", "genre", genre.code), taste)
        return [[name, key] for key, name in tags.items()], list(tastes.values())

    def _read_tastes(self, cell: str, side: str, polarity: str) -> list[list[str]]:
        """The tastes that a cell lists; the same lists come again and again."""
        tastes = self._read.get((cell, side, polarity))
        if tastes is None:
            tastes = self._read[cell, side, polarity] = []
            for word in _split(cell):
                genre = self._genres.of_word(word)
                kind, colon, subject = word.partition(": ")
                if colon and kind in _KINDS and subject:
                    tastes.append([side, polarity, kind, subject, fold(subject)])
                elif genre is None:
                    tastes.append([side, polarity, "trope", word, fold(word)])
                else:
                    tastes.append([side, polarity, "genre", genre.name, genre.code])
        return tastes


#: What our own exports put before a taste that is no genre.
_KINDS = {"trope", "mood", "format", "author", "comp"}
#: Whose taste a column tells, and which way it goes.
_TASTES = {
    "likes": ("own", "like"), "unliked": ("own", "dislike"), "dislikes": ("own", "limit"),
    "audience_likes": ("audience", "like"), "audience_unliked": ("audience", "dislike"),
    "audience_limits": ("audience", "limit"),
}  # fmt: skip


def _with_heading(column: Column, cell: str) -> str:
    """A cell; of free words on consent the heading is half of what they say."""
    return f"{column.header}: {cell}" if column.target == "consent" else cell


def _split(cell: str) -> list[str]:
    """The words of a cell that lists some: Google's ``:::`` and ``*``, Mailchimp's quotes, and people's own ways."""
    text = cell.replace(":::", ",").replace('"', "").replace("/", ",").replace(";", ",").replace("|", ",")
    words = (clean(part).lstrip("* ").strip() for part in text.replace("\n", ",").split(","))
    return [word for word in words if word]


def _emails(found: Mapping[str, list[tuple[Column, str]]], doubts: list[list[Any]]) -> list[list[str]]:
    emails: dict[str, str] = {}
    for _, cell in found.get("email", ()):
        for text in split_emails(cell):
            email = parse_email(text)
            if email is None:
                doubts.append(["rows.bad_email", {"value": clean(text)[:100]}])
            else:
                emails.setdefault(email.key, email.address)
    return [[address, key] for key, address in emails.items()]


def _accounts(found: Mapping[str, list[tuple[Column, str]]], doubts: list[list[Any]]) -> list[list[Any]]:
    named = found.get("platform", ())
    platform = platform_of_word(named[0][1]) if named else None
    accounts: dict[str, list[Any]] = {}
    for column, cell in found.get("profile", ()):
        for text in cell.replace(" ::: ", " ").split():
            profile = _profile(text, column.group or None)
            if profile is not None:
                accounts.setdefault(profile.key, [profile.platform, profile.handle, profile.key, profile.url, None])
    handles = [cell for _, cell in found.get("handle", ())]
    handles += [cell for _, cell in found.get("outlet", ()) if cell.startswith("@")]
    main = next(iter(accounts), None)
    for text in handles:
        profile = parse_profile(text, platform)
        if profile is None:
            continue
        same = next((key for key in accounts if key.partition(":")[2] == profile.key.partition(":")[2]), None)
        if same is None or profile.platform:
            accounts.setdefault(profile.key, [profile.platform, profile.handle, profile.key, profile.url, None])
            main = profile.key
    for _, cell in found.get("followers", ())[:1]:
        count = parse_count(cell)
        if count is None:
            doubts.append(["rows.bad_followers", {"value": clean(cell)[:50]}])
        elif main is not None:
            accounts[main][4] = count
    return list(accounts.values())


def _profile(text: str, platform: str | None) -> Profile | None:
    """An account, also as our own exports write one whose address nobody knows: ``instagram:maya``."""
    code, colon, handle = text.partition(":")
    if colon and handle and code in platforms():
        return parse_profile(handle, code)
    return parse_profile(text, platform)


def _name(
    found: Mapping[str, list[tuple[Column, str]]], emails: list[list[str]], accounts: list[list[Any]]
) -> list[str] | None:
    given = " ".join(cell for part in ("given_name", "middle_name") for _, cell in found.get(part, ()))
    family = " ".join(cell for _, cell in found.get("family_name", ()))
    shown = found["name"][0][1] if "name" in found else ""
    if "shown_name" in found:
        shown = found["shown_name"][0][1]
        if not (given or family):
            given, family = (split := split_name(shown)).given, split.family
    elif given or family:
        joined = join_name(given, family)
        # A name that stands the other way round, as in Japan, stays as it is shown.
        shown = shown if sorted(fold(shown).split()) == sorted(fold(joined).split()) else joined
    elif shown:
        split = split_name(shown)
        given, family = split.given, split.family
        shown = join_name(given, family) if "," in shown else shown
    elif accounts:
        shown = str(accounts[0][1])
    elif emails:
        shown = emails[0][0].partition("@")[0]
    if not shown:
        return None
    return [shown, given, family, *person_keys(shown, family, given)]


def _scalars(found: Mapping[str, list[tuple[Column, str]]]) -> dict[str, str]:
    values = {key: found[key][0][1] for key in _SCALARS if key in found}
    again = parse_day(found["ask_again_on"][0][1]) if "ask_again_on" in found else None
    if again is not None and len(again) == len("2026-11-24"):
        values["ask_again_on"] = again
    country = country_code(found["person_country"][0][1]) if "person_country" in found else None
    if country:
        values["country"] = country
    for source in ("role", "job_title"):
        known = role_words().get(fold(values[source])) if source in values else None
        if known:
            values["role"] = known
            break
    return values


def _notes(found: Mapping[str, list[tuple[Column, str]]]) -> str:
    notes = [clean_lines(cell) for _, cell in found.get("notes", ())]
    notes += [f"{column.header}: {clean(cell)}" for column, cell in found.get("note", ())]
    notes += [f"{column.header}: {clean(cell)}" for column, cell in found.get("outlet", ()) if not cell.startswith("@")]
    for target in _ONE:
        cells = found.get(target, ())
        if len(cells) > 1:
            notes += [f"{column.header}: {cell}" for column, cell in cells[1:] if cell != cells[0][1]]
    return "\n".join(notes)


def _places(found: Mapping[str, list[tuple[Column, str]]], doubts: list[list[Any]]) -> list[list[str]]:
    groups: dict[str, dict[str, str]] = {}
    for target, cells in found.items():
        if target.startswith("address."):
            for column, cell in cells:
                groups.setdefault(column.group, {})[target.removeprefix("address.")] = cell
    country = found["country"][0][1] if "country" in found else ""
    places = []
    for group in groups.values():
        signs = unseen("".join(group.values()))
        if signs:
            doubts.append(["rows.unseen_address", {"signs": ", ".join(signs)}])
            continue
        place = _place(group, country, doubts)
        if any(place[1:5]) and place not in places:
            places.append(place)
    return places


def _place(parts: Mapping[str, str], country_word: str, doubts: list[list[Any]]) -> list[str]:
    line1, line2, city, region, written, word = [parts.get(name, "") for name in _PLACE]
    if not (line1 or city or written) and parts.get("whole"):
        whole = split_address(parts["whole"])
        line1, line2, city, region, written, word = (getattr(whole, name) for name in _PLACE)
    if "po_box" in parts or "line3" in parts:
        extra = [parts[name] for name in ("po_box", "line3") if parts.get(name)]
        if not line1 and extra:
            line1 = extra.pop(0)
        line2 = ", ".join(filter(None, (line2, *extra)))
    word = word or country_word
    country = country_code(word) if word else ""
    if country is None:
        doubts.append(["rows.unknown_country", {"value": word[:50]}])
        region = ", ".join(filter(None, (region, word)))
    postcode = repair_postcode(written, country or "")
    if postcode != written and len(postcode.replace(" ", "")) > len(written.replace(" ", "")):
        doubts.append(["rows.postcode_repaired", {"value": written, "repaired": postcode}])
    return [parts.get("deliver_to", ""), line1, line2, city, region, postcode, country or ""]
