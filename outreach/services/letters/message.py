"""The bytes of a letter as an e-mail, and its two parts from Markdown.

A message is built from checked values only, and read again before it is handed on: a name with a line break in it must
never become a header of its own.
"""

import binascii
import hashlib
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.parser import BytesParser
from email.policy import default
from email.utils import format_datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from outreach.errors import KnownError
from outreach.services.letters.escaping import LINE_BREAK, cleaned, one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

#: Octets of one line on the wire, without its end: RFC 5321, section 4.5.3.1.6.
_LONGEST_LINE = 998
#: RFC 2047, section 2: a line with encoded words.
_HEADER_LINE = 76
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
#: Letters of any writing, blanks, and what stands between them in names.
_PLAIN_NAME = re.compile(r"[\w .'-]*")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
#: What may begin a block that is no paragraph, or go on with the one before, at the beginning of any line.
_BEGINS_BLOCK = re.compile(
    r"(?m)^(?:[ \t]|[-+*](?:[ \t]|$)|\d{1,9}[.)]|>|#|```|~~~|=+[ \t]*$|-+[ \t]*$|_|\*[ \t]*\*|\[|<)|[\r\f\v\0]"
)
_SCHEMES = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)

_PAGE = (
    '<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"></head>\n<body style="margin:0">\n'
    '<div style="max-width:640px;margin:0 auto;padding:24px;color:#14211f;'
    "font:15px/24px 'Source Serif 4',Georgia,'Times New Roman',serif\">\n{letter}</div>\n</body>\n</html>\n"
)


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


def build_message(letter: OutgoingLetter) -> bytes:
    """The message as it goes on the wire: CRLF line ends, ASCII only.

    Raises:
        KnownError: ``letters.line_break`` (field) for a header's value with a line break or another control character,
            ``letters.bad_address`` (address).
        ValueError: for a Message-ID or a date that is none; the program makes those.
        AssertionError: when the message does not read back as it was meant, a mistake of ours.
    """
    for field in ("sender_name", "sender_address", "to_name", "to_address", "subject", "message_id", "cc_name",
                  "cc_address"):  # fmt: skip
        if LINE_BREAK.search(getattr(letter, field)):
            raise KnownError("letters.line_break", field=field)
    if not _MESSAGE_ID.fullmatch(letter.message_id):
        raise ValueError(f"not a Message-ID: {letter.message_id}")
    date = datetime.fromisoformat(letter.date)
    if date.tzinfo is None:
        raise ValueError(f"no offset: {letter.date}")
    sender, recipient = _address(letter.sender_name, letter.sender_address), _address(letter.to_name, letter.to_address)
    subject = one_line(letter.subject)
    boundary = f"=_{hashlib.sha256(letter.message_id.encode()).hexdigest()[:32]}"
    head = [
        _address_lines("From", sender), _address_lines("To", recipient),
        *([_address_lines("Cc", _address(letter.cc_name, letter.cc_address))] if letter.cc_address else []),
        f"Subject: {_phrase('Subject', subject)}\r\n",
        f"Date: {format_datetime(date)}\r\n", f"Message-ID: {letter.message_id}\r\n",
        *([f"List-Unsubscribe: <mailto:{letter.unsubscribe}?subject=unsubscribe>\r\n"] if letter.unsubscribe else []),
        f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n',
    ]  # fmt: skip
    raw = "".join(head).encode("ascii") + b"".join(
        (_PART.format(boundary=boundary, subtype=subtype).encode("ascii") + _quoted_printable(text))
        for subtype, text in (("plain", letter.text), ("html", letter.html))
    )  # fmt: skip
    raw += f"--{boundary}--\r\n".encode("ascii")
    _check(raw, letter)
    return raw


#: No line of a part in quoted-printable can be a boundary: after "=" come digits or the line's end.
_PART = (
    '--{boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
)


def _quoted_printable(text: str) -> bytes:
    encoded = binascii.b2a_qp(_sendable(text).encode("utf-8"), istext=True)
    return encoded.replace(b"\n", b"\r\n") + b"\r\n"


def as_draft(raw: bytes) -> bytes:
    """A message that mail programs open to be edited and sent, by ``X-Unsent: 1``; it is else the same."""
    return b"X-Unsent: 1\r\n" + raw


def copied_in(raw: bytes) -> tuple[str, ...]:
    """The addresses that a message of ours names as copied in."""
    read = BytesParser(policy=default).parsebytes(raw, headersonly=True)
    return tuple(each.addr_spec for each in read["Cc"].addresses) if read["Cc"] else ()


@lru_cache(maxsize=64)  # who writes is most often the same
def _address(name: str, address: str) -> Address:
    try:
        found = Address(one_line(name), addr_spec=address)
    except (MessageError, ValueError, IndexError) as error:
        raise KnownError("letters.bad_address", address=address) from error
    if not address.isascii() or found.addr_spec != address or not found.username or not found.domain:
        raise KnownError("letters.bad_address", address=address)
    return found


def _sendable(text: str) -> str:
    return cleaned(text).rstrip("\n") + "\n"


def _check(raw: bytes, letter: OutgoingLetter) -> None:
    """See that a message has the headers and the recipients it was given, and no others."""
    copied = ["Cc"] if letter.cc_address else []
    leaving = ["List-Unsubscribe"] if letter.unsubscribe else []
    expected = ["From", "To", *copied, "Subject", "Date", "Message-ID", *leaving]
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    found = [line.partition(":")[0] for line in head.split("\r\n") if line[:1] != " "]
    assert found == [*expected, "MIME-Version", "Content-Type"], f"headers {found}"
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n"), "bare line ends"
    if all(_PLAIN_NAME.fullmatch(name) for name in (letter.sender_name, letter.to_name, letter.cc_name)):
        return  # nothing in it could be taken for anything but a name
    read = BytesParser(policy=default).parsebytes(raw, headersonly=True)
    sent = (("From", letter.sender_address), ("To", letter.to_address), ("Cc", letter.cc_address))
    for name, address in sent[: 2 + len(copied)]:
        people = [each.addr_spec for each in read[name].addresses]
        assert people == [address], f"{name}: {people}"


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


def _encoded(name: str, text: str) -> str:
    """RFC 2047 encoded words, each on its own line."""
    return Header(text, "utf-8", maxlinelen=_HEADER_LINE, header_name=name).encode(linesep="\r\n")


def html_of(markdown_text: str) -> str:
    """A letter's HTML part: CommonMark in a page of its own, that asks nothing of the network."""
    return _PAGE.replace("{letter}", letter_html(markdown_text))


def letter_html(markdown_text: str) -> str:
    """A letter as HTML without the page around it, as a preview shows it."""
    parts = _paragraphs(markdown_text)
    if parts is None:
        return _html(markdown_text)
    return "".join(map(_html_of_paragraph, parts))


def _html(markdown_text: str) -> str:
    html: str = _markdown(typographer=True).render(markdown_text)
    return html


@lru_cache(maxsize=256)  # many letters share most of their paragraphs
def _html_of_paragraph(paragraph: str) -> str:
    return _html(paragraph)


@lru_cache(maxsize=256)
def _text_of_paragraph(paragraph: str) -> str:
    return _text(paragraph)


def _paragraphs(markdown_text: str) -> list[str] | None:
    """The paragraphs of a letter that has nothing but paragraphs and rules between them; each stands for itself then.

    None where anything else might be in it, such as a list, a quotation, code or a link's address told elsewhere.
    """
    parts = [part.strip("\n") for part in _BLANK_LINES.split(markdown_text) if part.strip(" \t\n")]
    is_plain = all(part == "---" or not _BEGINS_BLOCK.search(part) for part in parts)
    return parts if is_plain else None


def text_of(markdown_text: str) -> str:
    """A letter's plain part: its words and breaks, without marks of emphasis; a link as "words (address)"."""
    parts = _paragraphs(markdown_text)
    return _text(markdown_text) if parts is None else "\n".join(map(_text_of_paragraph, parts)) or "\n"


def _text(markdown_text: str) -> str:
    from markdown_it.tree import SyntaxTreeNode  # heavy

    tree = SyntaxTreeNode(_markdown(typographer=False).parse(markdown_text))
    lines = (part for line in _blocks(tree) for part in _short(line))
    return "\n".join(lines) + "\n"


@cache
def _markdown(*, typographer: bool) -> "MarkdownIt":
    from markdown_it import MarkdownIt  # heavy

    class LetterMarkdown(MarkdownIt):
        """Markdown with links to the web, mail and telephone only."""

        def validateLink(self, url: str) -> bool:  # noqa: N802 - as markdown-it's
            return _SCHEMES.match(url) is not None

    reader = LetterMarkdown("commonmark", {"html": False, "typographer": typographer})
    # A picture would be fetched from the network when the letter is opened.
    return reader.enable(["replacements", "smartquotes"]).disable("image")


def _blocks(node: "SyntaxTreeNode") -> Iterator[str]:
    """The lines of a node's blocks, with an empty line between two."""
    before = None
    for block in node.children:
        if before is not None and not before.hidden:
            yield ""
        yield from _block(block)
        before = block


def _block(block: "SyntaxTreeNode") -> Iterator[str]:
    if block.type in ("bullet_list", "ordered_list"):
        start = int(block.attrGet("start") or 1)
        for number, item in enumerate(block.children, start):
            if number > start and not any(child.hidden for child in item.children):
                yield ""
            mark = "- " if block.type == "bullet_list" else f"{number}. "
            yield from _indented(_blocks(item), mark, " " * len(mark))
    elif block.type == "blockquote":
        yield from _indented(_blocks(block), "> ", "> ")
    elif block.type in ("fence", "code_block"):
        yield from block.content.rstrip("\n").split("\n")
    elif block.type == "hr":
        yield "-" * 3
    else:
        yield from "".join(_words(block)).split("\n")


def _indented(lines: Iterator[str], first: str, others: str) -> Iterator[str]:
    mark = first
    for line in lines:
        yield (mark + line).rstrip()
        mark = others


def _words(node: "SyntaxTreeNode") -> Iterator[str]:
    """The words of a paragraph or heading."""
    if node.type == "softbreak":
        yield " "
    elif node.type == "hardbreak":
        yield "\n"
    elif node.type == "link":
        words = "".join(word for child in node.children for word in _words(child))
        address = str(node.attrGet("href")).removeprefix("mailto:")
        yield words if words == address else f"{words} ({address})"
    elif node.children:
        for child in node.children:
            yield from _words(child)
    else:
        yield node.content


def _short(line: str) -> list[str]:
    """A line, in pieces where it is too long for the wire."""
    if len(line) * 4 <= _LONGEST_LINE or len(line.encode("utf-8", "replace")) <= _LONGEST_LINE:
        return [line]
    return textwrap.wrap(line, _LONGEST_LINE // 4, replace_whitespace=False)
