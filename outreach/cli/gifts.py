"""Gifts: list, plan, ask, accept, decline, close, outcome."""

from collections.abc import Callable

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.services import refs
from outreach.services.gifts import gifts as service
from outreach.services.gifts.back_planning import plans
from outreach.services.gifts.gifts import Deal, GiftState, OutcomeKind
from outreach.services.gifts.hopes import hoped

gifts = group(
    "gifts",
    "Plan gifts and note the answers.",
    {
        "signing": ("sign", "signed", "signing"),
        "gift_endings": ("close", "hope", "show"),
        "gift_offers": ("offer", "offers"),
        "gift_deals": ("deal",),
    },
)

#: An option or argument, put on the function that takes it.
Option = Callable[[Callable[..., None]], Callable[..., None]]

_ON = click.option("--on", callback=day_option, help="The day, if it was not today.")
_NOTE = click.option("--note", default="", help="What they said.")
_ASK_AGAIN = click.option("--ask-again", default="", help="From when to ask again: autumn, next month, a day.")
_REFS = click.argument("refs_", metavar="REF…", nargs=-1, required=True)


@subcommand(gifts, "list")
@click.option("--item", help="Only gifts of this title.")
@click.option("--person", help="Only gifts to this person.")
@click.option("--state", "states", multiple=True, type=click.Choice([state.value for state in GiftState]))
def list_gifts(session: Session, item: str | None, person: str | None, states: tuple[str, ...]) -> None:
    """List gifts and how far each has come, those that moved last first.

    With --json each says by which day it must leave, and until when a word of it is hoped for.

    \b
    Examples:
      outreach gifts list
      outreach gifts list --item "The Salt Orchard" --state accepted
    """
    with session.reading() as store:
        rows = service.list_gifts(
            store,
            item_id=refs.item_id(item) if item else None,
            person_id=refs.person_id(person) if person else None,
            states=[GiftState(state) for state in states],
        )
        ids = [row.id for row in rows]
        leave, ends = {plan.gift_id: plan for plan in plans(store, ids)}, {each.gift_id: each for each in hoped(store)}
    words = session.words
    session.show(
        [
            {
                **plain(row),
                "leave_by": leave[row.id].leave_by if row.id in leave else "",
                "arrive_by": leave[row.id].arrive_by if row.id in leave else "",
                "hope_until": ends[row.id].until if row.id in ends else "",
            }
            for row in rows
        ],
        lambda: [
            *table(
                ("", "Title", "Person", "Stage", "Since", "Why", "By"),
                [
                    (
                        f"g{row.id}",
                        row.title,
                        row.person,
                        words.term("stage", row.stage),
                        words.day(row.state_on),
                        row.why,
                        row.by,
                    )
                    for row in rows
                ],
            ),
            words.count("gifts", len(rows)),
        ],
    )


@subcommand(gifts, "plan")
@click.option("--item", required=True, help="The title: its id (i3), ISBN, or name.")
@click.option("--to", "people", multiple=True, required=True, help="A person: id (p12), e-mail, @handle, name.")
@click.option("--edition", help="Which edition: a format, an ISBN, or an id (e4).")
@click.option("--campaign", default="", help="The campaign, made if there is none of that name.")
@click.option("--deal", type=click.Choice([deal.value for deal in Deal]), default=Deal.GIFT.value, show_default=True)
@click.option("--why", default="", help="Why these people.")
def plan(
    session: Session, item: str, people: tuple[str, ...], edition: str | None, campaign: str, deal: str, why: str
) -> None:
    """Choose people for a title.

    \b
    Example:
      outreach gifts plan --item "The Salt Orchard" --to p12 --to maya@example.org --edition proof
    """
    with session.writing() as store:
        item_id = refs.item_id(item)
        ids = list(dict.fromkeys(refs.person_id(each) for each in people))
        made, _ = service.plan_gifts(
            store,
            item_id,
            ids,
            edition_id=refs.edition_id(edition, item_id) if edition else None,
            campaign=campaign,
            deal=Deal(deal),
            why=dict.fromkeys(ids, why),
        )
    session.show({"gifts": [f"g{gift}" for gift in made]}, lambda: [_done(session, made, GiftState.CHOSEN)])


def _mover(name: str, to: GiftState, text: str, *more: Option) -> None:
    def run(session: Session, refs_: tuple[str, ...], on: str | None, note: str, ask_again: str = "") -> None:
        with session.writing() as store:
            ids = [refs.gift_id(each) for each in refs_]
            service.move_gifts(store, ids, to, on or "", note, ask_again)
        session.show({"gifts": [f"g{gift}" for gift in ids], "state": to.value}, lambda: [_done(session, ids, to)])

    run.__doc__ = f"{text}\n\n\b\nExample:\n  outreach gifts {name} g12 g13 --on 2027-03-04"
    decorated: Callable[..., None] = run
    options: tuple[Option, ...] = (*more, _NOTE, _ON, _REFS)
    for option in options:
        decorated = option(decorated)
    subcommand(gifts, name)(decorated)


_mover("ask", GiftState.ASKED, "Note that you wrote to them: pitched. REF are gifts, such as g12.")
_mover("accept", GiftState.ACCEPTED, "Note that they would like it. REF are gifts, such as g12.")
_mover("decline", GiftState.DECLINED, "Note that it is not for them this time. REF are gifts, such as g12.",
       _ASK_AGAIN)  # fmt: skip


@subcommand(gifts, "outcome")
@click.argument("ref")
@click.argument("kind", type=click.Choice([kind.value for kind in OutcomeKind if kind is not OutcomeKind.POSTED]))
@_ON
@_NOTE
def outcome(session: Session, ref: str, kind: str, on: str | None, note: str) -> None:
    """Note something that came of a gift, as they told it. Posts are noted with "outreach posts add".

    \b
    Example:
      outreach gifts outcome g12 started --note "on page 61"
    """
    with session.writing() as store:
        gift = refs.gift_id(ref)
        service.add_outcome(store, gift, OutcomeKind(kind), on or "", note)
    session.show(
        {"gift": f"g{gift}", "outcome": kind},
        lambda: [session.words.say("gifts.outcome", gift=f"g{gift}", outcome=session.words.term("outcome", kind))],
    )


def _done(session: Session, ids: list[int], state: GiftState) -> str:
    words = session.words
    named = words.listing([f"g{gift}" for gift in ids])
    return words.say(
        "gifts.moved", gifts=words.count("gifts", len(ids)), stage=words.term("stage", state.value), which=named
    )
