"""Letters about a post: a thank-you, a request for leave to use it, a request to tell readers of the gift.

Each is a draft that a person reads and approves. Rendering starts a child process, so it is done before the operation
that keeps the letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.drafting import drafts
from outreach.services.drafting.drafts import LetterOrder, LetterText, Problem
from outreach.services.drafting.senders import sender
from outreach.services.drafting.templates import save_starters
from outreach.services.letters.language import language
from outreach.store.database import Store
from outreach.store.models import LetterTemplate, Person, Post

THANKS = "thank-you"
PERMISSION = "permission-request"
DISCLOSURE = "disclosure-request"
_SHORT_QUOTE = 300


@dataclass(frozen=True, slots=True)
class PostLetter:
    """A letter about a post, rendered and not yet kept; about none where its number is nought."""

    post_id: int
    order: LetterOrder
    letter: LetterText


def prepare(store: Store) -> None:
    """Put the templates that a workspace of an earlier version lacks into it; on the thread that writes."""
    there = {name for (name,) in LetterTemplate.select(LetterTemplate.name).distinct().tuples()}
    if not {THANKS, PERMISSION, DISCLOSURE} <= there:
        save_starters(store, sender().language)


def render(store: Store, post_id: int, template: str, job: Job | None = None) -> PostLetter:
    """Write a letter about a post, to whoever made it.

    Raises:
        KnownError: ``posts.whose`` for one of which nobody is known, ``posts.about_what`` for one about no title, or
            why she cannot be written to, such as ``letters.to_nobody``.
    """
    post = Post.get_by_id(post_id)
    if post.person_id is None:
        raise KnownError("posts.whose", post=f"o{post_id}")
    if post.item_id is None:
        raise KnownError("posts.about_what", post=f"o{post_id}")
    order = LetterOrder(template, post.item_id, (post.person_id,), {post.person_id: opening(post)})
    letters, problems = drafts.preview(store, order, job)
    if not letters:
        raise _refused(problems, post.person_id)
    return PostLetter(post_id, order, letters[0])


def keep(store: Store, made: PostLetter) -> int:
    """Keep a letter as a draft inside the caller's operation; its id."""
    return drafts.keep_draft(store, made.order, made.letter)


def render_thanks(store: Store, person_id: int, item_id: int, line: str, job: Job | None = None) -> PostLetter:
    """Write a thank-you to someone of whom no post is known, with the line that says for what.

    Raises:
        KnownError: why she cannot be written to.
    """
    order = LetterOrder(THANKS, item_id, (person_id,), {person_id: line})
    letters, problems = drafts.preview(store, order, job)
    if not letters:
        raise _refused(problems, person_id)
    return PostLetter(0, order, letters[0])


def thank(store: Store, made: PostLetter) -> tuple[int, Changes]:
    """Keep a thank-you that was rendered, as a draft for a person to approve; the letter's id."""
    with store.operation(Op.THANK) as written:
        letter = keep(store, made)
    return letter, written.changes


def author_of(post_id: int) -> str:
    """The name of whoever made a post, empty where it is not known."""
    found = Post.select(Person.name).join(Person).where(Post.id == post_id).tuples().first()
    return str(found[0]) if found else ""


def opening(post: Post) -> str:
    """The line that says which post a letter is about."""
    said = language(sender().language).openings
    if 0 < len(post.text) <= _SHORT_QUOTE:
        return said["post_said"].format(text=post.text) + (f" ({post.url})" if post.url else "")
    return said["post_meant"].format(url=post.url) if post.url else said["post_spoke"]


def _refused(problems: Sequence[Problem], person_id: int) -> KnownError:
    """Why no letter could be written, as an error of its own: the sentences of problems are told, not raised."""
    why = problems[0].code if problems else ""
    name = Person.get_by_id(person_id).name
    code = {"letters.no_email": "post_letters.no_email", "letters.suppressed": "post_letters.suppressed",
            "letters.not_yet": "post_letters.not_yet", "letters.away": "post_letters.not_yet"}.get(why)  # fmt: skip
    return KnownError(code or "post_letters.not_written", person=name)
