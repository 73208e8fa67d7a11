"""What is painted beside words grows with them: signs, stages, avatars; and what does not fit in a field says so."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import checkbox, stage
from outreach.ui.theme import Theme
from outreach.ui.widgets.fields import Choice, Field
from outreach.ui.widgets.tightening import Beside

GROUND = Qt.GlobalColor.white


@pytest.fixture
def large(theme: Theme) -> Iterator[Theme]:
    theme.look("light", "130")
    yield theme
    theme.look("light", "100")


def inked(theme: Theme, paint: Callable[[Canvas], object]) -> QRect:
    """What of a picture is not its ground."""
    picture = QPixmap(80, 80)
    picture.fill(GROUND)
    canvas = Canvas.on(picture, theme)
    paint(canvas)
    canvas.painter.end()
    image = picture.toImage()
    white = image.pixel(79, 79)
    dots = [(x, y) for x in range(80) for y in range(80) if image.pixel(x, y) != white]
    (left, *_, right), (top, *_, bottom) = sorted(x for x, _ in dots), sorted(y for _, y in dots)
    return QRect(left, top, right - left + 1, bottom - top + 1)


@pytest.mark.parametrize(
    "paint",
    [
        lambda canvas, x: canvas.icon("package", x, 40, 16),
        lambda canvas, x: stage(canvas, x, 40, "accepted"),
        lambda canvas, x: checkbox(canvas, x, 40, on=True),
    ],
    ids=["icon", "stage", "checkbox"],
)
def test_a_sign_grows_to_both_sides_and_is_not_cut_at_an_edge(
    theme: Theme, large: Theme, paint: Callable[[Canvas, float], object]
) -> None:
    grown, at_edge = (inked(large, lambda canvas, x=x: paint(canvas, x)) for x in (30, 0))
    theme.look("light", "100")
    usual = inked(theme, lambda canvas: paint(canvas, 30))
    assert grown.width() == pytest.approx(1.3 * usual.width(), abs=1.6)
    assert grown.center().x() == pytest.approx(usual.center().x(), abs=1)
    assert at_edge.width() == pytest.approx(grown.width(), abs=1), "none of it is cut"


def picture_of(theme: Theme, text: str, cursor: int = 0) -> QImage:
    field = Field(theme)
    theme.dress(field)
    field.setText(text)
    field.setCursorPosition(cursor)
    field.resize(160, 32)
    return field.grab().toImage()


def test_what_does_not_fit_in_a_field_ends_with_a_sign_of_it(theme: Theme) -> None:
    title = "The Quiet Half of the Orchestra"
    picture = picture_of(theme, f"{title}, December launch", len(title))
    cut = [picture_of(theme, f"{title[:letters].rstrip()}…") for letters in range(5, len(title))]
    assert picture in cut
    assert picture_of(theme, title[:10]) != picture_of(theme, title[:11]), "pictures tell what stands in a field"


def choice_of(theme: Theme, text: str) -> Choice:
    choice = Choice("Goes to")
    theme.dress(choice)
    choice.addItem(theme.icon("package", "ink3"), text)
    choice.resize(160, 32)
    return choice


def test_what_does_not_fit_in_a_choice_with_a_sign_ends_with_a_sign_of_it(theme: Theme) -> None:
    words = "A gift, all of it in one single cell"
    whole = choice_of(theme, words)
    picture, letters = whole.grab().toImage(), whole.fontMetrics()
    option = QStyleOptionComboBox()
    whole.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    place = whole.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, whole)
    room = place.width() - whole.iconSize().width() - 4
    fit = [cut for at in range(5, len(words)) if letters.horizontalAdvance(cut := f"{words[:at].rstrip()}…") <= room]
    assert picture in [choice_of(theme, cut).grab().toImage() for cut in fit]


def test_what_stands_beside_goes_below_sooner_where_text_is_large(theme: Theme, large: Theme, qtbot) -> None:
    beside = Beside(QWidget(), QWidget(), shares=(1, 1), spacing=8, least=lambda: theme.px(400))
    qtbot.addWidget(beside)
    beside.resize(450, 100)
    beside.grab()
    assert beside._row.direction() == beside._row.Direction.TopToBottom
    theme.look("light", "100")
    beside.resize(451, 100)
    beside.grab()
    assert beside._row.direction() == beside._row.Direction.LeftToRight
