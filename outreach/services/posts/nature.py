"""What lies behind a post: decided in one place, from what is known, and said with its reason.

A post of somebody whom we had not written to yet stays one for ever. After that what was agreed decides, and the most
binding of it: money, a reward of any other kind, a say in what is said; on the gift, or in a programme that she was in
on that day, whatever the title. A copy with nothing asked in return leaves a post organic, and so does no copy at all;
that a copy was free has to be told to readers all the same, which is another matter (`nature` says nothing of
disclosure).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from outreach.fields.dates import is_before
from outreach.services.gifts.states import Deal, GiftState, Obliges, OutcomeKind
from outreach.services.people.roles import roles_of
from outreach.services.posts.kinds import Nature
from outreach.services.programmes.standing import REASONS, deal_on
from outreach.services.tastes.learning import learn_from_post, unlearn_post
from outreach.store.database import Store
from outreach.store.models import Gift, GiftStep, Letter, Outcome, Post, ProgrammeMember

_CONTACT = (GiftState.ASKED.value, GiftState.ACCEPTED.value, GiftState.SENT.value, GiftState.DELIVERED.value)
_SENT = (GiftState.SENT.value, GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)
#: Who has one of these roles has a stake in what is said.
_INSIDERS = frozenset({"colleague"})
_WEIGHT = {Deal.GIFT: 0, Deal.IN_KIND: 1, Deal.PAID: 2}


@dataclass(frozen=True, slots=True)
class Ground:
    """All that decides what lies behind a post.

    Attributes:
        posted_on: The day, or the month or the year, it was posted.
        first_contact: The day we first wrote to her or gave her something, None where that never was.
        deal: What was agreed on the gift behind it; None where no gift is.
        obliges: What that gift depends on.
        insider: Whether she is one of the house.
        was: What was kept of it until now.
        programme: What was agreed in a programme that she was in on that day; None where nothing was.
    """

    posted_on: str
    first_contact: str | None = None
    deal: Deal | None = None
    obliges: Obliges = Obliges.NOTHING
    insider: bool = False
    was: Nature | None = None
    programme: Deal | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether we had neither written to her nor given her anything by then."""
        return self.first_contact is None or is_before(self.posted_on, self.first_contact)


@dataclass(frozen=True, slots=True)
class Decision:
    """What lies behind a post, and why, as a word of ``nature_reason``."""

    nature: Nature
    reason: str


#: What decides, in this order: the first line that holds.
_RULES: tuple[tuple[Callable[[Ground], bool], Nature, str], ...] = (
    (lambda known: known.was is Nature.BEFORE_CONTACT, Nature.BEFORE_CONTACT, "before_first_contact"),
    (lambda known: known.deal is Deal.PAID, Nature.PAID, "paid_for"),
    (lambda known: known.programme is Deal.PAID, Nature.PAID, REASONS[Deal.PAID]),
    (lambda known: known.obliges is Obliges.POSTING, Nature.IN_KIND, "reward_for_posting"),
    (lambda known: known.obliges is Obliges.APPROVAL, Nature.IN_KIND, "we_had_a_say"),
    (lambda known: known.deal is Deal.IN_KIND, Nature.IN_KIND, "reward_agreed"),
    (lambda known: known.programme is Deal.IN_KIND, Nature.IN_KIND, REASONS[Deal.IN_KIND]),
    (lambda known: known.insider, Nature.IN_KIND, "one_of_us"),
    (lambda known: known.deal is Deal.GIFT, Nature.ORGANIC, "after_free_gift"),
    (lambda known: known.is_unknown, Nature.BEFORE_CONTACT, "before_first_contact"),
    (lambda _: True, Nature.ORGANIC, "no_gift"),
)


def decide(ground: Ground) -> Decision:
    """What lies behind a post."""
    return next(Decision(nature, reason) for holds, nature, reason in _RULES if holds(ground))


def nature_of(person: int, gift: Gift | None, posted_on: str) -> tuple[Nature, str]:
    """What lies behind a new post of a person, and the reason."""
    decision = decide(_ground(person, gift, posted_on))
    return decision.nature, decision.reason


def first_contact(person: int) -> str | None:
    """The day we first wrote to a person, invited her, or pitched, accepted or sent her a gift; None before that."""
    letters = Letter.select(Letter.sent_at).where((Letter.person == person) & Letter.sent_at.is_null(False))
    days = [row.sent_at[:10] for row in letters]
    steps = (
        GiftStep.select(GiftStep.happened_on).join(Gift).where((Gift.person == person) & GiftStep.state.in_(_CONTACT))
    )
    days += [row.happened_on for row in steps]
    invited = ProgrammeMember.select(ProgrammeMember.invited_on).where(ProgrammeMember.person == person)
    days += [row.invited_on for row in invited]
    return min(days) if days else None


def gifts_behind(person: int, posted_on: str) -> list[Gift]:
    """The gifts that may lie behind a post of that day, the most binding and then the latest first.

    A copy does from the day it was sent; what was agreed to be rewarded, from the day it was agreed.
    """
    found: list[tuple[int, str, int, Gift]] = []
    for gift in Gift.select().where((Gift.person == person) & Gift.state.in_([*_SENT, GiftState.ACCEPTED.value])):
        deal = Deal(gift.deal)
        since = gift.sent_on if gift.state in _SENT else None
        if deal is not Deal.GIFT:
            since = min(filter(None, (since, _agreed_on(gift.id))), default=None)
        if since and not is_before(posted_on, since):
            found.append((_WEIGHT[deal], since, gift.id, gift))
    return [gift for *_, gift in sorted(found, key=lambda each: each[:3], reverse=True)]


def renew(store: Store, person: int | None, items: Iterable[int] | None = None) -> int:
    """Decide anew, inside the caller's operation, what lies behind a person's posts, since a gift is another now.

    What was said before we first wrote stays as it is. What a post taught of a taste is taken back with its being
    organic, and learned with it. How many posts are another nature now is returned.
    """
    if person is None:
        return 0
    query = Post.select().where((Post.person == person) & (Post.nature != Nature.BEFORE_CONTACT.value))
    if items is not None:
        query = query.where(Post.item.in_(list(items)))
    return sum(_renew(store, post) for post in list(query))


def keep_outcome(store: Store, post: Post) -> None:
    """Note inside the caller's operation that a gift led to a post: the one now behind it, and no other."""
    has_gift = post.gift_id is not None and post.nature != Nature.BEFORE_CONTACT
    Outcome.delete().where((Outcome.post == post.id) & (Outcome.kind == OutcomeKind.POSTED.value)).execute()
    if has_gift:
        Outcome.create(
            gift=post.gift_id, person=post.person_id, kind=OutcomeKind.POSTED.value, evidence="seen",
            happened_on=post.posted_on, post=post.id, by=store.by,
        )  # fmt: skip


def teaches(nature: str) -> bool:
    """Whether a post says something of a taste: only where nobody was rewarded for it."""
    return nature in (Nature.BEFORE_CONTACT, Nature.ORGANIC)


def _renew(store: Store, post: Post) -> bool:
    gift = next((each for each in gifts_behind(post.person_id, post.posted_on) if each.item_id == post.item_id), None)
    decision = decide(_ground(post.person_id, gift, post.posted_on, Nature(post.nature)))
    if decision.nature is Nature.BEFORE_CONTACT:
        # We knew her when it was logged; that an answer was taken back since does not undo that.
        decision = Decision(Nature.ORGANIC, "no_gift")
    before = (post.gift_id, post.nature, post.nature_reason)
    after = (gift.id if gift else None, decision.nature.value, decision.reason)
    if before == after:
        return False
    post.gift, post.nature, post.nature_reason = after
    Post.update(gift=after[0], nature=after[1], nature_reason=after[2]).where(Post.id == post.id).execute()
    if before[0] != after[0]:
        keep_outcome(store, post)
    if teaches(before[1]) and not teaches(after[1]):
        unlearn_post(post.id)
    elif post.item_id is not None and teaches(after[1]) and not teaches(before[1]):
        learn_from_post(store, post)
    return before[1] != after[1]


def _ground(person: int, gift: Gift | None, posted_on: str, was: Nature | None = None) -> Ground:
    return Ground(
        posted_on,
        first_contact(person),
        Deal(gift.deal) if gift else None,
        Obliges(gift.obliges) if gift else Obliges.NOTHING,
        not _INSIDERS.isdisjoint(roles_of(person)),
        was,
        deal_on(person, posted_on),
    )


def _agreed_on(gift: int) -> str | None:
    days = GiftStep.select(GiftStep.happened_on).where(
        (GiftStep.gift == gift) & (GiftStep.state == GiftState.ACCEPTED.value)
    )
    return min((row.happened_on for row in days), default=None)
