"""What a workspace goes by: where tiers begin, when an address is asked for again, what is enough, what is long ago.

The first values are data (`resources/rules.toml`, `resources/tiers.toml`); what the user chose instead is kept with the
workspace.
"""

import tomllib
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from functools import cache
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.paths import resource
from outreach.store import silence
from outreach.store.database import Store
from outreach.store.models import Person, WorkspaceSetting

_PREFIX = "rule."
_MOST = 1_000_000_000
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class DataRules:
    """What a workspace goes by.

    Attributes:
        micro: From how many followers on an audience is micro; below it is nano.
        mid: From how many on it is mid.
        macro: From how many on it is macro.
        confirm_months: After how many months an address is asked for again.
        enough_gifts: How many gifts within `enough_days` are enough for one person.
        keep_months: After how many months in which nothing was noted of someone the user is reminded.
        enough_days: See there.
        reading_days: After so many days half of those who say something of a gift have said it, as far as nothing is
            learned; `hope_days` is the same of nine in ten.
        reading_weight: As so many readings counts what is known beforehand.
        hope_least_days: Nobody is given up sooner, and none hoped for longer than `hope_most_days`.
    """

    micro: int
    mid: int
    macro: int
    confirm_months: int
    enough_gifts: int
    keep_months: int
    enough_days: int
    reading_days: int
    hope_days: int
    reading_weight: int
    hope_least_days: int
    hope_most_days: int

    @property
    def tiers(self) -> tuple[tuple[int, str], ...]:
        """From how many followers on a tier begins, the largest first."""
        return ((self.macro, "macro"), (self.mid, "mid"), (self.micro, "micro"), (0, "nano"))


#: What can be chosen, with the least and the most.
LIMITS = {
    "micro": (1, _MOST), "mid": (1, _MOST), "macro": (1, _MOST), "confirm_months": (1, 120), "enough_gifts": (1, 100),
    "keep_months": (1, 600),
}  # fmt: skip


@cache
def first_rules() -> DataRules:
    """What a workspace goes by until its user says otherwise."""
    tiers, rules = (tomllib.loads(resource(name).read_text(encoding="utf-8")) for name in ("tiers.toml", "rules.toml"))
    return DataRules(tiers["micro"], tiers["mid"], tiers["macro"], **{name: int(rules[name]) for name in rules})


def data_rules() -> DataRules:
    """What this workspace goes by."""
    rows = WorkspaceSetting.select().where(WorkspaceSetting.name.startswith(_PREFIX))
    chosen = {row.name.removeprefix(_PREFIX): int(row.value) for row in rows if row.value.isdecimal()}
    return DataRules(**{**asdict(first_rules()), **{name: chosen[name] for name in LIMITS if name in chosen}})


def is_rule_setting(name: str) -> bool:
    """Whether a setting such as ``rule.confirm_months`` is one of these."""
    return name.startswith(_PREFIX) and name.removeprefix(_PREFIX) in LIMITS


def as_values(rules: DataRules) -> dict[str, str]:
    """The rules that can be chosen by their full names."""
    return {f"{_PREFIX}{each.name}": str(getattr(rules, each.name)) for each in fields(rules) if each.name in LIMITS}


def change_rule(store: Store, name: str, value: str) -> Changes:
    """Choose another value for a rule; empty for the first one.

    Raises:
        KnownError: ``rules.no_number``, ``rules.tiers_cross``.
    """
    kept = value.replace(",", "").replace(" ", "").replace("\u00a0", "")
    low, high = LIMITS[name]
    if kept and not (kept.isdecimal() and low <= int(kept) <= high):
        raise KnownError("rules.no_number", value=value, low=low, high=high)
    wanted = DataRules(**{**asdict(data_rules()), name: int(kept) if kept else getattr(first_rules(), name)})
    if not 0 < wanted.micro < wanted.mid < wanted.macro:
        raise KnownError("rules.tiers_cross", micro=wanted.micro, mid=wanted.mid, macro=wanted.macro)
    with store.operation(Op.CHANGE_SETTINGS) as written:
        if kept:
            WorkspaceSetting.insert(name=f"{_PREFIX}{name}", value=str(int(kept))).on_conflict(
                conflict_target=[WorkspaceSetting.name], preserve=[WorkspaceSetting.value]
            ).execute()
        else:
            WorkspaceSetting.delete().where(WorkspaceSetting.name == f"{_PREFIX}{name}").execute()
    return written.changes


def confirmed_since(store: Store) -> str:
    """The day since which an address must have been confirmed not to be asked for again."""
    return months_before(store.today(), data_rules().confirm_months).isoformat()


def of_long_ago(store: Store) -> Any:
    """The condition on people with whom nothing has happened for longer than people are kept without a thought."""
    return silence.is_silent(silent_since(store))


def silent_since(store: Store, months: int = 0) -> str:
    """The day since which nothing has happened with those who are silent.

    Args:
        store: The open workspace.
        months: After how many months, if not as the workspace's own rule says.
    """
    return months_before(store.today(), months or data_rules().keep_months).isoformat()


def count_of_long_ago(store: Store) -> int:
    """How many people these are."""
    return int(Person.select().where(of_long_ago(store)).count())


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of its month where that has fewer days."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 - months, _MONTHS_A_YEAR)
    if year < 1:
        return date.min
    first = date(year, month + 1, 1)
    after = date(year + (month + 1) // _MONTHS_A_YEAR, (month + 1) % _MONTHS_A_YEAR + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))
