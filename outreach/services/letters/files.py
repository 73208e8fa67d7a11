"""Letters as files, for the mail program in which they are looked at once more and sent."""

import re
from collections.abc import Sequence
from pathlib import Path

from outreach.errors import KnownError
from outreach.store.files import replacing

#: What could be taken for the beginning of a message, or of one that was written so already.
_FROM = re.compile(rb"(?m)^>*From ")


def write_files(out: Path, messages: Sequence[tuple[str, bytes]]) -> tuple[str, ...]:
    """Write messages into a folder, each whole or not at all; their paths are returned.

    Raises:
        KnownError: ``files.not_written``.
    """
    files = []
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, message in messages:
            with replacing(out / name) as made:
                made.write_bytes(message)
            files.append(str(out / name))
    except OSError as error:
        raise KnownError("files.not_written", file=str(out), why=error.strerror or str(error)) from error
    return tuple(files)


def write_text(file: Path, text: str) -> None:
    """Write a text into a file, whole or not at all.

    Raises:
        KnownError: ``files.not_written``.
    """
    try:
        with replacing(file) as made:
            made.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KnownError("files.not_written", file=str(file), why=error.strerror or str(error)) from error


def write_mbox(file: Path, messages: Sequence[bytes]) -> None:
    """Write messages into one file, in the "mboxrd" way, in which nothing of them is lost.

    Args:
        file: Where to.
        messages: As they go on the wire, where a CR stands at the ends of lines only.

    Raises:
        KnownError: ``files.not_written``.
    """
    try:
        with replacing(file) as made, made.open("wb") as mbox:
            mbox.writelines(map(_entry, messages))
    except OSError as error:
        raise KnownError("files.not_written", file=str(file), why=error.strerror or str(error)) from error


def _entry(message: bytes) -> bytes:
    escaped = message.replace(b"\r", b"")
    if b"From " in escaped:
        escaped = _FROM.sub(rb">\g<0>", escaped)
    return b"From outreach@localhost Thu Jan  1 00:00:00 1970\n" + escaped.rstrip(b"\n") + b"\n\n"
