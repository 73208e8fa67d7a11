"""The letter of a campaign's week, to its client or to oneself."""

from pathlib import Path

import click

from outreach.cli.campaigns_group import campaigns
from outreach.cli.frame import Session, day_option, plain, subcommand
from outreach.cli.speaking import said
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.campaigns import week as service
from outreach.services.drafting.drafts import draft_letters
from outreach.wording.week import week_text


@subcommand(campaigns, "digest")
@click.argument("ref")
@click.option(
    "--to", help="Whom to draft it to: the client, as one of your people. It waits for approval like any letter."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write it to yourself, as a draft of your mail program (.eml)."
)
@click.option("--until", callback=day_option, help="The last day of the week, if it is not today.")
def digest(session: Session, ref: str, to: str | None, out: Path | None, until: str | None) -> None:
    """Tell what happened in a campaign this week: gifts, what was agreed in kind and what was paid, each for itself.

    Without --to or --out it is only shown. Nothing goes before somebody has read and approved it.

    \b
    Examples:
      outreach campaigns digest m3
      outreach campaigns digest m3 --to "Imogen Vale"
      outreach campaigns digest m3 --out week.eml
    """
    if to and out:
        raise click.UsageError(said("Say --to, for a draft here, or --out, for a file to yourself."))
    words = session.words
    if not to and not out:
        with session.reading() as store:
            week = service.week_of(store, refs.campaign_id(ref), until or "")
        text = week_text(words, week)
        session.show({**plain(week), "text": text}, lambda: text.split("\n"))
        return
    with session.writing() as store:
        service.prepare(store)
        week = service.week_of(store, refs.campaign_id(ref), until or "")
        text = week_text(words, week)
        if out is not None:
            service.write_message(store, service.own_letter(week, text), out.expanduser())
        else:
            person = refs.person_id(to or "")
            drafted = draft_letters(store, service.week_order(week, person, text))
    if out is not None:
        session.show({"file": str(out)}, lambda: [words.say("week.wrote", file=str(out))])
        return
    for each in drafted.problems:  # it went to one person: there is one at most
        raise KnownError("campaigns.not_drafted", why=words.say(each.code, **each.facts))
    letters = [f"l{each}" for each in drafted.letters]
    session.show({"letters": letters}, lambda: [words.say("week.drafted", letter=each, person=to) for each in letters])
