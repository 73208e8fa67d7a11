"""The permission passport of a post: asked, answered, on which terms, where it is used, and when that ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.countries import country_code
from outreach.fields.dates import parse_day
from outreach.fields.text import clean, clean_lines
from outreach.services.drafting import drafts, post_letters
from outreach.services.drafting.post_letters import PostLetter
from outreach.services.people.asking import months_on
from outreach.services.rights.terms import Edits, PermissionState, Ruling, Scope, Terms, standing_of
from outreach.store.database import Store
from outreach.store.models import Letter, Permission, PermissionUse

#: What a yes to our letter means where nothing else was said: it asks for a year on our own pages.
USUAL_MONTHS = 12
USUAL_SCOPE = Scope.OWN_CHANNELS
_WHOLE_DAY = len("2026-11-24")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class NewYes:
    """A yes, as it was given.

    Attributes:
        scopes: What it is for; each becomes a permission of its own.
        answer: Her words.
        channels: Where exactly, such as "site and newsletter"; empty for wherever the scope allows.
        territory: Countries by code or name; none for everywhere.
        starts_on: From which day; today if empty.
        ends_on: The last day; empty where no end was agreed.
        answered_on: When she said so; today if empty.
    """

    scopes: tuple[Scope, ...] = (USUAL_SCOPE,)
    answer: str = ""
    channels: str = ""
    territory: tuple[str, ...] = ()
    edits: Edits = Edits.NONE
    credit: str = ""
    exclusions: str = ""
    starts_on: str = ""
    ends_on: str = ""
    answered_on: str = ""


@dataclass(frozen=True, slots=True)
class UseRow:
    """A place where a post is used under a permission."""

    id: int
    place: str
    used_on: str
    taken_down_on: str
    by: str


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One permission as it is shown.

    Attributes:
        letter: ``draft``, ``approved``, ``queued`` or ``sent``, how far the letter is that asks; empty without one.
        asked_on: The ISO day on which she was asked; empty while the letter has not left.
    """

    id: int
    post_id: int
    scope: str
    state: str
    letter_id: int | None
    letter: str
    asked_on: str
    answered_on: str
    answer: str
    channels: str
    territory: tuple[str, ...]
    edits: str
    credit: str
    exclusions: str
    starts_on: str
    ends_on: str
    by: str
    uses: tuple[UseRow, ...] = ()


def usual_end(store: Store) -> str:
    """The last day of a yes to our letter that is given today."""
    return (months_on(store.today(), USUAL_MONTHS) - timedelta(days=1)).isoformat()


def ask_permission(store: Store, made: PostLetter) -> tuple[int, Changes]:
    """Ask for leave on our own channels by a letter that was rendered; it is kept as a draft for a person to approve.

    Raises:
        KnownError: ``rights.asked_already`` where a question of ours is open.
    """
    with store.operation(Op.ASK_PERMISSION) as written:
        refuse_open(made.post_id, USUAL_SCOPE)
        letter = post_letters.keep(store, made)
        asked = _note(store, made.post_id, USUAL_SCOPE, PermissionState.ASKED, letter=letter)
    return asked, written.changes


def approve_question(store: Store, made: PostLetter) -> Changes:
    """Ask as `ask_permission` does, by a letter that the user has read and approves.

    Raises:
        KnownError: as `ask_permission` and `drafts.approve_letter`.
    """
    with store.operation(Op.APPROVE_LETTERS) as written:
        refuse_open(made.post_id, USUAL_SCOPE)
        letter = drafts.approve_within(store, made.order, made.letter)
        _note(store, made.post_id, USUAL_SCOPE, PermissionState.ASKED, letter=letter)
    return written.changes


def refuse_open(post_id: int, scope: Scope = USUAL_SCOPE) -> None:
    """One question is enough.

    Raises:
        KnownError: ``rights.asked_already``.
    """
    newest = _newest(post_id, scope)
    if newest is not None and newest.state == PermissionState.ASKED:
        raise KnownError("rights.asked_already", post=f"o{post_id}", day=newest.asked_on or newest.created_at[:10])


def note_asked(store: Store, post_id: int, scope: Scope = USUAL_SCOPE, on: str = "") -> tuple[int, Changes]:
    """Note that she was asked elsewhere, such as by a message of the platform.

    Raises:
        KnownError: ``rights.asked_already``, ``rights.bad_day``, ``rights.day_to_come``.
    """
    day = past_day(store, on)
    with store.operation(Op.ASK_PERMISSION) as written:
        refuse_open(post_id, scope)
        made = _note(store, post_id, scope, PermissionState.ASKED, asked_on=day)
    return made, written.changes


def grant(store: Store, post_id: int, yes: NewYes) -> tuple[list[int], Changes]:
    """Record a yes; it answers what was asked, and stands beside what was agreed before.

    Raises:
        KnownError: ``rights.no_scope``, ``rights.unknown_country``, ``rights.bad_day``, ``rights.ends_early``,
            ``rights.day_to_come``.
    """
    if not yes.scopes:
        raise KnownError("rights.no_scope")
    answered = past_day(store, yes.answered_on)
    starts, ends = _day(yes.starts_on) or answered, _day(yes.ends_on)
    if ends and ends < starts:
        raise KnownError("rights.ends_early", first_day=starts, last_day=ends)
    columns: dict[str, Any] = {
        "state": PermissionState.GRANTED.value, "answered_on": answered, "answer": clean_lines(yes.answer),
        "channels": clean(yes.channels), "territory": " ".join(sorted(countries(yes.territory))),
        "edits": yes.edits.value, "credit": clean(yes.credit), "exclusions": clean(yes.exclusions),
        "starts_on": starts, "ends_on": ends or None,
        "by": store.by,
    }  # fmt: skip
    with store.operation(Op.NOTE_PERMISSION) as written:
        ids = [_answer(store, post_id, scope, columns) for scope in dict.fromkeys(yes.scopes)]
    return ids, written.changes


def decline(store: Store, post_id: int, scope: Scope = USUAL_SCOPE, answer: str = "", on: str = "") -> Changes:
    """Record a no, which is as good an answer as any.

    Raises:
        KnownError: ``rights.bad_day``, ``rights.day_to_come``.
    """
    day = past_day(store, on)
    columns = {"state": PermissionState.DECLINED.value, "answered_on": day, "answer": clean_lines(answer),
               "by": store.by}  # fmt: skip
    with store.operation(Op.NOTE_PERMISSION) as written:
        _answer(store, post_id, scope, columns)
    return written.changes


def withdraw(store: Store, permission_id: int, answer: str = "", on: str = "") -> Changes:
    """Record that she takes a yes back; from that day on the post is used no more.

    Raises:
        KnownError: ``rights.no_yes`` where there is no yes to take back, ``rights.bad_day``, ``rights.day_to_come``.
    """
    row = Permission.get_by_id(permission_id)
    if row.state != PermissionState.GRANTED:
        raise KnownError("rights.no_yes")
    day = past_day(store, on)
    with store.operation(Op.NOTE_PERMISSION) as written:
        _note(store, row.post_id, Scope(row.scope), PermissionState.WITHDRAWN, answered_on=day,
              answer=clean_lines(answer))  # fmt: skip
    return written.changes


def terms_of(posts: Iterable[int]) -> dict[int, tuple[Terms, ...]]:
    """By post what was agreed about it; posts about which nothing was asked are not in it."""
    found: dict[int, tuple[Terms, ...]] = {}
    for some in _chunks(posts):
        rows = Permission.select().where(Permission.post.in_(some)).order_by(Permission.id)
        for row in rows:
            found[row.post_id] = (*found.get(row.post_id, ()), terms(row))
    return found


def terms(row: Permission) -> Terms:
    """The terms of a row."""
    return Terms(
        Scope(row.scope), PermissionState(row.state), row.id, frozenset(row.territory.split()), Edits(row.edits),
        row.starts_on or "", row.ends_on or "",
    )  # fmt: skip


def standing(store: Store, posts: Iterable[int], scope: Scope = USUAL_SCOPE) -> dict[int, Ruling]:
    """By post how things stand with one scope today."""
    ids, today = list(posts), store.today().isoformat()
    known = terms_of(ids)
    return {post: standing_of(known.get(post, ()), scope, today) for post in ids}


def permissions_of(post_id: int) -> tuple[PermissionRow, ...]:
    """All that was asked and answered about a post, the newest first."""
    query = Permission.select(Permission, Letter).left_outer_join(Letter).where(Permission.post == post_id)
    rows = list(query.order_by(Permission.id.desc()))
    uses = uses_of([row.id for row in rows])
    return tuple(replace(permission_row(row), uses=tuple(uses.get(row.id, ()))) for row in rows)


def permission_row(row: Permission) -> PermissionRow:
    """A row as a value, without its uses; its letter is to be joined."""
    letter = row.letter if row.letter_id else None
    asked = row.asked_on or ((letter.sent_at or "")[:_WHOLE_DAY] if letter else "")
    return PermissionRow(
        row.id, row.post_id, row.scope, row.state, row.letter_id, letter.state if letter else "", asked,
        row.answered_on or "", row.answer, row.channels, tuple(row.territory.split()), row.edits, row.credit,
        row.exclusions, row.starts_on or "", row.ends_on or "", row.by,
    )  # fmt: skip


def uses_of(permissions: Sequence[int]) -> dict[int, list[UseRow]]:
    """By permission where the post is used under it, the newest first."""
    found: dict[int, list[UseRow]] = {}
    for some in _chunks(permissions):
        rows = PermissionUse.select().where(PermissionUse.permission.in_(some)).order_by(PermissionUse.id.desc())
        for row in rows:
            use = UseRow(row.id, row.place, row.used_on, row.taken_down_on or "", row.by)
            found.setdefault(row.permission_id, []).append(use)
    return found


def _newest(post_id: int, scope: Scope) -> Permission | None:
    mine = (Permission.post == post_id) & (Permission.scope == scope.value)
    found: Permission | None = Permission.select().where(mine).order_by(Permission.id.desc()).first()
    return found


def _answer(store: Store, post_id: int, scope: Scope, columns: Mapping[str, Any]) -> int:
    """An answer fills in the question that is open, or stands by itself."""
    newest = _newest(post_id, scope)
    if newest is not None and newest.state == PermissionState.ASKED:
        Permission.update(**columns).where(Permission.id == newest.id).execute()
        return int(newest.id)
    more = {name: value for name, value in columns.items() if name not in ("state", "by")}
    return _note(store, post_id, scope, PermissionState(columns["state"]), **more)


def _note(store: Store, post_id: int, scope: Scope, state: PermissionState, **columns: Any) -> int:
    made = Permission.create(
        post=post_id, scope=scope.value, state=state.value, by=store.by, created_at=store.now(), **columns
    )
    return int(made.id)


def countries(names: Sequence[str]) -> frozenset[str]:
    """Countries by code or name as their codes.

    Raises:
        KnownError: ``rights.unknown_country``.
    """
    codes = set()
    for name in names:
        code = country_code(clean(name))
        if code is None:
            raise KnownError("rights.unknown_country", value=clean(name)[:80])
        codes.add(code)
    return frozenset(codes)


def _day(text: str) -> str:
    day = parse_day(text) if text.strip() else ""
    if day is None or (day and len(day) != _WHOLE_DAY):
        raise KnownError("rights.bad_day", value=text[:50])
    return day


def past_day(store: Store, text: str) -> str:
    """A day that has come, today where none is said.

    Raises:
        KnownError: ``rights.bad_day``, ``rights.day_to_come``.
    """
    day, today = _day(text), store.today().isoformat()
    if day > today:
        raise KnownError("rights.day_to_come", day=day)
    return day or today


def _chunks(ids: Iterable[int]) -> list[list[int]]:
    wanted = list(ids)
    return [wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK)]
