"""5,000 address labels as a PDF, against a bare loop that only paints the same lines.

Run: python -m tests.benchmarks.bench_labels
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

from outreach.paper.labels import Placing, paint_labels
from outreach.paper.painting import PLAIN, painting_app
from outreach.services.shipments.labels import sheet
from tests.benchmarks.measure import Gates, in_turn, wall_of

LABELS = 5_000
_DPI = 300
_MM = _DPI / 25.4
_TOWNS = ("Bristol", "Leeds", "Łódź", "Reykjavík", "São Luís", "Antigua and Barbuda")


def blocks() -> list[tuple[str, ...]]:
    """Addresses of four and five lines."""
    return [
        (
            f"Person {n} Reyes",
            f"{n} Alma Vale Road",
            *((f"Flat {n % 40}",) if n % 3 else ()),
            _TOWNS[n % 6],
            f"BS{n} 2HY",
        )
        for n in range(LABELS)
    ]


def bare(path: Path, some: list[tuple[str, ...]]) -> None:
    """The loop that anybody would write: no fitting, no check that anything has room or a font."""
    kind = sheet("L7160")
    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    font = QFont(list(PLAIN))
    font.setPixelSize(44)
    painter = QPainter(writer)
    painter.setFont(font)
    for number, lines in enumerate(some):
        place = number % kind.per_page
        if number and not place:
            writer.newPage()
        x, y = kind.place(place)
        for row, text in enumerate(lines, start=1):
            painter.drawText(QPointF((x + 4) * _MM, (y + 2) * _MM + row * 60), text)
    painter.end()


def main() -> int:
    """Measure and print; 1 where the gate was missed."""
    painting_app()
    gates, some = Gates(), blocks()
    with tempfile.TemporaryDirectory() as place:
        ours, other = Path(place) / "ours.pdf", Path(place) / "bare.pdf"
        measured = in_turn(
            lambda: wall_of(lambda: paint_labels(ours, sheet("L7160"), some, Placing())),
            lambda: wall_of(lambda: bare(other, some)),
            rounds=9,
        )
        gates.ratio(f"{LABELS:,} labels as a PDF, against a bare loop", measured, 1.5)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main())
