"""Reading feeds and looking through them, in a child process."""

import base64
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from outreach.errors import KnownError
from outreach.services.feeds.mentions import Context, find_in
from outreach.services.feeds.pages import feed_links
from outreach.services.feeds.reading import read_feed
from outreach.services.feeds.vocabulary import Vocabulary


def read_in_child(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Read feeds and look through them, for `outreach.workers`.

    Args:
        payload: ``feeds``, each with ``body`` as base64, ``type``, ``address`` and what `Context` needs, and the
            ``vocabulary``.
    """
    vocabulary = Vocabulary.of(payload["vocabulary"])
    for each in payload["feeds"]:
        try:
            read = read_feed(base64.b64decode(each["body"]), each["type"], each["address"])
        except KnownError as error:
            yield {"error": error.code, "facts": error.facts}
            continue
        except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
            yield {"error": "feeds.unreadable", "facts": {"why": type(error).__name__}}
            continue
        context = Context(frozenset(each["gifts"]), frozenset(tuple(pair) for pair in each["declined"]))
        yield {
            "title": read.title, "site": read.site, "is_podcast": read.is_podcast, "entries": len(read.entries),
            "found": [
                found for entry in read.entries if (found := find_in(vocabulary, entry, context)) is not None
            ],
        }  # fmt: skip


def look_in_child(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What is at an address: a feed with its title, or a page with the feeds it names.

    Args:
        payload: ``body`` as base64, ``type`` and ``address``.
    """
    body = base64.b64decode(payload["body"])
    with suppress(KnownError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        read = read_feed(body, payload["type"], payload["address"])
        yield {"title": read.title, "is_podcast": read.is_podcast, "entries": len(read.entries)}
        return
    links = feed_links(body, payload["type"], payload["address"])
    yield {"links": [{"address": each.address, "title": each.title} for each in links]}
