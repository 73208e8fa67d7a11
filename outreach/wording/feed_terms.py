"""Feeds and found posts: stored values and the words people see for them, and what the commands say."""

FEED_TERMS: dict[str, dict[str, str]] = {
    "feed_kind": {
        "blog": "Blog",
        "newsletter": "Newsletter",
        "podcast": "Podcast",
        "videos": "Videos",
        "social": "Social profile",
        "reviews": "Reviews",
    },
    "feed_state": {"followed": "Followed", "paused": "Paused", "gone": "Gone"},
    "mention_confidence": {"sure": "Sure", "likely": "Likely", "perhaps": "Perhaps"},
    "found_state": {"waiting": "To look at", "confirmed": "Confirmed", "not_about_us": "Not about us"},
    "mention_proof": {
        "title": "the title",
        "capitals": "written as a title",
        "quoted": "set off as a title",
        "by_author": "the author beside it",
        "author": "the author named",
        "hashtag": "a hashtag",
        "campaign": "the campaign",
        "isbn": "its ISBN",
        "gift": "sent to them",
        "reading": "words of reading",
    },
}

SENTENCES: dict[str, str] = {"feeds.added": "Following {name} as {feed}. “outreach feeds find” looks it through."}
COUNTED: dict[str, tuple[str, str]] = {
    "kept.feed": ("{number} feed", "{number} feeds"),
    "kept.snapshot": ("{number} picture of a post", "{number} pictures of posts"),
    "feeds": ("{number} feed", "{number} feeds"),
    "feeds.followed": ("Following {number} feed.", "Following {number} feeds."),
    "feeds.discovered": ("Found {number} feed.", "Found {number} feeds."),
    "feeds.forgotten": ("{number} feed is not followed any more.", "{number} feeds are not followed any more."),
    "posts.found": ("{number} found post", "{number} found posts"),
}
