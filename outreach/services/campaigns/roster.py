"""The people of a campaign: who was chosen for which title, why, how far that came, and what their code sold."""

from dataclasses import dataclass, field, fields

from peewee import fn

from outreach.services.gifts.facts import GiftFacts, facts_query
from outreach.services.gifts.gifts import stages
from outreach.services.gifts.states import Stage
from outreach.services.people.tiers import OFF_SOCIAL
from outreach.store.database import Store
from outreach.store.models import Account, Edition, EditionCode, Gift, Item, Person, RosterAnswer, Sale, SalesCode
from outreach.store.models.base import raw_rows

#: So many columns of a row are those of `GiftFacts`.
_FACTS = len(fields(GiftFacts))

#: In which order the page shows the stages: what asks for a hand first, what is at rest last.
ORDER = (
    Stage.PLANNED, Stage.PITCHED, Stage.ACCEPTED, Stage.SHIPPED, Stage.READING, Stage.POSTED, Stage.QUIET,
    Stage.NOT_THIS_TIME,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Someone of a campaign's roster, with one title.

    Attributes:
        id: The gift's.
        deal: What was agreed.
        stage: How far it came, as a `Stage`.
        since: From which day.
        answer: What the client said, ``yes``, ``no`` or ``ask``; empty for nothing.
        comment: The client's words.
        platform: Where her first account is; ``off_social`` where she has none.
        by_code: Whether her copy is a code, which no parcel carries.
        sold: How many copies her codes sold.
        money: What these came to, by currency in minor units.
    """

    id: int
    person_id: int
    person: str
    role: str
    place: str
    item_id: int
    title: str
    edition: str
    edition_kind: str
    variant: str
    deal: str
    state: str
    stage: str
    since: str
    why: str
    answer: str = ""
    comment: str = ""
    platform: str = OFF_SOCIAL
    by_code: bool = False
    sold: int = 0
    money: dict[str, int] = field(default_factory=dict)


def roster_of(store: Store, campaign_id: int) -> list[RosterLine]:
    """Everyone of a campaign, by stage, then by since when; those who were forgotten are not among them."""
    # One by one, and not as models: a large campaign has tens of thousands of gifts.
    query = facts_query().select_extend(
        Person.name, Person.role, Person.country, Item.id, Item.title, Gift.edition, fn.COALESCE(Edition.format, ""),
        fn.COALESCE(Edition.kind, ""), fn.COALESCE(Edition.variant, ""), Gift.why,
    )  # fmt: skip
    query = query.join(Item).switch(Gift).join(Person).switch(Gift).left_outer_join(Edition)
    rows = [(GiftFacts(*row[:_FACTS]), row[_FACTS:]) for row in raw_rows(query.where(Gift.campaign == campaign_id))]
    shown = stages(store, [gift for gift, _ in rows])
    answers = RosterAnswer.select(RosterAnswer.person, RosterAnswer.answer, RosterAnswer.comment)
    said = {who: told for who, *told in answers.where(RosterAnswer.campaign == campaign_id).tuples()}
    sold, money = _by_code(campaign_id)
    platforms, codes = _platforms(campaign_id), _codes(campaign_id)
    place = {stage: number for number, stage in enumerate(ORDER)}
    lines = []
    for gift, (name, role, country, item, title, edition, edition_format, kind, variant, why) in rows:
        person = gift.person_id or 0
        answer, comment = said.get(person, ("", ""))
        lines.append(
            RosterLine(
                id=gift.id, person_id=person, person=name, role=role, place=country, item_id=item, title=title,
                edition=edition_format, edition_kind=kind, variant=variant, deal=gift.deal, state=gift.state,
                stage=shown[gift.id].value, since=gift.state_on, why=why, answer=answer, comment=comment,
                platform=platforms.get(person, OFF_SOCIAL), by_code=edition in codes,
                sold=sold.get((person, item), 0), money=money.get((person, item), {}),
            )
        )  # fmt: skip
    # Two passes: the newest first within a stage.
    lines.sort(key=lambda line: (line.since, line.id), reverse=True)
    return sorted(lines, key=lambda line: place[Stage(line.stage)])


def _platforms(campaign_id: int) -> dict[int, str]:
    """By person where her first account is."""
    people = Gift.select(Gift.person).where(Gift.campaign == campaign_id)
    rows = Account.select(Account.person, Account.platform).where(Account.person.in_(people))
    return dict(rows.order_by(Account.id.desc()).tuples())


def _codes(campaign_id: int) -> frozenset[int]:
    """The editions of its gifts that are handed out as codes."""
    mine = Gift.select(Gift.edition).where((Gift.campaign == campaign_id) & Gift.edition.is_null(False))
    return frozenset(row for (row,) in EditionCode.select(EditionCode.edition).where(
        EditionCode.edition.in_(mine)).distinct().tuples())  # fmt: skip


def _by_code(campaign_id: int) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], dict[str, int]]]:
    """By person and title, what their codes sold since, and what that came to."""
    sold: dict[tuple[int, int], int] = {}
    money: dict[tuple[int, int], dict[str, int]] = {}
    person = fn.coalesce(Sale.person, SalesCode.person)
    item = fn.coalesce(Sale.item, SalesCode.item, Edition.item)
    campaign = fn.coalesce(Sale.campaign, SalesCode.campaign)
    query = Sale.select(person, item, Sale.currency, fn.SUM(Sale.copies), fn.SUM(Sale.amount_minor))
    query = query.left_outer_join(SalesCode).switch(Sale).left_outer_join(Edition).where(person.is_null(False))
    people = Gift.select(Gift.person).where(Gift.campaign == campaign_id)
    query = query.where(person.in_(people) & (campaign.is_null() | (campaign == campaign_id)))
    for who, what, currency, copies, minor in query.group_by(person, item, Sale.currency).tuples():
        key = (who, what)
        sold[key] = sold.get(key, 0) + int(copies or 0)
        if minor:
            money.setdefault(key, {})[currency] = int(minor)
    return sold, money
