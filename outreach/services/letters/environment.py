"""The sandbox itself: a Jinja2 environment in which a letter template can show facts, and do nothing else.

What a template may be written with is `syntax`'s; this holds even where that had a gap. No function can be called but
`range` up to 100, no attribute read but a fact's, no value printed but text and numbers. Work is counted in characters
of one budget: what is printed, what is built on the way, and a flat price for each value and each turn of a loop.
"""

import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from outreach.errors import KnownError
from outreach.services.letters.escaping import escaped
from outreach.services.letters.filters import FILTERS, MOST_CHARACTERS, TESTS
from outreach.services.letters.syntax import check_nodes
from outreach.services.letters.values import Group, Missing, Text, all_missing

_MOST_SOURCE = 100_000
_LONGEST_RANGE = 100
_TURN_COST = 1_000
_VALUE_COST = 20
_LARGEST_NUMBER = 10**15
_LOOP_FACTS = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})
#: Filters that only we write into a parsed template; a template cannot write such a name.
_JOINED, _ITEMS = "~", "~for"


class Rendering(Context):
    """The rendering of one part of one letter.

    Attributes:
        is_markdown: Whether facts are escaped for Markdown; a subject is plain text.
        missing: Names of the facts that should have been shown and are not there, in order.
        used: Names of the facts that were shown, in order.
        left: What is left of the budget.
    """

    def __init__(self, environment: "LetterEnvironment", facts: Mapping[str, Any], is_markdown: bool) -> None:
        super().__init__(environment, {**facts, **environment.globals}, None, {})
        self.is_markdown = is_markdown
        self.missing: dict[str, None] = {}
        self.used: dict[str, None] = {}
        self.left = MOST_CHARACTERS

    def spend(self, characters: int) -> None:
        """Take from the budget.

        Raises:
            KnownError: ``letters.too_long`` when nothing is left.
        """
        self.left -= characters
        if self.left < 0:
            raise _too_long()

    def use(self, values: Iterable[Any]) -> None:
        """Note which facts are among some values."""
        for value in values:
            if isinstance(value, Text):
                self.used[value.path] = None


def _too_long() -> KnownError:
    return KnownError("letters.too_long", limit=MOST_CHARACTERS)


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Compiles letter templates; see the module."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def __init__(self) -> None:
        super().__init__(
            # Folding constants would run a hostile template while it is compiled.
            optimized=False,
            undefined=Missing,
            finalize=_shown,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=0,
        )
        self.globals: dict[str, Any] = {"range": _short_range}
        self.filters = {name: _guarded(function) for name, function in FILTERS.items()}
        self.filters |= {"default": _default, "d": _default, _JOINED: _joined, _ITEMS: _items}
        self.tests = {name: _false_if_missing(test) for name, test in TESTS.items()}
        self.tests |= {"defined": _is_there, "undefined": _is_absent, "none": _is_absent}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A fact of a group, or a loop's counter."""
        if type(obj) is Group:
            found = obj.get(attribute)
            return obj.fact(attribute) if found is None else found
        if isinstance(obj, Missing):
            return obj.child(attribute)
        if isinstance(obj, Text):
            return Missing(paths=(f"{obj.path}.{attribute}",))
        if isinstance(obj, LoopContext) and attribute in _LOOP_FACTS:
            return getattr(obj, attribute)
        raise SecurityError(f".{attribute}")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A fact of a group by its name, or an item of a list or a letter of a text by its number."""
        if isinstance(obj, (str, list, tuple)) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else Missing(name=f"[{argument}]")
        return self.getattr(obj, str(argument))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja2's
        """Only `range` is called."""
        if __obj is not _short_range:
            raise SecurityError("(…)")
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums of numbers within bounds; texts can be added."""
        assert isinstance(context, Rendering)
        absent = all_missing((left, right))
        if absent is not None:
            return absent
        if isinstance(left, str) and isinstance(right, str) and operator == "+":
            return _joined(context, [left, right])
        if not (isinstance(left, (int, float)) and isinstance(right, (int, float))) or operator == "**":
            raise SecurityError(operator)
        result = self.binop_table[operator](left, right)
        if abs(result) > _LARGEST_NUMBER:
            raise OverflowError("the number is too large")
        return result

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:  # noqa: ARG002 - as Jinja2's
        """A number with its sign."""
        if isinstance(arg, Missing):
            return arg
        if not isinstance(arg, (int, float)):
            raise SecurityError(operator)
        return self.unop_table[operator](arg)


class Part:
    """The subject or the body of a template, compiled.

    Raises:
        KnownError: ``letters.syntax``, ``letters.forbidden`` or ``letters.too_long``, when it cannot be.
    """

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source
        self._environment = environment()
        tree = parse(name, source)
        check_nodes(tree, name)
        try:
            self._template: Template = self._environment.from_string(_Counted().visit(tree))
        except TemplateSyntaxError as error:
            raise KnownError("letters.syntax", part=name, line=error.lineno, what=error.message or "") from error
        except (SyntaxError, RecursionError) as error:  # Python takes twenty loops within each other
            raise KnownError("letters.syntax", part=name, line=1, what="nested too deeply") from error

    def render(self, facts: Mapping[str, Any], is_markdown: bool) -> tuple[str, Rendering]:
        """The text, and what it showed and missed.

        Args:
            facts: As `group_of` gives them.
            is_markdown: Whether facts are escaped.

        Raises:
            KnownError: ``letters.forbidden``, ``letters.cannot_render`` or ``letters.too_long``.
        """
        rendering = Rendering(self._environment, facts, is_markdown)
        try:
            pieces = []
            for piece in self._template.root_render_func(rendering):
                rendering.left -= len(piece)
                if rendering.left < 0:
                    raise _too_long()
                pieces.append(piece)
            return "".join(pieces), rendering
        except KnownError:
            raise
        except SecurityError as error:
            raise self._trouble("letters.forbidden", error) from error
        except Exception as error:  # a template's own mistakes come as any exception
            if isinstance(error, MemoryError):
                raise
            raise self._trouble("letters.cannot_render", error) from error

    def _trouble(self, code: str, error: Exception) -> KnownError:
        """An error with the template's line in which it happened."""
        line = 1
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_globals.get("__jinja_template__") is self._template:
                line = self._template.get_corresponding_lineno(number)
        return KnownError(code, part=self.name, line=line, what=str(error)[:200])


def parse(part: str, source: str) -> nodes.Template:
    """A template's source as a tree, unchecked.

    Raises:
        KnownError: ``letters.syntax`` or ``letters.too_long``.
    """
    if len(source) > _MOST_SOURCE:
        raise KnownError("letters.too_long", limit=_MOST_SOURCE)
    try:
        return environment().parse(source)
    except TemplateSyntaxError as error:
        raise KnownError("letters.syntax", part=part, line=error.lineno, what=error.message or "") from error
    except (RecursionError, ValueError) as error:  # brackets in brackets, a number of many thousand digits
        raise KnownError("letters.syntax", part=part, line=1, what="nested too deeply") from error


@cache
def environment() -> LetterEnvironment:
    """The one environment of this process; nothing in it changes."""
    return LetterEnvironment()


class _Counted(NodeTransformer):
    """Sends what Jinja2 compiles to bare Python, joining texts and looping, through filters that count."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - named by the node
        parts = nodes.List([self.visit(part) for part in node.nodes], lineno=node.lineno)
        return nodes.Filter(parts, _JOINED, [], [], None, None, lineno=node.lineno)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, _ITEMS, [], [], None, None, lineno=node.lineno)
        return node


@pass_context
def _shown(rendering: Rendering, value: Any) -> str:
    """What is printed for a value between double braces."""
    rendering.spend(_VALUE_COST)
    if type(value) is Text:  # most are
        rendering.used[value.path] = None
        # Marks of emphasis work only when they touch what they stand around.
        return value.markdown if rendering.is_markdown else str(value)
    if isinstance(value, list):
        rendering.use(value)
        value = ", ".join(_plain(each) for each in value)
    absent = all_missing([value])
    if absent is not None:
        value = absent
        rendering.missing |= dict.fromkeys(absent.paths)
    rendering.use([value])
    text = _plain(value)
    return escaped(text) if rendering.is_markdown else text


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (str, int, float, Undefined)):
        return str(value)
    raise SecurityError("{{ … }}")


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that hands on what is missing, notes which facts it was given, and pays for its work."""

    @pass_context
    def guarded(rendering: Rendering, *args: Any, **options: Any) -> Any:
        given = (*args, *options.values())
        absent = all_missing(given)
        if absent is not None:
            return absent
        rendering.use(given)
        rendering.spend(_VALUE_COST + sum(len(each) for each in given if isinstance(each, str)))
        result = function(*args, **options)
        rendering.spend(len(result) if isinstance(result, str) else 0)
        return result

    return guarded


def _false_if_missing(function: Callable[..., bool]) -> Callable[..., bool]:
    def tested(*args: Any) -> bool:
        return all_missing(args) is None and function(*args)

    return tested


def _default(value: Any, fallback: Any = "", boolean: bool = False) -> Any:  # noqa: ARG001 - as Jinja2's
    """The value, or another where it is missing or empty."""
    return value if value or value == 0 else fallback


def _is_there(value: Any) -> bool:
    return not _is_absent(value)


def _is_absent(value: Any) -> bool:
    return value is None or isinstance(value, Undefined)


@pass_context
def _joined(rendering: Rendering, parts: list[Any]) -> Any:
    absent = all_missing(parts)
    if absent is not None:
        return absent
    rendering.use(parts)
    text = "".join(map(_plain, parts))
    rendering.spend(len(text))
    return text


@pass_context
def _items(rendering: Rendering, values: Any) -> Any:
    """What a loop goes through; each turn is paid for before it starts."""
    if isinstance(values, Missing):
        rendering.missing |= dict.fromkeys(values.paths)
        return []
    if not isinstance(values, (list, tuple, range)):
        raise SecurityError("for")
    rendering.spend(len(values) * _TURN_COST)
    return values


def _short_range(*args: int) -> range:
    numbers = range(*args)
    if len(numbers) > _LONGEST_RANGE:
        raise OverflowError(f"range stops at {_LONGEST_RANGE}")
    return numbers
