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


def test_headings_are_translated_once_and_her_page_has_german_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day is a “Tag”, which is English for something else; nobody is handed a page with the names of columns."""
    monkeypatch.setenv("OUTREACH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("OUTREACH_WORKSPACE", raising=False)
    (tmp_path / "home").mkdir()
    save(tmp_path / "home", Settings(language="de"))
    place = ["--workspace", str(tmp_path / "w")]
    assert run(["new", *place]) == 0
    (tmp_path / "leute.csv").write_text(
        "Name,E-Mail,City,Likes\nToni Weber,toni@example.org,Dresden,Crime\n", encoding="utf-8"
    )
    assert run(["import", "people", str(tmp_path / "leute.csv"), *place]) == 0
    assert "gelesen als Tabelle" in capsys.readouterr().out
    assert run(["imports", "list", *place]) == 0
    assert capsys.readouterr().out.split()[:8] == [
        "Nummer",
        "Was",
        "Datei",
        "Als",
        "Zeilen",
        "Neu",
        "Aktualisiert",
        "Ausgelassen",
    ]
    assert run(["letters", "templates", *place]) == 0
    assert "Erste Anfrage" in capsys.readouterr().out
    assert run(["people", "export", "p1", str(tmp_path / "toni.html"), *place]) == 0
    page = (tmp_path / "toni.html").read_text(encoding="utf-8")
    for english in ("created at", "postcode", ">name<", ">city<", ">kind<"):
        assert english not in page
    assert "angelegt um" in page
