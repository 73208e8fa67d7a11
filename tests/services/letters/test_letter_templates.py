import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.letters.facts import FACTS, example_facts
from outreach.services.letters.parts import text_of
from outreach.services.letters.sandbox import RenderedLetter, check, fact_names, render
from outreach.services.letters.templates import (
    LetterKind,
    TemplateText,
    format_template,
    parse_template,
    starters,
)

_GOOD = '+++\nname = "a-b"\nlabel = "A b"\nkind = "pitch"\nsubject = "Hi {{ person.name }}"\n+++\n\nDear you,\n\nYes.\n'


def test_a_file_is_read():
    assert parse_template(_GOOD) == TemplateText(
        "a-b", "A b", LetterKind.PITCH, "Hi {{ person.name }}", "Dear you,\n\nYes."
    )


def test_windows_line_ends_and_a_byte_order_mark_are_read_too():
    assert parse_template("\ufeff" + _GOOD.replace("\n", "\r\n")) == parse_template(_GOOD)


def test_a_fence_in_the_letter_stays_in_it():
    assert parse_template(_GOOD + "+++\nmore\n").body == "Dear you,\n\nYes.\n+++\nmore"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "+++"),
        ("Dear you", 1, "+++"),
        ('+++\nname = "a"\n', 3, "+++"),
        (_GOOD.replace('"a-b"', '"A B"'), 2, "name"),
        (_GOOD.replace('"a-b"', "7"), 2, "name"),
        (_GOOD.replace('"A b"', '" "'), 3, "label"),
        (_GOOD.replace('"pitch"', '"advert"'), 4, "kind"),
        (_GOOD.replace('"Hi', '"Hi\\n'), 5, "subject"),
        (_GOOD.replace('"Hi', '"Hi\\u2028'), 5, "subject"),
        (_GOOD.replace('label = "A b"\n', ""), 5, "label"),
        (_GOOD.replace('"A b"', '"A b'), 3, 'label = "A b'),
        (_GOOD.replace("kind =", 'colour = "red"\nkind ='), 4, "colour"),
        (_GOOD.split("Dear")[0], 6, "+++"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(text, line, what):
    with pytest.raises(KnownError) as raised:
        parse_template(text)
    assert raised.value.code == "letters.bad_template_file"
    assert raised.value.facts == {"line": line, "what": what}


_LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60).filter(str.strip)


@given(
    _LINES, st.sampled_from(LetterKind), _LINES, st.text(st.characters(exclude_categories=("Cs",))).filter(str.strip)
)
def test_what_is_written_is_read_back(label, kind, subject, body):
    template = TemplateText("some-name-2", label, kind, subject, body.replace("\r", "\n"))
    assert parse_template(format_template(template)) == template


def test_the_starters_survive_their_own_writer():
    assert [template.name for template in starters()][:3] == ["first-pitch", "ask-address", "parcel-note"]
    assert all(parse_template(format_template(template)) == template for template in starters())


@pytest.mark.parametrize("starter", starters(), ids=lambda starter: starter.name)
class TestStarter:
    def test_it_asks_only_for_facts_that_are_listed(self, starter):
        listed = {fact.name for fact in FACTS}
        groups = {name.rsplit(".", 1)[0] for name in listed}
        assert set(fact_names(starter)) <= listed | groups

    def test_it_renders_with_the_examples(self, starter):
        check(starter)
        letter = render(starter, example_facts())
        assert isinstance(letter, RenderedLetter)
        assert "*Daughters of the Tidewall*" in letter.text
        assert "nothing" in letter.text or "no need" in letter.text

    def test_it_does_without_what_is_optional(self, starter):
        facts = example_facts()
        for fact in FACTS:
            if fact.optional:
                *groups, leaf = fact.name.split(".")
                group = facts
                for name in groups:
                    group = group[name]
                group[leaf] = None
        letter = render(starter, facts)
        assert isinstance(letter, RenderedLetter)
        assert "\n\n\n" not in text_of(letter.text)

    def test_it_wants_all_that_is_not_optional(self, starter):
        letter = render(starter, {})
        optional = {fact.name for fact in FACTS if fact.optional}
        wanted = set(fact_names(starter)) - optional - {"person.loved"}
        assert set(letter.missing) == wanted

    @pytest.mark.parametrize("word", ["!", " please", "review it for us", "in exchange", "#"])
    def test_it_keeps_the_voice(self, starter, word):
        assert word not in (starter.subject + starter.body).lower()


def test_the_first_pitch_carries_what_a_pitch_must():
    (pitch,) = (template for template in starters() if template.kind is LetterKind.PITCH)
    used = render(pitch, example_facts()).used
    assert {"opening", "lines.no_obligation", "lines.disclosure", "lines.opt_out", "me.postal_address"} <= set(used)
    assert {"book.title", "book.author", "book.one_line", "book.pub_date", "copy.format"} <= set(used)


def test_every_fact_has_an_example_and_its_own_name():
    assert len({fact.name for fact in FACTS}) == len(FACTS)
    assert all(fact.example.strip() and fact.meaning.strip() for fact in FACTS)
