"""Files that a user hands over: whether they can be read at all, and what they are, told from their content."""

import zipfile
from enum import StrEnum
from pathlib import Path

from outreach.errors import KnownError

#: Larger files are no lists that a publicist keeps.
MAX_FILE_BYTES = 100 * 2**20
_HEAD = 4096


class FileKind(StrEnum):
    """What a file is."""

    CSV = "CSV"
    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"
    ONIX = "ONIX"
    XML = "XML"
    VCARD = "vCard"
    JSON = "JSON"
    PDF = "PDF"
    PICTURE = "a picture"
    ZIP = "a ZIP archive"
    DOCUMENT = "a text document"
    DATABASE = "a database"
    PROGRAM = "a program"
    UNKNOWN = "no text"


_MAGIC = (
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"SQLite format 3", FileKind.DATABASE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.XLS),
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"{\\rtf", FileKind.DOCUMENT),
)


def check_file(path: Path) -> None:
    """Make sure that a file is there, can be read, holds something, and is no monster.

    Raises:
        KnownError: ``files.missing``, ``files.directory``, ``files.unreadable``, ``files.empty``, ``files.too_large``.
    """
    name = path.name or str(path)
    try:
        if not path.exists():
            raise KnownError("files.missing", file=str(path))
        if path.is_dir():
            raise KnownError("files.directory", file=name)
        if not path.is_file():
            raise KnownError("files.unreadable", file=name, why="it is no ordinary file")
        size = path.stat().st_size
        if size == 0:
            raise KnownError("files.empty", file=name)
        if size > MAX_FILE_BYTES:
            raise KnownError("files.too_large", file=name, megabytes=-(-size // 2**20), limit=MAX_FILE_BYTES // 2**20)
        with path.open("rb") as file:
            file.read(1)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise KnownError("files.unreadable", file=name, why=why) from error


def sniff(path: Path) -> FileKind:
    """What a file is: from its first bytes, then its name."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    text = _text_of(head).lstrip("\ufeff \t\r\n")
    lower = text[:2000].lower()
    if lower.startswith("<"):
        alone = "<product>" in lower and ("<recordreference>" in lower or "<a001>" in lower)
        return FileKind.ONIX if "<onixmessage" in lower or alone else FileKind.XML
    # A card whose beginning is broken is best told of as one.
    if lower.startswith("begin:vcard") or (path.suffix.casefold() in (".vcf", ".vcard") and _is_text(head)):
        return FileKind.VCARD
    if lower.startswith(("{", "[{")):
        return FileKind.JSON
    return FileKind.CSV if _is_text(head) else FileKind.UNKNOWN


def refuse_kind(path: Path, kind: FileKind) -> KnownError:
    """The sentence for a file that is not what was asked for."""
    return KnownError("files.wrong_kind", file=path.name, kind=kind.value)


def _zipped(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:2000])
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                return FileKind.XLSX
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    mime = entry.read(100).decode("ascii", "replace")
                return FileKind.ODS if "spreadsheet" in mime else FileKind.DOCUMENT
            return FileKind.DOCUMENT if "word/document.xml" in names else FileKind.ZIP
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        suffix = path.suffix.casefold()
        return {".xlsx": FileKind.XLSX, ".xlsm": FileKind.XLSX, ".ods": FileKind.ODS}.get(suffix, FileKind.ZIP)


def _text_of(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")


def _is_text(head: bytes) -> bool:
    """Whether bytes could be text: few control characters, or the pattern of UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_utf16(head):
        return True
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return controls * 10 <= len(head)


def looks_utf16(head: bytes) -> str:
    """The name of the UTF-16 that bytes without a mark seem to be in, empty for others."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half and odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if half and even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return ""
