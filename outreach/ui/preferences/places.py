"""Workspaces: where this one lies, which others there are, a new one, and a look at one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.services.workspaces.places import Risk, risk_of
from outreach.settings import load, recent_folders
from outreach.store.database import Store
from outreach.store.workspace import DATABASE
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.preferences.section import Section, Title
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.notices import Note


class PlacesSection(Section):
    """This workspace, and others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say, theme, folder = desk.say, desk.theme, desk.store.folder
        self.warning = Note(theme, "", "warn")
        self.new, self.open = Button(theme, say("New…"), "default", "plus"), Button(theme, say("Open…"))
        self.look = Button(theme, say("Open for a look…"))
        self.show_folder = Button(theme, say("Show the folder"), "ghost", "external-link")
        self.new.clicked.connect(lambda: self._choose(say("Where the new workspace lies"), self._make))
        self.open.clicked.connect(lambda: self._choose(say("Which workspace"), self._go))
        self.look.clicked.connect(lambda: self._choose(say("Which workspace"), self._look))
        self.show_folder.clicked.connect(lambda: desk.files.show(folder))
        self.recent = column(spacing=6)
        self._recent_title = Title(desk, say("Opened lately"))
        self._recent_title.hide()
        text = say("A workspace is a folder that holds everything: people, titles, letters, backups. Open for a look, "
                   "nothing in it changes, and it may be open elsewhere.")  # fmt: skip
        here = line(
            column(Label(theme, folder.name, "strong"), Paragraph(theme, str(folder), "small", "ink3")),
            self.show_folder,
        )
        here.setStretch(0, 1)
        self.lay_out(
            say("Workspaces"), text, here, 6, self.warning, 10, line(self.new, self.open, self.look, None), 18,
            self._recent_title, 6, self.recent,
        )  # fmt: skip
        home = desk.home
        desk.runner.read(lambda _: (risk_of(folder), _others(home, folder)), then=self._show, replaces="places")

    def focus_first(self) -> None:
        self.new.setFocus()

    def _show(self, found: tuple[Risk | None, list[Path]]) -> None:
        if not isValid(self):
            return
        risk, others = found
        self.warning.set_text(self._words_of(risk) if risk else "")
        self._recent_title.setVisible(bool(others))
        for each in others:
            self.recent.addWidget(self._row(each))
        self.sized.emit()

    def _row(self, folder: Path) -> QWidget:
        theme, say, row = self.desk.theme, self.say, QWidget()
        opens, looks = Button(theme, say("Open"), height=28), Button(theme, say("Look"), "ghost", height=28)
        opens.setAccessibleName(say("Open {name}", name=folder.name))
        looks.setAccessibleName(say("Open {name} for a look", name=folder.name))
        opens.clicked.connect(lambda: self._go(folder))
        looks.clicked.connect(lambda: self._look(folder))
        words = column(Label(theme, folder.name, "medium"), Paragraph(theme, str(folder), "small", "ink3"))
        inner = line(words, looks, opens)
        inner.setStretch(0, 1)
        row.setLayout(inner)
        return row

    def _words_of(self, risk: Risk) -> str:
        return self.desk.words.say(risk.code, what=risk.what)

    def _choose(self, title: str, then: Callable[[Path], None]) -> None:
        folder = self.desk.files.folder(self.window(), title)
        if folder is not None:
            then(folder)

    def _make(self, folder: Path) -> None:
        """A new workspace in a folder: a new one within it where there is something already."""
        self._mind(folder, lambda: self.desk.leave(folder, new=True))

    def _go(self, folder: Path) -> None:
        self._mind(folder, lambda: self.desk.leave(folder))

    def _look(self, folder: Path) -> None:
        self.desk.leave(folder, to_look=True)

    def _mind(self, folder: Path, then: Callable[[], None]) -> None:
        """Go on, after a word of warning where the place is not safe."""

        def told(risk: Risk | None) -> None:
            if risk is None:
                then()
            elif isValid(self):
                self._warn(risk, then)

        def work(_: Store) -> Risk | None:
            return risk_of(folder)

        self.desk.runner.read(work, then=told, replaces="risk")

    def _warn(self, risk: Risk, then: Callable[[], None]) -> None:
        ground = self.window().findChild(QWidget, "ground")
        assert isinstance(ground, QWidget), "the settings float over it"
        theme, say = self.desk.theme, self.say
        other = Button(theme, say("Choose another folder"), "primary", key="Enter")
        anyway = Button(theme, say("Use it all the same"))
        dialog = Dialog(theme, ground, say("A workspace is not safe there"), self._words_of(risk), None, anyway, other)
        other.setFocus()
        other.clicked.connect(dialog.close_overlay)
        anyway.clicked.connect(then)


def _others(home: Path, folder: Path) -> list[Path]:
    """The workspaces that were opened lately and are still there."""
    return [each for each in recent_folders(load(home)) if each != folder and (each / DATABASE).exists()]
