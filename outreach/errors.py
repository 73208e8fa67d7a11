"""The one kind of error that a user is shown: a trouble of her world, told in one sentence."""

from typing import Any


class KnownError(Exception):
    """Something in the user's world is in the way; nothing was changed.

    It carries a code and facts, never a sentence: `outreach.wording.troubles` holds the sentence of each code, so that
    the command line, the window and reports speak the same words in the user's language.

    Attributes:
        code: Dotted name of the trouble, such as ``"files.empty"``.
        facts: What the sentence needs, by placeholder name.
    """

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({facts})"
