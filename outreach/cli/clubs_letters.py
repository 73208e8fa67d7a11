"""Letters of a club: invitations to join, reminders of a session. Each is a draft."""

from pathlib import Path

import click

from outreach.cli.clubs import clubs
from outreach.cli.frame import Session, subcommand
from outreach.cli.letters import tell_drafted
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.clubs import letters as club_letters
from outreach.services.drafting.drafts import draft_letters

_OUT = click.option("--out", type=click.Path(path_type=Path), help="A folder for the drafts, one .eml file each.")


@subcommand(clubs, "invite")
@click.argument("ref")
@click.option("--to", "people", multiple=True, help="Whom; without it, those who wait to be let in and have a name.")
@click.option("--opening", default="", help="The line that is for them alone; made where there is evidence for one.")
@_OUT
def invite(session: Session, ref: str, people: tuple[str, ...], opening: str, out: Path | None) -> None:
    """Draft letters that ask people to read along with the club REF; nothing is sent from here.

    \b
    Examples:
      outreach clubs invite c3
      outreach clubs invite c3 --to p12 --opening "You wrote that you read at night."
    """
    with session.writing() as store, session.working(said("Letters")) as job:
        club = refs.club_id(ref)
        club_letters.prepare(store)
        to = [refs.person_id(each) for each in people] or club_letters.asking(club)
        order = club_letters.invitation(store, club, to, opening)
        made = draft_letters(store, order, out.expanduser() if out else None, job)
    tell_drafted(session, made)


@subcommand(clubs, "remind")
@click.argument("ref")
@click.option("--to", "people", multiple=True, help="Whom; without it, the host and all members who have a name.")
@_OUT
def remind(session: Session, ref: str, people: tuple[str, ...], out: Path | None) -> None:
    """Draft letters that remind of the session REF: when, where, what is read by then; nothing is sent from here.

    \b
    Example:
      outreach clubs remind d12
    """
    with session.writing() as store, session.working(said("Letters")) as job:
        club_letters.prepare(store)
        to = [refs.person_id(each) for each in people]
        order = club_letters.reminder(store, refs.session_id(ref), to)
        made = draft_letters(store, order, out.expanduser() if out else None, job)
    tell_drafted(session, made)
