"""One person as a whole: show, merge, forget, hand her what is kept about her."""

from collections.abc import Iterator
from pathlib import Path

import click

from outreach.cli import people_records
from outreach.cli.frame import Session, plain, subcommand
from outreach.cli.people_group import people
from outreach.services import refs
from outreach.services.gifts.gifts import GiftRow, list_gifts
from outreach.services.people import people as service
from outreach.services.people.forgetting import Forgotten, forget_person, what_goes
from outreach.services.people.merging import merge_people
from outreach.services.people.record import PersonRecord, record_of
from outreach.services.posts.delays import usual_delay


@subcommand(people, "show")
@click.argument("ref")
def show_person(session: Session, ref: str) -> None:
    """Show everything about one person: REF is an id (p12), an e-mail, @handle, or a name that fits only one.

    \b
    Examples:
      outreach people show p12
      outreach people show @mayareads
    """
    with session.reading() as store:
        found = service.show_person(store, refs.person_id(ref))
        record = record_of(store, found.id)
        gifts = list_gifts(store, person_id=found.id)
        delay = usual_delay(found.id)
    told = [session.words.say("delays.usual", **plain(delay))] if delay else []
    session.show(
        {**plain(found), "record": plain(record), "gifts": plain(gifts), "usual_delay": plain(delay)},
        lambda: [
            *_page(session, found, record),
            *people_records.record_lines(session, record),
            *told,
            *_gifts(session, gifts),
        ],
    )


def _gifts(session: Session, gifts: list[GiftRow]) -> Iterator[str]:
    words = session.words
    for gift in gifts:
        yield f"{words.term('stage', gift.stage)}: {gift.title}, {words.day(gift.state_on)}  g{gift.id}"


def _page(session: Session, found: service.PersonDetail, record: PersonRecord) -> Iterator[str]:
    words = session.words
    yield click.style(f"{found.values['name']}  p{found.id}", bold=True)
    if found.suppressed:
        yield words.say("people.suppressed")
    if record.roles:
        yield f"{words.say('field.role')}: {', '.join(words.term('role', role) for role in record.roles)}"
    for name, value in found.values.items():
        if name == "is_adult" and value is not None:
            yield f"{words.say('field.is_adult')}: {words.term('adult', 'yes' if value else 'no')}"
        elif value and name not in ("name", "role", "notes", "is_adult", "created_at", "updated_at"):
            shown = words.day(value) if name.endswith(("_on", "_until")) else value
            yield f"{words.say(f'field.{name}')}: {shown}"
    for email in found.emails:
        yield f"{words.say('field.email')}: {email}"
    for platform, handle, _url, followers in found.accounts:
        count = f", {words.count('followers', followers)}" if followers is not None else ""
        yield f"{words.say('field.account')}: {platform or '?'} @{handle}{count}"
    for address in found.addresses:
        parts = [address[part] for part in ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")]
        kind = "field.address" if address["is_current"] else "field.older_address"
        yield f"{words.say(kind)}: {', '.join(filter(None, parts))}"
    if found.tags:
        yield f"{words.say('field.tags')}: {', '.join(found.tags)}"
    for taste in found.tastes:
        quote = f" ({taste.evidence[0]})" if taste.evidence else ""
        side = "" if taste.side == "own" else f"{words.term('side', taste.side)}: "
        yield f"{side}{words.term('polarity', taste.polarity)}: {words.named(taste.subject)}{quote}"
    if found.values["notes"]:
        yield f"{words.say('field.notes')}: {found.values['notes']}"


@subcommand(people, "merge")
@click.argument("keep")
@click.argument("other")
@click.option("--take", "taken", multiple=True, metavar="FIELD", help="Take OTHER's, such as name, email or address.")
def merge(session: Session, keep: str, other: str, taken: tuple[str, ...]) -> None:
    """Make two people one: KEEP stays and gets all that OTHER had. Opt-outs of both stay.

    \b
    Example:
      outreach people merge p12 p340 --take name --take address
    """
    with session.writing() as store:
        keep_id, other_id = refs.person_id(keep), refs.person_id(other)
        merge_people(store, keep_id, other_id, dict.fromkeys(taken, True))
    session.show(
        {"kept": f"p{keep_id}", "merged": f"p{other_id}"},
        lambda: [session.words.say("people.merged", keep=f"p{keep_id}", other=f"p{other_id}")],
    )


@subcommand(people, "forget")
@click.argument("ref")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(session: Session, ref: str, yes: bool) -> None:
    """Erase a person for good. What stays are nameless counts, and a mark so that no import adds her again.

    \b
    Example:
      outreach people forget p12
    """
    words = session.words
    with session.writing() as store:
        person = refs.person_id(ref)
        if not yes:
            goes = what_goes(store, person)
            for kind, count in goes.goes.items():
                click.echo(f"  {words.count(f'kept.{kind}', count)}", err=True)
            click.confirm(words.say("people.really_forget", name=goes.name), abort=True, err=True)
        made = forget_person(store, person)
    session.show(
        {"forgotten": f"p{person}", "backups": list(made.backups), "mentions": made.mentions},
        lambda: _forgotten(session, f"p{person}", made),
    )


def _forgotten(session: Session, ref: str, made: Forgotten) -> Iterator[str]:
    words = session.words
    yield words.say("people.forgotten", ref=ref)
    if made.backups:
        yield words.say("people.still_in_backups", files=", ".join(made.backups))
    if made.mentions:
        yield words.count("people.still_mentioned", made.mentions)


@subcommand(people, "export")
@click.argument("ref")
@click.argument("file", type=click.Path(path_type=Path))
def export_person(session: Session, ref: str, file: Path) -> None:
    """Write all that is kept about one person to FILE, as a page (.html) or as data (.json), to hand to her.

    \b
    Example:
      outreach people export p12 maya.html
    """
    from outreach.services.people.subject import about
    from outreach.wording.subject import write_subject

    with session.reading() as store:
        data = about(store, refs.person_id(ref))
    made = write_subject(session.words, data, file.expanduser())
    session.show({"file": str(made)}, lambda: [session.words.say("people.exported", file=str(made))])
