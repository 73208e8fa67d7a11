"""vCards, versions 2.1 to 4.0, as programs really write them: nothing of a card is lost because of how it was folded.

Outlook breaks quoted-printable lines after a sign of equality, telephones put pictures on lines without a blank before
them, old programs write each line in an encoding of its own. All of that is read; what is no card at all is refused
with its line.
"""

import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from outreach.errors import KnownError

#: More cards than this are no address book.
MAX_CARDS = 100_000

#: What holds a picture, a sound or a key: large, and of no use here.
_BINARY = {"PHOTO", "LOGO", "SOUND", "KEY"}
_LINE_BREAK = re.compile(rb"\r\n|\n|\r")
_HEAD = re.compile(rb"(?:([A-Za-z0-9-]{1,64})\.)?([A-Za-z0-9-]{1,64})\s*(?=[;:])")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
#: RFC 6868, and what some write in the place of a quotation mark.
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}
_TRIED = ("utf-8", "cp1252")


@dataclass(frozen=True, slots=True)
class Property:
    """A line of a card.

    Attributes:
        name: In capitals, without its group.
        group: What holds it together with other lines, such as ``item1``.
        params: Its parameters by name in capitals; bare words of version 2.1 are types.
        value: As it is written, decoded, its escapes still in it.
    """

    name: str
    group: str
    params: Mapping[str, tuple[str, ...]]
    value: str

    @property
    def text(self) -> str:
        """The whole value as one text."""
        return _unescaped(self.value)

    @property
    def parts(self) -> list[str]:
        """The components of a value with semicolons between them."""
        return [_unescaped(part) for part in _split(self.value, ";")]

    @property
    def items(self) -> list[str]:
        """The items of a value with commas between them."""
        return [_unescaped(item) for item in _split(self.value, ",")]

    @property
    def types(self) -> tuple[str, ...]:
        """Its types in small letters, such as ``home`` and ``pref``."""
        return tuple(word.lower() for word in self.params.get("TYPE", ()))

    @property
    def is_preferred(self) -> bool:
        """Whether the card prefers it over others of its name."""
        return "pref" in self.types or "1" in self.params.get("PREF", ())


@dataclass(frozen=True)
class Card:
    """A card: the line on which it begins, and its properties."""

    line: int
    properties: tuple[Property, ...]

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(each.name for each in self.properties)

    def all(self, *names: str) -> list[Property]:
        """The properties of some names, preferred ones first."""
        if self._named.isdisjoint(names):
            return []
        found = [each for each in self.properties if each.name in names]
        return sorted(found, key=lambda each: not each.is_preferred)

    def first(self, name: str) -> Property | None:
        """The preferred property of a name, or None."""
        return next(iter(self.all(name)), None)


def read_cards(path: Path) -> Iterator[Card]:
    """The cards of a file, in their order.

    Raises:
        KnownError: ``files.broken_card`` where a card does not end or a line is none of a card, ``files.no_card`` where
            there is none, ``files.too_many_rows``.
    """
    raw = path.read_bytes()
    begun = 0
    depth = count = 0
    found: list[Property] = []
    for number, line in _unfolded(_as_utf8(raw)):
        told = line.strip().upper().replace(b" ", b"")
        if told == b"BEGIN:VCARD":
            depth += 1
            if depth == 1:
                begun, found = number, []
        elif told == b"END:VCARD" and depth:
            depth -= 1
            if depth == 0:
                count += 1
                if count > MAX_CARDS:
                    raise KnownError("files.too_many_rows", file=path.name, limit=MAX_CARDS)
                yield Card(begun, tuple(found))
        elif depth == 1:  # a card within a card is someone else's
            read = _property(line)
            if read is not None:
                found.append(read)
        elif depth == 0 and line.strip():
            raise KnownError("files.broken_card", file=path.name, row=number, why="something stands outside a card")
    if depth:
        raise KnownError("files.broken_card", file=path.name, row=begun, why="the card that begins there has no end")
    if not count:
        raise KnownError("files.no_card", file=path.name)


def _as_utf8(raw: bytes) -> bytes:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace").encode("utf-8")
    if raw[1:2] == b"\x00":
        return raw.decode("utf-16-le", "replace").encode("utf-8")
    return raw.decode("utf-16-be", "replace").encode("utf-8") if raw[:1] == b"\x00" else raw


def _unfolded(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines as they were before they were folded, each with its number."""
    gathered: list[bytes] = []
    first, how = 1, ""
    for number, line in enumerate(_LINE_BREAK.split(raw), start=1):
        if gathered and _goes_on(gathered[-1], line, how):
            gathered.append(line)
            continue
        if gathered:
            yield first, _joined(gathered, how)
        gathered, first, how = ([line], number, _how(line)) if line.strip() else ([], number, "")
    if gathered:
        yield first, _joined(gathered, how)


def _how(line: bytes) -> str:
    """How a line may go on below it."""
    head = line.partition(b":")[0].upper()
    if b"QUOTED-PRINTABLE" in head:
        return "quoted"
    return "binary" if b"BASE64" in head or b"ENCODING=B" in head else ""


def _goes_on(last: bytes, line: bytes, how: str) -> bool:
    if how == "quoted" and last.rstrip(b" \t").endswith(b"="):
        return True
    if last.strip().upper() in (b"BEGIN:VCARD", b"END:VCARD"):
        return False
    if line[:1] in (b" ", b"\t"):
        return bool(line.strip())
    # A line without any colon is none of its own: the rest of a picture, or of a note with bare line breaks.
    return bool(line.strip()) and b":" not in line


def _joined(lines: Sequence[bytes], how: str) -> bytes:
    if len(lines) == 1:
        return lines[0]
    if how == "quoted":
        rest = lines[1:]
        # Some fold such lines as well: then each begins with a blank that is not its own.
        folded = len(rest) > 1 and all(line[:1] in (b" ", b"\t") for line in rest)
        pieces = [lines[0], *(line[1:] if folded else line for line in rest)]
        ended = [_without_soft_break(piece) for piece in pieces[:-1]]
        return b"".join([*ended, pieces[-1]])
    made = [lines[0]]
    for line in lines[1:]:
        if line[:1] in (b" ", b"\t"):
            made.append(line[1:])
        else:
            made += [b"" if how == "binary" else b"\\n", line]
    return b"".join(made)


def _without_soft_break(line: bytes) -> bytes:
    ended = line.rstrip(b" \t")
    return ended[:-1] if ended.endswith(b"=") else line + b"=0D=0A"


def _property(line: bytes) -> Property | None:
    head = _HEAD.match(line)
    if head is None:
        return None
    group, name = (head[1] or b"").decode("ascii"), head[2].decode("ascii").upper()
    colon = _colon(line, head.end())
    if colon < 0 or name in _BINARY:
        return None
    params = _params(line[head.end() : colon])
    raw = line[colon + 1 :].strip()
    charset = (params.get("CHARSET") or ("",))[0]
    if any(word.upper() == "QUOTED-PRINTABLE" for word in params.get("ENCODING", ())):
        raw = quopri.decodestring(raw)
    elif any(word.upper() in ("B", "BASE64") for word in params.get("ENCODING", ())):
        return None
    value = _decoded(raw, charset).replace("\r\n", "\n").replace("\r", "\n")
    return Property(name, group, params, value)


def _colon(line: bytes, start: int) -> int:
    """Where the value begins: the first colon that is not within quotation marks."""
    colon = line.find(b":", start)
    if line.find(b'"', start, colon) < 0:
        return colon
    within = False
    for place in range(start, len(line)):
        if line[place] == 0x22:
            within = not within
        elif line[place] == 0x3A and not within:
            return place
    return colon


def _params(head: bytes) -> dict[str, tuple[str, ...]]:
    params: dict[str, tuple[str, ...]] = {}
    for part in _split(_decoded(head, ""), ";", quotes=True)[1:]:
        name, equals, value = part.partition("=")
        name = name.strip().upper()
        if not equals:
            name, value = _bare(name), name
        for old, new in _CARET.items():
            value = value.replace(old, new)
        words = _split(value.replace('"', "") if name == "TYPE" else value, ",", quotes=True)
        params[name] = params.get(name, ()) + tuple(word.strip().strip('"') for word in words if word)
    return params


def _bare(word: str) -> str:
    """The name of a parameter that version 2.1 leaves out."""
    if word in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"):
        return "ENCODING"
    return "VALUE" if word in ("INLINE", "URL", "CONTENT-ID") else "TYPE"


def _decoded(raw: bytes, charset: str) -> str:
    for encoding in (charset, *_TRIED):
        try:
            return raw.decode(encoding) if encoding else raw.decode("utf-8")
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return raw.decode("latin-1")


def _split(value: str, sign: str, *, quotes: bool = False) -> list[str]:
    """Split at a sign where it is neither escaped nor, in parameters, within quotation marks."""
    if "\\" not in value and not (quotes and '"' in value):
        return value.split(sign)
    pieces: list[str] = []
    start = 0
    within = escaped = False
    for place, letter in enumerate(value):
        if escaped:
            escaped = False
        elif letter == "\\" and not quotes:
            escaped = True
        elif quotes and letter == '"':
            within = not within
        elif letter == sign and not within:
            pieces.append(value[start:place])
            start = place + 1
    return [*pieces, value[start:]]


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1] if found[1] in "\\;,:" else found[0], text)
