import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.dates import day_order, parse_day

from .material import any_text, near, quick, rows, samples


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-03", "2027-03-03"), ("03/03/2027", "2027-03-03"), ("3.3.2027", "2027-03-03"),
        ("3. 4. 2027", "2027-04-03"),
        ("2027/03/03", "2027-03-03"), ("2027-3-3", "2027-03-03"), ("3 Mar 2027", "2027-03-03"),
        ("March 3, 2027", "2027-03-03"), ("3rd of March 2027", "2027-03-03"), ("Wed, 3 Mar 2027", "2027-03-03"),
        ("3-Mar-27", "2027-03-03"), ("3-Mar-99", "1999-03-03"), ("3. März 2027", "2027-03-03"),
        ("1er août 2027", "2027-08-01"), ("3 de marzo de 2027", "2027-03-03"), ("2027 Mar 3", "2027-03-03"),
        ("03/04/27", "2027-04-03"), ("March 2027", "2027-03"), ("03/2027", "2027-03"), ("2027-03", "2027-03"),
        ("20270303", "2027-03-03"), ("202703", "2027-03"), ("20270303T1000", "2027-03-03"), ("2027", "2027"),
        ("2008.0", "2008"), ("-720.0", "-0720"), ("-0720", "-0720"), ("800.0", "0800"),
        ("2024-03-01 10:00:00", "2024-03-01"), ("2024-03-01T10:00:00Z", "2024-03-01"),
        ("3/3/27 10:00 PM", "2027-03-03"),
        ("3 Mar 2027 10:00", "2027-03-03"), (" 2027-03-03 ", "2027-03-03"),
        ("", None), ("soon", None), ("0/0/00", None), ("31/02/2027", None), ("29.02.2027", None), ("2027-13", None),
        ("03/25/2027", None), ("0000", None), ("0", None), ("99", None), ("800", None), ("Mar-27", None),
        ("2027-W10-1", None), ("20270230", None), ("Market 2027", None), ("3 Mar Apr 2027", None),
        ("1 2 3 Mar 2027", None),
        ("03/03-2027", None), ("2027-03-03-04", None), ("1" * 100, None),
    ],
)  # fmt: skip
def test_parse_day(text, day):
    assert parse_day(text) == day


def test_the_order_decides_what_figures_mean():
    assert parse_day("03/04/2027", "dmy") == "2027-04-03"
    assert parse_day("03/04/2027", "mdy") == "2027-03-04"
    assert parse_day("03/25/2027", "mdy") == "2027-03-25"
    assert parse_day("27/03/04", "ymd") == "2027-03-04"
    assert parse_day("03/04/2027", "ymd") == "2027-04-03"
    assert parse_day("2027/03/04", "mdy") == "2027-03-04"


@pytest.mark.parametrize(
    ("values", "order"),
    [
        ([], "dmy"), (["", "soon"], "dmy"), (["03/04/2027"], "dmy"), (["03/04/2027", "25/12/2027"], "dmy"),
        (["03/04/2027", "12/25/2027"], "mdy"), (["12/25/2027", "25/12/2027", "26/12/2027"], "dmy"),
        (["2027-03-04", "2027-03-05"], "ymd"), (["99/03/04", ""], "ymd"), (["2027-03-04", "12/25/2027"], "mdy"),
    ],
)  # fmt: skip
def test_day_order(values, order):
    assert day_order(iter(values)) == order


@quick
@given(st.dates(), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_a_day_is_read_as_it_was_written(day, order):
    iso = day.isoformat()
    figures = {"dmy": "{d}/{m}/{y:04}", "mdy": "{m}/{d}/{y:04}", "ymd": "{y:04}/{m}/{d}"}[order]
    assert parse_day(figures.format(d=day.day, m=day.month, y=day.year), order) == iso
    for text in (
        iso,
        f"{day:%d %B} {day.year:04}",
        f"{day:%b %d}, {day.year:04}",
        iso.replace("-", ""),
        f"{iso} 10:30",
    ):
        assert parse_day(text, order) == iso
    assert parse_day(iso[:7]) == iso[:7]
    assert parse_day(iso[:4]) == iso[:4]


@quick
@given(any_text | near("0123456789./- T:Mar"), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_any_text_gives_a_day_or_none(text, order):
    day = parse_day(text, order)
    assert day_order([text]) in {"dmy", "mdy", "ymd"}
    if day is not None:
        assert parse_day(day) == day
        if len(day) == 10:
            dt.date.fromisoformat(day)


def test_dates_of_the_samples():
    books = rows(samples("catalogue", "goodbooks-2000.csv"), "utf-8")
    years = [parse_day(row["original_publication_year"]) for row in books if row["original_publication_year"]]
    assert None not in years
    assert "-0720" in years
    list_ = rows(samples("catalogue", "frontlist.csv"), delimiter=";")
    assert day_order(row["Pub Date"] for row in list_) == "dmy"
    assert parse_day(list_[0]["Pub Date"]) == "2027-03-03"
