"""The review policy of a person: paste it, accept what was read in it, keep it as her card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.services.catalogue.genres import load_genres
from outreach.services.people.people import show_person
from outreach.services.policies.card import Card, Rule, card_of, card_of_proposals, remove_card, save_card
from outreach.services.policies.reading import read_policy
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.fields import Choice, Field
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import clear_layout, scrolled
from outreach.ui.widgets.tastes import rule_name

_WIDTH, _LISTED = 720, 216
_OPEN = {"": None, "open": True, "closed": False}


@dataclass(frozen=True, slots=True)
class _Line:
    """A rule on the dialog, and the field that says whether it is kept."""

    rule: Rule
    choice: Choice


class PolicyDialog(Dialog):
    """A policy's text above, what it says below; each thing is yes, no, or left out."""

    def __init__(self, desk: Desk, parent: QWidget, person_id: int) -> None:
        self._desk = desk
        self._person = person_id
        self._lines: list[_Line] = []
        self._card = card_of(person_id) or Card()
        theme, say = desk.theme, desk.say
        name = str(show_person(desk.store, person_id).values["name"])
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(96))
        self.text.setPlaceholderText(say("Paste their review policy here, then read it"))
        self.text.setAccessibleName(say("The policy, as it stands on their page"))
        self.url = Field(theme, say("Its address"), "link")
        self.day = Field(theme, say("Read on, today if empty"), "calendar")
        self.read = Button(theme, say("Read it"), "default", "file-text")
        self.open = Choice(say("Requests"))
        for value, words in (
            ("", say("Not said")),
            ("open", say("Open to requests")),
            ("closed", say("Closed to requests")),
        ):
            self.open.addItem(words, value)
        self.weeks = Field(theme, say("Not said"), "clock")
        self.weeks.setAccessibleName(say("Turnaround in weeks"))
        self.only = Choice(say("Genres"))
        for value, words in (("", say("May be offered too")), ("only", say("Are never offered"))):
            self.only.addItem(words, value)
        self.genre = Choice(say("Add a genre"))
        self.genre.addItem(say("Add a genre"), "")
        for each in load_genres().by_code.values():
            self.genre.addItem(desk.words.named(each.name), each.code)
        self._listed = QVBoxLayout()
        self._keep = Button(theme, say("Keep this card"), "primary", key="Enter")
        self._lay_out(parent, name)
        self._fill(self._card)
        self.read.clicked.connect(self._read)
        self.genre.activated.connect(lambda _: self._add_genre())
        self._keep.clicked.connect(self._save)
        self.text.setFocus()

    def _lay_out(self, parent: QWidget, name: str) -> None:
        desk, theme, say = self._desk, self._desk.theme, self._desk.say
        self._listed.setContentsMargins(0, 0, 12, 0)
        self._listed.setSpacing(2)
        rules = QWidget()
        rules.setLayout(self._listed)
        self._scroller = scrolled(rules, floats=False)
        self._scroller.setFixedHeight(theme.px(_LISTED))

        def named(words: str, field: QWidget) -> QVBoxLayout:
            label = Label(theme, words, "smallm", "ink2")
            label.setBuddy(field)
            return column(label, field, spacing=4)

        body = QWidget()
        body.setLayout(
            column(
                self.text, 8, line(self.url, self.day, self.read), 12,
                line(named(say("Requests"), self.open), named(say("Turnaround in weeks"), self.weeks)), 8,
                line(named(say("Genres they do not name"), self.only), named(say("A genre by hand"), self.genre)), 12,
                Label(theme, say("What it says"), "h3"), 4, self._scroller,
            )
        )  # fmt: skip
        cancel, remove = Button(theme, say("Cancel")), Button(theme, say("Remove the card"), "link")
        if card_of(self._person) is None:
            remove.hide()
        super().__init__(
            theme, parent, say("Review policy of {name}", name=name),
            say("A letter or a gift that breaks it is stopped, with the words that say so."), body, remove, cancel,
            self._keep, width=_WIDTH,
        )  # fmt: skip
        cancel.clicked.connect(self.close_overlay)
        remove.clicked.connect(lambda: self._write(lambda store: remove_card(store, self._person),
                                                   desk.say("Removed the review policy")))  # fmt: skip

    def _fill(self, card: Card) -> None:
        if card.text or not self.text.toPlainText():
            self.text.setPlainText(card.text)
        self.url.setText(card.url or self.url.text())
        self.day.setText(card.read_on or self.day.text())
        self.open.setCurrentIndex(0 if card.is_open is None else 1 if card.is_open else 2)
        self.weeks.setText(str(card.weeks or ""))
        self.only.setCurrentIndex(int(card.genres_only))
        self._show(card.rules)

    def _show(self, rules: Sequence[Rule]) -> None:
        clear_layout(self._listed)
        self._lines = []
        for rule in rules:
            self._add(rule)
        if not rules:
            say = self._desk.say
            nothing = say("Nothing yet. Paste the policy and read it, or add genres by hand.")
            self._listed.addWidget(Paragraph(self._desk.theme, nothing, "small", "ink3"))
        self._listed.addStretch(1)

    def _add(self, rule: Rule) -> None:
        desk, say = self._desk, self._desk.say
        kinds = {"genre": say("Genre"), "format": say("Format"), "country": say("Parcels to"), "site": say("Posts on")}
        name = rule_name(desk, rule)
        choice = Choice(f"{kinds[rule.kind]}: {name}")
        choice.setAccessibleDescription(rule.phrase)
        choice.setFixedWidth(desk.theme.px(112))
        for value, words in (("yes", say("Yes")), ("no", say("No")), ("", say("Leave out"))):
            choice.addItem(words, value)
        choice.setCurrentIndex(0 if rule.allows else 1)
        self._lines.append(_Line(rule, choice))
        told = column(
            Label(desk.theme, f"{kinds[rule.kind]}: {name}", "smallm"),
            Paragraph(desk.theme, f"“{rule.phrase}”" if rule.phrase else say("Noted by hand"), "small", "ink3", 2),
        )
        row = QWidget()
        whole = line(spacing=12, margins=(0, 4, 0, 4))
        whole.addWidget(choice)
        whole.addLayout(told, 1)
        row.setLayout(whole)
        self._listed.addWidget(row)

    def _read(self) -> None:
        text = self.text.toPlainText().strip()

        def show(found: Any) -> None:
            if not isValid(self) or not self.isVisible():
                return
            if not found:
                self.show_trouble(self._desk.sentence(KnownError("policies.nothing_read")))
                return
            self.show_trouble("")
            card = card_of_proposals(found, text, self.url.text(), self.day.text())
            self._card = card
            self._fill(card)
            number = len(found)
            self._desk.announce(self._desk.words.trn("{number} statement read", "{number} statements read", number))
            (self._lines[0].choice if self._lines else self.open).setFocus()

        if text:
            # Reading takes some thousandths of a second, on the thread that reads.
            self._desk.runner.read(lambda _store: read_policy(text), then=show, replaces="policy")

    def _add_genre(self) -> None:
        code = str(self.genre.currentData() or "")
        self.genre.setCurrentIndex(0)
        kept = [each.rule for each in self._lines]
        if code and code not in {rule.key for rule in kept if rule.kind == "genre"}:
            self._show([Rule("genre", code, allows=False), *self._rules()])
            self._lines[0].choice.setFocus()

    def _rules(self) -> list[Rule]:
        return [
            replace(each.rule, allows=each.choice.currentData() == "yes")
            for each in self._lines
            if each.choice.currentData()
        ]

    def card(self) -> Card:
        """The card as it stands on the dialog."""
        is_open = _OPEN[str(self.open.currentData() or "")]
        weeks = self.weeks.text().strip()
        number = int(weeks) if weeks.isdigit() and len(weeks) < 5 else (0 if weeks else None)
        return replace(
            self._card, is_open=is_open, open_phrase=self._card.open_phrase if is_open == self._card.is_open else "",
            genres_only=self.only.currentData() == "only", weeks=number, rules=tuple(self._rules()),
            text=self.text.toPlainText().strip(), url=self.url.text().strip(), read_on=self.day.text().strip(),
        )  # fmt: skip

    def _save(self) -> None:
        card = self.card()
        self._write(lambda store: save_card(store, self._person, card), self._desk.say("Kept the review policy"))

    def _write(self, work: Any, told: str) -> None:
        def done(_: Changes | Mapping[str, Any]) -> None:
            if isValid(self) and self.isVisible():
                self.close_overlay()

        def failed(error: Exception) -> None:
            if isValid(self) and self.isVisible():
                self.show_trouble(self._desk.sentence(error))

        self._desk.write(work, told, then=done, failed=failed)
