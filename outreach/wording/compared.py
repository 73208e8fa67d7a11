"""Two reviews beside one another, number by number, and what may be said of them."""

from dataclasses import dataclass

from outreach.services.review.value import Review
from outreach.wording.report import rate_words
from outreach.wording.review import beside, figures, numbers_apart, time_short
from outreach.wording.words import Words


@dataclass(frozen=True, slots=True)
class Pair:
    """One number of both."""

    name: str
    one: str
    other: str


def compared(words: Words, one: Review, other: Review) -> list[Pair]:
    """The numbers of two reviews beside one another."""
    pairs = [
        Pair(first.name, beside(first), beside(second))
        for first, second in zip(figures(words, one), figures(words, other), strict=True)
    ]
    pairs[0] = Pair(pairs[0].name, rate_words(words, one.organic), rate_words(words, other.organic))
    pairs.append(Pair(words.say("review.time"), time_short(words, one), time_short(words, other)))
    sides = [{each.name: each.text for each in numbers_apart(words, review)} for review in (one, other)]
    known = {pair.name for pair in pairs}
    names = [name for name in dict.fromkeys([*sides[0], *sides[1]]) if name not in known]
    return pairs + [Pair(name, sides[0].get(name, "–"), sides[1].get(name, "–")) for name in names]


def verdict(words: Words, one: Review, other: Review) -> str:
    """Which of two campaigns led to posts more often, as far as that can be said."""
    rates = sorted(((each.organic, each.campaign) for each in (one, other)), key=lambda pair: pair[0].share or 0.0)
    (low, _), (high, name) = rates
    if low.share is None or high.share is None:
        return words.say("review.compare_few")
    is_apart = (high.low or 0.0) > (low.high or 0.0)
    return words.say("review.compare_apart" if is_apart else "review.compare_hint", name=name)
