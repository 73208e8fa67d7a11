"""Words of a post that we would print: exactly as they were said, cuts marked, and held against the finished book."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, clean_lines
from outreach.services.rights.terms import is_faithful
from outreach.store.database import Store
from outreach.store.models import Edition, Gift, Post, Quote

#: Forms of a book that are not its finished one.
_PROOFS = ("proof", "egalley")


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """Words that are quoted.

    Attributes:
        passage: The passage that they stand in, in full.
        source: The address of the post, or where it was said.
        from_proof: Whether they quote a proof.
        checked_on: The ISO day on which they were held against the finished book; empty before that.
    """

    id: int
    post_id: int
    text: str
    passage: str
    source: str
    from_proof: bool
    checked_on: str
    checked_by: str
    by: str

    @property
    def to_check(self) -> bool:
        """Whether they are to be held against the finished book first."""
        return self.from_proof and not self.checked_on


def keep_quote(
    store: Store, post_id: int, text: str, *, passage: str = "", source: str = "", from_proof: bool | None = None
) -> tuple[int, Changes]:
    """Keep words of a post to print.

    Args:
        store: The open workspace.
        post_id: The post.
        text: The words, with "…" where something is left out.
        passage: The passage in full, where the post's own text is not it.
        source: Where it was said, where the post has no address.
        from_proof: Whether a proof is quoted; if not said, told by the copy she was given.

    Raises:
        KnownError: ``rights.no_words``, ``rights.no_passage``, ``rights.not_as_said``.
    """
    post = Post.get_by_id(post_id)
    words, whole = clean_lines(text), clean_lines(passage) or post.text
    if not words:
        raise KnownError("rights.no_words")
    if not whole:
        raise KnownError("rights.no_passage")
    if not is_faithful(words, whole):
        raise KnownError("rights.not_as_said", words=words[:120])
    proof = had_proof(post) if from_proof is None else from_proof
    with store.operation(Op.KEEP_QUOTE) as written:
        made = Quote.create(
            post=post_id, text=words, passage=whole, source=clean(source) or post.url or "", from_proof=int(proof),
            by=store.by, created_at=store.now(),
        )  # fmt: skip
    return int(made.id), written.changes


def check_quote(store: Store, post_id: int, quote_id: int) -> Changes:
    """Note that words from a proof were held against the finished book, and stand in it so.

    Raises:
        KnownError: ``rights.no_quote`` where the post has no such quote.
    """
    _must_be_of(post_id, quote_id)
    with store.operation(Op.KEEP_QUOTE) as written:
        today = store.today().isoformat()
        Quote.update(checked_on=today, checked_by=store.by).where(Quote.id == quote_id).execute()
    return written.changes


def drop_quote(store: Store, post_id: int, quote_id: int) -> Changes:
    """Let words go that will not be printed.

    Raises:
        KnownError: ``rights.no_quote`` where the post has no such quote.
    """
    _must_be_of(post_id, quote_id)
    with store.operation(Op.KEEP_QUOTE) as written:
        Quote.delete().where(Quote.id == quote_id).execute()
    return written.changes


def _must_be_of(post_id: int, quote_id: int) -> None:
    if not Quote.select().where((Quote.id == quote_id) & (Quote.post == post_id)).exists():
        raise KnownError("rights.no_quote", post=f"o{post_id}", quote=quote_id)


def quotes_of(posts: Sequence[int]) -> dict[int, list[QuoteRow]]:
    """By post the words that are quoted from it, in the order in which they were kept."""
    found: dict[int, list[QuoteRow]] = {}
    for row in Quote.select().where(Quote.post.in_(list(posts))).order_by(Quote.id):
        quote = QuoteRow(
            row.id, row.post_id, row.text, row.passage, row.source, bool(row.from_proof), row.checked_on or "",
            row.checked_by, row.by,
        )  # fmt: skip
        found.setdefault(row.post_id, []).append(quote)
    return found


def had_proof(post: Post) -> bool:
    """Whether the copy that a post follows was a proof."""
    forms = Gift.select(Edition.format).join(Edition).where(Gift.id == post.gift_id)
    return any(form in _PROOFS for (form,) in forms.tuples())
