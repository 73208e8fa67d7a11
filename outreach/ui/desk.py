"""What every page is given: the workspace's runner, the theme, the words, and ways to tell and to go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from outreach.errors import KnownError
from outreach.settings import Settings
from outreach.store.database import Store
from outreach.ui.files import Files
from outreach.ui.keymap import Keymap
from outreach.ui.recents import Recents
from outreach.ui.runner import Runner, changes_of
from outreach.ui.theme import Theme
from outreach.wording import Words


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where to go when this workspace is closed.

    Attributes:
        folder: The workspace to open next.
        to_look: Whether it is opened for a look, and nothing written.
        new: Whether it is made first.
        restore: A backup that takes its place first, if any.
        section: Which part of the settings is shown in it at once, if any.
    """

    folder: Path
    to_look: bool = False
    new: bool = False
    restore: Path | None = None
    section: str = ""


class Desk(QObject):
    """Handed to every page; pages know each other only through it.

    Attributes:
        theme: Colours and fonts.
        words: The user's language.
        runner: The way to the workspace.
        settings: The user's preferences.
        home: Where settings and logs lie.
        files: The user's files.
        keys: Which keys do what.
        recents: What was gone to last.

    Signals:
        told: Something was done: what to say, and whether it can be undone.
        offered: Something is about to be done: what to say, what takes it back, and for how many seconds.
        went: Another place is wanted: its name, and the id to show there or -1.
        viewed: A saved view is wanted: the name of its place, and its id.
        filtered: A list is wanted as a filter shows it: the name of its place, and the filter.
        asked: A dialog is wanted: its name, and what it is about.
        left: Another workspace is wanted: a `Leaving`.
        announced: Something is said to whoever listens: the words, and whether they are urgent.
        ending: The window is about to close: what was typed and not left yet is saved now.
    """

    told = Signal(str, bool)
    offered = Signal(str, object, int)
    went = Signal(str, int)
    viewed = Signal(str, int)
    filtered = Signal(str, str)
    asked = Signal(str, object)
    left = Signal(object)
    announced = Signal(str, bool)
    ending = Signal()

    def __init__(self, theme: Theme, words: Words, runner: Runner, settings: Settings, home: Path) -> None:
        super().__init__()
        self.theme = theme
        self.words = words
        self.runner = runner
        self.settings = settings
        self.home = home
        self.files = Files()
        self.keys = Keymap(home)
        self.recents = Recents(home, runner.store.folder)
        theme.use_keys(self.keys)
        self.say = words.tr

    @property
    def store(self) -> Store:
        """The workspace, to read small things; the window's thread cannot write."""
        return self.runner.store

    @property
    def today(self) -> date:
        """The present day."""
        return self.store.today()

    def day(self, iso: str | None, *, inside: bool = False) -> str:
        """A day as people say it, by itself or inside a sentence."""
        return self.words.short_day(iso, self.today, inside=inside)

    def sentence(self, error: Exception) -> str:
        """A trouble of the user's world as a sentence.

        Raises:
            Exception: the error itself, when it is a mistake of ours.
        """
        if not isinstance(error, KnownError):
            raise error
        return self.words.trouble(error, window=True)

    def tell(self, text: str, *, undoable: bool = False) -> None:
        """Say that something was done."""
        self.told.emit(text, undoable)

    def offer(self, text: str, undo: Callable[[], object], seconds: int) -> None:
        """Say that something is about to be done, with a way to take it back while that can still be."""
        self.offered.emit(text, undo, seconds)

    def announce(self, text: str, *, urgently: bool = False) -> None:
        """Let a screen reader say something that came to be without the user's going there.

        Args:
            text: What it says.
            urgently: At once, as it is in the way; else when it has said what it is saying.
        """
        self.announced.emit(text, urgently)

    def go(self, place: str, row_id: int = -1) -> None:
        """Go to another place."""
        self.recents.note(place, row_id)
        self.went.emit(place, row_id)

    def show_view(self, place: str, view_id: int) -> None:
        """Go to a place, and show it as a saved view says."""
        self.went.emit(place, -1)
        self.viewed.emit(place, view_id)

    def show_filtered(self, place: str, query: str) -> None:
        """Go to another place, and show there what a filter leaves."""
        self.went.emit(place, -1)
        self.filtered.emit(place, query)

    def ask(self, dialog: str, about: object = None) -> None:
        """Open a dialog."""
        self.asked.emit(dialog, about)

    def leave(
        self, folder: Path, *, to_look: bool = False, new: bool = False, restore: Path | None = None, section: str = ""
    ) -> None:
        """Close this workspace and open another one, or the same anew; see `Leaving`."""
        self.left.emit(Leaving(folder, to_look, new, restore, section))

    def write(
        self,
        work: Callable[[Store], Any],
        told: str | Callable[[Any], str] = "",
        *,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        initiator: object = None,
    ) -> None:
        """Write, and say so with an Undo beside it."""

        def done(result: Any) -> None:
            if then is not None:
                then(result)
            text = told(result) if callable(told) else told
            if text and changes_of(result):
                self.tell(text, undoable=True)

        self.runner.write(work, then=done, failed=failed, initiator=initiator)
