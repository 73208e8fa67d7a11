"""Whether posts tell readers of a gift: checks, a kind request, and the proof of both."""

from pathlib import Path

import click

from outreach.cli.frame import Session, day_option, plain, subcommand
from outreach.cli.posts import posts
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.disclosure import checks
from outreach.services.disclosure.checks import Disclosure, NewCheck
from outreach.services.disclosure.proof import proof
from outreach.services.disclosure.rules import Seen, places
from outreach.services.drafting import post_letters
from outreach.wording.disclosure_report import check_words, write_proof

__all__ = ["posts"]


@subcommand(posts, "disclosure")
@click.argument("ref")
@click.option("--seen", type=click.Choice([each.value for each in Seen]), help="Whether it tells of the gift.")
@click.option("--place", type=click.Choice(places()), help="Where you saw it.")
@click.option("--wording", default="", help="Its words, such as “#gifted”.")
@click.option("--note", default="", help="Anything else.")
@click.option("--on", callback=day_option, help="The day you looked, if it was not today.")
@click.option("--ask", is_flag=True, help="Draft a kind letter that asks to add it.")
def disclosure(
    session: Session, ref: str, seen: str | None, place: str | None, wording: str, note: str, on: str | None, ask: bool
) -> None:
    """Show whether a post tells of the gift, or note what you saw. REF is a post, such as o12. Not legal advice.

    \b
    Examples:
      outreach posts disclosure o12
      outreach posts disclosure o12 --seen yes --place first_line --wording "#gifted by Finch & Marlow"
      outreach posts disclosure o12 --ask
    """
    if seen is None and not ask:
        with session.reading():
            post = refs.post_id(ref)
            known = checks.disclosures([post])[post]
        session.show({"id": f"o{post}", **plain(known)}, lambda: _lines(session, post, known))
        return
    with session.writing() as store:
        post = refs.post_id(ref)
        if seen is not None:
            checks.check_disclosure(store, post, NewCheck(Seen(seen), place or "", wording, on or "", note))
        letter = None
        if ask:
            checks.refuse_asking(post)
            post_letters.prepare(store)
            letter, _ = checks.ask_disclosure(store, post_letters.render(store, post, post_letters.DISCLOSURE))
        known = checks.disclosures([post])[post]
    words = session.words
    said = words.say("disclosure.checked", post=f"o{post}", verdict=words.term("disclosure", known.verdict.why))
    drafted = [words.say("permission.drafted", post=f"o{post}", letter=f"l{letter}")] if letter else []
    session.show({"id": f"o{post}", "letter": f"l{letter}" if letter else None, **plain(known)},
                 lambda: [said, *drafted])  # fmt: skip


@subcommand(posts, "proof")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--item", help="Only posts about this title.")
@click.option("--since", callback=day_option, help="Only posts from this day on.")
def proof_(session: Session, out: Path, item: str | None, since: str | None) -> None:
    """Write the proof that you said how to tell of gifts, and looked: OUT ends in .html or .csv.

    \b
    Example:
      outreach posts proof gifts-2027.html --since 2027-01-01
    """
    if out.suffix.casefold() not in (".html", ".htm", ".csv"):
        raise click.BadParameter(said("“{file}” ends in neither .html nor .csv", file=out.name))
    with session.reading() as store:
        rows = proof(since=since or "", item_id=refs.item_id(item) if item else None)
        day = store.today().isoformat()
    path = out.expanduser()
    write_proof(path, session.words, rows, day)
    number = session.words.count("posts", len(rows))
    session.show({"file": str(path), "posts": len(rows)},
                 lambda: [session.words.say("disclosure.proof", posts=number, file=str(path))])  # fmt: skip


def _lines(session: Session, post: int, known: Disclosure) -> list[str]:
    words = session.words
    verdict = words.term("disclosure", known.verdict.why)
    return [
        words.say("disclosure.checked", post=f"o{post}", verdict=verdict),
        *(check_words(words, each) for each in known.checks),
        words.named(known.note, "disclosure"),
    ]
