"""The words that feeds and found posts are described by."""

from enum import StrEnum


class FeedState(StrEnum):
    """Whether a feed is looked through."""

    FOLLOWED = "followed"
    PAUSED = "paused"
    GONE = "gone"


class FeedKind(StrEnum):
    """What a feed is of."""

    BLOG = "blog"
    NEWSLETTER = "newsletter"
    PODCAST = "podcast"
    VIDEOS = "videos"
    SOCIAL = "social"
    REVIEWS = "reviews"


class Confidence(StrEnum):
    """How sure it is that an entry speaks of an item of ours; said in words, never as a number."""

    SURE = "sure"
    LIKELY = "likely"
    PERHAPS = "perhaps"


class FoundState(StrEnum):
    """What somebody said of a found post."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    NOT_ABOUT_US = "not_about_us"


class Proof(StrEnum):
    """What in an entry says that it speaks of an item; several together say more than each."""

    TITLE = "title"
    #: The title with a capital where the sentence does not ask for one.
    CAPITALS = "capitals"
    #: The title between quotation marks or in italics.
    QUOTED = "quoted"
    #: The title and "by" or a dash before the author's name.
    BY_AUTHOR = "by_author"
    AUTHOR = "author"
    HASHTAG = "hashtag"
    CAMPAIGN = "campaign"
    #: A number of an edition of it.
    ISBN = "isbn"
    #: It was sent to whose feed it is.
    GIFT = "gift"
    #: A word of reading, such as "novel" or "chapter", beside the title.
    READING = "reading"
