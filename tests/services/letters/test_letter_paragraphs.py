"""A letter's paragraphs are turned one by one, and come out as the whole would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.services.letters import parts
from outreach.services.letters.facts import example_facts
from outreach.services.letters.sandbox import render
from outreach.services.letters.templates import starters

_WORDS = st.sampled_from(
    ["Dear", "*you*", "**Kit**", "“a”", '"b"', "it's", "O\\'Brien", "*A*.", "(*b c*)", "\\*x*", "a\\", "x\\\n", "\\\\", "*it's*", "wait..", "!?", "\\<a\\>", "\\&", "& ", "who?!", "+-", "TM", "(tm)", "a-b", "Zoë", "5/6", "--", "...", "[a](https://x.example)", "---", "- one", "> said",
     "1. first", "\\", "  ", "# head", "`code`", "<b>", "[x]: /y", "***", "* * *", "===", "_so_", "\\*", "(c)", "&amp;"]
)  # fmt: skip
_LINES = st.lists(_WORDS, max_size=4).map(" ".join)


@given(st.lists(st.one_of(_LINES, st.text(max_size=30)), max_size=10).map("\n".join))
def test_paragraphs_are_as_the_whole(text: str) -> None:
    assert parts.letter_html(text) == parts._html(text)
    assert parts.text_of(text) == parts._text(text)


@given(
    st.lists(
        st.one_of(_LINES, st.sampled_from(["Dear Zoë,", "Ann\\\nBea", "\\(c\\)", "*a*\\\n*b c*"])),
        min_size=1,
        max_size=4,
    )
)
def test_a_simple_paragraph_is_turned_as_markdown_it_does(lines: list[str]) -> None:
    part = "\n".join(lines).strip("\n")
    if part and not parts._BEGINS_BLOCK.search(part) and not parts._BLANK_LINES.search(part):
        assert parts._simple(part) in (None, (parts._text(part), parts._html(part)))


@given(st.from_regex(parts._SIMPLE, fullmatch=True))
def test_what_is_simple_is_simple(part: str) -> None:
    part = part.strip("\n")
    if part and not parts._BEGINS_BLOCK.search(part) and not parts._BLANK_LINES.search(part):
        assert parts._simple(part) in (None, (parts._text(part), parts._html(part)))


@pytest.mark.parametrize("starter", starters(), ids=lambda starter: starter.name)
def test_the_starters_are_paragraphs_only(starter) -> None:
    text = render(starter, example_facts()).text
    assert parts._paragraphs(text) is not None
    each = [part.strip("\n") for part in parts._BLANK_LINES.split(text) if part.strip()]
    assert all(parts._simple(part) for part in each if part != "---")
    assert parts.letter_html(text) == parts._html(text)
    assert parts.text_of(text) == parts._text(text)
