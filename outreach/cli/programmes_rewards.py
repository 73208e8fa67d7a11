"""What members of a programme were given: reward, list, drop."""

from collections.abc import Iterator
from decimal import Decimal

import click

from outreach.cli.frame import Session, day_option, money, plain, subcommand, table
from outreach.cli.programmes import REF, programmes
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.catalogue.editions import parse_price
from outreach.services.gifts.states import Obliges
from outreach.services.programmes import rewards as service
from outreach.services.programmes.kinds import MemberState, RewardKind
from outreach.services.programmes.members import members_of
from outreach.services.programmes.programme import season_named
from outreach.services.programmes.rewards import NewReward, RewardRow, RewardTotal
from outreach.wording import Words


@subcommand(programmes, "reward")
@REF
@click.argument("people", nargs=-1)
@click.option("--everybody", is_flag=True, help="To everybody who is in it.")
@click.option("--kind", type=click.Choice([each.value for each in RewardKind]), required=True)
@click.option("--amount", type=int, default=1, show_default=True, help="How many each.")
@click.option("--unit", default="", help="Of what, such as gold, or days early.")
@click.option("--value", default="", help="What one member's is worth, such as “12 GBP”, where that is known.")
@click.option("--for", "condition", default="", help="What it was given for, in words.")
@click.option("--depends-on", type=click.Choice([each.value for each in Obliges if each.value]),
              help="Whether it depends on a post, or on your say in one.")  # fmt: skip
@click.option("--season", help="Its season, if not that of the day.")
@click.option("--on", callback=day_option, help="The day, if it was not today.")
def reward(session: Session, ref: str, people: tuple[str, ...], **given: str | int | bool | None) -> None:
    """Note what PEOPLE in a programme were given, and for what. It is no gift, and never added to gifts.

    \b
    Examples:
      outreach programmes reward a3 p12 --kind tokens --amount 300 --unit gold --for "a review" --depends-on posting
      outreach programmes reward a3 --everybody --kind swag --unit "tote bag" --value "4 GBP"
    """
    text = {key: str(value) for key, value in given.items() if isinstance(value, str)}
    amount: Decimal | None
    amount, currency = parse_price(text["value"])
    with session.writing() as store:
        programme = refs.programme_id(ref)
        if given["everybody"]:
            joined = members_of(programme, [MemberState.JOINED])
            ids = [row.person_id for row in joined if row.person_id is not None]
        else:
            ids = [refs.person_id(each) for each in people]
        new = NewReward(
            RewardKind(text["kind"]), int(given["amount"] or 0), text["unit"], amount, currency, text["condition"],
            Obliges(text.get("depends_on", "")),
            season_named(programme, text["season"]) if "season" in text else None, text.get("on", ""),
        )  # fmt: skip
        rows, _ = service.give(store, programme, ids, new)
    said = session.words.count("people", len(ids))
    session.show({"programme": f"a{programme}", "rows": rows},
                 lambda: [session.words.say("programmes.given", people=said)])  # fmt: skip


@subcommand(programmes, "rewards")
@REF
@click.option("--person", help="Only what this person was given.")
def rewards(session: Session, ref: str, person: str | None) -> None:
    """List what members of a programme were given, what for, and what it means for their posts.

    \b
    Example:
      outreach programmes rewards a3
    """
    with session.reading():
        programme = refs.programme_id(ref)
        rows = service.list_rewards(programme, refs.person_id(person) if person else None)
    totals = service.totals_of(rows)
    session.show(
        {"rows": [{**plain(row), "value": money(row.value_minor, row.currency)} for row in rows],
         "totals": [_total(each) for each in totals]},
        lambda: list(_lines(session.words, rows, totals)),
    )  # fmt: skip


@subcommand(programmes, "drop-reward")
@REF
@click.argument("row", type=int)
def drop_reward(session: Session, ref: str, row: int) -> None:
    """Take a ROW off the ledger of a programme.

    \b
    Example:
      outreach programmes drop-reward a3 7
    """
    with session.writing() as store:
        if row not in {each.id for each in service.list_rewards(refs.programme_id(ref))}:
            raise KnownError("programmes.no_reward", row=row)
        service.drop_reward(store, row)
    session.show({"row": row}, lambda: [session.words.say("programmes.reward_dropped", row=row)])


def _total(total: RewardTotal) -> dict[str, object]:
    value = [money(minor, currency) for currency, minor in total.value.items()]
    return {**plain(total), "value": value}


def _lines(words: Words, rows: list[RewardRow], totals: list[RewardTotal]) -> Iterator[str]:
    yield from table(
        ("", "Day", "Who", "Season", "What", "How many", "Worth", "What for", "What it means"),
        [
            (
                row.id, words.day(row.given_on), row.person, row.season, words.term("reward_kind", row.kind),
                f"{words.number(row.amount)} {row.unit}".strip(),
                "" if row.value_minor is None else words.money(row.value_minor, row.currency), row.condition,
                words.term("reward_tells", row.tells),
            )
            for row in rows
        ],
    )  # fmt: skip
    for each in totals:
        worth = ", ".join(words.money(minor, currency) for currency, minor in each.value.items())
        kind = words.term("reward_kind", each.kind)
        yield f"{kind}: " + ", ".join(filter(None, (f"{words.number(each.amount)} {each.unit}".strip(), worth)))
        if each.unknown:
            yield "  " + words.say("programmes.unknown_value", number=each.unknown)
    yield words.count("rewards", len(rows))
