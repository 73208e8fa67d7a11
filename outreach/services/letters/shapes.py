"""Letters that differ in nothing but the words of their facts: one is rendered, and the words of the others put in.

Most templates only show what they are told of a person, or ask whether it is known. Then letters to people of whom the
same is known have one shape, which the sandbox renders once, with a mark for each fact. Whatever else a template does,
or a fact holds, is the sandbox's.
"""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from outreach.errors import KnownError
from outreach.services.letters.environment import Part, parse
from outreach.services.letters.escaping import LINE_BREAK, fact_escaped, one_line
from outreach.services.letters.syntax import are_only_shown, names
from outreach.services.letters.values import group_of

#: What begins and ends a mark: characters that no writing uses, and that are not escaped.
_BEGIN, _END = "\ue000", "\ue001"
#: A template that asks for so much that there are more is not quicker by them.
_MOST_SHAPES = 500
#: What a fact can be: not there, words, or others below it.
_ABSENT, _WORDS, _GROUP = "-", "w", "g"


#: A letter: its subject, its Markdown, the facts that it misses and those that it shows.
Filled = tuple[str, str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Written:
    """A part of a letter with its places.

    Attributes:
        pieces: Its text, with something to be put over at each place.
        places: Which piece is a place, and for which fact.
        left: How many characters all facts together may have.
    """

    pieces: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    left: int

    def filled(self, words: Mapping[int, str]) -> str | None:
        """The text with facts in their places; None where it becomes too long."""
        pieces = list(self.pieces)
        for place, fact in self.places:
            pieces[place] = words[fact]
        text = "".join(pieces)
        return text if len(text) <= self.left else None


@dataclass(frozen=True, slots=True)
class _Shape:
    """What letters of one shape have in common."""

    subject: _Written
    body: _Written
    missing: tuple[str, ...]
    used: tuple[str, ...]


class Shapes:
    """The shapes of the letters of one template."""

    def __init__(self, subject: Part, body: Part, own: Iterable[str], shared: Mapping[str, Any]) -> None:
        """See what a template does with facts.

        Args:
            subject: Its subject.
            body: Its body.
            own: The facts, or groups of them, that letters say each for itself.
            shared: What all letters say, as `values.group_of` gives it.
        """
        self._subject, self._body, self._shared = subject, body, shared
        groups = frozenset(own)
        trees = [parse(part.name, part.source) for part in (subject, body)]
        self._has_any = not groups & shared.keys() and all(are_only_shown(tree, groups) for tree in trees)
        paths = dict.fromkeys(path for tree in trees for path in names(tree))
        self._paths = [tuple(path.split(".")) for path in paths if path.partition(".")[0] in groups]
        above = sorted(dict.fromkeys(path[:size] for path in self._paths for size in range(len(path))), key=len)
        #: By the group that it is in, and its name in it: the groups but the first, which is the whole, and the facts.
        self._groups = [(above.index(path[:-1]), path[-1]) for path in above[1:]]
        self._places = [(above.index(path[:-1]), path[-1]) for path in self._paths]
        self._seen: set[str] = set()
        self._shapes: dict[str, _Shape | None] = {}

    def fill(self, facts: Mapping[str, Any]) -> Filled | None:
        """A letter; None where it is the sandbox's, as the first of each shape is.

        Args:
            facts: What is hers alone.
        """
        found = self._told(facts) if self._has_any else None
        if found is None:
            return None
        values, kinds = found
        shape = self._shape_of(kinds)
        if shape is None:
            return None
        words = {fact: fact_escaped(values[fact]) for _, fact in shape.body.places}
        subject, text = shape.subject.filled(values), shape.body.filled(words)
        if subject is None or text is None:
            return None
        return one_line(subject), text, shape.missing, shape.used

    def _shape_of(self, kinds: str) -> _Shape | None:
        """The shape of letters for facts of some kinds; None for the first of them, and where there is none."""
        if kinds not in self._shapes:
            if kinds not in self._seen or len(self._shapes) == _MOST_SHAPES:
                self._seen.add(kinds)
                return None
            self._shapes[kinds] = self._rendered(kinds)
        return self._shapes[kinds]

    def _told(self, facts: Mapping[str, Any]) -> tuple[dict[int, str], str] | None:
        """The words of all facts, and of what kind each fact is; None where one is neither words nor a group."""
        groups: list[Any] = [facts]
        for above, name in self._groups:
            value = groups[above]
            if type(value) is dict:
                value = value.get(name)
            elif value:
                return None
            groups.append(value)
        values, kinds = {}, ""
        for number, (above, name) in enumerate(self._places):
            value = groups[above]
            if type(value) is dict:
                value = value.get(name)
            elif value:
                return None
            if type(value) is str and value.isprintable():
                values[number] = value
                kinds += _ABSENT if value == "" or value.isspace() else _WORDS
            elif type(value) is dict:
                kinds += _GROUP if value else _ABSENT
            elif value is None:
                kinds += _ABSENT
            else:
                return None
        return values, kinds

    def _rendered(self, kinds: str) -> _Shape | None:
        """A letter with marks for facts of some kinds; None where the sandbox makes none."""
        mark = _BEGIN + secrets.token_hex(8)  # no template or fact can hold it
        facts: dict[str, Any] = {}
        for number, (kind, path) in enumerate(zip(kinds, self._paths, strict=True)):
            if kind == _ABSENT:
                continue
            group = facts
            for name in path[:-1]:
                group = group.setdefault(name, {})
            if kind == _WORDS:
                group[path[-1]] = f"{mark}z{number}{_END}"
            else:
                group.setdefault(path[-1], {})[" "] = mark  # it is there, by no name
        given = {**self._shared, **group_of(facts)}
        try:
            subject, head = self._subject.render(given, is_markdown=False)
            text, letter = self._body.render(given, is_markdown=True)
        except KnownError:
            return None
        if LINE_BREAK.search(subject) or not subject.strip() or not text.strip():
            return None
        cut = re.compile(rf"{mark}z(\d+){_END}")
        return _Shape(_written(cut, subject, head.left), _written(cut, text, letter.left),
                      tuple(head.missing | letter.missing), tuple(head.used | letter.used))  # fmt: skip


def _written(mark: re.Pattern[str], text: str, left: int) -> _Written:
    pieces = mark.split(text)
    places = tuple((place, int(pieces[place])) for place in range(1, len(pieces), 2))
    return _Written(tuple(pieces), places, left + len(text))
