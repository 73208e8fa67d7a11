"""What all tests share: a workspace on a real disk, the command line, and no stray noise."""

import gc
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from outreach.jobs import Job
from outreach.services.sample.fill import fill
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.workspace import Opening

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# How fast the machine happens to be says nothing about whether a property holds.
settings.register_profile("outreach", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("outreach")

#: The day on which all tests play.
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

ROOT = Path(__file__).resolve().parent.parent

# Collections of real files that are not named are taken from beside the checkout, where they lie there.
for _name, _place in (("OUTREACH_SAMPLES", "samples"), ("OUTREACH_CORPORA", "corpora/visible")):
    if _name not in os.environ and (ROOT.parent / "shared" / _place).is_dir():
        os.environ[_name] = str(ROOT.parent / "shared" / _place)


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay until the end: what looks for garbage need not walk through them.

    Nor need it look each time that seven hundred objects are there, which a window makes while it is opened.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(scope="session", autouse=True)
def qapp() -> Any:
    """The one application of Qt, with which both windows and paper are tested."""
    from outreach.app import make_application

    yield make_application()
    sys.excepthook = sys.__excepthook__


OPENING = Opening(clock=lambda: NOW, by="HO")


@pytest.fixture
def opening() -> Opening:
    return OPENING


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, empty workspace; tests work on copies of it."""
    place = tmp_path_factory.mktemp("empty") / "workspace"
    new_workspace(place, OPENING)
    return place


@pytest.fixture
def folder(empty_workspace: Path, tmp_path: Path) -> Path:
    """A new, empty workspace of one's own."""
    return Path(shutil.copytree(empty_workspace, tmp_path / "workspace"))


@pytest.fixture(scope="session")
def filled_workspace(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Callable[[int, int], Path]:
    """Sample workspaces by their number of people and their seed, each made once; tests work on copies of them."""

    @cache
    def filled(people: int, seed: int) -> Path:
        place = Path(shutil.copytree(empty_workspace, tmp_path_factory.mktemp("filled") / "workspace"))
        with workspace.writing(place, OPENING) as store:
            fill(store, people=people, seed=seed, job=Job())
        return place

    return filled


@pytest.fixture
def filled(filled_workspace: Callable[[int, int], Path], tmp_path: Path) -> Callable[[int, int], Path]:
    """A sample workspace of one's own."""
    return lambda people, seed: Path(shutil.copytree(filled_workspace(people, seed), tmp_path / "filled"))


@pytest.fixture
def store(folder: Path, opening: Opening) -> Iterator[Store]:
    """The workspace, open to write."""
    with workspace.writing(folder, opening) as opened:
        yield opened


@dataclass
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command on a workspace of its own, as a user would."""
    from outreach.__main__ import run

    monkeypatch.setenv("OUTREACH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("OUTREACH_WORKSPACE", raising=False)

    def call(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return call


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def _quiet_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning that nobody expected fails the test."""
    yield
    stray = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not stray, [record.getMessage() for record in stray]


def contents(store: Store, *, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, for comparing a workspace with itself."""
    from outreach.store.models import TABLES

    names = [table._meta.table_name for table in TABLES]
    found = {name: store.rows(f"SELECT * FROM {name} ORDER BY id") for name in names if name not in without}
    return found | {"person_search": store.rows("SELECT rowid, words FROM person_search ORDER BY rowid")}


def shared(*parts: str) -> Path:
    """A file of the real samples; the test is skipped where they are not at hand."""
    path = Path(os.environ.get("OUTREACH_SAMPLES", "nowhere"), *parts)
    if not path.exists():
        pytest.skip("the samples are not at hand (OUTREACH_SAMPLES names their folder)")
    return path
