"""What is kept of a title: columns by name, and its parts, each from text as people write it."""

from collections.abc import Mapping, Sequence
from typing import Any

from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.catalogue.genres import load_genres
from outreach.services.catalogue.text import (
    AUTHOR,
    FIRST_WEIGHT,
    FURTHER_WEIGHT,
    authors_of,
    comps_of,
    keywords_of,
    people_of,
    series_of,
    subjects_of,
)
from outreach.store.models import CompTitle, Contributor, ItemGenre, Keyword, SubjectCode

#: The columns of an item that can be edited by name.
EDITABLE = (
    "title", "subtitle", "author", "series", "series_number", "description", "hook", "content_notes", "reading_age",
    "imprint", "publisher", "client", "language", "pub_date", "on_sale_date", "review_embargo", "sales_embargo",
)  # fmt: skip
#: The parts of an item that can be edited by name; see `catalogue_text` for how they are written.
PARTS = ("contributors", "comps", "subjects", "keywords")
_DAYS = ("pub_date", "on_sale_date", "review_embargo", "sales_embargo")
_LINES = ("description", "content_notes")
_ARTICLES = ("the ", "a ", "an ")


def title_columns(title: str) -> dict[str, str]:
    """The columns that hold a title: as shown, as compared, as sorted."""
    key = fold(title)
    article = next((word for word in _ARTICLES if key.startswith(word) and key != word.strip()), "")
    return {"title": title, "title_key": key, "sort_title": key.removeprefix(article)}


def item_columns(values: Mapping[str, str]) -> dict[str, Any]:
    """The columns that some values make; a client and parts are not among them.

    Raises:
        KnownError: ``catalogue.unknown_field``, ``catalogue.bad_date``, ``catalogue.no_title``,
            ``catalogue.bad_subject``.
    """
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name not in EDITABLE and name not in PARTS:
            raise KnownError("catalogue.unknown_field", name=name, known=", ".join((*EDITABLE, *PARTS)))
        if name in _DAYS:
            columns[name] = parse_day(value) if value else None
            if value and columns[name] is None:
                raise KnownError("catalogue.bad_date", name=name, value=value)
        elif name in EDITABLE and name != "client":
            columns[name] = clean_lines(value) if name in _LINES else clean(value)
    if "title" in columns:
        if not columns["title"]:
            raise KnownError("catalogue.no_title")
        columns |= title_columns(columns["title"])
    if "series" in columns:
        series, number = series_of(columns["series"], columns.get("series_number", ""))
        columns |= {"series": series} | ({"series_number": number} if number else {})
    if "contributors" in values:
        authors = [name for role, name, _ in people_of(values["contributors"]) if role == AUTHOR]
        columns["author"] = ", ".join(authors)
        columns["author_key"] = fold(authors[0]) if authors else ""
    elif "author" in columns:
        authors = authors_of(columns["author"])
        columns["author"] = ", ".join(authors)
        columns["author_key"] = fold(authors[0]) if authors else ""
    _refuse_wrong_subjects(values)
    return columns


def write_parts(item_id: int, values: Mapping[str, str]) -> None:
    """Set the parts of an item that are named, inside the caller's operation."""
    if "contributors" in values:
        _set_people(item_id, people_of(values["contributors"]))
    elif "author" in values:
        _set_authors(item_id, values["author"])
    if "comps" in values:
        CompTitle.delete().where(CompTitle.item == item_id).execute()
        for title, author in comps_of(values["comps"]):
            CompTitle.create(item=item_id, title=title, key=fold(title), author=author)
    if "subjects" in values:
        SubjectCode.delete().where(SubjectCode.item == item_id).execute()
        for position, (scheme, code, heading) in enumerate(subjects_of(values["subjects"])[0]):
            SubjectCode.create(item=item_id, scheme=scheme, code=code, heading=heading, position=position)
    if "keywords" in values:
        Keyword.delete().where(Keyword.item == item_id).execute()
        for position, (word, key) in enumerate(keywords_of(values["keywords"])):
            Keyword.create(item=item_id, word=word, key=key, position=position)


def write_genres(item_id: int, codes: Sequence[str]) -> None:
    """Set the genres of an item, inside the caller's operation; those that stay keep their weight."""
    before = {row.genre: row.weight for row in ItemGenre.select().where(ItemGenre.item == item_id)}
    ItemGenre.delete().where(ItemGenre.item == item_id).execute()
    for place, code in enumerate(dict.fromkeys(codes)):
        usual = FIRST_WEIGHT if place == 0 else before.get(code, FURTHER_WEIGHT)
        ItemGenre.create(item=item_id, genre=code, weight=usual)


def genre_code(word: str) -> str:
    """The genre of our list that a word means.

    Raises:
        KnownError: ``catalogue.unknown_genre``.
    """
    genres = load_genres()
    if word in genres.by_code:
        return word
    found = genres.of_word(word)
    if found is None:
        raise KnownError("catalogue.unknown_genre", word=word, known=", ".join(sorted(genres.by_code)))
    return found.code


def _refuse_wrong_subjects(values: Mapping[str, str]) -> None:
    wrong = subjects_of(values.get("subjects", ""))[1]
    if wrong:
        raise KnownError("catalogue.bad_subject", value=wrong[0])


def _set_people(item_id: int, people: Sequence[tuple[str, str, str]]) -> None:
    Contributor.delete().where(Contributor.item == item_id).execute()
    for position, (role, name, biography) in enumerate(people):
        Contributor.create(item=item_id, role=role, name=name, position=position, biography=biography)


def _set_authors(item_id: int, text: str) -> None:
    """The authors change, everyone else and what is known of those who stay remains."""
    people = Contributor.select().where(Contributor.item == item_id).order_by(Contributor.position)
    before = [(row.role, row.name, row.biography) for row in people]
    known = {fold(name): biography for _, name, biography in before}
    authors = [(AUTHOR, name, known.get(fold(name), "")) for name in authors_of(clean(text))]
    _set_people(item_id, [*authors, *(each for each in before if each[0] != AUTHOR)])
