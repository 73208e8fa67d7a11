"""The user guide, cut into chapters, so that the window can open the one that is about a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.fields.text import fold
from outreach.paths import guide

if TYPE_CHECKING:
    from markdown_it.token import Token

_PLACE = re.compile(r"^<!-- place: ([a-z]+) -->\n", re.MULTILINE)
_CHAPTER = re.compile(r"^(?=(?:<!-- place: [a-z]+ -->\n)?#{1,2} )", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the guide.

    Attributes:
        id: Its place in the guide, from 1 on.
        title: Its heading.
        level: 1 for a part that others stand in, 2 for those.
        place: The page of the window that it is about, if any.
        html: Its text, without its heading.
        words: Its text, folded, to be found by.
    """

    id: int
    title: str
    level: int
    place: str
    html: str
    words: str


def chapters(language: str = "") -> list[Chapter]:
    """The chapters of the guide in a language, in order; of the English one where it is not written in that."""
    return chapters_of(guide(language).read_text(encoding="utf-8"))


def chapters_of(text: str) -> list[Chapter]:
    """The chapters of a text in Markdown, in order."""
    found: list[Chapter] = []
    for part in _cut(text):
        place = _PLACE.match(part)
        head, _, body = (part[place.end() :] if place else part).partition("\n")
        marks, _, title = head.partition(" ")
        html = _html(body)
        words = fold(f"{title} {_TAGS.sub(' ', html)}")
        found.append(Chapter(len(found) + 1, title.strip(), len(marks), place[1] if place else "", html, words))
    return found


def chapter_about(place: str, some: Sequence[Chapter]) -> Chapter:
    """The chapter about a page, the first one where none is."""
    return next((each for each in some if each.place == place), some[0])


def _cut(text: str) -> list[str]:
    """The text at its headings; what looks like one within a listing is none."""
    hidden = _FENCE.sub(lambda listing: "\u2400" * len(listing[0]), text)
    places = [found.start() for found in _CHAPTER.finditer(hidden)]
    # A mark before a heading and the heading itself begin the same chapter.
    starts = [each for each in places if not _PLACE.match(text, text.rfind("\n", 0, max(each - 1, 0)) + 1)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=False)]


def _html(body: str) -> str:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "typographer": False})
    tokens = made.parse(body)
    for token in tokens:
        # Pictures show the window, which is right behind.
        token.children = [each for each in token.children or [] if each.type != "image"]
    return str(made.renderer.render(_kept(tokens), made.options, {}))


def _kept(tokens: "Sequence[Token]") -> "list[Token]":
    """What is left when paragraphs in which nothing stands are taken out."""
    left: list[Token] = []
    for number, token in enumerate(tokens):
        near = tokens[number - 1 : number] if token.type == "paragraph_close" else tokens[number + 1 : number + 2]
        inline = [token] if token.type == "inline" else list(near)
        is_bare = any(each.type == "inline" and not each.children for each in inline)
        if not (is_bare and token.type in ("paragraph_open", "inline", "paragraph_close")):
            left.append(token)
    return left
