"""The other end of `outreach.workers`: runs one task in this process and writes its results to standard output."""

import contextlib
import gc
import importlib
import json
import sys
from typing import Any

from outreach.errors import KnownError


def main() -> None:
    """Read ``{"task", "memory_mb", "payload"}`` from standard input, one JSON line; answer in JSON lines.

    The first line is ``{"ready": true}``; each result is ``{"value": …}``; the last line
    is ``{"end": true}``, or ``{"error": code, "facts": {…}}``.
    """
    request = json.loads(sys.stdin.buffer.readline())
    answers = sys.stdout.buffer
    # It makes much and keeps little: to look for cycles as often as Python does takes a tenth of its time.
    gc.set_threshold(20_000)
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    # A stray print of a library must not get between the answers.
    with contextlib.redirect_stdout(sys.stderr):
        for answer in _answers(request):
            answers.write(dumps(answer).encode("utf-8", "surrogatepass") + b"\n")
            answers.flush()


def _answers(request: dict[str, Any]) -> Any:
    try:
        module, _, name = request["task"].partition(":")
        task = getattr(importlib.import_module(module), name)
        _limit_memory(request["memory_mb"])
        yield {"ready": True}
        for value in task(request["payload"]):
            yield {"value": value}
        yield {"end": True}
    except KnownError as error:
        yield {"error": error.code, "facts": error.facts}
    except MemoryError:
        yield {"error": "workers.too_much_memory", "facts": {"memory_mb": request["memory_mb"]}}
    except RecursionError:
        yield {"error": "workers.too_deep", "facts": {}}


def _limit_memory(megabytes: int) -> None:
    """Let this process grow by so much and no more; Windows has no such limit."""
    if sys.platform == "win32":
        return
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no path to handle
            used = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # no such file: not Linux
        used = 512 * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 2**20,) * 2)


if __name__ == "__main__":
    main()
