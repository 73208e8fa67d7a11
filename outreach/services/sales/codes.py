"""Codes and links by which a shop tells who sent a buyer: one for a person and a title."""

from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.links import marked_link
from outreach.fields.text import clean, fold
from outreach.store.database import Store
from outreach.store.models import Campaign, Item, Person, SalesCode

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code as a line of a list."""

    id: int
    code: str
    person_id: int | None
    person: str
    item_id: int | None
    title: str
    campaign: str
    url: str


def add_code(
    store: Store, code: str, *, person_id: int | None = None, item_id: int | None = None,
    campaign_id: int | None = None, address: str = "",
) -> tuple[int, Changes]:  # fmt: skip
    """Keep a code, and its link where the shop's address is given.

    Raises:
        KnownError: ``sales.bad_code``, ``sales.code_taken``, ``sales.bad_link``.
    """
    text = clean(code)
    if not text or len(text) > _LONGEST:
        raise KnownError("sales.bad_code", code=text[:_LONGEST])
    if SalesCode.get_or_none(SalesCode.code_key == fold(text)) is not None:
        raise KnownError("sales.code_taken", code=text)
    url = link_for(text, address, item_id=item_id, campaign_id=campaign_id) if address.strip() else ""
    with store.operation(Op.ADD_SALES_CODE) as written:
        row = SalesCode.create(code=text, code_key=fold(text), person=person_id, item=item_id, campaign=campaign_id,
                               url=url, created_at=store.now())  # fmt: skip
    return row.id, written.changes


def link_for(code: str, address: str, *, item_id: int | None = None, campaign_id: int | None = None) -> str:
    """A shop's address with the marks of a code, so that its counter tells what came by it.

    Raises:
        KnownError: ``sales.bad_link``.
    """
    item = Item.get_or_none(Item.id == item_id) if item_id is not None else None
    campaign = Campaign.get_or_none(Campaign.id == campaign_id) if campaign_id is not None else None
    about = campaign.name if campaign is not None else item.title if item is not None else "outreach"
    link = marked_link(address, code, about, content=item.title if item is not None and campaign is not None else "")
    if link is None:
        raise KnownError("sales.bad_link", address=address[:100])
    return link


def code_named(text: str) -> SalesCode:
    """The code of a name.

    Raises:
        KnownError: ``sales.no_code``.
    """
    row: SalesCode | None = SalesCode.get_or_none(SalesCode.code_key == fold(text))
    if row is None:
        raise KnownError("sales.no_code", code=text[:_LONGEST])
    return row


def list_codes(person_id: int | None = None, item_id: int | None = None) -> list[CodeRow]:
    """All codes, or those of a person or a title, by their names."""
    query = SalesCode.select(SalesCode.id, SalesCode.code, SalesCode.person, Person.name, SalesCode.item, Item.title,
                             Campaign.name, SalesCode.url)  # fmt: skip
    query = query.left_outer_join(Person).switch(SalesCode).left_outer_join(Item)
    query = query.switch(SalesCode).left_outer_join(Campaign).order_by(SalesCode.code_key)
    if person_id is not None:
        query = query.where(SalesCode.person == person_id)
    if item_id is not None:
        query = query.where(SalesCode.item == item_id)
    return [
        CodeRow(row, code, person, name or "", item, title or "", campaign or "", url)
        for row, code, person, name, item, title, campaign, url in query.tuples()
    ]
