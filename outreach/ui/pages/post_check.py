"""Is this right? Who posted it, about what, after which gift; what lies behind it, what it may be used for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from outreach.fields.names import first_name_of
from outreach.services.pages.inbox import Check, InboxLine, check_found
from outreach.services.posts import PostKind
from outreach.services.posts.confirming import Told
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.dialogs.chooser import Pick
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import scrolled
from outreach.ui.widgets.notices import Note
from outreach.ui.widgets.panes import Pane
from outreach.ui.widgets.rights import Card, NatureBanner

KIND_ICONS = {
    "video": "video", "story": "camera", "post": "link", "review": "book-open", "newsletter": "newspaper",
    "podcast": "podcast", "on_air": "radio", "in_shop": "store", "talk": "message-square-quote",
}  # fmt: skip


class CheckPane(Pane):
    """The fields to be looked at, and what confirming means.

    Signals:
        confirmed: It is right.
        refused: It is not about us.
        asked: The letter that asks for rights is wanted with it, or no longer.
        said_yes: She said yes already: it is confirmed, and the yes recorded.
    """

    confirmed = Signal()
    refused = Signal()
    asked = Signal()
    said_yes = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, "inset", corners=(0, 0, 9, 0))
        self._desk = desk
        self._line: InboxLine | None = None
        self._check: Check | None = None
        self._is_filling = False
        theme, say = desk.theme, desk.say
        self.person = Pick(desk, "person", "users", say("Choose a person"))
        self.title = Pick(desk, "title", "book-open", say("Choose a title"))
        self.gift, self.kind = Choice(say("Gift")), Choice(say("Kind"))
        for kind in PostKind:
            self.kind.addItem(desk.words.term("post_kind", kind.value), kind.value)
        self._trouble = Note(theme, tone="warn")
        self.nature = NatureBanner(desk)
        self.ask = Button(theme, say("Ask"), "default", "mail", key_of("ask_rights"))
        self.yes = Button(theme, say("Record a yes"), "default")
        self.rights = Card(theme, "shield-check", say("Reuse rights"), self.ask, self.yes)
        self._evidence_head = Label(theme, say("Evidence it adds"), "h3")
        self._evidence = Paragraph(theme, "", "small", "ink2")
        self.refuse = Button(theme, say("Not about us"), "ghost", key=key_of("not_about_us"))
        self.go = Button(theme, say("Confirm post"), "primary", "check", key_of("confirm_post"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme, say = self._desk.theme, self._desk.say
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        fields = ((say("Person"), self.person), (say("About"), self.title), (say("Gift"), self.gift),
                  (say("Kind"), self.kind))  # fmt: skip
        for place, (name, field) in enumerate(fields):
            label = Label(theme, name, "body", "ink2")
            label.setMinimumWidth(theme.px(78))
            label.setBuddy(field)
            grid.addWidget(label, place, 0)
            grid.addWidget(field, place, 1)
        self.body = QWidget()
        content = QVBoxLayout(self.body)
        content.setContentsMargins(22, 18, 22, 16)
        content.setSpacing(0)
        content.addWidget(Label(theme, say("Is this right?"), "h3"))
        content.addSpacing(8)
        content.addLayout(grid)
        for part in (6, self._trouble, 8, self.nature, 14, self.rights, 18, self._evidence_head, 4, self._evidence):
            if isinstance(part, int):
                content.addSpacing(part)
            else:
                content.addWidget(part)
        content.addStretch(1)
        self.foot = QWidget()
        self.foot.setLayout(
            column(
                Rule(theme), line(None, self.refuse, self.go, spacing=6, margins=(0, 12, 0, 13)), margins=(22, 0, 22, 0)
            )
        )
        self.setLayout(column(scrolled(self.body), self.foot))

    def _paint_icons(self) -> None:
        """The signs of the choices, in the colours of the theme."""
        theme = self._desk.theme
        for place, kind in enumerate(PostKind):
            self.kind.setItemIcon(place, theme.icon(KIND_ICONS[kind.value], "ink2", 15))
        for place in range(self.gift.count()):
            self.gift.setItemIcon(place, theme.icon("package", "ink2", 15))

    def _connect(self) -> None:
        self._desk.theme.changed.connect(self._paint_icons)
        self.person.picked.connect(lambda _: self._changed())
        self.title.picked.connect(lambda _: self._changed())
        self.gift.activated.connect(lambda _: self._changed())
        self.go.clicked.connect(self.confirmed)
        self.refuse.clicked.connect(self.refused)
        self.ask.clicked.connect(self.asked)
        self.yes.clicked.connect(self.said_yes)

    def shows(self, found_id: int) -> bool:
        """Whether the fields are those of a found post."""
        return self._line is not None and self._line.id == found_id

    def show_line(self, shown: InboxLine | None, check: Check | None, *, asks: bool) -> None:
        """Show the fields of a found post, as it was found."""
        self._line, self._check = shown, None
        for part in (self.body, self.foot):
            part.setVisible(shown is not None)
        if shown is None:
            return
        self._is_filling = True
        if shown.person is not None:
            self.person.hold(shown.person.id, shown.person.name)
        elif shown.stranger:
            self.person.suggest(self._desk.say("New: {name}", name=shown.stranger))
        else:
            self.person.suggest(self._desk.say("Choose a person"))
        if shown.item_id:
            self.title.hold(shown.item_id, shown.title)
        else:
            self.title.suggest(self._desk.say("Choose a title"))
        self.gift.clear()
        self.kind.setCurrentIndex(max(0, self.kind.findData(shown.kind)))
        self._is_filling = False
        self.show_asks(asks=asks)
        self._show_check(check)

    def show_asks(self, *, asks: bool) -> None:
        """Say whether the letter that asks for rights is written when the post is confirmed."""
        words = self._desk.words
        name = self._first_name()
        self.ask.set_label(words.tr("Ask {name}", name=name) if name and not asks else
                           words.tr("Do not ask") if asks else words.tr("Ask"))  # fmt: skip
        if asks:
            text = words.tr("The letter that asks is drafted when you confirm. You read it before it goes.")
            self.rights.show_state(words.tr("Will be asked"), "info", text)
        else:
            text = words.tr("You may link to it. To use the photo or words in ads, on the site or in shops, ask first.")
            self.rights.show_state(words.tr("Not asked"), "neutral", text)

    def told(self) -> Told:
        """What the fields say."""
        held = self._line
        gift = self.gift.currentData()
        return Told(
            self.person.row_id if self.person.row_id > 0 else None,
            self.title.row_id if self.title.row_id > 0 else None, int(gift) if gift else None,
            PostKind(self.kind.currentData()), held.stranger if held is not None else "",
        )  # fmt: skip

    def lacks(self) -> QWidget | None:
        """The field that is to be filled first; None where nothing lacks."""
        if self.person.row_id <= 0 and not (self._line is not None and self._line.stranger):
            return self.person
        return self.title if self.title.row_id <= 0 else None

    def lacking(self, line: InboxLine) -> QWidget | None:
        """As `lacks`, of a found post whose fields are not filled yet."""
        if line.person is None and not line.stranger:
            return self.person
        return None if line.item_id else self.title

    def name(self) -> str:
        """Whose it is said to be."""
        return self.person.held or (self._line.stranger if self._line is not None else "")

    def _first_name(self) -> str:
        return first_name_of(self.person.held) if self.person.held else ""

    def _changed(self) -> None:
        if not self._is_filling:
            self._read()

    def _read(self) -> None:
        held = self._line
        if held is not None:
            told, found = self.told(), held.id
            self._desk.runner.read(lambda store: check_found(store, found, told), then=self._show_check,
                                   replaces="inbox check")  # fmt: skip

    def _show_check(self, check: Check | None) -> None:
        if check is None or self._line is None or check.found_id != self._line.id:
            return
        self._check = check
        desk, words = self._desk, self._desk.words
        self._fill_gifts(check)
        self._trouble.set_text(desk.sentence(check.trouble) if check.trouble is not None else "")
        gift = next((each.sent_on for each in check.gifts if each.id == check.gift_id), "")
        self.nature.show_nature(check.nature, check.reason, gift)
        first = first_name_of(check.person) if check.person else ""
        self._evidence_head.setVisible(bool(check.genre))
        if not check.genre:
            self._evidence.set_text("")
        elif check.said:
            self._evidence.set_text(words.tr(
                "“{words}” goes to {name}’s page under {genre}: {liked} of {said} liked.", words=check.words,
                name=first, genre=check.genre, liked=check.liked, said=check.said,
            ))  # fmt: skip
        else:
            self._evidence.set_text(words.tr("“{words}” goes to {name}’s page under {genre}.", words=check.words,
                                             name=first, genre=check.genre))  # fmt: skip

    def _fill_gifts(self, check: Check) -> None:
        words = self._desk.words
        self.gift.clear()
        for each in check.gifts:
            form = words.inside(words.term("format", each.format)) if each.format else ""
            shown = ", ".join(filter(None, (self._desk.day(each.sent_on), form)))
            self.gift.addItem(shown, each.id)
        if not check.gifts:
            self.gift.addItem(words.tr("No gift of ours"), 0)
        self.gift.setCurrentIndex(max(0, self.gift.findData(check.gift_id)))
        self._paint_icons()
