"""What happened in a campaign within a week, and a letter that tells it to the client or to oneself.

What was given with nothing asked in return, what was agreed in kind and what was paid are counted each for itself, and
never added. The letter is a draft like any other: a person reads it, and approves it, before it goes.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from peewee import fn

from outreach.errors import KnownError
from outreach.fields.names import first_name_of
from outreach.jobs import Job
from outreach.services.campaigns.campaign import CampaignFacts, campaign_facts
from outreach.services.campaigns.goals import GoalFacts, goals_of
from outreach.services.campaigns.steps import StepRow, steps_of
from outreach.services.catalogue.catalogue import show_item
from outreach.services.drafting.drafts import LetterOrder, LetterText, sender_known
from outreach.services.drafting.senders import sender
from outreach.services.drafting.templates import as_text, save_starters, template_named
from outreach.services.gifts.states import Deal, GiftState
from outreach.services.letters.message import OutgoingLetter, as_draft, build_message
from outreach.services.letters.sandbox import payload_of
from outreach.services.posts.kinds import Nature
from outreach.store.database import Store
from outreach.store.files import replacing
from outreach.store.models import Club, Edition, Gift, GiftStep, Item, LetterTemplate, Person, Post, Sale, SalesCode
from outreach.workers import Limits, stream

WEEK_LETTER = "week-letter"
#: What of a gift's way is told; the rest is planning.
TOLD = (GiftState.ASKED, GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED)
#: What lies behind a post, by what was agreed; what was posted before we wrote came of none of it.
NATURE = {Deal.GIFT: Nature.ORGANIC.value, Deal.IN_KIND: Nature.IN_KIND.value, Deal.PAID: Nature.PAID.value}
_DAYS = 7
_RENDER = "outreach.services.letters.sandbox:render_many"
_LIMITS = Limits(seconds=10.0, memory_mb=200, answer_bytes=2**20)


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """What happened to gifts of one deal.

    Attributes:
        came: By state how many came to it.
        copies: How many were sold by codes of those who have these gifts, less those that came back.
    """

    came: Mapping[str, int] = field(default_factory=dict)
    posts: int = 0
    clubs: int = 0
    copies: int = 0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is noted."""
        return not (any(self.came.values()) or self.posts or self.clubs or self.copies)


@dataclass(frozen=True, slots=True)
class WeekPost:
    """A post of the week.

    Attributes:
        deal: What was agreed behind it.
    """

    person: str
    title: str
    outlet: str
    url: str
    posted_on: str
    deal: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a campaign.

    Attributes:
        figures: By deal what happened; each for itself.
        posts: Those of the week, the first one first.
        done: What of its timeline was done.
        due: What of it is to be done within the week after.
    """

    facts: CampaignFacts
    since: str
    until: str
    figures: Mapping[Deal, WeekFigures]
    posts: tuple[WeekPost, ...]
    goals: tuple[GoalFacts, ...]
    done: tuple[StepRow, ...]
    due: tuple[StepRow, ...]


def week_of(store: Store, campaign_id: int, until: str = "") -> Week:
    """What happened in a campaign in the seven days that end with a day, today where none is said."""
    last = date.fromisoformat(until) if until else store.today()
    since, end = (last - timedelta(days=_DAYS - 1)).isoformat(), last.isoformat()
    steps, next_week = steps_of(campaign_id), (last + timedelta(days=_DAYS)).isoformat()
    return Week(
        facts=campaign_facts(campaign_id),
        since=since,
        until=end,
        figures={deal: _figures(campaign_id, deal, since, end) for deal in Deal},
        posts=_posts(campaign_id, since, end),
        goals=tuple(goals_of(store, campaign_id)),
        done=tuple(step for step in steps if since <= step.done_on <= end),
        due=tuple(step for step in steps if not step.done_on and step.due_on <= next_week),
    )


def week_order(week: Week, person_id: int, text: str) -> LetterOrder:
    """What to draft to tell somebody of a week: its text is the personal line.

    Raises:
        KnownError: ``campaigns.no_title`` for a campaign without a title, which no letter can be about.
    """
    return LetterOrder(WEEK_LETTER, _title(week), (person_id,), {person_id: text})


def prepare(store: Store) -> None:
    """Put the template into a workspace of an earlier version, which lacks it; on the thread that writes."""
    if not LetterTemplate.select().where(LetterTemplate.name == WEEK_LETTER).exists():
        save_starters(store, sender().language)


def own_letter(week: Week, text: str, job: Job | None = None) -> LetterText:
    """The letter of a week to oneself, rendered and kept nowhere.

    Raises:
        KnownError: ``letters.no_sender``, ``letters.no_template``, ``campaigns.no_title``, or when the template is at
            fault.
    """
    me, book = sender_known(), show_item(_title(week)).values
    first = first_name_of(me.name)
    facts = {
        "person": {"name": me.name, "first_name": first, "greeting": f"Dear {first}"},
        "me": {"name": me.name, "first_name": first, "email": me.email, "signature": me.signature},
        "book": {"title": book["title"], "author": book["author"] or me.organisation or me.name},
        "opening": text,
    }
    template = as_text(template_named(WEEK_LETTER))
    answer = next(iter(stream(_RENDER, payload_of(template, {0: facts}), _LIMITS, job)))
    if answer["error"]:
        raise KnownError(answer["error"], **answer["error_facts"])
    return LetterText(0, me.name, me.email, answer["subject"], answer["text"], answer["html"], answer["markdown"],
                      tuple(answer["missing"]))  # fmt: skip


def write_message(store: Store, letter: LetterText, path: Path) -> None:
    """Write a letter to oneself as a file that a mail program opens to send, or to change and send.

    Raises:
        KnownError: ``letters.no_sender``, ``files.not_written``.
    """
    me = sender_known()
    message = as_draft(
        build_message(
            OutgoingLetter(
                sender_name=me.name, sender_address=me.email, to_name=letter.to_name, to_address=letter.to_address,
                subject=letter.subject, text=letter.text, html=letter.html,
                message_id=f"<week-{store.moment():%Y%m%d%H%M%S}@{me.email.partition('@')[2]}>",
                date=store.moment().isoformat(timespec="seconds"), unsubscribe="",
            )
        )
    )  # fmt: skip
    try:
        with replacing(path) as made:
            made.write_bytes(message)
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


def _title(week: Week) -> int:
    first = next(iter(week.facts.titles), 0)
    if not first:
        raise KnownError("campaigns.no_title", campaign=week.facts.name)
    return first


def _figures(campaign_id: int, deal: Deal, since: str, until: str) -> WeekFigures:
    mine = Gift.select(Gift.id).where((Gift.campaign == campaign_id) & (Gift.deal == deal.value))
    steps = GiftStep.select(GiftStep.state, fn.COUNT(fn.DISTINCT(GiftStep.gift)))
    steps = steps.where(GiftStep.gift.in_(mine) & GiftStep.happened_on.between(since, until))
    came = Counter(dict(steps.group_by(GiftStep.state).tuples()))
    here = Gift.select(Gift.id).where(Gift.campaign == campaign_id)
    posts = Post.select().where(
        Post.gift.in_(here) & (Post.nature == NATURE[deal]) & Post.posted_on.between(since, until)
    )
    clubs = Club.select().where(Club.gift.in_(mine) & Club.started_on.between(since, until))
    return WeekFigures(
        {state.value: came[state.value] for state in TOLD}, posts.count(), clubs.count(),
        _copies(campaign_id, deal, since, until),
    )  # fmt: skip


def _copies(campaign_id: int, deal: Deal, since: str, until: str) -> int:
    """What the codes of those sold who have gifts of a deal, by person and title; whoever has several counts by one."""
    rows = Gift.select(Gift.person, Gift.item, Gift.deal).where(
        (Gift.campaign == campaign_id) & Gift.person.is_null(False)
    )
    # In the order of their weight: what was paid decides over what was agreed, and that over a gift.
    order = [each.value for each in Deal]
    deals: dict[tuple[int, int], str] = {}
    for who, what, agreed in sorted(rows.tuples(), key=lambda row: order.index(row[2])):
        deals[who, what] = agreed
    person, item = fn.coalesce(Sale.person, SalesCode.person), fn.coalesce(Sale.item, Edition.item, SalesCode.item)
    campaign = fn.coalesce(Sale.campaign, SalesCode.campaign)
    query = Sale.select(person, item, fn.SUM(Sale.copies)).join(SalesCode).switch(Sale)
    query = query.left_outer_join(Edition, on=Sale.edition == Edition.id)
    query = query.where(Sale.sold_on.between(since, until) & (campaign.is_null() | (campaign == campaign_id)))
    sold = query.group_by(person, item).tuples()
    return sum(int(copies) for who, what, copies in sold if deals.get((who, what)) == deal.value)


def _posts(campaign_id: int, since: str, until: str) -> tuple[WeekPost, ...]:
    rows = Post.select(Person.name, Item.title, Post.outlet, Post.url, Post.posted_on, Post.nature)
    rows = rows.join(Gift).switch(Post).left_outer_join(Person).switch(Post).left_outer_join(Item)
    rows = rows.where((Gift.campaign == campaign_id) & Post.posted_on.between(since, until))
    deals = {nature: deal.value for deal, nature in NATURE.items()}
    return tuple(
        WeekPost(person or "", title or "", outlet, url or "", day, deals[nature])
        for person, title, outlet, url, day, nature in rows.order_by(Post.posted_on, Post.id).tuples()
        if nature in deals
    )
