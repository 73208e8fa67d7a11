"""What came of people, as outcomes with evidence; and whom a roster lacks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, plain, subcommand, table
from outreach.cli.people_group import people
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.campaigns import coverage as covering
from outreach.services.exporting.csvfile import write_csv
from outreach.services.people.rosters import roster_named
from outreach.services.review import influence as moving
from outreach.services.review.influence import Came, Influence, Proof
from outreach.wording.influence import (
    apart_words,
    coverage_lines,
    coverage_table,
    figure_words,
    influence_table,
    person_lines,
    proof_words,
    rate_words,
)

_OUT = click.option("--out", type=click.Path(path_type=Path), help="Write it to this CSV file.")
_CAMPAIGN = click.option("--campaign", help="Only of this campaign.")


@subcommand(people, "influence")
@click.argument("ref", required=False)
@_CAMPAIGN
@click.option("--first", type=click.Choice([each.value for each in Came]), default=Came.JOINERS.value,
              show_default=True, help="By which outcome they are put in order first.")  # fmt: skip
@_OUT
def influence(session: Session, ref: str | None, campaign: str | None, first: str, out: Path | None) -> None:
    """List of whom something came: joiners, copies, clubs, introductions, posts; with REF what came of one person.

    Each figure goes from what was seen, or stands in somebody's books, to what is also claimed. There is no score, and
    the number of followers is not looked at. What was agreed or paid for is counted apart.

    \b
    Examples:
      outreach people influence --first copies
      outreach people influence p12
      outreach people influence --campaign m3 --out came-of-it.csv
    """
    words = session.words
    with session.reading() as store:
        within = refs.campaign_id(campaign) if campaign else None
        found = moving.influence(store, within, Came(first))
        if ref:
            who = refs.person_id(ref)
            found = [each for each in found if each.person_id == who]
            proofs = moving.proofs_of(store, who, within)
    if out is not None:
        write_csv(out.expanduser(), *influence_table(words, found))
        counted = words.count("influence.people", len(found))
        session.show({"file": str(out), "people": len(found)},
                     lambda: [words.say("influence.wrote", people=counted, file=str(out))])  # fmt: skip
    elif ref:
        session.show({"people": [_data(each) for each in found], "proofs": [_proof(each) for each in proofs]},
                     lambda: _of_one(session, f"p{who}", found, proofs))  # fmt: skip
    else:
        session.show([_data(each) for each in found], lambda: _listed(session, found))


@subcommand(people, "coverage")
@_CAMPAIGN
@click.option("--roster", help="Of this roster, held against all titles.")
@_OUT
def coverage(session: Session, campaign: str | None, roster: str | None, out: Path | None) -> None:
    """Say which genres, audiences, countries and kinds of voice a campaign's people lack, or a roster's, or everyone.

    A campaign's people are held against its titles, all others against the whole catalogue.

    \b
    Examples:
      outreach people coverage --campaign m3
      outreach people coverage --out whom-we-lack.csv
    """
    if campaign and roster:
        raise click.UsageError(said("Say --campaign or --roster."))
    words = session.words
    with session.reading() as store:
        found = covering.coverage(
            store, refs.campaign_id(campaign) if campaign else None, roster_named(roster) if roster else None
        )
    heads, rows = coverage_table(words, found)
    if out is not None:
        write_csv(out.expanduser(), heads, rows)
        session.show({"file": str(out)}, lambda: [words.say("coverage.wrote", file=str(out))])
        return

    def lines() -> Iterator[str]:
        about = words.say("coverage.of", name=found.name) if found.name else words.say("coverage.everyone")
        sizes = (words.count("coverage.people", found.people), words.count("coverage.titles", found.titles))
        yield click.style(f"{about}: {', '.join(sizes)}", bold=True)
        yield from coverage_lines(words, found)
        yield from table(heads, rows)

    session.show({**plain(found), "sentences": list(coverage_lines(words, found))}, lines)


def _data(of: Influence) -> dict[str, Any]:
    figures = {came.value: {**plain(figure), "low": figure.low, "high": figure.high}
               for came, figure in of.figures.items()}  # fmt: skip
    apart = [{"deal": deal or "before_contact", "outcome": came.value, "number": number}
             for (deal, came), number in of.apart.items()]  # fmt: skip
    return {"id": f"p{of.person_id}", "name": of.name, "figures": figures, "posted": plain(of.posted),
            "introduced": plain(of.introduced), "apart": apart}  # fmt: skip


def _proof(proof: Proof) -> dict[str, Any]:
    return {**plain(proof), "person_id": f"p{proof.person_id}", "deal": proof.deal or "before_contact"}


def _listed(session: Session, found: list[Influence]) -> Iterator[str]:
    words = session.words
    if not found:
        yield words.say("influence.nobody")
        return
    yield words.say("influence.about")
    heads = ("", "Person", *(words.term("came", each) for each in Came), "Posted", "Counted apart")
    yield from table(heads, [
        (f"p{each.person_id}", each.name, *(figure_words(words, each.figures.get(came)) for came in Came),
         rate_words(words, each.posted, "posted"), apart_words(words, each).partition(": ")[2])
        for each in found
    ])  # fmt: skip
    yield words.count("influence.people", len(found))


def _of_one(session: Session, ref: str, found: list[Influence], proofs: list[Proof]) -> Iterator[str]:
    words = session.words
    if not found:
        yield words.say("influence.nothing_of", person=ref)
    for each in found:
        yield click.style(f"{each.name}  {ref}", bold=True)
        yield from person_lines(words, each)
    for proof in proofs:
        head, how = proof_words(words, proof)
        yield "  ".join(filter(None, (proof.ref, head, how)))
