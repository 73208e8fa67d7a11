"""The gifts of a review in columns, read once until anything is written: another scope only picks among them.

What is plain is told by the columns alone. Only of gifts that arrived of late and came to no end, and of those that
went to members of a programme with something agreed, is more asked, gift by gift.
"""

from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import compress, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from peewee import fn

from outreach.services.gifts.facts import GiftFacts, facts_query
from outreach.services.gifts.gifts import known_stage
from outreach.services.gifts.hopes import still_hoped
from outreach.services.gifts.states import ENDINGS, Deal, GiftState, OutcomeKind, Stage
from outreach.services.programmes.standing import REASONS, counted_deals, terms_of
from outreach.services.review.scoping import gift_ids
from outreach.services.review.value import Scope
from outreach.services.workspaces.data_rules import data_rules
from outreach.store.among import rows_among
from outreach.store.columns import NO_DAY, columns, day_as_number, day_number, days_of, is_whole, place_among, places
from outreach.store.database import Store
from outreach.store.models import Gift, Outcome, Post

DEALS, STAGES = tuple(Deal), tuple(Stage)
_STATES = tuple(GiftState)
#: The outcomes that decide a stage; a set of them is a number with a bit for each.
_DECIDING = (OutcomeKind.POSTED, *ENDINGS, OutcomeKind.STARTED, OutcomeKind.FINISHED)
_UNDECIDED = -1

_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gifts:
    """Gifts in columns, in the order of their ids.

    Attributes:
        person, campaign: 0 where there is none.
        deal: The place of a deal in `DEALS`: that of a programme where that is the more binding.
        stage: The place of a stage in `STAGES`.
        posts: How many times it is noted that it led to a post.
        arrived_on, first_on: When it arrived, and the first post of it, as `columns.day_number` has them.
    """

    id: _Numbers
    person: _Numbers
    item: _Numbers
    campaign: _Numbers
    deal: _Numbers
    stage: _Numbers
    posts: _Numbers
    arrived_on: _Numbers
    first_on: _Numbers

    def __len__(self) -> int:
        return len(self.id)

    def where(self, which: NDArray[Any]) -> "Gifts":
        """Some of them, by places or by a mask."""
        return Gifts(*(getattr(self, each.name)[which] for each in fields(self)))

    @property
    def is_free(self) -> NDArray[np.bool_]:
        """With which of them nothing was asked in return."""
        return _where(self.deal, DEALS.index(Deal.GIFT))

    @property
    def is_posted(self) -> NDArray[np.bool_]:
        """Which of them led to a post."""
        return self.is_at(Stage.POSTED)

    @property
    def has_arrived(self) -> NDArray[np.bool_]:
        """Which of them are posted, reading or quiet."""
        return self.is_posted | self.is_at(Stage.READING) | self.is_at(Stage.QUIET)

    def is_at(self, stage: Stage) -> NDArray[np.bool_]:
        """Which of them stand at a stage."""
        return _where(self.stage, STAGES.index(stage))

    def stage_counts(self) -> dict[str, int]:
        """How many of them stand at each stage."""
        counts = np.bincount(self.stage, minlength=len(STAGES)).tolist()
        return {stage.value: count for stage, count in zip(STAGES, counts, strict=True)}

    def days(self) -> tuple[_Numbers, _Numbers]:
        """Of those that are whole days, the days from arrival to the first post; and which they are."""
        known = np.flatnonzero(is_whole(self.arrived_on) & is_whole(self.first_on))
        return days_of(self.first_on[known]) - days_of(self.arrived_on[known]), known


def _where(column: _Numbers, value: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = column == value
    return found


def gifts_of(store: Store, scope: Scope) -> Gifts:
    """The gifts of a scope.

    Raises:
        KnownError: ``review.bad_period``.
    """
    mine = gift_ids(scope)
    every: Gifts = store.once(("review.gifts", store.today()), lambda: _read(store))
    if mine is None:
        return every
    at = np.sort(places(columns(mine)[0], every.id))
    return every.where(at[at >= 0])


def _read(store: Store) -> Gifts:
    wanted = (Gift.id, fn.COALESCE(Gift.person, 0), Gift.item, fn.COALESCE(Gift.campaign, 0),
              place_among(Gift.deal, [deal.value for deal in DEALS]),
              place_among(Gift.state, [state.value for state in _STATES]), day_number(Gift.delivered_on))  # fmt: skip
    ids, person, item, campaign, deal, state, arrived_on = columns(Gift.select(*wanted).order_by(Gift.id))
    came, posts, first_on = _outcomes(ids)
    stage = _stages()[state, came]
    undecided = stage == _UNDECIDED
    stage[undecided] = STAGES.index(Stage.QUIET)
    made = Gifts(ids, person, item, campaign, deal, stage, posts, arrived_on, first_on)
    _note_hopes(store, made, undecided)
    _note_programmes(made)
    return made


def _outcomes(ids: _Numbers) -> tuple[_Numbers, _Numbers, _Numbers]:
    """By gift which of the deciding outcomes there are, how many posts, and the day of the first."""
    kinds = [kind.value for kind in _DECIDING]
    query = Outcome.select(Outcome.gift, place_among(Outcome.kind, kinds), day_number(Outcome.happened_on))
    gift, kind, day = columns(query.where(Outcome.gift.is_null(False) & Outcome.kind.in_(kinds)))
    gift = places(gift, ids)
    # What is noted while this is read may be of a gift that is newer than these.
    gift, kind, day = (each[gift >= 0] for each in (gift, kind, day))
    came = np.zeros(len(ids), np.int64)
    for place in range(len(kinds)):
        came[gift[kind == place]] |= 1 << place
    of_posts = kind == kinds.index(OutcomeKind.POSTED.value)
    gift, day = gift[of_posts], day[of_posts]
    first_on = np.zeros(len(ids), np.int64)
    # Of several at one place the last is kept: the earliest.
    latest_first = np.argsort(-day, kind="stable")
    first_on[gift[latest_first]] = day[latest_first]
    return came, np.bincount(gift, minlength=len(ids)), first_on


def _stages() -> _Numbers:
    """By state and set of outcomes the stage, or that for how long one hopes decides."""
    found = np.full((len(_STATES), 1 << len(_DECIDING)), _UNDECIDED)
    for (row, state), bits in product(enumerate(_STATES), range(1 << len(_DECIDING))):
        outcomes = set(compress((kind.value for kind in _DECIDING), (bits >> at & 1 for at in range(len(_DECIDING)))))
        stage = known_stage(state, outcomes)
        if stage is not None:
            found[row, bits] = STAGES.index(stage)
    return found


def _note_hopes(store: Store, made: Gifts, undecided: NDArray[np.bool_]) -> None:
    """Of which of the undecided a word is still hoped for: of all that arrived too long ago it is not."""
    today = store.today()
    longest = day_as_number((today - timedelta(days=data_rules().hope_most_days)).isoformat())
    (longer,) = columns(Gift.select(Gift.id).where(Gift.hope_until >= today.isoformat()))
    late = (made.arrived_on >= longest) | (made.arrived_on == NO_DAY) | (places(made.id, np.sort(longer)) >= 0)
    reading = still_hoped(store, _asked(made.id[undecided & late]))
    made.stage[np.isin(made.id, list(reading))] = STAGES.index(Stage.READING)


def _note_programmes(made: Gifts) -> None:
    """Gifts count with what was agreed in a programme where that is more than was agreed on them."""
    told = Post.select(Post.gift).where(Post.gift.is_null(False) & Post.nature_reason.in_(list(REASONS.values())))
    concerned = np.isin(made.person, list(terms_of())) | np.isin(made.id, columns(told)[0])
    if not concerned.any():
        return
    for gift, deal in counted_deals(_asked(made.id[concerned])).items():
        made.deal[made.id == gift] = DEALS.index(Deal(deal))


def _asked(ids: _Numbers) -> list[GiftFacts]:
    return [GiftFacts(*row) for row in rows_among(facts_query(), Gift.id, dict.fromkeys(ids.tolist()))]
