"""The gallery: its sheets by name, and the window that shows them."""

from collections.abc import Callable

from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from outreach.ui.desk import Desk
from outreach.ui.gallery.charts import charts
from outreach.ui.gallery.components import components
from outreach.ui.gallery.controls import controls
from outreach.ui.gallery.frame import Ground
from outreach.ui.gallery.pieces import pieces
from outreach.ui.widgets.basics import Rule, column, line
from outreach.ui.widgets.lists import Segments, scrolled

SHEETS: dict[str, Callable[[Desk], QWidget]] = {
    "components": components, "controls": controls, "pieces": pieces, "charts": charts,
}  # fmt: skip


class Gallery(Ground):
    """All sheets in a window; the look is changed above them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._area: QScrollArea | None = None
        self._sheets = Segments(desk.theme, [(name, name.capitalize()) for name in SHEETS])
        self._colors = Segments(desk.theme, [("light", "Light"), ("dark", "Dark")])
        self._size = Segments(desk.theme, [("100", "100 %"), ("130", "130 %")])
        self._contrast = Segments(desk.theme, [("normal", "Normal"), ("high", "High contrast")])
        tools = line(self._sheets, None, self._colors, self._size, self._contrast, spacing=16, margins=(28, 12, 28, 12))
        self._body = column(tools, Rule(desk.theme))
        self._body.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the window keeps its size
        self.setLayout(self._body)
        for each in (self._sheets, self._colors, self._size, self._contrast):
            each.chosen.connect(lambda _: self._show())
        self.setWindowTitle("Components")
        self.resize(1480, 960)
        desk.theme.dress(self)
        self._show()

    def _show(self) -> None:
        """Make the sheet anew: a size of text is taken when a widget is made."""
        self._desk.theme.look(self._colors.key, self._size.key, self._contrast.key)
        if self._area is not None:
            self._body.removeWidget(self._area)
            self._area.deleteLater()
        self._area = scrolled(SHEETS[self._sheets.key](self._desk))
        self._body.addWidget(self._area, 1)
