"""Starting a child process, listening to it, and ending it."""

import json
import os
import sys
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job

# The child imports this package too, and does not need what starts it.
if TYPE_CHECKING:
    import queue
    import subprocess
    import threading

#: So many answers may wait to be read; then the child waits.
_WAITING = 4
_POLL_SECONDS = 0.1
#: A busy computer may take so long to start a child; that is not counted as slowness of its task.
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use.

    Attributes:
        seconds: The longest silence between two answers, counted while someone waits for one, from when it is ready.
        memory_mb: How much it may grow after it has started.
        answer_bytes: The longest answer.
    """

    seconds: float = 60.0
    memory_mb: int = 500
    answer_bytes: int = 64 * 2**20


class WorkerCrashed(Exception):  # noqa: N818 - says what happened
    """A child died of a mistake of ours; the message is its report."""


def stream(task: str, payload: Any, limits: Limits | None = None, job: Job | None = None) -> Generator[Any]:
    """Run a task in a child process and yield what it yields.

    Who may stop before the last answer closes it (`contextlib.closing`), so that the child ends then and there.

    Args:
        task: ``"package.module:function"``, a generator function of one plain value.
        payload: What it is given; anything that JSON can hold.
        limits: What it may use.
        job: Its cancelling ends the child.

    Raises:
        KnownError: what the task raised, or ``workers.too_slow``, ``workers.too_much_memory``, ``workers.too_long``.
        WorkerCrashed: when the task failed by a mistake of ours.
        Cancelled: when the job was stopped.
    """
    import subprocess
    import tempfile

    limits = limits or Limits()
    with tempfile.TemporaryFile() as report:
        child = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "outreach.workers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=report,
            env=_environment(),
        )
        assert child.stdin is not None and child.stdout is not None
        try:
            request = {"task": task, "memory_mb": limits.memory_mb, "payload": payload}
            _send(child.stdin, request)
            yield from _listen(child, limits, job, report)
        finally:
            child.kill()
            child.stdout.close()
            child.wait()


def first(task: str, payload: Any, limits: Limits | None = None, job: Job | None = None) -> Any:
    """The first thing that a task yields; its child process is ended then.

    Raises:
        KnownError, WorkerCrashed, Cancelled: as `stream`.
    """
    with closing(stream(task, payload, limits, job)) as answers:
        return next(answers)


def _send(pipe: IO[bytes], request: dict[str, Any]) -> None:
    try:
        with pipe:
            pipe.write(json.dumps(request, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    except BrokenPipeError:
        pass  # it died at once: listening tells why


def _listen(child: "subprocess.Popen[bytes]", limits: Limits, job: Job | None, report: IO[bytes]) -> Generator[Any]:
    import queue
    import threading

    assert child.stdout is not None
    lines: queue.Queue[bytes] = queue.Queue(_WAITING)
    closed = threading.Event()
    reader = threading.Thread(target=_read, args=(child.stdout, lines, closed, limits.answer_bytes), daemon=True)
    reader.start()
    seconds = max(_START_SECONDS, limits.seconds)
    try:
        while True:
            line = _next(lines, seconds, job)
            seconds = limits.seconds
            if len(line) > limits.answer_bytes:
                raise KnownError("workers.too_long", limit=limits.answer_bytes)
            if not line:
                raise _death(child, report, limits)
            answer = json.loads(line)
            if "error" in answer:
                raise KnownError(answer["error"], **answer["facts"])
            if "end" in answer:
                return
            if "ready" in answer:
                continue
            yield answer["value"]
    finally:
        closed.set()
        child.kill()
        reader.join()


def _read(pipe: IO[bytes], lines: "queue.Queue[bytes]", closed: "threading.Event", limit: int) -> None:
    import queue

    while not closed.is_set():
        line = pipe.readline(limit + 1)
        while not closed.is_set():
            try:
                lines.put(line, timeout=_POLL_SECONDS)
                break
            except queue.Full:
                continue
        if not line:
            return


def _next(lines: "queue.Queue[bytes]", seconds: float, job: Job | None) -> bytes:
    import queue

    waited = 0.0
    while True:
        if job is not None and job.cancelled:
            raise Cancelled
        try:
            return lines.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            waited += _POLL_SECONDS
            if waited >= seconds:
                raise KnownError("workers.too_slow", seconds=seconds) from None


def _death(child: "subprocess.Popen[bytes]", report: IO[bytes], limits: Limits) -> Exception:
    child.wait()
    report.seek(0)
    text = report.read().decode("utf-8", "replace")
    if "MemoryError" in text or child.returncode == -9:
        return KnownError("workers.too_much_memory", memory_mb=limits.memory_mb)
    return WorkerCrashed(f"exit {child.returncode}\n{text[-4000:]}")


def _environment() -> dict[str, str]:
    """The child finds the same program, wherever that was started from."""
    paths = [path for path in sys.path if path]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
