"""What is kept about a person: addresses, accounts, consent, notes, documents, audience."""

from collections.abc import Iterator

import click

from outreach.cli.frame import Session, subcommand
from outreach.cli.people_group import VALUES, pairs, people
from outreach.services import refs
from outreach.services.people.accounts import AccountNews, AccountRecord, save_account
from outreach.services.people.addresses import confirm_address, current_address, save_address
from outreach.services.people.audience import NewShare, Share, add_share
from outreach.services.people.consent import ConsentRecord, consent_of, save_consent
from outreach.services.people.documents import keep_document
from outreach.services.people.notes import add_note
from outreach.services.people.record import PersonRecord


@subcommand(people, "address")
@click.argument("ref")
@VALUES
@click.option("--confirmed", is_flag=True, help="They said today that it is right.")
def address(session: Session, ref: str, values: tuple[str, ...], confirmed: bool) -> None:
    """Change where a person gets post, or confirm the address that is known. Older ones are kept with their days.

    \b
    Examples:
      outreach people address p12 --set line1="4 Mill Lane" --set city=Leeds --set postcode="LS1 4AB"
      outreach people address p12 --confirmed
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        now = current_address(person)
        if values:
            save_address(store, person, pairs(values), confirmed=confirmed)
        elif confirmed and now is not None:
            confirm_address(store, now.id)
        elif now is None:
            save_address(store, person, {})
    session.show({"id": f"p{person}"}, lambda: [session.words.say("people.edited", ref=f"p{person}")])


@subcommand(people, "account")
@click.argument("ref")
@click.argument("profile")
@click.option("--followers", default="", help="How many follow, such as 18.4k.")
@click.option("--on", default="", help="The day on which that was read.")
@click.option("--source", default="", help="Where it was read.")
@click.option(
    "--alias", default="", help="A handle that it had before, or has too; an account of that handle becomes PROFILE."
)
def account(session: Session, ref: str, profile: str, followers: str, on: str, source: str, alias: str) -> None:
    """Give a person the account PROFILE, or note how many follow it, or its new handle; earlier figures are kept.

    \b
    Example:
      outreach people account p12 tiktok:mayareadsbynight --followers 18.4k --alias mayareads
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        save_account(store, person, AccountNews(profile, followers, on, source, alias))
    session.show({"id": f"p{person}"}, lambda: [session.words.say("people.edited", ref=f"p{person}")])


@subcommand(people, "consent")
@click.argument("ref")
@VALUES
def consent(session: Session, ref: str, values: tuple[str, ...]) -> None:
    """Show or change where a person was found, on what ground we write, and when she was told. Not legal advice.

    \b
    Example:
      outreach people consent p12 --set source="her own contact page" --set found_on=2026-11-02 --set basis=published
    """
    given = pairs(values)
    if not given:
        with session.reading() as store:
            record = consent_of(store, refs.person_id(ref))
    else:
        with session.writing() as store:
            person = refs.person_id(ref)
            save_consent(store, person, given)
            record = consent_of(store, person)
    session.show(record, lambda: consent_lines(session, record))


@subcommand(people, "note")
@click.argument("ref")
@click.argument("text")
@click.option("--kind", default="", help="call, meeting, message or remark.")
@click.option("--on", default="", help="The day it happened; today if not said.")
def note(session: Session, ref: str, text: str, kind: str, on: str) -> None:
    """Note a call, a meeting or a remark in a line.

    \b
    Example:
      outreach people note p12 "loved the proof, wants two for the shop" --kind call
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        made, _ = add_note(store, person, text, kind, on)
    session.show({"id": f"p{person}", "note": made}, lambda: [session.words.say("people.edited", ref=f"p{person}")])


@subcommand(people, "document")
@click.argument("ref")
@click.argument("source")
@click.option("--kind", default="", help="press_kit, tip_sheet, letter, agreement, picture or other.")
@click.option("--on", default="", help="The day it was given; today if not said.")
@click.option("--note", "words", default="", help="What to know of it.")
def document(session: Session, ref: str, source: str, kind: str, on: str, words: str) -> None:
    """Keep a copy of the file SOURCE with a person, or the address of a page.

    \b
    Example:
      outreach people document p12 press-kit.pdf --kind press_kit
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        made, _ = keep_document(store, person, source, kind, on=on, note=words)
    session.show({"id": f"p{person}", "document": made}, lambda: [session.words.say("people.edited", ref=f"p{person}")])


@subcommand(people, "audience")
@click.argument("ref")
@click.argument("field")
@click.argument("value")
@click.option("--share", default="", help="In percent.")
@click.option("--source", default="", help="Who says so.")
@click.option("--on", default="", help="The day it was read.")
@click.option("--self-described", default="", help="Their own words, without which nothing sensitive is kept.")
def audience(
    session: Session, ref: str, field: str, value: str, share: str, source: str, on: str, self_described: str
) -> None:
    """Note a part of a person's audience.

    \b
    Example:
      outreach people audience p12 age "18 to 24" --share 40 --source "her media kit"
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        made, _ = add_share(store, person, NewShare(field, value, share, source, on, self_described))
    session.show({"id": f"p{person}", "share": made}, lambda: [session.words.say("people.edited", ref=f"p{person}")])


def record_lines(session: Session, record: PersonRecord) -> Iterator[str]:
    """What is kept about a person, for a terminal."""
    words = session.words
    for name, listed in (
        ("field.rosters", record.rosters),
        ("field.aesthetic", record.aesthetics),
        ("field.mood", record.moods),
        ("field.introduced", tuple(name for _, name in record.introduced)),
    ):
        if listed:
            yield f"{words.say(name)}: {', '.join(listed)}"
    if record.introduced_by:
        yield f"{words.say('field.introduced_by')}: {record.introduced_by[1]}"
    if record.is_archived:
        yield words.say("people.archived")
    for account in record.accounts:
        yield from _readings(session, account)
    for share in record.audience:
        yield _share(session, share)
    yield from consent_lines(session, record.consent)
    for note in record.notes:
        yield f"{words.term('note_kind', note.kind)}, {words.day(note.day)}: {note.text}"
    for document in record.documents:
        yield f"{words.term('document_kind', document.kind)}, {words.day(document.day)}: {document.name}"


def consent_lines(session: Session, record: ConsentRecord) -> Iterator[str]:
    """The record of consent, for a terminal."""
    words = session.words
    if record.source:
        yield f"{words.say('field.source')}: {record.source}"
    if record.basis:
        yield f"{words.say('field.basis')}: {words.term('basis', record.basis)}"
    for name in ("found_on", "expires_on", "notice_due_on", "notice_given_on"):
        if getattr(record, name):
            yield f"{words.say(f'field.{name}')}: {words.day(getattr(record, name))}"
    if record.is_notice_due:
        yield words.say("people.notice_due")


def _readings(session: Session, account: AccountRecord) -> Iterator[str]:
    words = session.words
    if account.aliases:
        yield f"@{account.handle}: {words.say('people.also_called', handles=', '.join(account.aliases))}"
    for reading in account.readings[1:]:
        yield f"@{account.handle}, {words.day(reading.day)}: {words.count('followers', reading.followers)}"


def _share(session: Session, share: Share) -> str:
    words = session.words
    part = f" {share.share:g}%" if share.share is not None else ""
    source = f" ({share.source}, {words.day(share.day)})" if share.source else f" ({words.day(share.day)})"
    return f"{words.term('audience_field', share.field)}: {share.value}{part}{source}"
