"""Tastes and review policies: looking at a ledger, writing it, reading a policy and keeping its card."""

from collections.abc import Iterator
from pathlib import Path

import click

from outreach.cli.frame import Session, group, plain, subcommand
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.importing.encodings import decoded
from outreach.services.importing.files import check_file
from outreach.services.people.people import Polarity, Side, TasteKind
from outreach.services.policies.card import Card, card_of, card_of_proposals, remove_card, save_card
from outreach.services.policies.reading import Proposal, read_policy
from outreach.services.tastes import editing
from outreach.services.tastes.editing import NewTaste
from outreach.services.tastes.ledger import Entry, ledger_of
from outreach.wording import small

tastes = group("tastes", "Show and write the taste ledger of a person.")
policy = group("policy", "Show, read and keep the review policy of a person.")


@subcommand(tastes, "show")
@click.argument("ref")
def show_tastes(session: Session, ref: str) -> None:
    """Show what a person enjoys, and what her followers do, with what each rests on and how sure it is.

    \b
    Example:
      outreach tastes show @mayareadsbynight
    """
    with session.reading() as store:
        ledger = ledger_of(store, refs.person_id(ref))
    entries = (*ledger.own, *ledger.audience)
    session.show(ledger, lambda: [line for each in entries for line in _entry(session, each)])


def _entry(session: Session, entry: Entry) -> Iterator[str]:
    words = session.words
    side = "" if entry.side == Side.OWN else f"{words.term('side', entry.side)}: "
    count = f" {entry.count.liked}/{entry.count.said}" if entry.count.said else ""
    sure = small(words.term("confidence", entry.confidence.value))
    yield f"{entry.id}  {side}{words.term('polarity', entry.polarity)}: {words.named(entry.subject)}{count} ({sure})"
    for proof in entry.proofs:
        parts = [words.term("proof", proof.kind), proof.about, words.day(proof.day) if proof.day else "", proof.text]
        yield f"    {', '.join(filter(None, parts))}"


@subcommand(tastes, "note")
@click.argument("ref")
@click.argument("kind", type=click.Choice([kind.value for kind in TasteKind]))
@click.argument("subject")
@click.option("--dislike", "polarity", flag_value="dislike", help="Does not enjoy it.")
@click.option("--never", "polarity", flag_value="limit", help="Never reads it: a limit, which nothing crosses.")
@click.option(
    "--like", "polarity", flag_value="like", default=True, help="Enjoys it; this is meant where none is said."
)
@click.option("--audience", is_flag=True, help="It is a taste of her followers.")
@click.option("--strength", type=click.FloatRange(0.1, 1.0), default=editing.USUAL, show_default=True)
@click.option("--text", default="", help="Her words, or what you saw.")
@click.option("--how", type=click.Choice(["quote", "remark", "post", "rating"]), default="remark", show_default=True)
@click.option("--url", default="", help="Where she said so.")
@click.option("--on", "seen_on", default="", help="When; today where it is not said.")
def note_taste(
    session: Session, ref: str, kind: str, subject: str, polarity: str | None, audience: bool, **given: str
) -> None:
    """Note a taste of the person REF for SUBJECT, which is a KIND.

    \b
    Examples:
      outreach tastes note @mayareadsbynight genre "YA fantasy" --text "A stubborn heroine" --how quote
      outreach tastes note p12 genre horror --never
    """
    new = NewTaste(TasteKind(kind), subject, Polarity(polarity or "like"), Side.AUDIENCE if audience else Side.OWN,
                   float(given["strength"]), given["text"], given["url"], given["seen_on"], given["how"])  # fmt: skip
    with session.writing() as store:
        made, _ = editing.note_taste(store, refs.person_id(ref), new)
    session.show({"id": made}, lambda: [session.words.say("tastes.noted", id=str(made))])


@subcommand(tastes, "remove")
@click.argument("number", type=int)
def remove_taste(session: Session, number: int) -> None:
    """Take the taste NUMBER, as "tastes show" names it, off its ledger.

    \b
    Example:
      outreach tastes remove 14
    """
    with session.writing() as store:
        editing.remove_taste(store, number)
    session.show({"removed": number}, lambda: [session.words.say("tastes.removed", id=str(number))])


@subcommand(policy, "show")
@click.argument("ref")
def show_policy(session: Session, ref: str) -> None:
    """Show what a person says she accepts.

    \b
    Example:
      outreach policy show p12
    """
    with session.reading():
        card = card_of(refs.person_id(ref))
    session.show(plain(card) if card else None, lambda: list(_card(session, card)) if card else [])


def _card(session: Session, card: Card) -> Iterator[str]:
    words = session.words
    if card.is_open is not None:
        yield words.say("policy.open" if card.is_open else "policy.closed", phrase=card.open_phrase)
    if card.weeks:
        yield words.say("policy.weeks", weeks=card.weeks, phrase=card.weeks_phrase)
    if card.genres_only:
        yield words.say("policy.only")
    for rule in card.rules:
        code = "policy.yes" if rule.allows else "policy.no"
        yield words.say(code, kind=words.term("policy_kind", rule.kind), what=rule.key, phrase=rule.phrase)
    yield words.say("policy.read_on", read_day=card.read_on, url=card.url)


@subcommand(policy, "read")
@click.argument("ref")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", default="", help="Where the policy stands.")
@click.option("--accept", multiple=True, metavar="KIND[:KEY]", help="Keep this of what was read, such as genre:horror; "
              "“all” for everything. Without it nothing is kept.")  # fmt: skip
def read(session: Session, ref: str, file: Path, url: str, accept: tuple[str, ...]) -> None:
    """Read the policy of the person REF from the text FILE, say what it says, and keep what is accepted.

    \b
    Examples:
      outreach policy read p12 policy.txt
      outreach policy read p12 policy.txt --accept all --url maya.example/policy
    """
    path = file.expanduser()
    check_file(path)
    text, _ = decoded(path)
    found = read_policy(text)
    if not found:
        raise KnownError("policies.nothing_read")
    kept = [each for each in found if "all" in accept or _name(each) in accept or each.kind in accept]
    unknown = sorted(set(accept) - {"all"} - {_name(each) for each in found} - {each.kind for each in found})
    if unknown:
        raise KnownError("policies.not_read", what=", ".join(unknown), known=", ".join(map(_name, found)))
    if kept:
        with session.writing() as store:
            save_card(store, refs.person_id(ref), card_of_proposals(kept, text, url))
    data = [plain(each) | {"kept": each in kept} for each in found]
    session.show(data, lambda: [_proposal(session, each, is_kept=each in kept) for each in found])


@subcommand(policy, "remove")
@click.argument("ref")
def remove_policy(session: Session, ref: str) -> None:
    """Take the card of a person away.

    \b
    Example:
      outreach policy remove p12
    """
    with session.writing() as store:
        person = refs.person_id(ref)
        remove_card(store, person)
    session.show({"removed": f"p{person}"}, lambda: [session.words.say("policy.removed", ref=f"p{person}")])


def _name(each: Proposal) -> str:
    return f"{each.kind}:{each.key}" if each.key else each.kind


def _proposal(session: Session, each: Proposal, *, is_kept: bool) -> str:
    what = f"{_name(each)} {each.weeks}" if each.weeks else _name(each)
    code = "policy.yes" if each.allows else "policy.no"
    line = session.words.say(code, kind=session.words.term("policy_kind", each.kind), what=what, phrase=each.phrase)
    return f"✓ {line}" if is_kept else f"  {line}"
