from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.numbers import currency_of, from_minor, parse_amount, parse_count, to_minor

from .material import any_text, near, quick, rows, samples


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("667", 667), ("12.3k", 12_300), ("1,234", 1234), ("1.234", 1234), ("1.6K", 1600), ("2 m", 2_000_000),
        ("10k+", 10_000), ("32.0k", 32_000), ("667.0", 667), ("1,234,567", 1_234_567), ("1.234.567", 1_234_567),
        ("1 234", 1234), ("1\u202f234", 1234), ("1'234", 1234), ("1,00,000", 100_000), ("12,3k", 12_300),
        ("~5k", 5000),
        ("10k followers", 10_000), ("1.5 Mio.", 1_500_000), ("1.2万", 12_000), ("１２", 12), ("0", 0), ("1.234k", 1234),
        ("", None), ("k", None), ("1.5", None), ("1,2,3", None), ("-5", None), ("5-10k", None), ("a lot", None),
        ("1e5", None), ("12,34", None), ("9" * 14, None), ("1,2345", None), ("1234,567", None),
    ],
)  # fmt: skip
def test_parse_count(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("8,99", "8.99"), ("8.99", "8.99"), ("£8.99", "8.99"), ("1.234,50", "1234.50"), ("1,234.50", "1234.50"),
        ("1 234,50", "1234.50"), ("1'234.50", "1234.50"), ("12,34,567.50", "1234567.50"), ("12,- EUR", "12"),
        ("€ 5", "5"), ("-£5", "-5"), ("0,999", "0.999"), ("1.250", "1250"), ("KWD 1.250", "1.250"),
        ("JPY 1,500", "1500"),
        ("$12.00 USD", "12.00"), ("1234.567", "1234.567"), ("RRP £8.99", "8.99"),
        ("", None), ("free", None), ("8.99/9.99", None), ("1e5", None), ("(5.00)", None), ("1.2.3", None),
        ("9" * 20, None),
    ],
)  # fmt: skip
def test_parse_amount(text, amount):
    assert parse_amount(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GBP", "GBP"), ("gbp", "GBP"), ("£8.99", "GBP"), ("8,99 €", "EUR"), ("EUR 8,99", "EUR"), ("$5", "USD"),
        ("US$ 5", "USD"), ("CA$5", "CAD"), ("R$ 5,00", "BRL"), ("20 zł", "PLN"), ("CHF 5.-", "CHF"), ("Fr. 5", "CHF"),
        ("¥1,500", "JPY"), ("TRY 5", "TRY"), ("kč", "CZK"),
        ("", None), ("8.99", None), ("5 kr", None), ("all of it", None), ("QQQ", None), ("x" * 100, None),
    ],
)  # fmt: skip
def test_currency_of(text, code):
    assert currency_of(text) == code


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("8.99", "GBP", 899), ("1500", "JPY", 1500), ("1.250", "KWD", 1250), ("8.995", "EUR", 900),
    ("-8.995", "EUR", -900), ("5", "gbp", 500)],
)  # fmt: skip
def test_to_minor(amount, currency, minor):
    assert to_minor(Decimal(amount), currency) == minor


@quick
@given(st.integers(-(10**15), 10**15), st.sampled_from(["GBP", "JPY", "KWD", "XYZ"]))
def test_minor_units_go_there_and_back(minor, currency):
    assert to_minor(from_minor(minor, currency), currency) == minor


@quick
@given(st.integers(0, 10**9))
def test_an_amount_is_read_as_it_was_written(minor):
    whole, cents = divmod(minor, 100)
    english = f"{whole:,}.{cents:02}"
    for text in (english, english.translate(str.maketrans(",.", ".,")), english.replace(",", " "), f"£{english}"):
        assert to_minor(parse_amount(text), "GBP") == minor


@quick
@given(st.integers(0, 10**12))
def test_a_count_is_read_as_it_was_written(count):
    for text in (str(count), f"{count:,}", f"{count:,}".replace(",", "."), f"{count}.0"):
        assert parse_count(text) == count


@quick
@given(any_text | near("0123456789.,' kKm£€-+EUR"))
def test_any_text_gives_a_number_or_none(text):
    count, amount, currency = parse_count(text), parse_amount(text), currency_of(text)
    assert count is None or 0 <= count <= 10**12
    assert amount is None or (amount.is_finite() and isinstance(to_minor(amount, currency or "EUR"), int))
    assert currency is None or len(currency) == 3


def test_numbers_of_the_samples():
    for row in rows(samples("people", "our-bookstagram-list.csv"))[:65]:
        assert parse_count(row["Followers"]) >= 500
    for row in rows(samples("catalogue", "frontlist.csv"), delimiter=";"):
        assert to_minor(parse_amount(row["Price"]), currency_of(row["Currency"])) % 100 == 99
