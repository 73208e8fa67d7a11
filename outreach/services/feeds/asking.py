"""Asking for many feeds at once: a few threads, one request at a time to a host, with pauses between them."""

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.feeds.fetching import Answer, Ask, Net, fetch
from outreach.services.feeds.robots import pause_asked

_THREADS = 8
#: So many feeds that came may wait to be read; then asking waits.
MOST_WAITING = 24
#: Between two requests to a host, if it does not want more.
_PAUSE_SECONDS = 1.0
_SLICE_SECONDS = 0.1
#: After so long without an answer what came is read meanwhile.
_SILENCE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class FeedToAsk:
    """A feed that is due, as a round needs it.

    Attributes:
        robots_on: The day on which its site last allowed it to be asked.
        gifts: The items that were sent to whom it is of.
        declined: Items with proofs that were not enough before.
    """

    id: int
    ask: Ask
    robots_on: str = ""
    gifts: tuple[int, ...] = ()
    declined: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Came:
    """What came of asking for a feed: an answer, or what was in the way."""

    feed: FeedToAsk
    answer: Answer | None = None
    trouble: KnownError | None = None
    robots_on: str = ""

    @property
    def body(self) -> bytes:
        """Its bytes."""
        return self.answer.body if self.answer is not None else b""


class Asking:
    """The threads that ask; they end with the round, however that ends."""

    def __init__(self, feeds: Sequence[FeedToAsk], net: Net, now: datetime, job: Job) -> None:
        self._feeds, self._net, self._now, self._job = feeds, net, now, job
        self._life = _Life(job)
        self._hosts = _Hosts(self._life)
        self._came: queue.Queue[Came | BaseException] = queue.Queue()
        self._room = threading.Semaphore(MOST_WAITING)
        self._pool = ThreadPoolExecutor(_THREADS, "feeds")

    def __enter__(self) -> "Asking":
        for feed in self._feeds:
            self._pool.submit(self._put, feed)
        return self

    def __exit__(self, *_: object) -> None:
        self._life.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def results(self) -> Iterator[Came | None]:
        """What came, as it comes; None where nothing came for a while.

        Raises:
            Cancelled: when the job was stopped.
        """
        left, silent_since = len(self._feeds), time.monotonic()
        while left:
            self._job.report(self._job.done)
            try:
                came = self._came.get(timeout=_SLICE_SECONDS)
            except queue.Empty:
                if time.monotonic() - silent_since > _SILENCE_SECONDS:
                    yield None
                    silent_since = time.monotonic()
                continue
            if isinstance(came, BaseException):
                raise came
            left -= 1
            yield came
            silent_since = time.monotonic()

    def make_room(self, number: int) -> None:
        """So many that came have been read."""
        self._room.release(number)

    def _put(self, feed: FeedToAsk) -> None:
        try:
            came = self._ask(feed)
            while came.answer is not None and came.answer.is_new and not self._room.acquire(timeout=_SLICE_SECONDS):
                self._life.report(0)
            self._came.put(came)
        except Cancelled:
            return
        except BaseException as error:
            self._came.put(error)

    def _ask(self, feed: FeedToAsk) -> Came:
        ask, today = feed.ask, self._now.date().isoformat()
        net, now = self._net, self._now
        try:
            if feed.robots_on != today:
                with self._hosts.turn(ask) as host:
                    began = time.monotonic()
                    host.pause = max(host.pause, pause_asked(ask.target, ask.private, net, now, self._life))
                    # The time that a feed may take is that of both.
                    net = replace(net, seconds=max(1.0, net.seconds - (time.monotonic() - began)))
            with self._hosts.turn(ask):
                return Came(feed, fetch(ask, net, now, self._life), robots_on=today)
        except KnownError as error:
            return Came(feed, trouble=error)


class _Life(Job):
    """The job as the threads see it, which also ends when the round does."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._whole = job

    @property
    def cancelled(self) -> bool:
        """Whether the round is over, or is to be."""
        return super().cancelled or self._whole.cancelled

    def report(self, done: int, *, total: int | None = None) -> None:
        del done, total
        if self.cancelled:
            raise Cancelled


@dataclass(slots=True)
class _Host:
    pause: float = _PAUSE_SECONDS
    free_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Hosts:
    """Whose turn it is at which host."""

    def __init__(self, life: Job) -> None:
        self._life = life
        self._lock = threading.Lock()
        self._known: dict[str, _Host] = {}

    @contextmanager
    def turn(self, ask: Ask) -> Iterator[_Host]:
        """Wait for one's turn at a host. A computer of one's own network, which was allowed, needs no pauses."""
        with self._lock:
            host = self._known.setdefault(ask.target.host, _Host())
        if ask.private is not None:
            yield host
            return
        while not host.lock.acquire(timeout=_SLICE_SECONDS):
            self._life.report(0)
        try:
            while time.monotonic() < host.free_at:
                self._life.report(0)
                time.sleep(_SLICE_SECONDS)
            yield host
        finally:
            host.free_at = time.monotonic() + host.pause
            host.lock.release()
