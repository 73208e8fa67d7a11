"""What is made of the tables and kept beside them: it can be thrown away at any time."""

import shutil
from pathlib import Path

CACHE = "cache"


def place(folder: Path, name: str) -> Path | None:
    """A workspace's folder for something that is made of its tables, which may not be there yet.

    None where something else stands in its place, such as a link that leads out of the workspace.
    """
    for path in (folder / CACHE, folder / CACHE / name):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            return None
    return folder / CACHE / name


def clear(folder: Path) -> None:
    """Throw all of it away, as when somebody is forgotten of whom it may hold something."""
    path = folder / CACHE
    if path.is_symlink():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
