"""The review: what went out and what came of it. Gifted, in kind and paid are never added together."""

from outreach.services.review.value import Review, Scope
from outreach.store.database import Store


def review(store: Store, scope: Scope | None = None) -> Review:
    """Review all gifts, or those of a scope.

    Raises:
        KnownError: ``review.bad_period``.
    """
    from outreach.services.review.counting.whole import review_of

    return review_of(store, scope or Scope())
