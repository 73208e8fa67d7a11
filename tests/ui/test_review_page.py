"""The review's page: the ledger's figures stand on it, each number opens its list, and what is done there is done."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from outreach.app import Session
from outreach.services.review.making import review
from outreach.services.review.wanted import saved_review
from outreach.services.sales.rates import note_rate
from outreach.store import workspace
from outreach.store.models import Campaign, Letter, Sale, SalesCode
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.figures import FigureButton
from outreach.ui.widgets.reviewed import ThankRow
from outreach.wording.review import LARGE, figures, numbers_apart
from tests.services.review.test_ledger import fill
from tests.ui.conftest import OPENING, OpenWindow
from tests.ui.looks import shown

pytestmark = pytest.mark.begins("review")


def overlay(opened: Session) -> Overlay:
    return next(each for each in opened.window.findChildren(Overlay) if each.isVisible())


def pressed(root: QWidget, text: str) -> None:
    next(each for each in shown(root, Button) if each.text() == text).click()


def test_the_window_shows_the_ledgers_figures(
    open_window: OpenWindow, empty_workspace: Path, tmp_path: Path, settle
) -> None:
    folder = Path(shutil.copytree(empty_workspace, tmp_path / "ledger"))
    with workspace.writing(folder, OPENING) as store:
        fill(store)
        note_rate(store, "USD", "GBP", "0.8", "2026-11-01")
        found = review(store)
    opened = open_window(folder)
    opened.window.go("review")
    settle(opened)
    page, words = opened.window.page, opened.desk.words
    spoken = [each.accessibleName() for each in shown(page, FigureButton)]
    assert spoken == [" ".join(filter(None, (each.name, each.cell.text, each.beside, each.below)))
                      for each in figures(words, found)[:LARGE]]  # fmt: skip
    rows = [page._titles.model.row(place) for place in range(page._titles.model.rowCount())]
    assert rows == list(found.items[: len(rows)]) and rows
    for view, axis in zip(page._charts, ("genre", "tier", "role", "item", "campaign"), strict=True):
        rates = [view.model.row(place).rate for place in range(view.model.rowCount())]
        assert rates == [group.rate for group in getattr(found, f"by_{axis}")]
    apart = [page._apart.model.row(place) for place in range(page._apart.model.rowCount())]
    assert apart == numbers_apart(words, found)


def test_a_number_opens_its_list_and_a_row_leads_on(opened: Session, qtbot, settle) -> None:
    window = opened.window
    window.go("review")
    settle(opened)
    page = window.page
    quiet = shown(page, FigureButton)[3]
    quiet.click()
    settle(opened)
    dialog = overlay(opened)
    assert dialog.model.rowCount() == page._review.stages["quiet"] > 0
    assert {dialog.model.row(place).how for place in range(min(40, dialog.model.rowCount()))} == {"quiet"}
    row = dialog.model.row(0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    settle(opened)
    assert (window.place, row.place) == ("people", "people")
    # As tables each rate opens its list by key.
    window.go("review")
    page._turn()
    view = page._charts[0]
    view.table.select_ids([0], 0)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(opened)
    assert overlay(opened).model.rowCount() == view.model.row(0).rate.whole


def test_what_is_chosen_is_kept_and_whom_to_thank_gets_a_draft(opened: Session, settle) -> None:
    window = opened.window
    window.go("review")
    settle(opened)
    page, letters = window.page, Letter.select().count()
    row = next(each for each in shown(page, ThankRow))
    pressed(row, "Thank")
    settle(opened)
    assert Letter.select().count() == letters + 1
    campaign = Campaign.select().order_by(Campaign.id.desc())[0]
    page._campaign.setCurrentIndex(page._campaign.findData(campaign.id))
    page._campaign.activated.emit(page._campaign.currentIndex())
    page._period.setCurrentIndex(page._period.findData("year"))
    page._period.activated.emit(page._period.currentIndex())
    settle(opened)
    assert page._review.campaign == campaign.name and page._review.since == "2025-11-24"
    page._views.save_as()
    dialog = overlay(opened)
    dialog.form.set_values({"name": "For the client"})
    dialog.submit()
    settle(opened)
    assert saved_review("For the client") == page._wanted


@pytest.mark.parametrize("is_right", [True, False])
def test_a_list_of_sales_is_looked_at_kept_and_taken_back(
    opened: Session, tmp_path: Path, settle, is_right: bool
) -> None:
    code, before = SalesCode.select(SalesCode.code).scalar(), Sale.select().count()
    path = tmp_path / "sales.csv"
    path.write_text(f"date,code,copies,amount\n2026-11-02,{code if is_right else 'NOBODY'},2,29.98 GBP\n")
    opened.window.go("review")
    opened.desk.files.chosen = path
    opened.desk.ask("sales_list", None)
    settle(opened)
    dialog = overlay(opened)
    assert Sale.select().count() == before
    if not is_right:
        assert not hasattr(dialog, "go")
        return
    dialog.go.click()
    settle(opened)
    assert Sale.select().count() == before + 1
    opened.window._undo()
    settle(opened)
    assert Sale.select().count() == before
