"""What is done at random with posts: putting them right, counting below them, keeping pictures, other terms."""

from collections.abc import Callable

from outreach.services import posts
from outreach.services.gifts import deals
from outreach.services.gifts.states import Deal, Obliges
from outreach.services.posts import NewPost, PostKind, readings, stories
from outreach.store.models import Gift, Item, Person, Post
from tests.store.undoing_extras import Wrapper


class Listener(Wrapper):
    """A user who also looks after the log of posts."""

    def acts_on_posts(self) -> list[Callable[[], object]]:
        return [self.mentions, self.edit_post, self.remove_post, self.count_below, self.story, self.agree]

    def mentions(self) -> object:
        self.number += 1
        new = [
            NewPost("", self.some(Person), self.some(Item), PostKind.ON_AIR, "", f"{self.text()} {self.number} {each}")
            for each in range(2)
        ]
        return posts.add_posts(self.store, new)

    def edit_post(self) -> object:
        values = {"item": self.some(Item), "person": self.some(Person), "text": self.text(), "outlet": self.text()}
        return posts.edit_post(self.store, self.some(Post), values)

    def remove_post(self) -> object:
        return posts.remove_post(self.store, self.some(Post))

    def count_below(self) -> object:
        values = {name: self.random.choice([None, 0, 7, 612]) for name in readings.COUNTS}
        return readings.note_counts(self.store, self.some(Post), values)

    def story(self) -> object:
        """A picture as it is when it was looked at and decoded; no child process for each."""
        self.number += 1
        picture = stories.Picture(f"{self.text()}.png", f"{self.number:064}", ".png", 9, 3, 4, f"{self.number:064}")
        new = NewPost("", self.some(Person), self.some(Item), PostKind.STORY)
        return stories.keep_story(self.store, picture, new)

    def agree(self) -> object:
        return deals.change_deal(
            self.store, [self.some(Gift)], self.random.choice(list(Deal)), obliges=self.random.choice(list(Obliges))
        )
