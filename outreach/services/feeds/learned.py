"""What a feed taught us: which proofs were not enough in it, for which item."""

import json

from outreach.services.feeds.kinds import FoundState
from outreach.services.feeds.mentions import proofs_key
from outreach.store.models import FoundPost


def declined(feed: int | None = None) -> dict[int, set[tuple[int, str]]]:
    """By feed the items that entries seemed to speak of and did not, each with the proofs there were.

    Nothing of it is stored beside the found posts themselves. What was confirmed later with the same proofs speaks
    for them again, and so does an undo.
    """
    query = FoundPost.select(FoundPost.feed, FoundPost.item, FoundPost.proofs, FoundPost.state).where(
        FoundPost.item.is_null(False) & (FoundPost.state != FoundState.WAITING.value)
    )
    if feed is not None:
        query = query.where(FoundPost.feed == feed)
    found: dict[int, set[tuple[int, str]]] = {}
    for whose, item, proofs, state in query.order_by(FoundPost.settled_at, FoundPost.id).tuples():
        told = item, proofs_key(json.loads(proofs))
        known = found.setdefault(whose, set())
        if state == FoundState.NOT_ABOUT_US.value:
            known.add(told)
        else:
            known.discard(told)
    return found
