"""What the sample is made from: the files of ``resources/sample``, read once."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from outreach.paths import resource
from outreach.services.catalogue.genres import load_genres
from outreach.services.sample.phrases import Phrase, Weighted, in_sentence, phrases, plain

#: The forms of what people say about a title.
FORMS = ("caption", "review", "letter", "air", "shop", "talk")


@dataclass(frozen=True, slots=True)
class TitleSource:
    """A title or product of the sample's catalogue, as ``titles.toml`` has it.

    Attributes:
        published: Days from the day the sample is made.
        gifts: How much of the giving is about it, relative to the others.
        comps: Codes of older titles.
        editions: Format, price in pence, pages, copies.
        said: By form, what readers said.
    """

    code: str
    kind: str
    title: str
    subtitle: str
    author: str
    imprint: str
    series: str
    published: int
    gifts: int
    coming: bool
    genres: tuple[tuple[str, float], ...]
    keywords: tuple[str, ...]
    comps: tuple[str, ...]
    editions: tuple[tuple[str, int, int, int], ...]
    hook: str
    description: str
    campaign: str
    details: tuple[str, ...]
    said: Mapping[str, tuple[str, ...]]
    series_number: str = ""
    content_notes: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """Genres that are spoken of alike, and how: posts by form, and the tropes and moods their readers look for."""

    code: str
    genres: tuple[str, ...]
    posts: Mapping[str, tuple[Phrase, ...]]
    tropes: tuple[str, ...]
    moods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What people say of a genre, by polarity; of any genre, what those who follow them ask for."""

    like: tuple[Phrase, ...]
    dislike: tuple[Phrase, ...]
    limit: tuple[Phrase, ...]
    audience: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Culture:
    """Names that go together, each as shown and in plain letters, and how they are put together."""

    given: tuple[tuple[str, str], ...]
    family: tuple[tuple[str, str], ...]
    order: str
    double: int
    greeting: Phrase


@dataclass(frozen=True, slots=True)
class Country:
    """Where people of the sample live; a town has its name, region and the shape of its postcode."""

    code: str
    language: str
    cultures: Weighted[Culture]
    streets: tuple[Phrase, ...]
    towns: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What people do, how many of a hundred have no account, and what is noted of them."""

    code: str
    off_social: int
    organisation: tuple[Phrase, ...]
    job_title: tuple[Phrase, ...]
    notes: tuple[Phrase, ...]
    how_known: tuple[Phrase, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClubSource:
    """A group that may begin around a title; no themes are all of them."""

    name: str
    kind: str
    place: str
    hosts: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Everything the sample is made from.

    Attributes:
        voices: People written by hand, as ``voices.toml`` has them.
        theme_of: By genre, its theme.
        favourites: Genres, by how many have them for a favourite; `refused`, by how many would rather not.
        remarks: By genre.
        called: By genre, its name inside a sentence.
        words: What is said of a trope, a mood, an author, a comp, by kind; and of a format.
        fill: What the slots ``who``, ``where`` and ``when`` of a post may be.
        texts: Further lines about people, by name: policies, notes on those who asked to be left in peace, reasons.
    """

    publisher: str
    titles: tuple[TitleSource, ...]
    voices: tuple[Mapping[str, Any], ...]
    themes: tuple[Theme, ...]
    theme_of: Mapping[str, Theme]
    favourites: Weighted[str]
    remarks: Mapping[str, Remarks]
    called: Mapping[str, str]
    any_remark: Remarks
    words: Mapping[str, tuple[Phrase, ...]]
    formats: Mapping[str, tuple[Phrase, ...]]
    fill: Mapping[str, tuple[str, ...]]
    countries: Weighted[Country]
    roles: Weighted[Role]
    refused: Weighted[str]
    platforms: Weighted[str]
    platform_tags: Mapping[str, str]
    handles: tuple[Phrase, ...]
    handle_words: tuple[tuple[str, ...], tuple[str, ...]]
    texts: Mapping[str, tuple[Phrase, ...]]
    clubs: tuple[ClubSource, ...]


@cache
def load_source() -> Source:
    """All files of ``resources/sample``."""
    titles, quotes, remarks, people = (_read(name) for name in ("titles", "quotes", "remarks", "people"))
    genres = load_genres()
    themes = tuple(_theme(each, remarks["theme"][each["code"]]) for each in quotes["theme"])
    accounts = people["accounts"]
    roles = ((_role(each, people["how_known"]), each["share"]) for each in people["role"])
    return Source(
        publisher=titles["house"]["publisher"],
        titles=tuple(map(_title, titles["title"])),
        voices=tuple(_read("voices")["voice"]),
        themes=themes,
        theme_of={genre: theme for theme in themes for genre in theme.genres},
        favourites=Weighted((code, each["weight"]) for code, each in remarks["genre"].items()),
        remarks={code: _remarks(each) for code, each in remarks["genre"].items()},
        called={code: each.get("called") or in_sentence(genres.name(code)) for code, each in remarks["genre"].items()},
        any_remark=_remarks(remarks),
        words={kind: phrases(texts) for kind, texts in remarks["words"].items()},
        formats={name: phrases(texts) for name, texts in remarks["format"].items()},
        fill={slot: tuple(texts) for slot, texts in quotes["slots"].items()},
        countries=_countries(_read("names")),
        roles=Weighted(roles),
        refused=Weighted((code, weight) for code, weight in remarks["refused"]),
        platform_tags=accounts["tags"],
        platforms=Weighted((code, weight) for code, weight in accounts["platforms"]),
        handles=phrases(accounts["handles"]),
        handle_words=(tuple(accounts["word1"]), tuple(accounts["word2"])),
        texts={
            "closed": phrases(people["policy"]["closed"]),
            "open": phrases(people["policy"]["open"]),
            "suppressed": phrases(people["suppressed"]["notes"]),
            **{f"deal.{kind}": phrases(texts) for kind, texts in people["deals"].items()},
            **{f"why.{kind}": phrases(texts) for kind, texts in people["why"].items()},
        },
        clubs=tuple(
            ClubSource(each["name"], each["kind"], each["place"], tuple(each["hosts"]), tuple(each["themes"]))
            for each in _read("clubs")["club"]
        ),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("sample", f"{name}.toml").read_text(encoding="utf-8"))


def _title(data: Mapping[str, Any]) -> TitleSource:
    return TitleSource(
        code=data["code"],
        kind=data.get("kind", "book"),
        title=data["title"],
        subtitle=data.get("subtitle", ""),
        author=data["author"],
        imprint=data["imprint"],
        series=data.get("series", ""),
        published=data["published"],
        gifts=data["gifts"],
        coming=data.get("coming", False),
        genres=tuple((code, weight) for code, weight in data["genres"]),
        keywords=tuple(data["keywords"]),
        comps=tuple(data["comps"]),
        editions=tuple((form, price, pages, copies) for form, price, pages, copies in data["editions"]),
        hook=data["hook"],
        description=data["description"],
        campaign=data.get("campaign", ""),
        details=tuple(data["details"]),
        said={form: tuple(texts) for form, texts in data["said"].items()},
        series_number=data.get("series_number", ""),
        content_notes="\n".join(data.get("content_notes", ())),
        about=data.get("about", ""),
    )


def _theme(data: Mapping[str, Any], looked_for: Mapping[str, Sequence[str]]) -> Theme:
    posts = {form: phrases(data[form]) for form in FORMS}
    return Theme(data["code"], tuple(data["genres"]), posts, tuple(looked_for["trope"]), tuple(looked_for["mood"]))


def _remarks(data: Mapping[str, Any]) -> Remarks:
    return Remarks(*(phrases(data.get(name, ())) for name in ("like", "dislike", "limit", "audience")))


def _role(data: Mapping[str, Any], how_known: Mapping[str, Sequence[str]]) -> Role:
    return Role(
        code=data["code"],
        off_social=data["off_social"],
        organisation=phrases(data.get("organisation", ())),
        job_title=phrases(data.get("job_title", ())),
        notes=phrases(data["notes"]),
        how_known=phrases(how_known[data["code"]]),
        tags=tuple(data["tags"]),
    )


def _countries(data: Mapping[str, Any]) -> Weighted[Country]:
    cultures = {
        name: Culture(
            given=tuple(map(_spelled, each["given"])),
            family=tuple(map(_spelled, each["family"])),
            order=each.get("order", ""),
            double=each.get("double", 0),
            greeting=Phrase(each.get("greeting", "")),
        )
        for name, each in data["culture"].items()
    }
    countries = []
    for code, each in data["country"].items():
        towns = [town.split("|") for town in each["towns"]]
        country = Country(
            code=code,
            language=each["language"],
            cultures=Weighted((cultures[name], weight) for name, weight in each["cultures"]),
            streets=phrases(each["streets"]),
            towns=tuple((town, region, postcode) for town, region, postcode in towns),
        )
        countries.append((country, each["weight"]))
    return Weighted(countries)


def _spelled(name: str) -> tuple[str, str]:
    """A name as shown, and in plain letters."""
    shown, _, latin = name.partition("|")
    return shown, latin or plain(shown)
