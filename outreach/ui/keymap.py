"""Which keys do what: the first ones of the action table, and those that the user chose in their place."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from shiboken6 import isValid

from outreach.errors import KnownError
from outreach.settings import KeyChoices, load_keys, save_keys
from outreach.ui.actions import ACTIONS, LIST_ACTIONS, ONLY_AT, ActionKey

#: These mean the same in every list, field and dialog.
_RESERVED = frozenset({
    "Esc", "Tab", "Shift+Tab", "Backtab", "Shift+Backtab", "Return", "Enter", "Space", "Backspace", "Up", "Down",
    "Left", "Right", "Home", "End", "PgUp", "PgDown", "Shift+Up", "Shift+Down", "Ctrl+A", "Ctrl+C", "Ctrl+X",
})  # fmt: skip
_NAMES = {"Return": "Enter", "PgDown": "PgDn"}


class Keymap(QObject):
    """The keys of all actions; whatever shows or hears keys follows it.

    Attributes:
        letters: Whether single letters act.
        trouble: What was in the way of reading the user's keys, if anything.

    Signals:
        changed: Some action has other keys now.
    """

    changed = Signal()

    def __init__(self, home: Path | None = None) -> None:
        super().__init__()
        self._home = home
        self.trouble: KnownError | None = None
        self._followers: list[QAction] = []
        choices = KeyChoices(letters=True, keys={})
        try:
            choices = load_keys(home) if home else choices
        except KnownError as error:
            self.trouble = error
        self._use(choices)

    # What the keys are.

    def key(self, action_id: str) -> str:
        """An action's keys, as Qt writes them; nothing where it has none."""
        return self._keys[action_id]

    def shown(self, action_id: str) -> str:
        """The keys that act, as a keycap shows them."""
        return cap_of(self._awake(action_id))

    def cap(self, key: str) -> str:
        """What a keycap shows: the keys of an action as they are now, and any other key as it is written."""
        return self.shown(key.action) if isinstance(key, ActionKey) else " ".join(map(_named, key.split(" ")))

    def is_changed(self, action_id: str) -> bool:
        """Whether the user chose its keys."""
        return self.key(action_id) != ACTIONS[action_id].key

    def matches(self, action_id: str, event: QKeyEvent) -> bool:
        """Whether a key that was pressed is an action's."""
        key = self._awake(action_id)
        return bool(key) and QKeySequence(event.keyCombination()) == QKeySequence(key)

    def follow(self, action: QAction) -> None:
        """Give an action of the table its keys, now and whenever they change."""
        self._followers.append(action)
        action.setShortcut(QKeySequence(self._awake(action.objectName())))

    # Changing them.

    def choose(self, action_id: str, key: str) -> None:
        """Give an action other keys, or none.

        Raises:
            KnownError: ``keys.reserved``, ``keys.taken`` with the other action's name; ``settings.not_written``.
        """
        if key in _RESERVED:
            raise KnownError("keys.reserved", keys=cap_of(key))
        taken = next((other for other in ACTIONS if other != action_id and self._clash(action_id, key, other)), None)
        if taken is not None:
            raise KnownError("keys.taken", keys=cap_of(key), which=ACTIONS[taken].label)
        kept = {name: other for name, other in self._chosen.items() if name != action_id}
        self._keep(KeyChoices(self.letters, kept if key == ACTIONS[action_id].key else {**kept, action_id: key}))

    def restore(self, action_id: str) -> None:
        """Give an action its first keys again.

        Raises:
            KnownError: ``keys.taken`` when the user gave them to another one meanwhile; ``settings.not_written``.
        """
        self.choose(action_id, ACTIONS[action_id].key)

    def restore_all(self) -> None:
        """Give every action its first keys again.

        Raises:
            KnownError: ``settings.not_written``.
        """
        self._keep(KeyChoices(self.letters, {}))

    def use_letters(self, *, on: bool) -> None:
        """Let single letters act, or not.

        Raises:
            KnownError: ``settings.not_written``.
        """
        self._keep(KeyChoices(on, self._chosen))

    def _keep(self, choices: KeyChoices) -> None:
        if self._home is not None:
            save_keys(self._home, choices)
        self._use(choices)
        self._followers = [action for action in self._followers if isValid(action)]
        for action in self._followers:
            action.setShortcut(QKeySequence(self._awake(action.objectName())))
        self.changed.emit()

    def _use(self, choices: KeyChoices) -> None:
        """What the user chose goes first; whatever else had those keys has none then."""
        self.letters = choices.letters
        self._chosen: Mapping[str, str] = choices.keys
        self._keys = dict.fromkeys(ACTIONS, "")
        chosen = {name: _normal(key) for name, key in choices.keys.items() if name in ACTIONS}
        wanted = {name: key for name, key in chosen.items() if key is not None}
        beginning: dict[tuple[int, ...], list[str]] = {}
        for name, key in {**wanted, **{name: wanted.get(name, spec.key) for name, spec in ACTIONS.items()}}.items():
            # Keys that are shared begin alike, so each is held against the few that do, at every start.
            alike = beginning.setdefault(_chords(key)[:1], [])
            if not any(self._clash(name, key, other) for other in alike):
                self._keys[name] = key
                alike.append(name)

    def _clash(self, action_id: str, key: str, other: str) -> bool:
        return share_keys(key, self._keys[other]) and can_meet(action_id, other)

    def _awake(self, action_id: str) -> str:
        key = self.key(action_id)
        return "" if not self.letters and is_letter(key) else key


def can_meet(one: str, other: str) -> bool:
    """Whether two actions could act at the same place."""
    return one not in ONLY_AT or other not in ONLY_AT or bool(set(ONLY_AT[one]) & set(ONLY_AT[other]))


def share_keys(one: str, other: str) -> bool:
    """Whether two keys are the same, or one of them begins the other."""
    if not one or not other:
        return False
    first, second = _chords(one), _chords(other)
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter]


@cache
def _chords(key: str) -> tuple[int, ...]:
    """Keys as numbers, one a chord: actions are compared at every start, faster than Qt compares them."""
    sequence = QKeySequence(key)
    # Qt's stubs do not know that its keys are read by their number.
    return tuple(sequence[number].toCombined() for number in range(sequence.count()))  # type: ignore[index]


def is_letter(key: str) -> bool:
    """Whether keys begin with a character that one types, and no Ctrl or Alt with it."""
    return len(key.split(", ")[0].removeprefix("Shift+")) == 1


def cap_of(key: str) -> str:
    """Keys as a keycap shows them, such as "Ctrl Shift Z" or "G T"."""
    chords = key.split(", ")
    names = [name for chord in chords for name in re.split(r"\+(?=.)", chord)]
    return " ".join(map(_named, names))


def _named(name: str) -> str:
    """What is written on one key, on the keyboards of the language."""
    named = QCoreApplication.translate("QShortcut", name)
    return _NAMES.get(named, named)


def key_pressed(event: QKeyEvent) -> str:
    """What was pressed, as Qt writes it; nothing while only Ctrl and the like are held."""
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, 0):
        return ""
    if 0x20 < key < 0x01000000 and not chr(key).isalnum():
        # A sign is one, with whichever key it is typed.
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(key)))
    return pressed.toString(QKeySequence.SequenceFormat.PortableText)


def group_of(action_id: str) -> str:
    """Where an action belongs in a list of all: ``list``, ``page`` or ``window``."""
    spec = ACTIONS[action_id]
    if action_id in LIST_ACTIONS:
        return "list"
    return "page" if action_id in ONLY_AT or (spec.single and not spec.like) else "window"


def _normal(key: str) -> str | None:
    """Keys from a file, as Qt writes them; None where they are none that an action can have."""
    normal = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    return None if (key and not normal) or normal in _RESERVED else normal
