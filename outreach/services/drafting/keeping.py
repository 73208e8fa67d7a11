"""Keeping letters that were rendered, as drafts with their bytes; the workspace is asked for all of them at once."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.errors import KnownError
from outreach.fields.email import parse_email
from outreach.services.drafting.attachments import take_chosen
from outreach.services.drafting.orders import LetterOrder, LetterText, Problem
from outreach.services.drafting.senders import Sender
from outreach.services.drafting.templates import templates_for
from outreach.services.letters.message import MessageMaker, OutgoingLetter
from outreach.services.people.suppressions import SuppressionKind
from outreach.store.among import among
from outreach.store.batches import add_rows, change_rows
from outreach.store.database import Store
from outreach.store.models import Gift, Letter, Person, Suppression


@dataclass(frozen=True, slots=True)
class BuiltLetter:
    """A letter and the bytes that it would go as."""

    letter: LetterText
    message_id: str
    message: bytes


def build_letters(store: Store, letters: Iterable[LetterText], me: Sender) -> tuple[list[BuiltLetter], list[Problem]]:
    """The bytes of letters; one that cannot be built, such as to an address that mail does not take, is told.

    Each is dated now, and named anew.
    """
    letters = list(letters)
    copied = _representatives([letter.person_id for letter in letters])
    date, domain = store.moment().isoformat(timespec="seconds"), me.email.partition("@")[2]
    built, problems, maker = [], [], MessageMaker()
    for letter in letters:
        cc_name, cc_address = copied.get(letter.person_id, ("", ""))
        message_id = f"<{uuid.uuid4()}@{domain}>"
        try:
            message = maker.build(
                OutgoingLetter(
                    sender_name=me.name, sender_address=me.email, to_name=letter.to_name,
                    to_address=letter.to_address, subject=letter.subject, text=letter.text, html=letter.html,
                    message_id=message_id, date=date, unsubscribe=me.email, cc_name=cc_name, cc_address=cc_address,
                )
            )  # fmt: skip
        except KnownError as error:
            problems.append(Problem(letter.person_id, letter.to_name, error.code, dict(error.facts)))
        else:
            built.append(BuiltLetter(letter, message_id, message))
    return built, problems


def keep_drafts(store: Store, order: LetterOrder, letters: Sequence[BuiltLetter]) -> list[int]:
    """Keep letters as drafts inside the caller's operation, each in the place of the draft there was; their ids."""
    people = [each.letter.person_id for each in letters]
    templates = templates_for(order.template, people)
    about = (Gift.item == order.item_id) & Gift.person.in_(among(people))
    gifts = dict(Gift.select(Gift.person, Gift.id).where(about).order_by(Gift.id).tuples())
    there = _drafts(order.item_id, people, {each.kind for each in templates.values()})
    now = store.now()
    added: list[dict[str, Any]] = []
    changed: dict[int, dict[str, Any]] = {}
    ids: dict[int, int] = {}
    for each in letters:
        letter, template = each.letter, templates[each.letter.person_id]
        columns: dict[str, Any] = {
            "gift_id": gifts.get(letter.person_id),
            "template_id": template.id,
            "state": "draft",
            "to_name": letter.to_name,
            "to_address": letter.to_address,
            "subject": letter.subject,
            "body": letter.markdown,
            "opening": order.openings.get(letter.person_id, ""),
            "message": each.message,
            "message_id": each.message_id,
            "by": store.by,
            "drafted_at": now,
        }
        same = there.get((letter.person_id, template.kind))
        if same is not None:
            ids[letter.person_id] = same
            changed[same] = columns
        else:
            own = {"person_id": letter.person_id, "item_id": order.item_id, "kind": template.kind}
            added.append(own | columns)
    change_rows(store.db, Letter, changed)
    ids |= dict(zip((each["person_id"] for each in added), add_rows(store.db, Letter, added), strict=True))
    take_chosen(store, order.item_id, {ids[person]: (person, templates[person].kind) for person in people})
    return [ids[person] for person in people]


def _drafts(item_id: int, people: Sequence[int], kinds: set[str]) -> dict[tuple[int, str], int]:
    """By person and kind the draft that there is; the oldest where there are several."""
    query = Letter.select(Letter.person, Letter.kind, Letter.id).where(
        (Letter.item == item_id)
        & (Letter.state == "draft")
        & Letter.kind.in_(sorted(kinds))
        & Letter.person.in_(among(list(people)))
    )
    return {(person, kind): letter for person, kind, letter in query.order_by(-Letter.id).tuples()}


def _representatives(people: Sequence[int]) -> dict[int, tuple[str, str]]:
    """By person who gets a copy, by name and e-mail; nobody who asked not to be written to."""
    rows = Person.select(Person.id, Person.representative, Person.representative_email).where(
        Person.id.in_(among(list(people))) & (Person.representative_email != "")
    )
    found = {person: (name, parse_email(email)) for person, name, email in rows.tuples()}
    keys = [email.key for _, email in found.values() if email is not None]
    stopped = Suppression.select(Suppression.shown).where(
        (Suppression.kind == SuppressionKind.EMAIL.value) & Suppression.shown.in_(keys)
    )
    refused = {key for (key,) in stopped.tuples()} if keys else set()
    return {person: (name, email.address) for person, (name, email) in found.items()
            if email is not None and email.key not in refused}  # fmt: skip
