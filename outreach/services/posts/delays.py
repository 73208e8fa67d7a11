"""How long somebody usually takes from a gift's arrival to the first word about it: shown to the user, used by nothing.

It is derived each time from her gifts and posts, and no reminder, order or proposal asks for it.
"""

from dataclasses import dataclass
from datetime import date
from statistics import median_low

from peewee import fn

from outreach.services.programmes.standing import free_gifts
from outreach.store.models import Gift, Post

#: From fewer posts nothing is usual.
LEAST = 3
_WHOLE_DAY = len("2026-11-24")


@dataclass(frozen=True, slots=True)
class Delay:
    """A person's usual delay.

    Attributes:
        days: Half of her posts came within so many days.
        shortest: Of the soonest.
        longest: Of the latest.
        number: How many gifts it is drawn from.
    """

    days: int
    shortest: int
    longest: int
    number: int


def usual_delay(person_id: int) -> Delay | None:
    """How long somebody takes from a gift's arrival to her first post about it; None below `LEAST` of them.

    Only gifts with nothing asked in return count, and days that are known whole.
    """
    query = Post.select(Gift.delivered_on, fn.min(Post.posted_on)).join(Gift, on=(Post.gift == Gift.id))
    whole = (fn.length(Post.posted_on) == _WHOLE_DAY) & (fn.length(Gift.delivered_on) == _WHOLE_DAY)
    mine = (Post.person == person_id) & free_gifts() & (Post.posted_on >= Gift.delivered_on)
    days = sorted(
        (date.fromisoformat(said) - date.fromisoformat(arrived)).days
        for arrived, said in query.where(mine & whole).group_by(Gift.id).tuples()
    )
    return Delay(median_low(days), days[0], days[-1], len(days)) if len(days) >= LEAST else None
