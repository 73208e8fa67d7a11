"""Dialogs of the review: the list behind a number, of what it is, and two campaigns beside one another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.fields.dates import parse_day
from outreach.services.campaigns.campaign import campaign_names
from outreach.services.catalogue.clients import list_clients
from outreach.services.people.rosters import rosters
from outreach.services.review.behind import Behind, BehindLine, Wish, behind
from outreach.services.review.making import review
from outreach.services.review.value import Review, Scope
from outreach.services.review.wanted import Wanted
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.picks import labelled, title_pick
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import PAGE, RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, column, line
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.wording.compared import Pair, compared, verdict
from outreach.wording.review import amounts_text

_HIGH, _ROW = 380, 34
_WHOLE_DAY = len("2026-11-24")


def behind_dialog(desk: Desk, parent: QWidget, about: Wish) -> None:
    """Open the list behind a number, once it has been found."""

    def reading(store: Store) -> tuple[Behind, Mapping[int, BehindLine]]:
        found = behind(store, about.scope, about.number)
        return found, found.lines(store, found.ids[:PAGE])

    def show(read: tuple[Behind, Mapping[int, BehindLine]]) -> None:
        BehindDialog(desk, parent, about.name, *read)

    desk.runner.read(reading, then=show, replaces="review.behind")


class BehindDialog(Dialog):
    """The rows that a number is counted from; Enter goes to where one is shown."""

    def __init__(
        self, desk: Desk, parent: QWidget, name: str, found: Behind, first: Mapping[int, BehindLine]
    ) -> None:  # fmt: skip
        self._desk = desk
        theme, words = desk.theme, desk.words
        self.model = RowModel(self._columns(found), lambda ids: found.lines(desk.store, ids), self._spoken, parent)
        self.table = TableView(theme, self.model, _ROW, inset=10, folds=False)
        self.table.setAccessibleName(name)
        self.table.setFixedHeight(theme.px(_HIGH))
        self.table.opened.connect(self._go)
        close = Button(theme, desk.say("Close"), "primary", key="Esc")
        close.clicked.connect(self.close_overlay)
        counted = words.trn("{number} row", "{number} rows", len(found.ids))
        super().__init__(theme, parent, name, counted, self.table, close, width=860)
        self.model.set_ids(found.ids, first)
        if found.ids:
            self.table.setFocus()
            self.table.select_first()

    def enter(self) -> None:
        if self.table.hasFocus():
            self._go(self.table.current_id())
        else:
            super().enter()

    def _go(self, row_id: int) -> None:
        row = self.model.row(self.model.place_of(row_id)) if row_id in self.model.ids else None
        if row is not None and row.place:
            self.close_overlay()
            self._desk.go(row.place, row.place_id)

    def _spoken(self, row: BehindLine) -> str:
        words = self._desk.words
        told = (
            row.who,
            row.what,
            words.term(row.how_kind, row.how),
            words.day(row.day),
            amounts_text(words, row.amounts),
        )
        return ", ".join(filter(None, told))

    def _columns(self, found: Behind) -> Sequence[Column]:
        words, say, px = self._desk.words, self._desk.say, self._desk.theme.px

        def text(key: str, label: str, wide: int, told: Callable[[Any], str], role: str = "body") -> Column:
            return Column(key, label, px(wide), plain(told, role), told)

        def number(key: str, label: str, wide: int, told: Callable[[Any], str]) -> Column:
            return Column(key, label, px(wide), plain(told, "num", right=True), told, right=True)

        shown = [
            text("who", say("Who"), 0, lambda row: str(row.who)),
            text("what", say("What"), 250, lambda row: str(row.what), "title"),
            text("how", say("How"), 116, lambda row: words.term(row.how_kind, row.how)),
            text("day", say("Day"), 106, lambda row: words.day(row.day)),
        ]
        if found.kind in ("sale", "event", "club"):
            shown.append(number("count", say("Number"), 84, lambda row: "" if row.count is None else
                                words.number(row.count)))  # fmt: skip
        if found.kind in ("sale", "event", "cost"):
            shown.append(number("money", say("Money"), 100, lambda row: amounts_text(words, row.amounts)))
        return shown


def scope_dialog(desk: Desk, parent: QWidget, about: tuple[Wanted, Callable[[Wanted], None]]) -> None:
    """Ask of what the review is to be: a client, a roster, a title, days."""
    ScopeDialog(desk, parent, *about)


class ScopeDialog(Dialog):
    """Of what the review is."""

    def __init__(self, desk: Desk, parent: QWidget, wanted: Wanted, then: Callable[[Wanted], None]) -> None:
        self._of, self._then = wanted, then
        say, scope = desk.say, wanted.chosen

        def is_day(text: str) -> str:
            return "" if not text or len(parse_day(text) or "") == _WHOLE_DAY else say("Write it like 2026-11-24")

        self.title = title_pick(desk, scope.item_id)
        clients = [("", say("All clients")), *((str(each.id), each.name) for each in list_clients())]
        lists = [("", say("Everyone")), *((str(each.id), each.name) for each in rosters())]
        dated = wanted.period == "days"
        self.form = Form(
            desk.theme,
            [FieldSpec("client", say("Client"), choices=clients), FieldSpec("roster", say("Roster"), choices=lists),
             FieldSpec("since", say("From"), "2026-09-01", check=is_day),
             FieldSpec("until", say("Until"), "2026-11-30", check=is_day)],
            {"client": str(scope.client_id or ""), "roster": str(scope.roster_id or ""),
             "since": scope.since if dated else "", "until": scope.until if dated else ""},
        )  # fmt: skip
        body = QWidget()
        body.setLayout(column(labelled(desk, (say("Title"), self.title)), self.form, spacing=14))
        cancel, go = Button(desk.theme, say("Cancel")), Button(desk.theme, say("Show it"), "primary", key="Enter")
        everything = Button(desk.theme, say("All gifts"), "ghost")
        super().__init__(desk.theme, parent, say("Which gifts?"), "", body, everything, cancel, go)
        self.form.resized.connect(self.resettle)
        cancel.clicked.connect(self.close_overlay)
        everything.clicked.connect(lambda: self._end(Wanted()))
        go.clicked.connect(self.submit)
        self.form.focus_first()

    def submit(self) -> None:
        """Show the review of what was chosen."""
        if not self.form.check():
            return
        values = self.form.values()
        since, until = parse_day(values["since"]) or "", parse_day(values["until"]) or ""
        chosen = replace(
            self._of.chosen, client_id=int(values["client"] or 0) or None,
            roster_id=int(values["roster"] or 0) or None,
            item_id=self.title.row_id if self.title.row_id > 0 else None, since=since, until=until,
        )  # fmt: skip
        period = "days" if since or until else "" if self._of.period == "days" else self._of.period
        self._end(Wanted(period, chosen))

    def _end(self, wanted: Wanted) -> None:
        self.close_overlay()
        self._then(wanted)


class CompareDialog(Dialog):
    """Two campaigns beside one another."""

    def __init__(self, desk: Desk, parent: QWidget, about: int | None) -> None:
        self._desk = desk
        theme, say = desk.theme, desk.say
        self.choices = [Choice(say("One campaign")), Choice(say("The other campaign"))]
        names = campaign_names()
        for number, choice in enumerate(self.choices):
            for row, name in names:
                choice.addItem(name, row)
            choice.setCurrentIndex(min(number, len(names) - 1))
            choice.activated.connect(lambda _: self._read())
        if about is not None:
            self.choices[0].setCurrentIndex(max(0, self.choices[0].findData(about)))
            if self.choices[1].currentData() == about:
                self.choices[1].setCurrentIndex(0)
        self.model = RowModel(
            self._columns(), lambda _: {}, lambda row: ", ".join((row.name, row.one, row.other)), parent
        )
        self.table = TableView(theme, self.model, 40, inset=10, folds=False)
        self.table.setAccessibleName(say("Two campaigns beside one another"))
        self.table.setFixedHeight(theme.px(_HIGH))
        self.verdict = Paragraph(theme, "", "body", "ink")
        close = Button(theme, say("Close"), "primary", key="Esc")
        body = QWidget()
        body.setLayout(column(line(*self.choices), 10, self.verdict, 6, self.table))
        super().__init__(theme, parent, say("Two campaigns beside one another"), "", body, close, width=940)
        close.clicked.connect(self.close_overlay)
        self._read()

    def _read(self) -> None:
        one, other = (choice.currentData() for choice in self.choices)

        def reading(store: Store) -> tuple[Review, Review] | None:
            if one is None or other is None:
                return None
            return review(store, Scope(campaign_id=one)), review(store, Scope(campaign_id=other))

        self._desk.runner.read(reading, then=self.still(self._show), replaces="review.compare")

    def _show(self, found: tuple[Review, Review] | None) -> None:
        if found is None:
            self.verdict.set_text(self._desk.say("There is no campaign yet."))
        else:
            self.verdict.set_text(verdict(self._desk.words, *found))
            self.model.show(dict(enumerate(compared(self._desk.words, *found))))
        self.resettle()

    def _columns(self) -> Sequence[Column]:
        say, px = self._desk.say, self._desk.theme.px

        def text(key: str, label: str, wide: int, told: Callable[[Pair], str], role: str = "body") -> Column:
            return Column(key, label, px(wide), plain(told, role), told)

        return [text("name", say("What"), 0, lambda row: row.name, "medium"),
                text("one", say("The one"), 235, lambda row: row.one),
                text("other", say("The other"), 235, lambda row: row.other)]  # fmt: skip
