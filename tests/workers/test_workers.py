"""Child processes: plain data in and out, ended when they use too much, and cancelled at once."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.workers import Limits, first, stream
from outreach.workers.parent import WorkerCrashed

ME = "tests.workers.test_workers"


def echo(payload: Any) -> Iterator[Any]:
    yield from payload


def refuse(payload: Any) -> Iterator[Any]:
    yield 1
    raise KnownError("files.empty", file=payload)


def hog(_payload: Any) -> Iterator[Any]:
    yield len("x" * 10**9)


def sleep(_payload: Any) -> Iterator[Any]:
    yield "awake"
    time.sleep(60)


def chatter(payload: Any) -> Iterator[Any]:
    print("a library that prints")
    yield "x" * payload


def stumble(_payload: Any) -> Iterator[Any]:
    yield 1 / 0


def test_values_come_through_as_they_are() -> None:
    values = [None, True, 1.5, "é😀\n", {"a": [1, "2"]}, "\ud800"]
    assert list(stream(f"{ME}:echo", values)) == values


def test_a_trouble_comes_through_with_its_facts() -> None:
    answers = stream(f"{ME}:refuse", "list.csv")
    assert next(answers) == 1
    with pytest.raises(KnownError) as caught:
        next(answers)
    assert (caught.value.code, caught.value.facts) == ("files.empty", {"file": "list.csv"})


@pytest.mark.parametrize(
    ("task", "limits", "code"),
    [
        ("hog", Limits(memory_mb=100), "workers.too_much_memory"),
        ("sleep", Limits(seconds=0.3), "workers.too_slow"),
        ("chatter", Limits(answer_bytes=1000), "workers.too_long"),
    ],
)
def test_what_uses_too_much_is_ended(task: str, limits: Limits, code: str) -> None:
    started = time.monotonic()
    with pytest.raises(KnownError) as caught:
        list(stream(f"{ME}:{task}", 5000, limits))
    assert caught.value.code == code
    assert time.monotonic() - started < 5


def test_prints_do_not_get_between_the_answers() -> None:
    assert list(stream(f"{ME}:chatter", 3)) == ["xxx"]


def test_a_mistake_of_ours_is_reported_as_one() -> None:
    with pytest.raises(WorkerCrashed, match="ZeroDivisionError"):
        list(stream(f"{ME}:stumble", None))


def test_cancelling_ends_the_child_at_once() -> None:
    job = Job()
    answers = stream(f"{ME}:sleep", None, job=job)
    assert next(answers) == "awake"
    job.cancel()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        next(answers)
    assert time.monotonic() - started < 2


def test_the_first_answer_alone() -> None:
    started = time.monotonic()
    assert first(f"{ME}:sleep", None) == "awake"
    assert time.monotonic() - started < 5, "nobody waits for the rest"


def test_a_reader_that_stops_listening_leaves_no_child() -> None:
    answers = stream(f"{ME}:sleep", None)
    next(answers)
    started = time.monotonic()
    answers.close()
    assert time.monotonic() - started < 2
