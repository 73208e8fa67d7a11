"""The help of a command as text: which parts of it are words, to be said in another language."""

import re
from collections.abc import Callable
from inspect import cleandoc

#: A line of examples that also says what its command does, far enough at the right.
_TOLD = re.compile(r"(\s+outreach\b.*?\s{2,})(\S.*)")
#: What stands for a value: ``DAY``, ``FIELD=TEXT``, ``INTEGER RANGE``.
_STANDS_FOR = re.compile(r"[A-Z][A-Z_]*(?: [A-Z]+)*")
_AS_IT_IS = "\b"


def retold(text: str, say: Callable[[str], str]) -> str:
    """The help of a command, each paragraph of it said anew.

    Below a backspace, as click has it, lines stay as they are: headings are said anew, and what is told of an example.
    """
    return "\n\n".join(_block(each, say) for each in cleandoc(text).split("\n\n") if each)


def renamed(metavar: str, say: Callable[[str], str]) -> str:
    """What stands for a value in a command's usage, said anew; values to choose from stay as they are typed."""
    return metavar if "|" in metavar else _STANDS_FOR.sub(lambda found: say(found.group()), metavar)


def _block(block: str, say: Callable[[str], str]) -> str:
    lines = block.strip("\n").split("\n")
    if lines[0] != _AS_IT_IS:
        return say(" ".join(block.split()))
    return "\n".join([_AS_IT_IS, *(_line(line, say) for line in lines[1:])])


def _line(line: str, say: Callable[[str], str]) -> str:
    if line and not line.startswith(" "):
        return say(line)
    told = _TOLD.fullmatch(line)
    return f"{told[1]}{say(told[2])}" if told else line
