"""Lists of sales: read by code, ISBN and title, kept whole or not at all, and nothing of them twice."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.importing.layouts import read_header
from outreach.services.sales.codes import add_code
from outreach.services.sales.files import Given, SalesFile, keep_sales, look_through
from outreach.services.sales.log import Evidence
from outreach.services.sales.rows import _record
from outreach.store.database import Store
from outreach.store.models import Edition, Item, Sale

ISBN = "9780306406157"


@pytest.fixture
def catalogue(store: Store) -> Store:
    """Two titles, one of which has an ISBN, and a code."""
    for name in ("The Salt Orchard", "Small Hours"):
        Item.create(title=name, title_key=name.casefold(), sort_title=name, created_at="", updated_at="")
    Edition.create(item=1, isbn13=ISBN)
    add_code(store, "MAYA10", item_id=2)
    return store


def sales() -> list[tuple[object, ...]]:
    query = Sale.select(Sale.sold_on, Sale.copies, Sale.amount_minor, Sale.currency, Sale.item, Sale.edition,
                        Sale.sales_code, Sale.evidence, Sale.source)  # fmt: skip
    return list(query.order_by(Sale.id).tuples())


def test_a_spreadsheet_is_kept_whole_and_once_and_taken_back(catalogue: Store, tmp_path: Path) -> None:
    path = tmp_path / "october.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Order date", "Coupon", "ISBN", "Product", "Quantity", "Total"])
        for number, row in enumerate(
            [("MAYA10", "", "", 2, 29.98), ("", int(ISBN), "", 1, 14.99), ("", "", "Small Hours", -1, -9.0),
             ("maya10", "", "", 2, 29.98), ("MAYA10", "", "", 2, 29.98)], start=1,
        ):  # fmt: skip
            sheet.write_datetime(number, 0, datetime(2026, 10, 3), day)
            sheet.write_row(number, 1, row)
    found = look_through(catalogue, path, given=Given("GBP", "Shop"))
    assert not found.wrong and not sales(), [(row.wrong, row.facts) for row in found.wrong]
    kept = keep_sales(catalogue, found)
    assert (kept.new, kept.known) == (5, 0)
    assert sales()[:3] == [
        ("2026-10-03", 2, 2998, "GBP", None, None, 1, "verified", "Shop"),
        ("2026-10-03", 1, 1499, "GBP", 1, 1, None, "verified", "Shop"),
        ("2026-10-03", -1, -900, "GBP", 2, None, None, "verified", "Shop"),
    ]
    again = look_through(catalogue, path, given=Given("GBP", "Shop", Evidence.SEEN))
    assert (len(again.new), keep_sales(catalogue, again).known, len(sales())) == (0, 5, 5)
    catalogue.undo()
    assert sales() == []


def test_a_list_that_goes_on_adds_what_is_new(catalogue: Store, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    rows = ["2026-10-01,MAYA10,3,30 GBP", "2026-10-02,MAYA10,1,10 GBP"]
    for some in (rows, [*rows, "2026-10-03,MAYA10,1,10 GBP", rows[1]]):
        path.write_text("\n".join(["date,code,copies,amount", *some]))
        kept = keep_sales(catalogue, look_through(catalogue, path))
    assert (kept.new, kept.known) == (2, 2)


def test_one_wrong_row_keeps_all_others_out_and_is_told(catalogue: Store, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    wrong = {
        "2026-10-01,NOBODY,,1,": "sales.unknown_code", "2026-10-01,,9780000000002,1,": "sales.unknown_isbn",
        "soon,MAYA10,,1,": "sales.no_day", "2999-01-01,MAYA10,,1,": "sales.future", "2026-10-01,MAYA10,,0,":
        "sales.bad_copies", "2026-10-01,MAYA10,,1,12.00": "sales.no_currency", "2026-10-01,,,1,": "sales.nothing_sold",
        "2026-10-01,MAYA10,,1,much": "sales.bad_amount",
    }  # fmt: skip
    path.write_text("\n".join(["date,code,isbn,copies,amount", "2026-10-01,MAYA10,,1,12 GBP", *wrong]))
    found = look_through(catalogue, path)
    assert [row.wrong for row in found.wrong] == [*wrong.values()]
    assert [row.number for row in found.wrong] == [*range(3, 11)]
    with pytest.raises(KnownError, match=r"sales\.wrong_rows"):
        keep_sales(catalogue, found)
    assert sales() == []
    path.write_text("date,copies\n2026-10-01,2\n")
    with pytest.raises(KnownError, match=r"sales\.no_columns"):
        look_through(catalogue, path)


def test_a_list_that_is_stopped_leaves_nothing(catalogue: Store, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    lines = (f"2026-10-{1 + number % 28:02},MAYA10,{1 + number % 7}" for number in range(1200))
    path.write_text("\n".join(["date,code,copies", *lines]))
    found = look_through(catalogue, path)

    class Stopped(Job):
        def report(self, done: int, *, total: int | None = None) -> None:
            if done:
                self.cancel()
            super().report(done, total=total)

    with pytest.raises(Cancelled):
        keep_sales(catalogue, found, Stopped())
    assert sales() == [] and isinstance(found, SalesFile)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=12), min_size=5, max_size=5))
def test_whatever_stands_in_a_row_it_is_read_or_told(cells: list[str]) -> None:
    columns = read_header("sales", ["date", "code", "isbn", "copies", "amount"]).columns
    record = _record(7, cells, columns, "dmy", "GBP")
    assert record["n"] == 7
    if not record.get("wrong"):
        assert record["copies"] and len(record["day"]) == 10 and ("minor" not in record or record["currency"])
