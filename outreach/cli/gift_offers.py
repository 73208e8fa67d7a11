"""Offers to meet the author that go with gifts."""

import click

from outreach.cli.frame import Session, day_option, subcommand, table
from outreach.cli.gifts import gifts
from outreach.services import refs
from outreach.services.gifts import offers as service
from outreach.services.gifts.offers import OfferState
from outreach.wording import small


@subcommand(gifts, "offer")
@click.argument("ref")
@click.option("--author", default="", help="Whom they may meet; the title's author where it is not said.")
@click.option("--once-enjoyed", is_flag=True, help="Only once they say that they enjoyed it.")
@click.option(
    "--state", type=click.Choice([each.value for each in OfferState]), help="What became of an offer that was made."
)
@click.option("--on", callback=day_option, help="The day, if it was not today.")
@click.option("--note", default="")
def offer(
    session: Session, ref: str, author: str, once_enjoyed: bool, state: str | None, on: str | None, note: str
) -> None:
    """Offer with a gift that its reader may meet the author, or note what became of that. REF is a gift, such as g12.

    \b
    Examples:
      outreach gifts offer g12 --once-enjoyed
      outreach gifts offer g12 --state taken_up
    """
    with session.writing() as store:
        gift = refs.gift_id(ref)
        if state is None:
            service.offer_author(store, gift, author=author, once_enjoyed=once_enjoyed, on=on or "", note=note)
        else:
            service.move_offer(store, gift, OfferState(state), on or "", note)
        row = service.list_offers(gift_id=gift)[0]
    words = session.words
    made = words.say("offers.made_once" if row.once_enjoyed else "offers.made", gift=f"g{gift}", author=row.author)
    moved = words.say("offers.moved", gift=f"g{gift}", state=small(words.term("offer_state", row.state)))
    session.show(row, lambda: [made if state is None else moved])


@subcommand(gifts, "offers")
@click.option("--item", help="Only with gifts of this title.")
@click.option("--person", help="Only with gifts to this person.")
@click.option("--state", type=click.Choice([each.value for each in OfferState]), default=None)
def offers(session: Session, item: str | None, person: str | None, state: str | None) -> None:
    """List offers to meet the author, those that moved last first.

    \b
    Example:
      outreach gifts offers --state offered
    """
    with session.reading():
        rows = service.list_offers(
            item_id=refs.item_id(item) if item else None, person_id=refs.person_id(person) if person else None,
            state=state or "",
        )  # fmt: skip
    words = session.words
    session.show(
        rows,
        lambda: [
            *table(
                ("Gift", "Person", "Title", "Author", "State", "Since", "Club"),
                [
                    (
                        f"g{row.gift_id}",
                        row.person,
                        row.title,
                        row.author,
                        words.tr("Once enjoyed") if row.waits else words.term("offer_state", row.state),
                        words.day(row.state_on),
                        f"c{row.club_id}" if row.club_id else "",
                    )
                    for row in rows
                ],
            ),
            words.count("offers", len(rows)),
        ],
    )
