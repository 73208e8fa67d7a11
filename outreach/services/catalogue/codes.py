"""Codes: downloads, e-galley links, tokens in a game. Each is handed out once, to one recipient, with her gift.

The copies of an edition that has codes are its codes: adding codes receives copies, handing one out sends a copy.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.text import clean, fold
from outreach.services.catalogue.editions import edition_name, touch_item
from outreach.services.catalogue.stock import StockReason, copies_left, note_movement
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import GiftState
from outreach.services.gifts.promises import refuse_promise
from outreach.services.importing.files import FileKind, check_file, sniff
from outreach.services.people.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import Edition, EditionCode, Gift, Item, Person

_LONGEST = 500
_MOST = 100_000
#: First cells that head a list rather than stand in it.
_HEADINGS = ("code", "codes", "token", "key", "link", "url", "download code", "widget")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code as a line of a list; who has it stands beside it.

    Attributes:
        code: Shown only with the gift that it was given with; empty while nobody has it.
        hint: Its last signs, by which one finds it in a list of one's own.
        lapsed: Whether its day has passed without anyone having had it.
    """

    id: int
    edition_id: int
    code: str
    hint: str
    expires_on: str
    lapsed: bool
    gift_id: int | None
    person_id: int | None
    person: str
    given_on: str


@dataclass(frozen=True, slots=True)
class AddedCodes:
    """What came of a list of codes: how many are new, and how many the edition had already."""

    added: int
    twice: int


@dataclass(frozen=True, slots=True)
class Handed:
    """A code that was just given, with its gift."""

    gift_id: int
    person_id: int
    person: str
    code: str
    expires_on: str


def add_codes(store: Store, edition_id: int, text: str, expires: str = "") -> tuple[AddedCodes, Changes]:
    """Add a list of codes to an edition: one a line, each with the day it lapses behind a comma or tab if it has one.

    Args:
        store: The open workspace.
        edition_id: Of what they are copies.
        text: The list, with a heading or without.
        expires: The day for codes that do not say one.

    Raises:
        KnownError: ``codes.none``, ``codes.too_long``, ``codes.too_many``, ``codes.bad_day``. Then none is added.
    """
    edition = Edition.get_by_id(edition_id)
    usual = _day(expires) if expires else None
    listed = {code: day or usual for code, day in _read(text).items()}
    with store.operation(Op.ADD_CODES) as written:
        known = {row.code for row in EditionCode.select(EditionCode.code).where(EditionCode.edition == edition_id)}
        new = {code: day for code, day in listed.items() if code not in known}
        for code, day in new.items():
            EditionCode.create(edition=edition_id, code=code, expires_on=day, added_at=store.now(), by=store.by)
        if new:
            _count(store, edition_id)
            touch_item(store, edition.item_id)
    return AddedCodes(len(new), len(listed) - len(new)), written.changes


def read_list(path: Path) -> str:
    """A list of codes from a text file or CSV.

    Raises:
        KnownError: ``files.missing`` and its like, ``codes.no_text`` for what is no text.
    """
    check_file(path)
    if sniff(path) is not FileKind.CSV:
        raise KnownError("codes.no_text", file=path.name)
    data = path.read_bytes()
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def hand_out(store: Store, gift_ids: Sequence[int]) -> tuple[list[Handed], Changes]:
    """Give each accepted gift a code of its edition; it is sent and there at once, in one step of undo.

    The codes that lapse first go first.

    Raises:
        KnownError: ``codes.not_accepted``, ``codes.no_codes``, ``codes.none_left``, ``codes.suppressed``, or as
            `refuse_promise` where those that are left are promised to others. Then none is given.
    """
    chosen = list(Gift.select(Gift, Item).join(Item).where(Gift.id.in_(list(gift_ids))).order_by(Gift.id))
    suppressed = suppressed_people(store, [gift.person_id for gift in chosen if gift.person_id is not None])
    handed = []
    with store.operation(Op.GIVE_CODES) as written:
        for gift in chosen:
            if gift.state != GiftState.ACCEPTED or gift.person_id is None:
                raise KnownError("codes.not_accepted", gift=f"g{gift.id}", title=gift.item.title, state=gift.state)
            if gift.person_id in suppressed:
                raise KnownError("codes.suppressed", person=Person.get_by_id(gift.person_id).name)
            handed.append(_hand(store, gift))
    return handed, written.changes


def waiting_for_codes(edition_id: int) -> list[int]:
    """The accepted gifts of an edition that has codes, oldest first; they wait for one."""
    if not has_codes(edition_id):
        return []
    query = Gift.select(Gift.id).where((Gift.edition == edition_id) & (Gift.state == GiftState.ACCEPTED.value))
    return [gift.id for gift in query.where(Gift.person.is_null(False)).order_by(Gift.id)]


def has_codes(edition_id: int) -> bool:
    """Whether the copies of an edition are codes."""
    return bool(EditionCode.select().where(EditionCode.edition == edition_id).exists())


def list_codes(store: Store, edition_id: int) -> list[CodeRow]:
    """The codes of an edition: those that were given first, with who has them, then those that are left."""
    today = store.today().isoformat()
    query = (
        EditionCode.select(EditionCode, Gift, Person)
        .left_outer_join(Gift)
        .left_outer_join(Person)
        .where(EditionCode.edition == edition_id)
        .order_by(EditionCode.given_on.is_null(), EditionCode.given_on, EditionCode.expires_on, EditionCode.id)
    )
    return [_row(code, today) for code in query]


def _row(code: EditionCode, today: str) -> CodeRow:
    person = code.gift.person if code.gift_id and code.gift.person_id else None
    free = code.given_on is None
    return CodeRow(
        id=code.id,
        edition_id=code.edition_id,
        code="" if free else code.code,
        hint=code.code[-3:] if len(code.code) > 6 else "",
        expires_on=code.expires_on or "",
        lapsed=free and (code.expires_on or today) < today,
        gift_id=code.gift_id,
        person_id=person.id if person else None,
        person=person.name if person else "",
        given_on=code.given_on or "",
    )


def _hand(store: Store, gift: Gift) -> Handed:
    edition = gift.edition_id or _only_with_codes(gift.item_id)
    if edition is None or not has_codes(edition):
        raise KnownError("codes.no_codes", gift=f"g{gift.id}", title=gift.item.title)
    today = store.today().isoformat()
    free = (EditionCode.edition == edition) & EditionCode.given_on.is_null()
    live = EditionCode.expires_on.is_null() | (EditionCode.expires_on >= today)
    code = (
        EditionCode.select()
        .where(free & live)
        .order_by(EditionCode.expires_on.is_null(), EditionCode.expires_on, EditionCode.id)
        .first()
    )
    if code is None:
        raise KnownError("codes.none_left", edition=edition_name(edition))
    if gift.edition_id is None:
        refuse_promise(store, edition)
    EditionCode.update(gift=gift.id, given_on=today).where(EditionCode.id == code.id).execute()
    Gift.update(edition=edition).where(Gift.id == gift.id).execute()
    note_movement(store, edition, -1, StockReason.SHIPPED)
    gifts.move(store, gift.id, GiftState.SENT, today)
    gifts.move(store, gift.id, GiftState.DELIVERED, today)
    return Handed(gift.id, gift.person_id, gift.person.name, code.code, code.expires_on or "")


def _only_with_codes(item_id: int) -> int | None:
    """The edition of a gift that names none, where only one has codes."""
    query = EditionCode.select(EditionCode.edition).join(Edition).where(Edition.item == item_id).distinct()
    found = [edition for (edition,) in query.tuples()]
    return found[0] if len(found) == 1 else None


def _count(store: Store, edition_id: int) -> None:
    """Make the copies those that codes are left for."""
    free = EditionCode.select().where((EditionCode.edition == edition_id) & EditionCode.given_on.is_null()).count()
    change = free - copies_left([edition_id])[edition_id]
    if change:
        reason = StockReason.RECEIVED if change > 0 else StockReason.CORRECTED
        note_movement(store, edition_id, change, reason)


def _read(text: str) -> dict[str, str | None]:
    """The codes of a list, each once, with the day it lapses."""
    found: dict[str, str | None] = {}
    rows = text.lstrip("\ufeff").splitlines()
    marks = "\t" if any("\t" in row for row in rows) else ";" if all(";" in row for row in rows if row.strip()) else ","
    for number, cells in enumerate(csv.reader(rows, delimiter=marks, strict=False)):
        code = clean(cells[0]) if cells else ""
        if not code or (number == 0 and fold(code) in _HEADINGS):
            continue
        if len(code) > _LONGEST:
            raise KnownError("codes.too_long", row=number + 1, longest=_LONGEST)
        day = cells[1].strip() if len(cells) > 1 else ""
        found.setdefault(code, _day(day) if day else None)
    if not found:
        raise KnownError("codes.none")
    if len(found) > _MOST:
        raise KnownError("codes.too_many", most=_MOST)
    return found


def _day(text: str) -> str:
    day = parse_day(text)
    if day is None or len(day) != len("2027-03-04"):
        raise KnownError("codes.bad_day", value=text[:50])
    return day
