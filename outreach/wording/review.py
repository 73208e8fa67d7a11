"""The numbers of the review in words: what each is called, what stands beside it, and which list is behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from outreach.fields.money import Money
from outreach.fields.numbers import from_minor
from outreach.services.report.blocks import Cell, Kind
from outreach.services.review.rates import Group
from outreach.services.review.value import Review, SalesFigures, Worth
from outreach.wording.words import Words

#: So many numbers stand large over the review; the others stand large in reports only.
LARGE = 4


@dataclass(frozen=True, slots=True)
class Figured:
    """A number that stands large.

    Attributes:
        cell: The number, in words and as a value.
        beside: What stands small beside it.
        below: What it means.
        behind: The name of the list behind it (`outreach.services.review.behind`).
    """

    name: str
    cell: Cell
    beside: str
    below: str
    behind: str


@dataclass(frozen=True, slots=True)
class Apart:
    """A number that stands for itself: what it is, how much, and the list behind it."""

    name: str
    text: str
    behind: str


def figures(words: Words, review: Review) -> list[Figured]:
    """The large numbers: the rate, sales, cost and quiet first, then what arrived and the clubs."""
    rate, quiet = review.organic, review.stages.get("quiet", 0)
    of = words.say("review.of_gifts", part=rate.part, whole=rate.whole)
    is_told = rate.share is not None and rate.low is not None and rate.high is not None
    share = words.share(rate.share) if rate.share is not None else ""
    likely = words.say("review.too_few")
    if is_told:
        likely = words.say("review.likely", low=words.share(rate.low or 0.0), high=words.share(rate.high or 0.0))
    return [
        Figured(words.say("review.organic_rate"),
                Cell(share or words.say("review.of", part=rate.part, whole=rate.whole), Kind.SHARE, rate.share),
                of if share else "", likely, "posted"),
        _sales(words, review),
        _per_post(words, review),
        Figured(words.say("review.quiet"), Cell(words.number(quiet), Kind.NUMBER, quiet),
                words.say("review.of_whole", whole=review.delivered),
                words.say("review.quiet_fine", reading=review.stages.get("reading", 0)), "quiet"),
        Figured(words.say("review.delivered"), Cell(words.number(review.delivered), Kind.NUMBER, review.delivered), "",
                words.count("gifts", review.gifts), "delivered"),
        Figured(words.say("review.clubs"), Cell(words.number(review.clubs), Kind.NUMBER, review.clubs), "",
                words.say("review.club_members", members=review.members), "clubs"),
    ]  # fmt: skip


def beside(figure: Figured) -> str:
    """A large number in one line, with what stands beside it."""
    return f"{figure.cell.text}, {figure.beside}" if figure.beside else figure.cell.text


def _sales(words: Words, review: Review) -> Figured:
    sold, name = review.by_code, words.say("review.sales")
    counted = (
        words.say("review.orders", orders=sold.orders)
        if sold.orders
        else words.say("review.copies", copies=sold.copies)
    )
    worth = review.worth.sold
    if not sold.amounts:
        below = words.say("review.no_price") if sold.copies else words.say("review.no_sales")
        return Figured(name, Cell(words.number(sold.copies), Kind.NUMBER, sold.copies), "", below, "sales")
    if worth is None:
        first, others = _first(sold.amounts, review.worth.currency)
        below = words.say("review.and_also", amounts=amounts_text(words, others)) if others else ""
        return Figured(name, _money(words, first), counted, below, "sales")
    parts = [words.say("review.back", back=_back(words, review.worth.back, review.worth.currency), one=_one(words, review.worth.currency))
             ] if review.worth.back is not None else []  # fmt: skip
    return Figured(name, _money(words, worth.money), counted, ". ".join([*parts, *_rates(words, worth)]), "sales")


def _per_post(words: Words, review: Review) -> Figured:
    name, worth = words.say("review.per_post"), review.worth.per_post
    if not review.costs.total:
        return Figured(name, Cell("–"), "", words.say("review.no_cost"), "costs")
    if not review.organic.part:
        return Figured(name, Cell("–"), "", words.say("review.no_post"), "costs")
    what = [words.say(f"review.cost_{part}") for part in ("copies", "postage", "events")
            if getattr(review.costs, part)]  # fmt: skip
    told = words.listing(what)
    told = told[:1].upper() + told[1:]
    if worth is None:
        first, others = _first(review.costs.per_post, review.worth.currency)
        also = words.say("review.and_also", amounts=amounts_text(words, others)) if others else ""
        return Figured(name, _money(words, first), also, told, "costs")
    return Figured(name, _money(words, worth.money), "", ". ".join([told, *_rates(words, worth)]), "costs")


def _first(amounts: Sequence[Money], currency: str) -> tuple[Money, list[Money]]:
    first = next((each for each in amounts if each.currency == currency), amounts[0])
    return first, [each for each in amounts if each is not first]


def _rates(words: Words, worth: Worth) -> list[str]:
    return [words.say("review.by_rates", given=each.given, rate_day=each.day) for each in worth.rates]


def _money(words: Words, money: Money) -> Cell:
    return Cell(words.money(money.minor, money.currency), Kind.MONEY, from_minor(money.minor, money.currency),
                money.currency)  # fmt: skip


def _back(words: Words, back: Decimal | None, currency: str) -> str:
    from outreach.fields.numbers import to_minor

    return words.money(to_minor(back or Decimal(0), currency), currency)


def _one(words: Words, currency: str) -> str:
    return words.amount(Decimal(1), currency)


def amounts_text(words: Words, amounts: Sequence[Money]) -> str:
    """Amounts, one for each currency."""
    return ", ".join(words.money(each.minor, each.currency) for each in amounts)


def sold_text(words: Words, sold: SalesFigures) -> str:
    """Copies, and what was paid for them."""
    if not sold.amounts:
        return words.say("review.copies", copies=sold.copies)
    return words.say("review.copies_for", copies=sold.copies, amounts=amounts_text(words, sold.amounts))


def cost_rows(words: Words, review: Review) -> list[tuple[str, Sequence[Money]]]:
    """What gifts cost, by what for."""
    costs = review.costs
    told = (
        ("copies", costs.copies), ("postage", costs.postage), ("events", costs.events), ("total", costs.total),
        ("per_post", costs.per_post),
    )  # fmt: skip
    return [(words.say(f"report.money_{name}"), amounts) for name, amounts in told if amounts]


def time_lines(words: Words, review: Review) -> Iterator[str]:
    """How long it took from delivery to the first mention."""
    delay = review.delay
    if delay.median is None or delay.low is None or delay.high is None:
        yield words.say("review.time_few", count=delay.count)
    else:
        middle, low, high = (words.decimal(each) for each in (delay.median, delay.low, delay.high))
        yield words.say("review.time_line", median=middle, low=low, high=high, count=delay.count)
    if delay.earlier:
        yield words.say("review.time_early_line", number=delay.earlier)


def time_short(words: Words, review: Review) -> str:
    """How long it took from delivery to the first mention, in a word or two."""
    median = review.delay.median
    if median is None:
        return words.say("review.too_few")
    return words.say("review.time_short", median=words.decimal(median))


def lift_lines(words: Words, review: Review) -> Iterator[str]:
    """What was sold before and since, with the likely range of the difference."""
    for each in review.lifts:
        title, found = each.title or words.say("review.lift_all"), each.lift
        if found.low is None or found.high is None:
            yield words.say("review.lift_few", title=title, before=each.before, since=each.since)
            continue
        code = "review.lift_line" if found.is_told else "review.lift_same"
        before, since, low, high = (words.decimal(each) for each in (found.before, found.since, found.low, found.high))
        yield words.say(code, title=title, before=before, since=since, low=low, high=high)
    if review.lifts:
        yield words.say("review.lift_note")


def hint(words: Words, named: Sequence[tuple[str, Group]]) -> str:
    """What may be said of the best rate of several: whether its range stands clear of the next one's."""
    told = [(name, each.rate) for name, each in named if each.key and each.rate.share is not None]
    if len(told) < 2:
        return ""
    (name, best), *others = sorted(told, key=lambda pair: -(pair[1].share or 0.0))
    is_clear = all((best.low or 0.0) > (other.high or 0.0) for _, other in others)
    return words.say("review.hint_clear" if is_clear else "review.hint_overlap", name=name)


def numbers_apart(words: Words, review: Review) -> list[Apart]:
    """The numbers that are never added to one another, each with its list."""
    found = [
        Apart(words.term("deal", deal), words.say("review.deal_line", delivered=delivered, posted=posted),
              f"deal:{deal}")
        for deal, (delivered, posted) in review.deals.items()
    ]  # fmt: skip
    for deal, sold in review.by_code_apart.items():
        name = words.say("review.sales_apart", deal=words.term("behind", deal))
        found.append(Apart(name, sold_text(words, sold), f"sales:{deal}"))
    if review.sold != review.by_code:
        found.append(Apart(words.say("review.sold"), sold_text(words, review.sold), "sold"))
    for nature, number in review.natures.items():
        name = words.say("review.nature_name", nature=words.term("behind", nature))
        found.append(Apart(name, words.number(number), f"nature:{nature}"))
    clubs = words.say("review.club_line", clubs=words.number(review.clubs), members=review.members)
    found.append(Apart(words.say("review.clubs"), clubs, "clubs"))
    events = review.events
    if events.events:
        parts = [words.say("review.event_line", copies=events.copies, companions=events.companions)]
        told = ", ".join(filter(None, (*parts, amounts_text(words, events.takings))))
        found.append(Apart(words.say("review.events"), told, "events"))
    costs = review.costs
    found += [Apart(words.say(f"review.cost_of_{name}"), amounts_text(words, amounts), "costs")
              for name, amounts in (("copies", costs.copies), ("postage", costs.postage), ("events", costs.events),
                                    ("total", costs.total)) if amounts]  # fmt: skip
    return found
