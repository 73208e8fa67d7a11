"""Clients: in which language and money they are reported to."""

import pytest

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.catalogue.clients import change_client, client_language, client_named, list_clients
from outreach.store.database import Store
from outreach.store.models import Client, Item


@pytest.fixture
def item(store: Store) -> int:
    with store.operation(Op.EDIT_ITEM):
        client = client_named(store, "Finch & Marlow")
    return int(Item.create(title="T", title_key="t", sort_title="t", client=client, created_at="", updated_at="").id)


def test_a_client_is_reported_to_in_her_language(store: Store, item: int) -> None:
    assert client_language(item_id=item) == ""
    change_client(store, "finch & marlow", "ger", "€")
    (row,) = list_clients()
    assert (row.language, row.currency, client_language(item_id=item)) == ("de", "EUR", "de")
    change_client(store, "Finch & Marlow", "")
    (row,) = list_clients()
    assert (row.language, row.currency) == ("", "EUR")


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("Nobody", {"language": "de"}, "clients.unknown"),
        ("Finch & Marlow", {"language": "klingon"}, "clients.bad_language"),
        ("Finch & Marlow", {"currency": "shells"}, "clients.bad_currency"),
    ],
)
def test_what_is_no_language_or_money_is_refused(
    store: Store, item: int, name: str, values: dict[str, str], code: str
) -> None:
    with pytest.raises(KnownError) as caught:
        change_client(store, name, **values)
    assert caught.value.code == code
    assert Client.get(Client.name == "Finch & Marlow").language == ""
