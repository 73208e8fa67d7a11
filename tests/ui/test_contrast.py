"""Every pair of colours that meet can be told apart, in both themes and in high contrast.

The formula is that of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, with the relative luminance of
https://www.w3.org/TR/WCAG22/#dfn-relative-luminance; its level AA asks 4.5 of text and 3 of edges and marks.
"""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from outreach.settings import Settings, changed, load, save
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import meter, pill, taste
from outreach.ui.theme import IN_CONTRAST, Theme
from tests.ui.looks import colors_in

LOOKS = [("light", "normal"), ("dark", "normal"), ("light", "high"), ("dark", "high")]
GROUNDS = ("sheet", "inset", "desk", "hover", "selected")
TEXT = ("ink", "ink2", "ink3", "accent", "good", "quiet", "warn", "bad", "info")
#: Text on a ground of its own.
PAIRS = (
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_accent", "accent_press"),
    ("accent", "accent_tint"), ("ink", "accent_tint"), ("ink2", "accent_tint"),
    ("good", "good_tint"), ("quiet", "quiet_tint"), ("warn", "warn_tint"), ("bad", "bad_tint"), ("info", "info_tint"),
    ("ink", "press"), ("ink2", "press"), ("ink", "selected_off"), ("ink2", "selected_off"), ("ink3", "selected_off"),
    ("on_toast", "toast"), ("toast_act", "toast"), ("ink", "paper"), ("ink2", "paper"), ("warn", "mark"),
)  # fmt: skip
CLOTHS = ("petrol", "madder", "ochre", "moss", "plum", "slate", "rust", "jade", "rose", "ink")


def luminance(color: QColor) -> float:
    """From 0 for black to 1 for white."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """From 1 for the same to 21 for black on white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=LOOKS, ids="-".join)
def look(request: pytest.FixtureRequest, theme: Theme):
    theme.look(request.param[0], "", request.param[1])
    yield theme
    theme.look("light", "")


def test_the_formula() -> None:
    assert contrast(QColor("#000"), QColor("#fff")) == pytest.approx(21)
    assert contrast(QColor("#777"), QColor("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", GROUNDS)
def test_words_can_be_read_on_every_ground(look: Theme, ground: str) -> None:
    weak = {name: contrast(look.color(name), look.color(ground)) for name in TEXT}
    assert {name: ratio for name, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize(("ink", "ground"), PAIRS, ids="-on-".join)
def test_words_can_be_read_on_the_ground_of_their_own(look: Theme, ink: str, ground: str) -> None:
    assert contrast(look.color(ink), look.color(ground)) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
def test_edges_and_marks_stand_out(look: Theme, ground: str) -> None:
    names = ["control", "focus", "ribbon"] + (["line", "line2"] if look.is_contrasting else [])
    weak = {name: contrast(look.color(name), look.color(ground)) for name in names}
    assert {name: ratio for name, ratio in weak.items() if ratio < 3} == {}


@pytest.mark.parametrize("ink", ["ink", "accent"])
def test_what_is_chosen_in_the_dark_can_be_read_and_lies_above_its_track(theme: Theme, ink: str) -> None:
    theme.look("dark", "", "normal")
    plate, track = theme.color("line2"), theme.color("press")
    assert contrast(theme.color(ink), plate) >= 4.5
    assert luminance(plate) > luminance(track)


def test_cloth_stands_out_on_the_sheet(look: Theme) -> None:
    assert min(contrast(look.cloth(name), look.color("sheet")) for name in CLOTHS) >= 4.5


def test_in_high_contrast_hairlines_are_edges_and_tints_are_gone(theme: Theme) -> None:
    theme.look("light", "", "high")
    assert theme.is_contrasting
    assert theme.color("line") == theme.color("line2") == theme.color("control")
    tints = [name for name in IN_CONTRAST if name.endswith("_tint")]
    assert len(tints) == 6
    assert {theme.color(name).name() for name in tints} == {theme.color("sheet").name()}
    theme.look("light", "")
    assert not theme.is_contrasting, "this system asks for none"
    assert theme.color("line") != theme.color("control")


def colors_of(theme: Theme, paint) -> set[str]:
    pixmap = QPixmap(120, 30)
    pixmap.fill(theme.color("sheet"))
    canvas = Canvas.on(pixmap, theme)
    paint(canvas)
    canvas.painter.end()
    picture = pixmap.toImage()
    return colors_in(picture)


def test_marks_keep_their_shape_without_tints(theme: Theme) -> None:
    theme.look("light", "", "high")
    control, warn, accent = (theme.color(name).name() for name in ("control", "warn", "accent"))
    assert control in colors_of(theme, lambda canvas: canvas.rounded(QRectF(2, 2, 90, 20), 0, None, "line"))
    assert control in colors_of(theme, lambda canvas: meter(canvas, 10, 15, 90, 0.0)), "an empty meter has an edge"
    assert warn in colors_of(theme, lambda canvas: pill(canvas, 10, 15, "Confirm", "warn"))
    assert accent in colors_of(theme, lambda canvas: taste(canvas, 10, 15, "Folklore", 0.5)), "how full it is"
    theme.look("light", "")


def test_the_setting_is_kept_and_one_of_nonsense_is_the_systems(theme: Theme, tmp_path, qapp: QApplication) -> None:
    save(tmp_path, changed(Settings(), "contrast", "high"))
    assert load(tmp_path).contrast == "high"
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.is_contrasting))
    theme.look("light", "", load(tmp_path).contrast)
    theme.look("light", "", "loud")
    assert told == [True, False]
