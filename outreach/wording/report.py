"""The review as text, and what its parts are called."""

from collections.abc import Iterable, Iterator

from outreach.services.review.rates import Group, Rate
from outreach.services.review.value import Review, Thanks
from outreach.wording.review import amounts_text, beside, cost_rows, figures, lift_lines, sold_text, time_lines
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
    if review.client:
        parts.append(words.say("review.scope_client", client=review.client))
    if review.roster:
        parts.append(words.say("review.scope_roster", roster=review.roster))
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
    for figure in figures(words, review):
        yield f"{figure.name}: " + ". ".join(filter(None, (beside(figure), figure.below)))
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
        sold = f"; {words.say('review.sales')} {amounts_text(words, line.sales)}" if line.sales else ""
        yield f"  {line.title}: {words.count('gifts', line.gifts)}; {counts}{sold}"
    yield ""
    yield from apart(words, review)
    yield from _money(words, review)
    if review.thanks:
        yield ""
        yield words.say("review.thanks")
        for each in review.thanks:
            yield f"  {each.name}: {thanked(words, each)}"
    yield ""
    yield words.say("review.unknown")
    yield from (f"  {words.say(code, number=number)}" for code, number in review.unknown)


def _money(words: Words, review: Review) -> Iterator[str]:
    """What was sold apart, what gifts cost, how long it took, and what was before."""
    for deal, sold in review.by_code_apart.items():
        yield f"{words.say('review.sales_apart', deal=words.term('behind', deal))}: {sold_text(words, sold)}"
    if review.sold != review.by_code:
        yield f"{words.say('review.sold')}: {sold_text(words, review.sold)}"
    if review.events.events:
        events = review.events
        told = words.say("review.event_line", copies=events.copies, companions=events.companions)
        yield f"{words.say('review.events')}: " + ", ".join(filter(None, (told, amounts_text(words, events.takings))))
    costs = cost_rows(words, review)
    if costs:
        yield ""
        yield from (f"{name}: {amounts_text(words, amounts)}" for name, amounts in costs)
    yield ""
    yield words.say("review.time")
    yield from (f"  {line}" for line in time_lines(words, review))
    if review.lifts:
        yield ""
        yield words.say("review.lift")
        yield from (f"  {line}" for line in lift_lines(words, review))


_Named = tuple[str, Group]


def groups(words: Words, review: Review) -> list[tuple[str, list[_Named]]]:
    """The rates by genre, tier, voice, title and campaign: their names, and each with the kind of its name."""
    return [
        (words.say("review.by_genre"), [("", group) for group in review.by_genre]),
        (words.say("review.by_tier"), [("tier", group) for group in review.by_tier]),
        (words.say("review.by_voice"), [("role", group) for group in review.by_role]),
        (words.say("review.by_title"), [("", group) for group in review.by_item]),
        (words.say("review.by_campaign"), [("", group) for group in review.by_campaign]),
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
    if each.orders:
        parts.append(words.say("thanks.orders", orders=each.orders))
    elif each.copies:
        parts.append(words.say("thanks.copies", copies=each.copies))
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
