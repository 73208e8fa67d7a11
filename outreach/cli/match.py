"""The match: who should get a title, what a person would enjoy, who gets one of few copies; and why."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach.cli.frame import Session, command, plain
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.drafting.senders import sender
from outreach.services.letters.language import Language, language
from outreach.services.matching import Reason, RecordSize, Wishes
from outreach.services.matching.dials import read_dials
from outreach.services.matching.openings import opening
from outreach.store.database import Store

if TYPE_CHECKING:
    from outreach.services.matching import Match
    from outreach.services.matching.allocation import Shared, Sharing

_VARIANTS = ("full", "n20", "n10", "n5", "stated", "n5stated")


@command("match")
@click.option("--item", help="A title: its id (i3), ISBN, or name.")
@click.option("--person", help="A person: id (p12), e-mail, @handle, name.")
@click.option("--limit", type=click.IntRange(min=1), default=25, show_default=True, help="At most so many.")
@click.option("--never-shown", is_flag=True, help="Name those who are kept out, and why.")
@click.option("--dial", "dials", multiple=True, metavar="FACTOR=SETTING",
              help="taste, audience, unprompted, sells or new; off, some or a_lot.")  # fmt: skip
@click.option("--asked-lately", is_flag=True, help="Include people whom you asked in the last 60 days.")
@click.option("--country", "countries", multiple=True, help="Copies go only there: GB, IE.")
@click.option("--unexpected", is_flag=True, help="Also who shares its mood and not its genre.")
@click.option("--together", is_flag=True, help="Also pairs who could read it together.")
@click.option("--allocate", type=click.IntRange(min=1), metavar="N", help="Share out so many copies.")
@click.option("--wish", "wishes", multiple=True, metavar="PERSON", help="The author asks for them.")
@click.option("--put-on", multiple=True, metavar="PERSON", help="Gets a copy, whatever is proposed.")
@click.option("--take-off", multiple=True, metavar="PERSON", help="Gets none; it is remembered.")
@click.option("--first-times", type=click.IntRange(min=0), help="Places for people who never had one.")
@click.option("--postage", type=click.IntRange(min=0), help="What all may cost, in parcels at home.")
@click.option("--edition", help="Which edition is given.")
@click.option("--keep", is_flag=True, help="Plan the gifts, and remember the round.")
def match(session: Session, item: str | None, person: str | None, **options: Any) -> None:
    """Who should get a title, or what a person would enjoy, the best first, with reasons from their tastes and history.

    People who asked not to be contacted, never read its genre, have it already, were pitched it or have enough for
    now are never shown. Follower counts are not used.

    \b
    Examples:
      outreach match --item "The Salt Orchard" --limit 10
      outreach match --person maya@example.org
      outreach match --item i3 --allocate 25 --keep
    """
    if (item is None) == (person is None):
        raise KnownError("match.one_of")
    asked = Wishes(
        read_dials(dict(_pair(each) for each in options["dials"])), options["asked_lately"],
        frozenset(each.upper() for each in options["countries"]),
    )  # fmt: skip
    if person is not None:
        _for_person(session, person, asked, options["limit"])
    elif options["allocate"] is not None:
        _share_out(session, item or "", asked, options)
    else:
        _for_item(session, item or "", asked, options)


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def _for_item(session: Session, item: str, asked: Wishes, options: dict[str, Any]) -> None:
    from outreach.services.matching import choosing
    from outreach.services.matching.ranking import board, match_item

    with session.reading() as store:
        item_id, on = refs.item_id(item), board(store)
        found = match_item(store, item_id, limit=options["limit"], wishes=asked, on=on)
        unexpected = choosing.unexpected(store, item_id, on=on) if options["unexpected"] else []
        together = choosing.together(store, item_id, on=on) if options["together"] else []
        spoken = language(sender().language)
    words, data = session.words, plain(found)
    for fit, row in zip(data["fits"], found.fits, strict=True):
        fit |= _said(session, row.reasons, row.cautions, spoken)
        fit["id"] = f"p{fit.pop('person_id')}"
    for kept, exclusion in zip(data["never_shown"], found.never_shown, strict=True):
        kept["reason"] = words.reason(exclusion.reason.code, exclusion.reason.facts)
        kept["id"] = f"p{kept.pop('person_id')}"
    if options["unexpected"]:
        data["unexpected"] = plain(unexpected)
    if options["together"]:
        data["together"] = plain(together)

    def lines() -> list[str]:
        shown = [click.style(words.say("match.title", title=found.title), bold=True)]
        for fit, row in zip(data["fits"], found.fits, strict=True):
            shown += _fit_lines(session, f"{fit['name']}  {fit['id']}", fit, row.record)
        if unexpected:
            shown.append(words.say("match.unexpected_head"))
            shown += ["    " + words.say("match.unexpected", name=each.name, words=", ".join(each.words))
                      for each in unexpected]  # fmt: skip
        if together:
            shown.append(words.say("match.together_head"))
            shown += ["    " + words.say("match.together", one=each.names[0], other=each.names[1])
                      for each in together]  # fmt: skip
        shown.append(words.say("match.sum", fits=words.count("people", len(found.fits)), unknown=found.unknown))
        return shown + _never_lines(session, found, data, named=options["never_shown"])

    session.show(data, lines)


def _never_lines(session: Session, found: "Match", data: dict[str, Any], *, named: bool) -> list[str]:
    words = session.words
    shown = [words.count("match.never_shown", len(found.never_shown))] if found.never_shown else []
    return shown + [f"    {each['name']}  {each['id']}: {each['reason']}" for each in data["never_shown"] if named]


def _for_person(session: Session, person: str, asked: Wishes, limit: int) -> None:
    from outreach.services.matching.choosing import lookalikes, match_person
    from outreach.services.matching.ranking import board

    with session.reading() as store:
        person_id, on = refs.person_id(person), board(store)
        found = match_person(store, person_id, limit=limit, wishes=asked, on=on)
        alike = lookalikes(store, person_id, limit=5, on=on)
        spoken = language(sender().language)
    words, data = session.words, plain(found)
    data["id"] = f"p{data.pop('person_id')}"
    for fit, row in zip(data["fits"], found.fits, strict=True):
        fit |= _said(session, row.reasons, row.cautions, spoken)
        fit["id"] = f"i{fit.pop('item_id')}"
    data["never_shown"] = [
        {"id": f"i{number}", "title": title, "reason": words.reason(reason.code, reason.facts)}
        for number, title, reason in found.never_shown
    ]
    data["alike"] = plain(alike)

    def lines() -> list[str]:
        shown = [click.style(words.say("match.person", name=found.name), bold=True)]
        for fit in data["fits"]:
            shown += _fit_lines(session, f"{fit['title']}  {fit['id']}", fit, found.record)
        shown += ["    " + words.say("match.never", who=each["title"] or found.name, reason=each["reason"])
                  for each in data["never_shown"]]  # fmt: skip
        if alike:
            shown.append(words.say("match.alike_head", name=found.name))
            shown += ["    " + words.say("match.alike", name=each.name, share=words.share(each.share))
                      for each in alike]  # fmt: skip
        return shown

    session.show(data, lines)


def _said(session: Session, reasons: Sequence[Reason], cautions: Sequence[Reason], spoken: Language) -> dict[str, Any]:
    """Reasons and cautions as sentences, and the rows that they rest on."""
    words = session.words
    return {
        "reasons": [words.reason(each.code, each.facts) for each in reasons],
        "cautions": [words.reason(each.code, each.facts) for each in cautions],
        "evidence": [list(each.evidence) for each in reasons],
        "opening": opening(reasons, spoken.openings),
    }


def _fit_lines(session: Session, head: str, fit: dict[str, Any], record: RecordSize) -> list[str]:
    words = session.words
    size = words.record(record.read, record.stated)
    name = words.term("band", fit["band"])
    likelier = round(fit["times"], 1)
    band = (
        words.say("match.times", band=name, times=f"{likelier:g}", record=size) if likelier > 1
        else words.say("match.band", band=name, record=size)
    )  # fmt: skip
    shown = [f"{head}  {click.style(band, fg='cyan')}"]
    shown += [f"    {reason}" for reason in fit["reasons"]]
    return shown + [f"    {click.style('!', fg='yellow')} {caution}" for caution in fit["cautions"]]


def _share_out(session: Session, item: str, asked: Wishes, options: dict[str, Any]) -> None:
    from outreach.services.matching.allocation import Round, Sharing, keep, share_out
    from outreach.services.matching.ranking import match_item

    def work(store: Store) -> tuple["Match", "Shared", "Sharing", int]:
        item_id = refs.item_id(item)
        sharing = Sharing(
            options["allocate"], frozenset(refs.person_id(each) for each in options["wishes"]),
            tuple(refs.person_id(each) for each in options["put_on"]),
            frozenset(refs.person_id(each) for each in options["take_off"]), options["first_times"], options["postage"],
        )  # fmt: skip
        found = match_item(store, item_id, wishes=asked)
        return found, share_out(found.fits, sharing), sharing, item_id

    planned: list[int] = []
    if options["keep"]:
        with session.writing() as store:
            found, shared, sharing, item_id = work(store)
            edition = refs.edition_id(options["edition"], item_id) if options["edition"] else None
            planned, _ = keep(store, Round(item_id, edition, shared, sharing))
    else:
        with session.reading() as store:
            found, shared, sharing, item_id = work(store)
    words = session.words
    fits = {fit.person_id: fit for fit in found.fits}
    data = {
        "item": f"i{item_id}", "title": found.title, "copies": sharing.copies,
        "given": [{"id": f"p{each}", "name": fits[each].name, "band": fits[each].band} for each in shared.given],
        "missed": [{"id": f"p{each}", "name": fits[each].name, "reason": why} for each, why in shared.missed.items()],
        "gifts": [f"g{each}" for each in planned],
    }  # fmt: skip

    def lines() -> list[str]:
        shown = [words.say("match.allocated", copies=words.count("copies", sharing.copies), title=found.title,
                           people=words.count("people", shared.candidates))]  # fmt: skip
        shown += [
            words.say("match.given", number=number, name=fits[each].name, ref=f"p{each}",
                      band=words.term("band", fits[each].band))
            for number, each in enumerate(shared.given, 1)
        ]  # fmt: skip
        shown += [words.say("match.missed", name=fits[each].name, reason=words.term("missed", why))
                  for each, why in shared.missed.items()]  # fmt: skip
        kept = options["keep"]
        return [*shown, words.say("match.kept", number=len(planned)) if kept else words.say("match.not_kept")]

    session.show(data, lines)


@command("match-scores", hidden=True)
@click.argument("books", type=click.Path(path_type=Path))
@click.argument("events", type=click.Path(path_type=Path))
@click.argument("users", type=click.Path(path_type=Path))
@click.argument("pairs", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--variant", type=click.Choice(_VARIANTS), default="full", show_default=True, help="What is seen.")
@click.option("--ticks", is_flag=True, help="Only what a publisher tells before publication.")
def match_scores(
    session: Session, books: Path, events: Path, users: Path, pairs: Path, out: Path, variant: str, *, ticks: bool
) -> None:
    """Score pairs of books and people from files, so that the engine can be judged.

    \b
    Example:
      outreach match-scores books.csv.gz events.csv.gz users.csv.gz pairs.csv.gz scores.csv --variant n5
    """
    from outreach.services.matching.model.study import StudyFiles, open_study, score_study

    files = StudyFiles(books, events, users, pairs)
    number = score_study(open_study(files, variant, ticks=ticks), files, out)
    data = {"pairs": number, "file": str(out)}
    session.show(data, lambda: [session.words.say("match.scored", number=number, file=str(out))])
