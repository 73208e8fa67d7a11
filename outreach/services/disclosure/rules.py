"""What a post should tell its readers, and whether it does: a pure decision from what was received and what was seen.

Every gift counts, with or without obligation (16 CFR 255.5(a)); early access, swag and an author's visit count as well;
where a reward depends on posting, or we had a say, more is needed. Words, places and countries are data
(`disclosure_checks.toml`). Not legal advice.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from outreach.fields.text import fold
from outreach.paths import resource


class Needs(StrEnum):
    """What readers should be told."""

    NOTHING = "nothing"
    CONNECTION = "connection"
    AD = "ad"


class Seen(StrEnum):
    """What somebody saw who looked."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Received:
    """What lies between us and whoever made a post.

    Attributes:
        deal: The deal of the gift before it; empty where nothing was given.
        had_control: Whether we asked for changes or for approval.
        benefits: What else she had of us, such as early access, swag, a visit.
        is_insider: Whether she works with us or is family.
    """

    deal: str = ""
    had_control: bool = False
    benefits: tuple[str, ...] = ()
    is_insider: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a post: whether it tells, where, and in which words."""

    seen: Seen
    place: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class CountryRules:
    """What differs by country."""

    gift: tuple[str, ...]
    ad: tuple[str, ...]
    insider: tuple[str, ...]
    control_is_ad: bool
    unclear_places: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a post stands.

    Attributes:
        needs: What readers should be told.
        why: How it stands, as a word of ``disclosure``: ``nothing_to_tell``, ``not_checked``, ``clear``, ``missing``,
            ``hard_to_see``, ``not_enough``, ``unsure``.
        may_ask: Whether it is ours to ask for more.
    """

    needs: Needs
    why: str
    may_ask: bool


def needs_of(received: Received, rules: CountryRules) -> Needs:
    """What readers should be told of what was received."""
    if received.deal in ("in_kind", "paid"):
        return Needs.AD
    if received.had_control and rules.control_is_ad:
        return Needs.AD
    if received.deal or received.benefits or received.had_control or received.is_insider:
        return Needs.CONNECTION
    return Needs.NOTHING


def judge(received: Received, look: Look | None, rules: CountryRules, platform: str = "") -> Verdict:
    """How a post stands, from what was received and what was seen."""
    needs = needs_of(received, rules)
    why = _why(needs, received, look, rules)
    short = why in ("missing", "hard_to_see", "not_enough")
    return Verdict(needs, why, short and platform not in _data()["hands_off"]["platforms"])


def places() -> tuple[str, ...]:
    """Where it can stand, in the order in which places are offered."""
    return tuple(each["name"] for each in _data()["place"])


def rules_for(country: str, data: Mapping[str, Any] | None = None) -> CountryRules:
    """What holds in a country; what it does not say is as it is elsewhere."""
    data = data or _data()
    told = {**data["default"], **data["country"].get(country, {})}
    return CountryRules(
        tuple(told["gift"]), tuple(told["ad"]), tuple(told["insider"]), told["control_is_ad"],
        tuple(told["unclear_places"]), told["note"],
    )  # fmt: skip


def _why(needs: Needs, received: Received, look: Look | None, rules: CountryRules) -> str:
    if needs is Needs.NOTHING:
        return "nothing_to_tell"
    if look is None:
        return "not_checked"
    if look.seen is not Seen.YES:
        return "missing" if look.seen is Seen.NO else "unsure"
    clear = {each["name"] for each in _data()["place"] if each["is_clear"]} - set(rules.unclear_places)
    if look.place not in clear:
        return "hard_to_see" if look.place else "unsure"
    return _words_say(needs, received, look, rules)


def _words_say(needs: Needs, received: Received, look: Look, rules: CountryRules) -> str:
    if not look.wording:
        # The label of a platform says the same everywhere: that it is an advertisement.
        return "clear" if look.place == "platform_label" else "unsure"
    wanted = (*rules.ad, *(rules.gift if needs is Needs.CONNECTION else ()))
    if received.is_insider:
        wanted = (*rules.insider, *(wanted if received.deal else ()))
    return "clear" if says(look.wording, wanted) else "not_enough"


def says(wording: str, phrases: tuple[str, ...]) -> bool:
    """Whether words hold one of some phrases as whole words; a hashtag is the word in it."""
    told = fold(wording).replace("#", " ")
    squeezed = fold(wording).replace(" ", "")
    return any(
        re.search(rf"(?<!\w){re.escape(fold(phrase))}(?!\w)", told)
        or re.search(rf"#{re.escape(fold(phrase).replace(' ', ''))}(?!\w)", squeezed)
        for phrase in phrases
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("disclosure_checks.toml").read_text(encoding="utf-8"))
