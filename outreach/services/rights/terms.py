"""May this be used, for what, today: one pure decision, from what was agreed and what is wanted.

A post stays its author's. Linking to it asks nobody; showing it on our own accounts, using it on our own pages and
paying for its reach are three permissions, none of which holds another. Each says for how long, where, with which
edits, and with which credit (field.md 6.4, G8). Not legal advice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a permission is for; each is asked for by itself."""

    SHARE = "share"
    OWN_CHANNELS = "own_channels"
    PAID = "paid"


class PermissionState(StrEnum):
    """What became of asking."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Edits(StrEnum):
    """What may be changed: nothing; cut and cropped, with cuts marked; or also what was agreed besides."""

    NONE = "none"
    CROP = "crop"
    AGREED = "agreed"


_HOW_MUCH = {Edits.NONE: 0, Edits.CROP: 1, Edits.AGREED: 2}


@dataclass(frozen=True, slots=True)
class Terms:
    """What was asked and answered for one scope.

    Attributes:
        id: Greater for what was noted later, which stands over what was before.
        territory: Countries (ISO 3166) in which it may be shown; none for everywhere.
        starts_on: The ISO day on which it begins.
        ends_on: The last ISO day on which it holds; empty where no end was agreed.
    """

    scope: Scope
    state: PermissionState
    id: int = 0
    territory: frozenset[str] = frozenset()
    edits: Edits = Edits.NONE
    starts_on: str = ""
    ends_on: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a post that are to be quoted.

    Attributes:
        passage: The passage as it was written or said, in full; empty where nobody kept it.
        from_proof: Whether they quote a proof, which the finished book may not say so.
        is_checked: Whether that was held against the finished book.
    """

    text: str
    passage: str
    from_proof: bool = False
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A use that is wanted.

    Attributes:
        scope: What for; None for a link, which asks nobody.
        day: The ISO day.
        territory: Countries in which it would be seen; none for everywhere.
        edits: What would be changed.
        words: Words that are quoted, if any.
        embargo: The ISO day before which nobody reviews the title; empty for none.
    """

    scope: Scope | None
    day: str
    territory: frozenset[str] = frozenset()
    edits: Edits = Edits.NONE
    words: Words | None = None
    embargo: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a post may be used.

    Attributes:
        may: Whether it may.
        why: The reason, as a word of ``ruling``.
        until: The last ISO day on which it may, or might; empty where there is none.
        permission: The id of the terms that decided; 0 where there are none.
    """

    may: bool
    why: str
    until: str = ""
    permission: int = 0


def may_use(terms: Sequence[Terms], wish: Wish) -> Ruling:
    """Whether a post may be used as is wanted, and why, or why not."""
    if wish.scope is None:
        return Ruling(True, "link")
    standing = _standing([each for each in terms if each.scope is wish.scope], wish.day)
    if standing is None:
        return Ruling(False, "not_asked")
    refusal = _state_refuses(standing, wish.day) or _terms_refuse(standing, wish) or _words_refuse(wish)
    if refusal:
        return Ruling(False, refusal, standing.ends_on, standing.id)
    return Ruling(True, "granted_until" if standing.ends_on else "granted", standing.ends_on, standing.id)


def standing_of(terms: Sequence[Terms], scope: Scope, day: str) -> Ruling:
    """How things stand with one scope on a day, whatever is wanted: not asked, asked, yes until, ended, declined."""
    standing = _standing([each for each in terms if each.scope is scope], day)
    if standing is None:
        return Ruling(False, "not_asked")
    refusal = _state_refuses(standing, day)
    why = refusal or ("granted_until" if standing.ends_on else "granted")
    return Ruling(not refusal, why, standing.ends_on, standing.id)


def is_faithful(text: str, passage: str) -> bool:
    """Whether words are quoted as they stand in a passage: nothing changed, cuts marked with "…", in their order.

    Line ends and spaces may differ, and the form of quotation marks and apostrophes, but no word.
    """
    said, quoted = _flat(passage), _flat(text)
    if quoted == said:
        return bool(said)  # also where there are no words in it, such as "..."
    pieces = [piece.strip() for piece in quoted.replace("[…]", "…").replace("...", "…").split("…")]
    if not any(pieces):
        return False
    place = 0
    for piece in filter(None, pieces):
        place = _stands_in(piece, said, place)
        if place < 0:
            return False
        place += len(piece)
    return True


def _standing(terms: Sequence[Terms], day: str) -> Terms | None:
    """The terms that count: a yes that holds today, unless a later one was taken back; else what was noted last."""
    newest = max(terms, key=lambda each: each.id, default=None)
    if newest is None or newest.state is PermissionState.WITHDRAWN:
        return newest
    after = max((each.id for each in terms if each.state is PermissionState.WITHDRAWN), default=-1)
    holding = [each for each in terms if each.id > after and not _state_refuses(each, day)]
    return max(holding, key=lambda each: (each.ends_on or "9999", each.id), default=newest)


def _state_refuses(terms: Terms, day: str) -> str:
    if terms.state is not PermissionState.GRANTED:
        return terms.state.value
    if terms.starts_on and day < terms.starts_on:
        return "not_yet"
    return "ended" if terms.ends_on and day > terms.ends_on else ""


def _terms_refuse(terms: Terms, wish: Wish) -> str:
    if terms.territory and not (wish.territory and wish.territory <= terms.territory):
        return "territory"
    return "edits" if _HOW_MUCH[wish.edits] > _HOW_MUCH[terms.edits] else ""


def _words_refuse(wish: Wish) -> str:
    """What stops words that are quoted: not as they were said, from a proof and not checked, or before the embargo."""
    if wish.embargo and wish.day < wish.embargo:
        return "embargo"
    if wish.words is None:
        return ""
    if not wish.words.passage:
        return "no_passage"
    if not is_faithful(wish.words.text, wish.words.passage):
        return "not_as_said"
    return "proof_unchecked" if wish.words.from_proof and not wish.words.is_checked else ""


_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


def _flat(text: str) -> str:
    return " ".join(text.translate(_ALIKE).split())


def _stands_in(piece: str, said: str, start: int) -> int:
    """Where whole words stand in a text from a place on; -1 where they do not."""
    place = said.find(piece, start)
    while place >= 0:
        before, after = said[place - 1 : place], said[place + len(piece) : place + len(piece) + 1]
        if not (before.isalnum() and piece[0].isalnum()) and not (after.isalnum() and piece[-1].isalnum()):
            return place
        place = said.find(piece, place + 1)
    return -1
