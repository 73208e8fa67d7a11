"""Book clubs: list, show, start."""

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.services import clubs as service
from outreach.services import refs
from outreach.services.clubs import ClubKind, NewClub

clubs = group("clubs", "Book clubs that began with a gift.")


@subcommand(clubs, "start")
@click.argument("name")
@click.option("--host", required=True, help="Who started it.")
@click.option("--item", help="The title they read.")
@click.option("--post", help="The post that it grew from, such as o9.")
@click.option("--kind", type=click.Choice([kind.value for kind in ClubKind]), default=ClubKind.CLUB.value)
@click.option("--place", default="", help="Where they meet: a town, a shop, a platform.")
@click.option("--members", type=int, help="How many they are.")
@click.option("--on", callback=day_option, help="The day it began, if it was not today.")
@click.option("--note", default="")
def start(
    session: Session,
    name: str,
    host: str,
    item: str | None,
    post: str | None,
    kind: str,
    place: str,
    members: int | None,
    on: str | None,
    note: str,
) -> None:
    """Note a club that someone started; the gift that it was born from is found by host and title.

    \b
    Example:
      outreach clubs start "Night shelf" --host p12 --item "The Salt Orchard" --members 14
    """
    with session.writing() as store:
        new = NewClub(
            name=name,
            host_id=refs.person_id(host),
            item_id=refs.item_id(item) if item else None,
            post_id=refs.post_id(post) if post else None,
            kind=ClubKind(kind),
            place=place,
            started_on=on or "",
            members=members,
            note=note,
        )
        club, _ = service.start_club(store, new)
    session.show({"id": f"c{club}"}, lambda: [session.words.say("clubs.started", name=name, ref=f"c{club}")])


@subcommand(clubs, "list")
def list_clubs(session: Session) -> None:
    """List clubs, the newest first.

    \b
    Example:
      outreach clubs list
    """
    with session.reading():
        rows = service.list_clubs()
    words = session.words
    session.show(
        plain(rows),
        lambda: [
            *table(
                ("", "Club", "Host", "Title", "Members", "State", "Since"),
                [
                    (
                        f"c{row.id}",
                        row.name,
                        row.host,
                        row.title,
                        row.members,
                        words.term("club_state", row.state),
                        words.day(row.started_on),
                    )
                    for row in rows
                ],
            ),
            words.count("clubs", len(rows)),
        ],
    )


@subcommand(clubs, "show")
@click.argument("ref")
def show_club(session: Session, ref: str) -> None:
    """Show one club and how it grew: REF is an id (c3) or a name.

    \b
    Example:
      outreach clubs show c3
    """
    with session.reading():
        row, counts = service.show_club(refs.club_id(ref))
    words = session.words
    session.show(
        {**plain(row), "headcounts": [{"day": day, "members": members} for day, members in counts]},
        lambda: [
            click.style(f"{row.name}  c{row.id}", bold=True),
            words.say("clubs.line", host=row.host, title=row.title, place=row.place or "-", began_day=row.started_on),
            *(f"{words.day(day)}: {words.count('members', members)}" for day, members in counts),
        ],
    )
