"""The review as text, as a page of HTML that needs nothing else, and as a table."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from outreach.errors import KnownError
from outreach.services.csvfile import write_csv
from outreach.services.review.rates import Group, Rate
from outreach.services.review.value import Review, Thanks
from outreach.store.files import replacing
from outreach.wording.words import Words

_STAGES = ("chosen", "asked", "accepted", "sent", "posted", "reading", "quiet", "declined")

#: Colours and type of the house, light and dark; nothing is loaded from elsewhere.
STYLE = """
:root{--desk:#E9EDEC;--sheet:#fff;--ink:#14211F;--ink2:#46534F;--ink3:#596763;--line:#E1E6E4;--good:#22703F;
--band:#C9E2D2;--quiet:#555C80}
@media(prefers-color-scheme:dark){:root{--desk:#0E1415;--sheet:#161D1E;--ink:#E9EFED;--ink2:#B7C2BF;--ink3:#93A09D;
--line:#273132;--good:#74CB93;--band:#1F4A2E;--quiet:#AEB4DA}}
body{margin:0;background:var(--desk);color:var(--ink);font:13px/20px "Outreach Sans",Inter,system-ui,sans-serif}
main{max-width:1040px;margin:24px auto;background:var(--sheet);border:1px solid var(--line);border-radius:10px;
padding:24px 28px 32px}
h1,h2,.stat,em,.lead{font-family:"Outreach Serif","Source Serif 4",Georgia,serif}
h1{font-size:22px;line-height:30px;font-weight:600;margin:0}
.scope{color:var(--ink3);margin:0 0 12px}.lead{font-size:17px;line-height:24px;font-weight:600;margin:0 0 20px}
h2{font-size:15px;line-height:22px;font-weight:600;margin:28px 0 6px}
.four{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:0 24px;border:solid var(--line);
border-width:1px 0;padding:12px 0}
.four p{margin:0;color:var(--ink3)}.stat{font-size:34px;line-height:42px;font-weight:500;color:var(--ink)}
table{border-collapse:collapse;width:100%;table-layout:fixed}th:first-child{width:36%}th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);
vertical-align:top}th{color:var(--ink3);font-size:12px;font-weight:500}td.n,th.n{text-align:right;
font-variant-numeric:tabular-nums}.good{color:var(--good)}.quiet{color:var(--quiet)}
.bar{position:relative;height:8px;width:180px;border-radius:4px;background:var(--line)}
.bar i{position:absolute;top:0;height:8px;border-radius:4px;background:var(--band)}
.bar b{position:absolute;top:-1px;width:10px;height:10px;margin-left:-5px;border-radius:5px;background:var(--good)}
ul{margin:4px 0;padding-left:18px;color:var(--ink2)}footer{color:var(--ink3);margin-top:28px}
""".strip()


def lead(words: Words, review: Review) -> str:
    """The one sentence that the review begins with."""
    part, whole = review.organic.part, review.organic.whole
    if not whole:
        return words.say("review.nothing")
    if not part:
        return words.say("review.none", whole=whole)
    return words.say("review.most") if part * 2 > whole else words.say("review.some", part=part, whole=whole)


def scope(words: Words, review: Review) -> str:
    """What the review covers."""
    parts = []
    if review.item:
        parts.append(words.say("review.scope_item", title=review.item))
    if review.campaign:
        parts.append(words.say("review.scope_campaign", campaign=review.campaign))
    parts = parts or [words.say("review.scope_all")]
    if review.since:
        parts.append(words.say("review.since", since_day=review.since))
    if review.until:
        parts.append(words.say("review.until", until_day=review.until))
    return ", ".join(parts)


def as_lines(words: Words, review: Review) -> Iterator[str]:
    """The review for a terminal."""
    yield lead(words, review)
    yield scope(words, review)
    yield ""
    yield "  ".join(f"{words.term('stage', stage)} {review.stages.get(stage, 0)}" for stage in _STAGES)
    yield f"{words.say('review.organic_rate')}: {rate_words(words, review.organic)}"
    for name, some in groups(words, review):
        if some:
            yield ""
            yield name
            width = max(len(group_name(words, name_of, group)) for name_of, group in some)
            for name_of, group in some:
                yield f"  {group_name(words, name_of, group).ljust(width)}  {rate_words(words, group.rate)}"
    yield ""
    yield words.say("review.by_title")
    for line in review.items:
        posted, reading, quiet = (words.term("stage", stage) for stage in ("posted", "reading", "quiet"))
        counts = f"{posted} {line.posted}, {reading} {line.reading}, {quiet} {line.quiet}"
        yield f"  {line.title}: {words.count('gifts', line.gifts)}; {counts}"
    yield ""
    yield from apart(words, review)
    if review.thanks:
        yield ""
        yield words.say("review.thanks")
        for each in review.thanks:
            yield f"  {each.name}: {thanked(words, each)}"
    yield ""
    yield words.say("review.unknown")
    yield from (f"  {words.say(code, number=number)}" for code, number in review.unknown)


def as_html(words: Words, review: Review, day: str) -> str:
    """The review as one page of HTML."""
    body = [
        f"<h1>{escape(words.say('review.title'))}</h1>",
        f"<p class=scope>{escape(scope(words, review))}</p>",
        f"<p class=lead>{escape(lead(words, review))}</p>",
        *_four(words, review),
    ]
    for name, some in groups(words, review):
        if some:
            body += [f"<h2>{escape(name)}</h2>", _group_table(words, some)]
    body += [f"<h2>{escape(words.say('review.by_title'))}</h2>", _title_table(words, review)]
    if review.thanks:
        people = "".join(f"<li>{escape(each.name)}: {escape(thanked(words, each))}</li>" for each in review.thanks)
        body += [f"<h2>{escape(words.say('review.thanks'))}</h2>", f"<ul>{people}</ul>"]
    deals = list(apart(words, review))
    body += [f"<h2>{escape(deals[0])}</h2>", _list(deals[1:])]
    body += [f"<h2>{escape(words.say('review.posts'))}</h2>", _list(natures(words, review))]
    unknown = [words.say(code, number=number) for code, number in review.unknown]
    body += [f"<h2>{escape(words.say('review.unknown'))}</h2>", _list(unknown)]
    body.append(f"<footer>{escape(words.say('review.made_on', made_day=day))}</footer>")
    title = escape(f"{words.say('review.title')}: {scope(words, review)}")
    language = escape(words.locale.partition("_")[0])
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>\n<body><main>\n'
        + "\n".join(body)
        + "\n</main></body></html>\n"
    )


def write_html(path: Path, text: str) -> None:
    """Write a page, whole or not at all.

    Raises:
        KnownError: ``files.not_written``.
    """
    try:
        with replacing(path) as made:
            made.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


def write_csv_report(path: Path, words: Words, review: Review) -> None:
    """Write the review as a table: one line a figure, with its block and its range.

    Raises:
        KnownError: ``files.not_written``.
    """
    rows: list[tuple[str, ...]] = [
        (words.say("review.gifts"), words.term("stage", stage), str(review.stages.get(stage, 0)), "", "", "", "")
        for stage in _STAGES
    ]
    rows.append(_csv_rate(words.say("review.organic_rate"), "", review.organic))
    for name, some in groups(words, review):
        rows += [_csv_rate(name, group_name(words, name_of, group), group.rate) for name_of, group in some]
    for line in review.items:
        title = words.say("review.by_title")
        for stage, number in (("posted", line.posted), ("reading", line.reading), ("quiet", line.quiet)):
            rows.append(
                (title, f"{line.title}: {words.term('stage', stage)}", str(number), str(line.delivered), "", "", "")
            )
    for deal, (delivered, posted) in review.deals.items():
        rows.append((words.say("review.apart"), words.term("deal", deal), str(posted), str(delivered), "", "", ""))
    write_csv(path, ("Block", "What", "Number", "Of", "Share", "Likely from", "Likely to"), rows)


_Named = tuple[str, Group]


def groups(words: Words, review: Review) -> list[tuple[str, list[_Named]]]:
    """The rates by genre, tier and role: what they are called, and each with the kind of its name."""
    return [
        (words.say("review.by_genre"), [("", group) for group in review.by_genre]),
        (words.say("review.by_tier"), [("tier", group) for group in review.by_tier]),
        (words.say("review.by_role"), [("role", group) for group in review.by_role]),
    ]


def group_name(words: Words, kind: str, group: Group) -> str:
    """A group as people say it."""
    if not group.key:
        return words.say("review.not_known")
    return words.term(kind, group.key) if kind else group.name


def rate_words(words: Words, rate: Rate) -> str:
    """A rate with its likely range, or that there are too few to say."""
    of = words.say("review.of", part=rate.part, whole=rate.whole)
    if rate.share is None or rate.low is None or rate.high is None:
        return f"{of}. {words.say('review.too_few')}"
    likely = words.say("review.likely", low=words.share(rate.low), high=words.share(rate.high))
    return f"{words.share(rate.share)}, {of}. {likely}"


def thanked(words: Words, each: Thanks) -> str:
    """What someone is thanked for."""
    parts = [words.count("thanks.posts", each.posts)] if each.posts else []
    if each.clubs:
        parts.append(words.count("thanks.clubs", each.clubs, members=each.members))
    return ", ".join(parts)


def apart(words: Words, review: Review) -> Iterator[str]:
    """The deals beside one another: they are never added."""
    yield words.say("review.apart")
    for deal, (delivered, posted) in review.deals.items():
        shown = words.term("deal", deal)
        yield words.say("review.apart_line", deal=shown, delivered=delivered, posted=posted)


def natures(words: Words, review: Review) -> Iterable[str]:
    """How many posts there are of each nature."""
    return (f"{words.term('nature', nature)}: {number}" for nature, number in review.natures.items())


def figures(words: Words, review: Review) -> list[tuple[str, str, str]]:
    """The four numbers: what each is called, the number, and what stands below it."""
    rate = review.organic
    share = (
        words.share(rate.share) if rate.share is not None else words.say("review.of", part=rate.part, whole=rate.whole)
    )
    likely = (
        words.say("review.likely", low=words.share(rate.low), high=words.share(rate.high))
        if rate.low is not None and rate.high is not None
        else words.say("review.too_few")
    )
    quiet, reading = review.stages.get("quiet", 0), review.stages.get("reading", 0)
    return [
        (
            words.say("review.organic_rate"),
            share,
            f"{words.say('review.of', part=rate.part, whole=rate.whole)}. {likely}",
        ),
        (words.say("review.delivered"), str(review.delivered), words.count("gifts", review.gifts)),
        (words.say("review.quiet"), str(quiet), words.say("review.quiet_fine", reading=reading)),
        (words.say("review.clubs"), str(review.clubs), words.say("review.club_members", members=review.members)),
    ]


def _four(words: Words, review: Review) -> list[str]:
    cells = "".join(
        f"<div><p>{escape(name)}</p><div class=stat>{escape(value)}</div><p>{escape(below)}</p></div>"
        for name, value, below in figures(words, review)
    )
    return [f"<div class=four>{cells}</div>"]


def _group_table(words: Words, groups: list[_Named]) -> str:
    rows = []
    for kind, group in groups:
        rate = group.rate
        share = words.share(rate.share) if rate.share is not None else words.say("review.too_few")
        bar = ""
        if rate.low is not None and rate.high is not None and rate.share is not None:
            left, width = rate.low * 100, (rate.high - rate.low) * 100
            label = escape(words.say("review.likely", low=words.share(rate.low), high=words.share(rate.high)))
            bar = (
                f'<div class=bar title="{label}" role=img aria-label="{label}">'
                f'<i style="left:{left:.1f}%;width:{width:.1f}%"></i><b style="left:{rate.share * 100:.1f}%"></b></div>'
            )
        name = escape(group_name(words, kind, group))
        of = escape(words.say("review.of", part=rate.part, whole=rate.whole))
        rows.append(f"<tr><td>{name}</td><td>{bar}</td><td class=n>{escape(share)}</td><td class=n>{of}</td></tr>")
    heads = ("", words.say("review.col_range"), words.say("review.col_share"), words.say("review.col_of"))
    head = "".join(f"<th{' class=n' if place > 1 else ''}>{escape(text)}</th>" for place, text in enumerate(heads))
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _title_table(words: Words, review: Review) -> str:
    names = ("review.col_title", "review.col_gifts", "review.col_posted", "review.col_reading", "review.col_quiet")
    head = "".join(
        f"<th{' class=n' if place else ''}>{escape(words.say(name))}</th>" for place, name in enumerate(names)
    )
    rows = "".join(
        f"<tr><td><em>{escape(line.title)}</em></td><td class=n>{line.gifts}</td><td class='n good'>{line.posted}</td>"
        f"<td class=n>{line.reading}</td><td class='n quiet'>{line.quiet}</td></tr>"
        for line in review.items
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _csv_rate(block: str, name: str, rate: Rate) -> tuple[str, ...]:
    figures = ("" if figure is None else f"{figure:.4f}" for figure in (rate.share, rate.low, rate.high))
    return (block, name, str(rate.part), str(rate.whole), *figures)
