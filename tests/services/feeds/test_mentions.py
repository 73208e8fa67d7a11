"""Entries are matched by words, and a title of common words needs more than its words."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.services.feeds.mentions import Context, find_in
from outreach.services.feeds.reading import EMPHASIS, Entry, read_feed
from outreach.services.feeds.vocabulary import Vocabulary, bits_of, form_of, plain_item, words_in
from tests.services.feeds.day import Day, make_day

IT, EMMA, PEOPLE, HERON, CAFE, SNOW, WIDOW, KAREN = range(1, 9)
VOCABULARY = Vocabulary.of([
    plain_item(IT, ["It"], ["Stephen King"]), plain_item(EMMA, ["Emma"], ["Ruth Amsel"]),
    plain_item(PEOPLE, ["Normal People"], ["Sally Rooney"], isbns=["9780571334650"]),
    plain_item(HERON, ["The Glass Heron"], ["Ruth Amsel"], ["Herons on Tour"]),
    plain_item(CAFE, ["Das Café am Rande"], ["Zoë Östergård"]), plain_item(SNOW, ["雪国"], ["川端康成"]),
    plain_item(WIDOW, ["The Translator’s Widow"], ["Ada Okoro-Vance"]), plain_item(KAREN, ["Anna Karenina"], ["Leo T. Rostov"]),
])  # fmt: skip


def found(text: str, *, title: str = "", gifts: tuple[int, ...] = (), tags: tuple[str, ...] = (),
          declined: tuple[tuple[int, str], ...] = ()) -> dict[str, object] | None:  # fmt: skip
    text = text.replace("<", EMPHASIS[0]).replace(">", EMPHASIS[1])
    context = Context(frozenset(gifts), frozenset(declined))
    return find_in(VOCABULARY, Entry("k", "", title, "", "", text, tags), context)


MENTIONS = [
    (HERON, "Reading The Glass Heron on the tram this week."),
    (HERON, "ok so the ferry scene in the glass heron. i am unwell"),
    (HERON, "READING THE GLASS HERON RIGHT NOW"),
    (HERON, "Everyone should read “The Glass Heron”."),
    (HERON, "What a week. #TheGlassHeron"),
    (HERON, "I have thoughts about Glass Heron, and they are all good."),
    (WIDOW, "The translator's widow is a quiet miracle."),
    (WIDOW, "The Translator’s Widow’s last line!"),
    (IT, "Finished It by Stephen King at three in the morning."),
    (IT, "Stephen King's It is longer than my thesis."),
    (IT, "I read <It> on holiday, all of it."),
    (EMMA, "Emma by Ruth Amsel is my book of the month."),
    (EMMA, "Emma, a novel by Ruth Amsel, came on Monday."),
    (EMMA, "Ruth Amsel – Emma. Five stars."),
    (EMMA, "I finished “Emma” on the train."),
    (EMMA, "I finished <Emma> on the train."),
    (PEOPLE, "I have just finished “Normal People” and cried."),
    (PEOPLE, "#NormalPeople broke my heart #bookstagram"),
    (PEOPLE, "normal people by sally rooney. that is the post"),
    (PEOPLE, "Read this one: ISBN 978-0-571-33465-0."),
    (CAFE, "Das Cafe am Rande von Zoe Ostergard habe ich gelesen."),
    (SNOW, "今日は『雪国』を読んだ。"),
    (KAREN, "Anna Karenina is on my shelf again."),
]
NONE = [
    "It was raining, and I read the paper.", "I loved it. It has a good ending.", "Loved It Ends with Us this week!",
    "Emma came for lunch and we read the paper.", "Emma Watson has a new film.", "“Emma,” she said, closing the book.",
    "Emma by Jane Austen is my comfort read.", "Jane Austen's Emma is on my shelf.", "I finished Emma Prescott's novel today.",
    "Normal people do not read in the bath.", "What Normal People Read Before Breakfast", "Abnormal peoples were studied.",
    "The glass herons stood in the shop.", "A heron of glass is what I read about.", "IT is hiring: our new IT team needs you.",
    "Theglassheron.example has new shoes.", "Stephen is king of the barbecue. It went well.", "雪の国へ行った。",
    "My cousin's It bag is a book bag.", "The Karenina effect", "We saw The Glass Heron by Otto Brandt at the cinema.",
]  # fmt: skip


@pytest.mark.parametrize(("item", "text"), MENTIONS, ids=[text for _, text in MENTIONS])
def test_what_speaks_of_us_is_found_with_its_passage(item: int, text: str) -> None:
    told = found(text)
    assert told is not None
    assert told["item"] == item
    assert str(told["passage"]) in text.replace("<", "").replace(">", "")
    assert all(word in text for word in json.loads(str(told["words"])))


@pytest.mark.parametrize("text", NONE)
def test_what_only_uses_the_same_words_is_not(text: str) -> None:
    assert found(text) is None


def test_a_gift_and_a_heading_are_proof_for_a_short_title() -> None:
    assert found("I finished Emma on the train.") is None
    told = found("I finished Emma on the train.", gifts=(EMMA,))
    assert told is not None
    assert (told["item"], told["confidence"]) == (EMMA, "perhaps")
    assert found("Emma came for lunch.", gifts=(EMMA,)) is None, "her friend, though she has the book"
    assert found("A quiet, odd novel.", title="Review: Emma", gifts=(EMMA,)) is not None
    assert found("Filed.", tags=("The Glass Heron",)) is not None


def test_more_proof_makes_it_surer() -> None:
    levels = [
        found("ok so the glass heron."), found("We talked about The Glass Heron."),
        found("I read “The Glass Heron” by Ruth Amsel."),
    ]  # fmt: skip
    assert [told["confidence"] for told in levels if told] == ["perhaps", "likely", "sure"]


def test_what_was_not_about_us_needs_more_proof_in_that_feed() -> None:
    text = "We talked about The Glass Heron."
    told = found(text)
    assert told is not None
    proofs = ",".join(json.loads(str(told["proofs"])))
    assert found(text, declined=((HERON, proofs),)) is None
    assert found(text, declined=((EMMA, proofs),)) is not None
    assert found("I read “The Glass Heron” by Ruth Amsel.", declined=((HERON, proofs),)) is not None


def test_the_passage_of_a_long_sentence_is_cut_with_marks() -> None:
    told = found("and then " * 100 + "The Glass Heron came " + "and then " * 100)
    assert told is not None
    passage = str(told["passage"])
    assert "The Glass Heron" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(passage) < 320


def test_words_are_compared_without_case_accents_and_possessives() -> None:
    assert [form_of(word) for word in ("Zoë’s", "CAFÉ", "&", "Emma's", "It")] == ["zoe", "cafe", "and", "emma", "it"]
    assert [each.form for each in words_in("Catch-22 & 雪国, don’t!")] == ["catch", "22", "and", "雪", "国", "don't"]
    assert bits_of("it") < bits_of("people") < bits_of("emma") < bits_of("cartographer")


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_is_looked_through(text: str, title: str) -> None:
    told = find_in(VOCABULARY, Entry("k", "", title, "", "", text), Context(frozenset(range(9))))
    if told is not None:
        assert told["confidence"] in ("sure", "likely", "perhaps")


@given(st.text(min_size=1, max_size=30), st.text(max_size=60))
def test_a_title_of_any_letters_is_found_between_italics_by_its_author(title: str, around: str) -> None:
    if any(sign in title for sign in EMPHASIS) or not words_in(title):
        return
    vocabulary = Vocabulary.of([plain_item(1, [title], ["Ruth Amsel"])])
    text = f"{around}\nI read {EMPHASIS[0]}{title}{EMPHASIS[1]} by Ruth Amsel."
    told = find_in(vocabulary, Entry("k", "", "", "", "", text), Context())
    assert told is not None


def score(day: Day) -> tuple[float, float]:
    """The shares of planted mentions that are found, and of found posts that are none; it prints both."""
    vocabulary, right, wrong, began = Vocabulary.of(day.items), 0, 0, time.process_time()
    for feed in day.feeds:
        context = Context(frozenset(feed.gifts))
        for entry in read_feed(feed.xml()).entries:
            told = find_in(vocabulary, entry, context)
            planted = feed.mentions.get(entry.key)
            right += told is not None and planted is not None and told["item"] == planted[0]
            wrong += told is not None and (planted is None or told["item"] != planted[0])
    took = time.process_time() - began
    print(f"{len(day.planted)} planted, {right} found, {wrong} false alarms, {took:.1f} s with reading")
    return right / len(day.planted), wrong / (right + wrong)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_mentions_are_found_and_nearly_nothing_else(seed: int) -> None:
    found_share, false_share = score(make_day(seed, feeds=40))
    assert found_share >= 0.95
    assert false_share <= 0.02


def test_ten_thousand_titles_are_looked_for_as_fast_as_ten() -> None:
    """What is looked for is found by its most telling word, so that a large catalogue costs little."""
    day = make_day(4, feeds=20)
    entries = [entry for feed in day.feeds for entry in read_feed(feed.xml()).entries]
    few = Vocabulary.of(day.items)
    many = Vocabulary.of([
        *day.items,
        *(plain_item(number, [f"The {chr(97 + number % 26)}x{number} Heron"], [f"Nn{number} Ff{number}"]) for number in range(100, 10_100)),
    ])  # fmt: skip

    def took(vocabulary: Vocabulary) -> float:
        began = time.process_time()
        for entry in entries:
            find_in(vocabulary, entry, Context())
        return time.process_time() - began

    assert min(took(many) for _ in range(3)) < 3 * min(took(few) for _ in range(3))
