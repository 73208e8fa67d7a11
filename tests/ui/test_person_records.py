"""All that is kept about a person, by keys and clicks: parts, lists, twins, many at once, and letting go."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from outreach.app import Session
from outreach.services.pages.person import person_page
from outreach.services.people.addresses import places_of
from outreach.services.people.consent import consent_of
from outreach.services.people.duplicates import Pair
from outreach.services.people.people import NewPerson, add_person, show_person
from outreach.services.people.record import record_of
from outreach.store.models import NotSame, Person, PersonTag, Roster, RosterMember
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.merging import MergeDialog
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.records import RecordsDialog
from tests.ui.test_flow import dialog_of, no_dialog

pytestmark = pytest.mark.begins("people")

Settle = Callable[[Session], None]


def people_page(opened: Session, settle: Settle, person: int = 0):
    opened.window.go("people")
    settle(opened)
    page = opened.window.page
    if person:
        page.show_row(person)
        settle(opened)
    page.table.setFocus()
    return page


def maya_of(opened: Session) -> int:
    return int(Person.get(Person.name == "Maya Okonjo-Reyes").id)


def test_a_profile_says_in_two_sentences_and_a_note_what_matters(opened: Session, settle) -> None:
    maya = maya_of(opened)
    page = people_page(opened, settle, maya)
    line, profile = person_page(opened.desk.store, maya).line, page.profile
    told, rate = profile._sentence.text(), f"{line.posted} of {line.arrived} gifts"
    assert told.startswith(f"Posted about {rate}")
    assert (rate, "strong", "ink") in profile._sentence._runs
    assert told.endswith(show_person(opened.desk.store, maya).values["notes"])
    assert "Creator, Club host." in profile._known.text()
    assert "Knows:" not in profile._known.text()
    assert "·" not in profile._known.text()
    assert profile._head.toolTip() == "It is 12:00 where they are."


def test_every_part_of_a_person_is_reached_by_keys_and_saved_on_leaving(opened: Session, qtbot, settle) -> None:
    maya = maya_of(opened)
    page = people_page(opened, settle, maya)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = dialog_of(opened, EditDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    dialog._forms[1].set_values({**dialog._forms[1].values(), "pronouns": "she"})
    dialog._forms[1]._before["pronouns"] = ""
    for number, typed in ((1, {"time_zone": "asia/tokyo", "also": "teacher, podcaster"}),
                          (2, {"introduced_by": "Gwen Abara", "tags": "sea, night", "mood": "calm"}),
                          (3, {"away_until": "in 3 weeks", "is_adult": "no", "guardian": "Ada"})):  # fmt: skip
        dialog.show_part(number)
        form = dialog._forms[number]
        before = form.values()
        form.set_values({**before, **typed})
        form._before = before
        form.leave()
        settle(opened)
    assert not dialog.trouble.text()
    dialog._leave()
    settle(opened)
    detail, record = show_person(opened.desk.store, maya), record_of(opened.desk.store, maya)
    assert (detail.values["time_zone"], detail.values["is_adult"], detail.tags) == ("Asia/Tokyo", 0, ("night", "sea"))
    assert record.roles == ("creator", "teacher", "podcaster")
    assert (record.introduced_by or (0, ""))[1] == "Gwen Abara"
    assert record.is_away
    told = page.profile._sentence.text()
    assert "Away until 15 Dec 2026." in told
    assert "Not of age; their guardian is Ada." in told
    opened.desk.runner.undo()
    settle(opened)
    assert show_person(opened.desk.store, maya).values["guardian"] == ""


def test_what_cannot_be_is_said_beside_the_fields(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle, maya_of(opened))
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = dialog_of(opened, EditDialog)
    dialog.show_part(1)
    form = dialog._forms[1]
    form.set_values({**form.values(), "time_zone": "Atlantis"})
    form._before["time_zone"] = ""
    form.leave()
    settle(opened)
    assert "no time zone" in dialog.trouble.text()


def test_addresses_of_which_one_is_used(opened: Session, qtbot, settle) -> None:
    maya = maya_of(opened)
    people_page(opened, settle, maya)
    opened.desk.ask("addresses", maya)
    dialog = dialog_of(opened, RecordsDialog)
    before = len(places_of(maya))
    dialog.form.set_values({"line1": "1 New Row", "city": "Hull", "country": "GB", "confirmed": "yes"})
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(opened)
    now = places_of(maya)
    assert (len(now), now[0].parts["line1"], now[0].confirmed_on) == (before + 1, "1 New Row", "2026-11-24")
    assert now[1].until == "2026-11-24"
    buttons = [each for each in dialog.findChildren(QPushButton) if each.text() == "Use this"]
    buttons[0].click()
    settle(opened)
    assert places_of(maya)[0].parts["line1"] == "14 Tannery Row"
    dialog.form.set_values({"line1": ""})
    dialog.submit()
    assert any(note.text() for note in dialog.form._notes.values())
    dialog.close_overlay()


def test_accounts_audience_and_documents(opened: Session, settle, tmp_path: Path) -> None:
    maya = maya_of(opened)
    people_page(opened, settle, maya)
    kit = tmp_path / "kit.pdf"
    kit.write_bytes(b"%PDF kit")
    opened.desk.files.chosen = kit
    for name, values in (
        ("reach", {"profile": "tiktok:mayareadsbynight", "followers": "21k"}),
        ("reach", {"email": "second@maya.example"}),
        ("make_up", {"field": "age", "value": "18 to 24", "share": "30"}),
        ("documents", {"kind": "agreement"}),
    ):
        opened.desk.ask(name, maya)
        dialog = dialog_of(opened, RecordsDialog)
        dialog.form.set_values(values)
        dialog.submit()
        settle(opened)
        assert not dialog.trouble.text(), dialog.trouble.text()
        dialog.close_overlay()
        settle(opened)
    record = record_of(opened.desk.store, maya)
    assert record.accounts[0].readings[0].followers == 21000
    assert next(share.value for share in record.audience if share.field == "age") == "18 to 24"
    assert (record.documents[0].name, record.documents[0].kind) == ("kit.pdf", "agreement")
    opened.desk.ask("documents", maya)
    dialog = dialog_of(opened, RecordsDialog)
    next(each for each in dialog.findChildren(QPushButton) if each.text() == "Open").click()
    assert opened.desk.files.shown == [record.documents[0].path]
    dialog.close_overlay()
    opened.desk.ask("make_up", maya)
    dialog = dialog_of(opened, RecordsDialog)
    dialog.form.set_values({"field": "religion", "value": "some"})
    dialog.submit()
    settle(opened)
    assert "own words" in dialog.trouble.text()
    dialog.close_overlay()


def test_a_call_and_the_ground_we_write_on(opened: Session, qtbot, settle) -> None:
    maya = maya_of(opened)
    page = people_page(opened, settle, maya)
    qtbot.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    dialog = dialog_of(opened, FormDialog)
    qtbot.keyClicks(opened.window.focusWidget(), "wants the map signed")
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    dialog.submit() if dialog.isVisible() else None
    settle(opened)
    assert record_of(opened.desk.store, maya).notes[0].text == "wants the map signed"
    assert "wants the map signed" in page.profile._timeline.accessibleName()
    opened.desk.ask("consent", maya)
    form = dialog_of(opened, EditDialog)
    before = form.form.values()
    form.form.set_values({**before, "found_on": "2026-11-01", "basis": "legitimate_interest"})
    form.form._before = before
    form._leave()
    settle(opened)
    assert consent_of(opened.desk.store, maya).notice_due_on == "2026-12-01"


def test_the_timeline_is_folded_by_month_and_opens_by_keys(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle, maya_of(opened))
    line = page.profile._timeline
    assert len(line._rows()) == len(line._entries) + 1 == 6
    assert "Earlier, " in line.accessibleName()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    rows = len(line._rows())
    assert rows == len(line._entries) + len(line._months)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert len(line._rows()) == rows + len(line._months[1].entries)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(40, 5 * 30 + 10))
    assert line._open == {0, 1}
    assert line._months[0].entries[0][2] in line.accessibleName()


def test_twins_are_merged_side_by_side_or_told_apart(opened: Session, qtbot, settle) -> None:
    def twins(store):
        return [
            add_person(store, NewPerson("Ada Twin", ["ada@twin.example"], values={"notes": "tea"})),
            add_person(store, NewPerson("Ada Twin", profiles=["tiktok:adatwin"], values={"notes": "maps"})),
            add_person(store, NewPerson("Ada  Twin", profiles=["instagram:adatwin"])),
        ][-1]

    opened.desk.write(twins)
    settle(opened)
    page = people_page(opened, settle)
    page._doubles.look()
    settle(opened)
    assert page._doubles.isVisible()
    assert "3 pairs may be the same person" in page._doubles.banner._label.text()
    page._doubles.banner.button.click()
    settle(opened)
    dialog = dialog_of(opened, MergeDialog)
    first: Pair = dialog._pairs[0]
    next(each for each in dialog._buttons if each.text() == "Not the same").click()
    settle(opened)
    assert NotSame.select().count() == 1
    dialog = dialog_of(opened, MergeDialog)
    second: Pair = dialog._pairs[1]
    assert second != first
    dialog.choose("notes", 2)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(opened)
    assert not Person.select().where(Person.id == second.second_id).exists()
    for each in opened.window.findChildren(MergeDialog):
        if each.isVisible():
            each.close_overlay()
    opened.desk.runner.undo()
    settle(opened)
    assert Person.select().where(Person.id == second.second_id).exists()


def test_many_are_changed_at_once(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    chosen = [page.model.row(place).id for place in range(3)]
    page.table.select_ids(chosen, chosen[0])
    qtbot.keyClick(page.table, Qt.Key.Key_C)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"add": "sea", "on": "Autumn", "owner": "PM"})
    dialog.submit()
    settle(opened)
    assert PersonTag.select().where((PersonTag.key == "sea") & PersonTag.person.in_(chosen)).count() == 3
    autumn = Roster.get(Roster.name == "Autumn")
    assert RosterMember.select().where(RosterMember.roster == autumn.id).count() == 3
    page.bar.set_query("roster:autumn owner:pm")
    settle(opened)
    assert {page.model.row(place).id for place in range(page.model.rowCount())} == set(chosen)
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    settle(opened)
    assert page.model.rowCount() == 0
    page.bar.set_query("archived")
    settle(opened)
    assert page.model.rowCount() == 3
    opened.desk.runner.undo()
    settle(opened)
    assert page.model.rowCount() == 0


def test_whom_to_let_go_is_only_proposed(opened: Session, settle) -> None:
    page = people_page(opened, settle)
    before = Person.select().count()
    opened.desk.ask("let_go")
    settle(opened)
    assert dialog_of(opened, Dialog).isVisible()
    dialog_of(opened, Dialog).close_overlay()
    opened.desk.show_filtered("people", "idle:24")
    settle(opened)
    assert page.bar.query == "idle:24"
    assert Person.select().count() == before


def test_all_about_somebody_is_written_and_the_menu_does_it_all(opened: Session, qtbot, settle, tmp_path: Path) -> None:
    maya = maya_of(opened)
    page = people_page(opened, settle, maya)
    said = [action.text() for action in page.profile.menu().actions()]
    for words in (
        "Consent and source",
        "Documents",
        "Merge with somebody",
        "Put into the archive",
        "Export all about them",
    ):
        assert words in said
    page.profile.export()
    settle(opened)
    assert "Maya Okonjo-Reyes" in (tmp_path / f"p{maya}.html").read_text()
    page.profile.archive()
    settle(opened)
    assert page.model.place_of(maya) == -1
    assert no_dialog(opened)
