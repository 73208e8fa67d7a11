"""The bytes of a letter as an e-mail.

A message is built from checked values only, and read again before it is handed on: a name with a line break in it must
never become a header of its own.
"""

import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.parser import BytesParser
from email.policy import default
from email.utils import format_datetime
from functools import lru_cache
from operator import attrgetter

from outreach.errors import KnownError
from outreach.services.letters.alike import Alike
from outreach.services.letters.escaping import LINE_BREAK, cleaned, one_line

#: RFC 2047, section 2: a line with encoded words.
_HEADER_LINE = 76
#: RFC 2047, section 2: an encoded word, and what of it is not the text.
_ENCODED_WORD, _AROUND = 75, len("=?utf-8?q??=")
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
#: Letters of any writing, blanks, and what stands between them in names.
_PLAIN_ADDRESS = re.compile(r"([A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
#: RFC 2047, section 5 (3): what may stand for itself in the encoded words of a name.
_Q = tuple(
    chr(octet) if octet < 128 and chr(octet).isalnum() else f"={octet:02X}".replace("=20", "_") for octet in range(256)
)
_ONE_LINE_NAMES = (
    "sender_name", "sender_address", "to_name", "to_address", "subject", "message_id", "cc_name", "cc_address",
)  # fmt: skip
_ONE_LINE = attrgetter(*_ONE_LINE_NAMES)
_PLAIN_NAME = re.compile(r"[\w .'-]*")


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """All that a message is made of.

    Attributes:
        sender_name: May be empty, as may to_name.
        sender_address: ASCII, such as ``hanna@finchandmarlow.example``.
        to_name: The recipient's name; there is one recipient.
        to_address: ASCII.
        subject: One line of plain text.
        text: The plain part.
        html: The HTML part, a whole page.
        message_id: With its angle brackets; the same on every try.
        date: An ISO date and time with its offset.
        cc_name: Who represents the recipient and gets a copy, empty for nobody; never hidden from her.
        cc_address: ASCII.
        unsubscribe: The address that an "unsubscribe" goes to, RFC 2369; empty for letters that have none.
    """

    sender_name: str
    sender_address: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    message_id: str
    date: str
    unsubscribe: str = ""
    cc_name: str = ""
    cc_address: str = ""


class MessageMaker:
    """Builds the messages of letters, of which most have much in common, such as those of one template."""

    def __init__(self) -> None:
        self._plain, self._page = Alike(), Alike()

    def build(self, letter: OutgoingLetter) -> bytes:
        """The message as it goes on the wire: CRLF line ends, ASCII only.

        Raises:
            KnownError: ``letters.line_break`` (field) for a header's value with a line break or another control
                character, ``letters.bad_address`` (address).
            ValueError: for a Message-ID or a date that is none; the program makes those.
            AssertionError: when the message does not read back as it was meant, a mistake of ours.
        """
        if not "".join(_ONE_LINE(letter)).isprintable():
            _refuse_line_breaks(letter)
        if not _MESSAGE_ID.fullmatch(letter.message_id):
            raise ValueError(f"not a Message-ID: {letter.message_id}")
        boundary = f"=_{hashlib.sha256(letter.message_id.encode()).hexdigest()[:32]}"
        head = "".join((
            _from_lines(letter.sender_name, letter.sender_address),
            _one_header("To", _lines_of("To", letter.to_name, letter.to_address)),
            _one_header("Cc", _lines_of("Cc", letter.cc_name, letter.cc_address)) if letter.cc_address else "",
            _subject_lines(letter.subject), _date_line(letter.date),
            f"Message-ID: {letter.message_id}\r\n",
            _leaving_line(letter.unsubscribe) if letter.unsubscribe else "",
            f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n',
        ))  # fmt: skip
        _check_people(head, letter)
        between = f"--{boundary}".encode("ascii")
        return b"".join((
            head.encode("ascii"), between, _PLAIN, _quoted_printable(letter.text, self._plain), between, _HTML,
            _quoted_printable(letter.html, self._page), between, b"--\r\n",
        ))  # fmt: skip


def build_message(letter: OutgoingLetter) -> bytes:
    """One message alone.

    Raises:
        KnownError, ValueError, AssertionError: as `MessageMaker.build`.
    """
    return MessageMaker().build(letter)


def _refuse_line_breaks(letter: OutgoingLetter) -> None:
    for field in _ONE_LINE_NAMES:
        if LINE_BREAK.search(getattr(letter, field)):
            raise KnownError("letters.line_break", field=field)


#: The heads of the parts. No line of a part in quoted-printable can be a boundary: after "=" come digits or the
#: line's end.
_PLAIN, _HTML = (
    f'\r\nContent-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'.encode()
    for subtype in ("plain", "html")
)


def _quoted_printable(text: str, alike: Alike) -> bytes:
    """Text as lines of ASCII; what the last one began and ended with is not turned again."""
    if "\r" in text:
        text = cleaned(text)
    head, own, tail = alike.cut(text.rstrip("\n"))
    return b"".join((_before(head), _lines(own), _behind(tail), b"\r\n"))


@lru_cache(maxsize=16)
def _before(head: str) -> bytes:
    """What letters of a batch begin with, and the empty line behind it."""
    return _lines(head.removesuffix("\n\n")) + b"\r\n" if head else b""


@lru_cache(maxsize=16)
def _behind(tail: str) -> bytes:
    """The empty line before what letters of a batch end with, and that."""
    return b"\r\n" + _lines(tail.removeprefix("\n\n")) if tail else b""


def _lines(text: str) -> bytes:
    if not text.replace("\n", "").isprintable():
        text = cleaned(text)
    return binascii.b2a_qp(text.encode("utf-8") + b"\n", istext=True).replace(b"\n", b"\r\n")


@lru_cache(maxsize=16)  # a batch is dated alike
def _date_line(iso: str) -> str:
    date = datetime.fromisoformat(iso)
    if date.tzinfo is None:
        raise ValueError(f"no offset: {iso}")
    return _one_header("Date", f"Date: {format_datetime(date)}\r\n")


@lru_cache(maxsize=16)  # who writes is most often the same
def _from_lines(name: str, address: str) -> str:
    return _one_header("From", _lines_of("From", name, address))


@lru_cache(maxsize=16)  # as is the title that is written about
def _subject_lines(subject: str) -> str:
    return _one_header("Subject", f"Subject: {_phrase('Subject', one_line(subject))}\r\n")


@lru_cache(maxsize=16)
def _leaving_line(address: str) -> str:
    return _one_header("List-Unsubscribe", f"List-Unsubscribe: <mailto:{address}?subject=unsubscribe>\r\n")


def _one_header(name: str, lines: str) -> str:
    """The lines of a header, seen to be of this one and no other: each that follows is folded."""
    assert lines.startswith(f"{name}:") and lines.endswith("\r\n"), f"not {name}: {lines!r}"
    ends = lines.count("\n") - 1
    assert ends == lines.count("\r") - 1 == lines.count("\r\n "), f"line ends: {lines!r}"
    return lines


def as_draft(raw: bytes) -> bytes:
    """A message that mail programs open to be edited and sent, by ``X-Unsent: 1``; it is else the same."""
    return b"X-Unsent: 1\r\n" + raw


def copied_in(raw: bytes) -> tuple[str, ...]:
    """The addresses that a message of ours names as copied in."""
    read = BytesParser(policy=default).parsebytes(raw, headersonly=True)
    return tuple(each.addr_spec for each in read["Cc"].addresses) if read["Cc"] else ()


def _address(name: str, address: str) -> Address:
    try:
        found = Address(one_line(name), addr_spec=address)
    except (MessageError, ValueError, IndexError) as error:
        raise KnownError("letters.bad_address", address=address) from error
    if not address.isascii() or found.addr_spec != address or not found.username or not found.domain:
        raise KnownError("letters.bad_address", address=address)
    return found


def _check_people(head: str, letter: OutgoingLetter) -> None:
    """See that a message has the recipients it was given, and no others."""
    names = (letter.sender_name, letter.to_name, letter.cc_name)
    if _PLAIN_NAME.fullmatch("".join(names)):
        return  # nothing in it could be taken for anything but a name
    read = BytesParser(policy=default).parsebytes(head.encode("ascii"), headersonly=True)
    sent = (("From", letter.sender_address), ("To", letter.to_address), ("Cc", letter.cc_address))
    for name, address in sent[: 3 if letter.cc_address else 2]:
        people = [each.addr_spec for each in read[name].addresses]
        assert people == [address], f"{name}: {people}"


def _lines_of(header: str, name: str, address: str) -> str:
    """The lines of a header that names one person."""
    if (
        name.strip() == name != ""
        and "  " not in name
        and _PLAIN_NAME.fullmatch(name)
        and _PLAIN_ADDRESS.fullmatch(address)
    ):
        shown = name if name.isascii() and "." not in name else ""
        line = f"{header}: {shown or _word(name)} <{address}>"
        if len(line) <= _HEADER_LINE:
            return f"{line}\r\n"
    return _address_lines(header, _address(name, address))


def _address_lines(name: str, address: Address) -> str:
    line = f"{name}: {address}"
    if _is_plain(line):
        return f"{line}\r\n"
    if not address.display_name:
        return f"{name}:\r\n {address.addr_spec}\r\n"
    words = _encoded(name, address.display_name)
    is_short = len(f"{name}: {words} <{address.addr_spec}>") <= _HEADER_LINE
    between = " " if is_short else "\r\n "
    return f"{name}: {words}{between}<{address.addr_spec}>\r\n"


def _phrase(name: str, text: str) -> str:
    return text if _is_plain(f"{name}: {text}") else _encoded(name, text)


def _is_plain(line: str) -> bool:
    """Whether a line can stand as it is: short, ASCII, and not to be taken for an encoded word."""
    return line.isascii() and len(line) <= _HEADER_LINE and "=?" not in line


def _word(text: str, kind: str = "") -> str:
    """One encoded word, however long; in whichever way it is shorter if none is named."""
    octets = text.encode("utf-8")
    quoted = "".join([_Q[octet] for octet in octets]) if kind != "b" else ""
    based = binascii.b2a_base64(octets, newline=False).decode("ascii") if kind != "q" else ""
    is_quoted = kind == "q" or (not kind and len(quoted) <= len(based))
    return f"=?utf-8?q?{quoted}?=" if is_quoted else f"=?utf-8?b?{based}?="


def _encoded(name: str, text: str) -> str:
    """RFC 2047 encoded words, each on its own line and ending with a whole letter.

    Some readers put the words of one kind together before they decode them, so that only the last may end in a base64
    filling.
    """
    word = _word(text)
    if len(name) + 2 + len(word) <= _HEADER_LINE:
        return word
    based = word[8:9] == "b"
    words, room = [], _HEADER_LINE - len(name) - 2 - _AROUND
    while text:
        fits = _based_fitting(text, room) if based else _quoted_fitting(text, room)
        words.append(_word(text[:fits], "b" if based else "q"))
        text, room = text[fits:], _ENCODED_WORD - _AROUND
    return "\r\n ".join(words)


def _based_fitting(text: str, room: int) -> int:
    """How many letters fit in base64 into so much room, without filling where anything follows."""
    octets, most, fits, full = 0, room // 4 * 3, 1, 0
    for number, letter in enumerate(text, start=1):
        octets += len(letter.encode("utf-8"))
        if octets > most:
            return full or fits
        fits, full = number, number if octets % 3 == 0 else full
    return len(text)


def _quoted_fitting(text: str, room: int) -> int:
    """How many letters fit into so much room as RFC 2047 quotes them."""
    for number, letter in enumerate(text):
        room -= sum(len(_Q[octet]) for octet in letter.encode("utf-8"))
        if room < 0:
            return max(1, number)
    return len(text)
