"""Measuring ours against another in the same run, in turn, and printing one line."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def cpu_of(command: Sequence[object], times: int = 1) -> float:
    """The user CPU seconds of a command and its children; a short one is run several times, for the clock is coarse."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    for _ in range(times):
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before) / times


def wall_of(act: Callable[[], object]) -> float:
    """The seconds that something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def in_turn(ours: Callable[[], float], other: Callable[[], float], rounds: int = 5) -> tuple[float, float, float]:
    """Medians of both, and the median of the ratios pair by pair."""
    pairs = [(ours(), other()) for _ in range(rounds)]
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs),
    )


def line(what: str, ours: float, other: float, ratio: float, target: str) -> None:
    """Print a result."""
    print(f"{what}: ours {ours * 1000:.1f} ms, other {other * 1000:.1f} ms, ratio {ratio:.3f}, target {target}")


def outreach(*arguments: object, home: Path) -> list[object]:
    """The command line of ours, in a home of its own."""
    os.environ["OUTREACH_HOME"] = str(home)
    return [sys.executable, "-m", "outreach", *arguments]
