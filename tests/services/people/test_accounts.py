"""Accounts: one that is called otherwise now stays the same one."""

import pytest

from outreach.errors import KnownError
from outreach.services.people.accounts import AccountNews, accounts_of, save_account
from outreach.services.people.people import NewPerson, add_person
from outreach.store.database import Store
from tests.conftest import contents


@pytest.fixture
def maya(store: Store) -> int:
    person, _ = add_person(store, NewPerson("Maya", [], ["instagram:mayareads"]))
    save_account(store, person, AccountNews("instagram:mayareads", "6k", on="2026-05-01"))
    return person


@pytest.mark.parametrize("old", ["mayareads", "@MayaReads", "https://www.instagram.com/mayareads/"])
def test_an_account_that_has_a_new_handle_keeps_what_was_read_of_it(store: Store, maya: int, old: str) -> None:
    before = contents(store)
    save_account(store, maya, AccountNews("instagram:mayaanew", "7k", alias=old))
    (account,) = accounts_of(maya)
    assert (account.handle, account.aliases) == ("mayaanew", ("mayareads",))
    assert [each.followers for each in account.readings] == [7000, 6000]
    store.undo()
    assert contents(store) == before


def test_a_handle_of_before_that_was_not_known_is_noted_with_a_new_account(store: Store, maya: int) -> None:
    save_account(store, maya, AccountNews("tiktok:mayareads", alias="mayaold"))
    assert [(each.platform, each.handle, each.aliases) for each in accounts_of(maya)] == [
        ("instagram", "mayareads", ()), ("tiktok", "mayareads", ("mayaold",)),
    ]  # fmt: skip


def test_two_accounts_of_hers_stay_two(store: Store, maya: int) -> None:
    save_account(store, maya, AccountNews("instagram:mayaeats"))
    save_account(store, maya, AccountNews("instagram:mayaeats", alias="mayareads"))
    assert [each.handle for each in accounts_of(maya)] == ["mayareads", "mayaeats"]


def test_a_new_handle_that_is_somebody_elses_changes_nothing(store: Store, maya: int) -> None:
    add_person(store, NewPerson("Rosa", [], ["instagram:mayaanew"]))
    before = contents(store)
    with pytest.raises(KnownError) as raised:
        save_account(store, maya, AccountNews("instagram:mayaanew", alias="mayareads"))
    assert raised.value.code == "people.account_taken"
    assert contents(store) == before
