"""Gifts that have arrived: closing them quietly, going on hoping, and all that was said about one."""

from datetime import date

import click

from outreach.cli.frame import Session, day_option, plain, subcommand, table
from outreach.cli.gifts import gifts
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.gifts.ask_first import Asked, asked
from outreach.services.gifts.back_planning import Plan, plans
from outreach.services.gifts.conversation import Said, conversation
from outreach.services.gifts.gifts import GiftState, Stage, list_gifts, move_gifts
from outreach.services.gifts.hopes import Hope, hope_longer, hope_over, told

_REFS = click.argument("refs_", metavar="[REF…]", nargs=-1)


@subcommand(gifts, "close")
@_REFS
@click.option("--proposed", is_flag=True, help="Those of which hope has ended; only listed without --yes.")
@click.option("--yes", is_flag=True, help="With --proposed: close them.")
@click.option("--on", callback=day_option, help="The day, if it was not today.")
@click.option("--note", default="", help="What they said.")
def close(session: Session, refs_: tuple[str, ...], proposed: bool, yes: bool, on: str | None, note: str) -> None:
    """Close gifts quietly; quiet is fine. REF are delivered gifts, such as g12.

    Nobody is told, and nothing is asked of anyone. One undo opens them all again.

    \b
    Examples:
      outreach gifts close g12 g13 --on 2027-03-04
      outreach gifts close --proposed
      outreach gifts close --proposed --yes
    """
    if bool(refs_) == proposed:
        raise click.UsageError(said("Say which gifts to close, such as g12, or --proposed; not both."))
    if not proposed or yes:
        with session.writing() as store:
            ids = [each.gift_id for each in hope_over(store)] if proposed else [refs.gift_id(each) for each in refs_]
            move_gifts(store, ids, GiftState.CLOSED_QUIET, on or "", note)
        closed = {"gifts": [f"g{gift}" for gift in ids], "state": GiftState.CLOSED_QUIET.value}
        session.show(closed, lambda: [_moved(session, ids)])
        return
    with session.reading() as store:
        rows = told(store, hope_over(store))
    session.show({"proposed": plain(rows)}, lambda: _listed(session, rows))


@subcommand(gifts, "hope")
@click.argument("refs_", metavar="REF…", nargs=-1, required=True)
@click.option("--until", default="", help="Until which day; 30 days from today where it is not said.")
def hope(session: Session, refs_: tuple[str, ...], until: str) -> None:
    """Go on hoping for a word: closing these is proposed again only after that day. REF are gifts, such as g12.

    \b
    Example:
      outreach gifts hope g12 g13 --until 2027-06-01
    """
    with session.writing() as store:
        ids = [refs.gift_id(each) for each in refs_]
        hope_longer(store, ids, until)
    words = session.words
    session.show(
        {"gifts": [f"g{gift}" for gift in ids]},
        lambda: [words.say("hopes.longer", gifts=words.count("gifts", len(ids)))],
    )


@subcommand(gifts, "show")
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    """Show one gift, when it must leave, and all that was said about it: letters, answers, notes, parcels.

    \b
    Example:
      outreach gifts show g12
    """
    with session.reading() as store:
        gift = refs.gift_id(ref)
        (row,) = list_gifts(store, ids=[gift])
        known, lines, plan = asked(store, [gift])[gift], conversation(gift), next(iter(plans(store, [gift])), None)
    words = session.words
    session.show(
        {**plain(row), "asked": plain(known), "plan": plain(plan), "conversation": plain(lines)},
        lambda: [
            words.say("gifts.shown", gift=f"g{gift}", title=row.title, person=row.person,
                      stage=words.term("stage", row.stage)),
            *_known(session, known),
            *([_leave_by(session, plan)] if plan else []),
            *table(("Day", "What", "Text", "By"), [_line(session, each) for each in lines]),
        ],
    )  # fmt: skip


def _moved(session: Session, ids: list[int]) -> str:
    words = session.words
    return words.say("gifts.moved", gifts=words.count("gifts", len(ids)), stage=words.term("stage", Stage.QUIET.value),
                     which=words.listing([f"g{gift}" for gift in ids]))  # fmt: skip


def _listed(session: Session, rows: list[Hope]) -> list[str]:
    words = session.words
    if not rows:
        return [words.say("hopes.none")]
    cells = [(f"g{row.gift_id}", row.title, row.person, words.day(row.since), words.day(row.until)) for row in rows]
    return [
        *table(("", "Title", "Person", "Last heard of", "Hoped until"), cells),
        words.say("hopes.proposed", gifts=words.count("gifts", len(rows))),
    ]


def _known(session: Session, known: Asked) -> list[str]:
    words = session.words
    lines = []
    if known.wished_on:
        lines.append(words.say("asked.wished", wished_day=known.wished_on))
    if known.confirmed_on:
        lines.append(words.say("asked.confirmed" if known.is_fresh else "asked.old", confirmed_day=known.confirmed_on))
    else:
        lines.append(words.say("asked.never"))
    if known.asked_on:
        lines.append(words.say("asked.asked", asked_day=known.asked_on))
    if known.answered_on:
        lines.append(words.say("asked.answered", answered_day=known.answered_on))
    return lines


def _leave_by(session: Session, plan: Plan) -> str:
    words = session.words
    return words.say(
        "gifts.leave_by", weekday=words.long_day(date.fromisoformat(plan.leave_by)), arrive_day=plan.arrive_by,
        for_day=plan.for_day, why=words.term("plan_day", plan.why),
    )  # fmt: skip


def _line(session: Session, said: Said) -> tuple[str, str, str, str]:
    words = session.words
    kinds = {"step": "stage", "letter": "letter_kind", "answer": "reply_outcome", "note": "note_kind",
             "outcome": "outcome", "post": "post_kind"}  # fmt: skip
    what = words.term("said", said.kind)
    code = Stage.QUIET.value if said.code == GiftState.CLOSED_QUIET else said.code
    shown = words.term(kinds[said.kind], code) if said.kind in kinds and code else ""
    text = " ".join(said.text.split())
    return words.day(said.day), f"{what}: {shown}" if shown else what, text, said.by
