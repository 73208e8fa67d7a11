"""The profile pane: who someone is, what she enjoys, what she said, what happened between us."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.fields.platforms import platform_name
from outreach.jobs import Job
from outreach.services.gifts.gifts import GiftState, move_gifts
from outreach.services.pages.person import OpenGift, PersonPage, Quote, person_page
from outreach.services.pages.timeline import TimelineEntry
from outreach.services.people.bulk import archive_people
from outreach.services.people.subject import about
from outreach.services.people.tiers import OFF_SOCIAL
from outreach.services.tastes.ledger import Entry as Taste
from outreach.services.tastes.ledger import books_behind
from outreach.services.tastes.readings import Book
from outreach.store.database import Store
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.cells import badge, voice, voice_icon
from outreach.ui.paint.marks import avatar, pill
from outreach.ui.printing import person_printout, print_pages
from outreach.ui.telling import (
    background,
    clock_words,
    closed,
    entry_runs,
    facts,
    filed,
    made_of,
    month_of,
    notes,
    rate_words,
)
from outreach.ui.widgets.basics import LINK_ROOM, Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.flow import Paragraph, QuoteCard
from outreach.ui.widgets.gifts import GiftRow, stage_menu
from outreach.ui.widgets.lists import SidePane, clear_layout
from outreach.ui.widgets.menus import Menu
from outreach.ui.widgets.tastes import TasteShelf
from outreach.ui.widgets.tightening import Row
from outreach.ui.widgets.timeline import Entry, Month, Timeline
from outreach.wording import Words
from outreach.wording.subject import write_subject

_QUOTES, _STEPS, _GIFTS = 2, 5, 3
#: The head is as high as the picture of a person with the badge that reaches below it.
_AVATAR, _HEAD = 52, 60
#: Where somebody is heard stands so far below her name, and what does not fit beside it below that.
_BELOW = (25, 41)
#: What can be done beside the daily work: the name of the wish and its words; None stands for a line between.
_WISHES: tuple[tuple[str, str] | None, ...] = (
    ("addresses", "Postal addresses"), ("reach", "E-mail and accounts"), ("note", "Note a call or a meeting"),
    ("documents", "Documents"), ("make_up", "What their audience is made of"), ("club", "Start a club of theirs"),
    ("feeds", "Blogs and feeds"), None,
    ("consent", "Consent and source"), ("twin", "Merge with somebody"),
)  # fmt: skip


#: Letters and what came of them: the sign, and the sentence.
_MAIL = {"letter": ("mail", "Wrote: {what}"), "reply": ("mail-check", "They answered: {what}"),
         "bounce": ("triangle-alert", "Address bounced: {what}")}  # fmt: skip


class ProfilePane(SidePane):
    """One person, rebuilt from one value."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, 408, bleed=LINK_ROOM)
        self._desk = desk
        theme = desk.theme
        self._page: PersonPage | None = None
        self._expected = -1
        self._head = Painted(theme, self._paint_head, _HEAD)
        self._pitch = Button(theme, desk.say("Pitch"), "primary", "feather", key_of("pitch"))
        self._log = Button(theme, desk.words.term("act", "log"), "default", "plus", key_of("log"))
        self._match = Button(theme, desk.say("Match"), "default", "puzzle", key_of("match"))
        self._more = Button(theme, "", "ghost", "ellipsis")
        self._more.setAccessibleName(desk.say("More"))
        self._more.setToolTip(desk.say("More"))
        self._sentence = Paragraph(theme, "", "body", "ink2")
        self.tastes = TasteShelf(desk, self._books)
        self._known = Paragraph(theme, "", "body", "ink2")
        self._made_of = Paragraph(theme, "", "small", "ink3")
        self._quotes = QVBoxLayout()
        self._gifts = QVBoxLayout()
        self._said, self._about = QWidget(), QWidget()
        self._timeline = Timeline(theme)
        self._address = Painted(theme, self._paint_address, 30)
        self._quotes_head, self._notes_head, self._time_head = (
            Label(theme, desk.say(text), "h3") for text in ("Evidence", "About them", "Timeline")
        )
        self._all_quotes = Button(theme, "", "link", height=24)
        self._all_quotes.clicked.connect(lambda: self.wish("tastes"))
        self._lay_out()
        self.tastes.opened.connect(lambda note: desk.ask("taste", (self.person_id, note)))
        self.tastes.edited.connect(lambda: self.wish("tastes"))
        self.tastes.policy_asked.connect(lambda: self.wish("policy"))
        self._pitch.clicked.connect(self.pitch)
        self._log.clicked.connect(self.log)
        self._match.clicked.connect(self.match)
        self._more.clicked.connect(self.open_menu)

    def _lay_out(self) -> None:
        self._quotes.setSpacing(8)
        buttons = Row(self._pitch, self._log, self._match, None, spacing=8)
        head = line(self._head, self._more, spacing=0)
        head.setStretch(0, 1)
        # The gap before a part goes with it, where there is nothing to tell.
        said = line(column(self._quotes_head, margins=(LINK_ROOM, 0, 0, 0)), None, self._all_quotes)
        quotes = column(self._quotes, margins=(LINK_ROOM, 0, LINK_ROOM, 0))
        self._said.setLayout(column(14, said, 6, quotes))
        self._about.setLayout(column(16, self._notes_head, 6, self._known, 4, self._made_of))
        self.add(
            head, 6, buttons, 10, self._gifts, 4, self._sentence, 16, self.tastes, self._said, 16,
            self._time_head, 4, self._timeline, 14, Rule(self._desk.theme), 6, self._address, self._about,
            bleeding=(self.tastes, self._said),
        )  # fmt: skip
        self.content.addStretch(1)

    @property
    def person_id(self) -> int:
        """Who is shown, -1 for nobody."""
        return self._page.line.id if self._page else -1

    def expect(self, person_id: int) -> None:
        """Someone is chosen, and her page is being read: what is done from now on is about her, -1 for nobody."""
        self._expected = person_id

    def _chosen(self) -> PersonPage | None:
        """The page of who is chosen; a key that is faster than the reading waits for it."""
        if self._page is None or self._page.line.id != self._expected:
            return person_page(self._desk.store, self._expected) if self._expected > 0 else None
        return self._page

    def show_person(self, page: PersonPage | None) -> None:
        """Show someone, or nobody."""
        self._page = page
        self.body.setVisible(page is not None)
        if page is None:
            return
        desk = self._desk
        self._head.setAccessibleName(f"{page.line.name}, {voice(page.line, desk.words)}")
        self._pitch.setEnabled(not page.line.suppressed)
        self._pitch.setToolTip(desk.say("Asked not to be contacted") if page.line.suppressed else "")
        known = " ".join(filter(None, (*facts(desk, page), page.detail.values["notes"])))
        self._sentence.set_text(known, rate_words(desk, page))
        self._head.setToolTip(clock_words(desk, page))
        self._sentence.setVisible(bool(known))
        self._show_notes(page)
        self.tastes.show_ledger(page.ledger, page.card)
        self._show_gifts(page.open_gifts)
        self._show_quotes(page.quotes)
        self._time_head.setVisible(bool(page.timeline))
        self._show_timeline(page.timeline)
        self._address.setAccessibleName(self._address_line(page))
        self._head.update()
        self._address.update()

    def _show_notes(self, page: PersonPage) -> None:
        """What is worth knowing once there is time for it: in what she counts, how we met, where she is filed."""
        desk, reached = self._desk, made_of(self._desk, page)
        counts = [closed(text) for _, text in notes(desk, page)]
        known = " ".join([*background(desk, page), *counts, *filed(desk, page)])
        self._about.setVisible(bool(known or reached))
        self._known.set_text(known)
        self._made_of.set_text(reached)

    def _show_timeline(self, entries: tuple[TimelineEntry, ...]) -> None:
        """The newest one by one, and what lies before them by month."""
        words = self._desk.words
        by_month: dict[str, list[Entry]] = {}
        for entry in entries[_STEPS:]:
            by_month.setdefault(month_of(words, entry.day), []).append(self._entry(entry))
        months = [
            Month(name, words.trn("{number} thing", "{number} things", len(some)), tuple(some))
            for name, some in by_month.items()
        ]
        count = len(entries) - _STEPS
        earlier = Month(self._desk.say("Earlier"), words.trn("{number} thing", "{number} things", count), ())
        self._timeline.set_entries([self._entry(entry) for entry in entries[:_STEPS]], months, earlier)

    def _show_gifts(self, gifts: tuple[OpenGift, ...]) -> None:
        clear_layout(self._gifts)
        for gift in gifts[:_GIFTS]:
            self._gifts.addWidget(GiftRow(self._desk, gift, self.answer))

    def _show_quotes(self, quotes: tuple[Quote, ...]) -> None:
        clear_layout(self._quotes)
        self._said.setVisible(bool(quotes))
        self._all_quotes.setVisible(len(quotes) > _QUOTES)
        self._all_quotes.set_label(self._desk.say("See all {number}", number=len(quotes)))
        icons = {"quote": "message-square-quote", "remark": "sticky-note", "on_air": "radio", "video": "video"}
        for quote in quotes[:_QUOTES]:
            icon = icons.get(quote.kind, "message-square-quote")
            day = self._desk.day(quote.day)
            self._quotes.addWidget(QuoteCard(self._desk.theme, about_quote(self._desk, quote), quote.text, day, icon))

    def _entry(self, entry: TimelineEntry) -> Entry:
        mark, runs = entry_runs(self._desk.words, entry)
        return mark, runs, self._desk.day(entry.day)

    # What can be done from here.

    def answer(self, gift_id: int, state: GiftState) -> None:
        """Note what came back to a pitch."""
        self._desk.write(lambda store: move_gifts(store, [gift_id], state), self._desk.words.term("stage", state.value))

    def answer_first(self, state: GiftState) -> None:
        """Note it for the newest pitch that waits for an answer."""
        page = self._chosen()
        gifts = page.open_gifts if page else ()
        states = [GiftState.ASKED] + ([GiftState.ACCEPTED, GiftState.CHOSEN] if state is GiftState.DECLINED else [])
        waiting = [gift for wanted in states for gift in gifts if gift.state == wanted]
        if waiting:
            self.answer(waiting[0].id, state)

    def stages(self) -> Menu:
        """The gifts under way, and where each may go from where it is."""
        page = self._chosen()
        return stage_menu(self._desk, self, page.open_gifts if page else (), self.answer)

    def open_stages(self) -> None:
        """Move a gift to another stage."""
        menu = self.stages()
        if menu.isEmpty():
            menu.deleteLater()
            self._desk.tell(self._desk.say("No gift is under way here"))
            return
        menu.drop_from(self._pitch)

    def pitch(self) -> None:
        """Plan a gift, to write the pitch of next."""
        page = self._chosen()
        if page is not None and not page.line.suppressed:
            self._desk.ask("gift", ([page.line.id], None))

    def log(self) -> None:
        """Log a post of hers."""
        if self._expected > 0:
            self._desk.ask("post", self._expected)

    def later(self) -> None:
        """Say from which day she may be asked again, of anything or about a title."""
        self.wish("later")

    def match(self) -> None:
        """See which titles would suit, and who has much the same taste."""
        self.wish("suiting")

    def menu(self) -> Menu:
        """What can be done with her beside the daily work."""
        menu, say = Menu(self), self._desk.say
        menu.addAction(say("Change this person") + f"\t{self._desk.keys.shown('edit')}").triggered.connect(self.edit)
        for act, label in (("tastes", say("Tastes")), ("policy", say("Review policy")),
                           ("reading", say("Read a Goodreads or StoryGraph export"))):  # fmt: skip
            keys = self._desk.keys.shown(act)
            menu.addAction(label + f"\t{keys}").triggered.connect(lambda _=False, act=act: self.wish(act))
        for wish in _WISHES:
            if wish is None:
                menu.addSeparator()
            else:
                menu.addAction(say(wish[1])).triggered.connect(lambda _=False, name=wish[0]: self.wish(name))
        menu.addAction(say("Ask again later…") + f"\t{self._desk.keys.shown('later')}").triggered.connect(self.later)
        page = self._chosen()
        archived = page is not None and page.record.is_archived
        words = say("Take out of the archive") if archived else say("Put into the archive")
        menu.addAction(words).triggered.connect(lambda: self.archive(back=archived))
        menu.addAction(say("Print") + f"\t{key_of('print_person')}").triggered.connect(self.print_page)
        menu.addAction(say("Export all about them")).triggered.connect(self.export)
        menu.addSeparator()
        for name, words in (("suppress", say("Asked not to be contacted")), ("forget", say("Forget this person"))):
            menu.addAction(words).triggered.connect(lambda _=False, name=name: self.wish(name))
        return menu

    def archive(self, *, back: bool = False) -> None:
        """Put her out of the lists, or back into them."""
        person = self._expected
        if person > 0:
            said = self._desk.say("Took out of the archive") if back else self._desk.say("Put into the archive")
            self._desk.write(lambda store: archive_people(store, [person], archive=not back), said)

    def export(self) -> None:
        """Write all that is kept about her, to hand to her."""
        page, desk = self._chosen(), self._desk
        path = desk.files.to_save(self, desk.say("All about them"), f"p{page.line.id}.html") if page else None
        if page is None or path is None:
            return
        person = page.line.id

        def work(store: Store, _job: Job) -> Path:
            return write_subject(desk.words, about(store, person), path)

        told = desk.say("Wrote all about them to {file}", file=path.name)
        desk.runner.run(Job("Writing all about one person"), work, then=lambda _: desk.tell(told))

    def open_menu(self) -> None:
        """What else can be done."""
        self.menu().drop_from(self._more)

    def wish(self, name: str) -> None:
        """Open a dialog about her."""
        if self._expected > 0:
            self._desk.ask(name, self._expected)

    def print_page(self) -> None:
        """Print what is known of her."""
        page, desk = self._chosen(), self._desk
        if page is not None:
            printout = person_printout(desk, page, facts(desk, page), self._address_line(page))
            print_pages(desk, self, page.line.name, lambda _: printout)

    def _books(self, entry: Taste) -> list[Book]:
        """The books behind a taste of hers."""
        return books_behind(self.person_id, entry)

    def edit(self) -> None:
        """Change what is known of her."""
        if self._expected > 0:
            self._desk.ask("person", self._expected)

    # What is painted.

    def _paint_head(self, canvas: Canvas, width: float, _height: float) -> None:
        if self._page is not None:
            paint_who(canvas, width, self._desk.words, self._page)

    def _address_line(self, page: PersonPage | None) -> str:
        current = page.detail.addresses[0] if page and page.detail.addresses else None
        if current is None:
            return self._desk.say("No postal address yet")
        return ", ".join(filter(None, (current["line1"], current["line2"], current["city"])))

    def _paint_address(self, canvas: Canvas, width: float, height: float) -> None:
        page = self._page
        if page is None:
            return
        current = page.detail.addresses[0] if page.detail.addresses else None
        confirmed = str(current["confirmed_on"] or "") if current else ""
        left = canvas.px(15) + 9
        canvas.icon("map-pin", 0, height / 2, 15, "ink3")
        # An age that matters is said: a parcel goes to where she was, not to where she is.
        old = current is not None and page.address_is_old
        note = self._desk.say("Confirmed {day}", day=self._desk.day(confirmed)) if confirmed else ""
        note = self._desk.say("Confirm address") if old and not confirmed else note
        room = width - left - (canvas.theme.width("micro", note) + 30 if note else 0)
        wide = canvas.text(left, height / 2, self._address_line(page), "small", "ink2", width=room)
        if note:
            pill(canvas, left + wide + 10, height / 2, note, "warn" if old else "good")


def paint_who(canvas: Canvas, width: float, words: Words, page: PersonPage) -> None:
    """Who somebody is: her avatar, her name, and below it where she is heard."""
    line_ = page.line
    size = canvas.px(_AVATAR)
    avatar(canvas, 0, 0, size, line_.name, badge(line_.platform, line_.role))
    x, middle = size + 13, size / 2
    sign = canvas.px(14)
    room, lines = width - x - sign - 6, [voice(line_, words)]
    # The only place where a follower count is told, and only beside the platform it belongs to.
    followers = [count for platform, *_, count in page.detail.accounts if count and platform == line_.platform]
    if followers and line_.platform != OFF_SOCIAL:
        lines.append(words.tr("{count} on {platform}", count=words.about(max(followers)),
                              platform=platform_name(line_.platform)))  # fmt: skip
    beside = "  ".join(lines)
    if canvas.theme.width("small", beside) <= room:
        lines = [beside]
    top = middle - canvas.px(12 if len(lines) == 1 else 18)
    canvas.text(x, top, line_.name, "h2", width=width - x)
    canvas.icon(voice_icon(line_.platform, line_.role), x, top + canvas.px(_BELOW[0]), sign, "ink3", grows=False)
    for shown, below in zip(lines, _BELOW, strict=False):
        canvas.text(x + sign + 6, top + canvas.px(below), shown, "small", "ink2", width=room)


def about_quote(desk: Desk, quote: Quote) -> list[Run]:
    """What somebody's words are about: a title, or a taste, and then also whether they are quoted or were heard."""
    if not quote.about:
        return []
    if quote.is_title:
        return [(desk.say("On") + " ", "smallm", "ink2"), (quote.about, "titles", "ink2")]
    said = desk.say("Remark on") if quote.kind == "remark" else desk.say("Quote on")
    return [(said + " ", "smallm", "ink2"), (desk.words.named(quote.about), "smallm", "ink2")]
