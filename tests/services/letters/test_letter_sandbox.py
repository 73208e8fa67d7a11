import json
from typing import Any

import pytest

from outreach.errors import KnownError
from outreach.services.letters.facts import example_facts
from outreach.services.letters.parts import html_of, text_of
from outreach.services.letters.sandbox import LetterProblems, RenderedLetter, check, fact_names, render, render_many
from outreach.services.letters.templates import LetterKind, TemplateText, starters
from outreach.wording import Words
from outreach.workers import Limits, stream


def template(body: str, subject: str = "Hello") -> TemplateText:
    return TemplateText("a-letter", "A letter", LetterKind.REPLY, subject, body)


def written(body: str, **facts: Any) -> str:
    """The Markdown of a letter with nothing missing."""
    letter = render(template(body), facts)
    assert isinstance(letter, RenderedLetter), letter
    return letter.text


def missing(body: str, **facts: Any) -> tuple[str, ...]:
    letter = render(template(body), facts)
    return letter.missing if isinstance(letter, LetterProblems) else ()


_MAYA = {"name": "Maya Okonjo", "first_name": "Maya", "city": "Bristol", "country": None, "role": " ", "loved": None}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Dear {{ person.first_name }},", "Dear Maya,"),
        ("{{ person['first_name'] }}", "Maya"),
        ("{{ person.country or 'there' }}", "there"),
        ("{{ person.role | default('reader') }}", "reader"),
        ("{{ person.loved.title or 'that book' }}", "that book"),
        ("{{ person.nothing.at.all or 'x' }}", "x"),
        ("{% if person.loved %}no{% else %}yes{% endif %}", "yes"),
        ("{% if person.city == 'Bristol' %}yes{% endif %}", "yes"),
        ("{% if person.city in ['Bath', 'Bristol'] %}yes{% endif %}", "yes"),
        ("{% if person.country is defined %}no{% else %}yes{% endif %}", "yes"),
        ("{% if person.country is none and person.zip is undefined %}yes{% endif %}", "yes"),
        ("{% if person.country == '' %}yes{% endif %}", "yes"),
        ("{% if person.followers > 10 or person.followers is odd %}no{% endif %}yes", "yes"),
        ("{{ 'in ' ~ person.city if person.city }}", "in Bristol"),
        ("a{{ 'b' if person.country }}", "a"),
        ("{{ person.first_name[:1] }}{{ person.first_name[0] }}", "MM"),
        ("{{ person.name | upper | replace('MAYA', 'M') }}", "M OKONJO"),
        ("{{ 'the salt orchard' | title }}, {{ 'o’hara' | title }}", "The Salt Orchard, O’hara"),
        ("{{ 'one two three four' | truncate(12) }}", "one two…"),
        ("{{ tags | join(' and ') }} {{ tags | length }} {{ tags }}", "sea and salt 2 sea, salt"),
        ("{% for tag in tags %}{{ loop.index }} {{ tag }}{{ ', ' if not loop.last }}{% endfor %}", "1 sea, 2 salt"),
        ("{% for i in range(3) %}{{ i }}{% endfor %}", "012"),
        ("{{ 2 * 3 + 7 % 4 - 1 }} {{ 7 // 2 }} {{ 1 / 2 }}", "8 3 0.5"),
        ("{% set greeting = 'Dear ' + person.first_name %}{{ greeting }}", "Dear Maya"),
        ("{% with x = person.city %}{{ x }}{% endwith %}", "Bristol"),
        ("{# not said #}a{% raw %}{{ b }}{% endraw %}", "a{{ b }}"),
        ("{% if true %}\na\n{% endif %}\nb", "a\nb"),
    ],
)
def test_a_template_says_what_it_should(body, text):
    assert written(body, person=_MAYA, tags=["sea", "salt", ""]) == text


def test_all_that_is_missing_is_told_at_once():
    body = (
        "{{ person.first_name }} {{ person.city }} {{ book.title | upper }} {{ 'by ' ~ book.author ~ me.name }}"
        "{% for tag in person.tags %}{{ tag }}{% endfor %} {{ opening }} {{ person.role }} {{ opening }} {{ person }}"
    )
    letter = render(template(body, "For {{ person.handle }}"), {"person": _MAYA})
    assert isinstance(letter, LetterProblems)
    assert letter.missing == (
        "person.handle",
        "book.title",
        "book.author",
        "me.name",
        "person.tags",
        "opening",
        "person.role",
        "person",
    )
    assert letter.subject == "For ⟦person.handle⟧"
    assert "⟦book.title⟧" in text_of(letter.text)
    assert "⟦book.title⟧" in html_of(letter.text)


@pytest.mark.parametrize("empty", [None, "", "  ", "\n", "\x00", [], {}, [None, " "]])
def test_blank_is_missing(empty):
    assert missing("{{ a.b }}", a={"b": empty}) == ("a.b",)
    assert missing("{{ a }}", a=empty) == ("a",)
    assert missing("{% if a %}{{ a }}{% endif %}x", a=empty) == ()


@pytest.mark.parametrize("there", ["x", 0, 1.5, False, ["x"]])
def test_what_is_there_is_not_missing(there):
    assert missing("{{ a }}", a=there) == ()


def test_a_letter_knows_the_facts_it_shows():
    body = (
        "{% if book.title %}{{ person.city | upper }}{% endif %}{{ tags }} {{ 'at ' ~ me.email }} {{ 'x' or me.name }}"
    )
    facts = {"person": _MAYA, "book": {"title": "T"}, "tags": ["a"], "me": {"email": "m", "name": "n"}}
    letter = render(template(body, "{{ person.first_name }}"), facts)
    assert letter.used == ("person.first_name", "person.city", "tags", "me.email")


def test_the_names_in_a_template_are_found_without_facts():
    body = (
        "{% for tag in person.tags %}{{ tag.x }}{{ loop.index }}{% endfor %}{{ person['city'] }}"
        "{% set here = book.title or 'x' %}{{ here }}{% if person.loved %}{{ person.loved.title | upper }}{% endif %}"
    )
    names = ("me.name", "person.tags", "person.city", "book.title", "person.loved", "person.loved.title")
    assert fact_names(template(body, "{{ me.name }}")) == names


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("value", ["Maya{}Bcc: eve@evil.example", "Maya{}", "{}Maya"])
def test_a_fact_cannot_break_the_subject(line_break, value):
    with pytest.raises(KnownError) as raised:
        render(template("x", "For {{ name }}"), {"name": value.format(line_break)})
    assert raised.value.code == "letters.line_break"
    assert raised.value.facts == {"field": "subject"}


def test_a_subject_is_plain_text():
    letter = render(template("x", "For {{ name }},  *you*"), {"name": "*Ann_e* O'Hara\t& Co"})
    assert letter.subject == "For *Ann_e* O'Hara & Co, *you*"


@pytest.mark.parametrize(("body", "part"), [("{{ '' }} \n", "body"), ("{% if a %}x{% endif %}", "body")])
def test_a_letter_with_nothing_in_it_is_refused(body, part):
    with pytest.raises(KnownError) as raised:
        render(template(body), {"a": None})
    assert (raised.value.code, raised.value.facts) == ("letters.empty", {"part": part})


@pytest.mark.parametrize("fact", [object(), len, b"x", {1, 2}, ("a",), TypeError])
def test_an_object_is_no_fact(fact):
    with pytest.raises(TypeError):
        render(template("x"), {"person": {"deep": [fact]}})


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("a\n{{ person.name", "letters.syntax", 2),
        ("a\n\n{% if x %}", "letters.syntax", 3),
        ("{{ a b }}", "letters.syntax", 1),
        ("a\n{{ x | pprint }}", "letters.forbidden", 2),
        ("a\nb\n{{ x.__class__ }}", "letters.forbidden", 3),
        ("a\n{% include 'x' %}", "letters.forbidden", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(body, code, line):
    with pytest.raises(KnownError) as raised:
        check(template(body))
    assert raised.value.code == code
    assert raised.value.facts["part"] == "body"
    assert raised.value.facts["line"] == line
    assert str(line) in Words("en_GB").trouble(raised.value)


def test_a_mistake_that_only_facts_bring_out_is_told_with_its_line():
    with pytest.raises(KnownError) as raised:
        render(template("a\nb {{ 1 / n }}"), {"n": 0})
    assert raised.value.code == "letters.cannot_render"
    assert raised.value.facts == {"part": "body", "line": 2, "what": "division by zero"}


def test_many_letters_come_from_a_child_process_with_their_own_troubles():
    given = {
        "name": "a",
        "label": "A",
        "kind": "note",
        "subject": "For {{ name }}",
        "body": "Dear {{ name }}, *{{ title }}* {{ 1 / n }}",
    }
    facts = [
        {"name": "Ann", "title": "A_b_ & <c>", "n": 1},
        {"name": "Ann", "title": None, "n": 1},
        {"name": "Ann", "title": "T", "n": 0},
        {"name": "Ann\nBcc: x", "title": "T", "n": 1},
    ]
    payload = {"template": given, "letters": [{"id": number, "facts": each} for number, each in enumerate(facts)]}
    made = list(stream("outreach.services.letters.sandbox:render_many", payload, Limits(seconds=10, memory_mb=200)))
    assert json.loads(json.dumps(made)) == made
    assert [letter["id"] for letter in made] == [0, 1, 2, 3]
    assert [letter["error"] for letter in made] == [None, None, "letters.cannot_render", "letters.line_break"]
    assert [letter["missing"] for letter in made] == [[], ["title"], [], []]
    assert made[0]["text"] == "Dear Ann, A_b_ & <c> 1.0\n"
    assert "<em>A_b_ &amp; &lt;c&gt;</em>" in made[0]["html"]
    assert made[0]["subject"] == "For Ann"


def test_many_letters_are_the_same_as_one_by_one():
    for starter in starters():
        payload = {
            "template": {name: str(getattr(starter, name)) for name in ("name", "label", "kind", "subject", "body")},
            "letters": [{"id": 7, "facts": example_facts()}],
        }
        (made,) = render_many(payload)
        one = render(starter, example_facts())
        assert (made["subject"], made["markdown"]) == (one.subject, one.text)
        assert (made["text"], made["html"]) == (text_of(one.text), html_of(one.text))
