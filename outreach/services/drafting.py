"""Drafting letters: facts from the workspace, rendered in a child process, kept as drafts for a person to approve."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.email import parse_email
from outreach.jobs import Job
from outreach.services.asking import not_yet, refuse_not_yet
from outreach.services.attachments import message_of, take_chosen
from outreach.services.letter_facts import FactMaker, value_at, with_facts
from outreach.services.letter_templates import as_text, template_for
from outreach.services.letter_templates import list_templates as list_templates
from outreach.services.letter_templates import save_starters as save_starters
from outreach.services.letter_templates import template_named as template_named
from outreach.services.letters.files import write_files
from outreach.services.letters.lint import Finding
from outreach.services.letters.message import OutgoingLetter, as_draft, build_message
from outreach.services.letters.parts import text_of
from outreach.services.letters.sandbox import payload_of
from outreach.services.letters.templates import REPEATED
from outreach.services.letters_checked import Checker, refuse_unfit
from outreach.services.policies.stops import facts_of, refuse_stopped, stops
from outreach.services.presence import away
from outreach.services.senders import Sender, sender
from outreach.services.suppressions import SuppressionKind, suppressed_people
from outreach.store.database import Store
from outreach.store.models import Gift, Letter, LetterTemplate, Person, Suppression
from outreach.workers import Limits, stream

_RENDER = "outreach.services.letters.sandbox:render_many"
#: Rendering one letter takes a millisecond, but a busy machine needs seconds to start; templates are counted besides.
_LIMITS = Limits(seconds=10.0, memory_mb=200, answer_bytes=4 * 2**20)

PITCH = "pitch"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a letter could not be drafted, as a code of `outreach.wording` and its facts."""

    person_id: int
    name: str
    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as it reads.

    Attributes:
        missing: The facts that it lacks; then it shows marks in their place, and is kept nowhere.
        used: The facts that it shows, each with what it says.
    """

    person_id: int
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    markdown: str
    missing: tuple[str, ...] = ()
    used: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of drafting: the letters that were made, and those that could not be."""

    letters: tuple[int, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """What to write to whom.

    Attributes:
        template: The name of a template.
        item_id: About what.
        people: To whom.
        openings: By person, the personal line that opens the letter.
        facts: By person, what else the letter says, by dotted names, such as when a club meets.
    """

    template: str
    item_id: int
    people: tuple[int, ...]
    openings: Mapping[int, str]
    facts: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def preview(store: Store, order: LetterOrder, job: Job | None = None) -> tuple[list[LetterText], list[Problem]]:
    """Render letters without keeping them; one that lacks a fact is told as a problem.

    Raises:
        KnownError: ``letters.no_sender``, ``letters.no_template``, or when the template is at fault.
    """
    letters, problems = preview_all(store, order, job)
    lacking = [
        Problem(letter.person_id, letter.to_name, "letters.missing_facts",
                {"person": letter.to_name, "facts": ", ".join(letter.missing)})
        for letter in letters if letter.missing
    ]  # fmt: skip
    return [letter for letter in letters if not letter.missing], [*problems, *lacking]


def preview_all(store: Store, order: LetterOrder, job: Job | None = None) -> tuple[list[LetterText], list[Problem]]:
    """Render letters without keeping them, with those that lack facts, to show where.

    Raises:
        KnownError: as `preview`.
    """
    me = sender_known()
    people, problems = _reachable(store, order)
    by_template: dict[int, list[int]] = {}
    templates = {}
    for person in people:
        template = template_for(order.template, person)
        templates[template.id] = template
        by_template.setdefault(template.id, []).append(person)
    found: dict[int, LetterText] = {}
    for number, some in by_template.items():
        letters, failed = _render(store, templates[number], order, some, me, job)
        found |= {letter.person_id: letter for letter in letters}
        problems += failed
    return [found[person] for person in people if person in found], problems


def preview_checked(
    store: Store, order: LetterOrder, job: Job | None = None
) -> tuple[list[LetterText], list[Problem], dict[int, list[Finding]]]:
    """As `preview_all`, with what is found in each letter.

    Raises:
        KnownError: as `preview`.
    """
    letters, problems = preview_all(store, order, job)
    return letters, problems, checked(store, order, letters)


def approve_letter(store: Store, order: LetterOrder, letter: LetterText) -> Changes:
    """Keep a letter as it was read, approved by the user.

    Raises:
        KnownError: ``letters.incomplete`` for one that lacks facts, ``letters.gone_already`` for one that was sent, or
            the sentence of whatever came between, such as ``letters.not_to_be_written`` or ``asking.not_yet``.
    """
    if letter.missing:
        raise KnownError("letters.incomplete", person=letter.to_name, facts=", ".join(letter.missing))
    if letter.person_id in suppressed_people(store, [letter.person_id]):
        raise KnownError("letters.not_to_be_written", person=letter.to_name)
    refuse_not_yet(store, [letter.person_id])
    if template_named(order.template).kind == PITCH:
        refuse_stopped(order.item_id, [letter.person_id])
    template, me = template_for(order.template, letter.person_id), sender_known()
    same = (Letter.person == letter.person_id) & (Letter.item == order.item_id) & (Letter.kind == template.kind)
    if template.kind not in REPEATED and Letter.select().where(same & Letter.state.in_(["queued", "sent"])).exists():
        raise KnownError("letters.gone_already", person=letter.to_name)
    refuse_unfit(checked(store, order, [letter])[letter.person_id], letter.to_name)
    with store.operation(Op.APPROVE_LETTERS) as written:
        Letter.update(state="draft", approved_at=None).where(same & (Letter.state == "approved")).execute()
        message_id = _message_id(me)
        kept = _keep(store, order, template, letter, message_id, _message(letter, me, message_id, store))
        Letter.update(state="approved", approved_at=store.now()).where(Letter.id == kept).execute()
    return written.changes


def checked(store: Store, order: LetterOrder, letters: Sequence[LetterText]) -> dict[int, list[Finding]]:
    """By person what is found in her letter, what stops it first."""
    kind = template_named(order.template).kind
    checker = Checker(store, order.item_id, [letter.person_id for letter in letters], kind, sender_known())
    bodies = {letter.person_id: template_for(order.template, letter.person_id).body for letter in letters}
    return {
        letter.person_id: checker.findings(
            letter.person_id, letter.subject, letter.markdown, letter.text,
            opening=order.openings.get(letter.person_id, ""),
            has_place="opening" in bodies[letter.person_id],
        )
        for letter in letters
    }  # fmt: skip


def _findings(store: Store, row: Letter) -> list[Finding]:
    """What is found in a draft that is kept."""
    if row.item_id is None:
        return []
    checker = Checker(store, row.item_id, [row.person_id], row.kind, sender_known())
    has_place = row.template_id is not None and "opening" in LetterTemplate.get_by_id(row.template_id).body
    return checker.findings(row.person_id, row.subject, row.body, text_of(row.body), opening=row.opening,
                            has_place=has_place)  # fmt: skip


def approve_drafts(store: Store, letters: Sequence[int]) -> Changes:
    """Approve drafts as they stand, each read by the user.

    Raises:
        KnownError: ``letters.not_a_draft``, ``letters.not_to_be_written``, ``asking.not_yet``; then none is approved.
    """
    rows = list(Letter.select().where(Letter.id.in_(list(letters))).order_by(Letter.id))
    for row in rows:
        if row.state != "draft":
            raise KnownError("letters.not_a_draft", person=row.to_name)
    suppressed = suppressed_people(store, [row.person_id for row in rows])
    for row in rows:
        if row.person_id in suppressed:
            raise KnownError("letters.not_to_be_written", person=row.to_name)
    refuse_not_yet(store, [row.person_id for row in rows])
    for row in rows:
        refuse_unfit(_findings(store, row), row.to_name)
    with store.operation(Op.APPROVE_LETTERS) as written:
        for row in rows:
            Letter.update(state="approved", approved_at=store.now(), by=store.by).where(Letter.id == row.id).execute()
    return written.changes


def draft_letters(store: Store, order: LetterOrder, out: Path | None = None, job: Job | None = None) -> Drafted:
    """Render letters and keep them as drafts; with a folder, also as ``.eml`` files that a mail program opens to edit.

    A draft that is there already is written anew; one that was approved or sent is not touched. Nobody who asked not
    to be written to gets one.

    Raises:
        KnownError: as `preview`, or ``files.not_written``.
    """
    letters, problems = preview(store, order, job)
    me = sender_known()
    ids: list[int] = []
    messages: list[tuple[str, bytes]] = []
    with store.operation(Op.DRAFT_LETTERS) as written:
        for letter in letters:
            kept, _ = _keep_draft(store, order, letter, me)
            ids.append(kept)
            message = message_of(store, Letter.get_by_id(kept))  # with what goes with it
            messages.append((f"{len(messages) + 1:03}-p{letter.person_id}.eml", as_draft(message)))
        files = write_files(out, messages) if out is not None else ()
    return Drafted(tuple(ids), files, tuple(problems), written.changes)


def keep_draft(store: Store, order: LetterOrder, letter: LetterText) -> int:
    """Keep a letter that was rendered as a draft inside the caller's operation, and return its id."""
    return _keep_draft(store, order, letter, sender_known())[0]


def _keep_draft(store: Store, order: LetterOrder, letter: LetterText, me: Sender) -> tuple[int, bytes]:
    message_id = _message_id(me)
    message = _message(letter, me, message_id, store)
    template = template_for(order.template, letter.person_id)
    return _keep(store, order, template, letter, message_id, message), message


def _message_id(me: Sender) -> str:
    return f"<{uuid.uuid4()}@{me.email.partition('@')[2]}>"


def sender_known() -> Sender:
    """Who writes.

    Raises:
        KnownError: ``letters.no_sender`` as long as the name, the e-mail or the postal address is not known.
    """
    me = sender()
    missing = me.missing()
    if missing:
        raise KnownError("letters.no_sender", missing=", ".join(f"sender.{name}" for name in missing))
    return me


def _reachable(store: Store, order: LetterOrder) -> tuple[list[int], list[Problem]]:
    """Whom the letter may go to, and for the others why not."""
    suppressed = suppressed_people(store, list(order.people))
    later, gone = not_yet(store, order.people), away(store, order.people)
    facts = FactMaker(order.item_id, order.people, store.today().isoformat())
    kind = template_named(order.template).kind
    stopped = stops(order.item_id, order.people) if kind == PITCH else {}
    done = {
        row.person_id: row.state
        for row in Letter.select().where(
            (Letter.item == order.item_id) & (Letter.kind == kind) & Letter.person.in_(list(order.people))
        )
        if row.state != "draft" and kind == PITCH
    }
    people, problems = [], []
    for person in order.people:
        code = ""
        if person in suppressed:
            code = "letters.suppressed"
        elif person in later:
            code = "letters.not_yet"
        elif person in gone:
            code = "letters.away"
        elif person in done:
            code = "letters.pitched_before"
        elif person in stopped:
            code = f"policies.{stopped[person].code}"
        elif not facts.email(person):
            code = "letters.no_email"
        if code:
            about = {"person": facts.name(person)} | ({"from_day": later[person]} if person in later else {})
            about |= {"until_day": gone[person]} if person in gone else {}
            if code.startswith("policies."):
                about = facts_of(person, order.item_id, stopped[person])
            problems.append(Problem(person, facts.name(person), code, about))
        else:
            people.append(person)
    return people, problems


def _render(
    store: Store, template: LetterTemplate, order: LetterOrder, people: Sequence[int], me: Sender, job: Job | None
) -> tuple[list[LetterText], list[Problem]]:
    facts = FactMaker(order.item_id, people, store.today().isoformat())
    own, more = order.openings, order.facts
    given = {each: with_facts(facts.facts(each, me, own.get(each, "")), more.get(each, {})) for each in people}
    payload = payload_of(as_text(template), given)
    letters, problems = [], []
    for done, answer in enumerate(stream(_RENDER, payload, _LIMITS, job) if people else (), start=1):
        person = answer["id"]
        name = facts.name(person)
        if answer["error"]:
            problems.append(Problem(person, name, "letters.cannot_draft", {"person": name, **answer["error_facts"]}))
        else:
            used = tuple((fact, value_at(given[person], fact)) for fact in answer["used"])
            text, html, markdown = answer["text"], answer["html"], answer["markdown"]
            letters.append(LetterText(person, name, facts.email(person), answer["subject"], text, html, markdown,
                                      tuple(answer["missing"]), used))  # fmt: skip
        if job is not None:
            job.report(done, total=len(people))
    return letters, problems


def _message(letter: LetterText, me: Sender, message_id: str, store: Store) -> bytes:
    name, copied = _representative(letter.person_id)
    return build_message(
        OutgoingLetter(
            sender_name=me.name,
            sender_address=me.email,
            to_name=letter.to_name,
            to_address=letter.to_address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            message_id=message_id,
            date=store.moment().isoformat(timespec="seconds"),
            unsubscribe=me.email,
            cc_name=name,
            cc_address=copied,
        )
    )


def _representative(person_id: int) -> tuple[str, str]:
    """Who gets a copy, by name and e-mail; nobody who asked not to be written to."""
    person = Person.get_by_id(person_id)
    email = parse_email(person.representative_email) if person.representative_email else None
    marks = SuppressionKind.EMAIL.value
    if email is None or Suppression.get_or_none((Suppression.kind == marks) & (Suppression.shown == email.key)):
        return "", ""
    return person.representative, email.address


def _keep(
    store: Store, order: LetterOrder, template: LetterTemplate, letter: LetterText, message_id: str, message: bytes
) -> int:
    gift = (
        Gift.select().where((Gift.person == letter.person_id) & (Gift.item == order.item_id)).order_by(-Gift.id).first()
    )
    columns = {
        "gift": gift.id if gift else None,
        "template": template.id,
        "state": "draft",
        "to_name": letter.to_name,
        "to_address": letter.to_address,
        "subject": letter.subject,
        "body": letter.markdown,
        "opening": order.openings.get(letter.person_id, ""),
        "message": message,
        "message_id": message_id,
        "by": store.by,
        "drafted_at": store.now(),
    }
    same = Letter.get_or_none(
        (Letter.person == letter.person_id)
        & (Letter.item == order.item_id)
        & (Letter.kind == template.kind)
        & (Letter.state == "draft")
    )
    if same is not None:
        Letter.update(**columns).where(Letter.id == same.id).execute()
    made = same or Letter.create(person=letter.person_id, item=order.item_id, kind=template.kind, **columns)
    take_chosen(store, made)
    return int(made.id)
