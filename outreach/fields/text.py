"""Lines of text, made clean for keeping and folded for comparing."""

import re
import unicodedata

from outreach.fields.names import split_name

# A text above this length is first freed of endless runs of combining marks, whose ordering takes quadratic time.
_LONG = 1000
# As in the Stream-Safe Text Format (Unicode Standard Annex 15): no language stacks more marks than this.
_MOST_MARKS = 30
_MARK_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MOST_MARKS + 1},}}")

# Controls that are no white space, soft hyphens, zero-width and bidirectional characters, tags, non-characters.
_UNSEEN_CLASS = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
_UNSEEN = re.compile(f"[{_UNSEEN_CLASS}]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

# Joiners change how Indic, Arabic and emoji sequences are written, and are left alone only between such characters.
_JOINED = r"\u0590-\u167f\u1681-\u1fff\u2100-\u2fff\u3001-\ufffd\U00010000-\U0010ffff"
_LOOSE_JOINERS = re.compile(rf"(?<![\u200c\u200d])(?:(?<![{_JOINED}])[\u200c\u200d]+|[\u200c\u200d]++(?![{_JOINED}]))")

# Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, variation selectors. Marks that are vowels or
# change the letter (Indic, Thai, Japanese) stay.
_ACCENTS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef\u200c\u200d"
    rf"{_UNSEEN_CLASS}]+"
)
_PLAIN = {
    "ø": "o",
    "ł": "l",
    "ı": "i",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "æ": "ae",
    "œ": "oe",
    "‘": "'",
    "’": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "‐": "-",
    "–": "-",
    "—": "-",
    "−": "-",
}

_NOT_PLAIN = frozenset(_PLAIN)

_LOST_LETTER = re.compile(
    r"\ufffd"
    # Inside a word or before it, but not where a query of a web address begins.
    r"|(?<![^\s\w\"'(‘“?-])\?(?=[^\W\d_])(?!\w{1,40}=)"
    # A whole word of them, before another word or in a text without any letter.
    r"|(?<!\S)\?{2,}(?=\s+\w)"
    r"|\A[\s\d.,-]*\?{2,}[\s\d?.,-]*\Z"
)
_STANDS_FOR_ANY = frozenset("?\ufffd")


def clean(text: str) -> str:
    """One line, composed (NFC), without unseen characters, white space collapsed.

    Zero-width joiners stay inside Indic, Arabic and emoji sequences, which are written differently without them. A half
    of a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    if not text.isascii():
        text = _composed(text)
    elif not text.isprintable():
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())


def is_clean(text: str) -> bool:
    """Whether `clean` would take nothing out of a text, or out of any part of it, but the blanks at its ends."""
    if not text.isprintable() or "  " in text:
        return False
    return text.isascii() or (len(text) <= _LONG and unicodedata.is_normalized("NFC", text))


def clean_lines(text: str) -> str:
    r"""Clean as `clean` does, but keep line breaks, as ``\n``; blank lines at both ends go."""
    if text.isprintable():
        return clean(text)
    return "\n".join(map(clean, text.splitlines())).strip("\n")


def unseen(text: str) -> tuple[str, ...]:
    """The signs of a text that nobody sees and `clean` takes out, each once, as ``U+202E``.

    Controls, zero-width and bidirectional signs make a text read otherwise than it is. Line breaks, tabs, and joiners
    where a script needs them are none.
    """
    if text.isprintable():
        return ()
    found = "".join(_UNSEEN.findall(text)) + "".join(_LOOSE_JOINERS.findall(text))
    return tuple(dict.fromkeys(f"U+{ord(sign):04X}" for sign in found))


def fold(text: str) -> str:
    """The form for searching and comparing: no case, no accents, one kind of quotation mark and dash.

    ``"İldeş"`` becomes ``"ildes"``; Chinese, Japanese and Korean letters stay.
    """
    if not text:
        return ""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", _calm(_whole(text))))
        if not text.isascii():
            text = text.casefold()
            for sign in _NOT_PLAIN.intersection(text):
                text = text.replace(sign, _PLAIN[sign])
            text = unicodedata.normalize("NFC", text)
    elif not text.isprintable():
        text = _UNSEEN.sub("", text)
    return " ".join(text.lower().split())


def damaged(text: str) -> bool:
    """Whether letters were lost in an earlier export, which wrote question marks for what it could not encode."""
    if "?" not in text and "\ufffd" not in text:
        return False
    return _LOST_LETTER.search(text) is not None


def same_but_damaged(a: str, b: str) -> bool:
    """Whether two texts are the same where each ``?`` and U+FFFD of either stands for any one character."""
    if len(a) != len(b):
        return False
    return all(
        x == y or x in _STANDS_FOR_ANY or y in _STANDS_FOR_ANY or x.casefold() == y.casefold()
        for x, y in zip(a, b, strict=True)
    )


def person_sort_key(name: str, family_name: str = "", given_name: str = "") -> str:
    """The key that lists people by family name, then by given name; both are read from the name where not told.

    Two spaces stand between them, so that all of one family come before a longer name that begins alike.
    """
    if not family_name:
        told = split_name(name)
        family_name, given_name = told.family, given_name or told.given
    return "  ".join(filter(None, (fold(family_name), fold(given_name))))


def person_keys(name: str, family_name: str, given_name: str) -> tuple[str, str]:
    """The folded name of a person, and what `person_sort_key` gives; their parts are folded only once."""
    if not family_name or name != f"{given_name} {family_name}".strip():
        return fold(name), person_sort_key(name, family_name, given_name)
    family, given = fold(family_name), fold(given_name)
    return " ".join(filter(None, (given, family))), "  ".join(filter(None, (family, given)))


def _composed(text: str) -> str:
    text = unicodedata.normalize("NFC", _calm(_whole(text)))
    if text.isprintable():
        return text
    return unicodedata.normalize("NFC", _LOOSE_JOINERS.sub("", _UNSEEN.sub("", text)))


def _whole(text: str) -> str:
    """A text without halves of surrogate pairs, which nobody could print."""
    return text if text.isprintable() else _SURROGATE.sub("\ufffd", text)


def _calm(text: str) -> str:
    """Cut runs of combining marks that no language writes, and that would take quadratic time to put in order."""
    return _MARK_RUN.sub(_cut_marks, text) if len(text) > _LONG else text


def _cut_marks(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for letter in run.group():
        marks = marks + 1 if unicodedata.category(letter)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
