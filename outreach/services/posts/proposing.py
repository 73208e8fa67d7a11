"""What is known of a post before it is logged: whose it is, about what, after which gift, and what lies behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from outreach.errors import KnownError
from outreach.fields.accounts import PostLink, parse_post_url
from outreach.fields.text import clean, clean_lines, fold
from outreach.fields.web import parse_web_address
from outreach.services.posts.kinds import Nature, PostKind, kind_of_link
from outreach.services.posts.nature import gifts_behind, nature_of
from outreach.store.database import Store
from outreach.store.models import Account, AccountAlias, Gift, Item, Person, Post

#: More in one go are a list to import.
MOST_PASTED = 200


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to log; whatever is not said is proposed from what is known.

    Attributes:
        url: Its address, if it has one.
        person_id: Who; told by the handle in the address where it is known.
        item_id: About what; told by her gift when she has only one, or by the title named in her words.
        kind: What it is; told by the platform.
        posted_on: When; today.
        text: Her words.
        outlet: Where it was said, when it has no address: a station, a newsletter, a shop, an event.
        told_by: Who told us of it.
        gift_id: Which gift lies behind it; of several the most binding, and then the latest.
    """

    url: str = ""
    person_id: int | None = None
    item_id: int | None = None
    kind: PostKind | None = None
    posted_on: str = ""
    text: str = ""
    outlet: str = ""
    told_by: str = ""
    gift_id: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A post as it would be logged.

    Attributes:
        link: Its address, taken apart; None where it has none.
        person: Who; None where that is not known.
        gift: The gift behind it.
        trouble: What is still in the way of logging it.
    """

    link: PostLink | None
    person: int | None
    item: int | None
    gift: Gift | None
    kind: PostKind
    posted_on: str
    nature: Nature | None
    reason: str
    trouble: KnownError | None


def propose(store: Store, new: NewPost) -> Proposal:
    """What logging a post would make of it; nothing is written, and nothing raised."""
    day = new.posted_on or store.today().isoformat()
    link = parse_post_url(clean(new.url)) if clean(new.url) else None
    person = new.person_id if new.person_id is not None else _whose(link)
    gifts = gifts_behind(person, day) if person is not None else []
    item = new.item_id if new.item_id is not None else _about(gifts, new.text)
    about_it = [each for each in gifts if each.item_id == item]
    gift = next((each for each in about_it if each.id == new.gift_id), about_it[0] if about_it else None)
    nature, reason = nature_of(person, gift, day) if person is not None else (None, "")
    kind = new.kind or kind_of_link(link)
    trouble = _trouble(store, new, link, day)
    if trouble is None and person is None:
        trouble = KnownError("posts.nobody", handle=link.handle if link and link.handle else "?")
    if trouble is None and item is None and person is not None:
        number = len({each.item_id for each in gifts})
        trouble = KnownError("posts.which_item", person=Person.get_by_id(person).name, number=number)
    if trouble is None and link is None:
        trouble = _said_before(new, person, item, kind, day)
    return Proposal(link, person, item, gift, kind, day, nature, reason, trouble)


def read_pasted(text: str) -> list[NewPost]:
    """What was pasted, as posts: each address is one, and words beside it and in lines below it are hers.

    Lines that hold no address belong to the address above them, or to the first one below.

    Raises:
        KnownError: ``posts.too_many``.
    """
    found: list[tuple[str, list[str]]] = []
    before: list[str] = []
    for line in text.splitlines():
        urls, words = _parted(line)
        for place, url in enumerate(urls):
            found.append((url, [*before, words] if place == 0 else []))
            before = []
        if not urls:
            (found[-1][1] if found else before).append(words)
    if len(found) > MOST_PASTED:
        raise KnownError("posts.too_many", number=len(found), most=MOST_PASTED)
    return [NewPost(url, text="\n".join(words).strip()) for url, words in found]


def _parted(line: str) -> tuple[list[str], str]:
    """The addresses of a line, and its words without them."""
    urls: list[str] = []
    words: list[str] = []
    for word in line.split():
        bare = word.strip("<>()[]\"'“”,;")
        is_address = "/" in bare and parse_web_address(bare) is not None and parse_post_url(bare) is not None
        (urls if is_address else words).append(bare if is_address else word)
    return urls, " ".join(words).strip(" -–—:")


def _trouble(store: Store, new: NewPost, link: PostLink | None, day: str) -> KnownError | None:
    if clean(new.url) and link is None:
        return KnownError("posts.bad_url", value=clean(new.url)[:200])
    if link is not None:
        same = Post.get_or_none(Post.key == link.key)
        if same is not None:
            return KnownError("posts.twice", post=f"o{same.id}", on_day=same.posted_on)
    if day > store.today().isoformat():
        return KnownError("posts.future", on_day=day)
    return None


def _said_before(new: NewPost, person: int | None, item: int | None, kind: PostKind, day: str) -> KnownError | None:
    """The same words at the same place on the same day are the same mention."""
    words, outlet = clean_lines(new.text), clean(new.outlet)
    if not (words or outlet):
        return None
    same = (Post.person == person) & (Post.posted_on == day) & Post.key.is_null()
    told = (Post.kind == kind.value) & (Post.text == words) & (Post.outlet == outlet)
    twin = Post.get_or_none(same & (Post.item == item) & told)
    return KnownError("posts.twice", post=f"o{twin.id}", on_day=twin.posted_on) if twin else None


def _whose(link: PostLink | None) -> int | None:
    """The person whose handle, or whose earlier handle, stands in an address."""
    if link is None or not link.handle:
        return None
    keys = list(_account_keys(link))
    for key in keys:
        account = Account.get_or_none(Account.has_key([key]))
        if account is not None:
            return int(account.person_id)
    alias = AccountAlias.select(AccountAlias, Account).join(Account).where(AccountAlias.key.in_(keys)).first()
    return int(alias.account.person_id) if alias else None


def _account_keys(link: PostLink) -> Iterator[str]:
    """The keys that an account may have, the most telling first: of a site its folders, then the site itself."""
    if link.code or link.platform != "blog":
        yield f"{link.platform}:{link.handle.casefold()}"
        return
    path = link.key.partition("?")[0]
    while path:
        yield f"{link.platform}:{path.casefold()}"
        path = path.rpartition("/")[0]


def _about(gifts: list[Gift], text: str) -> int | None:
    """The title of her only gift, or the one of hers that her words name."""
    items = {gift.item_id for gift in gifts}
    if len(items) == 1:
        return int(next(iter(items)))
    said = f" {fold(text)} "
    named = [row.id for row in Item.select(Item.id, Item.title_key).where(Item.id.in_(list(items)))
             if f" {row.title_key} " in said]  # fmt: skip
    return int(named[0]) if len(named) == 1 else None
