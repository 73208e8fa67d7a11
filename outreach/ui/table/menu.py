"""Which columns a table shows, chosen in a menu and remembered."""

import json
from collections.abc import Callable
from dataclasses import asdict

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QAbstractButton

from outreach.services.workspaces.views import Arrangement
from outreach.ui.desk import Desk
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.menus import Menu


class ColumnsMenu(QObject):
    """Belongs to a button; what is chosen is kept on this computer, by the table's name.

    Attributes:
        keeps: Whether what is chosen now is kept; a saved view has columns of its own.
    """

    def __init__(self, button: QAbstractButton, table: TableView, desk: Desk, name: str) -> None:
        super().__init__(button)
        self._button = button
        self._table = table
        self._kept = QSettings(str(desk.home / "window.ini"), QSettings.Format.IniFormat)
        self._key = f"columns/{name}"
        self.keeps: Callable[[], bool] = lambda: True
        self._restore()
        button.clicked.connect(self._open)
        table.columns_changed.connect(self._keep)

    def menu(self) -> Menu:
        """A menu of all columns but the first, ticked where they are shown."""
        model = self._table.model()
        assert isinstance(model, RowModel)
        hidden = set(self._table.hidden_columns())
        menu = Menu(self._button)
        for column in model.columns[1:]:
            action = menu.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(column.key not in hidden)
            action.toggled.connect(lambda on, key=column.key: self._table.show_column(key, on=on))
        return menu

    def _open(self) -> None:
        self.menu().drop_from(self._button)

    def _keep(self) -> None:
        if self.keeps():
            self._kept.setValue(self._key, json.dumps(asdict(arrangement(self._table))))

    def _restore(self) -> None:
        try:
            found = Arrangement.of(json.loads(str(self._kept.value(self._key, ""))))
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # nothing was kept, or not by us
        arrange(self._table, found)


def arrangement(table: TableView) -> Arrangement:
    """Which columns a table shows at present, how wide and in which order."""
    return Arrangement(tuple(table.hidden_columns()), table.column_widths(), tuple(table.column_order()))


def arrange(table: TableView, wanted: Arrangement) -> None:
    """Show the columns that were chosen; one that is not known is passed over."""
    model = table.model()
    assert isinstance(model, RowModel)
    for column in model.columns[1:]:
        table.show_column(column.key, on=column.key not in wanted.hidden)
    table.set_column_widths(wanted.widths)
    table.set_column_order(wanted.order)
