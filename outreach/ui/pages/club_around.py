"""The lists beside the clubs: events side by side, venues, where readers are to be met, who introduced whom."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.services.events import EventRow
from outreach.services.pages.around import HauntLine, IntroducerLine
from outreach.services.venues import VenueRow
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.lists import EmptyState, Footer


class AroundList(QWidget):
    """A list, or how it begins where there is nothing in it.

    Attributes:
        add: What the page's first button says while this list is shown.
        wish: The dialog that adds to it.
    """

    def __init__(
        self, desk: Desk, name: str, add: str, wish: str, empty: tuple[str, str, str], columns: Sequence[Column],
        opens: Callable[[Any], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.desk, self.add, self.wish = desk, add, wish
        self._rows: dict[int, Any] = {}
        self._opens = opens
        say, theme = desk.say, desk.theme
        self._columns = columns
        self.model = RowModel(tuple(columns), lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 48)
        self.table.setAccessibleName(name)
        self.table.opened.connect(lambda _: self.edit())
        Copying(self.table, desk)
        first = Button(theme, add, "primary", "plus", key_of("new"))
        first.clicked.connect(self.new)
        keys = [("↑↓", say("move")), ("Enter", say("open")), (key_of("new"), say("new"))]
        self._footer = Footer(theme, keys)
        listed = QWidget()
        listed.setLayout(column(self.table, self._footer))
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(EmptyState(theme, *empty, first))
        self.setLayout(column(self._stack))

    def show_rows(self, rows: Sequence[Any], said: str) -> None:
        """Show what there is, and how much that is."""
        current = self.table.current_id()
        self._rows = {row.id: row for row in rows}
        self.model.set_rows(list(rows))
        self.table.select_ids([current], current)
        if self.table.current_id() < 0:
            self.table.select_first()
        self._footer.fact.setText(said)
        self._stack.setCurrentIndex(0 if rows else 1)

    @property
    def current(self) -> Any:
        """The row that is chosen, None where there is none."""
        return self._rows.get(self.table.current_id())

    def new(self) -> None:
        """Add to the list."""
        self.desk.ask(self.wish, None)

    def edit(self) -> None:
        """Open what is chosen."""
        if self.current is not None:
            self._opens(self.current)

    def _speak(self, row: Any) -> str:
        return ", ".join(filter(None, (each.text(row) for each in self._columns)))


def _text(
    key: str, label: str, width: int, text: Callable[[Any], str], *, ink: str = "ink2", right: bool = False
) -> Column:
    return Column(key, label, width, plain(text, "body", ink, right=right), text, right=right)


def events_list(desk: Desk) -> AroundList:
    """Events side by side: who came, what was sold of the title and beside it, what it cost, what was left."""
    say, words = desk.say, desk.words

    def number(count: int | None) -> str:
        return words.number(count) if count else ""

    def cost(row: EventRow) -> str:
        return "" if row.cost_minor is None else words.money(row.cost_minor, row.cost_currency)

    def taken(row: EventRow) -> str:
        return ", ".join(words.money(amount, currency) for currency, amount in row.takings)

    def net(row: EventRow) -> str:
        return "" if row.net is None else words.money(row.net, row.cost_currency)

    def where(row: EventRow) -> str:
        return ", ".join(filter(None, (row.venue, row.person)))

    columns = (
        _text("name", say("Event"), 0, lambda row: str(row.name), ink="ink"),
        _text("kind", say("What it is"), 110, lambda row: words.term("event_kind", row.kind)),
        _text("day", say("Day"), 92, lambda row: desk.day(row.day)),
        _text("where", say("Where, with whom"), 176, where),
        _text("state", say("How it stands"), 118, lambda row: words.term("event_state", row.state)),
        _text("came", say("Came"), 74, lambda row: "" if row.came is None else words.number(row.came), right=True),
        _text("sold", say("Title sold"), 94, lambda row: number(row.sold), ink="ink", right=True),
        _text("beside", say("Sold beside"), 108, lambda row: number(row.companions), right=True),
        _text("cost", say("Cost"), 94, cost, right=True),
        _text("taken", say("Taken"), 104, taken, right=True),
        _text("net", say("Net"), 104, net, ink="ink", right=True),
    )  # fmt: skip
    empty = ("calendar-plus", say("A signing, a workshop, an hour on air"),
             say("Note who came, what was sold of the title and beside it, and what it cost: then events can be "
                 "compared."))  # fmt: skip
    return AroundList(desk, say("Events"), say("Plan an event"), "event", empty, columns,
                      lambda row: desk.ask("event_edit", row.id))  # fmt: skip


def venues_list(desk: Desk) -> AroundList:
    """Venues and outlets, with whom to talk to there."""
    say, words = desk.say, desk.words

    def reach(row: VenueRow) -> str:
        return "" if row.reach is None else words.number(row.reach)

    columns = (
        _text("name", say("Venue"), 0, lambda row: str(row.name), ink="ink"),
        _text("kind", say("What it is"), 120, lambda row: words.term("venue_kind", row.kind)),
        _text("place", say("Place"), 170, lambda row: str(row.place)),
        _text("person", say("Whom to talk to"), 190, lambda row: str(row.person)),
        _text("reach", say("Reaches"), 100, reach, right=True),
        _text("source", say("Who says so"), 150, lambda row: str(row.reach_source)),
        _text("events", say("Events"), 84, lambda row: words.number(row.events) if row.events else "", right=True),
    )
    empty = (
        "radio",
        say("Some voices have no account"),
        say("A shop, a library, a radio hour, a newsletter: keep who is behind it, and what was held there."),
    )
    return AroundList(desk, say("Venues"), say("Add a venue"), "venue", empty, columns,
                      lambda row: desk.ask("venue", row.id))  # fmt: skip


def haunts_list(desk: Desk) -> AroundList:
    """The chicken-whisperer worksheet, tallied: where readers of a title are to be met, and who is behind it."""
    say, words = desk.say, desk.words

    def readers(row: HauntLine) -> str:
        return say("{part} of {whole}", part=row.haunt.readers, whole=row.haunt.of)

    def behind(row: HauntLine) -> str:
        return str(row.haunt.person) or say("Not known yet")

    columns = (
        _text("name", say("Where readers are to be met"), 0, lambda row: str(row.haunt.name), ink="ink"),
        _text("kind", say("They"), 110, lambda row: words.term("haunt_kind", row.haunt.kind)),
        _text("readers", say("Readers"), 100, readers, ink="ink", right=True),
        _text("title", say("Title"), 210, lambda row: str(row.title)),
        _text("person", say("Who is behind it"), 210, behind),
    )
    empty = ("users", say("Who is your chicken whisperer?"),
             say("Ask some twenty readers of a title what they listen to, read and attend. What many share leads to "
                 "people to approach, with or without an account. Readers are numbered, not named."))  # fmt: skip
    return AroundList(desk, say("Worksheet"), say("Note what a reader told"), "readers", empty, columns,
                      lambda row: desk.ask("approach", (row.item_id, row.haunt.name)))  # fmt: skip


def referrals_list(desk: Desk) -> AroundList:
    """Who introduced people, what came of it, whether they were thanked, and whether it is a good time to ask."""
    say, words = desk.say, desk.words

    def count(of: Callable[[IntroducerLine], int]) -> Callable[[IntroducerLine], str]:
        return lambda row: words.number(of(row)) if of(row) else ""

    def stands(row: IntroducerLine) -> str:
        if row.who.unthanked:
            return words.trn("Thank them for {number}", "Thank them for {number}", row.who.unthanked)
        return say("A good time to ask") if row.who.good_time else say("Thanked")

    columns = (
        _text("who", say("Who"), 0, lambda row: str(row.who.person), ink="ink"),
        _text("introduced", say("Introduced"), 104, count(lambda row: row.who.introduced), ink="ink", right=True),
        _text("gifts", say("Gifts"), 84, count(lambda row: row.who.gifts), right=True),
        _text("posts", say("Posts"), 84, count(lambda row: row.who.posts), right=True),
        _text("clubs", say("Clubs"), 84, count(lambda row: row.who.clubs), right=True),
        _text("events", say("Events"), 84, count(lambda row: row.who.events), right=True),
        _text("news", say("Last news"), 104, lambda row: desk.day(row.who.last_news)),
        _text("stands", say("How it stands"), 190, stands),
    )
    empty = ("heart", say("Who introduced whom"),
             say("Note who led you to somebody: then you can thank them, see what came of it, and know when it is a "
                 "good time to ask."))  # fmt: skip
    return AroundList(desk, say("Referrals"), say("Note an introduction"), "referral", empty, columns,
                      lambda row: desk.ask("introduced", row.id))  # fmt: skip
