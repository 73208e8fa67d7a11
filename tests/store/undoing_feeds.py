"""What is done at random with feeds and what was found in them."""

from collections.abc import Callable

from outreach.changes import Op
from outreach.services.feeds import following
from outreach.services.feeds.following import NewFeed
from outreach.services.feeds.found import not_about_us
from outreach.services.feeds.kinds import FeedState
from outreach.services.posts.confirming import Told, confirm_found
from outreach.store.models import Feed, FoundPost, Item, Person
from tests.store.undoing_rights import Asker


class Follower(Asker):
    """A user who also follows feeds."""

    def acts_on_feeds(self) -> list[Callable[[], object]]:
        return [self.follow, self.pause, self.allow, self.no_mention, self.mention,
                self.unfollow]  # fmt: skip

    def follow(self) -> object:
        self.number += 1
        new = NewFeed(f"https://f{self.number}.example/feed", self.some(Person), self.text())
        return following.add_feed(self.store, new)

    def pause(self) -> object:
        return following.set_state(self.store, [self.some(Feed)], self.random.choice(list(FeedState)))

    def allow(self) -> object:
        return following.allow_private(self.store, self.some(Feed), allowed=self.random.random() < 0.5)

    def no_mention(self) -> object:
        self.found()
        return not_about_us(self.store, [self.some(FoundPost)])

    def mention(self) -> object:
        """What was found is confirmed, at times of somebody who is new."""
        self.tried(self.follow)
        told = Told(new_name=self.random.choice(["Perpetua Quill", ""]), person_id=self.some(Person))
        return confirm_found(self.store, self.found(), told)

    def found(self) -> int:
        self.number += 1
        with self.store.operation(Op.FOLLOW_FEED):
            made = FoundPost.create(
                feed=self.some(Feed), entry_key=f"k{self.number}", item=self.some(Item), text=self.text(),
                confidence="sure", found_at=self.store.now(), url=f"https://blog.example/k{self.number}",
            )  # fmt: skip
        return int(made.id)

    def unfollow(self) -> object:
        return following.forget_feeds(self.store, [self.some(Feed)])
