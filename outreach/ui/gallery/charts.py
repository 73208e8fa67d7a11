"""Charts: rates with their likely range, and figures."""

from PySide6.QtWidgets import QWidget

from outreach.services.pages.title import STRIP, Copies
from outreach.services.report.blocks import Cell
from outreach.services.review.rates import rate
from outreach.services.review.value import ItemLine
from outreach.ui.desk import Desk
from outreach.ui.gallery.frame import columns, named
from outreach.ui.widgets.charts import RateRow
from outreach.ui.widgets.figures import Figures
from outreach.ui.widgets.rates import RateView
from outreach.ui.widgets.reviewed import TitlesView
from outreach.ui.widgets.strip import CopyBars, Strip
from outreach.wording.review import Figured

_RATES = (("YA fantasy", 31, 48), ("Cosy crime", 22, 41), ("Memoir", 3, 18), ("Poetry", 2, 3))
_FIGURES = (
    ("Gifts out", "412", "38 on their way"), ("Posted, unprompted", "171", "54% of 317 delivered"),
    ("Reading", "88", "still in their time"), ("Quiet", "58", "which is fine"),
)  # fmt: skip
_COUNTS = (12, 40, 96, 88, 80, 41, 22, 17)


def charts(desk: Desk) -> QWidget:
    """The sheet of charts."""
    theme, words = desk.theme, desk.words
    titles, figures = TitlesView(desk), Figures(theme, lambda _: None)
    rates, table = RateView(desk), RateView(desk)
    for each in (rates, table):
        each.set_rows("By genre", [RateRow(name, rate(part, whole)) for name, part, whole in _RATES])
    table.show_table(on=True)
    titles.set_lines([
        ItemLine(number, title, "", 60 - number, 50, 28, 13, 9)
        for number, title in enumerate(("The Salt Orchard", "Keeping Hens, Kindly", "Murder at Low Tide"))
    ])  # fmt: skip
    figures.set_figures([Figured(name, Cell(text), "", below, "") for name, text, below in _FIGURES])
    strip, copies = Strip(theme, words), CopyBars(theme, words)
    strip.set_counts(dict(zip(STRIP, _COUNTS, strict=True)))
    copies.set_copies([Copies("hardback", 80, 20, 50), Copies("proof", 40, 0, 0), Copies("ebook", 5, 5, 200)])
    return columns(
        theme,
        [named(theme, "Figures", figures), named(theme, "How far gifts came", strip), named(theme, "By title", titles)],
        [
            named(theme, "Rates, with the range of Wilson at 95 %", rates),
            named(theme, "The same as a table", table),
            named(theme, "Copies", copies),
        ],
        widths=(840, 480),
    )
