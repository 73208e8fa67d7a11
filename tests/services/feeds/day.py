"""A day of feeds, made at random: entries that speak of our titles, and many more that only use the same words."""

import random
from dataclasses import dataclass, field
from html import escape
from typing import Any

from outreach.services.feeds.vocabulary import plain_item

#: Titles that say nothing by themselves; the rest are made of words.
SHORT = ("It", "Emma", "Normal People", "Beloved", "Rebecca", "The Road", "Gone Girl", "You", "Home", "We Were Here")
_FIRST = ("Glass", "Drowned", "Quiet", "Paper", "Borrowed", "Salt", "Hollow", "Second", "Last", "Winter", "Copper")
_LAST = ("Heron", "Orchard", "Widow", "Lantern", "Almanac", "Estuary", "Sister", "Garden", "Cartographer", "Tide")
_GIVEN = ("Ruth", "Jonas", "Mirela", "Kofi", "Saoirse", "Yuki", "Ines", "Tom", "Ada", "Łukasz", "Zoë", "Stephen")
_FAMILY = (
    "Amsel",
    "Okoro",
    "Vance",
    "King",
    "Petrescu",
    "Doyle",
    "Nakagawa",
    "Bell",
    "Ferrante-Hill",
    "Øster",
    "Rooney",
)
_FEELING = (
    "and I could not put it down.", "and the ending wrecked me.", "and have lent my copy out twice already.",
    "and I will be thinking about the second half for weeks.", "so quietly funny that I missed my stop.",
)  # fmt: skip
#: What was planted, as templates of HTML: {t} title, {a} author, {g} hashtag, {f} feeling.
_MENTIONS = {
    "by": ("Finished {t} by {a} last night {f}", "On the sofa with {t} by {a}, {f}"),
    "comma": ("This week: {t}, {a}. It deserves all its readers.",),
    "owner": ("Picked up {a}'s {t} on Saturday {f}",),
    "italics": ("I read <em>{t}</em> in two sittings {f}", "My book of the month is <i>{t}</i>, {f}"),
    "quotes": ("I have just finished “{t}” {f}", "The novel “{t}” came with me to the coast {f}"),
    "hashtag": ("Two sittings, one pot of tea, no regrets. {g} #{a_tag} #bookstagram",),
    "near": ("New from {a} today. My copy of {t} is full of pencil marks.",),
    "gift": ("I finished {t} on the train {f}", "A copy of {t} came with me to the lake {f}"),
}
_OTHERS = ("Jane Harker", "Daniel Prosper", "Helga Brandt")
#: What was not: {l} the title in small letters, {w} its first word, {t} the title.
_ORDINARY = (
    "{l} is what I thought of all morning, and then the bus came.", "You know how {l} can be in a town like this.",
    "I asked about {l} at the market, and nobody knew.", "What {t} Never Tell You About Sourdough",
    "{w} said that the garden needs rain, and went in to make tea.", "“{w},” she said, “come away from the window.”",
    "Our neighbour {w} Watkins has won the leek show again.", "A review of a kettle: {l} would be a better name for it.",
    "We talked about {w} and the weather until the kettle boiled.", "I loved {l}, to be honest, as far as jam goes.",
)  # fmt: skip
_ELSEWHERE = (
    "Reread <em>{t}</em> by {o} this week and liked it less.", "{o}'s {t} is on at the cinema from Friday.",
    "I finished {r} {s} by {o} today {f}", "My favourite novel of the year is <i>The {r} of {s}</i> by {o}.",
)  # fmt: skip
_FILLER = (
    "It rained all day and I made soup.", "Emma and the twins came for lunch.", "Normal people sleep at night, I am told.",
    "The library opens late on Thursdays.", "We walked along the road as far as the beach.", "There is nothing like home.",
    "I have a new desk lamp and strong opinions about it.", "The story of how we got the cat is longer than the cat.",
    "Stephen came over with a chapter of his thesis.", "She was reading on the bench when the snow began.",
    "You should see the light on the water here.", "The dog, beloved by all, ate a glove.",
)  # fmt: skip


@dataclass(slots=True)
class Feed:
    """A feed, its bytes, and which entries speak of which item.

    Attributes:
        gifts: What was sent to whom it is of.
        mentions: By entry key the item, and how it is mentioned.
    """

    number: int
    gifts: set[int] = field(default_factory=set)
    entries: list[tuple[str, str, str]] = field(default_factory=list)
    mentions: dict[str, tuple[int, str]] = field(default_factory=dict)

    def xml(self) -> bytes:
        """It as RSS, or as Atom for every other one."""
        is_atom = self.number % 2 == 1
        shown = "".join(
            f"<entry><id>{key}</id><title>{escape(title)}</title><link href='https://blog{self.number}.example/{place}'/>"
            f"<updated>2026-11-23T10:00:00Z</updated><content type='html'>{escape(html)}</content></entry>"
            if is_atom else
            f"<item><guid isPermaLink='false'>{key}</guid><title>{escape(title)}</title>"
            f"<link>https://blog{self.number}.example/{place}</link><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>"
            f"<description>{escape(html)}</description></item>"
            for place, (key, title, html) in enumerate(self.entries)
        )  # fmt: skip
        name = f"Blog {self.number}"
        if is_atom:
            whole = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{name}</title>{shown}</feed>"
        else:
            whole = f"<rss version='2.0'><channel><title>{name}</title>{shown}</channel></rss>"
        return f"<?xml version='1.0' encoding='utf-8'?>{whole}".encode()


@dataclass(slots=True)
class Day:
    """The titles, and the feeds."""

    items: list[dict[str, Any]]
    feeds: list[Feed]

    @property
    def planted(self) -> dict[tuple[int, str], tuple[int, str]]:
        """By feed and entry what it speaks of, and how."""
        return {(feed.number, key): told for feed in self.feeds for key, told in feed.mentions.items()}


def make_day(seed: int, *, feeds: int = 200, entries: int = 20, share: float = 0.08) -> Day:
    """Titles and feeds of a day, in which such a share of the entries speaks of us."""
    dice = random.Random(seed)
    items = _items(dice)
    made = []
    for number in range(feeds):
        feed = Feed(number, gifts={each["id"] for each in dice.sample(items, 3)})
        for place in range(entries):
            key = f"tag:blog{number}.example,2026:{place}"
            lines = dice.sample(_FILLER, dice.randint(1, 3))
            title = dice.choice(("Monday", "Notes from the week", "What I did on Sunday", "", "Small things"))
            if dice.random() < share:
                item, how = dice.choice(items), dice.choice(tuple(_MENTIONS))
                if how == "gift":
                    feed.gifts.add(item["id"])
                lines.insert(dice.randint(0, len(lines)), _mention(dice, item, how))
                feed.mentions[key] = item["id"], how
            elif dice.random() < 0.5:
                lines.insert(dice.randint(0, len(lines)), _no_mention(dice, dice.choice(items)))
            feed.entries.append((key, title, "".join(f"<p>{line}</p>" for line in lines)))
        made.append(feed)
    return Day(items, made)


def _items(dice: random.Random) -> list[dict[str, Any]]:
    titles = [*SHORT, *(f"The {dice.choice(_FIRST)} {dice.choice(_LAST)}" for _ in range(20))]
    titles += [f"{dice.choice(_LAST)}s and {dice.choice(_FIRST)} Weather" for _ in range(5)]
    writers = [f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}" for _ in titles]
    return [
        plain_item(number, [title], [writer])
        for number, (title, writer) in enumerate(zip(dict.fromkeys(titles), writers, strict=False), 1)
    ]


def _mention(dice: random.Random, item: dict[str, Any], how: str) -> str:
    title, author = item["titles"][0], item["authors"][0]
    tag = "#" + "".join(word[:1].upper() + word[1:] for word in title.split())
    if len(tag) < 5:
        how = "by"
    return dice.choice(_MENTIONS[how]).format(
        t=title, a=author, g=tag, a_tag=author.replace(" ", "").replace("-", ""), f=dice.choice(_FEELING)
    )


def _no_mention(dice: random.Random, item: dict[str, Any]) -> str:
    title = item["titles"][0]
    if dice.random() < 0.2:
        return dice.choice(_ELSEWHERE).format(
            t=title, o=dice.choice(_OTHERS), r=dice.choice(_FIRST), s=dice.choice(_LAST), f=dice.choice(_FEELING)
        )
    return dice.choice(_ORDINARY).format(l=title.lower() if len(title.split()) < 3 else "the usual", w=title.split()[0],
                                         t=title if len(title.split()) < 3 else "Old Kettles")  # fmt: skip
