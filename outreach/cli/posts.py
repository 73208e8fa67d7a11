"""Posts: add, list."""

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.services import posts as service
from outreach.services import refs
from outreach.services.posts import Nature, NewPost, PostKind

posts = group("posts", "Note who spoke about a title, on social media or off it.", {"posts_found": ("found",)})


@subcommand(posts, "add")
@click.argument("url", required=False, default="")
@click.option("--person", help="Who; the handle in the address tells it where it is known.")
@click.option("--item", help="About which title; their gift tells it when there is only one.")
@click.option("--kind", type=click.Choice([kind.value for kind in PostKind]), help="What it is.")
@click.option("--on", callback=day_option, help="The day, if it was not today.")
@click.option("--text", default="", help="Their words.")
def add(
    session: Session, url: str, person: str | None, item: str | None, kind: str | None, on: str | None, text: str
) -> None:
    """Note a post by its URL, or a mention off social media without one.

    What lies behind it (organic, in kind, paid, or from before we wrote) is worked out and kept with its reason.

    \b
    Examples:
      outreach posts add https://www.tiktok.com/@mayareadsbynight/video/7301
      outreach posts add --person "Gwen Abara" --item i7 --kind on_air --text "Read page 61 on air"
    """
    with session.writing() as store:
        new = NewPost(
            url=url,
            person_id=refs.person_id(person) if person else None,
            item_id=refs.item_id(item) if item else None,
            kind=PostKind(kind) if kind else None,
            posted_on=on or "",
            text=text,
        )
        post, _ = service.add_post(store, new)
        row = next(each for each in service.list_posts() if each.id == post)
    words = session.words
    session.show(
        {**plain(row), "id": f"o{post}"},
        lambda: [
            words.say(
                "posts.added",
                post=f"o{post}",
                person=row.person,
                title=row.title,
                nature=words.term("nature", row.nature),
                reason=words.term("nature_reason", row.nature_reason),
            )
        ],
    )


@subcommand(posts, "list")
@click.option("--item", help="Only posts about this title.")
@click.option("--person", help="Only posts by this person.")
@click.option("--nature", type=click.Choice([nature.value for nature in Nature]))
@click.option("--since", callback=day_option, help="Only posts from this day on.")
def list_posts(session: Session, item: str | None, person: str | None, nature: str | None, since: str | None) -> None:
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
            since=since or "",
        )
    words = session.words
    session.show(
        plain(rows),
        lambda: [
            *table(
                ("", "Day", "Person", "Title", "What", "Nature", "Words"),
                [
                    (
                        f"o{row.id}",
                        words.day(row.posted_on),
                        row.person,
                        row.title,
                        words.term("post_kind", row.kind),
                        words.term("nature", row.nature),
                        row.text or row.url,
                    )
                    for row in rows
                ],
            ),
            words.count("posts", len(rows)),
        ],
    )
