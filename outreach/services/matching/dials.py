"""What the user says matters, and whom to include."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from outreach.errors import KnownError


class Dial(StrEnum):
    """How much a factor matters."""

    OFF = "off"
    SOME = "some"
    A_LOT = "a_lot"


class Factor(StrEnum):
    """What may matter. How many follow someone is none."""

    TASTE = "taste"
    AUDIENCE = "audience"
    UNPROMPTED = "unprompted"
    SELLS = "sells"
    NEW = "new"


_SHARE = {Dial.OFF: 0.0, Dial.SOME: 0.5, Dial.A_LOT: 1.0}
#: What stands at the beginning.
USUAL: Mapping[Factor, Dial] = {
    Factor.TASTE: Dial.A_LOT, Factor.AUDIENCE: Dial.SOME, Factor.UNPROMPTED: Dial.A_LOT, Factor.SELLS: Dial.SOME,
    Factor.NEW: Dial.SOME,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asks of a match.

    Attributes:
        dials: How much each factor matters; those not named stand as usual.
        asked_lately: Whether those are shown whom we asked of something in the last weeks.
        countries: Where copies may go, as ISO 3166 codes; everywhere where there is none.
    """

    dials: Mapping[Factor, Dial] = field(default_factory=dict)
    asked_lately: bool = False
    countries: frozenset[str] = frozenset()

    def share(self, factor: Factor) -> float:
        """How much of a factor counts, from nothing to one."""
        return _SHARE[self.dials.get(factor, USUAL[factor])]


def read_dials(words: Mapping[str, str]) -> dict[Factor, Dial]:
    """Dials as typed, such as ``{"audience": "off"}``.

    Raises:
        KnownError: ``match.no_dial`` for a factor or a setting that there is not.
    """
    found = {}
    for name, value in words.items():
        try:
            found[Factor(name.strip())] = Dial(value.strip().replace(" ", "_").replace("-", "_"))
        except ValueError:
            raise KnownError(
                "match.no_dial", value=f"{name}={value}", factors=", ".join(Factor), settings=", ".join(Dial)
            ) from None
    return found
