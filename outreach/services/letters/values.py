"""The values a template sees: facts that know their name, and facts that are not there."""

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Undefined, UndefinedError
from jinja2.exceptions import TemplateRuntimeError
from jinja2.utils import missing

from outreach.services.letters.escaping import cleaned, fact_escaped


class Text(str):
    """A fact's text.

    Attributes:
        path: The fact's dotted name.
    """

    __slots__ = ("_markdown", "path")
    path: str
    _markdown: str

    @property
    def markdown(self) -> str:
        """The fact as Markdown that shows it as it stands; worked out once, for what all letters say."""
        try:
            return self._markdown
        except AttributeError:
            self._markdown = fact_escaped(self)
            return self._markdown


class Missing(Undefined):
    """A fact that is absent, None or blank; false in a condition, and a visible mark where it should have been said.

    Attributes:
        paths: The dotted names of the facts that are wanting; several after an operation on several.
    """

    __slots__ = ("paths",)

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
        *,
        paths: tuple[str, ...] = (),
    ) -> None:
        super().__init__(hint, obj, name, exc)
        self.paths = paths or ((name,) if name else ())

    def child(self, name: object) -> "Missing":
        """What a fact of this missing group is: missing too."""
        return Missing(paths=tuple(f"{path}.{name}" for path in self.paths))

    def __str__(self) -> str:
        return "".join(f"⟦{path}⟧" for path in self.paths)

    def __eq__(self, other: object) -> bool:
        return other is None or other == "" or isinstance(other, Missing)

    def __hash__(self) -> int:
        return hash("")

    def __contains__(self, _item: object) -> bool:
        return False

    def __getitem__(self, _item: object) -> "Missing":  # type: ignore[override] # the base fails
        return self

    def _never(self, _other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never  # type: ignore[assignment] # the base fails


class Group(dict[str, Any]):
    """A group of facts, such as ``person``.

    Attributes:
        path: Its dotted name; empty for the whole.
    """

    __slots__ = ("path",)
    path: str

    def fact(self, name: str) -> Any:
        """One of its facts, missing where it is not among them."""
        found = self.get(name)
        return Missing(paths=(_below(self.path, name),)) if found is None else found


def group_of(facts: Mapping[str, Any], path: str = "") -> Group:
    """The facts as a template sees them.

    Raises:
        TypeError: when a fact is no text, number, list, dict or None: an object would be a way out of the sandbox.
    """
    group, before = Group(), f"{path}." if path else ""
    group.path = path
    for name, value in facts.items():
        if type(value) is str and value.isprintable() and not (value == "" or value.isspace()):  # most are
            group[name] = text = Text(value)
            text.path = before + name
        else:
            group[name] = _value_of(value, before + name)
    return group


def _value_of(value: Any, path: str) -> Any:
    if value is None or (isinstance(value, (str, list, dict)) and not value):
        return Missing(paths=(path,))
    if isinstance(value, str):
        if not value.strip() or not (value.isprintable() or cleaned(value).strip()):
            return Missing(paths=(path,))
        text = Text(value)
        text.path = path
        return text
    if type(value) in (bool, int, float):
        return value
    if isinstance(value, dict):
        return group_of(value, path)
    if isinstance(value, list):
        values = [_value_of(each, path) for each in value]
        return [each for each in values if not isinstance(each, Missing)] or Missing(paths=(path,))
    raise TypeError(f"{path} is a {type(value).__name__}")


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def all_missing(values: Iterable[Any]) -> Missing | None:
    """One missing value for all that are missing among some values; a group is nothing to say, so it is missing too."""
    paths: list[str] = []
    for value in values:
        if isinstance(value, Missing):
            paths += value.paths
        elif isinstance(value, Group):
            paths.append(value.path)
    return Missing(paths=tuple(dict.fromkeys(paths))) if paths else None
