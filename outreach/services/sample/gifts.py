"""The gifts of the sample with their days, the parcels they went in, and the campaigns they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from outreach.services.gifts.gifts import Deal, GiftState
from outreach.services.sample.catalogue import pub_day
from outreach.services.sample.days import Days
from outreach.services.sample.phrases import Weighted, between, pick
from outreach.services.sample.plans import Ending, Plan, window
from outreach.services.sample.source import Source, TitleSource
from outreach.services.sample.values import SampleCampaign, SampleGift, SampleItem, SamplePerson, SampleShipment
from outreach.services.shipments.carriers import s10_holds

#: A campaign begins so many days before its title comes out, and ends so many days after.
_CAMPAIGN = (-210, 60)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

#: Days in the post, from Britain.
_TRANSIT = {"GB": (1, 4), "IE": (3, 7), "FR": (3, 8), "DE": (3, 8), "NL": (3, 8), "ES": (4, 9), "PL": (4, 10)}
_TRANSIT_FAR = (6, 15)

#: Of the quiet endings: closed by us, or told by the person that it was not finished or was passed on.
_CLOSED, _TOLD = 0.55, 0.85
#: We close a gift so many days after it came.
_PATIENCE = (62, 120)

#: Until so many days before a title is out, proofs are sent.
_PROOFS_UNTIL = 12

_AT_HOME = Weighted((("royal-mail", 70), ("dpd", 16), ("evri", 14)))
_ABROAD = Weighted((("royal-mail", 70), ("dhl-express", 30)))


@dataclass(frozen=True, slots=True)
class Course:
    """The days of a gift, counted from today; None for what did not happen.

    Attributes:
        told: What the person told of a quiet ending: ``did_not_finish``, ``passed_on`` or nothing.
    """

    steps: tuple[tuple[GiftState, int], ...]
    told: str = ""

    def day(self, state: GiftState) -> int | None:
        """The day of a step."""
        return next((day for step, day in self.steps if step is state), None)

    @property
    def first_contact(self) -> int | None:
        """The day the person first heard of it from us."""
        heard = (GiftState.ASKED, GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED)
        return min((day for state, day in self.steps if state in heard), default=None)


def make_courses(
    rng: Random, plans: Sequence[Plan], titles: Sequence[TitleSource], people: Sequence[SamplePerson], days: Days
) -> list[Course]:
    """The days of each plan."""
    return [_course(rng, plan, titles[plan.item], people[plan.person].country, days) for plan in plans]


def _course(rng: Random, plan: Plan, title: TitleSource, country: str, days: Days) -> Course:
    transit = between(rng, *_TRANSIT.get(country, _TRANSIT_FAR))
    sent = days.working(_sent_day(rng, plan, title, transit))
    accepted = sent - between(rng, 1, 7)
    asked = days.working(accepted - between(rng, 0, 9))
    chosen = days.working(asked - between(rng, 0, 4))
    before = [(GiftState.CHOSEN, chosen), (GiftState.ASKED, asked), (GiftState.ACCEPTED, accepted)]
    if plan.state is GiftState.CONSIDERED:
        return Course(((GiftState.CONSIDERED, chosen),))
    if plan.state is GiftState.DECLINED:
        return Course((*before[:2], (GiftState.DECLINED, accepted)))
    for come, state in enumerate((GiftState.CHOSEN, GiftState.ASKED, GiftState.ACCEPTED), start=1):
        if plan.state is state:
            return Course(tuple(before[:come]))
    if rng.random() < 0.12:  # they asked us
        before.pop(1)
    steps = [*before, (GiftState.SENT, sent)]
    if plan.state is GiftState.SENT:
        return Course(tuple(steps))
    delivered = sent + transit
    steps.append((GiftState.DELIVERED, delivered))
    if plan.ending is not Ending.QUIET:
        return Course(tuple(steps))
    chance = rng.random()
    if chance < _CLOSED:
        steps.append((GiftState.CLOSED_QUIET, min(-1, delivered + between(rng, *_PATIENCE))))
        return Course(tuple(steps))
    return Course(tuple(steps), pick(rng, ("did_not_finish", "passed_on")) if chance < _TOLD else "")


def _sent_day(rng: Random, plan: Plan, title: TitleSource, transit: int) -> int:
    """The day a gift was sent, or would have been, so that it stands today where its plan says."""
    if plan.state is GiftState.SENT:
        return -between(rng, 1, max(2, transit))
    if plan.state is GiftState.ACCEPTED:
        return -between(rng, 0, 6)
    if plan.state in (GiftState.ASKED, GiftState.CHOSEN, GiftState.CONSIDERED):
        return -between(rng, 0, 8)
    first, last = window(title, plan.arrives)
    if plan.ending is Ending.POSTED:
        last = min(last, -10)
    if plan.club:
        last = first + (last - first) // 3
    return between(rng, min(first, last), last) - transit


def make_campaigns(titles: Sequence[TitleSource], days: Days) -> list[SampleCampaign]:
    """The campaigns of the titles that have one."""
    return [
        SampleCampaign(
            name=f"{title.title}, {_MONTHS[days.date(pub_day(title, days)).month - 1]} launch",
            item=place,
            starts_on=days.text(title.published + _CAMPAIGN[0]),
            ends_on=days.text(title.published + _CAMPAIGN[1]),
            notes=title.campaign,
        )
        for place, title in enumerate(titles)
        if title.campaign
    ]


class GiftMaker:
    """Makes the gifts of plans and courses."""

    def __init__(
        self,
        rng: Random,
        source: Source,
        people: Sequence[SamplePerson],
        items: Sequence[SampleItem],
        campaigns: Sequence[SampleCampaign],
        days: Days,
    ) -> None:
        self._rng = rng
        self._source = source
        self._people = people
        self._items = items
        self._days = days
        self._campaigns = {campaign.item: (place, campaign) for place, campaign in enumerate(campaigns)}

    def gift(self, plan: Plan, course: Course) -> SampleGift:
        """One gift."""
        text = self._days.text
        steps = tuple((state.value, text(day)) for state, day in course.steps)
        sent, delivered = course.day(GiftState.SENT), course.day(GiftState.DELIVERED)
        chosen = steps[0][1]
        place, campaign = self._campaigns.get(plan.item, (None, None))
        in_campaign = campaign is not None and campaign.starts_on <= chosen <= campaign.ends_on
        return SampleGift(
            person=plan.person,
            item=plan.item,
            edition=self._edition(self._items[plan.item], course.steps[-1][1] if sent is None else sent),
            campaign=place if in_campaign else None,
            deal=plan.deal.value,
            state=steps[-1][0],
            why=self._why(plan),
            state_on=steps[-1][1],
            sent_on=None if sent is None else text(sent),
            delivered_on=None if delivered is None else text(delivered),
            steps=steps,
        )

    def shipment(self, number: int, gift: SampleGift) -> SampleShipment | None:
        """The parcel of a gift that was sent."""
        if gift.sent_on is None:
            return None
        carrier = (_AT_HOME if self._people[gift.person].country == "GB" else _ABROAD).pick(self._rng)
        tracking = _tracking_number(self._rng, carrier)
        return SampleShipment(number, carrier, tracking, gift.sent_on, gift.delivered_on)

    def _edition(self, item: SampleItem, day: int) -> int:
        """Proofs until shortly before a title is out, then the first finished edition."""
        kinds = [edition.kind for edition in item.editions]
        wanted = "proof" if self._days.text(day + _PROOFS_UNTIL) < item.pub_date else "finished"
        return kinds.index(wanted) if wanted in kinds else 0

    def _why(self, plan: Plan) -> str:
        """A reason that is true of the person and the item."""
        if plan.deal is not Deal.GIFT:
            return pick(self._rng, self._source.texts[f"deal.{plan.deal.value}"]).say(self._rng)
        person, item = self._people[plan.person], self._items[plan.item]
        wanted = {
            "genre": {genre for genre, _ in item.genres},
            "trope": set(item.keywords),
            "mood": set(item.keywords),
            "author": {item.author},
            "comp": {title for title, _ in item.comps},
        }
        facts = []
        for taste in person.tastes:
            if taste.polarity == "like" and taste.subject in wanted.get(taste.kind, ()):
                subject = self._source.called.get(taste.subject, taste.subject)
                kind = "trope" if taste.kind == "mood" else taste.kind
                facts.append((_AUDIENCES.get(person.role, "audience") if taste.side == "audience" else kind, subject))
        kind, subject = pick(self._rng, facts) if facts else ("stretch", "")
        return pick(self._rng, self._source.texts[f"why.{kind}"]).say(self._rng, {"subject": subject})


#: What those are called who listen to someone.
_AUDIENCES = {
    "bookseller": "customers", "librarian": "group", "teacher": "group", "colleague": "group", "journalist": "group",
    "radio_host": "listeners", "podcaster": "listeners",
}  # fmt: skip


def _tracking_number(rng: Random, carrier: str) -> str:
    def figures(count: int) -> str:
        return "".join(str(between(rng, 0, 9)) for _ in range(count))

    if carrier == "royal-mail":
        number = f"{pick(rng, 'RLV')}{pick(rng, 'ABDFGHJKN')}{figures(8)}"
        return next(f"{number}{digit}GB" for digit in range(10) if s10_holds(f"{number}{digit}GB"))
    known = {"dpd": f"1550{figures(10)}", "evri": f"H0{figures(14)}"}.get(carrier)
    if known:
        return known
    # As DHL Express counts: the last figure is what is left of the others by seven.
    body = figures(10)[:-1]
    return f"{body}{int(body) % 7}"
