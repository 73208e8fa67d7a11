"""Pages of any kind, painted by the same hand into a PDF, on a printer, and as a picture for the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.paper.painting import painting_app
from outreach.paper.setting import DPI, MM
from outreach.services.shipments.labels import PAGES
from outreach.store.files import replacing

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPagedPaintDevice, QPainter


@dataclass(frozen=True, slots=True)
class Painted:
    """What was painted, and what a person should look at before it is printed.

    Attributes:
        shrunk: Numbers, from 0, of the labels, slips or cards whose text had to be smaller.
        cut: Numbers of those whose text does not fit even so: its end is missing, and three dots say so.
        unreadable: By number, the letters that no font of this computer has.
        without_bars: Numbers of those that have no room for their bar code.
    """

    pages: int
    shrunk: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()
    unreadable: Mapping[int, str] = field(default_factory=dict)
    without_bars: tuple[int, ...] = ()


class Told:
    """Notes, while it is painted, what a person should look at."""

    def __init__(self) -> None:
        self.shrunk: set[int] = set()
        self.cut: set[int] = set()
        self.without_bars: set[int] = set()
        self.unreadable: dict[int, str] = {}

    def lacks(self, number: int, letters: str) -> None:
        """Note letters without a font."""
        if letters:
            known = self.unreadable.get(number, "")
            self.unreadable[number] = known + "".join(each for each in letters if each not in known)

    def painted(self, pages: int) -> Painted:
        """All that was noted."""
        shrunk, cut, bare = (tuple(sorted(each)) for each in (self.shrunk, self.cut, self.without_bars))
        return Painted(pages, shrunk, cut, dict(sorted(self.unreadable.items())), bare)


class Pages(Protocol):
    """What has pages: labels, slips, cards.

    Attributes:
        page: The name of their size in ``PAGES``.
        count: How many there are, at least one.
        told: What is noted of them while they are painted.
    """

    page: str
    count: int
    told: Told

    def paint(self, painter: "QPainter", number: int) -> None:
        """Paint a page, from 0; the origin is the corner of the paper, and a millimetre has ``MM`` units."""


def write_pdf(path: Path, pages: Pages, job: Job | None = None) -> Painted:
    """Paint pages into a PDF, whole or not at all.

    Args:
        path: The PDF.
        pages: What is painted.
        job: Its cancelling ends the painting.

    Raises:
        KnownError: ``paper.missing_library`` or ``paper.not_written``.
        Cancelled: when the job was stopped; no file is left.
    """
    painting_app()
    from PySide6.QtGui import QPdfWriter

    try:
        with replacing(path) as made:
            writer = QPdfWriter(str(made))
            writer.setResolution(DPI)
            return print_pages(writer, pages, job)
    except OSError as error:
        raise KnownError("paper.not_written", file=str(path), why=error.strerror or str(error)) from error


def print_pages(device: "QPagedPaintDevice", pages: Pages, job: Job | None = None) -> Painted:
    """Paint pages onto a printer, or whatever else has pages, on any thread.

    Raises:
        KnownError: ``paper.not_printed``.
        Cancelled: when the job was stopped; a printer is told to forget what it has.
    """
    from PySide6.QtGui import QPainter

    _whole_paper(device, pages.page)
    painter = QPainter()
    if not painter.begin(device):
        raise KnownError("paper.not_printed")
    scale = device.logicalDpiX() / DPI
    try:
        for number in range(pages.count):
            if job is not None:
                job.report(number, total=pages.count)
            if number and not device.newPage():
                raise KnownError("paper.not_printed")
            painter.save()
            painter.scale(scale, scale)
            pages.paint(painter, number)
            painter.restore()
    except Cancelled:
        forget = getattr(device, "abort", None)
        if forget is not None:
            forget()
        raise
    finally:
        painter.end()
    return pages.told.painted(pages.count)


def look_through(pages: Pages, job: Job | None = None) -> Painted:
    """What would be told of pages, before a printer is asked for: nothing is kept of what is painted.

    Raises:
        KnownError: ``paper.missing_library``.
        Cancelled: when the job was stopped.
    """
    painting_app()
    from PySide6.QtGui import QImage, QPainter

    dot = QImage(1, 1, QImage.Format.Format_RGB32)
    painter = QPainter(dot)
    try:
        for number in range(pages.count):
            if job is not None:
                job.report(number, total=pages.count)
            pages.paint(painter, number)
    finally:
        painter.end()
    return pages.told.painted(pages.count)


def preview(pages: Pages, number: int, width: int) -> "QImage":
    """A page as a picture for the screen, as it would be printed.

    Args:
        pages: What has pages.
        number: Which one, from 0.
        width: How wide the picture is, in pixels; its height follows from the paper.

    Raises:
        KnownError: ``paper.missing_library``.
    """
    painting_app()
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter

    wide, high = PAGES[pages.page]
    image = QImage(width, round(width * high / wide), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    scale = width / (wide * MM)
    painter.scale(scale, scale)
    pages.paint(painter, number)
    painter.end()
    return image


def _whole_paper(device: "QPagedPaintDevice", page: str) -> None:
    """Paint from the corner of the paper, and not from where a printer's own margin ends."""
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize

    size = QPageSize(QSizeF(*PAGES[page]), QPageSize.Unit.Millimeter, page)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
