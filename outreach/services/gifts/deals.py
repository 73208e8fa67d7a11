"""What was agreed on a gift: nothing, something in kind, or money. What depends on a post is no gift any more."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services.gifts.states import Deal, Obliges
from outreach.services.posts.nature import renew
from outreach.store.database import Store
from outreach.store.models import Gift


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a change of terms came to.

    Attributes:
        deal: What the gifts are from now on.
        became: Whether that is another than was asked for, since something depends on a post or on our say.
        posts: How many posts have another nature by it.
    """

    deal: Deal
    became: bool
    posts: int
    changes: Changes


def terms_of(gift_id: int) -> tuple[Deal, str, Obliges]:
    """What was agreed on a gift: what it is, what comes with the copy, what it depends on.

    Raises:
        KnownError: ``deals.no_gifts``.
    """
    gift = Gift.get_or_none(Gift.id == gift_id)
    if gift is None:
        raise KnownError("deals.no_gifts")
    return Deal(gift.deal), gift.reward, Obliges(gift.obliges)


def change_deal(
    store: Store, gifts: Sequence[int], deal: Deal, *, reward: str = "", obliges: Obliges = Obliges.NOTHING
) -> Agreed:
    """Say what was agreed on gifts; the nature of posts after them, and all figures of gifts, follow at once.

    A reward that depends on posting, or a say of ours in what is posted, makes a gift one in kind, whatever it is
    called: readers have to be told of it in other words, and it is counted apart.

    Args:
        store: The open workspace.
        gifts: Which.
        deal: What it was.
        reward: What comes with the copy, in words.
        obliges: What that depends on.

    Raises:
        KnownError: ``deals.no_gifts``; ``deals.free_reward`` for a reward with a gift that is called free of any.
    """
    if not gifts:
        raise KnownError("deals.no_gifts")
    is_free = deal is Deal.GIFT and obliges is Obliges.NOTHING
    if is_free and clean(reward):
        raise KnownError("deals.free_reward", reward=clean(reward)[:80])
    becomes = Deal.IN_KIND if deal is Deal.GIFT and not is_free else deal
    with store.operation(Op.CHANGE_DEAL) as written:
        columns = {"deal": becomes.value, "reward": clean(reward), "obliges": obliges.value}
        Gift.update(**columns).where(Gift.id.in_(list(gifts))).execute()
        about = Gift.select(Gift.person, Gift.item).where(Gift.id.in_(list(gifts)))
        posts = sum(renew(store, person, [item]) for person, item in about.distinct().tuples())
    return Agreed(becomes, becomes is not deal, posts, written.changes)
