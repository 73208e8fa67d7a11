"""Which parts of Jinja2 a letter template may use, and which facts it names.

An allow-list over the parsed template, checked before anything is compiled: what is not on it cannot run. It leaves
conditions, loops over facts, filters, and small sums.
"""

from collections.abc import Iterator

from jinja2 import nodes

from outreach.errors import KnownError
from outreach.services.letters.filters import FILTERS, TESTS

#: No letter needs more, and Python's own compiler gives up at some ninety.
_DEEPEST = 40
_MOST_NODES = 5_000

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData,
    nodes.If, nodes.For, nodes.Assign, nodes.With,
    nodes.Const, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.List, nodes.Tuple,
    nodes.Filter, nodes.Test, nodes.Keyword, nodes.Call, nodes.CondExpr,
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Concat,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos,
)  # fmt: skip

#: How the rest is written in a template.
_WRITTEN = {
    nodes.Pow: "**",
    nodes.Dict: "{…}",
    nodes.Pair: "{…}",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.AssignBlock: "set … endset",
    nodes.FromImport: "from",
    nodes.Scope: "autoescape",
}

_OWN_FILTERS = frozenset({"default", "d"})
_OWN_TESTS = frozenset({"defined", "undefined", "none"})
_RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs"})


def check_nodes(tree: nodes.Template, part: str) -> None:
    """See that a template uses nothing but what is allowed.

    Args:
        tree: The parsed template.
        part: ``subject`` or ``body``, for the error.

    Raises:
        KnownError: ``letters.forbidden``, or ``letters.syntax`` where it is nested too deeply or has too many parts.
    """
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    seen = 0
    while waiting:
        node, depth = waiting.pop()
        line = node.lineno or 1
        seen += 1
        if depth > _DEEPEST or seen > _MOST_NODES:
            what = "nested too deeply" if depth > _DEEPEST else "too many expressions"
            raise KnownError("letters.syntax", part=part, line=line, what=what)
        what = _forbidden(node)
        if what:
            raise KnownError("letters.forbidden", part=part, line=line, what=what)
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]


def _forbidden(node: nodes.Node) -> str:
    """What is wrong with one node, as it is written in a template; empty when it is allowed."""
    if not isinstance(node, _ALLOWED):
        return _WRITTEN.get(type(node), type(node).__name__.lower())
    what = ""
    match node:
        case nodes.Getattr(attr=name) | nodes.Getitem(arg=nodes.Const(value=str(name))) if name.startswith("_"):
            what = f".{name}"
        case nodes.Name(name=name) if name.startswith("_") or name in _RESERVED:
            what = name
        case nodes.Filter(name=name) if name not in FILTERS and name not in _OWN_FILTERS:
            what = f"|{name}"
        case nodes.Test(name=name) if name not in TESTS and name not in _OWN_TESTS:
            what = f"is {name}"
        case nodes.For(recursive=True):
            what = "recursive"
        case nodes.Call(node=called) if called != nodes.Name("range", "load"):
            what = "(…)"
        # Lists within lists can be made to double, so a written list holds words and numbers only.
        case nodes.List(items=items) | nodes.Tuple(items=items, ctx="load"):
            what = "" if all(isinstance(item, nodes.Const) for item in items) else "[…]"
    return what


def names(tree: nodes.Template) -> Iterator[str]:
    """The dotted names of the facts in a parsed template, in order; a name that it sets itself is none."""
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")} | {"loop", "range"}
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        path = _path(node)
        if path:
            if path.split(".", 1)[0] not in own:
                yield path
        else:
            waiting += reversed(list(node.iter_child_nodes()))


def are_only_shown(tree: nodes.Template, groups: frozenset[str]) -> bool:
    """Whether all that a template does with some facts is to print them as they are, or to ask whether they are there.

    Args:
        tree: As `names` takes it.
        groups: The first of the names of those facts.
    """
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    return not stored & groups and _only_shown(tree, groups)


def _only_shown(node: nodes.Node, groups: frozenset[str]) -> bool:
    match node:
        case nodes.Output(nodes=shown):
            return all(_is_shown(each, groups) for each in shown)
        case nodes.If(test=test, body=body, elif_=others, else_=rest):
            return _is_asked(test, groups) and all(_only_shown(each, groups) for each in (*body, *others, *rest))
        case nodes.Name(name=name):
            return name not in groups
    return all(_only_shown(each, groups) for each in node.iter_child_nodes())


def _is_shown(node: nodes.Node, groups: frozenset[str]) -> bool:
    """Whether a value that is printed is a fact, or one of two."""
    match node:
        case nodes.Or(left=left, right=right) | nodes.And(left=left, right=right):
            return _is_shown(left, groups) and _is_shown(right, groups)
        case nodes.CondExpr(test=test, expr1=first, expr2=second):
            is_one = _is_shown(first, groups) and (second is None or _is_shown(second, groups))
            return is_one and _is_asked(test, groups)
    return _is_fact(node) or _only_shown(node, groups)


def _is_asked(node: nodes.Node, groups: frozenset[str]) -> bool:
    """Whether a condition looks at nothing of a fact but that it is there."""
    match node:
        case nodes.Or(left=left, right=right) | nodes.And(left=left, right=right):
            return _is_asked(left, groups) and _is_asked(right, groups)
        case nodes.Not(node=asked) | nodes.Test(node=asked, name="defined" | "undefined" | "none"):
            return _is_asked(asked, groups)
    return _is_fact(node) or _only_shown(node, groups)


def _is_fact(node: nodes.Node) -> bool:
    """Whether it is a fact by its dotted name."""
    match node:
        case nodes.Name():
            return True
        case nodes.Getattr(node=group):
            return _is_fact(group)
        case nodes.Getitem(node=group, arg=nodes.Const(value=str(name))):
            return name.isidentifier() and _is_fact(group)
    return False


def _path(node: nodes.Node) -> str:
    """The dotted name that a node stands for; empty when it is no plain name."""
    match node:
        case nodes.Name(name=name, ctx="load"):
            return name
        case nodes.Getattr(node=group, attr=name) | nodes.Getitem(node=group, arg=nodes.Const(value=str(name))):
            above = _path(group)
            return f"{above}.{name}" if above else ""
    return ""
