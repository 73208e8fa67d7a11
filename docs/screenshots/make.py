"""Makes the pictures of the guide: every page on the sample, light, three of them dark, and the report on paper.

Run: python docs/screenshots/make.py
     python docs/screenshots/make.py FOLDER   every page in every look, to be looked at: both themes, two sizes of the
                                              window, large text, longer words and the mirrored layout
"""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from outreach.photos import EVERY_LOOK, PLACES, Look, photograph
from outreach.store.workspace import Opening

HERE = Path(__file__).resolve().parent
#: The same day each time, so that a picture changes only when the page does.
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
DARK = ("people", "match", "review")


def report_picture(workspace_: Path, opening: Opening) -> Path:
    """The first two pages of the report that the demo ends with, beside one another."""
    from PySide6.QtGui import QColor, QImage, QPainter

    from outreach.paper.pages import preview
    from outreach.paper.report import ReportPages
    from outreach.services.report.pictures import pictures_for
    from outreach.services.review.making import review
    from outreach.store import workspace
    from outreach.wording import Words
    from outreach.wording.report_blocks import report_of, shown_pictures

    words = Words("en_GB")
    with workspace.reading(workspace_, opening) as store:
        report = report_of(words, review(store), NOW.date().isoformat(), shown_pictures(words, pictures_for(store)))
    pages = ReportPages(report)
    shown = [preview(pages, number, 690) for number in range(2)]
    picture = QImage(1440, shown[0].height() + 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("#E9EDEC"))
    painter = QPainter(picture)
    for number, each in enumerate(shown):
        painter.drawImage(20 + number * 710, 20, each)
    painter.end()
    place = HERE / "report.png"
    picture.save(str(place))
    return place


def main() -> None:
    """Make the sample, do the job on it, and photograph it."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["OUTREACH_HOME"] = str(Path(place) / "home")
        out = Path(place) / "demo"
        subprocess.run(
            [sys.executable, "-m", "outreach", "demo", "--json", "--now", NOW.isoformat(), "--out", out],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DISPLAY": "", "WAYLAND_DISPLAY": ""},
        )
        opening = Opening(clock=lambda: NOW)
        if len(sys.argv) > 1:
            taken = photograph(out / "workspace", Path(sys.argv[1]), EVERY_LOOK, PLACES, opening)
        else:
            taken = chain(
                photograph(out / "workspace", HERE, [Look()], PLACES, opening),
                photograph(out / "workspace", HERE, [Look(dark=True, suffix="-dark")], DARK, opening),
                # After the window: paper is content with less of Qt than a window needs.
                map(report_picture, [out / "workspace"], [opening]),
            )
        for path in taken:
            print(path)


if __name__ == "__main__":
    main()
