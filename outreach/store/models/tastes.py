"""What people read, what their tastes rest on, what their review policies say.

The match reads three things of a person, and each says something of its own:

* `Reading`: an event. She read (or gave up, or wants to read) a book; with stars, a plain "liked it", or neither.
* `TasteNote` (in `people`): a standing word on a subject, hers or her followers', with the `TasteEvidence` below it.
  ``limit`` is a hard never, which does not fade.
* `ReviewPolicy` (in `people`) with its `PolicyRule`: what she says she accepts. It stops letters and gifts.
"""

from peewee import FloatField, IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.catalogue import Item
from outreach.store.models.gifts import Outcome, Post
from outreach.store.models.people import Person, ReviewPolicy, TasteNote


class Reading(Table):
    """One book of a person's reading, once however often it is told.

    ``status`` is ``read``, ``reading``, ``dnf`` (did not finish) or ``to_read`` (wants to, and has not). ``rating`` is
    0.5 to 5 stars, None for none. ``liked`` is what was said without stars: 1, 0, None for nothing. ``published`` is
    the year of first publication. ``source`` is ``goodreads``, ``storygraph``, ``list``, ``post``, ``answer`` or
    ``stated``, with that program's own number in ``outside_id``. What the book is about is told by the item's genres
    where ``item`` is known and has some, else by `ReadingSubject`.
    """

    person = link(Person)
    item = link(Item, "SET NULL", null=True)
    title = TextField()
    title_key = TextField()
    author = text_field()
    author_key = text_field()
    isbn13 = TextField(null=True)
    status = text_field("read")
    rating = FloatField(null=True)
    liked = IntegerField(null=True)
    read_on = TextField(null=True)
    published = IntegerField(null=True)
    review = text_field()
    source = TextField()
    outside_id = text_field()
    post = link(Post, "SET NULL", null=True)
    by = text_field()
    created_at = TextField()


class ReadingSubject(Table):
    """What a book is about as its reader's shelves tell: ``kind`` is ``genre`` (key: our code) or ``mood``."""

    reading = link(Reading)
    kind = TextField()
    subject = TextField()
    key = TextField()


class TasteEvidence(Table):
    """What a taste rests on.

    ``kind`` is ``post``, ``quote``, ``remark``, ``answer`` (to a gift of ours), ``rating``, ``shelf`` (an export of
    hers) or ``list`` (a list of ours). ``seen_on`` is when she said it; from there it fades.
    """

    taste_note = link(TasteNote)
    kind = TextField()
    text = text_field()
    url = text_field()
    seen_on = TextField(null=True)
    post = link(Post, "SET NULL", null=True)
    outcome = link(Outcome, null=True)
    rating = FloatField(null=True)


class PolicyRule(Table):
    """One thing that a review policy says.

    ``kind`` is ``genre`` (key: our code), ``format`` (hardback, paperback, proof, egalley, ebook, audiobook),
    ``country`` (where she takes parcels, ISO 3166) or ``site`` (where she posts, which only informs). ``allows`` is 1
    or 0, ``phrase`` her words.
    """

    policy = link(ReviewPolicy)
    kind = TextField()
    key = TextField()
    allows = IntegerField()
    phrase = text_field()


class SubjectHeading(Table):
    """A code of a list that the user loaded, with its heading and, where she says so, the genre of ours it means."""

    scheme = TextField()
    code = TextField()
    heading = text_field()
    genre = text_field()
