"""Several people at once: who may be the same, rosters, archive, tags, and whom to let go."""

from collections.abc import Iterator

import click

from outreach.cli.frame import Session, subcommand, table
from outreach.cli.people_group import people
from outreach.services import refs
from outreach.services.people import duplicates, retention
from outreach.services.people.bulk import BulkChange, archive_people, change_people
from outreach.services.people.people import people_rows
from outreach.services.people.rosters import put_on_roster, rosters, take_off_roster


@subcommand(people, "doubles")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many pairs.")
def doubles(session: Session, limit: int) -> None:
    """List pairs who may be the same person, the surest first.

    \b
    Example:
      outreach people doubles
    """
    with session.reading() as store:
        found = duplicates.pairs(store)
        shown = [(pair, duplicates.names_of(pair)) for pair in found[:limit]]
    words = session.words
    session.show(
        [
            {"first": f"p{pair.first_id}", "second": f"p{pair.second_id}", "names": list(names), "reason": pair.reason}
            for pair, names in shown
        ],
        lambda: [
            *(
                f"p{pair.first_id} {names[0]} / p{pair.second_id} {names[1]}: {words.term('double', pair.reason)}"
                for pair, names in shown
            ),
            words.count("people.pairs", len(found)),
        ],
    )


@subcommand(people, "not-same")
@click.argument("one")
@click.argument("other")
def not_same(session: Session, one: str, other: str) -> None:
    """Remember that two people are not the same, so that they are not proposed again.

    \b
    Example:
      outreach people not-same p12 p341
    """
    with session.writing() as store:
        first, second = refs.person_id(one), refs.person_id(other)
        duplicates.say_not_same(store, first, second)
    session.show(
        {"first": f"p{first}", "second": f"p{second}"},
        lambda: [session.words.say("people.not_same", one=f"p{first}", other=f"p{second}")],
    )


@subcommand(people, "roster")
@click.argument("name", required=False)
@click.option("--add", "added", multiple=True, metavar="REF", help="Put somebody on it.")
@click.option("--drop", "dropped", multiple=True, metavar="REF", help="Take somebody off it.")
def roster(session: Session, name: str | None, added: tuple[str, ...], dropped: tuple[str, ...]) -> None:
    """List the rosters, or who is on one, or change who is.

    \b
    Example:
      outreach people roster "Spring romance" --add p12 --add p40
    """
    if name and (added or dropped):
        with session.writing() as store:
            if added:
                put_on_roster(store, name, [refs.person_id(each) for each in added])
            if dropped:
                take_off_roster(store, name, [refs.person_id(each) for each in dropped])
    with session.reading() as store:
        if name and not dropped:
            rows = people_rows(store, refs.on_roster(name))
            session.show(rows, lambda: [f"p{row.id}  {row.name}" for row in rows])
            return
        every = rosters()
    session.show(every, lambda: [f"{each.name}: {session.words.count('people', each.people)}" for each in every])


@subcommand(people, "archive")
@click.argument("names", nargs=-1, required=True, metavar="REF...")
@click.option("--back", is_flag=True, help="Take them out of the archive again.")
def archive(session: Session, names: tuple[str, ...], back: bool) -> None:
    """Put people out of the lists; nothing of theirs is lost, and they are found by their names.

    \b
    Example:
      outreach people archive p12
    """
    with session.writing() as store:
        chosen = [refs.person_id(each) for each in names]
        archive_people(store, chosen, archive=not back)
    ids = [f"p{each}" for each in chosen]
    session.show({"people": ids}, lambda: [session.words.say("people.edited", ref=", ".join(ids))])


@subcommand(people, "change")
@click.argument("names", nargs=-1, required=True, metavar="REF...")
@click.option("--tag", "tags", multiple=True, help="Put a tag on them.")
@click.option("--untag", "untags", multiple=True, help="Take a tag off them.")
@click.option("--owner", default="", help="Who of us looks after them; - for nobody.")
@click.option("--roster", "on_roster", default="", help="Put them on a roster.")
@click.option("--off-roster", default="", help="Take them off a roster.")
def change(
    session: Session, names: tuple[str, ...], tags: tuple[str, ...], untags: tuple[str, ...], owner: str,
    on_roster: str, off_roster: str,
) -> None:  # fmt: skip
    """Change several people at once, in one step of undo.

    \b
    Example:
      outreach people change p12 p40 p41 --tag "night readers" --owner HO
    """
    with session.writing() as store:
        chosen = [refs.person_id(each) for each in names]
        change_people(store, chosen, BulkChange(tags, untags, owner, on_roster, off_roster))
    ids = [f"p{each}" for each in chosen]
    session.show({"people": ids}, lambda: [session.words.say("people.edited", ref=", ".join(ids))])


@subcommand(people, "retention")
@click.option("--months", type=click.IntRange(1, 1200), default=None, help="After so many months of silence.")
@click.option("--keep", "kept", multiple=True, metavar="REF", help="Keep somebody on purpose; the clock begins again.")
def retention_(session: Session, months: int | None, kept: tuple[str, ...]) -> None:
    """Propose whom to let go, as nothing has happened with them for long. Nothing is deleted; you decide.

    \b
    Example:
      outreach people retention --months 24
    """
    if kept:
        with session.writing() as store:
            retention.keep_people(store, [refs.person_id(each) for each in kept])
    with session.reading() as store:
        found = retention.proposals(store, months or 0)
    session.show(found, lambda: _proposals(session, found))


def _proposals(session: Session, found: list[retention.Proposal]) -> Iterator[str]:
    words = session.words
    yield from table(
        ("", words.say("people.col_name"), words.say("people.col_what"), words.say("people.col_last")),
        [(f"p{each.person_id}", each.name, words.term("proposal", each.kind), words.day(each.last)) for each in found],
    )
    yield words.count("people.proposals", len(found))
