"""Charts on paper: rates as dots with their likely range, and curves over time."""

from collections.abc import Sequence

from outreach.paper.pen import Pen
from outreach.paper.setting import MM
from outreach.services.report.axes import share_of_time
from outreach.services.report.blocks import Curve, Lines, RateBar, Rates
from outreach.services.report.style import CURVES

_ROW_MM, _AXIS_MM, _GAP_MM, _BAND_MM, _DOT_MM = 5.6, 5.0, 3.0, 2.4, 1.35
#: Names take so much of the width at most; longer ones are broken, never cut.
_MOST_NAMES = 0.42
_HIGH_MM, _LEGEND_MM = 52.0, 6.0


def rates_height(pen: Pen, chart: Rates, width: float) -> float:
    """How high a chart of rates is at a width."""
    names = _names(pen, chart.bars, width)
    return sum(_row_height(pen, bar, names) for bar in chart.bars) + _AXIS_MM * MM


def paint_rates(pen: Pen, chart: Rates, x: float, y: float, width: float) -> None:
    """Paint a chart of rates from its left upper corner."""
    names, figures = _names(pen, chart.bars, width), _figures(pen, chart.bars)
    left, right = x + names + _GAP_MM * MM, x + width - sum(figures)
    heights = [_row_height(pen, bar, names) for bar in chart.bars]
    bottom = y + sum(heights)
    for share, text in zip((0.0, 0.5, 1.0), chart.axis, strict=True):
        at = left + (right - left) * share
        pen.rule(at, y, 0.15 * MM, bottom - y)
        pen.line("small", text, at, bottom + _AXIS_MM * MM / 2, "ink3", align="centre")
    top = y
    for bar, height in zip(chart.bars, heights, strict=True):
        middle = top + height / 2
        pen.lines("body", bar.name, x, middle - pen.height("body", bar.name, names) / 2, names)
        _paint_bar(pen, bar, (left, right, x + width, figures[1]), middle)
        top += height


def _paint_bar(pen: Pen, bar: RateBar, places: tuple[float, float, float, float], middle: float) -> None:
    left, right, end, of_width = places
    pen.line("small", bar.of, end, middle, "ink3", align="right")
    if bar.middle is None or bar.low is None or bar.high is None:
        pen.line("small", bar.share, left + 1.5 * MM, middle, "ink3")
        return
    wide, high = right - left, _BAND_MM * MM
    pen.rounded(left + wide * bar.low, middle - high / 2, wide * (bar.high - bar.low), high, "band")
    pen.dot(left + wide * bar.middle, middle, _DOT_MM * MM, "good")
    pen.line("strong", bar.share, end - of_width, middle, align="right")


def _names(pen: Pen, bars: Sequence[RateBar], width: float) -> float:
    longest = max((pen.width("body", bar.name) for bar in bars), default=0.0)
    return min(longest + MM, width * _MOST_NAMES)


def _figures(pen: Pen, bars: Sequence[RateBar]) -> tuple[float, float]:
    """How wide the two columns at the right are: shares, and how many of how many."""
    shares = max((pen.width("strong", bar.share) for bar in bars if bar.middle is not None), default=0.0)
    of = max((pen.width("small", bar.of) for bar in bars), default=0.0)
    gap = _GAP_MM * MM
    return shares + gap, of + gap


def _row_height(pen: Pen, bar: RateBar, names: float) -> float:
    return max(_ROW_MM * MM, pen.height("body", bar.name, names) + 1.2 * MM)


def lines_height(pen: Pen, chart: Lines, width: float) -> float:
    """How high a chart of curves is at a width, with the names of its curves above it."""
    return (_HIGH_MM + _AXIS_MM) * MM + len(_legend(pen, chart.curves, width)) * _LEGEND_MM * MM


def paint_lines(pen: Pen, chart: Lines, x: float, y: float, width: float) -> None:
    """Paint a chart of curves from its left upper corner."""
    for row in _legend(pen, chart.curves, width):
        for number, at in row:
            pen.dot(x + at + 1.5 * MM, y + _LEGEND_MM * MM / 2, 1.2 * MM, CURVES[number % len(CURVES)])
            name = pen.short("small", chart.curves[number].name, width - 4 * MM)
            pen.line("small", name, x + at + 4 * MM, y + _LEGEND_MM * MM / 2)
        y += _LEGEND_MM * MM
    top, bottom = y + 2 * MM, y + _HIGH_MM * MM
    left = x + max(pen.width("small", text) for _, text in chart.values) + 2 * MM
    right, most = x + width - 2 * MM, chart.values[-1][0]
    for value, text in chart.values:
        at = bottom - (bottom - top) * float(value / most)
        pen.rule(left, at, right - left, 0.15 * MM)
        pen.line("small", text, left - 1.5 * MM, at, "ink3", align="right")
    first = min(chart.days[0][0], *(curve.points[0][0] for curve in chart.curves))
    last = max(chart.days[-1][0], *(curve.points[-1][0] for curve in chart.curves))
    for day, text in chart.days:
        at = left + (right - left) * share_of_time(day, first, last)
        pen.line("small", text, at, bottom + _AXIS_MM * MM / 2, "ink3", align="centre")
    for number, curve in enumerate(chart.curves):
        places = [(left + (right - left) * share_of_time(day, first, last),
                   bottom - (bottom - top) * float(value / most)) for day, value in curve.points]  # fmt: skip
        _paint_curve(pen, places, CURVES[number % len(CURVES)])


def _paint_curve(pen: Pen, places: Sequence[tuple[float, float]], color: str) -> None:
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtGui import QColor, QPen

    assert pen.painter is not None
    line = QPen(QColor(color), 0.5 * MM)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.painter.setPen(line)
    pen.painter.drawPolyline([QPointF(x, y) for x, y in places])
    pen.dot(*places[-1], 1.3 * MM, color)


def _legend(pen: Pen, curves: Sequence[Curve], width: float) -> list[list[tuple[int, float]]]:
    """The names of curves in rows: the number of each, and where it begins."""
    rows: list[list[tuple[int, float]]] = [[]]
    at = 0.0
    for number, curve in enumerate(curves):
        wide = min(pen.width("small", curve.name), width - 4 * MM) + 9 * MM
        if rows[-1] and at + wide > width:
            rows.append([])
            at = 0.0
        rows[-1].append((number, at))
        at += wide
    return rows
