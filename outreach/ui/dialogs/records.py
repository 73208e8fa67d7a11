"""Things of which a person has several: addresses, accounts, documents, parts of her audience; each with what to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from outreach.fields.platforms import platform_name
from outreach.services.drafting.senders import sender
from outreach.services.people.accounts import (
    AccountNews,
    AccountRecord,
    accounts_of,
    emails_of,
    remove_account,
    remove_email,
    save_account,
    save_email,
    use_email,
)
from outreach.services.people.addresses import (
    PARTS,
    Place,
    confirm_address,
    places_of,
    remove_address,
    save_address,
    use_address,
)
from outreach.services.people.audience import NewShare, Share, add_share, audience_of, remove_share
from outreach.services.people.documents import Document, documents_of, keep_document, remove_document
from outreach.services.people.kinds import audience_fields, document_kinds
from outreach.services.people.people import show_person
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.people import needed
from outreach.ui.widgets.basics import Button, Rule, column, line
from outreach.ui.widgets.floating import Giving
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.ui.widgets.lists import clear_layout, scrolled

_MOST_HIGH = 260

_WIDE, _MARGIN = 620, 26

Work = Callable[[Store], Any]


@dataclass(frozen=True, slots=True)
class Record:
    """One of several things.

    Attributes:
        acts: What can be done with it: the words, and what is written or done in the window.
    """

    text: str
    detail: str
    acts: Sequence[tuple[str, Work | None, Callable[[], None] | None]]


class RecordsDialog(Dialog):
    """What there is, one below the other, and a form for another; each act is saved at once and can be undone."""

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, records: Callable[[], Sequence[Record]], form: Form, add: str,
        adds: Callable[[Store, Mapping[str, str]], Any], *, start: Mapping[str, str] | None = None, text: str = "",
        above: QWidget | None = None,
    ) -> None:  # fmt: skip
        self._desk = desk
        self._records = records
        self._adds = adds
        self._start = dict(start or {})
        self.form = form
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        holder = QWidget()
        holder.setLayout(self._list)
        self._area = scrolled(holder, floats=False)
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.add = Button(desk.theme, add, "default", "plus")
        row = QWidget()
        self._buttons_below = line(self.add, None)
        row.setLayout(self._buttons_below)
        body = QWidget()
        body.setLayout(column(self._area, 12, *((above, 10) if above is not None else ()), Giving(form), 10, row))
        done = Button(desk.theme, desk.say("Done"), "primary")
        super().__init__(desk.theme, parent, title, text, body, done, width=_WIDE)
        done.clicked.connect(self.close_overlay)
        self.add.clicked.connect(self.submit)
        form.resized.connect(self.resettle)
        self._show()
        form.focus_first()

    def beside(self, button: Button) -> None:
        """Put another button on the line of the one that adds."""
        self._buttons_below.addWidget(button)
        self.resettle()

    def enter(self) -> None:
        if self.form.values() != {**dict.fromkeys(self.form.values(), ""), **self._start}:
            self.submit()
        else:
            super().enter()

    def submit(self) -> None:
        """Add what stands in the form."""
        if self.form.check():
            values = self.form.values()
            self.do(lambda store: self._adds(store, values), added=True)

    def do(self, work: Work, *, added: bool = False) -> None:
        """Write something, and show what there is then."""

        def done(_: object) -> None:
            if isValid(self) and self.isVisible():
                self.show_trouble("")
                if added:
                    self.form.set_values(self._start)
                    self.form.focus_first()
                self._show()

        def failed(error: Exception) -> None:
            if isValid(self) and self.isVisible():
                self.show_trouble(self._desk.sentence(error))
                self._desk.announce(self.trouble.text(), urgently=True)
            else:
                self._desk.ask("trouble", error)

        self._desk.write(work, then=done, failed=failed)

    def _show(self) -> None:
        clear_layout(self._list)
        theme = self._desk.theme
        records = self._records()
        rows = [each for record in records for each in (self._row(record), Rule(theme))]
        for each in rows:
            self._list.addWidget(each)
        self._area.setVisible(bool(records))
        wide = min(theme.px(_WIDE), self.width() - 48) - 2 * _MARGIN
        high = sum(_high(widget, wide) for widget in rows)
        self._area.setFixedHeight(min(high + 6, theme.px(_MOST_HIGH), self.height() // 3))
        # How high words are is known when they have been laid out at their width.
        QTimer.singleShot(0, self, self.resettle)

    def _row(self, record: Record) -> QWidget:
        theme, row, words = self._desk.theme, QWidget(), QWidget()
        text = Paragraph(theme, record.text, "medium", "ink")
        detail = Paragraph(theme, record.detail, "small", "ink3")
        words.setLayout(column(text, detail))
        detail.setVisible(bool(record.detail))
        buttons = []
        for label, work, act in record.acts:
            button = Button(theme, label, "ghost", height=28)
            button.setAccessibleName(f"{label}: {record.text}")
            button.clicked.connect(partial(self._act, work, act))
            buttons.append(button)
        layout = line(words, *buttons, spacing=4, margins=(0, 7, 12, 7))
        layout.setStretch(0, 1)
        row.setLayout(layout)
        return row

    def _act(self, work: Work | None, act: Callable[[], None] | None, _checked: bool = False) -> None:
        if work is not None:
            self.do(work)
        elif act is not None:
            act()


def _high(widget: QWidget, wide: int) -> int:
    return widget.heightForWidth(wide) if widget.hasHeightForWidth() else widget.sizeHint().height()


def _name(desk: Desk, person_id: int) -> str:
    return str(show_person(desk.store, person_id).values["name"])


def addresses_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Where a person gets post, now and before."""
    say, words = desk.say, desk.words

    def told(place: Place) -> Record:
        days = [
            say("Goes there now") if place.is_current else "",
            say("since {day}", day=words.day(place.since)) if place.since else "",
            say("until {day}", day=words.day(place.until)) if place.until else "",
            say("confirmed {day}", day=words.day(place.confirmed_on)) if place.confirmed_on else say("not confirmed"),
        ]
        acts: list[tuple[str, Work | None, None]] = []
        if not place.is_current:
            acts.append((say("Use this"), lambda store: use_address(store, place.id), None))
        acts.append((say("Confirmed today"), lambda store: confirm_address(store, place.id), None))
        acts.append((say("Remove"), lambda store: remove_address(store, place.id), None))
        return Record(place.line, ", ".join(filter(None, days)), acts)

    form = Form(
        desk.theme,
        [
            FieldSpec("deliver_to", say("Deliver to"), _name(desk, person_id), wide=True),
            FieldSpec("line1", say("Street and number"), wide=True,
                      check=needed(say("Add the street, or what stands in its place"))),
            FieldSpec("line2", say("Flat, floor, district"), wide=True),
            FieldSpec("city", say("Town")),
            FieldSpec("postcode", say("Postcode")),
            FieldSpec("region", say("County, state or province")),
            FieldSpec("country", say("Country")),
            FieldSpec("since", say("Since"), say("Today, or a day like 2026-11-24")),
            FieldSpec("confirmed", say("Did they confirm it?"),
                      choices=[("", say("Not yet")), ("yes", say("Confirmed today"))]),
        ],
    )  # fmt: skip
    start = {**dict.fromkeys(PARTS, ""), "country": sender().country}
    form.set_values(start)
    RecordsDialog(desk, parent, say("Where {name} gets post", name=_name(desk, person_id)),
                  lambda: [told(place) for place in places_of(person_id)], form, say("Add this address"),
                  lambda store, values: save_address(store, person_id, values, confirmed=values["confirmed"] == "yes"),
                  start=start)  # fmt: skip


def reach_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """A person's e-mail addresses and accounts, with how many follow and since when that is known."""
    say = desk.say

    def records() -> list[Record]:
        emails = emails_of(person_id)
        found = [
            Record(
                address,
                say("We write there") if number == 0 else "",
                [*([(say("Use this"), partial(_use_email, row), None)] if number else []),
                 (say("Remove"), partial(_drop_email, row), None)],
            )
            for number, (row, address) in enumerate(emails)
        ]  # fmt: skip
        return found + [_account(desk, account) for account in accounts_of(person_id)]

    form = Form(
        desk.theme,
        [
            FieldSpec("email", say("Another e-mail address"), "maya@example.org"),
            FieldSpec("profile", say("Account"), say("Its address, or tiktok:maya")),
            FieldSpec("followers", say("How many follow"), "18.4k"),
            FieldSpec("on", say("Read on"), say("Today, or a day like 2026-11-24")),
            FieldSpec("source", say("Where that was read")),
            FieldSpec("alias", say("A handle it had before")),
        ],
    )

    def adds(store: Store, values: Mapping[str, str]) -> Any:
        if values["email"]:
            return save_email(store, person_id, values["email"])
        return save_account(store, person_id, AccountNews(values["profile"], values["followers"], values["on"],
                                                          values["source"], values["alias"]))  # fmt: skip

    RecordsDialog(
        desk, parent, say("How to reach {name}", name=_name(desk, person_id)), records, form, say("Add"), adds
    )


def _use_email(row: int, store: Store) -> Any:
    return use_email(store, row)


def _drop_email(row: int, store: Store) -> Any:
    return remove_email(store, row)


def _account(desk: Desk, account: AccountRecord) -> Record:
    say, words = desk.say, desk.words
    readings = [
        say("{followers}, {day}", followers=words.number(each.followers), day=words.day(each.day))
        for each in account.readings[:3]
    ]
    also = say("also called {handles}", handles=", ".join(account.aliases)) if account.aliases else ""
    tier = words.term("tier", account.tier) if account.tier else ""
    platform = platform_name(account.platform) if account.platform else say("Not known where")
    return Record(
        f"@{account.handle}, {platform}",
        " · ".join(filter(None, (tier, *readings, also))),
        [(say("Remove"), lambda store: remove_account(store, account.id), None)],
    )


def documents_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """What was given to a person, or is kept of her: files of ours, or addresses."""
    say, words = desk.say, desk.words

    def opens(document: Document) -> None:
        if document.path is not None:
            desk.files.show(document.path)
        else:
            desk.files.browse(document.url)

    def told(document: Document) -> Record:
        detail = [words.term("document_kind", document.kind), words.day(document.day), document.by, document.note]
        return Record(document.name, ", ".join(filter(None, detail)),
                      [(say("Open"), None, lambda: opens(document)),
                       (say("Remove"), lambda store: remove_document(store, document.id), None)])  # fmt: skip

    kinds = [(kind, words.term("document_kind", kind)) for kind in document_kinds()]
    start = {"kind": kinds[0][0]}
    form = Form(
        desk.theme,
        [
            FieldSpec("source", say("File, or address of a page"), say("Leave it empty to choose a file"), wide=True),
            FieldSpec("kind", say("What it is"), choices=kinds),
            FieldSpec("on", say("Given on"), say("Today, or a day like 2026-11-24")),
            FieldSpec("note", say("What to know of it"), wide=True),
        ],
        start,
    )

    def adds(store: Store, values: Mapping[str, str]) -> Any:
        return keep_document(store, person_id, values["source"], values["kind"], on=values["on"], note=values["note"])

    _DocumentsDialog(desk, parent, say("Documents of {name}", name=_name(desk, person_id)),
                              lambda: [told(each) for each in documents_of(desk.store, person_id)], form,
                              say("Keep it"), adds, start=start)  # fmt: skip


class _DocumentsDialog(RecordsDialog):
    """Asks for a file where none is named."""

    def submit(self) -> None:
        values = self.form.values()
        if not values["source"]:
            path = self._desk.files.to_open(self, self._desk.say("Which file?"), "")
            if path is None:
                return
            self.form.set_values({**values, "source": str(path)})
        super().submit()


def make_up_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """What a person's audience is made of."""
    say, words = desk.say, desk.words

    def told(share: Share) -> Record:
        part = f"{share.share:g}%" if share.share is not None else ""
        head = " ".join(filter(None, (words.term("audience_field", share.field) + ":", share.value, part)))
        own = say("in their words: {quote}; never exported", quote=share.self_described) if share.is_sensitive else ""
        return Record(head, ", ".join(filter(None, (share.source, words.day(share.day), own))),
                      [(say("Remove"), lambda store: remove_share(store, share.id), None)])  # fmt: skip

    fields = [(name, words.term("audience_field", name)) for name in audience_fields()]
    start = {"field": fields[0][0]}
    form = Form(
        desk.theme,
        [
            FieldSpec("field", say("What"), choices=fields),
            FieldSpec("value", say("Which"), say("18 to 24"), check=needed(say("Say which part it is"))),
            FieldSpec("share", say("Share in percent"), "40"),
            FieldSpec("source", say("Who says so"), say("Their media kit")),
            FieldSpec("on", say("Read on"), say("Today, or a day like 2026-11-24")),
            FieldSpec("self_described", say("In their own words, where it is sensitive"), wide=True),
        ],
        start,
    )

    def adds(store: Store, values: Mapping[str, str]) -> Any:
        return add_share(store, person_id, NewShare(values["field"], values["value"], values["share"], values["source"],
                                                    values["on"], values["self_described"]))  # fmt: skip

    title = say("The audience of {name}", name=_name(desk, person_id))
    RecordsDialog(desk, parent, title, lambda: [told(each) for each in audience_of(person_id)], form, say("Add"), adds,
                  start=start)  # fmt: skip
