"""Charts as SVG that stands within a page, in the page's colours, with a sentence for whoever hears it."""

from html import escape

from outreach.services.report.axes import share_of_time
from outreach.services.report.blocks import Lines, RateBar, Rates
from outreach.services.report.style import CURVES

_WIDTH, _ROW, _AXIS = 720, 30, 24
_NAMES, _FIGURES = 200, 130
_HIGH, _LEFT, _TOP = 240, 70, 24


def chart_svg(chart: Rates | Lines, name: str) -> str:
    """A chart as an element of a page."""
    if isinstance(chart, Rates):
        return _rates(chart, name)
    return _lines(chart, name)


def _svg(height: float, name: str, parts: list[str]) -> str:
    head = f'<svg class=chart viewBox="0 0 {_WIDTH} {height:g}" role=img aria-label="{escape(name)}">'
    return f"{head}{''.join(parts)}</svg>"


def _text(x: float, y: float, text: str, *, anchor: str = "start", kind: str = "") -> str:
    of = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{of}>{escape(text)}</text>'


def _rates(chart: Rates, name: str) -> str:
    left, right, bottom = _NAMES, _WIDTH - _FIGURES, len(chart.bars) * _ROW
    parts = []
    for share, text in zip((0, 0.5, 1), chart.axis, strict=True):
        x = left + (right - left) * share
        parts.append(f'<line class=grid x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{bottom}"/>')
        parts.append(_text(x, bottom + 16, text, anchor="middle", kind="soft"))
    for number, bar in enumerate(chart.bars):
        parts += _bar(bar, number * _ROW + _ROW / 2, left, right)
    return _svg(bottom + _AXIS, name, parts)


def _bar(bar: RateBar, y: float, left: float, right: float) -> list[str]:
    parts = [_text(0, y + 4, _short(bar.name)), _text(_WIDTH, y + 4, bar.of, anchor="end", kind="soft")]
    if bar.middle is None or bar.low is None or bar.high is None:
        return [*parts, _text(left + 8, y + 4, bar.share, kind="soft")]
    wide = right - left
    low, across = left + wide * bar.low, wide * (bar.high - bar.low)
    band = f'<rect class=band x="{low:.1f}" y="{y - 5:.1f}" width="{across:.1f}" height="10" rx="5"/>'
    dot = f'<circle class=dot cx="{left + wide * bar.middle:.1f}" cy="{y:.1f}" r="6"/>'
    parts.append(f"<g><title>{escape(bar.likely)}</title>{band}{dot}</g>")
    parts.append(_text(_WIDTH - 64, y + 4, bar.share, anchor="end"))
    return parts


def _lines(chart: Lines, name: str) -> str:
    first, last, most = chart.days[0][0], chart.days[-1][0], chart.values[-1][0]
    for curve in chart.curves:
        first, last = min(first, curve.points[0][0]), max(last, curve.points[-1][0])
    wide, high = _WIDTH - _LEFT - 16, _HIGH - _TOP - _AXIS

    def at(day_share: float, value_share: float) -> tuple[float, float]:
        return _LEFT + wide * day_share, _TOP + high * (1 - value_share)

    parts = []
    for value, text in chart.values:
        _, y = at(0, float(value / most))
        parts.append(f'<line class=grid x1="{_LEFT}" x2="{_WIDTH - 16}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(_text(_LEFT - 8, y + 4, text, anchor="end", kind="soft"))
    for day, text in chart.days:
        parts.append(_text(at(share_of_time(day, first, last), 0)[0], _HIGH - 6, text, anchor="middle", kind="soft"))
    for number, curve in enumerate(chart.curves):
        colour = CURVES[number % len(CURVES)]
        places = [at(share_of_time(day, first, last), float(value / most)) for day, value in curve.points]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline class=curve fill="none" stroke="{colour}" stroke-width="2" points="{drawn}"/>')
        x, y = places[-1]
        parts.append(f'<circle class=curve fill="{colour}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
        begin = _LEFT + number * wide / len(chart.curves)
        parts.append(f'<circle class=curve fill="{colour}" cx="{begin + 4:.1f}" cy="8" r="4"/>')
        parts.append(_text(begin + 14, 12, _short(curve.name)))
    return _svg(_HIGH, name, parts)


def _short(name: str, most: int = 28) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
