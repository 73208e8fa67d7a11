"""Introductions: list, add, write, thank."""

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.cli.letters import tell_drafted
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.clubs import letters as club_letters
from outreach.services.drafting import drafts
from outreach.services.voices import referrals as service

referrals = group("referrals", "Who introduced whom, what came of it, and whether they were thanked.")

_ON = click.option("--on", callback=day_option, help="The day, if it was not today.")


@subcommand(referrals, "list")
def list_referrals(session: Session) -> None:
    """List who introduced people to you, what came of that, and whether it is a good time to ask.

    \b
    Example:
      outreach referrals list
    """
    with session.reading() as store:
        rows, each_of = service.introducers(store), service.list_referrals()
    words = session.words
    session.show(
        {"introducers": plain(rows), "referrals": plain(each_of)},
        lambda: [
            *table(
                ("", "Who", "Introduced", "Gifts", "Posts", "Clubs", "Events", "Not thanked for", "A good time to ask"),
                [
                    (
                        f"p{row.person_id}", row.person, row.introduced, row.gifts, row.posts, row.clubs, row.events,
                        row.unthanked or "", words.tr("yes") if row.good_time else "",
                    )
                    for row in rows
                ],
            ),
            words.count("introductions", len(each_of)),
        ],
    )  # fmt: skip


@subcommand(referrals, "add")
@click.argument("person")
@click.option("--by", "introducer", required=True, help="Who introduced them.")
@_ON
def add(session: Session, person: str, introducer: str, on: str | None) -> None:
    """Note who introduced a PERSON to you.

    \b
    Example:
      outreach referrals add p30 --by p12
    """
    with session.writing() as store:
        whom, who = refs.person_id(person), refs.person_id(introducer)
        service.note_referral(store, whom, who, on or "")
        names = [service.name_of(who), service.name_of(whom)]
    session.show(
        {"person": f"p{whom}", "introducer": f"p{who}"},
        lambda: [session.words.say("referrals.noted", introducer=names[0], person=names[1])],
    )


@subcommand(referrals, "thank")
@click.argument("introducer")
@_ON
def thank(session: Session, introducer: str, on: str | None) -> None:
    """Note that somebody was thanked for everyone whom they introduced.

    \b
    Example:
      outreach referrals thank p12
    """
    with session.writing() as store:
        who = refs.person_id(introducer)
        service.thank(store, who, on or "")
        name = service.name_of(who)
    session.show({"introducer": f"p{who}"}, lambda: [session.words.say("referrals.thanked", introducer=name)])


@subcommand(referrals, "write")
@click.argument("introducer")
@click.option("--item", help="Over which title you met whom they introduced; found where something came of it.")
def write(session: Session, introducer: str, item: str | None) -> None:
    """Draft a letter that thanks for introductions, for you to read, approve and send; once it went, they are thanked.

    \b
    Example:
      outreach referrals write p12
    """
    with session.writing() as store, session.working(said("Letters")) as job:
        club_letters.prepare(store)
        order = club_letters.thanks(refs.person_id(introducer), refs.item_id(item) if item else None)
        made = drafts.draft_letters(store, order, None, job)
    tell_drafted(session, made)
