"""Who is in a programme: propose, invite, join, note, leave, take out, promote, list."""

from collections.abc import Iterator, Sequence

import click

from outreach.cli.frame import Session, day_option, subcommand, table
from outreach.cli.programmes import REF, programmes
from outreach.services import refs
from outreach.services.programmes import members as service
from outreach.services.programmes.cohort import Candidate, Cohort, people_of_campaign, propose
from outreach.services.programmes.kinds import MemberState
from outreach.services.programmes.programme import show_programme
from outreach.wording import Words

_WHO = click.argument("people", nargs=-1, required=True)
_ON = click.option("--on", callback=day_option, help="The day, if it was not today.")


@subcommand(programmes, "propose")
@REF
@click.option("--campaign", help="Only people of this campaign.")
@click.option("--roster", help="Only people on this roster.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many; else as many as are still wanted.")
@click.option("--invite", is_flag=True, help="Note that those who are proposed were invited.")
def propose_cohort(
    session: Session, ref: str, campaign: str | None, roster: str | None, limit: int | None, *, invite: bool
) -> None:
    """Propose whom to invite, by what the programme looks for, each with what is known and what is not.

    What is not known of somebody counts as it does on average; nobody is ranked by followers. Whoever asked not to be
    contacted is not proposed.

    \b
    Examples:
      outreach programmes propose a3 --limit 20
      outreach programmes propose a3 --campaign "Spring" --invite
    """
    with session.writing() if invite else session.reading() as store:
        programme = refs.programme_id(ref)
        found = propose(store, programme, limit=limit, among=_among(campaign, roster))
        if invite and found.candidates:
            service.invite(store, programme, [each.person_id for each in found.candidates])
    words = session.words
    session.show(found, lambda: list(_proposed(words, found)))


@subcommand(programmes, "invite")
@REF
@_WHO
@_ON
def invite_people(session: Session, ref: str, people: tuple[str, ...], on: str | None) -> None:
    """Note that PEOPLE were invited into a programme.

    \b
    Example:
      outreach programmes invite a3 p12 "Maya Okonjo"
    """
    with session.writing() as store:
        programme, ids = refs.programme_id(ref), [refs.person_id(each) for each in people]
        service.invite(store, programme, ids, on or "")
    _told(session, "programmes.invited", programme, ids)


@subcommand(programmes, "join")
@REF
@click.argument("people", nargs=-1)
@click.option("--invited", is_flag=True, help="Everybody who was invited.")
@click.option("--place", default="", help="Their campus, town or region.")
@_ON
def join_programme(
    session: Session, ref: str, people: tuple[str, ...], place: str, on: str | None, *, invited: bool
) -> None:
    """Note that PEOPLE are in a programme from a day on.

    \b
    Examples:
      outreach programmes join a3 p12 --place "Leeds"
      outreach programmes join a3 --invited
    """
    with session.writing() as store:
        programme = refs.programme_id(ref)
        ids = _people(programme, people, MemberState.INVITED, all_of=invited)
        service.join(store, programme, ids, on or "", place)
        row = show_programme(store, programme)
    members = session.words.count("members", row.joined)
    session.show(
        {"programme": f"a{programme}", "people": [f"p{each}" for each in ids], "members": row.joined},
        lambda: [session.words.say("programmes.joined", programme=f"a{programme}", members=members)],
    )


@subcommand(programmes, "note")
@REF
@click.argument("person")
@click.option("--place", help="Where they are at home, such as their campus.")
@click.option("--note", help="A line about them.")
def note_of_member(session: Session, ref: str, person: str, place: str | None, note: str | None) -> None:
    """Note where a member is at home, or a line about them; an empty one is taken away.

    \b
    Example:
      outreach programmes note a3 p12 --place "Leeds"
    """
    with session.writing() as store:
        programme = refs.programme_id(ref)
        service.note_member(store, service.member_of(programme, refs.person_id(person)), place=place, note=note)
    told = f"a{programme}"
    session.show({"programme": told}, lambda: [session.words.say("programmes.edited", programme=told)])


@subcommand(programmes, "leave")
@REF
@click.argument("people", nargs=-1)
@click.option("--everybody", is_flag=True, help="Everybody who is in it.")
@_ON
def leave_programme(session: Session, ref: str, people: tuple[str, ...], on: str | None, *, everybody: bool) -> None:
    """Note that PEOPLE left a programme and are its alumni.

    \b
    Examples:
      outreach programmes leave a3 p12 --on 2027-05-31
      outreach programmes leave a3 --everybody
    """
    with session.writing() as store:
        programme = refs.programme_id(ref)
        ids = _people(programme, people, MemberState.JOINED, all_of=everybody)
        service.make_alumni(store, programme, ids, on or "")
    _told(session, "programmes.left", programme, ids)


@subcommand(programmes, "take-out")
@REF
@_WHO
def take_people_out(session: Session, ref: str, people: tuple[str, ...]) -> None:
    """Take PEOPLE out of a programme as if they had never been in it: an invitation that came to nothing, or a slip.

    \b
    Example:
      outreach programmes take-out a3 p12
    """
    with session.writing() as store:
        programme, ids = refs.programme_id(ref), [refs.person_id(each) for each in people]
        service.take_out(store, programme, ids)
    _told(session, "programmes.taken_out", programme, ids)


@subcommand(programmes, "promote")
@REF
@click.option("--campaign", required=True, help="Whose people.")
@click.option("--posted", is_flag=True, help="Only those who posted after a gift of it.")
@_ON
def promote_campaign(session: Session, ref: str, campaign: str, on: str | None, *, posted: bool) -> None:
    """Take the people of a campaign into a programme, which stays when the campaign is over.

    \b
    Example:
      outreach programmes promote a3 --campaign "Spring"
    """
    with session.writing() as store:
        programme, of = refs.programme_id(ref), refs.campaign_id(campaign)
        done = service.promote(store, programme, of, on=on or "", posted_only=posted)
    words = session.words
    session.show(
        {"programme": f"a{programme}", "joined": [f"p{each}" for each in done.joined], "already": done.already,
         "kept_out": done.kept_out},
        lambda: [
            words.say("programmes.promoted", people=words.count("people", len(done.joined)), campaign=campaign,
                      programme=f"a{programme}"),
            *([words.say("programmes.promoted_out", number=done.kept_out)] if done.kept_out else []),
        ],
    )  # fmt: skip


@subcommand(programmes, "members")
@REF
@click.option("--state", type=click.Choice([each.value for each in MemberState]))
def list_members(session: Session, ref: str, state: str | None) -> None:
    """List who is or was in a programme.

    \b
    Example:
      outreach programmes members a3 --state alumni
    """
    with session.reading():
        rows = service.members_of(refs.programme_id(ref), [MemberState(state)] if state else [])
    words = session.words
    session.show(
        rows,
        lambda: [
            *table(
                ("", "Who", "State", "Place", "Since", "Until", "Seasons", "Given"),
                [
                    (
                        f"p{row.person_id}" if row.person_id else "", row.person, words.term("member_state", row.state),
                        row.place, words.day(row.joined_on or row.invited_on), words.day(row.alumni_on),
                        ", ".join(row.seasons), row.rewards or "",
                    )
                    for row in rows
                ],
            ),
            words.count("people", len(rows)),
        ],
    )  # fmt: skip


def _among(campaign: str | None, roster: str | None) -> set[int] | None:
    """Of whom they may be; None for everybody."""
    found: set[int] | None = None
    if campaign:
        found = set(people_of_campaign(refs.campaign_id(campaign)))
    if roster:
        on = set(refs.on_roster(roster))
        found = on if found is None else found & on
    return found


def _people(programme: int, people: Sequence[str], state: MemberState, *, all_of: bool) -> list[int]:
    if all_of:
        return [row.person_id for row in service.members_of(programme, [state]) if row.person_id is not None]
    return [refs.person_id(each) for each in people]


def _told(session: Session, code: str, programme: int, people: Sequence[int]) -> None:
    said = session.words.count("people", len(people))
    session.show(
        {"programme": f"a{programme}", "people": [f"p{each}" for each in people]},
        lambda: [session.words.say(code, people=said, programme=f"a{programme}")],
    )


def _proposed(words: Words, found: Cohort) -> Iterator[str]:
    for place, each in enumerate(found.candidates, start=1):
        tier = words.term("tier", each.tier) if each.tier else ""
        about = ", ".join(filter(None, (words.country(each.country) if each.country else "", tier)))
        yield f"{place}. p{each.person_id} {each.person}  {_score(words, each)}" + (f"  ({about})" if about else "")
        for known in each.known:
            if known.met is None:
                yield "   " + words.say("programmes.not_known", label=known.label)
            else:
                share = words.share(known.met)
                yield "   " + words.say("programmes.known", label=known.label, share=share, said=known.said or "–")
    for covered in found.coverage:
        yield words.say("programmes.covers", label=covered.criterion.label, known=covered.known, met=covered.met)
    if found.left_out:
        parts = [f"{count} {words.term('cohort_out', reason)}" for reason, count in found.left_out.items() if count]
        if parts:
            yield words.say("programmes.left_out", which=words.listing(parts, 8))
    if found.nothing_known:
        yield words.say("programmes.nothing_known", number=found.nothing_known)
    yield words.say("programmes.proposed", shown=len(found.candidates), considered=found.considered)


def _score(words: Words, each: Candidate) -> str:
    score = words.number(round(each.score))
    if round(each.low) == round(each.high):
        return score
    return f"{score} ({words.say('programmes.between', low=round(each.low), high=round(each.high))})"
