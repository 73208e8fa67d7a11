"""Posts: what is kept of one, and the vault of stories, which are gone in a day."""

from pathlib import Path

import click

from outreach.cli.frame import Session, plain, subcommand
from outreach.cli.post_counts import count_lines, counts_data
from outreach.cli.posts import ITEM, ON, PERSON, TEXT, posts
from outreach.services import posts as service
from outreach.services import refs
from outreach.services.posts import NewPost, PostKind, stories
from outreach.services.posts.embargo import broken_embargo
from outreach.services.posts.readings import counts_of


@subcommand(posts, "story")
@click.argument("file", type=click.Path(path_type=Path))
@PERSON
@ITEM
@ON
@TEXT
@click.option("--post", help="The post it is a picture of, such as o12, if that is noted already.")
def story(
    session: Session, file: Path, person: str | None, item: str | None, on: str | None, text: str, post: str | None
) -> None:
    """Keep a screenshot of a story, which is gone in a day: FILE is a PNG or JPEG picture.

    The file is kept as it came, with the day and its SHA-256; what is shown is a small copy of our own.

    \b
    Examples:
      outreach posts story ~/Desktop/story.png --person @junipershelves
      outreach posts story more.png --post o12
    """
    with session.writing() as store:
        new = NewPost(
            person_id=refs.person_id(person) if person else None,
            item_id=refs.item_id(item) if item else None,
            kind=PostKind.STORY,
            posted_on=on or "",
            text=text,
        )
        known = refs.post_id(post) if post else None
        with session.working(file.name) as job:
            picture = stories.prepare_picture(store.folder, file.expanduser(), job)
        made, _ = stories.keep_story(store, picture, new, post_id=known)
        row = service.list_posts(ids=[made])[0]
    session.show(
        {"post": f"o{made}", "file": picture.name, "hash": picture.hash},
        lambda: [
            session.words.say(
                "stories.kept", file=picture.name, post=f"o{made}", on_day=row.posted_on, hash=picture.hash
            )
        ],
    )


@subcommand(posts, "show")
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    """Show all that is kept of a post: its words, what lies behind it, counts and pictures. REF is such as o12.

    \b
    Example:
      outreach posts show o12
    """
    with session.reading() as store:
        post = refs.post_id(ref)
        row = service.list_posts(ids=[post])[0]
        readings, pictures = counts_of(post), stories.pictures_of(store, post)
        embargo = broken_embargo(post)
    words = session.words

    def lines() -> list[str]:
        told = [
            words.say("posts.head", post=f"o{post}", person=row.person, title=row.title, on_day=row.posted_on),
            words.say("posts.lies_behind", nature=words.term("nature", row.nature),
                      reason=words.term("nature_reason", row.nature_reason)),
        ]  # fmt: skip
        told += [words.say("posts.said_at", outlet=row.outlet)] if row.outlet else []
        told += [words.say("posts.told_by", name=row.told_by)] if row.told_by else []
        told += [words.say("posts.before_embargo", embargo_day=embargo)] if embargo else []
        told += [each for each in (row.url, row.text) if each]
        told += count_lines(session, readings)
        told += [
            words.say("stories.line", file=each.name, width=each.width, height=each.height, on_day=each.taken_on,
                      hash=each.hash)
            for each in pictures
        ]  # fmt: skip
        return told

    session.show(
        {
            **plain(row),
            "id": f"o{post}",
            "before_embargo": embargo,
            "counts": [counts_data(each) for each in readings],
            "pictures": [{"file": each.name, "hash": each.hash, "taken_on": each.taken_on, "path": str(each.path)}
                         for each in pictures],
        },
        lines,
    )  # fmt: skip
