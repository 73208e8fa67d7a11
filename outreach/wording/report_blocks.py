"""The review in words and values, as the blocks that every format of a report is written from."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from outreach.fields.numbers import from_minor
from outreach.services.report.axes import months, round_values
from outreach.services.report.blocks import (
    Block,
    Cell,
    Column,
    Curve,
    Figure,
    Lines,
    Picture,
    RateBar,
    Rates,
    Report,
    Table,
)
from outreach.services.report.pictures import Shown
from outreach.services.review.rates import Group, Rate
from outreach.services.review.value import Review
from outreach.wording.report import STAGES, apart, group_name, groups, lead, scope, thanked
from outreach.wording.report_cells import day_cell, money_cell, number_cell, share_cell
from outreach.wording.report_money import (
    event_block,
    lift_block,
    sold_apart_block,
    thanks_table,
    time_block,
    title_table,
)
from outreach.wording.review import cost_rows, figures
from outreach.wording.words import Words


def report_of(words: Words, review: Review, day: str, pictures: Sequence[Picture] = ()) -> Report:
    """The review as a report, made on an ISO day, with the pictures that may be shown."""
    say = words.say
    return Report(
        title=say("review.title"),
        lead=lead(words, review),
        scope=scope(words, review),
        made=say("review.made_on", made_day=day),
        language=words.locale.replace("_", "-"),
        page=say("report.page", page="{page}", pages="{pages}"),
        blocks=tuple(_blocks(words, review, pictures)),
        heads={name: say(f"report.head_{name}") for name in ("block", "what", "figure", "value", "unit")},
        is_mirrored=words.is_mirrored,
    )


def _blocks(words: Words, review: Review, pictures: Sequence[Picture]) -> Iterator[Block]:
    say = words.say
    yield Block("figures", say("report.figures"), figures=_figures(words, review))
    yield Block("stages", say("review.gifts"), table=_stages(words, review))
    yield _apart(words, review)
    for key, (name, some) in zip(("genre", "tier", "role", "item", "campaign"), groups(words, review), strict=True):
        if some:
            yield _rates(words, key, name, some)
    yield from _sales(words, review)
    for block in (sold_apart_block(words, review), event_block(words, review), lift_block(words, review)):
        yield from [block] if block is not None else []
    if review.items:
        yield Block("titles", say("review.by_title"), table=title_table(words, review.items))
    if review.thanks:
        yield Block(
            "thanks",
            say("review.thanks"),
            table=thanks_table(words, review.thanks),
            told=[f"{each.name}: {thanked(words, each)}" for each in review.thanks],
        )
    yield Block("natures", say("review.posts"), table=_natures(words, review))
    yield time_block(words, review)
    unknown = [say(code, number=number) for code, number in review.unknown]
    if unknown:
        yield Block("unknown", say("review.unknown"), lines=unknown)
    if pictures:
        yield Block("pictures", say("report.pictures"), beside=say("report.pictures_leave"), pictures=pictures)


def shown_pictures(words: Words, shown: Sequence[Shown]) -> tuple[Picture, ...]:
    """Pictures that may be shown, with whose they are below them."""
    return tuple(
        Picture(
            each.file,
            words.say("report.caption", name=each.name, title=each.title, posted_day=each.posted_on),
        )
        for each in shown
    )


def curves_block(
    words: Words, key: str, title: str, currency: str, curves: Sequence[tuple[str, Sequence[tuple[str, int]]]]
) -> Block | None:
    """Amounts over time as a chart with its table; nothing where there are none.

    Args:
        words: The language.
        key: What the block is.
        title: What it is called.
        currency: Of the amounts, which are in minor units; empty for numbers.
        curves: By name, each an ISO day with its value, in order.
    """
    told = [(name, points) for name, points in curves if points]
    if not told:
        return None

    def cell(value: int | None) -> Cell:
        if value is None:
            return Cell("")
        return money_cell(words, value, currency) if currency else number_cell(words, value)

    def size(value: int) -> Decimal:
        return from_minor(value, currency) if currency else Decimal(value)

    days = sorted({day for _, points in told for day, _ in points})
    values = [dict(points) for _, points in told]
    rows = [(day_cell(words, day), *(cell(each.get(day)) for each in values)) for day in days]
    columns = (Column(words.say("report.col_day"), 2), *(Column(name, 2, is_figure=True) for name, _ in told))
    ticks = round_values(max(size(value) for _, points in told for _, value in points))
    known = [date.fromisoformat(day) for day in days]
    chart = Lines(
        tuple(Curve(name, tuple((date.fromisoformat(day), size(value)) for day, value in points))
              for name, points in told),
        tuple((tick, words.amount(tick, currency) if currency else words.number(int(tick))) for tick in ticks),
        tuple((day, words.month_name(day)) for day in months(known)),
        currency,
    )  # fmt: skip
    return Block(key, title, chart=chart, table=Table(columns, rows))


def _figures(words: Words, review: Review) -> tuple[Figure, ...]:
    return tuple(
        Figure(each.name, each.cell, ". ".join(filter(None, (each.beside, each.below))))
        for each in figures(words, review)
    )


def _stages(words: Words, review: Review) -> Table:
    columns = (Column(words.say("report.col_stage"), 5), Column(words.say("review.col_gifts"), 1, is_figure=True))
    return Table(
        columns,
        [(Cell(words.term("stage", stage)), number_cell(words, review.stages.get(stage, 0))) for stage in STAGES],
    )


def _rates(words: Words, key: str, name: str, some: Sequence[tuple[str, Group]]) -> Block:
    named = [(group_name(words, kind, group), group.rate) for kind, group in some]
    return rates_block(words, key, name, named)


def rates_block(words: Words, key: str, name: str, named: Sequence[tuple[str, Rate]]) -> Block:
    """Shares of groups as a chart with its table."""
    say = words.say
    columns = (
        Column(say("report.col_group"), 4), Column(say("review.col_posted"), is_figure=True),
        Column(say("review.col_of"), is_figure=True), Column(say("review.col_share"), is_figure=True),
        Column(say("report.col_low"), is_figure=True), Column(say("report.col_high"), is_figure=True),
    )  # fmt: skip
    rows = [
        (Cell(text), number_cell(words, rate.part), number_cell(words, rate.whole),
         *(share_cell(words, share) for share in (rate.share, rate.low, rate.high)))
        for text, rate in named
    ]  # fmt: skip
    bars = tuple(_bar(words, text, rate) for text, rate in named)
    axis = ("0", words.share(0.5), words.share(1.0))
    return Block(key, name, say("report.with_range"), chart=Rates(bars, axis), table=Table(columns, rows))


def _bar(words: Words, name: str, rate: Rate) -> RateBar:
    of = f"{words.number(rate.part)}/{words.number(rate.whole)}"
    if rate.share is None or rate.low is None or rate.high is None:
        return RateBar(name, rate.part, rate.whole, None, None, None, words.say("review.too_few"), of, "")
    likely = words.say("review.likely", low=words.share(rate.low), high=words.share(rate.high))
    return RateBar(name, rate.part, rate.whole, rate.share, rate.low, rate.high, words.share(rate.share), of, likely)


def _sales(words: Words, review: Review) -> Iterator[Block]:
    """Sales by code over time, a chart for each currency, and what the gifts cost; currencies are never added."""
    for currency in sorted({line.currency for line in review.sales_lines if line.currency}):
        lines = [line for line in review.sales_lines if line.currency == currency]
        curves = [(line.title, [(point.week, point.minor) for point in line.points]) for line in lines]
        block = curves_block(words, f"sales_{currency}", words.say("report.sales", currency=currency), currency, curves)
        yield from [block] if block is not None else []
    told = [(words.say("report.money_sold"), review.by_code.amounts), *cost_rows(words, review)]
    rows = [(Cell(name), money_cell(words, each.minor, each.currency)) for name, amounts in told for each in amounts]
    if rows:
        columns = (Column(words.say("report.col_what"), 4), Column(words.say("report.col_amount"), is_figure=True))
        yield Block("money", words.say("report.money"), table=Table(columns, rows))


def _apart(words: Words, review: Review) -> Block:
    title = next(iter(apart(words, review)))
    columns = (
        Column(words.say("report.col_deal"), 4), Column(words.say("review.delivered"), is_figure=True),
        Column(words.say("review.col_posted"), is_figure=True),
    )  # fmt: skip
    rows = [
        (Cell(words.term("deal", deal)), number_cell(words, delivered), number_cell(words, posted))
        for deal, (delivered, posted) in review.deals.items()
    ]
    return Block("deals", title, table=Table(columns, rows))


def _natures(words: Words, review: Review) -> Table:
    columns = (Column(words.say("report.col_nature"), 5), Column(words.say("report.col_posts"), 1, is_figure=True))
    rows = [(Cell(words.term("nature", each)), number_cell(words, number)) for each, number in review.natures.items()]
    return Table(columns, rows)
