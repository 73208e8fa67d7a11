"""One writer per workspace: a lock file that says who holds it.

The operating system holds the lock and lets go of it when the holder dies, so a left-over file never locks anyone out.
"""

import json
import os
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from outreach.errors import KnownError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: How long one that holds it is waited for, and how long all of them together.
_WAIT_SECONDS, _MOST_SECONDS = 5.0, 60.0
_POLL_SECONDS = 0.05
#: Windows locks bytes, and what is locked cannot be read: so a byte behind anything that is written.
_LOCKED_BYTE = 4096


class WriteLock:
    """The right to write to one workspace.

    Taking it waits a few seconds for another command to finish, and as long again for each that comes before, but not for
    a window, which holds it for hours.
    """

    def __init__(self, path: Path, *, program: str = "command") -> None:
        self._path = path
        self._program = program
        self._file = -1

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            KnownError: ``workspace.locked`` when another program holds it, ``workspace.read_only`` when its file
                cannot be written.
        """
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise KnownError("workspace.read_only", folder=str(self._path.parent), why=error.strerror) from error
        before: dict[str, Any] = {}
        deadline = time.monotonic() + _WAIT_SECONDS
        patience = time.monotonic() + _MOST_SECONDS
        while not _try_lock(self._file):
            holder = _read(self._path) or before
            if holder != before:
                before, deadline = holder, min(time.monotonic() + _WAIT_SECONDS, patience)
            if holder.get("program") == "window" or time.monotonic() > deadline:
                os.close(self._file)
                self._file = -1
                raise KnownError(
                    "workspace.locked",
                    folder=str(self._path.parent),
                    program=holder.get("program", "command"),
                    host=holder.get("host", "?"),
                    pid=holder.get("pid", "?"),
                )
            time.sleep(_POLL_SECONDS)
        self._sign()

    def release(self) -> None:
        """Let others write; the file stays, empty of a holder."""
        if self._file >= 0:
            with suppress(OSError):
                os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> "WriteLock":
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _sign(self) -> None:
        who = {"pid": os.getpid(), "host": socket.gethostname(), "program": self._program, "since": time.time_ns()}
        with suppress(OSError):  # a full disk must not keep anyone from opening her workspace
            os.ftruncate(self._file, 0)
            os.write(self._file, json.dumps(who).encode())


def _try_lock(file: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return holder if isinstance(holder, dict) else {}
