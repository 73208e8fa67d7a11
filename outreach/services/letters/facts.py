"""What a template may show: every fact by its dotted name, with its meaning and an example."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a letter can say.

    Attributes:
        name: Its dotted name in a template, such as ``person.first_name``.
        meaning: What it is, for the list of facts.
        example: A value, for previews without a person.
        optional: Whether it is often empty, so that a template should do without it where it is.
    """

    name: str
    meaning: str
    example: str
    optional: bool = False


FACTS: tuple[Fact, ...] = (
    Fact("person.name", "The person's whole name", "Maya Okonjo-Reyes"),
    Fact("person.first_name", "The name a friend would use", "Maya"),
    Fact("person.greeting", "The whole salutation", "Dear Maya"),
    Fact("person.role", "What they do", "creator", optional=True),
    Fact("person.city", "Where they live", "Bristol", optional=True),
    Fact("person.country", "The country they live in", "United Kingdom", optional=True),
    Fact("person.handle", "The name of their main account", "@mayareads", optional=True),
    Fact("person.platform", "Where that account is", "Instagram", optional=True),
    Fact("person.address_short", "Their postal address in a few words", "Lark & Lit, Unit 6, Bristol", optional=True),
    Fact("person.loved.title", "A book they told others they loved", "River of Keys", optional=True),
    Fact(
        "person.loved.quote",
        "What they said about it, in their own words",
        "I closed it and then just held it for a while",
        optional=True,
    ),
    Fact("person.loved.verb", "What they did: wrote about, ranked, read aloud", "wrote about", optional=True),
    Fact("book.title", "The title", "Daughters of the Tidewall"),
    Fact("book.author", "Who wrote it", "Ines Marchetti"),
    Fact(
        "book.one_line",
        "The book in one line",
        "Four sisters keep the wall that keeps the sea out. The sea has begun to ask for them by name.",
    ),
    Fact("book.format", "The format of the finished book", "hardback", optional=True),
    Fact("book.publisher", "The publisher", "Finch & Marlow"),
    Fact("book.imprint", "The publisher's brand on the spine", "Tern Books", optional=True),
    Fact("book.pub_date", "The day it comes out", "4 March 2027"),
    Fact(
        "book.description",
        "The book in a paragraph or two",
        "On an island that should have drowned, four sisters mend a wall by hand.\n\n"
        "When the youngest hears the tide say her name, the others have one winter to find out what it wants.",
        optional=True,
    ),
    Fact("copy.format", "The kind of copy we would send", "hardback"),
    Fact(
        "opening",
        "The first line, written for this person alone",
        "Your shelf of drowned cities made me miss my stop on Tuesday.",
    ),
    Fact("club.name", "The club that the letter is about", "Night Shift Readers", optional=True),
    Fact("club.host", "Who began it, by first name", "Maya", optional=True),
    Fact("session.day", "The day of its session", "Thursday 26 November", optional=True),
    Fact("session.hour", "The hour of its session, with the club's time zone", "19:30 (Europe/London)", optional=True),
    Fact("session.place", "The link of its session, or where it is", "Discord", optional=True),
    Fact("session.reading", "What is read by then", "Chapters 1 to 8", optional=True),
    Fact("session.author", "The author who joins it", "Ines Marchetti", optional=True),
    Fact("introduction.names", "Whom the person introduced", "Tom Ash and Ida Moss", optional=True),
    Fact("me.name", "Your whole name", "Hanna Okafor"),
    Fact("me.first_name", "Your first name", "Hanna"),
    Fact("me.organisation", "Who you write for", "Finch & Marlow", optional=True),
    Fact("me.email", "Your e-mail address", "hanna@finchandmarlow.example"),
    Fact("me.postal_address", "Your postal address, which a pitch must give", "12 Quay Street, Bristol BS1 4QA"),
    Fact("me.signature", "The lines under your name", "Publicity, Finch & Marlow", optional=True),
    Fact(
        "lines.no_obligation",
        "The sentence that says nothing is asked in return",
        "There is no need to post about it, review it or even finish it.",
    ),
    Fact(
        "lines.disclosure",
        "What to tell readers about a free copy, by country",
        "If you do mention it anywhere, let people know that it came free from us, "
        "for example “gifted by Finch & Marlow”.",
    ),
    Fact(
        "lines.opt_out",
        "How to hear no more from us",
        "If you would rather not hear from me, answer with “stop” and I won't write again.",
    ),
)


def example_facts() -> dict[str, Any]:
    """The examples of all facts, nested as a template reads them."""
    facts: dict[str, Any] = {}
    for fact in FACTS:
        *groups, leaf = fact.name.split(".")
        group = facts
        for name in groups:
            group = group.setdefault(name, {})
        group[leaf] = fact.example
    return facts
