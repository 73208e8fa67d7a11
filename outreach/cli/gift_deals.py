"""Gifts: what was agreed on them."""

import click

from outreach.cli.frame import Session, subcommand
from outreach.cli.gifts import gifts
from outreach.services import refs
from outreach.services.gifts.deals import change_deal
from outreach.services.gifts.states import Deal, Obliges


@subcommand(gifts, "deal")
@click.argument("refs_", metavar="REF…", nargs=-1, required=True)
@click.option("--deal", type=click.Choice([each.value for each in Deal]), required=True, help="What was agreed.")
@click.option("--reward", default="", help="What comes with the copy, such as “a 50 GBP voucher”.")
@click.option(
    "--depends-on",
    type=click.Choice([each.value for each in Obliges if each is not Obliges.NOTHING]),
    help="Whether that, or the copy, depends on a post, or on our say in what is posted.",
)
def deal(session: Session, refs_: tuple[str, ...], deal: str, reward: str, depends_on: str | None) -> None:
    """Say what was agreed on gifts. REF are gifts, such as g12. The nature of posts after them follows.

    What depends on a post, or on our say in it, is no gift without obligation and becomes one in kind: readers have to
    be told of it in other words, and it is counted apart.

    \b
    Examples:
      outreach gifts deal g12 --deal paid --reward "300 GBP"
      outreach gifts deal g12 --deal in_kind --reward "a voucher" --depends-on posting
    """
    with session.writing() as store:
        ids = [refs.gift_id(each) for each in refs_]
        agreed = change_deal(store, ids, Deal(deal), reward=reward, obliges=Obliges(depends_on or ""))
    words = session.words
    named = [f"g{gift}" for gift in ids]
    session.show(
        {"gifts": named, "deal": agreed.deal.value, "posts": agreed.posts},
        lambda: [
            words.say("deals.changed", deal=words.term("deal", agreed.deal.value), gifts=words.count("gifts", len(ids)),
                      which=words.listing(named)),
            *([words.say("deals.became")] if agreed.became else []),
            *([words.say("deals.posts", posts=agreed.posts)] if agreed.posts else []),
        ],
    )  # fmt: skip
