"""Dialogs about tastes: the whole ledger, one taste with what it rests on, and reading somebody's own export."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.fields.dates import parse_day
from outreach.jobs import Job
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult, import_file
from outreach.services.people.people import Polarity, Side, TasteKind, show_person
from outreach.services.tastes.editing import NewTaste, note_taste, remove_taste, revise_taste
from outreach.services.tastes.ledger import Entry, books_behind, ledger_of
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.evidence import EvidenceBlock
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.ui.widgets.lists import scrolled
from outreach.ui.widgets.tastes import TasteChips

_STRENGTHS = ("0.4", "0.7", "1.0")
_PROOFS = ("quote", "remark", "post", "rating")
_MOST_PROOFS = 12
#: The evidence above the form: how wide it stands, and how high it may.
_WIDE, _HIGHEST = 490, 230
_PATTERNS = "CSV, Excel (*.csv *.xlsx *.ods *.tsv)"


def _polarities(desk: Desk) -> list[tuple[str, str]]:
    return [(each.value, desk.words.term("polarity", each.value)) for each in Polarity]


def _strengths(desk: Desk) -> list[tuple[str, str]]:
    say = desk.say
    return list(zip(_STRENGTHS, (say("A little"), say("Much"), say("Above all")), strict=True))


def _nearest(strength: float) -> str:
    return min(_STRENGTHS, key=lambda each: abs(float(each) - strength))


def _proof_fields(desk: Desk) -> list[FieldSpec]:
    say, term = desk.say, desk.words.term

    def is_day(text: str) -> str:
        return "" if not text or parse_day(text) else say("Write it like 2026-11-24")

    return [
        FieldSpec("text", say("Their words, or what you saw"), say("Give me a stubborn heroine and a cursed orchard"),
                  lines=2, wide=True),
        FieldSpec("how", say("It is a"), choices=[(each, term("proof", each)) for each in _PROOFS]),
        FieldSpec("seen_on", say("When"), say("today"), check=is_day),
        FieldSpec("url", say("Where, if it has an address"), "https://", wide=True),
    ]  # fmt: skip


def _evidence(desk: Desk, person_id: int, entry: Entry) -> QWidget:
    """What a taste rests on; what does not fit is scrolled to, by mouse or by the arrows."""
    theme = desk.theme
    evidence = EvidenceBlock(desk, entry, books_behind(person_id, entry), most=_MOST_PROOFS)
    shown = scrolled(evidence, floats=False)
    high = evidence.height_at(theme.px(_WIDE))
    shown.setFixedHeight(round(min(high + 4, theme.px(_HIGHEST))))
    if high > theme.px(_HIGHEST):
        shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        shown.setAccessibleName(desk.say("What it rests on"))
    return shown


def taste_dialog(desk: Desk, parent: QWidget, about: tuple[int, int]) -> None:
    """One taste: what it rests on, which way it goes, and one more piece of evidence."""
    person_id, note_id = about
    ledger = ledger_of(desk.store, person_id)
    entry = next((each for each in (*ledger.own, *ledger.audience) if each.id == note_id), None)
    if entry is None:
        return
    say, theme = desk.say, desk.theme
    name = str(show_person(desk.store, person_id).values["name"])
    remove = Button(theme, say("Remove this taste"), "link", height=24)
    above = QWidget()
    above.setLayout(column(_evidence(desk, person_id, entry), 6, line(None, remove, spacing=0)))
    form = Form(
        theme,
        [FieldSpec("polarity", say("Which way"), choices=_polarities(desk)),
         FieldSpec("strength", say("How much"), choices=_strengths(desk)), *_proof_fields(desk)],
        {"polarity": entry.polarity, "strength": _nearest(entry.strength), "how": "quote"},
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> Any:
        strength = float(given["strength"])
        if given["strength"] == _nearest(entry.strength):
            strength = entry.strength  # what was not chosen anew stays as fine as it was
        return revise_taste(
            store, note_id, Polarity(given["polarity"]), strength, text=given["text"], how=given["how"],
            url=given["url"], seen_on=given["seen_on"],
        )  # fmt: skip

    who = say("Of {name}’s followers", name=name) if entry.side == Side.AUDIENCE else name
    subject = desk.words.named(entry.subject)
    dialog = FormDialog(
        desk, parent, subject, form, say("Save"), work, text=who, above=above,
        told=say("Changed the taste for {subject}", subject=subject),
    )  # fmt: skip
    form.focus_first()

    def removed() -> None:
        desk.write(
            lambda store: remove_taste(store, note_id), say("Removed the taste for {subject}", subject=subject),
            failed=lambda error: dialog.show_trouble(desk.sentence(error)) if isValid(dialog) else None,
        )  # fmt: skip
        dialog.close_overlay()

    remove.clicked.connect(removed)


def _new_taste(desk: Desk) -> Form:
    """The fields of a taste to add."""
    say = desk.say
    kinds = [(each.value, desk.words.term("taste_kind", each.value)) for each in TasteKind]
    return Form(
        desk.theme,
        [FieldSpec("side", say("Whose"), choices=[("own", say("Their own")), ("audience", say("Their followers'"))]),
         FieldSpec("polarity", say("Which way"), choices=_polarities(desk)),
         FieldSpec("kind", say("What it is"), choices=kinds),
         FieldSpec("strength", say("How much"), choices=_strengths(desk)),
         FieldSpec("subject", say("For what"), say("YA fantasy, found family, Ilse Marrow"), wide=True,
                   check=lambda text: "" if text else say("Say what the taste is about")),
         *_proof_fields(desk)],
        {"strength": "0.7"},
    )  # fmt: skip


def ledger_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """The whole ledger, own and audience side by side, and a form to add a line to it."""
    say, theme = desk.say, desk.theme
    ledger = ledger_of(desk.store, person_id)
    name = str(show_person(desk.store, person_id).values["name"])
    sides = []
    for heading, entries in ((say("Their own"), ledger.own), (say("Their followers'"), ledger.audience)):
        chips = TasteChips(desk, heading)
        nothing = Paragraph(theme, say("Nothing yet"), "small", "ink3")
        side = QWidget()
        side.setLayout(column(Label(theme, heading, "h3"), 6, chips, nothing, None))
        chips.set_entries(entries)
        nothing.setVisible(not entries)
        sides.append((side, chips))
    above = QWidget()
    both = line(*(side for side, _ in sides), spacing=24)
    both.setStretch(0, 1)
    both.setStretch(1, 1)
    above.setLayout(column(both, 10, Label(theme, say("Add a taste"), "h3")))
    form = _new_taste(desk)

    def work(store: Store, given: Mapping[str, str]) -> Any:
        new = NewTaste(
            TasteKind(given["kind"]), given["subject"], Polarity(given["polarity"]), Side(given["side"]),
            float(given["strength"]), given["text"], given["url"], given["seen_on"], given["how"],
        )  # fmt: skip
        return note_taste(store, person_id, new)

    def told(_made: object) -> str:
        return say("Noted a taste of {name}", name=name)

    dialog = FormDialog(
        desk, parent, say("What {name} enjoys", name=name), form, say("Add"), work, above=above, told=told, width=680,
        then=lambda _: desk.ask("tastes", person_id),
    )  # fmt: skip
    for _, chips in sides:

        def opened(note_id: int) -> None:
            dialog.close_overlay()
            desk.ask("taste", (person_id, note_id))

        chips.opened.connect(opened)
    form.focus_first()


def reading_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Read what somebody read from her own export of Goodreads or StoryGraph; the whole of it can be taken back."""
    say = desk.say
    path = desk.files.to_open(parent, say("Read a Goodreads or StoryGraph export"), _PATTERNS)
    if path is None:
        return

    def told(result: ImportResult) -> None:
        words = desk.words
        books = words.trn("{number} book", "{number} books", result.added + result.updated + result.unchanged)
        if not result.added and not result.updated:
            desk.tell(say("{books} in {file}, all known already", books=books, file=path.name))
            return
        desk.tell(
            say("{added} new and {updated} updated of {books} from {file}", added=result.added, updated=result.updated,
                books=books, file=path.name), undoable=True,
        )  # fmt: skip

    desk.runner.run(
        Job("Reading an export"),
        lambda store, job: import_file(store, ImportKind.TASTES, path, ImportOptions(person_id=person_id), job),
        writes=True,
        then=told,
        failed=lambda error: desk.ask("trouble", error),
    )  # fmt: skip
