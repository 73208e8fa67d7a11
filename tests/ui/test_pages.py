"""Every page, in both themes and sizes: drawn without noise, nothing clipped, everything named, never blank."""

import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from outreach.app import Session
from outreach.photos import PLACES
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import EmptyState
from outreach.ui.widgets.today import WaitingRow
from outreach.wording.pseudo import LONGER, MIRRORED
from tests.ui.conftest import OpenWindow
from tests.ui.looks import colors_in, pixels

SIZES = ((1440, 900), (1280, 800))


def shown(parent: QWidget, kind: type) -> list:
    return [each for each in parent.findChildren(kind) if each.isVisible()]


def find_cut(window: QWidget, place: str) -> list[tuple[str, str, str]]:
    """What is wider than its room on a page: its kind and its words."""
    cut = []
    for button in shown(window, Button):
        right = button.mapTo(window, button.rect().topRight()).x()
        if button.width() < button.sizeHint().width() or not 0 < right <= window.width():
            cut.append((place, "button", button.text()))
    for label in shown(window, Label):
        wide = 0 if label.wordWrap() else label.fontMetrics().horizontalAdvance(label.text())
        if wide > label.width() + 1:
            cut.append((place, "label", label.text()))
    areas = [each for each in shown(window, QScrollArea) if each.widget() is not None]
    too_wide = [each for each in areas if each.widget().minimumSizeHint().width() > each.viewport().width()]
    return cut + [(place, "pane", str(each.widget().findChildren(QWidget)[:3])) for each in too_wide]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_page_is_drawn_whole(opened: Session, settle, size: tuple[int, int], dark: bool) -> None:
    window = opened.window
    opened.desk.theme.use(dark=dark)
    window.resize(*size)
    cut = []
    for place in PLACES:
        window.go(place)
        settle(opened)
        picture = window.grab().toImage()
        assert (picture.width(), picture.height()) == size
        assert len(colors_in(picture, 7)) > 12, place
        cut += find_cut(window, place)
    assert cut == []


@pytest.mark.parametrize("language", ["", LONGER, MIRRORED, "de"], ids=["english", "longer", "mirrored", "german"])
@pytest.mark.parametrize("text_size", ["90", "130"])
def test_nothing_is_cut_in_a_small_window(
    open_window: OpenWindow, sample: Path, theme: Theme, settle, text_size: str, language: str
) -> None:
    theme.look("light", text_size)
    opened = open_window(sample, language)
    opened.window.resize(1024, 680)
    cut = []
    for place in PLACES:
        opened.window.go(place)
        settle(opened)
        assert (opened.window.width(), opened.window.height()) == (1024, 680)
        cut += find_cut(opened.window, place)
    assert cut == []


def test_every_word_of_ours_is_translated(open_window: OpenWindow, sample: Path, settle) -> None:
    opened = open_window(sample, LONGER)
    plain = []
    for place in PLACES:
        opened.window.go(place)
        settle(opened)
        said = [each.text() for each in shown(opened.window, QAbstractButton)]
        said += [each.placeholderText() for each in shown(opened.window, QLineEdit)]
        said += [each.toolTip() for each in shown(opened.window, QWidget)]
        said += [each.text() for each in opened.window.page.actions()]
        plain += [(place, text) for text in said if re.search("[aeiou]", text) and not re.search("[áéîöüÁÉÎÖ]", text)]
    assert not plain, plain


def test_a_mirrored_page_is_a_mirror(open_window: OpenWindow, sample: Path, settle) -> None:
    opened = open_window(sample, MIRRORED)
    window = opened.window
    assert window.rail.x() > window.width() / 2
    window.go("people")
    settle(opened)
    page = window.page
    assert page.profile.mapTo(window, page.profile.rect().center()).x() < window.width() / 2
    picture, ribbon = window.grab().toImage(), opened.desk.theme.color("ribbon")
    rail = window.rail
    assert any(picture.pixelColor(rail.x() + rail.width() - 2, y) == ribbon for y in range(rail.height()))


def test_a_day_without_dates_says_so(bare: Session, settle) -> None:
    bare.window.go("today")
    settle(bare)
    said = [each.text() for each in shown(bare.window.page, Paragraph)]
    assert any(text.startswith("No dates yet.") for text in said)


def test_what_waits_is_told_in_a_mirrored_window_too(open_window: OpenWindow, sample: Path, settle) -> None:
    opened = open_window(sample, MIRRORED)
    opened.window.go("today")
    settle(opened)
    row = opened.window.page.findChildren(WaitingRow)[0]
    picture, ink = row.grab().toImage(), opened.desk.theme.color("ink")
    words = np.nonzero(pixels(picture) == ink.rgb())[1]
    assert max(words) > row.width() - 80, "they begin at the right, beside the sign"
    assert max(words) - min(words) > 60, "and are not cut short for a button on the other side"


def test_a_link_beside_the_cover_has_room_at_any_text_size(opened: Session, settle) -> None:
    opened.window.go("match")
    settle(opened)
    link = opened.window.page.title_pane._change
    for size in ("130", "90"):
        opened.desk.theme.look("light", size)
        assert link.width() >= link.sizeHint().width()


def test_the_rail_is_narrow_in_a_narrow_window(opened: Session, settle) -> None:
    window = opened.window
    assert window.rail.width() == 200
    window.resize(1280, 800)
    settle(opened)
    assert window.rail.width() == 56
    assert window.rail.finder.geometry().right() < 56
    assert window.rail.settings.geometry().bottom() < window.rail.height() - 42, "above who works here"


def test_everything_has_a_name_for_those_who_listen(opened: Session, settle) -> None:
    for place in PLACES:
        opened.window.go(place)
        settle(opened)
        for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView):
            for each in shown(opened.window, kind):
                if each.objectName().startswith("qt_") or each.metaObject().className().startswith("QComboBoxPrivate"):
                    continue
                spoken = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
                assert spoken, (place, each.metaObject().className(), each.parent())


def test_an_empty_page_tells_how_it_begins(bare: Session, settle) -> None:
    for place in [place for place in PLACES if place not in ("today", "review")]:
        bare.window.go(place)
        settle(bare)
        (empty,) = shown(bare.window.page, EmptyState)
        assert empty.heading.text(), place
        assert shown(empty, QAbstractButton), f"{place} offers the first step"


def test_the_review_and_today_of_nothing_are_calm(bare: Session, settle) -> None:
    for place, words in (("today", "Nothing waits"), ("review", "No gift has arrived yet")):
        bare.window.go(place)
        settle(bare)
        texts = [label.text() for label in shown(bare.window.page, QLabel)]
        assert any(text.startswith(words) for text in texts), place


def test_an_empty_workspace_begins_with_the_first_page(bare: Session) -> None:
    assert bare.window.place == "welcome"


def test_f6_goes_round_the_panes_and_tab_reaches_what_is_there(opened: Session, settle, qtbot) -> None:
    window = opened.window
    window.go("people")
    settle(opened)
    reached = []
    for _ in range(6):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focused = window.focusWidget()
        reached.append(
            next(
                name
                for name, pane in (("rail", window.rail), ("page", window.page), ("status", window.status))
                if pane is focused or pane.isAncestorOf(focused)
            )
        )
    assert {"rail", "page"} <= set(reached)


def test_a_page_that_is_not_seen_reads_when_it_is(opened: Session, settle, open_window: OpenWindow) -> None:
    from outreach.services.people.people import NewPerson, add_person

    window = opened.window
    window.go("people")
    settle(opened)
    before = window.page.model.rowCount()
    window.go("today")
    opened.desk.write(lambda store: add_person(store, NewPerson("Ada Newcomer")))
    settle(opened)
    people = window._pages["people"]
    assert people.model.rowCount() == before
    window.go("people")
    settle(opened)
    assert people.model.rowCount() == before + 1
