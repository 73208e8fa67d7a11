"""Starting the window by command: with a display, without one, twice, and ending it from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outreach.cli import window
from outreach.errors import KnownError
from outreach.services.people.people import list_people
from outreach.store import workspace
from outreach.store.workspace import Opening
from tests.conftest import Ran

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and lock files are read as POSIX has them")


def test_without_a_display_the_help_is_shown(cli: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    ran = cli()
    assert ran.code == 0
    assert "outreach demo" in ran.out


def test_a_missing_library_is_said_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(window, "_X11", {"libno-such-thing.so.7": "libno-such-thing7"})
    if sys.platform.startswith("linux"):
        with pytest.raises(KnownError, match=r"libno-such-thing7"):
            window.prepare_window()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the program with a display, painted nowhere."""
    running: list[subprocess.Popen[str]] = []

    def starts(*arguments: str) -> subprocess.Popen[str]:
        environment = {
            **os.environ, "DISPLAY": ":77", "QT_QPA_PLATFORM": "offscreen", "OUTREACH_HOME": str(tmp_path / "home"),
        }  # fmt: skip
        environment.pop("OUTREACH_WORKSPACE", None)
        running.append(
            subprocess.Popen(
                [sys.executable, "-m", "outreach", *arguments], env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True,
            )
        )  # fmt: skip
        return running[-1]

    yield starts
    for each in running:
        each.kill()
        each.communicate()


def is_open(folder: Path) -> bool:
    path = folder / workspace.LOCK
    return path.exists() and '"window"' in path.read_text(encoding="utf-8", errors="replace")


def wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not until() and time.monotonic() < end:
        time.sleep(0.05)
    assert until()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["shut down", "Ctrl C"])
def test_the_first_start_makes_a_workspace_and_a_signal_closes_it(start, tmp_path: Path, number: int) -> None:
    first = start()
    folder = tmp_path / "home" / "workspace"
    wait(lambda: is_open(folder))
    time.sleep(0.8)
    first.send_signal(number)
    out, err = first.communicate(timeout=20)
    assert (first.returncode, out, err) == (0, "", "")
    with workspace.writing(folder, Opening()) as store:
        assert list_people(store) == []
    settings = (tmp_path / "home" / "settings.toml").read_text(encoding="utf-8")
    assert str(folder) in settings


def test_a_second_start_leaves_it_to_the_first(start, tmp_path: Path) -> None:
    start()
    wait(lambda: is_open(tmp_path / "home" / "workspace"))
    time.sleep(0.8)
    second = start()
    out, err = second.communicate(timeout=20)
    assert (second.returncode, out, err) == (0, "", "")


def test_a_workspace_that_is_not_there_is_said(start, tmp_path: Path) -> None:
    ran = start("--workspace", str(tmp_path / "nowhere"))
    _, err = ran.communicate(timeout=20)
    assert ran.returncode == 2
    assert "There is no workspace in" in err
    assert "Traceback" not in err
