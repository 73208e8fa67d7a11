"""Drafting letters: facts from the workspace, rendered in a child process, kept as drafts for a person to approve."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.drafting.attachments import messages_of
from outreach.services.drafting.checking import Checker, refuse_unfit
from outreach.services.drafting.facts import FactMaker, value_at, with_facts
from outreach.services.drafting.keeping import build_letters, keep_drafts
from outreach.services.drafting.orders import LetterOrder as LetterOrder
from outreach.services.drafting.orders import LetterText as LetterText
from outreach.services.drafting.orders import Problem as Problem
from outreach.services.drafting.senders import Sender, sender
from outreach.services.drafting.templates import as_text, template_for, templates_for
from outreach.services.drafting.templates import list_templates as list_templates
from outreach.services.drafting.templates import save_starters as save_starters
from outreach.services.drafting.templates import template_named as template_named
from outreach.services.letters.files import write_files
from outreach.services.letters.lint import Finding
from outreach.services.letters.message import as_draft
from outreach.services.letters.parts import PartsMaker
from outreach.services.letters.sandbox import payload_of
from outreach.services.letters.templates import REPEATED
from outreach.services.people.asking import not_yet, refuse_not_yet
from outreach.services.people.presence import away
from outreach.services.people.suppressions import suppressed_people
from outreach.services.policies.stops import facts_of, refuse_stopped, stops
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Letter, LetterTemplate
from outreach.workers import Limits, stream

_RENDER = "outreach.services.letters.sandbox:render_many"
#: Rendering one letter takes a millisecond, but a busy machine needs seconds to start; templates are counted besides.
_LIMITS = Limits(seconds=10.0, memory_mb=200, answer_bytes=4 * 2**20)

PITCH = "pitch"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of drafting: the letters that were made, and those that could not be."""

    letters: tuple[int, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    changes: Changes


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
    return _preview(store, order, FactMaker(order.item_id, order.people, store.today()), job)


def _preview(
    store: Store, order: LetterOrder, facts: FactMaker, job: Job | None
) -> tuple[list[LetterText], list[Problem]]:
    me = sender_known()
    people, problems = _reachable(store, order, facts)
    by_template: dict[int, list[int]] = {}
    templates = {}
    for person, template in templates_for(order.template, people).items():
        templates[template.id] = template
        by_template.setdefault(template.id, []).append(person)
    found: dict[int, LetterText] = {}
    for number, some in by_template.items():
        letters, failed = _render(templates[number], order, some, me, facts, job)
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
    facts = FactMaker(order.item_id, order.people, store.today())
    letters, problems = _preview(store, order, facts, job)
    return letters, problems, _checked(store, order, letters, facts)


def approve_letter(store: Store, order: LetterOrder, letter: LetterText) -> Changes:
    """Keep a letter as it was read, approved by the user.

    Raises:
        KnownError: as `approve_within`.
    """
    with store.operation(Op.APPROVE_LETTERS) as written:
        approve_within(store, order, letter)
    return written.changes


def approve_within(store: Store, order: LetterOrder, letter: LetterText) -> int:
    """As `approve_letter`, inside the caller's operation; the letter's id is returned.

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
    # A title is offered once; any other letter goes as often as it is approved, but not twice at a time.
    gone = ["queued", "sent"] if template.kind == PITCH else [] if template.kind in REPEATED else ["queued"]
    if Letter.select().where(same & Letter.state.in_(gone)).exists():
        raise KnownError("letters.gone_already", person=letter.to_name)
    refuse_unfit(checked(store, order, [letter])[letter.person_id], letter.to_name)
    built, problems = build_letters(store, [letter], me)
    for problem in problems:
        raise KnownError(problem.code, **problem.facts)
    Letter.update(state="draft", approved_at=None).where(same & (Letter.state == "approved")).execute()
    (kept,) = keep_drafts(store, order, built)
    Letter.update(state="approved", approved_at=store.now()).where(Letter.id == kept).execute()
    return kept


def checked(store: Store, order: LetterOrder, letters: Sequence[LetterText]) -> dict[int, list[Finding]]:
    """By person what is found in her letter, what stops it first."""
    people = [letter.person_id for letter in letters]
    return _checked(store, order, letters, FactMaker(order.item_id, people, store.today()))


def _checked(
    store: Store, order: LetterOrder, letters: Sequence[LetterText], facts: FactMaker
) -> dict[int, list[Finding]]:
    kind, people = template_named(order.template).kind, [letter.person_id for letter in letters]
    checker = Checker(store, order.item_id, people, kind, sender_known(), facts)
    templates = templates_for(order.template, people)
    return {
        letter.person_id: checker.findings(
            letter.person_id, letter.subject, letter.markdown, letter.text,
            opening=order.openings.get(letter.person_id, ""),
            has_place="opening" in templates[letter.person_id].body,
        )
        for letter in letters
    }  # fmt: skip


def _findings(store: Store, rows: Sequence[Letter]) -> dict[int, list[Finding]]:
    """By letter what is found in drafts that are kept."""
    alike: dict[tuple[int, str], list[Letter]] = {}
    for row in rows:
        if row.item_id is not None:
            alike.setdefault((row.item_id, row.kind), []).append(row)
    used = {row.template_id for row in rows if row.template_id is not None}
    bodies = dict(LetterTemplate.select(LetterTemplate.id, LetterTemplate.body)
                  .where(LetterTemplate.id.in_(among(sorted(used)))).tuples())  # fmt: skip
    me, maker, found = sender_known(), PartsMaker(), {}
    for (item, kind), some in alike.items():
        checker = Checker(store, item, [row.person_id for row in some], kind, me)
        for row in some:
            found[row.id] = checker.findings(row.person_id, row.subject, row.body,
                                             maker.parts(row.body)[0], opening=row.opening,
                                             has_place="opening" in bodies.get(row.template_id, ""))  # fmt: skip
    return found


def approve_drafts(store: Store, letters: Sequence[int]) -> Changes:
    """Approve drafts as they stand, each read by the user.

    Raises:
        KnownError: ``letters.not_a_draft``, ``letters.not_to_be_written``, ``asking.not_yet``; then none is approved.
    """
    columns = (Letter.id, Letter.state, Letter.person, Letter.to_name, Letter.item, Letter.kind, Letter.template,
               Letter.subject, Letter.body, Letter.opening)  # fmt: skip
    rows = list(Letter.select(*columns).where(Letter.id.in_(among(list(letters)))).order_by(Letter.id))
    for row in rows:
        if row.state != "draft":
            raise KnownError("letters.not_a_draft", person=row.to_name)
    suppressed = suppressed_people(store, [row.person_id for row in rows])
    for row in rows:
        if row.person_id in suppressed:
            raise KnownError("letters.not_to_be_written", person=row.to_name)
    refuse_not_yet(store, [row.person_id for row in rows])
    findings = _findings(store, rows)
    for row in rows:
        refuse_unfit(findings.get(row.id, ()), row.to_name)
    with store.operation(Op.APPROVE_LETTERS) as written:
        approved = Letter.id.in_(among([row.id for row in rows]))
        Letter.update(state="approved", approved_at=store.now(), by=store.by).where(approved).execute()
    return written.changes


def draft_letters(store: Store, order: LetterOrder, out: Path | None = None, job: Job | None = None) -> Drafted:
    """Render letters and keep them as drafts; with a folder, also as ``.eml`` files that a mail program opens to edit.

    A draft that is there already is written anew; one that was approved or sent is not touched. Nobody who asked not
    to be written to gets one.

    Raises:
        KnownError: as `preview`, or ``files.not_written``.
    """
    letters, problems = preview(store, order, job)
    built, unbuilt = build_letters(store, letters, sender_known())
    with store.operation(Op.DRAFT_LETTERS) as written:
        ids = keep_drafts(store, order, built)
        files: tuple[str, ...] = ()
        if out is not None:
            raws = messages_of(store, Letter.select().where(Letter.id.in_(among(ids))))  # with what goes with them
            names = (f"{number:03}-p{each.letter.person_id}.eml" for number, each in enumerate(built, 1))
            files = write_files(out, [(name, as_draft(raws[letter])) for name, letter in zip(names, ids, strict=True)])
    return Drafted(tuple(ids), files, (*problems, *unbuilt), written.changes)


def keep_draft(store: Store, order: LetterOrder, letter: LetterText) -> int:
    """Keep a letter that was rendered as a draft inside the caller's operation, and return its id.

    Raises:
        KnownError: ``letters.bad_address``, ``letters.line_break``.
    """
    built, problems = build_letters(store, [letter], sender_known())
    for problem in problems:
        raise KnownError(problem.code, **problem.facts)
    (kept,) = keep_drafts(store, order, built)
    return kept


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


def _reachable(store: Store, order: LetterOrder, facts: FactMaker) -> tuple[list[int], list[Problem]]:
    """Whom the letter may go to, and for the others why not."""
    suppressed = suppressed_people(store, list(order.people))
    later, gone = not_yet(store, order.people), away(store, order.people)
    kind = template_named(order.template).kind
    stopped = stops(order.item_id, order.people) if kind == PITCH else {}
    about = (Letter.item == order.item_id) & (Letter.kind == kind) & (Letter.state != "draft")
    pitched = Letter.select(Letter.person).where(about & Letter.person.in_(among(order.people)))
    done = {person for (person,) in pitched.tuples()} if kind == PITCH else set()
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
    template: LetterTemplate, order: LetterOrder, people: Sequence[int], me: Sender, facts: FactMaker, job: Job | None
) -> tuple[list[LetterText], list[Problem]]:
    own, more = order.openings, order.facts
    given = {each: with_facts(facts.facts(each, me, own.get(each, "")), more.get(each, {})) for each in people}
    payload = payload_of(as_text(template), given)
    letters, problems = [], []
    for done, answer in enumerate(stream(_RENDER, payload, _LIMITS, job) if people else (), start=1):
        person = answer["id"]
        name = facts.name(person)
        if answer["error"]:
            problems.append(Problem(person, name, answer["error"], answer["error_facts"]))
        else:
            said = given[person]
            used = tuple([(fact, value_at(said, fact)) for fact in answer["used"]])
            text, html, markdown = answer["text"], answer["html"], answer["markdown"]
            letters.append(LetterText(person, name, facts.email(person), answer["subject"], text, html, markdown,
                                      tuple(answer["missing"]), used))  # fmt: skip
        if job is not None:
            job.report(done, total=len(people))
    return letters, problems
