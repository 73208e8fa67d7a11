"""Pages of text and tables as a PDF."""

from collections.abc import Callable
from pathlib import Path

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.paper.painting import painting_app
from outreach.paper.printout import Printout, print_out
from outreach.store.files import replacing

_DPI = 300


def printout_to_pdf(
    path: Path, printout: Printout, foot: Callable[[int, int], str], job: Job | None = None, *, landscape: bool = False
) -> int:
    """Write pages into a PDF on A4, whole or not at all; how many there are is returned.

    Raises:
        KnownError: ``paper.missing_library`` or ``paper.not_written``.
        Cancelled: when the job was stopped; no file is left.
    """
    painting_app()
    from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

    try:
        with replacing(path) as made:
            writer = QPdfWriter(str(made))
            writer.setResolution(_DPI)
            writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            if landscape:
                writer.setPageOrientation(QPageLayout.Orientation.Landscape)
            return print_out(writer, printout, foot, job)
    except OSError as error:
        raise KnownError("paper.not_written", file=str(path), why=error.strerror or str(error)) from error
