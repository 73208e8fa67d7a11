"""What is in a mail that came, as plain values. Runs in a child process: a mail may be made to break its reader."""

import base64
import email
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

from outreach.services.mail.bounces import bounces_of, is_automatic

_IDS = re.compile(r"<[^<>\s]+@[^<>\s]+>")
#: More is no answer that anyone reads; RFC 5322 lets a header line be 998 octets long.
_LONGEST_HEADER = 2_000
_LONGEST_TEXT = 50_000
_MOST_PARTS = 200
#: Where an answer begins to quote the letter it answers, in the ways of common mail programs.
_QUOTES = re.compile(
    r"(?im)^(?:>.*|on .{5,200}wrote:|am .{5,200}schrieb.*:|le .{5,200}a écrit\s*:|"
    r"-{2,} ?original message ?-{2,}|_{10,}|from: .+)$"
)


def read_mails(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Read messages; what cannot be read is told as ``{"error": …}`` and does not end the rest.

    Args:
        payload: ``messages``, each as base64.
    """
    for raw in payload["messages"]:
        try:
            yield _read(base64.b64decode(raw))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            yield {"error": f"{type(error).__name__}: {error}"[:300]}


def _read(raw: bytes) -> dict[str, Any]:
    mail = email.message_from_bytes(raw, policy=policy.compat32)
    _refuse_monsters(mail)
    (name, address), *_ = [*getaddresses([_header(mail, "From")]), ("", "")]
    text = _text_of(mail)
    return {
        "message_id": next(iter(_IDS.findall(_header(mail, "Message-ID"))), ""),
        "answers": _IDS.findall(f"{_header(mail, 'In-Reply-To')} {_header(mail, 'References')}"),
        "from_name": name,
        "from_address": address,
        "subject": _header(mail, "Subject"),
        "received_at": _moment(mail),
        "text": text,
        "said": _own_words(text),
        "is_automatic": is_automatic(mail),
        "bounces": [asdict(each) for each in bounces_of(mail)],
    }


def _refuse_monsters(mail: Message) -> None:
    for number, _ in enumerate(mail.walk()):
        if number > _MOST_PARTS:
            raise ValueError("too many parts")


def _header(mail: Message, name: str) -> str:
    raw = str(mail.get(name, ""))[:_LONGEST_HEADER]
    try:
        shown = str(make_header(decode_header(raw)))
    except (ValueError, LookupError, UnicodeError):
        shown = raw
    return " ".join(shown.encode("utf-8", "replace").decode("utf-8").split())


def _moment(mail: Message) -> str:
    """When it was written, as ISO text in UTC; empty where it does not say so."""
    try:
        moment = parsedate_to_datetime(str(mail.get("Date", ""))[:100])
    except (ValueError, TypeError, IndexError):
        return ""
    from datetime import UTC

    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text_of(mail: Message) -> str:
    """The words of a mail: its plain part, else those of its HTML part, without anything active in them."""
    plain = next((part for part in mail.walk() if part.get_content_type() == "text/plain"), None)
    if plain is not None:
        return _clean(_decoded(plain))
    page = next((part for part in mail.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        return ""
    words = _Words()
    words.feed(_decoded(page))
    return _clean("".join(words.found))


def _decoded(part: Message) -> str:
    raw: Any = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    raw = raw[: _LONGEST_TEXT * 4]
    try:
        return str(raw.decode(part.get_content_charset("utf-8"), "replace"))
    except LookupError:
        return str(raw.decode("latin-1"))


def _clean(text: str) -> str:
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in text.replace("\r\n", "\n").split("\n")]
    kept = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return "".join(each for each in kept if each == "\n" or each.isprintable())[:_LONGEST_TEXT]


def _own_words(text: str) -> str:
    """What an answer says itself, without the letter it quotes."""
    quoted = _QUOTES.search(text)
    return (text[: quoted.start()] if quoted else text).strip()


class _Words(HTMLParser):
    """The words of a page; what a script, a style or a head holds is no word."""

    _SILENT = ("script", "style", "head", "title", "template", "noscript")
    _BREAKS = ("p", "br", "div", "tr", "li", "blockquote", "h1", "h2", "h3")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in self._SILENT
        if tag in self._BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in self._SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)
