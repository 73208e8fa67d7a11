"""Text files in whatever encoding they come."""

from pathlib import Path

from outreach.errors import KnownError
from outreach.services.importing.files import looks_utf16

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD = 4096

#: Eight-bit encodings, tried where text is not UTF-8, and the letters that tell them apart: those that a language
#: written in it uses often. In the wrong encoding the same bytes are signs that no name has.
_LETTERS = {
    "cp1252": "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœšžÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜŠŽ’“”–—€£",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉÍŇŘŠŤÚŮÝŽőűŐŰäöüßÄÖÜ’“”–—€",
    "mac_roman": "àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜ’“”–—€£",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯёЁіїєґ",
}
#: Where two fit equally, the commoner one.
_ORDER = ("cp1252", "cp1250", "mac_roman", "cp1251")


def decoded(path: Path) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Raises:
        KnownError: ``files.nul`` when it holds NUL bytes and is not UTF-16, ``files.bad_text`` when a mark at its
            beginning promises an encoding that it does not keep.
    """
    raw = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "") or looks_utf16(raw[:_HEAD])
    if encoding:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            raise KnownError("files.bad_text", file=path.name, encoding=encoding, place=error.start) from error
    else:
        text, encoding = _unmarked(raw)
    nul = text.find("\x00")
    if nul >= 0:
        raise KnownError("files.nul", file=path.name, row=text.count("\n", 0, nul) + 1)
    return text, encoding


def _unmarked(raw: bytes) -> tuple[str, str]:
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    high = bytes(byte for byte in raw[: 2**20] if byte >= 0x80)
    scores = {name: _score(high, name) for name in _ORDER}
    best = max(_ORDER, key=lambda name: scores[name])
    return raw.decode(best, "replace"), best


def _score(high: bytes, encoding: str) -> float:
    letters = _LETTERS[encoding]
    text = high.decode(encoding, "replace")
    good = sum(letter in letters for letter in text)
    # What is no letter of the language at all, such as a lone accent or a box, speaks against.
    bad = sum(
        letter == "\ufffd" or not (letter.isalpha() or letter in letters or letter in "«»°´·©®…•") for letter in text
    )
    # All of Cyrillic and of Western letters count alike; capitals amid small letters are a sign of the wrong one.
    upper = sum(letter.isupper() for letter in text)
    return (good - 2 * bad - 0.3 * upper) / max(1, len(text))
