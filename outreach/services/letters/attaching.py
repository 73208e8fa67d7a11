"""Attachments in the bytes of a message: the message that was built before, and the files beside it.

The same message and the same files make the same bytes every time, so that a letter's files need not be kept twice.
"""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

_ALTERNATIVE = re.compile(rb'Content-Type: multipart/alternative;\r\n boundary="([^"]+)"\r\n\r\n')
#: RFC 2183, section 2: a name of these needs no other writing.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ._()+,-]{1,60}")
#: Octets of one piece of a long name; RFC 2231, section 3.
_PIECE = 60
_MEDIA = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in a message.

    Attributes:
        name: As the reader sees it; any writing.
    """

    name: str
    content: bytes


def with_attachments(raw: bytes, files: Sequence[Attached]) -> bytes:
    """A message of `message.build_message` with files beside its two parts; itself where there are none."""
    if not files:
        return raw
    head, _, body = raw.partition(b"\r\n\r\n")
    found = _ALTERNATIVE.search(head + b"\r\n\r\n")
    assert found is not None, "a message of ours has two parts"
    boundary = f"=_{hashlib.sha256(found[1] + b' files').hexdigest()[:32]}"
    line = f"--{boundary}\r\n".encode("ascii")
    outer = f'Content-Type: multipart/mixed;\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    parts = b"".join(line + _part(each) for each in files)
    return head[: found.start()] + outer + line + found[0] + body + parts + f"--{boundary}--\r\n".encode("ascii")


def _part(file: Attached) -> bytes:
    guessed, encoding = mimetypes.guess_type(file.name)
    media = guessed if guessed and not encoding and _MEDIA.fullmatch(guessed) else "application/octet-stream"
    if media.startswith(("text/", "message/", "multipart/")):
        media = "application/octet-stream"  # it is handed on as it is, and never shown within the letter
    head = (
        f"Content-Type: {media}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n {_named(file.name)}\r\n\r\n"
    )
    return head.encode("ascii") + base64.encodebytes(file.content).replace(b"\n", b"\r\n")


def _named(name: str) -> str:
    """The name of a file as a header's parameter; RFC 2231 where it is long, or not of plain letters."""
    if _PLAIN_NAME.fullmatch(name) and name == name.strip():
        return f'filename="{name}"'
    pieces = _pieces(quote(name, safe=""))
    if len(pieces) == 1:
        return f"filename*=utf-8''{pieces[0]}"
    shown = [f"filename*{number}*={piece}" for number, piece in enumerate(["utf-8''" + pieces[0], *pieces[1:]])]
    return ";\r\n ".join(shown)


def _pieces(quoted: str) -> list[str]:
    """A quoted text in pieces, none of which ends within a quoted octet."""
    units = re.findall(r"%[0-9A-F]{2}|.", quoted)
    pieces = [""]
    for unit in units:
        if len(pieces[-1]) + len(unit) > _PIECE:
            pieces.append("")
        pieces[-1] += unit
    return pieces
