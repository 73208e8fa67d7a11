"""The match page: the job in eleven keys, dials, who is never shown."""

from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.gifts import GiftState, list_gifts
from outreach.services.matching import Band, Dial, Factor
from outreach.store.models import AllocationLine, Gift
from tests.ui.test_flow import no_dialog


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
