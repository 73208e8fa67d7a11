"""What is counted below the sample's posts: some of them were read once or twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

#: One in so many posts was read; where a video is, views are counted too.
_ONE_IN = 3
_AFTER = (2, 9)


@dataclass(frozen=True, slots=True)
class SampleCounts:
    """Raw counts of a day."""

    read_on: str
    likes: int
    comments: int
    shares: int | None
    saves: int | None
    views: int | None
    questions: int | None


def counted(url: str, kind: str, posted_on: str, today: str) -> Iterator[SampleCounts]:
    """The readings of a post; the same for the same address."""
    rng = Random(url)  # noqa: S311 - a sample, and no secret
    if rng.randrange(_ONE_IN):
        return
    likes = round(rng.lognormvariate(4.6, 1.0)) + 3
    for days in _AFTER:
        day = (date.fromisoformat(posted_on) + timedelta(days=days)).isoformat()
        if day > today:
            return
        yield SampleCounts(
            day, likes, max(1, likes // 14), likes // 40, likes // 5 if kind != "video" else None,
            likes * 12 if kind == "video" else None, rng.choice((None, None, 0, 2, 7)),
        )  # fmt: skip
        likes += round(likes * rng.uniform(0.02, 0.15))
