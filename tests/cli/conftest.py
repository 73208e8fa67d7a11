"""What a test of commands begins with, done by commands once."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from outreach.__main__ import run

Command = tuple[str, ...]


@pytest.fixture(scope="session")
def made_by(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Callable[..., Path]:
    """Workspaces by the commands that fill them, each made once; tests work on copies of them."""

    @cache
    def made(*commands: Command) -> Path:
        place = Path(shutil.copytree(empty_workspace, tmp_path_factory.mktemp("made") / "workspace"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("OUTREACH_HOME", str(place.with_name("home")))
            for command in commands:
                assert run(["--workspace", str(place), *command]) == 0, command
        return place

    return made


@pytest.fixture
def begun(made_by: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """A workspace of one's own, as commands made it."""
    return lambda *commands: Path(shutil.copytree(made_by(*commands), tmp_path / "begun"))
