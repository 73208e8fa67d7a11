"""A post from before a title's reviews were meant to appear: noted, with no blame."""

from outreach.store.models import Item, Post


def broken_embargo(post_id: int) -> str:
    """The day from which reviews were meant to appear, if a post is from before it; empty otherwise."""
    row = Post.select(Post.posted_on, Item.review_embargo).join(Item).where(Post.id == post_id).tuples().first()
    day = (row[1] or "") if row else ""
    return day if day and row[0][: len(day)] < day[: len(row[0])] else ""
