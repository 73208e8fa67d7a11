"""Venues and outlets, and the worksheet of what readers listen to, read and attend."""

import click

from outreach.cli.frame import Session, group, subcommand, table
from outreach.services import refs
from outreach.services.voices import haunts
from outreach.services.voices import venues as service
from outreach.services.voices.haunts import HauntKind
from outreach.services.voices.venues import VenueKind

venues = group("venues", "Shops, shows and newsletters; and what readers listen to, read and attend.")

_KINDS = click.Choice([each.value for each in VenueKind])
_ITEM = click.option("--item", required=True, help="The title whose readers they are.")


@subcommand(venues, "list")
def list_venues(session: Session) -> None:
    """List venues and outlets, with whom to talk to there.

    \b
    Example:
      outreach venues list
    """
    with session.reading():
        rows = service.list_venues()
    words = session.words
    session.show(
        rows,
        lambda: [
            *table(
                ("", "Venue", "Kind", "Place", "Whom to talk to", "Reaches", "Who says so", "Events"),
                [
                    (
                        f"v{row.id}",
                        row.name,
                        words.term("venue_kind", row.kind),
                        row.place,
                        row.person,
                        row.reach,
                        row.reach_source,
                        row.events,
                    )
                    for row in rows
                ],
            ),
            words.count("venues", len(rows)),
        ],
    )


@subcommand(venues, "save")
@click.argument("name")
@click.option("--ref", help="The venue to change; without it, a new one is added.")
@click.option("--kind", type=_KINDS)
@click.option("--place")
@click.option("--zone", help="Its time zone, such as America/Chicago.")
@click.option("--url")
@click.option("--reach", help="How many it reaches, as somebody says.")
@click.option("--reach-source", help="Who says so.")
@click.option("--person", help="Whom to talk to there.")
@click.option("--note")
def save(session: Session, name: str, ref: str | None, person: str | None, **given: str | None) -> None:
    """Add a venue or an outlet, or change one.

    \b
    Example:
      outreach venues save "Backyard Poultry hour" --kind radio --reach 20000 --reach-source "the station" --person p9
    """
    values = {"name": name} | {key: value for key, value in given.items() if value is not None}
    with session.writing() as store:
        venue, _ = service.save_venue(
            store, values, venue_id=refs.venue_id(ref) if ref else None,
            person_id=refs.person_id(person) if person else None,
        )  # fmt: skip
    session.show({"venue": f"v{venue}"}, lambda: [session.words.say("venues.saved", name=name, venue=f"v{venue}")])


@subcommand(venues, "remove")
@click.argument("ref")
def remove(session: Session, ref: str) -> None:
    """Take a venue or an outlet away: REF is an id (v3) or a name. Events that were held there stay.

    \b
    Example:
      outreach venues remove v3
    """
    with session.writing() as store:
        venue = refs.venue_id(ref)
        service.remove_venue(store, venue)
    session.show({"removed": f"v{venue}"}, lambda: [session.words.say("venues.removed", venue=f"v{venue}")])


@subcommand(venues, "tell")
@_ITEM
@click.option("--reader", type=int, default=0, help="Which reader, by number; without it, the next one.")
@click.option("--listens", multiple=True, help="What this reader listens to; may be given again.")
@click.option("--reads", multiple=True, help="What this reader reads.")
@click.option("--attends", multiple=True, help="What this reader attends.")
def tell(
    session: Session, item: str, reader: int, listens: tuple[str, ...], reads: tuple[str, ...], attends: tuple[str, ...]
) -> None:
    """Note what one reader of a title listens to, reads and attends. Readers are numbered, not named.

    \b
    Example:
      outreach venues tell --item "Backyard Hens" --listens "Poultry hour" --attends "County fair"
    """
    answers = {HauntKind.LISTENS: listens, HauntKind.READS: reads, HauntKind.ATTENDS: attends}
    with session.writing() as store:
        title = refs.item_id(item)
        haunts.note_answers(store, title, answers, reader)
        readers = max((row.of for row in haunts.tally(title)), default=0)
    words = session.words
    session.show(
        {"item": f"i{title}", "reader": reader or readers, "readers": readers},
        lambda: [words.say("haunts.noted", reader=reader or readers, readers=words.count("readers", readers))],
    )


@subcommand(venues, "tally")
@_ITEM
def tally(session: Session, item: str) -> None:
    """Show where a title's readers are to be met, the most shared first, and who is behind it.

    \b
    Example:
      outreach venues tally --item "Backyard Hens"
    """
    with session.reading():
        rows = haunts.tally(refs.item_id(item))
    words = session.words
    named = next((row for row in rows if row.person), None)

    def lines() -> list[str]:
        told = list(
            table(
                ("", "Where", "Readers", "Who is behind it", "Account"),
                [
                    (
                        words.term("haunt_kind", row.kind),
                        row.name,
                        words.say("review.of", part=row.readers, whole=row.of),
                        row.person,
                        words.tr("yes") if row.has_account else "",
                    )
                    for row in rows
                ],
            )
        )
        if named is None:
            return [*told, words.say("haunts.unanswered")]
        return [*told, words.say("haunts.question", name=named.person, readers=words.count("readers", named.readers))]

    session.show(rows, lines)


@subcommand(venues, "approach")
@click.argument("name")
@_ITEM
@click.option("--person", help="Who is behind it.")
def approach(session: Session, name: str, item: str, person: str | None) -> None:
    """Make a venue of a place that readers named, with who is behind it.

    \b
    Example:
      outreach venues approach "Poultry hour" --item "Backyard Hens" --person "Andy Schneider"
    """
    with session.writing() as store:
        whom = refs.person_id(person) if person else None
        venue, _ = haunts.approach(store, refs.item_id(item), name, person_id=whom)
    session.show({"venue": f"v{venue}"}, lambda: [session.words.say("venues.saved", name=name, venue=f"v{venue}")])
