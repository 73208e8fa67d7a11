"""The model behind every table: right to Qt's own tester, lazy, and safe with this version of Qt."""

import array
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from outreach.app import Session
from outreach.photos import PLACES
from outreach.ui.table.columns import Column
from outreach.ui.table.model import KEPT, PAGE, ROW, RowModel


@dataclass(frozen=True)
class Row:
    id: int
    name: str


def model_of(count: int, asked: list | None = None) -> RowModel:
    def fetch(ids):
        if asked is not None:
            asked.append(list(ids))
        return {each: Row(each, f"Person {each}") for each in ids if each % 10}

    columns = [
        Column("name", "Name", 0, lambda *_: None, lambda row: row.name, "name"),
        Column("id", "Number", 80, lambda *_: None, lambda row: str(row.id)),
    ]
    model = RowModel(columns, fetch, lambda row: f"{row.name}, spoken")
    model.set_ids(array.array("q", range(1, count + 1)))
    return model


def test_qts_own_tester_finds_nothing_wrong() -> None:
    model = model_of(500)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(array.array("q", range(300, 0, -1)))
    model.repaint()
    model.set_rows([Row(7, "Seven"), Row(3, "Three")])
    model.set_ids(array.array("q"))
    assert model.rowCount() == 0
    assert tester.model() is model


def test_the_models_of_the_pages_pass_it_too(opened: Session, settle) -> None:
    for place in PLACES:
        opened.window.go(place)
        settle(opened)
        testers = [
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
            for model in opened.window.page.findChildren(RowModel)
        ]
        opened.window.page.refresh()
        settle(opened)
        assert bool(testers) == (place != "today"), place


def test_only_the_pages_that_are_looked_at_are_fetched_and_few_are_kept() -> None:
    asked: list = []
    model = model_of(100_000, asked)
    assert asked == []
    assert model.index(50_000, 0).data() == "Person 50001"
    assert model.index(50_001, 0).data() == "Person 50002"
    assert [len(ids) for ids in asked] == [PAGE]
    for place in range(0, PAGE * (KEPT + 10), PAGE):
        model.index(place, 0).data()
    assert len(model._pages) == KEPT


def test_a_row_that_is_gone_is_an_empty_line() -> None:
    model = model_of(20)
    assert model.index(9, 0).data() is None
    assert model.index(9, 0).data(ROW) is None
    assert model.index(9, 0).data(Qt.ItemDataRole.AccessibleTextRole) is None
    assert model.index(8, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Person 9, spoken"
    assert model.index(8, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Number: 9"


def test_a_selection_is_ranges() -> None:
    model = model_of(1_000_000)
    selection = QItemSelection(model.index(0, 0), model.index(999_999, 1))
    chooser = QItemSelectionModel(model)
    chooser.select(selection, QItemSelectionModel.SelectionFlag.Select)
    assert len(chooser.selection()) == 1
    assert len(model.ids_in(chooser.selection())) == 1_000_000
    assert model.place_of(777_777) == 777_776
    assert model.place_of(-5) == -1


def test_two_hundred_thousand_calls_lose_no_reference() -> None:
    """PySide6 6.12.0 on Python 3.11 ends the process after some thousands of these."""
    model, label = model_of(5), QLabel()
    heard: list = []
    label.objectNameChanged.connect(heard.append)
    for number in range(200_000):
        assert model.index(0, 0).data(Qt.ItemDataRole.UserRole) is None
        label.setText("one" if number % 2 else "two")
        label.setEnabled(bool(number % 2))
    assert QModelIndex().data() is None
    assert label.text() == "one"


def test_a_row_is_let_go_and_the_rest_moves_up_without_a_reading() -> None:
    asked: list[int] = []

    def fetch(ids):
        asked.append(len(ids))
        return {row: row for row in ids}

    model = RowModel([Column("n", "N", 0, lambda *_: None, str)], fetch, str)
    model.set_ids(array.array("q", range(120)))
    assert [model.row(place) for place in (0, 60, 119)] == [0, 60, 119]
    read = len(asked)
    model.take_out(0)
    assert (model.rowCount(), model.row(0), model.row(48), model.row(49)) == (119, 1, 49, 50)
    assert len(asked) == read, "the page is still at hand"
    for _ in range(60):
        model.take_out(0)
    assert [model.row(place) for place in (0, 58)] == [61, 119]
    model.take_out(58)
    assert (model.rowCount(), model.row(57)) == (58, 118)
