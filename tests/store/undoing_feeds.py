"""What is done at random with feeds and what was found in them."""

from collections.abc import Callable

from outreach.changes import Op
from outreach.services.feeds import following
from outreach.services.feeds.following import NewFeed
from outreach.services.feeds.found import not_about_us
from outreach.services.feeds.kinds import FeedState
from outreach.store.models import Feed, FoundPost, Item, Person
from tests.store.undoing_rights import Asker


class Follower(Asker):
    """A user who also follows feeds."""

    def acts_on_feeds(self) -> list[Callable[[], object]]:
        return [self.follow, self.pause, self.whose, self.allow, self.no_mention, self.unfollow]

    def follow(self) -> object:
        self.number += 1
        new = NewFeed(f"https://f{self.number}.example/feed", self.some(Person), self.text())
        return following.add_feed(self.store, new)

    def pause(self) -> object:
        return following.set_state(self.store, [self.some(Feed)], self.random.choice(list(FeedState)))

    def whose(self) -> object:
        return following.give_to(self.store, self.some(Feed), self.random.choice([None, self.some(Person)]))

    def allow(self) -> object:
        return following.allow_private(self.store, self.some(Feed), allowed=self.random.random() < 0.5)

    def no_mention(self) -> object:
        self.number += 1
        with self.store.operation(Op.FOLLOW_FEED):
            FoundPost.create(
                feed=self.some(Feed), entry_key=f"k{self.number}", item=self.some(Item), text=self.text(),
                confidence="sure", found_at=self.store.now(),
            )  # fmt: skip
        return not_about_us(self.store, [self.some(FoundPost)])

    def unfollow(self) -> object:
        return following.forget_feeds(self.store, [self.some(Feed)])
