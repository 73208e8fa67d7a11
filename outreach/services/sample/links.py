"""Addresses of posts in the shape of their platforms, with codes that chance made up."""

import re
from datetime import date
from random import Random

from outreach.services.sample.phrases import pick, plain

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_SMALL = "abcdefghijklmnopqrstuvwxyz234567"
_HEX = "0123456789abcdef"
_FIGURES = "0123456789"
_WORD = re.compile(r"[^\s,]+")


def post_url(rng: Random, platform: str, handle: str, kind: str, title: str, day: date) -> str:
    """The address of a post.

    Args:
        rng: What chance the code is made by.
        platform: A code of ``resources/platforms.toml``.
        handle: Whose post it is.
        kind: ``story`` and ``video`` have addresses of their own on Instagram.
        title: What it is about; blogs and newsletters write it into the address.
        day: When; blogs write it into the address.
    """
    if platform == "instagram" and kind == "story":
        return f"https://www.instagram.com/stories/{handle}/3{_some(rng, _FIGURES, 18)}/"
    slug = "-".join(filter(None, map(plain, _WORD.findall(title.replace("’", "")))))
    forms = {
        "instagram": lambda: (
            f"https://www.instagram.com/{'reel' if kind == 'video' else 'p'}/D{_some(rng, _LETTERS, 10)}/"
        ),
        "tiktok": lambda: f"https://www.tiktok.com/@{handle}/video/7{_some(rng, _FIGURES, 18)}",
        "youtube": lambda: f"https://www.youtube.com/watch?v={_some(rng, _LETTERS, 11)}",
        "substack": lambda: f"https://{handle}.substack.com/p/{slug}-{_some(rng, _SMALL, 4)}",
        "blog": lambda: f"https://{handle}/{day:%Y/%m}/{slug}-{_some(rng, _SMALL, 3)}",
        "goodreads": lambda: f"https://www.goodreads.com/review/show/6{_some(rng, _FIGURES, 9)}",
        "storygraph": lambda: f"https://app.thestorygraph.com/reviews/{_some(rng, _HEX, 8)}-{_some(rng, _HEX, 12)}",
        "bluesky": lambda: f"https://bsky.app/profile/{handle}/post/3l{_some(rng, _SMALL, 11)}",
        "threads": lambda: f"https://www.threads.com/@{handle}/post/D{_some(rng, _LETTERS, 10)}",
        "x": lambda: f"https://x.com/{handle}/status/19{_some(rng, _FIGURES, 17)}",
    }
    return forms[platform]()


def _some(rng: Random, letters: str, count: int) -> str:
    return "".join(pick(rng, letters) for _ in range(count))
