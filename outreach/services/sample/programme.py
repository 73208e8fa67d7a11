"""The sample's programme: what it looks for, two seasons, a few members, what they were given."""

import tomllib
from collections.abc import Callable, Sequence
from typing import Any

from outreach.fields.text import fold
from outreach.paths import resource
from outreach.services.sample.days import Days
from outreach.store.database import Store
from outreach.store.models import (
    Programme,
    ProgrammeCriterion,
    ProgrammeMember,
    ProgrammeReward,
    ProgrammeSeason,
)


def plan_programme(put: Callable[..., int], store: Store, people: Sequence[int]) -> None:
    """Put the programme of ``resources/sample/programme.toml``.

    Args:
        put: Writes a row of a table, and says which number it got.
        store: The workspace.
        people: Who may be in it: people to whom nothing was given, so that the figures of gifts stay as they are.
    """
    told = tomllib.loads(resource("sample", "programme.toml").read_text(encoding="utf-8"))
    days = Days(store.today())
    programme = put(
        Programme, name=told["name"], name_key=fold(told["name"]), kind=told["kind"], deal=told["deal"],
        purpose=told["purpose"], target_size=told["target"], opened_on=days.text(told["opened"]), by=store.by,
        created_at=store.now(),
    )  # fmt: skip
    for each in told["criterion"]:
        put(ProgrammeCriterion, programme_id=programme, label=each["label"], weight=each["weight"],
            reads=each["reads"], wanted=each["wanted"], least=each.get("least"))  # fmt: skip
    seasons = [
        put(ProgrammeSeason, programme_id=programme, name=each["name"], name_key=fold(each["name"]),
            starts_on=days.text(each["starts"]), ends_on=days.text(each["ends"]))
        for each in told["season"]
    ]  # fmt: skip
    members = [
        put(ProgrammeMember, programme_id=programme, person_id=person, by=store.by, **_stands(each, days))
        for person, each in zip(people, told["member"], strict=False)
    ]
    for each in told["reward"]:
        if each["member"] < len(members):
            put(ProgrammeReward, programme_member_id=members[each["member"]],
                programme_season_id=seasons[each["season"]], kind=each["kind"], amount=each.get("amount", 1),
                unit=each.get("unit", ""), value_minor=each.get("value"),
                currency=told["currency"] if "value" in each else "", condition=each.get("condition", ""),
                obliges=each.get("obliges", ""), given_on=days.text(each["day"]), by=store.by)  # fmt: skip


def _stands(told: dict[str, Any], days: Days) -> dict[str, str | None]:
    joined: int | None = told.get("joined")
    left: int | None = told.get("left")
    state = "invited" if joined is None else "joined" if left is None else "alumni"
    return {
        "state": state, "place": told["place"], "invited_on": days.text(told["invited"] if joined is None else joined),
        "joined_on": None if joined is None else days.text(joined),
        "alumni_on": None if left is None else days.text(left),
    }  # fmt: skip
