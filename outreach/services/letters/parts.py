"""The two parts of a letter from its Markdown: the words as plain text, and a page of HTML that asks nothing.

Letters of one template share most of their paragraphs, so each paragraph is turned once and remembered. One that is
written with nothing but words, simple marks and emphasis is turned here; whatever else might be meant by it is
markdown-it's. The tests hold both ways against each other.
"""

import html
import re
import textwrap
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from outreach.services.letters.alike import Alike

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

#: Octets of one line on the wire, without its end: RFC 5321, section 4.5.3.1.6.
_LONGEST_LINE = 998
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
#: What may begin a block that is no paragraph, or go on with the one before, at the beginning of any line.
_BEGINNING = r"^(?:[ \t]|[-+*](?:[ \t]|$)|\d{1,9}[.)]|>|#|```|~~~|=+[ \t]*$|-+[ \t]*$|_|\*[ \t]*\*|\[|<)"
_BEGINS_BLOCK = re.compile(rf"(?m){_BEGINNING}|[\r\f\v\0]")
#: The same for one line of simple marks, none of which is a control character.
_LINE_BEGINS_BLOCK = re.compile(_BEGINNING)
_SCHEMES = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
#: Longer paragraphs are rare, and not remembered.
_SHORT_PARAGRAPH = 2_000

#: Words set off, where what stands around leaves no doubt.
_EMPHASIS = re.compile(r"(?<![^\s“(])\*([^\W_](?:[^*\\\n]*[^\W_])?)\*(?![^\s,.;:?!”)])")
#: Letters and digits, escaped marks, and marks that mean themselves here.
_SIMPLE = re.compile(
    r"(?:[^\W_]++|[ @%$/=“”‘’–—…)]|\\[!-/:-@\[-`{-~]|\.(?!\.)|[,;:](?![,;:])|[?!](?![?!])|-(?!-)"
    r"|&(?= )|\((?!(?:c|r|tm|p)\))|(?<=[^\W_])'(?=[^\W_]))*+",
    re.IGNORECASE,
)
#: What is written in another way in the text or in the page: escaped marks, apostrophes.
_WRITTEN = re.compile(r"\\([!-/:-@\[-`{-~])|&|(?<=[^\W_])'(?=[^\W_])")
_IN_PAGE = {"'": "’", "&": "&amp;"} | {f"\\{mark}": html.escape(mark) for mark in '&<>"'}
#: Whatever is not written in text and page as it stands.
_MARKED = re.compile(r"[\\*&']")

_PAGE_TOP = (
    '<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"></head>\n<body style="margin:0">\n'
    '<div dir="auto" style="max-width:640px;margin:0 auto;padding:24px;color:#14211f;'
    "font:15px/24px 'Source Serif 4',Georgia,'Times New Roman',serif\">\n\n"
)
_PAGE_END = "</div>\n</body>\n</html>\n"


class PartsMaker:
    """Makes the parts of letters, of which most have much in common, such as those of one template."""

    def __init__(self) -> None:
        self._alike = Alike()

    def parts(self, markdown_text: str) -> tuple[str, str]:
        """Both parts of a message, the plain one and the page."""
        if _has_blanks(markdown_text):
            return parts_of(markdown_text)
        head, own, tail = self._alike.cut(markdown_text)
        before, behind = _around(head, before=True), _around(tail, before=False)
        mine = _joined(_turned(own.split("\n\n")))
        if before is None or mine is None or behind is None or not mine[0]:
            return parts_of(markdown_text)
        return f"{before[0]}{mine[0]}{behind[0]}", _page(f"{before[1]}{mine[1]}{behind[1]}")


def parts_of(markdown_text: str) -> tuple[str, str]:
    """The parts of one letter alone, as `PartsMaker.parts`."""
    found = _joined(_paragraphs(markdown_text))
    if found is None:
        return _text(markdown_text), _page(_html(markdown_text))
    return found[0] or "\n", _page(found[1])


@lru_cache(maxsize=16)
def _around(common: str, *, before: bool) -> tuple[str, str] | None:
    """The parts of what letters in common begin or end with, with what stands between it and their own words."""
    found = _joined(_paragraphs(common))
    if found is None or not found[0]:
        return found
    text, page = found
    return (f"{text}\n", f"{page}\n") if before else (f"\n{text}", f"\n{page}")


def _joined(paragraphs: list[tuple[str, str]] | None) -> tuple[str, str] | None:
    if paragraphs is None:
        return None
    return "\n".join([text for text, _ in paragraphs]), "\n".join([page for _, page in paragraphs])


def html_of(markdown_text: str) -> str:
    """A letter's HTML part: CommonMark in a page of its own, that asks nothing of the network."""
    return parts_of(markdown_text)[1]


def letter_html(markdown_text: str) -> str:
    """A letter as HTML without the page around it, as a preview shows it."""
    found = _paragraphs(markdown_text)
    return _html(markdown_text) if found is None else "".join(each for _, each in found)


def text_of(markdown_text: str) -> str:
    """A letter's plain part: its words and breaks, without marks of emphasis; a link as "words (address)"."""
    found = _paragraphs(markdown_text)
    return _text(markdown_text) if found is None else "\n".join(text for text, _ in found) or "\n"


def _page(letter: str) -> str:
    return f"{_PAGE_TOP}{letter}{_PAGE_END}"


def _html(markdown_text: str) -> str:
    made: str = _markdown(typographer=True).render(markdown_text)
    return made


def _paragraphs(markdown_text: str) -> list[tuple[str, str]] | None:
    """Text and HTML of each paragraph of a letter that has nothing but paragraphs and rules between them.

    None where anything else might be in it, such as a list, a quotation, code or a link's address told elsewhere.
    """
    return _turned(_BLANK_LINES.split(markdown_text) if _has_blanks(markdown_text) else markdown_text.split("\n\n"))


def _turned(written: list[str]) -> list[tuple[str, str]] | None:
    """As `_paragraphs`, of what stands between empty lines."""
    found = []
    for part in written:
        if part.strip(" \t\n"):
            part = part.strip("\n")
            made = _simple(part) or (_remembered(part) if len(part) < _SHORT_PARAGRAPH else _paragraph(part))
            if made is None:
                return None
            found.append(made)
    return found


def _has_blanks(markdown_text: str) -> bool:
    """Whether a line begins with a blank, so that one may look empty and not be so."""
    return "\n " in markdown_text or "\n\t" in markdown_text


def _paragraph(part: str) -> tuple[str, str] | None:
    """The text and the HTML of one paragraph, None where it might begin a block of another kind."""
    return None if _BEGINS_BLOCK.search(part) else (_text(part), _html(part))


_remembered = lru_cache(maxsize=1024)(_paragraph)


def _simple(part: str) -> tuple[str, str] | None:
    """As `_paragraph` for one of words, simple marks and emphasis, and for a rule; None for any other."""
    if part == "---":
        return "---\n", "<hr />\n"
    text, page, end = "", "", ""
    for line in part.split("\n"):
        made = _simple_line(line)
        if made is None:
            return None
        text += (" " if end == "\n" else end and "\n") + made[0]
        page += end + made[1]
        end = made[2]
    if end != "\n":
        return None  # the last line has nothing to break from
    if len(text) * 4 > _LONGEST_LINE:
        text = "\n".join([short for line in text.split("\n") for short in _short(line)])
    return text + "\n", f"<p>{page}</p>\n"


@lru_cache(maxsize=1024)  # most lines are the same in all letters of a template
def _simple_line(line: str) -> tuple[str, str, str] | None:
    """A line's text, its page, and how the page ends it; None where it might mean more."""
    words = line.removesuffix("\\")
    if words.endswith((" ", "\\")) or _LINE_BEGINS_BLOCK.match(line):
        return None
    end = "\n" if words == line else "<br />\n"
    if not _MARKED.search(words) and _SIMPLE.fullmatch(words):
        return words, words, end
    texts, pages = [], []
    for number, piece in enumerate(_EMPHASIS.split(words)):
        if not _SIMPLE.fullmatch(piece):
            return None
        page = _WRITTEN.sub(lambda found: _IN_PAGE.get(found[0], found[1] or found[0]), piece)
        texts.append(_WRITTEN.sub(lambda found: found[1] or found[0], piece))
        pages.append(f"<em>{page}</em>" if number % 2 else page)
    return "".join(texts), "".join(pages), end


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
