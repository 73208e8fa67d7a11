"""Asking for files and folders with the system's own dialogs, and showing them with its own programs."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Files:
    """The user's files; one object, so that a test can answer in the user's place."""

    def to_open(self, parent: QWidget, title: str, patterns: str) -> Path | None:
        """A file to read, or None when the user thought better of it."""
        name, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), patterns)
        return Path(name) if name else None

    def to_save(self, parent: QWidget, title: str, name: str) -> Path | None:
        """Where to write a file."""
        found, _ = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name))
        return Path(found) if found else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder to write into."""
        name = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
        return Path(name) if name else None

    def to_print(self, parent: QWidget, title: str) -> "QPrinter | None":
        """A printer, or a PDF in the place of one, as the user chose; None when the user thought better of it."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None

    def show(self, path: Path) -> None:
        """Open a file with the program that the system keeps for it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def browse(self, address: str) -> None:
        """Open an address of the web in the browser."""
        QDesktopServices.openUrl(QUrl(address))
