"""The match page: the job in eleven keys, dials, who is never shown."""

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.gifts.gifts import GiftState, list_gifts
from outreach.services.matching import Band, Dial, Factor
from outreach.services.matching.apart import beside_apart, suiting_apart
from outreach.services.pages.person import said_of
from outreach.services.people.people import NewPerson, add_person
from outreach.services.people.rosters import rosters
from outreach.store.models import AllocationLine, Gift, Person
from outreach.ui.dialogs.match_beside import ShelvesDialog
from outreach.ui.dialogs.overlay import Overlay
from tests.ui.test_flow import no_dialog

pytestmark = pytest.mark.begins("match")


def test_five_people_for_a_title_in_eleven_keys(opened: Session, qtbot, settle) -> None:
    """Ctrl K, s, a, l, t, Enter; up to four keys to adjust what is ticked, of which Ctrl Down finds the next who is not; Ctrl Enter."""
    keys = 0

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal keys
        keys += 1
        qtbot.keyClick(opened.window.focusWidget(), key, modifier)
        settle(opened)

    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    for letter in (Qt.Key.Key_S, Qt.Key.Key_A, Qt.Key.Key_L, Qt.Key.Key_T):
        press(letter)
    press(Qt.Key.Key_Return)
    page = opened.window.page
    assert opened.window.place == "match"
    assert all(page._fits[each].band is Band.STRONG and not page._fits[each].cautions for each in page._ticks)
    place = 0
    while len(page._chosen()) != 5 and keys < 10:
        wanted = len(page._chosen()) < 5
        if (page._shown_ids[place] in page._ticks) != wanted:
            press(Qt.Key.Key_X)
        elif wanted:
            press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
            place = page.table.currentIndex().row()
        else:
            place += 1
            press(Qt.Key.Key_Down)
    people, item = page._chosen(), page._item_id
    assert len(people) == 5
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert no_dialog(opened)
    assert keys <= 11
    planned = [row for row in list_gifts(opened.desk.store, item_id=item) if row.person_id in people]
    assert [row.state for row in planned] == [GiftState.CHOSEN] * 5
    ids = [row.id for row in planned]
    assert Gift.select().where(Gift.id.in_(ids) & Gift.campaign.is_null(False)).count() == 5


def test_a_dial_changes_who_comes_first(opened: Session, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    before = {person: fit.score for person, fit in page._fits.items()}
    page.title_pane.dials.turn(Factor.AUDIENCE, Dial.OFF)
    settle(opened)
    assert all("audience" not in fit.terms for fit in page._fits.values())
    assert {person: fit.score for person, fit in page._fits.items()} != before
    page.title_pane.dials.turn(Factor.AUDIENCE, Dial.SOME)
    settle(opened)
    assert {person: fit.score for person, fit in page._fits.items()} == before


def test_never_shown_says_how_many_and_then_who_and_why(opened: Session, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page, pane = opened.window.page, opened.window.page.title_pane
    excluded = page._match.never_shown
    assert excluded
    counted = sum(int(line.split()[0].replace(",", "")) for line in pane._never.text().splitlines())
    assert counted == len(excluded)
    pane._who.click()
    settle(opened)
    assert pane._never.text().splitlines()[0].startswith(excluded[0].name + ": ")


def test_a_fit_never_stands_without_what_it_rests_on(opened: Session, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    fit = page._fits[page.table.current_id()]
    said = page.fit_pane._rests.text()
    assert "book" in said or "taste" in said
    assert str(round(fit.score, 2)) not in page._speak(fit)


def test_copies_are_shared_out_and_what_is_decided_otherwise_is_remembered(opened: Session, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    copies = page.title_pane.copies_left()
    page._share.click()
    settle(opened)
    proposed = list(page._shared[0].given)
    assert 0 < len(proposed) <= copies
    assert set(page._chosen()) == set(proposed)
    missing = next(iter(page._shared[0].missed), None)
    if missing is not None:
        page.table.select_ids([missing], missing)
        settle(opened)
        assert "No copy this time" in page.fit_pane._mind.text()
    page._tick(proposed[0])
    page._add.click()
    settle(opened)
    lines = {line.person_id: line for line in AllocationLine.select()}
    assert lines[proposed[0]].overruled == "off"
    assert not lines[proposed[0]].is_given
    assert {person for person, line in lines.items() if line.is_given} == set(proposed[1:])
    opened.desk.write(lambda store: (None, store.undo()), "")
    settle(opened)
    assert not AllocationLine.select().count(), "gifts and round are one step"


def test_a_tier_leaves_out_and_ranks_nobody(opened: Session, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    before, tiers = list(page._shown_ids), page._tiers
    page.head._choose_tiers(frozenset({"nano", "off_social"}))
    assert list(page._shown_ids) == [each for each in before if tiers.get(each) in ("nano", "off_social")]
    assert 0 < len(page._shown_ids) < len(before)
    assert "Nano" in page.head._tier.accessibleName()
    assert {act.text() for act in page.head.tier_menu().actions() if act.isChecked()} == {"Nano", "Off social"}
    assert set(page._chosen()) <= set(page._shown_ids), "nobody is planned unseen"
    page.head._choose_tiers(frozenset())
    assert list(page._shown_ids) == before


def test_the_list_is_sorted_by_other_things_and_back(opened: Session, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    before = list(page._shown_ids)
    acts = {act.text(): act for act in page.head.sort_menu().actions()}
    assert [name for name, act in acts.items() if act.isChecked()] == ["Best match"]
    acts["Fewest gifts first"].trigger()
    had = [page._lines[each].arrived for each in page._shown_ids]
    assert had == sorted(had)
    assert set(page._shown_ids) == set(before)
    acts["Best known first"].trigger()
    read = [page._fits[each].record.read for each in page._shown_ids]
    assert read == sorted(read, reverse=True)
    acts["Best match"].trigger()
    assert list(page._shown_ids) == before


def test_the_list_is_saved_as_a_roster(opened: Session, qtbot, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    for each in list(page._shown_ids)[:3]:
        page._tick(each)
    chosen = page._chosen()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    (dialog,) = opened.window.findChildren(Overlay)
    assert dialog.form.values()["name"] == page.title_pane.campaign()
    dialog.form.set_values({"name": "Spring shortlist"})
    dialog.submit()
    settle(opened)
    (line,) = [each for each in rosters() if each.name == "Spring shortlist"]
    assert line.people == len(chosen)
    opened.desk.write(lambda store: (None, store.undo()), "")
    settle(opened)
    assert "Spring shortlist" not in [each.name for each in rosters()]


def test_who_stands_beside_the_list(opened: Session, qtbot, settle) -> None:
    """Unexpected fits and pairs, by one key; what is chosen becomes a planned gift."""
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_B)
    settle(opened)
    (dialog,) = opened.window.findChildren(ShelvesDialog)
    expected = beside_apart(opened.desk.store, page._item_id)
    assert len(dialog._found["unexpected"]) == len(expected.unexpected)
    pairs = dialog._found["together"]
    assert [each.people for each in pairs] == [each.people for each in expected.together]
    dialog.which.choose("together")
    assert dialog.list.accessibleName() == "Two together"
    assert all(name in dialog._speak(pairs[0]) for name in expected.together[0].names)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    settle(opened)
    (form,) = [each for each in opened.window.findChildren(Overlay) if each.isVisible()]
    form.submit()
    settle(opened)
    planned = {row.person_id for row in list_gifts(opened.desk.store, item_id=page._item_id)}
    assert set(pairs[0].people) <= planned


def test_what_suits_a_person_and_who_reads_alike(opened: Session, qtbot, settle) -> None:
    opened.window.go("match")
    settle(opened)
    person = opened.window.page.table.current_id()
    expected = suiting_apart(opened.desk.store, person)
    opened.window.page.table.setFocus()
    qtbot.keyClick(opened.window.page.table, Qt.Key.Key_M)
    settle(opened)
    (dialog,) = opened.window.findChildren(ShelvesDialog)
    assert [each.item_id for each in dialog._found["titles"]] == [each.item_id for each in expected.match.fits]
    alike = dialog._found["alike"]
    assert [each.people[0] for each in alike] == [each.person_id for each in expected.alike]
    assert alike
    dialog.which.choose("alike")
    dialog.go.click()
    settle(opened)
    assert opened.window.place == "people"
    assert opened.window.page.profile.person_id == alike[0].people[0]


def test_of_whom_nothing_is_known_nothing_suits(opened: Session, qtbot, settle) -> None:
    opened.desk.write(lambda store: add_person(store, NewPerson("Nell Harrow")), "")
    settle(opened)
    person = Person.get(Person.name == "Nell Harrow").id
    opened.desk.ask("suiting", person)
    settle(opened)
    (dialog,) = opened.window.findChildren(ShelvesDialog)
    assert not dialog.go.isEnabled()
    assert "Nothing is known yet" in dialog._empty.text()
    dialog.which.choose("alike")
    assert "Nobody is known" in dialog._empty.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(opened)
    assert no_dialog(opened)


def test_why_someone_fits_is_read_beside_the_window(opened: Session, qtbot, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    shown = page.fit_pane._fit.person_id
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.fit_pane._fit.person_id == shown, "nothing is read on the window's own thread"
    settle(opened)
    assert page.fit_pane._fit.person_id == page.table.current_id() != shown
    said = said_of(opened.desk.store, page.table.current_id())
    assert said is not None
    assert all(f"Avoids {each}" in page.fit_pane._mind.text() for each in said.avoided)
    assert said_of(opened.desk.store, 10**9) is None
