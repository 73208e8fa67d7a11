"""Every function of the package takes any text in linear time, whatever it was written for."""

import time

import pytest

from outreach.fields import accounts, countries, dates, email, isbn, names, numbers, places, postcodes, text, web

SIZE = 100_000

FUNCTIONS = [
    text.clean,
    text.clean_lines,
    text.fold,
    text.damaged,
    text.person_sort_key,
    lambda value: text.same_but_damaged(value, value),
    names.split_name,
    names.first_name_of,
    lambda value: names.join_name(value, value),
    email.parse_email,
    email.split_emails,
    accounts.parse_profile,
    lambda value: accounts.parse_profile(value, "instagram"),
    accounts.parse_post_url,
    accounts.platform_of_word,
    web.parse_web_address,
    numbers.parse_count,
    numbers.parse_amount,
    numbers.currency_of,
    dates.parse_day,
    lambda value: dates.day_order([value]),
    countries.country_code,
    places.split_address,
    lambda value: places.split_address("a", value),
    lambda value: places.repair_postcode(value, "US"),
    postcodes.postcode_key,
    isbn.parse_isbn,
    isbn.parse_gtin,
    isbn.format_isbn,
]

PATTERNS = [
    "a", " ", "1", "?", "?a", "? ", "\ufffd", "\u200d漢", "\u200d", "a.", "a@", "<", "=", "%", "/", "&a=", ",", ", ",
    "\n", "\r\n",
    "Dr ", "van ", "1,", "1.", "-", "é", "\u0316\u0300", "\u0f71\u0f72", "\u0f73", "\ud83d", "\x00", "x-", "xn--",
    "ﷺ",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_long_texts_are_read_in_linear_time(pattern):
    longest = (pattern * SIZE)[:SIZE]
    for function in FUNCTIONS:
        for value in (longest, f"https://a.example/{longest}", f"x{longest}x", f"a@{longest}?"):
            start = time.process_time()
            function(value)
            assert time.process_time() - start < 0.5, function
