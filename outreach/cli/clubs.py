"""Book clubs: list, show, start, edit, and how they grow."""

from collections.abc import Iterator

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.services import refs
from outreach.services.clubs import clubs as service
from outreach.services.clubs.clubs import ClubKind, ClubRow, ClubState, NewClub, Spoilers
from outreach.services.clubs.copies import copies_of, open_copies, totals_of
from outreach.services.clubs.growth import posts_by_members
from outreach.services.clubs.members import counts_of, members_of, posts_of, requests_of
from outreach.services.clubs.sessions import list_sessions, questions_of, schedule
from outreach.wording import Words
from outreach.wording.clubs import session_title

clubs = group(
    "clubs",
    "Book clubs that began with a gift: members, sessions, copies, calendars.",
    {
        "clubs_members": ("count", "join", "leave", "asked", "answer", "post"),
        "clubs_sessions": ("session", "schedule", "ask"),
        "clubs_growth": ("copies", "tree", "signals"),
        "clubs_hours": ("hours",),
        "clubs_calendar": ("calendar", "sheet", "itinerary"),
        "clubs_letters": ("invite", "remind"),
    },
)

_KINDS, _STATES = click.Choice([each.value for each in ClubKind]), click.Choice([each.value for each in ClubState])
_SPOILERS = click.Choice([each.value for each in Spoilers if each])


@subcommand(clubs, "start")
@click.argument("name")
@click.option("--host", required=True, help="Who started it.")
@click.option("--item", help="The title they read.")
@click.option("--post", help="The post that it grew from, such as o9.")
@click.option("--kind", type=_KINDS, default=ClubKind.CLUB.value)
@click.option("--place", default="", help="Where they meet: a town, a shop, a platform.")
@click.option("--zone", default="", help="Its time zone, such as Europe/London; the host's where it is not said.")
@click.option("--spoilers", type=_SPOILERS, help="How they go about the ending.")
@click.option("--grew-from", help="The club that its host was a member of; found where she is one.")
@click.option("--members", type=int, help="How many they are.")
@click.option("--on", callback=day_option, help="The day it began, if it was not today.")
@click.option("--note", default="")
def start(session: Session, name: str, host: str, **given: str | int | None) -> None:
    """Note a club that someone started; the gift that it was born from is found by host and title.

    \b
    Example:
      outreach clubs start "Night shelf" --host p12 --item "The Salt Orchard" --members 14
    """
    text = {key: str(value) for key, value in given.items() if value is not None and key != "members"}
    members = given["members"]
    with session.writing() as store:
        new = NewClub(
            name=name,
            host_id=refs.person_id(host),
            item_id=refs.item_id(text["item"]) if text.get("item") else None,
            post_id=refs.post_id(text["post"]) if text.get("post") else None,
            kind=ClubKind(text["kind"]),
            place=text["place"],
            started_on=text.get("on", ""),
            members=members if isinstance(members, int) else None,
            note=text["note"],
            zone=text["zone"],
            spoilers=Spoilers(text.get("spoilers", "")),
            grew_from_id=refs.club_id(text["grew_from"]) if text.get("grew_from") else None,
        )
        club, _ = service.start_club(store, new)
    session.show({"id": f"c{club}"}, lambda: [session.words.say("clubs.started", name=name, ref=f"c{club}")])


@subcommand(clubs, "edit")
@click.argument("ref")
@click.option("--name")
@click.option("--kind", type=_KINDS)
@click.option("--state", type=_STATES)
@click.option("--place")
@click.option("--zone", help="Its time zone, such as Europe/London.")
@click.option("--spoilers", type=_SPOILERS)
@click.option("--note")
@click.option("--item", help="The title that it reads now.")
@click.option("--grew-from", help="The club that it grew out of.")
def edit(session: Session, ref: str, item: str | None, grew_from: str | None, **given: str | None) -> None:
    """Change a club: REF is an id (c3) or a name.

    \b
    Examples:
      outreach clubs edit c3 --state wound_down
      outreach clubs edit c3 --zone America/New_York --spoilers marked
    """
    with session.writing() as store:
        club = refs.club_id(ref)
        values = {name: value for name, value in given.items() if value is not None}
        service.edit_club(
            store, club, values, item_id=refs.item_id(item) if item else None,
            grew_from=refs.club_id(grew_from) if grew_from else None,
        )  # fmt: skip
    session.show({"club": f"c{club}"}, lambda: [session.words.say("clubs.edited", ref=f"c{club}")])


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
        rows,
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
    """Show one club, how it grew, and what came of it: REF is an id (c3) or a name.

    \b
    Example:
      outreach clubs show c3
    """
    with session.reading():
        club = refs.club_id(ref)
        row, _ = service.show_club(club)
        data = {
            **plain(row),
            "headcounts": [
                {"day": each.day, "members": each.members, "moved_by": each.moved_by} for each in counts_of(club)
            ],
            "named_members": plain(members_of(club)),
            "requests": plain(requests_of(club)),
            "sessions": plain(list_sessions(club_id=club)),
            "schedule": [{"by_on": day, "reading": reading} for day, reading in schedule(club)],
            "questions": [{"id": number, "text": text, "by": by} for number, text, by in questions_of(club)],
            "copies": plain(copies_of(club)),
            "totals": plain(totals_of([club])),
            "copies_open": open_copies(club),
            "posts": [f"o{each}" for each in posts_of(club)],
            "posts_by_members": [f"o{each}" for each in posts_by_members(club)],
        }
        told = list(_lines(session.words, row))
    session.show(data, lambda: told)


def _lines(words: Words, row: ClubRow) -> Iterator[str]:
    yield click.style(f"{row.name}  c{row.id}", bold=True)
    yield words.say("clubs.line", host=row.host, title=row.title, place=row.place or "-", began_day=row.started_on)
    if row.grew_from_id:
        yield words.say("clubs.grew_from", root=f"c{row.grew_from_id}")
    for each in counts_of(row.id):
        moved = f" ({each.moved_by})" if each.moved_by else ""
        yield f"{words.day(each.day)}: {words.count('members', each.members)}{moved}"
    for one in list_sessions(club_id=row.id):
        came = words.count("came", one.came) if one.came is not None else words.term("session_state", one.state)
        yield f"d{one.id}  {words.day(one.day)}, {one.hour}  {session_title(words, one)}  {came}"
    for total in totals_of([row.id]):
        money = words.money(total.amount_minor, total.currency) if total.currency else ""
        kind = words.term("copies_kind", total.kind)
        yield f"{words.count('copies', total.copies)} {kind}: {', '.join(filter(None, (total.title, money)))}"
    wanted = open_copies(row.id)
    if wanted:
        yield words.say("club_copies.open", copies=words.count("copies", wanted))
