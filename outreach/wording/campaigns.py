"""Campaigns in words: goals, money, what a client is shown."""

from collections.abc import Iterator, Mapping

from outreach.fields.numbers import from_minor
from outreach.services.campaigns.budget import Budget, BudgetKind, Spending
from outreach.services.campaigns.goals import GoalFacts
from outreach.services.campaigns.roster import RosterLine
from outreach.services.campaigns.sheet import ANSWERS, OneSheet, SheetWords
from outreach.wording.club_papers import Part, Sheet
from outreach.wording.words import Words

#: Which columns of the sheet are on paper, and how wide they are beside one another.
_ON_PAPER, _SHARES = (1, 2, 4, 6, 7), (3, 2, 3, 5, 2)

#: What stands above the columns of the sheet.
_HEADINGS = (
    "Ref",
    "Person",
    "Role",
    "Country",
    "Title",
    "Copy",
    "Why them",
    "Stage",
    "Since",
    "Your answer",
    "Remarks",
)


def goal_figure(words: Words, goal: GoalFacts, figure: int) -> str:
    """A figure of a goal: a number of copies, or money."""
    return words.money(figure, goal.currency) if goal.unit == "money" else words.number(figure)


def goal_lines(words: Words, goal: GoalFacts) -> Iterator[str]:
    """What is known of a goal."""
    kind = words.term("goal_kind", goal.kind)
    figures = {"reached": goal_figure(words, goal, goal.reached), "target": goal_figure(words, goal, goal.target)}
    source = goal.source or words.say("campaigns.no_source")
    if goal.due_on:
        yield words.say("campaigns.goal", kind=kind, **figures, due_day=goal.due_on, source=source)
    else:
        yield words.say("campaigns.goal_open", kind=kind, **figures, source=source)
    if not goal.is_told:
        yield words.say("campaigns.goal_untold")
    if goal.baseline is not None:
        baseline = goal_figure(words, goal, goal.baseline)
        days = {"start_day": goal.baseline_since, "end_day": goal.baseline_until}
        yield (words.say("campaigns.baseline_days", baseline=baseline, **days) if all(days.values())
               else words.say("campaigns.baseline", baseline=baseline))  # fmt: skip


def budget_lines(words: Words, budget: Budget) -> Iterator[str]:
    """What a campaign may cost and does; each currency for itself."""
    for each in budget.spending:
        spent = words.money(each.total, each.currency)
        if each.whole:
            yield words.say("campaigns.budget", spent=spent, whole=words.money(each.whole, each.currency))
        elif each.total:
            yield words.say("campaigns.spent", spent=spent)
        for deal, minor in sorted(each.apart.items()):
            amount = words.money(minor, each.currency)
            yield words.say("campaigns.apart", deal=words.term("behind", deal), amount=amount)
    if budget.no_postage:
        yield words.count("costs.no_postage", budget.no_postage)
    if budget.unknown_copies:
        yield words.count("costs.unknown", budget.unknown_copies)


def spent_on(words: Words, spending: Spending) -> str:
    """What money was spent on, such as "Copies £238, Postage £129"."""
    parts = (f"{words.term('budget_kind', kind)} {round_money(words, spending.spent[kind], spending.currency)}"
             for kind in BudgetKind if spending.spent.get(kind))  # fmt: skip
    return ", ".join(parts)


def round_money(words: Words, minor: int, currency: str) -> str:
    """An amount, without its pence where there are none, such as "£489"."""
    amount = from_minor(minor, currency)
    whole = amount == amount.to_integral_value()
    return words.amount(amount, currency) if whole else words.money(minor, currency)


def sold(words: Words, copies: int, money: Mapping[str, int]) -> str:
    """What codes sold, such as "22, £330"; empty for nothing."""
    amounts = (words.money(minor, currency) for currency, minor in sorted(money.items()))
    return ", ".join((words.number(copies), *amounts)) if copies or money else ""


def sheet_words(words: Words, title: str) -> SheetWords:
    """The words of the sheet that a client answers."""
    answers = [words.term("client_answer", each) for each in ANSWERS]
    return SheetWords(title, [words.tr(each) for each in _HEADINGS], answers)


def sheet_cells(words: Words, line: RosterLine) -> tuple[str, ...]:
    """A line of the sheet, from the reference to the stage."""
    copy = words.edition(line.edition, line.edition_kind, line.variant) if line.edition or line.edition_kind else ""
    return (
        f"p{line.person_id}", line.person, words.term("role", line.role) if line.role else "",
        words.country(line.place) if line.place else "", line.title, copy, line.why, words.term("stage", line.stage),
    )  # fmt: skip


def sheet_paper(words: Words, made: OneSheet, day: str) -> Sheet:
    """The sheet to read: what is promised, why it should work, its goals, and its people with why each."""
    facts = made.facts
    below = {"people": words.count("people", len({line.person_id for line in made.lines})), "made_day": day}
    why = [words.say("campaigns.why", why=facts.why)] if facts.why else []
    headings = sheet_words(words, facts.name).headings
    return Sheet(
        words.say("campaigns.sheet_title", campaign=facts.name),
        words.say("campaigns.sheet_below_client", client=facts.client, **below)
        if facts.client
        else words.say("campaigns.sheet_below", **below),
        [
            Part(lines=[words.say("campaigns.sheet_promise")]),
            Part(lines=[*why, *(text for goal in made.goals for text in goal_lines(words, goal))]),
            Part(headings=[headings[at] for at in _ON_PAPER], shares=_SHARES,
                 rows=[[cells[at] for at in _ON_PAPER] for cells in (sheet_cells(words, line) for line in made.lines)]),
        ],
    )  # fmt: skip
