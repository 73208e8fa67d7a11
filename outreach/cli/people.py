"""People: list, add, edit, suppress."""

import click

from outreach.cli.frame import Session, subcommand, table
from outreach.cli.people_group import VALUES, pairs, people
from outreach.services import refs
from outreach.services.people import people as service
from outreach.services.people.roles import set_roles
from outreach.services.people.suppressions import SuppressionKind, SuppressionReason, suppress_keys, suppress_people
from outreach.services.people.words_on import listed, set_introduced_by, set_looks, set_tags


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
        rows,
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
