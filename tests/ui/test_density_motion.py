"""How high the rows of lists are, and what fades: as the user, or the system, wants it."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsOpacityEffect

from outreach.app import Session
from outreach.services.pages.people import PersonLine
from outreach.ui.motion import FADE_MS
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import paint_person
from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.wording import Words
from tests.ui.looks import shown
from tests.ui.test_flow import dialog_of


@pytest.fixture
def behaves(theme: Theme):
    """Lets lists and motion be as settings say, for one test."""
    yield theme.behave
    theme.behave(density="", motion="")


LISTS = ("people", "catalogue", "campaigns", "letters", "shipments", "posts", "clubs", "match")


def heights(opened: Session, settle, places: tuple[str, ...] = LISTS) -> dict[str, int]:
    found = {}
    for place in places:
        opened.window.go(place)
        settle(opened)
        if place == "posts":
            opened.window.page.tabs.choose("log")
            settle(opened)
        for table in shown(opened.window.page, TableView):
            found[place] = table.verticalHeader().defaultSectionSize()
    return found


def test_compact_lists_have_rows_of_one_line(opened: Session, settle, theme: Theme, behaves) -> None:
    designed = heights(opened, settle)
    assert {"people": 49, "posts": 52, "shipments": 52, "match": 86}.items() <= designed.items()
    behaves(density="compact", motion="")
    compact = heights(opened, settle)
    assert compact.pop("match") == 86, "three lines of reasons need their room"
    assert {*compact.values()} == {32}
    theme.resize("130")
    assert heights(opened, settle, ("people",)) == {"people": 42}
    theme.resize("100")
    behaves(density="", motion="")
    assert heights(opened, settle) == designed


def ink_rows(theme: Theme, height: int) -> set[int]:
    """In which lines of pixels a person's cell has any ink."""
    person = PersonLine(1, "Maya Okonjo-Reyes", "creator", "", "tiktok", "mayareads", "GB", (), 0, 0, None, False)
    image = QImage(400, height, QImage.Format.Format_RGB32)
    image.fill(theme.color("sheet"))
    painter = QPainter(image)
    paint_person(Canvas(painter, theme), QRectF(0, 0, 400, height), person, Words("en_GB"))
    painter.end()
    ground = theme.color("sheet").rgb()
    return {y for y in range(height) if any(image.pixel(x, y) != ground for x in range(60, 400))}


def test_the_second_line_stands_behind_the_first_where_a_row_is_low(theme: Theme) -> None:
    assert max(ink_rows(theme, 49)) - min(ink_rows(theme, 49)) > 24
    low = ink_rows(theme, 32)
    assert max(low) - min(low) < 18
    assert 5 < min(low) < max(low) < 27


def effect_of(widget) -> QGraphicsOpacityEffect | None:
    return widget.graphicsEffect()


def test_what_floats_fades_in_where_motion_is_wanted(opened: Session, settle, qtbot, behaves) -> None:
    behaves(density="", motion="on")
    opened.desk.ask("shortcuts", opened.window.page)
    dialog = dialog_of(opened)
    assert effect_of(dialog) is not None and effect_of(dialog).opacity() < 1
    qtbot.waitUntil(lambda: effect_of(dialog) is None, timeout=FADE_MS * 10)
    dialog.close_overlay()
    toast = opened.window.toast
    opened.desk.tell("Logged")
    assert toast._fade.shown < 1
    qtbot.waitUntil(lambda: toast._fade.shown == 1)
    toast._timer.timeout.emit()
    assert toast.isVisible(), "it goes little by little"
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_off_means_that_nothing_moves(opened: Session, settle, qtbot, behaves) -> None:
    behaves(density="", motion="off")
    opened.desk.ask("palette", opened.window.page)
    dialog = dialog_of(opened)
    assert effect_of(dialog) is None
    dialog.close_overlay()
    toast = opened.window.toast
    opened.desk.tell("Logged")
    assert toast._fade.shown == 1
    toast._timer.timeout.emit()
    assert not toast.isVisible()
    window = opened.window
    window.resize(1024, 700)
    window.go("people")
    settle(opened)
    panes = window.page._parts
    assert panes.has_folded(window.page.profile)
    panes.bring(window.page.profile)
    assert window.page.profile.isVisible() and effect_of(window.page.profile) is None


def test_a_pane_that_is_brought_back_fades_in(opened: Session, settle, behaves) -> None:
    behaves(density="", motion="on")
    window = opened.window
    window.resize(1024, 700)
    window.go("people")
    settle(opened)
    window.page._parts.bring(window.page.profile)
    assert effect_of(window.page.profile) is not None
    window.setFocus(Qt.FocusReason.OtherFocusReason)
