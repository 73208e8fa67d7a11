"""What is read in a review policy, against what a person reads in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.services.policies.reading import Proposal, read_policy
from tests.services.policies.held_out import HELD_OUT
from tests.services.policies.material import POLICIES, SET_ASIDE


def as_word(each: Proposal) -> str:
    key = str(each.weeks) if each.kind == "turnaround" else each.key
    return ("" if each.allows else "-") + each.kind + (f":{key}" if key else "")


@pytest.mark.parametrize(("name", "least"), [("worked with", 0.95), ("set aside", 0.85)])
def test_policies_are_read_as_a_person_reads_them(capsys: pytest.CaptureFixture[str], name: str, least: float) -> None:
    """Those that the rules were worked out with, and others that nobody looked at until the rules were done."""
    policies = POLICIES if name == "worked with" else SET_ASIDE
    right = said = wanted = 0
    wrong: list[str] = []
    for each_name, (text, expected) in policies.items():
        found, truth = {as_word(each) for each in read_policy(text)}, set(expected.split())
        right, said, wanted = right + len(found & truth), said + len(found), wanted + len(truth)
        wrong += [f"{each_name}: said {each}" for each in sorted(found - truth)]
        wrong += [f"{each_name}: missed {each}" for each in sorted(truth - found)]
    precision, recall = right / said, right / wanted
    with capsys.disabled():
        print(f"\n{len(policies)} policies {name}, {wanted} statements: precision {precision:.3f}, recall {recall:.3f}")
        print("\n".join(wrong))
    assert precision >= least, wrong
    assert recall >= least, wrong


@pytest.mark.parametrize(
    ("language", "least"), [("English", 0.94), ("German", 0.94), ("French", 0.94), ("Spanish", 0.94)]
)
def test_policies_written_before_the_words_are_read(
    capsys: pytest.CaptureFixture[str], language: str, least: float
) -> None:
    right = said = wanted = 0
    for text, expected in HELD_OUT[language].values():
        found, truth = {as_word(each) for each in read_policy(text)}, set(expected.split())
        right, said, wanted = right + len(found & truth), said + len(found), wanted + len(truth)
    with capsys.disabled():
        print(f"\n{language}: {wanted} statements, precision {right / said:.3f}, recall {right / wanted:.3f}")
    assert min(right / said, right / wanted) >= least


def test_each_proposal_has_the_words_that_made_it() -> None:
    for text, _ in (POLICIES | SET_ASIDE).values():
        plain = " ".join(text.replace("\n", " ").split())
        for each in read_policy(text):
            first = each.phrase.partition(": ")[0].strip("…")
            assert first[:60] in plain, each


def test_no_counts_where_a_policy_says_both() -> None:
    found = read_policy("I love horror. I do not read horror any more.")
    assert [(each.key, each.allows, each.phrase) for each in found] == [
        ("horror", False, "I do not read horror any more")
    ]


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    for each in read_policy(text):
        assert each.phrase
        assert each.kind == "turnaround" or each.weeks is None


def test_a_long_text_is_read_quickly() -> None:
    assert len(read_policy("I do not read horror, I never accept ebooks within the UK. " * 3000)) == 3
