"""Commands by their words: what of the action table can be done now, and which of it some typed letters mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from outreach.fields.text import fold
from outreach.ui.actions import ACTIONS, ActionSpec


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done now."""

    spec: ActionSpec
    action: QAction


def commands_of(*widgets: QWidget) -> list[Command]:
    """What is bound to some widgets, in the order of the table."""
    bound = {action.objectName(): action for widget in widgets for action in widget.actions()}
    return [Command(spec, bound[spec.id]) for spec in ACTIONS.values()
            if spec.id in bound and spec.listed and bound[spec.id].isVisible()]  # fmt: skip


def ranked(commands: Iterable[Command], text: str, words: dict[str, str]) -> list[Command]:
    """The commands that some typed letters mean, the likeliest first.

    Args:
        commands: What can be done.
        text: What was typed.
        words: By action, its label in the user's language.
    """
    typed = fold(text)
    scored = [(score, place, each) for place, each in enumerate(commands)
              if (score := _score(typed, fold(words[each.spec.id]), each.spec.aliases))]  # fmt: skip
    return [each for _, _, each in sorted(scored, key=lambda one: (-one[0], one[1]))]


def _score(typed: str, label: str, aliases: tuple[str, ...]) -> int:
    """How well letters fit a label: its beginning, its words' beginnings, an alias, its initials."""
    if not typed:
        return 0
    names = label.split()
    if label.startswith(typed):
        return 4
    if all(any(name.startswith(part) for name in names) for part in typed.split()):
        return 3
    if any(alias.startswith(typed) for alias in aliases):
        return 2
    return 1 if "".join(name[0] for name in names).startswith(typed) and len(typed) > 1 else 0
