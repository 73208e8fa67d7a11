"""Figures in the last column of a table end as far before its edge as its first cell begins after it."""

import array
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from tests.ui.looks import pixels

HEAD, ROW, WIDE = 32, 40, 480


@dataclass(frozen=True)
class Row:
    id: int
    name: str


@pytest.fixture
def table(theme: Theme, qapp: QApplication) -> Callable[[int], TableView]:
    """A table with an inset: a name, and two columns of figures; none of its ink touches an edge but its lines."""
    del qapp

    def figures(_row: Row) -> str:
        return "1,000"

    def made(inset: int) -> TableView:
        columns = [
            Column("name", "Name", 0, plain(lambda row: row.name), lambda row: row.name),
            Column("gifts", "Gifts", 84, plain(figures, "num", right=True), figures, right=True),
            Column("posts", "Posts", 84, plain(figures, "num", right=True), figures, right=True),
        ]
        model = RowModel(columns, lambda ids: {each: Row(each, "Hill") for each in ids}, lambda row: row.name)
        view = TableView(theme, model, ROW, inset=inset)
        model.setParent(view)
        model.set_ids(array.array("q", range(1, 4)))
        view.resize(WIDE, 200)
        return view

    return made


def ink(view: TableView, top: int, high: int) -> tuple[int, int]:
    """Where the words of a line begin and end, as far as they stand from either edge."""
    picture = pixels(view.grab().toImage())[top + 4 : top + high - 4]
    (columns,) = np.nonzero((picture != picture[0, 200]).any(axis=0))
    return int(columns[0]), WIDE - 1 - int(columns[-1])


@pytest.mark.parametrize("inset", [0, 10, 24])
def test_figures_end_where_the_design_says_in_headings_and_cells(table: Callable[[int], TableView], inset: int) -> None:
    view = table(inset)
    for top, high in ((0, HEAD), (HEAD + ROW, ROW)):
        begins, ends = ink(view, top, high)
        assert begins == pytest.approx(inset, abs=2)
        assert ends == pytest.approx(inset, abs=2)


def test_another_column_that_becomes_the_last_ends_there_too(table: Callable[[int], TableView]) -> None:
    view = table(24)
    view.show_column("posts", on=False)
    assert ink(view, HEAD + ROW, ROW)[1] == pytest.approx(24, abs=2)
    view.show_column("posts", on=True)
    view.set_column_order(["name", "posts", "gifts"])
    assert [ink(view, *line)[1] for line in ((0, HEAD), (HEAD + ROW, ROW))] == pytest.approx([24, 24], abs=2)


def test_a_column_that_is_the_last_has_as_much_room_for_its_figures(table: Callable[[int], TableView]) -> None:
    view = table(24)
    view.grab()
    assert view.columnWidth(2) - view.columnWidth(1) == 24 - 12
