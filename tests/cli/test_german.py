"""Commands, their troubles and their reports speak German to whoever chose it."""

from pathlib import Path

import pytest

from outreach.__main__ import run
from outreach.services.people.people import NewPerson, add_person
from outreach.settings import Settings, save
from outreach.store import workspace
from outreach.store.workspace import Opening


def test_a_command_a_trouble_and_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OUTREACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.delenv("OUTREACH_WORKSPACE", raising=False)
    (tmp_path / "home").mkdir()
    save(tmp_path / "home", Settings(language="de"))
    place = ["--workspace", str(tmp_path / "w")]
    assert run(["new", *place]) == 0
    assert capsys.readouterr().out.startswith("Arbeitsbereich in ")
    with workspace.writing(tmp_path / "w", Opening()) as store:
        add_person(store, NewPerson("Toni Weber", ("toni@example.org",)))
    assert run(["people", "list", *place]) == 0
    said = capsys.readouterr().out
    assert said.split()[:4] == ["Name", "Tätigkeit", "E-Mail", "Konto"]
    assert said.rstrip().endswith("1 Person")
    assert run(["people", "show", "Maja", *place]) == 2
    assert "Person „Maja“ gibt es nicht." in capsys.readouterr().err
    assert run(["people", "show", *place]) == 2
    assert "Es fehlt das Argument 'REF'" in capsys.readouterr().err
    assert run(["letters", "templates", *place]) == 0
    assert "Erste Anfrage" in capsys.readouterr().out
    report = tmp_path / "auswertung.html"
    assert run(["review", str(report), *place]) == 0
    page = report.read_text(encoding="utf-8")
    assert '<html lang="de"' in page
    assert "Noch kam kein Geschenk an" in page
