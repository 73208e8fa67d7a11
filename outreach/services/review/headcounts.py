"""How many members clubs have."""

from outreach.store.models import Headcount


def latest_counts() -> dict[int, int]:
    """By club, its members at the last count."""
    return dict(Headcount.select(Headcount.club, Headcount.members).order_by(Headcount.counted_on).tuples())
