"""A campaign's page: people by stage, what is done with many of them, and 2,000 of them without a wait."""

from collections.abc import Callable
from time import process_time

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.campaigns.roster import RosterLine
from outreach.services.campaigns.steps import steps_of
from outreach.services.pages.title import STRIP
from outreach.store.models import Campaign, Gift, Post
from outreach.ui.pages.campaign_meters import Meters
from outreach.ui.pages.campaign_rows import find
from tests.ui.test_flow import dialog_of

pytestmark = pytest.mark.begins("campaigns")


def open_one(opened: Session, settle: Callable[[Session], None]) -> int:
    """Open the campaign with the most gifts."""
    counts = [(Gift.select().where(Gift.campaign == row.id).count(), row.id) for row in Campaign.select()]
    campaign = max(counts)[1]
    opened.desk.go("campaigns", campaign)
    settle(opened)
    return campaign


def test_what_is_counted_apart_stands_small_within_the_line_of_a_campaign(opened: Session) -> None:
    model = opened.window.page.model
    told = [model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole) for place in range(model.rowCount())]
    apart = [each for each in told if "ounted apart: " in each]
    assert apart and all(", counted apart: " in each for each in apart)


def test_people_stand_by_stage_and_the_funnel_adds_up(opened: Session, settle: Callable[[Session], None]) -> None:
    campaign = open_one(opened, settle)
    sheet = opened.window.page.sheet
    rows = [sheet.model.row(place) for place in range(sheet.model.rowCount())]
    heads = [row for row in rows if row.id < 0]
    assert sheet.campaign_id == campaign and steps_of(campaign) and heads
    assert sum(head.count for head in heads) == len(rows) - len(heads)
    strip = sheet._page.strip
    assert strip["posted"] + strip["reading"] + strip["quiet"] == strip["delivered"]
    # A heading is never selected, whatever is.
    sheet.table.selectAll()
    assert sheet.table.selected_count() == len(rows) - len(heads)
    # Enter on it folds those below away, and brings them back.
    sheet.table.select_ids([], heads[0].id)
    sheet._open(heads[0].id)
    assert sheet.model.rowCount() == len(rows) - heads[0].count
    sheet._open(heads[0].id)
    assert sheet.model.rowCount() == len(rows)


def test_each_number_of_the_funnel_opens_those_it_counts(opened: Session, settle: Callable[[Session], None]) -> None:
    open_one(opened, settle)
    sheet = opened.window.page.sheet
    everyone = sheet.model.rowCount()
    people = len([each for each in sheet.model.ids if each > 0])
    for name in STRIP:
        sheet.strip.buttons[name].click()
        assert len([each for each in sheet.model.ids if each > 0]) == sheet._page.strip[name], name
        assert str(sheet._page.strip[name]) in sheet.strip.buttons[name].accessibleName()
    heights = {sheet.table.rowHeight(place) for place, each in enumerate(sheet.model.ids) if each > 0}
    assert len(heights) <= 1  # a person who stands where a heading stood has all her room
    sheet.strip.buttons[STRIP[-1]].click()
    assert sheet.model.rowCount() == everyone and not sheet._all.isVisible()
    name = next(line.person for line in sheet._page.lines)
    opened.window.page.focus_filter()
    sheet.filter.setText(name.lower())
    settle(opened)
    assert sheet._all.isVisible() and 0 < len([each for each in sheet.model.ids if each > 0]) < people
    sheet._all.click()
    assert sheet.model.rowCount() == everyone


def test_several_are_taken_out_in_one_step_and_come_back(opened: Session, settle: Callable[[Session], None]) -> None:
    campaign = open_one(opened, settle)
    sheet, mine = opened.window.page.sheet, Gift.select().where(Gift.campaign == campaign)
    before = mine.count()
    chosen = [row_id for row_id in sheet.model.ids if row_id > 0][:2]
    sheet.table.select_ids(chosen, chosen[0])
    assert sheet.bulk.isVisible()
    sheet.remove()
    settle(opened)
    assert mine.count() == before - 2 and Gift.select().where(Gift.id.in_(chosen)).count() == 2
    opened.window._undo()
    settle(opened)
    assert mine.count() == before


def test_escape_leads_back_to_the_list(opened: Session, qtbot, settle: Callable[[Session], None]) -> None:
    open_one(opened, settle)
    page = opened.window.page
    qtbot.keyClick(page.sheet.table, Qt.Key.Key_Escape)
    assert page._whole.currentIndex() == 0


def test_many_people_are_looked_through_beside_the_window(
    opened: Session, settle: Callable[[Session], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.ui.pages.campaign._AT_ONCE", 0)
    open_one(opened, settle)
    sheet = opened.window.page.sheet
    assert len([each for each in sheet.model.ids if each > 0]) == len(sheet._page.lines)
    for name in ("posted", "quiet"):  # the last one chosen is what is shown
        sheet.strip.buttons[name].click()
    settle(opened)
    assert len([each for each in sheet.model.ids if each > 0]) == sheet._page.strip["quiet"] > 0


def test_2000_people_are_shown_without_a_wait(opened: Session, settle: Callable[[Session], None]) -> None:
    open_one(opened, settle)
    sheet = opened.window.page.sheet
    line = RosterLine(0, 1, "Maya", "", "GB", 1, "T", "", "", "", "gift", "asked", "asked", "2026-11-20", "Because")
    stages = ("asked", "accepted", "reading", "posted", "quiet")
    lines = [
        RosterLine(**{name: getattr(line, name) for name in RosterLine.__slots__} | {"id": number + 1, "stage": stage})
        for number, stage in enumerate(each for each in stages for _ in range(400))
    ]
    began = process_time()
    sheet.table.show_people(find(lines, "", "", ()))
    sheet.table.grab()
    spent = process_time() - began
    assert sheet.model.rowCount() == 2005
    assert spent < 0.05, f"{spent * 1000:.0f} ms"


def test_its_posts_are_those_that_the_log_shows(opened: Session, settle: Callable[[Session], None]) -> None:
    campaign = open_one(opened, settle)
    opened.window.page.sheet.tabs.choose("posts")
    settle(opened)
    log = opened.window.page.log
    led = Post.select(Post.id).join(Gift).where(Gift.campaign == campaign)
    assert {*log.model.ids} == {row.id for row in led} != set()
    assert Campaign.get_by_id(campaign).name in log.filter.text()


def test_what_stands_below_a_meter_takes_two_lines_where_one_has_no_room(
    opened: Session, settle: Callable[[Session], None]
) -> None:
    open_one(opened, settle)
    meters = opened.window.page.sheet.findChild(Meters)
    theme = opened.desk.theme
    assert meters is not None
    assert meters.height_at(1600) == theme.px(92)
    assert meters.height_at(520) == theme.px(92) + theme.line_height("small")
    assert meters.height() == round(meters.height_at(meters.width()))


def test_each_meter_opens_what_it_is_counted_from(opened: Session, settle: Callable[[Session], None]) -> None:
    open_one(opened, settle)
    sheet = opened.window.page.sheet
    meters = sheet._meters
    for name in ("goals", "budget"):
        meters.buttons[name].click()
        settle(opened)
        dialog_of(opened).close_overlay()
    assert str(sheet._page.organic) in meters.buttons["posts"].accessibleName()
    meters.buttons["posts"].click()
    settle(opened)
    assert dialog_of(opened).model.rowCount() == sheet._page.organic > 0
