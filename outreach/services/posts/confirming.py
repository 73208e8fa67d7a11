"""Confirming a found post: it becomes a post, of somebody we know or get to know by it, as one step of undo."""

from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.accounts import parse_post_url, parse_profile
from outreach.fields.text import clean
from outreach.services.feeds.found import settle
from outreach.services.feeds.kinds import FeedKind, FoundState
from outreach.services.people.people import NewPerson, note_person
from outreach.services.posts.kinds import PostKind, kind_of_link
from outreach.services.posts.log import note_post
from outreach.services.posts.proposing import NewPost, Proposal, propose
from outreach.store.database import Store
from outreach.store.models import Account, Feed, FoundPost

#: Longer entries are kept by the passage that speaks of the title.
_LONGEST = 600
_KINDS = {
    FeedKind.NEWSLETTER: PostKind.NEWSLETTER, FeedKind.PODCAST: PostKind.PODCAST, FeedKind.VIDEOS: PostKind.VIDEO,
    FeedKind.REVIEWS: PostKind.REVIEW,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody who looked says of a found post; whatever is not said is as it was found.

    Attributes:
        person_id: Who; whose feed it is, or whose handle stands in its address.
        item_id: About what.
        gift_id: Which gift lies behind it.
        kind: What it is.
        new_name: The name of somebody we do not know yet, where she is to be added.
    """

    person_id: int | None = None
    item_id: int | None = None
    gift_id: int | None = None
    kind: PostKind | None = None
    new_name: str = ""


def confirm_found(store: Store, found_id: int, told: Told = Told()) -> tuple[int, Changes]:
    """Log a found post; its id as a post.

    Raises:
        KnownError: ``inbox.settled`` for one that waits no longer, or as `add_post` and `add_person`.
    """
    row = FoundPost.select(FoundPost, Feed).join(Feed).where(FoundPost.id == found_id).first()
    if row is None or row.state != FoundState.WAITING:
        raise KnownError("inbox.settled")
    with store.operation(Op.CONFIRM_POST) as written:
        new = as_post(store, row, told)
        if new.person_id is None and told.new_name and propose(store, new).person is None:
            new = as_post(store, row, told, person_id=note_person(store, _stranger(row, told.new_name)))
        post = note_post(store, new)
        settle(store, [found_id], FoundState.CONFIRMED, post)
    return post, written.changes


def proposal_of(store: Store, row: FoundPost, told: Told) -> Proposal:
    """What confirming a found post would make of it; its feed is to be joined."""
    return propose(store, as_post(store, row, told))


def as_post(store: Store, row: FoundPost, told: Told, *, person_id: int | None = None) -> NewPost:
    """A found post as one to log."""
    today = store.today().isoformat()
    return NewPost(
        url=row.url,
        person_id=person_id or told.person_id or row.feed.person_id,
        item_id=told.item_id or row.item_id,
        kind=told.kind or kind_of(row),
        posted_on=min((row.published_at or row.found_at)[:10], today),
        text=words_of(row),
        outlet="" if row.url else row.feed.title,
        gift_id=told.gift_id,
    )


def words_of(row: FoundPost) -> str:
    """Her words: all of a short entry, of a long one the passage."""
    text, passage = str(row.text), str(row.passage)
    return text if text and len(text) <= _LONGEST else passage or text[:_LONGEST]


def kind_of(row: FoundPost) -> PostKind:
    """What a found post is, told by its feed, else by its address."""
    known = _KINDS.get(FeedKind(row.feed.kind))
    if known is not None:
        return known
    return kind_of_link(parse_post_url(row.url)) if row.url else PostKind.TALK


def name_of(row: FoundPost) -> str:
    """What somebody we do not know is called: as the feed says, else by her handle; empty where neither is known."""
    link = parse_post_url(row.url) if row.url else None
    return clean(row.author) or (link.handle if link and link.handle else "")


def _stranger(row: FoundPost, name: str) -> NewPerson:
    """Somebody we get to know by a post, with the account it was posted from where that is nobody's."""
    link = parse_post_url(row.url) if row.url else None
    profile = parse_profile(link.handle, link.platform) if link and link.handle and link.platform != "blog" else None
    if profile is None or Account.select().where(Account.has_key([profile.key])).exists():
        return NewPerson(name)
    return NewPerson(name, profiles=[f"{profile.platform}:{profile.handle}"])
