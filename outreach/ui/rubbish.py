"""When Python looks for rubbish among all that lives: the window answers nobody meanwhile."""

import gc

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

#: Among all that lives it is looked by itself after so many times among what is new, where Python would after ten.
_SELDOM, _USUAL = 200, 10


class Rubbish(QObject):
    """Puts the search off until the user looks at another program, or there may be very much."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        young, middle, _ = self._before = gc.get_threshold()
        gc.set_threshold(young, middle, _SELDOM)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._state_changed)

    def leave(self) -> None:
        """Let Python look as often as before."""
        gc.set_threshold(*self._before)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive and gc.get_count()[2] >= _USUAL:
            gc.collect()
