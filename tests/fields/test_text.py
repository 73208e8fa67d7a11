import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.names import join_name
from outreach.fields.text import (
    clean,
    clean_lines,
    damaged,
    fold,
    is_clean,
    person_keys,
    person_sort_key,
    same_but_damaged,
    unseen,
)

from .material import any_text, quick


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Anna\t Rush \r\n", "Anna Rush"),
        ("e\u0301clair", "\u00e9clair"),
        ("An\u200bna\u202e", "Anna"),
        ("\ufeffName", "Name"),
        ("a\x00b\x07", "ab"),
        ("a\u00a0b\u3000c\u2028d", "a b c d"),
        ("so\u00adft", "soft"),
        ("half \ud83d", "half \ufffd"),
        ("\U0001f469\u200d\U0001f680 reads", "\U0001f469\u200d\U0001f680 reads"),
        ("\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0dc1\u0dca\u200d\u0dbb\u0dd3"),
        ("a\u200db\u200c", "ab"),
        ("", ""),
    ],
)
def test_clean_makes_one_line(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 Tannery Row", ()),
        ("14 Tannery Row\r\n\tLeeds\u2028LS3\u00a01AB", ()),
        ("1\u202e Row\u202c", ("U+202E", "U+202C")),
        ("2\u2066 3\u2069\u200e\u200f\u061c", ("U+2066", "U+2069", "U+200E", "U+200F", "U+061C")),
        ("Le\u200beds\ufeff\u200b", ("U+200B", "U+FEFF")),
        ("a\x00b\x07", ("U+0000", "U+0007")),
        ("Le\u200ceds", ("U+200C",)),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", ()),
        ("\u0dc1\u0dca\u200d\u0dbb\u0dd3", ()),
    ],
)
def test_signs_that_nobody_sees_are_told(text, expected):
    assert unseen(text) == expected


@quick
@given(any_text)
def test_clean_leaves_no_control_and_changes_nothing_twice(text):
    cleaned = clean(text)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in cleaned)
    assert not set(cleaned) & set("\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff")
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert clean(cleaned) == cleaned
    cleaned.encode()


def test_clean_lines_keeps_the_breaks_inside():
    assert clean_lines("\n\n one \r\ntwo\rthree\x0b\nfour  five\n\n") == "one\ntwo\nthree\n\nfour five"
    assert clean_lines(" one  line ") == "one line"


@quick
@given(any_text)
def test_clean_lines_holds_no_control_but_the_break(text):
    lines = clean_lines(text)
    assert lines == clean_lines(lines)
    assert lines.split("\n") == [clean(line) for line in lines.split("\n")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İldeş", "ildes"),
        ("Çamurcuoğlu", "camurcuoglu"),
        ("Straße", "strasse"),
        ("Øre & Łódź", "ore & lodz"),
        ("Đỗ ırmak", "do irmak"),
        ("Ærø Œuvre", "aero oeuvre"),
        ("鈴木 治", "鈴木 治"),
        ("がぎ", "がぎ"),
        ("ＡＢＣ", "abc"),
        ("The Translator’s  Widow", "the translator's widow"),
        ("tide–wall", "tide-wall"),
        ("Σίσυφος", "σισυφοσ"),
        ("हिन्दी", "हिन्दी"),
        ("한국", "한국"),
        ("a\x00\u200bb", "ab"),
    ],
)
def test_fold(text, expected):
    assert fold(text) == expected


@quick
@given(any_text)
def test_fold_is_idempotent_and_blind_to_cleaning(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(clean(text)) == folded


def test_fold_and_clean_are_stable_for_every_character():
    for code in range(0x20000):
        text = f"a{chr(code)}漢"
        folded = fold(text)
        assert fold(folded) == folded, hex(code)
        assert clean(clean(text)) == clean(text), hex(code)


@pytest.mark.parametrize(
    "text",
    [
        "?lde?",
        "Çamurcuo?lu",
        "38 Y?ld?r?m Ville",
        "Mezim?stí",
        "??ng",
        "Ren\ufffd",
        "??",
        "1 ??????????",
        "116 ?? Street",
    ],
)
def test_damaged(text):
    assert damaged(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anna",
        "Who? What",
        "Really?",
        "Why (not)?",
        "What??",
        "?",
        "see x.example/watch?v=abc",
        "Oh? “Yes?”",
        "a ?, b",
    ],
)
def test_not_damaged(text):
    assert not damaged(text)


def test_same_but_damaged():
    assert same_but_damaged("?lde?", "İldeş")
    assert same_but_damaged("İldeş", "\ufffdLDE\ufffd".replace("LDE", "lde"))
    assert same_but_damaged("?? ??", "香織 阿部")
    assert not same_but_damaged("?lde?", "İldeşa")
    assert not same_but_damaged("?lda?", "İldeş")


@quick
@given(any_text, any_text)
def test_a_text_is_the_same_as_itself_with_letters_lost(text, other):
    lost = "".join("?" if ord(letter) > 255 else letter for letter in text)
    assert same_but_damaged(lost, text)
    assert same_but_damaged(text, other) == same_but_damaged(other, text)


def test_people_sort_by_family_name():
    names = ["Zoe Smith", "Bob Smith Jones", "Jones, Anna", "Smith, Bob", "İldeş Çamurcuoğlu"]
    keys = {name: person_sort_key(name) for name in names}
    assert keys["Smith, Bob"] == person_sort_key("Bob Smith") == person_sort_key("", "Smith", "Bob")
    assert person_sort_key("Bob", "Smith") < person_sort_key("", "Smith Jones", "Al")
    assert sorted(names, key=keys.get) == [
        "İldeş Çamurcuoğlu",
        "Jones, Anna",
        "Bob Smith Jones",
        "Smith, Bob",
        "Zoe Smith",
    ]


@quick
@given(any_text, any_text)
def test_a_sort_key_is_folded_family_name_first(family, given_name):
    key = person_sort_key("Some One", family, given_name)
    assert key.startswith(fold(family))
    assert key.endswith(fold(given_name))
    assert isinstance(damaged(family), bool)


@given(any_text, any_text)
def test_the_keys_of_a_name_are_those_of_its_parts(family, given_name):
    name = join_name(given_name, family)
    assert person_keys(name, family, given_name) == (fold(name), person_sort_key(name, family, given_name))


@given(st.lists(any_text | st.sampled_from(["Zoë ", " Maya", "a  b", "e\u0301", ""]), max_size=4))
def test_what_is_clean_together_is_clean_but_for_blanks_at_the_ends(texts):
    if is_clean("".join(texts)):
        assert [clean(text) for text in texts] == [text.strip() for text in texts]


def test_what_needs_cleaning_is_told():
    assert is_clean("Zoë Müller, 12 Quay Street")
    assert not any(map(is_clean, ("two  blanks", "a\tb", "e\u0301", "un\u200bseen", "line\nline")))
