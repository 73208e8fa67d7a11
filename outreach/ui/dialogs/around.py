"""Dialogs about events and what they sold, venues, what readers told, and introductions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.fields.dates import parse_day
from outreach.fields.numbers import from_minor
from outreach.services import refs
from outreach.services.catalogue.editions import parse_price
from outreach.services.voices import events, haunts, referrals, venues
from outreach.services.voices.events import EventKind, EventState, NewEvent
from outreach.services.voices.haunts import HauntKind
from outreach.services.voices.venues import VenueKind
from outreach.services.zones import home_zone
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form


def event_dialog(desk: Desk, parent: QWidget, _about: object) -> None:
    """Plan an event, or note one that took place."""
    say, term = desk.say, desk.words.term
    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Name"), say("Hens for beginners"), wide=True, check=needed(say("Say what it is"))),
            FieldSpec("kind", say("What it is"), choices=[(each, term("event_kind", each)) for each in EventKind]),
            FieldSpec("starts", say("Day and hour there"), "2026-11-26 19:30",
                      check=needed(say("Write it like 2026-11-26 19:30"))),
            FieldSpec("minutes", say("Minutes"), "90"),
            FieldSpec("zone", say("Time zone"), say("The venue’s, or {zone}", zone=home_zone())),
            FieldSpec("item", say("For the title"), say("A title, or i3")),
            FieldSpec("venue", say("Where"), say("A venue, or v3")),
            FieldSpec("person", say("With whom"), say("The venue’s person, or p12")),
            FieldSpec("cost", say("What it costs you"), "120 GBP"),
            FieldSpec("note", say("Note"), lines=2, wide=True),
        ],
        {"minutes": "90"},
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        cost, currency = parse_price(given["cost"])
        new = NewEvent(
            given["name"], EventKind(given["kind"]), given["starts"],
            int(given["minutes"]) if given["minutes"].isdecimal() else 0, given["zone"],
            refs.item_id(given["item"]) if given["item"] else None,
            refs.venue_id(given["venue"]) if given["venue"] else None,
            refs.person_id(given["person"]) if given["person"] else None, None, cost, currency, given["note"],
        )  # fmt: skip
        return events.plan_event(store, new)

    FormDialog(desk, parent, say("Plan an event"), form, say("Plan it"), work, told=say("Planned an event"))


def edit_event_dialog(desk: Desk, parent: QWidget, event_id: int) -> None:
    """Change an event; how it was is noted here too."""
    say, term = desk.say, desk.words.term
    row = events.list_events(event_id)[0]
    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Name"), wide=True, check=needed(say("Say what it is"))),
            FieldSpec("kind", say("What it is"), choices=[(each, term("event_kind", each)) for each in EventKind]),
            FieldSpec("state", say("How it stands"),
                      choices=[(each.value, term("event_state", each)) for each in EventState]),
            FieldSpec("starts", say("Day and hour, in {zone}", zone=row.zone), "2026-11-26 19:30"),
            FieldSpec("minutes", say("Minutes"), "90"),
            FieldSpec("came", say("How many came"), "120"),
            FieldSpec("cost", say("What it costs you"), "120 GBP"),
            FieldSpec("note", say("Note"), lines=2, wide=True),
        ],
        {
            "name": row.name, "kind": row.kind, "state": row.state, "starts": f"{row.day} {row.hour}",
            "minutes": str(row.minutes), "came": "" if row.came is None else str(row.came), "note": row.note,
            "cost": _price(row.cost_minor, row.cost_currency),
        },
    )  # fmt: skip

    def saves(store: Store, key: str, value: str) -> Changes:
        if key == "state":
            return events.end_event(store, event_id, EventState(value))
        return events.edit_event(store, event_id, {key: value})

    sold = Button(desk.theme, say("What it sold"), "default", "tag")
    remove = Button(desk.theme, say("Remove"), "link")
    dialog = EditDialog(desk, parent, say("Change {name}", name=row.name), form, saves, extra=[remove, sold])
    _removes(desk, dialog, remove, lambda store: events.remove_event(store, event_id), row.name)

    def to_sales() -> None:
        form.leave()
        dialog.close_overlay()
        desk.ask("event_sales", event_id)

    sold.clicked.connect(to_sales)


def _price(minor: int | None, currency: str) -> str:
    """An amount as it is typed, such as 120.00 GBP or 1200 JPY."""
    return "" if minor is None else f"{from_minor(minor, currency)} {currency}"


def sales_dialog(desk: Desk, parent: QWidget, event_id: int) -> None:
    """What an event sold: its title, and what went beside it."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        found = []
        for each in events.list_events(event_id)[0].sales:
            money = words.money(each.amount_minor, each.currency) if each.amount_minor is not None else ""
            beside = say("sold beside the title") if each.is_companion else ""
            drop = (say("Remove"), partial(events.drop_sale, sale_id=each.id), None)
            text = f"{words.number(each.units)} × {each.name}"
            found.append(Record(text, ", ".join(filter(None, (money, beside))), [drop]))
        return found

    row = events.list_events(event_id)[0]
    form = Form(desk.theme, [
        FieldSpec("units", say("How many"), "40",
                  check=lambda text: "" if text.isdecimal() and int(text) else say("A number, such as 12")),
        FieldSpec("amount", say("Taken for all of them"), "600 GBP"),
        FieldSpec("item", say("Another item of yours"), say("Leave empty for {title}", title=row.title or "…")),
        FieldSpec("other", say("Something else"), say("Feed, 10 kg")),
    ])  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        amount, currency = parse_price(given["amount"])
        item = refs.item_id(given["item"]) if given["item"] else None
        return events.note_sale(store, event_id, int(given["units"]), item_id=item, name=given["other"],
                                amount=amount, currency=currency)  # fmt: skip

    RecordsDialog(desk, parent, say("Sold at {name}", name=row.name), records, form, say("Note it"), adds)


def venue_dialog(desk: Desk, parent: QWidget, venue_id: int | None) -> None:
    """Add a venue or an outlet, or change one."""
    say, term = desk.say, desk.words.term
    row = next((each for each in venues.list_venues() if each.id == venue_id), None)
    fields = [
        FieldSpec("name", say("Name"), say("Poultry hour"), wide=True, check=needed(say("A venue needs a name"))),
        FieldSpec("kind", say("What it is"), choices=[(each.value, term("venue_kind", each)) for each in VenueKind]),
        FieldSpec("place", say("Place"), say("A town")),
        FieldSpec("person", say("Whom to talk to"), say("A name, or p12")),
        FieldSpec("zone", say("Time zone"), "Europe/London"),
        FieldSpec("reach", say("How many it reaches"), "20,000"),
        FieldSpec("reach_source", say("Who says so"), say("The station")),
        FieldSpec("url", say("Address on the web"), wide=True),
        FieldSpec("note", say("Note"), lines=2, wide=True),
    ]  # fmt: skip

    def write(store: Store, values: dict[str, str], row_id: int | None) -> Any:
        whom = values.pop("person", "")
        return venues.save_venue(store, values, venue_id=row_id, person_id=refs.person_id(whom) if whom else None)

    if row is None:
        FormDialog(desk, parent, say("Add a venue"), Form(desk.theme, fields), say("Add"),
                   lambda store, given: write(store, dict(given), None), told=say("Added a venue"))  # fmt: skip
        return
    form = Form(desk.theme, fields, {
        "name": row.name, "kind": row.kind, "place": row.place, "zone": row.zone, "url": row.url, "note": row.note,
        "person": row.person, "reach": "" if row.reach is None else str(row.reach), "reach_source": row.reach_source,
    })  # fmt: skip
    remove = Button(desk.theme, say("Remove"), "link")
    dialog = EditDialog(desk, parent, say("Change {name}", name=row.name), form,
                        lambda store, key, value: write(store, {key: value}, row.id), extra=[remove])  # fmt: skip
    _removes(desk, dialog, remove, lambda store: venues.remove_venue(store, row.id), row.name)


def _removes(desk: Desk, dialog: EditDialog, button: Button, work: Callable[[Store], Any], name: str) -> None:
    """Let a button take away what the dialog is about; undo brings it back."""

    def remove() -> None:
        dialog.close_overlay()
        desk.write(work, desk.say("Removed {what}", what=name))

    button.clicked.connect(remove)


def readers_dialog(desk: Desk, parent: QWidget, _about: object) -> None:
    """Note what one reader of a title listens to, reads and attends."""
    say = desk.say
    form = Form(desk.theme, [
        FieldSpec("item", say("Reader of"), say("A title, or i3"), wide=True, check=needed(say("Say of which title"))),
        FieldSpec("listens", say("Listens to"), say("One on a line"), lines=2, wide=True),
        FieldSpec("reads", say("Reads"), say("One on a line"), lines=2, wide=True),
        FieldSpec("attends", say("Attends"), say("One on a line"), lines=2, wide=True),
    ])  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> Changes:
        answers = {kind: given[kind.value].splitlines() for kind in HauntKind}
        return haunts.note_answers(store, refs.item_id(given["item"]), answers)

    FormDialog(desk, parent, say("Note what a reader told"), form, say("Note it"), work, told=say("Noted a reader"),
               text=say("Readers are numbered, not named."))  # fmt: skip


def approach_dialog(desk: Desk, parent: QWidget, about: tuple[int, str]) -> None:
    """Say who is behind a place that readers named: somebody we know, or somebody new."""
    say = desk.say
    item_id, name = about
    form = Form(desk.theme, [
        FieldSpec("known", say("Somebody you know"), say("A name, or p12"), wide=True),
        FieldSpec("new", say("Or make a person of it"), say("Their name; no account is needed"), wide=True),
    ])  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        whom = refs.person_id(given["known"]) if given["known"] else None
        return haunts.approach(store, item_id, name, person_id=whom, new_person=given["new"])

    FormDialog(desk, parent, say("Who is behind {name}?", name=name), form, say("Save"), work,
               told=say("Noted who is behind it"))  # fmt: skip


def referral_dialog(desk: Desk, parent: QWidget, _about: object) -> None:
    """Note who introduced whom."""
    say = desk.say
    form = Form(desk.theme, [
        FieldSpec("by", say("Who introduced them"), say("A name, or p12"), check=needed(say("Say who it was"))),
        FieldSpec("person", say("Whom"), say("A name, or p12"), check=needed(say("Say who it was"))),
        FieldSpec("on", say("Day"), say("Today")),
    ])  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> Changes:
        day = parse_day(given["on"]) or "" if given["on"] else ""
        return referrals.note_referral(store, refs.person_id(given["person"]), refs.person_id(given["by"]), day)

    FormDialog(desk, parent, say("Note an introduction"), form, say("Note it"), work, told=say("Noted an introduction"))


def introduced_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Whom somebody introduced, and whether she was thanked; another introduction of hers is added."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        found = []
        for each in referrals.list_referrals():
            if each.introducer_id == person_id:
                thanked = say("thanked {day}", day=words.day(each.thanked_on)) if each.thanked_on else ""
                facts = (words.day(each.introduced_on), thanked or say("not thanked yet"))
                opens = (say("Open"), None, partial(desk.go, "people", each.person_id))
                found.append(Record(each.person, ", ".join(filter(None, facts)), [opens]))
        return found

    form = Form(desk.theme, [FieldSpec("person", say("Whom else"), say("A name, or p12"), wide=True,
                                       check=needed(say("Say who it was")))])  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        return referrals.note_referral(store, refs.person_id(given["person"]), person_id)

    title = say("Whom {name} introduced", name=referrals.name_of(person_id))
    dialog = RecordsDialog(desk, parent, title, records, form, say("Add"), adds)
    write = Button(desk.theme, say("Thank by letter"), "default", "mail")
    write.clicked.connect(dialog.close_overlay)
    write.clicked.connect(lambda: desk.ask("introduction_thanks", person_id))
    dialog.beside(write)
    thanks = Button(desk.theme, say("They were thanked"), "default", "heart")
    thanks.clicked.connect(lambda: dialog.do(lambda store: referrals.thank(store, person_id)))
    dialog.beside(thanks)
