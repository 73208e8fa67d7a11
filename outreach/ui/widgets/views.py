"""The saved views of a list: a button that names the one that is on, and a menu to save, rename and delete them."""

from collections.abc import Callable
from dataclasses import replace

from outreach.changes import Changes
from outreach.services.workspaces.views import SavedView, View, delete_view, save_view, saved_views
from outreach.ui.desk import Desk
from outreach.ui.table.menu import ColumnsMenu
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.menus import Menu

_WIDEST = 150


class ViewsButton(Button):
    """Stands in a list's toolbar.

    Attributes:
        on: The view that is on, None for none.
    """

    def __init__(self, desk: Desk, place: str, capture: Callable[[], View], apply: Callable[[View], None]) -> None:
        """A button for the views of a place; `capture` says how its list is looked at, `apply` changes that."""
        super().__init__(desk.theme, desk.say("Views"), "ghost", "bookmark")
        self._desk = desk
        self._place = place
        self._capture = capture
        self._apply = apply
        self._before: View | None = None
        self.on: SavedView | None = None
        self.clicked.connect(self._open)
        desk.viewed.connect(lambda wanted, view_id: self.choose(view_id) if wanted == place else None)
        desk.filtered.connect(lambda wanted, query: self.filter(query) if wanted == place else None)
        desk.runner.changed.connect(self._on_changed)

    @property
    def is_changed(self) -> bool:
        """Whether the list is looked at in another way than the view that is on says."""
        return self.on is not None and self._capture() != self.on.view

    def note(self) -> None:
        """The list is looked at in another way now: say so beside the view's name."""
        say = self._desk.say
        if self.on is None:
            text, spoken = say("Views"), say("Views")
        else:
            name = self._theme.elided("medium", self.on.name, self._theme.px(_WIDEST))
            changed = self.is_changed
            text = say("{view}, changed", view=name) if changed else name
            spoken = (
                say("View {view}, changed", view=self.on.name) if changed else say("View {view}", view=self.on.name)
            )
        if text != self.text():
            self.set_label(text)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)

    def choose(self, view_id: int) -> None:
        """Show the list as a view says."""
        wanted = next((each for each in saved_views(self._place) if each.id == view_id), None)
        if wanted is not None:
            if self.on is None:
                self._before = self._capture()
            self.on = wanted
            self._apply(wanted.view)
            self.note()

    def filter(self, query: str) -> None:
        """Show the list as a filter leaves it, with the columns that it has."""
        self.on = None
        self._apply(replace(self._capture(), query=query, which=""))
        self.note()

    def leave(self) -> None:
        """Show the list as it was before a view was chosen."""
        self.on = None
        if self._before is not None:
            self._apply(self._before)
        self.note()

    def save_as(self) -> None:
        """Save how the list is looked at, under a name."""
        before = self._capture()
        self._desk.ask("view", (before, self._take_on))

    def menu_of_views(self) -> Menu:
        """The views, and what can be done with them."""
        menu, say, desk = Menu(self), self._desk.say, self._desk
        for each in saved_views(self._place):
            action = menu.addAction(each.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(self.on is not None and each.id == self.on.id)
            action.triggered.connect(lambda _=False, view_id=each.id: self.choose(view_id))
        if not menu.isEmpty():
            menu.addSeparator()
        on = self.on
        if on is not None and self.is_changed:
            menu.addAction(say("Save the changes")).triggered.connect(self._save_changes)
        menu.addAction(say("Save this view as…")).triggered.connect(self.save_as)
        if on is not None:
            menu.addAction(say("Rename…")).triggered.connect(lambda: desk.ask("view", (on, self._take_on)))
            menu.addAction(say("Delete")).triggered.connect(self._delete)
            menu.addSeparator()
            menu.addAction(say("Leave this view")).triggered.connect(self.leave)
        return menu

    def _open(self) -> None:
        self.menu_of_views().drop_from(self)

    def _take_on(self, view_id: int) -> None:
        """A view was saved or renamed: it is on."""
        if self.on is None:
            self._before = self._capture()
        self.on = next((each for each in saved_views(self._place) if each.id == view_id), None)
        self.note()

    def _save_changes(self) -> None:
        if self.on is not None:
            name, view = self.on.name, self._capture()
            self._desk.write(
                lambda store: save_view(store, name, view), self._desk.say("Saved the changes to “{view}”", view=name)
            )

    def _delete(self) -> None:
        if self.on is not None:
            view_id, name = self.on.id, self.on.name
            self._desk.write(
                lambda store: delete_view(store, view_id), self._desk.say("Deleted the view “{view}”", view=name)
            )

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """Views were written, here or by an undo: the one that is on may have another name, or be gone."""
        if self.on is not None and changes.touches("workspace_setting"):
            view_id = self.on.id
            self.on = next((each for each in saved_views(self._place) if each.id == view_id), None)
            self.note()


def view_tools(
    desk: Desk, table: TableView, place: str, capture: Callable[[], View], apply: Callable[[View], None]
) -> tuple[ViewsButton, Button]:
    """The buttons at the end of a list's toolbar: its saved views, and its columns."""
    views = ViewsButton(desk, place, capture, apply)
    columns = Button(desk.theme, "", "ghost", "columns-3")
    columns.setAccessibleName(desk.say("Columns"))
    columns.setToolTip(desk.say("Columns"))
    menu = ColumnsMenu(columns, table, desk, place)
    menu.keeps = lambda: views.on is None
    table.columns_changed.connect(views.note)
    return views, columns
