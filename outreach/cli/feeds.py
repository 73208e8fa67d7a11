"""Feeds: add, list, discover, find, pause, resume, forget."""

import click

from outreach.cli.frame import Session, group, subcommand, table
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.feeds import following
from outreach.services.feeds.following import FeedRow, NewFeed
from outreach.services.feeds.kinds import FeedKind, FeedState

feeds = group("feeds", "Blogs, newsletters, podcasts and profiles that are looked through for mentions of your titles.")

_REFS = click.argument("refs_", metavar="FEED…", nargs=-1, required=True)
_PRIVATE = click.option(
    "--allow-private", is_flag=True, help="Its computer is of your own network, and may be asked all the same."
)


@subcommand(feeds, "add")
@click.argument("address")
@click.option("--person", help="Whose it is.")
@click.option("--kind", type=click.Choice([kind.value for kind in FeedKind]), default="blog", help="What it is of.")
@_PRIVATE
def add(session: Session, address: str, person: str | None, kind: str, allow_private: bool) -> None:
    """Follow the feed at ADDRESS. Where ADDRESS is a profile on a service that is known, its feed is followed.

    Nothing is asked for before “feeds find”. “feeds discover” finds the feeds of a site.

    \b
    Examples:
      outreach feeds add https://junipershelves.example/feed --person "Juniper Hale"
      outreach feeds add https://junipershelves.substack.com --person "Juniper Hale"
    """
    from outreach.services.feeds.discovery import feeds_known

    with session.writing() as store:
        known = feeds_known(address)
        new = NewFeed(
            known[0].address if known else address,
            refs.person_id(person) if person else None,
            kind=known[0].kind if known else FeedKind(kind),
            allow_private=allow_private,
        )
        made, _ = following.add_feed(store, new)
        row = next(each for each in following.list_feeds() if each.id == made)
    words = session.words
    session.show(_plain(row), lambda: [words.say("feeds.added", name=row.name, feed=f"f{made}")])


@subcommand(feeds, "list")
@click.option("--person", help="Only those of this person.")
@click.option("--trouble", is_flag=True, help="Only those that are in trouble, and why.")
def list_(session: Session, person: str | None, trouble: bool) -> None:
    """List the feeds that are followed, how they do, and what was found in them.

    \b
    Example:
      outreach feeds list --trouble
    """
    from outreach.wording.feeds import state_of_feed

    with session.reading():
        rows = following.list_feeds(person_id=refs.person_id(person) if person else None)
    rows = [row for row in rows if row.trouble is not None or not trouble]
    words = session.words
    session.show(
        [_plain(row) for row in rows],
        lambda: [
            *table(
                ("", "Feed", "Person", "What", "How it is", "Found"),
                [
                    (f"f{row.id}", row.name, row.person, words.term("feed_kind", row.kind), state_of_feed(words, row),
                     row.found)
                    for row in rows
                ],
            ),
            *(f"f{row.id} {row.name}: {words.trouble(row.trouble)}" for row in rows if row.trouble is not None),
            words.count("feeds", len(rows)),
        ],
    )  # fmt: skip


@subcommand(feeds, "discover")
@click.argument("address", required=False)
@click.option("--person", help="Look at the accounts of this person.")
@click.option("--follow", is_flag=True, help="Follow what is found.")
@_PRIVATE
def discover(session: Session, address: str | None, person: str | None, follow: bool, allow_private: bool) -> None:
    """Find the feeds of a profile or a site, or of a person's accounts, and say what they are.

    \b
    Examples:
      outreach feeds discover https://junipershelves.example
      outreach feeds discover --person "Juniper Hale" --follow
    """
    from outreach.errors import KnownError
    from outreach.services.feeds import discovery
    from outreach.services.mail.transport import trusted

    if not address and not person:
        raise click.UsageError(said("Name an ADDRESS, or --person."))
    with session.reading() as store, session.working(said("Finding feeds")) as job:
        whose = refs.person_id(person) if person else None
        places = [address] if address else discovery.sites_of(whose or 0)
        if not places:
            raise KnownError("feeds.no_sites", person=person)
        found, troubles, tls = [], [], trusted(session.ca_file)
        for place in places:
            try:
                found += discovery.discover(place, tls, store, job, allow_private=allow_private)
            except KnownError as error:
                troubles.append(error)
    if not found:
        raise troubles[0]
    if follow:
        new = [NewFeed(each.address, whose, each.title, each.kind, allow_private) for each in found]
        with session.writing() as store:
            following.add_feeds(store, new)
    words = session.words
    session.show(
        found,
        lambda: [
            *table(
                ("Address", "Feed", "What", "Entries"),
                [(each.address, each.title, words.term("feed_kind", each.kind), each.entries) for each in found],
            ),
            words.count("feeds.followed" if follow else "feeds.discovered", len(found)),
        ],
    )


def _find(session: Session, refs_: tuple[str, ...], read_all: bool) -> None:
    from outreach.services.feeds.keeping import keep_result
    from outreach.services.feeds.round import plan_round, run_round
    from outreach.services.mail.transport import trusted
    from outreach.wording.feeds import told_of_round

    with session.writing() as store, session.working(said("Finding posts")) as job:
        named = [refs.feed_id(each) for each in refs_] if refs_ else None
        tls = trusted(session.ca_file)
        plan = plan_round(store, named, read_all=read_all)
        done = run_round(plan, lambda result: keep_result(store, result)[0], job, tls)
        names = {row.id: row.name for row in following.list_feeds()}
    words = session.words
    troubles = {feed: words.trouble(error) for feed, error in sorted(done.troubles.items())}
    session.show(
        {
            "feeds": done.feeds, "unchanged": done.unchanged, "found": done.found, "put_off": done.put_off,
            "troubles": [{"feed": f"f{feed}", "code": done.troubles[feed].code, "sentence": told}
                         for feed, told in troubles.items()],
        },
        lambda: [
            *(f"f{feed} {names.get(feed, '')}: {told}" for feed, told in troubles.items()),
            f"{told_of_round(words, done)}.",
        ],
    )  # fmt: skip


_ALL = click.option("--all", "read_all", is_flag=True, help="Read also feeds that have not changed, for new titles.")


@subcommand(feeds, "find")
@click.argument("refs_", metavar="[FEED…]", nargs=-1)
@_ALL
def find(session: Session, refs_: tuple[str, ...], read_all: bool) -> None:
    """Look all feeds through for mentions of your titles, or those named. What is found waits for you to confirm it.

    Each feed is asked whether it has anything new; what one cannot do is told, and the others go on.

    \b
    Examples:
      outreach feeds find
      outreach feeds find f12 --all
    """
    _find(session, refs_, read_all)


@subcommand(feeds, "update", hidden=True)
@click.argument("refs_", metavar="[FEED…]", nargs=-1)
@_ALL
def update(session: Session, refs_: tuple[str, ...], read_all: bool) -> None:
    """Another word for “feeds find”.

    \b
    Example:
      outreach feeds update
    """
    _find(session, refs_, read_all)


@subcommand(feeds, "pause")
@_REFS
def pause(session: Session, refs_: tuple[str, ...]) -> None:
    """Leave feeds alone until they are resumed.

    \b
    Example:
      outreach feeds pause f12
    """
    _set(session, refs_, FeedState.PAUSED)


@subcommand(feeds, "resume")
@_REFS
@_PRIVATE
def resume(session: Session, refs_: tuple[str, ...], allow_private: bool) -> None:
    """Go on with feeds that were paused, are gone, or had put us off.

    \b
    Examples:
      outreach feeds resume f12
      outreach feeds resume f12 --allow-private
    """
    if allow_private:
        with session.writing() as store:
            for each in refs_:
                following.allow_private(store, refs.feed_id(each), allowed=True)
    _set(session, refs_, FeedState.FOLLOWED)


def _set(session: Session, refs_: tuple[str, ...], state: FeedState) -> None:
    with session.writing() as store:
        ids = [refs.feed_id(each) for each in refs_]
        following.set_state(store, ids, state)
    words, shown = session.words, [f"f{each}" for each in ids]
    session.show(
        {"feeds": shown, "state": state.value},
        lambda: [f"{words.term('feed_state', state.value)}: {', '.join(shown)}"],
    )


@subcommand(feeds, "forget")
@_REFS
def forget(session: Session, refs_: tuple[str, ...]) -> None:
    """Stop following feeds. What was found in them goes too; posts that were logged stay.

    \b
    Example:
      outreach feeds forget f12
    """
    with session.writing() as store:
        ids = [refs.feed_id(each) for each in refs_]
        following.forget_feeds(store, ids)
    words = session.words
    session.show({"feeds": [f"f{each}" for each in ids]}, lambda: [words.count("feeds.forgotten", len(ids))])


def _plain(row: FeedRow) -> dict[str, object]:
    trouble = row.trouble
    told = {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "trouble"}
    return {**told, "id": f"f{row.id}", "trouble": trouble.code if trouble is not None else ""}
