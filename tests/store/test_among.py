"""Rows by their ids: however many, and asked again and again."""

from collections.abc import Callable
from pathlib import Path

from peewee import SQL, Query

from outreach.store import workspace
from outreach.store.among import about, among
from outreach.store.database import Store
from outreach.store.models import Account, Person
from outreach.store.workspace import Opening


def test_a_query_about_some_rows_is_made_once_and_answers_for_any(
    filled: Callable[[int, int], Path], opening: Opening
) -> None:
    made = []

    @about
    def names(people: SQL, archived: bool) -> Query:
        made.append(archived)
        query = Person.select(Person.id, Person.name).where(Person.id.in_(people) & (Person.name != ""))
        return query.where(Person.archived_on.is_null(not archived)).order_by(Person.id)

    with workspace.writing(filled(40, 3), opening):
        ids = [row.id for row in Person.select(Person.id).order_by(Person.id)]
        for some in (ids[:1], ids[:3], ids, [], [-1]):
            found = Person.select(Person.id, Person.name).where(Person.id.in_(among(some))).order_by(Person.id)
            assert list(names(some, False)) == list(found.tuples())
            assert list(names(some, True)) == []
        assert made == [False, True]
        Person.update(archived_on="2026-01-01").where(Person.id == ids[0]).execute()
        assert [row for (row, _) in names(ids, True)] == ids[:1]


def test_accounts_are_found_by_their_keys_without_reading_them_all(store: Store) -> None:
    query = Account.select(Account.person).where(Account.has_key(among(["instagram:maya"])))
    sql, given = query.sql()
    plan = " ".join(row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {sql}", *given))
    assert "USING INDEX account_key" in plan
    assert "SCAN t1" not in plan
