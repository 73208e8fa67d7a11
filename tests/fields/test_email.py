import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.email import Email, parse_email, split_emails

from .material import any_text, corpora, near, quick


@pytest.mark.parametrize(
    ("text", "address", "key"),
    [
        ("anna.rush@example.com", "anna.rush@example.com", "anna.rush@example.com"),
        (" Anna.Rush@Example.COM ", "Anna.Rush@Example.COM", "anna.rush@example.com"),
        ("mailto:anna@example.com?subject=Hi", "anna@example.com", "anna@example.com"),
        ("mailto:a%2Bb@example.com", "a+b@example.com", "a+b@example.com"),
        ("<anna@example.com>", "anna@example.com", "anna@example.com"),
        ("Anna Rush <anna@example.com>", "anna@example.com", "anna@example.com"),
        ("anna@example.com.,", "anna@example.com", "anna@example.com"),
        ("\u200banna@example.com\u00a0", "anna@example.com", "anna@example.com"),
        ("an\u200bna@example.com", "anna@example.com", "anna@example.com"),
        ("o'hara+arc@mail.co-op.example", "o'hara+arc@mail.co-op.example", "o'hara+arc@mail.co-op.example"),
        ("Anna@bücher.example", "Anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("jörn@example.com", "jörn@example.com", "jörn@example.com"),
        ("test@io", "test@io", "test@io"),
    ],
)
def test_parse_email(text, address, key):
    assert parse_email(text) == Email(address, key)


@pytest.mark.parametrize(
    "text",
    [
        "", "not an address", "anna@", "@example.com", "anna@example", "a b@example.com", "anna@exam ple.com",
        "a@b@example.com", "anna@example..com", ".anna@example.com", "anna@-example.com", "anna@[127.0.0.1]",
        "anna@127.0.0.1", "anna@example.com\n", "\r\nanna@example.com", "anna@example.com\r\nBcc: all@example.com",
        "an\x00na@example.com", "mailto:a%0d%0ab@x.example",
        '"a b"@example.com', f"{'a' * 65}@example.com",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 10}.example",
        "anna@exa\ud83dmple.com", "a" * 5000,
    ],
)  # fmt: skip
def test_what_cannot_be_written_to(text):
    assert parse_email(text) is None


def test_the_key_of_an_international_domain_is_the_same_in_both_spellings():
    assert parse_email("anna@bücher.example").key == parse_email("ANNA@XN--BCHER-KVA.example").key


def test_split_emails():
    assert split_emails("a@x.example, b@x.example; c@x.example ::: d@x.example\n e@x.example") == [
        "a@x.example",
        "b@x.example",
        "c@x.example",
        "d@x.example",
        "e@x.example",
    ]
    assert split_emails(" ,; ") == []
    assert split_emails("n/a") == ["n/a"]


local = st.from_regex(r"[a-z0-9]{1,10}([.+_-][a-z0-9]{1,10}){0,2}", fullmatch=True)
domain = st.from_regex(r"([a-z][a-z0-9]{0,10}\.){1,2}(com|example|co\.uk)", fullmatch=True)


@quick
@given(local, domain)
def test_case_does_not_matter_to_the_key(local, domain):
    address = f"{local}@{domain}"
    keys = {parse_email(text).key for text in (address, address.upper(), address.title())}
    assert keys == {address}


@quick
@given(any_text | near('ab1@.-\u200b é"<>\r\n,;'))
def test_no_text_makes_an_address_that_could_leave_its_line(text):
    email = parse_email(text)
    if email:
        assert email.address.isprintable()
        assert " " not in email.address
        assert email.address.count("@") == 1
        assert len(email.address) <= 254
        assert parse_email(email.address) == email
    assert all(piece == piece.strip() for piece in split_emails(text))


def test_addresses_of_the_isemail_corpus():
    def spoken(text):
        return "".join(chr(ord(letter) - 0x2400) if 0x2400 <= ord(letter) <= 0x2420 else letter for letter in text)

    tests = ET.parse(corpora("email_addresses", "isemail", "tests.xml")).getroot().findall("test")
    by_category = {}
    for test in tests:
        by_category.setdefault(test.findtext("category"), []).append(spoken(test.findtext("address") or ""))
    assert [text for text in by_category["ISEMAIL_VALID_CATEGORY"] if parse_email(text) is None] == []
    # A full stop after an address is trimmed in any cell.
    assert [text for text in by_category["ISEMAIL_ERR"] if parse_email(text)] == ["test@iana.org."]
