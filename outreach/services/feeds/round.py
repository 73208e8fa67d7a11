"""A round: all feeds that are due are asked for, read, looked through, and kept, each by itself.

Asking is done by a few threads, reading by child processes. A feed that is in trouble is told of; the others go on.
"""

import base64
import logging
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.feeds.asking import MOST_WAITING, Asking, Came, FeedToAsk
from outreach.services.feeds.fetching import Answer, Ask, Net
from outreach.services.feeds.gathering import gather_gifts, gather_vocabulary
from outreach.services.feeds.kinds import FeedState
from outreach.services.feeds.learned import declined
from outreach.services.feeds.network import Target, parse_target
from outreach.store.database import Store
from outreach.store.models import Feed
from outreach.workers import Limits, stream
from outreach.workers.parent import WorkerCrashed

log = logging.getLogger(__name__)

_READ = "outreach.services.feeds.child:read_in_child"
_LIMITS = Limits(seconds=20.0, memory_mb=300, answer_bytes=8 * 2**20)
#: So many feeds, and so many bytes of them, are read by one child.
_BATCH, _BATCH_BYTES = MOST_WAITING, 8 * 2**20


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round is to do.

    Attributes:
        feeds: Which feeds, so that those of one host are far apart.
        put_off: How many are not due yet.
        vocabulary: What is looked for.
        now: When it begins.
    """

    feeds: tuple[FeedToAsk, ...]
    put_off: int
    vocabulary: tuple[Mapping[str, Any], ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What came of one feed.

    Attributes:
        answer: What it answered, without its bytes; None where it did not.
        trouble: What was in the way; None where nothing was.
        robots_on: The day on which its site allowed it to be asked.
        read: What is in it; None where it is as it was.
    """

    feed: int
    answer: Answer | None = None
    trouble: KnownError | None = None
    robots_on: str = ""
    read: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RoundDone:
    """What came of a round.

    Attributes:
        feeds: How many feeds were asked for.
        unchanged: How many of them had nothing new.
        found: How many posts were found.
        troubles: By feed what was in the way.
        put_off: How many feeds were not due yet.
    """

    feeds: int
    unchanged: int
    found: int
    troubles: Mapping[int, KnownError]
    put_off: int


Keep = Callable[[FeedResult], int]


def plan_round(store: Store, feeds: Sequence[int] | None = None, *, read_all: bool = False) -> Plan:
    """What a round is to do: all followed feeds that are due, or those named.

    Args:
        store: The open workspace.
        feeds: Which feeds; all that are due where none are named.
        read_all: Read also what has not changed, since there are titles now that it was not looked through for.
    """
    query = Feed.select().where(Feed.state == FeedState.FOLLOWED.value)
    if feeds is not None:
        query = Feed.select().where(Feed.id.in_(list(feeds)) & (Feed.state != FeedState.GONE.value))
    rows = list(query.order_by(Feed.id))
    due = [row for row in rows if not row.not_before or row.not_before <= store.now()]
    gifts, taught = gather_gifts(), declined()
    asked = [_to_ask(row, gifts, taught, read_all=read_all) for row in due]
    return Plan(tuple(_apart(asked)), len(rows) - len(due), tuple(gather_vocabulary()), store.moment())


def run_round(plan: Plan, keep: Keep, job: Job, tls: ssl.SSLContext, net: Net | None = None) -> RoundDone:
    """Do a round.

    Args:
        plan: What `plan_round` made.
        keep: Keeps the result of a feed as one write, and says how many posts it brought; `keeping.keep_result`.
        job: How far it is, in feeds; stopped, it ends within a moment with nothing half done.
        tls: Which certificates are trusted.
        net: How the network is reached, if otherwise than usual.

    Raises:
        Cancelled: when the job was stopped.
    """
    net = net or Net(tls)
    job.report(0, total=len(plan.feeds))
    unchanged = found = 0
    troubles: dict[int, KnownError] = {}
    with Asking(plan.feeds, net, plan.now, job) as asking:
        for done, result in enumerate(_read(asking, plan, job), 1):
            found += keep(result)
            unchanged += result.answer is not None and not result.answer.is_new
            if result.trouble is not None:
                troubles[result.feed] = result.trouble
            job.report(done)
    return RoundDone(len(plan.feeds), unchanged, found, troubles, plan.put_off)


def _to_ask(
    row: Feed, gifts: Mapping[int, list[int]], taught: Mapping[int, set[tuple[int, str]]], *, read_all: bool
) -> FeedToAsk:
    target = parse_target(row.address) or Target("https", "", 443, "/")
    private = (target.host, target.port) if row.allow_private else None
    known = ("", "") if read_all else (row.etag, row.last_modified)
    return FeedToAsk(row.id, Ask(target, private, *known), row.robots_on,
                     tuple(gifts.get(row.person_id, ())), tuple(taught.get(row.id, ())))  # fmt: skip


def _apart(feeds: Sequence[FeedToAsk]) -> Iterator[FeedToAsk]:
    """One of each host in turn, so that hosts are not waited for."""
    by_host: dict[str, list[FeedToAsk]] = {}
    for each in feeds:
        by_host.setdefault(each.ask.target.host, []).append(each)
    while by_host:
        for host in list(by_host):
            yield by_host[host].pop(0)
            if not by_host[host]:
                del by_host[host]


def _read(asking: Asking, plan: Plan, job: Job) -> Iterator[FeedResult]:
    """What came, and what is in it, several feeds by one child process."""
    waiting: list[Came] = []
    for came in asking.results():
        if came is not None and (came.answer is None or not came.answer.is_new):
            yield FeedResult(came.feed.id, came.answer, came.trouble, came.robots_on)
            continue
        if came is not None:
            waiting.append(came)
        size = sum(len(each.body) for each in waiting)
        if waiting and (came is None or len(waiting) >= _BATCH or size >= _BATCH_BYTES):
            yield from _read_some(waiting, plan, job)
            asking.make_room(len(waiting))
            waiting = []
    yield from _read_some(waiting, plan, job)


def _read_some(some: Sequence[Came], plan: Plan, job: Job) -> Iterator[FeedResult]:
    """Read feeds; the one that ends its child is in trouble, and the others are read by the next."""
    done = 0
    while done < len(some):
        payload = {"feeds": [_told(each) for each in some[done:]], "vocabulary": plan.vocabulary}
        try:
            for read in stream(_READ, payload, _LIMITS, job):
                came, done = some[done], done + 1
                if "error" in read:
                    yield _result(came, KnownError(read["error"], **read["facts"]))
                else:
                    yield replace(_result(came), read=read)
        except KnownError as error:
            yield _result(some[done], KnownError("feeds.too_heavy", why=error.code.partition(".")[2]))
            done += 1
        except WorkerCrashed:
            log.exception("a feed could not be read")
            yield _result(some[done], KnownError("feeds.unreadable", why="crash"))
            done += 1


def _told(came: Came) -> dict[str, Any]:
    assert came.answer is not None
    return {
        "body": base64.b64encode(came.body).decode("ascii"), "type": came.answer.content_type,
        "address": came.answer.target.text(), "gifts": came.feed.gifts, "declined": came.feed.declined,
    }  # fmt: skip


def _result(came: Came, trouble: KnownError | None = None) -> FeedResult:
    assert came.answer is not None
    return FeedResult(came.feed.id, replace(came.answer, body=b""), trouble, came.robots_on)
