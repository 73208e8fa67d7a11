"""Opening the window: on the workspace that is named, else the one opened last, else a first one."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from outreach.cli.frame import Session
from outreach.errors import KnownError
from outreach.store import workspace

#: What Qt needs to show a window under X11, beyond what it needs to paint, and the package that brings it.
_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def has_display() -> bool:
    """Whether a window could be seen."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(session: Session, folder: Path | None = None, *, to_look: bool = False) -> int:
    """Open the window and stay until it is closed; only to look, if that is wanted.

    Raises:
        KnownError: ``paper.missing_library`` where a library of the system is missing, or what is in the way of opening
            the workspace.
    """
    prepare_window()
    from outreach.app import run_window

    place = folder or session.folder
    is_first = not session.workspace and not os.environ.get("OUTREACH_WORKSPACE") and folder is None
    is_free = not (place / workspace.DATABASE).exists() and (not place.exists() or place.is_dir())
    if is_first and is_free and not to_look:
        from outreach.services.workspaces.workspaces import new_workspace

        place = session.home / "workspace"
        if not (place / workspace.DATABASE).exists():
            new_workspace(place, session.opening(), session.words.language)
    opening = replace(session.opening(), program="window", to_look=to_look)
    return run_window(place, session.home, opening, from_icon=is_first)


def prepare_window() -> None:
    """Make the one application of Qt, before anything paints.

    Raises:
        KnownError: where a library of the system is missing.
    """
    _look_for_libraries()
    from outreach.paper.painting import painting_libraries

    painting_libraries()
    from outreach.app import make_application

    make_application()


def _look_for_libraries() -> None:
    """Qt ends the whole program where one of these is missing, so they are looked for before."""
    if not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return
    import ctypes

    missing = []
    for library in _X11:
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(library)
    if missing:
        raise KnownError(
            "window.missing_library", library=", ".join(missing), packages=" ".join(_X11[each] for each in missing)
        )
