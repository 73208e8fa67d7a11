"""One window for one workspace: a second start brings the first window forward."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 400


def _name(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    return f"outreach-{digest[:24]}"


def call_forward(folder: Path) -> bool:
    """Ask the window that has a workspace open to come forward; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    found = socket.waitForConnected(_WAIT_MS)
    if found:
        socket.disconnectFromServer()
    return found


class Listener(QObject):
    """Listens for second starts, as long as a workspace is open.

    Signals:
        called: Someone started the program again on the same workspace.
    """

    called = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        # Whoever crashed has left its name behind; the workspace's lock says that nobody has it open now.
        QLocalServer.removeServer(_name(folder))
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(_name(folder))

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        while socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()
            socket = self._server.nextPendingConnection()
