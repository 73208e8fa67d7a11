"""A display of one's own, with a window manager, keys and a mouse: Xvfb, openbox, xdotool, and import."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "import": "imagemagick"}
_SIZE = (1440, 900)


def missing() -> list[str]:
    """The packages whose programs are not at hand."""
    return [package for program, package in NEEDED.items() if shutil.which(program) is None]


class Display:
    """What someone at the machine has: eyes, a keyboard, a mouse.

    Attributes:
        environment: That of programs which are to be seen on it.
        pictures: The folder of the photographs.
    """

    def __init__(self, number: str, pictures: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
        self.environment = {**kept, "DISPLAY": f":{number}", "LC_ALL": "C.UTF-8"}
        self.pictures = pictures
        self._count = 0

    def key(self, *keys: str) -> None:
        """Press keys one after another, such as ``ctrl+2`` or ``Return``."""
        for each in keys:
            self._do("xdotool", "key", "--clearmodifiers", each)
            time.sleep(0.15)

    def type(self, text: str) -> None:
        """Type some words, as fast as a good typist."""
        self._do("xdotool", "type", "--delay", "25", text)
        time.sleep(0.15)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the screen."""
        self._do("xdotool", "mousemove", str(x), str(y), "click", "1")
        time.sleep(0.15)

    def window(self, title: str, seconds: float = 60) -> str:
        """The number of a window that can be seen, by a part of its title; it is brought to the front.

        Raises:
            TimeoutError: when none comes.
        """
        found: list[str] = []

        def look() -> bool:
            ran = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], env=self.environment,
                                 capture_output=True, text=True, check=False)  # fmt: skip
            found[:] = ran.stdout.split()
            return bool(found)

        until(look, f"a window named {title}", seconds)
        self._do("xdotool", "windowactivate", "--sync", found[-1])
        return found[-1]

    def fill(self, window: str) -> None:
        """Let a window take the whole screen."""
        self._do("xdotool", "windowmove", window, "0", "0", "windowsize", "--sync", window, *map(str, _SIZE))

    def photograph(self, name: str) -> Path:
        """Take a picture of the whole screen, after a moment in which what was asked for can be painted."""
        time.sleep(0.8)
        self._count += 1
        path = self.pictures / f"{self._count:02}-{name}.png"
        self._do("import", "-window", "root", str(path))
        return path

    def _do(self, *command: str) -> None:
        subprocess.run(command, env=self.environment, check=True, timeout=60, stdout=subprocess.DEVNULL)


@contextmanager
def display(pictures: Path) -> Iterator[Display]:
    """A display without a screen, until the end of the block."""
    pictures.mkdir(parents=True, exist_ok=True)
    reading, writing = os.pipe()
    size = "x".join(map(str, (*_SIZE, 24)))
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"],
                              pass_fds=[writing], stderr=subprocess.DEVNULL)  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    shown = Display(number, pictures)
    manager = subprocess.Popen(["openbox"], env=shown.environment, stderr=subprocess.DEVNULL)
    try:
        yield shown
    finally:
        for each in (manager, server):
            each.terminate()
            each.wait(20)


def until(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for something.

    Raises:
        TimeoutError: when it does not come to be.
    """
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} seconds for {what}")
        time.sleep(0.25)
