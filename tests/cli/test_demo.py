"""The demo: the whole job on a sample, with files that other programs read."""

import csv
import email
import email.policy
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QImage

from outreach.errors import KnownError
from outreach.photos import PLACES
from tests.conftest import ROOT, Ran

Cli = Callable[..., Ran]


def test_the_whole_job(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Where there is a display, and a demo already: no window all the same, and beside the last one.
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outreach-demo").mkdir()
    out = tmp_path / "outreach-demo-2"
    ran = cli("--json", "demo", "--no-window")
    assert ran.code == 0, ran.err
    said = ran.json
    assert said["folder"] == str(out)
    assert said["people"] >= 1200
    assert said["items"] >= 40
    assert said["gifts"] >= 300
    assert said["posts"] >= 180
    assert said["clubs"] >= 12
    pictures = {path.stem: QImage(str(path)) for path in (out / "screens").glob("*.png")}
    assert set(pictures) == set(PLACES)
    assert {(picture.width(), picture.height()) for picture in pictures.values()} == {(1440, 900)}
    letters = sorted((out / "letters").glob("*.eml"))
    assert len(letters) == said["letters"] == said["planned"]
    to = set()
    for path in letters:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        to.add(str(message["To"]))
        body = message.get_body(("plain",))
        assert body is not None
        text = body.get_content()
        assert said["title"] in text
        assert "nothing to do in return" in text
        assert "Finch & Marlow, 12 Quay Street" in text
    assert len(to) == len(letters)
    read = "\n".join(page.extract_text() for page in pypdf.PdfReader(out / "labels.pdf").pages)
    pages = unicodedata.normalize("NFKC", read).replace("\t", " ")  # a font may join letters
    with (out / "royal-mail.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == said["accepted"]
    for row in rows:
        assert row["Full name"] in pages
        assert row["Postcode"] in pages
    assert said["title"] in (out / "review.html").read_text(encoding="utf-8")
    for kind in ("pdf", "xlsx", "csv"):
        assert Path(said[f"review_{kind}"]) == out / f"review.{kind}"
        assert (out / f"review.{kind}").stat().st_size > 1000

    # What came is on top of the history, and the workspace is sound.
    workspace = said["workspace"]
    assert cli("--workspace", workspace, "check").code == 0
    info = cli("--workspace", workspace, "--json", "info").json
    assert info["counts"]["post"] == said["posts"] + said["new_posts"]
    assert info["counts"]["club"] == said["clubs"] + said["new_clubs"]


def test_a_folder_in_use_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    ran = cli("demo", "--out", out)
    assert ran.code == 2
    assert str(out) in ran.err
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]


def test_a_demo_that_fails_leaves_nothing(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk that is full in the middle of it."""

    def breaks(*_: object, **__: object) -> None:
        raise KnownError("workspace.disk_full", folder="here", file="here", why="")

    monkeypatch.setattr("outreach.cli.demo.gifts.plan_gifts", breaks)
    assert cli("demo", "--people", 100, "--out", tmp_path / "demo").code == 2
    assert not (tmp_path / "demo").exists()


def test_without_the_libraries_of_qt_all_but_the_labels_is_made(tmp_path: Path) -> None:
    """As on a bare Debian: importing Qt fails, in child processes too, and a sentence says which packages are missing."""
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "sitecustomize.py").write_text(
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'PySide6.QtGui':\n"
        "            raise ImportError('libEGL.so.1: cannot open shared object file: No such file or directory')\n"
        "sys.meta_path.insert(0, Missing())\n"
    )
    out = tmp_path / "demo"
    ran = subprocess.run(
        [sys.executable, "-m", "outreach", "demo", "--no-window", "--people", "100", "--out", out],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "bare"), str(ROOT)])},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "libegl1" in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr
    assert not (out / "labels.pdf").exists()
    assert not (out / "screens").exists() or not list((out / "screens").iterdir())
    assert (out / "review.html").exists()
