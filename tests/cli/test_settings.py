"""Settings, backups and the check by command: everything that the window's settings do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from outreach.changes import Op
from outreach.store import workspace
from outreach.store.models import Person
from outreach.store.workspace import Opening
from tests.conftest import Ran

Cli = Callable[..., Ran]


@pytest.fixture
def place(begun: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = begun(("people", "add", "Ada Reader", "--email", "ada@example.org"))
    monkeypatch.setenv("OUTREACH_WORKSPACE", str(folder))
    return folder


def test_everything_that_can_be_set_is_listed_and_set(cli: Cli, place: Path) -> None:
    listed = cli("settings", "--json").json
    assert listed["theme"] == ""
    assert listed["rule.confirm_months"] == "6"
    assert listed["rule.micro"] == "10000"
    for name, value in (("theme", "dark"), ("text_size", "115"), ("density", "compact"), ("motion", "off"),
                        ("contrast", "high"), ("rule.confirm_months", "12"), ("rule.micro", "5,000")):  # fmt: skip
        assert cli("settings", name, value).code == 0, name
    listed = cli("settings", "--json").json
    assert (listed["density"], listed["motion"], listed["rule.micro"]) == ("compact", "off", "5000")
    assert cli("settings", "rule.micro", "").code == 0
    assert cli("settings", "rule.micro", "--json").json == {"rule.micro": "10000"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("theme", "sepia", "“sepia” is no choice for theme. It can be: light, dark."),
        ("text_size", "200", "It can be: 90, 100, 115, 130."),
        ("rule.confirm_months", "soon", "Write a number from 1 to 120."),
        ("rule.micro", "700000", "would cross"),
        ("rule.nothing", "1", "There is no setting called “rule.nothing”"),
        ("no such", "1", "There is no setting called"),
    ],
)
def test_what_cannot_be_set_is_one_sentence(cli: Cli, place: Path, name: str, value: str, said: str) -> None:
    before = cli("settings", "--json").json
    ran = cli("settings", name, value)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert cli("settings", "--json").json == before


def test_backups_are_made_listed_and_put_back(cli: Cli, place: Path) -> None:
    made = cli("backup", "--json").json["backup"]
    assert cli("people", "add", "Bo Seller").code == 0
    copies = cli("info", "--json").json["copies"]
    assert copies[0]["file"] == made
    assert copies[0]["bytes"] == Path(made).stat().st_size
    assert f"Last backup: {made}" in cli("info").out
    restored = cli("restore", made, "--json").json
    assert cli("info", "--json").json["counts"]["person"] == 1
    assert cli("restore", restored["kept"]).code == 0
    assert cli("info", "--json").json["counts"]["person"] == 2


def test_findings_are_sentences_with_the_right_number(cli: Cli, place: Path) -> None:
    ran = cli("check")
    assert (ran.code, ran.out) == (0, "Nothing is wrong.\n")
    with workspace.writing(place, Opening()) as store, store.operation(Op.EDIT_PERSON):
        Person.update(name=" ").execute()
    ran = cli("check")
    assert (ran.code, ran.out) == (1, "1 person has no name: p1.\n")
    cli("people", "add", "Bo Seller")
    with workspace.writing(place, Opening()) as store, store.operation(Op.EDIT_PERSON):
        Person.update(name=" ").execute()
    assert cli("check").out == "2 people have no name, such as p1.\n"


def test_a_synced_folder_is_told_of(cli: Cli, tmp_path: Path) -> None:
    ran = cli("new", tmp_path / "Dropbox" / "spring")
    assert ran.code == 0
    assert "copied to other computers by Dropbox" in ran.out
    assert "copied to other computers by Dropbox" in cli("info").out
    assert "copied to other computers" not in cli("new", tmp_path / "spring").out
