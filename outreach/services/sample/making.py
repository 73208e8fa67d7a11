"""Makes the sample workspace: the same one for the same seed and day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from outreach.services.gifts.gifts import GiftState, OutcomeKind
from outreach.services.posts import Nature
from outreach.services.sample.catalogue import choose_titles, make_items, with_copies
from outreach.services.sample.clubs import ClubMaker
from outreach.services.sample.days import Days
from outreach.services.sample.gifts import GiftMaker, make_campaigns, make_courses
from outreach.services.sample.outcomes import make_outcomes
from outreach.services.sample.people import make_people
from outreach.services.sample.phrases import between
from outreach.services.sample.plans import make_plans
from outreach.services.sample.posts import PostMaker, Said
from outreach.services.sample.source import load_source
from outreach.services.sample.values import (
    Sample,
    SampleClub,
    SampleEvidence,
    SampleGift,
    SampleItem,
    SampleOutcome,
    SamplePerson,
    SampleTaste,
)

#: Of the clubs, every so-manieth had the author come.
_MET_AUTHOR = 4
#: Taste that shows only in a post is not as sure as one that was spoken of.
_SHOWN = 0.6


def make_sample(  # noqa: PLR0913 - the amounts are the options of a command
    seed: int,
    today: date,
    *,
    people: int = 1200,
    items: int = 40,
    gifts: int = 300,
    posts: int = 180,
    clubs: int = 12,
) -> Sample:
    """Make a sample workspace.

    Args:
        seed: Decides all chance.
        today: The day on which the workspace stands as it is; nothing happened after it.
        people: How many people; the first ones are written by hand.
        items: How many titles, at most as many as are written; the products that go with them come on top.
        gifts: How many gifts.
        posts: How many posts, if there are people enough to write them.
        clubs: How many clubs, if there are gifts enough that were posted about.
    """
    rng = Random(seed)  # noqa: S311 - a sample needs chance that can be repeated
    source, days = load_source(), Days(today)
    titles = choose_titles(source, items)
    folk = make_people(rng, source, days, people)
    plans = make_plans(rng, source, titles, folk, gifts, posts)
    courses = make_courses(rng, plans, titles, folk, days)
    order = sorted(range(len(plans)), key=lambda number: courses[number].steps[0][1])
    plans, courses = [plans[number] for number in order], [courses[number] for number in order]
    said = PostMaker(rng, source, folk, titles, days).posts(plans, courses, posts)
    by_gift = _by_gift(said)
    groups = ClubMaker(rng, source, folk, titles, days).clubs(plans, by_gift, clubs)
    stock = make_items(source, titles, days)
    campaigns = make_campaigns(titles, days)
    maker = GiftMaker(rng, source, folk, stock, campaigns, days)
    given = [maker.gift(plan, course) for plan, course in zip(plans, courses, strict=True)]
    parcels = [maker.shipment(number, gift) for number, gift in enumerate(given)]
    outcomes = make_outcomes(rng, plans, courses, by_gift, days)
    outcomes += _of_clubs(rng, groups, days)
    return Sample(
        people=tuple(_shown_by_posts(folk, stock, said)),
        items=tuple(with_copies(stock, _taken(given))),
        campaigns=tuple(campaigns),
        gifts=tuple(given),
        shipments=tuple(parcel for parcel in parcels if parcel is not None),
        posts=tuple(each.post for each in said),
        outcomes=tuple(sorted(outcomes, key=lambda each: (each.happened_on, each.gift, each.kind))),
        clubs=tuple(club for club, _ in groups),
        coming=next((place for place, title in enumerate(titles) if title.coming), None),
    )


def _by_gift(said: Sequence[Said]) -> dict[int, list[tuple[int, int]]]:
    """By gift, the number and day of each post about it, the first one first."""
    found: dict[int, list[tuple[int, int]]] = {}
    for number, each in enumerate(said):
        if each.post.gift is not None:
            found.setdefault(each.post.gift, []).append((number, each.day))
    return found


def _of_clubs(rng: Random, groups: Sequence[tuple[SampleClub, int]], days: Days) -> list[SampleOutcome]:
    """That a club began, and where the author came, is what came of its gift."""
    outcomes = []
    for place, (club, started) in enumerate(groups):
        outcomes.append(SampleOutcome(club.gift, OutcomeKind.CLUB_STARTED.value, "seen", club.started_on, None))
        if place % _MET_AUTHOR == 0 and started < -30:
            met = days.text(between(rng, started + 14, -2))
            outcomes.append(SampleOutcome(club.gift, OutcomeKind.MET_AUTHOR.value, "seen", met, None))
    return outcomes


def _taken(gifts: Sequence[SampleGift]) -> dict[tuple[int, int], int]:
    """By item and edition, the copies that were sent or promised."""
    taken: dict[tuple[int, int], int] = {}
    for gift in gifts:
        if gift.sent_on is not None or gift.state in (GiftState.CHOSEN, GiftState.ASKED, GiftState.ACCEPTED):
            key = gift.item, gift.edition
            taken[key] = taken.get(key, 0) + 1
    return taken


def _shown_by_posts(
    people: list[SamplePerson], items: Sequence[SampleItem], said: Sequence[Said]
) -> list[SamplePerson]:
    """The people, with what they posted unprompted as evidence of their taste."""
    people = list(people)
    for each in said:
        post = each.post
        if post.nature not in (Nature.ORGANIC, Nature.BEFORE_CONTACT) or not post.text:
            continue
        person = people[post.person]
        genre = items[post.item].genres[0][0]
        evidence = SampleEvidence("post", post.text, post.url or "", post.posted_on)
        tastes = list(person.tastes)
        for place, taste in enumerate(tastes):
            if (taste.side, taste.polarity, taste.kind, taste.subject) == ("own", "like", "genre", genre):
                tastes[place] = replace(taste, evidence=(*taste.evidence, evidence))
                break
        else:
            tastes.append(SampleTaste("own", "like", "genre", genre, _SHOWN, (evidence,)))
        people[post.person] = replace(person, tastes=tuple(tastes))
    return people
