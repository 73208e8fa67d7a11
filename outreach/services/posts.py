"""Posts: every mention of an item, on social media or off it, and what lies behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.accounts import PostLink, parse_post_url
from outreach.fields.text import clean, clean_lines
from outreach.services.gifts import Deal, GiftState, OutcomeKind
from outreach.services.tastes.learning import learn_from_post
from outreach.store.database import Store
from outreach.store.models import Account, Gift, GiftStep, Item, Letter, Outcome, Person, Post


class PostKind(StrEnum):
    """Where and how an item was mentioned."""

    POST = "post"
    VIDEO = "video"
    STORY = "story"
    REVIEW = "review"
    NEWSLETTER = "newsletter"
    PODCAST = "podcast"
    ON_AIR = "on_air"
    IN_SHOP = "in_shop"
    TALK = "talk"


class Nature(StrEnum):
    """What lies behind a post. The four are never added together."""

    BEFORE_CONTACT = "before_contact"
    ORGANIC = "organic"
    IN_KIND = "in_kind"
    PAID = "paid"


#: Platforms whose posts are moving pictures, and those whose posts are reviews.
_VIDEO = ("youtube", "tiktok")
_REVIEW = ("goodreads", "storygraph")

_DELIVERED = (GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value, GiftState.SENT.value)


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to log; whatever is not said is proposed from what is known.

    Attributes:
        url: Its address, if it has one.
        person_id: Who; told by the handle in the address where it is known.
        item_id: About what; told by the person's gift when she has only one.
        kind: What it is; told by the platform.
        posted_on: When; today.
        text: Her words.
    """

    url: str = ""
    person_id: int | None = None
    item_id: int | None = None
    kind: PostKind | None = None
    posted_on: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as a line of a list."""

    id: int
    person_id: int | None
    person: str
    item_id: int | None
    title: str
    gift_id: int | None
    kind: str
    platform: str
    url: str
    posted_on: str
    text: str
    nature: str
    nature_reason: str
    by: str


def add_post(store: Store, new: NewPost) -> tuple[int, Changes]:
    """Log a post: find whose it is, which gift it follows, and what its nature is.

    Raises:
        KnownError: ``posts.bad_url``, ``posts.twice``, ``posts.nobody``, ``posts.which_item``, ``posts.future``.
    """
    with store.operation(Op.ADD_POST) as written:
        made = note_post(store, new)
    return made, written.changes


def note_post(store: Store, new: NewPost) -> int:
    """Log a post inside the caller's operation; raises as `add_post`."""
    link = _link(new.url)
    person = new.person_id if new.person_id is not None else _whose(link)
    posted_on = new.posted_on or store.today().isoformat()
    if posted_on > store.today().isoformat():
        raise KnownError("posts.future", day=posted_on)
    item, gift = _about(person, new.item_id, posted_on)
    nature, reason = nature_of(person, gift, posted_on)
    post = Post.create(
        person=person,
        item=item,
        gift=gift.id if gift else None,
        kind=(new.kind or kind_of_link(link)).value,
        platform=link.platform if link else "",
        handle=link.handle if link else "",
        url=link.url if link else None,
        key=link.key if link else None,
        posted_on=posted_on,
        text=clean_lines(new.text),
        nature=nature.value,
        nature_reason=reason,
        by=store.by,
        created_at=store.now(),
    )
    if gift is not None and nature is not Nature.BEFORE_CONTACT:
        _outcome(store, gift, post.id, posted_on)
    if item is not None and nature in (Nature.BEFORE_CONTACT, Nature.ORGANIC):
        learn_from_post(store, post)
    return int(post.id)


def nature_of(person: int, gift: Gift | None, posted_on: str) -> tuple[Nature, str]:
    """What lies behind a person's post, and the reason, as a word of ``nature_reason``.

    A post from before we first wrote or gave stays one for ever; after that the gift's deal decides.
    """
    if gift is not None and gift.deal == Deal.PAID:
        return Nature.PAID, "paid_for"
    if gift is not None and gift.deal == Deal.IN_KIND:
        return Nature.IN_KIND, "reward_agreed"
    first = first_contact(person)
    if first is None or posted_on < first:
        return Nature.BEFORE_CONTACT, "before_first_contact"
    return (Nature.ORGANIC, "after_free_gift") if gift is not None else (Nature.ORGANIC, "no_gift")


def first_contact(person: int) -> str | None:
    """The day we first wrote to a person, or a gift of ours was first pitched, accepted or sent; None before that."""
    letters = Letter.select(Letter.sent_at).where((Letter.person == person) & Letter.sent_at.is_null(False))
    days = [row.sent_at[:10] for row in letters]
    contact = [GiftState.ASKED.value, GiftState.ACCEPTED.value, GiftState.SENT.value, GiftState.DELIVERED.value]
    steps = (
        GiftStep.select(GiftStep.happened_on).join(Gift).where((Gift.person == person) & GiftStep.state.in_(contact))
    )
    days += [row.happened_on for row in steps]
    return min(days) if days else None


def list_posts(
    *, item_id: int | None = None, person_id: int | None = None, nature: Nature | None = None, since: str = ""
) -> list[PostRow]:
    """Posts, the newest first."""
    query = Post.select(Post, Person, Item).left_outer_join(Person).switch(Post).left_outer_join(Item)
    query = query.order_by(Post.posted_on.desc(), Post.id.desc())
    for column, value in ((Post.item, item_id), (Post.person, person_id)):
        if value is not None:
            query = query.where(column == value)
    if nature is not None:
        query = query.where(Post.nature == nature.value)
    if since:
        query = query.where(Post.posted_on >= since)
    return [_row(post) for post in query]


def _row(post: Post) -> PostRow:
    return PostRow(
        id=post.id,
        person_id=post.person_id,
        person=post.person.name if post.person_id else "",
        item_id=post.item_id,
        title=post.item.title if post.item_id else "",
        gift_id=post.gift_id,
        kind=post.kind,
        platform=post.platform,
        url=post.url or "",
        posted_on=post.posted_on,
        text=post.text,
        nature=post.nature,
        nature_reason=post.nature_reason,
        by=post.by,
    )


def _link(url: str) -> PostLink | None:
    if not clean(url):
        return None
    link = parse_post_url(clean(url))
    if link is None:
        raise KnownError("posts.bad_url", value=clean(url)[:200])
    same = Post.get_or_none(Post.key == link.key)
    if same is not None:
        raise KnownError("posts.twice", post=f"o{same.id}", day=same.posted_on)
    return link


def _whose(link: PostLink | None) -> int:
    """The person whose handle stands in an address."""
    if link is not None and link.handle:
        account = Account.get_or_none(Account.key == f"{link.platform}:{link.handle.casefold()}")
        if account is not None:
            return int(account.person_id)
    raise KnownError("posts.nobody", handle=link.handle if link and link.handle else "?")


def _about(person: int, item: int | None, posted_on: str) -> tuple[int | None, Gift | None]:
    """The item a post is about and the gift it follows: the latest one of that item that had been sent by then."""
    gifts: Sequence[Gift] = list(
        Gift.select().where((Gift.person == person) & Gift.state.in_(_DELIVERED)).order_by(Gift.sent_on, Gift.id)
    )
    gifts = [gift for gift in gifts if gift.sent_on and gift.sent_on <= posted_on]
    if item is None:
        items = {gift.item_id for gift in gifts}
        if len(items) != 1:
            raise KnownError("posts.which_item", person=Person.get_by_id(person).name, number=len(items))
        item = items.pop()
    about = [gift for gift in gifts if gift.item_id == item]
    return item, about[-1] if about else None


def kind_of_link(link: PostLink | None) -> PostKind:
    """What a post is, told by its address."""
    if link is None:
        return PostKind.TALK
    if "/stories/" in link.url:
        return PostKind.STORY
    if link.platform in _VIDEO:
        return PostKind.VIDEO
    if link.platform in _REVIEW:
        return PostKind.REVIEW
    return PostKind.NEWSLETTER if link.platform == "substack" else PostKind.POST


def _outcome(store: Store, gift: Gift, post: int, on: str) -> None:
    Outcome.create(
        gift=gift.id,
        person=gift.person_id,
        kind=OutcomeKind.POSTED.value,
        evidence="seen",
        happened_on=on,
        post=post,
        by=store.by,
    )
