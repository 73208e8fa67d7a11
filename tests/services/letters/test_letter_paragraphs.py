"""A letter's paragraphs are turned one by one, and come out as the whole would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.services.letters import message
from outreach.services.letters.facts import example_facts
from outreach.services.letters.sandbox import render
from outreach.services.letters.templates import starters

_WORDS = st.sampled_from(
    ["Dear", "*you*", "**Kit**", "“a”", '"b"', "it's", "--", "...", "[a](https://x.example)", "---", "- one", "> said",
     "1. first", "\\", "  ", "# head", "`code`", "<b>", "[x]: /y", "***", "* * *", "===", "_so_", "\\*", "(c)", "&amp;"]
)  # fmt: skip
_LINES = st.lists(_WORDS, max_size=4).map(" ".join)


@given(st.lists(st.one_of(_LINES, st.text(max_size=30)), max_size=10).map("\n".join))
def test_paragraphs_are_as_the_whole(text: str) -> None:
    assert message.letter_html(text) == message._html(text)
    assert message.text_of(text) == message._text(text)


@pytest.mark.parametrize("starter", starters(), ids=lambda starter: starter.name)
def test_the_starters_are_paragraphs_only(starter) -> None:
    text = render(starter, example_facts()).text
    assert message._paragraphs(text) is not None
    assert message.letter_html(text) == message._html(text)
    assert message.text_of(text) == message._text(text)
