"""A window that tests share which only look: opening one takes as long as ten looks at it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from outreach.app import Session
from outreach.photos import settle
from outreach.store.models import database
from outreach.ui.dialogs.overlay import Overlay


class Kept:
    """At most one window, which is never there beside another.

    Attributes:
        session: The window, if there is one.
    """

    def __init__(self) -> None:
        self.session: Session | None = None
        self._manager: AbstractContextManager[Session] | None = None

    def give(self, opens: Callable[[], AbstractContextManager[Session]]) -> Session:
        """The window; it is opened anew where there is none, or where another workspace was opened since."""
        if self.session is not None and database.obj is not self.session.desk.store.db:
            self.end()
        if self.session is None:
            self._manager = opens()
            self.session = self._manager.__enter__()
        return self.session

    def end(self) -> None:
        """Close it."""
        session, manager, self.session, self._manager = self.session, self._manager, None, None
        if session is not None and manager is not None:
            session.window.close()
            manager.__exit__(None, None, None)


def written(opened: Session) -> int:
    """Another number once anybody has written to the workspace."""
    return int(opened.desk.store.rows("PRAGMA data_version")[0][0])


def left_behind(opened: Session, before: int) -> list[str]:
    """What is not as it was: what a test that shares its window must not leave to the next."""
    settle(opened)
    found = [f"{type(each).__name__} is open" for each in opened.window.findChildren(Overlay) if each.isVisible()]
    return found + (["the workspace was written to"] if written(opened) != before else [])
