"""Which review is wanted, as text that a saved view keeps: the period by its name moves with the days."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any

from outreach.errors import KnownError
from outreach.fields.text import fold
from outreach.services.review.value import Scope
from outreach.services.workspaces.views import saved_views

#: Periods by name, and how many days they reach back; the empty one is all time, ``days`` are those of the scope.
PERIODS = {"": 0, "half": 182, "year": 365, "days": 0}
PLACE = "review"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A review that is wanted.

    Attributes:
        period: A name of `PERIODS`.
        chosen: Of what it is; its days count where the period is ``days``.
    """

    period: str = ""
    chosen: Scope = field(default_factory=Scope)

    def scope(self, today: date) -> Scope:
        """The scope on a day."""
        if self.period == "days":
            return self.chosen
        days = PERIODS[self.period]
        return replace(self.chosen, since=(today - timedelta(days=days)).isoformat() if days else "", until="")

    def text(self) -> str:
        """As it is kept."""
        values = [("period", self.period), *((each.name, getattr(self.chosen, each.name)) for each in fields(Scope))]
        return " ".join(f"{name}:{value}" for name, value in values if value not in ("", None))


def wanted_of(text: str) -> Wanted:
    """What was kept; whatever is not understood is passed over."""
    period = ""
    values: dict[str, Any] = {}
    kinds = {each.name: "" in (each.default,) for each in fields(Scope)}
    for part in text.split():
        name, _, value = part.partition(":")
        if name == "period" and value in PERIODS:
            period = value
        elif name in kinds and (kinds[name] or value.isdigit()):
            values[name] = value if kinds[name] else int(value)
    return Wanted(period, replace(Scope(), **values))


def saved_review(name: str) -> Wanted:
    """The saved review of a name.

    Raises:
        KnownError: ``review.no_saved``.
    """
    found = saved_views(PLACE)
    for each in found:
        if fold(each.name) == fold(name):
            return wanted_of(each.view.query)
    raise KnownError("review.no_saved", name=name[:60], known=", ".join(each.name for each in found) or "–")
