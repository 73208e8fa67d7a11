"""Programmes: list, show, start, edit, what they look for, seasons."""

from collections.abc import Iterator

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.gifts.states import Deal
from outreach.services.programmes import criteria as looking
from outreach.services.programmes import programme as service
from outreach.services.programmes.criteria import Criterion, NewCriterion
from outreach.services.programmes.kinds import ProgrammeKind, Reads
from outreach.services.programmes.members import members_of
from outreach.services.programmes.programme import NewProgramme, ProgrammeRow, SeasonRow
from outreach.wording import Words

programmes = group(
    "programmes",
    "Ambassadors, campus reps, street teams: people who stay when a campaign is over.",
    {
        "programmes_people": ("propose", "invite", "join", "note", "leave", "take-out", "promote", "members"),
        "programmes_rewards": ("reward", "rewards", "drop-reward"),
    },
)

REF = click.argument("ref")
_KINDS = click.Choice([each.value for each in ProgrammeKind])
_DEALS = click.Choice([each.value for each in Deal])


@subcommand(programmes, "start")
@click.argument("name")
@click.option("--kind", type=_KINDS, default=ProgrammeKind.AMBASSADORS.value, show_default=True)
@click.option("--deal", type=_DEALS, default=Deal.GIFT.value, show_default=True, help="What is agreed with members.")
@click.option("--purpose", default="", help="What it is for.")
@click.option("--target", type=int, help="How many members are wanted.")
@click.option("--campaign", help="The campaign that it came from.")
@click.option("--on", callback=day_option, help="The day it began, if it was not today.")
def start(session: Session, name: str, kind: str, deal: str, purpose: str, **given: str | int | None) -> None:
    """Begin a programme. Where something is agreed with its members, what they post is told apart from organic posts.

    \b
    Example:
      outreach programmes start "Campus ambassadors" --kind ambassadors --deal paid --target 175
    """
    campaign, target = given["campaign"], given["target"]
    with session.writing() as store:
        new = NewProgramme(
            name, ProgrammeKind(kind), Deal(deal), purpose, target if isinstance(target, int) else None,
            refs.campaign_id(str(campaign)) if campaign else None, str(given["on"] or ""),
        )  # fmt: skip
        made, _ = service.start_programme(store, new)
    said = session.words
    session.show({"programme": f"a{made}"},
                 lambda: [said.say("programmes.started", name=name, programme=f"a{made}")])  # fmt: skip


@subcommand(programmes, "edit")
@REF
@click.option("--name")
@click.option("--kind", type=_KINDS)
@click.option("--deal", type=_DEALS)
@click.option("--purpose")
@click.option("--target", "target_size", help="How many members are wanted; empty leaves it open.")
@click.option("--opened", "opened_on", help="The day it began.")
@click.option("--closed", "closed_on", help="The day it closed; empty opens it again.")
def edit(session: Session, ref: str, **given: str | None) -> None:
    """Change a programme: REF is an id (a3) or a name. With another deal its members' posts are decided anew.

    \b
    Examples:
      outreach programmes edit a3 --deal in_kind
      outreach programmes edit a3 --closed 2027-06-30
    """
    with session.writing() as store:
        programme = refs.programme_id(ref)
        service.edit_programme(store, programme, {key: value for key, value in given.items() if value is not None})
    session.show({"programme": f"a{programme}"},
                 lambda: [session.words.say("programmes.edited", programme=f"a{programme}")])  # fmt: skip


@subcommand(programmes, "list")
def list_programmes(session: Session) -> None:
    """List programmes, those that are open first.

    \b
    Example:
      outreach programmes list
    """
    with session.reading() as store:
        rows = service.list_programmes(store)
    words = session.words
    session.show(
        rows,
        lambda: [
            *table(
                ("", "Programme", "Kind", "Deal", "Members", "Wanted", "Invited", "Alumni", "Season", "Since"),
                [
                    (
                        f"a{row.id}", row.name, words.term("programme_kind", row.kind), words.term("deal", row.deal),
                        row.joined, row.target_size, row.invited or "", row.alumni or "", row.season,
                        words.day(row.opened_on),
                    )
                    for row in rows
                ],
            ),
            words.count("programmes", len(rows)),
        ],
    )  # fmt: skip


@subcommand(programmes, "show")
@REF
def show_programme(session: Session, ref: str) -> None:
    """Show a programme, what it looks for, and its seasons: REF is an id (a3) or a name.

    \b
    Example:
      outreach programmes show a3
    """
    with session.reading() as store:
        programme = refs.programme_id(ref)
        row, wanted = service.show_programme(store, programme), looking.criteria_of(programme)
        seasons = service.seasons_of(programme)
        data = {
            **plain(row), "criteria": [{**plain(each), "reads": each.reads.value} for each in wanted],
            "seasons": plain(seasons), "members": plain(members_of(programme)),
        }  # fmt: skip
    words = session.words
    session.show(data, lambda: list(_lines(words, row, wanted, seasons)))


@subcommand(programmes, "criterion")
@REF
@click.argument("wanted", required=False, default="")
@click.option("--reads", default="", metavar=f"[{'|'.join(Reads)}]", help="What of a person it reads.")
@click.option("--weight", type=int, default=1, show_default=True, help="From 1 to 100.")
@click.option("--label", default="", help="What it is called, if not by its words.")
@click.option("--least", type=float, help="Of an audience, so many percent at least.")
@click.option("--needed", is_flag=True, help="Propose nobody of whom it is known that they lack it.")
@click.option("--drop", type=int, help="Take the criterion of that number away.")
@click.option("--weigh", type=int, help="Give the criterion of that number the --weight.")
def criterion(session: Session, ref: str, wanted: str, **given: str | float | None) -> None:
    """Say what a programme looks for: WANTED are words, with commas between them.

    Of an audience the field comes first. How many follow somebody is no criterion.

    \b
    Examples:
      outreach programmes criterion a3 "film grain, pastel" --reads aesthetic --weight 3
      outreach programmes criterion a3 "age: 18 to 24" --reads audience --least 40 --weight 2
      outreach programmes criterion a3 --drop 2
    """
    with session.writing() as store:
        programme = refs.programme_id(ref)
        known = [each.id for each in looking.criteria_of(programme)]
        weight, number = int(given["weight"] or 0), given["drop"] or given["weigh"]
        if number is not None and number not in known:
            raise KnownError("programmes.no_criterion", row=number)
        if given["drop"] is not None:
            looking.drop_criterion(store, int(given["drop"]))
        elif given["weigh"] is not None:
            looking.weigh(store, int(given["weigh"]), weight)
        else:
            least = given["least"]
            looking.add_criterion(store, programme, NewCriterion(
                str(given["reads"]), wanted, weight, str(given["label"]), float(least) if least is not None else None,
                bool(given["needed"]),
            ))  # fmt: skip
        rows = looking.criteria_of(programme)
    words = session.words
    session.show(
        [{**plain(each), "reads": each.reads.value} for each in rows],
        lambda: [words.say("programmes.weighed", programme=f"a{programme}"), *_looks_for(words, rows)],
    )


@subcommand(programmes, "season")
@REF
@click.argument("name")
@click.option("--from", "starts", callback=day_option, help="Its first day.")
@click.option("--until", "ends", callback=day_option, help="Its last day.")
@click.option("--drop", is_flag=True, help="Take the season of that name away.")
def season(session: Session, ref: str, name: str, starts: str | None, ends: str | None, *, drop: bool) -> None:
    """Plan a season of a programme, from its first day to its last.

    \b
    Example:
      outreach programmes season a3 "Spring 2027" --from 2027-01-10 --until 2027-05-31
    """
    with session.writing() as store:
        programme = refs.programme_id(ref)
        if drop:
            service.drop_season(store, service.season_named(programme, name))
        else:
            service.add_season(store, programme, name, starts or "", ends or "")
        rows = service.seasons_of(programme)
    code = "programmes.season_dropped" if drop else "programmes.season_planned"
    session.show(rows, lambda: [session.words.say(code, name=name, programme=f"a{programme}")])


def _lines(
    words: Words, row: ProgrammeRow, wanted: list[Criterion], seasons: list[SeasonRow]
) -> Iterator[str]:  # fmt: skip
    yield click.style(f"{row.name}  a{row.id}", bold=True)
    yield words.say("programmes.line", kind=words.term("programme_kind", row.kind), deal=words.term("behind", row.deal),
                    opened_day=row.opened_on)  # fmt: skip
    if row.purpose:
        yield row.purpose
    if row.closed_on:
        yield words.say("programmes.closed_since", closed_day=row.closed_on)
    if row.campaign:
        yield words.say("programmes.from_campaign", campaign=row.campaign)
    sizes = {"joined": row.joined, "invited": row.invited, "alumni": row.alumni}
    if row.target_size is None:
        yield words.say("programmes.size_open", **sizes)
    else:
        yield words.say("programmes.size", target=row.target_size, **sizes)
    if row.deal == Deal.GIFT:
        yield words.say("programmes.free")
    else:
        yield words.say("programmes.bound", deal=words.term("behind", row.deal))
    yield from _looks_for(words, wanted)
    for each in seasons:
        yield words.say("programmes.season_line", name=each.name, starts_day=each.starts_on, ends_day=each.ends_on,
                        members=words.count("members", each.members))  # fmt: skip


def _looks_for(words: Words, rows: list[Criterion]) -> Iterator[str]:
    for each in rows:
        code = "programmes.looks_for_needed" if each.is_needed else "programmes.looks_for"
        line = words.say(code, label=each.label, share=words.share(each.share), wanted=each.wanted,
                         reads=words.term("criterion", each.reads.value))  # fmt: skip
        yield f"{each.id}  {line}"
