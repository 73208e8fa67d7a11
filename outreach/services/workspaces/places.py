"""Whether a folder is a safe place for a workspace: not one that is copied to other computers, nor one of another."""

import os
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from outreach.paths import resource

_MOUNTS = Path("/proc/self/mounts")
#: What Windows calls a drive of another computer.
_REMOTE = 4


@dataclass(frozen=True, slots=True)
class Risk:
    """What speaks against a place.

    Attributes:
        code: ``place.synced`` or ``place.network``, a sentence of `outreach.wording`.
        what: The program that copies it, or the kind of its file system.
    """

    code: str
    what: str


def risk_of(folder: Path) -> Risk | None:
    """What speaks against keeping a workspace in a folder, None where nothing does; the folder may not exist yet."""
    program = synced_by(folder)
    if program:
        return Risk("place.synced", program)
    kind = _network_kind(folder)
    return Risk("place.network", kind) if kind else None


def synced_by(folder: PurePath) -> str:
    """The program that copies a folder to other computers, told by the folder's names and by what lies in it."""
    data = _known()
    for part in folder.parts:
        for program, names in data["synced"].items():
            if any(_is_name(part, name) for name in names):
                return str(program)
    if isinstance(folder, Path):
        for above in (folder, *folder.parents):
            for mark, program in data["marks"].items():
                if (above / mark).exists():
                    return str(program)
    return ""


def mounted_as(folder: PurePath, mounts: str) -> str:
    """The kind of file system that a folder is on, from the system's table of what is mounted where."""
    kind, longest = "", -1
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        # Blanks in a path are written as octal numbers.
        place = fields[1].encode().decode("unicode_escape", errors="replace")
        if folder.is_relative_to(place) and len(place) >= longest:
            kind, longest = fields[2], len(place)
    return kind


def _is_name(part: str, name: str) -> bool:
    """Whether a folder has a name, or one that goes on with a blank, a bracket or a hyphen, as "OneDrive - Finch"."""
    return part == name or (part.startswith(name) and part[len(name)] in " -(")


def _network_kind(folder: Path) -> str:
    if sys.platform == "win32":
        return _windows_kind(folder)
    try:
        kind = mounted_as(_real(folder), _MOUNTS.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""  # a system without such a table
    return kind if kind in _known()["network"]["kinds"] else ""


def _windows_kind(folder: Path) -> str:
    drive = folder.absolute().drive
    if drive.startswith("\\\\"):
        return "SMB"
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - there on Windows only
    return "SMB" if drive and kernel.GetDriveTypeW(f"{drive}\\") == _REMOTE else ""


def _real(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(resource("places.toml").read_text(encoding="utf-8"))
