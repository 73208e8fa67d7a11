"""A club's members: counted or by name, who asks to join, and the posts that tell how it gets on."""

import click

from outreach.cli.clubs import clubs
from outreach.cli.frame import Session, day_option, plain, subcommand
from outreach.services import refs
from outreach.services.clubs import members as service
from outreach.services.clubs.members import NewRequest, RequestState

_REF = click.argument("ref")
_ON = click.option("--on", callback=day_option, help="The day, if it was not today.")
_PEOPLE = click.argument("people", metavar="PERSON…", nargs=-1, required=True)


@subcommand(clubs, "count")
@_REF
@click.argument("members", type=int)
@click.option("--because", default="", help="What moved them, such as “Maya posts week 2”.")
@click.option("--post", help="The post that did, such as o9.")
@_ON
def count(session: Session, ref: str, members: int, because: str, post: str | None, on: str | None) -> None:
    """Note how many MEMBERS a club has, and what moved them.

    \b
    Example:
      outreach clubs count c3 46 --because "Imogen says yes"
    """
    with session.writing() as store:
        club = refs.club_id(ref)
        service.count_members(
            store, club, members, on=on or "", moved_by=because, post_id=refs.post_id(post) if post else None
        )
    _tell_members(session, club)


@subcommand(clubs, "join")
@_REF
@_PEOPLE
@_ON
def join(session: Session, ref: str, people: tuple[str, ...], on: str | None) -> None:
    """Note members of a club by name; the number of members grows with them.

    \b
    Example:
      outreach clubs join c3 p12 p30
    """
    with session.writing() as store:
        club = refs.club_id(ref)
        service.join(store, club, [refs.person_id(each) for each in people], on or "")
    _tell_members(session, club)


@subcommand(clubs, "leave")
@_REF
@click.argument("person")
@_ON
def leave(session: Session, ref: str, person: str, on: str | None) -> None:
    """Note that a member left.

    \b
    Example:
      outreach clubs leave c3 p12
    """
    with session.writing() as store:
        club = refs.club_id(ref)
        service.leave(store, club, refs.person_id(person), on or "")
    _tell_members(session, club)


@subcommand(clubs, "asked")
@_REF
@click.option("--person", help="Who; without it, so many of whom only the number is known.")
@click.option("--people", type=click.IntRange(min=1), default=1, help="How many.")
@click.option("--in", "place", default="", help="Where they asked, such as “in her comments”.")
@click.option("--post", help="The post below which they asked, such as o9.")
@_ON
def asked(
    session: Session, ref: str, person: str | None, people: int, place: str, post: str | None, on: str | None
) -> None:
    """Note that somebody asked to join, or so many.

    \b
    Example:
      outreach clubs asked c3 --people 9 --in "in her comments" --post o9
    """
    with session.writing() as store:
        club = refs.club_id(ref)
        new = NewRequest(
            refs.person_id(person) if person else None, people, on or "", place, refs.post_id(post) if post else None
        )
        request, _ = service.ask_to_join(store, club, new)
    words = session.words
    session.show(
        {"club": f"c{club}", "request": request},
        lambda: [words.say("clubs.asked", people=words.count("people", people), ref=f"c{club}", request=request)],
    )


@subcommand(clubs, "answer")
@_REF
@click.argument("requests", type=int, nargs=-1)
@click.option("--not-now", is_flag=True, help="They are not let in for now.")
@_ON
def answer(session: Session, ref: str, requests: tuple[int, ...], not_now: bool, on: str | None) -> None:
    """Let in those who asked to join, all who wait or the REQUESTS named; they are members from then on.

    \b
    Examples:
      outreach clubs answer c3
      outreach clubs answer c3 4 --not-now
    """
    with session.writing() as store:
        club = refs.club_id(ref)
        waiting = [row.id for row in service.requests_of(club) if row.state == RequestState.WAITING]
        chosen = [each for each in requests if each in waiting] if requests else waiting
        service.answer_requests(store, chosen, RequestState.NOT_NOW if not_now else RequestState.JOINED, on or "")
    _tell_members(session, club)


@subcommand(clubs, "post")
@_REF
@click.argument("post")
def post(session: Session, ref: str, post: str) -> None:
    """Note that a POST tells how a club gets on.

    \b
    Example:
      outreach clubs post c3 o9
    """
    with session.writing() as store:
        club, number = refs.club_id(ref), refs.post_id(post)
        service.link_post(store, club, number)
    session.show(
        {"club": f"c{club}", "post": f"o{number}"},
        lambda: [session.words.say("clubs.posted", post=f"o{number}", ref=f"c{club}")],
    )


def _tell_members(session: Session, club: int) -> None:
    with session.reading():
        counts = service.counts_of(club)
    members = counts[-1].members if counts else 0
    words = session.words
    session.show(
        {"club": f"c{club}", "members": members, "headcounts": plain(counts)},
        lambda: [words.say("clubs.joined", ref=f"c{club}", members=words.count("members", members))],
    )
