"""Closing quietly whatever hope has ended of, or going on hoping for all of it; one undo takes either back."""

from outreach.changes import Changes
from outreach.services.gifts.gifts import GiftState, move_gifts
from outreach.services.gifts.hopes import AT_ONCE, hope_longer, hope_over
from outreach.store.database import Store


def close_over(store: Store) -> Changes:
    """Close the gifts quietly that Today proposes: those of the longest silence."""
    return move_gifts(store, [each.gift_id for each in hope_over(store, AT_ONCE)], GiftState.CLOSED_QUIET)


def hope_on(store: Store) -> Changes:
    """Go on hoping for a word about all of these."""
    return hope_longer(store, [each.gift_id for each in hope_over(store, AT_ONCE)])
