"""Measuring ours against another in the same run, in turn, and printing one line."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took by the clock, and how much of it was work of ours; of a size, both are the same."""

    clock: float
    work: float


@dataclass
class Gates:
    """What must not be exceeded; what was is told at the end.

    Attributes:
        missed: What was exceeded, a line each.
    """

    missed: list[str] = field(default_factory=list)

    def at_most(self, what: str, values: Sequence[Took], most: float, unit: str = "ms") -> None:
        """The median of some values may be so much.

        On a machine that is shared the clock tells more of the others than of us: where the work alone would have kept
        the gate, it is kept.
        """
        by_clock, by_work = (
            statistics.median(each) for each in zip(*((it.clock, it.work) for it in values), strict=True)
        )
        worst = max(it.clock for it in values)
        told = f"{what}: median {by_clock:.1f} {unit}, work {by_work:.1f}, worst of {len(values)} {worst:.1f}, gate {most:g}"
        print(told, flush=True)
        if min(by_clock, by_work) > most:
            self.missed.append(told)

    def ratio(self, what: str, measured: tuple[float, float, float], most: float, aim: str = "") -> None:
        """Ours may be so many times another."""
        line(what, *measured, f"{most:g}{aim}")
        if measured[2] > most:
            self.missed.append(f"{what}: {measured[2]:.2f}, gate {most:g}")

    def code(self) -> int:
        """Tell what was missed; the exit code of the benchmark is returned."""
        for each in self.missed:
            print(f"MISSED  {each}")
        return 1 if self.missed else 0
