"""What is found in a letter before it is approved: a table with a row for each case."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.services.letters.lint import About, lint, rules

ABOUT = About(
    kind="pitch", opening="You wrote of salt in March.", evidence=("It stayed with me",), names=("Maya Okonjo-Reyes",),
    disclosure="If you do mention it, do say that it was a gift.", opt_out="A word is enough and I will stop.",
    postal_address="12 Quay Street\nBristol BS1 4QA",
)  # fmt: skip
TEXT = (
    "Dear Maya,\n\nYou wrote of salt in March.\n\nCould I send you a copy?\n"
    "If you do mention it, do say that it was a gift.\n\nHanna\n\nA word is enough and I will stop.\n\n"
    "12 Quay Street\nBristol BS1 4QA\n"
)


def codes(subject: str = "The Salt Orchard", text: str = TEXT, about: About = ABOUT, markdown: str = "") -> list[str]:
    return [each.code for each in lint(subject, markdown or text, text, about)]


def test_a_good_letter_has_nothing_to_say() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("change", "code", "stops"),
    [
        ({"text": TEXT.replace("Could I", "Please post by Friday. Could I")}, "lint.pressure", True),
        ({"text": TEXT.replace("Could I", "In exchange for a post, could I")}, "lint.pressure", True),
        ({"text": TEXT.replace("Could I", "A 5-star review helps. Could I")}, "lint.pressure", True),
        ({"subject": "Review by Friday?"}, "lint.pressure", True),
        ({"text": TEXT.replace("Dear Maya", "Dear Rosa")}, "lint.wrong_name", True),
        ({"text": TEXT.replace("Dear Maya", "Hi [First Name]")}, "lint.wrong_name", True),
        ({"subject": "Re: The Salt Orchard"}, "lint.not_an_answer", True),
        ({"subject": "FW: The Salt Orchard"}, "lint.not_an_answer", True),
        ({"about": replace(ABOUT, opening=" ")}, "lint.no_opening", True),
        ({"text": TEXT.replace("do say that it was a gift", "")}, "lint.no_disclosure", True),
        ({"text": TEXT.replace("A word is enough", "")}, "lint.no_opt_out", True),
        ({"text": TEXT.replace("Bristol BS1 4QA", "")}, "lint.no_postal_address", True),
        ({"about": replace(ABOUT, postal_address="")}, "lint.no_postal_address", True),
        ({"about": replace(ABOUT, is_minor=True)}, "lint.minor", True),
        ({"markdown": TEXT + "[look](javascript:alert(1))"}, "lint.link", True),
        ({"markdown": TEXT + "[look](file:///etc/passwd)"}, "lint.link", True),
        ({"text": TEXT.replace("Could I", "I am a huge fan. Could I"), "about": replace(ABOUT, evidence=())},
         "lint.flattery", False),
        ({"about": replace(ABOUT, lacking=("pub_date",))}, "lint.title_lacks", False),
        ({"about": replace(ABOUT, embargo="2027-03-03")}, "lint.embargo", False),
        ({"about": replace(ABOUT, pitches=2)}, "lint.asked_lately", False),
        ({"about": replace(ABOUT, gifts=3)}, "lint.enough_for_now", False),
        ({"text": TEXT + "word " * 320}, "lint.long", False),
    ],
)  # fmt: skip
def test_each_case_is_found(change, code: str, stops: bool) -> None:
    found = lint(
        change.get("subject", "The Salt Orchard"), change.get("markdown", change.get("text", TEXT)),
        change.get("text", TEXT), change.get("about", ABOUT),
    )  # fmt: skip
    assert [(each.code, each.stops) for each in found] == [(code, stops)]


@pytest.mark.parametrize(
    "change",
    [
        {"text": TEXT.replace("Could I", "The lamppost by the sea is in it. Could I")},
        {"text": TEXT.replace("Could I", "I am a huge fan. Could I")},
        {"text": TEXT.replace("Dear Maya", "Hello Ms Okonjo-Reyes")},
        {"subject": "Re: The Salt Orchard", "about": replace(ABOUT, is_first=False)},
        {"about": replace(ABOUT, kind="thanks", postal_address="")},
        {"markdown": TEXT + "[our site](https://finch.example) [mail](mailto:h@finch.example)"},
        {"about": replace(ABOUT, opening="", needs_opening=False)},
        {"text": TEXT.replace("it was a gift.", "it was a gift,\nno post is expected.")[:0] + TEXT},
    ],
)
def test_what_is_fine_is_left_alone(change) -> None:
    assert codes(**change) == []


@given(st.sampled_from(sorted(rules()["pressure"])), st.sampled_from([" ", "\n", "  "]))
def test_every_pressing_phrase_is_found_however_it_is_written(phrase: str, gap: str) -> None:
    written = phrase.upper().replace(" ", gap)
    assert "lint.pressure" in codes(text=TEXT.replace("Could I", f"{written}. Could I"))
