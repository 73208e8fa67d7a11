"""The blocks of a report that tell of titles, people, sales apart, events, time, and what was before."""

from collections.abc import Sequence

from outreach.services.report.blocks import Block, Cell, Column, Table
from outreach.services.review.value import ItemLine, Review, Thanks
from outreach.wording.report_cells import amounts_cell, decimal_cell, number_cell
from outreach.wording.review import lift_lines, time_lines
from outreach.wording.words import Words


def title_table(words: Words, items: Sequence[ItemLine]) -> Table:
    """What became of each title's gifts, what codes sold of it, and what they cost."""
    names = ("gifts", "posted", "quiet", "reading", "sales", "cost", "per_post")
    columns = [Column(words.say("review.col_title"), 5)]
    columns += [Column(words.say(f"review.col_{name}"), is_figure=True) for name in names]
    rows = [
        (Cell(each.title), number_cell(words, each.gifts), number_cell(words, each.posted, "good"),
         number_cell(words, each.quiet, "quiet"), number_cell(words, each.reading),
         *(amounts_cell(words, amounts) for amounts in (each.sales, each.cost, each.per_post)))
        for each in items
    ]  # fmt: skip
    return Table(columns, rows)


def thanks_table(words: Words, thanks: Sequence[Thanks]) -> Table:
    """What came of each person's gifts."""
    names = (words.say("report.col_posts"), words.say("review.clubs"), words.say("report.col_members"),
             words.say("review.col_orders"), words.say("review.col_copies"))  # fmt: skip
    columns = (Column(words.say("report.col_name"), 5), *(Column(name, is_figure=True) for name in names))
    rows = [
        (Cell(each.name), *(number_cell(words, count) for count in
                            (each.posts, each.clubs, each.members, each.orders, each.copies)))
        for each in thanks
    ]  # fmt: skip
    return Table(columns, rows)


def sold_apart_block(words: Words, review: Review) -> Block | None:
    """What codes of those sold with whom something was agreed; never beside the others in one sum."""
    columns = (Column(words.say("report.col_deal"), 4), Column(words.say("review.col_copies"), is_figure=True),
               Column(words.say("review.col_orders"), is_figure=True),
               Column(words.say("review.col_sales"), is_figure=True))  # fmt: skip
    rows = [
        (Cell(words.say("review.sales_apart", deal=words.term("behind", deal))), number_cell(words, sold.copies),
         number_cell(words, sold.orders), amounts_cell(words, sold.amounts))
        for deal, sold in review.by_code_apart.items()
    ]  # fmt: skip
    return Block("sold_apart", words.say("report.sold_apart"), table=Table(columns, rows)) if rows else None


def event_block(words: Words, review: Review) -> Block | None:
    """What events sold."""
    events = review.events
    if not events.events:
        return None
    counts = (("name", events.events), ("came", events.came), ("copies", events.copies),
              ("companions", events.companions))  # fmt: skip
    rows = [(Cell(words.say(f"review.event_{name}")), number_cell(words, count)) for name, count in counts]
    rows += [(Cell(words.say("review.event_takings")), amounts_cell(words, [each])) for each in events.takings]
    columns = (Column(words.say("report.col_what"), 4), Column(words.say("report.col_amount"), is_figure=True))
    return Block("events", words.say("review.events"), table=Table(columns, rows))


def time_block(words: Words, review: Review) -> Block:
    """How long it took from delivery to the first mention."""
    delay = review.delay
    rows = [
        (Cell(words.say("review.time_count")), number_cell(words, delay.count)),
        *((Cell(words.say(f"review.time_{name}")), decimal_cell(words, days))
          for name, days in (("median", delay.median), ("low", delay.low), ("high", delay.high)) if days is not None),
        (Cell(words.say("review.time_earlier")), number_cell(words, delay.earlier)),
        (Cell(words.say("review.time_no_day")), number_cell(words, delay.no_day)),
    ]  # fmt: skip
    columns = (Column(words.say("report.col_what"), 4), Column(words.say("report.col_amount"), is_figure=True))
    return Block(
        "time", words.say("review.time"), table=Table(columns, rows), lines=list(time_lines(words, review))[:1]
    )


def lift_block(words: Words, review: Review) -> Block | None:
    """What was sold before and since, a week, with the likely range of the difference."""
    if not review.lifts:
        return None
    names = ("before", "since", "before_week", "since_week", "more")
    columns = [Column(words.say("review.col_title"), 4)]
    columns += [Column(words.say(f"review.col_{name}"), is_figure=True) for name in names]
    columns += [Column(words.say(f"report.col_{name}"), is_figure=True) for name in ("low", "high")]
    rows = [
        (Cell(each.title or words.say("review.lift_all")), number_cell(words, each.before),
         number_cell(words, each.since),
         *(decimal_cell(words, value) for value in
           (each.lift.before, each.lift.since, each.lift.more, each.lift.low, each.lift.high)))
        for each in review.lifts
    ]  # fmt: skip
    return Block(
        "lift", words.say("review.lift"), table=Table(columns, rows), lines=list(lift_lines(words, review))[-1:]
    )
