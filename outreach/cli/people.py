"""People: list, show, add, edit, merge, forget, suppress."""

from collections.abc import Iterator

import click

from outreach.cli.frame import Session, group, plain, subcommand, table
from outreach.services import people as service
from outreach.services import refs
from outreach.services.gifts import GiftRow, list_gifts
from outreach.services.suppressions import SuppressionKind, SuppressionReason, suppress_keys

people = group("people", "List, show, add, edit, merge, forget people.")


@subcommand(people, "list")
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
def list_people(session: Session, words: tuple[str, ...], limit: int | None) -> None:
    """List people, all of them or those whose name, e-mail, account or tag has every one of WORDS.

    \b
    Examples:
      outreach people list
      outreach people list bookseller bristol --limit 20
    """
    with session.reading() as store:
        rows = service.list_people(store, " ".join(words), limit)
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
        gifts = list_gifts(store, person_id=found.id)
    session.show({**plain(found), "gifts": plain(gifts)}, lambda: _page(session, found, gifts))


def _page(session: Session, found: service.PersonDetail, gifts: list[GiftRow]) -> Iterator[str]:
    words = session.words
    yield click.style(f"{found.values['name']}  p{found.id}", bold=True)
    if found.suppressed:
        yield words.say("people.suppressed")
    for name, value in found.values.items():
        if value and name not in ("name", "notes", "created_at", "updated_at"):
            shown = words.term("role", value) if name == "role" else words.day(value) if name.endswith("_on") else value
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
    for gift in gifts:
        yield f"{words.term('stage', gift.stage)}: {gift.title}, {words.day(gift.state_on)}  g{gift.id}"


_VALUES = click.option("--set", "values", multiple=True, metavar="FIELD=TEXT", help="A field, such as role=bookseller.")
_EMAILS = click.option("--email", "emails", multiple=True, help="An e-mail address to add.")
_PROFILES = click.option("--account", "profiles", multiple=True, help="A profile address, or PLATFORM:HANDLE, to add.")


@subcommand(people, "add")
@click.argument("name")
@_EMAILS
@_PROFILES
@click.option("--tag", "tags", multiple=True)
@_VALUES
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
@_VALUES
def edit_person(
    session: Session, ref: str, emails: tuple[str, ...], profiles: tuple[str, ...], values: tuple[str, ...]
) -> None:
    """Change fields of a person, or add e-mail addresses and accounts.

    \b
    Example:
      outreach people edit p12 --set notes="prefers finished copies" --set ask_again_on=autumn
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        service.edit_person(store, person, pairs(values), emails, profiles)
    session.show({"id": f"p{person}"}, lambda: [session.words.say("people.edited", ref=f"p{person}")])


@subcommand(people, "merge")
@click.argument("keep")
@click.argument("other")
def merge_people(session: Session, keep: str, other: str) -> None:
    """Make two people one: KEEP stays and gets all that OTHER had. Opt-outs of both stay.

    \b
    Example:
      outreach people merge p12 p380
    """
    with session.writing() as store:
        keep_id, other_id = refs.person_id(keep), refs.person_id(other)
        service.merge_people(store, keep_id, other_id)
    session.show(
        {"kept": f"p{keep_id}", "merged": f"p{other_id}"},
        lambda: [session.words.say("people.merged", keep=f"p{keep_id}", other=f"p{other_id}")],
    )


@subcommand(people, "forget")
@click.argument("ref")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget_person(session: Session, ref: str, yes: bool) -> None:
    """Erase a person for good. What stays are nameless counts, and a mark so that no import adds her again.

    \b
    Example:
      outreach people forget p12
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        name = service.show_person(store, person).values["name"]
        if not yes:
            click.confirm(session.words.say("people.really_forget", name=name), abort=True, err=True)
        service.forget_person(store, person)
    session.show({"forgotten": f"p{person}"}, lambda: [session.words.say("people.forgotten", ref=f"p{person}")])


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
        keys = [(SuppressionKind.EMAIL, email)] if email else service.person_keys(refs.person_id(address))
        suppress_keys(store, keys, SuppressionReason.ASKED)
    session.show({"suppressed": [key for _, key in keys]}, lambda: [session.words.say("people.now_suppressed")])


def pairs(values: tuple[str, ...]) -> dict[str, str]:
    """``FIELD=TEXT`` options as a dictionary."""
    found = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise click.BadParameter(f"“{value}” is not FIELD=TEXT")
        found[name.strip()] = text
    return found
