"""The review as text, and what its parts are called."""

from collections.abc import Iterable, Iterator

from outreach.services.review.rates import Group, Rate
from outreach.services.review.value import Review, Thanks
from outreach.wording.words import Words

STAGES = ("chosen", "asked", "accepted", "sent", "posted", "reading", "quiet", "declined")


def lead(words: Words, review: Review) -> str:
    """The one sentence that the review begins with."""
    part, whole = review.organic.part, review.organic.whole
    if not whole:
        return words.say("review.nothing")
    if not part:
        return words.say("review.none", whole=whole)
    return words.say("review.most") if part * 2 > whole else words.say("review.some", part=part, whole=whole)


def scope(words: Words, review: Review) -> str:
    """What the review covers."""
    parts = []
    if review.item:
        parts.append(words.say("review.scope_item", title=review.item))
    if review.campaign:
        parts.append(words.say("review.scope_campaign", campaign=review.campaign))
    parts = parts or [words.say("review.scope_all")]
    if review.since:
        parts.append(words.say("review.since", since_day=review.since))
    if review.until:
        parts.append(words.say("review.until", until_day=review.until))
    return ", ".join(parts)


def as_lines(words: Words, review: Review) -> Iterator[str]:
    """The review for a terminal."""
    yield lead(words, review)
    yield scope(words, review)
    yield ""
    yield "  ".join(f"{words.term('stage', stage)} {review.stages.get(stage, 0)}" for stage in STAGES)
    yield f"{words.say('review.organic_rate')}: {rate_words(words, review.organic)}"
    for name, some in groups(words, review):
        if some:
            yield ""
            yield name
            width = max(len(group_name(words, name_of, group)) for name_of, group in some)
            for name_of, group in some:
                yield f"  {group_name(words, name_of, group).ljust(width)}  {rate_words(words, group.rate)}"
    yield ""
    yield words.say("review.by_title")
    for line in review.items:
        posted, reading, quiet = (words.term("stage", stage) for stage in ("posted", "reading", "quiet"))
        counts = f"{posted} {line.posted}, {reading} {line.reading}, {quiet} {line.quiet}"
        yield f"  {line.title}: {words.count('gifts', line.gifts)}; {counts}"
    yield ""
    yield from apart(words, review)
    if review.thanks:
        yield ""
        yield words.say("review.thanks")
        for each in review.thanks:
            yield f"  {each.name}: {thanked(words, each)}"
    yield ""
    yield words.say("review.unknown")
    yield from (f"  {words.say(code, number=number)}" for code, number in review.unknown)


_Named = tuple[str, Group]


def groups(words: Words, review: Review) -> list[tuple[str, list[_Named]]]:
    """The rates by genre, tier and role: what they are called, and each with the kind of its name."""
    return [
        (words.say("review.by_genre"), [("", group) for group in review.by_genre]),
        (words.say("review.by_tier"), [("tier", group) for group in review.by_tier]),
        (words.say("review.by_role"), [("role", group) for group in review.by_role]),
    ]


def group_name(words: Words, kind: str, group: Group) -> str:
    """A group as people say it."""
    if not group.key:
        return words.say("review.not_known")
    return words.term(kind, group.key) if kind else words.named(group.name)


def rate_words(words: Words, rate: Rate) -> str:
    """A rate with its likely range, or that there are too few to say."""
    of = words.say("review.of", part=rate.part, whole=rate.whole)
    if rate.share is None or rate.low is None or rate.high is None:
        return f"{of}. {words.say('review.too_few')}"
    likely = words.say("review.likely", low=words.share(rate.low), high=words.share(rate.high))
    return f"{words.share(rate.share)}, {of}. {likely}"


def thanked(words: Words, each: Thanks) -> str:
    """What someone is thanked for."""
    parts = [words.count("thanks.posts", each.posts)] if each.posts else []
    if each.clubs:
        parts.append(words.count("thanks.clubs", each.clubs, members=each.members))
    return ", ".join(parts)


def apart(words: Words, review: Review) -> Iterator[str]:
    """The deals beside one another: they are never added."""
    yield words.say("review.apart")
    for deal, (delivered, posted) in review.deals.items():
        shown = words.term("deal", deal)
        yield words.say("review.apart_line", deal=shown, delivered=delivered, posted=posted)


def natures(words: Words, review: Review) -> Iterable[str]:
    """How many posts there are of each nature."""
    return (f"{words.term('nature', nature)}: {number}" for nature, number in review.natures.items())


def figures(words: Words, review: Review) -> list[tuple[str, str, str]]:
    """The four numbers: what each is called, the number, and what stands below it."""
    rate = review.organic
    share = (
        words.share(rate.share) if rate.share is not None else words.say("review.of", part=rate.part, whole=rate.whole)
    )
    likely = (
        words.say("review.likely", low=words.share(rate.low), high=words.share(rate.high))
        if rate.low is not None and rate.high is not None
        else words.say("review.too_few")
    )
    quiet, reading = review.stages.get("quiet", 0), review.stages.get("reading", 0)
    return [
        (
            words.say("review.organic_rate"),
            share,
            f"{words.say('review.of', part=rate.part, whole=rate.whole)}. {likely}",
        ),
        (words.say("review.delivered"), str(review.delivered), words.count("gifts", review.gifts)),
        (words.say("review.quiet"), str(quiet), words.say("review.quiet_fine", reading=reading)),
        (words.say("review.clubs"), str(review.clubs), words.say("review.club_members", members=review.members)),
    ]
