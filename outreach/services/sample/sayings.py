"""The words of posts: what was written for a title first, then what readers of its kind say, and nothing twice."""

from collections.abc import Sequence
from random import Random

from outreach.services.posts import PostKind
from outreach.services.sample.phrases import Phrase, pick
from outreach.services.sample.source import Source, TitleSource

#: The form of words that a kind of post takes.
_FORMS = {
    PostKind.POST: "caption",
    PostKind.VIDEO: "caption",
    PostKind.STORY: "caption",
    PostKind.REVIEW: "review",
    PostKind.NEWSLETTER: "letter",
    PostKind.PODCAST: "air",
    PostKind.ON_AIR: "air",
    PostKind.IN_SHOP: "shop",
    PostKind.TALK: "talk",
}

#: Of a hundred posts about a title for which something is written, how many say that.
_WRITTEN = 60
_TRIES = 40


class Sayings:
    """Finds words for posts."""

    def __init__(self, rng: Random, source: Source) -> None:
        self._rng = rng
        self._source = source
        self._used: set[str] = set()

    def written(self, text: str) -> str:
        """Words that were written by hand for one person, which nobody else says."""
        self._used.add(text)
        return text

    def about(self, title: TitleSource, kind: PostKind) -> str:
        """Words for a post about a title; rather none than some that were said before."""
        form = _FORMS[kind]
        own = [text for text in title.said.get(form, ()) if text not in self._used]
        if own and (title.kind != "book" or title.coming or self._rng.random() * 100 < _WRITTEN):
            return self.written(pick(self._rng, own))
        for options in (self._source.theme_of[title.genres[0][0]].posts[form], self._any(title, own)):
            for _ in range(_TRIES if options else 0):
                text = pick(self._rng, options).say(self._rng, self._slots(title))
                if text not in self._used:
                    return self.written(text)
        return ""

    def _any(self, title: TitleSource, own: Sequence[str]) -> Sequence[Phrase]:
        """What else can be said, when a form has run dry."""
        captions = self._source.theme_of[title.genres[0][0]].posts["caption"]
        return (*map(Phrase, own), *captions)

    def _slots(self, title: TitleSource) -> dict[str, str]:
        fill = {slot: pick(self._rng, texts) for slot, texts in self._source.fill.items()}
        return {"title": title.title, "author": title.author, "detail": pick(self._rng, title.details), **fill}
