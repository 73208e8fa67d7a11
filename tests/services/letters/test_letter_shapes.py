"""Letters of a batch are to the byte what each would be alone, however they are made."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.letters.alike import Alike
from outreach.services.letters.environment import parse
from outreach.services.letters.facts import example_facts
from outreach.services.letters.filters import MOST_CHARACTERS
from outreach.services.letters.message import MessageMaker, OutgoingLetter, build_message
from outreach.services.letters.parts import PartsMaker, parts_of
from outreach.services.letters.sandbox import LetterMaker, LetterProblems, payload_of, render, render_many
from outreach.services.letters.syntax import are_only_shown
from outreach.services.letters.templates import LetterKind, TemplateText, starters
from outreach.services.letters.values import group_of

_VALUES = st.one_of(
    st.sampled_from([
        "Zoë Müller", "محمد العربي", "山田 花子", "😀", "*b*", "_a_", "1. first", "# head", "- x", "a\nb", "a\n\nb", " lead",
        "trail ", "it's", "--", "...", "(c)", "<b>", "&amp;", "\\", "a  b", "", " ", None, 0, 7, [], ["a", "b*"], {},
        {"title": "T"}, "\x00", "\ue0000z1\ue001", "x" * 700, "=?utf-8?q?x?=", "\ud83d", "wait?!", "---",
    ]),
    st.text(max_size=20),
)  # fmt: skip
_FACTS = st.fixed_dictionaries(
    {},
    optional={
        "person": st.one_of(
            st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "city", "role", "loved", "tags"), _VALUES)),
            _VALUES,
        ),
        "opening": _VALUES,
        "book": st.just({"title": "Sea", "author": "I. M."}),
    },
)
_PIECES = st.sampled_from([
    "{{ person.name }}", "{{ opening }}", "{{ book.title }}", "*{{ person.city }}*", "“{{ person.role }}”", "\n\n", "\n",
    "\\\n", " ", "Dear ", "- ", "> ", "{{ person.loved.title }}", "{{ person.loved }}", "{{ person }}", "{{ person['name'] }}",
    "{{ person.name or 'x' }}", "{{ person.city and person.role }}", "{{ person.city if person.city else opening }}",
    "{% if person.city %}in {{ person.city }}{% endif %}", "{% if not person.role %}none{% else %}{{ opening }}{% endif %}",
    "{% if person.loved and person.city is defined %}both{% elif opening %}one{% endif %}", "{{ person['a.b'] }}",
    "{{ person.name | upper }}", "{% if person.city == 'Bath' %}Bath{% endif %}", "{{ person.name ~ opening }}",
    "{% for tag in person.tags %}{{ tag }},{% endfor %}", "{% set x = person.name %}{{ x }}", "{{ person.name[0] }}",
    "{% with person = book %}{{ person.title }}{% endwith %}", "{% for i in range(2) %}{{ opening }}{{ i }}{% endfor %}",
    "\n\n---\n\n", "{{ nobody.at.all }}", "{{ not person.city }}", "\ue000",
])  # fmt: skip


def _template(body: str, subject: str = "Hello") -> TemplateText:
    return TemplateText("a-letter", "A letter", LetterKind.REPLY, subject, body)


def _alone(template: TemplateText, facts: dict[str, Any]) -> dict[str, Any]:
    """What `render_many` answers for a letter that is the only one."""
    try:
        made = render(template, facts)
    except KnownError as error:
        return {"error": error.code, "error_facts": error.facts}
    text, html = parts_of(made.text)
    missing = list(made.missing) if isinstance(made, LetterProblems) else []
    return {"subject": made.subject, "markdown": made.text, "text": text, "html": html, "missing": missing,
            "used": list(made.used), "error": None}  # fmt: skip


def _are_as_alone(template: TemplateText, everyone: list[dict[str, Any]]) -> None:
    answers = list(render_many(payload_of(template, dict(enumerate(everyone)))))
    assert [answer["id"] for answer in answers] == list(range(len(everyone)))
    for answer, facts in zip(answers, everyone, strict=True):
        alone = _alone(template, facts)
        assert {name: answer[name] for name in alone} == alone


@given(st.lists(_PIECES, min_size=1, max_size=8).map("".join), st.lists(_PIECES, max_size=2).map("".join),
       st.lists(_FACTS, min_size=1, max_size=4))  # fmt: skip
def test_letters_of_a_batch_are_as_each_alone(body: str, subject: str, some: list[dict[str, Any]]) -> None:
    template = _template(body, "S" + subject.replace("\n", " "))
    try:
        render(template, {})
    except KnownError as error:
        if error.code in ("letters.syntax", "letters.forbidden"):
            return  # no letter can be made of it, in a batch or alone
    _are_as_alone(template, some * 3)  # from the third of a shape on it is known


@pytest.mark.parametrize("template", starters(), ids=lambda template: template.name)
def test_all_starters_have_shapes(template: TemplateText) -> None:
    everyone = []
    for name in ("Ann", "*Zoë*", "محمد", "1. Kit", "O'Brien", "Ann\nLee", "", "x" * 600) * 2:
        facts = example_facts()
        facts["person"] |= {"name": name, "greeting": f"Dear {name}", "first_name": name}
        facts["opening"] = f"Your shelf, {name}, made me miss my stop."
        everyone.append(facts)
    _are_as_alone(template, everyone)
    maker = LetterMaker(template)
    shapes = maker.shapes(everyone[0], {})
    made = [shapes.fill(everyone[0]) for _ in range(3)]
    assert made[0] is None
    assert made[2] is not None
    assert made[2][1] == render(template, everyone[0]).text


def test_a_letter_that_becomes_too_long_is_refused_in_a_batch_too() -> None:
    body = "{{ opening }}" + "x" * 50_000
    short, long = {"opening": "A line."}, {"opening": "y" * MOST_CHARACTERS}
    answers = list(render_many(payload_of(_template(body), dict(enumerate([short, short, short, long])))))
    assert [answer["error"] for answer in answers] == [None, None, None, "letters.too_long"]


def test_a_fact_that_is_shared_and_told_again_is_the_letters_own() -> None:
    payload = payload_of(_template("{{ opening }}"), {1: {"opening": "A"}, 2: {"opening": "A"}})
    assert payload["shared"] == {"opening": "A"}
    payload["letters"] = [{"id": 1, "facts": {"opening": "B"}}, *[{"id": number, "facts": {}} for number in (2, 3, 4)]]
    assert [answer["markdown"] for answer in render_many(payload)] == ["B", "A", "A", "A"]


@pytest.mark.parametrize(
    ("body", "is_shown"),
    [
        ("{{ person.name }} {{ person.loved.title or 'x' }}", True),
        ("{% if not person.city and person.role is defined %}{{ person.city }}{% endif %}", True),
        ("{{ book.title | upper }}{% for tag in book.tags %}{{ person.name }}{{ tag }}{% endfor %}", True),
        ("{{ person['name'] }}", True),
        ("{{ person['first.name'] }}", False),
        ("{{ person.name | upper }}", False),
        ("{{ not person.name }}", False),
        ("{{ person.name[0] }}", False),
        ("{% if person.name == 'x' %}y{% endif %}", False),
        ("{% if person.name | length %}y{% endif %}", False),
        ("{% if person.age > 3 %}y{% endif %}", False),
        ("{% set x = person.name %}{{ x }}", False),
        ("{% for x in person.tags %}{{ x }}{% endfor %}", False),
        ("{% for person in book.people %}{{ person.name }}{% endfor %}", False),
        ("{{ 'a' ~ person.name }}", False),
        ("{% if book.title in [person.name] %}y{% endif %}", False),
    ],
)
def test_what_a_template_does_with_facts_is_seen(body: str, is_shown: bool) -> None:
    assert are_only_shown(parse("body", body), frozenset({"person"})) is is_shown


def test_a_mark_is_not_escaped_and_cannot_be_guessed() -> None:
    template = _template("{{ opening }} and {{ person.name }}")
    own = {"opening": "\ue0000z1\ue001", "person": {"name": "Kit"}}
    shapes = LetterMaker(template).shapes(own, group_of({}))
    assert [shapes.fill(own) for _ in range(3)] == [None] * 3  # it cannot be printed, so it is the sandbox's
    _are_as_alone(template, [own, {"opening": "A", "person": {"name": "\ue000"}}] * 3)


_PARAGRAPHS = st.lists(
    st.sampled_from(["Dear Zoë,", "One *short* line.", "a\nb", "", " ", "\n", "- one", "> two", "---", "x\\", " y", "\tz",
                     "Yours\\\nHanna", "“it's”", "[a](https://x.example)", "From me", ".", "É" * 90, "w " * 600]),
    max_size=7,
).map("\n\n".join)  # fmt: skip


@given(st.lists(_PARAGRAPHS, max_size=6))
def test_texts_are_cut_into_what_makes_them_up(texts: list[str]) -> None:
    alike = Alike()
    for text in texts * 2:
        head, own, tail = alike.cut(text)
        assert head + own + tail == text
        assert head == "" or head.endswith("\n\n")
        assert tail == "" or tail.startswith("\n\n")


def test_what_is_common_is_found_again_after_an_odd_letter() -> None:
    alike, texts = Alike(), [f"Dear {number},\n\nYours\n\nHanna" for number in range(300)]
    cuts = [alike.cut(text) for text in [*texts[:50], "Something else", *texts[50:]]]
    assert cuts[49] == ("", "Dear 49,", "\n\nYours\n\nHanna")
    assert cuts[50] == ("", "Something else", "")
    assert cuts[-1] == ("", "Dear 299,", "\n\nYours\n\nHanna")


@given(st.lists(_PARAGRAPHS, max_size=6))
def test_parts_of_a_batch_are_as_each_alone(texts: list[str]) -> None:
    maker = PartsMaker()
    for text in texts * 2:
        assert maker.parts(text) == parts_of(text)


@given(st.lists(st.tuples(_PARAGRAPHS, _PARAGRAPHS, st.text(max_size=40)), max_size=6))
def test_messages_of_a_batch_are_as_each_alone(parts: list[tuple[str, str, str]]) -> None:
    maker = MessageMaker()
    for number, (text, html, name) in enumerate(parts * 2):
        letter = OutgoingLetter(
            sender_name="Hanna Okafor", sender_address="hanna@house.example", to_name=name,
            to_address="kit@readers.example", subject=name, text=text + name, html=html,
            message_id=f"<{number}@house.example>", date="2026-11-24T12:00:00+00:00",
        )  # fmt: skip
        assert _built(maker.build, letter) == _built(build_message, letter), asdict(letter)


def _built(build: Any, letter: OutgoingLetter) -> bytes | str:
    try:
        made: bytes = build(letter)
    except KnownError as error:
        return error.code
    return made
