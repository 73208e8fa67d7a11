"""The match: who should get a title, and why."""

import click

from outreach.cli.frame import Session, command, plain
from outreach.services import refs
from outreach.services.matching import match_item


@command("match")
@click.option("--item", required=True, help="A title: its id (i3), ISBN, or name.")
@click.option("--limit", type=click.IntRange(min=1), default=25, show_default=True, help="At most so many people.")
@click.option("--never-shown", is_flag=True, help="Name those who are kept out, and why.")
def match(session: Session, item: str, limit: int, never_shown: bool) -> None:
    """Who should get a title, the best first, with reasons from their tastes and history.

    People who asked not to be contacted, never read its genre, have it already or were pitched it are never shown.
    Follower counts are not used.

    \b
    Example:
      outreach match --item "The Salt Orchard" --limit 10
    """
    with session.reading() as store:
        found = match_item(store, refs.item_id(item), limit=limit)
    words = session.words
    data = plain(found)
    for fit, row in zip(data["fits"], found.fits, strict=True):
        fit["reasons"] = [words.reason(each.code, each.facts) for each in row.reasons]
        fit["cautions"] = [words.reason(each.code, each.facts) for each in row.cautions]
        fit["id"] = f"p{fit.pop('person_id')}"
    for kept, exclusion in zip(data["never_shown"], found.never_shown, strict=True):
        kept["reason"] = words.reason(exclusion.reason.code, exclusion.reason.facts)
        kept["id"] = f"p{kept.pop('person_id')}"

    def lines() -> list[str]:
        shown = [click.style(words.say("match.title", title=found.title), bold=True)]
        for fit in data["fits"]:
            band = words.term("band", fit["band"])
            shown.append(f"{fit['name']}  {fit['id']}  {click.style(band, fg='cyan')}")
            shown += [f"    {reason}" for reason in fit["reasons"]]
            shown += [f"    {click.style('!', fg='yellow')} {caution}" for caution in fit["cautions"]]
        shown.append(words.say("match.sum", fits=words.count("people", len(found.fits)), unknown=found.unknown))
        if found.never_shown:
            shown.append(words.count("match.never_shown", len(found.never_shown)))
        if never_shown:
            shown += [f"    {kept['name']}  {kept['id']}: {kept['reason']}" for kept in data["never_shown"]]
        return shown

    session.show(data, lines)
