"""The wizard: columns with how each is read, doubts, doubles, known values, sheets that are remembered; all by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from outreach.app import Session
from outreach.services.importing.handed import Handed
from outreach.services.importing.run import ImportKind
from outreach.services.people.people import NewPerson, add_person, show_person
from outreach.store import workspace
from outreach.store.models import Consent, Gift, Outcome, Person
from outreach.ui.dialogs.import_columns import ColumnRow
from outreach.ui.dialogs.importing import ImportDialog
from outreach.ui.widgets.fields import Choice
from outreach.wording import Words
from outreach.wording.terms import TERMS
from tests.ui.conftest import OPENING
from tests.ui.test_flow import dialog_of, press

SHEET = (
    "Name,Handle,Thing,Sent,Posted?,GDPR\n"
    "Maya Reyes,https://www.tiktok.com/@mayareads,poetry,12/8/26 Glass Heron HB,y 2/9,ok 3/24\n"
    "Rosa Lund,@rosa,romance,,2 of 3,ok\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "influencers FINAL v7.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def opened_on(session: Session, settle, path: Path, kind: ImportKind = ImportKind.PEOPLE) -> ImportDialog:
    session.desk.ask("import", Handed(path, kind))
    settle(session)
    return dialog_of(session, ImportDialog)


def row(dialog: ImportDialog, header: str) -> ColumnRow:
    return next(each for each in dialog._columns.rows if each.column.header == header)


def choose(dialog: ImportDialog, header: str, target: str) -> None:
    choice = row(dialog, header).choice
    choice.setCurrentIndex(next(at for at in range(choice.count()) if choice.itemData(at) == target))
    choice.activated.emit(choice.currentIndex())


def test_columns_are_guessed_and_doubts_stand_out(bare: Session, qtbot, settle, sheet: Path) -> None:
    dialog = opened_on(bare, settle, sheet)
    shown = {
        each.column.header: (each.choice.currentText(), each._reads(), each.column.is_doubtful)
        for each in dialog._columns.rows
    }
    assert shown["Name"] == ("Person, name", "Maya Reyes", False)
    assert shown["Handle"] == ("Handle", "TikTok @mayareads", False)
    assert shown["Sent"] == ("Gift, in one cell", "Glass Heron, hardback, 12 Aug", False)
    assert shown["Posted?"] == ("Posted, or 2 of 3", "Posted, 2 Sept", False)
    assert shown["Thing"] == ("Choose a field", "Nobody knows this heading", True)
    assert shown["GDPR"] == ("Choose a field", "Looks like consent. Keep it?", True)
    assert dialog._doubt.text() == "2 columns have no field yet"
    assert bare.window.focusWidget() is row(dialog, "Thing").choice, "one begins with the first doubt"
    choose(dialog, "Thing", "likes")
    settle(bare)
    assert row(dialog, "Thing")._reads() == "Poetry"
    dialog._doubt.leave_out.click()
    settle(bare)
    assert not dialog._doubt.isVisible()
    press(qtbot, bare, Qt.Key.Key_Return)
    assert dialog._steps.accessibleName().startswith("File, Columns, Check")
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    assert Person.select().count() == 2
    maya = Person.get(Person.name == "Maya Reyes").id
    assert [taste.subject for taste in show_person(bare.desk.store, maya).tastes] == ["Poetry"]
    assert Gift.select().count() == 3, "the title of Maya's is none of the catalogue"
    assert Outcome.select().count() == 2


def test_how_a_column_is_read_has_room_with_large_text(bare: Session, theme, settle, sheet: Path) -> None:
    dialog = opened_on(bare, settle, sheet)
    consent = row(dialog, "GDPR")
    for size, width in (("100", 1440), ("130", 1180)):
        theme.look("light", size)
        bare.window.resize(width, 800)
        settle(bare)
        assert consent.width() - consent.choice.geometry().right() >= theme.px(140)
    theme.look("light", "100")


def test_consent_is_asked_for_and_kept_unless_it_is_left_out(bare: Session, qtbot, settle, sheet: Path) -> None:
    dialog = opened_on(bare, settle, sheet)
    choose(dialog, "GDPR", "consent")
    settle(bare)
    assert row(dialog, "GDPR")._reads() == "Kept as evidence of consent; no ground read from it"
    dialog._go_on()
    dialog._go_on()
    settle(bare)
    assert [each.evidence for each in Consent.select()] == ["GDPR: ok 3/24", "GDPR: ok"]


def test_a_sheet_is_remembered_and_forgotten(bare: Session, qtbot, settle, sheet: Path) -> None:
    dialog = opened_on(bare, settle, sheet)
    choose(dialog, "Thing", "likes")
    settle(bare)
    assert dialog._side.remember.isChecked()
    dialog._go_on()
    dialog._go_on()
    settle(bare)
    again = opened_on(bare, settle, sheet)
    assert row(again, "Thing").choice.currentText() == "Tastes"
    assert again._side._before.isVisible()
    again._side.remember.setChecked(False)
    again._go_on()
    again._import()
    settle(bare)
    assert {taste.subject for taste in show_person(bare.desk.store, 1).tastes} == {"Poetry"}
    third = opened_on(bare, settle, sheet)
    assert row(third, "Thing").choice.currentText() == "Choose a field"
    third.close_overlay()


def test_a_double_is_told_apart_and_known_values_are_kept(folder: Path, open_window, settle, sheet: Path) -> None:
    with workspace.writing(folder, OPENING) as store:
        add_person(store, NewPerson("Rosa Lund", tags=["friend"]))
        add_person(store, NewPerson("Maya R.", profiles=["https://www.tiktok.com/@mayareads"]))
    session = open_window(folder)
    dialog = opened_on(session, settle, sheet)
    dialog._go_on()
    doubles = dialog._check.findChildren(Choice)
    assert [each.accessibleName() for each in doubles] == ["Row 3: Rosa Lund may be p1 Rosa Lund"]
    doubles[0].setCurrentIndex(1)
    doubles[0].activated.emit(1)
    settle(session)
    assert dialog._result is not None
    assert (dialog._result.added, dialog._result.updated) == (0, 2)
    dialog._set_policy("name", "keep")
    settle(session)
    dialog._go_on()
    settle(session)
    assert {each.name for each in Person.select()} == {"Rosa Lund", "Maya R."}


def test_a_list_of_gifts_makes_what_is_not_there_when_asked(bare: Session, settle, tmp_path: Path) -> None:
    path = tmp_path / "gifts.csv"
    path.write_text("Name,Title,Status\nMaya Reyes,The Salt Orchard,sent\n", encoding="utf-8")
    dialog = opened_on(bare, settle, path)
    dialog._be_of("gifts")
    settle(bare)
    assert dialog._side.make.isVisible()
    assert not dialog._go.isEnabled() or dialog._result.skipped == 1
    dialog._side.make.click()
    settle(bare)
    dialog._go_on()
    dialog._go_on()
    settle(bare)
    assert Gift.get().item.title == "The Salt Orchard"


def test_cards_have_no_columns_to_ask_about(bare: Session, settle, tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Maya Reyes\nEMAIL:maya@example.org\nEND:VCARD\n", encoding="utf-8")
    dialog = opened_on(bare, settle, path)
    assert dialog._go.text() == "Import 1 row"
    assert not dialog._side.remember.isVisible()
    dialog.enter()
    settle(bare)
    assert [each.name for each in Person.select()] == ["Maya Reyes"]


def test_what_nobody_understands_can_still_be_said(bare: Session, settle, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Who,Where\nMaya Reyes,Leeds\n", encoding="utf-8")
    dialog = opened_on(bare, settle, path)
    assert "no column for a name" in dialog._trouble.text()
    assert not dialog._go.isEnabled()
    choose(dialog, "Who", "name")
    settle(bare)
    assert dialog._trouble.text() == ""
    assert dialog._go.text() == "Check 1 row"
    dialog.close_overlay()


def test_every_field_has_a_name() -> None:
    from outreach.services.importing.layouts import targets_of
    from outreach.ui.dialogs.import_columns import field_name

    for kind in ImportKind:
        for target in (*targets_of(kind.value), "ignore"):
            name = field_name(Words("en_GB"), target)
            assert (name != target and name in {*TERMS["import_field"].values()}) or name.startswith("Account, "), (
                target
            )


def test_tab_walks_through_the_columns(bare: Session, qtbot, settle, sheet: Path) -> None:
    dialog = opened_on(bare, settle, sheet)
    dialog._columns.rows[0].choice.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(4):
        seen.append(bare.window.focusWidget())
        qtbot.keyClick(bare.window.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [each.choice for each in dialog._columns.rows[:4]]
    dialog.close_overlay()
