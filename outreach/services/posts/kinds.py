"""The words for a post: where and how something was said, and what lies behind it."""

from enum import StrEnum

from outreach.fields.accounts import PostLink
from outreach.fields.platforms import platforms


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


#: What may be said without an address.
OFF_SOCIAL = (PostKind.ON_AIR, PostKind.PODCAST, PostKind.NEWSLETTER, PostKind.IN_SHOP, PostKind.TALK)


def kind_of_link(link: PostLink | None) -> PostKind:
    """What a post is, told by its address."""
    if link is None:
        return PostKind.TALK
    known = platforms().get(link.platform)
    return PostKind(known.kind_at(link.url)) if known else PostKind.POST
