"""The letters that a sample has sent: a pitch, and a thank-you with a picture, so that its history is not empty."""

from datetime import timedelta

from outreach.changes import Op
from outreach.paths import resource
from outreach.services.drafting.facts import FactMaker
from outreach.services.drafting.keeping import build_letters, keep_drafts
from outreach.services.drafting.orders import LetterOrder, LetterText
from outreach.services.drafting.post_letters import THANKS, opening
from outreach.services.drafting.senders import sender
from outreach.services.drafting.templates import as_text, template_named
from outreach.services.letters.parts import parts_of
from outreach.services.letters.sandbox import LetterProblems, render
from outreach.store import filebox
from outreach.store.database import Store
from outreach.store.models import Attachment, EmailAddress, Gift, Item, Letter, Post

_PITCH, _LINE = "first-pitch", "I look after the books at Finch & Marlow, and this one made me think of your shelf."
_PICTURE, _AGO = "sill.jpg", (9, 4)


def write_letters(store: Store) -> None:
    """Write them, to someone who has been asked and to someone who said something; after the sender is known."""
    reached = EmailAddress.select(EmailAddress.person)
    asked = (Gift.state == "asked") & Gift.person.in_(reached)
    gift = Gift.select().join(Item).where(asked).order_by(Item.pub_date.desc(), Gift.id).first()
    said = (Post.nature == "organic") & (Post.text != "") & Post.item.is_null(False) & Post.person.in_(reached)
    post = Post.select().where(said).order_by(Post.posted_on, Post.id).first()
    with store.operation(Op.FILL_SAMPLE, undoable=False):
        if gift is not None:
            _send(store, _PITCH, gift.item_id, gift.person_id, _LINE, _AGO[0])
        if post is not None:
            letter = _send(store, THANKS, post.item_id, post.person_id, opening(post), _AGO[1])
            content = resource(f"sample/pictures/{_PICTURE}").read_bytes()
            digest, suffix = filebox.keep_bytes(store.folder, content, ".jpg", _PICTURE)
            Attachment.create(letter=letter, name=_PICTURE, hash=digest, suffix=suffix, size=len(content),
                              added_at=store.now(), by=store.by)  # fmt: skip


def _send(store: Store, template: str, item: int, person: int, line: str, ago: int) -> int:
    """Keep a letter as sent so many days ago; its id."""
    facts = FactMaker(item, [person], store.today())
    made = render(as_text(template_named(template)), facts.facts(person, sender(), line))
    assert not isinstance(made, LetterProblems), made.missing
    text, html = parts_of(made.text)
    letter = LetterText(person, facts.name(person), facts.email(person), made.subject, text, html, made.text)
    order = LetterOrder(template, item, (person,), {person: line})
    (built,), _ = build_letters(store, [letter], sender())
    (kept,) = keep_drafts(store, order, [built])
    at = (store.moment() - timedelta(days=ago)).isoformat(timespec="seconds")
    Letter.update(state="sent", drafted_at=at, approved_at=at, sent_at=at).where(Letter.id == kept).execute()
    return kept
