from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.countries import country_data
from outreach.fields.places import AddressParts, country_code, postcode_key, repair_postcode, split_address

from .material import any_text, quick, rows, samples


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GB", "GB"), ("gb", "GB"), ("GBR", "GB"), ("UK", "GB"), ("U.K.", "GB"), ("England", "GB"), ("USA", "US"),
        ("U.S.A.", "US"), ("United States", "US"), ("the Netherlands", "NL"), ("Türkiye", "TR"), ("TURKEY", "TR"),
        ("Deutschland", "DE"), ("Czech Republic", "CZ"), ("Česko", "CZ"), ("日本", "JP"), ("Viet Nam", "VN"),
        ("Côte d’Ivoire", "CI"), ("Trinidad and Tobago", "TT"), ("Suède", "SE"), ("Grèce", "GR"), ("Estonie", "EE"),
        ("Korea", "KR"), ("Kosovo", "XK"), (" Ireland ", "IE"),
        ("", None), ("Westeros", None), ("XX", None), ("ZZZ", None), ("12", None), ("x" * 200, None),
    ],
)  # fmt: skip
def test_country_code(text, code):
    assert country_code(text) == code


def test_every_country_is_found_by_its_codes_and_names():
    from babel import Locale

    english = Locale("en").territories
    codes = [pair.split() for pair in country_data()["codes"]]
    assert len(codes) == 250
    for two, three in codes:
        assert country_code(two) == country_code(three.lower()) == two
        assert country_code(english[two]) == two


@pytest.mark.parametrize(
    ("postcode", "country", "repaired"),
    [
        ("6046", "US", "06046"), ("501", "US", "00501"), ("6046.0", "US", "06046"), ("6046-1234", "US", "06046-1234"),
        ("621011234", "US", "62101-1234"), ("62701", "US", "62701"), ("1945", "DE", "01945"),
        ("D-10115", "DE", "10115"),
        ("1012542", "JP", "101-2542"), ("101-2542", "JP", "101-2542"), ("86688", "CZ", "866 88"),
        ("44233", "PL", "44-233"),
        ("59241880", "BR", "59241-880"), ("SW171BE", "GB", "SW17 1BE"), ("m1 1ae", "gb", "M1 1AE"),
        ("k1a0b1", "CA", "K1A 0B1"),
        ("1234ab", "NL", "1234 AB"), ("D02X285", "IE", "D02 X285"), ("lv1010", "LV", "LV-1010"),
        ("908308", "VN", "908308"),
        ("Foo 12", "US", "FOO 12"), ("12", "AT", "12"), ("6046", "ZZ", "6046"), ("", "US", ""),
        (" sw1 ", "GB", "SW1"),
    ],
)  # fmt: skip
def test_repair_postcode(postcode, country, repaired):
    assert repair_postcode(postcode, country) == repaired


def test_postcode_key():
    assert postcode_key("sw17 1be") == postcode_key("SW17-1BE") == "SW171BE"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("128 Křimická, Kožlany 866 88, Czech Republic", ("128 Křimická", "", "Kožlany", "", "866 88", "CZ")),
        ("1 Gomez Inlet, Fuenteshaven 04916, United States", ("1 Gomez Inlet", "", "Fuenteshaven", "", "04916", "US")),
        ("27 Pajerova  Teplice  093 92  CZ", ("27 Pajerova", "", "Teplice", "", "093 92", "CZ")),
        ("36 Stollgasse  Riesa  65722  DE", ("36 Stollgasse", "", "Riesa", "", "65722", "DE")),
        ("Flat 4  12 Main St  Salem  IL  62701  US", ("Flat 4", "12 Main St", "Salem", "IL", "62701", "US")),
        ("16 Zach Hills\nNew Stephen 02841\nUnited States", ("16 Zach Hills", "", "New Stephen", "", "02841", "US")),
        ("12 High St, Flat 2\r\nLondon SW1A1AA\r\nUK", ("12 High St, Flat 2", "", "London", "", "SW1A 1AA", "GB")),
        ("12 Main St\nApt 4\nSalem, IL 62701-1234", ("12 Main St", "Apt 4", "Salem", "IL", "62701-1234", "US")),
        ("12 Main St, Springfield, Illinois 62701, USA", ("12 Main St", "", "Springfield", "Illinois", "62701", "US")),
        ("12 Main St, New York, NY 10001, USA", ("12 Main St", "", "New York", "NY", "10001", "US")),
        ("12 Main St, New York 10001, USA", ("12 Main St", "", "New York", "", "10001", "US")),
        ("Hauptstr. 12, 10115 Berlin, DE", ("Hauptstr. 12", "", "Berlin", "", "10115", "DE")),
        ("Hauptstr. 12, D-10115 Berlin, Deutschland", ("Hauptstr. 12", "", "Berlin", "", "10115", "DE")),
        ("Keizersgracht 1, 1012 AB Amsterdam, NL", ("Keizersgracht 1", "", "Amsterdam", "", "1012 AB", "NL")),
        ("10 Downing Street, London SW1A 2AA UK", ("10 Downing Street", "", "London", "", "SW1A 2AA", "GB")),
        ("10 Downing Street, London SW1A 2AA", ("10 Downing Street", "", "London", "", "SW1A 2AA", "GB")),
        ("1 George St, Sydney NSW 2000, Australia", ("1 George St", "", "Sydney", "NSW", "2000", "AU")),
        ("5 King St W, Toronto ON M5V 2T6", ("5 King St W", "", "Toronto", "ON", "M5V 2T6", "CA")),
        ("12 High St, Dublin, Ireland", ("12 High St", "", "Dublin", "", "", "IE")),
        ("203 西村 Street, 稲城市 101-2542, Japan", ("203 西村 Street", "", "稲城市", "", "101-2542", "JP")),
        ("12 Main St, Dover, DE", ("12 Main St", "", "Dover", "DE", "", "")),
        ("12 Main St, Atlanta, Georgia", ("12 Main St", "", "Atlanta", "Georgia", "", "")),
        ("1 Road, Town 12345, Narnia", ("1 Road", "Narnia", "Town", "", "12345", "")),
        ("SW1A 1AA, London", ("SW1A 1AA, London", "", "", "", "", "")),
        ("12 Main St, Springfield", ("12 Main St, Springfield", "", "", "", "", "")),
        ("27 Pajerova Teplice 093 92 CZ", ("27 Pajerova Teplice", "", "", "", "093 92", "CZ")),
        ("somewhere", ("somewhere", "", "", "", "", "")),
        ("", ("", "", "", "", "", "")),
    ],
)  # fmt: skip
def test_split_address(text, parts):
    assert split_address(text) == AddressParts(*parts)


def test_another_column_may_tell_the_country():
    assert split_address("12 Main St, Dublin", "Ireland") == AddressParts("12 Main St", "", "Dublin", "", "", "IE")
    assert split_address("12 Main St, Sacramento, CA", "US") == AddressParts(
        "12 Main St", "", "Sacramento", "CA", "", "US"
    )
    assert split_address("1 Rue A, 75001 Paris, France", "US").country == "FR"
    assert split_address("somewhere", "Westeros").country == ""


def letters(*texts):
    return Counter(letter for text in texts for letter in text.casefold() if letter.isalnum())


PIECES = [
    "12 High St", "Flat 4", "London", "SW1A 1AA", "New York", "IL", "62701", "Berlin", "10115 Berlin", "DE",
    "Georgia",
    "USA", "Narnia", "093 92", "Springfield IL 62701", "K1A 0B1", "c/o Rush", "x",
]  # fmt: skip
address = st.lists(st.sampled_from(PIECES), max_size=6)


@quick
@given(address, st.sampled_from([", ", "\n", "  "]), st.sampled_from([None, "US", "GB", "DE"]))
def test_nothing_of_an_address_is_lost(pieces, between, country):
    parts = split_address(between.join(pieces), country)
    kept = letters(parts.line1, parts.line2, parts.city, parts.region, parts.postcode)
    lost = letters(*pieces) - kept
    assert not kept - letters(*pieces)
    # Only the name of the country is written another way.
    assert not lost or parts.country in {country_code(piece) for piece in pieces}


@quick
@given(any_text | address.map("\n".join), any_text)
def test_any_text_is_an_address_of_single_lines(text, country):
    parts = split_address(text, country)
    for value in (parts.line1, parts.line2, parts.city, parts.region, parts.postcode):
        assert value == " ".join(value.split())
    assert parts.country == "" or country_code(parts.country) == parts.country


@quick
@given(any_text, st.sampled_from(["US", "GB", "DE", "JP", "IE", "ZZ", ""]))
def test_a_repaired_postcode_stays_as_it_is(text, country):
    repaired = repair_postcode(text, country)
    assert repair_postcode(repaired, country) == repaired
    assert postcode_key(repaired) == postcode_key(repair_postcode(repaired, country))


def known_addresses():
    """By e-mail address: street, city, postcode and country as the files with a column for each tell them."""
    known = {}
    for row in rows(samples("people", "google-contacts.csv")):
        known[row["E-mail 1 - Value"]] = [
            row[f"Address 1 - {part}"] for part in ("Street", "City", "Postal Code", "Country")
        ]
    for row in rows(samples("people", "aspire-members.csv")):
        known[row["email"]] = [row[part] for part in ("address1", "city", "postalcode", "country")]
    for row in rows(samples("people", "prowly.csv"), delimiter=";"):
        known[row["email"]] = [row["address"], row["city"], row["zip"], country_code(row["country"])]
    return known


@pytest.mark.parametrize(
    ("file", "email", "column", "delimiter", "least"),
    [
        ("tin-shingle-tracker.csv", "Email", "Shipping Address", "\t", 20),
        ("mailchimp-subscribed.csv", "Email Address", "Address", ",", 40),
        ("google-contacts.csv", "E-mail 1 - Value", "Address 1 - Formatted", ",", 90),
    ],
)
def test_addresses_of_the_samples(file, email, column, delimiter, least):
    known = known_addresses()
    compared = 0
    for row in rows(samples("people", file), delimiter=delimiter):
        if row[email] in known:
            compared += 1
            street, city, postcode, country = known[row[email]]
            assert split_address(row[column]) == AddressParts(street, "", city, "", postcode, country)
    assert compared >= least


def test_lost_zeros_of_the_samples_are_put_back():
    known = known_addresses()
    compared = 0
    for row in rows(samples("people", "our-bookstagram-list.csv")):
        if row["E-mail"] in known:
            compared += len(row["Zip"]) < 5
            assert repair_postcode(row["Zip"], country_code(row["Country"])) == known[row["E-mail"]][2]
    assert compared >= 5
