"""A campaign: whose it is, for which titles, from when to when, and why it should work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.numbers import currency_of
from outreach.fields.text import clean, fold
from outreach.services.catalogue.clients import client_named
from outreach.store.database import Store
from outreach.store.models import Campaign, CampaignItem, Client, Gift, Item

#: What can be said of a campaign, as text.
CAMPAIGN_FIELDS = ("name", "client", "why", "starts_on", "ends_on", "currency", "notes")
_WHOLE_DAY = len("2026-11-24")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What is said of a campaign.

    Attributes:
        why: Why it should work, in one sentence.
        currency: In which money it is counted; its client's where it has none of its own.
        titles: The titles it is for, by id; those of its gifts as well.
        books: Which of these are books, whose names are set as titles.
    """

    id: int
    name: str
    client: str
    why: str
    starts_on: str
    ends_on: str
    currency: str
    notes: str
    closed_on: str
    titles: Mapping[int, str] = field(default_factory=dict)
    books: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign as a line of a list."""

    id: int
    name: str
    client: str
    titles: tuple[str, ...]
    starts_on: str
    ends_on: str
    closed_on: str
    people: int


def add_campaign(store: Store, values: Mapping[str, str], items: Sequence[int] = ()) -> tuple[int, Changes]:
    """Begin a campaign for some titles; without a client it is for that of its first title.

    Args:
        store: The open workspace.
        values: By names of `CAMPAIGN_FIELDS`, as text.
        items: The titles that it is for.

    Raises:
        KnownError: ``campaigns.no_name``, ``campaigns.name_taken``, ``campaigns.no_day``, ``campaigns.backwards``,
            ``campaigns.no_currency``, ``campaigns.unknown_field``.
    """
    columns = _columns({"name": "", **values})
    with store.operation(Op.ADD_CAMPAIGN) as written:
        row = create(store, columns, values.get("client", ""), items)
    return row, written.changes


def create(store: Store, columns: Mapping[str, str | None], client: str, items: Sequence[int]) -> int:
    """As `add_campaign`, inside the caller's operation, from checked columns."""
    _refuse_taken(str(columns["name"]))
    of_title = Item.get_by_id(items[0]).client_id if items else None
    row = Campaign.create(**columns, client=client_named(store, client) or of_title, created_at=store.now())
    put_items(row.id, items)
    return int(row.id)


def edit_campaign(
    store: Store, campaign_id: int, values: Mapping[str, str], items: Sequence[int] | None = None
) -> Changes:
    """Change what is said of a campaign, and its titles where these are given; raises as `add_campaign`."""
    row = Campaign.get_by_id(campaign_id)
    now = {"starts_on": row.starts_on or "", "ends_on": row.ends_on or ""}
    columns = _columns({**now, **values})
    if "name" in columns:
        _refuse_taken(str(columns["name"]), campaign_id)
    with store.operation(Op.EDIT_CAMPAIGN) as written:
        if "client" in values:
            columns["client"] = client_named(store, values["client"])  # type: ignore[assignment]
        Campaign.update(**columns).where(Campaign.id == campaign_id).execute()
        if items is not None:
            CampaignItem.delete().where(
                (CampaignItem.campaign == campaign_id) & CampaignItem.item.not_in(list(items))
            ).execute()
            put_items(campaign_id, items)
    return written.changes


def close_campaign(store: Store, campaign_id: int, on: str = "", *, again: bool = False) -> Changes:
    """End a campaign, or open it again. Its gifts stay what they are: word of them may come for years.

    Raises:
        KnownError: ``campaigns.closed``, ``campaigns.open``.
    """
    row = Campaign.get_by_id(campaign_id)
    if bool(row.closed_on) != again:
        raise KnownError("campaigns.open" if again else "campaigns.closed", campaign=row.name, day=row.closed_on or "")
    with store.operation(Op.EDIT_CAMPAIGN) as written:
        closed = None if again else on or store.today().isoformat()
        Campaign.update(closed_on=closed).where(Campaign.id == campaign_id).execute()
    return written.changes


def take_out(store: Store, gifts: Sequence[int]) -> Changes:
    """Take gifts out of their campaign; the gifts themselves stay as they are."""
    with store.operation(Op.TAKE_FROM_CAMPAIGN) as written:
        for start in range(0, len(gifts), _CHUNK):
            Gift.update(campaign=None).where(Gift.id.in_(list(gifts[start : start + _CHUNK]))).execute()
    return written.changes


def campaign_facts(campaign_id: int) -> CampaignFacts:
    """What is said of a campaign."""
    row = Campaign.select(Campaign, Client).left_outer_join(Client).where(Campaign.id == campaign_id).get()
    titles = titles_of(campaign_id)
    books = Item.select(Item.id).where(Item.id.in_(list(titles)) & (Item.kind == "book"))
    return CampaignFacts(
        id=row.id,
        name=row.name,
        client=row.client.name if row.client_id else "",
        why=row.why,
        starts_on=row.starts_on or "",
        ends_on=row.ends_on or "",
        currency=row.currency or (row.client.currency if row.client_id else ""),
        notes=row.notes,
        closed_on=row.closed_on or "",
        titles=titles,
        books=frozenset(item for (item,) in books.tuples()),
    )


def titles_of(campaign_id: int) -> dict[int, str]:
    """The titles that a campaign is for, and those of its gifts, by id."""
    named = CampaignItem.select(Item.id, Item.title).join(Item).where(CampaignItem.campaign == campaign_id)
    given = Gift.select(Item.id, Item.title).join(Item).where(Gift.campaign == campaign_id).distinct()
    return dict([*named.order_by(CampaignItem.id).tuples(), *given.order_by(Item.id).tuples()])


def items_of(campaign_id: int) -> list[int]:
    """The titles that a campaign was said to be for, without those that only its gifts name."""
    rows = CampaignItem.select(CampaignItem.item).where(CampaignItem.campaign == campaign_id)
    return [item for (item,) in rows.order_by(CampaignItem.id).tuples()]


def open_campaign_for(item_id: int) -> str:
    """The name of the open campaign that is for a title, the newest one; empty where there is none."""
    rows = Campaign.select(Campaign.name).join(CampaignItem).where(
        (CampaignItem.item == item_id) & Campaign.closed_on.is_null()
    )  # fmt: skip
    row = rows.order_by(Campaign.id.desc()).first()
    return row.name if row else ""


def campaign_names() -> list[tuple[int, str]]:
    """The ids and names of all campaigns, those that end last first."""
    query = Campaign.select(Campaign.id, Campaign.name)
    return list(query.order_by(Campaign.ends_on.desc(), Campaign.id.desc()).tuples())


def list_campaigns(*, closed: bool = False) -> list[CampaignRow]:
    """The campaigns that run or are to come, and with `closed` the others too; those that end last first."""
    people = dict(Gift.select(Gift.campaign, fn.COUNT(fn.DISTINCT(Gift.person))).group_by(Gift.campaign).tuples())
    query = Campaign.select(Campaign, Client).left_outer_join(Client)
    if not closed:
        query = query.where(Campaign.closed_on.is_null())
    return [
        CampaignRow(
            id=row.id,
            name=row.name,
            client=row.client.name if row.client_id else "",
            titles=tuple(titles_of(row.id).values()),
            starts_on=row.starts_on or "",
            ends_on=row.ends_on or "",
            closed_on=row.closed_on or "",
            people=people.get(row.id, 0),
        )
        for row in query.order_by(Campaign.ends_on.desc(), Campaign.id.desc())
    ]


def put_items(campaign_id: int, items: Sequence[int]) -> None:
    """Say that a campaign is for some titles as well, inside the caller's operation."""
    for item in dict.fromkeys(items):
        CampaignItem.get_or_create(campaign=campaign_id, item=item)


def checked_day(text: str) -> str:
    """A day of a campaign as it is kept; empty for none.

    Raises:
        KnownError: ``campaigns.no_day``.
    """
    if not text.strip():
        return ""
    day = parse_day(text)
    if day is None or len(day) != _WHOLE_DAY:
        raise KnownError("campaigns.no_day", value=text[:50])
    return day


def _columns(values: Mapping[str, str]) -> dict[str, str | None]:
    """What is said of a campaign as it is kept; its client is written by whoever writes it."""
    columns: dict[str, str | None] = {}
    for name, value in values.items():
        if name not in CAMPAIGN_FIELDS:
            raise KnownError("campaigns.unknown_field", name=name, known=", ".join(CAMPAIGN_FIELDS))
        if name == "name":
            if not clean(value):
                raise KnownError("campaigns.no_name")
            columns |= {"name": clean(value), "name_key": fold(clean(value))}
        elif name in ("starts_on", "ends_on"):
            columns[name] = checked_day(value) or None
        elif name == "currency":
            columns[name] = _currency(value)
        elif name != "client":
            columns[name] = clean(value)
    if (columns.get("starts_on") or "") > (columns.get("ends_on") or "9999"):
        raise KnownError("campaigns.backwards", start_day=columns["starts_on"], end_day=columns["ends_on"])
    return columns


def _currency(value: str) -> str:
    code = currency_of(value) if value.strip() else ""
    if code is None:
        raise KnownError("campaigns.no_currency", value=value[:50])
    return code


def _refuse_taken(name: str, but: int = 0) -> None:
    row = Campaign.get_or_none((Campaign.name_key == fold(name)) & (Campaign.id != but))
    if row is not None:
        raise KnownError("campaigns.name_taken", name=row.name, campaign=f"m{row.id}")
