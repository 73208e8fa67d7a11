"""What came of the gifts of the sample, beside posts: thanks, reading, passing on. Silence is a fine ending."""

from collections.abc import Mapping, Sequence
from random import Random

from outreach.services.gifts.gifts import GiftState, OutcomeKind
from outreach.services.sample.days import Days
from outreach.services.sample.gifts import Course
from outreach.services.sample.phrases import between
from outreach.services.sample.plans import Ending, Plan
from outreach.services.sample.values import SampleOutcome

#: Of a hundred gifts, how many were thanked for, and how many people told us how far they had read.
_THANKED, _FINISHED, _STARTED = 24, 38, 45
#: Somebody who has it for so long has begun.
_BEGUN_AFTER = 7


def make_outcomes(
    rng: Random,
    plans: Sequence[Plan],
    courses: Sequence[Course],
    said: Mapping[int, Sequence[tuple[int, int]]],
    days: Days,
) -> list[SampleOutcome]:
    """The outcomes of all gifts that arrived.

    Args:
        rng: What chance they come about by.
        plans: The gifts.
        courses: Their days.
        said: By gift, the number and day of each post about it, the first one first.
        days: How days are written.
    """
    outcomes = []
    for gift, (plan, course) in enumerate(zip(plans, courses, strict=True)):
        delivered = course.day(GiftState.DELIVERED)
        if delivered is None:
            continue
        posts = said.get(gift, ())
        last = posts[0][1] if posts else course.day(GiftState.CLOSED_QUIET) or -1
        for kind, day in _told(rng, plan, course.told, delivered, last):
            outcomes.append(SampleOutcome(gift, kind.value, "claimed", days.text(day), None))
        outcomes += [
            SampleOutcome(gift, OutcomeKind.POSTED.value, "seen", days.text(day), number) for number, day in posts
        ]
    return outcomes


def _told(rng: Random, plan: Plan, told: str, delivered: int, last: int) -> list[tuple[OutcomeKind, int]]:
    """What a person told us between the day a gift came and the last day, with the day of each."""

    def chance(share: int) -> bool:
        return rng.random() * 100 < share

    found = []
    if chance(_THANKED):
        found.append((OutcomeKind.THANKED, min(last, delivered + between(rng, 0, 5))))
    if plan.ending is Ending.READING and delivered < -_BEGUN_AFTER and chance(_STARTED):
        found.append((OutcomeKind.STARTED, between(rng, delivered + 1, -1)))
    if plan.ending is Ending.POSTED and chance(_FINISHED):
        found.append((OutcomeKind.FINISHED, between(rng, min(delivered + 1, last), last)))
    if told:
        found.append((OutcomeKind(told), between(rng, delivered + 6, min(-1, delivered + 90))))
    return found
