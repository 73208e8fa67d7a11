"""Tries templates one after the other, as a program of its own: with 200 MB to grow, and two seconds of the
processor for each.

It reads a JSON list of template bodies from standard input and writes one JSON line for each: what became of it (an
error's code, or ``rendered``), the text, and the seconds (of the processor, whatever else runs) and megabytes it took.
"""

import json
import resource
import signal
import sys
import time
from pathlib import Path

from outreach.errors import KnownError
from outreach.services.letters.facts import example_facts
from outreach.services.letters.parts import html_of, text_of
from outreach.services.letters.sandbox import check, render
from outreach.services.letters.templates import LetterKind, TemplateText

_SECONDS = 2
_GROWTH = 200 * 2**20


class TooSlow(BaseException):
    pass


def _stop(*_):
    raise TooSlow


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _tried(body: str) -> tuple[str, str]:
    template = TemplateText("a", "A", LetterKind.REPLY, "{{ book.title }}", body)
    try:
        check(template)
        letter = render(template, example_facts())
        return "rendered", text_of(letter.text) + html_of(letter.text)
    except KnownError as error:
        return error.code, str(error.facts)
    except TooSlow:
        return "TOO SLOW", ""
    except BaseException as error:
        return f"ESCAPED {type(error).__name__}", str(error)


def main() -> None:
    bodies = json.load(sys.stdin)
    _tried("{{ book.title }}")  # the libraries are loaded before their memory is counted
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + _GROWTH,) * 2)
    signal.signal(signal.SIGPROF, _stop)
    for body in bodies:
        before, started = _megabytes(), time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)
        outcome, text = _tried(body)
        signal.setitimer(signal.ITIMER_PROF, 0)
        seconds = time.process_time() - started
        print(json.dumps([outcome, text[:20_000], seconds, _megabytes() - before]), flush=True)


if __name__ == "__main__":
    main()
