"""What this computer's user prefers: kept per machine, beside the workspaces, never with a password in it."""

import os
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from outreach.errors import KnownError

_FILE = "settings.toml"


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
    """

    initials: str = ""
    language: str = ""
    workspace: str = ""
    theme: str = ""
    text_size: str = ""
    contrast: str = ""


def load(home: Path) -> Settings:
    """The settings of a home folder; defaults where there are none.

    Raises:
        KnownError: ``settings.unreadable`` when the file is there and is not what we wrote.
    """
    path = home / _FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise KnownError("settings.unreadable", file=str(path), why=str(error)) from error
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in found.items() if name in known and isinstance(value, str)})


def save(home: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all.

    Raises:
        KnownError: ``settings.not_written``.
    """
    import tomli_w

    path = home / _FILE
    made = path.with_suffix(f".{os.getpid()}.new")
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.write_text(tomli_w.dumps(asdict(settings)), encoding="utf-8")
        made.chmod(0o600)
        made.replace(path)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise KnownError("settings.not_written", file=str(path), why=error.strerror or str(error)) from error


def changed(settings: Settings, name: str, value: str) -> Settings:
    """The settings with one value changed.

    Raises:
        KnownError: ``settings.unknown`` when there is no such setting.
    """
    if name not in {field.name for field in fields(Settings)}:
        raise KnownError("settings.unknown", name=name)
    return replace(settings, **{name: value})
