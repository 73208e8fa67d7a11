"""Telling of trouble: a sentence for what is in the user's world, a report that can be copied for a mistake of ours."""

import platform
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from outreach import __version__
from outreach.errors import KnownError
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button


def trouble_dialog(desk: Desk, parent: QWidget, about: Exception | tuple[Exception, Callable[[], None]]) -> None:
    """Tell of what went wrong; nothing was changed by it. With a call, that is made when it was read."""
    error, told = about if isinstance(about, tuple) else (about, None)
    if isinstance(error, KnownError):
        dialog = _sentence_dialog(desk, parent, desk.words.trouble(error, window=True))
    else:
        dialog = _report_dialog(desk, parent, error)
    if told is not None:
        dialog.closed.connect(told)


def report_of(error: Exception) -> str:
    """What we need to mend a mistake: versions and the trace, nothing of the user's data that is not in it."""
    head = f"Outreach {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return f"{head}\n\n{''.join(traceback.format_exception(error))}"


def _sentence_dialog(desk: Desk, parent: QWidget, text: str) -> Dialog:
    close = Button(desk.theme, desk.say("Close"), "primary", key="Enter")
    dialog = Dialog(desk.theme, parent, desk.say("That did not work"), text, None, close, width=480)
    desk.announce(text, urgently=True)
    close.clicked.connect(dialog.close_overlay)
    return dialog


def _report_dialog(desk: Desk, parent: QWidget, error: Exception) -> Dialog:
    say, report = desk.say, report_of(error)
    kept = _kept(desk.home, report)
    box = QPlainTextEdit(report)
    box.setReadOnly(True)
    box.setFont(desk.theme.font("mono"))
    box.setAccessibleName(say("Report"))
    box.setFixedHeight(desk.theme.px(240))
    copy, close = Button(desk.theme, say("Copy report")), Button(desk.theme, say("Close"), "primary", key="Enter")
    text = say("This is a mistake of Outreach, not yours. Nothing was left half done.")
    if kept is not None:
        text += " " + say("The report is kept as {file}.", file=str(kept))
    dialog = Dialog(desk.theme, parent, say("Something went wrong"), text, box, copy, close, width=680)
    desk.announce(text, urgently=True)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
    close.clicked.connect(dialog.close_overlay)
    return dialog


def _kept(home: Path, report: str) -> Path | None:
    path = home / "logs" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.txt"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(report, encoding="utf-8")
    except OSError:
        return None
    return path
