"""A club's schedule, sessions and questions."""

import click

from outreach.cli.clubs import clubs
from outreach.cli.frame import Session, group, plain, subcommand, table
from outreach.services import refs
from outreach.services.clubs import sessions as service
from outreach.services.clubs.sessions import NewSession, Planned
from outreach.wording.clubs import session_title

session_ = group("session", "Sessions of a club: list, plan, edit, cancel, met.")
clubs.add_command(session_)

_REF = click.argument("ref")


@subcommand(session_, "list")
@click.option("--club", help="Of one club; without it, of all.")
@click.option("--author", default="", help="Those that this author joins.")
def list_sessions(session: Session, club: str | None, author: str) -> None:
    """List sessions in the order of their days.

    \b
    Example:
      outreach clubs session list --club c3
    """
    with session.reading():
        rows = service.list_sessions(club_id=refs.club_id(club) if club else None, author=author)
    words = session.words
    session.show(
        rows,
        lambda: [
            *table(
                ("", "Day", "Hour", "Club", "Talk", "Read", "Author's hour", "State"),
                [
                    (
                        f"d{row.id}",
                        words.day(row.day),
                        row.hour,
                        row.club,
                        session_title(words, row),
                        row.reading,
                        row.author_hour,
                        words.term("session_state", row.state),
                    )
                    for row in rows
                ],
            ),
            words.count("sessions", len(rows)),
        ],
    )


@subcommand(session_, "plan")
@click.argument("club")
@click.argument("starts")
@click.option("--minutes", type=int, default=service.MINUTES, show_default=True)
@click.option("--topic", default="", help="What is talked about.")
@click.option("--place", default="", help="A link, or where they meet; the club's place where it is not said.")
@click.option("--moderator", default="", help="Who leads it.")
@click.option("--author", default="", help="The author who joins.")
@click.option("--author-zone", default="", help="The author's time zone; known from before where it is not said.")
@click.option("--read", "reading", default="", help="What is read by then, such as “Chapters 1 to 8”.")
@click.option("--note", default="")
def plan(session: Session, club: str, starts: str, **given: str) -> None:
    """Plan a session of CLUB. STARTS is its day and hour in the club's zone, such as “2026-11-26 19:30”.

    \b
    Example:
      outreach clubs session plan c3 "2026-11-26 19:30" --minutes 40 --author "Imogen Vale" --read "To the end"
    """
    minutes = int(given.pop("minutes"))
    with session.writing() as store:
        planned = service.plan_session(store, refs.club_id(club), NewSession(starts, minutes, **given))
    _tell(session, planned, "sessions.planned")


@subcommand(session_, "edit")
@_REF
@click.option("--starts", help="Its day and hour in the club's zone.")
@click.option("--minutes")
@click.option("--topic")
@click.option("--place")
@click.option("--moderator")
@click.option("--author", help="The author who joins; empty for nobody.")
@click.option("--author-zone")
@click.option("--read", "reading", help="What is read by then.")
@click.option("--going", help="How many said that they will come.")
@click.option("--note")
def edit(session: Session, ref: str, **given: str | None) -> None:
    """Change a session; what calendars show of it raises its sequence.

    \b
    Example:
      outreach clubs session edit d4 --starts "2026-11-27 19:00" --going 38
    """
    values = {name: value for name, value in given.items() if value is not None}
    with session.writing() as store:
        planned = service.edit_session(store, refs.session_id(ref), values)
    _tell(session, planned, "sessions.edited")


@subcommand(session_, "cancel")
@_REF
def cancel(session: Session, ref: str) -> None:
    """Cancel a session. Calendars take it out when its calendar is exported again.

    \b
    Example:
      outreach clubs session cancel d4
    """
    with session.writing() as store:
        number = refs.session_id(ref)
        service.cancel_session(store, number)
    session.show({"session": f"d{number}"}, lambda: [session.words.say("sessions.cancelled", session=f"d{number}")])


@subcommand(session_, "met")
@_REF
@click.option("--came", type=click.IntRange(min=0), help="How many came.")
@click.option("--note", default="")
def met(session: Session, ref: str, came: int | None, note: str) -> None:
    """Note that a session took place; one with the author is noted as what came of the club's gift.

    \b
    Example:
      outreach clubs session met d3 --came 19
    """
    with session.writing() as store:
        number = refs.session_id(ref)
        service.note_met(store, number, came, note)
    session.show({"session": f"d{number}"}, lambda: [session.words.say("sessions.met", session=f"d{number}")])


@subcommand(clubs, "schedule")
@_REF
@click.argument("milestones", metavar="DAY=READING…", nargs=-1)
def schedule(session: Session, ref: str, milestones: tuple[str, ...]) -> None:
    """Show what a club reads by when, or put another schedule in its place.

    \b
    Examples:
      outreach clubs schedule c3
      outreach clubs schedule c3 "2026-10-08=Chapters 1 to 8" "2026-10-22=Chapters 9 to 17"
    """
    pairs = [(day.strip(), reading) for day, _, reading in (each.partition("=") for each in milestones)]
    if pairs:
        with session.writing() as store:
            service.set_schedule(store, refs.club_id(ref), pairs)
    with session.reading():
        club = refs.club_id(ref)
        rows = service.schedule(club)
    words = session.words
    session.show(
        [{"by_on": day, "reading": reading} for day, reading in rows],
        lambda: [
            words.say("sessions.scheduled", ref=f"c{club}", days=words.count("days", len(rows))),
            *(f"{words.day(day)}: {reading}" for day, reading in rows),
        ],
    )


@subcommand(clubs, "ask")
@_REF
@click.argument("questions", nargs=-1)
@click.option("--session", "number", help="For this session, such as d4.")
@click.option("--person", help="Who asks.")
def ask(session: Session, ref: str, questions: tuple[str, ...], number: str | None, person: str | None) -> None:
    """Note QUESTIONS for the author, or show those that are noted.

    \b
    Examples:
      outreach clubs ask c3 "Was the ferryman always going to be her father?"
      outreach clubs ask c3
    """
    if questions:
        with session.writing() as store:
            service.ask_questions(
                store, refs.club_id(ref), questions, session_id=refs.session_id(number) if number else None,
                person_id=refs.person_id(person) if person else None,
            )  # fmt: skip
    with session.reading():
        club = refs.club_id(ref)
        rows = service.questions_of(club)
    words = session.words
    session.show(
        [{"id": row, "text": text, "by": by} for row, text, by in rows],
        lambda: [
            words.say("sessions.asked", ref=f"c{club}", questions=words.count("questions", len(rows))),
            *(f"“{text}”{f', {by}' if by else ''}" for _, text, by in rows),
        ],
    )


def _tell(session: Session, planned: Planned, code: str) -> None:
    with session.reading():
        row = service.list_sessions(session_id=planned.id)[0]
    words = session.words
    facts = {"session": f"d{row.id}", "day": words.day(row.day), "hour": row.hour, "zone": row.zone}

    def lines() -> list[str]:
        told = [words.say(code, sequence=row.sequence, **facts)]
        return told + [words.say(f"doubt.{doubt}") for doubt in planned.doubts]

    session.show({**plain(row), "doubts": list(planned.doubts)}, lines)
