"""The weeks before a title comes out, counted back: the steps of the trade, and when its parcels must leave."""

import click

from outreach.cli.catalogue import catalogue
from outreach.cli.frame import Session, plain, subcommand, table
from outreach.services import refs
from outreach.services.catalogue.catalogue import show_item
from outreach.services.gifts.back_planning import Plan, Step, plans, timeline_of


@subcommand(catalogue, "timeline")
@click.argument("ref")
def timeline(session: Session, ref: str) -> None:
    """Count back from the day a title comes out: what is done when, and by when each of its parcels must leave.

    The steps are those of resources/lead_times.toml, and the days of the post those of resources/transit.toml.

    \b
    Example:
      outreach catalogue timeline "The Salt Orchard"
    """
    with session.reading() as store:
        item = refs.item_id(ref)
        steps = timeline_of(str(show_item(item).values["pub_date"] or ""))
        parcels = [plan for plan in plans(store) if plan.item_id == item]
    session.show({"steps": plain(steps), "parcels": plain(parcels)}, lambda: _shown(session, steps, parcels))


def _shown(session: Session, steps: list[Step], parcels: list[Plan]) -> list[str]:
    words = session.words
    if not steps:
        return [words.say("timeline.no_day")]
    rows = [(words.term("lead", each.name), words.day(each.from_day), words.day(each.until_day)) for each in steps]
    lines = [*table(("What", "From", "To"), rows)]
    if parcels:
        leave = [
            (f"g{each.gift_id}", each.person, words.day(each.leave_by), words.day(each.arrive_by)) for each in parcels
        ]
        lines += table(("", "Person", "Leaves by", "There by"), leave)
    return lines
