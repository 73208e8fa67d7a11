"""People: list, show, add, edit, merge, forget, suppress."""

from collections.abc import Iterator
from pathlib import Path

import click

from outreach.cli import people_lists, people_records
from outreach.cli.frame import Session, plain, subcommand, table
from outreach.cli.people_group import VALUES, pairs, people
from outreach.services import people as service
from outreach.services import refs
from outreach.services.forgetting import Forgotten, forget_person, what_goes
from outreach.services.gifts import GiftRow, list_gifts
from outreach.services.merging import merge_people
from outreach.services.person_record import PersonRecord, record_of
from outreach.services.roles import set_roles
from outreach.services.suppressions import SuppressionKind, SuppressionReason, suppress_keys, suppress_people
from outreach.services.words_on import listed, set_introduced_by, set_looks, set_tags

#: The commands of these modules are in the group as well.
PARTS = (people_lists, people_records)


@subcommand(people, "list")
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--archived", is_flag=True, help="Those in the archive instead.")
def list_people(session: Session, words: tuple[str, ...], limit: int | None, archived: bool) -> None:
    """List people, all of them or those whose name, e-mail, account or tag has every one of WORDS.

    \b
    Examples:
      outreach people list
      outreach people list bookseller bristol --limit 20
    """
    with session.reading() as store:
        rows = service.list_people(store, " ".join(words), limit, archived=archived)
    shown = session.words
    session.show(
        plain(rows),
        lambda: [
            *table(
                ("", "Name", "Role", "E-mail", "Account", "Country", ""),
                [
                    (
                        f"p{row.id}",
                        row.name,
                        shown.term("role", row.role),
                        row.email,
                        f"@{row.handle}" if row.handle else "",
                        row.country,
                        shown.say("people.do_not_contact") if row.suppressed else "",
                    )
                    for row in rows
                ],
            ),
            shown.count("people", len(rows)),
        ],
    )


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
    session.show(
        {**plain(found), "record": plain(record), "gifts": plain(gifts)},
        lambda: [
            *_page(session, found, record),
            *people_records.record_lines(session, record),
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
        yield f"{side}{words.term('polarity', taste.polarity)}: {taste.subject}{quote}"
    if found.values["notes"]:
        yield f"{words.say('field.notes')}: {found.values['notes']}"


_EMAILS = click.option("--email", "emails", multiple=True, help="An e-mail address to add.")
_PROFILES = click.option("--account", "profiles", multiple=True, help="A profile address, or PLATFORM:HANDLE, to add.")


@subcommand(people, "add")
@click.argument("name")
@_EMAILS
@_PROFILES
@click.option("--tag", "tags", multiple=True)
@VALUES
def add_person(
    session: Session,
    name: str,
    emails: tuple[str, ...],
    profiles: tuple[str, ...],
    tags: tuple[str, ...],
    values: tuple[str, ...],
) -> None:
    """Add a person; an account is not needed.

    \b
    Example:
      outreach people add "Ottoline Brandt" --email otto@crooked-shelf.example --set role=bookseller
    """
    new = service.NewPerson(name, emails, profiles, tags, pairs(values))
    with session.writing() as store:
        person, _ = service.add_person(store, new)
    session.show({"id": f"p{person}"}, lambda: [session.words.say("people.added", name=name, ref=f"p{person}")])


@subcommand(people, "edit")
@click.argument("ref")
@_EMAILS
@_PROFILES
@VALUES
@click.option("--role", "roles", multiple=True, help="What they are to us; all of it, the first one first.")
@click.option("--tags", help="All tags, with commas between them.")
@click.option("--aesthetic", help="How their pictures look, with commas between the words.")
@click.option("--mood", help="The mood they set, with commas between the words.")
@click.option("--introduced-by", metavar="REF", help="Who introduced them; - for nobody.")
def edit_person(
    session: Session, ref: str, emails: tuple[str, ...], profiles: tuple[str, ...], values: tuple[str, ...],
    roles: tuple[str, ...], tags: str | None, aesthetic: str | None, mood: str | None, introduced_by: str | None,
) -> None:  # fmt: skip
    """Change fields of a person, or add e-mail addresses and accounts.

    \b
    Examples:
      outreach people edit p12 --set notes="prefers finished copies" --set ask_again_on=autumn
      outreach people edit p12 --role bookseller --role podcaster --set time_zone=Europe/London
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        by = refs.person_id(introduced_by) if introduced_by not in (None, "-") else None
        service.edit_person(store, person, pairs(values), emails, profiles)
        if roles:
            set_roles(store, person, roles)
        if tags is not None:
            set_tags(store, person, listed(tags))
        for kind, text in (("aesthetic", aesthetic), ("mood", mood)):
            if text is not None:
                set_looks(store, person, kind, listed(text))
        if introduced_by is not None:
            set_introduced_by(store, person, by)
    session.show({"id": f"p{person}"}, lambda: [session.words.say("people.edited", ref=f"p{person}")])


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
    from outreach.services.subject import about
    from outreach.wording.subject import write_subject

    with session.reading() as store:
        data = about(store, refs.person_id(ref))
    made = write_subject(session.words, data, file.expanduser())
    session.show({"file": str(made)}, lambda: [session.words.say("people.exported", file=str(made))])


@subcommand(people, "suppress")
@click.argument("address")
def suppress(session: Session, address: str) -> None:
    """Never write to ADDRESS again: an e-mail address, or all addresses and accounts of the person that it names.

    \b
    Example:
      outreach people suppress maya@example.org
    """
    with session.writing() as store:
        email = service.email_key(address)
        if email:
            keys = [(SuppressionKind.EMAIL, email)]
            suppress_keys(store, keys, SuppressionReason.ASKED)
        else:
            person = refs.person_id(address)
            keys = service.person_keys(person)
            suppress_people(store, [person])
    session.show({"suppressed": [key for _, key in keys]}, lambda: [session.words.say("people.now_suppressed")])
