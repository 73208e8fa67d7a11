"""Where the files that ship with the program lie, and where a user's own go."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_MARKER = ".outreach-resources"
_ON_LINUX = sys.platform == "linux"


def resource(*parts: str) -> Path:
    """The path of a shipped file, such as ``resource("genres.toml")``.

    Raises:
        FileNotFoundError: when the installation lacks its resources.
    """
    return _resources().joinpath(*parts)


def guide(language: str = "") -> Path:
    """The user guide in a language, such as ``de``, or the English one where it is not written in that.

    It lies beside the documentation in a checkout, among the shipped files else.
    """
    for name in (f"guide.{language}.md", "guide.md"):
        for place in (_PACKAGE.parent / "docs" / name, resource(name)):
            if place.is_file():
                return place
    raise FileNotFoundError("the user guide is missing")


def _resources() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [Path(bundle) / "outreach" / "resources"] if bundle else []
    # A checkout first: an editable install must never read a stale copy.
    candidates += [_PACKAGE.parent / "resources", _PACKAGE / "resources"]
    for folder in candidates:
        if (folder / _MARKER).is_file():
            return folder
    raise FileNotFoundError("the resources folder is missing: " + ", ".join(map(str, candidates)))


def home() -> Path:
    """The folder of settings, logs and the default workspace: ``OUTREACH_HOME``, or the system's place for it."""
    named = os.environ.get("OUTREACH_HOME")
    if named:
        return Path(named).expanduser().absolute()
    if _ON_LINUX:
        # Every start asks, even that of the help, and the library that knows all systems takes a while to load.
        return Path(os.environ.get("XDG_DATA_HOME", "").strip() or "~/.local/share").expanduser() / "Outreach"
    from platformdirs import user_data_path

    return user_data_path("Outreach", appauthor=False)
