"""What this computer's user prefers: kept per machine, beside the workspaces, never with a password in it."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from outreach.errors import KnownError

_FILE = "settings.toml"
_KEYS_FILE = "keys.toml"
#: Spoken where the system names no language.
FALLBACK = "en_GB"
#: What may be chosen where not everything makes sense; empty for what the program or the system does by itself.
CHOICES = {
    "theme": ("", "light", "dark"),
    "text_size": ("", "90", "100", "115", "130"),
    "contrast": ("", "normal", "high"),
    "density": ("", "compact"),
    "motion": ("", "on", "off"),
}
#: So many workspaces are remembered.
_MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences of one user on one computer.

    Attributes:
        initials: Kept with the gifts, letters and posts that this user logs.
        language: A locale such as ``en_GB``; empty for the system's.
        workspace: The workspace opened last.
        theme: ``light`` or ``dark``; empty for the system's.
        text_size: ``90``, ``100``, ``115`` or ``130`` percent; empty for 100.
        contrast: ``high`` or ``normal``; empty for what the system asks.
        density: ``compact`` for lists of one line a row; empty for lists as designed.
        motion: ``on`` or ``off``; empty for what the system asks.
        recent: The workspaces opened lately, the newest first, a line each.
    """

    initials: str = ""
    language: str = ""
    workspace: str = ""
    theme: str = ""
    text_size: str = ""
    contrast: str = ""
    density: str = ""
    motion: str = ""
    recent: str = ""


def load(home: Path) -> Settings:
    """The settings of a home folder; defaults where there are none.

    Raises:
        KnownError: ``settings.unreadable`` when the file is there and is not what we wrote.
    """
    path = home / _FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise KnownError("settings.unreadable", file=str(path), why=str(error)) from error
    import tomllib  # whoever has no settings yet starts without it

    try:
        found = tomllib.loads(text)
    except ValueError as error:
        raise KnownError("settings.unreadable", file=str(path), why=str(error)) from error
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in found.items() if name in known and isinstance(value, str)})


def system_language() -> str:
    """The locale of the system, such as ``de_DE``; British English where it names none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").split(".", maxsplit=1)[0]
        if value and value not in ("C", "POSIX"):
            return value
    return FALLBACK


def save(home: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all.

    Raises:
        KnownError: ``settings.not_written``.
    """
    _write(home / _FILE, asdict(settings))


def changed(settings: Settings, name: str, value: str) -> Settings:
    """The settings with one value changed.

    Raises:
        KnownError: ``settings.unknown`` when there is no such setting, ``settings.no_choice`` when it cannot have that
            value.
    """
    if name not in {field.name for field in fields(Settings)}:
        raise KnownError("settings.unknown", name=name)
    if name in CHOICES and value not in CHOICES[name]:
        raise KnownError("settings.no_choice", name=name, value=value, choices=", ".join(filter(None, CHOICES[name])))
    return replace(settings, **{name: value})


def remembered(settings: Settings, folder: Path) -> Settings:
    """The settings after a workspace was opened: it is the one of next time, and the first of the recent ones."""
    kept = [each for each in recent_folders(settings) if each != folder]
    return replace(settings, workspace=str(folder), recent="\n".join(map(str, [folder, *kept][:_MOST_RECENT])))


def recent_folders(settings: Settings) -> list[Path]:
    """The workspaces opened lately, the newest first."""
    return [Path(line) for line in settings.recent.splitlines() if line]


@dataclass(frozen=True, slots=True)
class KeyChoices:
    """Which keys the user gave to actions in place of the first ones.

    Attributes:
        letters: Whether single letters act while a list has the focus.
        keys: By action its keys, as Qt writes them; empty where it has none.
    """

    letters: bool
    keys: Mapping[str, str]


def load_keys(home: Path) -> KeyChoices:
    """The user's keys; none where nothing was changed. A file that is not ours is set aside under another name.

    Raises:
        KnownError: ``keys.unreadable``, ``keys.set_aside``.
    """
    import tomllib

    path = home / _KEYS_FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        keys = found.get("keys", {})
        if not isinstance(keys, dict):
            raise ValueError("keys is no table")
    except FileNotFoundError:
        return KeyChoices(letters=True, keys={})
    except OSError as error:
        raise KnownError("keys.unreadable", file=str(path), why=error.strerror or str(error)) from error
    except ValueError as error:
        aside = path.with_suffix(".broken.toml")
        with suppress(OSError):
            path.replace(aside)
        raise KnownError("keys.set_aside", file=str(path), aside=aside.name, why=str(error)) from error
    return KeyChoices(
        found.get("letters") is not False, {name: key for name, key in keys.items() if isinstance(key, str)}
    )


def save_keys(home: Path, choices: KeyChoices) -> None:
    """Write the user's keys, whole or not at all.

    Raises:
        KnownError: ``settings.not_written``.
    """
    _write(home / _KEYS_FILE, {"letters": choices.letters, "keys": dict(choices.keys)})


def _write(path: Path, values: Mapping[str, Any]) -> None:
    import tomli_w

    made = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.write_text(tomli_w.dumps(values), encoding="utf-8")
        made.chmod(0o600)
        made.replace(path)
    except OSError as error:
        with suppress(OSError):
            made.unlink()
        raise KnownError("settings.not_written", file=str(path), why=error.strerror or str(error)) from error
