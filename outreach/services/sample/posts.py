"""What people of the sample said about its titles: after a gift, before we knew them, and as was agreed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from outreach.services.gifts.gifts import Deal, GiftState
from outreach.services.posts import Nature, PostKind
from outreach.services.sample.days import Days
from outreach.services.sample.gifts import Course
from outreach.services.sample.links import post_url
from outreach.services.sample.phrases import Weighted, between, pick
from outreach.services.sample.plans import Ending, Plan, likes
from outreach.services.sample.sayings import Sayings
from outreach.services.sample.source import Source, TitleSource
from outreach.services.sample.values import SampleAccount, SamplePerson, SamplePost

#: Of all posts, how many are from before we ever wrote to the person.
_BEFORE = 0.13
#: Books come to people's notice so many days after they are out.
_NOTICED = 20
_OLDEST = -600
#: Those who spoke of us before we knew them are looked for among so many.
_NEAR = 2000
#: Where a cover is talked about.
_COVERS = frozenset({"instagram", "tiktok"})

_KIND_OF_ROLE = {
    "bookseller": PostKind.IN_SHOP,
    "librarian": PostKind.TALK,
    "teacher": PostKind.TALK,
    "colleague": PostKind.TALK,
    "radio_host": PostKind.ON_AIR,
    "podcaster": PostKind.PODCAST,
}
_KINDS = {
    "instagram": Weighted(((PostKind.POST, 68), (PostKind.STORY, 32))),
    "tiktok": Weighted(((PostKind.VIDEO, 1),)),
    "youtube": Weighted(((PostKind.VIDEO, 1),)),
    "substack": Weighted(((PostKind.NEWSLETTER, 1),)),
    "blog": Weighted(((PostKind.REVIEW, 1),)),
    "goodreads": Weighted(((PostKind.REVIEW, 1),)),
    "storygraph": Weighted(((PostKind.REVIEW, 1),)),
}
_ANY_KIND = Weighted(((PostKind.POST, 1),))
#: Kinds that happen where there is no address.
_NO_ADDRESS = frozenset({PostKind.IN_SHOP, PostKind.TALK, PostKind.ON_AIR, PostKind.PODCAST})

_NATURES = {
    Deal.GIFT: (Nature.ORGANIC, "after_free_gift"),
    Deal.IN_KIND: (Nature.IN_KIND, "reward_agreed"),
    Deal.PAID: (Nature.PAID, "paid_for"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A post with its day counted from today."""

    post: SamplePost
    day: int


class PostMaker:
    """Makes posts."""

    def __init__(
        self, rng: Random, source: Source, people: Sequence[SamplePerson], titles: Sequence[TitleSource], days: Days
    ) -> None:
        self._rng = rng
        self._source = source
        self._people = people
        self._titles = titles
        self._days = days
        self._sayings = Sayings(rng, source)
        self._urls: set[str] = set()
        self._online: dict[str, list[int]] = {}

    def posts(self, plans: Sequence[Plan], courses: Sequence[Course], count: int) -> list[Said]:
        """So many posts about the gifts of some plans and beside them, in the order of their days.

        Every gift that ended in a post gets its first one; then come posts from before we knew people, and
        second posts.
        """
        posted = [number for number, plan in enumerate(plans) if plan.ending is Ending.POSTED]
        firsts = [self._after(plans[number], number, courses[number]) for number in posted]
        second_at_most = sum(plans[number].said is None for number in posted)
        before = max(round(count * _BEFORE), count - len(firsts) - second_at_most)
        said = firsts + self._before(plans, courses, min(before, max(0, count - len(firsts))))
        again = [
            first for number, first in zip(posted, firsts, strict=True) if not plans[number].said and first.day < -8
        ]
        self._rng.shuffle(again)
        said += [self._again(first) for first in again[: max(0, count - len(said))]]
        said += self._before_by_chance(plans, courses, count - len(said))
        return sorted(said, key=lambda each: (each.day, each.post.person, each.post.item, each.post.text))

    def _after(self, plan: Plan, gift: int, course: Course) -> Said:
        delivered = course.day(GiftState.DELIVERED)
        assert delivered is not None
        patience = min(-1 - delivered, max(3, int(self._rng.lognormvariate(2.8, 0.6))))
        if plan.club:
            patience = min(patience, 16)
        day = delivered + max(1, patience)
        nature, reason = _NATURES[plan.deal]
        return self._said(plan.person, plan.item, day, plan.said, (gift, nature, reason))

    def _again(self, first: Said) -> Said:
        """A second post about the same gift, somewhat later."""
        post = first.post
        day = min(-1, first.day + between(self._rng, 2, 40))
        return self._said(post.person, post.item, day, None, (post.gift, Nature(post.nature), post.nature_reason))

    def _before(self, plans: Sequence[Plan], courses: Sequence[Course], count: int) -> list[Said]:
        """Posts from before we knew people, first those that were written by hand."""
        places = {title.code: place for place, title in enumerate(self._titles)}
        contact = _first_contacts(plans, courses)
        said = []
        for person, voice in enumerate(self._source.voices[: len(self._people)]):
            for code, kind, text in voice.get("before", ()):
                if code in places:
                    item = places[code]
                    earliest = self._titles[item].published + _NOTICED
                    latest = contact.get(person, -20) - 3
                    day = between(self._rng, min(earliest, latest), latest)
                    said.append(self._said(person, item, day, (kind, text), _BEFORE_CONTACT))
        said += self._about_covers(contact)
        return said[:count] + self._before_by_chance(plans, courses, count - len(said))

    def _about_covers(self, contact: Mapping[int, int]) -> list[Said]:
        """Posts of strangers about a title that is not out yet."""
        said = []
        for item, title in enumerate(self._titles):
            fans = [place for place in self._fans(item) if place not in contact] if title.coming else []
            fans = [place for place in fans if self._people[place].accounts[0].platform in _COVERS]
            for person, text in zip(fans, title.said["caption"] if fans else (), strict=False):
                kind = _KINDS[self._people[person].accounts[0].platform].values[0]
                said.append(self._said(person, item, -between(self._rng, 6, 30), (kind, text), _BEFORE_CONTACT))
        return said

    def _before_by_chance(self, plans: Sequence[Plan], courses: Sequence[Course], count: int) -> list[Said]:
        contact = _first_contacts(plans, courses)
        old = [place for place, title in enumerate(self._titles) if title.published < -120 and title.author]
        known = sorted(contact)
        said: list[Said] = []
        for _ in range(count * 30 if old else 0):
            if len(said) >= count:
                break
            item = pick(self._rng, old)
            fans = self._fans(item)
            person = pick(self._rng, known if known and self._rng.random() < 0.4 else fans or known or [0])
            earliest = max(_OLDEST, self._titles[item].published + _NOTICED)
            latest = min(-4, contact.get(person, 0) - 5)
            if earliest <= latest and person in fans and self._people[person].accounts:
                said.append(self._said(person, item, between(self._rng, earliest, latest), None, _BEFORE_CONTACT))
        return said

    def _fans(self, item: int) -> list[int]:
        """People with an account who like what an item is."""
        if not self._online:
            start = min(len(self._source.voices), len(self._people))
            for place in range(start, min(len(self._people), start + _NEAR)):
                if self._people[place].accounts:
                    for genre in likes(self._people[place]):
                        self._online.setdefault(genre, []).append(place)
        return self._online.get(self._titles[item].genres[0][0], [])

    def _said(
        self,
        person: int,
        item: int,
        day: int,
        written: tuple[str, str] | None,
        why: tuple[int | None, Nature, str],
    ) -> Said:
        who, title = self._people[person], self._titles[item]
        kind, account = self._channel(who)
        if written is not None:
            kind = PostKind(written[0])
            account = None if kind in _NO_ADDRESS else _account_for(kind, who.accounts)
        text = self._sayings.written(written[1]) if written else self._sayings.about(title, kind)
        gift, nature, reason = why
        post = SamplePost(
            person=person,
            item=item,
            gift=gift,
            kind=kind.value,
            platform=account.platform if account else "",
            handle=account.handle if account else "",
            url=self._url(account, kind, title, day) if account else None,
            posted_on=self._days.text(day),
            text=text,
            nature=nature.value,
            nature_reason=reason,
        )
        return Said(post, day)

    def _channel(self, person: SamplePerson) -> tuple[PostKind, SampleAccount | None]:
        """Where a person speaks, and what kind of post that makes."""
        kind = _KIND_OF_ROLE.get(person.role)
        if kind is not None:
            return kind, None
        if not person.accounts:
            return PostKind.TALK, None
        account = person.accounts[0] if self._rng.random() < 0.85 else person.accounts[-1]
        return _KINDS.get(account.platform, _ANY_KIND).pick(self._rng), account

    def _url(self, account: SampleAccount, kind: PostKind, title: TitleSource, day: int) -> str:
        while True:
            when = self._days.date(day)
            url = post_url(self._rng, account.platform, account.handle, kind.value, title.title, when)
            if url not in self._urls:
                self._urls.add(url)
                return url


_BEFORE_CONTACT = (None, Nature.BEFORE_CONTACT, "before_first_contact")


def _account_for(kind: PostKind, accounts: Sequence[SampleAccount]) -> SampleAccount | None:
    """The account that a kind of post is made with, as far as it can be told."""
    fitting = (each for each in accounts if kind in _KINDS.get(each.platform, _ANY_KIND).values)
    return next(fitting, accounts[0] if accounts else None)


def _first_contacts(plans: Iterable[Plan], courses: Iterable[Course]) -> dict[int, int]:
    """By person, the day she first heard from us."""
    days: dict[int, int] = {}
    for plan, course in zip(plans, courses, strict=True):
        first = course.first_contact
        if first is not None:
            days[plan.person] = min(first, days.get(plan.person, first))
    return days
