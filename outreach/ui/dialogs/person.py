"""Who somebody is: adding a person, and changing all that is known of one, part by part."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.fields.roles import known_roles
from outreach.services import refs
from outreach.services.drafting.senders import sender
from outreach.services.people import consent as consents
from outreach.services.people.addresses import PARTS, current_address, save_address
from outreach.services.people.consent import bases, consent_of, save_consent
from outreach.services.people.kinds import note_kinds
from outreach.services.people.notes import add_note
from outreach.services.people.people import NewPerson, PersonDetail, add_person, edit_person, show_person
from outreach.services.people.record import PersonRecord, record_of
from outreach.services.people.roles import set_roles
from outreach.services.people.words_on import listed, set_introduced_by, set_looks, set_tags
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.people import is_email, needed
from outreach.ui.widgets.forms import FieldSpec, Form

_COLUMNS = ("name", "role", "organisation", "country", "greeting", "how_known", "notes")


def person_dialog(desk: Desk, parent: QWidget, person_id: int | None) -> None:
    """Add a person, or change what is known of one."""
    if person_id is not None:
        _change(desk, parent, person_id)
        return
    say = desk.say
    form = Form(desk.theme, _who(desk, say("E-mail"), "maya@example.org", say("Account"),
                                 say("Its address, such as instagram.com/maya")))  # fmt: skip

    def work(store: Store, values: Mapping[str, str]) -> tuple[int, Changes]:
        columns = {name: values[name] for name in _COLUMNS if name != "name"}
        emails, accounts = ([each for each in [values[key]] if each] for key in ("email", "account"))
        return add_person(store, NewPerson(values["name"], emails, accounts, values=columns))

    FormDialog(desk, parent, say("Add person"), form, say("Add"), work, told=say("Added a person"),
               then=lambda made: desk.go("people", made[0]))  # fmt: skip


def _change(desk: Desk, parent: QWidget, person_id: int) -> None:
    say = desk.say
    detail, record = show_person(desk.store, person_id), record_of(desk.store, person_id)
    known = ", ".join(detail.emails)
    handles = ", ".join(handle for _, handle, *_ in detail.accounts)
    values = _values(detail, record)
    email = say("Another e-mail address") if known else say("E-mail")
    account = say("Another account") if handles else say("Account")
    who = _who(desk, email, known or "maya@example.org", account,
               handles or say("Its address, such as instagram.com/maya"))  # fmt: skip
    parts = [
        (say("Who"), Form(desk.theme, who, values)),
        (say("Details"), Form(desk.theme, _details(desk), values)),
        (say("Between us"), Form(desk.theme, _between(desk), values)),
        (say("Care"), Form(desk.theme, _care(desk), values)),
    ]

    def saves(store: Store, key: str, value: str) -> Changes:
        return _save(store, person_id, key, value)

    EditDialog(desk, parent, say("Change {name}", name=detail.values["name"]), parts, saves, width=620)


def _values(detail: PersonDetail, record: PersonRecord) -> dict[str, str]:
    values = {name: str(value or "") for name, value in detail.values.items()}
    values["is_adult"] = {1: "yes", 0: "no"}.get(detail.values["is_adult"], "")
    values["also"] = ", ".join(record.roles[1:])
    values["tags"] = ", ".join(detail.tags)
    values["aesthetic"], values["mood"] = ", ".join(record.aesthetics), ", ".join(record.moods)
    values["introduced_by"] = record.introduced_by[1] if record.introduced_by else ""
    return values


def _save(store: Store, person_id: int, key: str, value: str) -> Changes:
    if key in ("email", "account"):
        if not value:
            return Changes()  # what was added before stays
        emails, profiles = ([value], []) if key == "email" else ([], [value])
        return edit_person(store, person_id, {}, emails=emails, profiles=profiles)
    if key == "tags":
        return set_tags(store, person_id, listed(value))
    if key in ("aesthetic", "mood"):
        return set_looks(store, person_id, key, listed(value))
    if key == "introduced_by":
        return set_introduced_by(store, person_id, refs.person_id(value) if value else None)
    if key == "also":
        first = str(show_person(store, person_id).values["role"])
        return set_roles(store, person_id, [first, *listed(value)])
    return edit_person(store, person_id, {key: value})


def _who(desk: Desk, email: str, email_hint: str, account: str, account_hint: str) -> list[FieldSpec]:
    say, term = desk.say, desk.words.term
    roles = [("", say("Not said")), *((role, term("role", role)) for role in known_roles())]
    return [
        FieldSpec("name", say("Name"), wide=True, check=needed(say("A person needs a name"))),
        FieldSpec("email", email, email_hint, check=is_email(desk)),
        FieldSpec("account", account, account_hint),
        FieldSpec("role", say("What they do"), choices=roles),
        FieldSpec("organisation", say("Shop, library, station or house")),
        FieldSpec("greeting", say("Greeting in letters"), say("Dear Maya")),
        FieldSpec("country", say("Country")),
        FieldSpec("how_known", say("How we know them"), wide=True),
        FieldSpec("notes", say("Notes"), lines=3, wide=True),
    ]


def _details(desk: Desk) -> list[FieldSpec]:
    say = desk.say
    return [
        FieldSpec("given_name", say("First name")),
        FieldSpec("family_name", say("Last name")),
        FieldSpec("pronouns", say("Pronouns"), say("she/her")),
        FieldSpec("also", say("Also"), say("podcaster, teacher")),
        FieldSpec("job_title", say("Position")),
        FieldSpec("phone", say("Phone")),
        FieldSpec("language", say("Language"), "en"),
        FieldSpec("time_zone", say("Time zone"), "Europe/London"),
        FieldSpec("representative", say("Who represents them")),
        FieldSpec("representative_email", say("Their e-mail, to copy in"), check=is_email(desk)),
    ]


def _between(desk: Desk) -> list[FieldSpec]:
    say = desk.say
    return [
        FieldSpec("introduced_by", say("Who introduced them"), say("A name, or p12")),
        FieldSpec("owner", say("Who of us looks after them"), "HO"),
        FieldSpec("expertise", say("What they know"), lines=2, wide=True),
        FieldSpec("repute", say("Their standing among others"), lines=2, wide=True),
        FieldSpec("relation", say("Between us"), lines=2, wide=True),
        FieldSpec("tags", say("Tags"), say("night readers, sea"), wide=True),
        FieldSpec("aesthetic", say("How their pictures look"), say("film grain, green")),
        FieldSpec("mood", say("The mood they set"), say("cosy, unhurried")),
    ]


def _care(desk: Desk) -> list[FieldSpec]:
    say = desk.say
    return [
        FieldSpec("away_until", say("Away or moving until"), say("3 March 2027, or in 3 weeks")),
        FieldSpec("away_note", say("Why")),
        FieldSpec("ask_again_on", say("Ask again from"), say("autumn, or a day")),
        FieldSpec("is_adult", say("Of age"),
                  choices=[("", say("Not known")), ("yes", say("Yes")), ("no", say("No"))]),
        FieldSpec("guardian", say("Guardian, for whoever is not")),
        FieldSpec("guardian_contact", say("How to reach the guardian")),
    ]  # fmt: skip


def consent_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Where somebody was found, on what ground we write, and whether she was told."""
    say, term = desk.say, desk.words.term
    record = consent_of(desk.store, person_id)
    values = {name: getattr(record, name) for name in consents.FIELDS if name != "no_pitch"}
    values["no_pitch"] = {True: "yes", False: "no", None: ""}[record.no_pitch]
    grounds = [("", say("Not said")), *((name, term("basis", name)) for name in bases())]
    day = say("A day, like 2026-11-24")
    form = Form(
        desk.theme,
        [
            FieldSpec("source", say("Where we found them"), say("Their own contact page"), wide=True),
            FieldSpec("url", say("Its address")),
            FieldSpec("found_on", say("Found on"), day),
            FieldSpec("basis", say("On what ground we write"), choices=grounds),
            FieldSpec("no_pitch", say("Does it say no pitches?"),
                      choices=[("", say("Nobody looked")), ("no", say("No")), ("yes", say("Yes"))]),
            FieldSpec("notice_due_on", say("To be told by"), day),
            FieldSpec("notice_given_on", say("Told on"), day),
            FieldSpec("expires_on", say("The ground holds until"), day),
            FieldSpec("evidence", say("What shows it"), lines=2, wide=True),
        ],
        values,
    )  # fmt: skip
    name = str(show_person(desk.store, person_id).values["name"])

    def saves(store: Store, key: str, value: str) -> Changes:
        return save_consent(store, person_id, {key: value})

    text = say("Whoever did not give us the address is told where we have it from within a month. Not legal advice.")
    EditDialog(desk, parent, say("Consent and source of {name}", name=name), form, saves, text=text)


def note_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Note a call or a meeting in a line."""
    say, term = desk.say, desk.words.term
    name = str(show_person(desk.store, person_id).values["name"])
    form = Form(
        desk.theme,
        [
            FieldSpec("text", say("In a line"), wide=True, check=needed(say("A note needs a few words"))),
            FieldSpec("kind", say("What it was"), choices=[(kind, term("note_kind", kind)) for kind in note_kinds()]),
            FieldSpec("on", say("When"), say("Today, or a day like 2026-11-24")),
        ],
        {"kind": note_kinds()[0]},
    )

    def work(store: Store, values: Mapping[str, str]) -> tuple[int, Changes]:
        return add_note(store, person_id, values["text"], values["kind"], values["on"])

    FormDialog(desk, parent, say("Note about {name}", name=name), form, say("Note it"), work,
               told=say("Noted about {name}", name=name))  # fmt: skip


def address_dialog(desk: Desk, parent: QWidget, about: int | tuple[int, Mapping[str, str]]) -> None:
    """Change where a person gets post; what was found in an answer is filled in already."""
    say = desk.say
    person_id, found = about if isinstance(about, tuple) else (about, {})
    detail, now = show_person(desk.store, person_id), current_address(person_id)
    values = {name: str(getattr(now, name)) for name in PARTS} if now else {"country": sender().country}
    values = {**dict.fromkeys(PARTS, ""), **found, "confirmed": "yes"} if found else values
    form = Form(
        desk.theme,
        [
            FieldSpec("deliver_to", say("Deliver to"), str(detail.values["name"]), wide=True),
            FieldSpec("line1", say("Street and number"), wide=True,
                      check=needed(say("Add the street, or what stands in its place"))),
            FieldSpec("line2", say("Flat, floor, district"), wide=True),
            FieldSpec("city", say("Town")),
            FieldSpec("postcode", say("Postcode")),
            FieldSpec("region", say("County, state or province")),
            FieldSpec("country", say("Country")),
            FieldSpec("confirmed", say("Did they confirm it?"),
                      choices=[("", say("Not yet")), ("yes", say("Confirmed today"))]),
        ],
        values,
    )  # fmt: skip
    name = str(detail.values["name"])
    FormDialog(desk, parent, say("Where {name} gets post", name=name), form, say("Save"),
               lambda store, given: save_address(store, person_id, given, confirmed=given["confirmed"] == "yes"),
               told=say("Changed the address of {name}", name=name))  # fmt: skip
