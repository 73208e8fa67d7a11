"""What is said of feeds and of what was found in them."""

from outreach.services.feeds.following import FeedRow
from outreach.services.feeds.round import RoundDone
from outreach.wording.words import Words


def told_of_round(words: Words, done: RoundDone) -> str:
    """What came of a round, in a sentence or three."""
    if not done.feeds:
        if done.put_off:
            return words.trn("{number} feed is put off for now", "{number} feeds are put off for now", done.put_off)
        return words.tr("No feed is followed yet")
    found = words.trn("Found {number} post", "Found {number} posts", done.found)
    asked = words.trn("in {number} feed", "in {number} feeds", done.feeds)
    told = [f"{found} {asked}"]
    if done.troubles:
        told.append(words.trn("{number} feed is in trouble", "{number} feeds are in trouble", len(done.troubles)))
    if done.put_off:
        told.append(words.trn("{number} feed is put off for now", "{number} feeds are put off for now", done.put_off))
    return ". ".join(told)


def state_of_feed(words: Words, feed: FeedRow) -> str:
    """How a feed is: in trouble, paused, or when it was read last."""
    if feed.state != "followed":
        return words.term("feed_state", feed.state)
    if feed.trouble is not None:
        return words.tr("In trouble")
    return words.tr("Read {when}", when=words.day(feed.read_at[:10])) if feed.read_at else words.tr("Not read yet")


def why_found(words: Words, proofs: tuple[str, ...]) -> str:
    """What says that an entry speaks of us, as a list of facts."""
    return words.listing([words.term("mention_proof", each) for each in proofs], most=9)
