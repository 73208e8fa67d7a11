"""What a post should tell its readers, and whether it does: one row per case of the rules on disclosure."""

import pytest

from outreach.services.disclosure.rules import Look, Needs, Received, Seen, judge, needs_of, places, rules_for, says

GIFT = Received("gift")


def seen(wording: str, place: str = "first_line") -> Look:
    return Look(Seen.YES, place, wording)


#: The rule of the handbook, what it says; what was received; what was seen; where; what is needed, how it stands.
CASES = [
    ("D1 a gift without obligation counts", GIFT, None, "US", Needs.CONNECTION, "not_checked"),
    ("D1 and everywhere", GIFT, None, "", Needs.CONNECTION, "not_checked"),
    ("D1 a gift that is not told of", GIFT, Look(Seen.NO), "US", Needs.CONNECTION, "missing"),
    ("D1 nothing was given", Received(), None, "US", Needs.NOTHING, "nothing_to_tell"),
    ("D1 nothing was given, and nothing is asked", Received(), Look(Seen.NO), "GB", Needs.NOTHING, "nothing_to_tell"),
    ("D2 early access counts", Received(benefits=("early_copy",)), Look(Seen.NO), "US", Needs.CONNECTION, "missing"),
    ("D2 swag counts", Received(benefits=("swag",)), Look(Seen.NO), "US", Needs.CONNECTION, "missing"),
    ("D3 its nature is clear", GIFT, seen("#gifted"), "US", Needs.CONNECTION, "clear"),
    ("D3 a free copy", GIFT, seen("They sent me a free copy"), "US", Needs.CONNECTION, "clear"),
    ("D3 thanks alone say too little", GIFT, seen("thank you @finchmarlow"), "US", Needs.CONNECTION, "not_enough"),
    ("D3 an advertisement says more than enough", GIFT, seen("#ad"), "US", Needs.CONNECTION, "clear"),
    ("D4 seen in the first line", GIFT, seen("gifted", "first_line"), "US", Needs.CONNECTION, "clear"),
    ("D4 spoken", GIFT, seen("this was a gift", "spoken"), "US", Needs.CONNECTION, "clear"),
    ("D4 on the screen", GIFT, seen("gifted", "on_screen"), "US", Needs.CONNECTION, "clear"),
    ("D4 below “more”", GIFT, seen("gifted", "below_more"), "US", Needs.CONNECTION, "hard_to_see"),
    ("D4 among hashtags", GIFT, seen("#gifted", "among_hashtags"), "GB", Needs.CONNECTION, "hard_to_see"),
    ("D4 only in the profile", GIFT, seen("gifted", "profile"), "GB", Needs.CONNECTION, "hard_to_see"),
    ("D4 the platform's label alone, US", GIFT, Look(Seen.YES, "platform_label"), "US", Needs.CONNECTION, "hard_to_see"),
    ("D4 the platform's label elsewhere", GIFT, Look(Seen.YES, "platform_label"), "GB", Needs.CONNECTION, "clear"),
    ("D4 seen, words not noted", GIFT, Look(Seen.YES, "first_line"), "US", Needs.CONNECTION, "unsure"),
    ("D4 she who looked is not sure", GIFT, Look(Seen.UNSURE), "US", Needs.CONNECTION, "unsure"),
    ("D7 who works with us says so", Received(is_insider=True), seen("I work for Finch"), "US", Needs.CONNECTION, "clear"),
    ("D7 who works with us, with a gift", Received("gift", is_insider=True), seen("#gifted"), "US",
     Needs.CONNECTION, "clear"),
    ("D7 who works with us does not say so", Received(is_insider=True), seen("gifted"), "US",
     Needs.CONNECTION, "not_enough"),
    ("D8 UK, no control: a gift", GIFT, seen("gifted"), "GB", Needs.CONNECTION, "clear"),
    ("D8 UK, control: an advertisement", Received("gift", had_control=True), seen("#ad"), "GB", Needs.AD, "clear"),
    ("D8 elsewhere control leaves it a gift", Received("gift", had_control=True), seen("gifted"), "US",
     Needs.CONNECTION, "clear"),
    ("D9 UK, “gifted” alone where it is an ad", Received("gift", had_control=True), seen("#gifted"), "GB",
     Needs.AD, "not_enough"),
    ("D9 its own words by country", GIFT, seen("Anzeige"), "DE", Needs.CONNECTION, "clear"),
    ("D10 a country without rules of its own", GIFT, seen("gifted"), "FR", Needs.CONNECTION, "clear"),
    ("D11 a review where publishers have no say", GIFT, Look(Seen.NO), "US", Needs.CONNECTION, "missing"),
    ("D12 a reward that depends on posting", Received("in_kind"), seen("#gifted"), "US", Needs.AD, "not_enough"),
    ("D12 a reward, told as one", Received("in_kind"), seen("#ad"), "US", Needs.AD, "clear"),
    ("D12 paid", Received("paid"), seen("gifted"), "GB", Needs.AD, "not_enough"),
    ("D12 paid, told by the platform's label", Received("paid"), Look(Seen.YES, "platform_label"), "GB", Needs.AD, "clear"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("received", "look", "country", "needs", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_how_a_post_stands(received: Received, look: Look | None, country: str, needs: Needs, why: str) -> None:
    verdict = judge(received, look, rules_for(country))
    assert (verdict.needs, verdict.why) == (needs, why)
    assert verdict.may_ask is (why in ("missing", "hard_to_see", "not_enough"))


def test_nothing_is_asked_of_a_review_where_publishers_have_no_say() -> None:
    assert not judge(GIFT, Look(Seen.NO), rules_for("US"), "amazon").may_ask
    assert judge(GIFT, Look(Seen.NO), rules_for("US"), "instagram").may_ask


def test_countries_are_data() -> None:
    data = {
        "default": {"gift": ["free"], "ad": ["ad"], "insider": [], "control_is_ad": False, "unclear_places": [],
                    "note": "n"},
        "country": {"AT": {"gift": ["gratis"], "control_is_ad": True}},
    }  # fmt: skip
    rules = rules_for("AT", data)
    assert (rules.gift, rules.ad, rules.note) == (("gratis",), ("ad",), "n")
    assert needs_of(Received("gift", had_control=True), rules) is Needs.AD
    assert judge(GIFT, seen("gratis"), rules).why == "clear"
    assert all(rules_for(country).note for country in ("", "US", "GB", "IT"))
    assert len(set(places())) == len(places())


@pytest.mark.parametrize(
    ("wording", "is_told"),
    [("#gifted", True), ("Gifted by Finch", True), ("giftedness", False), ("#reviewcopy", True), ("review copy!", True),
     ("#ad", False), ("", False)],
)  # fmt: skip
def test_words_are_found_as_words(wording: str, is_told: bool) -> None:
    assert says(wording, ("gifted", "review copy")) is is_told
