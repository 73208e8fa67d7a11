"""Clients: whom we work for. A title belongs to one, and so does the campaign that is begun for it."""

from dataclasses import dataclass

from peewee import fn

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


def client_named(store: Store, name: str) -> int | None:
    """The client of a name, a new one where there is none, inside the caller's operation; None for no name."""
    name = clean(name)
    if not name:
        return None
    client = Client.get_or_none(Client.name_key == fold(name))
    if client is None:
        client = Client.create(name=name, name_key=fold(name), created_at=store.now())
    return int(client.id)


def list_clients() -> list[ClientRow]:
    """All clients by name, with how many titles and campaigns are theirs."""
    titles = dict(Item.select(Item.client, fn.COUNT(Item.id)).group_by(Item.client).tuples())
    campaigns = dict(Campaign.select(Campaign.client, fn.COUNT(Campaign.id)).group_by(Campaign.client).tuples())
    return [
        ClientRow(client.id, client.name, titles.get(client.id, 0), campaigns.get(client.id, 0))
        for client in Client.select().order_by(Client.name_key)
    ]
