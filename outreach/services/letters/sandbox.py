"""Making letters from a template and facts, safely: a template may come from anyone, and a fact may hold anything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from outreach.errors import KnownError
from outreach.services.letters.escaping import LINE_BREAK, one_line
from outreach.services.letters.parts import PartsMaker
from outreach.services.letters.templates import LetterKind, TemplateText

if TYPE_CHECKING:
    from outreach.services.letters.shapes import Shapes


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter with nothing missing.

    Attributes:
        subject: One line of plain text.
        text: Markdown; facts are escaped in it, so that `message.text_of` and `message.html_of` show them as they are.
        used: The dotted names of the facts it shows, in the order in which they come.
    """

    subject: str
    text: str
    used: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterProblems:
    """A letter that says things nobody has told us yet; never to be sent.

    Attributes:
        missing: The dotted names of all facts that it should show and that are absent or blank, in order.
        subject: The subject with a mark for each of them, such as ``⟦person.city⟧``, for a preview.
        text: The Markdown with the same marks.
        used: The facts that it does show.
    """

    missing: tuple[str, ...]
    subject: str = ""
    text: str = ""
    used: tuple[str, ...] = ()


class LetterMaker:
    """A template compiled once, for many letters.

    Raises:
        KnownError: what `check` raises.
    """

    def __init__(self, template: TemplateText) -> None:
        from outreach.services.letters.environment import Part  # heavy, brings Jinja2
        from outreach.services.letters.values import group_of

        self._grouped = group_of
        self._subject = Part("subject", template.subject)
        self._body = Part("body", template.body)

    def make(
        self, facts: Mapping[str, Any], shared: Mapping[str, Any] | None = None
    ) -> RenderedLetter | LetterProblems:
        """The letter of one person; see `render`.

        Args:
            facts: What is hers alone.
            shared: What all letters say, made ready by `values.group_of`.
        """
        facts = {**(shared or {}), **self._grouped(facts)}
        subject, head = self._subject.render(facts, is_markdown=False)
        text, letter = self._body.render(facts, is_markdown=True)
        if LINE_BREAK.search(subject):
            raise KnownError("letters.line_break", field="subject")
        subject = one_line(subject)
        for part, written in (("subject", subject), ("body", text)):
            if not written.strip():
                raise KnownError("letters.empty", part=part)
        return _letter(subject, text, tuple(head.missing | letter.missing), tuple(head.used | letter.used))

    def shapes(self, own: Iterable[str], shared: Mapping[str, Any]) -> "Shapes":
        """How letters are made quickly that differ in the words of their own facts only.

        Args:
            own: The names of all facts and groups that letters have each for itself.
            shared: As for `make`.
        """
        from outreach.services.letters.shapes import Shapes  # heavy, brings Jinja2

        return Shapes(self._subject, self._body, own, shared)


def _letter(
    subject: str, text: str, missing: tuple[str, ...], used: tuple[str, ...]
) -> RenderedLetter | LetterProblems:
    return LetterProblems(missing, subject, text, used) if missing else RenderedLetter(subject, text, used)


def render(template: TemplateText, facts: Mapping[str, Any]) -> RenderedLetter | LetterProblems:
    """One letter, or all that is missing for it.

    A fact is missing when it should be shown and is absent, None or blank. One that is only asked about, by ``if``,
    ``or`` or ``default``, is not.

    Args:
        template: What to write.
        facts: Dicts of text, numbers, lists, dicts and None, as `facts.FACTS` lists them.

    Raises:
        KnownError: what `check` raises; ``letters.cannot_render`` when the template fails on these facts;
            ``letters.line_break`` when a fact would break the subject's line; ``letters.empty`` (part) when nothing
            is left of the subject or the body.
        TypeError: when a fact is an object.
    """
    return LetterMaker(template).make(facts)


def check(template: TemplateText) -> None:
    """See that a template can make letters.

    Raises:
        KnownError: ``letters.syntax`` (part, line, what), ``letters.forbidden`` (part, line, what), or
            ``letters.too_long`` (limit).
    """
    LetterMaker(template)


def fact_names(template: TemplateText) -> tuple[str, ...]:
    """The dotted names of all facts that a template shows or asks about, in order.

    Raises:
        KnownError: ``letters.syntax`` or ``letters.too_long``.
    """
    from outreach.services.letters.environment import parse  # heavy, brings Jinja2
    from outreach.services.letters.syntax import names  # heavy, brings Jinja2

    parts = (("subject", template.subject), ("body", template.body))
    return tuple(dict.fromkeys(name for part, source in parts for name in names(parse(part, source))))


def payload_of(template: TemplateText, letters: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """What `render_many` is given for letters, by person the facts of each; what all of them say is said once."""
    shared = dict(next(iter(letters.values()), {}))
    for facts in letters.values():
        for name in [name for name, value in shared.items() if facts.get(name) != value]:
            del shared[name]
    names = [name for name in dict.fromkeys(chain.from_iterable(letters.values())) if name not in shared]
    alone = [{"id": person, "facts": {name: facts[name] for name in names if name in facts}}
             for person, facts in letters.items()]  # fmt: skip
    written = {"name": template.name, "label": template.label, "kind": template.kind.value, "subject": template.subject,
               "body": template.body}  # fmt: skip
    return {"template": written, "shared": shared, "letters": alone}


def render_many(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Letters to many people by one template, as a task of a child process: plain values in and out.

    Args:
        payload: ``{"template": {name, label, kind, subject, body}, "shared": {…}, "letters": [{"id", "facts"}, …]}``,
            as `payload_of` makes it.

    Yields:
        For each letter ``{"id", "subject", "markdown", "text", "html", "missing", "used", "error",
        "error_facts"}``: `text` and `html` are the two parts of the message, `missing` a list of facts (then the rest
        shows marks), `used` those it shows, and `error` a code with its facts, or None (then the rest is empty).

    Raises:
        KnownError: what `check` raises.
    """
    given = payload["template"]
    template = TemplateText(**{**given, "kind": LetterKind(given["kind"])})
    maker, parts, shared = LetterMaker(template), PartsMaker(), _shared(payload)
    letters = payload["letters"]
    shapes = maker.shapes(frozenset().union(*(letter["facts"] for letter in letters)), shared)
    for letter in letters:
        try:
            filled = shapes.fill(letter["facts"])
            made = _letter(*filled) if filled else maker.make(letter["facts"], shared)
        except KnownError as error:
            yield _failed(letter["id"], error)
        else:
            text, html = parts.parts(made.text)
            yield _answer(letter["id"], made, text, html)


def _shared(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    from outreach.services.letters.values import group_of  # heavy, brings Jinja2

    return group_of(payload.get("shared", {}))


def _answer(number: int, made: RenderedLetter | LetterProblems, text: str, html: str) -> dict[str, Any]:
    return {
        "id": number,
        "subject": made.subject,
        "markdown": made.text,
        "text": text,
        "html": html,
        "missing": list(made.missing) if isinstance(made, LetterProblems) else [],
        "used": list(made.used),
        "error": None,
        "error_facts": {},
    }


def _failed(number: int, error: KnownError) -> dict[str, Any]:
    nothing = dict.fromkeys(("subject", "markdown", "text", "html"), "")
    return {"id": number, **nothing, "missing": [], "used": [], "error": error.code, "error_facts": error.facts}
