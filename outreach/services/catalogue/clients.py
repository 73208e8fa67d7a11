"""Clients: whom we work for. A title belongs to one, and so does the campaign that is begun for it."""

from dataclasses import dataclass

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.languages import short_language
from outreach.fields.numbers import currency_of
from outreach.fields.text import clean, fold
from outreach.store.database import Store
from outreach.store.models import Campaign, Client, Item


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client as a line of a list."""

    id: int
    name: str
    titles: int
    campaigns: int
    language: str
    currency: str


def client_named(store: Store, name: str) -> int | None:
    """The client of a name, a new one where there is none, inside the caller's operation; None for no name."""
    name = clean(name)
    if not name:
        return None
    client = Client.get_or_none(Client.name_key == fold(name))
    if client is None:
        client = Client.create(name=name, name_key=fold(name), created_at=store.now())
    return int(client.id)


def change_client(store: Store, name: str, language: str | None = None, currency: str | None = None) -> Changes:
    """Keep in which language and money a client is reported to; empty for the user's own, None for no change.

    Raises:
        KnownError: ``clients.unknown``, ``clients.bad_language``, ``clients.bad_currency``.
    """
    client = Client.get_or_none(Client.name_key == fold(clean(name)))
    if client is None:
        raise KnownError("clients.unknown", name=name)
    columns = {}
    if language is not None:
        columns["language"] = _language(language)
    if currency is not None:
        columns["currency"] = _currency(currency)
    with store.operation(Op.EDIT_CLIENT) as written:
        if columns:
            Client.update(**columns).where(Client.id == client.id).execute()
    return written.changes


def client_language(item_id: int | None = None, campaign_id: int | None = None, client_id: int | None = None) -> str:
    """The language of a client, or of the one whose title or campaign this is; empty where none is kept."""
    query = None
    if client_id is not None:
        query = Client.select(Client.language).where(Client.id == client_id)
    elif campaign_id is not None:
        query = Campaign.select(Client.language).join(Client).where(Campaign.id == campaign_id)
    elif item_id is not None:
        query = Item.select(Client.language).join(Client).where(Item.id == item_id)
    found = query.tuples().first() if query is not None else None
    return str(found[0]) if found else ""


def _language(text: str) -> str:
    code = short_language(text)
    if code and code not in _languages():
        raise KnownError("clients.bad_language", value=text)
    return code


def _languages() -> frozenset[str]:
    from babel.localedata import locale_identifiers

    return frozenset(locale_identifiers())


def _currency(text: str) -> str:
    code = currency_of(text) if clean(text) else ""
    if code is None:
        raise KnownError("clients.bad_currency", value=text)
    return code


def list_clients() -> list[ClientRow]:
    """All clients by name, with how many titles and campaigns are theirs."""
    titles = dict(Item.select(Item.client, fn.COUNT(Item.id)).group_by(Item.client).tuples())
    campaigns = dict(Campaign.select(Campaign.client, fn.COUNT(Campaign.id)).group_by(Campaign.client).tuples())
    return [
        ClientRow(
            client.id,
            client.name,
            titles.get(client.id, 0),
            campaigns.get(client.id, 0),
            client.language,
            client.currency,
        )
        for client in Client.select().order_by(Client.name_key)
    ]
