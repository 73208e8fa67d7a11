import email
import os
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.letters.message import OutgoingLetter, as_draft, build_message
from outreach.services.letters.parts import html_of, text_of

_LETTER = OutgoingLetter(
    sender_name="Hanna Okafor",
    sender_address="hanna@finchandmarlow.example",
    to_name="Kit Larkspur",
    to_address="kit@larkandlit.example",
    subject="A sea with a grudge, Kit",
    text="Dear Kit,\n\nYes.\n",
    html="<p>Dear Kit,</p>\n",
    message_id="<20261124.1@finchandmarlow.example>",
    date="2026-11-24T13:05:00+01:00",
)
_HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]


def _read(raw: bytes):
    return email.message_from_bytes(raw, policy=default)


def _person(raw: bytes, header: str) -> tuple[str, str]:
    """Name and address; by the older reader, for the newer one of Python 3.11 adds blanks to long names."""
    name, address = parseaddr(email.message_from_bytes(raw)[header])
    return str(make_header(decode_header(name))), address


def test_a_draft_has_the_headers_of_a_draft():
    message = _read(as_draft(build_message(_LETTER)))
    assert message.keys() == ["X-Unsent", *_HEADERS]
    assert message["X-Unsent"] == "1"
    assert message["Message-ID"] == _LETTER.message_id
    assert message["Date"].datetime.isoformat() == _LETTER.date
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_a_letter_to_send_is_no_draft():
    assert "X-Unsent" not in _read(build_message(_LETTER))
    assert _read(as_draft(build_message(_LETTER)))["X-Unsent"] == "1"


_ONE_LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=150).map(
    lambda text: re.sub(" +", " ", text).strip()
)
_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=400).filter(
    lambda text: text.strip("\n")
)


@given(_ONE_LINE, _ONE_LINE, _ONE_LINE, _TEXTS)
@example('Müller, "Kit" <x@evil.example>', "a" * 300, "=?utf-8?q?Bcc?=", "From here\n.\n..\n=20 --\n")
@example("पन्ह पन्ह त्र र्च कृकृ ड्ड न्हृे إلا بسم الله", "é" * 150, "日本 " * 40 + "日", "y" * 3000)
@example("", "", "", ".")
def test_a_message_reads_back_as_it_was_written(sender, name, subject, text):
    letter = replace(_LETTER, sender_name=sender, to_name=name, subject=subject, text=text, html=f"<p>{text}</p>")
    raw = build_message(letter)
    message = _read(raw)
    assert message.keys() == _HEADERS
    assert [each.addr_spec for each in message["To"].addresses] == [letter.to_address]
    assert _person(raw, "To") == (name, letter.to_address)
    assert _person(raw, "From") == (sender, letter.sender_address)
    assert message["Subject"] == subject
    plain, page = message.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text.rstrip("\n") + "\n"
    assert page.get_content().replace("\r\n", "\n") == f"<p>{text}</p>\n"
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")


_FIELDS = ["sender_name", "sender_address", "to_name", "to_address", "subject", "message_id"]
_BREAKS = [
    "\r",
    "\n",
    "\r\n",
    "\0",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1b",
    "\ud83d",
]


@pytest.mark.parametrize("line_break", _BREAKS, ids=ascii)
@pytest.mark.parametrize("field", _FIELDS)
@pytest.mark.parametrize("shape", ["{good}{b}Bcc: eve@evil.example", "{b}{good}", "{good}{b}", "{good}{b} folded"])
def test_no_field_takes_a_line_break(field, line_break, shape):
    value = shape.format(good=getattr(_LETTER, field), b=line_break)
    with pytest.raises(KnownError) as raised:
        build_message(replace(_LETTER, **{field: value}))
    assert raised.value.code == "letters.line_break"
    assert raised.value.facts == {"field": field}


@pytest.mark.parametrize(
    "value",
    [
        "=?utf-8?q?Kit=0D=0ABcc=3A_eve=40evil.example?=",
        "=?utf-8?b?S2l0DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
        "Kit <eve@evil.example>, x",
        '"Kit" <eve@evil.example>',
        "kit@larkandlit.example, eve@evil.example",
        "Kit\\",
        'Kit"',
        "Kit (eve@evil.example)",
        "a: b; c",
        "%0d%0aBcc: eve@evil.example",
        "=?utf-8?q?" + "é" * 100 + "?=",
    ],
)
@pytest.mark.parametrize("field", ["sender_name", "to_name", "subject"])
def test_what_looks_like_a_header_is_text(field, value):
    raw = build_message(replace(_LETTER, **{field: value}))
    message = _read(raw)
    assert message.keys() == _HEADERS
    shown = {"sender_name": _person(raw, "From")[0], "to_name": _person(raw, "To")[0], "subject": message["Subject"]}
    assert shown[field] == value


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kit",
        "@larkandlit.example",
        "kit@",
        "kit@larkandlit.example, eve@evil.example",
        "kit@larkandlit.example eve@evil.example",
        "Kit <kit@larkandlit.example>",
        "<kit@larkandlit.example>",
        "alice@example.org]<bob@example.com",
        "kit@lärk.example",
        "kít@lark.example",
        "kit@lark.example>",
        "kit;eve@lark.example",
        " kit@lark.example",
        "kit(eve)@lark.example",
        "kit@@lark.example",
        "group:kit@lark.example;",
    ],
)
@pytest.mark.parametrize("field", ["sender_address", "to_address"])
def test_an_address_is_one_address(field, address):
    with pytest.raises(KnownError) as raised:
        build_message(replace(_LETTER, **{field: address}))
    assert (raised.value.code, raised.value.facts) == ("letters.bad_address", {"address": address})


@pytest.mark.parametrize(
    ("field", "value"),
    [("message_id", "20261124"), ("message_id", "<a b@c>"), ("date", "2026-11-24T13:05:00"), ("date", "yesterday")],
)
def test_what_the_program_makes_must_be_right(field, value):
    with pytest.raises(ValueError, match=value[:4]):
        build_message(replace(_LETTER, **{field: value}))


def test_a_long_message_id_stays_whole():
    message_id = f"<{'a' * 60}@{'b' * 60}.example>"
    assert _read(build_message(replace(_LETTER, message_id=message_id)))["Message-ID"] == message_id


_CORPORA = Path(os.environ.get("OUTREACH_CORPORA", "/nowhere"))


@pytest.mark.skipif("OUTREACH_CORPORA" not in os.environ, reason="needs OUTREACH_CORPORA")
def test_foreign_injections_stay_in_their_field():
    folder = _CORPORA / "visible" if (_CORPORA / "visible").is_dir() else _CORPORA
    lines = (folder / "injection" / "crlf" / "crlfinjection.txt").read_text("utf-8").split("\n")
    strings = {form for line in lines if line for form in (line, unquote(line), unquote(unquote(line)))}
    assert len(strings) > 17
    for value in sorted(strings):
        for field in ("sender_name", "to_name", "subject"):
            try:
                raw = build_message(replace(_LETTER, **{field: value}))
            except KnownError as error:
                assert error.code == "letters.line_break"
            else:
                assert _read(raw).keys() == _HEADERS


def test_text_is_what_a_reader_sees():
    markdown = (
        "# Hello\n\nDear *Kit*,\none **bold** `x`\\\ntwo  \nthree\n\n- a\n- b\n  1. c\n  2. d\n\n3. x\n\n4. y\n\n"
        "> said\n> so\n\n---\n\n[here](https://a.example/b_c), <https://a.example/>, "
        "[k@a.example](mailto:k@a.example)\n\n"
        "    code\n\n![pic](https://a.example/x.png) <b>\n"
    )
    assert text_of(markdown) == (
        "Hello\n\nDear Kit, one bold x\ntwo\nthree\n\n- a\n- b\n  1. c\n  2. d\n\n3. x\n\n4. y\n\n"
        "> said so\n\n---\n\nhere (https://a.example/b_c), https://a.example/, k@a.example\n\n"
        "code\n\n!pic (https://a.example/x.png) <b>\n"
    )


@pytest.mark.parametrize("text", ["word " * 800, "x" * 3000, "é " * 1500, "日本" * 900])
def test_no_line_of_the_text_is_too_long_and_no_word_is_lost(text):
    plain = text_of(text)
    assert max(len(line.encode()) for line in plain.split("\n")) <= 998
    assert "".join(plain.split()) == "".join(text.split())


def test_html_is_a_page_that_asks_for_nothing():
    page = html_of(
        'He said "don\'t" -- *really*...\n\n![x](https://a.example/x.png) <img src=x> [f](file:///etc/passwd)'
    )
    assert page.startswith("<!DOCTYPE html>")
    assert "<p>He said “don’t” – <em>really</em>…</p>" in page
    assert "max-width:640px" in page
    assert "15px/24px" in page
    assert not re.search(
        r"<(img|link|script|style|iframe)|src=|url\(|href=\"file", page.replace("&lt;img src=x&gt;", "")
    )


@given(_ONE_LINE)
@example("Ü" * 200)
@example("😀" * 60)
@example("a日" * 80)
def test_only_the_last_encoded_word_ends_in_a_filling(subject):
    raw = build_message(replace(_LETTER, subject=subject))
    head = raw.partition(b"\r\nDate:")[0].partition(b"Subject: ")[2].decode("ascii")
    words = head.split("\r\n ")
    assert all(len(word) <= 75 for word in words) or not head.startswith("=?utf-8?")
    if len(words) > 1:
        assert not any(word.endswith("=?=") for word in words[:-1])
        assert all(len(set(word)) for word in words)
        assert str(make_header(decode_header("\n ".join(words)))) == subject
