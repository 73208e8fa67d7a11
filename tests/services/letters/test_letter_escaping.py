import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from outreach.services.letters.escaping import cleaned, escaped
from outreach.services.letters.parts import html_of, text_of
from outreach.services.letters.sandbox import RenderedLetter, render
from outreach.services.letters.templates import LetterKind, TemplateText

_PLAIN = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
_MARKS = st.text(st.sampled_from(list("\\`*_{}[]()<>#+-.!|~=&;:\"'/ \n\tab19?,")), max_size=60)
_FACTS = (_PLAIN | _MARKS).filter(lambda text: cleaned(text).strip())

_TYPED = ("paragraph_open", "paragraph_close", "inline", "text", "hardbreak")
_READER = MarkdownIt("commonmark", {"html": False})


def _written(body: str, **facts: str) -> str:
    letter = render(TemplateText("a", "A", LetterKind.REPLY, "Hello", body), facts)
    assert isinstance(letter, RenderedLetter)
    return letter.text


def _lines(text: str) -> list[str]:
    """A fact's lines as a reader sees them: blanks at their ends are nothing, nor is an empty line more than one."""
    return [line.strip() for line in cleaned(text).split("\n") if line.strip()]


def _shown(page: str) -> str:
    body = page[page.index("<div") : page.rindex("</div>")]
    return html.unescape(re.sub(r"<[^>]*>", "", body))


@given(_FACTS)
@example("1986. A year")
@example("Title\n===")
@example("a\n\n    code")
@example("# Up! ~~~\n~~~\n![x](http://evil.example/x.png)")
@example("<script>alert(1)</script> &amp; &#60; \\")
def test_a_fact_is_never_markup(fact):
    tokens = _READER.parse(escaped(fact))
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    assert kinds <= set(_TYPED)


@given(_FACTS)
@example("It’s -- \"so\" (c) ... 'fine' !!!! ,, +- O'Brien")
def test_a_fact_is_read_as_it_stands(fact):
    markdown = escaped(fact)
    assert [line for line in text_of(markdown).split("\n") if line] == _lines(fact)
    # The typographer may set the apostrophe inside a word, nothing else.
    shown = [line for line in _shown(html_of(markdown)).split("\n") if line]
    assert [re.sub(r"(?<=[^\W_])’(?=[^\W_])", "'", line) for line in shown] == [
        re.sub(r"(?<=[^\W_])’(?=[^\W_])", "'", line) for line in _lines(fact)
    ]


_WORDS = _FACTS.map(lambda text: " ".join(cleaned(text).split()))


@given(_WORDS)
@example("*")
@example("!")
@example("AT&")
def test_the_templates_own_marks_work_around_a_fact(fact):
    text = _written("- See **{{ a }}** and {{ a }}[the *page*](https://a.example/) said {{ a }}", a=fact)
    page = html_of(text)
    assert page.count("<li>") == page.count('<a href="https://a.example/">the <em>page</em></a>') == 1
    assert page.count("<strong>") == page.count("<em>") == 1
    assert "<img" not in page
    assert text_of(text) == f"- See {fact} and {fact}the page (https://a.example/) said {fact}\n"


@given(_WORDS, _WORDS)
@example("1", ". x")
@example("AT&", "amp;")
@example("!", "[x](https://a.example/)")
@example("[x]", "(https://a.example/)")
@example("\\", "*")
def test_two_facts_side_by_side_make_no_mark_together(one, other):
    text = _written("{{ a }}{{ b }}", a=one, b=other)
    tokens = _READER.parse(text)
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    assert kinds <= set(_TYPED)
    assert text_of(text) == f"{one}{other}\n"


@pytest.mark.parametrize(
    "body",
    ["[a]({{ a }})", "[{{ a }}](https://a.example/)", "[a]{{ a }}", "[a]\n\n[a]{{ a }}", "![a]({{ a }})", "<{{ a }}>"],
)
@pytest.mark.parametrize(
    "fact",
    [
        "javascript:alert(1)",
        "(javascript:alert(1))",
        ": https://evil.example/",
        "](https://evil.example/)",
        'https://a.example/" onmouseover="x',
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
    ],
)
def test_no_fact_makes_a_link_that_the_template_does_not(body, fact):
    page = html_of(_written(body, a=fact))
    assert "<img" not in page
    assert not re.search(r'href="(?!https://a\.example/)', page)
    assert "onmouseover" not in re.sub(r'href="[^"]*"', "", page) or "&quot; onmouseover=&quot;" in page


@pytest.mark.parametrize(
    ("fact", "markdown"),
    [
        ("Maya Okonjo-Reyes (she/her), Bristol.", "Maya Okonjo-Reyes (she/her), Bristol."),
        ("@maya_reads & co", "@maya_reads & co"),
        ("I couldn't put it down!", "I couldn't put it down\\!"),
        ("*batteries not included", "\\*batteries not included"),
        ("12 Quay Street\r\nBristol", "12 Quay Street\\\nBristol"),
        ("One.\n \nTwo.", "One.\n\nTwo."),
        ("3.14", "3.14"),
        ("3. March", "3\\. March"),
        (" - a ", " \\- a "),
    ],
)
def test_a_fact_stays_readable_when_a_letter_is_edited(fact, markdown):
    assert escaped(fact) == markdown
