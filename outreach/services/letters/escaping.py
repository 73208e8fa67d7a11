r"""Keeping a fact plain text in a Markdown letter.

A fact is what someone typed: a title such as ``*batteries not included``, a quote with ``<3``. It must be read in the
letter exactly as it stands, and must never become a heading, a link or a picture. CommonMark 0.31 (section 2.4) takes a
backslash before any ASCII punctuation for that character itself, so only what could mean something is escaped, and a
letter stays readable when somebody edits it.
"""

import re
from functools import lru_cache

#: What has no place in a header: line breaks of any program, other controls, and halves of surrogate pairs.
LINE_BREAK = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: What some program takes for the end of a line, other than the line feed itself.
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Characters that no letter can hold: controls, and halves of surrogate pairs.
_UNSENDABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t]+")
_PARAGRAPHS = re.compile(r"\n\s*\n")

#: Emphasis, code, links, tags, entities; then what the typographer would change.
_ANYWHERE = re.compile(
    r"""[\\`*\[\]<"]"""
    # Inside a word, an underscore is no mark, and an apostrophe can only be one.
    r"|(?<![^\W_])[_']|[_'](?![^\W_])"
    r"|&(?=[#\w]|$)"
    r"|\.(?=\.)|,(?=,)|-(?=-)|\+(?=-)|[?!](?=[?!]{3})|\((?=(?:c|r|tm)\))"
    r"|!$",  # a link after it would be a picture
    re.IGNORECASE,
)
#: Headings, lists, quotes, rules, fences; a link's address or a definition begun by the template.
_AT_START = re.compile(r"[#+\-=>~.):(]")
#: Words and what stands between them: nothing that could be escaped is among it.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]++| |[.,;:?](?![.,;:?!])|[“”’–])*+")
#: Longer facts are rare, and not remembered.
_SHORT_FACT = 500
_NUMBERED = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")


def cleaned(text: str) -> str:
    """Text with line feeds for all line ends, and without characters that cannot be sent."""
    return _UNSENDABLE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """A header's text with single blanks, and none at its ends."""
    return (_BLANKS.sub(" ", text) if "  " in text or "\t" in text else text).strip()


def escaped(text: str) -> str:
    """Markdown that shows a text as it stands; its line breaks stay breaks, its paragraphs paragraphs.

    White space at its ends becomes one blank, or a line could begin a block of code.
    """
    if _PLAIN.fullmatch(text) and text[-1] != " ":
        return text
    text = cleaned(text)
    words = text.strip()
    if not words:
        return " " if text else ""
    paragraphs = _PARAGRAPHS.split(words)
    markdown = "\n\n".join("\\\n".join(map(_escaped_line, part.split("\n"))) for part in paragraphs)
    return " " * text[0].isspace() + markdown + " " * text[-1].isspace()


def fact_escaped(fact: str) -> str:
    """As `escaped`, without white space at the ends; the same fact stands in many letters, and is remembered."""
    return _remembered(str(fact)) if len(fact) < _SHORT_FACT else escaped(fact.strip())


@lru_cache(maxsize=1024)
def _remembered(fact: str) -> str:
    return escaped(fact.strip())


def _escaped_line(line: str) -> str:
    line = line.strip()
    if _AT_START.match(line):
        return "\\" + line[0] + _ANYWHERE.sub(r"\\\g<0>", line[1:])
    numbered = _NUMBERED.match(line)
    if numbered:
        return numbered[0] + "\\" + line[numbered.end()] + _ANYWHERE.sub(r"\\\g<0>", line[numbered.end() + 1 :])
    return _ANYWHERE.sub(r"\\\g<0>", line)
