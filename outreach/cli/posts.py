"""Posts: add, list, edit, remove; their pictures and what was counted below them lie in modules of their own."""

import sys

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.errors import KnownError
from outreach.services import posts as service
from outreach.services import refs
from outreach.services.posts import Nature, NewPost, PostKind, PostRow

posts = group(
    "posts",
    "Note who spoke about a title, on social media or off it.",
    {"posts_rights": ("permission", "use", "quote"), "posts_disclosure": ("disclosure", "proof"),
     "post_counts": ("counts", "import-counts"), "post_story": ("story", "show"),
     "posts_found": ("found",)},
)  # fmt: skip

_KINDS = click.Choice([kind.value for kind in PostKind])
PERSON = click.option("--person", help="Who; the handle in the address tells it where it is known.")
ITEM = click.option("--item", help="About which title; their gift tells it when there is only one.")
ON = click.option("--on", callback=day_option, help="The day, if it was not today.")
TEXT = click.option("--text", default="", help="Their words.")


@subcommand(posts, "add")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@PERSON
@ITEM
@click.option("--kind", type=_KINDS, help="What it is.")
@ON
@TEXT
@click.option("--outlet", default="", help="Where it was said: a station, a newsletter, a shop, an event.")
@click.option("--told-by", default="", help="Who told you of it.")
def add(
    session: Session, urls: tuple[str, ...], person: str | None, item: str | None, kind: str | None, on: str | None,
    text: str, outlet: str, told_by: str,
) -> None:  # fmt: skip
    """Note posts by their URLs, or a mention off social media without one. "-" reads lines from standard input.

    What lies behind each (organic, in kind, paid, or from before we wrote) is worked out and kept with its reason.
    Several are noted all or none.

    \b
    Examples:
      outreach posts add https://www.tiktok.com/@mayareadsbynight/video/7301
      outreach posts add --person "Gwen Abara" --item i7 --kind on_air --outlet "Radio Bristol" --told-by Sam
      outreach posts add - < links.txt
    """
    if not urls and not person:
        raise KnownError("posts.nothing_said")
    if len(urls) > 1 and (text or outlet):
        raise KnownError("posts.one_each", number=len(urls))
    pasted = service.read_pasted(sys.stdin.read()) if urls == ("-",) else [NewPost(url, text=text) for url in urls]
    if urls == ("-",) and not pasted:
        raise KnownError("posts.nothing_said")
    with session.writing() as store:
        who = refs.person_id(person) if person else None
        what = refs.item_id(item) if item else None
        new = [
            NewPost(each.url, who, what, PostKind(kind) if kind else None, on or "", each.text, outlet, told_by)
            for each in pasted or [NewPost(text=text)]
        ]
        made, _ = service.add_posts(store, new)
        rows = {row.id: row for row in service.list_posts(ids=made)}
    shown = [{**plain(rows[post]), "id": f"o{post}"} for post in made]
    session.show(
        shown if len(shown) > 1 else shown[0],
        lambda: [told(session, "posts.added", rows[post]) for post in made],
    )


def told(session: Session, code: str, row: PostRow) -> str:
    """A post as a sentence: whose, about what, and what lies behind it."""
    words = session.words
    return words.say(
        code,
        post=f"o{row.id}",
        person=row.person,
        title=row.title,
        nature=words.term("nature", row.nature),
        reason=words.term("nature_reason", row.nature_reason),
    )


@subcommand(posts, "edit")
@click.argument("ref")
@PERSON
@ITEM
@click.option("--kind", type=_KINDS, help="What it is.")
@ON
@click.option("--text", help="Their words.")
@click.option("--outlet", help="Where it was said.")
@click.option("--told-by", help="Who told you of it.")
def edit(
    session: Session, ref: str, person: str | None, item: str | None, kind: str | None, on: str | None,
    text: str | None, outlet: str | None, told_by: str | None,
) -> None:  # fmt: skip
    """Put a post right. REF is a post, such as o12. Its gift and its nature follow.

    \b
    Example:
      outreach posts edit o12 --item "The Salt Orchard" --on 2027-03-04
    """
    with session.writing() as store:
        post = refs.post_id(ref)
        given = {
            "person": refs.person_id(person) if person else None, "item": refs.item_id(item) if item else None,
            "kind": kind, "posted_on": on, "text": text, "outlet": outlet, "told_by": told_by,
        }  # fmt: skip
        values = {name: value for name, value in given.items() if value is not None}
        if not values:
            raise KnownError("posts.no_change", post=f"o{post}")
        service.edit_post(store, post, values)
        row = service.list_posts(ids=[post])[0]
    session.show({**plain(row), "id": f"o{post}"}, lambda: [told(session, "posts.edited", row)])


@subcommand(posts, "remove")
@click.argument("ref")
def remove(session: Session, ref: str) -> None:
    """Take a post off the log, with what it taught. REF is a post, such as o12.

    \b
    Example:
      outreach posts remove o12
    """
    with session.writing() as store:
        post = refs.post_id(ref)
        service.remove_post(store, post)
    session.show({"removed": f"o{post}"}, lambda: [session.words.say("posts.removed", post=f"o{post}")])


@subcommand(posts, "list")
@click.option("--item", help="Only posts about this title.")
@click.option("--person", help="Only posts by this person.")
@click.option("--nature", type=click.Choice([nature.value for nature in Nature]))
@click.option("--kind", type=_KINDS, help="Only what was said so.")
@click.option("--since", callback=day_option, help="Only posts from this day on.")
def list_posts(
    session: Session, item: str | None, person: str | None, nature: str | None, kind: str | None, since: str | None
) -> None:
    """List posts, the newest first.

    \b
    Example:
      outreach posts list --since 2027-03-01 --nature organic
    """
    with session.reading():
        rows = service.list_posts(
            item_id=refs.item_id(item) if item else None,
            person_id=refs.person_id(person) if person else None,
            nature=Nature(nature) if nature else None,
            kind=PostKind(kind) if kind else None,
            since=since or "",
        )
    words = session.words
    session.show(
        rows,
        lambda: [
            *table(
                ("", "Day", "Person", "Title", "What", "Nature", "Words"),
                [
                    (
                        f"o{row.id}",
                        words.day(row.posted_on),
                        row.person,
                        row.title,
                        row.outlet or words.term("post_kind", row.kind),
                        words.term("nature", row.nature),
                        row.text or row.url,
                    )
                    for row in rows
                ],
            ),
            words.count("posts", len(rows)),
        ],
    )
