import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.isbn import IsbnProblem, IsbnReading, format_isbn, parse_gtin, parse_isbn

from .material import any_text, near, quick, rows, samples

GOOD = "9780439023481"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (GOOD, IsbnReading(GOOD)),
        ("978-0-439-02348-1", IsbnReading(GOOD)),
        ("978 0 439\u201302348\u20111", IsbnReading(GOOD)),
        (f'="{GOOD}"', IsbnReading(GOOD)),
        (f"'{GOOD}", IsbnReading(GOOD)),
        (f"{GOOD}.0", IsbnReading(GOOD)),
        (f"ISBN-13: {GOOD}", IsbnReading(GOOD)),
        (f"ISBN{GOOD}", IsbnReading(GOOD)),
        (f"urn:isbn:{GOOD}", IsbnReading(GOOD)),
        ("９７８０４３９０２３４８１", IsbnReading(GOOD)),
        ("0439023483", IsbnReading(GOOD)),
        ("0-439-02348-3", IsbnReading(GOOD)),
        ("439023483", IsbnReading(GOOD, repaired=True)),
        ("439023483.0", IsbnReading(GOOD, repaired=True)),
        ("080442957X", IsbnReading("9780804429573")),
        ("80442957x", IsbnReading("9780804429573", repaired=True)),
        ("7442912", IsbnReading("9780007442911", repaired=True)),
        ("9798860000001", IsbnReading("9798860000001")),
        ("", IsbnReading(None)),
        ("  ", IsbnReading(None)),
        ('=""', IsbnReading(None)),
        ("9780439023482", IsbnReading(None, problem=IsbnProblem.CHECKSUM)),
        ("439023484", IsbnReading(None, problem=IsbnProblem.CHECKSUM)),
        ("9.78043902348e+12", IsbnReading(None, problem=IsbnProblem.ROUNDED)),
        ("9,78E+12", IsbnReading(None, problem=IsbnProblem.ROUNDED)),
        ("9790000000001", IsbnReading(None, problem=IsbnProblem.SHAPE)),
        ("4006381333931", IsbnReading(None, problem=IsbnProblem.SHAPE)),
        ("76783609419.0", IsbnReading(None, problem=IsbnProblem.SHAPE)),
        ("forthcoming", IsbnReading(None, problem=IsbnProblem.SHAPE)),
        ("9" * 100, IsbnReading(None, problem=IsbnProblem.SHAPE)),
    ],
)
def test_parse_isbn(text, reading):
    assert parse_isbn(text) == reading


@pytest.mark.parametrize(
    ("isbn", "written"),
    [(GOOD, "978-0-439-02348-1"), ("9798860000001", "979-8-8600-0000-1"), ("", ""), ("abc", "abc"), ("12", "12")],
)
def test_format_isbn(isbn, written):
    assert format_isbn(isbn) == written


def with_check_digit(body):
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-weighted % 10}"


isbns = st.builds(
    lambda prefix, digits: with_check_digit(f"{prefix}{digits:09}"),
    st.sampled_from(["978", "979"]),
    st.integers(100_000_000, 999_999_999),
)


@quick
@given(isbns)
def test_a_written_isbn_is_read_again(isbn):
    assert parse_isbn(isbn) == IsbnReading(isbn)
    assert parse_isbn(format_isbn(isbn)) == IsbnReading(isbn)
    assert parse_gtin(isbn) == isbn


@quick
@given(isbns, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(isbn, place, more):
    wrong = f"{isbn[:place]}{(int(isbn[place]) + more) % 10}{isbn[place + 1 :]}"
    assert parse_isbn(wrong).isbn13 is None


@quick
@given(any_text | near("0123456789Xx-='\". eE+ISBN"))
def test_any_text_is_an_isbn_or_has_a_problem(text):
    reading = parse_isbn(text)
    assert reading.isbn13 is None or (reading.problem is None and len(reading.isbn13) == 13)
    assert isinstance(format_isbn(text), str)
    gtin = parse_gtin(text)
    assert gtin is None or parse_gtin(gtin) == gtin


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("4006381333931", "4006381333931"), ("4006381-333931", "4006381333931"), ("036000291452", "0036000291452"),
        ("36000291452", "0036000291452"), ("96385074", "96385074"), ("00036000291452", "0036000291452"),
        ("10036000291459", "10036000291459"), ('="4006381333931"', "4006381333931"),
        ("4006381333931.0", "4006381333931"),
        ("4006381333932", None), ("0000000000000", None), ("12345", None), ("", None), ("9.78e+12", None),
    ],
)  # fmt: skip
def test_parse_gtin(text, gtin):
    assert parse_gtin(text) == gtin


def test_isbns_of_real_books():
    books = rows(samples("catalogue", "goodbooks-2000.csv"), "utf-8")
    readings = [parse_isbn(row["isbn"]) for row in books]
    assert sum(reading.isbn13 is not None for reading in readings) == 1929
    assert sum(reading == IsbnReading(None) for reading in readings) == 66
    assert sum(reading.problem is not None for reading in readings) == 5
    assert not any(parse_isbn(row["isbn13"]).isbn13 for row in books)


def test_isbns_of_a_publisher_s_list():
    for row in rows(samples("catalogue", "frontlist.csv"), delimiter=";"):
        assert parse_isbn(row["ISBN"]).isbn13
