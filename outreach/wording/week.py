"""A week of a campaign, in the sentences of a letter."""

from collections.abc import Iterator

from outreach.services.campaigns.week import TOLD, Week, WeekFigures
from outreach.services.gifts.states import Deal
from outreach.wording.campaigns import goal_lines
from outreach.wording.words import Words

#: So many posts are named.
_MOST = 12


def week_text(words: Words, week: Week) -> str:
    """What happened, a paragraph for each kind of it; gifts, what was agreed in kind and what was paid stand apart."""
    return "\n\n".join(_paragraphs(words, week))


def _paragraphs(words: Words, week: Week) -> Iterator[str]:
    days = {"start_day": week.since, "end_day": week.until, "campaign": week.facts.name}
    quiet = all(each.is_quiet for each in week.figures.values())
    yield words.say("week.quiet" if quiet else "week.days", **days)
    for deal in Deal:
        figures = week.figures[deal]
        if not figures.is_quiet:
            yield words.say(f"week.{deal}", figures=_figures(words, figures))
    for deal, code in ((Deal.GIFT, "week.said"), (Deal.IN_KIND, "week.said_in_kind"), (Deal.PAID, "week.said_paid")):
        said = [_post(words, post.person, post.title, post.outlet, post.url)
                for post in week.posts if post.deal == deal.value]  # fmt: skip
        if said:
            shown = "; ".join(said[:_MOST])
            more = len(said) - _MOST
            yield words.say(code, posts=words.count("and_more", more, words=shown) if more > 0 else shown)
    for goal in week.goals:
        yield " ".join(f"{line}." if not line.endswith(".") else line for line in goal_lines(words, goal))
    if week.done:
        yield words.say("week.done", steps=_steps(words, [step.name for step in week.done]))
    if week.due:
        due = (words.say("week.step", step=words.term("campaign_step", step.name), by_day=step.due_on)
               for step in week.due)  # fmt: skip
        yield words.say("week.due", steps="; ".join(due))


def _figures(words: Words, figures: WeekFigures) -> str:
    parts = [words.count(f"week.{state}", figures.came[state]) for state in map(str, TOLD) if figures.came.get(state)]
    for name, number in (("posts", figures.posts), ("clubs", figures.clubs), ("copies", figures.copies)):
        if number:
            parts.append(words.count(f"week.{name}", number))
    return ", ".join(parts)


def _post(words: Words, person: str, title: str, outlet: str, url: str) -> str:
    about = ", ".join(filter(None, (person, outlet, title)))
    return words.say("week.post", about=about, url=url) if url else about


def _steps(words: Words, names: list[str]) -> str:
    return "; ".join(words.term("campaign_step", name) for name in names)
