"""An author's hours: what time she has for clubs, what is spent, and which club might get the next visit; offers."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.calendars.availability import book_availability, free_times
from outreach.services.clubs import author_hours
from outreach.services.clubs.clubs import show_club
from outreach.services.gifts import offers as author_offers
from outreach.services.gifts.offers import OfferState
from outreach.services.zones import author_zone, home_zone
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form


class HoursDialog(RecordsDialog):
    """The time of an author's that is to come, and proposals for it."""

    def __init__(self, desk: Desk, parent: QWidget, author: str) -> None:
        say = desk.say
        self._author = author
        where = author_zone(author) or home_zone()
        form = Form(
            desk.theme,
            [
                FieldSpec("starts", say("Day and hour, in {zone}", zone=where), "2026-12-03 18:00",
                          check=needed(say("Write it like 2026-11-26 19:30"))),
                FieldSpec("minutes", say("Minutes"), "60"),
            ],
            {"minutes": "60"},
        )  # fmt: skip
        title = say("Hours of {name}", name=author) if author else say("The author’s hours")
        super().__init__(desk, parent, title, self._told, form, say("Add"), self._adds, start={"minutes": "60"})
        read = Button(desk.theme, say("Read a calendar"), "default", "download")
        read.setToolTip(say("Free time from a calendar file (.ics); reading it again brings nothing twice"))
        read.clicked.connect(self.read_calendar)
        self.beside(read)

    def _told(self) -> list[Record]:
        desk, say, words = self._desk, self._desk.say, self._desk.words
        store = desk.store
        load = author_hours.load_of(store, self._author)
        facts = [words.trn("{number} minute left", "{number} minutes left", load.left),
                 words.trn("{number} minute spent", "{number} minutes spent", load.spent)]  # fmt: skip
        if load.is_overloaded:
            facts.append(words.trn("{number} visit within seven days, which is a lot",
                                   "{number} visits within seven days, which is a lot", load.busiest))  # fmt: skip
        found = [Record(", ".join(facts), ", ".join(f"{club} {minutes}" for _, club, minutes in load.per_club), [])]
        for slot in author_hours.list_slots(self._author, after=store.now()):
            spent = words.trn("{number} minute spent", "{number} minutes spent", slot.spent) if slot.spent else ""
            length = words.trn("{number} minute", "{number} minutes", slot.minutes)
            drop = (say("Remove"), partial(author_hours.drop_slot, slot_id=slot.id), None)
            found.append(Record(f"{words.day(slot.day)}, {slot.hour} ({slot.zone})",
                                ", ".join(filter(None, (length, spent, *slot.clubs))), [drop]))  # fmt: skip
        for each in author_hours.propose_visits(store, self._author):
            first = say("no author has been there yet") if each.is_first else say("has had a visit")
            bought = words.trn("{number} copy bought", "{number} copies bought", each.bought)
            readers = words.trn("{number} reader", "{number} readers", each.readers)
            found.append(Record(say("A visit to {club}?", club=each.club), ", ".join((first, bought, readers)),
                                [(say("Open"), None, partial(desk.go, "clubs", each.club_id))]))  # fmt: skip
        return found

    def _adds(self, store: Store, given: Mapping[str, str]) -> Changes:
        minutes = int(given["minutes"]) if given["minutes"].isdecimal() else 0
        return author_hours.add_slot(store, self._author, given["starts"], minutes)

    def read_calendar(self) -> None:
        """Take the author's free time out of a calendar file."""
        desk, author = self._desk, self._author
        path = desk.files.to_open(self, desk.say("A calendar"), desk.say("Calendars") + " (*.ics)")
        if path is None:
            return
        where, now = author_zone(author) or home_zone(), desk.store.moment()

        def read(_store: Store, job: Job) -> list[dict[str, object]]:
            return free_times(now, path, where, job)

        desk.runner.run(Job("Reading the calendar"), read, then=lambda times: self._book(path, times, where),
                        failed=lambda error: desk.ask("trouble", error))  # fmt: skip

    def _book(self, path: Path, times: list[dict[str, object]], where: str) -> None:
        author, words = self._author, self._desk.words
        said = words.trn("Read {number} time", "Read {number} times", len(times))
        self._desk.write(lambda store: book_availability(store, author, path.name, times, where), said)
        self.close_overlay()


def offer_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """The offer to meet the author that went with the gift of a club, and what became of it."""
    say, term = desk.say, desk.words.term
    gift = show_club(club_id)[0].gift_id
    found = author_offers.list_offers(gift_id=gift) if gift is not None else []
    states = [(state.value, term("offer_state", state.value)) for state in OfferState]
    once = [("", say("At once")), ("yes", say("Once they enjoyed it"))]
    form = Form(
        desk.theme,
        [
            FieldSpec("state", say("How it stands"), choices=states),
            FieldSpec("once", say("When it stands"), choices=once),
            FieldSpec("author", say("Whom they may meet"), say("The author of the title"), wide=True),
            FieldSpec("note", say("Note"), wide=True),
        ],
        {
            "state": found[0].state, "once": "yes" if found[0].once_enjoyed else "", "author": found[0].author,
            "note": found[0].note,
        } if found else {"once": "yes"},
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> Changes:
        assert gift is not None
        if not found:
            return author_offers.offer_author(
                store, gift, author=given["author"], once_enjoyed=bool(given["once"]), note=given["note"]
            )
        if given["state"] == found[0].state:
            return Changes()
        return author_offers.move_offer(store, gift, OfferState(given["state"]), note=given["note"])

    text = say("Nothing is asked in return; the author comes if the reader would like it.")
    if gift is None:
        text = say("This club began without a gift of ours, so no offer went with one.")
    dialog = FormDialog(desk, parent, say("Offer to meet the author"), form, say("Save"), work, text=text,
                        told=say("Noted an offer to meet the author"))  # fmt: skip
    dialog.go.setEnabled(gift is not None)
