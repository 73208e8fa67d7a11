"""Found posts: what feeds said of our titles, as it seems."""

import click

from outreach.cli.frame import Session, plain, subcommand, table
from outreach.cli.posts import posts
from outreach.services import refs
from outreach.services.feeds.found import found_posts, not_about_us
from outreach.services.feeds.kinds import FoundState


@subcommand(posts, "found")
@click.option("--state", type=click.Choice([state.value for state in FoundState]), default="waiting", show_default=True)
@click.option("--dismiss", multiple=True, metavar="REF", help="Say that a found post, such as n12, is not about you.")
def found(session: Session, state: str, dismiss: tuple[str, ...]) -> None:
    """List the posts that were found in feeds, the newest first, with what says that they speak of a title.

    \b
    Examples:
      outreach posts found
      outreach posts found --dismiss n12
    """
    from outreach.wording.feeds import why_found

    if dismiss:
        with session.writing() as store:
            not_about_us(store, [refs.found_post_id(each) for each in dismiss])
    with session.reading():
        rows = found_posts(state=FoundState(state))
    words = session.words
    session.show(
        [{**plain(row), "id": f"n{row.id}", "feed_id": f"f{row.feed_id}"} for row in rows],
        lambda: [
            *table(
                ("", "Day", "Person", "Title", "How sure", "Words", "Why"),
                [
                    (f"n{row.id}", words.day(row.published_at[:10]), row.person or row.author, row.item,
                     words.term("mention_confidence", row.confidence), row.passage, why_found(words, row.proofs))
                    for row in rows
                ],
            ),
            words.count("posts.found", len(rows)),
        ],
    )  # fmt: skip
