"""The lists beside the clubs: events side by side, venues, where readers are to be met, who introduced whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.services.pages.around import HauntLine, IntroducerLine
from outreach.services.voices.events import EventRow
from outreach.services.voices.venues import VenueRow
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import is_low, paint_title, two_lines
from outreach.ui.paint.marks import avatar
from outreach.ui.table.columns import Column, Paint, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState, Footer

#: A plain sign for what an event, a venue or a place that readers named is.
_EVENT_ICONS = {"signing": "feather", "stock_signing": "library", "workshop": "users", "radio": "radio",
                "talk": "message-square-quote"}  # fmt: skip
_VENUE_ICONS = {"shop": "store", "library": "library", "school": "graduation-cap", "radio": "radio",
                "podcast": "podcast", "newsletter": "newspaper", "society": "users", "festival": "flag"}  # fmt: skip
_HAUNT_ICONS = {"listens": "radio", "reads": "newspaper", "attends": "users"}
#: What is offered beside opening a row: the action, what its button and keycap say, and the dialog or the act.
Act = tuple[str, str, Callable[[Any], None]]


@dataclass(frozen=True, slots=True)
class NothingYet:
    """How a list begins: a drawing, a sentence, a line below, and up to three steps."""

    icon: str
    sentence: str
    below: str
    steps: tuple[Step, ...]


class AroundList(QWidget):
    """A list, or how it begins where there is nothing in it.

    Attributes:
        add: What the page's first button says while this list is shown.
        wish: The dialog that adds to it.
        act: What else is done here with the row that is chosen; None for nothing.
    """

    def __init__(
        self, desk: Desk, name: str, add: str, wish: str, empty: NothingYet, columns: Sequence[Column],
        opens: Callable[[Any], None], *, told: Sequence[Column] = (), act: Act | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.desk, self.add, self.wish, self.act = desk, add, wish, act
        self._rows: dict[int, Any] = {}
        self._opens = opens
        say, theme = desk.say, desk.theme
        self._told = tuple(told) or tuple(columns)
        self.model = RowModel(tuple(columns), lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 56)
        self.table.told = tuple(told)
        self.table.setAccessibleName(name)
        self.table.opened.connect(lambda _: self.edit())
        Copying(self.table, desk)
        first = Button(theme, add, "primary", "plus", key_of("new"))
        first.clicked.connect(self.new)
        keys = [("↑↓", say("move")), ("Enter", say("open")), (key_of("new"), say("new"))]
        if act is not None:
            keys.append((key_of(act[0]), act[1]))
        self._footer = Footer(theme, keys)
        self.said = ""
        listed = QWidget()
        listed.setLayout(column(self.table, self._footer))
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(EmptyState(theme, empty.icon, empty.sentence, empty.below, first, steps=empty.steps))
        self.setLayout(column(self._stack))

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing in it."""
        return not self._rows

    def show_rows(self, rows: Sequence[Any], said: str) -> None:
        """Show what there is, and how much that is."""
        current = self.table.current_id()
        self._rows = {row.id: row for row in rows}
        self.model.set_rows(list(rows))
        self.table.stay_at(current)
        self.said = said if rows else ""
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

    def do(self, action: str) -> None:
        """What else is done here with the row that is chosen, where this list has it."""
        if self.act is not None and self.act[0] == action and self.current is not None:
            self.act[2](self.current)

    def _speak(self, row: Any) -> str:
        return ", ".join(filter(None, (each.text(row) for each in self._told)))


def said(
    key: str, label: str, width: int, text: Callable[[Any], str], *, ink: str = "ink2", right: bool = False
) -> Column:
    """A column of words or, at the right, of numbers."""
    return Column(key, label, width, plain(text, "num" if right else "body", ink, right=right), text, right=right)


def tiled(icon: Callable[[Any], str], name: Callable[[Any], str], below: Callable[[Any], str]) -> Paint:
    """Paints what a row is called beside a sign of what it is, and a line below."""

    def paint(canvas: Canvas, rect: QRectF, row: Any) -> None:
        middle, size = rect.center().y(), canvas.px(24 if is_low(canvas, rect) else 32)
        canvas.rounded(QRectF(rect.left(), middle - size / 2, size, size), 8, "accent_tint")
        canvas.icon(icon(row), rect.left() + (size - 16) / 2, middle, 16, "accent")
        left = rect.left() + size + 12
        two_lines(canvas, rect, left, rect.right() - left - 10, [(name(row), "medium", "ink")],
                  (below(row), "small", "ink3"))  # fmt: skip

    return paint


def _person(name: Callable[[Any], str], badge: Callable[[Any], str], without: str = "") -> Paint:
    """Paints a person, in the shape of a voice off social where there is a badge; or a word where nobody is known."""

    def paint(canvas: Canvas, rect: QRectF, row: Any) -> None:
        middle, who = rect.center().y(), name(row)
        if who:
            size = canvas.px(24)
            avatar(canvas, rect.left(), middle - size / 2, size, who, badge(row))
            canvas.text(rect.left() + size + 12, middle, who, "body", width=rect.width() - size - 22)
        elif without:
            canvas.text(rect.left(), middle, without, "body", "ink3", width=rect.width() - 10)

    return paint


def _read(item: Callable[[Any], int | None], title: Callable[[Any], str]) -> Paint:
    """Paints a title with its spine."""

    def paint(canvas: Canvas, rect: QRectF, row: Any) -> None:
        found = item(row)
        if found is not None:
            paint_title(canvas, rect, found, title(row), "")

    return paint


def _no_events(desk: Desk) -> NothingYet:
    say = desk.say
    return NothingYet(
        "calendar-plus", say("A signing, a workshop, an hour on air"),
        say("Note who came, what was sold of the title and beside it, and what it cost: then events can be compared."),
        (Step("radio", say("Find the voice"), say("With or without an account")),
         Step("calendar", say("Hold it together"), say("A venue, a day, its cost")),
         Step("tag", say("Note what it sold"), say("The title, and what went beside it"))),
    )  # fmt: skip


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

    def kind(row: EventRow) -> str:
        return words.term("event_kind", row.kind)

    def state(row: EventRow) -> str:
        return words.term("event_state", row.state)

    name = said("name", say("Event"), 0, lambda row: str(row.name))
    shared = (
        said("day", say("Day"), 84, lambda row: desk.day(row.day)),
        said("came", say("Came"), 58, lambda row: number(row.came), right=True),
        said("sold", say("Title sold"), 82, lambda row: number(row.sold), ink="ink", right=True),
        said("beside", say("Sold beside"), 92, lambda row: number(row.companions), right=True),
        said("cost", say("Cost"), 78, cost, right=True),
        said("taken", say("Taken"), 90, taken, right=True),
        said("net", say("Net"), 90, net, ink="ink", right=True),
    )  # fmt: skip
    title = Column("title", say("Title"), 158, _read(lambda row: row.item_id, lambda row: row.title),
                   lambda row: str(row.title))  # fmt: skip
    tile = tiled(lambda row: _EVENT_ICONS.get(row.kind, "calendar"), lambda row: str(row.name),
                  lambda row: ", ".join(filter(None, (kind(row), state(row).lower() if row.came is None else "",
                                                      where(row)))))  # fmt: skip
    painted = Column("name", say("Event"), 0, tile, lambda row: str(row.name))
    told = (name, said("kind", say("What it is"), 0, kind), said("where", say("Where, with whom"), 0, where),
            said("state", say("How it stands"), 0, state))  # fmt: skip
    sold: Act = ("event_sold", say("what it sold"), lambda row: desk.ask("event_sales", row.id))
    return AroundList(desk, say("Events"), say("Plan an event"), "event", _no_events(desk), (painted, title, *shared),
                      lambda row: desk.ask("event_edit", row.id), told=(*told, title, *shared), act=sold)  # fmt: skip


def venues_list(desk: Desk) -> AroundList:
    """Venues and outlets, with whom to talk to there."""
    say, words = desk.say, desk.words

    def reach(row: VenueRow) -> str:
        return "" if row.reach is None else words.number(row.reach)

    def icon(row: VenueRow) -> str:
        return _VENUE_ICONS.get(row.kind, "map-pin")

    def kind(row: VenueRow) -> str:
        return words.term("venue_kind", row.kind)

    def place(row: VenueRow) -> str:
        return str(row.place)

    def below(row: VenueRow) -> str:
        return ", ".join(filter(None, (kind(row), place(row))))

    name = said("name", say("Venue"), 0, lambda row: str(row.name))
    shared = (
        Column("person", say("Whom to talk to"), 230, _person(lambda row: row.person, icon), lambda row: row.person),
        said("source", say("Who says so"), 250, lambda row: str(row.reach_source)),
        said("reach", say("Reaches"), 100, reach, ink="ink", right=True),
        said("events", say("Events"), 84, lambda row: words.number(row.events) if row.events else "", right=True),
    )
    painted = Column("name", say("Venue"), 0, tiled(icon, lambda row: str(row.name), below), lambda row: row.name)
    told = (
        name,
        said("kind", say("What it is"), 0, kind),
        said("place", say("Place"), 0, place),
        *shared,
    )
    empty = NothingYet("radio", say("Some voices have no account"),
                   say("A shop, a library, a radio hour, a newsletter: keep who is behind it, and what was held "
                       "there."), ())  # fmt: skip
    return AroundList(desk, say("Venues"), say("Add a venue"), "venue", empty, (painted, *shared),
                      lambda row: desk.ask("venue", row.id), told=told)  # fmt: skip


def haunts_list(desk: Desk) -> AroundList:
    """The chicken-whisperer worksheet, tallied: where readers of a title are to be met, and who is behind it."""
    say, words = desk.say, desk.words

    def readers(row: HauntLine) -> str:
        return say("{part} of {whole}", part=row.haunt.readers, whole=row.haunt.of)

    def behind(row: HauntLine) -> str:
        return str(row.haunt.person) or say("Not known yet")

    def icon(row: HauntLine) -> str:
        return _HAUNT_ICONS.get(row.haunt.kind, "users")

    def kind(row: HauntLine) -> str:
        return words.term("haunt_kind", row.haunt.kind)

    def badge(row: HauntLine) -> str:
        return "" if row.haunt.has_account else icon(row)

    name = said("name", say("Where readers are to be met"), 0, lambda row: str(row.haunt.name))
    shared = (
        Column("title", say("Title"), 250, _read(lambda row: row.item_id, lambda row: row.title),
               lambda row: str(row.title)),
        Column("person", say("Who is behind it"), 250,
               _person(lambda row: row.haunt.person, badge, say("Not known yet")), behind),
        said("readers", say("Readers"), 110, readers, ink="ink", right=True),
    )  # fmt: skip
    painted = Column("name", say("Where readers are to be met"), 0, tiled(icon, lambda row: str(row.haunt.name), kind),
                     lambda row: row.haunt.name)  # fmt: skip
    empty = NothingYet(
        "users", say("Who is your chicken whisperer?"),
        say("Ask some twenty readers of a title. What many share leads to people to approach, with or without an "
            "account. Readers are numbered, not named."),
        (Step("message-square-quote", say("Ask twenty readers"), say("What they listen to, read and attend")),
         Step("chart-column", say("See what they share"), say("Each place with how many named it")),
         Step("users", say("Find who is behind it"), say("A host, an editor, a shop"))),
    )  # fmt: skip
    return AroundList(desk, say("Worksheet"), say("Note what a reader told"), "readers", empty, (painted, *shared),
                      lambda row: desk.ask("approach", (row.item_id, row.haunt.name)),
                      told=(name, said("kind", say("They"), 0, kind), *shared))  # fmt: skip


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
        Column("who", say("Who"), 0, _person(lambda row: row.who.person, lambda _: ""), lambda row: row.who.person),
        said("stands", say("How it stands"), 200, stands),
        said("news", say("Last news"), 100, lambda row: desk.day(row.who.last_news)),
        said("introduced", say("Introduced"), 104, count(lambda row: row.who.introduced), ink="ink", right=True),
        said("gifts", say("Gifts"), 84, count(lambda row: row.who.gifts), right=True),
        said("posts", say("Posts"), 84, count(lambda row: row.who.posts), right=True),
        said("clubs", say("Clubs"), 84, count(lambda row: row.who.clubs), right=True),
        said("events", say("Events"), 84, count(lambda row: row.who.events), right=True),
    )
    empty = NothingYet("heart", say("Who introduced whom"),
                   say("Note who led you to somebody: then you can thank them, see what came of it, and know when it "
                       "is a good time to ask."), ())  # fmt: skip
    thanks: Act = ("thank", say("thank"), lambda row: desk.ask("introduction_thanks", row.id))
    return AroundList(desk, say("Referrals"), say("Note an introduction"), "referral", empty, columns,
                      lambda row: desk.ask("introduced", row.id), act=thanks)  # fmt: skip
