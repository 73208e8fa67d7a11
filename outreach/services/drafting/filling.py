"""A fact that a letter lacks: filled in once and kept where it belongs, or its sentence left out of this letter."""

import re
from dataclasses import replace

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services.catalogue.catalogue import edit_item
from outreach.services.drafting.drafts import LetterText
from outreach.services.letters.facts import FACTS
from outreach.services.letters.parts import html_of, text_of
from outreach.services.people.people import edit_person
from outreach.store.database import Store
from outreach.store.models import KeptFact

#: Facts that are columns of the person or the title.
_PERSON = {"person.name": "name", "person.first_name": "given_name", "person.greeting": "greeting",
           "person.country": "country", "person.role": "role"}  # fmt: skip
_BOOK = {"book.title": "title", "book.author": "author", "book.one_line": "hook", "book.publisher": "publisher",
         "book.imprint": "imprint", "book.pub_date": "pub_date", "book.description": "description"}  # fmt: skip
_LONGEST = 2000


def belongs_to(fact: str) -> str:
    """Where a fact is kept: ``person``, ``title``, ``sender``, ``letter`` for the line of this letter alone."""
    group = fact.partition(".")[0]
    return {"person": "person", "book": "title", "copy": "title", "me": "sender", "lines": "sender"}.get(
        group, "letter"
    )


def keep_fact(store: Store, fact: str, value: str, person_id: int, item_id: int) -> Changes:
    """Keep what was filled in for a fact: on the person or the title that it tells of.

    Args:
        store: The open workspace.
        fact: Its dotted name.
        value: What it says.
        person_id: To whom the letter goes.
        item_id: What it is about.

    Raises:
        KnownError: ``letters.unknown_fact``, ``letters.empty_fact``, or whatever the column does not take, such as
            ``catalogue.bad_value``.
    """
    said = clean(value)[:_LONGEST]
    if fact not in {each.name for each in FACTS} or belongs_to(fact) not in ("person", "title"):
        raise KnownError("letters.unknown_fact", fact=fact)
    if not said:
        raise KnownError("letters.empty_fact")
    if fact in _PERSON:
        return edit_person(store, person_id, {_PERSON[fact]: said})
    if fact in _BOOK:
        return edit_item(store, item_id, {_BOOK[fact]: said})
    whose = {"person": person_id} if belongs_to(fact) == "person" else {"item": item_id}
    with store.operation(Op.KEEP_FACT) as written:
        KeptFact.create(**whose, name=fact, value=said, noted_on=store.today().isoformat(), by=store.by)
    return written.changes


def leave_out(letter: LetterText, fact: str) -> LetterText:
    """A letter without the sentences that lack a fact; what is left of its paragraph stays.

    >>> from outreach.services.drafting.drafts import LetterText
    >>> given = LetterText(1, "", "", "Hello", "", "", "One. You said ⟦x⟧. Two.", ("x",))
    >>> leave_out(given, "x").markdown
    'One. Two.'
    """
    mark = f"⟦{fact}⟧"
    paragraphs = []
    for paragraph in letter.markdown.split("\n\n"):
        kept = _without(paragraph, mark)
        if kept.strip():
            paragraphs.append(kept)
    markdown = "\n\n".join(paragraphs)
    subject = " ".join(letter.subject.replace(mark, "").split())
    missing = tuple(each for each in letter.missing if each != fact)
    return replace(letter, markdown=markdown, text=text_of(markdown), html=html_of(markdown), missing=missing,
                   subject=subject)  # fmt: skip


def _without(paragraph: str, mark: str) -> str:
    if mark not in paragraph:
        return paragraph
    pieces = re.split(r"(?<=[.!?”])(\s+)", paragraph)
    sentences = [(pieces[n], pieces[n + 1] if n + 1 < len(pieces) else "") for n in range(0, len(pieces), 2)]
    return "".join(said + gap for said, gap in sentences if mark not in said).rstrip()
