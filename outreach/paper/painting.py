"""Getting Qt ready to paint, with a display or without one."""

import os
import sys
from typing import TYPE_CHECKING

from outreach.errors import KnownError

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

#: What a bare Debian lacks to load Qt.
PACKAGES = "libglib2.0-0 libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 libgssapi-krb5-2 fonts-dejavu-core"

#: Plain faces that every system has one of. They are also what a reader can copy text from: Qt writes a table of
#: characters into a PDF, and for some fonts it leaves out the capital A and the space.
PLAIN = ("DejaVu Sans", "Arial", "Helvetica", "Noto Sans", "Liberation Sans")
#: The same of faces for what is read as a letter is.
SERIF = ("DejaVu Serif", "Georgia", "Times New Roman", "Noto Serif", "Liberation Serif")


def painting_libraries() -> None:
    """Make sure that Qt can be loaded.

    Raises:
        KnownError: ``paper.missing_library`` where a library of the system is missing.
    """
    try:
        import PySide6.QtGui  # noqa: F401 - loading it is the test
    except ImportError as error:
        library = str(error).partition(":")[0]
        raise KnownError("paper.missing_library", library=library, packages=PACKAGES) from error


def painting_app() -> "QGuiApplication":
    """The application that painting needs; made without a display where none is running.

    Raises:
        KnownError: ``paper.missing_library`` where a library of the system is missing.
    """
    painting_libraries()
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication.instance()
    if app is None:
        # Fonts of the system that are not there, and a run-time folder nobody made, are of no concern on paper.
        os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db=false;qt.qpa.fonts=false")
        app = QGuiApplication([sys.argv[0] or "outreach", "-platform", "offscreen"])
    assert isinstance(app, QGuiApplication)
    return app
