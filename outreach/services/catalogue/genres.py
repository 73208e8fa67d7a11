"""Our list of genres, and what the words of readers and the codes of publishers mean in it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from outreach.fields.text import fold
from outreach.paths import resource


@dataclass(frozen=True, slots=True)
class Genre:
    """One genre of the list.

    Attributes:
        code: What is stored.
        name: What is shown.
        thema: The nearest Thema heading.
        within: The genres that hold this one.
    """

    code: str
    name: str
    thema: str
    within: tuple[str, ...] = ()


class Genres:
    """The list, looked up by code, by word, or by subject code."""

    def __init__(
        self, by_code: Mapping[str, Genre], words: Mapping[str, str], prefixes: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.by_code = by_code
        self._words = words
        self._prefixes = prefixes
        # A longer name is looked for first: "historical romance" is not romance, nor is it historical fiction.
        longest = sorted(words, key=lambda word: (-len(word), word))
        self._named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])") if longest else None

    def of_word(self, text: str) -> Genre | None:
        """The genre that a word means, such as "cozy mystery"."""
        code = self._words.get(fold(text))
        return self.by_code[code] if code else None

    def of_shelf(self, text: str) -> Genre | None:
        """The genre that the name of a shelf means, which has no blanks: "young-adult", "ya_fantasy"."""
        return self.of_word(text) or self.of_word(re.sub(r"[-_+ ]+", " ", text))

    def spans(self, text: str) -> list[tuple[int, int, Genre]]:
        """The genres that a folded text names, each with the place where it begins and ends."""
        found = self._named.finditer(text) if self._named else ()
        return [(match.start(), match.end(), self.by_code[self._words[match.group()]]) for match in found]

    def named_in(self, text: str) -> list[Genre]:
        """The genres that a text names, each once."""
        return list({genre.code: genre for _, _, genre in self.spans(fold(text))}.values())

    def covers(self, code: str, other: str) -> bool:
        """Whether a genre is another one or holds it: who never reads crime does not read cosy crime either."""
        return code == other or (other in self.by_code and code in self.by_code[other].within)

    def of_subject(self, scheme: str, code: str) -> Genre | None:
        """The genre of a subject code; the longest prefix that is known decides.

        Args:
            scheme: ``thema`` or ``bisac``.
            code: Such as ``YFH`` or ``FIC022070``.
        """
        prefixes = self._prefixes.get(scheme, {})
        for length in range(len(code), 0, -1):
            found = prefixes.get(code[:length].upper())
            if found:
                return self.by_code[found]
        return None

    def kin(self, code: str) -> tuple[str, ...]:
        """Genres that hold this one or are held by it, as their Thema headings tell: crime and cosy crime."""
        thema = self.by_code[code].thema if code in self.by_code else ""
        return tuple(
            other.code
            for other in self.by_code.values()
            if thema and other.code != code and (other.thema.startswith(thema) or thema.startswith(other.thema))
        )

    def name(self, code: str) -> str:
        """The shown name of a code; a code that is no longer in the list is shown as it is."""
        genre = self.by_code.get(code)
        return genre.name if genre else code


@cache
def load_genres() -> Genres:
    """The list as it stands in ``resources/genres.toml``."""
    data = tomllib.loads(resource("genres.toml").read_text(encoding="utf-8"))["genre"]
    by_code = {
        each["code"]: Genre(each["code"], each["name"], each["thema"], tuple(each.get("within", ()))) for each in data
    }
    words = {fold(word): each["code"] for each in data for word in (*each["words"], each["name"], each["code"])}
    prefixes = {
        scheme: {prefix.upper(): each["code"] for each in data for prefix in each[f"{scheme}_prefixes"]}
        for scheme in ("thema", "bisac")
    }
    return Genres(by_code, words, prefixes)
