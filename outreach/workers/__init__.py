"""Child processes for heavy or untrusted work: plain data in and out, with limits on time, memory and output.

A thread would freeze the window for half a second; a child process does not, and what goes wrong in it stays in it.
`stream` starts one child for one task, `first` wants its first answer only. A task is a generator function named by its
module path; it is given one plain value and yields plain values, so that nothing is ever unpickled.
"""

from outreach.workers.parent import Limits, first, stream

__all__ = ["Limits", "first", "stream"]
