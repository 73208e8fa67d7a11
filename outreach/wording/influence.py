"""What came of people, and whom a roster lacks, in words and as tables."""

from collections.abc import Iterable, Iterator, Sequence

from outreach.services.campaigns.coverage import FEW, Cover, Coverage, Facet
from outreach.services.catalogue.genres import load_genres
from outreach.services.review.influence import Came, Figure, Influence, Proof
from outreach.services.review.rates import Rate
from outreach.services.sales.log import Evidence as Strength
from outreach.wording.words import Words

#: So many countries are named at most.
_MOST = 6


def figure_words(words: Words, figure: Figure | None) -> str:
    """How much is known of an outcome: from what was seen to what is claimed; nothing where there is none."""
    if figure is None or not figure.high:
        return ""
    high = words.number(figure.high)
    return high if figure.low == figure.high else words.say("influence.range", low=figure.low, high=figure.high)


def strengths(words: Words, figure: Figure) -> str:
    """How sure an outcome is, such as "12 verified, 10 claimed"."""
    parts = ((figure.verified, Strength.VERIFIED), (figure.seen, Strength.SEEN), (figure.claimed, Strength.CLAIMED))
    return ", ".join(
        words.say("influence.strength", number=number, strength=words.term("sale_evidence", how).lower())
        for number, how in parts if number
    )  # fmt: skip


def rate_words(words: Words, rate: Rate, what: str) -> str:
    """A share with its likely range, or that there are too few to say; nothing where there is nothing to divide.

    Args:
        words: The user's language.
        rate: The share.
        what: ``posted`` of gifts, or ``introduced`` of people.
    """
    if not rate.whole:
        return ""
    facts = {"part": rate.part, "whole": rate.whole}
    if rate.low is None or rate.high is None:
        return words.say(f"influence.{what}_few", **facts)
    return words.say(f"influence.{what}", **facts, low=words.share(rate.low), high=words.share(rate.high))


def apart_words(words: Words, of: Influence) -> str:
    """What came that something was agreed for, or that came before we wrote; empty for nothing."""
    parts = [
        words.say("influence.apart_part", came=_apart(words, came), number=number,
                  deal=words.term("behind", deal) if deal else words.say("influence.before"))
        for (deal, came), number in sorted(of.apart.items()) if number
    ]  # fmt: skip
    return words.say("influence.apart", parts="; ".join(parts)) if parts else ""


def _apart(words: Words, came: Came) -> str:
    # A post that something was agreed for is no organic one.
    return words.tr("Posts") if came is Came.POSTS else words.term("came", came)


def person_lines(words: Words, of: Influence) -> Iterator[str]:
    """What came of a person, an outcome a line."""
    for came in Came:
        if of.number(came):
            figure = of.figures[came]
            yield f"{words.term('came', came)}: {figure_words(words, figure)} ({strengths(words, figure)})"
    yield from filter(None, (rate_words(words, of.posted, "posted"), rate_words(words, of.introduced, "introduced"),
                             apart_words(words, of)))  # fmt: skip


def proof_words(words: Words, proof: Proof) -> tuple[str, str]:
    """Something that came of a person, and how it is known."""
    number = words.number(proof.number) if proof.number != 1 else ""
    head = f"{words.term('came_proof', proof.came)}: {', '.join(filter(None, (proof.about, number)))}".strip(": ")
    agreed = words.say("influence.before") if not proof.deal else words.term("behind", proof.deal)
    deal = "" if proof.deal == "gift" else agreed
    how = words.term("sale_evidence", proof.strength).lower()
    return head, ", ".join(filter(None, (words.day(proof.day), how, deal)))


def influence_table(words: Words, found: Iterable[Influence]) -> tuple[list[str], list[list[str]]]:
    """What came of people as a table: of each outcome what is known at most, and what of it was seen or is in books."""
    heads = [words.tr("Ref"), words.tr("Person")]
    for came in Came:
        heads += [words.term("came", came), words.tr("{what}, seen or verified", what=words.term("came", came))]
    heads += [words.tr("Gifts that arrived"), words.tr("Of these posted"), words.tr("Likely from"),
              words.tr("Likely to"), words.tr("Introduced"), words.tr("Of these something came"),
              words.tr("Counted apart")]  # fmt: skip
    return heads, [_cells(words, each) for each in found]


def _cells(words: Words, of: Influence) -> list[str]:
    figures = [of.figures.get(came, Figure()) for came in Came]
    numbers = [str(number) for figure in figures for number in (figure.high, figure.low)]
    few = words.say("review.too_few") if of.posted.whole else ""
    likely = [few if each is None else f"{each:.3f}" for each in (of.posted.low, of.posted.high)]
    rates = [str(of.posted.whole), str(of.posted.part), *likely, str(of.introduced.whole), str(of.introduced.part)]
    return [f"p{of.person_id}", of.name, *numbers, *rates, apart_words(words, of)]


def cover_name(words: Words, row: Cover) -> str:
    """What a row of the coverage is about."""
    if row.facet in (Facet.GENRES, Facet.AUDIENCES):
        genre = load_genres().by_code.get(row.key)
        return words.named(genre.name) if genre else row.key
    return words.country(row.key) if row.facet is Facet.COUNTRIES else words.term("role", row.key)


def coverage_lines(words: Words, found: Coverage) -> Iterator[str]:
    """Whom a roster lacks, in sentences."""
    if not found.titles:
        yield words.say("coverage.no_titles")
    if found.titles and not any(row.is_lacking for row in found.of(Facet.GENRES)):
        yield words.say("coverage.full")
    for facet, code in ((Facet.GENRES, "genre"), (Facet.AUDIENCES, "audience")):
        for row in found.of(facet):
            genre = cover_name(words, row)
            if row.is_lacking:
                yield words.say(f"coverage.lacks_{code}", genre=genre)
            elif row.people < FEW:
                yield words.count(f"coverage.few_{code}", row.people, genre=genre)
    for facet, code in ((Facet.ROLES, "roles"), (Facet.COUNTRIES, "countries")):
        lacking = [row for row in found.of(facet) if row.is_lacking]
        if lacking:
            names = words.listing([_known(words, row) for row in lacking], _MOST)
            yield words.say(f"coverage.lacks_{code}", **{code: names})
    for facet, people in found.untold.items():
        if people:
            yield words.count(f"coverage.untold_{facet}", people)


def _known(words: Words, row: Cover) -> str:
    name = cover_name(words, row)
    return words.say("coverage.some", name=name, number=row.elsewhere) if row.elsewhere else name


def coverage_table(words: Words, found: Coverage) -> tuple[list[str], list[Sequence[str]]]:
    """How a roster covers what it is for, as a table."""
    heads = [words.tr("What"), words.tr("Name"), words.tr("Titles"), words.tr("On it"), words.tr("You also know")]
    return heads, [
        (words.term("facet", row.facet), cover_name(words, row), words.number(row.titles) if row.titles else "",
         words.number(row.people), words.number(row.elsewhere))
        for row in found.rows
    ]  # fmt: skip
