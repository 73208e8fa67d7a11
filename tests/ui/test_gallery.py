"""The gallery shows every component whole, in both themes, at every size of text, and in high contrast."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QWidget

from outreach.app import Session
from outreach.ui.gallery.all import SHEETS, Gallery
from outreach.ui.theme import TEXT_SIZES, Theme
from outreach.ui.widgets.basics import Label
from outreach.ui.widgets.menus import Menu
from tests.conftest import Ran
from tests.ui.looks import colors_in, cut_off, shown

LOOKS = [("light", "normal"), ("dark", "normal"), ("light", "high"), ("dark", "high")]


@pytest.fixture
def sheet(bare: Session, theme: Theme, settle):
    """Makes a sheet as it is shown."""
    holders = []

    def make(name: str) -> QWidget:
        holder = QWidget()
        theme.dress(holder)
        made = SHEETS[name](bare.desk)
        made.setParent(holder)
        made.resize(made.sizeHint())
        holder.resize(made.size())
        holder.show()
        holders.append(holder)
        settle(bare)
        return holder

    yield make
    for holder in holders:
        holder.close()
        holder.deleteLater()
    theme.look("light", "")


@pytest.mark.parametrize("size", ["100", "130"])
@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_nothing_is_cut(sheet, theme: Theme, look: tuple[str, str], size: str) -> None:
    theme.look(look[0], size, look[1])
    for name in SHEETS:
        made = sheet(name)
        assert list(cut_off(made)) == [], name
        picture = made.grab().toImage()
        colors = colors_in(picture.copy(0, 0, made.width(), 400), 3)
        assert len(colors) > 12, name
        assert theme.color("sheet").name() in colors
        made.close()


def test_what_is_cut_is_found(sheet) -> None:
    made = sheet("pieces")
    label = next(each for each in shown(made, Label) if each.text() == "Empty state")
    label.setFixedWidth(30)
    assert any("Empty state" in line for line in cut_off(made))


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_fields_and_buttons_grow_with_the_text(sheet, theme: Theme, size: str) -> None:
    theme.look("light", size)
    made = sheet("controls")
    (choice, *_) = shown(made, QComboBox)
    assert choice.height() == pytest.approx(theme.px(30) + 2, abs=1)


def test_the_window_changes_its_look(bare: Session, theme: Theme, settle, qtbot) -> None:
    gallery = Gallery(bare.desk)
    qtbot.addWidget(gallery)
    gallery.show()
    gallery._sheets.choose("charts")
    gallery._colors.choose("dark")
    gallery._contrast.choose("high")
    assert (theme.is_dark, theme.is_contrasting) == (True, True)
    settle(bare)
    assert gallery.grab().toImage().pixelColor(20, 500).lightness() < 60
    theme.look("light", "")


def test_menus_have_round_corners(bare: Session) -> None:
    menu = Menu(bare.window)
    menu.addAction("Pitch")
    menu.adjustSize()
    picture = menu.grab().toImage()
    assert picture.pixelColor(0, 0).alpha() == 0
    assert picture.pixelColor(12, 12).alpha() == 255


def test_the_command_writes_pictures_and_is_not_in_the_help(cli: Callable[..., Ran], tmp_path: Path) -> None:
    assert "gallery" not in cli("--help").out
    ran = cli("gallery", "--out", str(tmp_path / "pictures"))
    assert ran.code == 0
    written = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    assert written == sorted(f"{name}-{look}.png" for name in SHEETS for look in ("light", "dark"))
    light, dark = (QImage(str(tmp_path / "pictures" / f"components-{look}.png")) for look in ("light", "dark"))
    assert light.size() == dark.size()
    assert light.pixelColor(4, 4).lightness() > 250 > 60 > dark.pixelColor(4, 4).lightness()
